"""Makes plain PDFs with reportlab's platypus from pickled documents: what is timed as platypus.

As its users know it: paragraphs of markup, a table, a drawing. It has no footnotes and no tags, so notes follow at the
end. Arguments: pickles of (document, words around it, pictures by key); each PDF is written beside its pickle.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics import shapes
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import HRFlowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from memo.document import tree
from memo.figures.picture import Box, Label, Line, Picture

FONTS = Path(__file__).parent.parent / "memo" / "fonts"
FACES = {"": "Regular", "-Bold": "Bold", "-Italic": "Italic", "-BoldItalic": "BoldItalic"}
BODY = ParagraphStyle("body", fontName="Carlito", fontSize=10.5, leading=14.5, spaceAfter=6, alignment=TA_LEFT)
NOTE = ParagraphStyle("note", BODY, fontSize=8.5, leading=11)
SIZES = {1: 14, 2: 11.5, 3: 10.5}
INDENT = 14


class Maker:
    """One PDF in the making: its flowables, and the notes met so far."""

    def __init__(self, pictures: dict[str, Picture]) -> None:
        self.pictures = pictures
        self.notes: list[str] = []

    def blocks(self, blocks: tuple[tree.Block, ...], left: float = 0) -> list[Any]:
        return [flowable for block in blocks for flowable in self.block(block, left)]

    def block(self, block: tree.Block, left: float) -> list[Any]:
        style = ParagraphStyle("indented", BODY, leftIndent=left) if left else BODY
        match block:
            case tree.Heading(level=level, content=content):
                size = SIZES.get(level, 10.5)
                style = ParagraphStyle("heading", BODY, fontName="Carlito-Bold", fontSize=size, spaceBefore=10)
                return [Paragraph(self.text(content), style)]
            case tree.Paragraph(content=content):
                return [Paragraph(self.text(content), style)]
            case tree.List():
                return self.items(block, left + INDENT)
            case tree.Table():
                return self.table(block)
            case tree.Figure(key=key, caption=caption):
                return [drawing(self.pictures[key]), Paragraph(self.text(caption), NOTE)]
            case tree.Quotation(blocks=blocks):
                return self.blocks(blocks, left + INDENT)
            case tree.Callout(title=title, blocks=blocks):
                return [Paragraph(f"<b>{escape(title)}</b>", style), *self.blocks(blocks, left)]
            case tree.Rule():
                return [HRFlowable(width="100%")]
            case tree.PageBreak():
                return [PageBreak()]

    def items(self, block: tree.List, left: float) -> list[Any]:
        flowables: list[Any] = []
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}." if block.ordered else "•"
            first, *rest = item.blocks or (tree.Paragraph(()),)
            if isinstance(first, tree.Paragraph):
                style = ParagraphStyle("item", BODY, leftIndent=left, bulletIndent=left - INDENT)
                flowables.append(Paragraph(self.text(first.content), style, bulletText=mark))
            else:
                rest = [first, *rest]
            flowables += self.blocks(tuple(rest), left)
        return flowables

    def table(self, table: tree.Table) -> list[Any]:
        rows = [[Paragraph(self.text(cell.content), NOTE) for cell in row.cells] for row in (table.header, *table.rows)]
        made = Table(rows, repeatRows=1, style=[("LINEBELOW", (0, 0), (-1, -1), 0.5, "#B8C0CC")])
        return [Paragraph(self.text(table.caption), NOTE), made, Spacer(1, 6)]

    def text(self, content: tuple[tree.Inline, ...]) -> str:
        return "".join(map(self.inline, content))

    def inline(self, inline: tree.Inline) -> str:
        match inline:
            case tree.Text(text=text) | tree.Claim(text=text):
                return escape(text)
            case tree.Strong(content=content):
                return f"<b>{self.text(content)}</b>"
            case tree.Emphasis(content=content):
                return f"<i>{self.text(content)}</i>"
            case tree.Link(content=content, target=target):
                shown = self.text(content)
                return shown if target.startswith("#") else f'<a href="{escape(target)}">{shown}</a>'
            case tree.Footnote(content=content):
                self.notes.append(self.text(content))
                return f"<super>{len(self.notes)}</super>"
            case tree.LineBreak():
                return "<br/>"


def drawing(picture: Picture) -> shapes.Drawing:
    made = shapes.Drawing(picture.width, picture.height)
    for item in picture.items:
        made.add(shape(item, picture.height))
    return made


def shape(item: Line | Box | Label, height: float) -> Any:
    match item:
        case Line(x1=x1, y1=y1, x2=x2, y2=y2, colour=colour):
            return shapes.Line(x1, height - y1, x2, height - y2, strokeColor=shapes.colors.HexColor(colour))
        case Box(x=x, y=y, width=width, fill=fill):
            inside = shapes.colors.HexColor(fill) if fill else None
            return shapes.Rect(x, height - y - item.height, width, item.height, fillColor=inside, strokeColor=None)
        case Label(x=x, y=y, text=text, size=size, anchor=anchor):
            return shapes.String(x, height - y, text, fontName="Carlito", fontSize=size, textAnchor=anchor)


def maker(_: Path) -> Callable[[Path], None]:
    """What makes one PDF of a source, beside it."""
    for face, file in FACES.items():
        pdfmetrics.registerFont(TTFont(f"Carlito{face}", str(FONTS / f"Carlito-{file}.ttf")))
    pdfmetrics.registerFontFamily("Carlito", *(f"Carlito{face}" for face in FACES))
    return compile_one


def main(sources: list[Path]) -> None:
    make = maker(sources[0].parent)
    for source in sources:
        make(source)


def compile_one(source: Path) -> None:
    document, words, pictures = pickle.loads(source.read_bytes())
    maker = Maker(pictures)
    rows = Table([[Paragraph(escape(cell), BODY) for cell in row] for row in words.title_rows], colWidths=[80, 373])
    story = [rows, *maker.blocks(document.blocks)]
    story += [Paragraph(f"{number}. {note}", NOTE) for number, note in enumerate(maker.notes, 1)]

    def furniture(canvas: Any, page: Any) -> None:
        canvas.setFont("Carlito", 8.5)
        canvas.drawString(25 * mm, 285 * mm, words.banner)
        canvas.drawString(25 * mm, 12 * mm, f"{words.footer}  {page.page}")

    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 25 * mm)
    pdf = SimpleDocTemplate(str(source.with_suffix(".pdf")), pagesize=A4, title=words.title, **margins)
    pdf.build(story, onFirstPage=furniture, onLaterPages=furniture)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
