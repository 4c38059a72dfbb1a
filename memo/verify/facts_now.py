"""Whether what a document says is current: its facts stand as they did, none is overdue, no edition came after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memo.document import Claim, Document, Inline, text_runs, used_facts
from memo.edtf import Date
from memo.facts import Fact
from memo.project import Project, prepare
from memo.verify.answer import Answer, Told, count
from memo.verify.identity import Identity

if TYPE_CHECKING:
    from memo.checks import Memo

Claims = Mapping[tuple[str, str], tuple[str, ...]]
"""What a document says of each fact and part of it, each wording once."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What was found of one fact, or of the memo as a whole."""

    told: Told
    words: str


def current(identity: Identity, document: Document | None, project: Project | None, today: Date) -> Answer:
    """Whether what a document says is still so, by the facts of its project as they stand, on this day."""
    if project is None:
        return _untold("name the project that it came from (-C)")
    if document is None:
        return _untold("it carries no document, so what it rests on is not known")
    if identity.memo not in project.memos():
        return _untold(f"this project has no memo '{identity.memo}'" if identity.memo else _UNNAMED)
    memo = prepare(project, identity.memo).memo
    if memo is None:
        return _untold(f"memo '{identity.memo}' cannot be composed now; memo check {identity.memo} says why")
    return _answer(document, [*_newer(identity), *_findings(document, memo, today)], memo)


_UNNAMED = "no memo of this project, or more than one, bears its title and reference"


def _untold(why: str) -> Answer:
    return Answer("unknown", f"whether it is current cannot be told: {why}")


def _answer(document: Document, found: list[_Told], memo: Memo) -> Answer:
    facts = count(len(_facts_of(document)), "fact")
    details = tuple(each.words for each in found)
    if any(each.told == "no" for each in found):
        return Answer("no", f"what it says is no longer current; it rests on {facts}", details)
    if found:
        return Answer("unknown", f"whether it is current cannot be told in full; it rests on {facts}", details)
    other = memo.composed.document.blocks != document.blocks
    rewritten = ("the memo would read otherwise today: its own words, or its choice of facts, have changed",)
    return Answer("yes", f"what it says is current: its {facts} stand as they did", rewritten if other else ())


def _newer(identity: Identity) -> Iterator[_Told]:
    if identity.newer:
        yield _Told("no", f"{identity.newer.name} was issued after it")


def _findings(document: Document, memo: Memo, today: Date) -> Iterator[_Told]:
    """Everything about its facts that is not as it was, fact by fact."""
    then, now = claims_of(document), claims_of(memo.composed.document)
    was = {basis.fact: basis.digest for basis in document.basis}
    digests = {basis.fact: basis.digest for basis in memo.composed.document.basis}
    superseded = memo.facts.superseded()
    for id in _facts_of(document):
        fact = memo.facts.facts.get(id)
        if fact is None:
            yield _Told("no", f"fact '{id}' is no longer in dossier '{memo.facts.dossier}'")
            continue
        yield from _withdrawn(fact, superseded.get(id, ""), today)
        if id in was and id in digests:
            if was[id] != digests[id]:
                yield _Told("no", f"fact '{id}' has changed: {_change(id, then, now)}")
        else:
            yield from _by_words(id, then, now)


def _facts_of(document: Document) -> tuple[str, ...]:
    """The facts that a document rests on: those it says so of, which leaves out what a redline deletes."""
    return tuple(basis.fact for basis in document.basis) or used_facts(document)


def _withdrawn(fact: Fact, by: str, today: Date) -> Iterator[_Told]:
    if fact.retired:
        yield _Told("no", f"fact '{fact.id}' was retired on {fact.retired.date.text}: {fact.retired.reason}")
    if by:
        yield _Told("no", f"fact '{fact.id}' was superseded by '{by}'")
    if fact.review_by and fact.review_by.latest and today.earliest and fact.review_by.latest < today.earliest:
        yield _Told("no", f"fact '{fact.id}' was to be looked at again by {fact.review_by.text}")


def _by_words(id: str, then: Claims, now: Claims) -> Iterator[_Told]:
    """By what the two documents say of a fact, where the one carries no digest of it."""
    parts = [part for fact, part in then if fact == id and (id, part) in now]
    if any(set(then[id, part]) - set(now[id, part]) for part in parts):
        yield _Told("no", f"fact '{id}' has changed: {_change(id, then, now)}")
    elif not parts:
        yield _Told("unknown", f"fact '{id}' is not shown by the memo today, so it cannot be compared")


def _change(id: str, then: Claims, now: Claims) -> str:
    """What was said of a fact and what is said now; or that the words are the same."""
    for (fact, part), texts in then.items():
        lost = [text for text in texts if fact == id and text not in now.get((id, part), texts)]
        if lost:
            return f"it said “{lost[0]}”, and now “{now[id, part][0]}”"
    return "not in its words, but in what they rest on"


def claims_of(document: Document) -> Claims:
    """What a document says of each of its facts, that which a redline marks as deleted left out."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for run in text_runs(document):
        for claim in _claims(run):
            if len(claim.facts) == 1:
                found.setdefault((claim.facts[0], claim.part), {})[claim.text] = None
    return {key: tuple(texts) for key, texts in found.items()}


def _claims(content: tuple[Inline, ...]) -> Iterator[Claim]:
    for inline in content:
        if inline.mark and inline.mark.how == "deleted":
            continue
        if isinstance(inline, Claim):
            yield inline
        elif hasattr(inline, "content"):
            yield from _claims(inline.content)
