"""A redline taken at its word: all of its changes accepted, or all rejected; and whether that gives what it should."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from msgspec.structs import replace

from memo.changes.tokens import atoms, joined, shown
from memo.document.tree import (
    Block,
    Callout,
    Cell,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Mark,
    Metadata,
    PageBreak,
    Paragraph,
    Quotation,
    Row,
    Rule,
    Strong,
    Table,
    is_statement,
)

Run = tuple[Inline, ...]


def accepted(redline: Document) -> Document:
    """The redline's new document: what was inserted stays, what was deleted goes, nothing bears a mark."""
    return _resolved(redline, "deleted", redline.metadata)


def rejected(redline: Document) -> Document:
    """The document that the redline is held against, as far as it is shown: keys and fact ids are the new one's."""
    return _resolved(redline, "inserted", redline.earlier or redline.metadata)


def _resolved(redline: Document, goes: str, metadata: Metadata) -> Document:
    return replace(redline, metadata=metadata, blocks=_blocks(redline.blocks, goes), changes=(), earlier=None)


def sound(redline: Document, old: Document, new: Document) -> bool:
    """Whether accepting all gives the new document, and rejecting all the old one."""
    pairs = ((accepted(redline), new), (rejected(redline), old))
    return all(one.metadata == other.metadata and reading(one) == reading(other) for one, other in pairs)


def _blocks(blocks: Iterable[Block], goes: str) -> tuple[Block, ...]:
    return tuple(_block(block, goes) for block in blocks if _stays(block.mark, goes))


def _stays(mark: Mark | None, goes: str) -> bool:
    return mark is None or mark.how != goes


def _block(block: Block, goes: str) -> Block:
    match block:
        case Heading(content=content) | Paragraph(content=content):
            return replace(block, mark=None, content=_run(content, goes))
        case List(items=items):
            kept = (item for item in items if _stays(item.mark, goes))
            inner = tuple(replace(item, mark=None, blocks=_blocks(item.blocks, goes)) for item in kept)
            return replace(block, mark=None, items=inner)
        case Table(header=header, rows=rows, caption=caption):
            made = tuple(_row(row, goes) for row in rows if _stays(row.mark, goes))
            return replace(block, mark=None, header=_row(header, goes), rows=made, caption=_run(caption, goes))
        case Figure(caption=caption):
            return replace(block, mark=None, caption=_run(caption, goes))
        case Quotation(blocks=blocks) | Callout(blocks=blocks):
            return replace(block, mark=None, blocks=_blocks(blocks, goes))
        case Rule() | PageBreak():
            return replace(block, mark=None)


def _row(row: Row, goes: str) -> Row:
    return replace(row, mark=None, cells=tuple(Cell(_run(cell.content, goes)) for cell in row.cells))


def _run(content: Run, goes: str) -> Run:
    """What stays of a run; one without marks stays as it is."""
    if not _marked(content):
        return content
    kept = (atom for atom in atoms(content) if _stays(atom.mark, goes))
    parts = (replace(atom, mark=None) for atom in kept)
    notes = (
        replace(atom, leaf=replace(atom.leaf, content=_run(atom.leaf.content, goes)))
        if isinstance(atom.leaf, Footnote)
        else atom
        for atom in parts
    )
    return joined(list(notes))


def _marked(content: Run) -> bool:
    return any(
        inline.mark or (isinstance(inline, Strong | Emphasis | Link | Footnote) and _marked(inline.content))
        for inline in content
    )


# What a reader sees


def reading(document: Document) -> Hashable:
    """The blocks of a document as a reader sees them, without what ``changes()`` printed."""
    return tuple(seen(block) for block in document.blocks if not is_statement(block))


def seen(node: Block | ListItem | Row) -> Hashable:
    """A block, item or row as a reader sees it: equal for those that show the same.

    Keys, anchors, fact ids, and what only the look of a page hangs on (a table's alignment, a list's spacing) are left
    out.
    """
    match node:
        case Heading(level=level, content=content):
            return "heading", level, shown(content)
        case Paragraph(content=content):
            return "paragraph", shown(content)
        case List(items=items, ordered=ordered, start=start):
            return "list", ordered, start, tuple(map(seen, items))
        case ListItem(blocks=blocks):
            return "item", tuple(map(seen, blocks))
        case Table(header=header, rows=rows, caption=caption):
            return "table", shown(caption), tuple(seen(row) for row in (header, *rows))
        case Row(cells=cells):
            return "row", tuple(shown(cell.content) for cell in cells)
        case Figure(kind=kind, data=data, alt=alt, caption=caption):
            return "figure", kind, tuple(replace(datum, facts=()) for datum in data), alt, shown(caption)
        case Quotation(blocks=blocks):
            return "quotation", tuple(map(seen, blocks))
        case Callout(kind=kind, title=title, blocks=blocks):
            return "callout", kind, title, tuple(map(seen, blocks))
        case Rule() | PageBreak():
            return type(node).__name__
