"""Blocks, items and rows as they are compared: what they say, which facts they use, and how much two have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from memo.changes.resolve import seen
from memo.changes.tokens import atoms, bag, likeness
from memo.document.tree import (
    Block,
    Callout,
    Figure,
    Footnote,
    Heading,
    Inline,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Quotation,
    Row,
    Rule,
    Table,
    is_statement,
)
from memo.document.walk import block_facts, contents, inline_text, inlines

Node = Block | ListItem | Row
LEAST = 0.4
"""The share of words that two paragraphs with different facts need to have in common to stand for each other."""


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


def facts_of(node: Node) -> tuple[str, ...]:
    """The facts that a node shows or cites, each once."""
    match node:
        case Row(cells=cells):
            runs = (inline for cell in cells for inline in inlines(cell.content))
            return tuple(dict.fromkeys(fact for one in runs for fact in getattr(one, "facts", ())))
        case ListItem(blocks=blocks):
            return tuple(dict.fromkeys(fact for block in blocks for fact in block_facts(block)))
    return tuple(dict.fromkeys(block_facts(node)))


def facts_between(old: Block, new: Block) -> tuple[str, ...]:
    """The facts behind a block that was replaced; of figures, those of what they do not show alike."""
    if isinstance(old, Figure) and isinstance(new, Figure):
        ours, theirs = ({replace(datum, facts=()): datum.facts for datum in one.data} for one in (new, old))
        other = [*(ours[datum] for datum in ours if datum not in theirs)]
        other += [theirs[datum] for datum in theirs if datum not in ours]
        return tuple(chain.from_iterable(other))
    return (*facts_of(new), *facts_of(old))


def section_of(block: Block | None, current: str) -> str:
    """The title of the section that stands from this block on."""
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


def same(block: Block) -> object:
    """Equal for blocks that show the same. What ``changes()`` printed is like nothing else."""
    return ("statement", block.key) if is_statement(block) else seen(block)


class Gauge(NamedTuple):
    """What two nodes are held against each other by."""

    node: Node
    words: Counter[str]
    facts: frozenset[str]


def gauge(node: Node) -> Gauge:
    """What is needed of a node to tell whether it is like another."""
    return Gauge(node, _bag(node), frozenset(facts_of(node)))


def alike(gauged: Gauge, against: Gauge) -> float:
    """How much two nodes have in common: the facts of their keys first, then their words. 0: never to be paired."""
    (one, words_of_one, facts), (other, words_of_other, others) = gauged, against
    if type(one) is not type(other) or not _fit(one, other) or _stated(other):
        return 0.0
    share = likeness(words_of_one, words_of_other)
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


def one_shape(old: Table, new: Table) -> bool:
    """Whether two tables have as many columns, and both a caption or neither."""
    return len(old.header.cells) == len(new.header.cells) and bool(old.caption) == bool(new.caption)


def drawn(figure: Figure) -> object:
    """What a figure shows, without its caption's words."""
    return figure.kind, tuple(replace(datum, facts=()) for datum in figure.data), figure.alt, bool(figure.caption)
