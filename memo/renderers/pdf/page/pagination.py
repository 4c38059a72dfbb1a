"""Pages filled from the top down with flowables, and with the notes that those refer to.

A flowable is one line of text, one row of a table, one picture. A page may end between any two, unless the lower is
kept with the one before it. Flowables that are kept together move as a chunk. A chunk goes on the page if it fits with
all of its notes. If only its notes are in the way, they are cut, so that no page is left with a large gap; the rest of
them opens the notes of the next page. Nothing is drawn before a page is full, and nothing is kept after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from memo.document.tree import Mark
from memo.renderers.pdf.file.page_content import PageContent
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.notes import NoteSlice, least_notes_height, notes_height, split_notes, whole_note
from memo.renderers.pdf.text.lines import LineBox, Note, draw_line
from memo.renderers.pdf.text.styles import TextStyle

# What pages are filled with

Draw = Callable[[PageContent, float, str], None]
"""Draws on a page from that height down; as an artifact, if one is named."""


class Panel(Struct, frozen=True, eq=False):
    """What is drawn behind all flowables of a block: a tint, a bar on the left. ``padding`` is above and below them."""

    x: float
    width: float
    padding: float
    fill: str
    bar: str
    bar_width: float


@dataclass(slots=True, eq=False)
class Flowable:
    """A piece of a page, as wide as the text, that no page end cuts. Lengths are in points.

    ``before`` is the space above it, which is dropped at the top of a page. ``panels`` are those it stands in, the
    outermost first; an ``edge`` is the padding at the top or bottom of the innermost. ``header`` stands above it again
    where a page begins with it.
    """

    height: float
    draws: list[Draw] = field(default_factory=list)
    before: float = 0.0
    notes: tuple[Note, ...] = ()
    keep_with_previous: bool = False
    new_page: bool = False
    panels: tuple[Panel, ...] = ()
    edge: bool = False
    header: Flowable | None = None

    def padding(self, panel: Panel | None = None) -> float:
        """Return the padding of panels that a page end would cut here: of all, or of this one and those within it."""
        cut = self.panels[:-1] if self.edge else self.panels
        if panel is not None:
            cut = cut[self.panels.index(panel) :]
        return sum(each.padding for each in cut)

    def draw(self, page: PageContent, top: float, artifact: str = "") -> None:
        """Draw it, and note for a change bar if anything in it was inserted or deleted."""
        for draw in self.draws:
            draw(page, top, artifact)
        if page.marks:
            page.add_change_bar(top, self.height)


class Container(Struct, frozen=True):
    """Where blocks stand: ``width`` from ``x`` on, in a structure element and in panels, within what has ``mark``."""

    x: float
    width: float
    element: Element
    panels: tuple[Panel, ...] = ()
    list_depth: int = 0
    mark: Mark | None = None

    def indented(self, by: float, element: Element) -> Container:
        """Return a container that is narrower on the left, with another element."""
        return replace(self, x=self.x + by, width=self.width - by, element=element)

    def marked(self, mark: Mark | None) -> Container:
        """Return the container of a block with this mark; the mark of what is around counts before it."""
        return replace(self, mark=mark) if mark and not self.mark else self


def line_flowables(
    lines: Iterable[LineBox], style: TextStyle, x: float, panels: tuple[Panel, ...] = ()
) -> list[Flowable]:
    """Make the flowables of a paragraph: neither its first nor its last line stands alone on a page."""
    flowables = [
        Flowable(style.leading, [partial(_draw_text, line, style, x)], notes=tuple(line.notes()), panels=panels)
        for line in lines
    ]
    if len(flowables) > 1:
        flowables[1].keep_with_previous = flowables[-1].keep_with_previous = True
    return flowables


def _draw_text(line: LineBox, style: TextStyle, x: float, page: PageContent, top: float, artifact: str) -> None:
    draw_line(page, line, x, top + style.baseline, artifact)


def kept_together(flowables: Iterable[Flowable]) -> Iterator[Flowable]:
    """Keep each flowable but the first with the one before it."""
    for index, flowable in enumerate(flowables):
        flowable.keep_with_previous = flowable.keep_with_previous or index > 0
        yield flowable


# How they fill pages

MOST_NOTES = 0.5
"""The share of a page that notes may take before text stops making way for them."""

LARGE_GAP = 0.12
"""The share of a page that may stay empty for the sake of a note in one piece."""

_SLACK = 1e-6


@dataclass(slots=True)
class PlacedFlowable:
    """A flowable on a page; ``top`` is from the top of the text area. A ``repeated`` one was shown before."""

    flowable: Flowable
    top: float
    repeated: bool = False


@dataclass(slots=True)
class FilledPage:
    """What stands on one page. ``notes`` are those that it refers to, after what came over from the page before."""

    height: float
    notes: list[NoteSlice] = field(default_factory=list)
    placed: list[PlacedFlowable] = field(default_factory=list)
    used: float = 0.0

    def takes(self, chunk: list[Flowable], cut_notes: bool = False) -> bool:
        """Tell whether a chunk fits with its notes; if ``cut_notes``, with the least that may stand of each of them.

        Notes that stand here already are not cut for it: they are to end before others go on overleaf.
        """
        own = [whole_note(note) for flowable in chunk for note in flowable.notes]
        notes = self.notes + own
        least = least_notes_height(notes)
        # Notes longer than half a page do not drive all text off it: they are cut, and go on overleaf.
        wanted = max(least, min(notes_height(notes), self.height * MOST_NOTES))
        height = sum(flowable.height for flowable in chunk) + sum(flowable.before for flowable in chunk[1:])
        needed = self._next_top(chunk[0]) + height + chunk[-1].padding()
        if cut_notes and own:
            wanted = notes_height(notes) - sum(note.height - note.least_height for note in own)
        elif cut_notes:
            wanted = least
        return needed + wanted <= self.height + _SLACK

    def add(self, chunk: Iterable[Flowable]) -> None:
        """Place flowables below all others."""
        for flowable in chunk:
            if not self.placed and flowable.header:
                self.placed.append(PlacedFlowable(flowable.header, flowable.padding(), repeated=True))
            top = self._next_top(flowable)
            self.placed.append(PlacedFlowable(flowable, top))
            self.used = top + flowable.height
            self.notes += map(whole_note, flowable.notes)

    def add_some(self, chunk: list[Flowable]) -> list[Flowable]:
        """Place what fits of a chunk that is higher than a page, at least one flowable; return the others."""
        count = 1
        while count < len(chunk) and self.takes(chunk[: count + 1], cut_notes=True):
            count += 1
        self.add(chunk[:count])
        return chunk[count:]

    def _next_top(self, flowable: Flowable) -> float:
        if self.used:
            return self.used + flowable.before
        return flowable.padding() + (flowable.header.height if flowable.header else 0.0)

    def has_large_gap(self) -> bool:
        """Tell whether much of it would stay empty if it ended here."""
        return self.height - self.used - notes_height(self.notes) > LARGE_GAP * self.height

    def finish(self) -> list[NoteSlice]:
        """Keep the notes that fit; return what goes on overleaf."""
        padding = self.placed[-1].flowable.padding() if self.placed else 0.0
        self.notes, rest = split_notes(self.notes, self.height - self.used - padding + _SLACK)
        return rest


def fill_pages(flowables: Iterable[Flowable], height: float) -> Iterator[FilledPage]:
    """Yield every page when it is full; ``height`` is that of the text area. There is always one."""
    page = FilledPage(height)
    for chunk in _chunks(flowables):
        while chunk:
            if page.placed and chunk[0].new_page:
                chunk[0].new_page = False  # the chunk comes again on the next page, which it now begins
            elif page.takes(chunk) or (page.has_large_gap() and page.takes(chunk, cut_notes=True)):
                page.add(chunk)
                break
            elif not page.placed and not page.notes:  # no page has more room than this one
                chunk = page.add_some(chunk)
            rest = page.finish()
            yield page
            page = FilledPage(height, rest)
    while page.placed or page.notes:
        rest = page.finish()
        yield page
        page = FilledPage(height, rest)


def _chunks(flowables: Iterable[Flowable]) -> Iterator[list[Flowable]]:
    """Yield the flowables that are kept together."""
    chunk: list[Flowable] = []
    for flowable in flowables:
        if chunk and not flowable.keep_with_previous:
            yield chunk
            chunk = []
        chunk.append(flowable)
    if chunk:
        yield chunk
