"""Tables: columns as wide as their content asks for, a header row that stands again on every page, rows kept whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from memo.document.tree import Align, Mark, Row, Table, Text
from memo.facts.style import fill
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.content import ARTIFACT, Sheet
from memo.renderers.pdf.page.notes import Note, least_height_of, whole
from memo.renderers.pdf.page.strips import Box, Column, Strip, glued, line_strips
from memo.renderers.pdf.text.boxes import Passage
from memo.renderers.pdf.text.lines import Line, Manner, draw_line, natural
from memo.renderers.pdf.text.looks import Look
from memo.renderers.pdf.text.typesetter import Setter
from memo.renderers.table_widths import MOST_OF_PAGE, Extent, columns

PAD_ACROSS = 6.0
PAD_DOWN = 3.5
_CAPTION_GAP = 4.0
_HAIRLINE = 0.5
_RULE = 0.9
_MOST_OF_HEADER = 0.3
"""The share of a page that a header row may take to stand again on the next."""

_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


class _Cell(NamedTuple):
    """The words of one cell, before its width is known."""

    element: Element
    words: list[Passage]
    look: Look


class _Frame(NamedTuple):
    """Where a table's cells stand: the left edge and the width of each column, and how its words are aligned."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    align: tuple[Align, ...]
    ink: str
    tint: str
    band: bool


def strips(block: Table, setter: Setter, column: Column) -> Iterator[Strip]:
    """A table's strips: its caption's lines, its header row, and one for each row, which it does not part.

    A header without rows stands in no THead, which would ask for a TBody beside it (ISO 32000-1, 14.8.4.3.4).
    """
    table = Element("Table", column.parent)
    caption = _caption(block, setter, column, table)
    head = Element("THead", table) if block.rows else table
    header = _cells(block.header, "TH", Element("TR", head), setter, column.mark)
    body = Element("TBody", table)
    rows = [_cells(row, "TD", Element("TR", body), setter, column.mark) for row in block.rows]
    frame = _frame(block, [header, *rows], setter, column)
    yield from glued(caption)
    yield from _rows(header, rows, frame, setter, column.boxes, sum(strip.height for strip in caption))


def _caption(block: Table, setter: Setter, column: Column, table: Element) -> list[Strip]:
    """A caption is the first kid of its table (ISO 32000-1, 14.8.4.3.4)."""
    if not block.caption:
        return []
    number = fill(setter.words.table, number=str(setter.count("table")))
    look, owner = setter.looks.caption, Element("Caption", table)
    content = (Text(f"{number}. "), *block.caption)
    lines = setter.lines(content, look, owner, column.width, Manner.CELL, column.mark)
    return line_strips(lines, look, column.x, column.boxes)


def _cells(row: Row, tag: str, element: Element, setter: Setter, mark: Mark | None) -> list[_Cell]:
    """The cells of a row; ``mark`` is that of its table."""
    attributes = "/O /Table /Scope /Column" if tag == "TH" else ""
    look, mark = setter.looks.header_cell if tag == "TH" else setter.looks.cell, mark or row.mark
    made = [Element(tag, element, attributes=attributes) for _ in row.cells]
    return [
        _Cell(own, setter.breaker.passages(setter.runs(cell.content, look, own, mark)), look)
        for own, cell in zip(made, row.cells, strict=True)
    ]


def _frame(block: Table, rows: Sequence[Sequence[_Cell]], setter: Setter, column: Column) -> _Frame:
    needs = [[Extent(*natural(cell.words)) for cell in row] for row in rows]
    widths = columns(needs, column.width, 2 * PAD_ACROSS)
    lefts = tuple(accumulate(widths[:-1], initial=column.x))
    colours = setter.style.colours
    return _Frame(lefts, tuple(widths), block.align, colours.rule, colours.tint, setter.style.tables.banded)


