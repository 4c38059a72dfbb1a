"""A redline resolved: all of its changes accepted or all rejected, and whether that gives the documents it should.

Documents are compared by what a reader sees of them (`visible_node`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from msgspec.structs import replace

from memo.changes.figures import visible_drawing
from memo.changes.plain_texts import map_runs, with_plain_texts, with_same_characters
from memo.changes.tokens import Inlines, to_inlines, tokenize, visible_run
from memo.document import tree
from memo.document.tree import Block, Document, ListItem, Mark, Row
from memo.facts.appearance import as_seen


def accept(redline: Document) -> Document:
    """Accept all changes: return the redline's new document, in which nothing bears a mark."""
    return _resolve(redline, "deleted", redline.metadata)


def reject(redline: Document) -> Document:
    """Reject all changes: return the old document as far as it is shown. Keys and fact ids are the new one's."""
    return _resolve(redline, "inserted", redline.earlier or redline.metadata)


def resolves_to(redline: Document, old: Document, new: Document) -> bool:
    """Tell whether accepting all changes gives the new document, and rejecting all the old one."""
    pairs = ((accept(redline), new), (reject(redline), old))
    return all(
        with_same_characters(one.metadata, other.metadata) == other.metadata
        and visible_document(one) == visible_document(with_plain_texts(other))
        for one, other in pairs
    )


def _resolve(redline: Document, drop: str, metadata: tree.Metadata) -> Document:
    """Resolve a redline by dropping what is marked with ``drop``, and the marks of all else."""
    kept = _without(redline.blocks, drop)
    blocks = tuple(map_runs(block, lambda run: _resolve_run(run, drop)) for block in kept)
    return replace(redline, metadata=metadata, blocks=blocks, changes=(), earlier=None)


def _without(blocks: Iterable[Block], drop: str) -> tuple[Block, ...]:
    """Drop marked blocks, items and rows; runs are left as they are."""
    return tuple(_without_marks(block, drop) for block in blocks if _stays(block.mark, drop))


def _without_marks(block: Block, drop: str) -> Block:
    match block:
        case tree.List(items=items):
            kept = (item for item in items if _stays(item.mark, drop))
            inner = tuple(replace(item, mark=None, blocks=_without(item.blocks, drop)) for item in kept)
            return replace(block, mark=None, items=inner)
        case tree.Table(header=header, rows=rows):
            unmarked = tuple(replace(row, mark=None) for row in rows if _stays(row.mark, drop))
            return replace(block, mark=None, header=replace(header, mark=None), rows=unmarked)
        case tree.Quotation(blocks=blocks) | tree.Callout(blocks=blocks):
            return replace(block, mark=None, blocks=_without(blocks, drop))
    return replace(block, mark=None)


def _stays(mark: Mark | None, drop: str) -> bool:
    return mark is None or mark.how != drop


def _resolve_run(content: Inlines, drop: str) -> Inlines:
    # Most runs bear no mark. They are passed on as they are: taking them apart would merge inlines that stood apart.
    if not _is_marked(content):
        return content
    kept = [replace(token, mark=None) for token in tokenize(content) if _stays(token.mark, drop)]
    return to_inlines(
        [
            replace(token, leaf=replace(token.note, content=_resolve_run(token.note.content, drop)))
            if token.note
            else token
            for token in kept
        ]
    )


def _is_marked(content: Inlines) -> bool:
    return any(
        inline.mark
        or (isinstance(inline, tree.Strong | tree.Emphasis | tree.Link | tree.Footnote) and _is_marked(inline.content))
        for inline in content
    )


# What a reader sees


def visible_document(document: Document) -> Hashable:
    """Return a value that is equal for documents whose blocks look the same, without what ``changes()`` printed."""
    return tuple(visible_node(block) for block in document.blocks if not tree.is_statement(block))


def visible_node(node: Block | ListItem | Row) -> Hashable:
    """Return a value that is equal for blocks, items or rows that look the same to a reader.

    Left out are keys, anchors, fact ids, and what only the look of a page hangs on: a table's alignment, a list's
    spacing.
    """
    match node:
        case tree.Heading(level=level, content=content):
            return "heading", level, visible_run(content)
        case tree.Paragraph(content=content):
            return "paragraph", visible_run(content)
        case tree.List(items=items, ordered=ordered, start=start):
            return "list", ordered, start, tuple(map(visible_node, items))
        case tree.ListItem(blocks=blocks):
            return "item", tuple(map(visible_node, blocks))
        case tree.Table(header=header, rows=rows, caption=caption):
            return "table", visible_run(caption), tuple(visible_node(row) for row in (header, *rows))
        case tree.Row(cells=cells):
            return "row", tuple(visible_run(cell.content) for cell in cells)
        case tree.Figure(caption=caption):
            return "figure", visible_drawing(node), visible_run(caption)
        case tree.Quotation(blocks=blocks):
            return "quotation", tuple(map(visible_node, blocks))
        case tree.Callout(kind=kind, title=title, blocks=blocks):
            return "callout", kind, as_seen(title), tuple(map(visible_node, blocks))
        case tree.Rule() | tree.PageBreak():
            return type(node).__name__
