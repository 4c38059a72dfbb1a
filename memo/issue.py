"""Handing a memo over: checked, rendered with its edition in the footer, frozen, and entered in the register.

An edition is content: issuing what has not changed since the newest edition adds to whom that was given, and hands out
the very same files; anything else makes the next edition. One issue goes on at a time in a project. The entry in the
register, added last, is what counts: whatever a kill leaves before that is taken away by the next issue.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from memo import editions, register
from memo.document import Document
from memo.document_json import to_json
from memo.editions import DOCUMENT, FACTS, State
from memo.lock import locked
from memo.problem import Place, Problem, has_errors
from memo.project import Project, prepare
from memo.register import ISSUED, Entry
from memo.standing import standings

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.style import HouseFile


@dataclass(frozen=True, slots=True)
class Handover:
    """To whom a memo is issued, on which day (EDTF), and what is to be remembered of it."""

    to: tuple[str, ...]
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A memo that was issued: its entry in the register, and whether its edition is a new one."""

    entry: Entry
    new: bool


def issue(project: Project, name: str, handover: Handover) -> tuple[Issued | None, list[Problem]]:
    """Issue a memo. Nothing is issued where it has errors, or where register or frozen files are not as they were.

    The problems are those of the memo, and ``broken-register``, ``altered-edition``, ``unwritable``.
    """
    prepared = prepare(project, name)
    memo, problems = prepared.memo, prepared.problems
    if memo is None or has_errors(problems):
        return None, problems
    house = project.house[0] if memo.style.house_style else None
    try:
        with locked(project.folder / ISSUED / ".lock"):
            issued, found = _issued(project.folder, memo, house, handover)
    except OSError as error:
        path = Path(error.filename or project.folder / ISSUED)
        place = path.relative_to(project.folder) if path.is_relative_to(project.folder) else Path(ISSUED)
        why = f"cannot be written: {error.strerror or error}"
        return None, [*problems, Problem("unwritable", why, Place(place.as_posix()))]
    return issued, problems + found


def _issued(
    project: Path, memo: Memo, house: HouseFile | None, handover: Handover
) -> tuple[Issued | None, list[Problem]]:
    """The memo issued by whoever holds the lock."""
    entries, problems = register.read(project)
    if problems:
        return None, problems
    editions.clear(project, entries)
    entries, problems = editions.issued(project)
    if problems:
        return None, problems
    content = _content(memo, house)
    newest = register.latest(entries, memo.template.name)
    new = newest is None or newest.content != content
    if newest is None or new:
        number = newest.number + 1 if newest else 1
        files, problems = _files(memo, house, number)
        if has_errors(problems):
            return None, problems
        editions.freeze(project, memo.template.name, number, files)
        digests = {name: editions.digest(data) for name, data in files.items()}
        entry = Entry(memo.template.name, number, handover.date, handover.to, handover.note, content, digests)
    else:
        if problems := editions.altered(project, newest):
            return None, problems
        entry = replace(newest, date=handover.date, to=handover.to, note=handover.note)
    register.append(project, entry, entries[-1] if entries else None)
    editions.finish(project)
    return Issued(entry, new), problems


def _files(memo: Memo, house: HouseFile | None, number: int) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of an edition by name: each format, the document, and how its facts stand."""
    from memo.renderers import render

    plain = memo.composed.document
    document = replace(plain, metadata=replace(plain.metadata, edition=str(number)))
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for format in memo.formats:
        rendered, found = render(document, memo.style, format, house=house)
        files[f"{memo.template.name}.{format}"] = rendered.data
        problems += found
    state = State(memo.facts.dossier, standings(memo.facts, (basis.fact for basis in document.basis)))
    files[DOCUMENT] = to_json(document).encode()
    files[FACTS] = editions.state_json(state).encode()
    return files, problems


def _content(memo: Memo, house: HouseFile | None) -> str:
    """The digest of what makes an edition: the document, its look, and the formats. Not which tools rendered it."""
    from memo.schema import plain

    style = json.dumps(plain(memo.style), ensure_ascii=False, sort_keys=True)
    parts = (
        to_json(_lasting(memo.composed.document)),
        style,
        *memo.formats,
        editions.digest(house.data) if house else "",
    )
    return editions.digest("\n".join(parts).encode())


def _lasting(document: Document) -> Document:
    """The document without what tells of editions: its number, and what changed since the one before."""
    return replace(document, metadata=replace(document.metadata, edition=""), changes=())
