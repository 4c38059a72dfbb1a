"""Document to DOCX: real styles, footnotes, fields and lists, as a careful colleague would make them in Word.

blocks -> paragraphs -> inlines -> runs     the body, written as strings of WordprocessingML
nesting, tables, figures, pictures          lists, quotations and boxes around a block; tables; figures
title_block, page                           what stands above and around the body
builder                                     what the body leaves for other parts: notes, links, lists, images
styles, base/                               the style sheet, and the parts that it is filled into
parts, package                              properties, the embedded document, comments; one zip of it all
house_style/                                the finished memo in an organisation's own Word file
"""

from __future__ import annotations

import re

from memo.document.as_json import Embedded, embed
from memo.document.furniture import Furniture, furniture, words_of
from memo.document.tree import Document
from memo.facts.look import look_json
from memo.facts.style import HouseFile, Style
from memo.files import bytes_digest
from memo.problem import Problem, has_errors
from memo.renderers import Rendered
from memo.renderers.docx import styles
from memo.renderers.docx.blocks import blocks, tracked_end
from memo.renderers.docx.builder import DocxBuilder, new_builder
from memo.renderers.docx.language import locale
from memo.renderers.docx.package import part, zip_package
from memo.renderers.docx.page import footer, header, section_properties
from memo.renderers.docx.parts import comments, embedded_parts, property_parts
from memo.renderers.docx.title_block import title_block


def render(
    document: Document, style: Style, *, bare: bool = False, house: HouseFile | None = None,
    embedded: Embedded | None = None,
) -> tuple[Rendered, list[Problem]]:  # fmt: skip
    """Write the document as a DOCX file (ECMA-376, transitional), in the house style if there is one.

    It carries the document itself and where in the text each claim stands, unless ``bare``; ``embedded`` is its JSON,
    from those who have that already. Problems: bad-house-style (with errors, there is no file); else none, since Word
    finds a font for any character.
    """
    embedded = embedded or embed(document)
    if house is not None:
        return _in_house_style(document, style, bare, house, embedded)
    parts, builder, _ = _parts(document, style, styles.text_area(style), bare, embedded, "")
    return Rendered(zip_package(parts, builder.date)), []


def _in_house_style(
    document: Document, style: Style, bare: bool, file: HouseFile, embedded: Embedded
) -> tuple[Rendered, list[Problem]]:
    # python-docx and lxml are loaded here and nowhere else: most memos have no house style.
    from memo.renderers.docx.house_style import fit
    from memo.renderers.docx.house_style.package import open_house_style
    from memo.renderers.docx.house_style.page import text_area

    house = open_house_style(file)
    if isinstance(house, Problem):
        return Rendered(b""), [house]
    area = text_area(house.section, styles.text_area(style))
    parts, builder, shown = _parts(document, style, area, bare, embedded, bytes_digest(file.data))
    fitted = fit(parts, house, file, builder, shown, document.metadata)
    if has_errors(fitted.problems):
        return Rendered(b""), fitted.problems
    return Rendered(zip_package(fitted.parts, builder.date, fitted.types)), fitted.problems


def _parts(
    document: Document, style: Style, area: styles.TextArea, bare: bool, embedded: Embedded, house: str
) -> tuple[dict[str, str | bytes], DocxBuilder, Furniture]:
    """Write the memo's parts, by name; return with them what they were written from. ``house`` is its file's digest."""
    metadata = document.metadata
    date = _midnight(metadata.date)
    shown = furniture(metadata, style, embedded.digest)
    builder = new_builder(document, style, words_of(metadata, style), date, area, bare)
    earlier = furniture(document.earlier, style, "") if document.earlier else shown
    body = title_block(shown, earlier, builder) + blocks(document.blocks, builder)
    labels = (label for label, _ in shown.title_rows)
    parts: dict[str, str | bytes] = {
        # The text first: what it leaves in the builder goes into the parts below.
        **_text_parts(body + tracked_end(document.blocks, builder), shown, builder),
        **styles.base_parts(style, locale(builder.language), labels, area, builder.lists),
        **property_parts(metadata, "" if bare else embedded.digest, date),
        **({} if bare else embedded_parts(embedded, look_json(style, metadata.language, house), builder.claims)),
        **builder.media,
    }
    return parts, builder, shown


def _midnight(date: str) -> str:
    """Return the first instant of an EDTF date, in UTC, as ISO 8601 with the time; of 1980 where it has no year."""
    numbers = re.match(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", date)
    year, month, day = numbers.groups() if numbers else ("1980", None, None)
    return f"{year}-{month or '01'}-{day or '01'}T00:00:00Z"


def _text_parts(text: str, shown: Furniture, builder: DocxBuilder) -> dict[str, str]:
    """Write body, notes, comments, header and footer, and how they hang together."""
    for kind, target in _NEIGHBOURS:
        builder.links.add(kind, target)
    if comments_part := comments(builder):
        builder.links.add("comments", "comments.xml")
    if builder.bookmark_claims:
        builder.links.add("customXml", "../customXml/item1.xml")
    return {
        "word/document.xml": part("document", f"<w:body>{text}{section_properties(builder)}</w:body>"),
        "word/footnotes.xml": part("footnotes", _SEPARATORS + "".join(builder.notes)),
        "word/comments.xml": comments_part,
        "word/header1.xml": header(shown, builder),
        "word/footer1.xml": footer(shown, builder),
        "word/_rels/document.xml.rels": builder.links.xml(),
        "word/_rels/footnotes.xml.rels": builder.note_links.xml(),
    }


_NEIGHBOURS = (
    ("styles", "styles.xml"),
    ("settings", "settings.xml"),
    ("fontTable", "fontTable.xml"),
    ("numbering", "numbering.xml"),
    ("footnotes", "footnotes.xml"),
    ("theme", "theme/theme1.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
)
"""Every part that the body is related to, whatever it says."""

_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for kind, number in (("separator", -1), ("continuationSeparator", 0))
)
"""The rules above notes (ECMA-376-1, 17.11.23 and 17.11.1)."""
