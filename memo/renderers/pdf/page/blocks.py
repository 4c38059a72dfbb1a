"""From blocks to strips: where each stands across the page, how it looks, and what it is in the structure tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from msgspec.structs import replace

from memo.document.tree import (
    Block,
    Callout,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Mark,
    PageBreak,
    Paragraph,
    Quotation,
    Rule,
    Table,
)
from memo.document.walk import inline_text
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page import figures, outline, tables
from memo.renderers.pdf.page.change_signs import sign_strip
from memo.renderers.pdf.page.content import ARTIFACT, Sheet
from memo.renderers.pdf.page.outline import Outline
from memo.renderers.pdf.page.strips import Box, Column, Strip, glued, line_strips
from memo.renderers.pdf.text.lines import Line, Manner, draw_line
from memo.renderers.pdf.text.looks import Look
from memo.renderers.pdf.text.typesetter import Setter

ITEM_INDENT = 16.0
_QUOTATION_INDENT = 16.0
_PAD = 9.0
_CALLOUT_INDENT = 14.0
_BULLETS = ("•", "–", "◦")

_GAPS = {Heading: 16.0, Callout: 12.0, Table: 10.0, Figure: 10.0, Quotation: 8.0, Rule: 11.0}
"""Space above and below a block, in points; of two neighbours' the larger counts. Others have `_GAP`."""

_GAP = 6.5
_LOWER_HEADING_GAP = 11.0
_AFTER_HEADING = 4.0
_TIGHT = 2.5
"""Space between items of a tight list, and between a list and what it belongs to."""


class Blocks:
    """Makes the strips of one document's blocks."""

    def __init__(self, setter: Setter, bookmarks: Outline) -> None:
        self._setter = setter
        self._looks = setter.looks
        self._colours = setter.style.colours
        self._outline = bookmarks

    def strips(self, blocks: Iterable[Block], column: Column, tight: bool = False) -> Iterator[Strip]:
        """The strips of blocks that follow one another."""
        before: Block | None = None
        leader: Block | None = None
        new_page = False
        for block in blocks:
            if isinstance(block, PageBreak):
                marked = column.marked(block.mark).mark
                new_page = new_page or marked is None or marked.how == "inserted"
                if marked is None:
                    continue
            for index, strip in enumerate(self._block(block, column)):
                if index == 0:
                    strip.before = _gap(before, block, tight)
                    strip.glued = strip.glued or _leads_to(leader, block, new_page)
                    strip.new_page, new_page = new_page, False
                yield strip
            if not isinstance(block, PageBreak):
                leader = leader if isinstance(leader, Heading) and isinstance(block, Rule) else block
                before = block

    def _block(self, block: Block, column: Column) -> Iterable[Strip]:
        column = column.marked(block.mark)
        match block:
            case Heading():
                return self._heading(block, column)
            case Paragraph(content=content):
                return self._text(content, self._looks.body, "P", column)
            case List():
                return self._list(block, column)
            case Table():
                return tables.strips(block, self._setter, column)
            case Figure():
                return figures.strips(block, self._setter, column)
            case Quotation(blocks=blocks):
                return self._quotation(blocks, column)
            case Callout():
                return self._callout(block, column)
            case Rule() if column.mark:
                return [sign_strip(column.mark, self._setter.words.rule, self._setter, column)]
            case Rule():
                return [Strip(1.0, [partial(_draw_rule, column, self._colours.rule)], boxes=column.boxes)]
            case PageBreak() if column.mark:
                return [sign_strip(column.mark, self._setter.words.page_break, self._setter, column)]
            case PageBreak():
                return []

    def _text(self, content: tuple[Inline, ...], look: Look, tag: str, column: Column) -> list[Strip]:
        owner = Element(tag, column.parent)
        manner = Manner.TEXT if look is self._looks.body else Manner.HEADING
        lines = self._setter.lines(content, look, owner, column.width, manner, column.mark)
        return line_strips(lines, look, column.x, column.boxes)

    def _heading(self, heading: Heading, column: Column) -> Iterator[Strip]:
        """A heading that went is a paragraph in the tree: it heads nothing, and no level may hang on it."""
        title = outline.title(heading, column.mark)
        tag = "P" if title is None else f"H{self._outline.level(heading.level)}"
        strips = self._text(heading.content, self._looks.heading(heading.level), tag, column)
        if strips:
            strips[0].draws.insert(0, partial(self._outline.draw_entry, heading, title))
        return glued(strips)

    def _list(self, block: List, column: Column) -> Iterator[Strip]:
        """A list's strips; where a page ends within it, at least two items, or their parts, stand on either side."""
        numbering = "Decimal" if block.ordered else "Disc"
        element = Element("L", column.parent, attributes=f"/O /List /ListNumbering /{numbering}")
        labels = self._labels(block, column.depth)
        indent = max(ITEM_INDENT, max(map(self._width, set(labels)), default=0) + 5)
        for index, (item, label) in enumerate(zip(block.items, labels, strict=True)):
            for place, strip in enumerate(self._item(item, label, block, element, indent, column)):
                if index and place == 0:
                    strip.before = _item_gap(block.items[index - 1], block.tight)
                    strip.glued = index in (1, len(block.items) - 1)
                yield strip

    def _labels(self, block: List, depth: int) -> list[str]:
        if not block.ordered:
            return [_BULLETS[min(depth, len(_BULLETS) - 1)]] * len(block.items)
        return [f"{block.start + index}." for index in range(len(block.items))]

    def _width(self, text: str) -> float:
        return self._setter.line(text, self._looks.body, ARTIFACT).width

    def _item(
        self, item: ListItem, label: str, block: List, parent: Element, indent: float, column: Column
    ) -> Iterator[Strip]:
        element, column = Element("LI", parent), column.marked(item.mark)
        tag, body = Element("Lbl", element), Element("LBody", element)
        inner = replace(column.indented(indent, body), depth=column.depth + 1)
        line = self._label(label, tag, column.mark)
        x = column.x + (indent - 5 - line.width if block.ordered else indent * 0.3)
        draw = partial(_draw_label, line, self._looks.body, x, body)
        strips = iter(self.strips(item.blocks, inner, block.tight))
        first = next(strips, None) or Strip(self._looks.body.leading, boxes=column.boxes)
        first.draws.insert(0, draw)
        yield first
        yield from strips

    def _label(self, label: str, owner: Element, mark: Mark | None) -> Line:
        """A bullet or number. It shows its item's mark, and leaves it to the item's words to say it."""
        run = self._setter.run(label, self._looks.body, owner, mark)
        if run.altered:
            run.altered.element.actual = ""
        return self._setter.joined([run])

    def _quotation(self, blocks: tuple[Block, ...], column: Column) -> Iterator[Strip]:
        box = Box(column.x, column.width, 0.0, "", self._colours.rule, 2.0)
        inner = column.indented(_QUOTATION_INDENT, Element("BlockQuote", column.parent))
        return self.strips(blocks, replace(inner, boxes=(*column.boxes, box), width=inner.width - _QUOTATION_INDENT))

    def _callout(self, callout: Callout, column: Column) -> Iterator[Strip]:
        colours = self._colours
        main = callout.kind == "bottom-line"
        box = Box(column.x, column.width, _PAD, colours.tint, colours.accent, 3.5 if main else 2.0)
        inner = column.indented(_CALLOUT_INDENT, Element("Div", column.parent))
        inner = replace(inner, width=inner.width - _CALLOUT_INDENT, boxes=(*column.boxes, box))
        edge = partial(Strip, _PAD, boxes=inner.boxes, edge=True)
        yield edge()
        title = line_strips(self._title(callout, inner), self._looks.callout, inner.x, inner.boxes)
        yield from _all_glued(title)
        for index, strip in enumerate(self.strips(callout.blocks, inner)):
            if index == 0:
                strip.glued, strip.before = True, 2.0
            yield strip
        yield edge(glued=True)

    def _title(self, callout: Callout, inner: Column) -> list[Line]:
        look, owner = self._looks.callout, Element("P", inner.parent)
        run = self._setter.run(callout.title, look, owner, inner.mark)
        return self._setter.breaker.lines([[run]], inner.width, Manner.HEADING)


