"""A composed memo. Type only; `memo.compose` makes it.

Where everything in a document was written: kept beside it, never in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from memo.document.tree import Block, Document, Inline, ListItem, Row, Text
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


class Composed(Struct, frozen=True):
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


Node = Block | ListItem | Row | Inline


class SourceSpan(NamedTuple):
    """From the character ``start`` of a text on, where it was written.

    ``exact``: letter by letter, so that a later character stands further on its line; else the place as a whole gave
    rise to the stretch, as an expression does to a name. ``made``: memo worded it, as it does a list of sources.
    """

    start: int
    place: Place
    exact: bool = False
    made: bool = False

    def at(self, offset: int) -> Place:
        """The place of a character of the stretch, and of what follows on its line."""
        further = min(max(0, offset - self.start), self.place.length - 1) if self.exact else 0
        return self.place._replace(column=self.place.column + further, length=self.place.length - further)

    def later(self, by: int) -> SourceSpan:
        """The same stretch of a text that so many characters were put before."""
        return self._replace(start=self.start + by) if by else self


class Places:
    """The place of each block, row, list item and inline of one composed document.

    It goes by the nodes themselves, not by what they hold: two equal sentences have each their own place. Ask with
    the very node that stands in the document.
    """

    def __init__(self) -> None:
        self._held: dict[int, tuple[Node, *tuple[SourceSpan, ...]]] = {}

    def enter(self, node: Node, *stretches: SourceSpan) -> None:
        """Say where a node was written; of a text, for each of its stretches, in order."""
        self._held[id(node)] = (node, *stretches)

    def move(self, old: Node, new: Node) -> None:
        """What stood for the old node stands for the new."""
        held, *stretches = self._held.get(id(old), (None,))
        if held is old and new is not old:
            del self._held[id(old)]
            self.enter(new, *stretches)

    def cut(self, old: Text, new: Text) -> None:
        """The new text is the end of the old one."""
        self.enter(new, *cut(self._stretches(old), len(old.text) - len(new.text)))

    def of(self, node: Node, offset: int = 0) -> Place | None:
        """The place of a node: of a Text, that of the character at ``offset`` in it, and of what follows on its line.

        A claim's is that of the expression that printed it, ``fact("gas-exports")``, in its template; so is a
        footnote's, a figure's, and that of everything within them. None for a node that is not of this document.
        """
        stretches = self._stretches(node)
        if not stretches:
            return None
        index = max(0, bisect_right([stretch.start for stretch in stretches], offset) - 1)
        return stretches[index].at(offset)

    def made(self, node: Node) -> bool:
        """Whether memo itself worded a node, and no writer did: a list of sources, a source summary."""
        return any(stretch.made for stretch in self._stretches(node))

    def _stretches(self, node: Node) -> list[SourceSpan]:
        """Those of a node; none for one that is not of this document."""
        held, *stretches = self._held.get(id(node), (None,))
        return stretches if held is node else []


def cut(stretches: Sequence[SourceSpan], by: int) -> list[SourceSpan]:
    """The stretches of a text whose first characters, so many, are taken away."""
    before = [stretch for stretch in stretches if stretch.start <= by]
    first = [SourceSpan(0, stretch.at(by), stretch.exact) for stretch in before[-1:]]
    return first + [stretch.later(-by) for stretch in stretches if stretch.start > by]
