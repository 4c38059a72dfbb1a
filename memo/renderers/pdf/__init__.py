"""Document + Style -> a tagged PDF that is both PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3).

Three folders, each of which imports only from those below it; ``assembler`` puts the file together::

    page   blocks, tables                        the document's blocks -> flowables: lines, rows, pictures
           title_header_footer, redline_parts    what stands around them, and what a redline adds
           pagination, notes                     flowables -> pages, with the notes that they refer to at the foot
    text   typesetter, paragraphs                inlines -> runs -> lines, with notes and change marks
           segments, line_breaks                 words -> boxes, glue and penalties -> where lines end
           lines, fonts, styles                  lines drawn, fonts encoded and embedded, the look of each kind of text
    file   page_content, structure, navigation   a page's operators, the structure tree, links and bookmarks
           metadata, objects                     what the file says about itself, and PDF's syntax
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from memo.document.as_json import Embedded, embed
from memo.document.furniture import Furniture, furniture
from memo.document.tree import Document
from memo.facts.look import look_json
from memo.facts.style import Style
from memo.problem import Place, Problem
from memo.renderers import Rendered
from memo.renderers.pdf.assembler import Assembler
from memo.renderers.pdf.file.navigation import Outline
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.blocks import Blocks
from memo.renderers.pdf.page.pagination import Container, Flowable
from memo.renderers.pdf.page.redline_parts import change_list, change_list_heading, file_title, redline_name
from memo.renderers.pdf.page.title_header_footer import BELOW_TITLE_BLOCK, HeaderFooter, TitleChanges, title_block
from memo.renderers.pdf.text.typesetter import Typesetter


def render(
    document: Document, style: Style, *, bare: bool = False, embedded: Embedded | None = None
) -> tuple[Rendered, list[Problem]]:
    """Render the memo as a PDF, and count its pages. The same document and style give the same bytes.

    The file carries the document as ``memo.json``, and its look beside it, unless it is ``bare``; the footer has the
    digest of the document.
    ``embedded`` is the document's JSON, from callers who have it already.
    Gives the problem ``missing-glyph`` for each character that no font has, which is then shown as a question mark.
    """
    embedded = embedded or embed(document)
    typesetter = Typesetter(document.metadata, style)
    outline = Outline()
    redline = redline_name(document, typesetter.words)
    metadata = replace(document.metadata, title=file_title(document.metadata, redline))
    assembler = Assembler(metadata, typesetter, outline)
    if not bare:
        # First, so that its bytes can go before the pages are made.
        assembler.embed(embedded.json, look_json(style, metadata.language).encode())
    around = _furniture(document, style, embedded.digest, redline)
    assembler.fill(_flow(document, around, typesetter, outline, assembler.root))
    data = assembler.finish(HeaderFooter(around, typesetter))
    return Rendered(data, assembler.page_count), [_missing(char) for char in typesetter.fonts.missing()]


def _flow(
    document: Document, around: Furniture, typesetter: Typesetter, outline: Outline, root: Element
) -> Iterator[Flowable]:
    """Yield the title block, all blocks below it, and at the end of a redline the change list."""
    container, blocks = Container(typesetter.left, typesetter.measure, root), Blocks(typesetter, outline)
    earlier = furniture(document.earlier, typesetter.project_style, "") if document.earlier else around
    yield from title_block(around, earlier, TitleChanges(document.changes), typesetter, container)
    for index, flowable in enumerate(blocks.flow(document.blocks, container)):
        if index == 0:
            flowable.before, flowable.new_page = BELOW_TITLE_BLOCK, False
        yield flowable
    if document.changes:
        heading = blocks.flow((change_list_heading(typesetter.words),), container)
        yield from change_list(document.changes, heading, typesetter, container)


def _furniture(document: Document, style: Style, digest: str, redline: str) -> Furniture:
    """Return what stands around the text. A redline says what it is, above its title and at the head of each page."""
    words = furniture(document.metadata, style, digest)
    if not redline:
        return words
    return words._replace(memorandum=f"{words.memorandum} · {redline}", short_title=f"{redline} · {words.short_title}")


def _missing(char: str) -> Problem:
    return Problem("missing-glyph", f"no font has {char!r} (U+{ord(char):04X})", Place("document"))
