"""Blocks as paragraphs and tables: what stands in the body."""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType

from msgspec.structs import replace

from memo.document import tree
from memo.document.tree import Block, Callout, Heading, List, ListItem, Mark, Paragraph, Quotation
from memo.document.walk import inline_text
from memo.renderers.docx import nesting as nested
from memo.renderers.docx.builder import DocxBuilder
from memo.renderers.docx.figures import figure
from memo.renderers.docx.inlines import bookmarked, inlines
from memo.renderers.docx.language import right_to_left
from memo.renderers.docx.nesting import Nesting
from memo.renderers.docx.paragraphs import merge_target, paragraph, paragraph_of, spacer
from memo.renderers.docx.runs import RunFormat, run, runs_of
from memo.renderers.docx.tables import table

BOXES = MappingProxyType({"bottom-line": "BottomLine", "note": "NoteBox", "warning": "CautionBox"})
"""The style of each kind of callout; its heading's style adds ``Heading``."""

TOP = Nesting()


def blocks(content: tuple[Block, ...], builder: DocxBuilder, nesting: Nesting = TOP) -> str:
    """Write blocks in order. Only the last of them closes what they stand in."""
    inside, leading = replace(nesting, closing=False, leading=False), replace(nesting, closing=False, leading=True)
    written = [
        block(one, builder, leading if _announces(one, after) else inside) + _between(one, after, builder, nesting.mark)
        for one, after in pairwise(content)
    ]
    return "".join(written) + "".join([block(last, builder, nesting) for last in content[-1:]])


def _announces(before: Block, after: Block) -> bool:
    """Tell whether a paragraph ends with a colon and what follows is what it announces."""
    match before, after:
        case Paragraph(content=words), List() | tree.Table() | tree.Figure() | Quotation():
            return inline_text(words).rstrip().endswith(":")
    return False


def _between(before: Block, after: Block, builder: DocxBuilder, around: Mark | None) -> str:
    """Write the empty paragraph that Word or LibreOffice needs between two blocks, if any."""
    if _opens_without_text(after) and (around or _ends_tracked(before)):
        return merge_target(builder)
    # Word draws two boxes that touch as one.
    return spacer(builder) if isinstance(before, Callout) and isinstance(after, Callout) else ""


def _opening_merge_target(mark: Mark | None, below: tuple[Block, ...], builder: DocxBuilder) -> str:
    """Write what a tracked first paragraph of an item or a box can merge into, where no block below it can serve."""
    return merge_target(builder) if mark and below and _opens_without_text(below[0]) else ""


def _opens_without_text(content: Block) -> bool:
    """Tell whether a block opens with something that a deleted paragraph before it cannot merge into.

    That is a table, or an empty paragraph, to which LibreOffice would give the deleted one's style.
    """
    if isinstance(content, Quotation):
        return bool(content.blocks) and _opens_without_text(content.blocks[0])
    return isinstance(content, tree.Rule | tree.PageBreak) or (isinstance(content, tree.Table) and not content.caption)


def _ends_tracked(content: Block) -> bool:
    """Tell whether a block ends with a paragraph that was inserted or deleted as a whole."""
    match content:
        case List(mark=None, items=(*_, ListItem(mark=None, blocks=(*_, last)))):
            return _ends_tracked(last)
        case List(mark=None, items=(*_, last)):
            return last.mark is not None
        case Quotation(mark=None, blocks=(*_, last)) | Callout(mark=None, blocks=(*_, last)):
            return _ends_tracked(last)
    return content.mark is not None


def tracked_end(content: tuple[Block, ...], builder: DocxBuilder) -> str:
    """Write what a tracked paragraph at the end of the text can merge into when it goes."""
    return merge_target(builder) if content and _ends_tracked(content[-1]) else ""


def block(content: Block, builder: DocxBuilder, nesting: Nesting = TOP) -> str:
    """Write one block. The mark of what is around counts before its own."""
    if content.mark and not nesting.mark:
        nesting = replace(nesting, mark=content.mark)
    match content:
        case Heading():
            return _heading(content, builder, nesting)
        case Paragraph(content=words):
            formatting = nested.paragraph_format(nesting)
            return paragraph(nested.paragraph_style(nesting), words, builder, formatting, nesting.mark)
        case List():
            return _list(content, builder, nesting)
        case tree.Table():
            return table(content, builder, nesting.left, nesting.mark)
        case tree.Figure():
            return figure(content, builder, nesting.left, nesting.mark)
        case Quotation(blocks=inner):
            return blocks(inner, builder, nested.in_quotation(nesting))
        case Callout():
            return _callout(content, builder, nesting)
        case tree.Rule():
            return paragraph_of("MemoRule", "", builder, mark=nesting.mark)
        case tree.PageBreak():
            breaking = run('<w:br w:type="page"/>', RunFormat(mark=nesting.mark), builder)
            return paragraph_of("MemoPageBreak", breaking, builder, mark=nesting.mark)


def _heading(heading: Heading, builder: DocxBuilder, nesting: Nesting) -> str:
    """Write a heading within the bookmark that links lead to. Levels beyond six look and count like the sixth."""
    runs = inlines(heading.content, RunFormat(in_bold=True, mark=nesting.mark), builder)
    runs = bookmarked(runs, builder.anchors[heading.anchor], builder)
    rtl = right_to_left(inline_text(heading.content))
    return paragraph_of(f"Heading{min(heading.level, 6)}", runs, builder, mark=nesting.mark, rtl=rtl)


def _callout(callout: Callout, builder: DocxBuilder, nesting: Nesting) -> str:
    inside = nested.in_box(BOXES[callout.kind], nesting)
    head = paragraph_of(
        f"{inside.style}Heading",
        runs_of(callout.title, RunFormat(in_bold=True, mark=nesting.mark), builder),
        builder,
        nested.paragraph_format(replace(inside, closing=not callout.blocks)),
        nesting.mark,
        right_to_left(callout.title),
    )
    return head + _opening_merge_target(nesting.mark, callout.blocks, builder) + blocks(callout.blocks, builder, inside)


def _list(content: List, builder: DocxBuilder, nesting: Nesting) -> str:
    """Write items in order; those of a loose list stand apart as paragraphs do, and so does what follows a list."""
    number = nested.list_number(content, nesting.depth, builder)
    last = len(content.items) - 1
    closing = nesting.closing or not nesting.depth
    return "".join(
        _item(item, number, builder, nested.in_list(nesting, content, closing=closing and at == last))
        for at, item in enumerate(content.items)
    )


def _item(item: ListItem, number: int, builder: DocxBuilder, nesting: Nesting) -> str:
    """Write a paragraph with the bullet or number, empty if the item opens with something else; then the rest."""
    if item.mark and not nesting.mark:
        nesting = replace(nesting, mark=item.mark)
    match item.blocks:
        case (Paragraph() as first, *rest):
            pass
        case _:
            first, rest = Paragraph(()), list(item.blocks)
    leading = bool(rest) and _announces(first, rest[0])
    formatting = nested.item_format(replace(nesting, closing=nesting.closing and not rest, leading=leading), number)
    mark = nesting.mark or first.mark
    above = paragraph(nested.item_style(nesting), first.content, builder, formatting, mark)
    return above + _opening_merge_target(mark, tuple(rest), builder) + blocks(tuple(rest), builder, nesting)
