"""Find where a memo states facts: each fact with the sentences that state it, and those that lead in to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from memo.checks.memo import Memo
from memo.checks.reading.english import IMPERATIVES
from memo.checks.reading.sections import lead_in, row_of
from memo.checks.reading.words import has_more, own_text
from memo.document.sentences import Passage, Sentence
from memo.document.tree import Block, Callout, Claim, Footnote, Heading, Inline, ListItem, Quotation
from memo.document.walk import block_nodes, contents

_STATING = ("claim", "brief", "phrase")
"""The parts of a fact that state it. In running text its value does, too; in a cell, a value only goes with a label."""

_LABEL = 3
"""A sentence without a note that has so many words at the most is a label: **Next steps.**"""


class Mention(Struct, frozen=True):
    """A fact that is stated, and the inline that shows or cites it.

    ``stating`` are the indices of those ``sentences`` of its passage or row that state it; ``lead_ins`` are the
    sentences that open what these stand in: a paragraph, a list, a table, a section.
    """

    fact: str
    at: Inline
    sentences: tuple[Sentence, ...]
    stating: tuple[int, ...]
    lead_ins: tuple[Sentence, ...]


def mentions(memo: Memo) -> Iterator[Mention]:
    """Go through every statement of a fact in running text, in a list or in a table, as often as it is stated.

    A fact is stated where its claim, brief, phrase or value stands; else by the note that cites it, with all sentences
    that the note answers for. A label alone states nothing, and so do a question and an instruction.
    """
    lead_ins = _LeadIns()
    by_content = {id(passage.content): passage for passage in memo.passages}
    for passage in memo.writer_passages:
        above = lead_ins.above(passage)
        if passage.role in ("paragraph", "item"):
            for first, last in _groups(passage):
                yield from _mentions_in(passage.sentences, first, last, above)
        elif passage.role == "cell":
            yield from _in_row(memo, by_content, passage, above)


def _in_row(
    memo: Memo, by_content: Mapping[int, Passage], passage: Passage, above: tuple[Sentence, ...]
) -> Iterator[Mention]:
    """Return what a whole row states, for the first of its cells that has words; nothing for the others."""
    row = row_of(memo, passage)
    cells = (by_content[id(cell.content)] for cell in row.cells if id(cell.content) in by_content) if row else iter(())
    if (first := next(cells, None)) is passage:
        sentences = tuple(sentence for cell in (first, *cells) for sentence in cell.sentences)
        yield from _mentions_in(sentences, 0, len(sentences), above, row=True)


def _groups(passage: Passage) -> Iterator[tuple[int, int]]:
    """Part the sentences by the note that answers for them, from index to index; those after the last are a group."""
    first = 0
    for index, sentence in enumerate(passage.sentences, 1):
        if sentence.notes or index == len(passage.sentences):
            yield first, index
            first = index


def _mentions_in(
    sentences: tuple[Sentence, ...], first: int, last: int, above: tuple[Sentence, ...], row: bool = False
) -> Iterator[Mention]:
    """Go through the facts that a group of sentences states; the sentences of a ``row`` count as one."""
    parts = _STATING if row else (*_STATING, "value")
    group = tuple(range(first, last))
    shown: dict[str, list[tuple[int, Claim]]] = {}
    for index in group:
        for claim in (piece.leaf for piece in sentences[index].pieces if isinstance(piece.leaf, Claim)):
            for fact in claim.facts:
                shown.setdefault(fact, []).append((index, claim))
    for fact, claims in shown.items():
        claimed = [(index, claim) for index, claim in claims if claim.part in parts]
        yield from (Mention(fact, claim, sentences, group if row else (index,), above) for index, claim in claimed)
    cited = list(_cited(sentences[first:last]))
    silent = not cited or all(map(_states_nothing, sentences[first:last]))
    for note, fact in cited:
        named = {claim.part for _, claim in shown.get(fact, ())}
        # A fact of which the sentences show words is stated by those, above, and not by the note as well.
        if not silent and named.isdisjoint((*parts, "label")) and not (row and named):
            yield Mention(fact, note, sentences, group, above)


def _cited(group: tuple[Sentence, ...]) -> Iterator[tuple[Footnote, str]]:
    yield from ((note, fact) for sentence in group for note in sentence.notes for fact in note.facts)


def _states_nothing(sentence: Sentence) -> bool:
    """Tell whether a sentence is a question, an instruction, or a label such as a short run-in heading."""
    label = not sentence.notes and not has_more(sentence.text, _LABEL)
    return label or sentence.text.endswith("?") or _instructs(sentence)


def _instructs(sentence: Sentence) -> bool:
    """Tell whether the first word of a sentence is an imperative, and the writer's own."""
    first = sentence.text.split(maxsplit=1)[0]
    return first.casefold() in IMPERATIVES and own_text(sentence).split(maxsplit=1)[0] == first


