"""The register of what was issued: ``issued/register.jsonl``, one entry a line, in the order in which it happened.

Each line ends with a seal: the digest of all that stands before it on the line, the seal of the line before included.
So a line that is changed, left out or moved is noticed. Not noticed is a register that somebody has written anew from
there on, seals and all: seals guard against slips, not against a forger.

Entries are only ever added at the end. A last line that no seal fits is what a kill in the middle of writing leaves: it
is no entry, nobody was told of it, and the next that is added takes its place. That the end of the register was not
lost is told by a second place (`memo.editions.entry_copies`). `memo.editions.joining` makes one register of two.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from memo.document.furniture import DIGEST_SHOWN
from memo.files import bytes_digest, read_plain, sync_folder, text_digest
from memo.problem import Place, Problem

ISSUED = "issued"
REGISTER = "issued/register.jsonl"
"""Relative to the project folder, as in problems."""

DOCUMENT = "memo.json"
"""The frozen file whose digest stands in the footer of every copy."""

Kind = Literal["handover", "withdrawal"]


class Entry(Struct, frozen=True):
    """One handover of an edition, or a withdrawal of copies of it.

    ``date`` is EDTF; ``to`` are who was given the edition, or whose copies are withdrawn; ``note`` is what is to be
    remembered, or the reason. ``files`` are the digests of the frozen files by name. ``content`` is the digest of what
    makes an edition: its text, its facts and its look. ``replaces`` names the edition of a memo by another name that
    this one goes on from. ``folder_name`` is empty but for an edition that was joined beside another of its number.

    ``before`` is the seal of the entry before, empty for the first; ``was`` is the seal that an entry was first given,
    where a join has put it after others. ``line`` is where it stands in the register, from 1. ``twin`` are the first
    digits of its digest, where another edition has its number.
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
    kind: Kind = "handover"
    replaces: str = ""
    folder_name: str = ""
    was: str = ""
    twin: str = ""

    @property
    def edition(self) -> str:
        """Return the edition's name, ``MEMO/N``; ``MEMO/N-DIGEST`` where two editions have that number."""
        return f"{self.memo}/{self.number}{f'-{self.twin}' if self.twin else ''}"

    @property
    def folder(self) -> str:
        """Return the folder of the edition's frozen files, relative to the project folder."""
        return f"{ISSUED}/{self.memo}/{self.folder_name or self.number}"

    @property
    def place(self) -> Place:
        """Return where the entry stands, for problems."""
        return Place(REGISTER, self.line)

    @property
    def origin(self) -> str:
        """Return the seal that the entry was first given: it stays the same in every register that has the entry."""
        return self.was or self.seal


_EDITION = re.compile(r"(?!\.)([^/\\]+)/([1-9][0-9]{0,8})(?:-[0-9a-f]+)?")


def parse_edition(text: str) -> tuple[str, int] | None:
    """Return the memo and the number of ``MEMO/N`` or ``MEMO/N-DIGEST``; None where the text is not of that form."""
    found = _EDITION.fullmatch(text)
    return (found[1], int(found[2])) if found else None


def memo_lines(entries: Iterable[Entry]) -> dict[str, str]:
    """Return, for each memo, the name of its line: what it was called when it was first issued."""
    lines: dict[str, str] = {}
    for entry in entries:
        line = lines.setdefault(entry.memo, entry.memo)
        if earlier := parse_edition(entry.replaces):
            joined = lines.get(earlier[0], earlier[0])
            lines.update({memo: joined for memo, name in lines.items() if name == line})
    return lines


def latest(entries: Sequence[Entry], memo: str) -> Entry | None:
    """Return the entry of the newest edition of a memo's line; of several, the first, which was its first handover."""
    lines = memo_lines(entries)
    # Of one line, each name was first issued after the name before it.
    first = {entry.memo: number for number, entry in reversed(list(enumerate(entries)))}
    of_line = (entry for entry in entries if lines[entry.memo] == lines.get(memo, memo))
    return max(of_line, key=lambda entry: (first[entry.memo], entry.number), default=None)


