"""Blocks against blocks: which stand for each other, which came and which went, and what changed within them.

Blocks, list items and rows are paired where they show the same, else by their facts, else by their words. Then each
pair is compared within; where the one cannot become the other by marks, the old goes and the new comes as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from memo.changes.alignment import align, count_words, similarity
from memo.changes.change_list import ChangeList, Node, node_facts, node_text, section_from
from memo.changes.figures import figure_change, figure_numbers, visible_drawing
from memo.changes.plain_texts import map_runs
from memo.changes.resolve import visible_node
from memo.changes.texts import AddChange, compare_runs
from memo.changes.tokens import Inlines, tokenize
from memo.document import tree
from memo.document.tree import Block, Document, Inline, Mark
from memo.document.walk import block_nodes, contents

# Which may stand for each other

_LEAST = 0.4
"""The share of words that two paragraphs with different facts need in common to stand for each other."""


class NodeFeatures(NamedTuple):
    """What two blocks, items or rows are compared by: their words, notes aside, and their facts."""

    node: Node
    words: Counter[str]
    facts: frozenset[str]


def _features(node: Node) -> NodeFeatures:
    words: Counter[str] = Counter()
    for run in _runs(node):
        words.update(count_words(token for token in tokenize(run) if not token.note))
    return NodeFeatures(node, words, frozenset(node_facts(node)))


def _runs(node: Node) -> Iterator[Inlines]:
    match node:
        case tree.Row(cells=cells):
            yield from (cell.content for cell in cells)
        case tree.ListItem(blocks=blocks):
            yield from chain.from_iterable(map(contents, blocks))
        case _:
            yield from contents(node)


def _score(old: NodeFeatures, new: NodeFeatures) -> float:
    """Return how much two nodes have in common, facts before words; 0 where they are never to be paired."""
    one, other = old.node, new.node
    if type(one) is not type(other) or not _can_become(one, other) or _is_statement(other):
        return 0.0
    share = similarity(old.words, new.words)
    # The same facts outweigh any words; so much the more in the same section, which the key names.
    if old.facts and old.facts == new.facts:
        return (1.5 if _stem(one.key) == _stem(other.key) else 1.0) + share
    # The parts of a list, a table or a quotation are compared once more: less in common is enough to try.
    has_parts = isinstance(one, tree.List | tree.Table | tree.Quotation)
    least = _LEAST / 2 if has_parts or old.facts & new.facts else _LEAST
    if share >= least:
        return share
    # Where nothing fits better, a box or a figure stands for another of its kind whatever the two show.
    return 0.1 if isinstance(one, tree.Callout | tree.Figure) else 0.0


def _stem(key: str) -> str:
    """Return a key without its ordinal, which shifts when something comes before the block."""
    return key.rpartition("/")[0]


def _can_become(one: Node, other: Node) -> bool:
    """Tell whether one node, of the same type, can become the other by changes within it."""
    match one, other:
        case tree.Heading(), tree.Heading():
            return one.level == other.level
        case tree.List(), tree.List():
            return (one.ordered, one.start) == (other.ordered, other.start)
        case tree.Callout(), tree.Callout():
            return (one.kind, one.title) == (other.kind, other.title)
        case tree.ListItem(), tree.ListItem():
            return _opening(one) == _opening(other)
        case tree.Row(), tree.Row():
            return len(one.cells) == len(other.cells)
    return True


def _opening(item: tree.ListItem) -> Hashable:
    """Return what bears the bullet: any paragraph, or the very block that stands first in its place."""
    first = item.blocks[0] if item.blocks else None
    return tree.Paragraph if isinstance(first, tree.Paragraph) else visible_node(first) if first else None


def _is_statement(node: Node) -> bool:
    return not isinstance(node, tree.ListItem | tree.Row) and tree.is_statement(node)


# Comparing

NodeT = TypeVar("NodeT", bound=Node)


class BlockComparer:
    """Compares the blocks of two documents, and adds what changed to a list of changes."""

    def __init__(self, changes: ChangeList, new: Document) -> None:
        self.changes = changes
        self.new = new
        self.anchors = _Anchors(new.blocks)
        self.figures = figure_numbers(new)

    def compare_document(self, old: Sequence[Block]) -> tuple[Block, ...]:
        """Return the new document's blocks and among them those of the old one that went, all changes marked."""
        section_before = section_now = ""
        done: list[Block] = []
        for before, now in align(old, self.new.blocks, _visible_block, _features, _score):
            section_before, section_now = section_from(before, section_before), section_from(now, section_now)
            self.changes.section = section_now if now else section_before
            self.changes.counting = all(tree.is_counted(block) for block in (before, now) if block)
            done += self._pair(before, now, self._both)
        self.changes.counting = False
        return self.anchors.redirect(tuple(done))

    def _blocks(self, old: Sequence[Block], new: Sequence[Block]) -> tuple[Block, ...]:
        return tuple(self._nodes(old, new, self._both))

    def _nodes(
        self, old: Sequence[NodeT], new: Sequence[NodeT], both: Callable[[NodeT, NodeT], Iterator[NodeT]]
    ) -> Iterator[NodeT]:
        """Compare the blocks, items or rows within another node; ``both`` compares two that stand for each other."""
        for before, now in align(old, new, visible_node, _features, _score):
            yield from self._pair(before, now, both)

    def _pair(
        self, old: NodeT | None, new: NodeT | None, both: Callable[[NodeT, NodeT], Iterator[NodeT]]
    ) -> Iterator[NodeT]:
        if old and new:
            yield from both(old, new)
        elif old:
            yield self._deleted(old, self.changes.add(node_text(old), "", node_facts(old)))
        elif new and _is_statement(new):
            yield new
        elif new:
            yield self._inserted(new, self.changes.add("", node_text(new), node_facts(new)))

    def _deleted(self, node: NodeT, change: int) -> NodeT:
        anchor = {"anchor": self.anchors.free(node.anchor)} if isinstance(node, tree.Heading) else {}
        return replace(node, mark=Mark("deleted", change), **anchor)

    def _inserted(self, node: NodeT, change: int) -> NodeT:
        return replace(node, mark=Mark("inserted", change))

    def _both(self, old: Block, new: Block) -> Iterator[Block]:
        """Compare two blocks that stand for each other: give the new one, marked; or the old one gone, the new come."""
        match old, new:
            case tree.Heading(), tree.Heading():
                self.anchors.match(old, new)
                yield replace(new, content=self._run(old.content, new.content))
            case tree.Paragraph(), tree.Paragraph():
                yield replace(new, content=self._run(old.content, new.content))
            case tree.List(), tree.List():
                yield replace(new, items=tuple(self._nodes(old.items, new.items, self._item)))
            case tree.Quotation(), tree.Quotation():
                yield replace(new, blocks=self._blocks(old.blocks, new.blocks))
            case tree.Callout(), tree.Callout():
                yield self._callout(old, new)
            case _ if visible_node(old) == visible_node(new):
                yield new
            case tree.Table(), tree.Table() if _shape(old) == _shape(new):
                yield self._table(old, new)
            case tree.Figure(), tree.Figure() if visible_drawing(old) == visible_drawing(new) and old.caption:
                yield replace(new, caption=self._run(old.caption, new.caption))
            case tree.Figure(), tree.Figure():
                told = figure_change(old, new, self.figures.get(id(new), 0), self.changes.words)
                yield from self._replaced(old, new, self.changes.add(told.before, told.after, told.facts))
            case _:
                facts = (*node_facts(new), *node_facts(old))
                yield from self._replaced(old, new, self.changes.add(node_text(old), node_text(new), facts))

    def _replaced(self, old: Block, new: Block, change: int) -> Iterator[Block]:
        yield self._deleted(old, change)
        yield self._inserted(new, change)

    def _run(self, old: Sequence[Inline], new: Sequence[Inline], add_change: AddChange | None = None) -> Inlines:
        return compare_runs(old, new, self.new.metadata.language, add_change or self.changes.add)

    def _callout(self, old: tree.Callout, new: tree.Callout) -> Block:
        """Compare two boxes; for what stands before the first section, the box's own title names the section."""
        section = self.changes.section
        self.changes.section = section or new.title
        done = replace(new, blocks=self._blocks(old.blocks, new.blocks))
        self.changes.section = section
        return done

    def _item(self, old: tree.ListItem, new: tree.ListItem) -> Iterator[tree.ListItem]:
        """Compare two items. The paragraphs that bear the bullets stand for each other, whatever they say."""
        match old.blocks, new.blocks:
            case (tree.Paragraph() as one, *rest), (tree.Paragraph() as other, *more):
                first = replace(other, content=self._run(one.content, other.content))
                yield replace(new, blocks=(first, *self._blocks(rest, more)))
            case _:
                yield replace(new, blocks=self._blocks(old.blocks, new.blocks))

    def _table(self, old: tree.Table, new: tree.Table) -> Block:
        caption = self._run(old.caption, new.caption)
        (header,) = self._row(old.header, new.header)
        return replace(new, caption=caption, header=header, rows=tuple(self._nodes(old.rows, new.rows, self._row)))

    def _row(self, old: tree.Row, new: tree.Row) -> Iterator[tree.Row]:
        """Compare two rows. All that changed in the cells of a row is one change: a cell alone says too little."""
        if visible_node(old) == visible_node(new):
            yield new
            return
        numbers: list[int] = []

        def add_change(before: str, after: str, facts: Sequence[str]) -> int:
            if before == after:
                return 0
            if not numbers:
                numbers.append(self.changes.add(node_text(old), node_text(new), facts))
            self.changes.add_facts(numbers[0], facts)
            return numbers[0]

        pairs = zip(old.cells, new.cells, strict=True)
        cells = (tree.Cell(self._run(one.content, other.content, add_change)) for one, other in pairs)
        yield replace(new, cells=tuple(cells))


