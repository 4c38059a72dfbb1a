"""How readers get about: destinations and their names, link annotations, and the outline of bookmarks.

A heading's destination is named by its anchor after ``#``, as links in a document write it. The names of notes, their
references and changes have a space in them, which no anchor and no web address has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from memo.renderers.pdf.file.objects import PdfFile, dictionary, numbers, ref, text_string


class Destination(NamedTuple):
    """A point on a page: the page's object number, and PDF's own coordinates, in points."""

    page: int
    x: float
    y: float

    def pdf(self) -> str:
        """Write it as an explicit destination that keeps the reader's zoom (ISO 32000-1, 12.3.2.2)."""
        return f"[{self.page} 0 R /XYZ {numbers(self.x, self.y)} null]"


def heading_name(anchor: str) -> str:
    """Name the destination at a heading."""
    return f"#{anchor}"


def note_name(number: int) -> str:
    """Name the destination where a note begins."""
    return f"note {number}"


def reference_name(number: int) -> str:
    """Name the destination where the text refers to a note."""
    return f"reference {number}"


def change_name(number: int) -> str:
    """Name the destination where a redline first shows a change."""
    return f"change {number}"


def is_note_name(name: str) -> bool:
    """Tell whether a link's target is a note or its reference: neither anchors nor web addresses have a space."""
    return " " in name


class LinkArea(NamedTuple):
    """A link's active area on a page: the annotation's object number, its rectangle in PDF's own coordinates.

    ``target`` is a web address or the name of a destination; ``description`` says in words where it leads.
    """

    number: int
    rectangle: str
    target: str
    description: str


def write_link(file: PdfFile, area: LinkArea, key: int, destinations: Mapping[str, Destination]) -> None:
    """Write a link's annotation; ``key`` is its key in the structure's parent tree."""
    entries = {
        "Type": "/Annot",
        "Subtype": "/Link",
        "Rect": f"[{area.rectangle}]",
        "F": "4",  # printed: PDF/A allows no annotation that is hidden or left out of print (ISO 19005-3, 6.3.2)
        "Border": "[0 0 0]",
        "StructParent": str(key),
        "Contents": text_string(area.description or area.target),  # in words, for PDF/UA (ISO 14289-1, 7.18.5)
    }
    if area.target in destinations:
        entries["Dest"] = destinations[area.target].pdf()
    elif not area.target.startswith("#"):  # an anchor that no heading has leads nowhere
        entries["A"] = f"<</S /URI /URI {text_string(area.target)}>>"
    file.put(dictionary(entries), area.number)


@dataclass(slots=True, eq=False)
class Bookmark:
    """An entry of the outline; ``destination`` is the name of the place that it leads to."""

    level: int
    title: str
    destination: str
    number: int = 0
    below: list[Bookmark] = field(default_factory=list)

    def count(self) -> int:
        """Count the bookmarks below it, at any depth."""
        return sum(1 + bookmark.count() for bookmark in self.below)


class Outline:
    """The headings of one document as bookmarks, and their levels in the structure tree."""

    def __init__(self) -> None:
        self._top = Bookmark(0, "", "")
        self._open = [self._top]
        self._levels: list[int] = []

    def structure_level(self, level: int) -> int:
        """Return the next heading's level in the structure tree, which must skip none (ISO 14289-1, 7.4.2)."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return min(len(self._levels), 6)  # PDF 1.7 has H1 to H6

    def add(self, level: int, title: str, destination: str) -> None:
        """Add a bookmark below the last one of a higher level."""
        bookmark = Bookmark(level, title, destination)
        while self._open[-1].level >= level:
            self._open.pop()
        self._open[-1].below.append(bookmark)
        self._open.append(bookmark)

    def write(self, file: PdfFile, destinations: Mapping[str, Destination]) -> int:
        """Write the bookmarks (ISO 32000-1, 12.3.3); return the number of their root, 0 if there are none."""
        if not self._top.below:
            return 0
        self._top.number = file.reserve()
        links = self._write_below(file, self._top, destinations)
        return file.put(dictionary({"Type": "/Outlines", **links}), self._top.number)

    def _write_below(self, file: PdfFile, parent: Bookmark, destinations: Mapping[str, Destination]) -> dict[str, str]:
        """Write the bookmarks below this one; return the entries by which it refers to them."""
        bookmarks = parent.below
        for bookmark in bookmarks:
            bookmark.number = file.reserve()
        for before, own, after in zip([None, *bookmarks], bookmarks, [*bookmarks[1:], None], strict=False):
            entries = {"Title": text_string(own.title), "Parent": ref(parent.number)}
            entries["Dest"] = destinations[own.destination].pdf()
            entries.update({"Prev": ref(before.number)} if before else {})
            entries.update({"Next": ref(after.number)} if after else {})
            file.put(dictionary({**entries, **self._write_below(file, own, destinations)}), own.number)
        if not bookmarks:
            return {}
        return {"First": ref(bookmarks[0].number), "Last": ref(bookmarks[-1].number), "Count": str(parent.count())}
