"""A paragraph: its style, and the few things that no style can carry. Also captions, spacers and merge targets."""

from __future__ import annotations

from msgspec import Struct

from memo.document.tree import Inline, Mark
from memo.document.walk import inline_text
from memo.renderers.docx.builder import DocxBuilder, change_element
from memo.renderers.docx.inlines import inlines
from memo.renderers.docx.language import right_to_left
from memo.renderers.docx.runs import RunFormat, field, runs_of

BOLD_STYLES = frozenset(
    (
        *("Title", "MemoKind", "TableHeading", "BottomLineHeading", "NoteBoxHeading", "CautionBoxHeading"),
        *(f"Heading{level}" for level in range(1, 7)),
    )
)
"""Paragraph styles that are bold, where bold words must be bold beyond the style."""


class ParagraphFormat(Struct, frozen=True):
    """What a paragraph says beside its style: direct formatting. Lengths are twips."""

    keep_next: bool = False
    number: tuple[int, int] | None = None
    """Level from 0, and the list's number."""
    after: int | None = None
    left: int | None = None
    hanging: int = 0
    align: str = ""


PLAIN = ParagraphFormat()


def paragraph(
    style: str,
    content: tuple[Inline, ...],
    builder: DocxBuilder,
    formatting: ParagraphFormat = PLAIN,
    mark: Mark | None = None,
) -> str:
    """Write inlines as a paragraph of this style."""
    runs = inlines(content, RunFormat(in_bold=style in BOLD_STYLES, mark=mark), builder)
    return paragraph_of(style, runs, builder, formatting, mark, right_to_left(inline_text(content)))


def paragraph_of(
    style: str,
    runs: str,
    builder: DocxBuilder,
    formatting: ParagraphFormat = PLAIN,
    mark: Mark | None = None,
    rtl: bool = False,
) -> str:
    """Write finished runs as a paragraph of this style. ``rtl``: it reads from right to left."""
    properties = (
        f'<w:pStyle w:val="{style}"/>{"<w:keepNext/>" if formatting.keep_next else ""}{_number(formatting)}'
        f"{'<w:bidi/>' if rtl else ''}{_spacing(formatting)}{_indent(formatting)}{_align(formatting, rtl)}"
        f"{f'<w:rPr><{builder.change_tag(mark)}/></w:rPr>' if mark else ''}"
    )
    if mark and mark.how == "deleted":
        runs = runs.replace("</w:delText>", f"{_UNLIKE_WHAT_CAME}</w:delText>")
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}{_end_of_first_note(runs, mark, builder)}</w:p>"


_UNLIKE_WHAT_CAME = 6 * "\u200b"
"""Zero-width spaces after every stretch of a deleted paragraph.

Where much the same words were inserted elsewhere, LibreOffice 7.4 takes the two for a text that moved, unless one is at
least three characters longer. Accepting all changes, it would then give the paragraph that follows the style and the
number of the deleted one.
"""


def _end_of_first_note(runs: str, mark: Mark | None, builder: DocxBuilder) -> str:
    """End a tracked paragraph that holds the memo's first note with an empty tracked run."""
    if not mark or len(builder.notes) != 1 or '<w:footnoteReference w:id="1"/>' not in runs:
        return ""
    # LibreOffice 7.4 reads all notes at the first, and then loses the paragraph's tracked end unless a run follows. In
    # a paragraph that stays, it would take the end for a part of the change: there no run is added.
    return f"<{builder.change_tag(mark)}><w:r/></{change_element(mark)}>"


def spacer(builder: DocxBuilder, mark: Mark | None = None) -> str:
    """Write an all but flat paragraph between or after tables and boxes."""
    # Word joins tables or boxes that touch, and wants a paragraph after a last table.
    return paragraph_of("MemoGap", "", builder, mark=mark)


def merge_target(builder: DocxBuilder) -> str:
    """Write a spacer that a tracked paragraph before it can merge into when it goes."""
    # LibreOffice gives an empty paragraph the style of one that merges into it: so that no bullet is left, the spacer
    # holds a hyphen that shows only where a line is broken at it (ECMA-376-1, 17.3.3.29).
    return paragraph_of("MemoGap", "<w:r><w:softHyphen/></w:r>", builder)


def _number(formatting: ParagraphFormat) -> str:
    if formatting.number is None:
        return ""
    level, number = formatting.number
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _spacing(formatting: ParagraphFormat) -> str:
    return "" if formatting.after is None else f'<w:spacing w:after="{formatting.after}"/>'


def _indent(formatting: ParagraphFormat) -> str:
    if formatting.left is None:
        return ""
    return f'<w:ind w:left="{formatting.left}" w:hanging="{formatting.hanging}"/>'


def _align(formatting: ParagraphFormat, rtl: bool) -> str:
    if not formatting.align:
        return ""
    # In Word, "left" is where a line begins and "right" where it ends (ECMA-376-1, 17.18.44): in right-to-left text
    # they change places.
    turned = {"left": "right", "right": "left"} if rtl else {}
    return f'<w:jc w:val="{turned.get(formatting.align, formatting.align)}"/>'


def caption(
    content: tuple[Inline, ...],
    sequence: str,
    pattern: str,
    number: int,
    builder: DocxBuilder,
    formatting: ParagraphFormat,
    mark: Mark | None,
) -> str:
    """Write a caption: a label that Word numbers itself, then the words.

    ``sequence`` names the counter of the SEQ field (ECMA-376-1, 17.16.5.56), ``pattern`` is the label with ``{number}``
    in it, in the memo's language.
    """
    before, _, after = pattern.partition("{number}")
    words = RunFormat(mark=mark)
    runs = (
        runs_of(before, words, builder)
        + field(f"SEQ {sequence} \\* ARABIC", str(number), words, builder)
        + runs_of(f"{after}. ", words, builder)
        + inlines(content, words, builder)
    )
    return paragraph_of("Caption", runs, builder, formatting, mark, right_to_left(inline_text(content)))
