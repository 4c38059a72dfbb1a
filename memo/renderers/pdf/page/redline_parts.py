"""What a redline adds to the memo: signs where no words can be marked, change bars in the margin, the change list.

Each change is in the list by its number: where it stands, what was and is there, why, and on what grounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from memo.document.furniture import basis_lines, change_lines, shortened
from memo.document.tree import Change, Document, Heading, Mark, Metadata, Text
from memo.facts.style import Words, fill
from memo.renderers.pdf.file.navigation import change_name
from memo.renderers.pdf.file.page_content import ARTIFACT, ChangeBar, PageContent
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.pagination import Container, Flowable, kept_together, line_flowables
from memo.renderers.pdf.text.lines import LineBox, LinkTarget, Run, draw_line
from memo.renderers.pdf.text.paragraphs import LineBreaking
from memo.renderers.pdf.text.styles import TextStyle
from memo.renderers.pdf.text.typesetter import Typesetter

# Signs: a word above a figure, or in place of a rule or a page break

SIGN_GAP = 4.0
"""Between a sign and the figure below it, in points; half of the figure's frame stands in it."""

_STROKE = 1.0
_FRAME_BESIDE, _FRAME_ABOVE = 4.0, 2.0
_DASH = (3.0, 2.0)
_BEFORE_LINE = 6.0


def sign_height(typesetter: Typesetter) -> float:
    """Return the height of a sign and of the gap below it, in points."""
    return typesetter.styles.furniture.leading + SIGN_GAP


def sign(mark: Mark, what: str, typesetter: Typesetter, container: Container) -> Flowable:
    """Make a sign such as ``INSERTED: RULE``, with a line beside it that is the rule itself or stands for it.

    It is an artifact, as a rule and a page break are; a figure's alternative text says what the sign above it says.
    """
    style, marks = typesetter.styles.furniture, typesetter.change_marks
    words = f"{marks.name(mark)}: {what}" if what else marks.name(mark)
    run = typesetter.run(words, style, ARTIFACT)
    run = run._replace(face="bold", state=run.state._replace(colour=marks.colour(mark)))
    line = typesetter.breaker.one_line([run])
    draw = partial(_draw_sign, line, style, mark, marks.colour(mark), container, bool(what))
    return Flowable(style.leading, [draw], panels=container.panels)


def _draw_sign(
    line: LineBox, style: TextStyle, mark: Mark, colour: str, container: Container, ruled: bool,
    page: PageContent, top: float, artifact: str,
) -> None:  # fmt: skip
    page.set_owner(artifact or ARTIFACT)
    draw_line(page, line, container.x, top + style.baseline, artifact or ARTIFACT)
    start, middle = container.x + line.width + _BEFORE_LINE, top + style.leading / 2
    if ruled and start < container.x + container.width:
        dash = _DASH if mark.how == "deleted" else ()
        page.line(start, middle, container.x + container.width, middle, _STROKE, colour, dash)
    page.add_mark(mark)


def draw_frame(
    mark: Mark, typesetter: Typesetter, x: float, width: float, height: float,
    page: PageContent, top: float, artifact: str,
) -> None:  # fmt: skip
    """Draw a frame around a figure that was inserted or deleted, and cross it out if it was deleted."""
    colour = typesetter.change_marks.colour(mark)
    page.set_owner(artifact or ARTIFACT)
    left, right = x - _FRAME_BESIDE, x + width + _FRAME_BESIDE
    top, height = top - _FRAME_ABOVE, height + 2 * _FRAME_ABOVE
    page.rectangle(left, top, right - left, height, stroke=colour, stroke_width=_STROKE)
    if mark.how == "deleted":
        page.line(left, top, right, top + height, _STROKE, colour)
        page.line(left, top + height, right, top, _STROKE, colour)
    page.add_mark(mark)


# Change bars: in the left margin, beside every line that changed, with the numbers of its changes

_BAR_WIDTH = 1.2
_FROM_TEXT = 10.0
_FROM_NUMBER = 4.0
_FROM_PAPER = 3.0
_TOUCHING = 4.5
"""Bars no further apart than this are one; in points, as all here."""


def draw_change_bars(page: PageContent, typesetter: Typesetter) -> None:
    """Draw a page's change bars, and beside each of its lines the numbers that the line above did not have."""
    bars = sorted(page.change_bars)
    x = max(typesetter.left - _FROM_TEXT, _FROM_PAPER)
    page.set_owner(ARTIFACT)  # what changed says so itself, with its number
    for top, bottom in _joined(bars):
        page.line(x, top, x, bottom, _BAR_WIDTH, typesetter.project_style.colours.accent)
    style = typesetter.styles.change_bar
    for bar, numbers in _new_numbers(bars):
        line = typesetter.line(_ranges(numbers), style, ARTIFACT)
        middle = bar.top + min(bar.bottom - bar.top, typesetter.styles.body.leading) / 2
        baseline = middle - style.leading / 2 + style.baseline
        draw_line(page, line, max(x - _FROM_NUMBER - line.width, _FROM_PAPER), baseline, ARTIFACT)


