"""Footnotes stand on the page that refers to them, whatever refers to them, and pages are filled."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from memo.document.tree import (
    Block,
    Callout,
    Cell,
    Document,
    Footnote,
    Heading,
    Inline,
    List,
    ListItem,
    Metadata,
    Paragraph,
    Quotation,
    Row,
    Table,
    Text,
)
from memo.facts.style import MM, Style, Words
from memo.renderers.pdf import render
from memo.renderers.pdf.page.pagination import LARGE_GAP
from tests.documents import documents
from tests.pdf.paper import SHORT
from tests.pdf.reading import Node, Reading
from tests.pdf.sound import faults

METADATA = Metadata("Subject", "Subject", "A", "B", "2026-02-02", "2 February 2026")
WORDS = [
    "the",
    "memorandum",
    "weighs",
    "commitments",
    "and",
    "duties",
    "of",
    "neighbouring",
    "states",
    "with",
    "care",
    "for",
    "what",
    "each",
    "can",
    "in",
    "fact",
    "do",
]
SOME = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
STYLE = Style()
TOP, FOOT = 297 * MM - 25 * MM, 25 * MM
"""Where the text's area begins and ends, in points from the foot of the page."""


def read(document: Document, style: Style = STYLE) -> Reading:
    """The PDF of a document, read."""
    rendered, problems = render(document, style)
    assert problems == []
    return Reading(rendered.data)


def misplaced(reading: Reading) -> list[str]:
    """The numbers of references whose note begins on another page, or not at all."""
    notes = {node.entries["/ID"]: node for node in reading.find("Note")}
    references = reading.find("Reference")
    assert len(notes) == len(references)
    wrong = []
    for number, reference in enumerate(references, 1):
        assert reading.text(reference) == str(number)
        note = notes[f"note {number}"]
        assert reading.text(note).startswith(str(number))
        if note.pages()[0] != reference.pages()[0]:
            wrong.append(str(number))
    return wrong


def prose(rnd: random.Random, least: int, most: int) -> str:
    return " ".join(rnd.choices(WORDS, k=rnd.randint(least, most))).capitalize() + "."


def noted(rnd: random.Random, length: int = 60, notes: int = 3, note_length: int = 40) -> tuple[Inline, ...]:
    """Some sentences, each of which may have a note, or two."""
    content: list[Inline] = []
    for _ in range(rnd.randint(1, notes)):
        content.append(Text((" " if content else "") + prose(rnd, 3, length)))
        for _ in range(rnd.choice((0, 1, 1, 2))):
            content.append(Footnote((Text(prose(rnd, 3, note_length)),)))
    return tuple(content)


def a_list(rnd: random.Random) -> Block:
    return List(tuple(ListItem((Paragraph(noted(rnd, 25)),)) for _ in range(rnd.randint(1, 6))))


def a_table(rnd: random.Random) -> Block:
    rows = [Row(tuple(Cell(noted(rnd, 8, 1, 20)) for _ in range(3))) for _ in range(rnd.randint(1, 12))]
    return Table(rows[0], tuple(rows[1:]), ("left",) * 3, noted(rnd, 6, 1, 10))


BLOCKS: tuple[Callable[[random.Random], Block], ...] = (
    lambda rnd: Paragraph(noted(rnd)),
    lambda rnd: Paragraph(noted(rnd)),
    a_list,
    a_table,
    lambda rnd: Callout("note", "Note", tuple(Paragraph(noted(rnd)) for _ in range(2))),
    lambda rnd: Quotation((Paragraph(noted(rnd)),)),
    lambda rnd: Heading(rnd.randint(1, 3), noted(rnd, 6, 1, 10), f"anchor-{rnd.random()}"),
)


@pytest.mark.parametrize("seed", range(12))
def test_notes_stand_on_the_page_of_their_reference(seed: int) -> None:
    """In paragraphs, lists, tables, boxes, headings and captions, over many pages."""
    rnd = random.Random(seed)
    reading = read(Document(METADATA, tuple(rnd.choice(BLOCKS)(rnd) for _ in range(40))))
    assert len(reading.pdf.pages) > 5
    assert misplaced(reading) == []


