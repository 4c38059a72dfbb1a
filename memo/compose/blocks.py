"""Markdown's blocks made into the blocks of a document."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct

from memo.compose.composition import Composition
from memo.compose.foreign_markup import CUT_OFF_ROW, TASK
from memo.compose.inlines import caption_inlines, inlines
from memo.compose.markdown import DEEPEST, MarkdownNode
from memo.compose.markdown_text import cell_text, paragraph_text
from memo.document import tree
from memo.document.composed import SourceSpan
from memo.document.tree import Block, Inline, ListItem
from memo.document.walk import inline_text
from memo.fonts import visible
from memo.problem import Place
from memo.suggest import one_of, suggest
from memo.templating.values import BlockToken, FigureToken, Token

CAPTION = "Table: "
"""The beginning of a paragraph that is the caption of the table right after it, as in pandoc."""

_CALLOUT = re.compile(r"\[!([^\]\n]*)\][ \t]*(\n|$)")
"""The first line of a quotation that is a box: ``[!note]``. Several editors show it as one."""

_CALLOUTS = ("bottom-line", "note", "warning")
_ALIGN: Mapping[str, tree.Align] = {"text-align:right": "right", "text-align:center": "center"}
_REFUSED = {
    "fence": ("code", "words that are quoted stand in a quotation: > in front of each line"),
    "code_block": ("code", "text indented by four spaces or more is code: indent it by less"),
    "html_block": ("HTML", "a remark for other writers is written {# ... #}"),
}
"""The blocks that no memo has: what each is, and what to write instead."""

_TASK = re.compile(r"\[[ xX]\](\s|$)")
_COLUMNS_DRAWN = re.compile(r"[ \t]*-{2,}([ \t]+-{2,})+[ \t]*$")
MOST_LISTS = 9
"""How deep lists may nest: both formats have so many levels."""

_LISTS = ("bullet_list", "ordered_list")

_T = TypeVar("_T", bound=Block | ListItem | tree.Row)


class Placeholder(Struct, frozen=True):
    """A block yet to be worded, from the finished document: ``sources``, ``likelihood_table``, ``changes``."""

    name: str
    place: Place


def blocks(composition: Composition, nodes: deque[MarkdownNode]) -> list[Block | Placeholder]:
    """Make the blocks of a whole Markdown text; headings have no anchor yet, and nothing has a key.

    Each node is let go when it is done: those of a long text take up as much memory as its document.

    Problems: ``unsupported-markdown``, ``misplaced-token``, and those of `memo.compose.inlines`.
    """
    builder = _BlockBuilder(composition)
    result: list[Block | Placeholder] = []
    while nodes:
        node = nodes.popleft()
        token = builder.alone(node)
        if token is None or not isinstance(token.value, BlockToken):
            builder.add(result, node, outermost=True)
        elif token.value.name == "page_break":
            result.append(builder.entered(tree.PageBreak(), token.place))
        else:
            result.append(Placeholder(token.value.name, token.place))
    return result


class _BlockBuilder:
    def __init__(self, composition: Composition) -> None:
        self.composition = composition
        self.markdown = composition.markdown
        self.lists = 0
        """How many lists are around what is being made."""

    def add(self, siblings: list[Block | Placeholder], node: MarkdownNode, outermost: bool = False) -> None:
        """Add the block that a node becomes to those before it."""
        if node.token.level >= DEEPEST:
            self.refuse("lists and boxes are nested too deep", self.place(node))
        elif node.type == "table":
            siblings.append(self.table(node, self.caption(siblings)))
        elif node.type in _REFUSED:
            what, hint = _REFUSED[node.type]
            self.composition.refuse_tokens(node.token.content + node.token.info, what)
            self.refuse(f"a memo has no form for {what}", self.place(node), hint)
        elif node.type == "heading" and not outermost:
            hint = "headings stand by themselves, in no list and no box"
            self.refuse("a heading in a list or a box", self.place(node), hint)
        elif siblings and isinstance(siblings[-1], tree.Table) and self.is_row_without_bars(node):
            self.refuse(CUT_OFF_ROW[0], self.place(node), CUT_OFF_ROW[1])
        elif node.type in _LISTS and self.lists == MOST_LISTS:
            hint = "Word has bullets, numbers and indents for nine levels"
            self.refuse(f"a list more than {MOST_LISTS} deep", self.place(node), hint)
        elif (block := self.block(node)) is not None:
            siblings.append(self.entered(block, self.place(node)))

    def nested(self, nodes: list[MarkdownNode]) -> tuple[Block, ...]:
        """Make the blocks in a list item or a box."""
        siblings: list[Block | Placeholder] = []
        for node in nodes:
            self.add(siblings, node)
        return tuple(block for block in siblings if not isinstance(block, Placeholder))

    def block(self, node: MarkdownNode) -> Block | None:
        """Make a block of a node; None of a paragraph in which nothing is left."""
        match node.type:
            case "heading":
                return self.heading(node)
            case "paragraph":
                return self.paragraph(node)
            case kind if kind in _LISTS:
                return self.listing(node)
            case "blockquote":
                return self.quotation(node)
            case "hr":
                return self.rule(node)
            case other:
                raise KeyError(other)

    def refuse(self, message: str, place: Place, hint: str = "") -> None:
        self.composition.run.report("unsupported-markdown", message, place, hint)

    def place(self, node: MarkdownNode) -> Place:
        return self.markdown.line_place(node.lines[0])

    def entered(self, made: _T, place: Place) -> _T:
        """Return a node of the document with its place entered."""
        self.composition.places.enter(made, SourceSpan(0, place))
        return made

    # Text

    def content(self, node: MarkdownNode, first: int = 0, start: int = 0) -> tuple[Inline, ...]:
        """Make the inlines of a block; ``first`` leaves out the tokens before it, ``start`` the characters."""
        text = node.children[0]
        block_text = paragraph_text(self.markdown, text.token.content, node.lines[0])
        return inlines(self.composition, text.inlines()[first:], block_text, start)

    def heading(self, node: MarkdownNode) -> tree.Heading:
        """Make a heading; one that a line below it makes may well be meant as text above a rule."""
        content = self.content(node)
        if node.token.markup == "-" or (node.token.markup == "=" and node.lines[1] - node.lines[0] > 2):
            hint = "a heading is written ## Heading; above a rule --- stands an empty line"
            line = self.markdown.line_place(node.lines[1] - 1)
            self.refuse("this line makes a heading of the words above it", line, hint)
        elif not visible(inline_text(content)).strip():
            self.refuse("a heading without words", self.place(node), "write its words, or take it out")
        return tree.Heading(int(node.token.tag[1:]), content, "")

    def rule(self, node: MarkdownNode) -> tree.Rule:
        if _COLUMNS_DRAWN.match(self.markdown.line(node.lines[0])):
            hint = "write its header as | one | two |, then a line |---|---|, then its rows"
            self.refuse("a memo has no form for a table drawn with lines", self.place(node), hint)
        return tree.Rule()

    def is_row_without_bars(self, node: MarkdownNode) -> bool:
        """Tell whether a paragraph after a table is a row of it, parted from it, that has no bars at its ends."""
        text = node.children[0].token.content if node.type == "paragraph" else ""
        return not text.startswith("|") and re.search(r"(?<!\\)\|", text) is not None

    def paragraph(self, node: MarkdownNode) -> Block | None:
        token = self.alone(node)
        if token is not None and isinstance(figure := token.value, FigureToken):
            caption = caption_inlines(self.composition, figure.caption)
            return tree.Figure(figure.kind, figure.data, figure.alt, caption)
        content = self.content(node)
        return tree.Paragraph(content) if content else None

    def alone(self, node: MarkdownNode) -> Token | None:
        """Return the figure or the block that is all there is in a paragraph."""
        text = node.children[0].token.content if node.type == "paragraph" else ""
        token = self.markdown.tokens.get(text)
        if token is None or not isinstance(token.value, FigureToken | BlockToken):
            return None
        return self.composition.take(text)

    # Lists, boxes

    def listing(self, node: MarkdownNode) -> tree.List:
        self.lists += 1
        items = tuple(self.entered(ListItem(self.nested(item.children)), self.place(item)) for item in node.children)
        for item in node.children:
            self.check_task(item)
        self.lists -= 1
        start = node.token.attrGet("start")
        paragraphs = [inner for item in node.children for inner in item.children if inner.type == "paragraph"]
        tight = all(inner.token.hidden for inner in paragraphs)  # markdown-it marks a tight list on its paragraphs
        return tree.List(items, node.type == "ordered_list", 1 if start is None else int(start), tight)

    def check_task(self, item: MarkdownNode) -> None:
        """Report an item that begins with a box to tick."""
        first = item.children[0] if item.children else None
        content = first.children[0].token.content if first and first.type == "paragraph" else ""
        if first and _TASK.match(content):
            self.refuse(TASK[0], paragraph_text(self.markdown, content, first.lines[0]).place(0, 3), TASK[1])

    def quotation(self, node: MarkdownNode) -> Block:
        """Make a quotation, or the box whose name is its first line."""
        first = node.children[0] if node.children else None
        content = first.children[0].token.content if first and first.type == "paragraph" else ""
        found = _CALLOUT.match(content)
        if first is None or found is None or not self.opens_box(first, found[1]):
            return tree.Quotation(self.nested(node.children))
        kind = next((known for known in _CALLOUTS if known == found[1].casefold()), None)
        if kind is None:
            hint = suggest(found[1], _CALLOUTS) or one_of(_CALLOUTS)
            place = paragraph_text(self.markdown, content, first.lines[0]).place(0, len(found[1]) + 3)
            self.refuse(f"there is no box '{found[1]}'", place, hint)
            return tree.Quotation(self.nested(node.children))
        rest = self.content(first, 2, found.end())
        return self.callout(kind, rest, self.nested(node.children[1:]), first)

    def opens_box(self, node: MarkdownNode, name: str) -> bool:
        """Tell whether a paragraph's first line is nothing but a box's name: no link of that name, no emphasis."""
        first = node.children[0].inlines()[0]
        return first.type == "text" and first.content.strip() == f"[!{name}]"

    def callout(
        self, kind: str, rest: tuple[Inline, ...], inner: tuple[Block, ...], first: MarkdownNode
    ) -> tree.Callout:
        """Make a box. ``rest`` is what stands below its name in the same paragraph."""
        words = self.composition.words
        if rest:
            line = min(first.lines[0] + 1, first.lines[1])  # the first line has the box's name
            inner = (self.entered(tree.Paragraph(rest), self.markdown.line_place(line)), *inner)
        match kind:
            case "bottom-line":
                return tree.Callout("bottom-line", words.bottom_line, inner)
            case "warning":
                return tree.Callout("warning", words.warning, inner)
            case _:
                return tree.Callout("note", words.note, inner)

    # Tables

    def caption(self, siblings: list[Block | Placeholder]) -> tuple[Inline, ...]:
        """Return the caption that stands right before a table, and take it away from there."""
        last = siblings[-1] if siblings else None
        if not isinstance(last, tree.Paragraph) or not isinstance(first := last.content[0], tree.Text):
            return ()
        # With a space, because "Table:" alone stands before bold, a fact or a new line
        if not f"{first.text} ".startswith(CAPTION):
            return ()
        siblings.pop()
        rest = tree.Text(first.text[len(CAPTION) :])
        self.composition.places.cut(first, rest)
        return (rest, *last.content[1:]) if rest.text else last.content[1:]

    def table(self, node: MarkdownNode, caption: tuple[Inline, ...]) -> tree.Table:
        nodes = [row for part in node.children for row in part.children]
        header, *rows = [self.row(row) for row in nodes]
        styles = [str(cell.token.attrGet("style") or "") for cell in nodes[0].children]
        for row in nodes[1:]:
            self.check_width(row, len(styles))
        table = tree.Table(header, tuple(rows), tuple(_ALIGN.get(style, "left") for style in styles), caption)
        return self.entered(table, self.place(node))

    def row(self, node: MarkdownNode) -> tree.Row:
        cells, column = [], 0
        for cell in node.children:
            content = cell.children[0]
            text, column = cell_text(self.markdown, content.token.content, node.lines[0], column)
            cells.append(tree.Cell(inlines(self.composition, content.inlines(), text)))
        return self.entered(tree.Row(tuple(cells)), self.place(node))

    def check_width(self, node: MarkdownNode, width: int) -> None:
        """Report a row with more cells than the header has: Markdown drops them (GFM, 4.10), and a writer's words."""
        line = re.sub(r"^[ \t>]*", "", self.markdown.line(node.lines[0])).rstrip()
        inner = re.sub(r"(?<!\\)\|$", "", line.removeprefix("|"))  # an escaped pipe is text and ends no cell
        if len(re.split(r"(?<!\\)\|", inner)) > width:
            message = f"the row has more cells than the table's header, which has {width}"
            self.refuse(message, self.place(node))
