"""From blocks to flowables: where each stands across the page, how it looks, and its element in the structure tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from msgspec.structs import replace

from memo.document import tree
from memo.document.tree import Block, Heading, Inline, List, ListItem, Mark, PageBreak, Paragraph
from memo.document.walk import inline_text
from memo.figures import FIGURES, picture
from memo.figures.picture import Picture
from memo.renderers.pdf.file.navigation import Outline, heading_name
from memo.renderers.pdf.file.page_content import ARTIFACT, PageContent, TextState
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page import redline_parts, tables
from memo.renderers.pdf.page.pagination import Container, Flowable, Panel, kept_together, line_flowables
from memo.renderers.pdf.text.lines import LineBox, Run, draw_line
from memo.renderers.pdf.text.paragraphs import LineBreaking
from memo.renderers.pdf.text.styles import TextStyle
from memo.renderers.pdf.text.typesetter import Typesetter

ITEM_INDENT = 16.0
_QUOTATION_INDENT = 16.0
_PADDING = 9.0
_CALLOUT_INDENT = 14.0
_BULLETS = ("•", "–")
"""In turns, level by level, as in ``base/numbering.xml`` of the DOCX."""

_GAPS = {
    Heading: 16.0, tree.Callout: 12.0, tree.Table: 10.0, tree.Figure: 10.0, tree.Quotation: 8.0, tree.Rule: 11.0,
}  # fmt: skip
"""Space above and below a block, in points; of two neighbours' the larger counts. Others have `_GAP`."""

_GAP = 6.5
_LOWER_HEADING_GAP = 11.0
_AFTER_HEADING = 4.0
_TIGHT = 2.5
"""Space between items of a tight list, and between a list and what it belongs to."""


