"""Handing a memo over: checked, rendered with its edition in the footer, frozen, and entered in the register.

An edition is content: issuing what has not changed since the newest edition adds to whom that was given, and hands out
the very same files; anything else makes the next edition. One issue goes on at a time in a project. The entry in the
register, added last, is what counts: whatever a kill leaves before that is taken away by the next issue.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from memo.document.as_json import embed as carried_by
from memo.document.as_json import to_json
from memo.document.tree import COUNTED, Document, is_statement
from memo.editions import frozen_files, register
from memo.editions.frozen_files import DOCUMENT, FACTS, FrozenFacts
from memo.editions.register import ISSUED, Entry
from memo.editions.snapshot import snapshots
from memo.files import bytes_digest, locked, text_digest
from memo.problem import Place, Problem, has_errors
from memo.project import Project, prepare

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.facts.style import HouseFile


class Handover(Struct, frozen=True):
    """To whom a memo is issued, on which day (EDTF), and what is to be remembered of it."""

    to: tuple[str, ...]
    date: str
    note: str = ""


class Issued(Struct, frozen=True):
    """A memo that was issued: its entry in the register, and whether its edition is a new one."""

    entry: Entry
    new: bool


def issue(project: Project, name: str, handover: Handover) -> tuple[Issued | None, list[Problem]]:
    """Issue a memo. Nothing is issued where it has errors, or where register or frozen files are not as they were.

    The problems are those of the memo, and ``broken-register``, ``altered-edition``, ``unwritable``.
    """
    if name not in project.memos():
        return None, project.template(name)[1]
    try:
        with locked(project.folder / ISSUED / ".lock"):
            return _issued(project, name, handover)
    except OSError as error:
        path = Path(error.filename or project.folder / ISSUED)
        place = path.relative_to(project.folder) if path.is_relative_to(project.folder) else Path(ISSUED)
        why = f"cannot be written: {error.strerror or error}"
        return None, [Problem("unwritable", why, Place(place.as_posix()))]


def _issued(project: Project, name: str, handover: Handover) -> tuple[Issued | None, list[Problem]]:
    """The memo issued by whoever holds the lock: what it says of the edition before is settled by then."""
    entries, problems = _settled(project.folder)
    if problems:
        return None, problems
    prepared = prepare(project, name)
    memo, problems = prepared.memo, prepared.problems
    if memo is None or has_errors(problems):
        return None, problems
    house = project.house[0] if memo.style.house_style else None
    newest, content = register.latest(entries, name), _content(memo, house)
    if newest and newest.content == content:
        entry, found = newest, frozen_files.altered(project.folder, newest)
    else:
        entry = Entry(name, newest.number + 1 if newest else 1, content=content)
        entry, found = _frozen(project.folder, memo, house, entry)
    problems = problems + found
    if has_errors(problems):
        return None, problems
    entry = replace(entry, date=handover.date, to=handover.to, note=handover.note)
    register.append(project.folder, entry, entries[-1] if entries else None)
    frozen_files.finish(project.folder)
    return Issued(entry, new=newest is None or newest.number != entry.number), problems


def _settled(project: Path) -> tuple[list[Entry], list[Problem]]:
    """The register, once what a kill has left beside it is taken away; nothing is where the register is broken."""
    entries, problems = register.read(project)
    if problems:
        return entries, problems
    frozen_files.clear(project, entries)
    return frozen_files.issued(project)


def _frozen(project: Path, memo: Memo, house: HouseFile | None, entry: Entry) -> tuple[Entry, list[Problem]]:
    """A new edition's files written, and its entry with their digests; nothing is written where there are errors."""
    files, problems = _files(memo, house, entry.number)
    if not has_errors(problems):
        frozen_files.freeze(project, entry.memo, entry.number, files)
    return replace(entry, files={name: bytes_digest(data) for name, data in files.items()}), problems


def _files(memo: Memo, house: HouseFile | None, number: int) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of an edition by name: each format, the document, and how its facts stand."""
    from memo.renderers import render

    plain = memo.composed.document
    document = replace(plain, metadata=replace(plain.metadata, edition=str(number)))
    carried = carried_by(document)
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for format in memo.formats:
        rendered, found = render(document, memo.style, format, house=house, carried=carried)
        files[f"{memo.template.name}.{format}"] = rendered.data
        problems += found
    state = FrozenFacts(memo.facts.dossier, snapshots(memo.facts, (basis.fact for basis in document.basis)))
    files[DOCUMENT] = carried.json
    files[FACTS] = frozen_files.facts_json(state).encode()
    return files, problems


def _content(memo: Memo, house: HouseFile | None) -> str:
    """The digest of what makes an edition: the document, its look, and the formats. Not which tools rendered it."""
    from memo.facts.schema import plain

    style = json.dumps(plain(memo.style), ensure_ascii=False, sort_keys=True)
    parts = (
        to_json(_lasting(memo.composed.document)),
        style,
        *memo.formats,
        bytes_digest(house.data) if house else "",
    )
    return text_digest("\n".join(parts))


def _lasting(document: Document) -> Document:
    """The document without what tells of editions: its number, and what changed since the one before.

    Keys are as version 0.1 had them: an edition that it issued is the same edition still.
    """
    kept = (block for block in document.blocks if not is_statement(block))
    blocks = tuple(replace(block, key=block.key.removeprefix(COUNTED)) for block in kept)
    return replace(document, metadata=replace(document.metadata, edition=""), blocks=blocks, changes=())
