"""The frozen files of an edition: ``issued/<memo>/<N>/`` holds both files, ``memo.json`` and ``facts.json``.

``memo.json`` is the document; ``facts.json`` says which dossier it drew on, and holds a snapshot of each of its facts
(see `memo.editions.snapshot`). Their digests stand in the register, and whoever reads a file that does not fit its
digest gets an ``altered-edition`` in its place.

A folder is written under another name, and renamed when it is whole. Which one is being written stands in
``issued/.unfinished`` until its entry is in the register: what a kill leaves is known by that, and taken away.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from memo.document.as_json import from_json
from memo.document.tree import Document
from memo.editions import entry_copies, register
from memo.editions.register import DOCUMENT, ISSUED, REGISTER, Entry, parse_edition
from memo.editions.snapshot import FactSnapshot, from_plain, to_plain
from memo.files import bytes_digest, file_digest, read_plain, sync_folder, write_synced
from memo.problem import Place, Problem

__all__ = [
    "DOCUMENT", "FACTS", "FactsNow", "FrozenFacts", "altered", "begin", "clear", "enter", "facts_json", "find",
    "finish", "freeze", "last_entry", "look_at_everything", "read_document", "read_edition", "read_facts",
    "read_register", "unknown_edition", "watched_files", "write_folder",
]  # fmt: skip

FACTS = "facts.json"
_UNFINISHED = ".unfinished"


class FrozenFacts(Struct, frozen=True):
    """The facts that an edition rests on as they stood when it was issued, and the dossier that they came from."""

    dossier: str
    facts: Mapping[str, FactSnapshot]


def facts_json(frozen: FrozenFacts) -> str:
    """Return ``facts.json``, a fact on each line."""
    lines = (f" {_compact(id)}:{_compact(to_plain(fact))}" for id, fact in frozen.facts.items())
    return f'{{"dossier":{_compact(frozen.dossier)},"facts":{{\n' + ",\n".join(lines) + "\n}}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# Written by `memo.handover`, which holds the lock


def freeze(project: Path, memo: str, number: int, files: Mapping[str, bytes]) -> None:
    """Write an edition's folder, whole or not at all. Until `finish` it counts as unfinished. Raises OSError."""
    folder = f"{memo}/{number}"
    begin(project, [folder])
    write_folder(project, folder, files)


def begin(project: Path, folders: Iterable[str]) -> None:
    """Note the folders, ``MEMO/N``, that are about to be written: they count as unfinished. Raises OSError."""
    issued = project / ISSUED
    part = issued / f"{_UNFINISHED}.part"
    # Every step is on the disk before the next: a kill between any two leaves what `clear` finds and takes away.
    write_synced(part, "\n".join(folders).encode())
    part.replace(issued / _UNFINISHED)
    sync_folder(issued)


