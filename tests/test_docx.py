"""The DOCX: every word comes out as it went in, and all is Word's own: styles, notes, lists, fields, links."""

from __future__ import annotations

import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from memo.document.as_json import digest, from_json
from memo.document.tree import (
    Block,
    Callout,
    Cell,
    Claim,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Mark,
    Metadata,
    Paragraph,
    Quotation,
    Row,
    Strong,
    Table,
    Text,
)
from memo.document.walk import footnotes, inline_text, inlines, text_runs
from memo.facts.style import Fonts, Page, Style, Tables, Words
from memo.fonts import width
from memo.renderers.docx import render
from memo.renderers.docx.language import by_direction, right_to_left
from memo.renderers.docx.tables import extents
from memo.renderers.table_widths import column_widths
from tests.documents import ANY, documents, kitchen_sink, note, paragraph
from tests.docx.lint import faults
from tests.docx.read import R, W, notes, paragraphs, parts, title_block, tree, words

STYLE = Style()
slow = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
METADATA = Metadata("A title", "Short", "Readers", "Writers", "2026-02-02", "2 February 2026", "REF-1", "Restricted")


def made(*blocks: Block, style: Style = STYLE, bare: bool = False, **metadata: str) -> bytes:
    """A DOCX of these blocks."""
    rendered, problems = render(Document(replace(METADATA, **metadata), blocks), style, bare=bare)
    assert problems == []
    return rendered.data


def said(document: Document) -> list[tuple[str, int]]:
    """What a reader sees of a document in reading order: each stretch of words, and how many notes it refers to."""
    numbers = {"Table": 0, "Figure": 0}
    return [(text, count) for text, count in _said(document.blocks, numbers) if text or count]


def _said(blocks: tuple[Block, ...], numbers: dict[str, int]) -> Iterator[tuple[str, int]]:
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield _counted(content)
            case List(items=items):
                for item in items:
                    yield from _said(item.blocks, numbers)
            case Table(header=header, rows=rows, caption=caption):
                yield from _caption("Table", caption, numbers)
                for row in (header, *rows):
                    yield from (_counted(cell.content) for cell in row.cells)
            case Figure(caption=caption):
                yield from _caption("Figure", caption, numbers)
            case Quotation(blocks=inner):
                yield from _said(inner, numbers)
            case Callout(title=title, blocks=inner):
                yield title, 0
                yield from _said(inner, numbers)


def _caption(kind: str, content: tuple[Inline, ...], numbers: dict[str, int]) -> Iterator[tuple[str, int]]:
    if content:
        numbers[kind] += 1
        text, count = _counted(content)
        yield f"{kind} {numbers[kind]}. {text}", count


def _counted(content: tuple[Inline, ...]) -> tuple[str, int]:
    return inline_text(content), sum(isinstance(inline, Footnote) for inline in inlines(content))


# Words


@slow
@given(documents(ANY, marks=True))
def test_every_word_and_note_of_any_document_is_there_in_reading_order(document: Document) -> None:
    data = render(document, STYLE)[0].data
    # Zero-width spaces end what went in a redline, so that LibreOffice does not take it for moved: nobody sees them.
    found = [(one.text.replace("\u200b" * 6, ""), len(one.notes)) for one in paragraphs(data)]
    assert found == said(document)
    assert list(notes(data).values()) == [inline_text(found.content) for found in footnotes(document)]


@slow
@given(documents(marks=True), st.booleans())
def test_no_document_makes_a_file_with_a_fault_of_structure(document: Document, bare: bool) -> None:
    assert faults(render(document, STYLE, bare=bare)[0].data) == []


@given(st.text(ANY, min_size=1))
@example("  two  spaces  at both ends  ")
@example("\ttab\tand\nline\n")
@example("soft\u00adhyphen, non\u2011breaking, no\u00a0break, zero\u200bwidth")
@example(
    "👩‍👩‍👧 e\u0301 \u05e9\u05dc\u05d5\u05dd 123, \u0645\u0631\u062d\u0628\u0627 (x) ]]> &amp; \U0001f1e6\U0001f1ff"
)
@settings(deadline=None)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    data = made(Paragraph((Text(text),)), Heading(1, (Claim(text, ("a",)),), "x"), Paragraph((note(text),)))
    assert [one.text for one in paragraphs(data)] == [text, text, ""]
    assert notes(data) == {1: text}


