"""A memo on the invented harbour, checked by one check: facts as values, the memo as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from memo.checks import Memo
from memo.compose import compose
from memo.document.sentences import passages
from memo.facts.dossier import Actor, Confidence, Fact, Facts, Likelihood, Source, Support
from memo.facts.edtf import parse
from memo.facts.front_matter import FrontMatter, Template
from memo.facts.style import Style
from memo.problem import Place, Problem


def day(text: str) -> Any:
    """An EDTF date."""
    found = parse(text)
    assert found is not None, text
    return found


SOURCES = {
    id: Source(
        id=id, type="report", label=id, origin=id, reliability="B", descriptor="A highly unlikely paper of May 2031."
    )
    for id in ("gazette", "ledger")
}
ACTORS = {"port": Actor(id="port", name="Port of Halvern"), "mayor": Actor(id="mayor", name="Ada Quay")}


def fact(id: str, claim: str, **more: Any) -> Fact:
    """A fact with this claim; an assessment, unless said otherwise."""
    for name in ("date", "due", "as_of", "review_by"):
        if name in more:
            more[name] = day(more[name])
    held = {
        "kind": "assessment",
        "support": (Support(source="gazette", locator="p. 1", quote="q", credibility="2"),),
        "as_of": day("2031-03-02"),
    }
    return Fact(id=id, claim=claim, **(held | more))


def likely(term: str, by: str = "the harbour pilots", scale: Any = "icd203") -> Likelihood:
    """A likelihood."""
    return Likelihood(scale=scale, term=term, by=by)


def confident(level: Any, by: str = "the harbour pilots") -> Confidence:
    """A confidence."""
    return Confidence(level=level, basis="Years at the quay.", by=by)


def dossier(*facts: Fact) -> Facts:
    """A dossier of these facts; each has its place on a line of its own."""
    places = {("fact", fact.id): Place("facts/harbour/harbour.yaml", line, 3) for line, fact in enumerate(facts, 1)}
    return Facts("harbour", ("port",), SOURCES, ACTORS, {fact.id: fact for fact in facts}, places)


def memo(text: str, *facts: Fact, style: Style | None = None, **front: Any) -> Memo:
    """A memo of this text on these facts."""
    matter = FrontMatter(title="T", to="A", sender="B", date=day("2031-03-14"), dossier="harbour")
    template = Template("note", "templates/note.md", replace(matter, **front), text)
    held, look = dossier(*facts), style or Style()
    composed, problems = compose(template, held, look, Path("no-such-folder/templates"))
    assert problems == []
    assert composed is not None
    return Memo(template, held, composed, look, ("docx", "pdf"), tuple(passages(composed.document)))


def found(check: Callable[[Any], Iterator[Problem]], text: str, *facts: Fact, **more: Any) -> list[str]:
    """What a check says of a memo."""
    return [problem.message for problem in check(memo(text, *facts, **more))]
