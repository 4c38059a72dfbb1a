"""Tables: the memo's own table style, a header row that repeats, rows that do not split, widths from content.

What the cells of a table need: for their widest word, and for all that they say on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from memo.document.tree import (
    Align,
    Cell,
    Claim,
    Emphasis,
    Footnote,
    Inline,
    LineBreak,
    Link,
    Mark,
    Row,
    Strong,
    Table,
    Text,
)
from memo.document.walk import inline_text
from memo.fonts import Face, width
from memo.renderers.docx.look import CELL_ABOVE, CELL_SIDE
from memo.renderers.docx.markup import quoted
from memo.renderers.docx.paragraphs import Direct, caption, gap, joint, paragraph
from memo.renderers.docx.story import Story
from memo.renderers.table_widths import MOST_OF_PAGE, Extent, columns, lines

_PAD = 2 * CELL_SIDE + 0.5
"""What a column needs beside its words: space at both sides, and a little for widths that Word rounds otherwise."""


def table(content: Table, story: Story, left: int, mark: Mark | None) -> str:
    """A table with its caption above it, from ``left`` (twips) to the right margin; then a gap."""
    above = _captioned(content.caption, story, left, mark)
    needs = extents(content, story.style.sizes.table * story.paper.letters)
    widths = _widths(needs, story, left)
    kept = _kept(needs, widths, story)
    header = _row(content.header, content.align, widths, story, mark, heads=True)
    rows = "".join(
        [_row(row, content.align, widths, story, mark, keep) for row, keep in zip(content.rows, kept, strict=True)]
    )
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    properties = _properties(content, story, sum(widths), left)
    below = gap(story, mark)
    return f"{above}<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{header}{rows}</w:tbl>{below}"


def _captioned(words: tuple[Inline, ...], story: Story, left: int, mark: Mark | None) -> str:
    """The caption. One that is tracked has a paragraph after it: it can join no table when it goes."""
    if not words:
        return ""
    story.tables += 1
    above = caption(
        words, "Table", story.words.table, story.tables, story, Direct(keep_next=True, left=left or None), mark
    )
    return above + joint(story) if mark else above


def _widths(needs: list[list[Extent]], story: Story, left: int) -> list[int]:
    """Column widths in whole twips that add up to the room there is."""
    room = story.measure - left
    exact = columns(needs, room / 20, _PAD)
    edges = [0, *(round(edge * 20) for edge in accumulate(exact))]
    edges[-1] = room
    return [right - before for before, right in pairwise(edges)]


def _kept(needs: list[list[Extent]], widths: list[int], story: Story) -> list[bool]:
    """For each row below the header, whether it stays on the page of the next one.

    In a small table all do; in any other the first and the last but one, lest a row stand alone. The header's style
    keeps it with the first.
    """
    rows = len(needs) - 1
    points = [wide / 20 for wide in widths]
    leading = story.style.sizes.table_leading
    heights = [lines(row, points, _PAD) * leading + 2 * CELL_ABOVE for row in needs[1:]]
    small = sum(heights) <= MOST_OF_PAGE * story.paper.height / 20
    return [at < rows - 1 and (small or at in (0, rows - 2)) for at in range(rows)]


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
    row: Row,
    align: tuple[Align, ...],
    widths: list[int],
    story: Story,
    mark: Mark | None,
    keep: bool = False,
    heads: bool = False,
) -> str:
    mark = mark or row.mark
    change = f"<{story.change(mark)}/>" if mark else ""
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if heads else ''}{change}</w:trPr>"
    style = "TableHeading" if heads else "TableText"
    cells = zip(row.cells, widths, align, strict=True)
    inner = "".join([_cell(cell, style, wide, _direct(way, keep), story, mark) for cell, wide, way in cells])
    return f"<w:tr>{properties}{inner}</w:tr>"


def _direct(way: Align, keep: bool) -> Direct:
    return Direct(keep_next=keep, align="" if way == "left" else way)


def _cell(cell: Cell, style: str, wide: int, direct: Direct, story: Story, mark: Mark | None) -> str:
    words = paragraph(style, cell.content, story, direct, mark)
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>{words}</w:tc>'


_PIECE = re.compile(r"\n|[ \t]+|[^ \n\t]+")
_NOTE = 0.6
"""Width of a footnote's reference, as a ratio of the type size: two digits, raised."""


def extents(table: Table, size: float) -> list[list[Extent]]:
    """What each cell needs at this type size (points), without space around its words: row by row, header first."""
    rows = [[_extent(cell.content, size, bold=False) for cell in row.cells] for row in table.rows]
    return [[_extent(cell.content, size, bold=True) for cell in table.header.cells], *rows]


def _extent(content: tuple[Inline, ...], size: float, bold: bool) -> Extent:
    """The widest word and the widest line of one cell. A word may run through several inlines."""
    widest_word = widest_line = word = line = 0.0
    for text, face in _pieces(content, bold, italic=False):
        for piece in _PIECE.findall(text) if face else [text]:
            wide = width(piece, face, size) if face else _NOTE * size
            if piece == "\n":
                word = line = 0.0
                continue
            word = 0.0 if piece.isspace() and piece[0] in " \t" else word + wide
            line += wide
            widest_word, widest_line = max(widest_word, word), max(widest_line, line)
    return Extent(widest_word, widest_line)


def _pieces(content: tuple[Inline, ...], bold: bool, italic: bool) -> Iterator[tuple[str, Face | None]]:
    """Stretches of one face; a footnote's reference has none."""
    for inline in content:
        match inline:
            case Text(text=text) | Claim(text=text):
                yield text, _face(bold, italic)
            case Strong(content=inner):
                yield from _pieces(inner, True, italic)
            case Emphasis(content=inner):
                yield from _pieces(inner, bold, True)
            case Link(content=inner):
                yield from _pieces(inner, bold, italic)
            case LineBreak():
                yield "\n", _face(bold, italic)
            case Footnote():
                yield "", None


def _face(bold: bool, italic: bool) -> Face:
    if bold:
        return "bold-italic" if italic else "bold"
    return "italic" if italic else "regular"
