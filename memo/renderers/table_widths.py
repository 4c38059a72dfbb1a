"""How wide a table's columns are: one rule for every format, from what stands in them. Lengths are points."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

_RAGGED = 1.08
"""How much more than its length text needs in a narrow column, where no line is full."""
_SHORT = 0.16
_MOST_OF_SHORT = 0.8
"""The share of a table's width up to which a column is kept on one line, and what columns may take by that."""
_POWERS = tuple(power / 10 for power in range(3, 11))
MOST_OF_PAGE = 0.25
"""The share of a page that a table may take to be kept on one page."""


class Extent(NamedTuple):
    """The width that a cell needs: for its widest word, and for all its text on one line."""

    word: float
    line: float


def columns(rows: Sequence[Sequence[Extent]], measure: float, pad: float) -> list[float]:
    """Share out ``measure`` among the columns, so that no word breaks if that can be.

    ``pad`` is what a column needs beside its words. Where all columns can stand on one line, what is left is shared out
    in proportion. Otherwise a short column still does; another gets more the more it has to say, by the measure that
    makes the table least high.
    """
    by_column = list(zip(*rows, strict=True))
    least = [max(cell.word for cell in column) + pad for column in by_column]
    most = [max(max(cell.line for cell in column) + pad, low) for column, low in zip(by_column, least, strict=True)]
    short = [high if high <= measure * _SHORT else low for low, high in zip(least, most, strict=True)]
    least = short if sum(short) <= measure * _MOST_OF_SHORT else least
    if sum(least) >= measure:
        return _scaled(least, measure)
    if sum(most) <= measure:
        return _scaled(most, measure)
    # In proportion to which power of its text a column should grow depends on the table: each is tried.
    tried = (_shared(least, most, measure, power) for power in _POWERS)
    return min(tried, key=lambda widths: sum(line_count(row, widths, pad) for row in rows))


def line_count(row: Sequence[Extent], widths: Sequence[float], pad: float) -> int:
    """Estimate how many lines a row takes in columns of these widths: as many as its fullest cell, one at least."""
    return max(ceil(cell.line * _RAGGED / max(wide - pad, 1)) or 1 for cell, wide in zip(row, widths, strict=True))


def _scaled(widths: Sequence[float], measure: float) -> list[float]:
    total = sum(widths)
    return [wide * measure / total for wide in widths]


def _shared(least: Sequence[float], most: Sequence[float], measure: float, power: float) -> list[float]:
    """Find widths between least and most, as near as can be in proportion to a power of the most; they add up."""

    def widths(share: float) -> list[float]:
        return [max(low, min(high, share * high**power)) for low, high in zip(least, most, strict=True)]

    low, high = 0.0, measure
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(widths(middle)) <= measure else (low, middle)
    return _scaled(widths(low), measure)
