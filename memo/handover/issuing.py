"""Handing a memo over: checked, rendered with its edition in the footer, frozen, and entered in the register.

An edition is content: issuing what has not changed since the newest edition adds to whom that was given, and hands out
the very same files; anything else makes the next edition. One issue goes on at a time in a project. The entry in the
register, added last, is what counts: whatever a kill leaves before that is taken away by the next issue.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from memo.document.as_json import embed, to_json
from memo.document.tree import COUNTED, Document, Heading, is_statement
from memo.document.walk import block_nodes
from memo.editions import frozen_files, register
from memo.editions.snapshot import snapshots
from memo.facts.edtf import FORMS, Date, parse
from memo.facts.recipients import RECIPIENTS
from memo.files import bytes_digest, locked, text_digest
from memo.problem import Place, Problem, distinct, has_errors
from memo.project import Project, prepare

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.facts.style import HouseFile

Made = TypeVar("Made")


class Handover(Struct, frozen=True):
    """To whom a memo is issued, on which day (EDTF; today, if none is given), and a note to be remembered with it.

    ``replaces`` names an edition, ``MEMO/N``, of the name that the memo had before: who held that holds this now.
    """

    to: tuple[str, ...]
    date: str = ""
    note: str = ""
    replaces: str = ""


class Issued(Struct, frozen=True):
    """A memo that was issued: its entry in the register, and whether its edition is a new one."""

    entry: register.Entry
    new: bool


def issue(project: Project, name: str, handover: Handover) -> tuple[Issued | None, list[Problem]]:
    """Issue a memo: freeze its files under ``issued/MEMO/N/``, and enter in the register who was given them.

    Where nothing has changed since its newest edition, that is issued again. None is returned, and nothing issued,
    where the memo has errors, or the register or the frozen files are not as they were.

    Problems: those of the memo; unknown-memo, broken-register, altered-edition (of other editions, a warning),
    unknown-edition, early-issue, unwritable.
    """
    if name not in project.memos():
        return None, project.template(name)[1]
    if handover.replaces:
        project = dataclasses.replace(project, options=replace(project.options, replaces=handover.replaces))
    return with_register_locked(project, lambda: _issue(project, name, handover))


def with_register_locked(
    project: Project, act: Callable[[], tuple[Made | None, list[Problem]]]
) -> tuple[Made | None, list[Problem]]:
    """Do what writes to the register while holding its lock; where that cannot be written, say so (unwritable)."""
    try:
        with locked(project.folder / register.ISSUED / ".lock"):
            return act()
    except OSError as error:
        path = Path(error.filename or project.folder / register.ISSUED)
        place = path.relative_to(project.folder) if path.is_relative_to(project.folder) else Path(register.ISSUED)
        why = f"cannot be written: {error.strerror or error}"
        return None, [Problem("unwritable", why, Place(place.as_posix()))]


def _issue(project: Project, name: str, handover: Handover) -> tuple[Issued | None, list[Problem]]:
    """Issue a memo while holding the lock."""
    entries, problems = settled_register(project.folder)
    to, found = codes_of(project, handover.to)
    problems = problems + found + _unfit_to_replace(entries, name, handover.replaces)
    if has_errors(problems):
        return None, problems
    # Composed under the lock only: ``changes()`` says what changed since the last edition, which another issue may add.
    prepared = prepare(project, name)
    memo, day = prepared.memo, handover.date or project.day
    problems = problems + prepared.problems + (_early_issue(memo, entries, day) if memo else [])
    if memo is None or has_errors(problems):
        return None, problems
    entry, new, found = _edition(project, memo, entries)
    problems = distinct([*problems, *found])
    if has_errors(problems):
        return None, problems
    entry = replace(entry, date=day, to=to, note=handover.note, replaces=handover.replaces, was="")
    return Issued(frozen_files.enter(project.folder, entry, entries), new), problems


def settled_register(project: Path) -> tuple[list[register.Entry], list[Problem]]:
    """Read the register, and take away what a kill has left beside it; where it is broken, nothing is touched.

    Problems: broken-register; altered-edition, as a warning, for any file of any edition.
    """
    entries, problems = register.read(project)
    if problems:
        return entries, problems
    frozen_files.clear(project, entries)
    entries, problems = frozen_files.look_at_everything(project)
    # What became of another edition's file is said, and keeps no memo from being handed over.
    return entries, [
        replace(problem, severity="warning") if problem.code == "altered-edition" else problem for problem in problems
    ]


def _edition(
    project: Project, memo: Memo, entries: Sequence[register.Entry]
) -> tuple[register.Entry, bool, list[Problem]]:
    """Return an entry of the memo's newest edition, if nothing changed since; else write the next, a new one."""
    name = memo.template.name
    house = project.house[0] if memo.style.house_style else None
    number = max((entry.number for entry in entries if entry.memo == name), default=0)
    newest = [entry for entry in entries if (entry.memo, entry.number) == (name, number)]
    content = _content_digest(memo, house, memo.composed.document)
    for same in newest:
        if same.content in (content, _content_under_old_names(project.folder, memo, house, same)):
            return same, False, frozen_files.altered(project.folder, same)
    entry, problems = _freeze(project.folder, memo, house, register.Entry(name, number + 1, content=content))
    return entry, True, problems