@pytest.mark.long
@SOME
@given(documents(most_blocks=14))
def test_notes_of_any_document_stand_on_the_page_of_their_reference(document: Document) -> None:
    """The same, whatever the memo, also where pages are short, and a row is longer than one with its notes."""
    assert misplaced(read(document)) == []
    short, _ = render(document, SHORT)
    assert faults(short.data, document) == []


@pytest.mark.parametrize("words", [10, 40, 120])
@pytest.mark.parametrize("caption", [(), (Text("A caption"),)], ids=["bare", "captioned"])
def test_a_row_whose_notes_fit_no_page_goes_on_overleaf_with_the_rest_of_them(
    words: int, caption: tuple[Inline, ...]
) -> None:
    """Every cell is whole, each note begins on the page of its reference, and no page shows two parts of a row."""
    rnd = random.Random(words)
    content = [[prose(rnd, 2, 8) for _ in range(12)] for _ in range(3)]

    def cell(sentences: list[str]) -> Cell:
        noted = ((Text(f"{text} "), Footnote((Text(prose(rnd, words, words)),))) for text in sentences)
        return Cell(tuple(inline for pair in noted for inline in pair))

    row = Row(tuple(map(cell, content)))
    document = Document(METADATA, (Table(Row((Cell((Text("Head"),)),) * 3), (row, row), ("left",) * 3, caption),))
    reading = read(document)
    assert misplaced(reading) == []
    assert faults(render(document, STYLE)[0].data, document) == []
    cells = reading.find("TD")
    for own in (cells[:3], cells[3:]):
        said = ["".join(reading.text(each, but="Note Reference").split()) for each in own]
        assert said == ["".join("".join(sentences).split()) for sentences in content]


@pytest.mark.parametrize("words", [250, 600, 1500])
def test_long_notes_to_one_line_all_begin_on_its_page(words: int) -> None:
    """Each gives way to the beginning of those after it, and all go on overleaf."""
    rnd = random.Random(words)
    notes = tuple(Footnote((Text(prose(rnd, words, words)),)) for _ in range(4))
    blocks = (Paragraph((Text(prose(rnd, 20, 30)),)), Paragraph((Text("Four sources say so."), *notes)))
    reading = read(Document(METADATA, blocks))
    assert misplaced(reading) == []
    for note, footnote in zip(reading.find("Note"), notes, strict=True):
        assert isinstance(footnote.content[0], Text)
        assert body(reading, note) == footnote.content[0].text.split()


def filled(reading: Reading) -> list[float]:
    """For each page but the last, how much of the text's area is empty between text and notes, as a share of it."""
    noted = {at for note in reading.find("Note") for at in note.stretches()}
    gaps = []
    for page in range(len(reading.pdf.pages) - 1):
        own = {at: stretch for at, stretch in reading.stretches.items() if at[0] == page}
        text = [low for at, stretch in own.items() if at not in noted for low in stretch.baselines]
        notes = [high for at, stretch in own.items() if at in noted for high in stretch.baselines]
        gaps.append((min(text, default=TOP) - max(notes, default=FOOT)) / (TOP - FOOT))
    return gaps


def long_note(rnd: random.Random, words: int) -> Paragraph:
    sentence = Text(prose(rnd, 40, 60))
    return Paragraph(
        (sentence, Footnote((Text(" ".join(rnd.choices(WORDS, k=words))),)), Text(" " + prose(rnd, 40, 60)))
    )


@pytest.mark.parametrize("words", [150, 400, 1500, 4000])
@pytest.mark.parametrize("before", range(0, 30, 5))
def test_a_long_note_goes_on_overleaf_and_no_page_is_left_half_empty(words: int, before: int) -> None:
    """A note begins with its reference, wherever on the page that stands, and fills pages as far as it goes."""
    rnd = random.Random(before)
    opening = tuple(Paragraph((Text(prose(rnd, 20, 30)),)) for _ in range(before))
    closing = tuple(Paragraph(noted(rnd)) for _ in range(20))
    reading = read(Document(METADATA, (*opening, long_note(rnd, words), *closing)))
    assert misplaced(reading) == []
    assert max(filled(reading)) < LARGE_GAP + 0.06
    long = max(reading.find("Note"), key=lambda note: len(reading.text(note)))
    assert long.pages() == sorted(long.pages())