def _rows(
    header: list[_Cell], rows: list[list[_Cell]], frame: _Frame, setter: Setter, boxes: tuple[Box, ...], caption: float
) -> Iterator[Strip]:
    """The strips of all rows, under a caption so high."""
    head = list(_row(header, frame, setter, boxes, frame.tint, caption))
    head[0].glued, head[0].before = caption > 0, _CAPTION_GAP if caption else 0.0
    yield from head
    repeated = head[0] if len(head) == 1 and head[0].height < setter.height * _MOST_OF_HEADER else None
    above = caption + _CAPTION_GAP + head[-1].height
    made: list[Strip] = []
    for index, row in enumerate(rows):
        tint = frame.tint if frame.band and index % 2 else ""
        made += _row(row, frame, setter, boxes, tint, above)
        above = repeated.height if repeated else 0.0
    _keep_together(made, setter.height * MOST_OF_PAGE)
    for strip in made:
        strip.header = repeated
        yield strip


def _keep_together(rows: Sequence[Strip], most: float) -> None:
    """No row stands alone, neither below the header nor overleaf; a table not higher than ``most`` stays whole."""
    small = sum(row.height for row in rows) <= most
    for index, row in enumerate(rows):
        row.glued = not row.new_page and (small or index in (0, 1, len(rows) - 1))


def _row(
    cells: list[_Cell], frame: _Frame, setter: Setter, boxes: tuple[Box, ...], tint: str, above: float = 0.0
) -> Iterator[Strip]:
    """The strip of a row; one a page, if it does not fit a page with its notes and what stands above it, so high."""
    lines = [
        setter.breaker.broken(cell.words, width - 2 * PAD_ACROSS, Manner.CELL)
        for cell, width in zip(cells, frame.widths, strict=True)
    ]
    room = setter.height - above - 2 * sum(box.pad for box in boxes)
    for index, part in enumerate(_parts(lines, room, cells[0].look.leading)):
        draw = partial(_draw_row, cells, part.lines, frame, part.height, tint)
        yield Strip(part.height, [draw], notes=part.notes, new_page=index > 0, boxes=boxes)


class _Part(NamedTuple):
    """The lines of each cell of a row that stand on one page, as high as the longest, and their notes."""

    lines: list[list[Line]]
    height: float
    notes: tuple[Note, ...]

    def fits(self, room: float) -> bool:
        """Whether there is room for it with the least of its notes."""
        return self.height + least_height_of([whole(note) for note in self.notes]) <= room


def _parts(lines: list[list[Line]], room: float, leading: float) -> Iterator[_Part]:
    """A row in parts for one page each, with as many lines as have room on it with their notes.

    Where the notes of one line of each cell are too many, the cells on the right wait for the next page.
    """
    while True:
        count = max(1, *map(len, lines))
        part = _part(lines, count, leading)
        while count > 1 and not part.fits(room):
            count -= 1
            part = _part(lines, count, leading)
        width = len(lines)
        while count == 1 and any(part.lines[: width - 1]) and not part.fits(room):
            width -= 1
            part = _part(lines[:width] + [[]] * (len(lines) - width), 1, leading)
        yield part
        lines = [own[len(taken) :] for own, taken in zip(lines, part.lines, strict=True)]
        if not any(lines):
            return


def _part(lines: list[list[Line]], count: int, leading: float) -> _Part:
    taken = [own[:count] for own in lines]
    notes = tuple(note for own in taken for line in own for note in line.notes())
    return _Part(taken, max(1, *map(len, taken)) * leading + 2 * PAD_DOWN, notes)


def _draw_row(
    cells: list[_Cell], lines: list[list[Line]], frame: _Frame, height: float, tint: str,
    sheet: Sheet, top: float, artifact: str,
) -> None:  # fmt: skip
    left, right = frame.lefts[0], frame.lefts[-1] + frame.widths[-1]
    sheet.mark(artifact or ARTIFACT)
    sheet.box(left, top, right - left, height, fill=tint)
    sheet.line(left, top + height, right, top + height, _HAIRLINE, frame.ink)
    for index, (cell, own) in enumerate(zip(cells, lines, strict=True)):
        if not artifact:
            cell.element.join()
        baseline = top + PAD_DOWN + cell.look.baseline
        room = frame.widths[index] - 2 * PAD_ACROSS
        for line in own:
            at = frame.lefts[index] + PAD_ACROSS + (room - line.width) * _SHARES[frame.align[index]]
            draw_line(sheet, line, at, baseline, artifact)
            baseline += cell.look.leading
