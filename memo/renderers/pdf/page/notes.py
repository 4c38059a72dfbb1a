"""Footnotes at the foot of the page that refers to them: the rule above them, and how they are cut to go overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from memo.renderers.pdf.file.page_content import ARTIFACT, PageContent
from memo.renderers.pdf.text.lines import Note, draw_line

ABOVE_NOTES = 12.5
"""From the text to the first note, with the short rule between; in points, as all here."""

BETWEEN_NOTES = 1.5
_RULE_AT = 6.5
_RULE_LENGTH = 90.0
_RULE_WIDTH = 0.5
_LEAST_LINES = 2
"""A note is cut only where so many of its lines stand on either side."""


class NoteSlice(NamedTuple):
    """Some of a note's lines, from ``start`` up to ``end``."""

    note: Note
    start: int
    end: int

    @property
    def height(self) -> float:
        """Return the height of these lines, in points."""
        return (self.end - self.start) * self.note.style.leading

    @property
    def least_height(self) -> float:
        """Return the height of the least that may stand of it on a page that cannot hold all."""
        count = self.end - self.start
        return (count if count < 2 * _LEAST_LINES else _LEAST_LINES) * self.note.style.leading


def whole_note(note: Note) -> NoteSlice:
    """Return all lines of a note as a slice."""
    return NoteSlice(note, 0, len(note.lines))


def notes_height(slices: Sequence[NoteSlice]) -> float:
    """Return what notes take at the foot of a page, with the rule above them."""
    if not slices:
        return 0.0
    return ABOVE_NOTES + sum(own.height for own in slices) + BETWEEN_NOTES * (len(slices) - 1)


def least_notes_height(slices: Sequence[NoteSlice]) -> float:
    """Return what notes take if the last of them goes on overleaf as soon as it can."""
    return notes_height(slices) - slices[-1].height + slices[-1].least_height if slices else 0.0


def split_notes(slices: Sequence[NoteSlice], room: float) -> tuple[list[NoteSlice], list[NoteSlice]]:
    """Split notes into what fits into a height and what goes on overleaf.

    Only the last is cut, where that is enough. Otherwise each gives way to the least of those after it, so that all
    begin here. If not even the least of one fits, it goes overleaf with all after it.
    """
    fitting: list[NoteSlice] = []
    rest: list[NoteSlice] = []
    for at, own in enumerate(slices):
        after = sum(BETWEEN_NOTES + other.least_height for other in slices[at + 1 :])
        left = room - after - notes_height([*fitting, own]) + own.height
        if own.height <= left:
            fitting.append(own)
            continue
        # A millionth of a line, lest rounding cost one that fits.
        first, second = _cut(own, int(left / own.note.style.leading + 1e-6))
        fitting += first
        rest += second
        if not first:
            return fitting, [*rest, *slices[at + 1 :]]
    return fitting, rest


def _cut(own: NoteSlice, lines: int) -> tuple[list[NoteSlice], list[NoteSlice]]:
    """Cut a slice in two, the first of at most so many lines, neither of too few."""
    lines = min(lines, own.end - own.start - _LEAST_LINES)
    if lines < _LEAST_LINES:
        return [], [own]
    middle = own.start + lines
    return [NoteSlice(own.note, own.start, middle)], [NoteSlice(own.note, middle, own.end)]


def draw_notes(page: PageContent, slices: Sequence[NoteSlice], x: float, foot: float, colour: str) -> None:
    """Draw notes so that the last ends at ``foot``, under a short rule of a colour."""
    top = foot - notes_height(slices)
    page.set_owner(ARTIFACT)
    page.line(x, top + _RULE_AT, x + _RULE_LENGTH, top + _RULE_AT, _RULE_WIDTH, colour)
    top += ABOVE_NOTES
    for note, start, end in slices:
        _draw_note(page, note, start, end, x, top)
        top += (end - start) * note.style.leading + BETWEEN_NOTES


def _draw_note(page: PageContent, note: Note, start: int, end: int, x: float, top: float) -> None:
    if start == 0:  # a slice that comes over from the page before has its number there
        page.add_destination(note.name, x, top)
        draw_line(page, note.label, x, top + note.style.baseline)
    for line in note.lines[start:end]:
        draw_line(page, line, x + note.indent, top + note.style.baseline)
        if page.marks:
            page.add_change_bar(top, note.style.leading)
        top += note.style.leading
