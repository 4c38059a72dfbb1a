"""What a change of facts does to a document that rests on them, sentence by sentence, and how bad it is.

A sentence that shows a fact is affected by a change of the fact's data or of how good it is, and by other words only
where it shows these, or where a note of its own cites the passages that changed. A sentence with words of the writer's
own may say anything of the fact: it is affected by every change of the fact's words, too, and is to be read again. A
fact whose review date has passed makes every sentence that rests on it *stale*. Facts that a document does not use do
not matter to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import groupby
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from memo.document.sentences import Sentence, passages
from memo.document.tree import Bar, Block, Claim, Document, Event, Figure, Heading, Inline, Row, Strong, Text
from memo.document.walk import block_facts, block_nodes, inline_text, inlines
from memo.editions.grading import GONE, TEXT_FIELDS, FieldChange, Grade, Vocabulary, field_changes, grade
from memo.editions.renamed import renamed_facts, same_claim, with_old_ids
from memo.editions.snapshot import FactSnapshot, as_read
from memo.facts.edtf import Date


class Effect(Struct, frozen=True):
    """One sentence of a copy that a change of one fact affects. ``section`` is the title of the section it stands in.

    ``prose``: it has words of the writer's own, to be read again. ``sources`` are what the fact rests on now;
    ``reason`` is what the curator gives for the change.
    """

    grade: Grade
    fact: str
    section: str
    sentence: str
    prose: bool
    changes: tuple[FieldChange, ...]
    sources: tuple[str, ...]
    reason: str


class FactChange(Struct, frozen=True):
    """A fact that is not as it was, or whose review date has passed. ``new`` is None where the dossier lacks it."""

    old: FactSnapshot
    new: FactSnapshot | None
    fields: tuple[FieldChange, ...]
    overdue: bool


def changed_facts(
    then: Mapping[str, FactSnapshot], now: Mapping[str, FactSnapshot], today: Date
) -> dict[str, FactChange]:
    """Return, by id, what became of each fact that reads otherwise now, or whose review date has passed.

    A fact that was only given another id goes by the one that it had.
    """
    now = with_old_ids(now, renamed_facts(then, now))
    found = ((id, _fact_change(old, then, now, today)) for id, old in then.items())
    return {id: change for id, change in found if change.fields or change.overdue}


def _fact_change(
    old: FactSnapshot, then: Mapping[str, FactSnapshot], now: Mapping[str, FactSnapshot], today: Date
) -> FactChange:
    new = now.get(old.id)
    if new is None:
        other = same_claim(old, now, then)
        gone = GONE_BUT_CLAIMED.format(other) if other else GONE
        return FactChange(old, None, (FieldChange("fact", old.id, gone),), overdue=False)
    if old != new and new:
        old, new = as_read(old), as_read(new)
    fields = () if old == new else tuple(_with_claims(one, now) for one in field_changes(old, new))
    return FactChange(old, new, fields, new is not None and new.is_overdue(today))


GONE_BUT_CLAIMED = f"{GONE}, but {{}} claims the same"


def _with_claims(change: FieldChange, now: Mapping[str, FactSnapshot]) -> FieldChange:
    """Add, where the change of a field names other facts, what these say."""
    if change.field not in ("superseded_by", "contradicts"):
        return change
    named = (id for id in change.new.split("; ") if id in now)
    return replace(change, new="; ".join(f"{id}: {now[id].claim}" for id in named))


# Sentence by sentence


def effects_on(document: Document, changed: Mapping[str, FactChange], vocabulary: Vocabulary) -> Iterator[Effect]:
    """Give, in reading order, every sentence of a document that rests on a changed fact and is affected by that."""
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = inline_text(block.content)
        if any(fact in changed for fact in block_facts(block)):
            for _, placed in groupby(_uses(document, block), key=lambda placed: id(placed[0])):
                uses = list(placed)
                row = uses[0][0]
                found = [
                    effect
                    for _, use in uses
                    for fact in use.facts
                    if fact in changed and (effect := _effect(use, changed[fact], section, vocabulary))
                ]
                yield from _merged(found, row) if row else found


def _merged(effects: list[Effect], row: Row) -> Iterator[Effect]:
    """Give the effects on the cells of a row as effects on the row, one for each fact: the worst grade, all changes."""
    text = " | ".join(" ".join(inline_text(cell.content).split()) for cell in row.cells)
    for fact in dict.fromkeys(effect.fact for effect in effects):
        same = [effect for effect in effects if effect.fact == fact]
        worst = min(same, key=lambda effect: get_args(Grade).index(effect.grade))
        changes = tuple(dict.fromkeys(change for effect in same for change in effect.changes))
        yield replace(worst, sentence=text, prose=any(effect.prose for effect in same), changes=changes)


class _FactUse(Struct, frozen=True):
    """A sentence, or what a figure shows at one place, and the facts that it uses.

    ``parts`` are the parts that it shows, each with its fact; ``cited`` the facts of notes that answer for it.
    """

    text: str
    facts: tuple[str, ...]
    parts: frozenset[tuple[str, str]]
    cited: tuple[str, ...] = ()
    prose: bool = False


def _uses(document: Document, block: Block) -> Iterator[tuple[Row | None, _FactUse]]:
    """Give each use with the row of a table that it stands in, if it stands in one."""
    rows = [node for node in block_nodes((block,)) if isinstance(node, Row)]
    row_of = {id(cell.content): row for row in rows for cell in row.cells}
    for passage in passages(replace(document, blocks=(block,))):
        row = row_of.get(id(passage.content))
        lead = {id(leaf) for leaf in _lead_in(passage.content)}
        for sentence in passage.sentences:
            # A label of what follows says nothing that the change of a fact could make untrue.
            if len(passage.sentences) == 1 or any(id(piece.leaf) not in lead for piece in sentence.pieces):
                yield row, _of_sentence(sentence, lead)
    for node in block_nodes((block,)):
        if isinstance(node, Figure):
            yield from ((None, _of_datum(datum)) for datum in node.data)


_LEAD_IN = 8
"""Words that a lead-in may have."""


def _lead_in(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the bold words that a paragraph begins with, as a label of what follows; none where they are many."""
    first = next((inline for inline in content if not isinstance(inline, Text) or inline.text.strip()), None)
    label = isinstance(first, Strong) and len(inline_text(first.content).split()) <= _LEAD_IN
    return tuple(inlines(first.content)) if isinstance(first, Strong) and label else ()


