"""Strips: what a page is filled with from the top down. A page may end between any two, unless the lower is glued.

Where blocks stand across the page, and what they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from memo.document.tree import Mark
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.content import Sheet
from memo.renderers.pdf.page.notes import Note
from memo.renderers.pdf.text.lines import Line, draw_line
from memo.renderers.pdf.text.looks import Look

Draw = Callable[[Sheet, float, str], None]
"""Draws on a sheet from that height down; as an artifact of the kind named, if one is."""


class Box(Struct, frozen=True, eq=False):
    """What is drawn behind all strips of a block: a tint, a rule on the left. ``pad`` is its room above and below."""

    x: float
    width: float
    pad: float
    fill: str
    bar: str
    bar_width: float


@dataclass(slots=True, eq=False)
class Strip:
    """A piece of a page, as wide as the text. Lengths are in points.

    ``before`` is the space above it, which is dropped at the top of a page. ``boxes`` are those it stands in,
    outermost first; an ``edge`` is the room at the upper or lower end of the innermost. ``header`` is what stands
    above it again where a page begins with it.
    """

    height: float
    draws: list[Draw] = field(default_factory=list)
    before: float = 0.0
    notes: tuple[Note, ...] = ()
    glued: bool = False
    new_page: bool = False
    boxes: tuple[Box, ...] = ()
    edge: bool = False
    header: Strip | None = None

    def pads(self, box: Box | None = None) -> float:
        """The room that open boxes need beside it where a page is cut: all of them, or this one and those within."""
        through = self.boxes[:-1] if self.edge else self.boxes
        if box is not None:
            through = through[self.boxes.index(box) :]
        return sum(each.pad for each in through)

    def draw(self, sheet: Sheet, top: float, artifact: str = "") -> None:
        """Draw all that it holds."""
        for draw in self.draws:
            draw(sheet, top, artifact)
        if sheet.touched:
            sheet.beside(top, self.height)


def line_strips(lines: Iterable[Line], look: Look, x: float, boxes: tuple[Box, ...] = ()) -> list[Strip]:
    """The strips of a paragraph: neither its first nor its last line stands alone on a page."""
    strips = [
        Strip(look.leading, [partial(_draw_text, line, look, x)], notes=tuple(line.notes()), boxes=boxes)
        for line in lines
    ]
    if len(strips) > 1:
        strips[1].glued = strips[-1].glued = True
    return strips


def _draw_text(line: Line, look: Look, x: float, sheet: Sheet, top: float, artifact: str) -> None:
    draw_line(sheet, line, x, top + look.baseline, artifact)


def glued(strips: Iterable[Strip]) -> Iterator[Strip]:
    """The same, none parted from the one before it."""
    for index, strip in enumerate(strips):
        strip.glued = strip.glued or index > 0
        yield strip


class Column(Struct, frozen=True):
    """Where blocks stand: from ``x`` on, so wide, in this element and these boxes, within what bears ``mark``."""

    x: float
    width: float
    parent: Element
    boxes: tuple[Box, ...] = ()
    depth: int = 0
    mark: Mark | None = None

    def indented(self, by: float, parent: Element) -> Column:
        """The same, narrower on the left, in another element."""
        return replace(self, x=self.x + by, width=self.width - by, parent=parent)

    def marked(self, mark: Mark | None) -> Column:
        """The same for what bears this mark; that of what is around counts before."""
        return replace(self, mark=mark) if mark and not self.mark else self
