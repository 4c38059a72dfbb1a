"""What a reader sees of a text, and that comparisons go by it wherever a text stands."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from memo.changes import compare
from memo.changes.plain_texts import map_runs
from memo.changes.resolve import resolves_to
from memo.compose.finish import keyed
from memo.document.tree import Bar, Block, Callout, Document, Figure, Inline, List, ListItem, Metadata, Quotation, Text
from memo.facts.appearance import as_seen
from tests.documents import kitchen_sink, note, paragraph


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "Cafe\u0301"),
        ("Å", "\u212b"),
        ("ở", "o\u031b\u0309"),
        ("co-operate", "co\u00ad-oper\u00adate"),
        ("quay", "qu\u200bay"),
        ("quay", "\u2060qu\ufeffay\u2060"),
        ("quay", "qu\u200day"),
        ("office", "of\u200cfice"),
        ("Ελλάδα", "Ελ\u200dλάδα"),
        ("quay.", "quay\u200e."),
        ("quay", "qu\u200fay"),
        ("quay", "\u2066quay\u2069"),
        ("quay \u263a", "quay \u263a\ufe0e"),
        ("two berths", "two  berths"),
        ("two berths", "two\u00a0berths"),
        ("two berths", "two\n berths"),
        ("co-operate", "co\u2011operate"),
        ("e\u0301", "e\u034f\u0301"),
    ],
)
def test_two_texts_that_look_the_same_are_seen_alike(one: str, other: str) -> None:
    assert as_seen(one) == as_seen(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("می‌خواهم", "میخواهم"),
        ("क\u094dष", "क\u094d\u200dष"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\U0001f469"),
        ("שלום 12\u200f!", "שלום 12!"),
        ("12\u200f34", "1234"),
        ("two berths", "twoberths"),
        ("10–12", "10-12"),
        ("résumé", "resume"),
        ("O", "0"),
        ("berths.", "berths"),
    ],
)
def test_what_can_be_seen_is_told_apart(one: str, other: str) -> None:
    assert as_seen(one) != as_seen(other)


def unseen(text: str) -> str:
    """The same words to a reader, in other characters."""
    return "".join(letter + "\u00ad" if letter.isalpha() else letter for letter in text).replace(" ", " \u200b ")


def disguised(inline: Inline) -> Inline:
    match inline:
        case Text(text=text):
            return replace(inline, text=unseen(text))
    return replace(inline, content=tuple(map(disguised, inline.content))) if hasattr(inline, "content") else inline


METADATA = Metadata("Trade grew", "Trade", "Committee", "Port desk", "2031-03-14", "14 March 2031")


def held(*blocks: Block) -> Document:
    return Document(METADATA, keyed(blocks))


def test_no_text_of_a_document_is_changed_by_characters_that_nobody_sees() -> None:
    old = kitchen_sink()
    blocks = tuple(map_runs(block, lambda run: tuple(map(disguised, run))) for block in old.blocks)
    new = replace(old, blocks=blocks, metadata=replace(old.metadata, title=unseen(old.metadata.title)))
    redline = compare(old, new)
    assert redline.changes == ()
    assert redline.earlier is None
    assert resolves_to(redline, old, new)


def test_figures_and_boxes_within_others_are_read_the_same_way() -> None:
    def nested(of: str) -> Document:
        figure = Figure("bars", (Bar(of, "12", f"12 {of}", ("one",)),), f"Bars: {of}")
        box = Callout("note", of, (Quotation((List((ListItem((paragraph("One."), figure)),)),)),))
        return held(box)

    redline = compare(nested("old quay"), nested("o\u00adld  qu\u200bay"))
    assert redline.changes == ()
    assert all(block.mark is None for block in redline.blocks)


def test_beside_a_change_of_words_only_these_are_marked() -> None:
    said = "The Caf\u00e9 cost 12\u202f000 euros, the port says. It is open."
    now = "The Cafe\u0301 cost 12 000 eu\u00adros, the  port says. It is closed."
    old, new = held(paragraph(said, note("Gazette, para. 9."))), held(paragraph(now, note("Ga\u00adzette, para. 9.")))
    redline = compare(old, new)
    assert [(change.before, change.after) for change in redline.changes] == [("It is open.", "It is closed.")]
    assert resolves_to(redline, old, new)
