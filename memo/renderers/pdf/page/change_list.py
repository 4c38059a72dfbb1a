"""The list of changes that ends a redline: each by its number, where it stands, what was and is, on what, and why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from memo.document.furniture import basis_lines, change_lines, shortened
from memo.document.tree import Change, Document, Heading, Metadata, Text
from memo.facts.style import Words, fill
from memo.renderers.pdf.file.destinations import change_spot
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.blocks import Blocks
from memo.renderers.pdf.page.content import ARTIFACT, Sheet
from memo.renderers.pdf.page.strips import Column, Strip, glued, line_strips
from memo.renderers.pdf.text.lines import Line, Manner, draw_line
from memo.renderers.pdf.text.runs import Run, Way
from memo.renderers.pdf.text.typesetter import Setter

_ANCHOR = " changes"
"""Of its heading: no other anchor has a space in it."""

_BETWEEN = 8.0
_LABEL_GAP = 6.0


def redline_of(document: Document, words: Words) -> str:
    """What the file is, if it is a redline: against which edition or version; else nothing."""
    if not document.changes and document.earlier is None:
        return ""
    earlier = document.earlier or document.metadata
    pattern = words.redline if earlier.edition else words.redline_unissued
    return fill(pattern, edition=earlier.edition, date=earlier.date_shown)


def titled(metadata: Metadata, redline: str) -> str:
    """What the file is called where it is listed: a redline is not the memo itself."""
    return f"{metadata.title} ({redline})" if redline else metadata.title


def strips(document: Document, blocks: Blocks, setter: Setter, column: Column) -> Iterator[Strip]:
    """The list, on a page of its own, under a heading: it is no part of the memo. Nothing, if no change is told."""
    if not document.changes:
        return
    heading = Heading(1, (Text(setter.words.changes),), _ANCHOR)
    for index, strip in enumerate(blocks.strips((heading,), column)):
        strip.new_page = index == 0
        yield strip
    indent = max(setter.line(str(number), setter.looks.cell, ARTIFACT).width for number in _numbers(document))
    parent = Element("L", column.parent, attributes="/O /List /ListNumbering /Decimal")
    for number, change in zip(_numbers(document), document.changes, strict=True):
        item = _item(number, change, setter, indent + _LABEL_GAP, Element("LI", parent), column)
        for index, strip in enumerate(item):
            if index == 0:
                strip.before, strip.glued = _BETWEEN, number == 1
            yield strip


def _numbers(document: Document) -> range:
    return range(1, len(document.changes) + 1)


def _item(
    number: int, change: Change, setter: Setter, indent: float, element: Element, column: Column
) -> Iterator[Strip]:
    label = _label(number, setter, element)
    body = column.indented(indent, Element("LBody", element))
    for index, strip in enumerate(glued(_lines(change, setter, body))):
        if index == 0:
            strip.draws.insert(0, partial(_draw_label, number, label, column.x, setter.looks.cell.baseline))
        yield strip


def _label(number: int, setter: Setter, element: Element) -> Line:
    """The number, which leads to where the change is shown first."""
    look, said = setter.looks.cell, fill(setter.words.marked_place, number=str(number))
    way = Way(Element("Link", Element("Lbl", element)), change_spot(number), said)
    return setter.joined([Run(str(number), look.face, look.link, way.element, setter.language, way)])


def _lines(change: Change, setter: Setter, body: Column) -> Iterator[Strip]:
    """Each of what is told is a paragraph: the section, in bold, then what was and is, why, and on what."""
    words, looks = setter.words, setter.looks
    told = [*change_lines(shortened(change), words), *basis_lines(change, words)]
    lead = [(looks.callout, change.section)] if change.section else []
    for look, text in (*lead, *((looks.cell, line) for line in told)):
        run = setter.run(text, look, Element("P", body.parent))
        yield from line_strips(setter.breaker.lines([[run]], body.width, Manner.TEXT), look, body.x)


def _draw_label(number: int, label: Line, x: float, baseline: float, sheet: Sheet, top: float, artifact: str) -> None:
    """A change of which nothing is seen, such as a character without ink, is led to here."""
    sheet.spot(change_spot(number), 0, top)
    draw_line(sheet, label, x, top + baseline, artifact)
