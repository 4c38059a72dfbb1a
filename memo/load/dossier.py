"""A folder of fact sheets -> `memo.facts.Facts`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from memo.declare import record
from memo.facts import Facts, Sheet
from memo.load import meaning, nodes
from memo.load.hints import Closest
from memo.load.nodes import Node, Scalar, is_nothing, read_nodes
from memo.load.places import Places, References
from memo.load.reading import MISSING, Reading, Wanted, read
from memo.load.text import lossy_text, read_text, shown_path
from memo.problem import Place, Problem, Related

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
    places: Places = field(default_factory=Places)
    references: References = field(default_factory=References)


def load(folder: Path, project: Path | None = None) -> tuple[Facts, list[Problem]]:
    """Read a dossier: every ``*.yaml`` and ``*.yml`` sheet right in the folder, by name, hidden ones left out.

    Every problem of every sheet comes back, in order of path, line and column; paths are relative to ``project``.
    The codes are those of `memo.problem` under "load".
    """
    facts, problems = _gather(folder, project)
    problems += meaning.circles(facts)
    return (meaning.whole(facts) if problems else facts), in_order(problems)


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
    return _Read(path, source.digest, reading.problems, names, sheet, Places(reading.marks), reading.references)


def _is_clear(root: Node | None) -> bool:
    """Whether every entry of a sheet stands under a key where it was looked for, so that no id goes unnoticed."""
    if not isinstance(root, nodes.Mapping):
        return False
    keys = [key.text if isinstance(key, Scalar) else "" for key, _ in root.pairs]
    sections = [value for key, value in zip(keys, (value for _, value in root.pairs), strict=True) if key != "subjects"]
    return (
        len(set(keys)) == len(keys)
        and _SHEET.entries.keys() >= set(keys)
        and all(isinstance(section, nodes.Mapping) or is_nothing(section) for section in sections)
    )


def _fact_problems(root: Node, reading: Reading) -> list[Problem]:
    """What facts of one sheet must say beyond their shape."""
    pairs = root.pairs if isinstance(root, nodes.Mapping) else []
    return [
        problem
        for key, section in pairs
        if isinstance(key, Scalar) and key.text == "facts" and isinstance(section, nodes.Mapping)
        for identity, node in section.pairs
        if isinstance(identity, Scalar) and identity.text != "<<" and isinstance(node, nodes.Mapping)
        for problem in meaning.fact_problems(identity, node, reading.closest)
    ]


def _join(sheets: list[_Read], dossier: str) -> tuple[Facts, list[Problem]]:
    """All sheets as one. Problems: duplicate-id. The first of two stands."""
    problems: list[Problem] = []
    places = Places()
    for sheet in sheets:
        for trail in places.join(sheet.places):
            if len(trail) == 2 and trail[0] in _SECTIONS:
                message = f"{trail[0]} '{trail[1]}' stands in two sheets of this dossier"
                also = Related(places[trail], "it stands here already")
                problems.append(Problem("duplicate-id", message, sheet.places[trail], "", (also,)))
    return _facts(sheets, dossier, places), problems


def _facts(sheets: list[_Read], dossier: str, places: Places) -> Facts:
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


def _first(sections: Iterable[Mapping[str, _Entry]]) -> dict[str, _Entry]:
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
    return list(meaning.unknown(references, known, closest, facts.dossier))