def _gap(before: Block | None, block: Block, tight: bool) -> float:
    """The space between two blocks."""
    if before is None:
        return 0.0
    if isinstance(before, Heading):
        return _AFTER_HEADING
    if isinstance(block, Heading) and block.level > 1:
        return max(_GAPS.get(type(before), _GAP), _LOWER_HEADING_GAP)
    if tight and isinstance(block, List | Paragraph):
        return _TIGHT
    return max(_GAPS.get(type(before), _GAP), _GAPS.get(type(block), _GAP))


def _item_gap(before: ListItem, tight: bool) -> float:
    """The space below an item: at least what its last block asks for."""
    last = _GAPS.get(type(before.blocks[-1]), 0.0) if before.blocks else 0.0
    return max(_TIGHT if tight else _GAP, last)


def _leads_to(before: Block | None, block: Block, new_page: bool) -> bool:
    """Whether the two are not to be parted: a heading and its text, a paragraph that announces a list or table.

    A page break between the two parts them, but for a heading, which stands nowhere alone, nor with a rule below it.
    """
    if isinstance(before, Paragraph) and isinstance(block, List | Table | Figure | Quotation) and not new_page:
        return inline_text(before.content).rstrip().endswith(":")
    return isinstance(before, Heading)


def _all_glued(strips: Iterable[Strip]) -> Iterator[Strip]:
    for strip in strips:
        strip.glued = True
        yield strip


def _draw_rule(column: Column, ink: str, sheet: Sheet, top: float, artifact: str) -> None:
    sheet.mark(artifact or ARTIFACT)
    sheet.line(column.x, top + 0.5, column.x + column.width, top + 0.5, 0.75, ink)


def _draw_label(line: Line, look: Look, x: float, body: Element, sheet: Sheet, top: float, artifact: str) -> None:
    draw_line(sheet, line, x, top + look.baseline, artifact)
    body.join()
