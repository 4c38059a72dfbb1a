"""The file as a whole: pages filled and drawn one by one, and at the end all that must stand around them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from memo.document.as_json import ATTACHMENT_NAME, LOOK_NAME
from memo.document.tree import Metadata
from memo.renderers.pdf.file import metadata as file_metadata
from memo.renderers.pdf.file.navigation import Destination, Outline, write_link
from memo.renderers.pdf.file.objects import PdfFile, array, dictionary, numbers, ref, text_string
from memo.renderers.pdf.file.page_content import ARTIFACT, REPEATED, PageContent
from memo.renderers.pdf.file.structure import Element, PageOwners, annotation_keys, write_tree
from memo.renderers.pdf.page.notes import draw_notes
from memo.renderers.pdf.page.pagination import FilledPage, Flowable, Panel, fill_pages
from memo.renderers.pdf.page.redline_parts import draw_change_bars
from memo.renderers.pdf.page.title_header_footer import HeaderFooter
from memo.renderers.pdf.text.typesetter import Typesetter

_DOCUMENT = "The memo as data, with the ids of its facts"


class DrawnPage(NamedTuple):
    """A page whose text is drawn and written, as the stream with object number ``text``."""

    content: PageContent
    text: int


class Assembler:
    """Puts one file together. ``root`` is the structure tree's Document element."""

    def __init__(self, metadata: Metadata, typesetter: Typesetter, outline: Outline) -> None:
        self.root = Element("Document", None, language=metadata.language)
        self._metadata = metadata
        self._typesetter = typesetter
        self._outline = outline
        self._file = PdfFile()
        self._catalog, self._pages, self._resources = (self._file.reserve() for _ in range(3))
        self._embedded: tuple[tuple[str, int], ...] = ()
        self._drawn: deque[DrawnPage] = deque()
        self._destinations: dict[str, Destination] = {}
        self.page_count = 0
        """How many pages are filled."""

    def embed(self, document: bytes, look: bytes) -> None:
        """Embed the JSON of the document and of its look, to be found among the file's attachments."""
        # By name, as a name tree is sorted (ISO 32000-1, 7.9.6).
        attached = ((LOOK_NAME, look, "The look of its pages as data"), (ATTACHMENT_NAME, document, _DOCUMENT))
        self._embedded = tuple(
            (name, file_metadata.write_attachment(self._file, self._metadata, name, data, described))
            for name, data, described in attached
        )

    def fill(self, flowables: Iterable[Flowable]) -> None:
        """Fill pages with all of these, and draw each when it is full."""
        for filled in fill_pages(flowables, self._typesetter.height):
            page = PageContent(self._file, self._typesetter.paper[1], self._destinations)
            self._draw(filled, page)
            # Written at once, so that the text of a long memo is not held until its pages can be numbered.
            self._drawn.append(DrawnPage(page, self._file.stream(page.take_stream())))
            self.page_count += 1

    def _draw(self, filled: FilledPage, page: PageContent) -> None:
        top = self._typesetter.top
        for panel, (upper, lower) in _panel_extents(filled).items():
            _draw_panel(page, panel, top + upper, lower - upper)
        for placed in filled.placed:
            placed.flowable.draw(page, top + placed.top, REPEATED if placed.repeated else "")
        if filled.notes:
            rule = self._typesetter.project_style.colours.rule
            draw_notes(page, filled.notes, self._typesetter.left, top + filled.height, rule)
        if page.change_bars:
            draw_change_bars(page, self._typesetter)

    def finish(self, header_footer: HeaderFooter) -> bytes:
        """Draw header and footer of all pages, now that it is known how many there are; return the file."""
        owners = [drawn.content.owners() for drawn in self._drawn]
        kids = array([ref(drawn.content.number) for drawn in self._drawn])
        self._write_pages(header_footer, annotation_keys(owners))
        self._file.put(f"<</Type /Pages /Count {self.page_count} /Kids {kids}>>", self._pages)
        self._file.put(f"<</Font {self._typesetter.fonts.write(self._file)}>>", self._resources)
        self._write_catalog(owners)
        return self._file.finish(self._catalog, file_metadata.write_info(self._file, self._metadata))

    def _write_pages(self, header_footer: HeaderFooter, keys: Iterator[int]) -> None:
        for index in range(self.page_count):
            drawn = self._drawn.popleft()  # lets the page go when it is written, with all the links on it
            header_footer.draw(drawn.content, index + 1, self.page_count)
            for link in drawn.content.links:
                write_link(self._file, link, next(keys), self._destinations)
            self._write_page(index, drawn)

    def _write_page(self, index: int, drawn: DrawnPage) -> None:
        page = drawn.content
        around = self._file.stream(page.take_stream())
        entries = {
            "Type": "/Page",
            "Parent": ref(self._pages),
            "MediaBox": array([numbers(0, 0, *self._typesetter.paper)]),
            "Resources": ref(self._resources),
            "Contents": array([ref(drawn.text), ref(around)]),
            "StructParents": str(index),
            "Tabs": "/S",  # the tab key follows the structure (ISO 14289-1, 7.18.3)
        }
        if page.links:
            entries["Annots"] = array(ref(link.number) for link in page.links)
        self._file.put(dictionary(entries), page.number)

    def _write_catalog(self, owners: Sequence[PageOwners]) -> None:
        file, metadata = self._file, self._metadata
        entries = {
            "Type": "/Catalog",
            "Pages": ref(self._pages),
            "Lang": text_string(metadata.language),
            "MarkInfo": "<</Marked true>>",
            "ViewerPreferences": "<</DisplayDocTitle true>>",  # the title in the window's bar (ISO 14289-1, 7.1)
            "StructTreeRoot": ref(write_tree(file, self.root, owners)),
            "Metadata": ref(file_metadata.write_xmp(file, metadata)),
            "OutputIntents": array([ref(file_metadata.write_output_intent(file))]),
        }
        if outlines := self._outline.write(file, self._destinations):
            entries |= {"Outlines": ref(outlines), "PageMode": "/UseOutlines"}
        if self._embedded:
            named = " ".join(f"{text_string(name)} {ref(number)}" for name, number in self._embedded)
            attached = array(ref(number) for _, number in reversed(self._embedded))
            entries |= {"AF": attached, "Names": f"<</EmbeddedFiles <</Names [{named}]>>>>"}
        file.put(dictionary(entries), self._catalog)


def _panel_extents(filled: FilledPage) -> Mapping[Panel, tuple[float, float]]:
    """Return the top and bottom of each panel on a page, outer before inner, so that inner ones lie above."""
    extents: dict[Panel, tuple[float, float]] = {}
    for placed in filled.placed:
        for panel in placed.flowable.panels:
            padding = placed.flowable.padding(panel)
            upper, _ = extents.get(panel, (placed.top - padding, 0.0))
            extents[panel] = upper, placed.top + placed.flowable.height + padding
    return extents


def _draw_panel(page: PageContent, panel: Panel, top: float, height: float) -> None:
    page.set_owner(ARTIFACT)
    page.rectangle(panel.x, top, panel.width, height, fill=panel.fill)
    page.rectangle(panel.x, top, panel.bar_width, height, fill=panel.bar)
