"""A folder of fact sheets -> `memo.facts.dossier.Facts`.

What facts must say beyond their shape, and whether what they refer to is there."""

from __future__ import annotations

import dataclasses
import re
from collections import abc
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from memo.facts.declare import record
from memo.facts.decode import MISSING, Reading, Wanted, read
from memo.facts.dossier import CanBearStatus, Fact, Facts, Sheet
from memo.facts.file_text import lossy_text, read_text, shown_path
from memo.facts.sheet_places import References, SheetPlaces
from memo.facts.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, is_nothing, read_nodes
from memo.problem import Place, Problem, Related
from memo.suggest import Closest

SUFFIXES = (".yaml", ".yml")
_SECTIONS = {"source": "sources", "actor": "actors", "fact": "facts"}
_SHEET = record(Sheet)
_Entry = TypeVar("_Entry")
_LIKE_A_KEY = re.compile(r"(?<![a-z0-9-])[a-z0-9-]++(?=[\"']? *:)")


@dataclass(slots=True)
class _Read:
    """One fact sheet as read. ``names``: what may stand in it unread, None where nobody can tell."""

    path: str
    digest: str
    problems: list[Problem]
    names: frozenset[str] | None = frozenset()
    sheet: Sheet = field(default_factory=Sheet)
    places: SheetPlaces = field(default_factory=SheetPlaces)
    references: References = field(default_factory=References)


def load(folder: Path, project: Path | None = None) -> tuple[Facts, list[Problem]]:
    """Read a dossier: every ``*.yaml`` and ``*.yml`` sheet right in the folder, by name, hidden ones left out.

    Every problem of every sheet comes back, in order of path, line and column; paths are relative to ``project``.
    The codes are those of `memo.problem` under "load".
    """
    facts, problems = _gather(folder, project)
    problems += circles(facts)
    return (whole(facts) if problems else facts), in_order(problems)


def _gather(folder: Path, project: Path | None) -> tuple[Facts, list[Problem]]:
    """Every sheet read, and all as one. What is kept of sheets meanwhile is gone when this is done."""
    files, problems = _sheets(folder, shown_path(folder, project))
    closest = Closest()
    sheets = [_read_sheet(file, project, closest) for file in files]
    facts, joining = _join(sheets, folder.name or folder.resolve().name)
    for sheet in sheets:
        problems += sheet.problems
    return facts, problems + joining + _reference_problems(sheets, facts, closest)


