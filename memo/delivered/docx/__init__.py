"""Read a DOCX from outside: what it shows a reader, and the document that it carries.

Two lists tell what may be there: what memo writes, and what cannot change a visible word; anything else is named.

    package      the parts, found by relationships as Word finds them
    xml_parts    their XML, streamed under short names and within bounds
    known        the two lists
    style_sheet  styles, theme and settings            looks    how a run or paragraph is shown, by them
    labels       bullets and numbers of lists          views    the text with tracked changes accepted, and rejected
    story        body, notes, headers and footers as a reader sees them
    measures     pages, tables and pictures too small  file_text  what is gathered of all of these
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from memo.delivered.contents import Comparison, FileContents, Pages, Picture, count_extras
from memo.delivered.docx.file_text import FileText, OpenLink
from memo.delivered.docx.labels import Numbering
from memo.delivered.docx.looks import Looks
from memo.delivered.docx.package import WordPackage
from memo.delivered.docx.story import StoryReader
from memo.delivered.docx.style_sheet import FontTable, Settings, StyleSheet, Theme
from memo.delivered.docx.views import MarkupView, Story
from memo.delivered.docx.xml_parts import Attributes, PartHandler
from memo.untrusted_files import UnreadableFile


def read_docx(data: bytes) -> FileContents:
    """Read what a Word file says and carries. Raises `memo.untrusted_files.UnreadableFile`."""
    package = WordPackage(data)
    text = _read_stories(package)
    carried = _read_beside(package)
    if len(carried.documents) > 1 or len(carried.looks) > 1:
        raise UnreadableFile("is damaged: it carries more than one document")
    margins = _margin_stories(text)
    accepted, rejected = ("\n".join(_lines(view, margins)) for view in (text.accepted, text.rejected))
    pages = Pages(
        accepted,
        rejected,
        count_extras((carried.comments, "comment")),
        tuple(_links(text, margins)),
        tuple(package.foreign),
        pictures=tuple(_pictures(text, margins)),
        tables=tuple(text.tables),
    )
    by_memo = carried.by_memo or text.by_memo
    return FileContents(pages, "".join(carried.documents), by_memo, "".join(carried.looks), package.in_house_style())


def compare_docx(pages: Pages, expected: Pages) -> Comparison:
    """Compare the tables and pictures of a file with those that it should have."""
    cells = () if pages.tables == expected.tables else ("words of a table stand in other cells",)
    return Comparison(cells, tuple(_unlike_pictures(pages, expected)))


def _unlike_pictures(pages: Pages, expected: Pages) -> Iterator[str]:
    for number, (here, there) in enumerate(zip(pages.pictures, expected.pictures, strict=False), 1):
        if here.alt != there.alt:
            yield f"picture {number} is described in other words"
        # A program may leave out some of a picture's images.
        if not here.images or not here.images <= there.images:
            yield f"picture {number} is another, or was saved in another way: it is not compared"


def _read_stories(package: WordPackage) -> FileText:
    """Read the body, then the parts that it leads to and that show words."""
    settings, theme, styles = Settings(package.foreign), Theme(), StyleSheet(package.foreign)
    fonts, numbering = FontTable(package.foreign), Numbering()
    handlers: dict[str, PartHandler] = {
        "settings": settings,
        "theme": theme,
        "styles": styles,
        "fontTable": fonts,
        "numbering": numbering,
    }
    for kind, handler in handlers.items():
        for name in package.parts(kind):
            package.read(name, handler)
    theme.mapping = settings.mapping
    text = FileText(package, Looks(styles, theme, fonts.other_names), numbering)
    package.read(package.main, StoryReader(text, "document", package.main, package.links))
    text.even_pages = settings.even_pages
    _name_bare_pages(text)
    for kind, part_kind in (("footnote", "footnotes"), ("endnote", "endnotes")):
        for name in package.parts(part_kind):
            package.read(name, StoryReader(text, kind, name, package.related(name)))
    for kind, name in dict.fromkeys((kind.partition(" ")[0], name) for kind, name in _margin_parts(text)):
        package.read(name, StoryReader(text, kind, name, package.related(name)))
    return text


class _Beside(PartHandler):
    """What lies beside the pages: the document carried, comments, the program that wrote the file; a handler."""

    def __init__(self) -> None:
        self.documents: set[str] = set()
        self.looks: set[str] = set()
        self.comments = 0
        self.by_memo = False
        self._data: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self.comments += name == "w:comment" and "w:id" in attributes

    def end(self, name: str) -> None:
        if name == "memo:document":
            self.documents.add("".join(self._data))
        elif name == "memo:look":
            self.looks.add("".join(self._data))
        elif name == "app:Application":
            self.by_memo |= "".join(self._data).strip() == "memo"
        self._data.clear()

    def characters(self, text: str) -> None:
        if self.path[-1] in ("memo:document", "memo:look", "app:Application"):
            self._data.append(text)


def _read_beside(package: WordPackage) -> _Beside:
    found = _Beside()
    items = (*package.parts("customXml"), *package.root_parts("customXml"))
    for name in dict.fromkeys((*items, *package.parts("comments"), *package.root_parts("extended-properties"))):
        package.read(name, found)
    return found


# What is put together of all stories: the body, its notes in the order of their references, then what is around


def _margin_parts(text: FileText) -> Iterator[tuple[str, str]]:
    """Yield each header and footer that a section refers to, sorted by kind, and the part that it is."""
    shown = {"default", *(["first"] if text.first_page else []), *(["even"] if text.even_pages else [])}
    for kind, id in sorted(text.margins, key=lambda margin: margin[0]):
        if kind.partition(" ")[2] not in shown:
            continue
        related = text.package.links.get(id)
        if related and not related.external:
            yield kind, related.target


def _name_bare_pages(text: FileText) -> None:
    """Name it where first or even pages have headers or footers of their own, and these are not there."""
    there = {kind for kind, _ in text.margins}
    for which, own in (("first", text.first_page), ("even", text.even_pages)):
        for kind, said in (("hdr", "header"), ("ftr", "footer")):
            if own and f"{kind} default" in there and f"{kind} {which}" not in there:
                text.name(f"{which} pages without their {said}", "")


def _margin_stories(text: FileText) -> list[Story]:
    """Return headers, then footers; of several that say the same only the first."""
    found: dict[Any, Story] = {}
    for kind, part in _margin_parts(text):
        story = (kind.partition(" ")[0], part)
        said = tuple(tuple(view.stories.get(story, ())) for view in (text.accepted, text.rejected))
        found.setdefault((story[0], said), story)
    return list(found.values())


def _lines(view: MarkupView, margins: list[Story]) -> list[str]:
    rules = sorted(story for story in view.stories if story[1].startswith("\0"))
    order = [("document", ""), *view.notes(), *rules, *margins]
    return [line for story in order for line in view.stories.get(story, [])]


def _in_order(text: FileText, margins: list[Story]) -> list[Story]:
    notes = dict.fromkeys((*text.accepted.notes(), *text.rejected.notes()))
    return [("document", ""), *notes, *margins]


def _links(text: FileText, margins: list[Story]) -> Iterator[str]:
    """Yield where each link leads, and the words that lead there; within the file, to the words of a paragraph."""
    places = {story: at for at, story in enumerate(_in_order(text, margins))}
    shown = [link for link in text.links if link.story in places and (link.words or not link.target)]
    for link in sorted(shown, key=lambda link: places[link.story]):
        yield f"{_target(link, text)} (from “{' '.join(''.join(link.words).split())}”)"


def _target(link: OpenLink, text: FileText) -> str:
    address, hash, anchor = link.target.partition("#")
    if not hash or address:
        return link.target
    return f"the paragraph “{text.bookmarks[anchor]}”" if anchor in text.bookmarks else "nowhere in it"


def _pictures(text: FileText, margins: list[Story]) -> Iterator[Picture]:
    for story in _in_order(text, margins):
        yield from text.pictures.get(story, ())
