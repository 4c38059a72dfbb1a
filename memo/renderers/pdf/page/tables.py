"""Tables: columns as wide as their content asks for, a header row that is repeated on every page, rows kept whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import Literal, NamedTuple

from memo.document.tree import Align, Inline, Mark, Row, Table, Text
from memo.facts.style import fill
from memo.renderers.pdf.file.page_content import ARTIFACT, PageContent
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.notes import least_notes_height, whole_note
from memo.renderers.pdf.page.pagination import Container, Flowable, Panel, kept_together, line_flowables
from memo.renderers.pdf.text.line_breaks import BoxList
from memo.renderers.pdf.text.lines import LineBox, Note, draw_line
from memo.renderers.pdf.text.paragraphs import LineBreaking, content_widths
from memo.renderers.pdf.text.styles import TextStyle
from memo.renderers.pdf.text.typesetter import Typesetter
from memo.renderers.table_widths import MOST_OF_PAGE, Extent, columns

CELL_PADDING = 6.0
ROW_PADDING = 3.5
"""Beside a cell's text, and above and below it, in points."""

CAPTION_GAP = 4.0
_HAIRLINE = 0.5
_MOST_OF_HEADER = 0.3
"""The share of a page that a header row may take to be repeated on the next."""

_ALIGNMENTS = {"left": 0.0, "center": 0.5, "right": 1.0}


class CellText(NamedTuple):
    """The text of one cell, before the width of its column is known."""

    element: Element
    paragraph: list[BoxList]
    style: TextStyle


class TableLayout(NamedTuple):
    """The left edge and the width of each column, how its text is aligned, and the table's colours."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    align: tuple[Align, ...]
    rule: str
    tint: str
    banded: bool


def flow(table: Table, typesetter: Typesetter, container: Container) -> Iterator[Flowable]:
    """Yield a table's flowables: its caption's lines, its header row, and its rows."""
    element = Element("Table", container.element)
    # A caption is the first kid of its table (ISO 32000-1, 14.8.4.3.4).
    caption_lines = caption("table", table.caption, element, typesetter, container)
    # A header without rows stands in no THead, which would ask for a TBody beside it (ISO 32000-1, 14.8.4.3.4).
    head = Element("THead", element) if table.rows else element
    header = _cells(table.header, "TH", Element("TR", head), typesetter, container.mark)
    body = Element("TBody", element)
    rows = [_cells(row, "TD", Element("TR", body), typesetter, container.mark) for row in table.rows]
    layout = _layout(table, [header, *rows], typesetter, container)
    yield from kept_together(caption_lines)
    caption_height = sum(flowable.height for flowable in caption_lines)
    yield from _rows(header, rows, layout, typesetter, container.panels, caption_height)


def caption(
    kind: Literal["table", "figure"], content: tuple[Inline, ...], parent: Element, typesetter: Typesetter,
    container: Container,
) -> list[Flowable]:  # fmt: skip
    """Number and set the caption of a table or figure, if it has one."""
    if not content:
        return []
    pattern = typesetter.words.table if kind == "table" else typesetter.words.figure
    number = fill(pattern, number=str(typesetter.next_number(kind)))
    style, owner = typesetter.styles.caption, Element("Caption", parent)
    numbered = (Text(f"{number}. "), *content)
    lines = typesetter.lines(numbered, style, owner, container.width, LineBreaking.CELL, container.mark)
    return line_flowables(lines, style, container.x, container.panels)


def _cells(row: Row, tag: str, element: Element, typesetter: Typesetter, mark: Mark | None) -> list[CellText]:
    """Make the boxes of a row's cells; ``mark`` is that of its table."""
    attributes = "/O /Table /Scope /Column" if tag == "TH" else ""
    style = typesetter.styles.header_cell if tag == "TH" else typesetter.styles.cell
    elements = [Element(tag, element, attributes=attributes) for _ in row.cells]
    return [
        CellText(own, typesetter.breaker.box_lists(typesetter.runs(cell.content, style, own, mark or row.mark)), style)
        for own, cell in zip(elements, row.cells, strict=True)
    ]


def _layout(
    table: Table, rows: Sequence[Sequence[CellText]], typesetter: Typesetter, container: Container
) -> TableLayout:
    extents = [[Extent(*content_widths(cell.paragraph)) for cell in row] for row in rows]
    widths = columns(extents, container.width, 2 * CELL_PADDING)
    lefts = tuple(accumulate(widths[:-1], initial=container.x))
    style = typesetter.project_style
    return TableLayout(lefts, tuple(widths), table.align, style.colours.rule, style.colours.tint, style.tables.banded)


