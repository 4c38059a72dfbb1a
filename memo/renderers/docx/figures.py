"""Figures: SVG for Word, which draws it crisp, with a PNG for those who cannot."""

from __future__ import annotations

from functools import lru_cache

from memo.document.tree import Figure, Mark
from memo.figures import FIGURES
from memo.figures.picture import Picture
from memo.renderers.docx.look import EMU
from memo.renderers.docx.markup import quoted
from memo.renderers.docx.paragraphs import Direct, caption, wrapped
from memo.renderers.docx.runs import Manner, run
from memo.renderers.docx.story import Story

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension that holds a picture's SVG ([MS-ODRAWXML] 2.5.70)."""


def figure(content: Figure, story: Story, left: int, mark: Mark | None) -> str:
    """A figure, from ``left`` (twips) to the right margin, with its caption below it."""
    picture = FIGURES[content.kind](content.data, story.style, (story.measure - left) / 20)
    drawing = run(_drawing(picture, content.alt, story), Manner(mark=mark), story)
    place = Direct(left=left or None)
    return wrapped("Figure", drawing, story, place, mark) + _captioned(content, story, place, mark)


def _captioned(content: Figure, story: Story, place: Direct, mark: Mark | None) -> str:
    if not content.caption:
        return ""
    story.figures += 1
    return caption(content.caption, "Figure", story.words.figure, story.figures, story, place, mark)


def _drawing(picture: Picture, alt: str, story: Story) -> str:
    """The picture in line with the text (ECMA-376-1, 20.4.2.8), its alternative text with it (20.4.2.5)."""
    story.drawings += 1
    number = story.drawings
    size = f'cx="{round(picture.width * EMU)}" cy="{round(picture.height * EMU)}"'
    named = f'id="{number}" name="Figure {number}" descr={quoted(alt)}'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f"<wp:docPr {named}/>"
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f"<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f"<pic:blipFill>{_images(picture, number, story)}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _images(picture: Picture, number: int, story: Story) -> str:
    """The picture's two images."""
    painted_pixels, painted_lines = _painted(picture)
    pixels = _kept(f"image{number}.png", painted_pixels, story)
    lines = _kept(f"image{number}.svg", painted_lines, story)
    return (
        f'<a:blip r:embed="{pixels}"><a:extLst><a:ext uri="{_SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{lines}"/></a:ext></a:extLst></a:blip>'
    )


@lru_cache(maxsize=32)
def _painted(picture: Picture) -> tuple[bytes, bytes]:
    """A picture as PNG and as SVG. What paints them is loaded only for a memo that has a figure.

    Memos of one dossier show the same figures, and to paint one takes as long as to write all the rest of a memo.
    """
    from memo.renderers.docx.pictures import paint_png, paint_svg

    return paint_png(picture), paint_svg(picture)


def _kept(name: str, image: bytes, story: Story) -> str:
    story.media[f"word/media/{name}"] = image
    return story.links.to("image", f"media/{name}")
