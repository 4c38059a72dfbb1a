"""A document against an earlier one: what came, what went, and why.

`compare` makes a redline: the new document with what changed since the old one marked, and the list of these changes.

    blocks       pairs blocks, and marks those that came or went
    texts        does so with the sentences of two runs of text, and with their words
    alignment    which of two sequences stand for each other; the edits between two sentences
    tokens       runs of text cut into words
    figures      a figure and its data, in words
    plain_texts  a document without the characters that no reader sees
    change_list  the list of changes, each with its facts, sources and reason
    resolve      all changes of a redline accepted, or all rejected
    statement    what ``changes()`` prints

What is not compared: the memo's own date, as-of date and edition where nothing else changed; what ``changes()``
printed; numbers of notes and captions; keys, anchors and fact ids, which no page shows; characters that show nothing
(`memo.facts.appearance`).
"""

from __future__ import annotations

from msgspec.structs import replace

from memo.changes.blocks import BlockComparer
from memo.changes.change_list import ChangeList
from memo.changes.plain_texts import with_plain_texts, with_same_characters
from memo.document.tree import Document, Metadata, is_statement
from memo.facts.dossier import Facts
from memo.facts.style import Words


def compare(old: Document, new: Document, facts: Facts | None = None, words: Words | None = None) -> Document:
    """Return the new document with what came and went since the old one marked, and every change listed.

    ``facts`` is the dossier that both rest on, for sources and reasons; ``words`` are the fixed words of the new
    document's language. A document that is a redline itself is to be accepted before (`memo.changes.resolve`).
    """
    words = words or Words()
    old, new = with_plain_texts(old), with_plain_texts(new)
    changes = ChangeList(old, new, facts or Facts(), words)
    redline = _compared(old, new, words, changes)
    if len(changes) or not changes.untold:
        return redline
    # Nothing is told of which what memo counts would be the consequence: it must be told itself.
    return _compared(old, new, words, ChangeList(old, new, facts or Facts(), words, tells_counted=True))


def _compared(old: Document, new: Document, words: Words, changes: ChangeList) -> Document:
    _compare_title_block(old.metadata, new.metadata, words, changes)
    blocks = BlockComparer(changes, new).compare_document([block for block in old.blocks if not is_statement(block)])
    # Every edition has another date: by itself that is no change of the memo.
    if len(changes):
        changes.section = words.date
        changes.add(old.metadata.date_shown, new.metadata.date_shown)
    before = with_same_characters(old.metadata, new.metadata)
    earlier = before if before != new.metadata else None
    return replace(new, blocks=blocks, changes=changes.explained(), earlier=earlier)


def _compare_title_block(old: Metadata, new: Metadata, words: Words, changes: ChangeList) -> None:
    rows = (
        (words.title, old.title, new.title),
        (words.to, old.to, new.to),
        (words.sender, old.sender, new.sender),
        (words.reference, old.reference, new.reference),
        (words.marking, old.banner, new.banner),
    )
    for label, before, after in rows:
        changes.section = label
        changes.add(before, after)