def _of_sentence(sentence: Sentence, lead: Set[int]) -> _FactUse:
    claims = [piece.leaf for piece in sentence.pieces if isinstance(piece.leaf, Claim)]
    parts = frozenset((fact, claim.part) for claim in claims for fact in claim.facts)
    written = (piece.text for piece in sentence.writer_pieces() if not claims or id(piece.leaf) not in lead)
    prose = any(character.isalnum() for text in written for character in text)
    return _FactUse(sentence.text, sentence.facts, parts, sentence.cited, prose)


def _of_datum(datum: Event | Bar) -> _FactUse:
    shows = (_LABEL, "date", "due") if isinstance(datum, Event) else (_LABEL, "value")
    parts = frozenset((fact, part) for fact in datum.facts for part in shows)
    return _FactUse(f"{datum.shown}: {datum.label}", datum.facts, parts)


def _effect(use: _FactUse, change: FactChange, section: str, vocabulary: Vocabulary) -> Effect | None:
    shown = _shown_fields(use, change)
    found = _grade(change, shown, vocabulary)
    if found is None:
        return None
    changes = tuple(one for one in change.fields if one.field in shown or one.field not in _ONLY_WHERE_SHOWN)
    old, new = change.old, change.new
    if found == "stale" and new:
        changes = (*changes, FieldChange("review_by", new.review_by, "passed"))
    return Effect(found, old.id, section, use.text, use.prose, changes, _sources(new) if new else (), _reason(old, new))


def _grade(change: FactChange, shown: frozenset[str], vocabulary: Vocabulary) -> Grade | None:
    """Grade a change for a sentence that shows these fields; None where the sentence is not affected."""
    found: Grade | None = None
    if change.fields:
        found = grade(change.old, change.new, sorted(shown.intersection(TEXT_FIELDS)), vocabulary)
    if found == "wording" and shown.isdisjoint(one.field for one in change.fields):
        found = None
    return "stale" if change.overdue and found in (None, "wording") else found


# The fields that a sentence shows

_LABEL = "drawn"
"""Stands for whichever field a figure takes its label from."""

_CITED = frozenset(("supports", "judged_by", "basis"))
"""The fields that a note shows."""

_ONLY_WHERE_SHOWN = frozenset((*TEXT_FIELDS, "label", "as_of", "basis", "revised"))
"""Fields whose change is listed only for a sentence that shows them; what ``revised`` says is the reason."""


def _shown_fields(use: _FactUse, change: FactChange) -> frozenset[str]:
    """Return the fields that a sentence shows or cites, or may say in the writer's own words."""
    fact = change.old.id
    fields = {part for id, part in use.parts if id == fact}
    if _LABEL in fields:
        fields |= _label_fields(change)
    if fact in use.cited:
        fields |= _CITED
    if use.prose:
        fields |= {name for name in TEXT_FIELDS if getattr(change.old, name)}
    return frozenset(fields)


def _label_fields(change: FactChange) -> set[str]:
    """Return the fields that a figure's label was and would be taken from; none where it would read the same."""
    old, new = change.old, change.new or change.old
    before, after = _label_field(old), _label_field(new)
    return {before, after} if getattr(old, before) != getattr(new, after) else set()


def _label_field(fact: FactSnapshot) -> str:
    return next((name for name in ("label", "brief") if getattr(fact, name)), "claim")


# Sources and reason


def _sources(fact: FactSnapshot) -> tuple[str, ...]:
    """Return what a fact rests on: each passage by its source and locator, else who judged it."""
    if not fact.supports:
        return (fact.judged_by,) if fact.judged_by else ()
    return tuple(dict.fromkeys(f"{passage.source}, {passage.locator}" for passage in fact.supports))


def _reason(old: FactSnapshot, new: FactSnapshot | None) -> str:
    """Return the reason that the curator gives, in the fact that changed."""
    if new is None:
        return ""
    for before, after in ((old.retired, new.retired), (old.revised, new.revised)):
        if after and after != before:
            return after.reason
    return ""
