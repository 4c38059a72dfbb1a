"""Go through a document in reading order: its runs of text, its notes, its nodes, its facts.

A run of text is the inlines of one heading, paragraph, cell or caption: a field ``content`` of the tree.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.document import tree
from memo.document.tree import Block, Document, Footnote, Inline


def inline_text(content: tuple[Inline, ...]) -> str:
    """Return the words of these inlines, without footnotes; a line break becomes a newline."""
    parts: list[str] = []
    for inline in content:
        match inline:
            case tree.Text(text=text) | tree.Claim(text=text):
                parts.append(text)
            case tree.Strong(content=inner) | tree.Emphasis(content=inner) | tree.Link(content=inner):
                parts.append(inline_text(inner))
            case tree.LineBreak():
                parts.append("\n")
            case Footnote():
                pass
    return "".join(parts)


def contents(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Yield every run of text in a block, those of nested blocks included."""
    match block:
        case tree.Heading(content=content) | tree.Paragraph(content=content):
            yield content
        case tree.List(items=items):
            for item in items:
                for inner in item.blocks:
                    yield from contents(inner)
        case tree.Table(header=header, rows=rows, caption=caption):
            yield caption  # every format sets it above the table: so its notes come first
            for row in (header, *rows):
                for cell in row.cells:
                    yield cell.content
        case tree.Figure(caption=caption):
            yield caption
        case tree.Quotation(blocks=blocks) | tree.Callout(blocks=blocks):
            for inner in blocks:
                yield from contents(inner)
        case tree.Rule() | tree.PageBreak():
            pass


def inlines(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Yield every inline of a run, outer before inner, and those of a footnote where it is referred to."""
    for inline in content:
        yield inline
        match inline:
            case tree.Strong() | tree.Emphasis() | tree.Link() | Footnote():
                yield from inlines(inline.content)
            case tree.Text() | tree.Claim() | tree.LineBreak():
                pass


def text_runs(document: Document) -> Iterator[tuple[Inline, ...]]:
    """Yield every run of text in the document."""
    for block in document.blocks:
        yield from contents(block)


def footnotes(document: Document) -> list[Footnote]:
    """Return all footnotes of the document: the first is number 1."""
    return [inline for run in text_runs(document) for inline in inlines(run) if isinstance(inline, Footnote)]


def block_nodes(blocks: tuple[Block, ...]) -> Iterator[Block | tree.ListItem | tree.Row]:
    """Yield every block, list item and row, outer before inner."""
    for block in blocks:
        yield block
        match block:
            case tree.List(items=items):
                for item in items:
                    yield item
                    yield from block_nodes(item.blocks)
            case tree.Table(header=header, rows=rows):
                yield from (header, *rows)
            case tree.Quotation(blocks=inner) | tree.Callout(blocks=inner):
                yield from block_nodes(inner)
            case _:
                pass


def inline_facts(content: tuple[Inline, ...]) -> list[str]:
    """List the ids of the facts that these inlines show or cite, as often as they do."""
    return [fact for inline in inlines(content) if isinstance(inline, tree.Claim | Footnote) for fact in inline.facts]


def block_facts(block: Block) -> list[str]:
    """List the ids of the facts that a block shows, cites or draws, nested blocks included, as often as it does."""
    found = [fact for content in contents(block) for fact in inline_facts(content)]
    for node in block_nodes((block,)):
        if isinstance(node, tree.Figure):  # whose facts are in its data, and in no inline
            found += [fact for datum in node.data for fact in datum.facts]
    return found


def used_facts(document: Document) -> tuple[str, ...]:
    """Return the ids of all facts that the document shows, cites or draws, each once, in order of first use."""
    return tuple(dict.fromkeys(fact for block in document.blocks for fact in block_facts(block)))
