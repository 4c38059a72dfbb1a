"""A redline's comments: what changed, on which facts and sources, and why."""

from __future__ import annotations

from memo.changes import grounds, was_and_is, why
from memo.document import Change
from memo.renderers.docx.markup import quoted
from memo.renderers.docx.runs import Manner, words
from memo.renderers.docx.story import Story, comment_id, part

_PLAIN = Manner()
_OWN = "<w:r><w:annotationRef/></w:r>"


def comments(story: Story) -> str:
    """The comments' part (ECMA-376-1, 17.13.4.6): one for each change with a mark in the text; empty if none."""
    written = "".join(_comment(number, story.changes[number - 1], story) for number in sorted(story.commented))
    return part("comments", written) if written else ""


def _comment(number: int, change: Change, story: Story) -> str:
    lines = [*was_and_is(change, story.words), *why(change, story.words), *grounds(change, story.words)]
    first, *rest = [words(line, _PLAIN, story) for line in lines]
    text = f"<w:p>{_OWN}{first}</w:p>" + "".join(f"<w:p>{line}</w:p>" for line in rest)
    initials = "".join(word[0] for word in story.author.split())[:9]
    return (
        f'<w:comment w:id="{comment_id(number)}" w:author={quoted(story.author)} w:date="{story.date}" '
        f"w:initials={quoted(initials)}>{text}</w:comment>"
    )
