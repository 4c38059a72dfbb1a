"""A picture as SVG, which Word draws crisp at any size, its text as text; and as PNG, for readers that draw no SVG.

The PNG is painted by Pillow with the fonts that come with memo.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from io import BytesIO
from math import ceil, hypot
from typing import NamedTuple

from msgspec import Struct
from PIL import Image, ImageColor, ImageDraw, ImageFont

from memo import fonts
from memo.figures.picture import Box, Item, Label, Line, Picture
from memo.fonts import Face, visible, width

FAMILIES = "Carlito, Calibri, sans-serif"
"""Two families of one set of metrics, so that text is as wide as it was measured wherever one of them is installed."""

_FACES: dict[Face, str] = {
    "regular": "",
    "bold": ' font-weight="bold"',
    "italic": ' font-style="italic"',
    "bold-italic": ' font-weight="bold" font-style="italic"',
}
_NOT_IN_A_LINE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, and the control characters that a line of text has no use for (XML 1.0, 2.2)."""


def paint_svg(picture: Picture) -> bytes:
    """Write the picture as an SVG 1.1 file in UTF-8, sized in points, without scripts or anything from outside it."""
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
    """Write one line of text."""
    text = _NOT_IN_A_LINE.sub("", visible(label.text))
    place = _attributes(x=label.x, y=label.y, font_size=label.size)
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    # Its measured length is given too, so that another font cannot make it run into its neighbours.
    length = _attributes(textLength=width(text, label.face, label.size)) + ' lengthAdjust="spacingAndGlyphs"'
    style = f'{_FACES[label.face]}{anchor}{length} fill="{label.colour}"'
    return f'<text{place}{style} xml:space="preserve">{escape(text, quote=False)}</text>'


def _attributes(**lengths: float) -> str:
    return "".join(f' {name.replace("_", "-")}="{_number(length)}"' for name, length in lengths.items())


def _number(value: float) -> str:
    """Write a number to a hundredth, without idle zeros."""
    hundredths = round(value * 100)
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


DPI = 200
FINER = 2
"""Everything is painted so many times larger, then reduced: smooth headers_footers."""
SHADES = 12
"""Shades from each colour to white; with so many, letters look as they do in full colour, at half the bytes."""
_WHITE = (255, 255, 255)


def paint_png(picture: Picture) -> bytes:
    """Paint the picture on white as a PNG file of `DPI` pixels to the inch, which the file says of itself."""
    scale = DPI / 72
    width, height = (max(round(length * scale), 1) for length in (picture.width, picture.height))
    image = Image.new("RGB", (width * FINER, height * FINER), _WHITE)
    brush = _Brush(ImageDraw.Draw(image), scale * FINER)
    for item in picture.items:
        match item:
            case Line():
                brush.line(item)
            case Box():
                brush.box(item)
            case Label():
                brush.label(item)
    file = BytesIO()
    reduced = image.reduce(FINER).quantize(palette=_palette(picture), dither=Image.Dither.NONE)
    file.name = "picture.png"  # from the name, Pillow loads what writes PNG and no other formats
    reduced.save(file, dpi=(DPI, DPI))
    return file.getvalue()


