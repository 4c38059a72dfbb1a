"""The second place of the register: ``issued/register-entries/`` has a copy of every entry, a file each.

Its name is the seal that the entry was first given, so that two branches never write the same file, and git merges them
without a conflict. An entry that has a copy and is not in the register was lost: cut off at the end, or dropped where a
merge kept one side only. The copy is written after the entry: a kill between the two leaves an entry without a copy,
which the next that is added makes up for, and never a copy without an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from memo.editions.register import ISSUED, REGISTER, Entry, from_line, to_line
from memo.files import sync_folder, write_synced
from memo.problem import Place, Problem

FOLDER = "register-entries"
_SUFFIX = ".json"
_PART = "entry.part"


def copied(project: Path) -> set[str]:
    """Return the first seals of all entries that have a copy."""
    try:
        names = [path.name for path in (project / ISSUED / FOLDER).iterdir()]
    except OSError:  # no folder, a file in its place, a link in a circle
        return set()
    return {name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)}


def keep(project: Path, entries: Iterable[Entry]) -> None:
    """Write a copy of every entry that has none. The caller holds the lock. Raises OSError."""
    there = copied(project)
    lacking = [entry for entry in entries if entry.origin not in there]
    folder = project / ISSUED / FOLDER
    for entry in lacking:
        folder.mkdir(exist_ok=True)
        clear(project)
        write_synced(folder / _PART, to_line(entry, entry.before))
        (folder / _PART).rename(folder / f"{entry.origin}{_SUFFIX}")
    if lacking:
        sync_folder(folder)


def clear(project: Path) -> None:
    """Take away the copy that a kill has left half written. Raises OSError."""
    (project / ISSUED / FOLDER / _PART).unlink(missing_ok=True)


def read_copy(project: Path, origin: str) -> Entry | None:
    """Read the copy of an entry; None where it is not as it was written."""
    try:
        line = (project / ISSUED / FOLDER / f"{origin}{_SUFFIX}").read_bytes()
    except OSError:
        return None
    entry = from_line(line.rstrip(b"\r\n"), 0)
    return entry if entry and entry.origin == origin else None


def lost(project: Path, there: Iterable[str], entries: Sequence[Entry]) -> list[tuple[str, Entry | None]]:
    """Return the first seal of each entry that has a copy and is not in the register, and the entry as it was."""
    known = {entry.origin for entry in entries}
    return [(origin, read_copy(project, origin)) for origin in sorted(set(there) - known)]


def lost_problem(origin: str, entry: Entry | None) -> Problem:
    """Return a ``broken-register`` for an entry that was lost."""
    if entry is None:
        why, hint = f"the register has lost the entry with the seal {origin[:8]}", f"take back {REGISTER} as it was"
        return Problem("broken-register", why, Place(f"{ISSUED}/{FOLDER}/{origin}{_SUFFIX}"), hint)
    how = "issued to" if entry.kind == "handover" else "withdrawn from"
    why = f"the register has lost an entry: {entry.edition}, {how} {'; '.join(entry.to)} on {entry.date}"
    return Problem("broken-register", why, Place(REGISTER), "memo join puts it back, from its copy in issued/")
