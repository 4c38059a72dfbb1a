"""Headings as bookmarks, and as levels of the structure tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from memo.document.tree import Claim, Emphasis, Heading, Inline, LineBreak, Link, Mark, Strong, Text
from memo.document.walk import inline_text
from memo.renderers.pdf.file.destinations import Spot, destination, heading_spot
from memo.renderers.pdf.file.objects import PdfFile, dictionary, ref, text_string
from memo.renderers.pdf.page.content import Sheet


@dataclass(slots=True, eq=False)
class _Entry:
    level: int
    title: str
    spot: str
    number: int = 0
    below: list[_Entry] = field(default_factory=list)

    def count(self) -> int:
        """How many entries stand below it, at any depth."""
        return sum(1 + entry.count() for entry in self.below)


class Outline:
    """The headings of one document, in order."""

    def __init__(self) -> None:
        self._top = _Entry(0, "", "")
        self._open = [self._top]
        self._levels: list[int] = []

    def level(self, level: int) -> int:
        """The level of the next heading in the structure tree, which must not skip one (ISO 14289-1, 7.4.2)."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return min(len(self._levels), 6)

    def draw_entry(self, heading: Heading, title: str | None, sheet: Sheet, top: float, artifact: str) -> None:
        """Note where a heading stands, for bookmarks and for links, which name its anchor after ``#``.

        It gets a bookmark by its title, if it has one.
        """
        if artifact:
            return
        spot = heading_spot(heading.anchor)
        sheet.spot(spot, 0, top)
        if title is None:
            return
        entry = _Entry(heading.level, title, spot)
        while self._open[-1].level >= entry.level:
            self._open.pop()
        self._open[-1].below.append(entry)
        self._open.append(entry)

    def write(self, file: PdfFile, spots: Mapping[str, Spot]) -> int:
        """Put the bookmarks into the file (ISO 32000-1, 12.3.3); gives their root's number, 0 if there are none."""
        if not self._top.below:
            return 0
        self._top.number = file.reserve()
        links = self._write_below(file, self._top, spots)
        return file.put(dictionary({"Type": "/Outlines", **links}), self._top.number)

    def _write_below(self, file: PdfFile, parent: _Entry, spots: Mapping[str, Spot]) -> dict[str, str]:
        """Put the entries below this one; gives what it must say of them."""
        entries = parent.below
        for entry in entries:
            entry.number = file.reserve()
        for before, entry, after in zip([None, *entries], entries, [*entries[1:], None], strict=False):
            own = {"Title": text_string(entry.title), "Parent": ref(parent.number)}
            own["Dest"] = destination(spots[entry.spot])
            own.update({"Prev": ref(before.number)} if before else {})
            own.update({"Next": ref(after.number)} if after else {})
            file.put(dictionary({**own, **self._write_below(file, entry, spots)}), entry.number)
        if not entries:
            return {}
        return {"First": ref(entries[0].number), "Last": ref(entries[-1].number), "Count": str(parent.count())}


def title(heading: Heading, mark: Mark | None = None) -> str | None:
    """The words of a heading without those that went; None where all went. ``mark`` is that of what it stands in."""
    staying = " ".join("".join(_staying(heading.content, mark)).split())
    return None if not staying and inline_text(heading.content).strip() else staying


def _staying(content: tuple[Inline, ...], mark: Mark | None) -> Iterator[str]:
    for inline in content:
        own = mark or inline.mark
        match inline:
            case Strong(content=inner) | Emphasis(content=inner) | Link(content=inner):
                yield from _staying(inner, own)
            case Text() | Claim() | LineBreak() if own is None or own.how == "inserted":
                yield inline_text((inline,))
            case _:
                pass
