"""A project folder: ``facts/`` (a folder for each dossier) and ``templates/`` (``*.md``: a memo each; ``style.yaml``).

What is in it is loaded, composed and checked here, and nothing is written. The steps are imported where they are taken:
a build with nothing to do takes none of them.

Every problem of a project, in one run: facts, templates, memos, what is waived and what waivers are for nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as clock
from difflib import get_close_matches
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from memo.files import file_digest
from memo.problem import Place, Problem, distinct, has_errors

if TYPE_CHECKING:
    from memo.checks import Earlier, Memo
    from memo.checks.running import Chosen, Findings, Waived
    from memo.document.composed import Composed, Waiver
    from memo.facts.dossier import Facts
    from memo.facts.edtf import Date
    from memo.facts.front_matter import Format, Template
    from memo.facts.style import HouseFile, Style, StyleFile, Words


STYLE = "templates/style.yaml"
_UNREAD = frozenset(("no-dossier", "unreadable", "not-utf-8", "too-large", "yaml-syntax"))
_UNKNOWN = frozenset(("unknown-fact", "unknown-actor", "unknown-source", "unknown-section"))


class CheckOptions(Struct, frozen=True):
    """What checks are asked for: which, as of which day (the clock's, where none is given), and what to look into.

    ``articles`` is a folder with the texts of sources; ``against`` a project folder in an earlier state.
    """

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    today: Date | None = None
    articles: Path | None = None
    against: Path | None = None


@dataclass
class Project:
    """A project folder. Its style and each dossier are read and checked once, when first asked for."""

    folder: Path
    asked: CheckOptions = field(default_factory=CheckOptions)
    _dossiers: dict[str, tuple[Facts, list[Problem]]] = field(default_factory=dict)
    _findings: dict[str, tuple[Findings, list[Problem]]] = field(default_factory=dict)

    def lacking(self) -> list[Problem]:
        """A ``no-project`` for each folder that a project has and this one lacks."""
        hint = "run memo in a folder that has facts/ and templates/, or name it with -C"
        return [
            Problem("no-project", f"there is no {name}/ folder here", Place(name), hint)
            for name in ("facts", "templates")
            if not (self.folder / name).is_dir()
        ]

    def memos(self) -> list[str]:
        """The names of all memos: the stems of ``templates/*.md``, sorted."""
        return sorted(path.stem for path in (self.folder / "templates").glob("*.md"))

    def dossiers(self) -> list[str]:
        """The names of all dossiers: the folders in ``facts/``, sorted."""
        return sorted(path.name for path in (self.folder / "facts").iterdir() if path.is_dir())

    def dossier(self, name: str) -> tuple[Facts, list[Problem]]:
        """The dossier ``facts/<name>/`` and what is wrong with it."""
        from memo.facts.sheets import load

        if name not in self._dossiers:
            self._dossiers[name] = load(self.folder / "facts" / name, self.folder)
        return self._dossiers[name]

    def dossier_findings(self, name: str) -> tuple[Findings, list[Problem]]:
        """What the checks of a dossier find, and what is wrong with the articles that it was looked up in."""
        if name not in self._findings:
            self._findings[name] = self._check_dossier(name)
        return self._findings[name]

    def _check_dossier(self, name: str) -> tuple[Findings, list[Problem]]:
        from memo.checks import Dossier
        from memo.checks.running import check_dossier
        from memo.facts.articles import load_articles

        facts, _ = self.dossier(name)
        folder = self.asked.articles
        articles, problems = load_articles(folder, facts) if folder else (None, [])
        return check_dossier(Dossier(facts, self.today, articles), self.chosen), problems

    @property
    def chosen(self) -> Chosen:
        """The checks that are asked for."""
        from memo.checks.running import Chosen

        return Chosen(self.asked.only, self.asked.skip)

    @property
    def today(self) -> Date:
        """The day that is asked about, or the clock's."""
        from memo.facts.edtf import parse

        today = parse(self.day)
        assert today is not None
        return today

    @property
    def day(self) -> str:
        """The same as a text, such as 2026-01-23, for those that have no need of more."""
        return self.asked.today.text if self.asked.today else clock.today().isoformat()

    @cached_property
    def style_file(self) -> tuple[StyleFile, list[Problem]]:
        """The style, the Word file that it names, if it names one, and what is wrong with either."""
        from memo.facts.style_file import load_style_file

        return load_style_file(self.folder / STYLE, self.folder)

    @property
    def style(self) -> tuple[Style, list[Problem]]:
        """The look of all memos and what is wrong with it."""
        file, problems = self.style_file
        return file.style, problems

    @property
    def house(self) -> tuple[HouseFile | None, list[Problem]]:
        """The Word file that the style names, if it names one, and what is wrong with it."""
        file, problems = self.style_file
        return file.house, [problem for problem in problems if problem.code == "bad-house-style"]

    def template(self, name: str) -> tuple[Template | None, list[Problem]]:
        """The template ``templates/<name>.md``, or ``unknown-memo``."""
        from memo.facts.template_file import load_template

        if name in (names := self.memos()):
            return load_template(self.folder / "templates" / f"{name}.md", self.folder)

        close = get_close_matches(name, names, 1)
        hint = f"did you mean '{close[0]}'?" if close else f"the memos here: {', '.join(names) or 'none'}"
        return None, [Problem("unknown-memo", f"there is no memo '{name}'", Place(f"templates/{name}.md"), hint)]


class Prepared(Struct, frozen=True):
    """A memo before it is rendered: None where it did not come that far; every problem on the way, and what is waived.

    ``ran`` are the codes of the checks that ran.
    """

    memo: Memo | None
    problems: list[Problem]
    waived: tuple[Waived, ...] = ()
    ran: frozenset[str] = frozenset()


def prepare(project: Project, name: str, formats: Sequence[Format] = (), date: Date | None = None) -> Prepared:
    """One memo loaded, composed and checked, with what its dossier's checks say of the facts that it uses.

    ``formats`` and ``date``, where given, stand in for its front matter's.
    """
    from memo.checks.running import check_memo, with_severities

    memo, problems = composed(project, name, formats, date)
    if memo is None:
        return Prepared(None, problems)
    found = check_memo(memo, project.chosen)
    whole, amiss = project.dossier_findings(memo.facts.dossier)
    used = set(memo.used)
    of_used = replace(whole, problems=tuple(p for p in whole.problems if used.intersection(p.facts)))
    of_facts = with_severities(of_used, memo)
    problems = problems + amiss + [*found.problems, *of_facts.problems]
    return Prepared(memo, problems, (*found.waived, *whole.waived), found.ran | whole.ran)


def composed(
    project: Project, name: str, formats: Sequence[Format] = (), date: Date | None = None
) -> tuple[Memo | None, list[Problem]]:
    """One memo loaded and composed, before it is checked; None where it did not come that far."""
    from memo.checks import Memo
    from memo.compose import compose
    from memo.document.sentences import passages

    style, problems = project.style
    template, found = project.template(name)
    problems = problems + found
    if template is None:
        return None, problems
    if date is not None:
        template = dataclasses.replace(template, front_matter=replace(template.front_matter, date=date))
    facts, found = project.dossier(template.front_matter.dossier)
    made, more = compose(template, facts, style, project.folder / "templates", project.folder)
    if any(problem.code in _UNREAD for problem in found):  # what is unknown may stand in what could not be read
        more = [problem for problem in more if problem.code not in _UNKNOWN]
    problems = problems + found + more
    if made is None:
        return None, problems
    made, amiss = _stated(made, project, facts, style.words_for(template.front_matter.language))
    earlier, watched, found = _earlier(project, name)
    digests = {path: file_digest(project.folder / path) for path in watched}
    made = replace(made, read=(*made.read, *watched), digests={**made.digests, **digests})
    asked = tuple(formats) or template.front_matter.formats
    memo = Memo(template, facts, made, style, asked, tuple(passages(made.document)), earlier)
    return memo, problems + amiss + found


def _stated(composed: Composed, project: Project, facts: Facts, words: Words | None) -> tuple[Composed, list[Problem]]:
    """The memo with what ``changes()`` prints. What that takes is loaded only for a memo that has it."""
    from memo.document.tree import is_statement

    if words is None or not any(map(is_statement, composed.document.blocks)):
        return composed, []
    from memo.changes.statement import fill_changes

    return fill_changes(composed, project.folder, facts, words)


def _earlier(project: Project, name: str) -> tuple[Earlier | None, tuple[str, ...], list[Problem]]:
    """The memo in the state that it is to be compared with, if there is one: what is asked for, else its last edition.

    With it, the files that a build is to be taken up again for when they change, and what is wrong with that edition,
    as warnings: it keeps nothing from being built.
    """
    from memo.checks import Earlier
    from memo.editions import frozen_files

    if project.asked.against is not None:
        memo, _ = composed(Project(project.asked.against), name)
        if memo is None:
            return None, (), []
        claims = {fact.id: fact.claim for fact in memo.facts.facts.values()}
        return Earlier(memo.composed.document, claims), (), []
    entry = frozen_files.last_entry(project.folder, name)
    watched = frozen_files.watched_files(name, entry.number if entry else 0)
    if entry is None:
        return None, watched, []
    document, found = frozen_files.read_document(project.folder, entry)
    state, more = frozen_files.read_facts(project.folder, entry, lambda _: {})
    problems = [replace(problem, severity="warning") for problem in (*found, *more)]
    if document is None or state is None:
        return None, watched, problems
    return Earlier(document, {id: fact.claim for id, fact in state.facts.items()}), watched, problems


class Checked(Struct, frozen=True):
    """The problems of a project, each once and by place, and what is let go with a reason."""

    problems: list[Problem]
    waived: list[Waived]


def check(project: Project, names: Sequence[str] = ()) -> Checked:
    """Check these memos; where none is named, all of them, the style, and every dossier as a whole.

    Only then can it be told which facts no memo uses (``unused-fact``), and which waivers (``unused-waiver``).
    """
    prepared = [prepare(project, name) for name in names or project.memos()]
    problems = [problem for one in prepared for problem in one.problems]
    waived = [waived for one in prepared for waived in one.waived]
    if not names:
        more = _of_project(project, prepared, waived)
        problems, waived = problems + more.problems, waived + more.waived
    return Checked(distinct(problems), sorted(dict.fromkeys(waived), key=attrgetter("place")))


def _of_project(project: Project, prepared: Sequence[Prepared], waived: Sequence[Waived]) -> Checked:
    """What is wrong with the style, with every dossier, also one that no memo uses, and with the project as a whole."""
    from memo.checks import WholeProject
    from memo.checks.running import check_project, unused_waivers

    dossiers = {name: project.dossier(name) for name in project.dossiers()}
    findings = [project.dossier_findings(name) for name in dossiers]
    memos = tuple(one.memo for one in prepared if one.memo is not None)
    facts = {name: held for name, (held, _) in dossiers.items()}
    sound = len(memos) == len(prepared) and not any(has_errors(one.problems) for one in prepared)
    whole = check_project(WholeProject(memos, facts, sound), project.chosen)
    let_go = [*whole.waived, *(one for found, _ in findings for one in found.waived)]
    problems = [*project.style[1], *whole.problems]
    problems += [problem for _, found in dossiers.values() for problem in found]
    problems += [problem for found, amiss in findings for problem in (*found.problems, *amiss)]
    if all(one.memo is not None for one in prepared):
        ran = whole.ran.union(*(one.ran for one in prepared), *(found.ran for found, _ in findings))
        problems += unused_waivers(_waivers(memos), facts.values(), [*waived, *let_go], ran)
    return Checked(problems, let_go)


def _waivers(memos: Sequence[Memo]) -> list[Waiver]:
    return [waiver for memo in memos for waiver in memo.composed.waivers]