class _Brush(Struct, frozen=True):
    """Pillow's canvas, and how many of its pixels make a point."""

    canvas: ImageDraw.ImageDraw
    scale: float

    def line(self, line: Line) -> None:
        """Paint a line with butt ends, as SVG and PDF draw it."""
        length = hypot(line.x2 - line.x1, line.y2 - line.y1)
        if not length:
            return
        along = ((line.x2 - line.x1) / length, (line.y2 - line.y1) / length)
        # Pillow also paints the pixels on a polygon's outline: the line is made narrower by one.
        half = max(line.width - 1 / self.scale, 0.0) / 2
        aside = (-along[1] * half, along[0] * half)
        for start, end in _dashes(length, line.dash):
            corners = [(start, 1), (end, 1), (end, -1), (start, -1)]
            points = [
                (line.x1 + at * along[0] + side * aside[0], line.y1 + at * along[1] + side * aside[1])
                for at, side in corners
            ]
            self.canvas.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=line.colour)

    def box(self, box: Box) -> None:
        """Paint a rectangle; its stroke lies half within its edge and half without."""
        out = box.stroke_width / 2 if box.stroke else 0.0
        left, top = (box.x - out) * self.scale, (box.y - out) * self.scale
        # Pillow counts the last pixel in.
        right, bottom = (box.x + box.width + out) * self.scale - 1, (box.y + box.height + out) * self.scale - 1
        self.canvas.rounded_rectangle(
            (left, top, max(right, left), max(bottom, top)),
            radius=(min(box.radius, box.width / 2, box.height / 2) + out) * self.scale,
            fill=box.fill or None,
            outline=box.stroke or None,
            width=max(round(box.stroke_width * self.scale), 1) if box.stroke else 0,
        )

    def label(self, label: Label) -> None:
        """Paint a line of text."""
        text = fonts.visible(label.text)
        length = fonts.width(text, label.face, label.size)
        x = label.x - {"start": 0.0, "middle": length / 2, "end": length}[label.anchor]
        baseline = round(label.y * self.scale)
        # Letter by letter: Pillow rounds the advance of each, and a whole line would drift.
        for font, piece in fonts.cut(text, label.face):
            advances, space = fonts.advances(font), fonts.advances(font)[ord(" ")]
            for char in piece:
                if glyph := _glyph(font, label.size * self.scale, char):
                    place = (round(x * self.scale) + glyph.left, baseline + glyph.top)
                    self.canvas.bitmap(place, glyph.mask, fill=label.colour)
                x += advances.get(ord(char), space) * label.size / 1000


class _GlyphImage(NamedTuple):
    """A letter's ink, and where its corner lies from the point on the baseline where the letter begins, in pixels."""

    mask: Image.Image
    left: int
    top: int


@lru_cache(maxsize=2048)  # most letters of a text are its commonest thirty: each is painted once
def _glyph(font: str, pixels: float, char: str) -> _GlyphImage | None:
    """Paint one letter; None if it has no ink."""
    size = ceil(pixels)
    mask = Image.new("L", (4 * size, 4 * size))
    ImageDraw.Draw(mask).text((2 * size, 2 * size), char, fill=255, font=_truetype(font, pixels), anchor="ls")
    ink = mask.getbbox()
    return _GlyphImage(mask.crop(ink), ink[0] - 2 * size, ink[1] - 2 * size) if ink else None


@lru_cache(maxsize=64)
def _truetype(font: str, pixels: float) -> ImageFont.FreeTypeFont:
    """Open a font at this size."""
    # Without shaping: the library for it is not in every build of Pillow.
    return ImageFont.truetype(str(fonts.font_file(font)), pixels, layout_engine=ImageFont.Layout.BASIC)


def _dashes(length: float, dash: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    """Yield start and end of each stroke, in points from the line's start."""
    if not dash or sum(dash) <= 0:
        yield 0.0, length
        return
    lengths = dash if len(dash) % 2 == 0 else dash * 2
    at = 0.0
    while at < length:
        for on, off in zip(lengths[::2], lengths[1::2], strict=True):
            if at < length and on:
                yield at, min(at + on, length)
            at += on + off


def _palette(picture: Picture) -> Image.Image:
    """Gather white, each colour of the picture, and its shades towards white, as an image that `quantize` takes."""
    colours: dict[str, None] = {}
    for item in picture.items:
        colours.update(dict.fromkeys([item.fill, item.stroke] if isinstance(item, Box) else [item.colour]))
    inks = [ImageColor.getrgb(colour)[:3] for colour in colours if colour]
    shades: list[tuple[int, ...]] = [_WHITE]
    for step in range(SHADES):
        for ink in inks:
            shade = tuple(round(part + (255 - part) * step / SHADES) for part in ink)
            # Pillow finds the nearest by steps of four: of shades too close, white would come out as near-white.
            if all(_apart(shade, other) for other in shades):
                shades.append(shade)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for shade in shades[:256] for part in shade])
    return palette


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) >= 10
