"""A timeline that runs across the page: a line, and below each marker its date and its label, in even columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from memo.figures.lettering import Type
from memo.figures.timeline_entries import Entry
from memo.figures.timeline_marks import THICK, Axis, length
from memo.picture import Item, Label, Picture
from memo.style import Style

GUTTER = 14.0
NARROWEST = 76.0
"""A column of less than this many points is no pleasure to read."""
MOST_LINES = 5
BAR = 18.0
_AXIS_AT = 5.0
_FIRST_BASELINE = _AXIS_AT + THICK / 2 + 12
_BELOW = 3.0


def across(entries: tuple[Entry, ...], style: Style, width: float) -> Picture | None:
    """The timeline, if its columns are wide enough for its words and no column gets too tall; else None."""
    if not entries:
        return None
    pitch = (width + GUTTER) / len(entries)
    columns = [_column(entry, style, number * pitch, pitch - GUTTER) for number, entry in enumerate(entries)]
    if pitch - GUTTER < NARROWEST or not all(columns):
        return None
    depth = max(label.y for column in columns for label in column)
    line = _line(entries, style, pitch, width)
    return Picture(width, depth + _BELOW, (*line, *(label for column in columns for label in column)))


def _column(entry: Entry, style: Style, x: float, room: float) -> list[Label]:
    """Date and label, or nothing where they are too long."""
    dates = Type(8.5, 10.5, style.colours.accent, "bold")
    labels = Type(8.5, 10.5, style.colours.text)
    if dates.widest_word(entry.event.shown) > room or labels.widest_word(entry.event.label) > room:
        return []
    date, label = dates.lines(entry.event.shown, room), labels.lines(entry.event.label, room)
    if len(date) + len(label) > MOST_LINES:
        return []
    return [
        *dates.labels(date, x, _FIRST_BASELINE),
        *labels.labels(label, x, _FIRST_BASELINE + len(date) * dates.leading + 0.5),
    ]


def _line(entries: tuple[Entry, ...], style: Style, pitch: float, width: float) -> Iterator[Item]:
    axis = Axis("across", _AXIS_AT, style.colours.accent)
    last = (len(entries) - 1) * pitch
    for number, (before, after) in enumerate(pairwise(entries)):
        start = number * pitch + length(before, BAR)
        yield from _stretch(axis, start, (number + 1) * pitch, after.skipped, style)
    yield axis.line(last + length(entries[-1], BAR), width)
    for number, entry in enumerate(entries):
        yield from axis.marker(entry, number * pitch, BAR)


def _stretch(axis: Axis, start: float, end: float, skipped: str, style: Style) -> Iterator[Item]:
    """The line between two markers; where years are skipped, dashes with those years between them."""
    if not skipped:
        yield axis.line(start, end)
        return
    caption = Type(8.0, 10.0, style.colours.muted)
    middle, half = (start + end) / 2, caption.width(skipped) / 2 + 4
    if start + half < middle < end - half:
        yield axis.broken_line(start + 2, middle - half)
        yield axis.broken_line(end - 2, middle + half)
        yield Label(middle, axis.at + 2.6, skipped, caption.size, caption.colour, anchor="middle")
    else:
        yield axis.broken_line(start + 2, end - 2)
