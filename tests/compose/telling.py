"""A document told in lines: blocks by their kind, claims as ``{fact: words}``, notes as ``^[words]``."""

from __future__ import annotations

from collections.abc import Iterator

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


def told(document: Document) -> list[str]:
    """The whole document, a line for each block."""
    return [line for block in document.blocks for line in _lines(block)]


def words(content: tuple[Inline, ...]) -> str:
    """A run of inlines."""
    return "".join(_inline(inline) for inline in content)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text=text, language=language):
            return f"{language}:{text}" if language else text
        case Claim(text=text, facts=facts, part=part):
            name = ",".join(facts) + ("" if part == "claim" else f".{part}")
            return f"{{{name}: {text}}}"
        case Strong(content=inner):
            return f"**{words(inner)}**"
        case Emphasis(content=inner):
            return f"*{words(inner)}*"
        case Link(content=inner, target=target):
            return f"[{words(inner)}]({target})"
        case Footnote(content=inner):
            return f"^[{words(inner)}]"
        case LineBreak():
            return "/"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, content=content, anchor=anchor):
            yield f"h{level} #{anchor} {words(content)}"
        case Paragraph(content=content):
            yield f"p {words(content)}"
        case List(items=items, ordered=ordered, start=start, tight=tight):
            yield (f"ol from {start}" if ordered else "ul") + ("" if tight else " loose")
            for item in items:
                yield "- "
                yield from ("  " + line for inner in item.blocks for line in _lines(inner))
        case Table(header=header, rows=rows, align=align, caption=caption):
            yield f"table {' '.join(align)} {words(caption)}".rstrip()
            yield from ("  " + _row(row) for row in (header, *rows))
        case Figure(kind=kind, data=data, alt=alt, caption=caption):
            yield f"figure {kind} {words(caption)}".rstrip()
            yield from (
                f"  {event.date} {event.label} {','.join(event.facts)} {event.status}".rstrip() for event in data
            )
            yield f"  alt {alt}"
        case Quotation(blocks=blocks):
            yield "quotation"
            yield from ("  " + line for inner in blocks for line in _lines(inner))
        case Callout(kind=kind, title=title, blocks=blocks):
            yield f"{kind} {title}"
            yield from ("  " + line for inner in blocks for line in _lines(inner))
        case Rule():
            yield "rule"
        case PageBreak():
            yield "page break"


def _row(row: Row) -> str:
    return " | ".join(words(cell.content) for cell in row.cells)