@pytest.mark.parametrize("words", [600, 900, 1200, 4000])
def test_a_long_note_that_is_not_the_last_of_its_lines_leaves_no_page_empty(words: int) -> None:
    """A heading and two lines, each with a note, move together: the text still begins below the title block."""
    rnd = random.Random(3)
    content = (*long_note(rnd, words).content[:2], Text(" " + prose(rnd, 14, 16)), Footnote((Text(prose(rnd, 6, 9)),)))
    reading = read(Document(METADATA, (Heading(1, (Text("Summary"),), "summary"), Paragraph(content))))
    assert misplaced(reading) == []
    assert reading.find("H1")[0].pages() == [0]
    assert max(filled(reading), default=0) < LARGE_GAP + 0.06


def test_several_long_notes_follow_one_another() -> None:
    """Notes that each go on overleaf keep their order, and the text waits for them."""
    rnd = random.Random(1)
    reading = read(Document(METADATA, tuple(long_note(rnd, 1200) for _ in range(6))))
    assert misplaced(reading) == []
    pages = [page for note in reading.find("Note") for page in note.pages()]
    assert pages == sorted(pages)


@SOME
@given(st.integers(0, 10_000))
def test_all_of_a_note_is_there(seed: int) -> None:
    """However a note is cut, none of its words is lost or doubled."""
    rnd = random.Random(seed)
    blocks = tuple(long_note(rnd, rnd.choice((5, 60, 300, 900))) for _ in range(6))
    reading = read(Document(METADATA, blocks))
    for block, note in zip(blocks, reading.find("Note"), strict=True):
        footnote = block.content[1]
        assert isinstance(footnote, Footnote)
        assert isinstance(footnote.content[0], Text)
        assert body(reading, note) == footnote.content[0].text.split()


def body(reading: Reading, note: Node) -> list[str]:
    """A note's words, without its number."""
    return reading.text(note, but="Lbl").split()


def test_two_notes_on_one_spot_are_told_apart() -> None:
    """The numbers 1 and 2 side by side are not read as 12."""
    notes = (Footnote((Text("One."),)), Footnote((Text("Two."),)))
    reading = read(Document(METADATA, (Paragraph((Text("A claim."), *notes)),)))
    assert reading.text(reading.root, but="Note").endswith("A claim.1\u00a02")


def test_links_lead_from_reference_to_note_and_back() -> None:
    """Each number at the reference leads to the page of its note, the note's number back."""
    rnd = random.Random(3)
    reading = read(Document(METADATA, tuple(Paragraph(noted(rnd)) for _ in range(30))))
    for reference, note in zip(reading.find("Reference"), reading.find("Note"), strict=True):
        (forth,) = [target for node in reference.all() for _, target in node.links]
        back = next(target for node in note.all() for _, target in node.links)
        assert forth.startswith(f"page {note.pages()[0]} at ")
        assert back.startswith(f"page {reference.pages()[0]} at ")


def contents_of(reading: Reading) -> list[str]:
    """What each active area of the file says."""
    return [str(area.Contents) for page in reading.pdf.pages for area in page.get("/Annots", [])]


def test_numbers_of_notes_say_what_they_are() -> None:
    """Who hears the page is told at a reference what the note says, and at the note where its number leads."""
    long = Text("What it says. " * 30)
    document = Document(METADATA, (Paragraph((Text("A claim."), Footnote((Text("South Caucasus News."),)))),
                                   Paragraph((Text("Another."), Footnote((long,))))))  # fmt: skip
    said = contents_of(read(document))
    assert {"Footnote 1: South Caucasus News.", "Back to the text, 1", "Back to the text, 2"} <= set(said)
    (shortened,) = [text for text in said if text.startswith("Footnote 2: ")]
    assert len(shortened) <= 200
    assert shortened.endswith("it…") or shortened.endswith("says.…") or shortened.endswith("What…")


def test_numbers_of_notes_say_so_in_the_language_of_the_memo() -> None:
    """The words come from the style, as all fixed words do."""
    words = replace(Words(), footnote="Fußnote {number}", back="Zurück zum Text, {number}")
    document = Document(replace(METADATA, language="de"), (Paragraph((Text("Etwas."), Footnote((Text("Quelle."),)))),))
    rendered, _ = render(document, Style(words={"de": words}))
    assert contents_of(Reading(rendered.data)) == ["Fußnote 1: Quelle.", "Zurück zum Text, 1"]
