"""The title block: what kind of paper it is, its title, and to whom, from whom and when, in a quiet grid."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from memo.furniture import Furniture
from memo.renderers.pdf.lines import Line, Manner, draw_line
from memo.renderers.pdf.setter import Setter
from memo.renderers.pdf.sheet import ARTIFACT, Sheet
from memo.renderers.pdf.strips import Strip, line_strips
from memo.renderers.pdf.structure import Element

BELOW = 14.0
"""Space between the title block and the text, in points."""

_EYEBROW_GAP = 4.0
_GRID_GAP = 8.0
_ROW_PAD = 2.0
_LABEL_GAP = 18.0
_HAIRLINE = 0.5


def strips(furniture: Furniture, setter: Setter, x: float, parent: Element) -> Iterator[Strip]:
    """The title block's strips; it does not part."""
    looks, width = setter.looks, setter.measure
    eyebrow = setter.capitals(furniture.memorandum, looks.eyebrow, Element("P", parent))
    yield from line_strips([eyebrow], looks.eyebrow, x)
    title = setter.run(furniture.title, looks.title, Element("Title", parent))
    for index, strip in enumerate(line_strips(setter.breaker.lines([[title]], width, Manner.HEADING), looks.title, x)):
        strip.glued, strip.before = True, 0.0 if index else _EYEBROW_GAP
        yield strip
    yield from _grid(furniture.title_rows, setter, x, parent)


def _grid(rows: tuple[tuple[str, str], ...], setter: Setter, x: float, parent: Element) -> Iterator[Strip]:
    """Each row is an item of a list: its label, and what it says."""
    looks = setter.looks
    grid = Element("L", parent, attributes="/O /List /ListNumbering /None")
    items = [Element("LI", grid) for _ in rows]
    labels = [
        setter.capitals(label, looks.label, Element("Lbl", item)) for item, (label, _) in zip(items, rows, strict=True)
    ]
    indent = max((label.width for label in labels), default=0.0) + _LABEL_GAP
    for index, (item, label, (_, value)) in enumerate(zip(items, labels, rows, strict=True)):
        run = setter.run(value, looks.body, Element("LBody", item))
        lines = setter.breaker.lines([[run]], setter.measure - indent, Manner.CELL)
        height = max(1, len(lines)) * looks.body.leading + 2 * _ROW_PAD
        draw = partial(_draw_row, label, lines, setter, x, indent, height)
        yield Strip(height, [draw], before=0.0 if index else _GRID_GAP, glued=True)


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
