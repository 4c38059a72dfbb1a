"""The file as a whole: its pages, filled and drawn one by one, and at the end all that stands around them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from memo.document.as_json import ATTACHMENT_NAME
from memo.document.tree import Metadata
from memo.renderers.pdf.file.destinations import Spot, destination
from memo.renderers.pdf.file.metadata import write_document, write_info, write_output_intent, write_xmp
from memo.renderers.pdf.file.objects import PdfFile, array, dictionary, numbers, ref, text_string
from memo.renderers.pdf.file.structure import Element, Owners, annotation_keys, write_tree
from memo.renderers.pdf.page.change_signs import draw_bars
from memo.renderers.pdf.page.content import ARTIFACT, REPEATED, Area, Sheet
from memo.renderers.pdf.page.fill import FilledPage, fill_pages
from memo.renderers.pdf.page.header_footer import Margins
from memo.renderers.pdf.page.notes import draw_notes
from memo.renderers.pdf.page.outline import Outline
from memo.renderers.pdf.page.strips import Box, Strip
from memo.renderers.pdf.text.typesetter import Setter


class _Bound(NamedTuple):
    """A page whose text is drawn: its sheet, and the number of its content's stream."""

    sheet: Sheet
    content: int


class Book:
    """One file in the making. ``root`` is the structure tree's Document element."""

    def __init__(self, metadata: Metadata, setter: Setter, outline: Outline) -> None:
        self.root = Element("Document", None, language=metadata.language)
        self._metadata = metadata
        self._setter = setter
        self._outline = outline
        self._file = PdfFile()
        self._catalog, self._pages, self._resources = (self._file.reserve() for _ in range(3))
        self._attached = 0
        self._bound: deque[_Bound] = deque()
        self.page_count = 0
        """How many pages are filled."""
        self._spots: dict[str, Spot] = {}

    def fill(self, strips: Iterable[Strip]) -> None:
        """Fill pages with all of these, and draw each when it is full."""
        for page in fill_pages(strips, self._setter.height):
            sheet = Sheet(self._file, self._setter.paper[1], self._spots)
            self._draw(page, sheet)
            self._bound.append(_Bound(sheet, self._file.stream(sheet.content())))
            self.page_count += 1

    def _draw(self, page: FilledPage, sheet: Sheet) -> None:
        top = self._setter.top
        for box, (upper, lower) in _extents(page).items():
            _draw_box(sheet, box, top + upper, lower - upper)
        for placed in page.placed:
            placed.strip.draw(sheet, top + placed.top, REPEATED if placed.repeated else "")
        if page.notes:
            draw_notes(sheet, page.notes, self._setter.left, top + page.height, self._setter.style.colours.rule)
        if sheet.bars:
            draw_bars(sheet, self._setter)

    def carry(self, data: bytes) -> None:
        """Put the document's JSON into the file, to be found among its attachments."""
        self._attached = write_document(self._file, self._metadata, data)

    def finish(self, margins: Margins) -> bytes:
        """Draw the margins of all pages, now that it is known how many there are; gives the file."""
        owners = [bound.sheet.owners() for bound in self._bound]
        kids = array([ref(bound.sheet.number) for bound in self._bound])
        self._put_pages(margins, annotation_keys(owners))
        self._file.put(f"<</Type /Pages /Count {self.page_count} /Kids {kids}>>", self._pages)
        self._file.put(f"<</Font {self._setter.fonts.write(self._file)}>>", self._resources)
        self._put_catalog(owners)
        return self._file.finish(self._catalog, write_info(self._file, self._metadata))

    def _put_pages(self, margins: Margins, keys: Iterator[int]) -> None:
        """Each page is let go when it is put, with all the links on it."""
        for index in range(self.page_count):
            bound = self._bound.popleft()
            margins.draw(bound.sheet, index + 1, self.page_count)
            for area in bound.sheet.areas:
                self._put_link(area, next(keys))
            self._put_page(index, bound)

    def _put_page(self, index: int, bound: _Bound) -> None:
        sheet = bound.sheet
        margins = self._file.stream(sheet.content())
        entries = {
            "Type": "/Page",
            "Parent": ref(self._pages),
            "MediaBox": array([numbers(0, 0, *self._setter.paper)]),
            "Resources": ref(self._resources),
            "Contents": array([ref(bound.content), ref(margins)]),
            "StructParents": str(index),
            "Tabs": "/S",
        }
        if sheet.areas:
            entries["Annots"] = array(ref(area.number) for area in sheet.areas)
        self._file.put(dictionary(entries), sheet.number)

    def _put_link(self, area: Area, key: int) -> None:
        """A link says where it leads, in words too (ISO 14289-1, 7.18.5)."""
        entries = {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": f"[{area.rectangle}]",
            "F": "4",
            "Border": "[0 0 0]",
            "StructParent": str(key),
            "Contents": text_string(area.text or area.target),
        }
        if area.target in self._spots:
            entries["Dest"] = destination(self._spots[area.target])
        elif not area.target.startswith("#"):
            entries["A"] = f"<</S /URI /URI {text_string(area.target)}>>"
        self._file.put(dictionary(entries), area.number)

    def _put_catalog(self, owners: Sequence[Owners]) -> None:
        file, metadata = self._file, self._metadata
        entries = {
            "Type": "/Catalog",
            "Pages": ref(self._pages),
            "Lang": text_string(metadata.language),
            "MarkInfo": "<</Marked true>>",
            "ViewerPreferences": "<</DisplayDocTitle true>>",
            "StructTreeRoot": ref(write_tree(file, self.root, owners)),
            "Metadata": ref(write_xmp(file, metadata)),
            "OutputIntents": array([ref(write_output_intent(file))]),
        }
        if outlines := self._outline.write(file, self._spots):
            entries |= {"Outlines": ref(outlines), "PageMode": "/UseOutlines"}
        if self._attached:
            attached = ref(self._attached)
            names = f"<</EmbeddedFiles <</Names [{text_string(ATTACHMENT_NAME)} {attached}]>>>>"
            entries |= {"AF": array([attached]), "Names": names}
        file.put(dictionary(entries), self._catalog)


def _extents(page: FilledPage) -> Mapping[Box, tuple[float, float]]:
    """From where to where each box reaches on a page, outer before inner."""
    extents: dict[Box, tuple[float, float]] = {}
    for placed in page.placed:
        for box in placed.strip.boxes:
            pad = placed.strip.pads(box)
            upper, _ = extents.get(box, (placed.top - pad, 0.0))
            extents[box] = upper, placed.top + placed.strip.height + pad
    return extents


def _draw_box(sheet: Sheet, box: Box, top: float, height: float) -> None:
    sheet.mark(ARTIFACT)
    sheet.box(box.x, top, box.width, height, fill=box.fill)
    sheet.box(box.x, top, box.bar_width, height, fill=box.bar)
