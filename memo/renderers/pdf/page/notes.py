"""Footnotes: set once, then placed at the foot of the page that refers to them, in one piece or several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from memo.renderers.pdf.file.destinations import reference_spot
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.content import ARTIFACT, Sheet
from memo.renderers.pdf.text.lines import Line, draw_line
from memo.renderers.pdf.text.looks import Look

ABOVE = 12.5
"""From the text to the first note, with the short rule between; in points, as all here."""

BETWEEN = 1.5
_RULE_AT = 6.5
_RULE_LENGTH = 90.0
_RULE_WIDTH = 0.5
_LEAST_LINES = 2
"""A note is cut only where so many of its lines stand on either side."""


class Note(NamedTuple):
    """One footnote. Links lead to it by ``spot``, and back by ``reference_spot``; ``said`` is its text, shortened.

    ``lines`` begin ``indent`` points right of the number, which is ``label``.
    """

    number: int
    element: Element
    look: Look
    label: Line
    lines: tuple[Line, ...]
    indent: float
    said: str

    @property
    def spot(self) -> str:
        """The name of the place where it begins."""
        return self.element.id

    @property
    def reference_spot(self) -> str:
        """The name of the place that refers to it."""
        return reference_spot(self.number)


class NoteSlice(NamedTuple):
    """Some of a note's lines, from ``start`` up to ``end``."""

    note: Note
    start: int
    end: int

    @property
    def height(self) -> float:
        """The height of these lines, in points."""
        return (self.end - self.start) * self.note.look.leading

    def least(self) -> float:
        """The height of the least that may stand of it on a page that cannot hold all."""
        count = self.end - self.start
        return (count if count < 2 * _LEAST_LINES else _LEAST_LINES) * self.note.look.leading


def whole(note: Note) -> NoteSlice:
    """All of a note."""
    return NoteSlice(note, 0, len(note.lines))


def height_of(slices: Sequence[NoteSlice]) -> float:
    """What these take at the foot of a page, with the rule above them."""
    return ABOVE + sum(part.height for part in slices) + BETWEEN * (len(slices) - 1) if slices else 0.0


def least_height_of(slices: Sequence[NoteSlice]) -> float:
    """The same, if the last of them goes on overleaf as soon as it can."""
    return height_of(slices) - slices[-1].height + slices[-1].least() if slices else 0.0


def pour(slices: Sequence[NoteSlice], room: float) -> tuple[list[NoteSlice], list[NoteSlice]]:
    """What fits into that height, and what goes on overleaf.

    Only the last is cut, where that is enough. Else each gives way to the least of those after it, so that all begin.
    If not even the least of one fits, it goes overleaf with all after it.
    """
    fitting: list[NoteSlice] = []
    rest: list[NoteSlice] = []
    for at, part in enumerate(slices):
        after = sum(BETWEEN + other.least() for other in slices[at + 1 :])
        left = room - after - height_of([*fitting, part]) + part.height
        if part.height <= left:
            fitting.append(part)
            continue
        first, second = _cut(part, int(left / part.note.look.leading + 1e-6))
        fitting += first
        rest += second
        if not first:
            return fitting, [*rest, *slices[at + 1 :]]
    return fitting, rest


def _cut(part: NoteSlice, lines: int) -> tuple[list[NoteSlice], list[NoteSlice]]:
    """The part in two, the first of at most so many lines, neither of too few."""
    lines = min(lines, part.end - part.start - _LEAST_LINES)
    if lines < _LEAST_LINES:
        return [], [part]
    middle = part.start + lines
    return [NoteSlice(part.note, part.start, middle)], [NoteSlice(part.note, middle, part.end)]


def draw_notes(sheet: Sheet, slices: Sequence[NoteSlice], x: float, foot: float, rule: str) -> None:
    """Draw them so that the last ends at ``foot``, under a short rule of that colour."""
    top = foot - height_of(slices)
    sheet.mark(ARTIFACT)
    sheet.line(x, top + _RULE_AT, x + _RULE_LENGTH, top + _RULE_AT, _RULE_WIDTH, rule)
    top += ABOVE
    for note, start, end in slices:
        _draw(sheet, note, start, end, x, top)
        top += (end - start) * note.look.leading + BETWEEN


def _draw(sheet: Sheet, note: Note, start: int, end: int, x: float, top: float) -> None:
    if start == 0:
        sheet.spot(note.spot, x, top)
        draw_line(sheet, note.label, x, top + note.look.baseline)
    for line in note.lines[start:end]:
        draw_line(sheet, line, x + note.indent, top + note.look.baseline)
        if sheet.touched:
            sheet.beside(top, note.look.leading)
        top += note.look.leading
