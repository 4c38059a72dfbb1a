"""Figures: a picture painted as it is drawn, with its text as text, and its caption below."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from memo.document.tree import Figure, Text
from memo.facts.style import fill
from memo.figures import FIGURES
from memo.figures.picture import Box, Item, Label, Line, Picture
from memo.renderers.pdf.file.objects import numbers
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.change_signs import GAP, draw_frame, height, sign_strip
from memo.renderers.pdf.page.content import Ink, Sheet
from memo.renderers.pdf.page.strips import Column, Strip, line_strips
from memo.renderers.pdf.text.lines import Manner, draw_line
from memo.renderers.pdf.text.runs import Run
from memo.renderers.pdf.text.typesetter import Setter

_CAPTION_GAP = 4.0
_SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}


def strips(block: Figure, setter: Setter, column: Column) -> Iterator[Strip]:
    """The picture, and the lines of its caption, which stay with it. A sign above one that came or went says so."""
    group = Element("Div", column.parent) if block.caption else column.parent
    element = Element("Figure", group, alt=setter.marker.said(column.mark, block.alt))
    room = setter.height - (height(setter) if column.mark else 0.0)
    picture = fitted(FIGURES[block.kind](block.data, setter.style, column.width), column.width, room)
    strip = Strip(picture.height, [partial(_draw, picture, element, setter, column.x)], boxes=column.boxes)
    if column.mark:
        yield sign_strip(column.mark, "", setter, column)
        strip.draws.append(partial(draw_frame, column.mark, setter, column.x, picture.width, picture.height))
        strip.glued, strip.before = True, GAP
    yield strip
    for index, strip in enumerate(_caption(block, setter, column, group)):
        strip.glued, strip.before = True, 0.0 if index else _CAPTION_GAP
        yield strip


def _caption(block: Figure, setter: Setter, column: Column, group: Element) -> list[Strip]:
    if not block.caption:
        return []
    number = fill(setter.words.figure, number=str(setter.count("figure")))
    look, owner = setter.looks.caption, Element("Caption", group)
    content = (Text(f"{number}. "), *block.caption)
    lines = setter.lines(content, look, owner, column.width, Manner.CELL, column.mark)
    return line_strips(lines, look, column.x, column.boxes)


def fitted(picture: Picture, width: float, height: float) -> Picture:
    """The picture, made smaller if it is wider or higher than there is room."""
    share = min(1.0, width / picture.width, height / picture.height)
    if share == 1.0:
        return picture
    items = tuple(_smaller(item, share) for item in picture.items)
    return Picture(picture.width * share, picture.height * share, items)


def _smaller(item: Item, share: float) -> Item:
    lengths = {
        name: getattr(item, name) * share
        for name in ("x", "y", "x1", "y1", "x2", "y2", "width", "height", "size", "radius", "stroke_width")
        if hasattr(item, name)
    }
    if isinstance(item, Line):
        lengths["dash"] = tuple(length * share for length in item.dash)
    return replace(item, **lengths)


def _draw(
    picture: Picture, element: Element, setter: Setter, x: float, sheet: Sheet, top: float, artifact: str
) -> None:
    """Paint it as one Figure, which says the box it fills (ISO 32000-1, 14.8.5.4.3)."""
    box = numbers(*sheet.upright(x, top, x + picture.width, top + picture.height))
    element.attributes = f"/O /Layout /Placement /Block /BBox [{box}]"
    sheet.mark(artifact or element)
    for item in picture.items:
        _draw_item(item, element, setter, x, top, sheet, artifact)


def _draw_item(item: Item, element: Element, setter: Setter, x: float, top: float, sheet: Sheet, artifact: str) -> None:
    match item:
        case Line(x1, y1, x2, y2, colour, width, dash):
            sheet.line(x + x1, top + y1, x + x2, top + y2, width, colour, dash)
        case Box(left, upper, width, height, fill, stroke, stroke_width, radius):
            sheet.box(x + left, top + upper, width, height, fill, stroke, stroke_width, radius)
        case Label():
            run = Run(item.text, item.face, Ink(item.size, item.colour), element, setter.language)
            line = setter.joined([run])
            at = x + item.x - line.width * _SHARES[item.anchor]
            draw_line(sheet, line, at, top + item.y, artifact)
