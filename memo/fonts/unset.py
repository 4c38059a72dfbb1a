"""What no PDF of memo can set: characters that none of its fonts has, and scripts whose letters need shaping.

A font may have the letters of Devanagari, and yet they are no text one beside the other: vowel signs stand before their
letter, letters join. memo does no shaping; Word does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from memo.fonts import missing

_SHAPED = {
    "Hebrew": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc",
    "Syriac": "\u0700-\u074f\u0860-\u086f",
    "Thaana": "\u0780-\u07bf",
    "N’Ko": "\u07c0-\u07ff",
    "Devanagari": "\u0900-\u0963\u0966-\u097f\ua8e0-\ua8ff\u1cd0-\u1cff",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Oriya": "\u0b00-\u0b7f",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
    "Thai": "\u0e00-\u0e3e\u0e40-\u0e7f",
    "Lao": "\u0e80-\u0eff",
    "Tibetan": "\u0f00-\u0fff",
    "Myanmar": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "Khmer": "\u1780-\u17ff\u19e0-\u19ff",
    "Mongolian": "\u1800-\u18af",
    "Javanese": "\ua980-\ua9df",
    "Balinese": "\u1b00-\u1b7f",
}
"""Scripts that need shaping, or run from right to left, by their blocks (Unicode 15.1; UAX 24)."""

_SHAPED_LETTER = re.compile(f"[{''.join(_SHAPED.values())}]")


class Unset(NamedTuple):
    """A stretch of text that cannot be set: where it begins, its characters, and its script if that needs shaping."""

    start: int
    text: str
    script: str = ""


def unset(text: str) -> Iterator[Unset]:
    """Yield each stretch that cannot be set, one for letters with nothing but blanks and signs between them."""
    if text.isascii():
        return
    lacking = set(missing(text)) | set(_SHAPED_LETTER.findall(text))
    if not lacking:
        return
    start = end = -1
    for index, character in enumerate(text):
        if character in lacking:
            script = _script(character)
            if start >= 0 and script != _script(text[start]):
                yield _stretch(text, start, end)
                start = -1
            start, end = (index if start < 0 else start), index + 1
        elif start >= 0 and character.isalnum():
            yield _stretch(text, start, end)
            start = -1
    if start >= 0:
        yield _stretch(text, start, end)


def _stretch(text: str, start: int, end: int) -> Unset:
    return Unset(start, text[start:end], _script(text[start]))


def _script(character: str) -> str:
    """Return the script of a letter that needs shaping; empty of any other."""
    return next((name for name, blocks in _SHAPED.items() if re.match(f"[{blocks}]", character)), "")
