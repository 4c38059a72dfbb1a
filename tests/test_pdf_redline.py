"""A redline as PDF: what came and what went is seen and heard, and without it the page says what the memos say."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace

from memo.changes import compare
from memo.changes.resolve import accept
from memo.compose.finish import keyed
from memo.document.as_json import from_json
from memo.document.tree import (
    Callout,
    Cell,
    Document,
    Event,
    Figure,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Mark,
    Metadata,
    PageBreak,
    Quotation,
    Row,
    Rule,
    Strong,
    Table,
    Text,
)
from memo.facts.style import Colours, Style, Words
from memo.renderers.pdf import render
from tests.documents import ASCII, documents, edits, kitchen_sink, note, paragraph
from tests.pdf.paper import SHORT
from tests.pdf.reading import Node, Reading
from tests.pdf.redlines import heard, how, words
from tests.pdf.sound import bookmarks, faults
from tests.pdf.vera import violations

FEW = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
STYLE = Style()
METADATA = Metadata("Trade", "Trade", "Committee", "Port desk", "2031-03-14", "14 March 2031")


def written(document: Document, style: Style = STYLE) -> bytes:
    return render(document, style)[0].data


def holds(old: Document, new: Document, style: Style = STYLE) -> None:
    """What a redline shows without what went is the new memo, and without what came the old one."""
    redline = compare(old, new)
    data = written(redline, style)
    assert faults(data, redline) == []
    reading = Reading(data)
    assert words(reading, "deleted") == words(Reading(written(new)))
    assert words(reading, "inserted") == words(Reading(written(old)))


@pytest.mark.long
@FEW
@given(edits(ASCII))
def test_without_what_went_it_says_the_new_memo_and_without_what_came_the_old(pair: tuple[Document, Document]) -> None:
    holds(*pair)


@pytest.mark.long
@FEW
@given(documents(ASCII), documents(ASCII))
def test_the_same_holds_of_memos_that_have_nothing_in_common(old: Document, new: Document) -> None:
    holds(old, new)
    holds(old, new, SHORT)


@FEW
@given(documents(marks=True))
def test_marks_in_any_place_are_shown_and_leave_the_file_whole(document: Document) -> None:
    """Also where no comparison would put them: within a note within what went, on every cell's words."""
    reading = Reading(written(document))
    owned = list(reading.root.stretches())
    assert reading.unmarked == 0
    assert sorted(owned) == sorted(set(reading.stretches))


