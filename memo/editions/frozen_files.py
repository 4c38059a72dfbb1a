"""The frozen files of an edition: ``issued/<memo>/<N>/`` holds both files, ``memo.json`` and ``facts.json``.

``memo.json`` is the document; ``facts.json`` says which dossier it drew on, and how each of its facts stood (see
`memo.editions.snapshot`). Their digests stand in the register, and whoever reads them is told where they do not fit.

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
from memo.editions.register import ISSUED, REGISTER, Entry, parse_edition
from memo.editions.register import read as read_register
from memo.editions.snapshot import FactSnapshot, from_plain, plain
from memo.files import bytes_digest, sync_folder, write_synced
from memo.problem import Place, Problem

DOCUMENT = "memo.json"
FACTS = "facts.json"
_UNFINISHED = ".unfinished"


Now = Callable[[str], Mapping[str, tuple[Any, FactSnapshot]]]
"""How the facts of a dossier stand, by id: each as plain JSON values, and as it is."""


class State(Struct, frozen=True):
    """How the facts of an edition stood when it was issued, and in which dossier."""

    dossier: str
    facts: Mapping[str, FactSnapshot]


# Written by `memo.handover.issuing`, which holds the lock


def freeze(project: Path, memo: str, number: int, files: Mapping[str, bytes]) -> None:
    """Write an edition's folder, whole or not at all. Until `finish` it counts as unfinished. Raises OSError."""
    issued = project / ISSUED
    folder, beside = _folders(issued, memo, number)
    write_synced(issued / f"{_UNFINISHED}.part", f"{memo}/{number}".encode())
    (issued / f"{_UNFINISHED}.part").replace(issued / _UNFINISHED)
    sync_folder(issued)
    if beside.exists():
        shutil.rmtree(beside)
    beside.mkdir(parents=True)
    for name, data in files.items():
        write_synced(beside / name, data)
    sync_folder(beside)
    beside.rename(folder)
    sync_folder(folder.parent)


def finish(project: Path) -> None:
    """The edition that was written last is in the register: it counts as finished. Raises OSError."""
    (project / ISSUED / _UNFINISHED).unlink(missing_ok=True)


def clear(project: Path, entries: Iterable[Entry]) -> None:
    """Take away what a kill has left of an edition that never came into the register. Raises OSError."""
    issued = project / ISSUED
    (issued / f"{_UNFINISHED}.part").unlink(missing_ok=True)
    if name := _unfinished(issued):
        folder, beside = _folders(issued, *name)
        kept = any((entry.memo, entry.number) == name for entry in entries)
        for left in (beside,) if kept else (beside, folder):
            if left.exists():
                shutil.rmtree(left)
    finish(project)


def _folders(issued: Path, memo: str, number: int) -> tuple[Path, Path]:
    """An edition's folder, and where it is written."""
    return issued / memo / str(number), issued / memo / f".{number}.part"


def _unfinished(issued: Path) -> tuple[str, int] | None:
    """Which edition is being written, or was when its writer was killed."""
    try:
        return parse_edition((issued / _UNFINISHED).read_text("utf-8"))
    except FileNotFoundError:
        return None


# Read by everyone


def issued(project: Path) -> tuple[list[Entry], list[Problem]]:
    """Every entry of the register; with a ``broken-register`` if it is not whole, or lacks an edition that is there.

    In this order, so that an edition which another process is writing is never taken for one that the register lost:
    the folders, what is unfinished, the register.
    """
    folder = project / ISSUED
    found = sorted(path for path in folder.glob("*/[1-9]*") if path.is_dir()) if folder.is_dir() else []
    unfinished = _unfinished(folder)
    entries, problems = read_register(project)
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


def state_json(state: State) -> str:
    """The state as JSON, a fact on each line."""
    lines = (f" {_text(id)}:{_text(plain(standing))}" for id, standing in state.facts.items())
    return f'{{"dossier":{_text(state.dossier)},"facts":{{\n' + ",\n".join(lines) + "\n}}\n"


def last(project: Path, memo: str) -> Entry | None:
    """The entry of a memo's last edition, by which its frozen files are known; None where it was never issued."""
    entries = (entry for entry in read_register(project)[0] if entry.memo == memo)
    return max(entries, key=lambda entry: entry.number, default=None)


