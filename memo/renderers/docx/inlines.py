"""Inlines as runs, hyperlinks, bookmarks and footnote references."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec.structs import replace

from memo.document.tree import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Mark, Strong, Text
from memo.document.walk import inline_text
from memo.document.walk import inlines as all_inlines
from memo.renderers.docx.builder import Bookmarked, DocxBuilder
from memo.renderers.docx.language import right_to_left
from memo.renderers.docx.package import Relationships, quoteattr
from memo.renderers.docx.runs import RunFormat, run, runs_of, with_comment

_How = Literal["inserted", "deleted"]
_TEXTS_WITH: Mapping[str, frozenset[_How]] = MappingProxyType(
    {"": frozenset(("inserted", "deleted")), "inserted": frozenset(("inserted",)), "deleted": frozenset(("deleted",))}
)
"""For each kind of mark, the texts that an inline so marked stands in: that with what was inserted, and that with what
was deleted."""


def inlines(
    content: tuple[Inline, ...], formatting: RunFormat, builder: DocxBuilder, links: Relationships | None = None
) -> str:
    """Write what stands in a paragraph. ``links`` are those of the part it is in: the body's, if none is given."""
    links = builder.links if links is None else links
    written: list[str] = []
    after_note: set[_How] = set()
    for inline in content:
        marked = _marked(formatting, inline)
        here = _TEXTS_WITH[marked.mark.how if marked.mark else ""]
        if isinstance(inline, Footnote) and (touching := after_note & here):
            written.append(_between_notes(marked, touching, builder))
        written.append(_inline(inline, marked, builder, links))
        after_note = (after_note | here) if isinstance(inline, Footnote) else after_note - here
    return "".join(written)


def _marked(formatting: RunFormat, inline: Inline) -> RunFormat:
    """Take over an inline's mark; the mark of what is around counts before its own."""
    return replace(formatting, mark=inline.mark) if inline.mark and not formatting.mark else formatting


def _inline(inline: Inline, formatting: RunFormat, builder: DocxBuilder, links: Relationships) -> str:
    match inline:
        case Text(text=text, language=language):
            return runs_of(text, formatting, builder, language)
        case Claim():
            return _claim(inline, formatting, builder)
        case Strong(content=content):
            return inlines(content, replace(formatting, bold=True), builder, links)
        case Emphasis(content=content):
            return inlines(content, replace(formatting, italic=True), builder, links)
        case Link(content=content, target=target):
            return _link(
                inlines(content, replace(formatting, style="Hyperlink"), builder, links), target, builder, links
            )
        case Footnote(content=content):
            return _footnote(content, formatting, builder)
        case LineBreak():
            return run("<w:br/>", formatting, builder)


def _between_notes(formatting: RunFormat, touching: set[_How], builder: DocxBuilder) -> str:
    """Write a raised space between two references, lest 1 and 2 be read as 12; tracked if only one text has both."""
    mark = formatting.mark
    if mark is None and len(touching) == 1:
        (how,) = touching
        mark = Mark(how)
    return runs_of("\u00a0", RunFormat(style="FootnoteReference", mark=mark), builder)


def _claim(claim: Claim, formatting: RunFormat, builder: DocxBuilder) -> str:
    runs = runs_of(claim.text, formatting, builder, claim.language)
    if not builder.bookmark_claims:
        return runs
    # `house_style.page` knows memo's bookmarks by how their names begin, and drops old ones from a house style.
    name = f"_memo_{len(builder.claims) + 1}"
    builder.claims.append(Bookmarked(name, claim))
    return bookmarked(runs, name, builder)


def bookmarked(runs: str, name: str, builder: DocxBuilder) -> str:
    """Put runs between the two ends of a bookmark. One whose name begins with ``_`` is hidden in Word's list."""
    number = builder.next_id()
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def _link(runs: str, target: str, builder: DocxBuilder, links: Relationships) -> str:
    if target.startswith("#"):
        return f'<w:hyperlink w:anchor="{builder.anchors[target[1:]]}" w:history="1">{runs}</w:hyperlink>'
    number = quoteattr(links.add("hyperlink", target, external=True))
    return f'<w:hyperlink r:id={number} w:history="1">{runs}</w:hyperlink>'


def _footnote(content: tuple[Inline, ...], formatting: RunFormat, builder: DocxBuilder) -> str:
    """Write the reference; the note itself goes to the footnotes' part (ECMA-376-1, 17.11.10 and 17.11.14)."""
    builder.notes.append("")
    number = len(builder.notes)
    bidi = "<w:bidi/>" if right_to_left(inline_text(content)) else ""
    builder.in_note = True
    builder.notes[number - 1] = (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/>{bidi}</w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteCharacters"/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/></w:r>'
        f"{inlines(content, RunFormat(), builder, builder.note_links)}</w:p></w:footnote>"
    )
    builder.in_note = False
    marks = (formatting.mark, *(inline.mark for inline in all_inlines(content)))
    comment = next(filter(None, map(builder.comment_for, marks)), 0)
    reference = RunFormat(style="FootnoteReference", mark=formatting.mark)
    runs = run(f'<w:footnoteReference w:id="{number}"/>', reference, builder)
    # A comment on a note is not tracked: LibreOffice 7.4 would take the paragraph's end for a part of the change.
    return runs + with_comment("", comment, None, builder) if comment else runs
