"""What the cells of a table need: for their widest word, and for all that they say on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.columns import Extent
from memo.document import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Strong, Table, Text
from memo.fonts import width
from memo.picture import Face

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
