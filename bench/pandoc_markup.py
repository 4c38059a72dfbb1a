"""A Document as the pandoc Markdown that a writer would have made of the same memo, for pandoc to make a DOCX of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

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

_SPECIAL = re.compile(r"^\w+[.)](?=\s)|^[-+:=%]|[\\`*_\[\]<>^~$@|#{}&]")
_ALIGN = {"left": ":--", "center": ":-:", "right": "--:"}


def markdown(document: Document, furniture: Furniture, figures: dict[str, str]) -> str:
    """The memo in pandoc Markdown (read without ``smart``). ``figures`` names each figure's file by its block's key."""
    metadata = document.metadata
    numbers = count(1)
    head = f"---\ntitle: {_quoted(_text(metadata.title))}\nauthor: {_quoted(_text(metadata.sender))}\n"
    head += f"date: {_quoted(_text(metadata.date_shown))}\nlang: {metadata.language}\n---\n"
    grid = [f"| {_text(label)} | {_text(value)} |" for label, value in furniture.title_rows]
    parts = [head, "\n".join(["| | |", "|:--|:----|", *grid])]
    parts += [_block(block, numbers, figures) for block in document.blocks]
    return "\n\n".join(parts) + "\n"


def _block(block: Block, numbers: Iterator[int], figures: dict[str, str]) -> str:
    match block:
        case Heading(level=level, content=content, anchor=anchor):
            return f"{'#' * level} {_line(content)} {{#{anchor}}}"
        case Paragraph(content=content):
            return _run(content)
        case List():
            return _list(block, numbers, figures)
        case Table():
            return _table(block)
        case Figure(alt=alt, caption=caption, key=key):
            shown = _line(caption) or _text(alt)
            return f"![{shown}]({figures[key]}){{alt={_quoted(alt)} width=16cm}}" if key in figures else shown
        case Quotation(blocks=blocks):
            return _indented(_blocks(blocks, numbers, figures), "> ", "> ")
        case Callout(title=title, blocks=blocks):
            inner = f"**{_text(title)}**\n\n{_blocks(blocks, numbers, figures)}"
            return f'::: {{custom-style="Block Text"}}\n{inner}\n:::'
        case Rule():
            return "* * *"
        case PageBreak():
            return '```{=openxml}\n<w:p><w:r><w:br w:type="page"/></w:r></w:p>\n```'


def _blocks(blocks: tuple[Block, ...], numbers: Iterator[int], figures: dict[str, str]) -> str:
    return "\n\n".join(_block(block, numbers, figures) for block in blocks)


def _list(block: List, numbers: Iterator[int], figures: dict[str, str]) -> str:
    """One list; a comment before it keeps it apart from a list just above."""
    items = [
        _item(item, f"{block.start + ordinal}." if block.ordered else "-", numbers, figures)
        for ordinal, item in enumerate(block.items)
    ]
    return f"<!-- {next(numbers)} -->\n\n" + ("\n" if block.tight else "\n\n").join(items)


def _item(item: ListItem, marker: str, numbers: Iterator[int], figures: dict[str, str]) -> str:
    return _indented(_blocks(item.blocks, numbers, figures), f"{marker:<4}", "    ")


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])])


def _table(table: Table) -> str:
    rule = "|" + "|".join(_ALIGN[align] for align in table.align) + "|"
    rows = [_row(table.header), rule, *map(_row, table.rows)]
    caption = f"\n\n: {_line(table.caption)}" if table.caption else ""
    return "\n".join(rows) + caption


def _row(row: Row) -> str:
    return "| " + " | ".join(_line(cell.content) or " " for cell in row.cells) + " |"


def _line(content: tuple[Inline, ...]) -> str:
    """Inlines where Markdown has room for one line only: in headings and cells."""
    return _run(content).replace("\\\n", " ")


def _run(content: tuple[Inline, ...]) -> str:
    return "".join(map(_inline, content))


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text=text, language=language) | Claim(text=text, language=language):
            return f"[{_text(text)}]{{lang={language}}}" if language else _text(text)
        case Strong(content=content):
            return _around("**", _run(content))
        case Emphasis(content=content):
            return _around("*", _run(content))
        case Link(content=content, target=target):
            return f"[{_run(content)}]({target if target.startswith('#') else f'<{target}>'})"
        case Footnote(content=content):
            return f"^[{_line(content)}]"
        case LineBreak():
            return "\\\n"


def _around(mark: str, text: str) -> str:
    """Emphasis, with spaces at its ends moved outside, where Markdown wants them."""
    bare = text.strip(" ")
    before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    return f"{before}{mark}{bare}{mark}{after}" if bare else text


def _text(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)


def _quoted(text: str) -> str:
    """A text in double quotes, for YAML and for attributes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