def in_order(problems: list[Problem]) -> list[Problem]:
    """By path, line and column, each once: what an alias repeats is one mistake."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.place[:3], problem.code, problem.message))


def _sheets(folder: Path, shown: str) -> tuple[list[Path], list[Problem]]:
    """The sheets of a folder, by name. Problems: no-dossier, unreadable."""
    place = Place(shown)
    try:
        found = [file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES and not file.name.startswith(".")]
    except PermissionError:
        return [], [Problem("unreadable", "the folder may not be read: permission denied", place)]
    except (OSError, ValueError):
        return [], [Problem("no-dossier", f"there is no dossier '{folder.name}'", place, _near(folder))]
    if not found:
        return [], [Problem("no-dossier", f"dossier '{folder.name}' holds no fact sheet (*.yaml)", place)]
    return sorted(found, key=lambda file: file.name), []


def _near(folder: Path) -> str:
    """A folder beside the one that is not there, with a name like its own."""
    try:
        beside = [other.name for other in folder.parent.iterdir() if other.is_dir()]
    except (OSError, ValueError):
        return ""
    return Closest().hint(folder.name, beside)


def _read_sheet(file: Path, project: Path | None, closest: Closest) -> _Read:
    """One fact sheet, with all that can be told of it alone."""
    source, problems = read_text(file, project)
    path = shown_path(file, project)
    if source is None:
        text = lossy_text(file)
        return _Read(path, "", problems, frozenset(_LIKE_A_KEY.findall(text)) if text else None)
    root, found = read_nodes(source)
    reading = Reading(path, closest, problems + found)
    names = frozenset[str]() if _is_clear(root) else frozenset(_LIKE_A_KEY.findall(source.text))
    if root is None:
        return _Read(path, source.digest, reading.problems, names)
    sheet = read(_SHEET, root, Wanted("the fact sheet", (), reading.root()), reading)
    reading.problems += _fact_problems(root, reading)
    sheet = Sheet() if sheet is MISSING else sheet
    return _Read(path, source.digest, reading.problems, names, sheet, SheetPlaces(reading.marks), reading.references)


def _is_clear(root: Node | None) -> bool:
    """Whether every entry of a sheet stands under a key where it was looked for, so that no id goes unnoticed."""
    if not isinstance(root, MappingNode):
        return False
    keys = [key.text if isinstance(key, ScalarNode) else "" for key, _ in root.pairs]
    sections = [value for key, value in zip(keys, (value for _, value in root.pairs), strict=True) if key != "subjects"]
    return (
        len(set(keys)) == len(keys)
        and _SHEET.entries.keys() >= set(keys)
        and all(isinstance(section, MappingNode) or is_nothing(section) for section in sections)
    )


def _fact_problems(root: Node, reading: Reading) -> list[Problem]:
    """What facts of one sheet must say beyond their shape."""
    pairs = root.pairs if isinstance(root, MappingNode) else []
    return [
        problem
        for key, section in pairs
        if isinstance(key, ScalarNode) and key.text == "facts" and isinstance(section, MappingNode)
        for identity, node in section.pairs
        if isinstance(identity, ScalarNode) and identity.text != "<<" and isinstance(node, MappingNode)
        for problem in fact_problems(identity, node, reading.closest)
    ]


def _join(sheets: list[_Read], dossier: str) -> tuple[Facts, list[Problem]]:
    """All sheets as one. Problems: duplicate-id. The first of two stands."""
    problems: list[Problem] = []
    places = SheetPlaces()
    for sheet in sheets:
        for trail in places.join(sheet.places):
            if len(trail) == 2 and trail[0] in _SECTIONS:
                message = f"{trail[0]} '{trail[1]}' stands in two sheets of this dossier"
                also = Related(places[trail], "it stands here already")
                problems.append(Problem("duplicate-id", message, sheet.places[trail], "", (also,)))
    return _facts(sheets, dossier, places), problems


def _facts(sheets: list[_Read], dossier: str, places: SheetPlaces) -> Facts:
    """The entries of all sheets, in order."""
    return Facts(
        dossier=dossier,
        subjects=tuple(dict.fromkeys(name for read in sheets for name in read.sheet.subjects)),
        sources=_first(read.sheet.sources for read in sheets),
        actors=_first(read.sheet.actors for read in sheets),
        facts=_first(read.sheet.facts for read in sheets),
        places=places,
        files=tuple(read.path for read in sheets),
        digests={read.path: read.digest for read in sheets},
    )


def _first(sections: Iterable[abc.Mapping[str, _Entry]]) -> dict[str, _Entry]:
    """All entries in order; of two with one id, the first."""
    joined: dict[str, _Entry] = {}
    for section in sections:
        for name, entry in section.items():
            joined.setdefault(name, entry)
    return joined


def _reference_problems(sheets: list[_Read], facts: Facts, closest: Closest) -> list[Problem]:
    """References to what is in no sheet. A sheet that nobody can read might hold anything: then none is told."""
    unread: set[str] = set()
    for sheet in sheets:
        if sheet.names is None:
            return []
        unread |= sheet.names
    known = {kind: frozenset(name for sheet in sheets for name in sheet.places.names(kind)) for kind in _SECTIONS}
    references = (
        (kind, name, place)
        for sheet in sheets
        for kind, name, place in sheet.references
        if name not in unread or name in known[kind]
    )
    return list(unknown(references, known, closest, facts.dossier))


_FACT = record(Fact).entries
Given = dict[str, tuple[ScalarNode, Node]]


def fact_problems(identity: ScalarNode, node: MappingNode, closest: Closest) -> Iterator[Problem]:
    """Problems of one fact as a whole: wrong-kind, missing-key (by its kind), no-support.

    Looks at what is written, good or bad, so that one mistake is told once.
    """
    given = _given(node, closest)
    name, place = f"fact '{identity.text}'", identity.place
    kind = given["kind"][1] if "kind" in given else None
    kind_text = kind.text if isinstance(kind, ScalarNode) else ""
    may_bear_status = kind_text in CanBearStatus
    if may_bear_status and "status" not in given:
        yield Problem("missing-key", f"{name} has no 'status', which every {kind_text} needs", place)
    if "status" in given and not may_bear_status and kind_text in _kinds():
        what = f"{name} bears a status, but its kind is {kind_text}; only {' and '.join(CanBearStatus)} bear one"
        yield Problem("wrong-kind", what, given["status"][0].place)
    if kind_text == "quantity" and "value" not in given:
        yield Problem("missing-key", f"{name} has no 'value', which every quantity needs", place)
    yield from _support_problems(given, name, place)


def _support_problems(given: Given, name: str, place: Place) -> Iterator[Problem]:
    """Whether a fact says what carries it: support, or a judge with a basis."""
    judged, based = _says("judged_by", given), _says("basis", given)
    if judged and not based:
        what = f"{name} says who judged it, but not on what basis"
        yield Problem("no-support", what, given["judged_by"][0].place, "add 'basis'")
    elif not judged and not _has_support(given):
        hint = "add 'support', or 'judged_by' and 'basis' for a curator's own judgement"
        yield Problem("no-support", f"{name} has no support", place, hint)


def unknown(
    references: Iterable[tuple[str, str, Place]],
    known: abc.Mapping[str, Collection[str]],
    closest: Closest,
    dossier: str,
) -> Iterator[Problem]:
    """References to what is not in the dossier: unknown-source, unknown-actor, unknown-fact."""
    for kind, name, place in references:
        if name not in known[kind]:
            hint = closest.hint(name, known[kind])
            yield Problem(f"unknown-{kind}", f"no {kind} '{name}' in dossier '{dossier}'", place, hint)


def circles(facts: Facts) -> Iterator[Problem]:
    """Facts that rest on, or supersede, each other in a circle (bad-value); the first circle of each."""
    rests = {
        fact.id: [other for other in fact.rests_on if other != fact.id]
        for fact in facts.facts.values()
        if fact.rests_on
    }
    supersedes = {fact.id: [fact.supersedes] for fact in facts.facts.values() if fact.supersedes not in ("", fact.id)}
    for links, key, verb in ((rests, "rests_on", "rests on"), (supersedes, "supersedes", "supersedes")):
        try:
            TopologicalSorter(links).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))
            told = f" {verb} ".join(f"'{name}'" for name in circle)
            others = tuple(Related(facts.places["fact", name, key], f"'{name}'") for name in circle[1:-1])
            yield Problem(
                "bad-value", f"facts run in a circle: {told}", facts.places["fact", circle[0], key], "", others
            )


def _others(fact: Fact) -> list[str]:
    return [other for other in fact.rests_on if other != fact.id]


def whole(facts: Facts) -> Facts:
    """The same without any reference to what is not there, so that later steps can rely on each."""
    kept = {name: _whole_fact(fact, facts) for name, fact in facts.facts.items()}
    return dataclasses.replace(
        facts, facts=kept, subjects=tuple(name for name in facts.subjects if name in facts.actors)
    )


def _whole_fact(fact: Fact, facts: Facts) -> Fact:
    return replace(
        fact,
        support=tuple(support for support in fact.support if support.source in facts.sources),
        actors=tuple(name for name in fact.actors if name in facts.actors),
        rests_on=tuple(name for name in fact.rests_on if name in facts.facts and name != fact.id),
        contradicts=tuple(name for name in fact.contradicts if name in facts.facts and name != fact.id),
        supersedes=fact.supersedes if fact.supersedes in facts.facts and fact.supersedes != fact.id else "",
    )


def _given(node: MappingNode, closest: Closest) -> Given:
    """What is written in a fact, by key; a misspelt key counts as the one that is nearest to it."""
    given: Given = {}
    misspelt: Given = {}
    for key, value in node.pairs:
        if isinstance(key, ScalarNode) and not is_nothing(value):
            known = key.text in _FACT
            (given if known else misspelt).setdefault(key.text if known else closest(key.text, _FACT), (key, value))
    return misspelt | given


def _says(key: str, given: Given) -> bool:
    """Whether something is written under a key, and is not blank."""
    value = given[key][1] if key in given else None
    return value is not None and not (isinstance(value, ScalarNode) and not value.text.strip())


def _has_support(given: Given) -> bool:
    value = given["support"][1] if "support" in given else None
    return value is not None and not (isinstance(value, SequenceNode) and not value.items)


def _kinds() -> tuple[str, ...]:
    return getattr(_FACT["kind"].shape, "options", ())