def copies(entries: Sequence[Entry]) -> dict[tuple[str, str], Entry]:
    """Return, by line of memos and recipient, the entry of the copy that each was handed last: the one in force.

    A copy that was withdrawn is in force no more, nor is the one that it had replaced.
    """
    lines = memo_lines(entries)
    held: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        for recipient in entry.to:
            key = (lines[entry.memo], recipient)
            if entry.kind == "handover":
                held[key] = entry
            elif key in held and held[key].edition == entry.edition:
                del held[key]
    return held


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
        return [], [_broken(0, f"cannot be read: {error.strerror or error}", _TAKE_BACK)]
    entries: list[Entry] = []
    for number, line in enumerate(whole_lines(data), 1):
        if not line.strip():  # an editor's; no entry
            continue
        entry = from_line(line, number)
        if entry is None or entry.before != (entries[-1].seal if entries else ""):
            return _told_apart(entries), [_diagnosis(data, number, entry)]
        entries.append(entry)
    return _told_apart(entries), []


def append(project: Path, entry: Entry, last: Entry | None) -> Entry:
    """Add an entry after the last one; it is on the disk when this returns, sealed. Raises OSError.

    The caller holds the lock. What a kill has left of an unfinished line is cut off first.
    """
    path = project / REGISTER
    new = not path.exists()
    data = b"" if new else path.read_bytes()
    # A whole entry may lack its line end: an editor took it, or a kill came before it.
    gap = b"\n" if _ends_in_entry(data) else b""
    line = to_line(entry, last.seal if last else "")
    with path.open("ab") as file:
        file.truncate(len(data) if gap else data.rfind(b"\n") + 1)
        file.write(gap + line)
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync_folder(path.parent)
    sealed = from_line(line[:-1], last.line + 1 if last else 1)
    assert sealed, "what was just sealed has a seal that fits"
    return sealed


def whole_lines(data: bytes) -> list[bytes]:
    """Return the lines of a register, without a last one that was not written to its end."""
    lines = data.split(b"\n")
    # A kill leaves the beginning of a line. What has its seal was written to its end, whatever became of it since.
    return lines if _SEAL.search(lines[-1]) else lines[:-1]


def _ends_in_entry(data: bytes) -> bool:
    """Tell whether the register ends in a whole entry that has no line end."""
    return from_line(data[data.rfind(b"\n") + 1 :], 0) is not None


# A line

_SEAL = re.compile(rb'"seal":"[0-9a-f]{64}"\}')
_SEALED = re.compile(rb'(\{.*),"seal":"([0-9a-f]{64})"\}')


def to_line(entry: Entry, before: str) -> bytes:
    """Return the entry as a line that follows the one with the seal ``before``."""
    # Under another key than "to": a version that does not know withdrawals must not take one for a handover.
    to = "to" if entry.kind == "handover" else "withdrawn"
    more = {"replaces": entry.replaces, "folder": entry.folder_name, "was": entry.was}
    values = {
        "edition": f"{entry.memo}/{entry.number}",
        "date": entry.date,
        to: list(entry.to),
        "note": entry.note,
        "content": entry.content,
        "files": dict(entry.files),
        **{key: value for key, value in more.items() if value},
        "before": before,
    }
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":"))[:-1].encode()
    return body + f',"seal":"{bytes_digest(body)}"}}\n'.encode()


def from_line(line: bytes, number: int) -> Entry | None:
    """Read the entry of a line; return None where its seal does not fit it. Keys of a later version are passed over."""
    sealed = _SEALED.fullmatch(line)
    if sealed is None or bytes_digest(sealed[1]) != sealed[2].decode():
        return None
    # A fitting seal says that the line is whole, not that its values are of use.
    try:
        return _from_values(json.loads(line), number)
    except (ValueError, KeyError, TypeError):
        return None


