"""Filling pages with strips, and each page's foot with the notes that its strips refer to.

Strips that are glued together move as one chunk. A chunk and the whole of its notes go on the page if they fit. If
only the last note is in the way, it is cut, so that no page is left with a large gap; what is left of it opens the
notes of the next page. Nothing is drawn before a page is full, and nothing is kept after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from memo.renderers.pdf.page.notes import NoteSlice, height_of, least_height_of, pour, whole
from memo.renderers.pdf.page.strips import Strip

MOST_NOTES = 0.5
"""The share of a page that notes may take before text stops making way for them."""

LARGE_GAP = 0.12
"""The share of a page that may stay empty for the sake of a note in one piece."""

_SLACK = 1e-6


@dataclass(slots=True)
class Placed:
    """A strip on a page: ``top`` is from the top of the text's area. A ``repeated`` one was shown before."""

    strip: Strip
    top: float
    repeated: bool = False


@dataclass(slots=True)
class FilledPage:
    """What stands on one page. ``notes`` are those that it refers to, and what came over from the page before."""

    height: float
    notes: list[NoteSlice] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0

    def takes(self, chunk: list[Strip], cut_notes: bool = False) -> bool:
        """Whether the chunk fits with its notes; if ``cut_notes``, with the least that may stand of the last."""
        notes = self.notes + [whole(note) for strip in chunk for note in strip.notes]
        least = least_height_of(notes)
        wanted = max(least, min(height_of(notes), self.height * MOST_NOTES))
        needed = self._top(chunk[0]) + _height(chunk) + chunk[-1].pads()
        return needed + (least if cut_notes else wanted) <= self.height + _SLACK

    def add(self, chunk: Iterable[Strip]) -> None:
        """Place strips below all others."""
        for strip in chunk:
            if not self.placed and strip.header:
                self.placed.append(Placed(strip.header, strip.pads(), repeated=True))
            top = self._top(strip)
            self.placed.append(Placed(strip, top))
            self.used = top + strip.height
            self.notes += map(whole, strip.notes)

    def _top(self, strip: Strip) -> float:
        """Where a strip would stand next."""
        if self.used:
            return self.used + strip.before
        return strip.pads() + (strip.header.height if strip.header else 0.0)

    def has_large_gap(self) -> bool:
        """Whether much of it would stay empty if it ended here."""
        return self.height - self.used - height_of(self.notes) > LARGE_GAP * self.height

    def finish(self) -> list[NoteSlice]:
        """Keep of the notes what fits; gives what goes on overleaf."""
        pads = self.placed[-1].strip.pads() if self.placed else 0.0
        self.notes, rest = pour(self.notes, self.height - self.used - pads + _SLACK)
        return rest


def fill_pages(strips: Iterable[Strip], height: float) -> Iterator[FilledPage]:
    """Every page in turn, filled; ``height`` is that of the text's area. There is always one."""
    page = FilledPage(height)
    for chunk in _chunks(strips):
        while chunk:
            if page.placed and chunk[0].new_page:
                chunk[0].new_page = False
            elif page.takes(chunk) or (page.has_large_gap() and page.takes(chunk, cut_notes=True)):
                page.add(chunk)
                break
            elif not page.placed and not _came_over(page):
                chunk = _add_some(page, chunk)
            rest = page.finish()
            yield page
            page = FilledPage(height, rest)
    while page.placed or page.notes:
        rest = page.finish()
        yield page
        page = FilledPage(height, rest)


def _came_over(page: FilledPage) -> bool:
    return bool(page.notes)


def _add_some(page: FilledPage, chunk: list[Strip]) -> list[Strip]:
    """Put what fits of a chunk that is taller than a page, at least one strip; gives the others."""
    count = 1
    while count < len(chunk) and page.takes(chunk[: count + 1], cut_notes=True):
        count += 1
    page.add(chunk[:count])
    return chunk[count:]


def _chunks(strips: Iterable[Strip]) -> Iterator[list[Strip]]:
    chunk: list[Strip] = []
    for strip in strips:
        if chunk and not strip.glued:
            yield chunk
            chunk = []
        chunk.append(strip)
    if chunk:
        yield chunk


def _height(chunk: list[Strip]) -> float:
    """The height of a chunk from the top of its first strip to the foot of its last."""
    return sum(strip.height for strip in chunk) + sum(strip.before for strip in chunk[1:])
