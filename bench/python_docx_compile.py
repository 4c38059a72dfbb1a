"""Makes plain DOCX files through python-docx's API from pickled documents: what is timed as python-docx.

As its users know it: paragraphs and runs, a table, a picture. It has no footnotes, so notes follow at the end.
Arguments: pickles of (document, words around it, PNG pictures by key); each DOCX is written beside its pickle.
"""

from __future__ import annotations

import io
import pickle
import sys
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from memo.document import tree


class Maker:
    """One DOCX in the making, and the notes met so far."""

    def __init__(self, pictures: dict[str, bytes]) -> None:
        self.made: Any = docx.Document()
        self.pictures = pictures
        self.notes: list[tuple[tree.Inline, ...]] = []

    def blocks(self, blocks: tuple[tree.Block, ...], style: str = "Normal") -> None:
        for block in blocks:
            self.block(block, style)

    def block(self, block: tree.Block, style: str) -> None:
        match block:
            case tree.Heading(level=level, content=content):
                self.runs(self.made.add_heading(level=level), content)
            case tree.Paragraph(content=content):
                self.runs(self.made.add_paragraph(style=style), content)
            case tree.List(items=items, ordered=ordered):
                for item in items:
                    self.blocks(item.blocks, "List Number" if ordered else "List Bullet")
            case tree.Table():
                self.table(block)
            case tree.Figure(key=key, caption=caption):
                self.made.add_picture(io.BytesIO(self.pictures[key]), width=Pt(453))
                self.runs(self.made.add_paragraph(style="Caption"), caption)
            case tree.Quotation(blocks=blocks):
                self.blocks(blocks, "Quote")
            case tree.Callout(title=title, blocks=blocks):
                self.made.add_paragraph(title, "Intense Quote")
                self.blocks(blocks, style)
            case tree.PageBreak():
                self.made.add_page_break()
            case tree.Rule():
                self.made.add_paragraph()

    def table(self, table: tree.Table) -> None:
        rows = (table.header, *table.rows)
        made = self.made.add_table(len(rows), len(table.align), "Table Grid")
        for row, to in zip(rows, made.rows, strict=True):
            for cell, place in zip(row.cells, to.cells, strict=True):
                self.runs(place.paragraphs[0], cell.content)
        self.runs(self.made.add_paragraph(style="Caption"), table.caption)

    def runs(self, paragraph: Any, content: tuple[tree.Inline, ...], bold: bool = False, italic: bool = False) -> None:
        for inline in content:
            match inline:
                case tree.Text(text=text) | tree.Claim(text=text):
                    run = paragraph.add_run(text)
                    run.bold, run.italic = bold or None, italic or None
                case tree.Strong(content=inner):
                    self.runs(paragraph, inner, True, italic)
                case tree.Emphasis(content=inner):
                    self.runs(paragraph, inner, bold, True)
                case tree.Link(content=inner):
                    self.runs(paragraph, inner, bold, italic)
                case tree.Footnote(content=inner):
                    self.notes.append(inner)
                    paragraph.add_run(str(len(self.notes))).font.superscript = True
                case tree.LineBreak():
                    paragraph.add_run().add_break(WD_BREAK.LINE)


def compile_one(source: Path) -> None:
    document, words, pictures = pickle.loads(source.read_bytes())
    maker = Maker(pictures)
    section = maker.made.sections[0]
    section.header.paragraphs[0].text = f"{words.banner}\t\t{words.short_title}"
    section.footer.paragraphs[0].text = words.footer
    maker.made.core_properties.title = words.title
    grid = maker.made.add_table(0, 2)
    for label, value in words.title_rows:
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = label, value
    maker.blocks(document.blocks)
    for number, note in enumerate(maker.notes, 1):
        maker.runs(maker.made.add_paragraph(f"{number}. "), note)
    maker.made.save(str(source.with_suffix(".docx")))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_one(Path(name))
