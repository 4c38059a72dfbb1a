"""Words as runs: one format, one run (ECMA-376-1, 17.3.2); and what tracks them in a redline."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct

from memo.document.tree import Mark
from memo.renderers.docx.builder import DocxBuilder, change_element
from memo.renderers.docx.language import by_direction, locale, script
from memo.renderers.docx.package import escape


class RunFormat(Struct, frozen=True):
    """How words are set. ``in_bold``: the paragraph's style is bold already. ``style``: a character style by its id."""

    bold: bool = False
    italic: bool = False
    style: str = ""
    in_bold: bool = False
    mark: Mark | None = None


_SPECIAL = re.compile("(\r\n|[\t\n\r\u00ad\u2011])")
_ELEMENTS = MappingProxyType(
    {
        "\t": "<w:tab/>",
        "\n": "<w:br/>",
        "\r": "<w:br/>",
        "\r\n": "<w:br/>",
        "\u00ad": "<w:softHyphen/>",
        "\u2011": "<w:noBreakHyphen/>",
    }
)
"""Characters that Word has elements for. It draws U+00AD in full and U+2011 from another font where they are left as
they are."""


def runs_of(text: str, formatting: RunFormat, builder: DocxBuilder, language: str = "") -> str:
    """Write text as runs, as many as its directions need. ``language`` only where it is not the document's."""
    pieces = [
        run(run_content(piece, formatting.mark), formatting, builder, language, rtl)
        for piece, rtl in by_direction(text)
        if piece
    ]
    return pieces[0] if len(pieces) == 1 else "".join(pieces)


def run(content: str, formatting: RunFormat, builder: DocxBuilder, language: str = "", rtl: bool = False) -> str:
    """Write a run around its content, tracked if the format bears a mark."""
    return tracked(f"<w:r>{properties(formatting, language, rtl)}{content}</w:r>", formatting.mark, builder)


def tracked(runs: str, mark: Mark | None, builder: DocxBuilder) -> str:
    """Mark runs as an insertion or deletion, if they are; the first of a change bears the comment that explains it."""
    if not mark:
        return runs
    number = builder.comment_for(mark)
    marked = f"<{builder.change_tag(mark)}>{runs}</{change_element(mark)}>"
    return with_comment(marked, number, mark, builder) if number else marked


def with_comment(runs: str, number: int, mark: Mark | None, builder: DocxBuilder) -> str:
    """Put the reference to a comment before runs (ECMA-376-1, 17.13.4.5); it comes and goes with the change."""
    # The comment has no range: where its ends stand before and after a paragraph that was deleted, LibreOffice finds
    # that not all of it went, and gives the next paragraph its style.
    reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    if mark:
        reference = f"<{builder.change_tag(mark)}>{reference}</{change_element(mark)}>"
    return reference + runs


def run_content(text: str, mark: Mark | None = None) -> str:
    """Write the inside of a run: text, and elements for tabs, line ends and the two hyphens that have one."""
    name = "w:delText" if mark and mark.how == "deleted" else "w:t"
    if not _SPECIAL.search(text):
        return f'<{name} xml:space="preserve">{escape(text)}</{name}>'
    return "".join(
        _ELEMENTS.get(piece) or f'<{name} xml:space="preserve">{escape(piece)}</{name}>'
        for piece in _SPECIAL.split(text)
        if piece
    )


@lru_cache(maxsize=256)
def properties(formatting: RunFormat, language: str = "", rtl: bool = False) -> str:
    """Write the run's properties: a character style for the most of it, direct formatting for the rest."""
    style = _style(formatting)
    # Bold in a bold style would cancel out (17.7.3, toggle properties): there it is also said directly.
    bold = formatting.bold and (style != "Strong" or formatting.in_bold)
    italic = formatting.italic and style != "Emphasis"
    inner = "".join(  # in the schema's order
        (
            f'<w:rStyle w:val="{style}"/>' if style else "",
            "<w:b/><w:bCs/>" if bold else "",
            "<w:i/><w:iCs/>" if italic else "",
            "<w:rtl/>" if rtl else "",
            _language(language, rtl),
        )
    )
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def _style(formatting: RunFormat) -> str:
    if formatting.style or not formatting.bold:
        return formatting.style or ("Emphasis" if formatting.italic else "")
    return "Strong"


def _language(language: str, rtl: bool) -> str:
    if not language:
        return ""
    return f'<w:lang w:{"bidi" if rtl else script(language)}="{locale(language)}"/>'


def field(instruction: str, shown: str, formatting: RunFormat, builder: DocxBuilder) -> str:
    """Write a field with the value it shows until it is next updated (ECMA-376-1, 17.16.2)."""
    name = "w:delInstrText" if formatting.mark and formatting.mark.how == "deleted" else "w:instrText"
    pieces = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<{name} xml:space="preserve"> {instruction} </{name}>',
        '<w:fldChar w:fldCharType="separate"/>',
        run_content(shown, formatting.mark),
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(run(piece, formatting, builder) for piece in pieces)
