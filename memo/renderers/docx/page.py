"""The page around the body: paper and margins, header, footer."""

from __future__ import annotations

import re

from memo.document.furniture import Furniture
from memo.facts.style import MM
from memo.renderers.docx.builder import DocxBuilder
from memo.renderers.docx.package import part
from memo.renderers.docx.paragraphs import paragraph_of
from memo.renderers.docx.runs import RunFormat, field, runs_of
from memo.renderers.docx.styles import FOOTER_MM, HEADER_MM, twips

_PLAIN = RunFormat()
_TAB = "<w:r><w:tab/></w:r>"
_PAGE_FIELD = re.compile(r"(\{pages?\})")


def section_properties(builder: DocxBuilder) -> str:
    """Write paper and margins, with links to header and footer (ECMA-376-1, 17.6.17)."""
    page = builder.style.page
    width, height = (twips(points) for points in builder.style.page_points())
    top, right, bottom, left = (
        twips(margin * MM)
        for margin in (page.margin_top_mm, page.margin_right_mm, page.margin_bottom_mm, page.margin_left_mm)
    )
    above, below = twips(HEADER_MM * MM), twips(FOOTER_MM * MM)
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{builder.links.add("header", "header1.xml")}"/>'
        f'<w:footerReference w:type="default" r:id="{builder.links.add("footer", "footer1.xml")}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
        f'w:left="{left}" w:header="{above}" w:footer="{below}" w:gutter="0"/></w:sectPr>'
    )


def header(furniture: Furniture, builder: DocxBuilder) -> str:
    """Write the header part: banner on the left, short title on the right."""
    runs = _banner(furniture, builder) + _TAB + runs_of(furniture.short_title, _PLAIN, builder)
    return part("hdr", paragraph_of("Header", runs, builder))


def footer(furniture: Furniture, builder: DocxBuilder) -> str:
    """Write the footer part: what tells this copy from others on the left, the page on the right; the banner below."""
    line = runs_of(furniture.footer, _PLAIN, builder) + _TAB + _page_number(furniture.page, builder)
    banner = paragraph_of("Footer", _banner(furniture, builder), builder) if furniture.banner else ""
    return part("ftr", paragraph_of("Footer", line, builder) + banner)


def _banner(furniture: Furniture, builder: DocxBuilder) -> str:
    return runs_of(furniture.banner, RunFormat(style="Banner"), builder)


def _page_number(pattern: str, builder: DocxBuilder) -> str:
    """Write ``Page {page} of {pages}`` with a field for each brace, which Word keeps up to date."""
    # Word counts when it lays out the pages; 1 is what a reader shows that does not.
    fields = {
        "{page}": field("PAGE", "1", _PLAIN, builder),
        "{pages}": field("NUMPAGES", "1", _PLAIN, builder),
    }
    return "".join(
        fields.get(piece) or runs_of(piece, _PLAIN, builder) for piece in _PAGE_FIELD.split(pattern) if piece
    )
