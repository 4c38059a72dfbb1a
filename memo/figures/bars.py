"""A bar chart: quantities of one unit side by side, as long as they are large, bar with its amount in words.

The scale begins at nought, whatever the amounts, lest a small difference look large. Labels stand in a column on the
left, bar amount at the end of its bar; negative amounts go to the left of the line that marks nought. The bars keep
the order of the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from msgspec import Struct

from memo.document.tree import Bar
from memo.facts.style import Style
from memo.figures.picture import Anchor, Box, Item, Label, LabelStyle, Line, Picture

GAP = 10.0
"""Space between the labels and the bars, in points."""
AMOUNT_GAP = 5.0
"""Space between a bar's end and its amount."""
LABELS_SHARE = 0.4
AMOUNTS_SHARE = 0.3
"""The most of the width that labels may take, and that an amount may."""
MOST_OF_PLOT = 0.7
"""The most of the room beside the labels that amounts may take."""
THICK = 11.0
_BETWEEN = 7.0
_ABOVE, _BELOW = 2.0, 3.0
_RISE = 0.33
"""How far the middle of letters lies above their baseline, as a share of their size."""
_AXIS = 0.75


class BarRow(Struct, frozen=True):
    """One bar as it is set: the lines of its label and its amount; ``middle`` is its place from the picture's top."""

    amount: float
    label: list[str]
    shown: list[str]
    wide: float
    middle: float


class Plot(Struct, frozen=True):
    """The scale: where nought stands, in points from the left edge, and how many points a unit is long."""

    zero: float
    scale: float

    def end(self, amount: float) -> float:
        """Return where the bar of this amount ends."""
        return self.zero + amount * self.scale


def draw(data: tuple[Bar, ...], style: Style, width: float) -> Picture:
    """Draw the quantities as a picture of this width in points."""
    labels = LabelStyle(9.0, 11.5, style.colours.text)
    amounts = LabelStyle(9.0, 11.5, style.colours.heading, "bold")
    column = min(max((labels.width(bar.label) for bar in data), default=0.0), width * LABELS_SHARE)
    rows = _rows(data, labels, amounts, column, _amount_room(data, width, width - column - GAP))
    if not rows:
        return Picture(width, 0.0, ())
    plot = _plot(rows, column + GAP, width - _AXIS / 2)
    foot = rows[-1].middle + _height(rows[-1], labels) / 2 + _BELOW
    axis = Line(plot.zero, 0.0, plot.zero, foot, style.colours.muted, _AXIS)
    items = (item for row in rows for item in _drawn(row, plot, labels, amounts, style.colours.accent))
    return Picture(width, foot, (axis, *items))


def _rows(data: tuple[Bar, ...], labels: LabelStyle, amounts: LabelStyle, column: float, room: float) -> list[BarRow]:
    rows: list[BarRow] = []
    top = _ABOVE
    for bar in data:
        label, shown = labels.lines(bar.label, column), amounts.lines(bar.shown, room)
        row = BarRow(_number(bar.amount), label, shown, max(map(amounts.width, shown), default=0.0), 0.0)
        height = _height(row, labels)
        rows.append(BarRow(row.amount, label, shown, row.wide, top + height / 2))
        top += height + _BETWEEN
    return rows


def _amount_room(data: tuple[Bar, ...], width: float, plot: float) -> float:
    """Return how wide an amount may be, so that some of the plot is left for bars, on both sides if need be."""
    sides = len({_number(bar.amount) < 0 for bar in data})
    return min(width * AMOUNTS_SHARE, plot * MOST_OF_PLOT / max(sides, 1) - AMOUNT_GAP)


def _number(amount: str) -> float:
    """Read an amount as a number; what is none counts as nought: it has no bar, and its words are still shown."""
    try:
        number = float(amount)
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0


def _height(row: BarRow, labels: LabelStyle) -> float:
    return max(THICK, max(len(row.label), len(row.shown)) * labels.leading)


def _plot(rows: list[BarRow], left: float, right: float) -> Plot:
    """Find the largest scale at which every bar has room, and its amount beside it."""
    # The room that the longest bars need grows with the scale: the largest that fits is found by halving.
    longest = max(abs(row.amount) for row in rows)
    low, high = 0.0, (right - left) / longest if longest else 0.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_reach(rows, middle)) <= right - left else (low, middle)
    return Plot(left + _reach(rows, low)[0], low)


def _reach(rows: list[BarRow], scale: float) -> tuple[float, float]:
    """Return how far bars and amounts reach left and right of nought at this scale, in points."""
    left = max((AMOUNT_GAP + row.wide - row.amount * scale for row in rows if row.amount < 0), default=0.0)
    return left, max((AMOUNT_GAP + row.wide + row.amount * scale for row in rows if row.amount >= 0), default=0.0)


def _drawn(row: BarRow, plot: Plot, labels: LabelStyle, amounts: LabelStyle, colour: str) -> Iterator[Item]:
    end = plot.end(row.amount)
    start, length = min(plot.zero, end), abs(end - plot.zero)
    if length:
        yield Box(start, row.middle - THICK / 2, length, THICK, colour)
    yield from _set(labels, row.label, 0.0, row.middle)
    if row.amount < 0:
        yield from _set(amounts, row.shown, end - AMOUNT_GAP, row.middle, "end")
    else:
        yield from _set(amounts, row.shown, end + AMOUNT_GAP, row.middle)


def _set(style: LabelStyle, lines: list[str], x: float, middle: float, anchor: Anchor = "start") -> Iterator[Label]:
    """Set lines with their middle at this height; from ``x`` on, or up to it."""
    first = middle - (len(lines) - 1) * style.leading / 2 + style.size * _RISE
    for number, line in enumerate(lines):
        yield Label(x, first + number * style.leading, line, style.size, style.colour, style.face, anchor)
