"""Where sentences begin and end, and which facts answer for each."""

from __future__ import annotations

from memo.document.sentences import passages
from memo.document.tree import (
    Callout,
    Cell,
    Claim,
    Document,
    Footnote,
    Heading,
    LineBreak,
    List,
    ListItem,
    Metadata,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)

META = Metadata("Title", "", "A", "B", "2031-03-20", "20 March 2031")
NOTE_A, NOTE_B = Footnote((Text("a"),), ("a",)), Footnote((Text("b"),), ("b",))


def sentences(*inlines, language="en-GB"):
    metadata = Metadata("Title", "", "A", "B", "2031-03-20", "20 March 2031", language=language)
    return [s for p in passages(Document(metadata, (Paragraph(inlines),))) for s in p.sentences]


def test_abbreviations_do_not_end_a_sentence():
    texts = [s.text for s in sentences(Text("It cost 2.5 million, e.g. for Dr. Smith. Then it stopped."))]
    assert texts == ["It cost 2.5 million, e.g. for Dr. Smith.", "Then it stopped."]


def test_a_note_after_the_full_stop_belongs_to_the_sentence_before_it():
    first, second = sentences(Text("One."), NOTE_A, Text(" Two"), NOTE_B, Text("."))
    assert (first.notes, second.notes) == ((NOTE_A,), (NOTE_B,))


def test_a_note_answers_for_sentences_before_it_that_have_none():
    one, two, three = sentences(Text("One. Two."), NOTE_A, Text(" Three."))
    assert (one.cited, two.cited, three.cited) == (("a",), ("a",), ())
    assert one.notes == ()


def test_claims_are_shown_and_notes_cited():
    (only,) = sentences(Text("Here "), Claim("gas flows", ("gas",), "phrase"), Text("."), NOTE_A)
    assert (only.shown, only.cited, only.facts) == (("gas",), ("a",), ("gas", "a"))
    assert [piece.text for piece in only.writer_pieces()] == ["Here ", "."]


def test_each_character_is_traced_to_its_leaf():
    leaf = Text("ne. Two words.")
    _, second = sentences(Strong((Text("O"),)), leaf)
    assert second.text == "Two words."
    assert second.at(4) == (leaf, 8)
    assert "".join(piece.text for piece in second.pieces) == second.text


def test_a_forced_line_break_is_white_space():
    assert [s.text for s in sentences(Text("One line"), LineBreak(), Text("goes on."))] == ["One line goes on."]


def test_sentences_of_other_languages_end_by_their_own_marks():
    assert [s.text for s in sentences(Text("Τι είναι; Αυτό. Τέλος."), language="el")][-1] == "Τέλος."


def test_every_run_of_text_says_where_it_stands():
    cell = Row((Cell((Text("In a cell."),)),))
    blocks = (
        Callout("bottom-line", "Bottom line", (Paragraph((Text("First."),)),)),
        Heading(1, (Text("Risks"),), "risks"),
        List((ListItem((Paragraph((Text("A point."),)),)),)),
        Table(Row((Cell((Text("Head"),)),)), (cell,), ("left",), (Text("About."),)),
    )
    found = [(p.sentences[0].text, p.role, p.section, p.callout) for p in passages(Document(META, blocks))]
    assert found == [
        ("First.", "paragraph", "", "bottom-line"),
        ("Risks", "heading", "risks", ""),
        ("A point.", "item", "risks", ""),
        ("About.", "caption", "risks", ""),
        ("Head", "header", "risks", ""),
        ("In a cell.", "cell", "risks", ""),
    ]
