"""What a check looks at. Type only."""

from __future__ import annotations

from collections.abc import Iterator

from memo.composed import Composed
from memo.document import Claim, Figure, Footnote, Inline, Text, block_nodes, inlines, text_runs
from memo.facts import Facts
from memo.frozen import frozen
from memo.problem import Place
from memo.style import Style
from memo.template import Format, Template


@frozen
class Memo:
    """A composed memo with all that it was composed from. ``formats`` are those that it is to be rendered to."""

    template: Template
    facts: Facts
    composed: Composed
    style: Style
    formats: tuple[Format, ...]

    def place(self, node: Inline, offset: int = 0) -> Place:
        """Where an inline was written, or the template as a whole where memo itself wrote it."""
        return self.composed.places.of(node, offset) or Place(self.template.path)

    def front_matter_place(self, key: str) -> Place:
        """Where a key of the front matter stands, or the template as a whole."""
        return self.template.places.get((key,), Place(self.template.path))

    def leaves(self) -> Iterator[Text | Claim]:
        """Every stretch of words in the document, in reading order, notes where they are referred to."""
        return (inline for inline in self._inlines() if isinstance(inline, Text | Claim))

    def uses(self) -> Iterator[tuple[Claim | Footnote, str]]:
        """Every claim and every note, with each fact that it shows or cites."""
        for inline in self._inlines():
            if isinstance(inline, Claim | Footnote):
                yield from ((inline, fact) for fact in inline.facts)

    def figures(self) -> Iterator[Figure]:
        """Every figure in the document, in reading order."""
        return (node for node in block_nodes(self.composed.document.blocks) if isinstance(node, Figure))

    def places_of(self, id: str) -> Iterator[Place]:
        """Every place where a template shows, cites or draws this fact, in reading order."""
        yield from (self.place(inline) for inline, used in self.uses() if used == id)
        for figure in self.figures():
            if any(id in event.facts for event in figure.data):
                yield self.composed.places.of(figure) or Place(self.template.path)

    def _inlines(self) -> Iterator[Inline]:
        return (inline for run in text_runs(self.composed.document) for inline in inlines(run))
