"""The two dossiers into which faults are planted, and the honest sentences that a writer could put on their facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from memo.facts.articles import Article, load_articles
from memo.facts.dossier import Fact, Facts
from memo.facts.front_matter import Template
from memo.facts.style import Style
from memo.facts.template_file import load_template
from memo.project import Project

HERE = Path(__file__).parent
TESTS = HERE.parent


@dataclass(frozen=True)
class Statement:
    """What a fact states, as a clause (``core``) that ``by`` says, and as a noun; and what false tongues make of it.

    ``number``, ``unit`` and ``date`` are words of the core, ``units`` others in place of the unit. The lists are cores:
    ``denied`` says the opposite, ``done`` takes what is to come as done, ``surer`` knows for sure, ``swapped`` has doer
    and done-to, or offices, change places.
    """

    fact: str
    by: str
    core: str
    noun: str
    number: str = ""
    unit: str = ""
    units: tuple[str, ...] = ()
    date: str = ""
    teller: str = ""
    denied: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    surer: tuple[str, ...] = ()
    swapped: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Host:
    """A dossier, a clean memo on it that takes a planted sentence, and what can be said in that sentence."""

    name: str
    project: Project
    template: Template
    facts: Facts
    style: Style
    articles: dict[str, Article | None] | None
    statements: tuple[Statement, ...]

    def fact(self, statement: Statement) -> Fact:
        return self.facts.facts[statement.fact]

    def dated_beside(self, facts: tuple[Fact, ...]) -> Fact:
        """The first other fact with a date."""
        return next(fact for fact in map(self.fact, self.statements) if fact.date and fact not in facts)


@cache
def hosts() -> tuple[Host, ...]:
    """Load both, once for all faults."""
    warmth = HERE / "warmth"
    return (
        _host("warmth", warmth, warmth / "templates" / "warmth.md", warmth / "articles"),
        _host("lighthouse", TESTS / "lighthouse", HERE / "lighthouse.md", None),
    )


def _host(name: str, folder: Path, memo: Path, articles: Path | None) -> Host:
    project = Project(folder)
    template, problems = load_template(memo, memo.parent)
    facts, of_dossier = project.dossier(name)
    style, of_style = project.style
    texts, of_articles = load_articles(articles, facts) if articles else (None, [])
    assert not [*problems, *of_dossier, *of_style, *of_articles]
    assert template is not None
    held = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    statements = tuple(
        Statement(**{key: tuple(value) if isinstance(value, list) else str(value) for key, value in one.items()})
        for one in held
    )
    return Host(name, project, template, facts, style, dict(texts) if texts is not None else None, statements)
