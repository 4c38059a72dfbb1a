"""Captions: a label that Word numbers itself, then the words."""

from __future__ import annotations

from memo.document import Inline, Mark, inline_text
from memo.renderers.docx.direction import right_to_left
from memo.renderers.docx.inlines import inlines
from memo.renderers.docx.paragraphs import Direct, wrapped
from memo.renderers.docx.runs import Manner, field, words
from memo.renderers.docx.story import Story


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
