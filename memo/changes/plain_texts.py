"""A document in plain texts, without the characters that no reader sees: two that look the same compare equal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from memo.changes.tokens import Inlines
from memo.document import tree
from memo.document.tree import Block, Document, Row
from memo.facts.appearance import as_seen, without_unseen

StructT = TypeVar("StructT", bound=Struct)


def with_plain_texts(document: Document) -> Document:
    """Return the document without the characters that no reader sees: so two that look the same can be compared.

    Keys, anchors and link targets are left as they are: they are names, not words.
    """
    return replace(document, blocks=tuple(map(_plain_block, document.blocks)))


def _plain_block(block: Block) -> Block:
    return _plain_fields(map_runs(block, lambda run: tuple(map(_plain_inline, run))))


def _plain_inline(inline: tree.Inline) -> tree.Inline:
    match inline:
        case tree.Text(text=text) | tree.Claim(text=text):
            return inline if (plain := without_unseen(text)) is text else replace(inline, text=plain)
        case tree.LineBreak():
            return inline
    return replace(inline, content=tuple(map(_plain_inline, inline.content)))


def _plain_fields(block: Block) -> Block:
    """Make plain what a block says outside its runs: figures, and the heads of boxes."""
    match block:
        case tree.Figure(data=data, alt=alt):
            return replace(block, data=tuple(map(_plain_datum, data)), alt=without_unseen(alt))
        case tree.Callout(title=title, blocks=blocks):
            return replace(block, title=without_unseen(title), blocks=tuple(map(_plain_fields, blocks)))
        case tree.Quotation(blocks=blocks):
            return replace(block, blocks=tuple(map(_plain_fields, blocks)))
        case tree.List(items=items):
            inner = (replace(item, blocks=tuple(map(_plain_fields, item.blocks))) for item in items)
            return replace(block, items=tuple(inner))
    return block


def _plain_datum(datum: StructT) -> StructT:
    """Make plain every text of a value that holds texts."""
    return replace(datum, **{name: without_unseen(text) for name, text in _texts(datum)})


def _texts(struct: Struct) -> Iterator[tuple[str, str]]:
    fields = ((name, getattr(struct, name)) for name in struct.__struct_fields__)
    return ((name, value) for name, value in fields if isinstance(value, str))


def with_same_characters(old: tree.Metadata, new: tree.Metadata) -> tree.Metadata:
    """Return what an earlier title block says, in the new one's characters where the two look the same."""
    alike = {name: getattr(new, name) for name, text in _texts(old)}
    return replace(old, **{name: text for name, text in alike.items() if as_seen(text) == as_seen(getattr(old, name))})


# Runs of inlines


def map_runs(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    """Return the block with every run of inlines in it, at any depth, replaced by what ``change`` makes of it."""
    match block:
        case tree.Heading(content=content) | tree.Paragraph(content=content):
            return replace(block, content=change(content))
        case tree.List(items=items):
            inner = (replace(item, blocks=tuple(map_runs(one, change) for one in item.blocks)) for item in items)
            return replace(block, items=tuple(inner))
        case tree.Table(header=header, rows=rows, caption=caption):
            first, *rest = (_map_cells(row, change) for row in (header, *rows))
            return replace(block, header=first, rows=tuple(rest), caption=change(caption))
        case tree.Figure(caption=caption):
            return replace(block, caption=change(caption))
        case tree.Quotation(blocks=blocks) | tree.Callout(blocks=blocks):
            return replace(block, blocks=tuple(map_runs(one, change) for one in blocks))
    return block


def _map_cells(row: Row, change: Callable[[Inlines], Inlines]) -> Row:
    return replace(row, cells=tuple(tree.Cell(change(cell.content)) for cell in row.cells))
