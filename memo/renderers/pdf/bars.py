"""Change bars: in the left margin, beside every line that came, went or changed, with the numbers of its changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from memo.renderers.pdf.lines import draw_line
from memo.renderers.pdf.setter import Setter
from memo.renderers.pdf.sheet import ARTIFACT, Bar, Sheet

_WIDTH = 1.2
_FROM_TEXT = 10.0
_FROM_NUMBER = 4.0
_FROM_PAPER = 3.0
_TOUCHING = 4.5
"""Bars no further apart than this are one; in points, as all here."""


def draw_bars(sheet: Sheet, setter: Setter) -> None:
    """Draw the bars of a page, and beside each of its lines the numbers that the line above did not have.

    All of it is an artifact: what changed says so itself, with its number.
    """
    bars = sorted(sheet.bars)
    x = max(setter.left - _FROM_TEXT, _FROM_PAPER)
    sheet.mark(ARTIFACT)
    for top, bottom in _merged(bars):
        sheet.line(x, top, x, bottom, _WIDTH, setter.style.colours.accent)
    look = setter.looks.bar
    for bar, numbers in _fresh(bars):
        line = setter.line(_ranges(numbers), look, ARTIFACT)
        middle = bar.top + min(bar.bottom - bar.top, setter.looks.body.leading) / 2
        baseline = middle - look.leading / 2 + look.baseline
        draw_line(sheet, line, max(x - _FROM_NUMBER - line.width, _FROM_PAPER), baseline, ARTIFACT)


def _merged(bars: Sequence[Bar]) -> Iterator[tuple[float, float]]:
    """From where to where lines reach without a gap."""
    top, bottom = bars[0].top, bars[0].bottom
    for bar in bars[1:]:
        if bar.top > bottom + _TOUCHING:
            yield top, bottom
            top = bar.top
        bottom = max(bottom, bar.bottom)
    yield top, bottom


def _fresh(bars: Sequence[Bar]) -> Iterator[tuple[Bar, tuple[int, ...]]]:
    """Each bar with the numbers that are not those of a bar that it touches."""
    known, foot = frozenset[int](), 0.0
    for bar in bars:
        if bar.top > foot + _TOUCHING:
            known = frozenset()
        if fresh := tuple(number for number in bar.numbers if number not in known):
            yield bar, fresh
        known, foot = known.union(bar.numbers), max(foot, bar.bottom)


def _ranges(numbers: Iterable[int]) -> str:
    """``3``, ``3, 5``, ``3–5``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_range(run) for run in runs)


def _range(run: Sequence[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}{'–' if len(run) > 2 else ', '}{run[-1]}"
