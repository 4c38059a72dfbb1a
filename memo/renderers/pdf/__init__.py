"""Document + Style -> a tagged PDF that is both PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3).

The way of a memo through these files::

    blocks, table, figure, title    the document's parts -> strips, each as wide as the text
    runs -> atoms -> lines          the words of one paragraph -> its lines (cut in cutter and case, ended in breaks)
    pages, notes                    strips -> pages, with the notes that they refer to
    sheet, structure, margins       one page's content, and what everything on it is
    fonts, outline, metadata, file  what the file needs besides
    marks, signs, bars, told        a redline: what came and went, in the text, beside it, and listed at the end
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from memo.document.as_json import Embedded
from memo.document.as_json import embed as carried_by
from memo.document.furniture import Furniture, furniture
from memo.document.tree import Document
from memo.facts.style import Style
from memo.problem import Place, Problem
from memo.renderers import Rendered
from memo.renderers.pdf.assemble import Book
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page import change_list, title_block
from memo.renderers.pdf.page.blocks import Blocks
from memo.renderers.pdf.page.header_footer import Margins
from memo.renderers.pdf.page.outline import Outline
from memo.renderers.pdf.page.strips import Column, Strip
from memo.renderers.pdf.text.typesetter import Setter


def render(
    document: Document, style: Style, *, bare: bool = False, carried: Embedded | None = None
) -> tuple[Rendered, list[Problem]]:
    """The memo as a PDF, and how many pages it has. The same document and style give the same bytes.

    The file carries the document as ``memo.json`` unless it is ``bare``; the footer bears the digest of just that.
    ``carried`` is the document's JSON, from those who have that already.
    Gives the problem ``missing-glyph`` for each character that no font has, which is then shown as a question mark.
    """
    carried = carried or carried_by(document)
    setter = Setter(document.metadata, style)
    outline = Outline()
    redline = change_list.redline_of(document, setter.words)
    book = Book(replace(document.metadata, title=change_list.titled(document.metadata, redline)), setter, outline)
    if not bare:
        book.carry(carried.json)
    words = _furniture(document, style, carried.digest, redline)
    book.fill(_strips(document, words, setter, outline, book.root))
    data = book.finish(Margins(words, setter))
    return Rendered(data, book.page_count), [_missing(char) for char in setter.fonts.missing()]


def _strips(document: Document, words: Furniture, setter: Setter, outline: Outline, root: Element) -> Iterator[Strip]:
    """The title block, below it all blocks, and at the end of a redline what changed."""
    column, blocks = Column(setter.left, setter.measure, root), Blocks(setter, outline)
    earlier = furniture(document.earlier, setter.style, "") if document.earlier else words
    yield from title_block.strips(words, earlier, title_block.Told(document.changes), setter, column)
    for index, strip in enumerate(blocks.strips(document.blocks, column)):
        if index == 0:
            strip.before, strip.new_page = title_block.BELOW, False
        yield strip
    yield from change_list.strips(document, blocks, setter, column)


def _furniture(document: Document, style: Style, digest: str, redline: str) -> Furniture:
    """What stands around the text. That of a redline says what it is, above its title and at the head of each page."""
    words = furniture(document.metadata, style, digest)
    if not redline:
        return words
    return words._replace(memorandum=f"{words.memorandum} · {redline}", short_title=f"{redline} · {words.short_title}")


def _missing(char: str) -> Problem:
    return Problem("missing-glyph", f"no font has {char!r} (U+{ord(char):04X})", Place("document"))
