"""What stands around the text: the title block that the memo begins with, the header and footer of every page."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Literal, NamedTuple

from memo.document.furniture import Furniture
from memo.document.tree import Change, Mark
from memo.facts.style import MM, fill
from memo.renderers.pdf.file.page_content import ARTIFACT, FOOTER, HEADER, PageContent
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.pagination import Container, Flowable, line_flowables
from memo.renderers.pdf.text.lines import LineBox, Run, draw_line
from memo.renderers.pdf.text.paragraphs import LineBreaking
from memo.renderers.pdf.text.styles import TextStyle
from memo.renderers.pdf.text.typesetter import Typesetter

_HAIRLINE = 0.5

# The title block: the kind of paper, the title, and to whom, from whom and when, in a quiet grid

BELOW_TITLE_BLOCK = 14.0
"""Space between the title block and the text, in points."""

_EYEBROW_GAP = 4.0
_GRID_GAP = 8.0
_ROW_PADDING = 2.0
_LABEL_GAP = 18.0

Rows = tuple[tuple[str, str], ...]


class TitleLine(NamedTuple):
    """A line of the title block: the label that it goes by, and what it says."""

    label: str
    text: str


class TitleChanges:
    """Finds which of a redline's changes tells what changed in the title block."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._numbers = {
            (change.section, change.before, change.after): number for number, change in enumerate(changes, 1)
        }

    def mark(self, how: Literal["inserted", "deleted"], before: TitleLine, now: TitleLine) -> Mark:
        """Return the mark of one of the two; of no change if none is listed, as of a date when nothing else changed."""
        return Mark(how, self._numbers.get((now.label, before.text, now.text), 0))


def title_block(
    furniture: Furniture, earlier: Furniture, changes: TitleChanges, typesetter: Typesetter, container: Container
) -> Iterator[Flowable]:
    """Yield the title block, which no page end parts. ``earlier`` is what it said before, in a redline."""
    styles, parent = typesetter.styles, container.element
    eyebrow = typesetter.capitals(furniture.memorandum, styles.eyebrow, Element("P", parent))
    yield from line_flowables([eyebrow], styles.eyebrow, container.x)
    before, now = (TitleLine(typesetter.words.title, each.title) for each in (earlier, furniture))
    # A title that changed says both: the old one on lines of its own, above the new one.
    *old, new = _runs(before, now, styles.title, Element("Title", parent), changes, typesetter)
    lines = typesetter.breaker.lines([old, [new]] if old else [[new]], container.width, LineBreaking.HEADING)
    for index, flowable in enumerate(line_flowables(lines, styles.title, container.x)):
        flowable.keep_with_previous, flowable.before = True, 0.0 if index else _EYEBROW_GAP
        yield flowable
    yield from _grid(earlier.title_rows, furniture.title_rows, changes, typesetter, container)


def _runs(
    before: TitleLine, now: TitleLine, style: TextStyle, owner: Element, changes: TitleChanges, typesetter: Typesetter
) -> list[Run]:
    """Return the text that stands here now; where another stood here before, both with their marks."""
    if before == now:
        return [typesetter.run(now.text, style, owner)]
    old = typesetter.run(before.text, style, owner, changes.mark("deleted", before, now))
    new = typesetter.run(now.text, style, owner, changes.mark("inserted", before, now))
    if not before.text or not now.text:
        return [old if before.text else new]
    return [old, typesetter.run(" ", style, owner), new]


def _grid(
    before: Rows, now: Rows, changes: TitleChanges, typesetter: Typesetter, container: Container
) -> Iterator[Flowable]:
    """Yield the rows of the grid; to readers they are items of a list, each a label and what it says."""
    styles = typesetter.styles
    grid = Element("L", container.element, attributes="/O /List /ListNumbering /None")
    rows = _paired(before, now)
    items = [Element("LI", grid) for _ in rows]
    labels = [
        typesetter.capitals(row.label, styles.label, Element("Lbl", item))
        for item, (_, row) in zip(items, rows, strict=True)
    ]
    indent = max((label.width for label in labels), default=0.0) + _LABEL_GAP
    for index, (item, label, (was, is_)) in enumerate(zip(items, labels, rows, strict=True)):
        runs = _runs(was, is_, styles.body, Element("LBody", item), changes, typesetter)
        lines = typesetter.breaker.lines([runs], typesetter.measure - indent, LineBreaking.CELL)
        height = max(1, len(lines)) * styles.body.leading + 2 * _ROW_PADDING
        draw = partial(_draw_row, label, lines, typesetter, container.x, indent, height)
        yield Flowable(height, [draw], before=0.0 if index else _GRID_GAP, keep_with_previous=True)


