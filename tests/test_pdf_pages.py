"""Where pages end: nothing stands alone that belongs to what is on another page. For any document, not for chosen ones.

What is longer than a page, or calls for notes that are, has to part somewhere; documents as short as these have none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from memo.document.tree import Block, Document, Heading, List, ListItem, Metadata, PageBreak, Paragraph, Rule, Text
from memo.facts.style import Page, Style
from memo.renderers.pdf import render
from tests.documents import documents
from tests.pdf.reading import Node, Reading

METADATA = Metadata("Subject", "Subject", "A", "B", "2026-02-02", "2 February 2026")
SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SHORT = Style(page=Page(margin_top_mm=80, margin_bottom_mm=80))
"""A page of half the usual height: it ends twice as often."""
WORDS = "a of the and memo state duties weighs memorandum commitments neighbouring implementation".split()  # noqa: SIM905
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def read(document: Document, style: Style | None = None) -> Reading:
    """The PDF of a document, read."""
    rendered, problems = render(document, style or Style())
    assert problems == []
    return Reading(rendered.data)


def lines_by_page(reading: Reading, node: Node) -> dict[int, int]:
    """On how many lines a node stands, page by page; its notes left out."""
    lines: dict[int, set[float]] = {}
    for at in node.stretches(but="Note"):
        lines.setdefault(at[0], set()).update(round(low, 1) for low in reading.stretches[at].baselines)
    return {page: len(lows) for page, lows in lines.items()}


def first_page(node: Node) -> int:
    return next(node.stretches(but="Note"))[0]


def last_page(node: Node) -> int:
    return list(node.stretches(but="Note"))[-1][0]


def kids(node: Node) -> list[Node]:
    """The elements in a node that show anything, but for notes."""
    return [kid for kid in node.kids if isinstance(kid, Node) and kid.tag != "Note" and any(kid.stretches("Note"))]


def stranded(reading: Reading) -> Iterator[str]:
    """What stands alone at the head or foot of a page, in words."""
    notes = {id(below) for note in reading.find("Note") for below in note.all()}
    for node in reading.root.all():
        if id(node) not in notes:
            yield from _stranded_in(reading, node)


def _stranded_in(reading: Reading, node: Node) -> Iterator[str]:
    if node.tag in ("P", "Caption", *HEADINGS):
        lines = lines_by_page(reading, node)
        if len(lines) > 1 and min(lines.values()) < 2:
            yield f"a line of a {node.tag}: {reading.text(node)[:40]!r}"
        if len(lines) > 1 and node.tag in HEADINGS:
            yield f"part of a heading: {reading.text(node)[:40]!r}"
    own = kids(node)
    for above, below in pairwise(own):
        if above.tag in HEADINGS and last_page(above) != first_page(below):
            yield f"a heading: {reading.text(above)[:40]!r}"
        if above.tag == "Lbl" and last_page(above) != first_page(below):
            yield f"a label: {reading.text(above)!r}"
        if "Caption" in (above.tag, below.tag) and last_page(above) != first_page(below):
            yield f"a caption: {reading.text(above)[:40]!r}"
    if node.tag == "L":
        yield from (f"an item of a list: {reading.text(item)[:40]!r}" for item in _alone(own))


def _alone(items: list[Node]) -> Iterator[Node]:
    """The items that stand by themselves on one side of a page's end, whole; an item that parts has its other half."""
    spans = [(first_page(item), last_page(item)) for item in items]
    for page in range(spans[0][0], spans[-1][1]):
        for side in ([last <= page for _, last in spans], [first > page for first, _ in spans]):
            parted = any(first <= page < last for first, last in spans)
            if sum(side) == 1 and not parted:
                yield items[side.index(True)]


@pytest.mark.long
@SOME
@given(documents(most_blocks=20))
def test_nothing_is_stranded_in_any_document(document: Document) -> None:
    """No first or last line of a paragraph, no heading, no list item, label or caption stands alone."""
    assert list(stranded(read(document))) == []


def test_a_heading_with_a_rule_below_it_is_not_left_behind() -> None:
    """Neither by a page break, nor where the text below has no room."""
    heading, text = Heading(1, (Text("Heading"),), "a"), Paragraph((Text("Text."),))
    for between in (Rule(),), (Rule(), PageBreak()), (PageBreak(), Rule()), (PageBreak(),):
        assert list(stranded(read(Document(METADATA, (text, heading, *between, text))))) == []
    opening = (text,) * 28
    for count in range(6, 28):
        assert list(stranded(read(Document(METADATA, (*opening[:count], heading, Rule(), text)), SHORT))) == []


def prose(rnd: random.Random, count: int) -> tuple[Text, ...]:
    return (Text(" ".join(rnd.choices(WORDS, k=count))),)


def blocks(rnd: random.Random) -> Iterator[Block]:
    """Headings, paragraphs and lists of all lengths."""
    for number in range(50):
        match rnd.choice(("heading", "text", "list", "lead")):
            case "heading":
                yield Heading(rnd.randint(1, 3), prose(rnd, rnd.randint(1, 14)), f"a-{number}")
                yield Paragraph(prose(rnd, rnd.randint(1, 90)))
            case "text":
                yield Paragraph(prose(rnd, rnd.randint(1, 90)))
            case "list":
                yield a_list(rnd)
            case _:
                yield Paragraph((Text("These are the points:"),))
                yield a_list(rnd)


def a_list(rnd: random.Random) -> List:
    items = tuple(ListItem((Paragraph(prose(rnd, rnd.randint(1, 40))),)) for _ in range(rnd.randint(1, 9)))
    return List(items, ordered=rnd.random() < 0.5)


@pytest.mark.parametrize("seed", range(30))
def test_nothing_is_stranded_over_many_pages(seed: int) -> None:
    """The same over several hundred page ends, on half pages; and what announces a list stands with it."""
    reading = read(Document(METADATA, tuple(blocks(random.Random(seed)))), SHORT)
    assert len(reading.pdf.pages) > 10
    assert list(stranded(reading)) == []
    for above, below in pairwise(kids(reading.root)):
        if below.tag == "L" and reading.text(above).endswith("points:"):
            assert last_page(above) == first_page(below)


@pytest.mark.parametrize("before", range(28, 48))
def test_a_list_of_seven_leaves_no_item_alone(before: int) -> None:
    """Wherever on the page it begins, a list of seven points of two lines has two of them at least on each page."""
    rnd = random.Random(1)
    opening = tuple(Paragraph((Text("One line."),)) for _ in range(before - 20))
    items = tuple(ListItem((Paragraph(prose(rnd, 20)),)) for _ in range(7))
    reading = read(Document(METADATA, (*opening, List(items))))
    pages = [first_page(item) for item in reading.find("LI")[-7:]]
    assert all(pages.count(page) >= 2 for page in set(pages))


def test_a_page_break_before_a_list_is_kept() -> None:
    """Where a writer asks for a new page between what announces a list and the list, there is one."""
    lead, point = Paragraph((Text("These are the points:"),)), List((ListItem((Paragraph((Text("One."),)),)),))
    reading = read(Document(METADATA, (lead, PageBreak(), point)))
    assert first_page(reading.find("L")[-1]) == 1
