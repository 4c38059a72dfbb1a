"""The register of what was issued: ``issued/register.jsonl``, one entry a line, in the order in which it happened.

Each line ends with a seal: the digest of all that stands before it on the line, where the seal of the line before
stands too. So a line that is changed, left out or put elsewhere is noticed. (Not noticed is a register that somebody
has written anew from there on, seals and all: the seals hold against slips, not against a forger.)

Entries are only ever added at the end. A line without a line end is what a kill in the middle of writing leaves: it is
no entry, nobody was told of it, and the next that is added takes its place.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from memo.files import sync_folder
from memo.problem import Place, Problem

ISSUED = "issued"
REGISTER = "issued/register.jsonl"
"""Relative to the project folder, as in problems."""

_SEALED = re.compile(rb'(\{.*),"seal":"([0-9a-f]{64})"\}')
_NAME = re.compile(r"(?!\.)([^/\\]+)/([1-9][0-9]{0,8})")


class Entry(Struct, frozen=True):
    """One hand-over of an edition. ``files`` are the digests of its frozen files by name; ``date`` is EDTF.

    ``content`` is the digest of what makes an edition: its text, its facts and its look. ``before`` is the seal of the
    entry before, empty for the first.
    """

    memo: str
    number: int
    date: str = ""
    to: tuple[str, ...] = ()
    note: str = ""
    content: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    before: str = ""
    seal: str = ""
    line: int = 0

    @property
    def edition(self) -> str:
        """``MEMO/N``."""
        return f"{self.memo}/{self.number}"

    @property
    def folder(self) -> str:
        """Where the edition's frozen files lie, relative to the project folder."""
        return f"{ISSUED}/{self.memo}/{self.number}"

    @property
    def place(self) -> Place:
        """Where the entry stands."""
        return Place(REGISTER, self.line)


def read(project: Path) -> tuple[list[Entry], list[Problem]]:
    """Every entry up to the first that is not as it was written; that one is a ``broken-register``.

    No register is an empty one. A last line without its end is passed over: it was never finished.
    """
    try:
        data = (project / REGISTER).read_bytes()
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [_broken(0, f"cannot be read: {error.strerror or error}")]
    entries: list[Entry] = []
    for number, line in enumerate(whole(data).split(b"\n")[:-1], 1):
        entry = _entry(line, number)
        if entry is None:
            return entries, [_broken(number, "this entry is not as it was written")]
        if entry.before != (entries[-1].seal if entries else ""):
            return entries, [_broken(number, "this entry does not follow the one before it")]
        entries.append(entry)
    return entries, []


def whole(data: bytes) -> bytes:
    """The lines of a register that have their ends."""
    return data[: data.rfind(b"\n") + 1]


def append(project: Path, entry: Entry, last: Entry | None) -> None:
    """Add an entry after the last, for good: it is on the disk when this returns. Raises OSError.

    The caller holds the lock. What a kill has left of an unfinished line is cut off first.
    """
    path = project / REGISTER
    new = not path.exists()
    length = 0 if new else len(whole(path.read_bytes()))
    with path.open("ab") as file:
        file.truncate(length)
        file.write(_line(entry, last.seal if last else ""))
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync_folder(path.parent)


def latest(entries: Iterable[Entry], memo: str) -> Entry | None:
    """The entry of the newest edition of a memo: its first, with whom it was issued to at first."""
    found: Entry | None = None
    for entry in entries:
        if entry.memo == memo and (found is None or entry.number > found.number):
            found = entry
    return found


def copies(entries: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    """The copy of each memo that each recipient holds: the one handed over last. By memo and recipient."""
    return {(entry.memo, recipient): entry for entry in entries for recipient in entry.to}


def parse_edition(text: str) -> tuple[str, int] | None:
    """The memo and the number of ``MEMO/N``; None where the text is not of that form."""
    found = _NAME.fullmatch(text)
    return (found[1], int(found[2])) if found else None


def _line(entry: Entry, before: str) -> bytes:
    held = {
        "edition": entry.edition,
        "date": entry.date,
        "to": list(entry.to),
        "note": entry.note,
        "content": entry.content,
        "files": dict(entry.files),
        "before": before,
    }
    body = json.dumps(held, ensure_ascii=False, separators=(",", ":"))[:-1].encode()
    return body + f',"seal":"{_seal(body)}"}}\n'.encode()


def _seal(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _entry(line: bytes, number: int) -> Entry | None:
    """The entry of a line; None where its seal does not fit it. Keys of a later version are passed over."""
    found = _SEALED.fullmatch(line)
    if found is None or _seal(found[1]) != found[2].decode():
        return None
    try:
        held = json.loads(line)
        name = parse_edition(held["edition"])
        to, files = tuple(held["to"]), dict(held["files"])
        texts = (held["date"], held["content"], held["before"], held["seal"])
        note = held.get("note", "")
    except (ValueError, KeyError, TypeError):
        return None
    if name is None or not all(isinstance(text, str) for text in (*to, *files, *files.values(), *texts, note)):
        return None
    date, content, before, seal = texts
    return Entry(*name, date, to, note, content, files, before, seal, number)


def _broken(line: int, message: str) -> Problem:
    hint = "nothing is issued on top of it; take back the file as it was last known to be good"
    return Problem("broken-register", message, Place(REGISTER, line), hint)