def read(project: Path, memo: str, number: int) -> tuple[Document | None, list[Problem]]:
    """The document of an edition. Problems: ``unknown-edition``, ``altered-edition``, ``broken-register``."""
    entries, problems = read_register(project)
    entry = next((entry for entry in entries if (entry.memo, entry.number) == (memo, number)), None)
    if entry:
        return read_document(project, entry)
    return None, [*problems, unknown(f"{memo}/{number}", entries)]


def watched(memo: str, last: int) -> tuple[str, ...]:
    """What a memo is to be looked at again for: its last edition (0: none), and the next, which is not there yet."""
    return tuple(f"{ISSUED}/{memo}/{number}/{DOCUMENT}" for number in (last, last + 1) if number)


def unknown(name: str, entries: Iterable[Entry]) -> Problem:
    """An ``unknown-edition``."""
    known = ", ".join(dict.fromkeys(entry.edition for entry in entries))
    hint = f"editions are named MEMO/N; those issued: {known or 'none'}"
    return Problem("unknown-edition", f"no edition '{name}' was issued", Place(REGISTER), hint)


def read_state(project: Path, entry: Entry, now: Now) -> tuple[State | None, list[Problem]]:
    """How the facts of an issued edition stood; or an ``altered-edition``.

    ``now`` gives how the facts of a dossier stand, as plain values and as standings: most facts of most editions stand
    as they did, and are not made anew.
    """
    data, problems = _read(project, entry, FACTS)
    if data is None:
        return None, problems
    try:
        held = json.loads(data)
        known = now(held["dossier"])
        facts = {id: _known(value, known.get(id)) or from_plain(value) for id, value in held["facts"].items()}
        return State(held["dossier"], facts), []
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return None, [_altered(entry, FACTS, f"cannot be read: {error}")]


def read_document(
    project: Path, entry: Entry, about: Container[str] | None = None
) -> tuple[Document | None, list[Problem]]:
    """The document of an issued edition; or an ``altered-edition``.

    ``about``: only its headings of level 1, and the blocks that use one of these facts. To read all takes ten times as
    long.
    """
    data, problems = _read(project, entry, DOCUMENT)
    if data is None:
        return None, problems
    try:
        text = data.decode()
        return from_json(text if about is None else _part(text, about)), []
    except (ValueError, KeyError, TypeError) as error:
        return None, [_altered(entry, DOCUMENT, f"cannot be read: {error}")]


def _known(value: object, known: tuple[object, FactSnapshot] | None) -> FactSnapshot | None:
    return known[1] if known and known[0] == value else None


def _part(text: str, about: Container[str]) -> str:
    """A document's JSON with fewer blocks."""
    body = json.loads(text)
    document = body["document"]
    document["blocks"] = [block for block in document["blocks"] if block.get("level") == 1 or _uses(block, about)]
    return json.dumps(body)


def _uses(plain: Any, about: Container[str]) -> bool:
    """Whether a node, or any in it, names one of these facts."""
    if isinstance(plain, dict):
        return any(fact in about for fact in plain.get("facts", ())) or any(_uses(one, about) for one in plain.values())
    return isinstance(plain, list) and any(_uses(one, about) for one in plain)


def altered(project: Path, entry: Entry) -> list[Problem]:
    """An ``altered-edition`` for each frozen file of an edition that is not as it was issued."""
    return [problem for name in entry.files for problem in _read(project, entry, name)[1]]


def _read(project: Path, entry: Entry, name: str) -> tuple[bytes | None, list[Problem]]:
    """A frozen file, if it is as it was issued."""
    try:
        data = (project / entry.folder / name).read_bytes()
    except OSError:
        return None, [_altered(entry, name, "is missing")]
    if bytes_digest(data) != entry.files.get(name):
        return None, [_altered(entry, name, "is not as it was issued")]
    return data, []


def _altered(entry: Entry, name: str, how: str) -> Problem:
    place = Place(f"{entry.folder}/{name}")
    return Problem("altered-edition", f"this file of edition {entry.edition} {how}", place, "take it back as it was")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
