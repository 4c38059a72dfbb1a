"""What readers get out of the PDF as text: the words of the memo, as they were."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Iterator
from itertools import chain
from unicodedata import category

import pypdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from memo.document.tree import (
    Block,
    Callout,
    Cell,
    Claim,
    Document,
    Inline,
    List,
    ListItem,
    Metadata,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)
from memo.document.walk import contents, inlines
from memo.facts.style import Page, Style
from memo.fonts import FACES, INVISIBLE, advances
from memo.renderers.pdf import render
from memo.renderers.pdf.text.line_breaks import belong_together
from memo.renderers.pdf.text.styles import capitals
from tests.documents import documents, kitchen_sink
from tests.pdf.reading import Reading
from tests.pdf.vera import violations

SOME = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
METADATA = Metadata("Subject", "Subject", "A", "B", "2026-02-02", "2 February 2026")
COVERED = sorted(
    {chr(code) for font in FACES["regular"] for code in advances(font) if category(chr(code))[0] not in "ZC"}
    - INVISIBLE
)
"""Every character that the fonts have, but for those that no text in a memo may have: controls, private ones."""

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")


def made(document: Document, style: Style | None = None) -> bytes:
    """The PDF of a document that has no problem."""
    rendered, problems = render(document, style or Style())
    assert problems == []
    return rendered.data


def of(*blocks: Block) -> Document:
    """A document of these."""
    return Document(METADATA, blocks)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Claim(text, ("fact",)),))


def by_pypdf(data: bytes) -> str:
    """The text that pypdf finds; what it splits at a soft hyphen is joined, as any reader of text should."""
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return text.replace("\u00ad\n", "")


def by_pdftotext(data: bytes, *options: str) -> str:
    """The text that poppler finds."""
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


def bare(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def words(document: Document) -> Iterator[str]:
    """Every word of the document that stands in one inline."""
    for content in chain.from_iterable(map(contents, document.blocks)):
        for inline in inlines(content):
            if isinstance(inline, Text | Claim):
                yield from inline.text.split()


@SOME
@given(documents())
def test_the_tree_holds_every_word_in_order(document: Document) -> None:
    """Read by the structure tree, a memo's paragraphs say what the document says, word by word."""
    reading = Reading(made(document))
    said = bare(reading.text(reading.root)).replace("\u00ad", "")
    at = 0
    for block in document.blocks:
        for content in contents(block):
            for inline in shown(content):
                at = said.index(bare(inline), at) + len(bare(inline))


def shown(content: tuple[Inline, ...]) -> Iterator[str]:
    """The texts in a run of inlines, a note's where it is referred to."""
    for inline in inlines(content):
        if isinstance(inline, Text | Claim):
            yield inline.text


@SOME
@given(documents())
def test_pypdf_finds_every_word(document: Document) -> None:
    """pypdf, which knows no ActualText, finds every word whole once line ends are taken out."""
    found = bare(by_pypdf(made(document)))
    assert [word for word in words(document) if bare(word) not in found] == []


@needs_pdftotext
@SOME
@given(documents())
def test_pdftotext_finds_every_word(document: Document) -> None:
    """pdftotext finds every word whole, also those that a line's end cuts."""
    found = bare(by_pdftotext(made(document), "-raw"))
    assert [word for word in words(document) if bare(word) not in found] == []


@SOME
@given(st.text(st.sampled_from(COVERED) | st.just(" "), min_size=1, max_size=300))
@example("".join(COVERED[:300]))
@example("(Va)\\ )( ()() To.")
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    """Whatever characters a fact's text has, if the fonts have them, the PDF gives them back."""
    assert bare(text) in bare(by_pypdf(made(of(paragraph(text)))))


@pytest.mark.parametrize("at", range(0, len(COVERED), 600))
def test_every_character_of_the_fonts_comes_out(at: int) -> None:
    """No character is shown by a glyph that means another, or by none, in any face, however many there are."""
    text = " ".join(COVERED[at : at + 600])
    document = of(paragraph(text), Paragraph((Strong((Claim(text, ()),)),)))
    data = made(document)
    assert violations(data) == []
    reading = Reading(data)
    assert [" ".join(reading.text(node).split()) for node in reading.find("P")[1:]] == [text, text]


