"""A timeline: what happened or is to happen, in order of date.

Every event stands at the same distance from the next, since the dates of a memo crowd into its last month; where whole
years are skipped the line is broken, and says which. A disc is a single day, a bar a longer time or a date not known
to the day, an arrow an open end; a hollow marker is announced or expected, a filled one done or under way.

A few events stand side by side under a line that runs across the page; more of them, or long ones, stand one below the
other beside a line that runs down. Below come, in this order: the events and the years between them; the marks on the
line; the timeline across; the timeline down.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from memo.document.tree import Event
from memo.facts import edtf
from memo.facts.edtf import Date
from memo.facts.style import MM, Style, Words
from memo.figures.picture import Box, Item, Label, LabelStyle, Line, Picture


def draw(data: tuple[Event, ...], style: Style, width: float) -> Picture:
    """Draw the events as a picture of this width in points, in order of date whatever order they are given in."""
    in_order = entries(data)
    return across(in_order, style, width) or down(in_order, style, width)


def legend(data: tuple[Event, ...], words: Words) -> str:
    """Explain hollow markers, if there are any; empty else."""
    return words.hollow if any(event.status in HOLLOW for event in data) else ""


HOLLOW = frozenset({"announced", "expected"})
"""The statuses of what has not happened yet."""


class TimelineEntry(Struct, frozen=True):
    """One event of a timeline. ``skipped`` names the whole years since the events before it: ``1995–2024``."""

    event: Event
    date: Date
    skipped: str = ""

    @property
    def hollow(self) -> bool:
        """Tell whether it is still to happen."""
        return self.event.status in HOLLOW

    @property
    def is_day(self) -> bool:
        """Tell whether its date is one day, and known to be."""
        return edtf.is_one_day(self.date)

    @property
    def open_start(self) -> bool:
        """Tell whether nobody says when it began."""
        return self.date.earliest is None

    @property
    def open_end(self) -> bool:
        """Tell whether nobody says when it ends."""
        return self.date.latest is None


def entries(data: tuple[Event, ...]) -> tuple[TimelineEntry, ...]:
    """Sort the events by date, each with the years skipped before it."""
    dated = sorted(((_date(event), event) for event in data), key=lambda pair: edtf.sort_key(pair[0]))
    sorted_entries: list[TimelineEntry] = []
    reached: int | None = None
    for date, event in dated:
        sorted_entries.append(TimelineEntry(event, date, _skipped(reached, date)))
        known = date.latest or date.earliest
        if known:
            reached = max(reached, known[0]) if reached is not None else known[0]
    return tuple(sorted_entries)


def _date(event: Event) -> Date:
    return edtf.parse(event.date) or Date(event.date, None, None)


def _skipped(reached: int | None, date: Date) -> str:
    """Name the whole years between ``reached`` and this date: ``1995–2024``; empty for none, dots before our era."""
    if reached is None or date.earliest is None:
        return ""
    first, last = reached + 1, date.earliest[0] - 1
    if first > last:
        return ""
    if first < 1:
        return "…"
    return f"{first}" if first == last else f"{first}–{last}"


THICK = 7.0
"""Diameter of the disc that marks a day, in points; nothing on the line is thicker."""
ARROW = 6.0
"""The length that an arrow adds to a bar: its head, and a little air on both sides of it."""
_BAR = 5.5
_HEAD = 3.0
_AIR = 1.0
_PAPER = "#FFFFFF"
_STROKE = 1.3


class Axis(Struct, frozen=True):
    """The line of time, ``at`` so many points from the picture's top if it runs across, from its left if down.

    Lengths and places along it are in points, from the picture's left or top.
    """

    runs: Literal["across", "down"]
    at: float
    colour: str

    def line(self, start: float, end: float) -> Line:
        """Draw the line through time that is shown."""
        return self._stroke((start, 0), (end, 0), 1.0)

    def broken_line(self, start: float, end: float) -> Line:
        """Draw the line through years that are left out."""
        return self._stroke((start, 0), (end, 0), 1.0, (1.5, 3.0))

    def marker(self, entry: TimelineEntry, start: float, bar: float) -> Iterator[Item]:
        """Draw a disc, or a bar ``bar`` points long with an arrow at each open end."""
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

    def _box(self, entry: TimelineEntry, start: float, length: float, thickness: float) -> Box:
        """Draw a marker, hollow or filled, of the same outer size."""
        # Half of a stroke lies outside the box that it goes round.
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


def length(entry: TimelineEntry, bar: float) -> float:
    """Return how much of the line an event's marker takes, arrows and all, where bars are this long."""
    return THICK if entry.is_day else bar + ARROW * (entry.open_start + entry.open_end)


