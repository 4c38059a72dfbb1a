"""What a change of facts does to a document that rests on them, sentence by sentence, and how bad it is.

A sentence that shows a fact is affected by a change of the fact's data or of how good it is, and by other words only
where it shows these, or where a note of its own cites the passages that changed. A sentence with a writer's own words
may say anything of the fact: it is affected by every change of the fact's words, too, and is prose to be read again. A
fact whose review date has passed makes every sentence that rests on it *stale*. Facts that a document does not use do
not matter to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from memo.document.sentences import Sentence, passages
from memo.document.tree import Bar, Block, Claim, Document, Event, Figure, Heading
from memo.document.walk import block_facts, block_nodes, inline_text
from memo.editions.grading import WORDS, Difference, Naming, differences, grade, sources
from memo.editions.snapshot import FactSnapshot
from memo.facts.edtf import Date, parse

Grade = Literal["wrong", "weaker", "stronger", "stale", "wording"]

_CITED = frozenset(("supports", "judged_by", "basis"))
"""The fields that a note shows."""

_TOLD_WHERE_SHOWN = frozenset((*WORDS, "label", "as_of", "basis", "revised"))
"""Fields whose change is told only of a sentence that shows them; ``revised`` gives the reason."""


class Effect(Struct, frozen=True):
    """One sentence of a copy that one fact affects. ``section`` is the title of the section it stands in.

    ``prose``: it has words of the writer's own, to be read again. ``sources`` are what the fact rests on now;
    ``reason`` is what the curator gives for the change.
    """

    how: Grade
    fact: str
    section: str
    sentence: str
    prose: bool
    differences: tuple[Difference, ...]
    sources: tuple[str, ...]
    reason: str


class Changed(Struct, frozen=True):
    """A fact that is not as it was, or whose review date has passed. ``new`` is None where the dossier lacks it."""

    old: FactSnapshot
    new: FactSnapshot | None
    differences: tuple[Difference, ...]
    overdue: bool

    def fields(self) -> frozenset[str]:
        """The fields that changed."""
        return frozenset(difference.field for difference in self.differences)


def changed_facts(then: Mapping[str, FactSnapshot], now: Mapping[str, FactSnapshot], today: Date) -> dict[str, Changed]:
    """What became of facts between then and now: those that read otherwise, or whose review date has passed."""
    return {id: what for id, old in then.items() if (what := _changed(old, now, today))}


def _changed(old: FactSnapshot, now: Mapping[str, FactSnapshot], today: Date) -> Changed | None:
    new = now.get(old.id)
    overdue = new is not None and _overdue(new, today)
    found = () if old == new else tuple(_with_claims(one, now) for one in differences(old, new))
    return Changed(old, new, found, overdue) if found or overdue else None


def _with_claims(one: Difference, now: Mapping[str, FactSnapshot]) -> Difference:
    """A difference in which other facts are named, with what they say."""
    if one.field not in ("superseded_by", "contradicts"):
        return one
    named = (id for id in one.new.split("; ") if id in now)
    return replace(one, new="; ".join(f"{id}: {now[id].claim}" for id in named))


def _overdue(fact: FactSnapshot, today: Date) -> bool:
    """Whether the last day on which it should be looked at again has passed."""
    review = parse(fact.review_by) if fact.review_by else None
    return bool(review and review.latest and today.earliest and review.latest < today.earliest)


# Sentence by sentence


def affected(document: Document, changed: Mapping[str, Changed], naming: Naming) -> Iterator[Effect]:
    """Every sentence of a document that rests on one of these facts, with what that means to it; in reading order."""
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = inline_text(block.content)
        if any(fact in changed for fact in block_facts(block)):
            for use in _uses(document, block):
                for fact in use.facts:
                    if effect := _effect(use, changed.get(fact), section, naming):
                        yield effect


class _Use(Struct, frozen=True):
    """A sentence, or what a figure shows of one fact. ``parts`` are those that it shows of each fact."""

    text: str
    facts: tuple[str, ...]
    parts: frozenset[tuple[str, str]]
    cited: tuple[str, ...] = ()
    own: bool = False


def _uses(document: Document, block: Block) -> Iterator[_Use]:
    for passage in passages(replace(document, blocks=(block,))):
        yield from (_of_sentence(sentence) for sentence in passage.sentences)
    for node in block_nodes((block,)):
        if isinstance(node, Figure):
            yield from (_of_datum(datum) for datum in node.data)


def _of_sentence(sentence: Sentence) -> _Use:
    claims = (piece.leaf for piece in sentence.pieces if isinstance(piece.leaf, Claim))
    parts = frozenset((fact, claim.part) for claim in claims for fact in claim.facts)
    own = any(character.isalnum() for piece in sentence.writer_pieces() for character in piece.text)
    return _Use(sentence.text, sentence.facts, parts, sentence.cited, own)


def _of_datum(datum: Event | Bar) -> _Use:
    shows = ("drawn", "date", "due") if isinstance(datum, Event) else ("drawn", "value")
    parts = frozenset((fact, part) for fact in datum.facts for part in shows)
    return _Use(f"{datum.shown}: {datum.label}", datum.facts, parts)


def _effect(use: _Use, changed: Changed | None, section: str, naming: Naming) -> Effect | None:
    if changed is None or (how := _how(use, changed, naming)) is None:
        return None
    new = changed.new
    told = _told(use, changed)
    found = tuple(one for one in changed.differences if one.field in told or one.field not in _TOLD_WHERE_SHOWN)
    if how == "stale" and new:
        found = (*found, Difference("review_by", new.review_by, "passed"))
    return Effect(
        how, changed.old.id, section, use.text, use.own, found, sources(new) if new else (), _reason(changed.old, new)
    )


def _how(use: _Use, changed: Changed, naming: Naming) -> Grade | None:
    """How bad it is for this sentence; None where it is not affected."""
    told = _told(use, changed)
    how: Grade | None = None
    if changed.differences:
        how = grade(changed.old, changed.new, sorted(told.intersection(WORDS)), naming)
    if how == "wording" and not told & changed.fields():
        how = None
    return "stale" if changed.overdue and how in (None, "wording") else how


def _told(use: _Use, changed: Changed) -> frozenset[str]:
    """The fields that this sentence shows or cites, or may tell in the writer's own words."""
    fact = changed.old.id
    fields = {part for id, part in use.parts if id == fact}
    if "drawn" in fields:
        fields |= _drawn(changed)
    if fact in use.cited:
        fields |= _CITED
    if use.own:
        fields |= {word for word in WORDS if getattr(changed.old, word)}
    return frozenset(fields)


def _drawn(changed: Changed) -> set[str]:
    """The fields that a figure's label was and would be taken from, where it would read otherwise."""
    before, after = _labelled(changed.old), _labelled(changed.new or changed.old)
    return {before, after} if getattr(changed.old, before) != getattr(changed.new or changed.old, after) else set()


def _labelled(standing: FactSnapshot) -> str:
    """The field that a figure takes as a fact's label."""
    return next((field for field in ("label", "brief") if getattr(standing, field)), "claim")


def _reason(old: FactSnapshot, new: FactSnapshot | None) -> str:
    """Why it changed, as the curator says in the fact that changed."""
    if new is None:
        return ""
    for before, after in ((old.retired, new.retired), (old.revised, new.revised)):
        if after and after != before:
            return after.reason
    return ""
