"""What checks look at: a composed memo, or a whole dossier. Types only.

What a check is, for the lists."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from inspect import cleandoc
from typing import Any, Generic, Literal, TypeVar

from msgspec import Struct

from memo.document.composed import Composed
from memo.document.sentences import Passage, Sentence
from memo.document.tree import Block, Claim, Document, Figure, Footnote, Inline, Text
from memo.document.walk import block_facts, block_nodes, inlines, text_runs
from memo.facts.articles import Article
from memo.facts.dossier import Facts
from memo.facts.edtf import Date
from memo.facts.front_matter import Format, Template
from memo.facts.style import Style
from memo.problem import Place, Problem, Related

Made = TypeVar("Made")


class Dossier(Struct, frozen=True):
    """A dossier as of a day. ``articles`` are by source id, None where none were given.

    In it, a source whose text is not in the folder of articles has None, and one whose text cannot be read no entry.
    """

    facts: Facts
    today: Date
    articles: Mapping[str, Article | None] | None = None

    def place(self, *path: str) -> Place:
        """Where a part of it stands: ``("fact", id, "support", "0", "quote")``; the nearest whole that has a place."""
        while path and path not in self.facts.places:
            path = path[:-1]
        return self.facts.places.get(path, Place(f"facts/{self.facts.dossier}"))

    def words_place(self, held: str, offset: int, length: int, *path: str) -> Place:
        """Where words of the text ``held`` by a part of it stand; the part as a whole, where it runs over lines."""
        place = self.place(*path)
        if len(held) == place.length:
            return place._replace(column=place.column + offset, length=length)
        return place

    def supported(self) -> Mapping[str, tuple[str, ...]]:
        """For each source, the facts that rest on it."""
        held: dict[str, dict[str, None]] = {id: {} for id in self.facts.sources}
        for fact in self.facts.facts.values():
            for support in fact.support:
                held[support.source][fact.id] = None
        return {source: tuple(facts) for source, facts in held.items()}


class Earlier(Struct, frozen=True):
    """An earlier state of a memo, to compare with: its document, and what its facts then claimed, by id."""

    document: Document
    claims: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Memo:
    """A composed memo with all that it was composed from. ``formats`` are those that it is to be rendered to.

    What many checks ask for is worked out once, when first asked for.
    """

    template: Template
    facts: Facts
    composed: Composed
    style: Style
    formats: tuple[Format, ...]
    passages: tuple[Passage, ...] = ()
    earlier: Earlier | None = None
    _kept: dict[Callable[[Memo], Any], Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, read: Callable[[Memo], Made]) -> Made:
        """What is read of the memo for more than one check: read for the first that asks, kept for the others."""
        if read not in self._kept:
            self._kept[read] = read(self)
        made: Made = self._kept[read]
        return made

    def place(self, node: Inline, offset: int = 0, length: int = 1) -> Place:
        """Where an inline was written, or the template as a whole where memo itself wrote it.

        Of a text, where the ``length`` characters from ``offset`` on stand, as far as its line goes.
        """
        place = self.composed.places.of(node, offset)
        if place is None:
            return Place(self.template.path)
        return place._replace(length=max(1, min(length, place.length))) if isinstance(node, Text) else place

    def written(self, leaf: Text | Claim, offset: int = 0, length: int = 1) -> tuple[Place, tuple[Related, ...]]:
        """Where these words were written: in a template; or in a fact's part, with the place that uses it."""
        used = self.place(leaf, offset, length)
        if not isinstance(leaf, Claim) or not leaf.facts:
            return used, ()
        return self._in_fact(leaf, offset, length), (Related(used, f"uses fact '{leaf.facts[0]}'"),)

    def words_at(self, sentence: Sentence, offset: int, length: int = 1) -> tuple[Place, tuple[Related, ...]]:
        """The same for words of a sentence, from ``offset`` in it."""
        return self.written(*sentence.at(offset), length)

    def fact_place(self, *path: str) -> Place:
        """Where a fact or a part of it stands: ``(id, "as_of")``, and else the whole fact."""
        for end in range(len(path), 0, -1):
            if (place := self.facts.places.get(("fact", *path[:end]))) is not None:
                return place
        return Place(self.template.path)

    def front_matter_place(self, *path: str) -> Place:
        """Where a key of the front matter stands, or the template as a whole."""
        return self.template.places.get(path, Place(self.template.path))

    def leaves(self) -> Iterator[Text | Claim]:
        """Every stretch of words in the document, in reading order, notes where they are referred to."""
        return (inline for inline in self._inlines if isinstance(inline, Text | Claim))

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in reading order, without notes."""
        return (sentence for passage in self.passages for sentence in passage.sentences)

    def told(self) -> Iterator[Passage]:
        """Every passage but those that memo itself wrote: the sources, their summary, the table of likelihoods."""
        return (passage for passage in self.passages if passage.block.key not in self.composed.generated)

    def uses(self) -> Iterator[tuple[Claim | Footnote, str]]:
        """Every claim and every note, with each fact that it shows or cites."""
        for inline in self._inlines:
            if isinstance(inline, Claim | Footnote):
                yield from ((inline, fact) for fact in inline.facts)

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The ids of all facts that it shows or cites, each once, in order of first use."""
        return self.facts_of(self.composed.document.blocks)

    def facts_of(self, blocks: Iterable[Block]) -> tuple[str, ...]:
        """The facts that some blocks at the top of the document show, cite or draw, each once, in order."""
        return tuple(dict.fromkeys([fact for block in blocks for fact in self._facts_by_block[id(block)]]))

    @cached_property
    def _facts_by_block(self) -> Mapping[int, list[str]]:
        return {id(block): block_facts(block) for block in self.composed.document.blocks}

    def figures(self) -> Iterator[Figure]:
        """Every figure in the document, in reading order."""
        return (node for node in block_nodes(self.composed.document.blocks) if isinstance(node, Figure))

    def places_of(self, id: str) -> Iterator[Place]:
        """Every place where a template shows, cites or draws this fact, in reading order."""
        yield from (self.place(inline) for inline, used in self.uses() if used == id)
        for figure in self.figures():
            if any(id in event.facts for event in figure.data):
                yield self.composed.places.of(figure) or Place(self.template.path)

    def section_place(self, anchor: str) -> Place:
        """Where the heading of a section stands, or the template as a whole."""
        for passage in self.passages:
            if passage.section == anchor and passage.role == "heading":
                return self.composed.places.of(passage.block) or Place(self.template.path)
        return Place(self.template.path)

    def _in_fact(self, claim: Claim, offset: int, length: int) -> Place:
        """The words of a claim in its fact's part; the part as a whole where it runs over several lines."""
        id = claim.facts[0]
        place = self.fact_place(id, claim.part)
        held = getattr(self.facts.facts.get(id), claim.part, "")
        if held == claim.text and offset + length <= place.length:
            return place._replace(column=place.column + offset, length=length)
        return place

    @cached_property
    def _inlines(self) -> tuple[Inline, ...]:
        return tuple([inline for run in text_runs(self.composed.document) for inline in inlines(run)])


class Whole(Struct, frozen=True):
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
        """The problem it gives: its file's name, with hyphens."""
        return self.run.__module__.rpartition(".")[2].replace("_", "-")

    @property
    def explanation(self) -> str:
        """What the rule is and why it matters: its module's docstring."""
        return cleandoc(sys.modules[self.run.__module__].__doc__ or "")