class Blocks:
    """Turns one document's blocks into flowables."""

    def __init__(self, typesetter: Typesetter, outline: Outline) -> None:
        self._typesetter = typesetter
        self._styles = typesetter.styles
        self._colours = typesetter.project_style.colours
        self._outline = outline

    def flow(self, blocks: Iterable[Block], container: Container, tight: bool = False) -> Iterator[Flowable]:
        """Yield the flowables of blocks that follow one another; ``tight`` ones stand in an item of a tight list."""
        before: Block | None = None
        leader: Block | None = None
        new_page = False
        for block in blocks:
            if isinstance(block, PageBreak):
                mark = container.marked(block.mark).mark
                new_page = new_page or mark is None or mark.how == "inserted"
                if mark is None:
                    continue  # a redline shows a page break that came or went by a sign, as a block of its own
            for index, flowable in enumerate(self._block(block, container)):
                if index == 0:
                    flowable.before = _gap(before, block, tight)
                    flowable.keep_with_previous = flowable.keep_with_previous or _leads_to(leader, block, new_page)
                    flowable.new_page, new_page = new_page, False
                yield flowable
            if not isinstance(block, PageBreak):
                leader = leader if isinstance(leader, Heading) and isinstance(block, tree.Rule) else block
                before = block

    def _block(self, block: Block, container: Container) -> Iterable[Flowable]:
        container, typesetter = container.marked(block.mark), self._typesetter
        match block:
            case Heading():
                return self._heading(block, container)
            case Paragraph(content=content):
                return self._text(content, self._styles.body, "P", container)
            case List():
                return self._list(block, container)
            case tree.Table():
                return tables.flow(block, typesetter, container)
            case tree.Figure():
                return _figure(block, typesetter, container)
            case tree.Quotation(blocks=blocks):
                return self._quotation(blocks, container)
            case tree.Callout():
                return self._callout(block, container)
            case tree.Rule() if container.mark:
                return [redline_parts.sign(container.mark, typesetter.words.rule, typesetter, container)]
            case tree.Rule():
                return [Flowable(1.0, [partial(_draw_rule, container, self._colours.rule)], panels=container.panels)]
            case PageBreak() if container.mark:
                return [redline_parts.sign(container.mark, typesetter.words.page_break, typesetter, container)]
            case PageBreak():
                return []

    def _text(self, content: tuple[Inline, ...], style: TextStyle, tag: str, container: Container) -> list[Flowable]:
        owner = Element(tag, container.element)
        breaking = LineBreaking.TEXT if style is self._styles.body else LineBreaking.HEADING
        lines = self._typesetter.lines(content, style, owner, container.width, breaking, container.mark)
        return line_flowables(lines, style, container.x, container.panels)

    # Headings

    def _heading(self, heading: Heading, container: Container) -> Iterator[Flowable]:
        title = heading_title(heading, container.mark)
        # A heading that was deleted is a paragraph in the tree: it heads nothing, and no level may hang on it.
        tag = "P" if title is None else f"H{self._outline.structure_level(heading.level)}"
        flowables = self._text(heading.content, self._styles.heading(heading.level), tag, container)
        if flowables:
            flowables[0].draws.insert(0, partial(self._draw_bookmark, heading, title))
        return kept_together(flowables)

    def _draw_bookmark(self, heading: Heading, title: str | None, page: PageContent, top: float, artifact: str) -> None:
        """Let links and a bookmark lead here. The bookmark waits until the heading is drawn, which fixes its place."""
        if artifact:
            return
        name = heading_name(heading.anchor)
        page.add_destination(name, 0, top)
        if title is not None:
            self._outline.add(heading.level, title, name)

    # Lists

    def _list(self, block: List, container: Container) -> Iterator[Flowable]:
        """Set a list. Where a page ends within it, at least two items, or their parts, stand on either side."""
        numbering = "Decimal" if block.ordered else "Disc"
        element = Element("L", container.element, attributes=f"/O /List /ListNumbering /{numbering}")
        labels = self._labels(block, container.list_depth)
        indent = max(ITEM_INDENT, max(map(self._width, set(labels)), default=0) + 5)
        for index, (item, label) in enumerate(zip(block.items, labels, strict=True)):
            for place, flowable in enumerate(self._item(item, label, block, element, indent, container)):
                if index and place == 0:
                    flowable.before = _item_gap(block.items[index - 1], block.tight)
                    flowable.keep_with_previous = index in (1, len(block.items) - 1)
                yield flowable

    def _labels(self, block: List, depth: int) -> list[str]:
        if not block.ordered:
            return [_BULLETS[depth % len(_BULLETS)]] * len(block.items)
        return [f"{block.start + index}." for index in range(len(block.items))]

    def _width(self, text: str) -> float:
        return self._typesetter.line(text, self._styles.body, ARTIFACT).width

    def _item(
        self, item: ListItem, label: str, block: List, parent: Element, indent: float, container: Container
    ) -> Iterator[Flowable]:
        element, container = Element("LI", parent), container.marked(item.mark)
        label_element, body = Element("Lbl", element), Element("LBody", element)
        inner = replace(container.indented(indent, body), list_depth=container.list_depth + 1)
        line = self._label(label, label_element, container.mark)
        x = container.x + (indent - 5 - line.width if block.ordered else indent * 0.3)
        flowables = iter(self.flow(item.blocks, inner, block.tight))
        first = next(flowables, None) or Flowable(self._styles.body.leading, panels=container.panels)
        first.draws.insert(0, partial(_draw_label, line, self._styles.body, x, body))
        yield first
        yield from flowables

    def _label(self, label: str, owner: Element, mark: Mark | None) -> LineBox:
        run = self._typesetter.run(label, self._styles.body, owner, mark)
        if run.changed:
            run.changed.element.actual_text = ""  # a label shows its item's mark, and leaves the item's words to say it
        return self._typesetter.breaker.one_line([run])

    # Quotations and callouts

    def _quotation(self, blocks: tuple[Block, ...], container: Container) -> Iterator[Flowable]:
        bar = Panel(container.x, container.width, 0.0, "", self._colours.rule, 2.0)
        inner = container.indented(_QUOTATION_INDENT, Element("BlockQuote", container.element))
        inner = replace(inner, panels=(*container.panels, bar), width=inner.width - _QUOTATION_INDENT)
        return self.flow(blocks, inner)

    def _callout(self, callout: tree.Callout, container: Container) -> Iterator[Flowable]:
        colours = self._colours
        main = callout.kind == "bottom-line"
        panel = Panel(container.x, container.width, _PADDING, colours.tint, colours.accent, 3.5 if main else 2.0)
        inner = container.indented(_CALLOUT_INDENT, Element("Div", container.element))
        inner = replace(inner, width=inner.width - _CALLOUT_INDENT, panels=(*container.panels, panel))
        edge = partial(Flowable, _PADDING, panels=inner.panels, edge=True)
        yield edge()
        title = self._typesetter.run(callout.title, self._styles.callout, Element("P", inner.element), inner.mark)
        lines = self._typesetter.breaker.lines([[title]], inner.width, LineBreaking.HEADING)
        for flowable in line_flowables(lines, self._styles.callout, inner.x, inner.panels):
            flowable.keep_with_previous = True
            yield flowable
        for index, flowable in enumerate(self.flow(callout.blocks, inner)):
            if index == 0:
                flowable.keep_with_previous, flowable.before = True, 2.0
            yield flowable
        yield edge(keep_with_previous=True)


def _draw_rule(container: Container, colour: str, page: PageContent, top: float, artifact: str) -> None:
    page.set_owner(artifact or ARTIFACT)
    page.line(container.x, top + 0.5, container.x + container.width, top + 0.5, 0.75, colour)


def _draw_label(
    line: LineBox, style: TextStyle, x: float, body: Element, page: PageContent, top: float, artifact: str
) -> None:
    draw_line(page, line, x, top + style.baseline, artifact)
    body.attach()


# The space between blocks, and which are kept together


def _gap(before: Block | None, block: Block, tight: bool) -> float:
    if before is None:
        return 0.0
    if isinstance(before, Heading):
        return _AFTER_HEADING
    if isinstance(block, Heading) and block.level > 1:
        return max(_GAPS.get(type(before), _GAP), _LOWER_HEADING_GAP)
    if tight and isinstance(block, List | Paragraph):
        return _TIGHT
    return max(_GAPS.get(type(before), _GAP), _GAPS.get(type(block), _GAP))


