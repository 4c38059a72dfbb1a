"""Define what checks look at (a composed memo, a dossier, a whole project) and what a check is. Types only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from inspect import cleandoc
from typing import Any, Generic, Literal, TypeVar

from msgspec import Struct

from memo.document.composed import Composed, Node
from memo.document.sentences import Passage, Sentence
from memo.document.tree import Block, Claim, Document, Figure, Footnote, Inline, Text
from memo.document.walk import block_facts, block_nodes, inlines, text_runs
from memo.facts.articles import Article
from memo.facts.dossier import Fact, Facts
from memo.facts.edtf import Date
from memo.facts.front_matter import Format, Template
from memo.facts.style import Style
from memo.problem import Place, Problem, Related

Computed = TypeVar("Computed")

NOT_YET = ("announced", "expected")
"""The statuses of facts that tell of something still to come."""


class Dossier(Struct, frozen=True):
    """A dossier as of a day. ``articles`` are by source id, None where no folder of articles was given.

    A source whose text is not in that folder is mapped to None; one whose text cannot be read is left out.
    """

    facts: Facts
    today: Date
    articles: Mapping[str, Article | None] | None = None

    def place(self, *path: str) -> Place:
        """Return where a part of the dossier stands, or the nearest part around it that has a place.

        A path reads ``("fact", id, "support", "0", "quote")``.
        """
        while path and path not in self.facts.places:
            path = path[:-1]
        return self.facts.places.get(path, Place(f"facts/{self.facts.dossier}"))

    def facts_by_source(self) -> Mapping[str, tuple[str, ...]]:
        """Map every source to the ids of the facts that rest on it."""
        resting: dict[str, dict[str, None]] = {id: {} for id in self.facts.sources}
        for fact in self.facts.facts.values():
            for support in fact.support:
                resting[support.source][fact.id] = None
        return {source: tuple(facts) for source, facts in resting.items()}


class Earlier(Struct, frozen=True):
    """An earlier state of a memo, to compare with: its document, and what its facts then claimed, by id."""

    document: Document
    claims: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Memo:
    """A composed memo with everything that it was composed from. ``formats`` are those to render it to.

    What several checks ask for is computed when the first of them asks, and kept.
    """

    template: Template
    facts: Facts
    composed: Composed
    style: Style
    formats: tuple[Format, ...]
    passages: tuple[Passage, ...] = ()
    earlier: Earlier | None = None
    _kept: dict[Callable[[Memo], Any], Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, compute: Callable[[Memo], Computed]) -> Computed:
        """Return what a function computes from this memo, and call it only for the first check that asks."""
        if compute not in self._kept:
            self._kept[compute] = compute(self)
        kept: Computed = self._kept[compute]
        return kept

    # Where things were written

    def place(self, node: Node, offset: int = 0, length: int = 1) -> Place:
        """Return where a block or an inline was written, or the template as a whole if memo itself wrote it.

        Of a text, return the place of the ``length`` characters from ``offset`` on, as far as their line goes.
        """
        place = self.composed.places.of(node, offset)
        if place is None:
            return Place(self.template.path)
        return place._replace(length=max(1, min(length, place.length))) if isinstance(node, Text) else place

    def written(self, leaf: Text | Claim, offset: int = 0, length: int = 1) -> tuple[Place, tuple[Related, ...]]:
        """Return where some words were written, and what is related to that place.

        A writer's words stand in a template. A fact's words stand in its sheet; the place that uses them is related.
        """
        used = self.place(leaf, offset, length)
        if not isinstance(leaf, Claim) or not leaf.facts:
            return used, ()
        return self._in_fact(leaf, offset, length), (Related(used, f"uses fact '{leaf.facts[0]}'"),)

    def words_at(self, sentence: Sentence, offset: int, length: int = 1) -> tuple[Place, tuple[Related, ...]]:
        """Return where the words of a sentence from ``offset`` on were written, as `written` does."""
        return self.written(*sentence.at(offset), length)

    def fact_place(self, *path: str) -> Place:
        """Return where a part of a fact stands, as ``(id, "as_of")``, or else the whole fact."""
        for end in range(len(path), 0, -1):
            if (place := self.facts.places.get(("fact", *path[:end]))) is not None:
                return place
        return Place(self.template.path)

    def front_matter_place(self, *path: str) -> Place:
        """Return where a key of the front matter stands, or the template as a whole."""
        return self.template.places.get(path, Place(self.template.path))

    def section_place(self, anchor: str) -> Place:
        """Return where the heading of a section stands, or the template as a whole."""
        for passage in self.passages:
            if passage.section == anchor and passage.role == "heading":
                return self.place(passage.block)
        return Place(self.template.path)

    def places_of(self, id: str) -> Iterator[Place]:
        """Go through the places where a template shows, cites or draws a fact, in reading order."""
        yield from (self.place(inline) for inline, used in self.uses() if used == id)
        for figure in self.figures():
            if any(id in event.facts for event in figure.data):
                yield self.place(figure)

    def first_place_of(self, id: str) -> Place:
        """Return where a template first uses a fact, or the template as a whole."""
        return next(self.places_of(id), Place(self.template.path))

    def first_use(self, id: str) -> tuple[Related, ...]:
        """Return the place where a template first uses a fact, as a related place; empty if nothing uses it."""
        return tuple(Related(place, f"uses fact '{id}'") for place in list(self.places_of(id))[:1])

    def _in_fact(self, claim: Claim, offset: int, length: int) -> Place:
        id = claim.facts[0]
        place = self.fact_place(id, claim.part)
        written = getattr(self.facts.facts.get(id), claim.part, "")
        # A string that YAML folds over several lines has no column for each of its characters: the place as a whole.
        if written == claim.text and offset + length <= place.length:
            return place._replace(column=place.column + offset, length=length)
        return place

    # What stands in it

    @cached_property
    def writer_passages(self) -> tuple[Passage, ...]:
        """Collect the passages that people wrote: all but those of the blocks that memo itself words.

        Those blocks are the sources, their summary, the table of likelihoods and the statement of changes.
        """
        return tuple(passage for passage in self.passages if passage.block.key not in self.composed.generated)

    def leaves(self) -> Iterator[Text | Claim]:
        """Go through every text and claim of the document in reading order, notes where they are referred to."""
        return (inline for inline in self._inlines if isinstance(inline, Text | Claim))

    def sentences(self) -> Iterator[Sentence]:
        """Go through every sentence in reading order, without notes."""
        return (sentence for passage in self.passages for sentence in passage.sentences)

    def figures(self) -> Iterator[Figure]:
        """Go through every figure of the document in reading order."""
        return (node for node in block_nodes(self.composed.document.blocks) if isinstance(node, Figure))

    def uses(self) -> Iterator[tuple[Claim | Footnote, str]]:
        """Go through every claim and every note, with each fact that it shows or cites."""
        for inline in self._inlines:
            if isinstance(inline, Claim | Footnote):
                yield from ((inline, fact) for fact in inline.facts)

    @cached_property
    def used(self) -> tuple[str, ...]:
        """List the ids of all facts that the memo shows or cites, each once, in order of first use."""
        return self.facts_of(self.composed.document.blocks)

    def facts_of(self, blocks: Iterable[Block]) -> tuple[str, ...]:
        """Return the facts that some blocks at the top of the document show, cite or draw, each once, in order."""
        return tuple(dict.fromkeys([fact for block in blocks for fact in self._facts_by_block[id(block)]]))

    def answering(self, sentence: Sentence, offset: int) -> tuple[Fact, ...]:
        """Return the facts that answer for the words at ``offset`` in a sentence.

        For a fact's own words that is this fact; for a writer's, every fact that the sentence shows or cites.
        """
        leaf, _ = sentence.at(offset)
        ids = leaf.facts if isinstance(leaf, Claim) and leaf.facts else sentence.facts
        return tuple(self.facts.facts[id] for id in ids)

    @cached_property
    def _facts_by_block(self) -> Mapping[int, list[str]]:
        return {id(block): block_facts(block) for block in self.composed.document.blocks}

    @cached_property
    def _inlines(self) -> tuple[Inline, ...]:
        return tuple([inline for run in text_runs(self.composed.document) for inline in inlines(run)])


def current_facts(facts: Facts) -> Mapping[str, Fact]:
    """Return the facts of a dossier that were neither retired nor superseded, by id."""
    superseded = facts.superseded()
    return {id: fact for id, fact in facts.facts.items() if fact.retired is None and id not in superseded}


class WholeProject(Struct, frozen=True):
    """All memos of a project that could be composed, and its dossiers by name. ``sound``: none has errors."""

    memos: tuple[Memo, ...]
    dossiers: Mapping[str, Facts]
    sound: bool = True


Subject = TypeVar("Subject")


class Check(Struct, Generic[Subject], frozen=True):
    """One check: its function, and what it needs to run.

    ``needs``: ``articles`` (the folder of articles) or ``earlier`` (another state to compare with). ``english``: the
    rule knows only English. ``waivable``: a waiver may allow what it finds; not where no sound file could be written.
    """

    run: Callable[[Subject], Iterator[Problem]]
    needs: Literal["", "articles", "earlier"] = ""
    english: bool = False
    waivable: bool = True

    @property
    def code(self) -> str:
        """Return the code of the problem that it gives: its file's name, with hyphens."""
        return self.run.__module__.rpartition(".")[2].replace("_", "-")

    @property
    def explanation(self) -> str:
        """Return what the rule is and why it matters: its module's docstring."""
        return cleandoc(sys.modules[self.run.__module__].__doc__ or "")
