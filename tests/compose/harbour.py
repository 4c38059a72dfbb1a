"""A dossier of an invented port, made of values; compose never reads a fact sheet."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from memo.compose import Composed, compose
from memo.document.tree import Document
from memo.facts.dossier import Actor, Change, Fact, Facts, Likelihood, Source, Support, Value
from memo.facts.edtf import Date, parse
from memo.facts.front_matter import FrontMatter, Template
from memo.facts.style import Style
from memo.problem import Place, Problem

NOWHERE = Path("no-such-folder/templates")


def day(text: str) -> Date:
    """An EDTF date."""
    found = parse(text)
    assert found is not None, text
    return found


GAZETTE = Source(
    id="gazette",
    type="article-newspaper",
    label="Halvern Gazette",
    title="Due ormeggi, un treno",
    author=("A. Writer", "B. Author"),
    container_title="The Halvern Gazette",
    publisher="Gazette Press",
    issued=day("2031-03-02"),
    accessed=day("2031-03-05"),
    url="https://example.org/a?b=1",
    language="it",
    origin="port-office",
    reliability="B",
    descriptor="Local newspaper; reports what the port office says.",
)
LEDGER = Source(
    id="ledger", type="report", label="Customs ledger", origin="ledger", reliability="F", descriptor="Monthly counts"
)
SOURCES = {source.id: source for source in (GAZETTE, LEDGER)}

ACTORS = {
    actor.id: actor
    for actor in (
        Actor(id="port", name="Port of Halvern", short="Port"),
        Actor(id="mayor", name="Ada *Quay*", role="Mayor of Halvern"),
    )
}

PARA_2 = Support(source="gazette", locator="para. 2", quote="two new berths", credibility="2")
PARA_5 = Support(source="gazette", locator="para. 5", quote="intends to build", credibility="3")
PAGE_1 = Support(source="ledger", locator="p. 1", quote="600")

FACTS = {
    fact.id: fact
    for fact in (
        Fact(
            id="berths-open",
            kind="event",
            status="done",
            claim="The Port of Halvern opened two berths in 2030.",
            brief="Two berths opened.",
            phrase="two berths that opened in 2030",
            label="Two berths open",
            date=day("2030"),
            actors=("port",),
            support=(PARA_2,),
            as_of=day("2031-03-02"),
            sections=("summary", "benefits"),
        ),
        Fact(
            id="rail-link",
            kind="commitment",
            status="announced",
            claim="The port office says that it intends to build a rail link.",
            date=day("2031-03"),
            due=day("2033"),
            actors=("port", "mayor"),
            support=(PARA_5,),
            as_of=day("2031-03-02"),
            sections=("summary",),
        ),
        Fact(
            id="trade",
            kind="quantity",
            claim="The port handled about 600 million crowns of trade.",
            value=Value(amount="600", unit="million crowns", qualifier="about"),
            support=(replace(PARA_2, locator="para. 7"), PAGE_1),
            as_of=day("2031-03-09"),
            sections=("benefits",),
        ),
        Fact(
            id="strain",
            kind="assessment",
            claim="The rail link might crowd the quay.",
            attribution="the mayor",
            judged_by="the desk officer",
            basis="the plans of the quay.",
            likelihood=Likelihood(scale="icd203", term="unlikely", by="the desk officer"),
            rests_on=("rail-link",),
            as_of=day("2031-03-03"),
            sections=("risks",),
        ),
        Fact(
            id="old-berths",
            kind="event",
            status="done",
            claim="The port has one berth.",
            support=(PARA_2,),
            as_of=day("2030-01-01"),
            sections=("summary",),
            retired=Change(date=day("2030"), reason="It has three."),
        ),
        Fact(
            id="rail-link-early",
            kind="commitment",
            claim="The port office thinks of a rail link.",
            support=(PARA_5,),
            as_of=day("2030-01-01"),
            sections=("summary",),
        ),
    )
}
FACTS["rail-link"] = replace(FACTS["rail-link"], supersedes="rail-link-early")

DOSSIER = Facts(
    "harbour",
    ("port",),
    SOURCES,
    ACTORS,
    FACTS,
    {("fact", id): Place("facts/harbour/harbour.yaml", line, 3) for line, id in enumerate(FACTS, 20)},
)

FRONT_MATTER = FrontMatter(
    title="Work at the Port of Halvern",
    to="Harbour committee",
    sender="Port desk",
    date=day("2031-03-14"),
    dossier="harbour",
)
STYLE = Style(origins={"port-office": "the port office"})


def template(text: str, front_matter: FrontMatter = FRONT_MATTER) -> Template:
    """A memo of this text; its first line is line 1."""
    return Template("note", "templates/note.md", front_matter, text)


def attempt(text: str, folder: Path = NOWHERE, facts: Facts = DOSSIER) -> tuple[Composed | None, list[Problem]]:
    """What comes of composing a text."""
    return compose(template(text), facts, STYLE, folder)


def composed(text: str, folder: Path = NOWHERE, facts: Facts = DOSSIER) -> Composed:
    """What a text composes to; it must have no problem."""
    found, problems = attempt(text, folder, facts)
    assert problems == []
    assert found is not None
    return found


def document(text: str, folder: Path = NOWHERE, facts: Facts = DOSSIER) -> Document:
    """The document that a text composes to; it must have no problem."""
    return composed(text, folder, facts).document


def problems(text: str, folder: Path = NOWHERE, facts: Facts = DOSSIER) -> list[str]:
    """The problems of a text: ``3:14 unknown-fact: no fact 'x' ...``; its file where it is not the memo's."""
    return [shown(problem) for problem in attempt(text, folder, facts)[1]]


def shown(problem: Problem) -> str:
    """A problem on one line, without its hint."""
    place = str(problem.place).removeprefix("templates/note.md:")
    return f"{place} {problem.code}: {problem.message}"


def pointed(text: str, folder: Path = NOWHERE) -> list[tuple[str, str]]:
    """The code of each problem, and the very words of the memo's text that it points at."""
    lines = text.split("\n")
    found = []
    for problem in attempt(text, folder)[1]:
        line = lines[problem.place.line - 1]
        start = problem.place.column - 1
        found.append((problem.code, line[start : start + problem.place.length]))
    return found


def folder_with(tmp_path: Path, files: dict[str, str]) -> Path:
    """A templates folder that holds these files."""
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return folder
