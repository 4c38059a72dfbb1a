"""Joining the register of another copy of the project, a branch or a clone, with this one: all that was issued in both.

Where git has put two registers into one file, both are taken from there; entries that a merge dropped are taken from
their copies (`memo.editions.entry_copies`). What the other project has frozen is copied, and held to its digests. All
of it is on the disk before the register is replaced, at once: a kill leaves the old register or the joined one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from memo.editions import entry_copies, frozen_files
from memo.editions.joining import chains_in, join, sealed, strange_lines
from memo.editions.register import ISSUED, REGISTER, Entry, files_digest, read, to_line, whole_lines
from memo.files import sync_folder, write_synced
from memo.handover.issuing import with_register_locked
from memo.problem import Place, Problem, has_errors
from memo.project import Project


class Joined(Struct, frozen=True):
    """A register that was joined: the entries that came in, and every edition that shares its number with another."""

    added: tuple[Entry, ...]
    twins: tuple[Entry, ...]


def join_registers(project: Project, other: Path | None = None) -> tuple[Joined | None, list[Problem]]:
    """Join the register of the project folder ``other`` with this project's; without it, what git has left of both.

    None is returned, and nothing written, where there are errors. Problems: broken-register, altered-edition,
    unreadable, unwritable.
    """
    return with_register_locked(project, lambda: _join(project.folder, other))


def _join(project: Path, other: Path | None) -> tuple[Joined | None, list[Problem]]:
    ours, problems = _own_entries(project)
    theirs, found = _entries_of(other) if other else ([], [])
    problems = problems + found
    if has_errors(problems):
        return None, problems
    frozen_files.clear(project, ours)
    known = {entry.origin for entry in read(project)[0]}
    chain, data = sealed(join(ours, theirs))
    found = _bring_folders(project, chain, other, theirs)
    if has_errors(found):
        return None, found
    _replace(project / REGISTER, data)
    entry_copies.keep(project, chain)
    frozen_files.finish(project)
    entries, problems = frozen_files.look_at_everything(project)
    twins = {entry.edition: entry for entry in entries if entry.twin}
    return Joined(tuple(entry for entry in entries if entry.origin not in known), tuple(twins.values())), problems


def _entries_of(other: Path) -> tuple[list[Entry], list[Problem]]:
    """Read the register of the other project; it and what it has frozen must be whole."""
    if not (other / REGISTER).is_file():
        hint = f"name a project folder that has {REGISTER}: a clone, or a worktree of the other branch"
        return [], [Problem("unreadable", "no register stands here", Place((other / REGISTER).as_posix()), hint)]
    entries, problems = frozen_files.look_at_everything(other)
    return entries, [
        replace(problem, place=problem.place._replace(path=(other / problem.place.path).as_posix()))
        for problem in problems
    ]


# What is here


def _own_entries(project: Path) -> tuple[list[Entry], list[Problem]]:
    """Read what this project's register holds of one or two branches, and the copies of entries that it has lost."""
    entries, problems = frozen_files.read_register(project)
    try:
        data = (project / REGISTER).read_bytes()
    except FileNotFoundError:
        data = b""
    if any(strange_lines(data)):
        return entries, problems
    chains = chains_in(data)
    there = [entry for chain in chains for entry in chain]
    lost = entry_copies.lost(project, entry_copies.copied(project), there)
    copies = [to_line(entry, entry.before).rstrip() for entry in _in_order(lost)]
    chains = chains_in(b"\n".join([*whole_lines(data), *copies]))
    unread = [entry_copies.lost_problem(*one) for one in lost if one[1] is None]
    if unread or any(chain[0].before for chain in chains):
        return entries, problems or unread
    return reduce(join, chains, []), []


def _in_order(lost: Iterable[tuple[str, Entry | None]]) -> list[Entry]:
    """Put entries in an order in which each comes after the one that it was sealed after."""
    left = {entry.seal: entry for _, entry in lost if entry}
    ordered: list[Entry] = []
    while left:
        ready = [entry for entry in left.values() if entry.before not in left]
        ordered += ready or list(left.values())  # seals cannot go round in a circle
        left = {seal: entry for seal, entry in left.items() if entry not in ordered}
    return ordered


# What is frozen there


def _bring_folders(project: Path, chain: Sequence[Entry], other: Path | None, theirs: Sequence[Entry]) -> list[Problem]:
    """Copy the frozen files of editions that stand only in the other project. Raises OSError."""
    sources = {files_digest(entry): entry for entry in theirs}
    folders = {entry.folder: entry for entry in chain}
    problems: list[Problem] = []
    needed: dict[str, dict[str, bytes]] = {}
    for folder, entry in folders.items():
        found = frozen_files.altered(project, entry)
        source = sources.get(files_digest(entry))
        if found and source and other and not (project / folder).exists():
            needed[folder.removeprefix(f"{ISSUED}/")] = {
                name: (other / source.folder / name).read_bytes() for name in entry.files
            }
        elif not (project / folder).exists():
            problems += [replace(problem, hint=_TAKE_BACK) for problem in found]
    if needed and not problems:
        frozen_files.begin(project, needed)
        for name, files in needed.items():
            frozen_files.write_folder(project, name, files)
    return problems


_TAKE_BACK = "take it back (git checkout --ours issued), and name the project that has the other: memo join OTHER"


def _replace(register: Path, data: bytes) -> None:
    """Put another register in the place of this one, whole or not at all; it is on the disk when this returns."""
    part = register.with_name(f".{register.name}.part")
    write_synced(part, data)
    part.replace(register)
    sync_folder(register.parent)
