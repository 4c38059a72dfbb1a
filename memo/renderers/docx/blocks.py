"""Blocks as paragraphs and tables: what stands in the body."""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType

from msgspec.structs import replace

from memo.document.tree import (
    Block,
    Callout,
    Figure,
    Heading,
    List,
    ListItem,
    Mark,
    PageBreak,
    Paragraph,
    Quotation,
    Rule,
    Table,
)
from memo.document.walk import inline_text
from memo.renderers.docx.figures import figure
from memo.renderers.docx.inlines import bookmarked, inlines
from memo.renderers.docx.language import right_to_left
from memo.renderers.docx.paragraphs import gap, joint, paragraph, wrapped
from memo.renderers.docx.runs import Manner, run, words
from memo.renderers.docx.setting import (
    Setting,
    boxed,
    item_opening,
    item_style,
    list_number,
    listed,
    quoting,
    running,
    running_style,
)
from memo.renderers.docx.story import Story
from memo.renderers.docx.tables import table

BOXES = MappingProxyType({"bottom-line": "BottomLine", "note": "NoteBox", "warning": "CautionBox"})
"""The style of each kind of callout; its heading's style adds ``Heading``."""

TOP = Setting()


def blocks(content: tuple[Block, ...], story: Story, setting: Setting = TOP) -> str:
    """Blocks in order. Only the last of them closes what they stand in."""
    within, leading = replace(setting, closing=False, leading=False), replace(setting, closing=False, leading=True)
    written = [
        block(inner, story, leading if _leads(inner, after) else within) + _between(inner, after, story, setting.mark)
        for inner, after in pairwise(content)
    ]
    return "".join(written) + "".join([block(inner, story, setting) for inner in content[-1:]])


def _leads(before: Block, after: Block) -> bool:
    """Whether a paragraph ends with a colon and what follows is what it announces."""
    match before, after:
        case Paragraph(content=words), List() | Table() | Figure() | Quotation():
            return inline_text(words).rstrip().endswith(":")
    return False


def _between(before: Block, after: Block, story: Story, around: Mark | None) -> str:
    """Boxes that touch would be one, and a tracked paragraph needs one that it can join when it goes."""
    boxes = isinstance(before, Callout) and isinstance(after, Callout)
    if _opens_without_words(after) and (around or _tracked_last(before)):
        return joint(story)
    return gap(story) if boxes else ""


def _joint(mark: Mark | None, below: tuple[Block, ...], story: Story) -> str:
    """What a paragraph that opens an item or a box can join when it goes, where nothing else below it can be."""
    return joint(story) if mark and below and _opens_without_words(below[0]) else ""


def _opens_without_words(content: Block) -> bool:
    """With a table, which no paragraph can join; or with an empty paragraph, which LibreOffice would give its style."""
    if isinstance(content, Quotation):
        return bool(content.blocks) and _opens_without_words(content.blocks[0])
    return isinstance(content, Rule | PageBreak) or (isinstance(content, Table) and not content.caption)


def _tracked_last(content: Block) -> bool:
    """Whether a block ends with a paragraph that came or went."""
    match content:
        case List(mark=None, items=(*_, ListItem(mark=None, blocks=(*_, last)))):
            return _tracked_last(last)
        case List(mark=None, items=(*_, last)):
            return last.mark is not None
        case Quotation(mark=None, blocks=(*_, last)) | Callout(mark=None, blocks=(*_, last)):
            return _tracked_last(last)
    return content.mark is not None


def ending(content: tuple[Block, ...], story: Story) -> str:
    """What a tracked paragraph at the end of the text can join when it goes."""
    return joint(story) if content and _tracked_last(content[-1]) else ""


def block(content: Block, story: Story, setting: Setting = TOP) -> str:
    """One block. The mark of what is around counts before its own."""
    if content.mark and not setting.mark:
        setting = replace(setting, mark=content.mark)
    match content:
        case Heading():
            return _heading(content, story, setting)
        case Paragraph(content=words):
            return paragraph(running_style(setting), words, story, running(setting), setting.mark)
        case List():
            return _list(content, story, setting)
        case Table():
            return table(content, story, setting.left, setting.mark)
        case Figure():
            return figure(content, story, setting.left, setting.mark)
        case Quotation(blocks=inner):
            return blocks(inner, story, quoting(setting))
        case Callout():
            return _callout(content, story, setting)
        case Rule():
            return wrapped("MemoRule", "", story, mark=setting.mark)
        case PageBreak():
            breaking = run('<w:br w:type="page"/>', Manner(mark=setting.mark), story)
            return wrapped("MemoPageBreak", breaking, story, mark=setting.mark)


def _heading(heading: Heading, story: Story, setting: Setting) -> str:
    """A heading within the bookmark that links lead to. Levels beyond six look and count like the sixth."""
    runs = inlines(heading.content, Manner(in_bold=True, mark=setting.mark), story)
    runs = bookmarked(runs, story.anchors[heading.anchor], story)
    backwards = right_to_left(inline_text(heading.content))
    return wrapped(f"Heading{min(heading.level, 6)}", runs, story, mark=setting.mark, backwards=backwards)


def _callout(callout: Callout, story: Story, setting: Setting) -> str:
    inside = boxed(BOXES[callout.kind], setting)
    head = wrapped(
        f"{inside.style}Heading",
        words(callout.title, Manner(in_bold=True, mark=setting.mark), story),
        story,
        running(replace(inside, closing=not callout.blocks)),
        setting.mark,
        right_to_left(callout.title),
    )
    return head + _joint(setting.mark, callout.blocks, story) + blocks(callout.blocks, story, inside)


def _list(content: List, story: Story, setting: Setting) -> str:
    """Items in order; those of a loose list stand apart as paragraphs do, and so does what follows a list."""
    number = list_number(content, setting.depth, story)
    last = len(content.items) - 1
    closing = setting.closing or not setting.depth
    return "".join(
        _item(item, number, story, listed(setting, content, closing=closing and at == last))
        for at, item in enumerate(content.items)
    )


def _item(item: ListItem, number: int, story: Story, setting: Setting) -> str:
    """A paragraph with the bullet or number, empty if the item opens with something else; then the rest."""
    if item.mark and not setting.mark:
        setting = replace(setting, mark=item.mark)
    match item.blocks:
        case (Paragraph() as first, *rest):
            pass
        case _:
            first, rest = Paragraph(()), list(item.blocks)
    leading = bool(rest) and _leads(first, rest[0])
    opening = item_opening(replace(setting, closing=setting.closing and not rest, leading=leading), number)
    mark = setting.mark or first.mark
    above = paragraph(item_style(setting), first.content, story, opening, mark)
    return above + _joint(mark, tuple(rest), story) + blocks(tuple(rest), story, setting)
