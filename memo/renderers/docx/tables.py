"""Tables: the memo's own table style, a header row that repeats, rows that do not split, widths from content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from memo.document import tree
from memo.document.tree import Align, Cell, Inline, Mark, Row, Table
from memo.document.walk import inline_text
from memo.fonts import Face, width
from memo.renderers.docx.builder import DocxBuilder
from memo.renderers.docx.package import quoteattr
from memo.renderers.docx.paragraphs import ParagraphFormat, caption, merge_target, paragraph, spacer
from memo.renderers.docx.styles import CELL_ABOVE, CELL_SIDE
from memo.renderers.table_widths import MOST_OF_PAGE, Extent, columns, line_count

_PAD = 2 * CELL_SIDE + 0.5
"""What a column needs beside its words: space at both sides, and a little for widths that Word rounds otherwise."""


def table(content: Table, builder: DocxBuilder, left: int, mark: Mark | None) -> str:
    """Write a table with its caption above it, from ``left`` (twips) to the right margin; then a spacer."""
    above = _caption(content.caption, builder, left, mark)
    needs = extents(content, builder.style.sizes.table * builder.text_area.widening)
    widths = _widths(needs, builder, left)
    keeps = _keep_with_next(needs, widths, builder)
    header = _row(content.header, content.align, widths, builder, mark, heads=True)
    rows = "".join(
        [_row(row, content.align, widths, builder, mark, keep) for row, keep in zip(content.rows, keeps, strict=True)]
    )
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    properties = _properties(content, builder, sum(widths), left)
    below = spacer(builder, mark)
    return f"{above}<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{header}{rows}</w:tbl>{below}"


def _caption(words: tuple[Inline, ...], builder: DocxBuilder, left: int, mark: Mark | None) -> str:
    if not words:
        return ""
    builder.tables += 1
    place = ParagraphFormat(keep_next=True, left=left or None)
    above = caption(words, "Table", builder.words.table, builder.tables, builder, place, mark)
    # A tracked caption that goes cannot merge into the table below it.
    return above + merge_target(builder) if mark else above


def _widths(needs: list[list[Extent]], builder: DocxBuilder, left: int) -> list[int]:
    """Return column widths in whole twips that add up to the room there is."""
    room = builder.text_area.width - left
    exact = columns(needs, room / 20, _PAD)
    edges = [0, *(round(edge * 20) for edge in accumulate(exact))]
    edges[-1] = room
    return [right - before for before, right in pairwise(edges)]


def _keep_with_next(needs: list[list[Extent]], widths: list[int], builder: DocxBuilder) -> list[bool]:
    """Tell for each row below the header whether it stays on the page of the next one.

    In a small table all do; in any other the first and the last but one, lest a row stand alone. The header's style
    keeps it with the first.
    """
    rows = len(needs) - 1
    points = [wide / 20 for wide in widths]
    leading = builder.style.sizes.table_leading
    heights = [line_count(row, points, _PAD) * leading + 2 * CELL_ABOVE for row in needs[1:]]
    small = sum(heights) <= MOST_OF_PAGE * builder.text_area.height / 20
    return [at < rows - 1 and (small or at in (0, rows - 2)) for at in range(rows)]


def _properties(content: Table, builder: DocxBuilder, wide: int, left: int) -> str:
    """Write the table's properties (ECMA-376-1, 17.4.59)."""
    # The caption is said again as the table's title, for those who hear the page.
    flags, plain = ("0420", 0) if builder.style.tables.banded else ("0620", 1)
    indent = f'<w:tblInd w:w="{left}" w:type="dxa"/>' if left else ""
    title = f"<w:tblCaption w:val={quoteattr(inline_text(content.caption))}/>" if content.caption else ""
    return (
        f'<w:tblPr><w:tblStyle w:val="MemoTable"/><w:tblW w:w="{wide}" w:type="dxa"/>'
        f'{indent}<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{flags}" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="{plain}" w:noVBand="1"/>{title}</w:tblPr>'
    )


def _row(
    row: Row,
    align: tuple[Align, ...],
    widths: list[int],
    builder: DocxBuilder,
    mark: Mark | None,
    keep: bool = False,
    heads: bool = False,
) -> str:
    mark = mark or row.mark
    change = f"<{builder.change_tag(mark)}/>" if mark else ""
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if heads else ''}{change}</w:trPr>"
    style = "TableHeading" if heads else "TableText"
    cells = zip(row.cells, widths, align, strict=True)
    inner = "".join([_cell(cell, style, wide, _cell_format(way, keep), builder, mark) for cell, wide, way in cells])
    return f"<w:tr>{properties}{inner}</w:tr>"


def _cell_format(way: Align, keep: bool) -> ParagraphFormat:
    return ParagraphFormat(keep_next=keep, align="" if way == "left" else way)


def _cell(
    cell: Cell, style: str, wide: int, formatting: ParagraphFormat, builder: DocxBuilder, mark: Mark | None
) -> str:
    words = paragraph(style, cell.content, builder, formatting, mark)
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{words}</w:tc>'


_PIECE = re.compile(r"\n|[ \t]+|[^ \n\t]+")
_NOTE = 0.6
"""Width of a footnote's reference, as a ratio of the type size: two digits, raised."""


def extents(table: Table, size: float) -> list[list[Extent]]:
    """Measure what each cell needs at this type size (points), without its padding: row by row, header first."""
    rows = [[_extent(cell.content, size, bold=False) for cell in row.cells] for row in table.rows]
    return [[_extent(cell.content, size, bold=True) for cell in table.header.cells], *rows]


def _extent(content: tuple[Inline, ...], size: float, bold: bool) -> Extent:
    """Measure the widest word and the widest line of one cell. A word may run through several inlines."""
    widest_word = widest_line = word = line = 0.0
    for text, face in _pieces(content, bold, italic=False):
        for piece in _PIECE.findall(text) if face else [text]:
            wide = width(piece, face, size) if face else _NOTE * size
            if piece == "\n":
                word = line = 0.0
                continue
            # A piece of no-break spaces alone is white space, too, and stays within its word.
            word = 0.0 if piece.isspace() and piece[0] in " \t" else word + wide
            line += wide
            widest_word, widest_line = max(widest_word, word), max(widest_line, line)
    return Extent(widest_word, widest_line)


def _pieces(content: tuple[Inline, ...], bold: bool, italic: bool) -> Iterator[tuple[str, Face | None]]:
    """Yield text of one face at a time; a footnote's reference has none."""
    for inline in content:
        match inline:
            case tree.Text(text=text) | tree.Claim(text=text):
                yield text, _face(bold, italic)
            case tree.Strong(content=inner):
                yield from _pieces(inner, True, italic)
            case tree.Emphasis(content=inner):
                yield from _pieces(inner, bold, True)
            case tree.Link(content=inner):
                yield from _pieces(inner, bold, italic)
            case tree.LineBreak():
                yield "\n", _face(bold, italic)
            case tree.Footnote():
                yield "", None


def _face(bold: bool, italic: bool) -> Face:
    if bold:
        return "bold-italic" if italic else "bold"
    return "italic" if italic else "regular"
