"""A bar chart: quantities of one unit side by side, as long as they are large, each with its amount in words.

The scale begins at nought, whatever the amounts, lest a small difference look large. Labels stand in a column on the
left, each amount at the end of its bar; what is below nought goes to the left of the line that marks it. The order is
the one that the data are given in.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from msgspec import Struct

from memo.document.tree import Bar
from memo.facts.style import Style
from memo.figures.picture import Anchor, Box, Item, Label, Line, Picture, Type

GAP = 10.0
"""Between the labels and the bars, in points."""
NEAR = 5.0
"""Between a bar's end and its amount."""
LABELS_SHARE = 0.4
AMOUNTS_SHARE = 0.3
"""At most so much of the width is the labels', and so much an amount's."""
MOST_OF_PLOT = 0.7
"""At most so much of the room beside the labels may amounts take."""
THICK = 11.0
_BETWEEN = 7.0
_ABOVE, _BELOW = 2.0, 3.0
_RISE = 0.33
"""From a baseline up to the middle of its letters, as a share of their size."""
_AXIS = 0.75


class Row(Struct, frozen=True):
    """One bar as it is set: its label's lines and its amount's; ``middle`` is from the picture's top."""

    amount: float
    label: list[str]
    shown: list[str]
    wide: float
    middle: float


class Plot(Struct, frozen=True):
    """Where nought stands, in points from the left edge, and how many points one is long."""

    zero: float
    scale: float

    def end(self, amount: float) -> float:
        """Where the bar of this amount ends."""
        return self.zero + amount * self.scale


def draw(data: tuple[Bar, ...], style: Style, width: float) -> Picture:
    """The quantities as a picture of this width in points."""
    labels = Type(9.0, 11.5, style.colours.text)
    amounts = Type(9.0, 11.5, style.colours.heading, "bold")
    column = min(max((labels.width(each.label) for each in data), default=0.0), width * LABELS_SHARE)
    rows = _rows(data, labels, amounts, column, _amount_room(data, width, width - column - GAP))
    if not rows:
        return Picture(width, 0.0, ())
    plot = _plot(rows, column + GAP, width - _AXIS / 2)
    foot = rows[-1].middle + _height(rows[-1], labels) / 2 + _BELOW
    axis = Line(plot.zero, 0.0, plot.zero, foot, style.colours.muted, _AXIS)
    items = (item for row in rows for item in _drawn(row, plot, labels, amounts, style.colours.accent))
    return Picture(width, foot, (axis, *items))


def _rows(data: tuple[Bar, ...], labels: Type, amounts: Type, column: float, room: float) -> list[Row]:
    rows: list[Row] = []
    top = _ABOVE
    for each in data:
        label, shown = labels.lines(each.label, column), amounts.lines(each.shown, room)
        row = Row(_number(each.amount), label, shown, max(map(amounts.width, shown), default=0.0), 0.0)
        height = _height(row, labels)
        rows.append(Row(row.amount, label, shown, row.wide, top + height / 2))
        top += height + _BETWEEN
    return rows


def _amount_room(data: tuple[Bar, ...], width: float, plot: float) -> float:
    """How wide an amount may be, so that beside it some of the plot is left for bars, on both sides if need be."""
    sides = len({_number(each.amount) < 0 for each in data})
    return min(width * AMOUNTS_SHARE, plot * MOST_OF_PLOT / max(sides, 1) - NEAR)


def _number(amount: str) -> float:
    """The amount as a number; what is none has no bar, and still says what it says."""
    try:
        number = float(amount)
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0


def _height(row: Row, labels: Type) -> float:
    return max(THICK, max(len(row.label), len(row.shown)) * labels.leading)


def _plot(rows: list[Row], left: float, right: float) -> Plot:
    """The largest scale at which every bar has room, and its amount beside it.

    What the longest bars need grows with the scale, so the largest is found by halving.
    """
    longest = max(abs(row.amount) for row in rows)
    low, high = 0.0, (right - left) / longest if longest else 0.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_needs(rows, middle)) <= right - left else (low, middle)
    return Plot(left + _needs(rows, low)[0], low)


def _needs(rows: list[Row], scale: float) -> tuple[float, float]:
    """How far bars and amounts reach left and right of nought at this scale, in points."""
    left = max((NEAR + row.wide - row.amount * scale for row in rows if row.amount < 0), default=0.0)
    return left, max((NEAR + row.wide + row.amount * scale for row in rows if row.amount >= 0), default=0.0)


def _drawn(row: Row, plot: Plot, labels: Type, amounts: Type, colour: str) -> Iterator[Item]:
    end = plot.end(row.amount)
    start, length = min(plot.zero, end), abs(end - plot.zero)
    if length:
        yield Box(start, row.middle - THICK / 2, length, THICK, colour)
    yield from _set(labels, row.label, 0.0, row.middle)
    if row.amount < 0:
        yield from _set(amounts, row.shown, end - NEAR, row.middle, "end")
    else:
        yield from _set(amounts, row.shown, end + NEAR, row.middle)


def _set(type: Type, lines: list[str], x: float, middle: float, anchor: Anchor = "start") -> Iterator[Label]:
    """The lines, with their middle at this height; from ``x`` on, or up to it."""
    first = middle - (len(lines) - 1) * type.leading / 2 + type.size * _RISE
    for number, line in enumerate(lines):
        yield Label(x, first + number * type.leading, line, type.size, type.colour, type.face, anchor)
