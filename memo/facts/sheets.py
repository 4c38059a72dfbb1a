"""A folder of fact sheets -> `memo.facts.dossier.Facts`.

Each sheet is read by itself, then all are joined. What facts must say beyond the shape of their values is checked sheet
by sheet; that what they refer to is there, and that none run in a circle, is checked in the dossier as a whole.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from memo.facts.declare import ChoiceShape, shape_of
from memo.facts.decode import UNREADABLE, Decoder
from memo.facts.dossier import KINDS_WITH_STATUS, Fact, Facts, Sheet
from memo.facts.file_text import SUFFIXES, is_utf_8, lossy_text, read_text, shown_path, unreadable_folder
from memo.facts.packed_places import KeyPath, PackedPlaces, PackedReferences
from memo.facts.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, is_null
from memo.problem import Place, Problem, Related, by_place
from memo.suggest import Suggester, suggest

_ENTRY_KINDS = ("source", "actor", "fact")


def load_dossier(folder: Path, project: Path | None = None) -> tuple[Facts, list[Problem]]:
    """Read a dossier: every ``*.yaml`` and ``*.yml`` sheet right in the folder, by name, hidden ones left out.

    Every problem of every sheet comes back, in order of path, line and column; paths are relative to ``project``.
    The codes are those of `memo.problem` under "load".
    """
    facts, problems = _load_sheets(folder, project)
    problems += _circles(facts)
    return (_without_dangling_references(facts) if problems else facts), by_place(problems)


def _load_sheets(folder: Path, project: Path | None) -> tuple[Facts, list[Problem]]:
    # A function of its own, so that what is kept of sheets meanwhile is gone before circles are looked for.
    files, problems = _files(folder, shown_path(folder, project))
    suggester = Suggester()
    sheets = [_read_sheet(file, project, suggester) for file in files]
    facts, doubles = _join(sheets, folder.name or folder.resolve().name)
    for sheet in sheets:
        problems += sheet.problems
    return facts, [*problems, *doubles, *_unknown_references(sheets, facts, suggester)]


def _files(folder: Path, shown: str) -> tuple[list[Path], list[Problem]]:
    """List the sheets of a folder, by name. Problems: no-dossier, unreadable."""
    place = Place(shown)
    try:
        files = [file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES and not file.name.startswith(".")]
    except PermissionError:
        return [], [unreadable_folder(shown)]
    except (OSError, ValueError):
        return [], [Problem("no-dossier", f"there is no dossier '{folder.name}'", place, _similar_folder(folder))]
    if not files:
        return [], [Problem("no-dossier", f"dossier '{folder.name}' holds no fact sheet (*.yaml)", place)]
    if not os.access(folder, os.X_OK):  # names may be read, but no file
        return [], [unreadable_folder(shown)]
    return sorted((file for file in files if is_utf_8(file.name)), key=lambda file: file.name), []


def _similar_folder(folder: Path) -> str:
    """Suggest a folder beside the one that is not there, with a name like its own."""
    try:
        return suggest(folder.name, [other.name for other in folder.parent.iterdir() if other.is_dir()])
    except (OSError, ValueError):
        return ""


# One sheet


@dataclass(slots=True)
class _ReadSheet:
    """One fact sheet as read.

    ``unread_ids`` are ids that may stand in it although no entry of that id was read, None where nobody can tell.
    """

    path: str
    digest: str
    problems: list[Problem]
    unread_ids: frozenset[str] | None = frozenset()
    sheet: Sheet = field(default_factory=Sheet)
    places: PackedPlaces = field(default_factory=PackedPlaces)
    references: PackedReferences = field(default_factory=PackedReferences)


# Possessive (``++``), so that a long word without a colon after it is not tried again at every shorter length.
_LIKE_A_KEY = re.compile(r"(?<![a-z0-9-])[a-z0-9-]++(?=[\"']? *:)")


def _read_sheet(file: Path, project: Path | None, suggester: Suggester) -> _ReadSheet:
    """Read one fact sheet, with every problem that shows in it alone."""
    source, problems = read_text(file, project)
    path = shown_path(file, project)
    if source is None:
        text = lossy_text(file)
        return _ReadSheet(path, "", problems, _like_keys(text) if text else None)
    decoder = Decoder(path, suggester, problems)
    sheet, root = decoder.decode(source, Sheet, "the fact sheet")
    unread_ids = frozenset[str]() if _has_all_entries_in_sections(root) else _like_keys(source.text)
    decoder.problems += _fact_problems(root, suggester)
    return _ReadSheet(
        path,
        source.digest,
        decoder.problems,
        unread_ids,
        Sheet() if sheet is UNREADABLE else sheet,
        decoder.places(),
        decoder.references,
    )


def _like_keys(text: str) -> frozenset[str]:
    return frozenset(_LIKE_A_KEY.findall(text))


def _has_all_entries_in_sections(root: Node | None) -> bool:
    """Tell whether every entry of a sheet is in a section where it was looked for, so that no id goes unnoticed."""
    if not isinstance(root, MappingNode):
        return False
    sections = {key.text if isinstance(key, ScalarNode) else "": value for key, value in root.pairs}
    return (
        len(sections) == len(root.pairs)
        and shape_of(Sheet).properties.keys() >= sections.keys()
        and all(
            isinstance(node, MappingNode) or is_null(node)
            for key, node in sections.items()
            if key not in ("subjects", "formerly")
        )
    )


# All sheets as one

_Entry = TypeVar("_Entry")


def _join(sheets: list[_ReadSheet], dossier: str) -> tuple[Facts, list[Problem]]:
    """Join all sheets. Problems: duplicate-id. Of two entries with one id, the first is kept."""
    problems: list[Problem] = []
    places = PackedPlaces()
    for sheet in sheets:
        for entry in places.join(sheet.places):
            if len(entry) == 2 and entry[0] in _ENTRY_KINDS:
                message = f"{entry[0]} '{entry[1]}' stands in two sheets of this dossier"
                also = Related(places[entry], "it stands here already")
                problems.append(Problem("duplicate-id", message, sheet.places[entry], "", (also,)))
    facts = Facts(
        dossier=dossier,
        subjects=tuple(dict.fromkeys(id for read in sheets for id in read.sheet.subjects)),
        formerly=tuple(dict.fromkeys(name for read in sheets for name in read.sheet.formerly)),
        sources=_first_of_each(read.sheet.sources for read in sheets),
        actors=_first_of_each(read.sheet.actors for read in sheets),
        facts=_first_of_each(read.sheet.facts for read in sheets),
        places=places,
        files=tuple(read.path for read in sheets),
        digests={read.path: read.digest for read in sheets},
    )
    return facts, problems


def _first_of_each(sections: Iterable[Mapping[str, _Entry]]) -> dict[str, _Entry]:
    """Join sections in order; of two entries with one id, keep the first."""
    joined: dict[str, _Entry] = {}
    for section in sections:
        for id, entry in section.items():
            joined.setdefault(id, entry)
    return joined


def _unknown_references(sheets: list[_ReadSheet], facts: Facts, suggester: Suggester) -> list[Problem]:
    """Report references to what is in no sheet: unknown-source, unknown-actor, unknown-fact."""
    known = {kind: frozenset(id for sheet in sheets for id in sheet.places.ids(kind)) for kind in _ENTRY_KINDS}
    unread: set[str] = set()
    for sheet in sheets:
        if sheet.unread_ids is None:  # a sheet that nobody can read might hold anything
            return []
        unread |= sheet.unread_ids
    return [
        Problem(f"unknown-{kind}", f"no {kind} '{id}' in dossier '{facts.dossier}'", place, hint)
        for sheet in sheets
        for kind, id, place, hint in _with_hints(sheet, known, unread, suggester)
    ]


def _with_hints(
    sheet: _ReadSheet, known: Mapping[str, frozenset[str]], unread: set[str], suggester: Suggester
) -> Iterator[tuple[str, str, Place, str]]:
    """Yield the references of a sheet to what is not there, each with what was probably meant.

    What stands in the same list already, or is the fact itself, is no suggestion: it would be refused there.
    """
    lacking = [each for each in sheet.references if each[1] not in known[each[0]] and each[1] not in unread]
    lists = {place: key_path[:3] for key_path, place in sheet.places.items() if len(key_path) > 2} if lacking else {}
    beside: dict[KeyPath, set[str]] = {}
    for _, id, place in sheet.references if lacking else ():
        path = lists.get(place, ())
        beside.setdefault(path, {*path[1:2]}).add(id)
    for kind, id, place in lacking:
        near = suggester.closest(id, known[kind])
        if near in beside[lists.get(place, ())] and lists.get(place, ())[2:3] != ("support",):
            near = suggester.closest(id, known[kind] - beside[lists.get(place, ())])
        yield kind, id, place, f"did you mean '{near}'?" if near else ""


# What facts must say beyond the shape of their values

_FACT_KEYS = shape_of(Fact).properties
WrittenKeys = dict[str, tuple[ScalarNode, Node]]
"""The keys that are written in a fact, each with its own node and that of its value."""


def _fact_problems(root: Node | None, suggester: Suggester) -> list[Problem]:
    """Check each fact of one sheet as it is written, good or bad, so that one mistake is reported once."""
    return [
        problem
        for key, section in (root.pairs if isinstance(root, MappingNode) else ())
        if isinstance(key, ScalarNode) and key.text == "facts" and isinstance(section, MappingNode)
        for id, node in section.pairs
        if isinstance(id, ScalarNode) and id.text != "<<" and isinstance(node, MappingNode)
        for problem in _problems_of_fact(id, _written_keys(node, suggester))
    ]


def _written_keys(node: MappingNode, suggester: Suggester) -> WrittenKeys:
    """Return what is written in a fact, by key; a misspelt key counts as the one that is nearest to it."""
    known: WrittenKeys = {}
    misspelt: WrittenKeys = {}
    for key, value in node.pairs:
        if not isinstance(key, ScalarNode) or is_null(value):
            continue
        if key.text in _FACT_KEYS:
            known.setdefault(key.text, (key, value))
        else:
            misspelt.setdefault(suggester.closest(key.text, _FACT_KEYS), (key, value))
    return misspelt | known


def _problems_of_fact(id: ScalarNode, written: WrittenKeys) -> Iterator[Problem]:
    """Yield problems of one fact as a whole: wrong-kind, missing-key (by its kind), no-support."""
    fact, place = f"fact '{id.text}'", id.place
    kind_node = written["kind"][1] if "kind" in written else None
    kind = kind_node.text if isinstance(kind_node, ScalarNode) else ""
    may_have_status = kind in KINDS_WITH_STATUS
    if may_have_status and "status" not in written:
        yield Problem("missing-key", f"{fact} has no 'status', which every {kind} needs", place)
    if "status" in written and not may_have_status and kind in _known_kinds():
        message = f"{fact} bears a status, but its kind is {kind}; only {' and '.join(KINDS_WITH_STATUS)} bear one"
        yield Problem("wrong-kind", message, written["status"][0].place)
    if kind == "quantity" and "value" not in written:
        yield Problem("missing-key", f"{fact} has no 'value', which every quantity needs", place)
    judged, based = _is_filled("judged_by", written), _is_filled("basis", written)
    if judged and not based:
        message = f"{fact} says who judged it, but not on what basis"
        yield Problem("no-support", message, written["judged_by"][0].place, "add 'basis'")
    elif not judged and not _has_support(written):
        hint = "add 'support', or 'judged_by' and 'basis' for a curator's own judgement"
        yield Problem("no-support", f"{fact} has no support", place, hint)


def _known_kinds() -> tuple[str, ...]:
    kind = _FACT_KEYS["kind"].shape
    return kind.options if isinstance(kind, ChoiceShape) else ()


def _is_filled(key: str, written: WrittenKeys) -> bool:
    """Tell whether something is written under a key, and is not blank."""
    value = written[key][1] if key in written else None
    return value is not None and not (isinstance(value, ScalarNode) and not value.text.strip())


def _has_support(written: WrittenKeys) -> bool:
    value = written["support"][1] if "support" in written else None
    return value is not None and not (isinstance(value, SequenceNode) and not value.items)


# References between facts


def _circles(facts: Facts) -> Iterator[Problem]:
    """Report facts that rest on, or supersede, each other in a circle (bad-value); the first circle of each kind.

    A fact that names itself is no circle: it was reported where it was read.
    """
    rests_on = {
        fact.id: [other for other in fact.rests_on if other != fact.id]
        for fact in facts.facts.values()
        if fact.rests_on
    }
    supersedes = {fact.id: [fact.supersedes] for fact in facts.facts.values() if fact.supersedes not in ("", fact.id)}
    for links, key, verb in ((rests_on, "rests_on", "rests on"), (supersedes, "supersedes", "supersedes")):
        try:
            TopologicalSorter(links).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))  # graphlib gives it from what is rested on to what rests
            message = "facts run in a circle: " + f" {verb} ".join(f"'{id}'" for id in circle)
            others = tuple(Related(facts.places["fact", id, key], f"'{id}'") for id in circle[1:-1])
            yield Problem("bad-value", message, facts.places["fact", circle[0], key], "", others)


def _without_dangling_references(facts: Facts) -> Facts:
    """Drop every reference to what is not there, so that later steps can follow each without asking."""
    return dataclasses.replace(
        facts,
        facts={id: _without_dangling(fact, facts) for id, fact in facts.facts.items()},
        subjects=tuple(id for id in facts.subjects if id in facts.actors),
    )


def _without_dangling(fact: Fact, facts: Facts) -> Fact:
    return replace(
        fact,
        support=tuple(support for support in fact.support if support.source in facts.sources),
        actors=tuple(id for id in fact.actors if id in facts.actors),
        rests_on=tuple(id for id in fact.rests_on if id in facts.facts and id != fact.id),
        contradicts=tuple(id for id in fact.contradicts if id in facts.facts and id != fact.id),
        supersedes=fact.supersedes if fact.supersedes in facts.facts and fact.supersedes != fact.id else "",
    )
