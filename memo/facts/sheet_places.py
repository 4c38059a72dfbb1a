"""Where everything in a fact sheet stands, and what it refers to, in little room.

A dossier of thousands of facts has a place for each of their values, and most are never asked for. So each entry keeps
but three numbers a value; which values those are is kept once for all entries that say the same ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from memo.facts.yaml_nodes import Mark
from memo.problem import Place

Trail = tuple[str, ...]
"""What leads to a value: see `memo.facts.dossier.Facts.places`."""

_HEAD = 2
"""How many parts of a trail name the entry, as in ``("fact", "gas-exports", "claim")``."""


class _Entry(NamedTuple):
    """One entry's places: line, column and length of each of its values, one after the other."""

    path: str
    tails: tuple[Trail, ...]
    numbers: array[int]

    def place(self, index: int) -> Place:
        """The place of one of its values."""
        line, column, length = self.numbers[3 * index : 3 * index + 3]
        return Place(self.path, line, column, length)


class SheetPlaces(Mapping[Trail, Place]):
    """The place of every value, by its trail."""

    def __init__(self, marks: Mapping[Trail, Mark] | None = None) -> None:
        self._entries: dict[Trail, _Entry] = {}
        self._tails: dict[tuple[Trail, ...], tuple[Trail, ...]] = {}
        self._enter(marks or {})

    def _enter(self, marks: Mapping[Trail, Mark]) -> None:
        by_entry: dict[Trail, list[tuple[Trail, Mark]]] = {}
        for trail, mark in marks.items():
            by_entry.setdefault(trail[:_HEAD], []).append((trail[_HEAD:], mark))
        for head, own in by_entry.items():
            numbers = array("I", (number for _, mark in own for number in mark[1:]))
            self._entries[head] = self._shared(_Entry(own[0][1][0], tuple(tail for tail, _ in own), numbers))

    def _shared(self, entry: _Entry) -> _Entry:
        """The same entry, with the tails that others have, too."""
        tails = self._tails.setdefault(entry.tails, entry.tails)
        return entry if tails is entry.tails else entry._replace(tails=tails)

    def join(self, others: SheetPlaces) -> list[Trail]:
        """Take in those of another sheet; of two entries with one name, the first stands. Gives their names."""
        doubles = self._entries.keys() & others._entries.keys()
        for head, entry in others._entries.items():
            if head not in doubles:
                self._entries[head] = self._shared(entry)
        return [head for head in others._entries if head in doubles]

    def names(self, kind: str) -> Iterator[str]:
        """The id of every entry of one kind."""
        return (head[1] for head in self._entries if len(head) == _HEAD and head[0] == kind)

    def __getitem__(self, trail: Trail) -> Place:
        entry = self._entries[trail[:_HEAD]]
        try:
            return entry.place(entry.tails.index(trail[_HEAD:]))
        except ValueError:
            raise KeyError(trail) from None

    def __iter__(self) -> Iterator[Trail]:
        return ((*head, *tail) for head, entry in self._entries.items() for tail in entry.tails)

    def __len__(self) -> int:
        return sum(len(entry.tails) for entry in self._entries.values())


class References:
    """Every text of one sheet that names a source, an actor or a fact: the kind of what it names, its id, its place."""

    def __init__(self) -> None:
        self._path = ""
        self._named: dict[tuple[str, str], int] = {}
        self._numbers = array("I")

    def add(self, kind: str, name: str, mark: Mark) -> None:
        """Note one."""
        self._path = mark[0]
        self._numbers.extend((self._named.setdefault((kind, name), len(self._named)), *mark[1:]))

    def __iter__(self) -> Iterator[tuple[str, str, Place]]:
        named, numbers = list(self._named), iter(self._numbers)
        for index, line, column, length in zip(numbers, numbers, numbers, numbers, strict=True):
            yield *named[index], Place(self._path, line, column, length)
