"""Blocks against blocks: which stand for each other, which came and which went, and what changed within them.

Where links lead in a redline: every heading has an anchor of its own, also one that went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

from msgspec.structs import replace

from memo.changes.change_list import Ledger
from memo.changes.likeness import alike, drawn, facts_between, facts_of, gauge, one_shape, same, section_of, words
from memo.changes.resolve import seen
from memo.changes.texts import Tell, text
from memo.changes.tokens import aligned
from memo.document.tree import (
    Block,
    Callout,
    Cell,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Mark,
    Paragraph,
    Quotation,
    Row,
    Strong,
    Table,
    is_statement,
)
from memo.document.walk import block_nodes


class Comparer:
    """Compares the blocks of two documents, and tells the changes to a ledger."""

    def __init__(self, ledger: Ledger, new: Document) -> None:
        self.ledger = ledger
        self.new = new
        self.anchors = Anchors(new.blocks)

    def document(self, old: Sequence[Block]) -> tuple[Block, ...]:
        """The new document's blocks, and among them those of the old one that went, marked."""
        before = now = ""
        done: list[Block] = []
        for one, other in aligned(old, self.new.blocks, same, gauge, alike):
            before, now = section_of(one, before), section_of(other, now)
            self.ledger.section = now if other else before
            done += self._pair(one, other)
        return self.anchors.followed(tuple(done))

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
        """The same for blocks within others."""
        pairs = aligned(old, new, seen, gauge, alike)
        return tuple(chain.from_iterable(self._pair(one, other) for one, other in pairs))

    def _pair(self, old: Block | None, new: Block | None) -> Iterator[Block]:
        if old and new:
            yield from self._both(old, new)
        elif old:
            yield from self._gone(old)
        elif new and is_statement(new):
            yield new
        elif new:
            yield self._whole(new, "inserted", self.ledger.tell("", words(new), facts_of(new)))

    def _gone(self, old: Block, number: int | None = None) -> Iterator[Block]:
        number = self.ledger.tell(words(old), "", facts_of(old)) if number is None else number
        yield self._whole(old, "deleted", number)

    def _whole(self, block: Block, how: Literal["inserted", "deleted"], number: int) -> Block:
        if isinstance(block, Heading) and how == "deleted":
            block = self.anchors.gone(block)
        return replace(block, mark=Mark(how, number))

    def _both(self, old: Block, new: Block) -> Iterator[Block]:
        """Blocks that stand for each other: the new one with its changes marked, or the one gone, the other come."""
        match old, new:
            case (Heading() | Paragraph(), Heading() | Paragraph()):
                if isinstance(old, Heading) and isinstance(new, Heading):
                    self.anchors.kept(old, new)
                yield replace(new, content=self._text(old.content, new.content))
            case List(), List():
                yield replace(new, items=tuple(self._items(old, new)))
            case Quotation(), Quotation():
                yield replace(new, blocks=self.blocks(old.blocks, new.blocks))
            case Callout(), Callout():
                yield self._callout(old, new)
            case Table(), Table() if seen(old) != seen(new) and one_shape(old, new):
                yield self._table(old, new)
            case Figure(), Figure() if seen(old) != seen(new) and drawn(old) == drawn(new) and old.caption:
                yield replace(new, caption=self._text(old.caption, new.caption))
            case _ if seen(old) == seen(new):
                yield new
            case _:
                number = self.ledger.tell(words(old), words(new), facts_between(old, new))
                yield from self._gone(old, number)
                yield self._whole(new, "inserted", number)

    def _text(self, old: Sequence[Inline], new: Sequence[Inline], tell: Tell | None = None) -> tuple[Inline, ...]:
        return text(old, new, self.new.metadata.language, tell or self.ledger.tell)

    def _callout(self, old: Callout, new: Callout) -> Callout:
        """A box before the first section goes by its own title."""
        section = self.ledger.section
        self.ledger.section = section or new.title
        done = replace(new, blocks=self.blocks(old.blocks, new.blocks))
        self.ledger.section = section
        return done

    # Lists

    def _items(self, old: List, new: List) -> Iterator[ListItem]:
        for one, other in aligned(old.items, new.items, seen, gauge, alike):
            if one and other:
                yield self._item(one, other)
            elif one:
                number = self.ledger.tell(words(one), "", facts_of(one))
                yield replace(one, mark=Mark("deleted", number))
            elif other:
                number = self.ledger.tell("", words(other), facts_of(other))
                yield replace(other, mark=Mark("inserted", number))

    def _item(self, old: ListItem, new: ListItem) -> ListItem:
        """The paragraph that bears the bullet stands for the other's, whatever they say."""
        match old.blocks, new.blocks:
            case (Paragraph() as one, *rest), (Paragraph() as other, *more):
                first = replace(other, content=self._text(one.content, other.content))
                return replace(new, blocks=(first, *self.blocks(rest, more)))
        return replace(new, blocks=self.blocks(old.blocks, new.blocks))

    # Tables

    def _table(self, old: Table, new: Table) -> Table:
        caption = self._text(old.caption, new.caption)
        header = self._row(old.header, new.header)
        return replace(new, caption=caption, header=header, rows=tuple(self._rows(old, new)))

    def _rows(self, old: Table, new: Table) -> Iterator[Row]:
        for one, other in aligned(old.rows, new.rows, seen, gauge, alike):
            if one and other:
                yield self._row(one, other)
            elif one:
                yield replace(one, mark=Mark("deleted", self.ledger.tell(words(one), "", facts_of(one))))
            elif other:
                yield replace(other, mark=Mark("inserted", self.ledger.tell("", words(other), facts_of(other))))

    def _row(self, old: Row, new: Row) -> Row:
        """All that changed in the cells of a row is one change: a cell alone says too little. Notes are their own."""
        if seen(old) == seen(new):
            return new
        numbers: list[int] = []

        def tell(before: str, after: str, facts: Sequence[str]) -> int:
            if before == after:
                return 0
            if not numbers:
                numbers.append(self.ledger.tell(words(old), words(new), facts))
            self.ledger.add_facts(numbers[0], facts)
            return numbers[0]

        cells = zip(old.cells, new.cells, strict=True)
        return replace(new, cells=tuple(Cell(self._text(one.content, other.content, tell)) for one, other in cells))


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
