"""A project folder: ``facts/`` (a folder for each dossier) and ``templates/`` (``*.md``: a memo each; ``style.yaml``).

What is in it is loaded, each memo composed and checked, and all problems of the project found in one run. Nothing is
written. The steps are imported where they are taken: a build with nothing to do takes none of them.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as clock
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
    from memo.document.composed import Composed
    from memo.facts.dossier import Facts
    from memo.facts.edtf import Date
    from memo.facts.front_matter import Format, Template
    from memo.facts.recipients import Recipients
    from memo.facts.style import HouseFile, Style, StyleFile, Words

STYLE = "templates/style.yaml"


class CheckOptions(Struct, frozen=True):
    """Which checks are run, and with what.

    ``only`` and ``skip`` are codes of checks: only these, or all but those. ``today`` is the day by which reviews of
    facts are due: None for the clock's. ``articles`` is a folder with the texts of sources, in which quotes are looked
    up; ``against`` a project folder in an earlier state, to find prose gone stale since then rather than since the last
    edition. ``replaces`` names an edition, ``MEMO/N``, that a memo goes on from under a new name.
    """

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    today: Date | None = None
    articles: Path | None = None
    against: Path | None = None
    replaces: str = ""


def open_project(folder: Path | str = ".", options: CheckOptions | None = None) -> tuple[Project, list[Problem]]:
    """Open a project folder, which has ``facts/`` and ``templates/``; nothing in it is read before it is needed.

    ``options`` say which checks to run, as of which day, and what to look into. Problems: no-project, for each folder
    that is lacking; all further steps need both.
    """
    project = Project(Path(folder), options or CheckOptions())
    return project, project.lacking()


@dataclass
class Project:
    """A project folder. Its style and each dossier are read and checked once, when first asked for."""

    folder: Path
    options: CheckOptions = field(default_factory=CheckOptions)
    _dossiers: dict[str, tuple[Facts, list[Problem]]] = field(default_factory=dict, repr=False)
    _findings: dict[str, tuple[Findings, list[Problem]]] = field(default_factory=dict, repr=False)

    def lacking(self) -> list[Problem]:
        """Return what keeps every command from its work: folders that are not there, or may not be read.

        Problems: no-project, unreadable.
        """
        hint = "run memo in a folder that has facts/ and templates/, or within one, or name it with -C"
        where = f"in {self.folder.as_posix()}" if self.folder != Path() else "here"
        missing = [
            Problem("no-project", f"there is no {name}/ folder {where}", Place(name), hint)
            for name in ("facts", "templates")
            if not (self.folder / name).is_dir()
        ]
        from memo.facts.misplaced import unreadable_folders

        return missing or list(unreadable_folders(self.folder))

    @cached_property
    def passed_over(self) -> list[Problem]:
        """Tell what is in the project and not read. Problems: misplaced-file, unreadable; no-memo where none is."""
        from memo.facts.misplaced import misplaced_files

        found = list(misplaced_files(self.folder))
        if not self.memos() and not any(problem.place.path.startswith("templates/") for problem in found):
            hint = "a memo is a file such as templates/note.md; it begins with a front matter (docs/templates.md)"
            found.append(Problem("no-memo", "there is no memo (*.md) in templates/", Place("templates"), hint))
        return found

    def causes_first(self, problems: list[Problem], dossier: str) -> list[Problem]:
        """Put what is passed over in place of what seems unknown, and may only be so because of that."""
        from memo.facts.misplaced import may_hold_facts_of

        others = [problem for problem in problems if problem.code not in _UNKNOWN]
        if len(others) == len(problems):
            return problems
        causes = [problem for problem in self.passed_over if may_hold_facts_of(problem, dossier)]
        return [*others, *causes] if causes else problems

    @property
    def output(self) -> Path:
        """Return the folder that memos are built into, unless another is named."""
        return self.folder / "output"

    def memos(self) -> list[str]:
        """Return the names of all memos: the stems of ``templates/*.md``, sorted."""
        # Not by a glob: on some systems that finds NOTE.MD, too.
        return sorted(name.removesuffix(".md") for name in self._names("templates") if name.endswith(".md"))

    def dossiers(self) -> list[str]:
        """Return the names of all dossiers: the folders in ``facts/``, sorted."""
        return sorted(name for name in self._names("facts") if (self.folder / "facts" / name).is_dir())

    def _names(self, folder: str) -> list[str]:
        """Return what is in a folder but hidden files, and names that are not UTF-8, of which `passed_over` tells."""
        from memo.facts.file_text import is_utf_8

        names = (path.name for path in (self.folder / folder).iterdir())
        return [name for name in names if is_utf_8(name) and not name.startswith(".")]

    def template(self, name: str) -> tuple[Template | None, list[Problem]]:
        """Load the template ``templates/<name>.md``. Problems: its own, or unknown-memo."""
        names = self.memos()
        if name in names:
            from memo.facts.template_file import load_template

            return load_template(self.folder / "templates" / f"{name}.md", self.folder)
        from memo.suggest import suggest

        plain = Path(name).name.partition(".")[0]
        hint = suggest(name, names) or f"the memos here: {', '.join(names) or 'none'}"
        if plain in names:
            hint = f"a memo is named without its folder and ending: {plain}"
        place = Place(f"templates/{name}.md" if plain == name else "templates")
        return None, [Problem("unknown-memo", f"there is no memo '{name}'", place, hint)]

    def dossier(self, name: str) -> tuple[Facts, list[Problem]]:
        """Load the dossier ``facts/<name>/``, and tell what is wrong with it."""
        from memo.facts.sheets import load_dossier

        if name not in self._dossiers:
            facts, problems = load_dossier(self.folder / "facts" / name, self.folder)
            self._dossiers[name] = facts, self.causes_first(problems, name)
        return self._dossiers[name]

    def dossier_named(self, name: str) -> str:
        """Return what a dossier is called now: its folder's name, or that of the only one that was called so before."""
        if (self.folder / "facts" / name).is_dir():
            return name
        renamed = [now for now in self.dossiers() if name in self.dossier(now)[0].formerly]
        return renamed[0] if len(renamed) == 1 else name

    def dossier_findings(self, name: str) -> tuple[Findings, list[Problem]]:
        """Run the checks of a dossier; besides, tell what is wrong with the articles that it was looked up in."""
        from memo.checks import Dossier
        from memo.checks.running import check_dossier
        from memo.facts.articles import load_articles

        if name not in self._findings:
            facts, _ = self.dossier(name)
            folder = self.options.articles
            articles, problems = load_articles(folder, facts) if folder else (None, [])
            self._findings[name] = check_dossier(Dossier(facts, self.today, articles), self.chosen), problems
        return self._findings[name]

    @cached_property
    def recipients(self) -> tuple[Recipients, list[Problem]]:
        """Load the names of recipients whom the register knows by codes; tell what is wrong with their file."""
        from memo.facts.recipients import load_recipients

        return load_recipients(self.folder)

    @cached_property
    def style_file(self) -> tuple[StyleFile, list[Problem]]:
        """Load the style, and the Word file that it names, if any; tell what is wrong with either."""
        from memo.facts.style_file import load_style_file

        return load_style_file(self.folder / STYLE, self.folder)

    @property
    def style(self) -> tuple[Style, list[Problem]]:
        """Return the look of all memos, and what is wrong with it."""
        file, problems = self.style_file
        return file.style, problems

    @property
    def house(self) -> tuple[HouseFile | None, list[Problem]]:
        """Return the Word file that the style names as house style, if any, and what is wrong with it."""
        file, problems = self.style_file
        return file.house, [problem for problem in problems if problem.code == "bad-house-style"]

    @property
    def chosen(self) -> Chosen:
        """Return which checks are run."""
        from memo.checks.running import Chosen

        return Chosen(self.options.only, self.options.skip)

    @property
    def today(self) -> Date:
        """Return the day that is asked about, else the clock's."""
        return self.options.today or clock_date()

    @property
    def day(self) -> str:
        """Return the same as a text, such as 2026-01-23, for a build with nothing to do, which parses no date."""
        return self.options.today.text if self.options.today else clock.today().isoformat()


def find_project(start: Path) -> Path:
    """Return the nearest folder that has ``facts/`` and ``templates/``, from ``start`` upwards; else ``start``."""
    try:
        here = start.resolve()
        found = next((one for one in (here, *here.parents) if _has_both(one)), here)
        if found == here:
            return start
        return found if start.is_absolute() else Path(os.path.relpath(found))
    except (OSError, ValueError):  # the folder that we are in is gone, or may not be read; or on another drive
        return start


def _has_both(folder: Path) -> bool:
    return (folder / "facts").is_dir() and (folder / "templates").is_dir()


def clock_date() -> Date:
    """Return the day that the clock tells, as an EDTF date."""
    from memo.facts.edtf import parse

    today = parse(clock.today().isoformat())
    assert today is not None
    return today


# A memo, composed


_UNREAD = frozenset(("no-dossier", "unreadable", "not-utf-8", "too-large", "yaml-syntax"))
"""Problems of a dossier of which a part could not be read at all."""

_UNKNOWN = frozenset(("unknown-fact", "unknown-actor", "unknown-source", "unknown-section"))
"""Problems of a memo that may only come from that."""


def compose_memo(
    project: Project, name: str, formats: Sequence[Format] = (), date: Date | None = None
) -> tuple[Memo | None, list[Problem]]:
    """Load and compose one memo; None where it did not come that far.

    ``formats`` and ``date``, where given, stand in for those of its front matter.
    """
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
    composed, more = compose(template, facts, style, project.folder / "templates", project.folder)
    if any(problem.code in _UNREAD for problem in found):
        more = [problem for problem in more if problem.code not in _UNKNOWN]
    problems = problems + found + project.causes_first(more, facts.dossier)
    if composed is None:
        return None, problems
    words = style.words_for(template.front_matter.language)
    composed, found = _state_changes(composed, project, facts, words)
    earlier, watched, more = _earlier(project, name)
    digests = {path: file_digest(project.folder / path) for path in watched}
    composed = replace(composed, read=(*composed.read, *watched), digests={**composed.digests, **digests})
    formats = tuple(formats) or template.front_matter.formats
    memo = Memo(template, facts, composed, style, formats, tuple(passages(composed.document)), earlier)
    return memo, problems + found + more


def _state_changes(
    composed: Composed, project: Project, facts: Facts, words: Words | None
) -> tuple[Composed, list[Problem]]:
    """Fill in what ``changes()`` prints: only the project knows the last edition."""
    from memo.document.tree import is_statement

    # Comparing takes a good deal of code, which is loaded only for a memo that asks for it.
    if words is None or not any(map(is_statement, composed.document.blocks)):
        return composed, []
    from memo.changes.statement import fill_changes

    return fill_changes(composed, project.folder, facts, words, project.options.replaces)


def _earlier(project: Project, name: str) -> tuple[Earlier | None, tuple[str, ...], list[Problem]]:
    """Return the earlier state that a memo is compared with: the one asked for, else its last edition, if any.

    Besides, return the files on whose change a build is taken up again, and what is wrong with that edition, as
    warnings: it keeps nothing from being built.
    """
    from memo.checks import Earlier
    from memo.editions import frozen_files

    if project.options.against is not None:
        memo, _ = compose_memo(Project(project.options.against), name)
        if memo is None:
            return None, (), []
        claims = {fact.id: fact.claim for fact in memo.facts.facts.values()}
        return Earlier(memo.composed.document, claims), (), []
    entry = frozen_files.last_entry(project.folder, name, project.options.replaces)
    watched = frozen_files.watched_files(name, entry)
    if entry is None:
        return None, watched, []
    document, found = frozen_files.read_document(project.folder, entry)
    state, more = frozen_files.read_facts(project.folder, entry, lambda _: {})
    problems = [replace(problem, severity="warning") for problem in (*found, *more)]
    if document is None or state is None:
        return None, watched, problems
    return Earlier(document, {id: fact.claim for id, fact in state.facts.items()}), watched, problems


# A memo, checked


class Prepared(Struct, frozen=True):
    """A memo before it is rendered: None where it did not come that far; every problem on the way, and what is waived.

    ``ran`` are the codes of the checks that ran.
    """

    memo: Memo | None
    problems: list[Problem]
    waived: tuple[Waived, ...] = ()
    ran: frozenset[str] = frozenset()


def prepare(project: Project, name: str, formats: Sequence[Format] = (), date: Date | None = None) -> Prepared:
    """Load, compose and check one memo.

    Of what the checks of its dossier find, only what is about facts that the memo uses is among its problems.
    ``formats`` and ``date``, where given, stand in for those of its front matter.
    """
    from memo.checks.running import check_memo, with_severities

    memo, problems = compose_memo(project, name, formats, date)
    if memo is None:
        return Prepared(None, problems)
    found = check_memo(memo, project.chosen)
    of_dossier, of_articles = project.dossier_findings(memo.facts.dossier)
    used = set(memo.used)
    about_used = tuple(problem for problem in of_dossier.problems if used.intersection(problem.facts))
    of_facts = with_severities(replace(of_dossier, problems=about_used), memo)
    problems = problems + of_articles + [*found.problems, *of_facts.problems]
    return Prepared(memo, problems, (*found.waived, *of_dossier.waived), found.ran | of_dossier.ran)


# The project, checked


class CheckResult(Struct, frozen=True):
    """The problems of a project, each once and by place; and those that a waiver lets go, with its reason."""

    problems: list[Problem]
    waived: list[Waived]


def check(project: Project, names: Sequence[str] = ()) -> CheckResult:
    """Check these memos; where none is named, all of them, the style, and every dossier as a whole.

    Only then can it be told which facts no memo uses (``unused-fact``), and which waivers (``unused-waiver``). Which
    checks are run, and as of which day, stands in the project's options.
    """
    prepared = [prepare(project, name) for name in names or project.memos()]
    problems = [problem for one in prepared for problem in one.problems]
    waived = [waived for one in prepared for waived in one.waived]
    if not names:
        more = _check_whole(project, prepared, waived)
        problems, waived = problems + more.problems, waived + more.waived
    return CheckResult(distinct(problems), sorted(dict.fromkeys(waived), key=attrgetter("place")))


def _check_whole(project: Project, prepared: Sequence[Prepared], waived: Sequence[Waived]) -> CheckResult:
    """Check the style, every dossier, what was issued, what is not read, and the project as a whole."""
    from memo.checks import WholeProject
    from memo.checks.running import check_project, unused_waivers
    from memo.editions.frozen_files import look_at_everything

    dossiers = {name: project.dossier(name) for name in project.dossiers()}
    findings = [project.dossier_findings(name) for name in dossiers]
    memos = tuple(one.memo for one in prepared if one.memo is not None)
    facts = {name: dossier for name, (dossier, _) in dossiers.items()}
    sound = len(memos) == len(prepared) and not any(has_errors(one.problems) for one in prepared)
    sound = sound and bool(memos)  # where there is no memo, what memos leave unused tells nothing
    whole = check_project(WholeProject(memos, facts, sound), project.chosen)
    problems = [*project.style[1], *project.recipients[1], *whole.problems, *project.passed_over]
    problems += look_at_everything(project.folder)[1]
    problems += [problem for _, found in dossiers.values() for problem in found]
    problems += [problem for found, of_articles in findings for problem in (*found.problems, *of_articles)]
    more_waived = [*whole.waived, *(one for found, _ in findings for one in found.waived)]
    # A memo that could not be composed may have what a waiver is for.
    if len(memos) == len(prepared):
        ran = whole.ran.union(*(one.ran for one in prepared), *(found.ran for found, _ in findings))
        waivers = [waiver for memo in memos for waiver in memo.composed.waivers]
        problems += unused_waivers(waivers, facts.values(), [*waived, *more_waived], ran)
    return CheckResult(problems, more_waived)