def _from_values(values: Mapping[str, Any], number: int) -> Entry | None:
    name = parse_edition(values["edition"])
    kind: Kind = "withdrawal" if "withdrawn" in values else "handover"
    to, files = tuple(values["withdrawn" if kind == "withdrawal" else "to"]), dict(values["files"])
    needed = (values["date"], values["content"], values["before"], values["seal"])
    more = tuple(values.get(key, "") for key in ("note", "replaces", "folder", "was"))
    if name is None or not all(isinstance(text, str) for text in (*to, *files, *files.values(), *needed, *more)):
        return None
    date, content, before, seal = needed
    note, replaces, folder, was = more
    if not _FOLDER.fullmatch(folder):  # it is put behind a path
        return None
    return Entry(*name, date, to, note, content, files, before, seal, number, kind, replaces, folder, was)


_FOLDER = re.compile("|[1-9][0-9]*(-[0-9a-f]+)?")


# Editions of one number


def files_digest(entry: Entry) -> str:
    """Return a digest of all frozen files of an edition: two editions that have it in common are the same."""
    return text_digest(json.dumps(sorted(entry.files.items())))


def told_apart_by(entry: Entry, others: Iterable[Entry]) -> str:
    """Return the digits that tell an edition from others of its number: those in its footer, where they do."""
    shown = entry.files.get(DOCUMENT, "")[:DIGEST_SHOWN]
    same = any(other.files.get(DOCUMENT, "")[:DIGEST_SHOWN] == shown for other in others)
    return files_digest(entry)[:DIGEST_SHOWN] if same or not shown else shown


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """Return the entries, those of editions that share a number with the digits that tell them apart."""
    numbered: dict[tuple[str, int], dict[str, Entry]] = {}
    for entry in entries:
        numbered.setdefault((entry.memo, entry.number), {}).setdefault(files_digest(entry), entry)
    if all(len(same) == 1 for same in numbered.values()):
        return entries
    return [replace(entry, twin=_twin(entry, numbered[entry.memo, entry.number])) for entry in entries]


def _twin(entry: Entry, same: Mapping[str, Entry]) -> str:
    others = [other for digest, other in same.items() if digest != files_digest(entry)]
    return told_apart_by(entry, others) if others else ""


# What is wrong with it

JOIN = "memo join makes one register of both; docs/hand-over.md tells how"
_TAKE_BACK = "nothing is issued on top of it; take back the file as it was last known to be good"
_TURNED = "put `issued/** -text` in .gitattributes, and take back the file as it was committed"
MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")
"""How lines begin that git puts around the two sides of a conflict."""


def _diagnosis(data: bytes, number: int, entry: Entry | None) -> Problem:
    """Tell what is wrong with a register whose line of this number is the first that is not as it was written."""
    lines = whole_lines(data)
    marked = next((at for at, line in enumerate(lines, 1) if line.startswith(MARKERS)), 0)
    if marked:
        return _broken(marked, "git left the markers of a conflict here: two branches have added entries", JOIN)
    if entry is None:
        if from_line(lines[number - 1].removesuffix(b"\r"), number):
            return _broken(number, "the line ends of this register were turned about, by git or an editor", _TURNED)
        return _broken(number, "this entry is not as it was written", _TAKE_BACK)
    earlier = [other for at, line in enumerate(lines[: number - 1], 1) if (other := from_line(line, at))]
    if any(other.before == entry.before and other.seal != entry.seal for other in earlier):
        return _broken(number, "from here on, the entries of two branches stand mixed: git merged them by lines", JOIN)
    return _broken(number, "this entry does not follow the one before it", _TAKE_BACK)


def _broken(line: int, message: str, hint: str) -> Problem:
    return Problem("broken-register", message, Place(REGISTER, line), hint)
