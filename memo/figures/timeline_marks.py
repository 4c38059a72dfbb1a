"""The marks of a timeline, on a line that runs across or down: markers, arrows, breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from memo.figures.timeline_entries import Entry
from memo.frozen import frozen
from memo.picture import Box, Item, Line

THICK = 7.0
"""Diameter of the disc that marks a day, in points; nothing on the line is thicker."""
ARROW = 6.0
"""What an arrow adds to the length of a bar: its head, and a little air on both sides of it."""
_BAR = 5.5
_HEAD = 3.0
_AIR = 1.0
_PAPER = "#FFFFFF"
_STROKE = 1.3


@frozen
class Axis:
    """The line of time, ``at`` so many points from the picture's top if it runs across, from its left if down.

    Lengths and places along it are in points, from the picture's left or top.
    """

    runs: Literal["across", "down"]
    at: float
    colour: str

    def line(self, start: float, end: float) -> Line:
        """The line through time that is shown."""
        return self._stroke((start, 0), (end, 0), 1.0)

    def broken_line(self, start: float, end: float) -> Line:
        """The line through years that are left out."""
        return self._stroke((start, 0), (end, 0), 1.0, (1.5, 3.0))

    def marker(self, entry: Entry, start: float, bar: float) -> Iterator[Item]:
        """A disc, or a bar ``bar`` points long with an arrow at each open end."""
        if entry.is_day:
            yield self._box(entry, start, THICK, THICK)
            return
        if entry.open_start:
            yield from self._arrow(start + _AIR, start + _AIR + _HEAD)
            start += ARROW
        yield self._box(entry, start, bar, _BAR)
        if entry.open_end:
            end = start + bar + ARROW - _AIR
            yield from self._arrow(end, end - _HEAD)

    def _arrow(self, tip: float, back: float) -> Iterator[Line]:
        for side in (-_HEAD, _HEAD):
            yield self._stroke((back, side), (tip, 0), _STROKE)

    def _box(self, entry: Entry, start: float, length: float, thickness: float) -> Box:
        """Hollow or filled, of the same outer size."""
        inset = _STROKE / 2 if entry.hollow else 0.0
        fill, stroke = (_PAPER, self.colour) if entry.hollow else (self.colour, "")
        x, y = self._point(start + inset, inset - thickness / 2)
        long, thick = length - 2 * inset, thickness - 2 * inset
        width, height = (long, thick) if self.runs == "across" else (thick, long)
        return Box(x, y, width, height, fill, stroke, _STROKE, thick / 2)

    def _stroke(
        self, start: tuple[float, float], end: tuple[float, float], width: float, dash: tuple[float, ...] = ()
    ) -> Line:
        return Line(*self._point(*start), *self._point(*end), self.colour, width, dash)

    def _point(self, along: float, off: float) -> tuple[float, float]:
        return (along, self.at + off) if self.runs == "across" else (self.at + off, along)


def length(entry: Entry, bar: float) -> float:
    """How much of the line an event's marker takes, arrows and all, where bars are this long."""
    return THICK if entry.is_day else bar + ARROW * (entry.open_start + entry.open_end)
