"""Where blocks stand across the page, and what they stand in."""

from __future__ import annotations

from dataclasses import replace

from memo.document import Mark
from memo.frozen import frozen
from memo.renderers.pdf.strips import Box
from memo.renderers.pdf.structure import Element


@frozen
class Column:
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
