"""A composed memo. Type only; `memo.compose` makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from memo.document import Document
from memo.frozen import frozen
from memo.places import Places
from memo.problem import Place


class Waiver(NamedTuple):
    """A template's ``{# memo: allow CODE: REASON #}``: what it allows from line ``first`` to ``last`` of its file."""

    code: str
    reason: str
    place: Place
    first: int
    last: int

    def covers(self, place: Place) -> bool:
        """Whether a place lies in what it allows."""
        return place.path == self.place.path and self.first <= place.line <= self.last


@frozen
class Composed:
    """A composed memo: its document, where everything in that was written, and the files that were included."""

    document: Document
    places: Places
    read: tuple[str, ...] = ()
    """Relative to the project folder, in order of first use; without the template itself."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The digest (SHA-256) of the bytes of each, as they were read; empty of what was not there to include."""
    waivers: tuple[Waiver, ...] = ()
    """In the order of their files and lines."""
    made: frozenset[str] = frozenset()
    """The keys of the blocks that memo itself wrote: the sources, their summary, the table of likelihoods."""
