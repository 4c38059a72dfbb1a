"""Comparing documents: few and readable edits, each told with facts, sources and reason; nothing lost on the way."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace

from memo.changes import compare
from memo.changes.alignment import word_diff
from memo.changes.resolve import accept, reject, resolves_to, visible_document
from memo.compose.finish import keyed
from memo.document.as_json import from_json, to_json
from memo.document.tree import (
    Basis,
    Block,
    Callout,
    Cell,
    Change,
    Claim,
    Document,
    Figure,
    Footnote,
    Heading,
    Link,
    Mark,
    Metadata,
    Paragraph,
    Row,
    Rule,
    Strong,
    Table,
    Text,
)
from memo.document.walk import block_nodes, inlines, text_runs
from memo.facts.dossier import Change as Revision
from memo.facts.dossier import Facts
from memo.facts.edtf import parse
from tests.compose.harbour import DOSSIER
from tests.documents import ASCII, documents, edits, kitchen_sink, note, paragraph

MANY = settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
DATE = parse("2031-03-10")
assert DATE
METADATA = Metadata("Harbour trade", "Harbour", "Committee", "Port desk", "2031-03-14", "14 March 2031")


def marks(document: Document) -> set[int]:
    """The numbers of the changes that any mark belongs to."""
    nodes = [node.mark for node in block_nodes(document.blocks)]
    words = [one.mark for run in text_runs(document) for one in inlines(run)]
    return {mark.change for mark in (*nodes, *words) if mark}


def holds(old: Document, new: Document) -> None:
    redline = compare(old, new)
    assert visible_document(accept(redline)) == visible_document(new)
    assert visible_document(reject(redline)) == visible_document(old)
    assert (accept(redline).metadata, reject(redline).metadata) == (new.metadata, old.metadata)
    assert resolves_to(redline, old, new)
    assert marks(redline) <= set(range(len(redline.changes) + 1))
    assert from_json(to_json(redline)) == redline
    anchors = [node.anchor for node in block_nodes(redline.blocks) if isinstance(node, Heading)]
    assert len(anchors) == len(set(anchors))


@pytest.mark.long
@MANY
@given(edits())
def test_accepting_all_gives_the_new_document_and_rejecting_all_the_old(pair: tuple[Document, Document]) -> None:
    holds(*pair)
    holds(*reversed(pair))


def test_a_space_between_sentences_is_rejected_into_the_link_that_it_stood_in() -> None:
    first, second = Text("Trade grew."), Text("The fleet shrank.")
    target = "https://example.org/"
    one = Document(METADATA, (paragraph(Link((first, Text(" "), second), target)),))
    two = Document(METADATA, (paragraph(Link((first,), target), " ", Link((second,), target)),))
    holds(one, two)
    holds(two, one)


@pytest.mark.long
@settings(MANY, max_examples=50)
@given(documents(ASCII), documents(ASCII))
def test_the_same_holds_of_two_documents_that_have_nothing_in_common(old: Document, new: Document) -> None:
    holds(old, new)


@settings(MANY, max_examples=50)
@given(documents())
def test_a_document_against_itself_has_no_change_and_no_mark(document: Document) -> None:
    redline = compare(document, document)
    assert redline == document


# What is told


def document(*blocks: Block, **metadata: str) -> Document:
    return Document(replace(METADATA, **metadata), keyed(blocks))


def heading(text: str) -> Heading:
    return Heading(1, (Text(text),), text.lower())


def claim(text: str, *facts: str) -> Claim:
    return Claim(text, facts)


def said(old: Document, new: Document, facts: Facts | None = None) -> list[str]:
    """Each change, as ``memo diff`` prints it."""
    return [marked(change) for change in compare(old, new, facts).changes]


def marked(change: Change) -> str:
    signs = {"": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return "".join(signs[how].format(text) for how, text in word_diff(change.before, change.after))


def reworded(old: str, new: str) -> list[str]:
    return said(document(paragraph(old)), document(paragraph(new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Trade grew in May.", "Trade shrank in May.", "Trade [-grew-]{+shrank+} in May."),
        (
            "The visit of 21-22 January 2026 was short.",
            "The visit of 23 January 2026 was short.",
            "The visit of [-21-22 January 2026-]{+23 January 2026+} was short.",
        ),
        (
            "The port handled about 2.5 million tonnes last year.",
            "The port handled about 3 million tonnes last year.",
            "The port handled about [-2.5 million-]{+3 million+} tonnes last year.",
        ),
        ("It costs 1,200 euros a day.", "It costs 1,250 euros a day.", "It costs [-1,200-]{+1,250+} euros a day."),
        (
            "The co-operation of both ports is new and welcome.",
            "The co-ordination of both ports is new and welcome.",
            "The [-co-operation-]{+co-ordination+} of both ports is new and welcome.",
        ),
        (
            "In the spring the old harbour was closed to all ships for repairs.",
            "In the autumn the new harbour was closed to all ships for repairs.",
            "In the [-spring the old-]{+autumn the new+} harbour was closed to all ships for repairs.",
        ),
        (
            "The port opened.",
            "The port opened after a long delay that nobody had foreseen.",
            "The port opened{+ after a long delay that nobody had foreseen+}.",
        ),
        ("Порт принял 2 миллиона тонн за год.", "Порт принял 3 миллиона тонн за год.",
         "Порт принял [-2 миллиона-]{+3 миллиона+} тонн за год."),
    ],
)  # fmt: skip
def test_an_edit_keeps_words_and_numbers_whole_and_is_easily_read(old: str, new: str, expected: str) -> None:
    assert reworded(old, new) == [expected]


def test_only_the_sentence_that_changed_is_told_with_its_section() -> None:
    old = document(heading("Trade"), paragraph("Ships came. Trade grew in May. All was well."))
    new = document(heading("Trade"), paragraph("Ships came. Trade shrank in May. All was well."))
    (change,) = compare(old, new).changes
    assert change == Change("Trade", "Trade grew in May.", "Trade shrank in May.")


def test_a_sentence_that_came_or_went_is_told_as_such() -> None:
    old = document(paragraph("Ships came. Trade grew in May."))
    new = document(paragraph("Ships came. Customs were slow. Trade grew in May."))
    assert said(old, new) == ["{+Customs were slow.+}"]
    assert said(new, old) == ["[-Customs were slow.-]"]


def test_a_paragraph_put_in_front_of_others_shifts_no_other() -> None:
    rest = (paragraph("The second is here."), paragraph("The third is there."))
    old = document(paragraph("The first stands."), *rest)
    new = document(paragraph("Quite another thing."), paragraph("The first stands."), *rest)
    redline = compare(old, new)
    assert [block.mark for block in redline.blocks] == [Mark("inserted", 1), None, None, None]


def test_a_sentence_is_known_by_its_fact_though_all_its_words_change() -> None:
    old = document(Paragraph((claim("Two berths opened.", "berths"), Text(" Rain fell."))))
    new = document(Paragraph((claim("The harbour has grown since 2030.", "berths"), Text(" Rain fell."))))
    assert said(old, new) == ["[-Two berths opened-]{+The harbour has grown since 2030+}."]


def test_a_row_is_told_as_a_whole_and_marked_where_it_changed() -> None:
    def table(*rows: tuple[str, ...]) -> Table:
        header, *rest = (Row(tuple(Cell((Text(words),)) for words in row)) for row in rows)
        return Table(header, tuple(rest), ("left", "right"))

    old = document(table(("Port", "Ships"), ("Halvern", "400"), ("Brane", "30")))
    new = document(table(("Port", "Ships"), ("Halvern", "450"), ("Brane", "30"), ("Corse", "7")))
    redline = compare(old, new)
    assert [marked(change) for change in redline.changes] == ["Halvern | [-400-]{+450+}", "{+Corse | 7+}"]
    (block,) = redline.blocks
    assert isinstance(block, Table)
    assert block.rows[0].cells[1].content == (
        Text("400", mark=Mark("deleted", 1)),
        Text("450", mark=Mark("inserted", 1)),
    )
    assert [row.mark for row in block.rows] == [None, None, Mark("inserted", 2)]


def test_another_number_of_columns_replaces_the_table() -> None:
    def table(*words: str) -> Table:
        return Table(Row(tuple(Cell((Text(word),)) for word in words)), (), ("left",) * len(words))

    redline = compare(document(table("a", "b")), document(table("a", "b", "c")))
    assert [block.mark for block in redline.blocks] == [Mark("deleted", 1), Mark("inserted", 1)]


def test_a_note_in_other_words_is_changed_within_and_one_more_note_is_no_change_of_the_others() -> None:
    old = document(paragraph("Trade grew.", note("Gazette, para. 9.", "trade")), paragraph("So.", note("Ledger, 2.")))
    new = document(
        paragraph("Trade grew.", note("Gazette, para. 11.", "trade"), " ", note("Another source.", "more")),
        paragraph("So.", note("Ledger, 2.")),
    )
    redline = compare(old, new)
    assert [marked(change) for change in redline.changes] == ["Gazette, para. [-9-]{+11+}.", "{+Another source.+}"]
    first, second = (one for one in inlines(redline.blocks[0].content) if isinstance(one, Footnote))  # type: ignore[union-attr]
    assert (first.mark, second.mark) == (None, Mark("inserted", 2))
    assert redline.blocks[1] == new.blocks[1]


def test_a_figure_that_shows_something_else_is_replaced_and_told_by_the_facts_that_differ() -> None:
    figure = next(block for block in kitchen_sink().blocks if isinstance(block, Figure))
    other = replace(figure, data=(replace(figure.data[0], label="Signs"), *figure.data[1:]), alt="Another.")
    redline = compare(document(figure), document(other))
    assert [block.mark for block in redline.blocks] == [Mark("deleted", 1), Mark("inserted", 1)]
    assert redline.changes[0].facts == ("event-0",)


def test_rules_page_breaks_and_bold_words_are_marked_and_not_told() -> None:
    redline = compare(
        document(paragraph("A word.")), document(Paragraph((Strong((Text("A"),)), Text(" word."))), Rule())
    )
    assert redline.changes == ()
    assert marks(redline) == {0}


def test_a_box_before_the_first_section_goes_by_its_title() -> None:
    def box(words: str) -> Callout:
        return Callout("bottom-line", "Bottom line", (paragraph(words),))

    (change,) = compare(document(box("Trade grew well.")), document(box("Trade shrank well."))).changes
    assert change.section == "Bottom line"


def test_the_title_block_is_told_and_the_date_only_beside_another_change() -> None:
    old = document(paragraph("Ships came."))
    later = {"date": "2031-03-20", "date_shown": "20 March 2031", "as_of": "2031-03-19", "edition": "2"}
    assert compare(old, document(paragraph("Ships came."), **later)).changes == ()
    other = document(paragraph("Ships came."), to="Council", title="Harbour trade today", **later)
    assert compare(old, other).changes == (
        Change("Title", "Harbour trade", "Harbour trade today"),
        Change("To", "Committee", "Council"),
        Change("Date", "14 March 2031", "20 March 2031"),
    )


def test_what_changes_printed_is_left_out_and_stays_as_it_is() -> None:
    statement = Paragraph((Text("Changed since edition 1."),), "changes:")
    other = Paragraph((Text("Nothing changed since edition 2."),), "changes:")
    redline = compare(document(paragraph("Same."), statement), document(paragraph("Same."), other))
    assert (redline.changes, redline.blocks[-1]) == ((), other)
    assert resolves_to(redline, document(paragraph("Same."), statement), document(paragraph("Same."), other))


def test_a_section_whose_name_begins_with_changes_is_compared_like_any_other() -> None:
    old, new = (document(heading("Changes ahead"), paragraph(f"Trade {word} in May.")) for word in ("grew", "shrank"))
    assert len(compare(old, new).changes) == 1


# Facts, sources, reasons


def test_a_change_names_its_fact_the_sources_and_the_curators_reason() -> None:
    fact = replace(DOSSIER.facts["trade"], revised=Revision(date=DATE, reason="The ledger was corrected."))
    facts = dataclasses.replace(DOSSIER, facts={**DOSSIER.facts, "trade": fact})
    old = document(Paragraph((claim("Trade reached 500 million dollars.", "trade"),)))
    new = document(Paragraph((claim("Trade reached 600 million dollars.", "trade"),)))
    (change,) = compare(old, new, facts).changes
    assert change.facts == ("trade",)
    assert change.sources == ("Halvern Gazette, para. 7", "Customs ledger, p. 1")
    assert change.reason == "The ledger was corrected."


def test_a_writers_own_words_have_no_reason() -> None:
    old = document(Paragraph((Text("All in all, it holds that "), claim("trade grew", "trade"), Text("."))))
    new = document(Paragraph((Text("On the whole, it holds that "), claim("trade grew", "trade"), Text("."))))
    (change,) = compare(old, new, DOSSIER).changes
    assert change.reason == ""


def test_of_several_facts_behind_a_sentence_those_that_differ_are_named() -> None:
    def cited(amount: str, digest: str) -> Document:
        made = document(paragraph(f"Trade reached {amount} and rail came.", note("Both.", "trade", "rail-link")))
        return replace(made, basis=(Basis("trade", digest), Basis("rail-link", "same")))

    (change,) = compare(cited("500", "one"), cited("600", "other"), DOSSIER).changes
    assert change.facts == ("trade",)


def test_a_fact_that_came_or_went_or_was_retired_says_so() -> None:
    retired = replace(DOSSIER.facts["rail-link"], retired=Revision(date=DATE, reason="The plan was dropped."))
    facts = dataclasses.replace(DOSSIER, facts={**DOSSIER.facts, "rail-link": retired})
    old = document(Paragraph((claim("A rail link is planned.", "rail-link"),)), Paragraph((claim("It rains.", "x"),)))
    new = document(Paragraph((claim("Trade reached 600 million dollars.", "trade"),)))
    reasons = {change.facts: change.reason for change in compare(old, new, facts).changes}
    assert reasons == {
        ("rail-link",): "The plan was dropped.",
        ("x",): "The memo no longer uses this fact.",
        ("trade",): "The memo now uses this fact.",
    }


def test_a_heading_that_went_and_one_that_came_in_its_name_have_anchors_of_their_own() -> None:
    old = document(heading("Trade"), Paragraph((Link((Text("see trade"),), "#trade"),)))
    new = document(Heading(2, (Text("Trade"),), "trade"))
    redline = compare(old, new)
    anchors = [block.anchor for block in redline.blocks if isinstance(block, Heading)]
    assert anchors == ["trade-deleted", "trade"]


def test_a_link_that_went_leads_to_where_its_heading_is_now() -> None:
    see = Paragraph((Text("For the figures of trade "), Link((Text("see there"),), "#trade"), Text(" in full.")))
    old = document(Heading(1, (Text("Trade and rail"),), "trade"), see)
    new = document(Heading(1, (Text("Trade and rails"),), "trades"), paragraph("Nothing to see."))
    links = [one for run in text_runs(compare(old, new)) for one in inlines(run) if isinstance(one, Link)]
    assert [link.target for link in links] == ["#trades"]
