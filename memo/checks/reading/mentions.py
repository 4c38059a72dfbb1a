"""Where a memo tells of facts: each fact with the sentences that tell of it and those that open what they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from memo.checks.memo import Memo
from memo.checks.reading.english_prose import INSTRUCTIONS
from memo.checks.reading.prose import has_more, opening, own_text, row_of, told
from memo.document.sentences import Passage, Sentence
from memo.document.tree import Callout, Claim, Footnote, Heading, Inline, ListItem, Quotation
from memo.document.walk import block_nodes, contents

TOLD = ("claim", "brief", "phrase")
"""The parts of a fact that tell it. In running text its value does, too; in a cell that is a label's companion."""

_LABEL = 3
"""So many words before others of the same note are a label: **Next steps.**"""


class Telling(Struct, frozen=True):
    """A fact that is told: by which of the sentences ``around``, each by its index, and where that is written.

    ``openers`` open what these stand in: a paragraph, a list, a table, a section.
    """

    fact: str
    at: Inline
    around: tuple[Sentence, ...]
    within: tuple[int, ...]
    openers: tuple[Sentence, ...]


def tellings(memo: Memo) -> Iterator[Telling]:
    """Every fact that is told in running text, in a list or in a cell, as often as it is.

    Shown where a claim, a brief, a phrase or a value stands; else at the note that cites it, by all the sentences which
    that note answers for. What only a label shows is not told, nor is what only a question or an instruction speaks of.
    """
    openers = _Openers()
    placed = {id(passage.content): passage for passage in memo.passages}
    for passage in told(memo):
        above = openers.above(passage)
        if passage.role in ("paragraph", "item"):
            for first, last in _groups(passage):
                yield from _of(passage.sentences, first, last, above)
        elif passage.role == "cell":
            yield from _of_row(memo, placed, passage, above)


def _of_row(
    memo: Memo, placed: Mapping[int, Passage], passage: Passage, openers: tuple[Sentence, ...]
) -> Iterator[Telling]:
    """What a row tells; asked with its first cell that has words."""
    row = row_of(memo, passage)
    cells = [placed[id(cell.content)] for cell in row.cells if id(cell.content) in placed] if row else []
    if cells and cells[0] is passage:
        sentences = tuple(sentence for cell in cells for sentence in cell.sentences)
        yield from _of(sentences, 0, len(sentences), openers, row=True)


def _groups(passage: Passage) -> Iterator[tuple[int, int]]:
    """The sentences that one note answers for, from index to index; those after the last note are a group, too."""
    first = 0
    for index, sentence in enumerate(passage.sentences, 1):
        if sentence.notes or index == len(passage.sentences):
            yield first, index
            first = index


def _of(
    around: tuple[Sentence, ...], first: int, last: int, openers: tuple[Sentence, ...], row: bool = False
) -> Iterator[Telling]:
    """What a group of sentences tells; those of a ``row`` are one sentence."""
    parts = TOLD if row else (*TOLD, "value")
    by = tuple(range(first, last))
    shown: dict[str, list[tuple[int, Claim]]] = {}
    for index in range(first, last):
        for claim in (piece.leaf for piece in around[index].pieces if isinstance(piece.leaf, Claim)):
            for fact in claim.facts:
                shown.setdefault(fact, []).append((index, claim))
    for fact, where in shown.items():
        telling = [(index, claim) for index, claim in where if claim.part in parts]
        yield from (Telling(fact, claim, around, by if row else (index,), openers) for index, claim in telling)
    cited = list(_cited(around[first:last]))
    silent = not cited or all(map(_tells_nothing, around[first:last]))
    for note, fact in cited:
        named = {claim.part for _, claim in shown.get(fact, ())}
        if not silent and named.isdisjoint((*parts, "label")) and not (row and named):
            yield Telling(fact, note, around, by, openers)


def _cited(group: tuple[Sentence, ...]) -> Iterator[tuple[Footnote, str]]:
    yield from ((note, fact) for sentence in group for note in sentence.notes for fact in note.facts)


def _tells_nothing(sentence: Sentence) -> bool:
    """Whether it asks, bids its reader do something, or is a heading that runs in and no more than a label."""
    label = not sentence.notes and not has_more(sentence.text, _LABEL)
    return label or sentence.text.endswith("?") or _bids(sentence)


def _bids(sentence: Sentence) -> bool:
    """Whether its first word, which must be the writer's, bids its reader do something."""
    first = sentence.text.split(maxsplit=1)[0]
    return first.casefold() in INSTRUCTIONS and own_text(sentence).split(maxsplit=1)[0] == first


@dataclass(slots=True, eq=False)
class _Openers:
    """Goes through passages and keeps which sentences open what the next one stands in."""

    levels: dict[int, list[Sentence]] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)
    before: Passage | None = None
    first: Passage | None = None
    heads: list[Sentence] = field(default_factory=list)
    openings: dict[int, tuple[Sentence, ...]] = field(default_factory=dict)
    lead: tuple[Sentence, ...] = ()

    def above(self, passage: Passage) -> tuple[Sentence, ...]:
        """The sentences that open what a passage stands in, from the section's heading down. Go on to the next."""
        if isinstance(passage.block, Heading):
            self._head(passage, passage.block.level)
        else:
            self._go_on(passage)
        self.before = passage
        of_sections = [sentence for level in sorted(self.levels) for sentence in self.levels[level]]
        boxed = opening(self.first) if self.first and isinstance(passage.block, Callout | Quotation) else ()
        own = () if passage.role in ("cell", "caption", "header") else opening(passage)
        self.openings[id(passage.content)] = own
        return (*of_sections, *self.lead, *self.heads, *boxed, *self._of_items(passage), *own)

    def _of_items(self, passage: Passage) -> Iterator[Sentence]:
        """What opens the items that a passage stands in, where it is not the first of them."""
        items = (node for node in block_nodes((passage.block,)) if isinstance(node, ListItem))
        for item in items if passage.role == "item" else ():
            held = [content for block in item.blocks for content in contents(block)]
            if any(content is passage.content for content in held[1:]):
                yield from self.openings.get(id(held[0]), ())

    def _head(self, passage: Passage, level: int) -> None:
        self.levels = {above: said for above, said in self.levels.items() if above < level}
        self.waiting = {above for above in self.waiting if above < level} | {level}
        self.levels[level] = list(passage.sentences)

    def _go_on(self, passage: Passage) -> None:
        for level in self.waiting:
            self.levels[level] += opening(passage)
        self.waiting.clear()
        if self.before is None or self.before.block is not passage.block:
            self.first, self.heads = passage, []
            ends = self.before.sentences[-1:] if self.before and self.before.role == "paragraph" else ()
            self.lead = tuple(sentence for sentence in ends if sentence.text.endswith(":"))
        if passage.role in ("caption", "header"):
            self.heads += passage.sentences
