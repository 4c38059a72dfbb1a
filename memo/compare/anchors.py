"""Where links lead in a redline: every heading has an anchor of its own, also one that went."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from memo.document import (
    Block,
    Callout,
    Cell,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    Link,
    List,
    Paragraph,
    Quotation,
    Row,
    Strong,
    Table,
    block_nodes,
)

Run = tuple[Inline, ...]


class Anchors:
    """The anchors of a redline: those of the new document's headings, and of old ones that went."""

    def __init__(self, new: tuple[Block, ...]) -> None:
        self._taken = set(_anchors(new))
        self._moved: dict[str, str] = {}

    def kept(self, old: Heading, new: Heading) -> None:
        """A heading that stands for an old one, perhaps under another anchor."""
        self._moved.setdefault(old.anchor, new.anchor)

    def gone(self, heading: Heading) -> Heading:
        """A heading that went. Another may have its anchor now."""
        anchor = heading.anchor
        while anchor in self._taken:
            anchor += "-deleted"
        self._taken.add(anchor)
        return replace(heading, anchor=anchor)

    def followed(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The blocks with links that went led to where their headings are now."""
        lost = {old: new for old, new in self._moved.items() if old not in self._taken}
        return tuple(over_runs(block, lambda run: _led(run, lost)) for block in blocks) if lost else blocks


def _anchors(blocks: tuple[Block, ...]) -> Iterable[str]:
    return (node.anchor for node in block_nodes(blocks) if isinstance(node, Heading))


def _led(run: Run, lost: dict[str, str]) -> Run:
    return tuple(_leading(inline, lost) for inline in run)


def _leading(inline: Inline, lost: dict[str, str]) -> Inline:
    match inline:
        case Link(target=target) if target[:1] == "#" and target[1:] in lost:
            return replace(inline, target=f"#{lost[target[1:]]}")
        case Strong(content=content) | Emphasis(content=content) | Footnote(content=content):
            return replace(inline, content=_led(content, lost))
    return inline


def over_runs(block: Block, change: Callable[[Run], Run]) -> Block:
    """The block with every run of inlines in it replaced by what becomes of it."""
    match block:
        case Heading(content=content) | Paragraph(content=content):
            return replace(block, content=change(content))
        case List(items=items):
            inner = (replace(item, blocks=tuple(over_runs(one, change) for one in item.blocks)) for item in items)
            return replace(block, items=tuple(inner))
        case Table(header=header, rows=rows, caption=caption):
            made = tuple(_row(row, change) for row in rows)
            return replace(block, header=_row(header, change), rows=made, caption=change(caption))
        case Figure(caption=caption):
            return replace(block, caption=change(caption))
        case Quotation(blocks=blocks) | Callout(blocks=blocks):
            return replace(block, blocks=tuple(over_runs(one, change) for one in blocks))
    return block


def _row(row: Row, change: Callable[[Run], Run]) -> Row:
    return replace(row, cells=tuple(Cell(change(cell.content)) for cell in row.cells))
