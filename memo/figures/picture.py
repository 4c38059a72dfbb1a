"""A drawing that knows no library: lines, boxes and text, in points, from the top left corner down.

`memo.figures` draws one; each renderer paints it in its own way, so that a figure is the same in every format. Its text
is measured here, broken between words, and set line below line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from unicodedata import category

from msgspec import Struct

from memo import fonts
from memo.fonts import Face

Anchor = Literal["start", "middle", "end"]


class Line(Struct, frozen=True):
    """A straight line. ``dash`` is lengths on and off in points; empty is solid."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 0.75
    dash: tuple[float, ...] = ()


class Box(Struct, frozen=True):
    """A rectangle, with round corners where ``radius`` says so; a box as wide as twice its radius is a disc."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0.75
    radius: float = 0.0


class Label(Struct, frozen=True):
    """One line of text. ``y`` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    face: Face = "regular"
    anchor: Anchor = "start"


Item = Line | Box | Label


class Picture(Struct, frozen=True):
    """A drawing of this width and height in points; later items lie above earlier ones."""

    width: float
    height: float
    items: tuple[Item, ...]


_BETWEEN_WORDS = re.compile(r"[ \t\r\n]+")


class LabelStyle(Struct, frozen=True):
    """How text is set: size and distance from baseline to baseline in points, colour, face."""

    size: float
    leading: float
    colour: str
    face: Face = "regular"

    def width(self, text: str) -> float:
        """Measure a line, in points."""
        return fonts.width(text, self.face, self.size)

    def widest_word(self, text: str) -> float:
        """Return the width in points that this text needs if no word is to be broken."""
        return max(map(self.width, _words(text)), default=0.0)

    def lines(self, text: str, room: float) -> list[str]:
        """Break text into lines at most ``room`` points wide, as few as there can be and not too uneven.

        Lines end between words; only a word wider than the room is broken.
        """
        words = [part for word in _words(text) for part in self._broken(word, room)]
        lines = self._filled(words, room)
        # In a narrower column, the same number of lines comes out more even.
        for tenth in (7, 8, 9):
            narrower = room * tenth / 10
            if len(lines) > 1 and max(map(self.width, words)) <= narrower:
                even = self._filled(words, narrower)
                if len(even) == len(lines):
                    return even
        return lines

    def labels(self, lines: list[str], x: float, y: float) -> Iterator[Label]:
        """Set lines one below another, the first with its baseline at ``y``."""
        for number, line in enumerate(lines):
            yield Label(x, y + number * self.leading, line, self.size, self.colour, self.face)

    def _filled(self, words: list[str], room: float) -> list[str]:
        lines: list[str] = []
        for word in words:
            if lines and self.width(f"{lines[-1]} {word}") <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    def _broken(self, word: str, room: float) -> list[str]:
        """Break a word that is wider than the room; an accent stays with its letter."""
        if self.width(word) <= room:
            return [word]
        parts = [""]
        for char in word:
            # Combining marks are of category M: they never begin a part.
            if parts[-1] and category(char)[0] != "M" and self.width(parts[-1] + char) > room:
                parts.append("")
            parts[-1] += char
        return parts


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(text) if word]
