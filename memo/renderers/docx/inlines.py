"""Inlines as runs, hyperlinks, bookmarks and footnote references."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec.structs import replace

from memo.document.tree import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Mark, Strong, Text
from memo.document.walk import inline_text
from memo.document.walk import inlines as all_inlines
from memo.renderers.docx.language import right_to_left
from memo.renderers.docx.markup import quoted
from memo.renderers.docx.runs import Manner, commented, run, words
from memo.renderers.docx.story import Bookmarked, Relationships, Story


def inlines(content: tuple[Inline, ...], manner: Manner, story: Story, links: Relationships | None = None) -> str:
    """Inlines as what stands in a paragraph. ``links`` are those of the part it is in: the body's, if none is given."""
    links = story.links if links is None else links
    written: list[str] = []
    after_note: set[How] = set()
    for inline in content:
        marked = _marked(manner, inline)
        here = _SEEN[marked.mark.how if marked.mark else ""]
        if isinstance(inline, Footnote) and (apart := after_note & here):
            written.append(_between_notes(marked, apart, story))
        written.append(_inline(inline, marked, story, links))
        after_note = (after_note | here) if isinstance(inline, Footnote) else after_note - here
    return "".join(written)


How = Literal["inserted", "deleted"]
_SEEN: Mapping[str, frozenset[How]] = MappingProxyType(
    {"": frozenset(("inserted", "deleted")), "inserted": frozenset(("inserted",)), "deleted": frozenset(("deleted",))}
)
"""Where an inline with such a mark is seen: with what was inserted, and with what was deleted."""


def _marked(manner: Manner, inline: Inline) -> Manner:
    """The mark of what is around counts before an inline's own."""
    return replace(manner, mark=inline.mark) if inline.mark and not manner.mark else manner


def _inline(inline: Inline, manner: Manner, story: Story, links: Relationships) -> str:
    match inline:
        case Text(text=text, language=language):
            return words(text, manner, story, language)
        case Claim():
            return _claim(inline, manner, story)
        case Strong(content=content):
            return inlines(content, replace(manner, bold=True), story, links)
        case Emphasis(content=content):
            return inlines(content, replace(manner, italic=True), story, links)
        case Link(content=content, target=target):
            return _link(inlines(content, replace(manner, style="Hyperlink"), story, links), target, story, links)
        case Footnote(content=content):
            return _footnote(content, manner, story)
        case LineBreak():
            return run("<w:br/>", manner, story)


def _between_notes(manner: Manner, apart: set[How], story: Story) -> str:
    """A raised space between two references, lest 1 and 2 be read as 12; tracked if only one text has both."""
    mark = manner.mark
    if mark is None and len(apart) == 1:
        (how,) = apart
        mark = Mark(how)
    return words("\u00a0", Manner(style="FootnoteReference", mark=mark), story)


def _claim(claim: Claim, manner: Manner, story: Story) -> str:
    runs = words(claim.text, manner, story, claim.language)
    if not story.bookmark_claims:
        return runs
    name = f"_memo_{len(story.claims) + 1}"
    story.claims.append(Bookmarked(name, claim))
    return bookmarked(runs, name, story)


def bookmarked(runs: str, name: str, story: Story) -> str:
    """Runs between the two ends of a bookmark. One whose name begins with ``_`` is hidden in Word's list."""
    number = story.annotation()
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def _link(runs: str, target: str, story: Story, links: Relationships) -> str:
    if target.startswith("#"):
        return f'<w:hyperlink w:anchor="{story.anchors[target[1:]]}" w:history="1">{runs}</w:hyperlink>'
    return (
        f'<w:hyperlink r:id={quoted(links.to("hyperlink", target, external=True))} w:history="1">{runs}</w:hyperlink>'
    )


def _footnote(content: tuple[Inline, ...], manner: Manner, story: Story) -> str:
    """The reference; the note itself goes to the footnotes' part (ECMA-376-1, 17.11.10 and 17.11.14).

    A comment on it is not tracked: LibreOffice 7.4 else takes the paragraph's end for a part of the change.
    """
    story.notes.append("")
    number = len(story.notes)
    bidi = "<w:bidi/>" if right_to_left(inline_text(content)) else ""
    story.in_note = True
    story.notes[number - 1] = (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/>{bidi}</w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteCharacters"/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/></w:r>'
        f"{inlines(content, Manner(), story, story.note_links)}</w:p></w:footnote>"
    )
    story.in_note = False
    marks = (manner.mark, *(inline.mark for inline in all_inlines(content)))
    told = next(filter(None, map(story.comment, marks)), 0)
    reference = Manner(style="FootnoteReference", mark=manner.mark)
    runs = run(f'<w:footnoteReference w:id="{number}"/>', reference, story)
    return runs + commented("", told, None, story) if told else runs
