"""Blocks against blocks: which stand for each other, which came and which went, and what changed within them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Literal

from memo.compare.align import aligned
from memo.compare.anchors import Anchors
from memo.compare.atoms import atoms, bag, likeness
from memo.compare.ledger import Ledger
from memo.compare.resolve import seen
from memo.compare.texts import Tell, text
from memo.document import (
    Block,
    Callout,
    Cell,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    List,
    ListItem,
    Mark,
    PageBreak,
    Paragraph,
    Quotation,
    Row,
    Rule,
    Table,
    block_facts,
    contents,
    inline_text,
    inlines,
    is_statement,
)

Node = Block | ListItem | Row
LEAST = 0.4
"""The share of words that two paragraphs with different facts need to have in common to stand for each other."""


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
        for one, other in aligned(old, self.new.blocks, _same, _alike):
            before, now = _section(one, before), _section(other, now)
            self.ledger.section = now if other else before
            done += self._pair(one, other)
        return self.anchors.followed(tuple(done))

    def blocks(self, old: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
        """The same for blocks within others."""
        pairs = aligned(old, new, seen, _alike)
        return tuple(chain.from_iterable(self._pair(one, other) for one, other in pairs))

    def _pair(self, old: Block | None, new: Block | None) -> Iterator[Block]:
        if old and new:
            yield from self._both(old, new)
        elif old:
            yield from self._gone(old)
        elif new and is_statement(new):
            yield new
        elif new:
            yield self._whole(new, "inserted", self.ledger.tell("", words(new), _facts(new)))

    def _gone(self, old: Block, number: int | None = None) -> Iterator[Block]:
        number = self.ledger.tell(words(old), "", _facts(old)) if number is None else number
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
            case Table(), Table() if seen(old) != seen(new) and _one_shape(old, new):
                yield self._table(old, new)
            case Figure(), Figure() if seen(old) != seen(new) and _drawn(old) == _drawn(new) and old.caption:
                yield replace(new, caption=self._text(old.caption, new.caption))
            case _ if seen(old) == seen(new):
                yield new
            case _:
                number = self.ledger.tell(words(old), words(new), _facts_between(old, new))
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
        for one, other in aligned(old.items, new.items, seen, _alike):
            if one and other:
                yield self._item(one, other)
            elif one:
                number = self.ledger.tell(words(one), "", _facts(one))
                yield replace(one, mark=Mark("deleted", number))
            elif other:
                number = self.ledger.tell("", words(other), _facts(other))
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
        for one, other in aligned(old.rows, new.rows, seen, _alike):
            if one and other:
                yield self._row(one, other)
            elif one:
                yield replace(one, mark=Mark("deleted", self.ledger.tell(words(one), "", _facts(one))))
            elif other:
                yield replace(other, mark=Mark("inserted", self.ledger.tell("", words(other), _facts(other))))

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


# What blocks are


def words(node: Node) -> str:
    """What a block, an item or a row says, on one line; of a figure, what is said to those who do not see it."""
    match node:
        case Rule() | PageBreak():
            return ""
        case Figure(alt=alt):
            return alt
        case Row(cells=cells):
            return " | ".join(_line(cell.content) for cell in cells)
        case Table(caption=caption, header=header, rows=rows):
            return "; ".join(filter(None, (_line(caption), *(words(row) for row in (header, *rows)))))
        case ListItem(blocks=blocks) | Quotation(blocks=blocks) | Callout(blocks=blocks):
            return " ".join(filter(None, map(words, blocks)))
        case List(items=items):
            return "; ".join(filter(None, map(words, items)))
    return _line(node.content)


def _line(content: Sequence[Inline]) -> str:
    return " ".join(inline_text(tuple(content)).split())


def _facts(node: Node) -> tuple[str, ...]:
    """The facts that a node shows or cites, each once."""
    match node:
        case Row(cells=cells):
            runs = (inline for cell in cells for inline in inlines(cell.content))
            return tuple(dict.fromkeys(fact for one in runs for fact in getattr(one, "facts", ())))
        case ListItem(blocks=blocks):
            return tuple(dict.fromkeys(fact for block in blocks for fact in block_facts(block)))
    return tuple(dict.fromkeys(block_facts(node)))


def _facts_between(old: Block, new: Block) -> tuple[str, ...]:
    """The facts behind a block that was replaced; of figures, those of what they do not show alike."""
    if isinstance(old, Figure) and isinstance(new, Figure):
        ours, theirs = ({replace(datum, facts=()): datum.facts for datum in one.data} for one in (new, old))
        other = [*(ours[datum] for datum in ours if datum not in theirs)]
        other += [theirs[datum] for datum in theirs if datum not in ours]
        return tuple(chain.from_iterable(other))
    return (*_facts(new), *_facts(old))


def _section(block: Block | None, current: str) -> str:
    return _line(block.content) if isinstance(block, Heading) and block.level == 1 else current


def _runs(node: Node) -> Iterator[Sequence[Inline]]:
    match node:
        case Row(cells=cells):
            yield from (cell.content for cell in cells)
        case ListItem(blocks=blocks):
            for block in blocks:
                yield from contents(block)
        case _:
            yield from contents(node)


def _bag(node: Node) -> Counter[str]:
    """The words of a node without its notes."""
    found: Counter[str] = Counter()
    for run in _runs(node):
        found.update(bag([atom for atom in atoms(run) if not isinstance(atom.leaf, Footnote)]))
    return found


def _stem(key: str) -> str:
    """A key without its ordinal, which shifts when something comes before."""
    return key.rpartition("/")[0]


# Which may stand for each other


def _same(block: Block) -> object:
    return ("statement", block.key) if is_statement(block) else seen(block)


def _alike(one: Node, other: Node) -> float:
    """How much two nodes have in common: the facts of their keys first, then their words. 0: never to be paired."""
    if type(one) is not type(other) or not _fit(one, other) or _stated(other):
        return 0.0
    share = likeness(_bag(one), _bag(other))
    facts, others = set(_facts(one)), set(_facts(other))
    if facts and facts == others:
        return (1.5 if _stem(one.key) == _stem(other.key) else 1.0) + share
    least = LEAST / 2 if facts & others or isinstance(one, List | Table | Quotation) else LEAST
    return share if share >= least else 0.1 if isinstance(one, Callout | Figure) else 0.0


def _stated(node: Node) -> bool:
    return not isinstance(node, ListItem | Row) and is_statement(node)


def _fit(one: Node, other: Node) -> bool:
    """Whether a node can become the other by changes within it."""
    match one, other:
        case Heading(), Heading():
            return one.level == other.level
        case List(), List():
            return (one.ordered, one.start) == (other.ordered, other.start)
        case Callout(), Callout():
            return (one.kind, one.title) == (other.kind, other.title)
        case ListItem(), ListItem():
            return _opening(one) == _opening(other)
        case Row(), Row():
            return len(one.cells) == len(other.cells)
    return True


def _opening(item: ListItem) -> object:
    """What bears the bullet: a paragraph, or what stands first in its place."""
    first = item.blocks[0] if item.blocks else None
    return Paragraph if isinstance(first, Paragraph) else seen(first) if first else None


def _one_shape(old: Table, new: Table) -> bool:
    return len(old.header.cells) == len(new.header.cells) and bool(old.caption) == bool(new.caption)


def _drawn(figure: Figure) -> object:
    return figure.kind, tuple(replace(datum, facts=()) for datum in figure.data), figure.alt, bool(figure.caption)