GUTTER = 14.0
NARROWEST = 76.0
"""A column of less than this many points is no pleasure to read."""
MOST_LINES = 5
AXIS_ACROSS = 18.0
_AXIS_AT = 5.0
_FIRST_BASELINE = _AXIS_AT + THICK / 2 + 12
_BELOW_ACROSS = 3.0


def across(entries: tuple[TimelineEntry, ...], style: Style, width: float) -> Picture | None:
    """Draw the timeline across, if its columns are wide enough for its words and none gets too tall; else None."""
    if not entries:
        return None
    pitch = (width + GUTTER) / len(entries)
    columns = [_column(entry, style, number * pitch, pitch - GUTTER) for number, entry in enumerate(entries)]
    # A column without labels is one whose words are too long for it.
    if pitch - GUTTER < NARROWEST or not all(columns):
        return None
    depth = max(label.y for column in columns for label in column)
    line = _line_across(entries, style, pitch, width)
    return Picture(width, depth + _BELOW_ACROSS, (*line, *(label for column in columns for label in column)))


def _column(entry: TimelineEntry, style: Style, x: float, room: float) -> list[Label]:
    """Set date and label, or nothing where they are too long."""
    dates = LabelStyle(8.5, 10.5, style.colours.accent, "bold")
    labels = LabelStyle(8.5, 10.5, style.colours.text)
    if dates.widest_word(entry.event.shown) > room or labels.widest_word(entry.event.label) > room:
        return []
    date, label = dates.lines(entry.event.shown, room), labels.lines(entry.event.label, room)
    if len(date) + len(label) > MOST_LINES:
        return []
    return [
        *dates.labels(date, x, _FIRST_BASELINE),
        *labels.labels(label, x, _FIRST_BASELINE + len(date) * dates.leading + 0.5),
    ]


def _line_across(entries: tuple[TimelineEntry, ...], style: Style, pitch: float, width: float) -> Iterator[Item]:
    axis = Axis("across", _AXIS_AT, style.colours.accent)
    last = (len(entries) - 1) * pitch
    for number, (before, after) in enumerate(pairwise(entries)):
        start = number * pitch + length(before, AXIS_ACROSS)
        yield from _between_markers(axis, start, (number + 1) * pitch, after.skipped, style)
    yield axis.line(last + length(entries[-1], AXIS_ACROSS), width)
    for number, entry in enumerate(entries):
        yield from axis.marker(entry, number * pitch, AXIS_ACROSS)


def _between_markers(axis: Axis, start: float, end: float, skipped: str, style: Style) -> Iterator[Item]:
    """Draw the line between two markers; where years are skipped, dashes with those years between them."""
    if not skipped:
        yield axis.line(start, end)
        return
    caption = LabelStyle(8.0, 10.0, style.colours.muted)
    middle, half = (start + end) / 2, caption.width(skipped) / 2 + 4
    if start + half < middle < end - half:
        yield axis.broken_line(start + 2, middle - half)
        yield axis.broken_line(end - 2, middle + half)
        yield Label(middle, axis.at + 2.6, skipped, caption.size, caption.colour, anchor="middle")
    else:
        yield axis.broken_line(start + 2, end - 2)


GAP = 9.0
"""Space between dates, line and labels, in points."""
DATES_SHARE = 0.3
"""The most of the width that dates may take."""
AXIS_DOWN = 10.0
CAPTION_ROOM = 40.0
"""Room left on the page for the figure's caption, in points."""
_DENSITIES = ((9.0, 11.5, 5.5), (8.5, 10.5, 4.0), (8.0, 10.0, 2.0))
"""Type size, its leading and the space between events, in points: the first that fits the page is used."""
_BETWEEN_MARKERS = 2.0
_BELOW_DOWN = 3.0


class TimelineColumns(Struct, frozen=True):
    """The columns of a timeline that runs down: how dates, labels and years are set, and where from the left edge."""

    dates: LabelStyle
    labels: LabelStyle
    years: LabelStyle
    date_room: float
    label_x: float
    label_room: float
    between: float
    axis: Axis


class TimelineRow(Struct, frozen=True):
    """One event as it is set: its lines, and their first baseline, in points from the top."""

    entry: TimelineEntry
    date: list[str]
    label: list[str]
    baseline: float

    def last_baseline(self, leading: float) -> float:
        """Return the baseline of its last line."""
        return self.baseline + (max(len(self.date), len(self.label), 1) - 1) * leading


