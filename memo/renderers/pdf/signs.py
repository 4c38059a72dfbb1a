"""What a redline puts where no words bear the mark: a word above a figure, or in place of a rule or a page break."""

from __future__ import annotations

from functools import partial

from memo.document import Mark
from memo.renderers.pdf.columns import Column
from memo.renderers.pdf.lines import Line, draw_line
from memo.renderers.pdf.looks import Look
from memo.renderers.pdf.setter import Setter
from memo.renderers.pdf.sheet import ARTIFACT, Sheet
from memo.renderers.pdf.strips import Strip

_FRAME = 1.0
_AROUND, _ABOVE = 4.0, 2.0
_DASH = (3.0, 2.0)
_BETWEEN = 6.0


GAP = 4.0
"""Between a sign and the figure below it, in points; its frame stands half in it."""


def height(setter: Setter) -> float:
    """The height of a sign and of the gap below it, in points."""
    return setter.looks.furniture.leading + GAP


def strip(mark: Mark, what: str, setter: Setter, column: Column) -> Strip:
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