def _paired(before: Rows, now: Rows) -> list[tuple[TitleLine, TitleLine]]:
    """Pair what each row said with what it says. A row that was deleted stands last, where references stand too."""
    was, is_ = dict(before), dict(now)
    return [(TitleLine(label, was.get(label, "")), TitleLine(label, is_.get(label, ""))) for label in is_ | was]


def _draw_row(
    label: LineBox, lines: list[LineBox], typesetter: Typesetter, x: float, indent: float, height: float,
    page: PageContent, top: float, artifact: str,
) -> None:  # fmt: skip
    styles, rule = typesetter.styles, typesetter.project_style.colours.rule
    page.set_owner(artifact or ARTIFACT)
    page.line(x, top, x + typesetter.measure, top, _HAIRLINE, rule)
    page.line(x, top + height, x + typesetter.measure, top + height, _HAIRLINE, rule)
    baseline = top + _ROW_PADDING + styles.body.baseline
    draw_line(page, label, x, baseline, artifact)
    for line in lines:
        draw_line(page, line, x + indent, baseline, artifact)
        baseline += styles.body.leading


# Header and footer: banner, short title, reference, page number. They are artifacts, no part of the text

_HEADER_ABOVE_TEXT = 22.0
_FOOTER_BELOW_TEXT = 26.0
_RULE_GAP = 6.0
_BETWEEN = 12.0


class HeaderFooter:
    """Draws the header and footer of one document's pages."""

    def __init__(self, furniture: Furniture, typesetter: Typesetter) -> None:
        self._furniture = furniture
        self._typesetter = typesetter
        # Set once for all pages: only the page's number differs.
        self._banners = {kind: self._banner(kind) for kind in (HEADER, FOOTER)}
        room = typesetter.measure - self._banners[HEADER].width - _BETWEEN
        self._title = self._shortened(furniture.short_title, HEADER, room)

    def draw(self, page: PageContent, number: int, count: int) -> None:
        """Draw those of one page, whose number counts from 1."""
        self._draw_header(page)
        self._draw_footer(page, fill(self._furniture.page, page=str(number), pages=str(count)))

    def _draw_header(self, page: PageContent) -> None:
        baseline = self._typesetter.top - _HEADER_ABOVE_TEXT
        self._draw_ends(page, self._banners[HEADER], self._title, baseline, HEADER)

    def _draw_footer(self, page: PageContent, page_number: str) -> None:
        typesetter, style = self._typesetter, self._typesetter.styles.furniture
        left, project_style = typesetter.left, typesetter.project_style
        top = typesetter.paper[1] - project_style.page.margin_bottom_mm * MM + _FOOTER_BELOW_TEXT - _RULE_GAP
        page.set_owner(FOOTER)
        page.line(left, top, left + typesetter.measure, top, _HAIRLINE, project_style.colours.rule)
        number = self._shortened(page_number, FOOTER, typesetter.measure)
        text = self._shortened(self._furniture.footer, FOOTER, typesetter.measure - number.width - _BETWEEN)
        baseline = top + _RULE_GAP + style.baseline - 2
        self._draw_ends(page, text, number, baseline, FOOTER)
        draw_line(page, self._banners[FOOTER], left, baseline + style.leading, FOOTER)

    def _draw_ends(self, page: PageContent, left: LineBox, right: LineBox, baseline: float, kind: str) -> None:
        start = self._typesetter.left
        draw_line(page, left, start, baseline, kind)
        draw_line(page, right, start + self._typesetter.measure - right.width, baseline, kind)

    def _banner(self, kind: str) -> LineBox:
        """Set the banner in one line, smaller if it does not fit: a handling marking is never cut."""
        words, style = self._furniture.banner, self._typesetter.styles.banner
        line = self._typesetter.capitals(words, style, kind)
        if line.width <= self._typesetter.measure:
            return line
        share = self._typesetter.measure / line.width
        state = style.state._replace(size=style.state.size * share, spacing=style.state.spacing * share)
        return self._typesetter.capitals(words, dataclasses.replace(style, state=state), kind)

    def _shortened(self, words: str, kind: str, room: float) -> LineBox:
        """Set words in one line; leave out what does not fit, with an ellipsis to show it."""
        style = self._typesetter.styles.furniture
        line = self._typesetter.line(words, style, kind)
        while line.width > room and words:
            words = words[: max(0, min(len(words) - 1, int(len(words) * room / line.width)))].rstrip()
            line = self._typesetter.line(words + "…" if words else "", style, kind)
        return line
