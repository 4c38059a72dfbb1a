"""How lines and pages of the PDF are made up: no ugly break that another choice would have spared."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.resources import files
from itertools import combinations, pairwise

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from memo.document.tree import (
    Block,
    Callout,
    Cell,
    Document,
    Heading,
    List,
    ListItem,
    Metadata,
    PageBreak,
    Paragraph,
    Row,
    Table,
    Text,
)
from memo.facts.style import Page, Sizes, Style
from memo.renderers.pdf import render
from memo.renderers.pdf.text.line_breaks import BoxList, BreakKind, TextBox, best_breaks
from memo.renderers.table_widths import Extent, column_widths
from tests.pdf.reading import Node, Reading
from tests.pdf.vera import violations

METADATA = Metadata("Subject", "Subject", "A", "B", "2026-02-02", "2 February 2026")
WORDS = ("a of the and memo state duties weighs memorandum commitments neighbouring implementation").split()  # noqa: SIM905
WIDTH = 100.0


def read(*blocks: Block, style: Style | None = None) -> Reading:
    """The PDF of these blocks, read."""
    rendered, problems = render(Document(METADATA, blocks), style or Style())
    assert problems == []
    return Reading(rendered.data)


def prose(rnd: random.Random, count: int) -> str:
    return " ".join(rnd.choices(WORDS, k=count))


def paragraph(rnd: random.Random, count: int) -> Paragraph:
    return Paragraph((Text(prose(rnd, count)),))


# Lines


def box(width: float) -> TextBox:
    return TextBox((), (), width, 3.0, 0.0, 0.0, BreakKind.SPACE)


def shortfalls(boxes: Sequence[TextBox], breaks: Sequence[int]) -> list[float]:
    """What each line but the last falls short, as a share of its width; negative if it is too long."""
    lines = [boxes[start:end] for start, end in pairwise((0, *breaks))]
    used = [sum(box.width + box.glue for box in line) - line[-1].glue for line in lines]
    return [1 - width / WIDTH for width in used]


@settings(deadline=None)
@given(st.lists(st.floats(1, 60), min_size=1, max_size=11))
def test_no_other_breaks_are_more_even(widths: list[float]) -> None:
    """Of all ways to break a heading, the one chosen has the least sum of squared shortfalls for its lines' number."""
    boxes = [box(width) for width in widths]
    chosen = best_breaks(BoxList(boxes), WIDTH, balanced=True)
    assert chosen[-1] == len(boxes)
    assert min(shortfalls(boxes, chosen)) > -1e-9

    def cost(breaks: Sequence[int]) -> float:
        return sum(short * short for short in shortfalls(boxes, breaks))

    others = [(*inner, len(boxes)) for inner in combinations(range(1, len(boxes)), len(chosen) - 1)]
    fitting = [breaks for breaks in others if min(shortfalls(boxes, breaks)) > -1e-9]
    assert cost(chosen) <= min(map(cost, fitting)) + 1e-9


def test_a_paragraph_in_a_usual_measure_is_not_hyphenated() -> None:
    """Hyphens come only where the right edge would be ugly without."""
    rnd = random.Random(1)
    reading = read(*(paragraph(rnd, 80) for _ in range(10)))
    assert "\u00ad" not in "".join(stretch.text for stretch in reading.stretches.values())


def test_a_paragraph_in_a_narrow_measure_is_hyphenated_in_its_language() -> None:
    """Long words in a narrow column are cut by syllables."""
    style = Style(page=Page(margin_right_mm=130))
    reading = read(Paragraph((Text("neighbouring implementation commitments " * 12),)), style=style)
    cuts = {text for stretch in reading.stretches.values() for text in stretch.text.split() if "\u00ad" in text}
    assert cuts
    assert all(part in ("neigh", "neighbour", "imple", "implement", "implementa", "com", "commit") for cut in cuts
               for part in cut.split("\u00ad")[:1])  # fmt: skip


def test_a_paragraph_does_not_end_with_a_short_word_alone() -> None:
    """A last line of one short word is spared where the line above can give it company."""
    boxes = [box(2.0)] * 20 + [box(6.0)]
    assert best_breaks(BoxList(boxes), WIDTH) == [19, 21]


# Columns


