"""A composed memo: its document, and where everything in that was written. Types only; `memo.compose` makes them.

A `Place` is a line and a column in a file. A `SourceSpan` says of one part of a text where it was written, and `Places`
has the spans of every node of a document. They are kept beside the tree and never in it: a delivered file has no
places, and two memos with the same words are equal wherever these were written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from memo.document.tree import Block, Document, Inline, ListItem, Row, Text
from memo.document.walk import block_nodes, contents, inlines
from memo.problem import Place


class Waiver(NamedTuple):
    """A template's ``{# memo: allow CODE: REASON #}``: allows that on lines ``first`` to ``last`` of its file."""

    code: str
    reason: str
    place: Place
    first: int
    last: int

    def covers(self, place: Place) -> bool:
        """Tell whether a place lies on the lines that the waiver is for."""
        return place.path == self.place.path and self.first <= place.line <= self.last


class Composed(Struct, frozen=True):
    """A composed memo: its document, where everything in that was written, and the files that were included."""

    document: Document
    places: Places
    read: tuple[str, ...] = ()
    """The included files, relative to the project folder, in order of first use; without the template itself."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The digest (SHA-256) of the bytes of each, as they were read; empty of one that was looked for in vain."""
    waivers: tuple[Waiver, ...] = ()
    """In the order of their files and lines."""
    generated: frozenset[str] = frozenset()
    """The keys of the blocks that memo itself worded: list of sources, source summary, table of likelihood terms."""


class SourceSpan(NamedTuple):
    """Where one part of a text was written: the part from its character ``start`` up to the next span, or the end.

    An ``exact`` span was copied letter by letter, so that a later character stands further on the same line. Otherwise
    the place as a whole gave rise to all of it, as an expression does to the name that it prints. A ``generated`` one
    was worded by memo itself; its place is that of the call that asked for it, such as ``sources()``.
    """

    start: int
    place: Place
    exact: bool = False
    generated: bool = False

    def at(self, offset: int) -> Place:
        """Return the place of the character at ``offset`` in the text, and of what follows on its line."""
        # Not beyond the end of the line: a place is a stretch of one line, of at least one character
        further = min(max(0, offset - self.start), self.place.length - 1) if self.exact else 0
        return self.place._replace(column=self.place.column + further, length=self.place.length - further)

    def later(self, by: int) -> SourceSpan:
        """Return the span for the same part after ``by`` characters were put before the text."""
        return self._replace(start=self.start + by) if by else self


Node = Block | ListItem | Row | Inline
"""Everything in a document that has a place."""


class Places:
    """The place of each block, row, list item and inline of one composed document.

    Look up the very node that stands in the document: two equal sentences have a place each, so that nodes go by
    identity, not by content.
    """

    def __init__(self) -> None:
        # The node is kept beside its spans so that its id cannot be given to another while it is looked up by it
        self._by_id: dict[int, tuple[Node, *tuple[SourceSpan, ...]]] = {}

    def enter(self, node: Node, *spans: SourceSpan) -> None:
        """Record where a node was written; a text may have several spans, in order."""
        self._by_id[id(node)] = (node, *spans)

    def enter_generated(self, blocks: Iterable[Block], place: Place) -> None:
        """Record that memo itself worded these blocks and all within them, because of what stands at a place."""
        span = SourceSpan(0, place, generated=True)
        for block in blocks:
            for node in block_nodes((block,)):
                self.enter(node, span)
            for inline in (inline for run in contents(block) for inline in inlines(run)):
                self.enter(inline, span)

    def move(self, old: Node, new: Node) -> None:
        """Give the old node's place to the new one that replaces it in the document."""
        if new is not old and (spans := self._spans(old)):
            del self._by_id[id(old)]
            self.enter(new, *spans)

    def cut(self, old: Text, new: Text) -> None:
        """Record the place of a text that is the end of an old one."""
        self.enter(new, *cut(self._spans(old), len(old.text) - len(new.text)))

    def of(self, node: Node, offset: int = 0) -> Place | None:
        """Return a node's place; of a Text, that of the character at ``offset`` in it and what follows on its line.

        A claim's is the expression in a template that printed it, ``fact("gas-exports")``; so is a footnote's, a
        figure's, and that of everything within them. None for a node that is not of this document.
        """
        spans = self._spans(node)
        if not spans:
            return None
        index = max(0, bisect_right([span.start for span in spans], offset) - 1)
        return spans[index].at(offset)

    def is_generated(self, node: Node) -> bool:
        """Tell whether memo itself worded a node, and no writer did: as in a list of sources, a source summary."""
        return any(span.generated for span in self._spans(node))

    def _spans(self, node: Node) -> Sequence[SourceSpan]:
        entered, *spans = self._by_id.get(id(node), (None,))
        return spans if entered is node else ()


def cut(spans: Sequence[SourceSpan], by: int) -> list[SourceSpan]:
    """Return the spans of a text after its first ``by`` characters are taken away."""
    before = [span for span in spans if span.start <= by]
    first = [SourceSpan(0, span.at(by), span.exact) for span in before[-1:]]
    return first + [span.later(-by) for span in spans if span.start > by]