def _joined(bars: Sequence[ChangeBar]) -> Iterator[tuple[float, float]]:
    """Join bars that touch; yield the top and bottom of each."""
    top, bottom = bars[0].top, bars[0].bottom
    for bar in bars[1:]:
        if bar.top > bottom + _TOUCHING:
            yield top, bottom
            top = bar.top
        bottom = max(bottom, bar.bottom)
    yield top, bottom


def _new_numbers(bars: Sequence[ChangeBar]) -> Iterator[tuple[ChangeBar, tuple[int, ...]]]:
    """Yield each bar with the numbers that no bar has that it touches."""
    known, foot = frozenset[int](), 0.0
    for bar in bars:
        if bar.top > foot + _TOUCHING:
            known = frozenset()
        if new := tuple(number for number in bar.numbers if number not in known):
            yield bar, new
        known, foot = known.union(bar.numbers), max(foot, bar.bottom)


def _ranges(numbers: Iterable[int]) -> str:
    """Write numbers briefly: ``3``, ``3, 5``, ``3–5``."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return ", ".join(_range(own) for own in ranges)


def _range(own: Sequence[int]) -> str:
    return str(own[0]) if len(own) == 1 else f"{own[0]}{'–' if len(own) > 2 else ', '}{own[-1]}"


# The change list, which ends a redline

_ANCHOR = " changes"  # that of the list's heading: no anchor of the memo's own has a space in it
_BETWEEN = 8.0
_LABEL_GAP = 6.0


def redline_name(document: Document, words: Words) -> str:
    """Return what the file is if it is a redline, naming the edition or version that it compares with; else nothing."""
    if not document.changes and document.earlier is None:
        return ""
    earlier = document.earlier or document.metadata
    pattern = words.redline if earlier.edition else words.redline_unissued
    return fill(pattern, edition=earlier.edition, date=earlier.date_shown)


def file_title(metadata: Metadata, redline: str) -> str:
    """Return the title by which the file is listed: a redline is not the memo itself."""
    return f"{metadata.title} ({redline})" if redline else metadata.title


def change_list_heading(words: Words) -> Heading:
    """Make the heading of the change list."""
    return Heading(1, (Text(words.changes),), _ANCHOR)


def change_list(
    changes: Sequence[Change], heading: Iterable[Flowable], typesetter: Typesetter, container: Container
) -> Iterator[Flowable]:
    """List a redline's changes under a heading, on a page of its own since it is no part of the memo."""
    for index, flowable in enumerate(heading):
        flowable.new_page = index == 0
        yield flowable
    style = typesetter.styles.cell
    indent = max(typesetter.line(str(number), style, ARTIFACT).width for number in range(1, len(changes) + 1))
    parent = Element("L", container.element, attributes="/O /List /ListNumbering /Decimal")
    for number, change in enumerate(changes, 1):
        item = _item(number, change, typesetter, indent + _LABEL_GAP, Element("LI", parent), container)
        for index, flowable in enumerate(item):
            if index == 0:
                flowable.before, flowable.keep_with_previous = _BETWEEN, number == 1
            yield flowable


def _item(
    number: int, change: Change, typesetter: Typesetter, indent: float, element: Element, container: Container
) -> Iterator[Flowable]:
    label = _label(number, typesetter, element)
    body = container.indented(indent, Element("LBody", element))
    for index, flowable in enumerate(kept_together(_paragraphs(change, typesetter, body))):
        if index == 0:
            baseline = typesetter.styles.cell.baseline
            flowable.draws.insert(0, partial(_draw_label, number, label, container.x, baseline))
        yield flowable


def _label(number: int, typesetter: Typesetter, element: Element) -> LineBox:
    """Set a change's number, which leads to where the change is first shown."""
    style, description = typesetter.styles.cell, fill(typesetter.words.marked_place, number=str(number))
    link = LinkTarget(Element("Link", Element("Lbl", element)), change_name(number), description)
    run = Run(str(number), style.face, style.link, link.element, typesetter.language, link)
    return typesetter.breaker.one_line([run])


def _paragraphs(change: Change, typesetter: Typesetter, body: Container) -> Iterator[Flowable]:
    """Set a change's section, in bold, then what was and is there, why, and on what grounds, a paragraph each."""
    words, styles = typesetter.words, typesetter.styles
    details = [*change_lines(shortened(change), words), *basis_lines(change, words)]
    section = [(styles.callout, change.section)] if change.section else []
    for style, text in (*section, *((styles.cell, line) for line in details)):
        run = typesetter.run(text, style, Element("P", body.element))
        yield from line_flowables(typesetter.breaker.lines([[run]], body.width, LineBreaking.TEXT), style, body.x)


def _draw_label(
    number: int, label: LineBox, x: float, baseline: float, page: PageContent, top: float, artifact: str
) -> None:
    # A change of which nothing is seen, such as a character without ink, has no other place to lead to.
    page.add_destination(change_name(number), 0, top)
    draw_line(page, label, x, top + baseline, artifact)