@given(
    st.lists(st.lists(st.tuples(st.floats(1, 90), st.floats(0, 400)), min_size=3, max_size=3), min_size=1, max_size=6),
    st.floats(150, 600),
)
def test_columns_fill_the_width_and_keep_words_whole(cells: list[list[tuple[float, float]]], width: float) -> None:
    """The widths add up to the measure, and no column is narrower than its widest word, if all fit."""
    naturals = [[Extent(word, word + more) for word, more in row] for row in cells]
    widths = column_widths(naturals, width, 12)
    assert sum(widths) == pytest.approx(width)
    least = [max(row[column][0] for row in naturals) + 12 for column in range(3)]
    if sum(least) <= width:
        assert all(own >= needed - 1e-6 for own, needed in zip(widths, least, strict=True))


def test_a_short_column_does_not_break_beside_a_long_one() -> None:
    """A column of a few words stands on one line; the column with the long text gets the rest."""
    naturals = [[Extent(40, 60), Extent(50, 900)], [Extent(40, 50), Extent(50, 700)]]
    widths = column_widths(naturals, 450, 12)
    assert widths[0] >= 72
    assert widths[1] > 300


# Pages


def pages(reading: Reading, node: Node) -> list[list[float]]:
    """The baselines of a node on each page it stands on."""
    found: dict[int, set[float]] = {}
    for at in node.stretches(but="Note"):
        found.setdefault(at[0], set()).update(round(low, 1) for low in reading.stretches[at].baselines)
    return [sorted(lows) for _, lows in sorted(found.items())]


@pytest.mark.parametrize("seed", range(8))
def test_no_line_of_a_paragraph_stands_alone_on_a_page(seed: int) -> None:
    """Neither the first nor the last: at least two lines stand on either side of a page's end."""
    rnd = random.Random(seed)
    reading = read(*(paragraph(rnd, rnd.randint(20, 160)) for _ in range(40)))
    split = [own for node in reading.find("P") if len(own := pages(reading, node)) > 1]
    assert split
    assert min(len(lines) for own in split for lines in own) >= 2


@pytest.mark.parametrize("seed", range(8))
def test_a_heading_stands_with_its_text(seed: int) -> None:
    """No page ends with a heading."""
    rnd = random.Random(seed)
    blocks: list[Block] = []
    for number in range(40):
        blocks += [Heading(1, (Text("Heading"),), f"a-{number}"), paragraph(rnd, rnd.randint(5, 90))]
    reading = read(*blocks)
    kids = [kid for kid in reading.root.kids if isinstance(kid, Node)]
    for heading, text in pairwise(kids):
        if heading.tag == "H1":
            assert heading.pages()[0] == text.pages()[0]


def rows(count: int, words: int) -> Table:
    rnd = random.Random(count)
    header = Row((Cell((Text("Actor"),)), Cell((Text("Position"),))))
    body = tuple(Row((Cell((Text(f"row {number}"),)), Cell((Text(prose(rnd, words)),)))) for number in range(count))
    return Table(header, body, ("left", "left"), (Text("Caption"),))


def test_a_table_repeats_its_header_and_parts_no_row() -> None:
    """On every page that a table goes on to stands its header row, as an artifact: it is read once."""
    data = render(Document(METADATA, (rows(60, 40),)), Style())[0].data
    reading = Reading(data)
    assert len(reading.pdf.pages) > 3
    for row in reading.find("TR"):
        assert len(set(row.pages())) == 1
    assert len(reading.find("TH")) == 2
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        assert "Actor" in page.extract_text()


@pytest.mark.parametrize("seed", range(12))
def test_no_row_of_a_table_stands_alone(seed: int) -> None:
    """A small table stays on one page; of a longer one, at least two rows stand on either side of a page's end."""
    rnd = random.Random(seed)
    blocks: list[Block] = []
    for _ in range(8):
        blocks += [paragraph(rnd, rnd.randint(5, 300)), rows(rnd.choice((2, 4, 14, 18)), 6)]
    for table in read(*blocks).find("Table"):
        rows_on = [row.pages()[0] for row in table.all() if row.tag == "TR" and row.find("TD")]
        counts = [rows_on.count(page) for page in sorted(set(rows_on))]
        assert len(counts) == 1 or (len(rows_on) > 4 and min(counts) >= 2)


def test_a_row_higher_than_a_page_is_parted_and_all_there() -> None:
    """What cannot be kept whole goes on overleaf; no word of it is lost."""
    table = rows(2, 1500)
    reading = read(table)
    for cell, node in zip((row.cells[1] for row in table.rows), reading.find("TD")[1::2], strict=True):
        assert isinstance(cell.content[0], Text)
        assert reading.text(node).split() == cell.content[0].text.split()
    assert len(reading.pdf.pages) > 2


