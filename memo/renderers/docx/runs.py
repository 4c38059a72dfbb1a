"""Words as runs: one manner of setting, one run (ECMA-376-1, 17.3.2)."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct

from memo.document.tree import Mark
from memo.renderers.docx.language import directed, locale, script
from memo.renderers.docx.markup import escaped
from memo.renderers.docx.story import Story, revision


class Manner(Struct, frozen=True):
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


def words(text: str, manner: Manner, story: Story, language: str = "") -> str:
    """Text as runs, as many as its directions need. ``language`` only where it is not the document's."""
    pieces = [
        run(letters(piece, manner.mark), manner, story, language, backwards)
        for piece, backwards in directed(text)
        if piece
    ]
    return pieces[0] if len(pieces) == 1 else "".join(pieces)


def run(content: str, manner: Manner, story: Story, language: str = "", backwards: bool = False) -> str:
    """A run around its content, tracked if the manner bears a mark."""
    return tracked(f"<w:r>{properties(manner, language, backwards)}{content}</w:r>", manner.mark, story)


def tracked(runs: str, mark: Mark | None, story: Story) -> str:
    """Runs as an insertion or deletion, or as they are; the first of a change bears the comment that tells it."""
    if not mark:
        return runs
    number = story.comment(mark)
    marked = f"<{story.change(mark)}>{runs}</{revision(mark)}>"
    return commented(marked, number, mark, story) if number else marked


def commented(runs: str, number: int, mark: Mark | None, story: Story) -> str:
    """Runs after the reference to a comment (ECMA-376-1, 17.13.4.5), which comes and goes with the change.

    The comment has no range: where its ends stand before and after a paragraph that went, LibreOffice finds that not
    all of it went, and gives the next paragraph its style.
    """
    reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    if mark:
        reference = f"<{story.change(mark)}>{reference}</{revision(mark)}>"
    return reference + runs


def letters(text: str, mark: Mark | None = None) -> str:
    """The inside of a run: text, and elements for tabs, line ends and the two hyphens that Word has elements for."""
    name = "w:delText" if mark and mark.how == "deleted" else "w:t"
    if not _SPECIAL.search(text):
        return f'<{name} xml:space="preserve">{escaped(text)}</{name}>'
    return "".join(
        _ELEMENTS.get(piece) or f'<{name} xml:space="preserve">{escaped(piece)}</{name}>'
        for piece in _SPECIAL.split(text)
        if piece
    )


@lru_cache(maxsize=256)
def properties(manner: Manner, language: str = "", backwards: bool = False) -> str:
    """The run's properties, in the schema's order: a character style for the most of it, direct marks for the rest.

    Bold in a bold style would cancel out (17.7.3, toggle properties), so there it is also said directly.
    """
    style = _style(manner)
    bold = manner.bold and (style != "Strong" or manner.in_bold)
    italic = manner.italic and style != "Emphasis"
    inner = "".join(
        (
            f'<w:rStyle w:val="{style}"/>' if style else "",
            "<w:b/><w:bCs/>" if bold else "",
            "<w:i/><w:iCs/>" if italic else "",
            "<w:rtl/>" if backwards else "",
            _language(language, backwards),
        )
    )
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def _style(manner: Manner) -> str:
    if manner.style or not manner.bold:
        return manner.style or ("Emphasis" if manner.italic else "")
    return "Strong"


def _language(language: str, backwards: bool) -> str:
    if not language:
        return ""
    return f'<w:lang w:{"bidi" if backwards else script(language)}="{locale(language)}"/>'


def field(instruction: str, shown: str, manner: Manner, story: Story) -> str:
    """A field with the value it shows until it is next updated (ECMA-376-1, 17.16.2)."""
    name = "w:delInstrText" if manner.mark and manner.mark.how == "deleted" else "w:instrText"
    pieces = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<{name} xml:space="preserve"> {instruction} </{name}>',
        '<w:fldChar w:fldCharType="separate"/>',
        letters(shown, manner.mark),
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(run(piece, manner, story) for piece in pieces)
