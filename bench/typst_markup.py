"""A Document as the Typst markup that a writer would have made of the same memo, with the same look as the style's."""

from __future__ import annotations

import re

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
    ListItem,
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

FONTS = ("Carlito", "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans")
"""The families in memo/fonts, in the order in which they are asked."""

_SPECIAL = re.compile(r"""[\\#*_`$<>@~\[\]/\-+='"]|\.(?=\.)|(?<=\d)\.(?=\s|$)""")


def markup(document: Document, furniture: Furniture, style: Style, figures: dict[str, str]) -> str:
    """The memo in Typst. ``figures`` names each figure's file by its block's key."""
    parts = [_preamble(document, furniture, style), _title_block(furniture, style)]
    parts += [_block(block, style, figures) for block in document.blocks]
    return "\n\n".join(parts) + "\n"


def _preamble(document: Document, furniture: Furniture, style: Style) -> str:
    metadata, page, sizes, colours = document.metadata, style.page, style.sizes, style.colours
    language, _, region = metadata.language.partition("-")
    year, month, day = (int(part) for part in metadata.date.split("-"))
    fonts = ", ".join(_string(font) for font in FONTS)
    where = f', region: "{region}"' if len(region) == 2 else ""
    margins = (
        f"top: {page.margin_top_mm}mm, bottom: {page.margin_bottom_mm}mm, "
        f"left: {page.margin_left_mm}mm, right: {page.margin_right_mm}mm"
    )
    number = furniture.page.replace("{page}", "#context counter(page).display();").replace(
        "{pages}", "#context counter(page).final().first();"
    )
    heading = f'fill: rgb("{colours.heading}"), weight: "bold"'
    return f"""\
#set document(title: {_string(metadata.title)}, author: {_string(metadata.sender)},
  date: datetime(year: {year}, month: {month}, day: {day}))
#set text(font: ({fonts}), size: {sizes.body}pt, fill: rgb("{colours.text}"), lang: "{language}"{where})
#set par(leading: {sizes.body_leading - sizes.body * 0.64:.2f}pt, spacing: {sizes.body_leading}pt)
#set page(paper: "{_paper(style)}", margin: ({margins}),
  header: text({sizes.furniture}pt)[{_text(furniture.banner)} #h(1fr) {_text(furniture.short_title)}],
  footer: text({sizes.furniture}pt)[{_text(furniture.footer)} #h(1fr) {number}])
#set table(stroke: (y: 0.5pt + rgb("{colours.rule}")), fill: (_, y) => if y == 0 {{ rgb("{colours.tint}") }})
#show table: set text({sizes.table}pt)
#show footnote.entry: set text({sizes.note}pt)
#show link: set text(fill: rgb("{colours.link}"))
#show heading.where(level: 1): set text({heading}, size: {sizes.heading_1}pt)
#show heading.where(level: 2): set text({heading}, size: {sizes.heading_2}pt)
#show heading.where(level: 3): set text({heading}, size: {sizes.heading_3}pt)"""


def _paper(style: Style) -> str:
    return {"A4": "a4", "Letter": "us-letter"}[style.page.size]


def _title_block(furniture: Furniture, style: Style) -> str:
    rows = ",\n  ".join(f"[#strong[{_text(label)}]], [{_text(value)}]" for label, value in furniture.title_rows)
    title = f'#text({style.sizes.title}pt, weight: "bold")[{_text(furniture.title)}]'
    grid = f"#grid(columns: (auto, 1fr), column-gutter: 12pt, row-gutter: 6pt,\n  {rows})"
    return f"{_text(furniture.memorandum)}\n\n{title}\n\n{grid}"


def _block(block: Block, style: Style, figures: dict[str, str]) -> str:
    match block:
        case Heading(level=level, content=content, anchor=anchor):
            return f"{'=' * level} {_run(content)} <{anchor}>"
        case Paragraph(content=content):
            return _run(content)
        case List():
            return _list(block, style, figures)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, figures)
        case Quotation(blocks=blocks):
            return f"#quote(block: true)[{_blocks(blocks, style, figures)}]"
        case Callout(title=title, blocks=blocks):
            inner = f"#strong[{_text(title)}]\n\n{_blocks(blocks, style, figures)}"
            return f"#{_box(style)}[{inner}]"
        case Rule():
            return f'#line(length: 100%, stroke: 0.5pt + rgb("{style.colours.rule}"))'
        case PageBreak():
            return "#pagebreak(weak: true)"


def _blocks(blocks: tuple[Block, ...], style: Style, figures: dict[str, str]) -> str:
    return "\n\n".join(_block(block, style, figures) for block in blocks)


def _box(style: Style) -> str:
    colours = style.colours
    return f'block(width: 100%, inset: 8pt, fill: rgb("{colours.tint}"), stroke: (left: 3pt + rgb("{colours.accent}")))'


def _list(block: List, style: Style, figures: dict[str, str]) -> str:
    kind = f"enum(start: {block.start}, " if block.ordered else "list("
    items = ", ".join(_item(item, style, figures) for item in block.items)
    return f"#{kind}tight: {str(block.tight).lower()}, {items})"


def _item(item: ListItem, style: Style, figures: dict[str, str]) -> str:
    return f"[{_blocks(item.blocks, style, figures)}]"


def _table(table: Table) -> str:
    align = ", ".join(table.align)
    rows = [f"table.header({_cells(table.header)})", *map(_cells, table.rows)]
    body = ",\n    ".join(rows)
    made = f"table(columns: {len(table.align)}, align: ({align},),\n    {body})"
    caption = f",\n  caption: [{_run(table.caption)}]" if table.caption else ""
    return f"#figure({made}{caption})" if caption else f"#{made}"


def _cells(row: Row) -> str:
    return ", ".join(f"[{_run(cell.content)}]" for cell in row.cells)


def _figure(figure: Figure, figures: dict[str, str]) -> str:
    if figure.key not in figures:
        return _run(figure.caption) or _text(figure.alt)
    image = f"image({_string(figures[figure.key])}, width: 100%, alt: {_string(figure.alt)})"
    return f"#figure({image}, caption: [{_run(figure.caption)}])" if figure.caption else f"#{image}"


def _run(content: tuple[Inline, ...]) -> str:
    return "".join(map(_inline, content))


def _inline(inline: Inline) -> str:
    """One inline. What begins with # ends with a semicolon, lest a bracket that follows be read as its argument."""
    match inline:
        case Text(text=text, language=language) | Claim(text=text, language=language):
            return f"#text(lang: {_string(language)})[{_text(text)}];" if language else _text(text)
        case Strong(content=content):
            return f"#strong[{_run(content)}];"
        case Emphasis(content=content):
            return f"#emph[{_run(content)}];"
        case Link(content=content, target=target):
            where = f"<{target[1:]}>" if target.startswith("#") else _string(target)
            return f"#link({where})[{_run(content)}];"
        case Footnote(content=content):
            return f"#footnote[{_run(content)}];"
        case LineBreak():
            return "#linebreak();"


def _text(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
