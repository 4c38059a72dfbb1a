"""Who holds a copy in which a fact has changed since: in which sentence, and how bad it is.

In force is the copy of a memo that a recipient was handed last. Each edition in force is read once. Its facts as they
stood are compared with the same facts now, and only where one changed is its document looked into
(`memo.editions.effects`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from memo.editions import frozen_files
from memo.editions.effects import Effect, changed_facts, effects_on
from memo.editions.grading import Vocabulary
from memo.editions.register import Entry, copies, memo_lines
from memo.editions.renamed import renamed_facts
from memo.editions.snapshot import FactSnapshot, snapshots, to_plain
from memo.facts.edtf import Date
from memo.problem import Place, Problem, distinct, has_errors, renamed_fact
from memo.project import Project
from memo.suggest import suggest


class ImpactQuery(Struct, frozen=True):
    """Which copies and facts are asked about.

    ``today`` is the day by which reviews of facts are due: None for the project's. ``since`` names an edition,
    ``MEMO/N``: only that and later ones of the same memo. ``fact`` is the id of the only fact asked about. Left empty,
    the last two stand for all.
    """

    today: Date | None = None
    since: str = ""
    fact: str = ""


class AffectedEdition(Struct, frozen=True):
    """An edition in force that a change affects: its name, ``MEMO/N``, its day of issue (EDTF), and who holds it."""

    edition: str
    date: str
    recipients: tuple[str, ...]
    effects: tuple[Effect, ...]


def impact(project: Project, query: ImpactQuery | None = None) -> tuple[list[AffectedEdition], list[Problem]]:
    """Find every edition in force that a change of facts affects, in the order of the register.

    An edition is left out whose dossier has errors, or whose frozen files are not as they were issued: problems say so.
    Nothing is looked into where the register is broken, or the edition or fact asked about is unknown.

    Problems: broken-register, unknown-edition, unknown-fact; altered-edition, renamed-fact, and those of the dossiers.
    """
    query = query or ImpactQuery()
    entries, problems = frozen_files.look_at_everything(project.folder)
    unknown = list(_unknown(project, entries, query))
    if unknown or any(problem.code == "broken-register" for problem in problems):
        return [], distinct([*problems, *unknown])
    facts_now = _FactsNow(project)
    found: list[AffectedEdition] = []
    for entry, recipients in _in_force(entries, query.since):
        effects, more = _effects(project, entry, facts_now, query)
        problems += more
        if effects:
            found.append(AffectedEdition(entry.edition, entry.date, recipients, tuple(effects)))
    return found, distinct(problems)


def _unknown(project: Project, entries: Sequence[Entry], query: ImpactQuery) -> Iterator[Problem]:
    if query.since and all(entry.edition != query.since for entry in entries):
        yield frozen_files.unknown_edition(query.since, entries)
    if query.fact and not any(query.fact in project.dossier(name)[0].facts for name in project.dossiers()):
        ids = [id for name in project.dossiers() for id in project.dossier(name)[0].facts]
        yield Problem(
            "unknown-fact", f"no fact '{query.fact}' in any dossier", Place("facts"), suggest(query.fact, ids)
        )


def _in_force(entries: Sequence[Entry], since: str) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Yield each edition that somebody holds, in the order of the register, with everyone who does."""
    holders: dict[str, tuple[Entry, list[str]]] = {}
    for (_, recipient), entry in copies(entries).items():
        holders.setdefault(entry.edition, (entry, []))[1].append(recipient)
    for entry, recipients in sorted(holders.values(), key=lambda pair: pair[0].line):
        if not since or _comes_after(entry, since, entries):
            yield entry, tuple(recipients)


def _comes_after(entry: Entry, since: str, entries: Sequence[Entry]) -> bool:
    """Tell whether an edition is the one named ``since``, or a later one of the same line."""
    first = next(entry for entry in entries if entry.edition == since)
    lines = memo_lines(entries)
    later = entry.number >= first.number if entry.memo == first.memo else entry.line > first.line
    return later and lines[entry.memo] == lines[first.memo]


def _effects(
    project: Project, entry: Entry, facts_now: _FactsNow, query: ImpactQuery
) -> tuple[list[Effect], list[Problem]]:
    """Find what the changes of facts do to one edition."""
    state, problems = frozen_files.read_facts(project.folder, entry, facts_now.with_plain)
    if state is None:
        return [], problems
    dossier = project.dossier_named(state.dossier)
    problems = project.dossier(dossier)[1]
    if has_errors(problems):
        return [], [replace(problem, hint=_hint(problem, state.dossier)) for problem in problems]
    now = facts_now.snapshots(dossier)
    changed = changed_facts(state.facts, now, query.today or project.today)
    renamed = renamed_facts(state.facts, now)
    if query.fact:
        changed = {id: change for id, change in changed.items() if query.fact in (id, renamed.get(id))}
    notes = [_renamed(project, entry, dossier, *pair) for pair in renamed.items()]
    if not changed:
        return [], notes
    # Only the blocks that use one of these facts: to read the whole document takes ten times as long.
    document, problems = frozen_files.read_document(project.folder, entry, changed)
    if document is None:
        return [], problems
    vocabulary = facts_now.vocabulary(dossier, document.metadata.language)
    return list(effects_on(document, changed, vocabulary)), [*problems, *notes]


def _renamed(project: Project, entry: Entry, dossier: str, old: str, new: str) -> Problem:
    place = project.dossier(dossier)[0].places.get(("fact", new), Place(f"facts/{dossier}"))
    return renamed_fact(entry.edition, old, new, "the same claim and support", place)


def _hint(problem: Problem, dossier: str) -> str:
    """Return a problem's hint; of a dossier that is gone, how to tell that it has another name now."""
    if problem.code != "no-dossier":
        return problem.hint
    return f"if it has another name now, write in one of its sheets: formerly: [{dossier}]"


class _FactsNow:
    """The facts of each dossier as they stand now. Worked out once a dossier: many editions rest on the same one."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.snapshots = cache(self._snapshots)
        self.with_plain = cache(self._with_plain)
        self.vocabulary = cache(self._vocabulary)

    def _snapshots(self, dossier: str) -> Mapping[str, FactSnapshot]:
        """Return a snapshot of every fact, by id."""
        facts, _ = self._project.dossier(self._project.dossier_named(dossier))
        return snapshots(facts, facts.facts)

    def _with_plain(self, dossier: str) -> Mapping[str, tuple[Any, FactSnapshot]]:
        """Return the same, each beside its plain JSON values: so frozen facts are told apart without decoding them."""
        return {id: (to_plain(fact), fact) for id, fact in self.snapshots(dossier).items()}

    def _vocabulary(self, dossier: str, language: str) -> Vocabulary:
        """Return the names of a dossier's actors, and the small numbers of a language in words."""
        words = self._project.style[0].words_for(language)
        actors = self._project.dossier(dossier)[0].actors.values()
        names = ((name, actor.id) for actor in actors for name in (actor.name, actor.short, *actor.also) if name)
        return Vocabulary(words.numbers if words else (), dict(names))