def write_folder(project: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Write a folder that was noted as unfinished, whole or not at all. Raises OSError."""
    folder, part = _folders(project / ISSUED, name)
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(parents=True)
    for file, data in files.items():
        write_synced(part / file, data)
    sync_folder(part)
    part.rename(folder)
    sync_folder(folder.parent)


def enter(project: Path, entry: Entry, entries: list[Entry]) -> Entry:
    """Add an entry to the register, and to its second place; nothing counts as unfinished then. Raises OSError."""
    sealed = register.append(project, entry, entries[-1] if entries else None)
    entry_copies.keep(project, [*entries, sealed])
    finish(project)
    return replace(sealed, twin=entry.twin)


def finish(project: Path) -> None:
    """Count all that was written as finished: its entries are in the register. Raises OSError."""
    (project / ISSUED / _UNFINISHED).unlink(missing_ok=True)


def clear(project: Path, entries: Iterable[Entry]) -> None:
    """Take away what a kill has left of an edition that never came into the register. Raises OSError."""
    issued = project / ISSUED
    for name in (f"{_UNFINISHED}.part", f".{Path(REGISTER).name}.part"):
        (issued / name).unlink(missing_ok=True)
    entry_copies.clear(project)
    # The kill may have come after the entry was added: then the edition is issued, and its folder stays.
    entered = {entry.folder for entry in entries}
    for name in _unfinished(issued):
        folder, part = _folders(issued, name)
        for left in (part,) if f"{ISSUED}/{name}" in entered else (part, folder):
            if left.exists():
                shutil.rmtree(left)
    finish(project)


def _folders(issued: Path, name: str) -> tuple[Path, Path]:
    """Return an edition's folder, and the one beside it in which it is written."""
    folder = issued / name
    return folder, folder.with_name(f".{folder.name}.part")


def _unfinished(issued: Path) -> list[str]:
    """Return the folders, ``MEMO/N``, that are being written, or were when their writer was killed."""
    try:
        names = read_plain(issued / _UNFINISHED).decode().splitlines()
    except (OSError, ValueError):  # not there, or nothing that memo wrote
        return []
    return [name for name in names if parse_edition(name)]


# Which editions there are


def read_register(project: Path) -> tuple[list[Entry], list[Problem]]:
    """Read every entry of the register; a ``broken-register`` if it is not whole, or lacks what was once in it."""
    folder = project / ISSUED
    # The folders, then what is unfinished, then the copies of entries, then the register: in this order nothing that
    # another process is just writing is taken for something that the register lost.
    found = sorted(path for path in folder.glob("*/[1-9]*") if path.is_dir()) if folder.is_dir() else []
    unfinished, copied = _unfinished(folder), entry_copies.copied(project)
    entries, problems = register.read(project)
    if problems:
        return entries, problems
    lost = entry_copies.lost(project, copied, entries)
    known = {entry.folder for entry in (*entries, *(entry for _, entry in lost if entry))}
    known |= {f"{ISSUED}/{name}" for name in unfinished}
    strange = [path for path in found if path.relative_to(project).as_posix() not in known]
    problems = [entry_copies.lost_problem(*one) for one in lost]
    return entries, problems + [_lost(project, path) for path in strange if not _is_double(path, entries)]


def _is_double(folder: Path, entries: Iterable[Entry]) -> bool:
    """Tell whether a folder holds an edition that the register knows by another folder: a merge may leave that."""
    digest = file_digest(folder / DOCUMENT)
    return any(entry.memo == folder.parent.name and entry.files.get(DOCUMENT) == digest for entry in entries)


def _lost(project: Path, folder: Path) -> Problem:
    message = "an edition stands here that the register does not know"
    hint = f"take back {REGISTER} as it was last known to be good, or join the one that knows it: memo join OTHER"
    return Problem("broken-register", message, Place(folder.relative_to(project).as_posix()), hint)


def look_at_everything(project: Path) -> tuple[list[Entry], list[Problem]]:
    """Read the register, and hold every frozen file to its digest.

    Problems: broken-register; altered-edition for every file that is missing or not as it was issued.
    """
    entries, problems = read_register(project)
    editions = {entry.folder: entry for entry in entries}
    return entries, problems + [problem for entry in editions.values() for problem in altered(project, entry)]


def last_entry(project: Path, memo: str, replaces: str = "") -> Entry | None:
    """Return an entry of a memo's last edition, by which its frozen files are found; None if it was never issued.

    ``replaces`` names an edition, ``MEMO/N``, that it is about to go on from under a new name.
    """
    entries, _ = register.read(project)
    if replaces:
        return find(entries, replaces)[0]
    return register.latest(entries, memo)


def watched_files(memo: str, last: Entry | None) -> tuple[str, ...]:
    """Return the files for whose sake a memo is built again: its last edition's document, if any, and the next's.

    The next is not there yet; it is watched so that its coming is noticed.
    """
    following = f"{ISSUED}/{memo}/{last.number + 1 if last and last.memo == memo else 1}/{DOCUMENT}"
    return (f"{last.folder}/{DOCUMENT}", following) if last else (following,)


def find(entries: Iterable[Entry], name: str) -> tuple[Entry | None, list[Problem]]:
    """Return the first entry of the edition of this name, or an ``unknown-edition``."""
    entries = list(entries)
    entry = next((entry for entry in entries if entry.edition == name), None)
    return entry, [] if entry else [unknown_edition(name, entries)]


def unknown_edition(name: str, entries: Iterable[Entry]) -> Problem:
    """Return an ``unknown-edition``, with those that there are as a hint."""
    known = dict.fromkeys(entry.edition for entry in entries)
    if same := [edition for edition in known if edition.startswith(f"{name}-")]:
        why, hint = f"{len(same)} editions are called '{name}'", f"say which is meant: {', '.join(same)}"
        return Problem("unknown-edition", why, Place(REGISTER), hint)
    hint = f"editions are named MEMO/N; those issued: {', '.join(known) or 'none'}"
    return Problem("unknown-edition", f"no edition '{name}' was issued", Place(REGISTER), hint)


# Read by everyone


def read_edition(project: Path, name: str) -> tuple[Document | None, list[Problem]]:
    """Read the document of an edition. Problems: ``unknown-edition``, ``altered-edition``, ``broken-register``."""
    entries, problems = register.read(project)
    entry, found = find(entries, name)
    return read_document(project, entry) if entry else (None, problems + found)


def read_document(
    project: Path, entry: Entry, about: Container[str] | None = None
) -> tuple[Document | None, list[Problem]]:
    """Read the document of an issued edition; or return an ``altered-edition``.

    ``about``: read only its headings of level 1, and the blocks that use one of these facts. All of it takes ten times
    as long.
    """
    data, problems = _read(project, entry, DOCUMENT)
    if data is None:
        return None, problems
    try:
        text = data.decode()
        return from_json(text if about is None else _only_blocks_about(text, about)), []
    except (ValueError, KeyError, TypeError) as error:
        return None, [_altered(entry, DOCUMENT, f"cannot be read: {error}")]


def _only_blocks_about(text: str, about: Container[str]) -> str:
    body = json.loads(text)
    document = body["document"]
    document["blocks"] = [block for block in document["blocks"] if block.get("level") == 1 or _uses(block, about)]
    return json.dumps(body)


def _uses(plain: Any, about: Container[str]) -> bool:
    """Tell whether a node of a document as JSON values, or any node in it, names one of these facts."""
    if isinstance(plain, dict):
        return any(fact in about for fact in plain.get("facts", ())) or any(_uses(one, about) for one in plain.values())
    return isinstance(plain, list) and any(_uses(one, about) for one in plain)


FactsNow = Callable[[str], Mapping[str, tuple[Any, FactSnapshot]]]
"""Takes the name of a dossier; returns its facts as they stand now by id, as plain JSON values and as snapshots."""


def read_facts(project: Path, entry: Entry, now: FactsNow) -> tuple[FrozenFacts | None, list[Problem]]:
    """Read the facts of an issued edition; or return an ``altered-edition``.

    Most facts of most editions stand as they did: where ``now`` has the same values, its snapshot is taken, and none is
    made anew.
    """
    data, problems = _read(project, entry, FACTS)
    if data is None:
        return None, problems
    try:
        body = json.loads(data)
        current = now(body["dossier"])
        facts = {id: _same(plain, current.get(id)) or from_plain(plain) for id, plain in body["facts"].items()}
        return FrozenFacts(body["dossier"], facts), []
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return None, [_altered(entry, FACTS, f"cannot be read: {error}")]


def _same(plain: object, current: tuple[object, FactSnapshot] | None) -> FactSnapshot | None:
    return current[1] if current and current[0] == plain else None


def altered(project: Path, entry: Entry) -> list[Problem]:
    """Return an ``altered-edition`` for each frozen file of an edition that is not as it was issued."""
    digests = {name: file_digest(project / entry.folder / name) for name in entry.files}
    return [
        _altered(entry, name, "is not as it was issued" if digest else "is missing")
        for name, digest in digests.items()
        if digest != entry.files[name]
    ]


def _read(project: Path, entry: Entry, name: str) -> tuple[bytes | None, list[Problem]]:
    """Read a frozen file, if it is as it was issued."""
    try:
        data = read_plain(project / entry.folder / name)
    except FileNotFoundError:
        return None, [_altered(entry, name, "is missing")]
    except OSError as error:
        return None, [_altered(entry, name, f"cannot be read: {error.strerror or error}")]
    if bytes_digest(data) != entry.files.get(name):
        return None, [_altered(entry, name, "is not as it was issued")]
    return data, []


def _altered(entry: Entry, name: str, why: str) -> Problem:
    place = Place(f"{entry.folder}/{name}")
    return Problem("altered-edition", f"this file of edition {entry.edition} {why}", place, "take it back as it was")
