"""The fonts that come with memo: which one has a character, and how wide it is. No PDF library is needed to ask.

Carlito sets a memo (the metrics of Calibri, so that a PDF and a DOCX break lines alike). What it lacks comes from the
Noto Sans fonts for Armenian and Georgian, and from Noto Sans for the rest: currency signs, combining accents. Every
font has TrueType outlines and the SIL Open Font License beside it, and is as its makers released it: Carlito 1.104,
Noto Sans Armenian 2.008, Noto Sans Georgian 2.005, Noto Sans 2.015. `memo.fonts.make_tables` makes the tables.

Lengths are in thousandths of an em, unless said otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from unicodedata import category

from msgspec import Struct

Face = Literal["regular", "bold", "italic", "bold-italic"]
_FOLDER = Path(__file__).parent
_UPRIGHT = ("NotoSansArmenian-Regular", "NotoSansGeorgian-Regular", "NotoSans-Regular")
_HEAVY = ("NotoSansArmenian-Bold", "NotoSansGeorgian-Bold", "NotoSans-Bold")

FACES: Mapping[Face, tuple[str, ...]] = MappingProxyType(
    {
        "regular": ("Carlito-Regular", *_UPRIGHT),
        "bold": ("Carlito-Bold", *_HEAVY),
        "italic": ("Carlito-Italic", *_UPRIGHT),
        "bold-italic": ("Carlito-BoldItalic", *_HEAVY),
    }
)
"""The chain of each face: fonts in the order in which they are asked. The fallbacks have no italic of their own."""

NAMES = tuple(dict.fromkeys(name for chain in FACES.values() for name in chain))
"""Every font, in an order that does not change."""

INVISIBLE = frozenset(
    "\t\n\r\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Characters that steer and have no ink: line ends, soft hyphen, joiners, marks of direction. They have no width here,
no font need have them, and `visible` leaves them out of what is drawn."""

_STAYING = INVISIBLE | frozenset(" \u00a0")


class Metrics(Struct, frozen=True):
    """The measures of a font for layout. ``descent`` and ``underline_position`` are below the baseline: negative."""

    units_per_em: int
    ascent: int
    descent: int
    cap_height: int
    x_height: int
    underline_position: int
    underline_thickness: int


def font_file(name: str) -> Path:
    """Return the path of a font's TrueType file."""
    return _FOLDER / f"{name}.ttf"


@cache
def metrics(name: str) -> Metrics:
    """Return the vertical metrics of a font."""
    return Metrics(**_table(name)["metrics"])


@cache
def advances(name: str) -> Mapping[int, int]:
    """Return the advance of every character that a font has, by code point."""
    return {
        code: advance
        for first, run in _table(name)["advances"]
        for code, advance in enumerate(run, first)
    }  # fmt: skip


@cache
def kerning(name: str) -> Mapping[int, Mapping[int, int]]:
    """Return what to add to a character's advance before another: ``kerning(font).get(left, {}).get(right, 0)``.

    Code points of Latin, Greek, Cyrillic, digits and punctuation, from the font's own GPOS table; nothing for the
    fallbacks.
    """
    path = _FOLDER / f"{name}.kerning.json"
    if not path.exists():
        return {}
    table = json.loads(path.read_bytes())
    return {
        ord(left): row
        for lefts, values in table["rows"]
        for row in [{ord(right): value for group, value in values for right in table["groups"][group]}]
        for left in lefts
    }


def cut(text: str, face: Face) -> list[tuple[str, str]]:
    """Cut text into pieces, each with the font that sets it; the pieces joined are the text.

    A letter and the accents that follow it keep together, in the first font of the chain that has them all (where
    none has, each goes its own way). Spaces and `INVISIBLE` characters stay with the font before them. What no font
    has goes to the first.
    """
    first = FACES[face][0]
    if advances(first).keys() >= set(map(ord, text)):
        return [(first, text)] if text else []
    pieces: list[tuple[str, str]] = []
    for part in _parts(text, face):
        before = pieces[-1][0] if pieces else first
        font = before if part in _STAYING else _font_for(part, face) or first
        if pieces and font == before:
            pieces[-1] = (font, pieces[-1][1] + part)
        else:
            pieces.append((font, part))
    return pieces


def width(text: str, face: Face, size: float) -> float:
    """Measure text in points: the sum of its advances, without kerning.

    A character that no font has counts as the first font's space.
    """
    table = advances(FACES[face][0])
    if INVISIBLE.isdisjoint(text):
        # Nearly all text is in the first font: that is tried before each character is looked up.
        try:
            return sum([table[code] for code in map(ord, text)]) * size / 1000
        except KeyError:
            pass
    return sum(piece_width(font, piece, size) for font, piece in cut(text, face))


def piece_width(font: str, piece: str, size: float) -> float:
    """Measure in points one piece that `cut` gave with this font."""
    table = advances(font)
    space = table[ord(" ")]
    return sum(table.get(ord(char), space) for char in visible(piece)) * size / 1000


def missing(text: str) -> list[str]:
    """List the characters that no font of the chain has, each once, in order; `INVISIBLE` ones are never missing."""
    fonts = FACES["regular"]
    return [
        char
        for char in dict.fromkeys(text)
        if char not in INVISIBLE and not any(ord(char) in advances(font) for font in fonts)
    ]


def visible(text: str) -> str:
    """Leave out `INVISIBLE` characters: what remains is to be drawn."""
    return text if INVISIBLE.isdisjoint(text) else "".join(char for char in text if char not in INVISIBLE)


@lru_cache(maxsize=1)  # one is enough: `metrics` and `advances` keep what they take from it
def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_bytes())
    return table


def _clusters(text: str) -> Iterator[str]:
    """Yield each character with the combining marks that follow it."""
    cluster = ""
    for char in text:
        if cluster and category(char)[0] == "M":
            cluster += char
            continue
        if cluster:
            yield cluster
        cluster = char
    if cluster:
        yield cluster


def _parts(text: str, face: Face) -> Iterator[str]:
    """Yield what must not be cut: a letter with its accents, if one font has them all."""
    for cluster in _clusters(text):
        if len(cluster) == 1 or _font_for(cluster, face):
            yield cluster
        else:
            yield from cluster


def _font_for(part: str, face: Face) -> str:
    """Return the first font of the chain that has all of it; empty if none has."""
    needed = {ord(char) for char in part if char not in INVISIBLE}
    return next((font for font in FACES[face] if advances(font).keys() >= needed), "")
