"""A small reader of DOCX files, independent of the code that writes them: words in reading order, notes, and parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LETTERS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
TITLE_BLOCK = ("MemoKind", "Title", "MemoLine")


@dataclass
class Paragraph:
    """One paragraph that has words or notes: its style, its words, the ids of the notes that it refers to."""

    style: str
    text: str
    notes: list[int] = field(default_factory=list)


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of the package, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(held: dict[str, bytes]) -> bytes:
    """A package of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in held.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def tree(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """One part, parsed."""
    return etree.fromstring(parts(data)[name])


def paragraphs(data: bytes) -> list[Paragraph]:
    """The body's paragraphs in reading order, those of table cells included, without the title block and empty ones.

    Nor gaps: what one holds in a redline, a hyphen that never shows, says nothing.
    """
    every = [_paragraph(element) for element in tree(data).iter(f"{W}p")]
    return [one for one in every if (one.text or one.notes) and one.style not in (*TITLE_BLOCK, "MemoGap")]


def title_block(data: bytes) -> list[Paragraph]:
    """The paragraphs above the body."""
    every = [_paragraph(element) for element in tree(data).iter(f"{W}p")]
    return [one for one in every if one.style in TITLE_BLOCK]


def notes(data: bytes) -> dict[int, str]:
    """The words of each footnote, by id, without its number and the tab after it."""
    root = tree(data, "word/footnotes.xml")
    found = {int(note.get(f"{W}id", "")): note for note in root if note.get(f"{W}type") is None}
    return {number: words(note).removeprefix("\t") for number, note in found.items()}


def words(element: etree._Element) -> str:
    """What a reader sees of the text in here, deleted text included; not the numbers of notes."""
    return "".join(_words(element))


def _words(element: etree._Element) -> Iterator[str]:
    for run in element.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        if style is not None and style.get(f"{W}val") == "FootnoteReference":
            continue
        for child in run:
            if child.tag in (f"{W}t", f"{W}delText"):
                yield child.text or ""
            elif child.tag == f"{W}br" and child.get(f"{W}type") is None:
                yield "\n"
            else:
                yield _LETTERS.get(str(child.tag), "")


def _paragraph(element: etree._Element) -> Paragraph:
    style = element.find(f"{W}pPr/{W}pStyle")
    references = [int(reference.get(f"{W}id", "")) for reference in element.iter(f"{W}footnoteReference")]
    return Paragraph("" if style is None else style.get(f"{W}val", ""), words(element), references)
