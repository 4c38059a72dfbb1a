"""Figures: SVG for Word, which draws it crisp, with a PNG for those who cannot."""

from __future__ import annotations

from functools import lru_cache

from memo.document.tree import Figure, Mark
from memo.figures import FIGURES
from memo.figures.picture import Picture
from memo.renderers.docx.builder import DocxBuilder
from memo.renderers.docx.package import quoteattr
from memo.renderers.docx.paragraphs import ParagraphFormat, caption, paragraph_of
from memo.renderers.docx.runs import RunFormat, run
from memo.renderers.docx.styles import EMU

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension that holds a picture's SVG ([MS-ODRAWXML] 2.5.70)."""


def figure(content: Figure, builder: DocxBuilder, left: int, mark: Mark | None) -> str:
    """Write a figure, from ``left`` (twips) to the right margin, with its caption below it."""
    picture = FIGURES[content.kind](content.data, builder.style, (builder.text_area.width - left) / 20)
    drawing = run(_drawing(picture, content.alt, builder), RunFormat(mark=mark), builder)
    place = ParagraphFormat(left=left or None)
    return paragraph_of("Figure", drawing, builder, place, mark) + _caption(content, builder, place, mark)


def _caption(content: Figure, builder: DocxBuilder, place: ParagraphFormat, mark: Mark | None) -> str:
    if not content.caption:
        return ""
    builder.figures += 1
    return caption(content.caption, "Figure", builder.words.figure, builder.figures, builder, place, mark)


def _drawing(picture: Picture, alt: str, builder: DocxBuilder) -> str:
    """Write the picture in line with the text (ECMA-376-1, 20.4.2.8), its alternative text with it (20.4.2.5)."""
    builder.drawings += 1
    number = builder.drawings
    size = f'cx="{round(picture.width * EMU)}" cy="{round(picture.height * EMU)}"'
    named = f'id="{number}" name="Figure {number}" descr={quoteattr(alt)}'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f"<wp:docPr {named}/>"
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f"<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f"<pic:blipFill>{_images(picture, number, builder)}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _images(picture: Picture, number: int, builder: DocxBuilder) -> str:
    """Write the links to the picture's two images: pixels, and lines for a Word that draws SVG."""
    painted_pixels, painted_lines = _paint(picture)
    pixels = _add_image(f"image{number}.png", painted_pixels, builder)
    lines = _add_image(f"image{number}.svg", painted_lines, builder)
    return (
        f'<a:blip r:embed="{pixels}"><a:extLst><a:ext uri="{_SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{lines}"/></a:ext></a:extLst></a:blip>'
    )


@lru_cache(maxsize=32)
def _paint(picture: Picture) -> tuple[bytes, bytes]:
    """Paint a picture as PNG and as SVG."""
    # Memos of one dossier show the same figures, and to paint one takes as long as to write all the rest of a memo.
    # Pillow is loaded only for a memo that has a figure.
    from memo.renderers.docx.pictures import paint_png, paint_svg

    return paint_png(picture), paint_svg(picture)


def _add_image(name: str, image: bytes, builder: DocxBuilder) -> str:
    builder.media[f"word/media/{name}"] = image
    return builder.links.add("image", f"media/{name}")