def down(entries: tuple[TimelineEntry, ...], style: Style, width: float) -> Picture:
    """Draw the timeline down, as spacious as a page of this style allows."""
    page = style.page_points()[1] - (style.page.margin_top_mm + style.page.margin_bottom_mm) * MM
    # Where even the densest is too high it is returned all the same: the PDF makes it smaller.
    for density in _DENSITIES:
        picture = _picture(entries, _columns(entries, style, width, density), width)
        if picture.height <= page - CAPTION_ROOM:
            break
    return picture


def _columns(
    entries: tuple[TimelineEntry, ...], style: Style, width: float, density: tuple[float, float, float]
) -> TimelineColumns:
    size, leading, between = density
    dates = LabelStyle(size, leading, style.colours.accent, "bold")
    years = LabelStyle(8.0, leading, style.colours.muted)
    widest = max((max(dates.width(entry.event.shown), years.width(entry.skipped)) for entry in entries), default=0.0)
    date_room = min(widest, width * DATES_SHARE)
    label_x = date_room + GAP + THICK + GAP
    labels = LabelStyle(size, leading, style.colours.text)
    axis = Axis("down", date_room + GAP + THICK / 2, style.colours.accent)
    return TimelineColumns(dates, labels, years, date_room, label_x, width - label_x, between, axis)


def _picture(entries: tuple[TimelineEntry, ...], columns: TimelineColumns, width: float) -> Picture:
    rows = _rows(entries, columns)
    if not rows:
        return Picture(width, 0.0, ())
    items = (*_line_down(rows, columns), *(item for row in rows for item in _lettering(row, columns)))
    last = rows[-1]
    text_end = last.last_baseline(columns.labels.leading) + _BELOW_DOWN
    return Picture(width, max(text_end, _middle(last, columns) + _after(last.entry)), items)


def _rows(entries: tuple[TimelineEntry, ...], columns: TimelineColumns) -> list[TimelineRow]:
    rows: list[TimelineRow] = []
    for entry in entries:
        date = columns.dates.lines(entry.event.shown, columns.date_room)
        label = columns.labels.lines(entry.event.label, columns.label_room)
        rows.append(TimelineRow(entry, date, label, _baseline(entry, rows, columns)))
    return rows


def _baseline(entry: TimelineEntry, above: list[TimelineRow], columns: TimelineColumns) -> float:
    """Place a row far enough below the one above for its text, both markers, and the years skipped between the two."""
    size, leading = columns.labels.size, columns.labels.leading
    if not above:
        return max(size, _before(entry) + _rise(size))
    text = above[-1].last_baseline(leading) + leading + columns.between
    markers = above[-1].baseline + _after(above[-1].entry) + _before(entry) + _BETWEEN_MARKERS
    return max(text, markers) + (leading if entry.skipped else 0.0)


def _rise(size: float) -> float:
    """Return how far the middle of digits of this size lies above their baseline: markers stand there."""
    return size * 0.32


def _middle(row: TimelineRow, columns: TimelineColumns) -> float:
    return row.baseline - _rise(columns.dates.size)


def _before(entry: TimelineEntry) -> float:
    """Return how far its marker reaches above its middle."""
    return THICK / 2 if entry.is_day else AXIS_DOWN / 2 + ARROW * entry.open_start


def _after(entry: TimelineEntry) -> float:
    """Return how far its marker reaches below its middle."""
    return THICK / 2 if entry.is_day else AXIS_DOWN / 2 + ARROW * entry.open_end


def _line_down(rows: list[TimelineRow], columns: TimelineColumns) -> Iterator[Item]:
    for row, after in pairwise(rows):
        start = _middle(row, columns) + _after(row.entry)
        end = _middle(after, columns) - _before(after.entry)
        if after.entry.skipped:
            yield columns.axis.broken_line(start + 2, end - 1)
        else:
            yield columns.axis.line(start, end)
    for row in rows:
        yield from columns.axis.marker(row.entry, _middle(row, columns) - _before(row.entry), AXIS_DOWN)


def _lettering(row: TimelineRow, columns: TimelineColumns) -> Iterator[Item]:
    """Set the text beside the line; the years skipped stand above the date."""
    if row.entry.skipped:
        above = row.baseline - columns.dates.leading - columns.between / 2
        yield from columns.years.labels([row.entry.skipped], 0.0, above)
    yield from columns.dates.labels(row.date, 0.0, row.baseline)
    yield from columns.labels.labels(row.label, columns.label_x, row.baseline)