LONG_WORDS = "well-being self-governing internationalisation counterdemonstrations decision-makers Karabakh-region"
NARROW = Style(page=Page(margin_right_mm=120))


@needs_pdftotext
@pytest.mark.parametrize("seed", range(6))
def test_words_cut_by_a_line_end_stay_whole(seed: int) -> None:
    """In a narrow column lines end within words, with a hyphen or without; pdftotext gives each word in one piece."""
    rnd = random.Random(seed)
    wanted = rnd.choices([*LONG_WORDS.split(), "https://example.org/" + "abcde/" * 20, "to", "x-"], k=120)
    data = made(of(paragraph(" ".join(wanted))), NARROW)
    assert "\u00ad" in "".join(stretch.text for stretch in Reading(data).stretches.values())
    found = by_pdftotext(data).split()
    assert all(found.count(word) >= wanted.count(word) for word in wanted)


@needs_pdftotext
def test_a_word_of_two_faces_stays_whole() -> None:
    """Bold letters in the middle of a word that a line's end cuts do not part it."""
    word = (Text("incomprehens"), Strong((Text("ibilities-and-internation"),)), Text("alisations"))
    content = [inline for _ in range(30) for inline in (*word, Text(" "))]
    found = by_pdftotext(made(of(Paragraph(tuple(content[:-1]))), Style(page=Page(margin_right_mm=150)))).split()
    assert found.count("incomprehensibilities-and-internationalisations") == 30


@needs_pdftotext
def test_a_hyphen_that_ends_a_line_stays() -> None:
    """Poppler takes a hyphen at a line's end for one of layout's; the text's own must not be lost by that."""
    items = tuple(ListItem((paragraph("pre-"), paragraph("and post-war"))) for _ in range(3))
    found = by_pdftotext(made(of(List(items), paragraph("-"), Callout("note", "Note -", (paragraph("x-"),))))).split()
    assert found.count("pre-") == 3
    assert found.count("x-") == 1


def test_a_soft_hyphen_shows_only_where_it_is_used() -> None:
    """A writer's soft hyphens are break points; in the text that comes out none is left within a line."""
    text = "super\u00adcalifragilistic\u00adexpialidocious " * 20
    found = by_pypdf(made(of(paragraph(text.strip())), NARROW))
    assert bare(found).count("supercalifragilisticexpialidocious") == 20


def test_a_forced_line_break_is_a_space() -> None:
    """The word before a forced line break does not run into the one after it."""
    reading = Reading(made(kitchen_sink()))
    assert "#hash. After a forced line break" in reading.text(reading.root)


def test_no_break_spaces_do_not_break() -> None:
    """What no-break spaces join stays on one line, however ragged that makes the text."""
    text = "25\u00a0per\u00a0cent of the ten\u00a0thousand\u00a0containers " * 40
    lines = by_pypdf(made(of(paragraph(text.strip())))).splitlines()
    assert not any(line.rstrip().endswith(("25", "per", "ten", "thousand")) for line in lines)


def test_words_in_a_table_are_not_hyphenated_where_they_fit() -> None:
    """A table gives its columns the width that their longest words need."""
    row = Row(tuple(Cell((Text(word),)) for word in LONG_WORDS.replace("-", " ").split()[:6]))
    table = Table(row, (row, row), ("left",) * 6)
    assert "\u00ad" not in "".join(stretch.text for stretch in Reading(made(of(table))).stretches.values())


# Capitals


@needs_pdftotext
def test_words_in_capitals_come_out_as_they_are_written() -> None:
    """The eyebrow, labels and banner are printed in capitals; who searches, copies or hears them gets the words."""
    data = made(kitchen_sink())
    found = by_pdftotext(data, "-raw")
    lines = [line.strip() for line in found.splitlines()]
    assert {"Policy memorandum", "For official use"} <= set(lines)
    assert any(line.startswith("To Deputy Secretary-General") for line in lines)
    assert "POLICY MEMORANDUM" not in found
    assert "POLICY MEMORANDUM" in by_pypdf(data)


@needs_pdftotext
def test_georgian_capitals_are_said_as_georgian_is_written() -> None:
    """Georgian has capitals for headlines alone: they show, and what is said has the usual letters."""
    document = replace(of(), metadata=replace(METADATA, language="ka", banner="ღია წყაროები"))
    assert by_pdftotext(made(document), "-raw").count("ღია წყაროები") == 2


