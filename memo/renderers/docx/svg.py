"""A picture as SVG, which Word draws crisp at any size. Text stays text."""

from __future__ import annotations

import re
from html import escape

from memo.fonts import visible, width
from memo.picture import Box, Face, Item, Label, Line, Picture

FAMILIES = "Carlito, Calibri, sans-serif"
"""Two families of one set of metrics, so that text is as wide as it was measured wherever one of them is installed."""

_FACES: dict[Face, str] = {
    "regular": "",
    "bold": ' font-weight="bold"',
    "italic": ' font-style="italic"',
    "bold-italic": ' font-weight="bold" font-style="italic"',
}
_NO_XML = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, and the control characters that a line of text has no use for (XML 1.0, 2.2)."""


def paint(picture: Picture) -> bytes:
    """The picture as an SVG 1.1 file in UTF-8, sized in points, without scripts or anything from outside it."""
    size = f'width="{_number(picture.width)}pt" height="{_number(picture.height)}pt"'
    view = f'viewBox="0 0 {_number(picture.width)} {_number(picture.height)}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {size} {view} font-family="{FAMILIES}">',
        *map(_element, picture.items),
        "</svg>\n",
    ]
    return "\n".join(lines).encode()


def _element(item: Item) -> str:
    match item:
        case Line():
            return _line(item)
        case Box():
            return _box(item)
        case Label():
            return _text(item)


def _line(line: Line) -> str:
    dash = f' stroke-dasharray="{" ".join(map(_number, line.dash))}"' if line.dash else ""
    ends = _attributes(x1=line.x1, y1=line.y1, x2=line.x2, y2=line.y2)
    return f'<line{ends} stroke="{line.colour}" stroke-width="{_number(line.width)}"{dash}/>'


def _box(box: Box) -> str:
    place = _attributes(x=box.x, y=box.y, width=box.width, height=box.height)
    corners = _attributes(rx=box.radius, ry=box.radius) if box.radius else ""
    stroke = f' stroke="{box.stroke}" stroke-width="{_number(box.stroke_width)}"' if box.stroke else ""
    return f'<rect{place}{corners} fill="{box.fill or "none"}"{stroke}/>'


def _text(label: Label) -> str:
    """Its measured length is given too, so that another font cannot make it run into its neighbours."""
    text = _NO_XML.sub("", visible(label.text))
    place = _attributes(x=label.x, y=label.y, font_size=label.size)
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    length = _attributes(textLength=width(text, label.face, label.size)) + ' lengthAdjust="spacingAndGlyphs"'
    style = f'{_FACES[label.face]}{anchor}{length} fill="{label.colour}"'
    return f'<text{place}{style} xml:space="preserve">{escape(text, quote=False)}</text>'


def _attributes(**lengths: float) -> str:
    return "".join(f' {name.replace("_", "-")}="{_number(length)}"' for name, length in lengths.items())


def _number(value: float) -> str:
    """To a hundredth of a point, without idle digits."""
    hundredths = round(value * 100)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
