"""Fills a Word template with docxtpl from pickled documents: what is timed as docxtpl.

As its users do it: a template made once, with a loop over paragraphs, tables and pictures; words as rich text. It makes
no footnotes, so notes follow at the end. Arguments: the template, then pickles of (document, words around it, PNG
pictures by key); each DOCX is written beside its pickle.
"""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate, InlineImage, RichText

from memo.document import tree


class Filler:
    """What one memo puts into the template, and the notes met so far."""

    def __init__(self, template: DocxTemplate, pictures: dict[str, bytes]) -> None:
        self.template = template
        self.pictures = pictures
        self.notes: list[tuple[tree.Inline, ...]] = []

    def blocks(self, blocks: tuple[tree.Block, ...], style: str = "Normal") -> Iterator[dict[str, Any]]:
        for block in blocks:
            yield from self.block(block, style)

    def block(self, block: tree.Block, style: str) -> Iterator[dict[str, Any]]:
        match block:
            case tree.Heading(level=level, content=content):
                yield {"style": f"Heading {level}", "words": self.rich(content)}
            case tree.Paragraph(content=content):
                yield {"style": style, "words": self.rich(content)}
            case tree.List(items=items, ordered=ordered):
                for item in items:
                    yield from self.blocks(item.blocks, "List Number" if ordered else "List Bullet")
            case tree.Table(header=header, rows=rows, caption=caption):
                yield {"style": "Caption", "words": self.rich(caption)}
                yield {"rows": [[self.rich(cell.content) for cell in row.cells] for row in (header, *rows)]}
            case tree.Figure(key=key, caption=caption):
                yield {"picture": InlineImage(self.template, io.BytesIO(self.pictures[key]))}
                yield {"style": "Caption", "words": self.rich(caption)}
            case tree.Quotation(blocks=blocks):
                yield from self.blocks(blocks, "Quote")
            case tree.Callout(title=title, blocks=blocks):
                yield {"style": "Quote", "words": RichText(title, bold=True)}
                yield from self.blocks(blocks, "Quote")
            case tree.PageBreak() | tree.Rule():
                pass

    def rich(self, content: tuple[tree.Inline, ...]) -> RichText:
        made = RichText()
        self.add(made, content)
        return made

    def add(self, to: RichText, content: tuple[tree.Inline, ...], bold: bool = False, italic: bool = False) -> None:
        for inline in content:
            match inline:
                case tree.Text(text=text) | tree.Claim(text=text):
                    to.add(text, bold=bold, italic=italic)
                case tree.Strong(content=inner):
                    self.add(to, inner, True, italic)
                case tree.Emphasis(content=inner):
                    self.add(to, inner, bold, True)
                case tree.Link(content=inner):
                    self.add(to, inner, bold, italic)
                case tree.Footnote(content=inner):
                    self.notes.append(inner)
                    to.add(str(len(self.notes)), superscript=True)
                case tree.LineBreak():
                    to.add("\n")


def compile_one(path: Path, source: Path) -> None:
    document, words, pictures = pickle.loads(source.read_bytes())
    template = DocxTemplate(str(path))
    filler = Filler(template, pictures)
    blocks = list(filler.blocks(document.blocks))
    for number, note in enumerate(filler.notes, 1):
        words_of_note = RichText(f"{number}. ")
        filler.add(words_of_note, note)
        blocks.append({"style": "Normal", "words": words_of_note})
    template.render({"words": words, "blocks": blocks}, autoescape=True)
    template.save(str(source.with_suffix(".docx")))


if __name__ == "__main__":
    for name in sys.argv[2:]:
        compile_one(Path(sys.argv[1]), Path(name))