@pytest.fixture(scope="module")
def twenty() -> list[tuple[Document, Document]]:
    """Twenty random pairs: the same at each run."""
    made: list[tuple[Document, Document]] = []

    @settings(FEW, max_examples=20, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(edits())
    def draw(pair: tuple[Document, Document]) -> None:
        made.append(pair)

    draw()
    return made[:20]


@pytest.mark.long
@pytest.mark.conformance
def test_twenty_redlines_keep_pdf_ua_and_pdf_a(twenty: list[tuple[Document, Document]]) -> None:
    redlines = [everything(), *(compare(old, new) for old, new in twenty)]
    assert [found for redline in redlines if (found := violations(written(redline)))] == []


# A redline with a change in every kind of place


def everything() -> Document:
    """A redline in which every kind of block and inline came and went."""
    old = (
        Heading(1, (Text("What went"),), "what-went"),
        paragraph("Trade grew in 2030", note("Gazette, para. 9.", "trade"), " and so did the fleet."),
        paragraph(
            "See ", Link((Text("the old tables"),), "https://example.org/old"), " or ask the desk.", note("Old.")
        ),
        Heading(2, (Text("Figures and tables"),), "figures"),
        figure("1994", "2030"),
        Table(row("Port", "Ships"), (row("Halvern", "12"), row("Ostrand", "7")), ("left", "right")),
        Table(row("One"), (row("of its kind"),), ("left",), (Text("A table that goes"),)),
        List((item("First."), item("Second, gone."), item("Third.")), ordered=True),
        Quotation((paragraph("A passage that went."),)),
        Callout("note", "Note", (paragraph("A box that stays, with a word."),)),
        Rule(),
        paragraph("Between a rule and a break."),
        PageBreak(),
        paragraph("The end."),
    )
    new = (
        paragraph("Trade shrank in 2030", note("Gazette, para. 11.", "trade"), " and so did the fleet."),
        paragraph("See ", Link((Text("the new tables"),), "https://example.org/new"), " or ask."),
        Heading(2, (Text("Figures, tables and lists"),), "figures"),
        figure("1994", "2031"),
        Table(row("Port", "Ships"), (row("Halvern", "14"), row("Vik", "3")), ("left", "right")),
        List((item("First."), item("Third."), item("Fourth, new.", note("New.")))),
        Callout("warning", "Caution", (paragraph("A box that came."),)),
        Callout("note", "Note", (paragraph("A box that stays, with two words."),)),
        paragraph("Between a rule and a break."),
        Rule(),
        paragraph("A paragraph that came."),
        paragraph("The end."),
        PageBreak(),
        Heading(1, (Text("What came"),), "what-came"),
        paragraph("The very end."),
    )
    earlier = replace(METADATA, edition="1", reference="PD-7")
    later = replace(METADATA, title="Trade today", date="2031-05-02", date_shown="2 May 2031")
    redline = compare(Document(earlier, keyed(old)), Document(later, keyed(new)))
    return replace(redline, changes=tuple(replace(change, reason="A reason.") for change in redline.changes))


def figure(*years: str) -> Figure:
    events = tuple(Event(year, year, f"What was in {year}") for year in years)
    return Figure("timeline", events, f"From {years[0]} to {years[-1]}.", (Text("Two years"),))


def row(*cells: str) -> Row:
    return Row(tuple(Cell((Text(cell),)) for cell in cells))


def item(*content: Inline | str) -> ListItem:
    return ListItem((paragraph(*content),))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reading(written(everything()))


def test_every_kind_of_change_is_sound() -> None:
    redline = everything()
    assert faults(written(redline), redline) == []


def spans(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Every Span that says that it came or went."""
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/ActualText")]


def other_words(pdf: pikepdf.Pdf) -> None:
    spans(pdf)[3].ActualText = pikepdf.String("inserted, change 1: something else (end)")


def unsaid(pdf: pikepdf.Pdf) -> None:
    """A figure that went, as if it had stayed."""
    figure = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one)
    figure.Alt = pikepdf.String("deleted, change 1: another picture (end)")


def back_to_a_heading(pdf: pikepdf.Pdf) -> None:
    span = next(one for one in spans(pdf) if "What went" in str(one.ActualText))
    span.P.S = pikepdf.Name.H1


def led_astray(pdf: pikepdf.Pdf) -> None:
    areas = [area for page in pdf.pages[-2:] for area in page.Annots]
    areas[0].Dest = areas[-2].Dest


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (other_words, "marked_words"), (unsaid, "alternatives"), (back_to_a_heading, "levels"), (led_astray, "changes"),
    ],
)  # fmt: skip
def test_the_check_of_redlines_bites(spoil: Callable[[pikepdf.Pdf], None], name: str) -> None:
    redline = everything()
    with pikepdf.open(io.BytesIO(written(redline))) as pdf:
        spoil(pdf)
        spoiled = io.BytesIO()
        pdf.save(spoiled, static_id=True)
    assert name in {fault.partition(":")[0] for fault in faults(spoiled.getvalue(), redline)}


def texts(reading: Reading, tag: str, sort: str) -> list[str]:
    """What Spans of that sort say within elements of that tag."""
    nodes = [node for node in reading.find(tag) if not node.entries.get("/ActualText")]
    return [heard(span) for node in nodes for span in node.find("Span") if how(span) == sort]


def test_the_title_block_shows_what_it_said_before(reading: Reading) -> None:
    assert (texts(reading, "Title", "deleted"), texts(reading, "Title", "inserted")) == (["Trade"], ["Trade today"])
    rows = [[(how(span), heard(span)) for span in item.find("Span") if how(span)] for item in reading.find("LI")[:4]]
    assert rows == [[], [], [("deleted", "14 March 2031"), ("inserted", "2 May 2031")], [("deleted", "PD-7")]]


def test_a_heading_that_went_is_no_heading_and_no_bookmark(reading: Reading) -> None:
    headings = [node.tag for node in reading.root.all() if node.tag in ("H1", "H2")]
    assert headings == ["H1", "H1", "H1"]
    assert [title for title, _, _ in bookmarks(reading)] == ["Figures, tables and lists", "What came", "Changes"]
    assert "What went" in texts(reading, "P", "deleted")


def test_a_figure_says_in_its_alternative_text_that_it_came_or_went(reading: Reading) -> None:
    said = [figure.entries["/Alt"] for figure in reading.find("Figure")]
    assert [text.partition(",")[0] for text in said] == ["deleted", "inserted"]
    assert [text.partition(": ")[2] for text in said] == ["From 1994 to 2030. (end)", "From 1994 to 2031. (end)"]


def test_a_link_and_a_note_reference_say_for_themselves_that_they_came_or_went(reading: Reading) -> None:
    said = [str(area.Contents) for page in reading.pdf.pages for area in page.get("/Annots", [])]
    assert any(text.startswith("deleted, change ") and text.endswith(": the old tables (end)") for text in said)
    assert any(text.startswith("deleted, change ") and text.endswith(": Footnote 2: Old. (end)") for text in said)


def test_rules_and_page_breaks_that_came_or_went_are_named_and_only_those_that_came_break() -> None:
    came, went = Mark("inserted"), Mark("deleted")
    blocks = (paragraph("One."), PageBreak(mark=went), Rule(mark=went), Rule(mark=came), PageBreak(mark=came))
    pages = pypdf.PdfReader(io.BytesIO(written(Document(METADATA, keyed((*blocks, paragraph("Two."))))))).pages
    first, second = (page.extract_text() for page in pages)
    assert all(name in first for name in ("One.", "deleted: page break", "deleted: rule", "inserted: rule"))
    assert all(name in second for name in ("inserted: page break", "Two."))


def test_the_words_come_out_in_reading_order_as_the_page_shows_them() -> None:
    """What went stands before what came, and the two are words of their own, for those who search or copy."""
    shown = pypdf.PdfReader(io.BytesIO(written(everything()))).pages[0].extract_text()
    assert "Trade grew shrank in 2030" in " ".join(shown.split())


def test_every_change_is_listed_at_the_end_with_what_was_and_is_and_why(reading: Reading) -> None:
    *_, told = (kid for kid in reading.root.kids if isinstance(kid, Node))
    changes = everything().changes
    items = [" ".join(reading.said(p) for p in item.find("P")) for item in told.find("LI")]
    assert [reading.said(number) for number in told.find("Lbl")] == [str(at + 1) for at in range(len(changes))]
    assert items[0] == "Title Was: Trade Now: Trade today Reason: A reason."
    assert all(item.endswith("Reason: A reason.") or "Facts: trade" in item for item in items)


def test_the_numbers_of_changes_stand_in_the_margin() -> None:
    page = pypdf.PdfReader(io.BytesIO(written(everything()))).pages[0]
    found: list[str] = []
    page.extract_text(visitor_text=lambda text, _, place, *__: found.append(text) if 40 < place[4] < 61 else None)
    assert " ".join(" ".join(found).split()).startswith("1 25 2 3 4 6, 7 8 9 9 10")


def test_the_file_says_that_it_is_a_redline_and_carries_it_with_its_marks() -> None:
    redline = everything()
    reading = Reading(written(redline))
    told = "Redline against edition 1 of 14 March 2031"
    assert str(reading.pdf.docinfo["/Title"]) == f"Trade today ({told})"
    assert reading.said(reading.find("P")[0]) == f"Policy memorandum · {told}"
    carried = from_json(reading.pdf.Root.AF[0].EF.F.read_bytes().decode())
    assert carried == redline
    assert accept(carried).metadata.title == "Trade today"


def test_against_a_version_that_was_never_issued_it_names_the_date() -> None:
    old, new = (Document(replace(METADATA, title=title), keyed((paragraph("One."),))) for title in ("Old", "New"))
    reading = Reading(written(compare(old, new)))
    assert str(reading.pdf.docinfo["/Title"]) == "New (Redline against the version of 14 March 2031)"


def test_another_language_has_its_own_words_for_it() -> None:
    words = Words(inserted="eklendi", deleted="silindi", marked="{text} [{how}]", changes="Değişiklikler")
    marked = Document(replace(METADATA, language="tr"), keyed((paragraph(Text("liman", mark=Mark("inserted"))),)))
    (span,) = Reading(render(marked, Style(words={"tr": words}))[0].data).find("Span")
    assert span.entries["/ActualText"] == "liman [eklendi]"


def test_a_stretch_in_several_faces_says_so_once() -> None:
    mark = Mark("deleted", 0)
    run = (Text("It was ", mark=mark), Strong((Text("very"),), mark=mark), Text(" good.", mark=mark))
    (span,) = Reading(written(Document(METADATA, keyed((paragraph(*run),))))).find("Span")
    assert span.entries["/ActualText"] == "deleted: It was very good. (end)"


def test_colours_of_changes_can_be_read_on_white_and_on_the_tint() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    colours = Colours()
    for ink in (colours.inserted, colours.deleted):
        assert all(contrast(ink, paper) >= 4.5 for paper in ("#FFFFFF", colours.tint))


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_memo_against_itself_is_the_memo_and_no_redline() -> None:
    memo = kitchen_sink()
    assert written(compare(memo, memo)) == written(memo)