def _item_gap(before: ListItem, tight: bool) -> float:
    """Return the space below an item: at least what its last block asks for."""
    last = _GAPS.get(type(before.blocks[-1]), 0.0) if before.blocks else 0.0
    return max(_TIGHT if tight else _GAP, last)


def _leads_to(before: Block | None, block: Block, new_page: bool) -> bool:
    """Tell whether no page may end between two blocks: a heading and its text, a paragraph that announces a list.

    A page break between the two parts them, but for a heading, which stands nowhere alone, nor with a rule below it.
    """
    led = isinstance(block, List | tree.Table | tree.Figure | tree.Quotation)
    if isinstance(before, Paragraph) and led and not new_page:
        return inline_text(before.content).rstrip().endswith(":")
    return isinstance(before, Heading)


# Titles for bookmarks


def heading_title(heading: Heading, mark: Mark | None = None) -> str | None:
    """Return a heading's words without those that were deleted, or None if all were.

    ``mark`` is that of what the heading stands in.
    """
    title = " ".join("".join(_remaining(heading.content, mark)).split())
    return None if not title and inline_text(heading.content).strip() else title


def _remaining(content: tuple[Inline, ...], mark: Mark | None) -> Iterator[str]:
    for inline in content:
        own = mark or inline.mark
        match inline:
            case tree.Strong(content=inner) | tree.Emphasis(content=inner) | tree.Link(content=inner):
                yield from _remaining(inner, own)
            case tree.Text() | tree.Claim() | tree.LineBreak() if own is None or own.how == "inserted":
                yield inline_text((inline,))
            case _:
                pass


# Figures: a picture painted as it is drawn, with its text as text, and its caption below

_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_LENGTHS = ("x", "y", "x1", "y1", "x2", "y2", "width", "height", "size", "radius", "stroke_width")


def _figure(block: tree.Figure, typesetter: Typesetter, container: Container) -> Iterator[Flowable]:
    """Set a figure and its caption, which stays with it. In a redline, a sign above says what became of it."""
    mark = container.mark
    group = Element("Div", container.element) if block.caption else container.element
    element = Element("Figure", group, alt=typesetter.change_marks.in_words(mark, block.alt))
    room = typesetter.height - (redline_parts.sign_height(typesetter) if mark else 0.0)
    drawn = FIGURES[block.kind](block.data, typesetter.project_style, container.width)
    fitted = fitted_picture(drawn, container.width, room)
    draw = partial(_draw_picture, fitted, element, typesetter, container.x)
    flowable = Flowable(fitted.height, [draw], panels=container.panels)
    if mark:
        yield redline_parts.sign(mark, "", typesetter, container)
        flowable.draws.append(
            partial(redline_parts.draw_frame, mark, typesetter, container.x, fitted.width, fitted.height)
        )
        flowable.keep_with_previous, flowable.before = True, redline_parts.SIGN_GAP
    yield flowable
    for index, line in enumerate(tables.caption("figure", block.caption, group, typesetter, container)):
        line.keep_with_previous, line.before = True, 0.0 if index else tables.CAPTION_GAP
        yield line


def fitted_picture(drawn: Picture, width: float, height: float) -> Picture:
    """Return the picture, made smaller if it is wider or higher than there is room."""
    share = min(1.0, width / drawn.width, height / drawn.height)
    if share == 1.0:
        return drawn
    return Picture(drawn.width * share, drawn.height * share, tuple(_smaller(item, share) for item in drawn.items))


def _smaller(item: picture.Item, share: float) -> picture.Item:
    lengths = {name: getattr(item, name) * share for name in _LENGTHS if hasattr(item, name)}
    if isinstance(item, picture.Line):
        lengths["dash"] = tuple(length * share for length in item.dash)
    return replace(item, **lengths)


def _draw_picture(
    drawn: Picture, element: Element, typesetter: Typesetter, x: float, page: PageContent, top: float, artifact: str
) -> None:
    # A Figure tells the box that it fills (ISO 32000-1, 14.8.5.4.3), which is known only here.
    box = page.pdf_rectangle(x, top, x + drawn.width, top + drawn.height)
    element.attributes = f"/O /Layout /Placement /Block /BBox [{box}]"
    page.set_owner(artifact or element)
    for item in drawn.items:
        match item:
            case picture.Line(x1, y1, x2, y2, colour, width, dash):
                page.line(x + x1, top + y1, x + x2, top + y2, width, colour, dash)
            case picture.Box(left, upper, width, height, tint, stroke, stroke_width, radius):
                page.rectangle(x + left, top + upper, width, height, tint, stroke, stroke_width, radius)
            case picture.Label():
                run = Run(item.text, item.face, TextState(item.size, item.colour), element, typesetter.language)
                line = typesetter.breaker.one_line([run])
                draw_line(page, line, x + item.x - line.width * _ANCHORS[item.anchor], top + item.y, artifact)
