"""What a redline puts where no words bear the mark: a word above a figure, or in place of a rule or a page break.

Change bars: in the left margin, beside every line that came, went or changed, with the numbers of its changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from memo.document.tree import Mark
from memo.renderers.pdf.page.content import ARTIFACT, Bar, Sheet
from memo.renderers.pdf.page.strips import Column, Strip
from memo.renderers.pdf.text.lines import Line, draw_line
from memo.renderers.pdf.text.looks import Look
from memo.renderers.pdf.text.typesetter import Setter

_FRAME = 1.0
_AROUND, _ABOVE = 4.0, 2.0
_DASH = (3.0, 2.0)
_BETWEEN = 6.0


GAP = 4.0
"""Between a sign and the figure below it, in points; its frame stands half in it."""


def height(setter: Setter) -> float:
    """The height of a sign and of the gap below it, in points."""
    return setter.looks.furniture.leading + GAP


def sign_strip(mark: Mark, what: str, setter: Setter, column: Column) -> Strip:
    """``INSERTED: RULE``, with a line beside it, which is the rule itself or stands for it.

    An artifact, as a rule and a page break are; of a figure, its alternative text says the same.
    """
    look, word = setter.looks.furniture, setter.marker.how(mark)
    words = f"{word}: {what}" if what else word
    run = setter.run(words, look, ARTIFACT)
    line = setter.joined([run._replace(face="bold", ink=run.ink._replace(colour=setter.marker.colour(mark)))])
    draw = partial(_draw, line, look, mark, setter.marker.colour(mark), column, bool(what))
    return Strip(look.leading, [draw], boxes=column.boxes)


def _draw(
    line: Line, look: Look, mark: Mark, ink: str, column: Column, ruled: bool, sheet: Sheet, top: float, artifact: str
) -> None:
    sheet.mark(artifact or ARTIFACT)
    draw_line(sheet, line, column.x, top + look.baseline, artifact or ARTIFACT)
    start, middle = column.x + line.width + _BETWEEN, top + look.leading / 2
    if ruled and start < column.x + column.width:
        dash = _DASH if mark.how == "deleted" else ()
        sheet.line(start, middle, column.x + column.width, middle, _FRAME, ink, dash)
    sheet.touch(mark)


def draw_frame(
    mark: Mark, setter: Setter, x: float, width: float, high: float, sheet: Sheet, top: float, artifact: str
) -> None:
    """A frame around a figure; one that went is crossed out as well."""
    ink = setter.marker.colour(mark)
    sheet.mark(artifact or ARTIFACT)
    left, right = x - _AROUND, x + width + _AROUND
    top, high = top - _ABOVE, high + 2 * _ABOVE
    sheet.box(left, top, right - left, high, stroke=ink, stroke_width=_FRAME)
    if mark.how == "deleted":
        sheet.line(left, top, right, top + high, _FRAME, ink)
        sheet.line(left, top + high, right, top, _FRAME, ink)
    sheet.touch(mark)


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