@dataclass(slots=True, eq=False)
class _LeadIns:
    """Go through passages in order, and remember which sentences lead in to the next one."""

    headings: dict[int, list[Sentence]] = field(default_factory=dict)
    """By level: the heading above, and what opens the first passage under it."""
    unopened: set[int] = field(default_factory=set)
    """The levels of headings under which no passage has come yet."""
    before: Passage | None = None
    first_of_block: Passage | None = None
    column_heads: list[Sentence] = field(default_factory=list)
    """The caption and the column heads of the table or figure so far."""
    colon: tuple[Sentence, ...] = ()
    """The sentence before the block, where it ends with a colon."""
    items_of: Block | None = None
    items: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """Of the block ``items_of``, as `_firsts_of_items` gives them."""
    by_content: dict[int, tuple[Sentence, ...]] = field(default_factory=dict)
    """The lead-in of each passage so far, by the identity of its content."""

    def above(self, passage: Passage) -> tuple[Sentence, ...]:
        """Return the lead-ins of what a passage stands in, from the section's heading down, and go on to the next."""
        if isinstance(passage.block, Heading):
            self._enter_section(passage, passage.block.level)
        else:
            self._enter_block(passage)
        self.before = passage
        of_sections = [sentence for level in sorted(self.headings) for sentence in self.headings[level]]
        in_box = isinstance(passage.block, Callout | Quotation)
        boxed = lead_in(self.first_of_block) if self.first_of_block and in_box else ()
        own = () if passage.role in ("cell", "caption", "header") else lead_in(passage)
        self.by_content[id(passage.content)] = own
        return (*of_sections, *self.colon, *self.column_heads, *boxed, *self._of_items(passage), *own)

    def _of_items(self, passage: Passage) -> Iterator[Sentence]:
        """Go through the lead-ins of the list items around a passage that is not the first in them."""
        if passage.role == "item":
            if self.items_of is not passage.block:
                self.items_of, self.items = passage.block, _firsts_of_items(passage.block)
            for first in self.items.get(id(passage.content), ()):
                yield from self.by_content.get(first, ())

    def _enter_section(self, passage: Passage, level: int) -> None:
        self.headings = {above: opening for above, opening in self.headings.items() if above < level}
        self.unopened = {above for above in self.unopened if above < level} | {level}
        self.headings[level] = list(passage.sentences)

    def _enter_block(self, passage: Passage) -> None:
        for level in self.unopened:
            self.headings[level] += lead_in(passage)
        self.unopened.clear()
        if self.before is None or self.before.block is not passage.block:
            self.first_of_block, self.column_heads = passage, []
            ends = self.before.sentences[-1:] if self.before and self.before.role == "paragraph" else ()
            self.colon = tuple(sentence for sentence in ends if sentence.text.endswith(":"))
        if passage.role in ("caption", "header"):
            self.column_heads += passage.sentences


def _firsts_of_items(block: Block) -> Mapping[int, Sequence[int]]:
    """Map each run of text in a list to the first runs of the items around it, but for its own; all by identity."""
    firsts: dict[int, list[int]] = {}
    for item in (node for node in block_nodes((block,)) if isinstance(node, ListItem)):
        first, *others = [id(content) for inner in item.blocks for content in contents(inner)] or [0]
        for content in others:
            firsts.setdefault(content, []).append(first)
    return firsts
