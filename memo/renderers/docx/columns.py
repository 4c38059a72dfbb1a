"""How wide a table's columns are: from what stands in them, so that no word breaks while there is room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from memo.document import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Strong, Table, Text
from memo.fonts import width
from memo.picture import Face

_PIECE = re.compile(r"\n|[ \t]+|[^ \n\t]+")
_NOTE = 0.6
"""Width of a footnote's reference, as a ratio of the type size: two digits, raised."""
_SLACK = 0.5
"""Points to spare in each column, since another program's widths are rounded differently."""
_RAGGED = 1.08
"""What text needs more than its length in a narrow column, where no line is full."""
_LONGEST = 0.5
"""The share of the table beyond which a single word may be broken after all."""


class Extent(NamedTuple):
    """What a cell or column needs, in points: for its widest word, and for everything on one line."""

    word: float
    line: float


def extents(table: Table, size: float) -> list[list[Extent]]:
    """What each cell needs at this type size (points), without space around its words: row by row, header first."""
    rows = [[_extent(cell.content, size, bold=False) for cell in row.cells] for row in table.rows]
    return [[_extent(cell.content, size, bold=True) for cell in table.header.cells], *rows]


def columns(rows: Sequence[Sequence[Extent]], measure: float, side: float) -> list[float]:
    """The width of each column in points, together ``measure``; ``side`` is the space at each side of a cell.

    A table that needs less than the measure is stretched to it. In one that needs more, a column gets more the more it
    has to say, but no more than that on one line, and none less than its widest word as long as there is room: short
    columns do not break, long ones end at like heights.
    """
    extra = 2 * side + _SLACK
    held = list(zip(*rows, strict=True))
    least = [min(max(cell.word for cell in column) + extra, _LONGEST * measure) for column in held]
    most = [max(max(cell.line for cell in column) + extra, low) for column, low in zip(held, least, strict=True)]
    if sum(least) >= measure:
        return _scaled(least, measure)
    if sum(most) <= measure:
        return _scaled(most, measure)
    return _shared(least, most, measure)


def lines(row: Sequence[Extent], widths: Sequence[float], side: float) -> int:
    """About how many lines a row takes in columns of these widths: as many as its fullest cell."""
    return max(ceil(cell.line * _RAGGED / max(wide - 2 * side, 1)) or 1 for cell, wide in zip(row, widths, strict=True))


def _extent(content: tuple[Inline, ...], size: float, bold: bool) -> Extent:
    """The widest word and the widest line of one cell. A word may run through several inlines."""
    widest_word = widest_line = word = line = 0.0
    for text, face in _pieces(content, bold, italic=False):
        for piece in _PIECE.findall(text) if face else [text]:
            wide = width(piece, face, size) if face else _NOTE * size
            if piece == "\n":
                word = line = 0.0
                continue
            word = 0.0 if piece.isspace() and piece[0] in " \t" else word + wide
            line += wide
            widest_word, widest_line = max(widest_word, word), max(widest_line, line)
    return Extent(widest_word, widest_line)


def _pieces(content: tuple[Inline, ...], bold: bool, italic: bool) -> Iterator[tuple[str, Face | None]]:
    """Stretches of one face; a footnote's reference has none."""
    for inline in content:
        match inline:
            case Text(text=text) | Claim(text=text):
                yield text, _face(bold, italic)
            case Strong(content=inner):
                yield from _pieces(inner, True, italic)
            case Emphasis(content=inner):
                yield from _pieces(inner, bold, True)
            case Link(content=inner):
                yield from _pieces(inner, bold, italic)
            case LineBreak():
                yield "\n", _face(bold, italic)
            case Footnote():
                yield "", None


def _face(bold: bool, italic: bool) -> Face:
    if bold:
        return "bold-italic" if italic else "bold"
    return "italic" if italic else "regular"


def _scaled(widths: list[float], measure: float) -> list[float]:
    total = sum(widths)
    return [wide * measure / total for wide in widths]


def _shared(least: list[float], most: list[float], measure: float) -> list[float]:
    """By the root of what a column has to say, within its bounds; the share of each is found by halving."""

    def widths(share: float) -> list[float]:
        return [max(low, min(high, share * high**0.5)) for low, high in zip(least, most, strict=True)]

    low, high = 0.0, measure
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= measure else (low, middle)
    return _scaled(widths(low), measure)
