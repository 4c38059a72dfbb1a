"""What is gathered of all parts that show words, and what is open while one of them is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from memo.delivered.contents import Picture
from memo.delivered.docx.labels import Counter, Numbering
from memo.delivered.docx.looks import Looks, ParagraphLook, Surroundings
from memo.delivered.docx.package import WordPackage
from memo.delivered.docx.style_sheet import Properties
from memo.delivered.docx.views import MarkupView, Story
from memo.delivered.docx.xml_parts import Attributes


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph that is being read."""

    properties: Properties = field(default_factory=dict)
    mark: Properties = field(default_factory=dict)
    look: ParagraphLook | None = None
    around: Surroundings = field(default_factory=Surroundings)
    bookmarks: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    bullets: list[tuple[MarkupView, int]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    """Whether its end was inserted or deleted, in a tracked change."""


@dataclass(slots=True)
class OpenLink:
    """A link that is being read, and the words that it leads from."""

    target: str
    story: Story
    place: str
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class OpenTable:
    """A table that is being read: its style, and what fills the cell."""

    style: str = ""
    fill: Attributes = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)
    """For each row, ``x`` for a cell with words and ``-`` for one without."""
    filled: bool = False


class FileText:
    """All that the parts of a file say, gathered part after part."""

    def __init__(self, package: WordPackage, looks: Looks, numbering: Numbering) -> None:
        self.package, self.looks, self.numbering = package, looks, numbering
        self.accepted, self.rejected = MarkupView(Counter(numbering)), MarkupView(Counter(numbering))
        self.links: list[OpenLink] = []
        self.pictures: dict[Story, list[Picture]] = {}
        self.bookmarks: dict[str, str] = {}
        """The words of the paragraph that each bookmark stands in."""
        self.margins: list[tuple[str, str]] = []
        """The headers and footers that sections refer to: ``hdr default``, and the relationship's id."""
        self.first_page = self.even_pages = False
        """Whether first and even pages have headers and footers of their own."""
        self.tables: list[str] = []
        self.by_memo = False
        self.letters = 0

    def name(self, what: str, place: str) -> None:
        """Name something that memo does not write."""
        self.package.foreign[f"{what} ({place})" if place else what] = None
