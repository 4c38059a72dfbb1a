"""The title block: what kind of paper it is, its title, and to whom, from whom and when, in a quiet grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple

from memo.document.furniture import Furniture
from memo.document.tree import Change, Mark
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.content import ARTIFACT, Sheet
from memo.renderers.pdf.page.strips import Column, Strip, line_strips
from memo.renderers.pdf.text.lines import Line, Manner, draw_line
from memo.renderers.pdf.text.looks import Look
from memo.renderers.pdf.text.runs import Run
from memo.renderers.pdf.text.typesetter import Setter

BELOW = 14.0
"""Space between the title block and the text, in points."""

_EYEBROW_GAP = 4.0
_GRID_GAP = 8.0
_ROW_PAD = 2.0
_LABEL_GAP = 18.0
_HAIRLINE = 0.5

Rows = tuple[tuple[str, str], ...]


def strips(furniture: Furniture, earlier: Furniture, told: Told, setter: Setter, column: Column) -> Iterator[Strip]:
    """The title block's strips; it does not part. ``earlier`` is what it said before, in a redline."""
    looks, parent = setter.looks, column.parent
    eyebrow = setter.capitals(furniture.memorandum, looks.eyebrow, Element("P", parent))
    yield from line_strips([eyebrow], looks.eyebrow, column.x)
    before, now = (Value(setter.words.title, each.title) for each in (earlier, furniture))
    *gone, come = _runs(before, now, looks.title, Element("Title", parent), told, setter)
    lines = setter.breaker.lines([gone, [come]] if gone else [[come]], column.width, Manner.HEADING)
    for index, strip in enumerate(line_strips(lines, looks.title, column.x)):
        strip.glued, strip.before = True, 0.0 if index else _EYEBROW_GAP
        yield strip
    yield from _grid(earlier.title_rows, furniture.title_rows, told, setter, column)


class Value(NamedTuple):
    """What one line of the title block says, and the label that it goes by."""

    label: str
    text: str


class Told:
    """Which of a redline's changes tells what changed in the title block."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._numbers = {
            (change.section, change.before, change.after): number for number, change in enumerate(changes, 1)
        }

    def mark(self, how: Literal["inserted", "deleted"], before: Value, now: Value) -> Mark:
        """The mark of one of the two; of no change where none is told, as of a date when nothing else changed."""
        return Mark(how, self._numbers.get((now.label, before.text, now.text), 0))


def _runs(before: Value, now: Value, look: Look, owner: Element, told: Told, setter: Setter) -> list[Run]:
    """What stands there now; where something else stood there before, both, marked."""
    if before == now:
        return [setter.run(now.text, look, owner)]
    gone = setter.run(before.text, look, owner, told.mark("deleted", before, now))
    come = setter.run(now.text, look, owner, told.mark("inserted", before, now))
    if not before.text or not now.text:
        return [gone if before.text else come]
    return [gone, setter.run(" ", look, owner), come]


def _grid(before: Rows, now: Rows, told: Told, setter: Setter, column: Column) -> Iterator[Strip]:
    """Each row is an item of a list: its label, and what it says."""
    looks = setter.looks
    grid = Element("L", column.parent, attributes="/O /List /ListNumbering /None")
    rows = _paired(before, now)
    items = [Element("LI", grid) for _ in rows]
    labels = [
        setter.capitals(row.label, looks.label, Element("Lbl", item))
        for item, (_, row) in zip(items, rows, strict=True)
    ]
    indent = max((label.width for label in labels), default=0.0) + _LABEL_GAP
    for index, (item, label, (was, is_)) in enumerate(zip(items, labels, rows, strict=True)):
        runs = _runs(was, is_, looks.body, Element("LBody", item), told, setter)
        lines = setter.breaker.lines([runs], setter.measure - indent, Manner.CELL)
        height = max(1, len(lines)) * looks.body.leading + 2 * _ROW_PAD
        draw = partial(_draw_row, label, lines, setter, column.x, indent, height)
        yield Strip(height, [draw], before=0.0 if index else _GRID_GAP, glued=True)


def _paired(before: Rows, now: Rows) -> list[tuple[Value, Value]]:
    """What each row said and says. One that went stands last, as a reference does."""
    was, is_ = dict(before), dict(now)
    return [(Value(label, was.get(label, "")), Value(label, is_.get(label, ""))) for label in is_ | was]


def _draw_row(
    label: Line, lines: list[Line], setter: Setter, x: float, indent: float, height: float,
    sheet: Sheet, top: float, artifact: str,
) -> None:  # fmt: skip
    looks, ink = setter.looks, setter.style.colours.rule
    sheet.mark(artifact or ARTIFACT)
    sheet.line(x, top, x + setter.measure, top, _HAIRLINE, ink)
    sheet.line(x, top + height, x + setter.measure, top + height, _HAIRLINE, ink)
    baseline = top + _ROW_PAD + looks.body.baseline
    draw_line(sheet, label, x, baseline, artifact)
    for line in lines:
        draw_line(sheet, line, x + indent, baseline, artifact)
        baseline += looks.body.leading
