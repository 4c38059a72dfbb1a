"""A paragraph: its style, and the few things that no style can carry.

Captions: a label that Word numbers itself, then the words."""

from __future__ import annotations

from msgspec import Struct

from memo.document.tree import Inline, Mark
from memo.document.walk import inline_text
from memo.renderers.docx.inlines import inlines
from memo.renderers.docx.language import right_to_left
from memo.renderers.docx.runs import Manner, field, words
from memo.renderers.docx.story import Story, revision

BOLD_STYLES = frozenset(
    (
        *("Title", "MemoKind", "TableHeading", "BottomLineHeading", "NoteBoxHeading", "CautionBoxHeading"),
        *(f"Heading{level}" for level in range(1, 7)),
    )
)
"""Paragraph styles that are bold, where bold words must be bold beyond the style."""


class Direct(Struct, frozen=True):
    """What a paragraph says beside its style. Lengths are twips."""

    keep_next: bool = False
    number: tuple[int, int] | None = None
    """Level from 0, and the list's number."""
    after: int | None = None
    left: int | None = None
    hanging: int = 0
    align: str = ""


PLAIN = Direct()


def paragraph(
    style: str, content: tuple[Inline, ...], story: Story, direct: Direct = PLAIN, mark: Mark | None = None
) -> str:
    """Inlines as a paragraph of this style."""
    runs = inlines(content, Manner(in_bold=style in BOLD_STYLES, mark=mark), story)
    return wrapped(style, runs, story, direct, mark, right_to_left(inline_text(content)))


def wrapped(
    style: str,
    runs: str,
    story: Story,
    direct: Direct = PLAIN,
    mark: Mark | None = None,
    backwards: bool = False,
) -> str:
    """Finished runs as a paragraph of this style. ``backwards``: it reads from right to left."""
    properties = (
        f'<w:pStyle w:val="{style}"/>{"<w:keepNext/>" if direct.keep_next else ""}{_number(direct)}'
        f"{'<w:bidi/>' if backwards else ''}{_spacing(direct)}{_indent(direct)}{_align(direct, backwards)}"
        f"{f'<w:rPr><{story.change(mark)}/></w:rPr>' if mark else ''}"
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}{_end(runs, mark, story)}</w:p>"


def _end(runs: str, mark: Mark | None, story: Story) -> str:
    """An empty run that ends a tracked paragraph with the memo's first note.

    LibreOffice 7.4 reads all notes at the first, and then loses the paragraph's tracked end unless a run follows. In a
    paragraph that stays, it would take the end for a part of the change.
    """
    if not mark or len(story.notes) != 1 or '<w:footnoteReference w:id="1"/>' not in runs:
        return ""
    return f"<{story.change(mark)}><w:r/></{revision(mark)}>"


def gap(story: Story, mark: Mark | None = None) -> str:
    """An all but flat paragraph. Word joins tables or boxes that touch, and wants a paragraph after a last table."""
    return wrapped("MemoGap", "", story, mark=mark)


def joint(story: Story) -> str:
    """A gap that a tracked paragraph before it can join when it goes.

    LibreOffice gives an empty paragraph the style of one that joins it: so that no bullet is left, it holds a hyphen
    that shows only where a line is broken at it (ECMA-376-1, 17.3.3.29).
    """
    return wrapped("MemoGap", "<w:r><w:softHyphen/></w:r>", story)


def _number(direct: Direct) -> str:
    if direct.number is None:
        return ""
    level, number = direct.number
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _spacing(direct: Direct) -> str:
    return "" if direct.after is None else f'<w:spacing w:after="{direct.after}"/>'


def _indent(direct: Direct) -> str:
    if direct.left is None:
        return ""
    return f'<w:ind w:left="{direct.left}" w:hanging="{direct.hanging}"/>'


def _align(direct: Direct, backwards: bool) -> str:
    """``left`` means where a line begins, ``right`` where it ends (ECMA-376-1, 17.18.44): they may change places."""
    if not direct.align:
        return ""
    turned = {"left": "right", "right": "left"} if backwards else {}
    return f'<w:jc w:val="{turned.get(direct.align, direct.align)}"/>'


def caption(
    content: tuple[Inline, ...],
    sequence: str,
    pattern: str,
    number: int,
    story: Story,
    direct: Direct,
    mark: Mark | None,
) -> str:
    """A caption paragraph. ``sequence`` names the counter of the SEQ field (ECMA-376-1, 17.16.5.56), ``pattern`` is the
    label with ``{number}`` in it, in the memo's language."""
    before, _, after = pattern.partition("{number}")
    manner = Manner(mark=mark)
    runs = (
        words(before, manner, story)
        + field(f"SEQ {sequence} \\* ARABIC", str(number), manner, story)
        + words(f"{after}. ", manner, story)
        + inlines(content, manner, story)
    )
    return wrapped("Caption", runs, story, direct, mark, right_to_left(inline_text(content)))
