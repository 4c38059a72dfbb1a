"""A delivered file put to three questions: is it what was issued, is its text unaltered, is what it says current?

Each gets an answer in plain words, also where the answer is that it cannot be told. `memo.handover.identity` answers
the first, `memo.handover.wording` the second; the third stands here: the facts that the memo rests on stand as they
did, none is overdue for review, and no edition came after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from memo.delivered import Delivered, foreign_file, read_delivered
from memo.document.tree import Claim, Document
from memo.document.walk import inlines, text_runs, used_facts
from memo.editions.grading import TEXT_FIELDS, field_changes, field_text
from memo.editions.snapshot import FactSnapshot, fact_digest, snapshots
from memo.facts.edtf import Date
from memo.handover.identity import ASK_IN_PROJECT, Answer, Identity, Verdict, answer_issued, identify
from memo.handover.wording import answer_unaltered
from memo.problem import Problem, has_errors
from memo.project import Project, clock_date


class Verification(Struct, frozen=True):
    """A delivered file, what it was recognised as, and the three answers."""

    delivered: Delivered
    identity: Identity
    issued: Answer
    unaltered: Answer
    current: Answer

    @property
    def holds(self) -> bool:
        """Tell whether the file is byte for byte what was issued, and what it says is current."""
        return all(answer.verdict == "yes" for answer in (self.issued, self.unaltered, self.current))


def verify(
    path: Path, project: Project | None = None, today: Date | None = None
) -> tuple[Verification | None, list[Problem]]:
    """Tell all that can be told of a delivered PDF or DOCX, alone or in the project that it came from.

    Without a project, the file is only held against the document that it carries. ``today`` is the day by which reviews
    of facts are due: without it, the project's, or the clock's. The verification is None where the file cannot be read.

    Problems: unreadable, too-large, locked-file, damaged-file, foreign-file, which leave nothing to tell;
    broken-register, altered-edition.
    """
    delivered, problems = read_delivered(path)
    if delivered is None:
        return None, problems
    identity, found = identify(delivered, project)
    if identity.edition is None and not delivered.by_memo:
        return None, [foreign_file(delivered)]
    day = today or (project.today if project else clock_date())
    verification = Verification(
        delivered,
        identity,
        answer_issued(delivered, identity),
        answer_unaltered(delivered, identity, project),
        answer_current(identity, project, day),
    )
    return verification, problems + found


class _Finding(Struct, frozen=True):
    """One thing found of a fact, or of the memo as a whole, that speaks against its being current."""

    verdict: Verdict
    text: str


def answer_current(identity: Identity, project: Project | None, today: Date) -> Answer:
    """Answer whether what a document says still holds on a day, by the facts of its project as they stand now."""
    document = identity.document
    if project is None:
        return _unknown(ASK_IN_PROJECT)
    if document is None:
        return _unknown("it carries no document, so what it rests on is not known")
    dossier = _dossier(identity, project)
    if not dossier:
        return _unknown("which dossier it rests on is not known: no one memo of this project bears its title")
    facts, problems = project.dossier(dossier)
    if has_errors(problems):
        return _unknown(f"dossier '{dossier}' has errors; memo check tells them")
    ids = _facts_of(document)
    findings = list(_compare_facts(document, identity, snapshots(facts, ids), dossier, today))
    if identity.newer:
        findings.insert(0, _Finding("no", f"{identity.newer} was issued after it"))
    return _answer(findings, _count(len(ids), "fact"))


def _unknown(why: str) -> Answer:
    return Answer("unknown", f"whether it is current cannot be told: {why}")


def _dossier(identity: Identity, project: Project) -> str:
    """Return the dossier that the edition was issued from, else the one that the memo draws on now, else nothing."""
    if identity.edition and identity.edition.state:
        return identity.edition.state.dossier
    template = project.template(identity.memo)[0] if identity.memo else None
    return template.front_matter.dossier if template else ""


def _facts_of(document: Document) -> tuple[str, ...]:
    """Return the facts that a document rests on, by id."""
    # The basis of a redline names the facts of the newer version only; the body has those of deleted words, too.
    return tuple(basis.fact for basis in document.basis) or used_facts(document)


def _answer(findings: list[_Finding], facts: str) -> Answer:
    details = tuple(finding.text for finding in findings)
    if any(finding.verdict == "no" for finding in findings):
        return Answer("no", f"what it says is no longer current; it rests on {facts}", details)
    if findings:
        return Answer("unknown", f"whether it is current cannot be told in full; it rests on {facts}", details)
    return Answer("yes", f"what it says is current: it rests on {facts}, which stand as they did")


# Fact by fact


def _compare_facts(
    document: Document, identity: Identity, now: Mapping[str, FactSnapshot], dossier: str, today: Date
) -> Iterator[_Finding]:
    """Yield everything about the document's facts that is not as it was."""
    digests = {basis.fact: basis.digest for basis in document.basis}
    state = identity.edition.state if identity.edition else None
    for id in _facts_of(document):
        if id not in now:
            yield _Finding("no", f"fact '{id}' is no longer in dossier '{dossier}'")
            continue
        before = state.facts.get(id) if state else None
        if withdrawn := _withdrawn(now[id]):
            yield _Finding("no", f"fact '{id}' {withdrawn}")
        elif changed := _changed(document, digests.get(id, ""), before, now[id]):
            yield _Finding("no", f"fact '{id}' has changed: {changed}")
        if now[id].is_overdue(today):
            yield _Finding("no", f"fact '{id}' was to be looked at again by {now[id].review_by}")
    if unsure := sum(id in now and id not in digests for id in _facts_of(document)):
        facts = _count(unsure, "fact")
        yield _Finding("unknown", f"it does not say how {facts} stood: only words that it shows could be compared")


def _withdrawn(fact: FactSnapshot) -> str:
    if fact.superseded_by:
        return f"was superseded by '{fact.superseded_by}'"
    return f"was retired on {fact.retired.date}: {fact.retired.reason}" if fact.retired else ""


def _changed(document: Document, then: str, before: FactSnapshot | None, now: FactSnapshot) -> str:
    """Tell what is different about a fact; empty if nothing is.

    ``then`` is its digest as the document carries it, empty where it carries none: then only the words that the
    document shows can be compared. ``before`` is the fact as it was issued, where that is at hand.
    """
    if then == fact_digest(now):
        return ""
    if then and before is not None and (found := field_changes(before, now)):
        return "; ".join(f"{one.field} was {_quoted(one.old)}, is {_quoted(one.new)}" for one in found)
    # Its digest counts all that can be shown of a fact: a grade, say, which only a note may show.
    unseen = "not in the words that are shown here, but in what they rest on" if then else ""
    return _reworded(document, now) or unseen


def _reworded(document: Document, now: FactSnapshot) -> str:
    """Tell which words the document shows of a fact that the fact no longer has; empty where it has them all."""
    for claim in _claims(document, now.id):
        text = field_text(now, claim.part)
        if text and _normalised(text) != _normalised(claim.text):
            return f"it said {_quoted(claim.text)}, and says {_quoted(text)}"
    return ""


def _claims(document: Document, fact: str) -> Iterator[Claim]:
    """Yield the claims that show words of this fact alone."""
    for run in text_runs(document):
        for inline in inlines(run):
            if isinstance(inline, Claim) and inline.facts == (fact,) and inline.part in (*TEXT_FIELDS, "label"):
                yield inline


def _normalised(text: str) -> str:
    """Return words without what a template may have made of them: a capital, a full stop."""
    return text.casefold().rstrip(".")


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
