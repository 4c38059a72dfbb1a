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

from memo.document.as_json import from_json
from memo.document.tree import Document
from memo.editions import register
from memo.editions.register import ISSUED, REGISTER, Entry, parse_edition
from memo.editions.snapshot import FactSnapshot, from_plain, to_plain
from memo.files import bytes_digest, read_plain, sync_folder, write_synced
from memo.problem import Place, Problem

DOCUMENT = "memo.json"
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


# Written by `memo.handover.issuing`, which holds the lock


def freeze(project: Path, memo: str, number: int, files: Mapping[str, bytes]) -> None:
    """Write an edition's folder, whole or not at all. Until `finish` it counts as unfinished. Raises OSError."""
    issued = project / ISSUED
    folder, part = _folders(issued, memo, number)
    # Every step is on the disk before the next: a kill between any two leaves what `clear` finds and takes away.
    write_synced(issued / f"{_UNFINISHED}.part", f"{memo}/{number}".encode())
    (issued / f"{_UNFINISHED}.part").replace(issued / _UNFINISHED)
    sync_folder(issued)
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(parents=True)
    for name, data in files.items():
        write_synced(part / name, data)
    sync_folder(part)
    part.rename(folder)
    sync_folder(folder.parent)


def finish(project: Path) -> None:
    """Count the edition that was written last as finished: its entry is in the register. Raises OSError."""
    (project / ISSUED / _UNFINISHED).unlink(missing_ok=True)


def clear(project: Path, entries: Iterable[Entry]) -> None:
    """Take away what a kill has left of an edition that never came into the register. Raises OSError."""
    issued = project / ISSUED
    (issued / f"{_UNFINISHED}.part").unlink(missing_ok=True)
    if unfinished := _unfinished(issued):
        folder, part = _folders(issued, *unfinished)
        # The kill may have come after the entry was added: then the edition is issued, and its folder stays.
        entered = any((entry.memo, entry.number) == unfinished for entry in entries)
        for left in (part,) if entered else (part, folder):
            if left.exists():
                shutil.rmtree(left)
    finish(project)


def _folders(issued: Path, memo: str, number: int) -> tuple[Path, Path]:
    """Return an edition's folder, and the one beside it in which it is written."""
    return issued / memo / str(number), issued / memo / f".{number}.part"


def _unfinished(issued: Path) -> tuple[str, int] | None:
    """Return the edition that is being written, or was when its writer was killed."""
    try:
        return parse_edition(read_plain(issued / _UNFINISHED).decode())
    except (OSError, ValueError):  # not there, or nothing that memo wrote
        return None


# Which editions there are


def read_register(project: Path) -> tuple[list[Entry], list[Problem]]:
    """Read every entry of the register; a ``broken-register`` if it is not whole, or lacks an edition that is there."""
    folder = project / ISSUED
    # The folders, then what is unfinished, then the register: in this order no edition that another process is just
    # writing is taken for one that the register lost.
    found = sorted(path for path in folder.glob("*/[1-9]*") if path.is_dir()) if folder.is_dir() else []
    unfinished = _unfinished(folder)
    entries, problems = register.read(project)
    if problems:
        return entries, problems
    known = {(entry.memo, str(entry.number)) for entry in entries}
    if unfinished:
        known.add((unfinished[0], str(unfinished[1])))
    lost = [path for path in found if (path.parent.name, path.name) not in known]
    return entries, [_lost(path.relative_to(project).as_posix()) for path in lost]


def _lost(folder: str) -> Problem:
    message = "an edition stands here that the register does not know"
    return Problem("broken-register", message, Place(folder), f"take back {REGISTER} as it was last known to be good")


def last_entry(project: Path, memo: str) -> Entry | None:
    """Return an entry of a memo's last edition, by which its frozen files are found; None if it was never issued."""
    return register.latest(register.read(project)[0], memo)


def watched_files(memo: str, last: int) -> tuple[str, ...]:
    """Return the files for whose sake a memo is built again: its last edition's document (0: none), and the next's.

    The next is not there yet; it is watched so that its coming is noticed.
    """
    return tuple(f"{ISSUED}/{memo}/{number}/{DOCUMENT}" for number in (last, last + 1) if number)


def unknown_edition(name: str, entries: Iterable[Entry]) -> Problem:
    """Return an ``unknown-edition``, with those that there are as a hint."""
    known = ", ".join(dict.fromkeys(entry.edition for entry in entries))
    hint = f"editions are named MEMO/N; those issued: {known or 'none'}"
    return Problem("unknown-edition", f"no edition '{name}' was issued", Place(REGISTER), hint)


# Read by everyone


def read_edition(project: Path, memo: str, number: int) -> tuple[Document | None, list[Problem]]:
    """Read the document of an edition. Problems: ``unknown-edition``, ``altered-edition``, ``broken-register``."""
    entries, problems = register.read(project)
    entry = next((entry for entry in entries if (entry.memo, entry.number) == (memo, number)), None)
    if entry:
        return read_document(project, entry)
    return None, [*problems, unknown_edition(f"{memo}/{number}", entries)]


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
    return [problem for name in entry.files for problem in _read(project, entry, name)[1]]


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
