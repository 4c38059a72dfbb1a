"""Comparing documents: few and readable edits, each told with facts, sources and reason; nothing lost on the way."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from memo.compare import accepted, compare, rejected, sound
from memo.compare.resolve import reading
from memo.document import (
    Document,
    Heading,
    Metadata,
    block_nodes,
    inlines,
    text_runs,
)
from memo.document_json import from_json, to_json
from tests.documents import ASCII, documents, edits

MANY = settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
METADATA = Metadata("Harbour trade", "Harbour", "Committee", "Port desk", "2031-03-14", "14 March 2031")


def marks(document: Document) -> set[int]:
    """The numbers of the changes that any mark belongs to."""
    nodes = [node.mark for node in block_nodes(document.blocks)]
    words = [one.mark for run in text_runs(document) for one in inlines(run)]
    return {mark.change for mark in (*nodes, *words) if mark}


def holds(old: Document, new: Document) -> None:
    redline = compare(old, new)
    assert reading(accepted(redline)) == reading(new)
    assert reading(rejected(redline)) == reading(old)
    assert (accepted(redline).metadata, rejected(redline).metadata) == (new.metadata, old.metadata)
    assert sound(redline, old, new)
    assert marks(redline) <= set(range(len(redline.changes) + 1))
    assert from_json(to_json(redline)) == redline
    anchors = [node.anchor for node in block_nodes(redline.blocks) if isinstance(node, Heading)]
    assert len(anchors) == len(set(anchors))


@MANY
@given(edits())
def test_accepting_all_gives_the_new_document_and_rejecting_all_the_old(pair: tuple[Document, Document]) -> None:
    holds(*pair)
    holds(*reversed(pair))


@settings(MANY, max_examples=50)
@given(documents(ASCII), documents(ASCII))
def test_the_same_holds_of_two_documents_that_have_nothing_in_common(old: Document, new: Document) -> None:
    holds(old, new)


@settings(MANY, max_examples=50)
@given(documents())
def test_a_document_against_itself_has_no_change_and_no_mark(document: Document) -> None:
    redline = compare(document, document)
    assert redline == document
