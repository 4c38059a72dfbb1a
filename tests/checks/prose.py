"""An invented dossier for tests of the checks that read prose, and what one of those says of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from memo.checks import Memo
from memo.compose import compose
from memo.document.sentences import passages
from memo.facts.dossier import Actor, Fact, Facts, Source, Support, Value
from memo.facts.edtf import Date, parse
from memo.facts.front_matter import FrontMatter, Parts
from memo.facts.style import Words
from memo.problem import Problem
from tests.compose.harbour import FRONT_MATTER, NOWHERE, STYLE, template


def day(text: str) -> Date:
    found = parse(text)
    assert found is not None, text
    return found


SOURCES = {
    "gazette": Source(
        id="gazette", type="article-newspaper", label="Halvern Gazette", title="All of Halvern",
        issued=day("2031-03-02"), origin="port-office", reliability="B", descriptor="Local newspaper.",
    ),
    "tide": Source(
        id="tide", type="post-weblog", label="Tide Watch", origin="tide", reliability="D", descriptor="Blog.",
    ),
}  # fmt: skip
ACTORS = {
    actor.id: actor
    for actor in (
        Actor(id="port", name="Port of Halvern", short="the Port"),
        Actor(id="halvern", name="Halvern", also=("the town",)),
        Actor(id="mayor", name="Ada Quay", short="Quay", role="Mayor of Halvern"),
        Actor(id="cup", name="Customs Union of Ports", short="CUP"),
        Actor(id="losh", name="LOSH"),
        Actor(id="school", name="BAY Naval School"),
    )
}
BY_GAZETTE = (Support(source="gazette", locator="para. 2", quote="some 45 cranes", credibility="2"),)
BY_TIDE = (Support(source="tide", locator="para. 3", quote="as we hear", credibility="3"),)


def fact(id: str, claim: str, **fields: object) -> Fact:
    held: dict[str, object] = {"kind": "event", "support": BY_GAZETTE, "as_of": day("2031-03-02"), **fields}
    return Fact(id=id, claim=claim, **held)  # type: ignore[arg-type]


FACTS = {
    one.id: one
    for one in (
        fact("berths", "The Port of Halvern opened two berths in 2030.", phrase="two berths opened in 2030",
             label="Two berths", date=day("2030"), actors=("port",), attribution="the port office"),
        fact("visit", "Ada Quay visited the rail yard.", phrase="the mayor’s visit to the rail yard",
             date=day("2031-01-21/2031-01-22"), actors=("mayor",), attribution="Quay"),
        fact("trade", "Half of the trade, about 2.4 million crowns, went by rail.", kind="quantity",
             value=Value(amount="2.4", unit="million crowns", qualifier="about"), support=BY_TIDE),
        fact("coast", "The Customs Union of Ports guards 600 km of coast.", phrase="600 km of coast", actors=("cup",),
             support=BY_TIDE, attribution="Tide Watch"),
        fact("both", "The quay is of stone.", phrase="a quay of stone", support=(*BY_GAZETTE, *BY_TIDE)),
        fact("link", "The port office intends to build a rail link.", kind="commitment", status="announced",
             due=day("2033-21"), attribution="the port office", phrase="a rail link that is intended"),
        fact("fares", "The rail link would halve fares.", kind="assessment", rests_on=("link",), support=BY_TIDE),
        fact("delay", "The rail link may be late, in this desk’s judgement.", kind="assessment", support=(),
             phrase="a late rail link", judged_by="the port desk", basis="Plans.", attribution="this desk’s judgement",
             rests_on=("fares",)),
        fact("crowd", "The quay is crowded.", support=BY_TIDE),
    )
}  # fmt: skip
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
LOOK = replace(STYLE, words={"fr": Words(months=tuple(MONTHS))})
DOSSIER = Facts("harbour", ("port",), SOURCES, ACTORS, FACTS)


def memo(text: str, language: str = "en-GB", parts: Parts | None = None, **front: object) -> Memo:
    """A memo of this text, on the invented dossier."""
    matter: FrontMatter = replace(FRONT_MATTER, language=language, parts=parts or Parts(), **front)  # type: ignore[arg-type]
    written = template(text, matter)
    made, problems = compose(written, DOSSIER, LOOK, NOWHERE)
    assert problems == []
    assert made is not None
    return Memo(written, DOSSIER, made, LOOK, ("docx",), tuple(passages(made.document)))


def words_found(check: Callable[[Memo], Iterator[Problem]], text: str, **front: object) -> list[str]:
    """The very words of a text that a check points at; the message where the front matter is meant."""
    lines = text.split("\n")
    found = []
    for problem in check(memo(text, **front)):  # type: ignore[arg-type]
        place = problem.place
        start = place.column - 1
        found.append(lines[place.line - 1][start : start + place.length] if place.line else problem.message)
    return found
