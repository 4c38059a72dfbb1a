"""The place of every value of a YAML file, and what its texts refer to, packed into little memory.

A dossier of thousands of facts has a place for each of their values, and most are never asked for. As tuples in a dict
they took more memory than the facts themselves, so each entry (one fact, source or actor) keeps but three numbers a
value, and the names of these values are kept once for all entries that have the same ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from memo.facts.yaml_nodes import Position
from memo.problem import Place

KeyPath = tuple[str, ...]
"""The keys that lead to a value: ``("fact", "gas-exports", "claim")``. See `memo.facts.dossier.Facts.places`."""

_ENTRY = 2
"""How many keys of a path name the entry."""


class _EntryPlaces(NamedTuple):
    """Line, column and length of each value of one entry, one after the other, and the rest of its key path."""

    path: str
    tails: tuple[KeyPath, ...]
    numbers: array[int]

    def place(self, index: int) -> Place:
        line, column, length = self.numbers[3 * index : 3 * index + 3]
        return Place(self.path, line, column, length)


class PackedPlaces(Mapping[KeyPath, Place]):
    """The place of every value, by its key path."""

    def __init__(self, positions: Mapping[KeyPath, Position] | None = None) -> None:
        self._entries: dict[KeyPath, _EntryPlaces] = {}
        self._tails: dict[tuple[KeyPath, ...], tuple[KeyPath, ...]] = {}
        by_entry: dict[KeyPath, list[tuple[KeyPath, Position]]] = {}
        for key_path, position in (positions or {}).items():
            by_entry.setdefault(key_path[:_ENTRY], []).append((key_path[_ENTRY:], position))
        for entry, values in by_entry.items():
            numbers = array("I", (number for _, position in values for number in position[1:]))
            self._entries[entry] = self._shared(
                _EntryPlaces(values[0][1][0], tuple(tail for tail, _ in values), numbers)
            )

    def _shared(self, places: _EntryPlaces) -> _EntryPlaces:
        """Give entries with equal tails the very same tuple: most facts of a dossier have the same few keys."""
        tails = self._tails.setdefault(places.tails, places.tails)
        return places if tails is places.tails else places._replace(tails=tails)

    def join(self, others: PackedPlaces) -> list[KeyPath]:
        """Take in the entries of another sheet; return those that both have, of which the ones here are kept."""
        doubles = self._entries.keys() & others._entries.keys()
        for entry, places in others._entries.items():
            if entry not in doubles:
                self._entries[entry] = self._shared(places)
        return [entry for entry in others._entries if entry in doubles]

    def ids(self, kind: str) -> Iterator[str]:
        """Return the id of every entry of one kind: ``source``, ``actor``, ``fact``."""
        return (entry[1] for entry in self._entries if len(entry) == _ENTRY and entry[0] == kind)

    def __getitem__(self, key_path: KeyPath) -> Place:
        places = self._entries[key_path[:_ENTRY]]
        # A search through some twenty tails is quick enough for the few places that are asked for.
        try:
            return places.place(places.tails.index(key_path[_ENTRY:]))
        except ValueError:
            raise KeyError(key_path) from None

    def __iter__(self) -> Iterator[KeyPath]:
        return ((*entry, *tail) for entry, places in self._entries.items() for tail in places.tails)

    def __len__(self) -> int:
        return sum(len(places.tails) for places in self._entries.values())


class PackedReferences:
    """Every text of one sheet that names a source, an actor or a fact: the kind of what it names, its id, its place."""

    def __init__(self) -> None:
        self._path = ""
        self._named: dict[tuple[str, str], int] = {}
        self._numbers = array("I")

    def add(self, kind: str, id: str, position: Position) -> None:
        """Note one reference."""
        self._path = position[0]
        self._numbers.extend((self._named.setdefault((kind, id), len(self._named)), *position[1:]))

    def __iter__(self) -> Iterator[tuple[str, str, Place]]:
        named, numbers = list(self._named), iter(self._numbers)
        # The same iterator four times over deals the numbers out by fours.
        for index, line, column, length in zip(numbers, numbers, numbers, numbers, strict=True):
            yield *named[index], Place(self._path, line, column, length)