def _rows(
    header: list[CellText], rows: list[list[CellText]], layout: TableLayout, typesetter: Typesetter,
    panels: tuple[Panel, ...], caption_height: float,
) -> Iterator[Flowable]:  # fmt: skip
    head = list(_row(header, layout, typesetter, panels, layout.tint, caption_height))
    head[0].keep_with_previous, head[0].before = caption_height > 0, CAPTION_GAP if caption_height else 0.0
    yield from head
    # A header that takes much of a page, or more than one, is not worth showing again.
    repeated = head[0] if len(head) == 1 and head[0].height < typesetter.height * _MOST_OF_HEADER else None
    above = caption_height + CAPTION_GAP + head[-1].height
    flowables: list[Flowable] = []
    for index, row in enumerate(rows):
        tint = layout.tint if layout.banded and index % 2 else ""
        flowables += _row(row, layout, typesetter, panels, tint, above)
        above = repeated.height if repeated else 0.0
    _keep_together(flowables, typesetter.height * MOST_OF_PAGE)
    for flowable in flowables:
        flowable.header = repeated
        yield flowable


def _keep_together(rows: Sequence[Flowable], most: float) -> None:
    """Let no row stand alone, below the header or overleaf, and keep a table whole that is not higher than ``most``."""
    small = sum(row.height for row in rows) <= most
    for index, row in enumerate(rows):
        row.keep_with_previous = not row.new_page and (small or index in (0, 1, len(rows) - 1))


def _row(
    cells: list[CellText], layout: TableLayout, typesetter: Typesetter, panels: tuple[Panel, ...], tint: str,
    above: float,
) -> Iterator[Flowable]:  # fmt: skip
    """Yield a row as one flowable, or as one a page if no page holds it with its notes below ``above`` points."""
    lines = [
        typesetter.breaker.break_boxes(cell.paragraph, width - 2 * CELL_PADDING, LineBreaking.CELL)
        for cell, width in zip(cells, layout.widths, strict=True)
    ]
    room = typesetter.height - above - 2 * sum(panel.padding for panel in panels)
    for index, part in enumerate(_parts(lines, room, cells[0].style.leading)):
        draw = partial(_draw_row, cells, part.lines, layout, part.height, tint)
        yield Flowable(part.height, [draw], notes=part.notes, new_page=index > 0, panels=panels)


class RowPart(NamedTuple):
    """The lines of each cell of a row that stand on one page, as high as the longest, and their notes."""

    lines: list[list[LineBox]]
    height: float
    notes: tuple[Note, ...]

    def fits(self, room: float) -> bool:
        """Tell whether there is room for it with the least of its notes."""
        return self.height + least_notes_height([whole_note(note) for note in self.notes]) <= room


def _parts(lines: list[list[LineBox]], room: float, leading: float) -> Iterator[RowPart]:
    """Cut a row into parts for one page each, with as many lines as have room there with their notes.

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


def _part(lines: list[list[LineBox]], count: int, leading: float) -> RowPart:
    taken = [own[:count] for own in lines]
    notes = tuple(note for own in taken for line in own for note in line.notes())
    return RowPart(taken, max(1, *map(len, taken)) * leading + 2 * ROW_PADDING, notes)


def _draw_row(
    cells: list[CellText], lines: list[list[LineBox]], layout: TableLayout, height: float, tint: str,
    page: PageContent, top: float, artifact: str,
) -> None:  # fmt: skip
    left, right = layout.lefts[0], layout.lefts[-1] + layout.widths[-1]
    page.set_owner(artifact or ARTIFACT)
    page.rectangle(left, top, right - left, height, fill=tint)
    page.line(left, top + height, right, top + height, _HAIRLINE, layout.rule)
    for index, (cell, own) in enumerate(zip(cells, lines, strict=True)):
        if not artifact:
            cell.element.attach()  # an empty cell has no content that would attach it
        baseline = top + ROW_PADDING + cell.style.baseline
        room = layout.widths[index] - 2 * CELL_PADDING
        for line in own:
            x = layout.lefts[index] + CELL_PADDING + (room - line.width) * _ALIGNMENTS[layout.align[index]]
            draw_line(page, line, x, baseline, artifact)
            baseline += cell.style.leading
