"""Who holds a copy in which something has changed since: in which sentence, and how bad it is.

In force is the copy of a memo that a recipient was handed last. Each edition in force is read once. How its facts stood
is compared with how they stand now; only where a fact changed is its document looked into (`memo.editions.effects`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from memo.editions.effects import Effect, changed_facts, effects_on
from memo.editions.frozen_files import read_document, read_facts
from memo.editions.grading import Vocabulary
from memo.editions.register import Entry, copies
from memo.editions.snapshot import FactSnapshot, snapshots, to_plain
from memo.facts.edtf import Date
from memo.problem import Problem, has_errors
from memo.project import Project


class Affected(Struct, frozen=True):
    """An edition in force with what affects it, and who holds it."""

    edition: str
    date: str
    recipients: tuple[str, ...]
    effects: tuple[Effect, ...]


class ImpactQuery(Struct, frozen=True):
    """Of which copies and facts is asked: all, or the editions of one memo from one on; and which day today is."""

    today: Date
    since: tuple[str, int] | None = None
    fact: str = ""


def impact(project: Project, entries: Sequence[Entry], asked: ImpactQuery) -> tuple[list[Affected], list[Problem]]:
    """What has changed for whom. Problems: those of the dossiers, ``altered-edition``.

    A copy is left out whose dossier has errors, or whose frozen files are not as they were: the problems say so.
    """
    current = _Current(project)
    found: list[Affected] = []
    problems: list[Problem] = []
    for entry, recipients in _in_force(entries, asked.since):
        effects, more = _effects(project.folder, entry, current, asked)
        problems += more
        if effects:
            found.append(Affected(entry.edition, entry.date, recipients, tuple(effects)))
    return found, list(dict.fromkeys(problems))


def _in_force(entries: Sequence[Entry], since: tuple[str, int] | None) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Each edition that somebody holds, in order of the register, with who does."""
    held: dict[str, tuple[Entry, list[str]]] = {}
    for (_, recipient), entry in copies(entries).items():
        held.setdefault(entry.edition, (entry, []))[1].append(recipient)
    for entry, recipients in sorted(held.values(), key=lambda one: one[0].line):
        if since is None or (entry.memo == since[0] and entry.number >= since[1]):
            yield entry, tuple(recipients)


class _Current:
    """How the facts of each dossier stand now, and what their words can name; worked out once for each dossier."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._facts: dict[str, dict[str, FactSnapshot]] = {}
        self._plain: dict[str, dict[str, tuple[Any, FactSnapshot]]] = {}
        self._naming: dict[tuple[str, str], Vocabulary] = {}

    def facts(self, dossier: str) -> Mapping[str, FactSnapshot]:
        """Every fact of a dossier by id."""
        if dossier not in self._facts:
            facts, _ = self._project.dossier(dossier)
            self._facts[dossier] = snapshots(facts, facts.facts)
        return self._facts[dossier]

    def plain(self, dossier: str) -> Mapping[str, tuple[Any, FactSnapshot]]:
        """The same, each as plain values, too."""
        if dossier not in self._plain:
            self._plain[dossier] = {id: (to_plain(fact), fact) for id, fact in self.facts(dossier).items()}
        return self._plain[dossier]

    def problems(self, dossier: str) -> list[Problem]:
        """What is wrong with a dossier."""
        return self._project.dossier(dossier)[1]

    def naming(self, dossier: str, language: str) -> Vocabulary:
        """The actors of a dossier, and the small numbers of a language."""
        key = dossier, language
        if key not in self._naming:
            words = self._project.style[0].words_for(language)
            actors = self._project.dossier(dossier)[0].actors.values()
            names = ((name, actor.id) for actor in actors for name in (actor.name, actor.short, *actor.also) if name)
            self._naming[key] = Vocabulary(words.numbers if words else (), dict(names))
        return self._naming[key]


def _effects(project: Path, entry: Entry, current: _Current, asked: ImpactQuery) -> tuple[list[Effect], list[Problem]]:
    state, problems = read_facts(project, entry, current.plain)
    if state is None:
        return [], problems
    problems = current.problems(state.dossier)
    if has_errors(problems):
        return [], problems
    changed = changed_facts(state.facts, current.facts(state.dossier), asked.today)
    if asked.fact:
        changed = {id: what for id, what in changed.items() if id == asked.fact}
    if not changed:
        return [], []
    document, problems = read_document(project, entry, changed)
    if document is None:
        return [], problems
    naming = current.naming(state.dossier, document.metadata.language)
    return list(effects_on(document, changed, naming)), problems
