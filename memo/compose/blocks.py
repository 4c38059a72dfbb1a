"""Markdown's blocks made the blocks of a document."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping

from msgspec import Struct

from memo.compose.inlines import inlines, printed_inlines
from memo.compose.layout import Work
from memo.compose.markdown import DEEPEST, Node, of_cell, of_lines
from memo.document.composed import SourceSpan
from memo.document.tree import (
    Align,
    Block,
    Callout,
    Cell,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Quotation,
    Row,
    Rule,
    Table,
    Text,
)
from memo.problem import Place
from memo.suggest import one_of, suggest
from memo.templating.values import BlockToken, FigureToken, Token

CAPTION = "Table: "
"""What a paragraph begins with that is the caption of the table right after it."""

_CALLOUT = re.compile(r"\[!([^\]\n]*)\][ \t]*(\n|$)")
_CALLOUTS = ("bottom-line", "note", "warning")
_ALIGN: Mapping[str, Align] = {"text-align:right": "right", "text-align:center": "center"}
_REFUSED = {
    "fence": ("code", ""),
    "code_block": ("code", "text indented by four spaces or more is code: indent it by less"),
    "html_block": ("HTML", "a remark for other writers is written {# ... #}"),
}


class Pending(Struct, frozen=True):
    """A block that is filled from the finished document: ``sources``, ``likelihood_table``; later, ``changes``."""

    name: str
    place: Place


def blocks(work: Work, nodes: deque[Node]) -> list[Block | Pending]:
    """The blocks of a whole Markdown text; headings have no anchor yet, and nothing has a key.

    Each node is let go when it is done: all of a long text's would take as much room as its document.

    Problems: ``unsupported-markdown``, ``misplaced-token``, and those of `memo.compose.inlines`.
    """
    reader = _Reader(work)
    found: list[Block | Pending] = []
    while nodes:
        node = nodes.popleft()
        token = reader.alone(node)
        if token is not None and isinstance(token.value, BlockToken):
            found.append(reader.pending(token.value, token.place))
        else:
            reader.add(found, node, outermost=True)
    return found


class _Reader:
    def __init__(self, work: Work) -> None:
        self.work = work

    def add(self, found: list[Block | Pending], node: Node, outermost: bool = False) -> None:
        """Add what a node becomes, to what stands before it."""
        if node.token.level >= DEEPEST:
            self.work.report("unsupported-markdown", "lists and boxes are nested too deep", self.place(node))
        elif node.type == "table":
            found.append(self.table(node, self.caption(found)))
        elif node.type in _REFUSED:
            self.refused(node)
        elif node.type == "heading" and not outermost:
            hint = "headings stand by themselves, in no list and no box"
            self.work.report("unsupported-markdown", "a heading in a list or a box", self.place(node), hint)
        elif (block := self.block(node)) is not None:
            self.work.places.enter(block, SourceSpan(0, self.place(node)))
            found.append(block)

    def inner(self, nodes: list[Node]) -> tuple[Block, ...]:
        found: list[Block | Pending] = []
        for node in nodes:
            self.add(found, node)
        return tuple(block for block in found if not isinstance(block, Pending))

    def place(self, node: Node) -> Place:
        return self.work.layout.line_place(node.lines[0])

    def block(self, node: Node) -> Block | None:
        makers: Mapping[str, Callable[[Node], Block | None]] = {
            "heading": self.heading,
            "paragraph": self.paragraph,
            "bullet_list": self.listing,
            "ordered_list": self.listing,
            "blockquote": self.quotation,
            "hr": lambda _: Rule(),
        }
        return makers[node.type](node)

    # Text

    def content(self, node: Node, first: int = 0, start: int = 0) -> tuple[Inline, ...]:
        """The inlines of a block; ``first`` leaves out the tokens before, ``start`` the characters."""
        text = node.children[0]
        span = of_lines(self.work.layout, text.token.content, node.lines[0])
        return inlines(self.work, text.inlines()[first:], text.token.content, span, start)

    def heading(self, node: Node) -> Heading:
        return Heading(int(node.token.tag[1:]), self.content(node), "")

    def paragraph(self, node: Node) -> Block | None:
        token = self.alone(node)
        if token is not None and isinstance(token.value, FigureToken):
            return self.figure(token)
        content = self.content(node)
        return Paragraph(content) if content else None

    def alone(self, node: Node) -> Token | None:
        """The block that is all there is in a paragraph."""
        text = node.children[0].token.content if node.type == "paragraph" else ""
        token = self.work.layout.token(text) if len(text) == 1 else None
        if token is None or not isinstance(token.value, FigureToken | BlockToken):
            return None
        self.work.token(text)
        return token

    def figure(self, token: Token) -> Figure:
        figure = token.value
        assert isinstance(figure, FigureToken)
        return Figure(figure.kind, figure.data, figure.alt, printed_inlines(self.work, figure.caption))

    def pending(self, token: BlockToken, place: Place) -> Block | Pending:
        if token.name != "page_break":
            return Pending(token.name, place)
        block = PageBreak()
        self.work.places.enter(block, SourceSpan(0, place))
        return block

    def refused(self, node: Node) -> None:
        what, hint = _REFUSED[node.type]
        self.work.misplace(node.token.content + node.token.info, what)
        self.work.report("unsupported-markdown", f"a memo has no form for {what}", self.place(node), hint)

    # Lists, boxes

    def listing(self, node: Node) -> List:
        ordered = node.type == "ordered_list"
        items = tuple(self.item(item) for item in node.children)
        start = node.token.attrGet("start")
        paragraphs = [inner for item in node.children for inner in item.children if inner.type == "paragraph"]
        return List(items, ordered, 1 if start is None else int(start), all(inner.token.hidden for inner in paragraphs))

    def item(self, node: Node) -> ListItem:
        item = ListItem(self.inner(node.children))
        self.work.places.enter(item, SourceSpan(0, self.place(node)))
        return item

    def quotation(self, node: Node) -> Block:
        first = node.children[0] if node.children else None
        content = first.children[0].token.content if first and first.type == "paragraph" else ""
        found = _CALLOUT.match(content)
        if first is None or found is None or not self.opens(first, found[1]):
            return Quotation(self.inner(node.children))
        kind = next((known for known in _CALLOUTS if known == found[1].casefold()), None)
        if kind is None:
            hint = suggest(found[1], _CALLOUTS) or one_of(_CALLOUTS)
            place = of_lines(self.work.layout, content, first.lines[0]).place(0, len(found[1]) + 3)
            self.work.report("unsupported-markdown", f"there is no box '{found[1]}'", place, hint)
            return Quotation(self.inner(node.children))
        rest = self.content(first, 2, found.end())
        inner = self.inner(node.children[1:])
        return self.callout(kind, rest, inner, first)

    def opens(self, node: Node, name: str) -> bool:
        """Whether a paragraph's first line is nothing but a box's name."""
        first = node.children[0].inlines()[0]
        return first.type == "text" and first.content.strip() == f"[!{name}]"

    def callout(self, kind: str, rest: tuple[Inline, ...], inner: tuple[Block, ...], first: Node) -> Callout:
        titles = self.work.words
        if rest:
            paragraph = Paragraph(rest)
            line = min(first.lines[0] + 1, first.lines[1])
            self.work.places.enter(paragraph, SourceSpan(0, self.work.layout.line_place(line)))
            inner = (paragraph, *inner)
        match kind:
            case "bottom-line":
                return Callout("bottom-line", titles.bottom_line, inner)
            case "warning":
                return Callout("warning", titles.warning, inner)
            case _:
                return Callout("note", titles.note, inner)

    # Tables

    def caption(self, found: list[Block | Pending]) -> tuple[Inline, ...]:
        """The caption that stands right before a table, taken away from there."""
        last = found[-1] if found else None
        if not isinstance(last, Paragraph) or not isinstance(first := last.content[0], Text):
            return ()
        if not f"{first.text} ".startswith(CAPTION):
            return ()
        found.pop()
        rest = Text(first.text[len(CAPTION) :])
        self.work.places.cut(first, rest)
        return (rest, *last.content[1:]) if rest.text else last.content[1:]

    def table(self, node: Node, caption: tuple[Inline, ...]) -> Table:
        rows = [row for part in node.children for row in part.children]
        made = [self.row(row) for row in rows]
        styles = [str(cell.token.attrGet("style") or "") for cell in rows[0].children]
        for row in rows[1:]:
            self.check_width(row, len(styles))
        table = Table(made[0], tuple(made[1:]), tuple(_ALIGN.get(style, "left") for style in styles), caption)
        self.work.places.enter(table, SourceSpan(0, self.place(node)))
        return table

    def row(self, node: Node) -> Row:
        cells, column = [], 0
        for cell in node.children:
            text = cell.children[0]
            span, column = of_cell(self.work.layout, text.token.content, node.lines[0], column)
            cells.append(Cell(inlines(self.work, text.inlines(), text.token.content, span)))
        row = Row(tuple(cells))
        self.work.places.enter(row, SourceSpan(0, self.place(node)))
        return row

    def check_width(self, node: Node, width: int) -> None:
        """Markdown drops what a row has beyond its header's cells (GFM, 4.10), and with it a writer's words."""
        line = re.sub(r"^[ \t>]*", "", self.work.layout.line(node.lines[0])).rstrip()
        inner = re.sub(r"(?<!\\)\|$", "", line.removeprefix("|"))
        if len(re.split(r"(?<!\\)\|", inner)) > width:
            message = f"the row has more cells than the table's header, which has {width}"
            self.work.report("unsupported-markdown", message, self.place(node))
