"""The register of what was issued: ``issued/register.jsonl``, one entry a line, in the order in which it happened.

Each line ends with a seal: the digest of all that stands before it on the line, the seal of the line before included.
So a line that is changed, left out or moved is noticed. Not noticed is a register that somebody has written anew from
there on, seals and all: seals guard against slips, not against a forger.

Entries are only ever added at the end. A line without a line end is what a kill in the middle of writing leaves: it is
no entry, nobody was told of it, and the next that is added takes its place.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from memo.files import bytes_digest, read_plain, sync_folder
from memo.problem import Place, Problem

ISSUED = "issued"
REGISTER = "issued/register.jsonl"
"""Relative to the project folder, as in problems."""


class Entry(Struct, frozen=True):
    """One handover of an edition. ``date`` is EDTF; ``files`` are the digests of its frozen files by name.

    ``content`` is the digest of what makes an edition: its text, its facts and its look. ``before`` is the seal of the
    entry before, empty for the first. ``line`` is where it stands in the register, from 1.
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
        """Return the edition's name, ``MEMO/N``."""
        return f"{self.memo}/{self.number}"

    @property
    def folder(self) -> str:
        """Return the folder of the edition's frozen files, relative to the project folder."""
        return f"{ISSUED}/{self.memo}/{self.number}"

    @property
    def place(self) -> Place:
        """Return where the entry stands, for problems."""
        return Place(REGISTER, self.line)


_EDITION = re.compile(r"(?!\.)([^/\\]+)/([1-9][0-9]{0,8})")


def parse_edition(text: str) -> tuple[str, int] | None:
    """Return the memo and the number of ``MEMO/N``; None where the text is not of that form."""
    found = _EDITION.fullmatch(text)
    return (found[1], int(found[2])) if found else None


def latest(entries: Iterable[Entry], memo: str) -> Entry | None:
    """Return the entry of a memo's newest edition; of several, the first, which was its first handover."""
    return max((entry for entry in entries if entry.memo == memo), key=lambda entry: entry.number, default=None)


def copies(entries: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    """Return, by memo and recipient, the entry of the copy that each recipient was handed last: the one in force."""
    return {(entry.memo, recipient): entry for entry in entries for recipient in entry.to}


# On disk


def read(project: Path) -> tuple[list[Entry], list[Problem]]:
    """Read every entry up to the first that is not as it was written; that one is a ``broken-register``.

    Where there is no register there are no entries.
    """
    try:
        data = read_plain(project / REGISTER)
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [_broken(0, f"cannot be read: {error.strerror or error}")]
    entries: list[Entry] = []
    for number, line in enumerate(_whole_lines(data).split(b"\n")[:-1], 1):
        entry = _from_line(line, number)
        if entry is None:
            return entries, [_broken(number, "this entry is not as it was written")]
        if entry.before != (entries[-1].seal if entries else ""):
            return entries, [_broken(number, "this entry does not follow the one before it")]
        entries.append(entry)
    return entries, []


def append(project: Path, entry: Entry, last: Entry | None) -> None:
    """Add an entry after the last one; it is on the disk when this returns. Raises OSError.

    The caller holds the lock. What a kill has left of an unfinished line is cut off first.
    """
    path = project / REGISTER
    new = not path.exists()
    length = 0 if new else len(_whole_lines(path.read_bytes()))
    with path.open("ab") as file:
        file.truncate(length)
        file.write(_to_line(entry, last.seal if last else ""))
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync_folder(path.parent)


def _whole_lines(data: bytes) -> bytes:
    """Cut off a last line without its end."""
    return data[: data.rfind(b"\n") + 1]


_SEALED = re.compile(rb'(\{.*),"seal":"([0-9a-f]{64})"\}')


def _to_line(entry: Entry, before: str) -> bytes:
    values = {
        "edition": entry.edition,
        "date": entry.date,
        "to": list(entry.to),
        "note": entry.note,
        "content": entry.content,
        "files": dict(entry.files),
        "before": before,
    }
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":"))[:-1].encode()
    return body + f',"seal":"{bytes_digest(body)}"}}\n'.encode()


def _from_line(line: bytes, number: int) -> Entry | None:
    """Read the entry of a line; return None where its seal does not fit it. Keys of a later version are passed over."""
    sealed = _SEALED.fullmatch(line)
    if sealed is None or bytes_digest(sealed[1]) != sealed[2].decode():
        return None
    # A fitting seal says that the line is whole, not that its values are of use.
    try:
        values = json.loads(line)
        name = parse_edition(values["edition"])
        to, files = tuple(values["to"]), dict(values["files"])
        texts = (values["date"], values["content"], values["before"], values["seal"])
        note = values.get("note", "")
    except (ValueError, KeyError, TypeError):
        return None
    if name is None or not all(isinstance(text, str) for text in (*to, *files, *files.values(), *texts, note)):
        return None
    date, content, before, seal = texts
    return Entry(*name, date, to, note, content, files, before, seal, number)


def _broken(line: int, message: str) -> Problem:
    hint = "nothing is issued on top of it; take back the file as it was last known to be good"
    return Problem("broken-register", message, Place(REGISTER, line), hint)