def test_an_item_keeps_its_number() -> None:
    """A list item's number stands on the line, and the page, of its first words."""
    rnd = random.Random(5)
    items = tuple(ListItem((paragraph(rnd, rnd.randint(10, 60)),)) for _ in range(60))
    reading = read(List(items, ordered=True, start=95))
    for number, item in enumerate(reading.find("LI")[-60:], 95):
        label, body = (kid for kid in item.kids if isinstance(kid, Node))
        assert reading.text(label) == f"{number}."
        first = next(body.stretches())
        assert next(label.stretches())[0] == first[0]
        assert pages(reading, label)[0][0] == pytest.approx(max(reading.stretches[first].baselines), abs=0.1)


def test_a_page_break_begins_a_page_but_leaves_none_empty() -> None:
    """Page breaks one after another, first or last in the memo, make no blank page."""
    text = Paragraph((Text("Text."),))
    reading = read(PageBreak(), text, PageBreak(), PageBreak(), text, PageBreak())
    assert [node.pages()[0] for node in reading.find("P")[1:]] == [0, 1]
    assert len(reading.pdf.pages) == 2


def test_a_box_may_be_longer_than_a_page() -> None:
    """A box goes on overleaf with its tint, and its words are all there."""
    rnd = random.Random(6)
    inner = tuple(paragraph(rnd, 90) for _ in range(30))
    reading = read(Callout("bottom-line", "Bottom line", inner))
    assert len(reading.pdf.pages) > 2
    box = reading.find("Div")[0]
    assert set(box.pages()) == set(range(len(reading.pdf.pages)))


@pytest.mark.parametrize("margin", [0.0, 100.0, 200.0])
def test_odd_margins_do_no_harm(margin: float) -> None:
    """Margins that leave no room, or none at all, still give a file that keeps the standards."""
    page = Page(margin_top_mm=margin, margin_bottom_mm=margin, margin_left_mm=margin, margin_right_mm=margin)
    document = Document(METADATA, (paragraph(random.Random(7), 60), rows(4, 10)))
    rendered, problems = render(document, Style(page=page))
    assert problems == []
    assert violations(rendered.data) == []


def test_type_of_no_size_does_no_harm() -> None:
    """A style may ask for type of nought points, by mistake; the file is still one."""
    sizes = Sizes(body=0, body_leading=0, title=0, title_leading=0, heading_1=0, table=0, table_leading=0, note=0,
                  note_leading=0, furniture=0)  # fmt: skip
    rendered, problems = render(Document(METADATA, (paragraph(random.Random(8), 60), rows(4, 10))), Style(sizes=sizes))
    assert problems == []
    assert violations(rendered.data) == []


def test_a_long_banner_is_never_cut() -> None:
    """A handling marking is shown whole at head and foot, smaller if need be; a long short title gives way."""
    banner = "Official, sensitive, for the eyes of the standing committee and its clerks alone, not to be copied " * 2
    metadata = replace(METADATA, banner=banner.strip(), short_title="A short title that is none " * 9)
    rendered, _ = render(Document(metadata, ()), Style())
    text = " ".join(pypdf.PdfReader(io.BytesIO(rendered.data)).pages[0].extract_text().split())
    assert text.count(banner.strip().upper()) == 2


def test_an_empty_memo_is_a_page() -> None:
    """A memo of a title block alone is a file like any other."""
    rendered, _ = render(Document(METADATA, ()), Style())
    assert rendered.pages == 1
    assert violations(rendered.data) == []


def test_reportlab_is_loaded_only_to_embed_fonts() -> None:
    """Importing the renderer costs little: neither reportlab nor pyphen is loaded before it is needed."""
    code = "import sys, memo.renderers.pdf; print({'reportlab', 'pyphen', 'PIL'} & set(sys.modules))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "set()"


def test_bullets_are_those_of_the_docx_on_every_level() -> None:
    """Both formats have nine levels, and a reader of one who is told of the other's finds the same marks."""
    numbering = files("memo.renderers.docx.base").joinpath("numbering.xml").read_text("utf-8")
    in_word = re.findall(r'numFmt w:val="bullet"/>.*?lvlText w:val="(.)"', numbering)
    nested: Block = Paragraph((Text("Innermost."),))
    for level in range(9):
        nested = List((ListItem((Paragraph((Text(f"Level {9 - level}."),)), nested)),), tight=True)
    reading = read(nested)
    labels = [reading.said(label).strip() for label in reading.find("Lbl")]
    assert labels[-9:] == in_word  # after those of the title block
