"""Inlines as runs, hyperlinks, bookmarks and footnote references."""

from __future__ import annotations

from dataclasses import replace

from memo.document import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Strong, Text, inline_text
from memo.document import inlines as all_inlines
from memo.renderers.docx.direction import right_to_left
from memo.renderers.docx.markup import quoted
from memo.renderers.docx.runs import Manner, commented, run, words
from memo.renderers.docx.story import Bookmarked, Relationships, Story


def inlines(content: tuple[Inline, ...], manner: Manner, story: Story, links: Relationships | None = None) -> str:
    """Inlines as what stands in a paragraph. ``links`` are those of the part it is in: the body's, if none is given."""
    links = story.links if links is None else links
    written: list[str] = []
    before: Inline | None = None
    for inline in content:
        if isinstance(inline, Footnote) and isinstance(before, Footnote):
            written.append(_between_notes(_marked(manner, inline), story))
        written.append(_inline(inline, _marked(manner, inline), story, links))
        before = inline
    return "".join(written)


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


def _between_notes(manner: Manner, story: Story) -> str:
    """A raised space between two references, lest 1 and 2 be read as 12."""
    return words("\u00a0", Manner(style="FootnoteReference", mark=manner.mark), story)


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
    """The reference; the note itself goes to the footnotes' part (ECMA-376-1, 17.11.10 and 17.11.14)."""
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
    reference = run(
        f'<w:footnoteReference w:id="{number}"/>', Manner(style="FootnoteReference", mark=manner.mark), story
    )
    told = next(filter(None, (story.comment(inline.mark) for inline in all_inlines(content))), 0)
    return commented(reference, told, manner.mark, story) if told else reference
