"""A document against an earlier one: what came, what went, and why.

`compare` makes a redline: the new document with what changed since the old one marked, and the list of these changes.

    blocks       pairs blocks, and marks those that came or went
    texts        does so with the sentences of two runs of text, and with their words
    alignment    which of two sequences stand for each other; the edits between two sentences
    tokens       runs of text cut into words
    change_list  the list of changes, each with its facts, sources and reason
    resolve      all changes of a redline accepted, or all rejected
    statement    what ``changes()`` prints

What is not compared: the memo's own date, as-of date and edition where nothing else changed; what ``changes()``
printed; numbers of notes and captions; keys, anchors and fact ids, which no page shows.
"""

from __future__ import annotations

from msgspec.structs import replace

from memo.changes.blocks import BlockComparer
from memo.changes.change_list import ChangeList
from memo.document.tree import Document, Metadata, is_statement
from memo.facts.dossier import Facts
from memo.facts.style import Words


def compare(old: Document, new: Document, facts: Facts | None = None, words: Words | None = None) -> Document:
    """Return the new document with what came and went since the old one marked, and every change listed.

    ``facts`` is the dossier that both rest on, for sources and reasons; ``words`` are the fixed words of the new
    document's language. A document that is a redline itself is to be accepted before (`memo.changes.resolve`).
    """
    words = words or Words()
    changes = ChangeList(old, new, facts or Facts(), words)
    _compare_title_block(old.metadata, new.metadata, words, changes)
    blocks = BlockComparer(changes, new).compare_document([block for block in old.blocks if not is_statement(block)])
    # Every edition has another date: by itself that is no change of the memo.
    if len(changes):
        changes.section = words.date
        changes.add(old.metadata.date_shown, new.metadata.date_shown)
    earlier = old.metadata if old.metadata != new.metadata else None
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