def test_a_character_that_xml_cannot_hold_does_not_make_a_file_that_will_not_open() -> None:
    data = made(paragraph("a\x00b\ufffec\uffffd\x0be"))
    assert [one.text for one in paragraphs(data)] == ["a\ufffdb\ufffdc\ufffdd\ufffde"]


@given(st.text(st.sampled_from("ab1 -.()אבمر٣\u0301\u064e👍"), max_size=30))
def test_cutting_text_by_direction_loses_nothing(text: str) -> None:
    pieces = by_direction(text)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(one[1] != other[1] for one, other in pairwise(pieces))


def test_right_to_left_words_are_runs_of_their_own_and_set_the_paragraphs_direction() -> None:
    assert by_direction("see שלום 12 עולם, ok") == [("see ", False), ("שלום 12 עולם", True), (", ok", False)]
    assert right_to_left("(12) שלום")
    assert not right_to_left("a שלום")
    assert not right_to_left("—")


def test_every_letter_that_unicode_calls_right_to_left_is_taken_for_one() -> None:
    """The blocks that are looked for first hold them all, in the Unicode version of this Python."""
    letters = (char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.bidirectional(char) in ("R", "AL"))
    assert not [hex(ord(char)) for char in letters if not right_to_left(f"—{char}")]
    data = made(paragraph("שלום"), paragraph("peace: ", Text("שלום", language="he")))
    bidi = [p.find(f"{W}pPr/{W}bidi") is not None for p in _body(data)]
    assert bidi == [True, False]
    marked = tree(data).find(f".//{W}r[{W}rPr]/{W}rPr/{W}lang")
    assert marked is not None
    assert marked.get(f"{W}bidi") == "he-IL"


# Styles


def test_each_kind_of_block_has_the_style_that_word_calls_by_that_name() -> None:
    styles = {one.text.split(".")[0]: one.style for one in paragraphs(render(kitchen_sink(), STYLE)[0].data)}
    expected = {
        "Bottom line": "BottomLineHeading",
        "Nothing is signed yet": "BottomLine",
        "Executive summary": "Heading1",
        "A second level with a claim": "Heading2",
        "A third level": "Heading3",
        "Between lists": "BodyText",
        "A note box": "NoteBox",
        "A warning box": "CautionBox",
        "More of them": "Quote",
        "first level, a": "ListBullet",
        "second level, from four": "ListNumber2",
        "third level, a": "ListBullet3",
        "item 9": "ListNumber",
        "with a second paragraph": "ListContinue",
        "with a quotation": "Quote",
        "Actor": "TableHeading",
        "Iran": "TableText",
        "Table 1": "Caption",
        "Figure 1": "Caption",
    }
    assert expected.items() <= styles.items()


def test_paragraphs_say_nothing_directly_that_their_style_could_say() -> None:
    """At the top level only lists number directly (each restarts) and their last items keep what follows away."""
    allowed = {"pStyle", "numPr", "spacing", "keepNext", "jc"}
    for properties in tree(made(*kitchen_sink().blocks)).iter(f"{W}pPr"):
        names = {etree.QName(child).localname for child in properties}
        style = properties[0].get(f"{W}val")
        assert names <= allowed | ({"ind"} if style in ("Quote", "NoteBox") else set()), style


def test_runs_use_character_styles_and_bold_shows_in_bold_headings() -> None:
    strong = Strong((Text("strong "), Emphasis((Text("both"),))))
    data = made(Paragraph((strong, Emphasis((Text("leaning"),)))), Heading(1, (Strong((Text("bold"),)),), "x"))
    runs = {words(run): _properties(run) for run in tree(data).iter(f"{W}r")}
    assert runs["strong "] == ["rStyle=Strong"]
    assert runs["both"] == ["rStyle=Strong", "i", "iCs"]
    assert runs["leaning"] == ["rStyle=Emphasis"]
    assert runs["bold"] == ["rStyle=Strong", "b", "bCs"]