def _visible_block(block: Block) -> Hashable:
    """Return a value that is equal for blocks that show the same. What ``changes()`` printed is like nothing else."""
    return ("statement", block.key) if tree.is_statement(block) else visible_node(block)


def _shape(table: tree.Table) -> tuple[int, bool]:
    """Return what two tables must share to be compared row by row: how many columns, and whether a caption."""
    return len(table.header.cells), bool(table.caption)


class _Anchors:
    """The anchors of a redline's headings, of which each has its own, also one that went."""

    def __init__(self, new: tuple[Block, ...]) -> None:
        self._taken = {node.anchor for node in block_nodes(new) if isinstance(node, tree.Heading)}
        self._moved: dict[str, str] = {}

    def match(self, old: tree.Heading, new: tree.Heading) -> None:
        """Remember that a heading stands for an old one, whose anchor may have been another."""
        self._moved.setdefault(old.anchor, new.anchor)

    def free(self, anchor: str) -> str:
        """Return an anchor that no heading has, for one that went: the new document may use its own by now."""
        while anchor in self._taken:
            anchor += "-deleted"
        self._taken.add(anchor)
        return anchor

    def redirect(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Let links that went lead to where their headings are now; their old anchors may be gone."""
        lost = {old: new for old, new in self._moved.items() if old not in self._taken}
        return tuple(map_runs(block, lambda run: _redirected(run, lost)) for block in blocks) if lost else blocks


def _redirected(run: Inlines, lost: dict[str, str]) -> Inlines:
    return tuple(_redirect(inline, lost) for inline in run)


def _redirect(inline: Inline, lost: dict[str, str]) -> Inline:
    match inline:
        case tree.Link(target=target) if target[:1] == "#" and target[1:] in lost:
            return replace(inline, target=f"#{lost[target[1:]]}")
        case tree.Strong(content=content) | tree.Emphasis(content=content) | tree.Footnote(content=content):
            return replace(inline, content=_redirected(content, lost))
    return inline
