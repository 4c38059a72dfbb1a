"""A Document as the HTML that a writer would have made of the same memo, for WeasyPrint to make a PDF of.

Footnotes are notes at the page's foot (CSS Generated Content for Paged Media, ``float: footnote``); header, footer and
page numbers stand in the page's margin boxes. The notes have no rule above them: with a border or padding in its area
for notes, WeasyPrint 70 sets one note a page.
"""

from __future__ import annotations

import re
from html import escape

from memo.document.furniture import Furniture
from memo.document.tree import (
    Block,
    Callout,
    Claim,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    PageBreak,
    Paragraph,
    Quotation,
    Row,
    Rule,
    Strong,
    Table,
    Text,
)
from memo.facts.style import Style

FONTS = {
    "Carlito": {"Regular": "", "Bold": "b", "Italic": "i", "BoldItalic": "bi"},
    "NotoSansArmenian": {"Regular": "", "Bold": "b"},
    "NotoSansGeorgian": {"Regular": "", "Bold": "b"},
    "NotoSans": {"Regular": "", "Bold": "b"},
}
"""The families in memo/fonts in the order in which they are asked, and the faces of each."""

_COUNTER = re.compile(r"(\{pages?\})")


def font_faces(folder: str) -> str:
    """The style sheet that names the fonts in this folder."""
    faces = [
        f"@font-face {{font-family: {family}; src: url('{folder}/{family}-{file}.ttf'); "
        f"font-weight: {'bold' if 'b' in kind else 'normal'}; font-style: {'italic' if 'i' in kind else 'normal'}}}"
        for family, files in FONTS.items()
        for file, kind in files.items()
    ]
    return "\n".join(faces)


def html(document: Document, furniture: Furniture, style: Style, figures: dict[str, str]) -> str:
    """The memo in HTML. ``figures`` names each figure's file by its block's key."""
    metadata = document.metadata
    rows = "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in furniture.title_rows
    )
    body = "\n".join(_block(block, figures) for block in document.blocks)
    return f"""\
<!DOCTYPE html>
<html lang="{escape(metadata.language)}">
<head><meta charset="utf-8"><title>{escape(metadata.title)}</title>
<meta name="author" content="{escape(metadata.sender)}">
<style>
{_style(furniture, style)}
</style></head>
<body><p>{escape(furniture.memorandum)}</p>
<p class="title">{escape(furniture.title)}</p>
<table class="grid">{rows}</table>
{body}
</body></html>
"""


def _style(words: Furniture, style: Style) -> str:
    page, sizes, colours = style.page, style.sizes, style.colours
    margins = f"{page.margin_top_mm}mm {page.margin_right_mm}mm {page.margin_bottom_mm}mm {page.margin_left_mm}mm"
    margin_box = f"font-size: {sizes.furniture}pt; color: {colours.muted}"
    return f"""\
@page {{size: {page.size}; margin: {margins}; font-family: {", ".join(FONTS)};
  @top-left {{content: {_string(words.banner)}; {margin_box}}}
  @top-right {{content: {_string(words.short_title)}; {margin_box}}}
  @bottom-left {{content: {_string(words.footer)}; {margin_box}}}
  @bottom-right {{content: {_number(words.page)}; {margin_box}}}
}}
body {{font: {sizes.body}pt/{sizes.body_leading}pt {", ".join(FONTS)}; color: {colours.text}; margin: 0}}
h1, h2, h3, h4, h5, h6, .title {{color: {colours.heading}; font-weight: bold; break-after: avoid}}
h1 {{font-size: {sizes.heading_1}pt}} h2 {{font-size: {sizes.heading_2}pt}} h3 {{font-size: {sizes.heading_3}pt}}
.title {{font-size: {sizes.title}pt; line-height: {sizes.title_leading}pt}}
a {{color: {colours.link}}} figure {{margin: 0}} img {{width: 100%}}
table {{border-collapse: collapse; width: 100%; font-size: {sizes.table}pt; line-height: {sizes.table_leading}pt}}
th, td {{border-bottom: 0.5pt solid {colours.rule}; padding: 3pt 6pt; text-align: left; vertical-align: top}}
thead th {{background: {colours.tint}}}
.box {{background: {colours.tint}; border-left: 3pt solid {colours.accent}; padding: 8pt}}
.note {{float: footnote; font-size: {sizes.note}pt; line-height: {sizes.note_leading}pt}}"""


def _number(words: str) -> str:
    """The page number's words as CSS, with counters for what they leave open."""
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    return " ".join(counters.get(part) or _string(part) for part in _COUNTER.split(words) if part)


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3C ")
    return f'"{escaped}"'


def _block(block: Block, figures: dict[str, str]) -> str:
    match block:
        case Heading(level=level, content=content, anchor=anchor):
            return f'<h{level} id="{escape(anchor)}">{_run(content)}</h{level}>'
        case Paragraph(content=content):
            return f"<p>{_run(content)}</p>"
        case List():
            return _list(block, figures)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, figures)
        case Quotation(blocks=blocks):
            return f"<blockquote>{_blocks(blocks, figures)}</blockquote>"
        case Callout(title=title, blocks=blocks):
            return f'<div class="box"><p><strong>{escape(title)}</strong></p>{_blocks(blocks, figures)}</div>'
        case Rule():
            return "<hr>"
        case PageBreak():
            return '<div style="break-after: page"></div>'


def _blocks(blocks: tuple[Block, ...], figures: dict[str, str]) -> str:
    return "".join(_block(block, figures) for block in blocks)


def _list(block: List, figures: dict[str, str]) -> str:
    items = "".join(f"<li>{_blocks(item.blocks, figures)}</li>" for item in block.items)
    return f'<ol start="{block.start}">{items}</ol>' if block.ordered else f"<ul>{items}</ul>"


def _table(table: Table) -> str:
    caption = f"<caption>{_run(table.caption)}</caption>" if table.caption else ""
    head = f"<thead><tr>{_cells(table.header, 'th', table)}</tr></thead>"
    rows = "".join(f"<tr>{_cells(row, 'td', table)}</tr>" for row in table.rows)
    return f"<table>{caption}{head}<tbody>{rows}</tbody></table>"


def _cells(row: Row, tag: str, table: Table) -> str:
    pairs = zip(row.cells, table.align, strict=True)
    return "".join(f'<{tag} style="text-align: {align}">{_run(cell.content)}</{tag}>' for cell, align in pairs)


def _figure(figure: Figure, figures: dict[str, str]) -> str:
    caption = f"<figcaption>{_run(figure.caption)}</figcaption>" if figure.caption else ""
    if figure.key not in figures:
        return f"<p>{_run(figure.caption) or escape(figure.alt)}</p>"
    return f'<figure><img src="{escape(figures[figure.key])}" alt="{escape(figure.alt)}">{caption}</figure>'


def _run(content: tuple[Inline, ...]) -> str:
    return "".join(map(_inline, content))


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text=text, language=language) | Claim(text=text, language=language):
            return f'<span lang="{escape(language)}">{escape(text)}</span>' if language else escape(text)
        case Strong(content=content):
            return f"<strong>{_run(content)}</strong>"
        case Emphasis(content=content):
            return f"<em>{_run(content)}</em>"
        case Link(content=content, target=target):
            return f'<a href="{escape(target)}">{_run(content)}</a>'
        case Footnote(content=content):
            return f'<span class="note">{_run(content)}</span>'
        case LineBreak():
            return "<br>"
