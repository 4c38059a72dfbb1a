"""The document as JSON: it comes back as it went in, and nothing else is taken for a document."""

from __future__ import annotations

import copy
import hashlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from memo.document.as_json import NotADocument, digest, embed, from_json, to_json
from memo.document.tree import Claim, Document, Footnote, Heading, Link, Paragraph, Strong, Text
from memo.document.walk import contents, footnotes, inline_text, inlines, used_facts
from tests.documents import ANY, documents, kitchen_sink


@given(documents(marks=True))
def test_any_document_comes_back_from_its_json_as_it_went_in(document: Document) -> None:
    assert from_json(to_json(document)) == document


@given(documents(alphabet=ANY, most_blocks=3))
def test_any_characters_come_back_from_json_as_they_went_in(document: Document) -> None:
    text = to_json(document).encode("utf-8").decode("utf-8")
    assert from_json(text) == document


def test_the_kitchen_sink_comes_back_and_its_json_is_one_line_with_sorted_keys() -> None:
    text = to_json(kitchen_sink())
    assert from_json(text) == kitchen_sink()
    assert "\n" not in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_the_json_bears_no_place_and_leaves_out_what_holds_its_default() -> None:
    document = replace(kitchen_sink(), blocks=(Paragraph((Text("Words."),)),))
    assert '"blocks":[{"content":[{"text":"Words.","type":"Text"}],"type":"Paragraph"}]' in to_json(document)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(documents(most_blocks=3), documents(most_blocks=3))
def test_equal_documents_have_equal_digests_and_others_do_not(one: Document, other: Document) -> None:
    assert (digest(one) == digest(other)) == (one == other)
    assert digest(one) == digest(from_json(to_json(one)))


def test_what_files_carry_is_the_json_with_its_own_digest() -> None:
    held = embed(kitchen_sink())
    assert held.json.decode() == to_json(kitchen_sink())
    assert held.digest == digest(kitchen_sink()) == hashlib.sha256(held.json).hexdigest()


# Refusals


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "1",
        '"memo"',
        "{}",
        '{"memo":1}',
        '{"memo":2,"document":{}}',
        '{"memo":true,"document":{}}',
        '{"memo":1,"document":null}',
        '{"memo":1,"document":[]}',
        '{"memo":1,"document":{"type":"Text","text":"not a document"}}',
        '{"memo":1,"document":{"type":"Nonsense"}}',
        '{"memo":1,"document":{"type":["Document"]}}',
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_what_is_not_a_document_is_refused(text: str) -> None:
    with pytest.raises(NotADocument):
        from_json(text)


@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ).map(json.dumps)
)
def test_arbitrary_text_and_arbitrary_json_are_refused(text: str) -> None:
    with pytest.raises(NotADocument):
        from_json(text)


def block(**fields: Any) -> str:
    """The JSON of a document whose only block has these fields."""
    plain = json.loads(to_json(replace(kitchen_sink(), blocks=())))
    plain["document"]["blocks"] = [fields]
    return json.dumps(plain)