# Characters without ink

STEERING = "\u200c\u200d\u200e\u200f\u2060\u2066\u2069\u202a\u202c\u200b\ufeff"
"""Joiners, marks of direction, breaks that no one sees."""


def said(data: bytes) -> str:
    """What the text below the title block says to those who do not see it."""
    reading = Reading(data)
    return " ".join("".join(reading.said(node) for node in reading.root.find("P")[1:]).split(" "))


@SOME
@given(st.text(st.sampled_from("ab-ხж" + STEERING) | st.just(" "), min_size=1, max_size=120))
@example("a\u200bb\u200ba\u200bb\u200b" * 20)
@example("ab\u200d" * 60)
@example("a \u200e b")
@example("b" * 90 + "\u200d" + "a" * 90)
def test_characters_without_ink_are_said(text: str) -> None:
    """What steers the text is drawn as nothing, and is there for whoever copies it, in any measure."""
    wanted = " ".join(text.split()).rstrip(STEERING + " ")
    if bare(wanted):
        for style in (Style(), NARROW):
            assert bare(said(made(of(paragraph(text)), style))).rstrip(STEERING) == bare(wanted).rstrip(STEERING)


@needs_pdftotext
def test_pdftotext_finds_joiners() -> None:
    """Poppler gives joiners and marks of direction back where they stood."""
    found = by_pdftotext(made(of(paragraph("ab\u200cცდ and a\u200db, c\u2060d end"))))
    assert "ab\u200cცდ and a\u200db, c\u2060d end" in found


# What keeps together

DATES = "21–22 January", "600 kilometres", "para. 9", "No. 5", "12 %", "Article 5", "1,200 km", "J. Smith", "§ 7"


@pytest.mark.parametrize("seed", range(12))
def test_a_number_and_its_unit_stand_on_one_line(seed: int) -> None:
    """A line ends neither between a number and its unit or month, nor between an abbreviation and its number."""
    rnd = random.Random(seed)
    fill = "the state weighs duties and commitments of neighbouring memoranda".split()  # noqa: SIM905
    text = " ".join(rnd.choice(DATES if rnd.random() < 0.25 else fill) for _ in range(400))
    pages = pypdf.PdfReader(io.BytesIO(made(of(paragraph(text))))).pages
    lines = "\n".join(page.extract_text() for page in pages)
    for together in DATES:
        first, second = together.split()
        assert f"{first} \n{second}" not in lines
        assert f"{first}\n{second}" not in lines


def test_a_number_and_its_unit_part_in_a_column_too_narrow_for_both() -> None:
    """They are bound loosely: no word is cut, and no column is made wider, to keep them together."""
    cell = Cell((Text("in 21–22 September 600 kilometres"),))
    wide = Cell((Text("neighbouring implementation commitments " * 12),))
    table = Table(Row((cell, *[wide] * 5)), (Row((cell, *[wide] * 5)),), ("left",) * 6)
    found = by_pypdf(made(of(table)))
    assert found.count("September") == found.count("kilometres") == 2


@pytest.mark.parametrize(
    ("before", "after", "held"),
    [
        ("21–22", "January", True), ("(600", "kilometres,", True), ("12", "%", True), ("1.5", "°C", True),
        ("para.", "9", True), ("No.", "5;", True), ("§", "7", True), ("ст.", "12", True), ("Article", "5", True),
        ("J.", "Smith", True), ("2026", "and", False), ("2024–25", "the", False), ("600,", "kilometres", False),
        ("ended.", "Five", False), ("seven", "5", False), ("NATO", "says", False),
        ("21", "internationalisation", False),
    ],
)  # fmt: skip
def test_which_words_keep_together(before: str, after: str, held: bool) -> None:
    """The rule goes by form alone: digits, full stops, capitals, length."""
    assert belong_together(before, after) is held


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [("Από", "el", "ΑΠΟ"), ("Από", "en", "ΑΠΌ"), ("izin", "tr", "İZİN"), ("ırmak", "az-Latn", "IRMAK")],
)
def test_capitals_are_those_of_the_language(text: str, language: str, shown: str) -> None:
    assert capitals(text, language) == shown
