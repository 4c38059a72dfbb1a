"""One register of two: what was issued on two branches, or in two copies of a project, in one sealed chain.

Entries that both have are known by the seal that they were first given. From the last of these on, the entries of both
are put in the order of their days, those of each in their own order; which of the two asks makes no difference. Who
comes after another entry than before is sealed anew, and keeps its first seal beside that.

Two branches may both have made edition 2 of a memo. Both keep their number. The edition of the other branch stands in a
folder named for its digest as well, and `memo.editions.register` tells the two apart by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from memo.editions.register import MARKERS, Entry, files_digest, from_line, to_line, told_apart_by, whole_lines


def strange_lines(data: bytes) -> Iterator[int]:
    """Yield the number of every line that is neither an entry nor what git puts between two sides of a conflict."""
    for number, line in enumerate(whole_lines(data), 1):
        line = line.removesuffix(b"\r")
        if line and not line.startswith(MARKERS) and from_line(line, number) is None:
            yield number


def chains_in(data: bytes) -> list[list[Entry]]:
    """Take a register apart into the chains that git has put into one file, by lines or between its markers.

    Every chain is whole from the first entry on; one whose beginning is lost begins with an entry that comes after
    another. Lines that are no entry are passed over.
    """
    chains: list[list[Entry]] = []
    known: set[str] = set()
    for number, line in enumerate(data.split(b"\n"), 1):
        entry = from_line(line.removesuffix(b"\r"), number)
        if entry is None or entry.origin in known:
            continue
        known.add(entry.origin)
        chain = next((chain for chain in chains if entry.before in (chain[-1].seal, chain[-1].was)), None)
        if chain is None:
            chains.append([*_up_to(entry.before, chains), entry])
        else:
            chain.append(entry)
    return chains


def _up_to(seal: str, chains: Iterable[Sequence[Entry]]) -> Sequence[Entry]:
    """Return the beginning of a chain, up to the entry of this seal; nothing where none has it."""
    for chain in chains if seal else ():
        for at, entry in enumerate(chain, 1):
            if seal in (entry.seal, entry.was):
                return chain[:at]
    return ()


def join(ours: Sequence[Entry], theirs: Sequence[Entry]) -> list[Entry]:
    """Return the entries of both, in one order; those of theirs stand in folders where none of ours stand.

    They are not sealed yet: `lines` does that.
    """
    known = {entry.origin for entry in ours}
    new = _beside(ours, [entry for entry in theirs if entry.origin not in known])
    shared = {entry.origin for entry in theirs}
    common = max((at for at, entry in enumerate(ours, 1) if entry.origin in shared), default=0)
    return [*ours[:common], *_by_day(ours[common:], new)]


def _by_day(first: Sequence[Entry], second: Sequence[Entry]) -> list[Entry]:
    """Merge two sequences by day, and of one day by the first seals; each keeps its own order."""
    left, right, merged = list(first), list(second), list[Entry]()
    while left and right:
        one, other = left[0], right[0]
        merged.append((left if (one.date, one.origin) <= (other.date, other.origin) else right).pop(0))
    return [*merged, *left, *right]


def _beside(ours: Sequence[Entry], new: Iterable[Entry]) -> list[Entry]:
    """Give each new entry a folder that no other edition stands in."""
    taken = {entry.folder: entry for entry in ours}
    placed = []
    for entry in new:
        same = [other for other in ours if (other.memo, other.number) == (entry.memo, entry.number)]
        alike = next((other for other in same if files_digest(other) == files_digest(entry)), None)
        if alike:
            entry = replace(entry, folder_name=alike.folder_name)
        elif entry.folder in taken and files_digest(taken[entry.folder]) != files_digest(entry):
            entry = replace(entry, folder_name=f"{entry.number}-{told_apart_by(entry, same)}")
        taken[entry.folder] = entry
        placed.append(entry)
    return placed


def sealed(entries: Iterable[Entry]) -> tuple[list[Entry], bytes]:
    """Return the entries in one chain, and the register that holds them, a line each."""
    chain: list[Entry] = []
    data = b""
    for entry in entries:
        before = chain[-1].seal if chain else ""
        line = to_line(entry, before)
        held = from_line(line[:-1], len(chain) + 1)
        assert held
        if held.seal != entry.seal:
            line = to_line(replace(entry, was=entry.origin), before)
            held = from_line(line[:-1], len(chain) + 1)
            assert held
        chain.append(held)
        data += line
    return chain, data