def _properties(run: etree._Element) -> list[str]:
    held = run.find(f"{W}rPr")
    values = [] if held is None else [(etree.QName(one).localname, one.get(f"{W}val")) for one in held]
    return [f"{name}={value}" if value else name for name, value in values]


def _body(data: bytes) -> list[etree._Element]:
    """The body's paragraphs below the title block."""
    return [p for p in tree(data).iter(f"{W}p") if p[0][0].get(f"{W}val") not in ("MemoKind", "Title", "MemoLine")]


def test_the_style_sheet_follows_the_projects_style() -> None:
    style = Style(fonts=Fonts(docx="Gill Sans MT"), page=Page(size="Letter", margin_left_mm=30.0))
    data = made(paragraph("x"), style=style)
    size = tree(data).find(f".//{W}pgSz")
    margin = tree(data).find(f".//{W}pgMar")
    assert size is not None
    assert margin is not None
    assert (size.get(f"{W}w"), size.get(f"{W}h"), margin.get(f"{W}left")) == ("12240", "15840", "1701")
    assert b'typeface="Gill Sans MT"' in parts(data)["word/theme/theme1.xml"]
    body = tree(data, "word/styles.xml").find(f".//{W}pPrDefault//{W}spacing")
    assert body is not None
    assert (body.get(f"{W}line"), body.get(f"{W}lineRule")) == ("290", "atLeast")


def test_a_word_user_finds_the_styles_by_their_english_built_in_names() -> None:
    names = {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")
        for style in tree(made(), "word/styles.xml").iter(f"{W}style")
    }
    built_in = {
        "Heading1": "heading 1", "Title": "Title", "BodyText": "Body Text", "ListBullet2": "List Bullet 2",
        "FootnoteText": "footnote text", "FootnoteReference": "footnote reference", "Caption": "caption",
        "Quote": "Quote", "Hyperlink": "Hyperlink", "Header": "header", "ListContinue": "List Continue",
    }  # fmt: skip
    assert built_in.items() <= names.items()


# Title block, header, footer


def test_the_title_block_is_lines_of_label_tab_value_without_a_table() -> None:
    block = [(one.style, one.text) for one in title_block(made())]
    assert block[:2] == [("MemoKind", "Policy memorandum"), ("Title", "A title")]
    assert ("MemoLine", "To\tReaders") in block
    assert ("MemoLine", "Reference\tREF-1") in block
    assert tree(made()).find(f".//{W}tbl") is None


def test_header_and_footer_bear_banner_short_title_digest_and_live_page_numbers() -> None:
    document = Document(METADATA, ())
    data = render(document, STYLE)[0].data
    assert words(tree(data, "word/header1.xml")) == "Restricted\tShort"
    assert words(tree(data, "word/footer1.xml")) == f"REF-1 · Content {digest(document)[:8]}\tPage 1 of 1Restricted"
    fields = [field.text for field in tree(data, "word/footer1.xml").iter(f"{W}instrText")]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_the_words_for_the_page_follow_the_memos_language() -> None:
    style = Style(words={"az": Words(page="{pages} səhifədən {page}-ci", table="Cədvəl {number}")})
    table = Table(Row((Cell((Text("a"),)),)), (), ("left",), (Text("Başlıq"),))
    data = made(table, style=style, language="az")
    assert "1 səhifədən 1-ci" in words(tree(data, "word/footer1.xml"))
    assert paragraphs(data)[0].text == "Cədvəl 1. Başlıq"


# Lists


def test_each_numbered_list_is_a_list_of_its_own_that_starts_where_it_says() -> None:
    def numbered(start: int) -> List:
        return List((ListItem((paragraph("x"),)), ListItem((paragraph("y"),))), ordered=True, start=start)

    data = made(numbered(1), numbered(7), List((ListItem((paragraph("z"), numbered(0))),)))
    numbers = [p.find(f"{W}pPr/{W}numPr/{W}numId") for p in _body(data)]
    ids = [None if number is None else number.get(f"{W}val") for number in numbers]
    assert ids == ["3", "3", "4", "4", None, "5", "5"]
    starts = {
        num.get(f"{W}numId"): (over.get(f"{W}ilvl"), over[0].get(f"{W}val"))
        for num in tree(data, "word/numbering.xml").iter(f"{W}num")
        if (over := num.find(f"{W}lvlOverride")) is not None
    }
    assert starts == {"3": ("0", "1"), "4": ("0", "7"), "5": ("1", "0")}


