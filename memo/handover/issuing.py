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

from memo.document.as_json import embed, to_json
from memo.document.tree import COUNTED, Document, is_statement
from memo.editions import frozen_files, register
from memo.editions.snapshot import snapshots
from memo.files import bytes_digest, locked, text_digest
from memo.problem import Place, Problem, has_errors
from memo.project import Project, prepare

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.facts.style import HouseFile


class Handover(Struct, frozen=True):
    """To whom a memo is issued, on which day (EDTF; today, if none is given), and a note to be remembered with it."""

    to: tuple[str, ...]
    date: str = ""
    note: str = ""


class Issued(Struct, frozen=True):
    """A memo that was issued: its entry in the register, and whether its edition is a new one."""

    entry: register.Entry
    new: bool


def issue(project: Project, name: str, handover: Handover) -> tuple[Issued | None, list[Problem]]:
    """Issue a memo: freeze its files under ``issued/MEMO/N/``, and enter in the register who was given them.

    Where nothing has changed since its newest edition, that is issued again. None is returned, and nothing issued,
    where the memo has errors, or the register or the frozen files are not as they were.

    Problems: those of the memo; unknown-memo, broken-register, altered-edition, unwritable.
    """
    if name not in project.memos():
        return None, project.template(name)[1]
    try:
        with locked(project.folder / register.ISSUED / ".lock"):
            return _issue(project, name, handover)
    except OSError as error:
        path = Path(error.filename or project.folder / register.ISSUED)
        place = path.relative_to(project.folder) if path.is_relative_to(project.folder) else Path(register.ISSUED)
        why = f"cannot be written: {error.strerror or error}"
        return None, [Problem("unwritable", why, Place(place.as_posix()))]


def _issue(project: Project, name: str, handover: Handover) -> tuple[Issued | None, list[Problem]]:
    """Issue a memo while holding the lock."""
    entries, problems = _settled_register(project.folder)
    if problems:
        return None, problems
    # Composed under the lock only: ``changes()`` says what changed since the last edition, which another issue may add.
    prepared = prepare(project, name)
    memo, problems = prepared.memo, prepared.problems
    if memo is None or has_errors(problems):
        return None, problems
    house = project.house[0] if memo.style.house_style else None
    newest, content = register.latest(entries, name), _content_digest(memo, house)
    if newest and newest.content == content:
        entry, found = newest, frozen_files.altered(project.folder, newest)
    else:
        entry = register.Entry(name, newest.number + 1 if newest else 1, content=content)
        entry, found = _freeze(project.folder, memo, house, entry)
    problems = problems + found
    if has_errors(problems):
        return None, problems
    to, date = tuple(dict.fromkeys(handover.to)), handover.date or project.day
    entry = replace(entry, date=date, to=to, note=handover.note)
    register.append(project.folder, entry, entries[-1] if entries else None)
    frozen_files.finish(project.folder)
    return Issued(entry, new=newest is None or newest.number != entry.number), problems


def _settled_register(project: Path) -> tuple[list[register.Entry], list[Problem]]:
    """Read the register, and take away what a kill has left beside it; where it is broken, nothing is touched."""
    entries, problems = register.read(project)
    if problems:
        return entries, problems
    frozen_files.clear(project, entries)
    return frozen_files.read_register(project)


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


def _content_digest(memo: Memo, house: HouseFile | None) -> str:
    """Return the digest of what makes an edition: the document, its look and its formats."""
    from memo.facts.declare import to_yaml_data

    # Not the tools that rendered it: a new version of Python or of a package makes no new edition.
    style = json.dumps(to_yaml_data(memo.style), ensure_ascii=False, sort_keys=True)
    house_digest = bytes_digest(house.data) if house else ""
    return text_digest("\n".join((to_json(_own_content(memo.composed.document)), style, *memo.formats, house_digest)))


def _own_content(document: Document) -> Document:
    """Return the document without what tells of editions: its number, and what changed since the one before."""
    # Else a memo that prints its changes would be new again each time, since issuing it changes what it prints.
    kept = (block for block in document.blocks if not is_statement(block))
    # Version 0.1 had no such keys: what it issued is to be the same edition still.
    blocks = tuple(replace(block, key=block.key.removeprefix(COUNTED)) for block in kept)
    return replace(document, metadata=replace(document.metadata, edition=""), blocks=blocks, changes=())
