"""A delivered file put to the question: which memo and edition, as it was issued, text unaltered, still current?

Every question gets an answer in plain words, also where the answer is that it cannot be told.

    identity   which memo and which edition it is
    wording    whether its pages say what they should
    facts_now  whether the facts that it rests on stand as they did

Whether what a document says is current: its facts stand as they did, none is overdue, no edition came after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from memo.delivered import Delivered, reread
from memo.document.tree import Claim, Document
from memo.document.walk import inlines, text_runs, used_facts
from memo.editions.grading import WORDS, differences, shown
from memo.editions.snapshot import FactSnapshot, digest, snapshots
from memo.facts.edtf import Date, has_passed, parse
from memo.handover.identity import IN_ITS_PROJECT, Answer, Identity, Told, count, identify, issued
from memo.handover.wording import unaltered
from memo.problem import Problem, has_errors
from memo.project import Project

__all__ = ["Answer", "Verified", "verify"]


class Verified(Struct, frozen=True):
    """A delivered file, what it is, and the three answers."""

    delivered: Delivered
    identity: Identity
    issued: Answer
    unaltered: Answer
    current: Answer

    @property
    def holds(self) -> bool:
        """Whether it is byte for byte what was issued, and what it says is current."""
        return all(answer.told == "yes" for answer in (self.issued, self.unaltered, self.current))


def verify(path: Path, project: Project | None, today: Date) -> tuple[Verified | None, list[Problem]]:
    """All that can be told of a delivered file, alone or in the project that it came from.

    Problems: those of `memo.delivered.reread`, which leave nothing to tell; those of the register.
    """
    delivered, problems = reread(path)
    if delivered is None:
        return None, problems
    identity, found = identify(delivered, project)
    told = Verified(
        delivered,
        identity,
        issued(delivered, identity),
        unaltered(delivered, identity, project),
        current(identity, project, today),
    )
    return told, problems + found


class _Found(Struct, frozen=True):
    """What was found of one fact, or of the memo as a whole."""

    told: Told
    words: str


def current(identity: Identity, project: Project | None, today: Date) -> Answer:
    """Whether what a document says is still so, by the facts of its project as they stand, on this day."""
    document = identity.document
    if project is None:
        return _untold(IN_ITS_PROJECT)
    if document is None:
        return _untold("it carries no document, so what it rests on is not known")
    dossier = _dossier(identity, project)
    if not dossier:
        return _untold("which dossier it rests on is not known: no one memo of this project bears its title")
    facts, problems = project.dossier(dossier)
    if has_errors(problems):
        return _untold(f"dossier '{dossier}' has errors; memo check tells them")
    ids = _facts_of(document)
    found = [*_newer(identity), *_findings(document, identity, snapshots(facts, ids), dossier, today)]
    return _answer(found, count(len(ids), "fact"))


def _dossier(identity: Identity, project: Project) -> str:
    """The dossier of an edition, as it was; else that of the memo, as it is."""
    if identity.edition and identity.edition.state:
        return identity.edition.state.dossier
    template = project.template(identity.memo)[0] if identity.memo else None
    return template.front_matter.dossier if template else ""


def _untold(why: str) -> Answer:
    return Answer("unknown", f"whether it is current cannot be told: {why}")


def _answer(found: list[_Found], facts: str) -> Answer:
    details = tuple(each.words for each in found)
    if any(each.told == "no" for each in found):
        return Answer("no", f"what it says is no longer current; it rests on {facts}", details)
    if found:
        return Answer("unknown", f"whether it is current cannot be told in full; it rests on {facts}", details)
    return Answer("yes", f"what it says is current: it rests on {facts}, which stand as they did")


def _newer(identity: Identity) -> Iterator[_Found]:
    if identity.newer:
        yield _Found("no", f"{identity.newer} was issued after it")


def _facts_of(document: Document) -> tuple[str, ...]:
    """The facts that a document rests on: those it says so of, which leaves out what a redline deletes."""
    return tuple(basis.fact for basis in document.basis) or used_facts(document)


def _findings(
    document: Document, identity: Identity, now: Mapping[str, FactSnapshot], dossier: str, today: Date
) -> Iterator[_Found]:
    """Everything about its facts that is not as it was, fact by fact."""
    was = {basis.fact: basis.digest for basis in document.basis}
    state = identity.edition.state if identity.edition else None
    for id in _facts_of(document):
        if id not in now:
            yield _Found("no", f"fact '{id}' is no longer in dossier '{dossier}'")
            continue
        if withdrawn := _withdrawn(now[id]):
            yield _Found("no", f"fact '{id}' {withdrawn}")
        elif changed := _changed(document, was.get(id, ""), state.facts.get(id) if state else None, now[id]):
            yield _Found("no", f"fact '{id}' has changed: {changed}")
        yield from _overdue(now[id], today)
    if untold := sum(id in now and id not in was for id in _facts_of(document)):
        facts = count(untold, "fact")
        yield _Found("unknown", f"it does not say how {facts} stood: only words that it shows could be compared")


def _withdrawn(fact: FactSnapshot) -> str:
    if fact.superseded_by:
        return f"was superseded by '{fact.superseded_by}'"
    return f"was retired on {fact.retired.date}: {fact.retired.reason}" if fact.retired else ""


def _overdue(fact: FactSnapshot, today: Date) -> Iterator[_Found]:
    """A fact is overdue after the last day that its review date may mean."""
    if has_passed(parse(fact.review_by), today):
        yield _Found("no", f"fact '{fact.id}' was to be looked at again by {fact.review_by}")


def _changed(document: Document, was: str, before: FactSnapshot | None, now: FactSnapshot) -> str:
    """What is another about a fact: by how it stood when issued, else by what the document says; empty if nothing is.

    ``was`` is its digest as the document carries it; empty where it carries none, and only words can be compared.
    """
    if was == digest(now):
        return ""
    if was and before is not None and (found := differences(before, now)):
        return "; ".join(f"{one.field} was {_quoted(one.old)}, is {_quoted(one.new)}" for one in found)
    unseen = "not in the words that are shown here, but in what they rest on" if was else ""
    return _reworded(document, now) or unseen


def _reworded(document: Document, now: FactSnapshot) -> str:
    """What a document says of a fact in words that the fact no longer has; empty where it has them all."""
    for claim in _claims(document, now.id):
        text = shown(now, claim.part)
        if text and _plain(text) != _plain(claim.text):
            return f"it said {_quoted(claim.text)}, and says {_quoted(text)}"
    return ""


def _plain(text: str) -> str:
    """Words without what a template may have made of them: a capital, a full stop."""
    return text.casefold().rstrip(".")


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def _claims(document: Document, fact: str) -> Iterator[Claim]:
    """Where a document shows its words for a fact."""
    for run in text_runs(document):
        for inline in inlines(run):
            if isinstance(inline, Claim) and inline.facts == (fact,) and inline.part in (*WORDS, "label"):
                yield inline
