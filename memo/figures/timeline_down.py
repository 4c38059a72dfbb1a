"""A timeline that runs down the page: dates on the left of the line, labels on its right, one event below another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from memo.figures.lettering import Type
from memo.figures.timeline_entries import Entry
from memo.figures.timeline_marks import ARROW, THICK, Axis
from memo.frozen import frozen
from memo.picture import Item, Picture
from memo.style import MM, Style

GAP = 9.0
"""Between dates, line and labels, in points."""
DATES_SHARE = 0.3
"""At most so much of the width is the dates'."""
BAR = 10.0
CAPTION_ROOM = 40.0
"""Left on the page for the figure's caption, in points."""
_DENSITIES = ((9.0, 11.5, 5.5), (8.5, 10.5, 4.0), (8.0, 10.0, 2.0))
"""Type size, its leading and the space between events, in points: the first that fits the page is used."""
_BETWEEN_MARKERS = 2.0
_BELOW = 3.0


@frozen
class Columns:
    """How the rows are set, and where: points from the left edge."""

    dates: Type
    labels: Type
    years: Type
    date_room: float
    label_x: float
    label_room: float
    between: float
    axis: Axis


@frozen
class Row:
    """One event as it is set: its lines, and their first baseline, in points from the top."""

    entry: Entry
    date: list[str]
    label: list[str]
    baseline: float

    def last_baseline(self, leading: float) -> float:
        """The baseline of its last line."""
        return self.baseline + (max(len(self.date), len(self.label), 1) - 1) * leading


def down(entries: tuple[Entry, ...], style: Style, width: float) -> Picture:
    """The timeline, as spacious as a page of this style allows."""
    page = style.page_points()[1] - (style.page.margin_top_mm + style.page.margin_bottom_mm) * MM
    for density in _DENSITIES:
        picture = _picture(entries, _columns(entries, style, width, density), width)
        if picture.height <= page - CAPTION_ROOM:
            break
    return picture


def _columns(entries: tuple[Entry, ...], style: Style, width: float, density: tuple[float, float, float]) -> Columns:
    size, leading, between = density
    dates = Type(size, leading, style.colours.accent, "bold")
    years = Type(8.0, leading, style.colours.muted)
    widest = max((max(dates.width(entry.event.shown), years.width(entry.skipped)) for entry in entries), default=0.0)
    date_room = min(widest, width * DATES_SHARE)
    label_x = date_room + GAP + THICK + GAP
    labels = Type(size, leading, style.colours.text)
    axis = Axis("down", date_room + GAP + THICK / 2, style.colours.accent)
    return Columns(dates, labels, years, date_room, label_x, width - label_x, between, axis)


def _picture(entries: tuple[Entry, ...], columns: Columns, width: float) -> Picture:
    rows = _rows(entries, columns)
    if not rows:
        return Picture(width, 0.0, ())
    items = (*_line(rows, columns), *(item for row in rows for item in _lettering(row, columns)))
    last = rows[-1]
    text_end = last.last_baseline(columns.labels.leading) + _BELOW
    return Picture(width, max(text_end, _middle(last, columns) + _after(last.entry)), items)


def _rows(entries: tuple[Entry, ...], columns: Columns) -> list[Row]:
    rows: list[Row] = []
    for entry in entries:
        date = columns.dates.lines(entry.event.shown, columns.date_room)
        label = columns.labels.lines(entry.event.label, columns.label_room)
        rows.append(Row(entry, date, label, _baseline(entry, rows, columns)))
    return rows


def _baseline(entry: Entry, above: list[Row], columns: Columns) -> float:
    """Far enough below the row above for its text, for both markers, and for the years skipped between the two."""
    size, leading = columns.labels.size, columns.labels.leading
    if not above:
        return max(size, _before(entry) + _rise(size))
    text = above[-1].last_baseline(leading) + leading + columns.between
    markers = above[-1].baseline + _after(above[-1].entry) + _before(entry) + _BETWEEN_MARKERS
    return max(text, markers) + (leading if entry.skipped else 0.0)


def _rise(size: float) -> float:
    """From the baseline to the middle of figures of this size, where markers stand."""
    return size * 0.32


def _middle(row: Row, columns: Columns) -> float:
    return row.baseline - _rise(columns.dates.size)


def _before(entry: Entry) -> float:
    """How far its marker reaches above its middle."""
    return THICK / 2 if entry.is_day else BAR / 2 + ARROW * entry.open_start


def _after(entry: Entry) -> float:
    """How far its marker reaches below its middle."""
    return THICK / 2 if entry.is_day else BAR / 2 + ARROW * entry.open_end


def _line(rows: list[Row], columns: Columns) -> Iterator[Item]:
    for row, after in pairwise(rows):
        start = _middle(row, columns) + _after(row.entry)
        end = _middle(after, columns) - _before(after.entry)
        if after.entry.skipped:
            yield columns.axis.broken_line(start + 2, end - 1)
        else:
            yield columns.axis.line(start, end)
    for row in rows:
        yield from columns.axis.marker(row.entry, _middle(row, columns) - _before(row.entry), BAR)


def _lettering(row: Row, columns: Columns) -> Iterator[Item]:
    """What stands beside the line; the years skipped stand above the date."""
    if row.entry.skipped:
        above = row.baseline - columns.dates.leading - columns.between / 2
        yield from columns.years.labels([row.entry.skipped], 0.0, above)
    yield from columns.dates.labels(row.date, 0.0, row.baseline)
    yield from columns.labels.labels(row.label, columns.label_x, row.baseline)
