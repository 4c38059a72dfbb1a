"""A Word file while it is written: its settings, and what the body leaves for other parts of the package.

Whoever writes blocks and inlines hands a `DocxBuilder` down, and adds to it the notes, links, numbered lists and images
that come up. Ids and counters are its business too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from memo.document.tree import Block, Callout, Change, Claim, Document, Heading, List, Mark, Quotation
from memo.facts.style import Style, Words
from memo.renderers.docx.package import Relationships, quoteattr
from memo.renderers.docx.styles import TextArea


class Bookmarked(NamedTuple):
    """A hidden bookmark in the text, and the claim that stands within it."""

    bookmark: str
    claim: Claim


@dataclass(slots=True)
class DocxBuilder:
    """One Word file being written: its settings, and what the writing of its body leaves for other parts."""

    style: Style
    words: Words
    author: str
    date: str
    """ISO 8601 with the time of day. Tracked changes bear the author and the date."""
    language: str
    bookmark_claims: bool
    anchors: dict[str, str]
    """The bookmark of each heading, by its anchor."""
    text_area: TextArea
    claims: list[Bookmarked] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    links: Relationships = field(default_factory=Relationships)
    note_links: Relationships = field(default_factory=Relationships)
    tables: int = 0
    figures: int = 0
    drawings: int = 0
    annotations: int = 0
    changes: tuple[Change, ...] = ()
    """The changes of a redline; each becomes a comment at its first mark."""
    commented: set[int] = field(default_factory=set)
    in_note: bool = False
    """Whether a note is being written: Word takes no comment there."""

    def next_id(self) -> int:
        """Return a new id; bookmarks and tracked changes share them (ECMA-376-1, 17.13.1)."""
        self.annotations += 1
        return self.annotations

    def change_tag(self, mark: Mark) -> str:
        """Write the opening tag of a tracked change, without its ``<`` and ``>``."""
        # Where changes of one author and time touch, LibreOffice takes them for one: each gets a minute of its own in
        # the memo's day.
        date = f"{self.date[:11]}{mark.change % 24:02d}:{mark.change // 24 % 60:02d}:00Z"
        return f'{change_element(mark)} w:id="{self.next_id()}" w:author={quoteattr(self.author)} w:date="{date}"'

    def comment_for(self, mark: Mark | None) -> int:
        """Return the id of the comment that is to stand here, where a change has its first mark; 0 for none."""
        if not mark or self.in_note or mark.change in self.commented or not 0 < mark.change <= len(self.changes):
            return 0
        self.commented.add(mark.change)
        return comment_id(mark.change)


def comment_id(change: int) -> int:
    """Return the id of a change's comment."""
    # LibreOffice 7.4 takes a comment for the note of the same id: comments begin beyond the ids of all notes.
    return 10_000 + change


def change_element(mark: Mark) -> str:
    """Name the element of a tracked insertion or deletion (ECMA-376-1, 17.13.5.18 and 17.13.5.14)."""
    return "w:ins" if mark.how == "inserted" else "w:del"


def new_builder(
    document: Document, style: Style, words: Words, date: str, text_area: TextArea, bare: bool
) -> DocxBuilder:
    """Return a builder with nothing written yet."""
    return DocxBuilder(
        style=style,
        words=words,
        author=document.metadata.sender,
        date=date,
        language=document.metadata.language,
        bookmark_claims=not bare,
        anchors={anchor: f"_heading_{number}" for number, anchor in enumerate(_anchors(document.blocks), 1)},
        text_area=text_area,
        changes=document.changes,
    )


def _anchors(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the anchors of all headings in reading order, those in lists, quotations and boxes included."""
    for block in blocks:
        match block:
            case Heading(anchor=anchor):
                yield anchor
            case List(items=items):
                for item in items:
                    yield from _anchors(item.blocks)
            case Quotation(blocks=inner) | Callout(blocks=inner):
                yield from _anchors(inner)