def test_a_numbered_list_in_a_quotation_does_not_count_with_the_list_around_it() -> None:
    inner = Quotation((List((ListItem((paragraph("inner"),)),), ordered=True),))
    outer = List((ListItem((paragraph("one"), inner)), ListItem((paragraph("two"),))), ordered=True)
    levels = [p.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val") for p in _body(made(outer))]
    assert levels == ["0", "1", "0"]


def test_every_line_of_a_box_begins_at_one_edge_so_that_its_rule_is_straight() -> None:
    nested = List((ListItem((paragraph("x"), List((ListItem((paragraph("y"), paragraph("z"))),)))),))
    data = made(Callout("note", "Note", (nested, Quotation((paragraph("q"),)))))
    edges = [
        280 if indent is None else int(indent.get(f"{W}left", "")) - int(indent.get(f"{W}hanging", ""))
        for indent in (p.find(f"{W}pPr/{W}ind") for p in _body(data))
    ]
    assert edges == [280] * 5


def test_lists_ten_deep_stay_within_the_nine_levels_that_word_has() -> None:
    nested: Block = paragraph("deepest")
    for _ in range(12):
        nested = List((ListItem((paragraph("x"), nested)),), ordered=True)
    data = made(nested)
    assert faults(data) == []
    levels = [int(level.get(f"{W}val", "")) for level in tree(data).iter(f"{W}ilvl")]
    assert max(levels) == 8


def test_an_item_that_opens_with_a_table_or_nothing_still_has_its_bullet() -> None:
    table = Table(Row((Cell((Text("a"),)),)), (), ("left",))
    styles = [p[0][0].get(f"{W}val") for p in _body(made(List((ListItem(()), ListItem((table,))))))]
    assert styles == ["ListBullet", "ListBullet", "TableHeading", "MemoGap"]


def test_boxes_that_touch_stay_two_boxes() -> None:
    box = Callout("note", "Note", (paragraph("x"),))
    styles = [p[0][0].get(f"{W}val") for p in _body(made(box, box))]
    assert styles == ["NoteBoxHeading", "NoteBox", "MemoGap", "NoteBoxHeading", "NoteBox"]


# Tables


def test_a_tables_header_row_repeats_rows_do_not_split_and_the_caption_stays_with_it() -> None:
    row = Row((Cell((Text("a"),)), Cell((Text("b"),))))
    data = made(Table(row, (row, row), ("left", "right"), (Text("Caption"),)))
    rows = [[etree.QName(one).localname for one in found] for found in tree(data).iter(f"{W}trPr")]
    assert rows == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"]]
    caption = next(p for p in _body(data) if p[0][0].get(f"{W}val") == "Caption")
    assert caption.find(f"{W}pPr/{W}keepNext") is not None
    assert " SEQ Table " in "".join(field.text or "" for field in caption.iter(f"{W}instrText"))


@pytest.mark.parametrize(
    ("rows", "kept"), [(3, [True, True, False]), (40, [True, *[False] * 37, True, False]), (1, [False]), (0, [])]
)
def test_a_small_table_stays_on_one_page_and_no_row_of_a_long_one_stands_alone(rows: int, kept: list[bool]) -> None:
    data = made(_table(("h", "h"), *[("a", "b")] * rows))
    found = [
        {p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p")}
        for row in tree(data).iter(f"{W}tr")
        if row.find(f"{W}trPr/{W}tblHeader") is None
    ]
    assert found == [{keep} for keep in kept]


def test_an_item_of_a_list_is_not_parted_by_a_page_break() -> None:
    styles = {one.get(f"{W}styleId"): one for one in tree(made(), "word/styles.xml").iter(f"{W}style")}
    for name in ("ListBullet", "ListBullet5", "ListNumber", "ListNumber3", "ListContinue", "ListContinue2"):
        assert styles[name].find(f"{W}pPr/{W}keepLines") is not None, name


@pytest.mark.parametrize(("banded", "flag"), [(True, "0"), (False, "1")])
def test_banding_follows_the_style(banded: bool, flag: str) -> None:
    look = tree(made(_table(("a",)), style=Style(tables=Tables(banded=banded)))).find(f".//{W}tblLook")
    assert look is not None
    assert look.get(f"{W}noHBand") == flag


def _table(*rows: tuple[str, ...]) -> Table:
    made_rows = tuple(Row(tuple(Cell((Text(cell),) if cell else ()) for cell in row)) for row in rows)
    return Table(made_rows[0], made_rows[1:], ("left",) * len(rows[0]))


MEASURE, SIZE, SIDE = 453.5, 9.5, 5.0
cells = st.text(st.sampled_from("abcdef mW"), max_size=60)


@given(st.integers(1, 6).flatmap(lambda wide: st.lists(st.tuples(*[cells] * wide), min_size=1, max_size=5)))
@settings(deadline=None)
def test_columns_fill_the_measure_and_no_word_breaks_while_there_is_room(rows: list[tuple[str, ...]]) -> None:
    def widest(column: int) -> float:
        return max(
            (
                width(word, "regular" if at else "bold", SIZE)
                for at, row in enumerate(rows)
                for word in row[column].split()
            ),
            default=0,
        )

    widths = column_widths(extents(_table(*rows), SIZE), MEASURE, 2 * SIDE)
    assert sum(widths) == pytest.approx(MEASURE)
    needed = [widest(column) + 2 * SIDE for column in range(len(rows[0]))]
    if sum(needed) + len(needed) <= MEASURE and max(needed) <= MEASURE / 2:
        assert all(wide >= need for wide, need in zip(widths, needed, strict=True))


def test_a_short_column_keeps_its_lines_whole_beside_a_long_one() -> None:
    widths = column_widths(
        extents(_table(("Risk", "Level", "Effect"), ("x " * 90, "Medium", "y " * 200)), SIZE), MEASURE, 2 * SIDE
    )
    assert widths[1] < 60
    assert widths[2] > widths[0] > 2 * widths[1]


# Notes, links, figures


def test_a_note_holds_links_and_bold_of_its_own_part() -> None:
    content = (Link((Strong((Text("here"),)),), "https://example.org/?a=1&b=2"), Text(" and "), Claim("there", ("f",)))
    data = made(Paragraph((Text("x"), Footnote(content))))
    link = tree(data, "word/footnotes.xml").find(f".//{W}hyperlink")
    assert link is not None
    targets = {one.get("Id"): one.get("Target") for one in tree(data, "word/_rels/footnotes.xml.rels")}
    assert targets[link.get(f"{R}id")] == "https://example.org/?a=1&b=2"


def test_the_number_in_a_note_is_words_own_and_not_raised() -> None:
    """Its style bears the name that LibreOffice gives the one it uses there, so that it looks so there, too."""
    data = made(paragraph("x", note("said")))
    run = next(run for run in tree(data, "word/footnotes.xml").iter(f"{W}r") if run.find(f"{W}footnoteRef") is not None)
    name = run.find(f"{W}rPr/{W}rStyle").get(f"{W}val")
    style = next(one for one in tree(data, "word/styles.xml").iter(f"{W}style") if one.get(f"{W}styleId") == name)
    assert style.find(f"{W}name").get(f"{W}val") == "Footnote Characters"
    assert style.find(f"{W}rPr/{W}vertAlign") is None


def test_the_same_address_has_one_relationship_however_often_it_is_linked() -> None:
    link = paragraph(Link((Text("x"),), "https://example.org/"))
    rels = parts(made(*[link] * 50))["word/_rels/document.xml.rels"]
    assert rels.count(b"https://example.org/") == 1


def test_links_within_the_memo_lead_to_the_headings_bookmark() -> None:
    data = made(Heading(1, (Text("Risks"),), "risks"), paragraph(Link((Text("see"),), "#risks")))
    link = tree(data).find(f".//{W}hyperlink")
    heading = next(p for p in _body(data) if words(p) == "Risks")
    start = heading.find(f"{W}bookmarkStart")
    assert link is not None
    assert start is not None
    assert link.get(f"{W}anchor") == start.get(f"{W}name")


def test_links_find_a_heading_in_a_quotation_a_list_or_a_box_too() -> None:
    headings = [Heading(2, (Text(f"h{n}"),), f"h{n}") for n in range(3)]
    holders = (Quotation((headings[0],)), List((ListItem((headings[1],)),)), Callout("note", "Note", (headings[2],)))
    data = made(*holders, *(paragraph(Link((Text("see"),), f"#h{n}")) for n in range(3)))
    assert faults(data) == []


def test_a_paragraph_that_ends_with_a_colon_stays_with_what_it_announces() -> None:
    items = List((ListItem((paragraph("which are:"), List((ListItem((paragraph("x"),)),)))),))
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in _body(made(paragraph("Three:"), items, paragraph("y:")))]
    assert kept == [True, True, False, False]


def test_two_notes_in_a_row_are_not_read_as_one_number() -> None:
    data = made(Paragraph((Text("x"), note("one"), note("two"))))
    runs = list(_body(data)[0].iter(f"{W}r"))
    assert [etree.QName(run[-1]).localname for run in runs] == ["t", "footnoteReference", "t", "footnoteReference"]
    assert runs[2][-1].text == "\u00a0"


def test_a_figure_is_svg_with_a_png_behind_it_and_words_for_those_who_do_not_see_it() -> None:
    figure = next(block for block in kitchen_sink().blocks if isinstance(block, Figure))
    data = made(figure)
    assert parts(data)["word/media/image1.png"].startswith(b"\x89PNG")
    assert b"<svg" in parts(data)["word/media/image1.svg"]
    described = [one.get("descr") for one in tree(data).iter() if one.get("descr")]
    assert described == [figure.alt, figure.alt]
    extent = tree(data).find(".//{*}inline/{*}extent")
    assert extent is not None
    assert int(extent.get("cx", "")) / 12700 == pytest.approx(STYLE.measure(), abs=0.5)


# Tracked changes


def test_a_marked_inline_is_a_tracked_insertion_or_deletion_by_the_sender_on_the_memos_date() -> None:
    gone, new = Mark("deleted"), Mark("inserted")
    data = made(Paragraph((Text("old", mark=gone), LineBreak(new), Claim("new", ("f",), mark=new), note("n"))))
    deleted, *inserted = (one for one in tree(data).iter(f"{W}del", f"{W}ins"))
    assert (deleted.tag, words(deleted)) == (f"{W}del", "old")
    assert [words(one) for one in inserted] == ["\n", "new"]
    assert (deleted.get(f"{W}author"), deleted.get(f"{W}date")) == ("Writers", "2026-02-02T00:00:00Z")


def test_a_marked_row_and_a_marked_paragraph_are_tracked_as_a_whole() -> None:
    row = Row((Cell((Text("a"),)),), mark=Mark("inserted"))
    table = Table(Row((Cell((Text("h"),)),)), (row,), ("left",))
    data = made(table, Paragraph((Text("x"),), mark=Mark("deleted")))
    assert len(tree(data).findall(f".//{W}trPr/{W}ins")) == 1
    assert len(tree(data).findall(f".//{W}pPr/{W}rPr/{W}del")) == 1
    assert faults(data) == []


# What it carries


@slow
@given(documents())
def test_the_file_carries_the_document_and_where_each_claim_stands(document: Document) -> None:
    data = render(document, STYLE)[0].data
    item = etree.fromstring(parts(data)["customXml/item1.xml"])
    carried = from_json(item.findtext("{*}document") or "")
    assert carried == document
    claims = [one for run in text_runs(document) for one in inlines(run) if isinstance(one, Claim)]
    bookmarks = [(one.get("name"), one.get("facts"), one.get("part")) for one in item.iter("{*}bookmark")]
    assert bookmarks == [(f"_memo_{n}", " ".join(one.facts), one.part) for n, one in enumerate(claims, 1)]
    assert _bounded(data) == {f"_memo_{n}": one.text for n, one in enumerate(claims, 1)}


def _bounded(data: bytes) -> dict[str, str]:
    """The words between the ends of each hidden bookmark of a claim."""
    found: dict[str, str] = {}
    for name in ("word/document.xml", "word/footnotes.xml"):
        for start in tree(data, name).iter(f"{W}bookmarkStart"):
            if start.get(f"{W}name", "").startswith("_memo_"):
                found[start.get(f"{W}name", "")] = _until_end(start)
    return found


def _until_end(start: etree._Element) -> str:
    text, following = "", start.getnext()
    while following is not None and following.get(f"{W}id") != start.get(f"{W}id"):
        text += words(following) if following.tag != f"{W}r" else _run_words(following)
        following = following.getnext()
    return text


def _run_words(run: etree._Element) -> str:
    holder = etree.Element("holder")
    holder.append(etree.fromstring(etree.tostring(run)))
    return words(holder)


def test_a_bare_file_carries_neither_document_nor_fact_ids_nor_digest() -> None:
    document = kitchen_sink()
    data = render(document, STYLE, bare=True)[0].data
    held = parts(data)
    assert not [name for name in held if name.startswith("customXml")]
    everything = b"".join(held.values())
    assert b"_memo_" not in everything
    assert b"event-0" not in everything
    assert digest(document).encode() not in everything
    assert [one.text for one in paragraphs(data)] == [one.text for one in paragraphs(render(document, STYLE)[0].data)]


def test_document_properties_tell_title_sender_language_and_the_memos_date() -> None:
    data = made(edition="2", as_of="2026-01-23", as_of_shown="23 January 2026")
    core = {etree.QName(one).localname: one.text for one in tree(data, "docProps/core.xml")}
    assert core["title"] == "A title"
    assert core["creator"] == "Writers"
    assert core["language"] == "en-GB"
    assert core["created"] == core["modified"] == "2026-02-02T00:00:00Z"
    custom = {one.get("name"): words_of(one) for one in tree(data, "docProps/custom.xml")}
    assert custom["Reference"] == "REF-1"
    assert custom["Edition"] == "2"
    assert len(custom["Content digest"]) == 64


def words_of(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


@pytest.mark.parametrize(
    ("date", "instant", "stamp"),
    [
        ("2026-02-02", "2026-02-02T00:00:00Z", (2026, 2, 2)),
        ("2026-02", "2026-02-01T00:00:00Z", (2026, 2, 1)),
        ("1962~", "1962-01-01T00:00:00Z", (1980, 1, 1)),
        ("2110-05-05", "2110-05-05T00:00:00Z", (2107, 12, 31)),
        ("2026-21", "2026-01-01T00:00:00Z", (2026, 1, 1)),
    ],
)
def test_the_memos_own_date_dates_the_file(date: str, instant: str, stamp: tuple[int, int, int]) -> None:
    data = made(date=date)
    assert instant.encode() in parts(data)["docProps/core.xml"]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {stamp}


def test_passages_in_another_language_say_so_and_so_does_the_document() -> None:
    data = made(paragraph("x ", Text("Şəki", language="az")), language="en-GB")
    inner = [one.get(f"{W}val") for one in tree(data).iter(f"{W}lang")]
    outer = [one.get(f"{W}val") for one in tree(data, "word/styles.xml").iter(f"{W}lang")]
    assert (inner, outer) == (["az-Latn-AZ"], ["en-GB"])


def test_the_parts_come_in_the_order_that_streaming_readers_want() -> None:
    with zipfile.ZipFile(BytesIO(made())) as archive:
        names = archive.namelist()
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])


def test_python_docx_opens_it_and_finds_styles_sections_and_properties() -> None:
    docx = pytest.importorskip("docx")
    opened = docx.Document(BytesIO(render(kitchen_sink(), STYLE)[0].data))
    assert opened.core_properties.author == kitchen_sink().metadata.sender
    assert next(p.text for p in opened.paragraphs if p.style.name == "Heading 1") == "Executive summary"
    assert opened.tables[0].style.name == "Memo Table"
    assert opened.sections[0].header.paragraphs[0].style.name == "Header"


def test_time_grows_with_length_and_no_faster() -> None:
    def seconds(times: int) -> float:
        blocks = tuple(
            paragraph("words ", Link((Text("x"),), f"https://example.org/{n}"), note(f"{n}")) for n in range(times)
        )
        start = perf_counter()
        made(*blocks)
        return perf_counter() - start

    short = min(seconds(300) for _ in range(3))
    assert min(seconds(3000) for _ in range(3)) < 40 * short