WORDS = {"type": "Text", "text": "words"}
NOTE = {"type": "Footnote", "content": [WORDS]}
LINK = {"type": "Link", "content": [WORDS], "target": "#a"}
CELL = {"type": "Cell", "content": []}
ROW = {"type": "Row", "cells": [CELL]}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"type": "Paragraph"}, "lacks 'content'"),
        ({"type": "Paragraph", "content": [], "colour": "red"}, "no field 'colour'"),
        ({"type": "Paragraph", "content": "words"}, "cannot hold that as its 'content'"),
        ({"type": "Paragraph", "content": ["words"]}, "cannot hold that as its 'content'"),
        ({"type": "Paragraph", "content": [{"type": "Rule"}]}, "cannot hold that as its 'content'"),
        ({"type": "Paragraph", "content": [{"type": "Text", "text": 5}]}, "cannot hold that as its 'text'"),
        ({"type": "Paragraph", "content": [{"type": "Text", "text": None}]}, "cannot hold that as its 'text'"),
        ({"type": "Paragraph", "content": [{"type": "Claim", "text": "a", "facts": "b"}]}, "its 'facts'"),
        ({"type": "Paragraph", "content": [{"type": "Text", "text": "\x00"}]}, "no document holds"),
        ({"type": "Paragraph", "content": [{"type": "Text", "text": "\ud800"}]}, "no document holds"),
        ({"type": "Paragraph", "content": [], "mark": {"type": "Mark", "how": "moved"}}, "its 'how'"),
        ({"type": "Paragraph", "content": [], "mark": "inserted"}, "its 'mark'"),
        ({"type": "Paragraph", "content": [{"type": "Footnote", "content": [NOTE]}]}, "footnote in a footnote"),
        ({"type": "Paragraph", "content": [{"type": "Link", "target": "#a", "content": [LINK]}]}, "in a link"),
        ({"type": "Paragraph", "content": [{"type": "Link", "target": "#a", "content": [NOTE]}]}, "in a link"),
        ({"type": "Heading", "content": [], "anchor": "a", "level": True}, "its 'level'"),
        ({"type": "Heading", "content": [], "anchor": "a", "level": 1.0}, "its 'level'"),
        ({"type": "Heading", "content": [], "anchor": "a", "level": 0}, "level is 1 to 6"),
        ({"type": "List", "items": [], "start": -1}, "starts at 0"),
        ({"type": "List", "items": [], "ordered": 1}, "its 'ordered'"),
        ({"type": "Table", "header": ROW, "rows": [], "align": ["middle"]}, "its 'align'"),
        ({"type": "Table", "header": ROW, "rows": [{"type": "Row", "cells": []}], "align": ["left"]}, "one width"),
        ({"type": "Table", "header": ROW, "rows": [], "align": []}, "one width"),
        ({"type": "Callout", "kind": "tip", "title": "Tip", "blocks": []}, "its 'kind'"),
        ({"type": "Metadata"}, "lacks"),
        ({"type": "Text", "text": "a"}, "cannot hold that as its 'blocks'"),
    ],
)  # fmt: skip
def test_a_node_that_no_document_has_is_refused_with_its_fault(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(NotADocument, match=says):
        from_json(block(**fields))


def test_a_member_named_twice_is_refused() -> None:
    text = block(type="Rule").replace('"type": "Rule"', '"type": "Rule", "type": "Rule"')
    with pytest.raises(NotADocument, match="twice"):
        from_json(text)


def test_not_a_number_is_refused() -> None:
    with pytest.raises(NotADocument, match="NaN"):
        from_json(block(type="Heading", content=[], anchor="a", level=float("nan")))


def test_blocks_nested_beyond_any_memo_are_refused_and_do_not_exhaust_the_stack() -> None:
    inner: dict[str, Any] = {"type": "Rule"}
    for _ in range(150):
        inner = {"type": "Quotation", "blocks": [inner]}
    with pytest.raises(NotADocument, match="deep"):
        from_json(block(**inner))


@given(st.data(), documents(most_blocks=3))
def test_a_document_with_any_one_member_taken_out_or_swapped_never_raises_anything_but_a_refusal(
    data: st.DataObject, document: Document
) -> None:
    plain = json.loads(to_json(document))
    holders = [holder for holder in _containers(plain) if holder]
    holder = data.draw(st.sampled_from(holders))
    key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else list(range(len(holder)))))
    if data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = copy.deepcopy(data.draw(st.sampled_from([None, 0, "x", [], {}, [1], *holders])))
    try:
        again = from_json(json.dumps(plain))
    except NotADocument:
        return
    assert from_json(to_json(again)) == again


def _containers(value: Any) -> list[Any]:
    if not isinstance(value, dict | list):
        return []
    inner = value.values() if isinstance(value, dict) else value
    return [value, *(found for item in inner for found in _containers(item))]


# What the tree tells of itself


def test_footnotes_are_counted_in_reading_order_wherever_they_stand() -> None:
    texts = [inline_text(note.content) for note in footnotes(kitchen_sink())]
    places = ["heading of level 1", "three levels down", "a table header", "a table cell", "a caption", "a callout"]
    for place in places:
        assert any(place in text for text in texts), place
    at = [next(index for index, text in enumerate(texts) if place in text) for place in places[:4]]
    assert at == sorted(at)


def test_the_facts_in_use_include_those_only_cited_and_those_only_in_a_figure() -> None:
    facts = used_facts(kitchen_sink())
    assert facts[:2] == ("programme", "trade")
    assert {"gas", "strain", "event-5"} <= set(facts)
    assert len(facts) == len(set(facts))


def test_the_words_of_a_run_leave_out_its_notes() -> None:
    run = (Text("a "), Strong((Claim("b", ("f",)), Footnote((Text("note"),)))), Link((Text(" c"),), "#d"))
    assert inline_text(run) == "a b c"


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_documents_made_for_tests_keep_what_composed_ones_promise(document: Document) -> None:
    anchors = [found.anchor for found in document.blocks if isinstance(found, Heading)]
    assert len(anchors) == len(set(anchors))
    for found in document.blocks:
        assert found.key
        for run in contents(found):
            assert inline_text(run) == inline_text(run).strip()
            for inline in inlines(run):
                if isinstance(inline, Link) and inline.target.startswith("#"):
                    assert inline.target[1:] in anchors
