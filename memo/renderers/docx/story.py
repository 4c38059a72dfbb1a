"""What comes up while the body is written and has its place elsewhere in the package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from memo.document.tree import Block, Callout, Change, Claim, Document, Heading, List, Mark, Quotation
from memo.facts.style import Style, Words
from memo.renderers.docx.look import Paper
from memo.renderers.docx.markup import DECLARATION, NAMESPACES, quoted

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class Relationships:
    """The relationships of one part (ECMA-376-2, 6.5): each target has one id, found again without a search."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str, bool], str] = {}
        self._dropped = 0

    def to(self, kind: str, target: str, external: bool = False) -> str:
        """The id of the relationship to this target. ``kind`` is the last word of an officeDocument type, or a URI."""
        return self._ids.setdefault((kind, target, external), f"rId{len(self._ids) + self._dropped + 1}")

    def redirect(self, kind: str, target: str, other: str) -> None:
        """Let what points to one target point to another; to nothing, if that is empty."""
        name = self._ids.pop((kind, target, False))
        if other:
            self._ids[kind, other, False] = name
        self._dropped += not other

    def xml(self) -> str:
        """The part's ``.rels``; empty if it has none."""
        if not self._ids:
            return ""
        lines = [
            f"<Relationship Id={quoted(name)} Type={quoted(kind if ':' in kind else OFFICE + kind)} "
            f"Target={quoted(target)} TargetMode={quoted('External' if external else 'Internal')}/>"
            for (kind, target, external), name in self._ids.items()
        ]
        return (
            f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{''.join(lines)}</Relationships>"
        )


class Bookmarked(NamedTuple):
    """What a hidden bookmark in the text stands for."""

    bookmark: str
    claim: Claim


@dataclass(slots=True)
class Story:
    """One document being written: its settings, and what the writing of its body leaves for other parts."""

    style: Style
    words: Words
    author: str
    date: str
    """ISO 8601 with the time of day; who and when a tracked change bears."""
    language: str
    bookmark_claims: bool
    anchors: dict[str, str]
    """The bookmark of each heading, by its anchor."""
    paper: Paper
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
    """What a redline tells; each becomes a comment at its first mark."""
    commented: set[int] = field(default_factory=set)
    in_note: bool = False
    """Whether a note is being written: Word takes no comment there."""

    @property
    def measure(self) -> int:
        """Width of the text in twips."""
        return self.paper.measure

    def annotation(self) -> int:
        """A new id; bookmarks and tracked changes share them (ECMA-376-1, 17.13.1)."""
        self.annotations += 1
        return self.annotations

    def change(self, mark: Mark) -> str:
        """The opening of a tracked change, without its ``<`` and ``>``.

        Each change has a minute of its own in the memo's day: where changes of one author and time touch, LibreOffice
        takes them for one.
        """
        date = f"{self.date[:11]}{mark.change % 24:02d}:{mark.change // 24 % 60:02d}:00Z"
        return f'{revision(mark)} w:id="{self.annotation()}" w:author={quoted(self.author)} w:date="{date}"'

    def comment(self, mark: Mark | None) -> int:
        """The id of the comment that is to stand here, where a change has its first mark; 0 for none."""
        if not mark or self.in_note or mark.change in self.commented or not 0 < mark.change <= len(self.changes):
            return 0
        self.commented.add(mark.change)
        return comment_id(mark.change)


def comment_id(change: int) -> int:
    """The id of a change's comment: beyond the ids of all notes, for one of which LibreOffice 7.4 would take it."""
    return 10_000 + change


def revision(mark: Mark) -> str:
    """The element that a tracked change of this sort is (ECMA-376-1, 17.13.5.14 and 17.13.5.18)."""
    return "w:ins" if mark.how == "inserted" else "w:del"


def new_story(document: Document, style: Style, words: Words, date: str, paper: Paper, bare: bool) -> Story:
    """A story with nothing written yet."""
    return Story(
        style=style,
        words=words,
        author=document.metadata.sender,
        date=date,
        language=document.metadata.language,
        bookmark_claims=not bare,
        anchors={anchor: f"_heading_{number}" for number, anchor in enumerate(_anchors(document.blocks), 1)},
        paper=paper,
        changes=document.changes,
    )


def _anchors(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The anchors of all headings in reading order, those in lists, quotations and boxes included."""
    for block in blocks:
        match block:
            case Heading(anchor=anchor):
                yield anchor
            case List(items=items):
                for item in items:
                    yield from _anchors(item.blocks)
            case Quotation(blocks=inner) | Callout(blocks=inner):
                yield from _anchors(inner)


def part(root: str, content: str) -> str:
    """A part of WordprocessingML text: the root element with the namespaces that `NAMESPACES` declares."""
    return f"{DECLARATION}<w:{root} {NAMESPACES}>{content}</w:{root}>"
