"""Tables: the memo's own table style, a header row that repeats, rows that do not split, widths from content."""

from __future__ import annotations

from itertools import accumulate, pairwise

from memo.document import Align, Cell, Inline, Mark, Row, Table, inline_text
from memo.renderers.docx.captions import caption
from memo.renderers.docx.columns import columns
from memo.renderers.docx.look import CELL_SIDE
from memo.renderers.docx.markup import quoted
from memo.renderers.docx.paragraphs import Direct, gap, paragraph
from memo.renderers.docx.story import Story


def table(content: Table, story: Story, left: int, mark: Mark | None) -> str:
    """A table with its caption above it, from ``left`` (twips) to the right margin; then a gap."""
    above = _captioned(content.caption, story, left, mark)
    widths = _widths(content, story, left)
    header = _row(content.header, content.align, widths, story, mark, heads=True)
    rows = "".join([_row(row, content.align, widths, story, mark) for row in content.rows])
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    properties = _properties(content, story, sum(widths), left)
    below = gap(story, mark)
    return f"{above}<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{header}{rows}</w:tbl>{below}"


def _captioned(words: tuple[Inline, ...], story: Story, left: int, mark: Mark | None) -> str:
    if not words:
        return ""
    story.tables += 1
    return caption(
        words, "Table", story.words.table, story.tables, story, Direct(keep_next=True, left=left or None), mark
    )


def _widths(content: Table, story: Story, left: int) -> list[int]:
    """Column widths in whole twips that add up to the room there is."""
    room = story.measure - left
    exact = columns(content, room / 20, story.style.sizes.table, CELL_SIDE)
    edges = [0, *(round(edge * 20) for edge in accumulate(exact))]
    edges[-1] = room
    return [right - before for before, right in pairwise(edges)]


def _properties(content: Table, story: Story, wide: int, left: int) -> str:
    """ECMA-376-1, 17.4.59. The caption is said again as the table's title, for those who hear the page."""
    flags, plain = ("0420", 0) if story.style.tables.banded else ("0620", 1)
    indent = f'<w:tblInd w:w="{left}" w:type="dxa"/>' if left else ""
    title = f"<w:tblCaption w:val={quoted(inline_text(content.caption))}/>" if content.caption else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="MemoTable"/><w:tblW w:w="{wide}" w:type="dxa"/>'
        f'{indent}<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{flags}" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="{plain}" w:noVBand="1"/>{title}</w:tblPr>'
    )


def _row(
    row: Row, align: tuple[Align, ...], widths: list[int], story: Story, mark: Mark | None, heads: bool = False
) -> str:
    mark = mark or row.mark
    change = f"<{story.change(mark)}/>" if mark else ""
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if heads else ''}{change}</w:trPr>"
    style = "TableHeading" if heads else "TableText"
    cells = zip(row.cells, widths, align, strict=True)
    return (
        f"<w:tr>{properties}{''.join([_cell(cell, style, wide, way, story, mark) for cell, wide, way in cells])}</w:tr>"
    )


def _cell(cell: Cell, style: str, wide: int, way: Align, story: Story, mark: Mark | None) -> str:
    words = paragraph(style, cell.content, story, Direct(align="" if way == "left" else way), mark)
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{words}</w:tc>'