def codes_of(project: Project, recipients: Iterable[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """Return each recipient once, as the register holds it: the code, where the file of recipients has one.

    Problems: those of that file; unknown-recipient, for a name that is the name of several.
    """
    known, problems = project.recipients
    codes = {name: known.codes_of(name) for name in recipients}
    for name, found in codes.items():
        if len(found) > 1:
            why, hint = f"{len(found)} recipients are called '{name}'", f"give a code: {', '.join(found)}"
            problems = [*problems, Problem("unknown-recipient", why, Place(RECIPIENTS), hint)]
    return tuple(dict.fromkeys(found[0] for found in codes.values())), problems


# What keeps it from being issued


def _unfit_to_replace(entries: Sequence[register.Entry], name: str, replaces: str) -> list[Problem]:
    """Tell what is wrong with the edition that a memo is to go on from under a new name."""
    if not replaces:
        return []
    earlier, problems = frozen_files.find(entries, replaces)
    if earlier and earlier.memo == name:
        hint = "--replaces is for a memo that had another name; editions of one name follow each other anyway"
        problems = [Problem("unknown-edition", f"'{replaces}' is an edition of this memo itself", earlier.place, hint)]
    return problems


def _early_issue(memo: Memo, entries: Sequence[register.Entry], day: str) -> list[Problem]:
    """Return an ``early-issue`` where the day is before the memo's date, its facts, or what was issued before."""
    return early_entry(day, [*_days_of_memo(memo), *days_of_entries(entries)])


class DayBefore(Struct, frozen=True):
    """A day that an entry must not be before: the date of something, what that is, and where it stands."""

    date: Date
    what: str
    place: Place


def early_entry(day: str, days: Iterable[DayBefore]) -> list[Problem]:
    """Return an ``early-issue`` for the latest of the days that an entry of this day would be before."""
    entered = parse(day)
    today = entered and (entered.latest or entered.earliest)
    if not today:
        return [Problem("bad-date", f"'{day}' is not a day", Place(register.REGISTER), FORMS)]
    missed = [(one.date.earliest, one) for one in days if one.date.earliest and one.date.earliest > today]
    if not missed:
        return []
    _, last = max(missed, key=lambda pair: pair[0])
    why = f"{day} is before {last.what} {last.date.text}"
    return [Problem("early-issue", why, last.place, f"give the day with --date: {last.date.text} or later")]


def _days_of_memo(memo: Memo) -> Iterator[DayBefore]:
    date = memo.template.front_matter.date
    yield DayBefore(date, "the memo's own date,", memo.front_matter_place("date"))
    for id in memo.used:
        yield DayBefore(memo.facts.facts[id].as_of, f"the as-of date of fact '{id}',", memo.fact_place(id, "as_of"))


def days_of_entries(entries: Sequence[register.Entry]) -> Iterator[DayBefore]:
    """Yield the day of every entry of the register, which stand in the order in which they happened."""
    for entry in entries:
        if date := parse(entry.date):
            yield DayBefore(date, f"the entry for {entry.edition} in the register,", Place(register.REGISTER))


# Its files


def _freeze(
    project: Path, memo: Memo, house: HouseFile | None, entry: register.Entry
) -> tuple[register.Entry, list[Problem]]:
    """Write a new edition's files, and return its entry with their digests; where there are errors, write nothing."""
    files, problems = _edition_files(memo, house, entry.number)
    if not has_errors(problems):
        frozen_files.freeze(project, entry.memo, entry.number, files)
    return replace(entry, files={name: bytes_digest(data) for name, data in files.items()}), problems


def _edition_files(memo: Memo, house: HouseFile | None, number: int) -> tuple[dict[str, bytes], list[Problem]]:
    """Return the files of an edition by name: one for each format, the document, and how its facts stand."""
    from memo.renderers import render

    composed = memo.composed.document
    document = replace(composed, metadata=replace(composed.metadata, edition=str(number)))
    embedded = embed(document)
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for format in memo.formats:
        rendered, found = render(document, memo.style, format, house=house, embedded=embedded)
        files[f"{memo.template.name}.{format}"] = rendered.data
        problems += found
    state = frozen_files.FrozenFacts(
        memo.facts.dossier, snapshots(memo.facts, (basis.fact for basis in document.basis))
    )
    files[frozen_files.DOCUMENT] = embedded.json
    files[frozen_files.FACTS] = frozen_files.facts_json(state).encode()
    return files, problems


def _content_under_old_names(project: Path, memo: Memo, house: HouseFile | None, entry: register.Entry) -> str:
    """Return what the content would be with the keys and anchors of an edition; nothing where more is different.

    Both name the file that a section was included from, which no page shows.
    """
    frozen, _ = frozen_files.read_document(project, entry)
    if frozen is None or _without_names(frozen) != _without_names(memo.composed.document):
        return ""
    return _content_digest(memo, house, frozen)


def _without_names(document: Document) -> object:
    """Return the document as plain values without keys, and with headings counted in place of their anchors."""
    headings = [block for block in block_nodes(document.blocks) if isinstance(block, Heading)]
    anchors = {heading.anchor: str(number) for number, heading in enumerate(headings)}

    def without(plain: object) -> object:
        if isinstance(plain, list):
            return [without(value) for value in plain]
        if not isinstance(plain, dict):
            return plain
        counted = {
            name: anchors.get(plain[name].removeprefix("#"), plain[name])
            for name in ("anchor", "target")
            if isinstance(plain.get(name), str)
        }
        return {name: without(value) for name, value in plain.items() if name != "key"} | counted

    return without(json.loads(to_json(_own_content(document))))


def _content_digest(memo: Memo, house: HouseFile | None, document: Document) -> str:
    """Return the digest of what makes an edition: the document, its look and its formats."""
    from memo.facts.declare import to_yaml_data

    # Not the tools that rendered it: a new version of Python or of a package makes no new edition.
    style = json.dumps(to_yaml_data(memo.style), ensure_ascii=False, sort_keys=True)
    house_digest = bytes_digest(house.data) if house else ""
    return text_digest("\n".join((to_json(_own_content(document)), style, *memo.formats, house_digest)))


def _own_content(document: Document) -> Document:
    """Return the document without what tells of editions: its number, and what changed since the one before."""
    # Else a memo that prints its changes would be new again each time, since issuing it changes what it prints.
    kept = (block for block in document.blocks if not is_statement(block))
    # Version 0.1 had no such keys: what it issued is to be the same edition still.
    blocks = tuple(replace(block, key=block.key.removeprefix(COUNTED)) for block in kept)
    return replace(document, metadata=replace(document.metadata, edition=""), blocks=blocks, changes=())
