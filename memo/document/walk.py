"""Walk through a document: its texts, notes and facts, in reading order."""

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


def inline_text(content: tuple[Inline, ...]) -> str:
    """The words of these inlines, without footnotes; a line break is a newline."""
    parts: list[str] = []
    for inline in content:
        match inline:
            case Text(text=text) | Claim(text=text):
                parts.append(text)
            case Strong(content=inner) | Emphasis(content=inner) | Link(content=inner):
                parts.append(inline_text(inner))
            case LineBreak():
                parts.append("\n")
            case Footnote():
                pass
    return "".join(parts)


def contents(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Every run of inlines in a block, in reading order, those of nested blocks included."""
    match block:
        case Heading(content=content) | Paragraph(content=content):
            yield content
        case List(items=items):
            for item in items:
                for inner in item.blocks:
                    yield from contents(inner)
        case Table(header=header, rows=rows, caption=caption):
            yield caption
            for row in (header, *rows):
                for cell in row.cells:
                    yield cell.content
        case Figure(caption=caption):
            yield caption
        case Quotation(blocks=blocks) | Callout(blocks=blocks):
            for inner in blocks:
                yield from contents(inner)
        case Rule() | PageBreak():
            pass


def inlines(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every inline, outer before inner, in reading order."""
    for inline in content:
        yield inline
        match inline:
            case Strong(content=inner) | Emphasis(content=inner) | Link(content=inner) | Footnote(content=inner):
                yield from inlines(inner)
            case Text() | Claim() | LineBreak():
                pass


def text_runs(document: Document) -> Iterator[tuple[Inline, ...]]:
    """Every run of inlines in the document, in reading order."""
    for block in document.blocks:
        yield from contents(block)


def footnotes(document: Document) -> list[Footnote]:
    """Every footnote in reading order: the first is number 1."""
    return [
        inline
        for block in document.blocks
        for content in contents(block)
        for inline in inlines(content)
        if isinstance(inline, Footnote)
    ]


def block_nodes(blocks: tuple[Block, ...]) -> Iterator[Block | ListItem | Row]:
    """Every block, list item and row, outer before inner, in reading order."""
    for block in blocks:
        yield block
        match block:
            case List(items=items):
                for item in items:
                    yield item
                    yield from block_nodes(item.blocks)
            case Table(header=header, rows=rows):
                yield from (header, *rows)
            case Quotation(blocks=inner) | Callout(blocks=inner):
                yield from block_nodes(inner)
            case _:
                pass


def inline_facts(content: tuple[Inline, ...]) -> list[str]:
    """The ids of the facts that these inlines show or cite, in reading order, as often as they do."""
    found: list[str] = []
    for inline in content:
        match inline:
            case Text() | LineBreak():
                pass
            case Claim(facts=facts):
                found += facts
            case Footnote(facts=facts, content=inner):
                found += facts
                found += inline_facts(inner)
            case Strong(content=inner) | Emphasis(content=inner) | Link(content=inner):
                found += inline_facts(inner)
    return found


def block_facts(block: Block) -> list[str]:
    """The ids of the facts that a block shows or cites, nested blocks included, as often as it does."""
    found: list[str] = []
    for content in contents(block):
        found += inline_facts(content)
    for node in block_nodes((block,)):
        if isinstance(node, Figure):
            found += [fact for datum in node.data for fact in datum.facts]
    return found


def used_facts(document: Document) -> tuple[str, ...]:
    """The ids of all facts that the document shows or cites, each once, in order of first use."""
    return tuple(dict.fromkeys(fact for block in document.blocks for fact in block_facts(block)))
