"""A document against an earlier one: what came, what went, and why.

Blocks are paired by what they show, then by the facts in their keys and their words (``align``, ``nodes``,
``blocks``); sentences by facts, then words (``texts``); words by themselves (``atoms``, ``words``). Every readable
change is told once, with its facts, sources and reason (``ledger``). ``resolve`` takes a redline at its word: accepted
it is the new document, rejected the old one.

What is not compared: the memo's own date, as-of date and edition where nothing else changed; what ``changes()``
printed; numbers of notes and captions; keys, anchors and fact ids, which no page shows.
"""

from __future__ import annotations

from msgspec.structs import replace

from memo.changes.blocks import Comparer
from memo.changes.change_list import Grounds, Ledger
from memo.changes.resolve import accepted, rejected, sound
from memo.changes.texts import Said, told
from memo.document.tree import Document, Metadata, is_statement
from memo.facts.dossier import Facts
from memo.facts.style import Words

__all__ = ["Said", "accepted", "compare", "rejected", "sound", "told"]


def compare(old: Document, new: Document, facts: Facts | None = None, words: Words | None = None) -> Document:
    """The new document with what came and went since the old one marked, and every change told.

    ``facts`` is the dossier that both rest on, for sources and reasons; ``words`` are the fixed words of the new
    document's language. Documents that bear marks already are to be `accepted` before.
    """
    fixed = words or Words()
    ledger = Ledger(Grounds(old, new, facts, fixed))
    comparer = Comparer(ledger, new)
    _title_block(old.metadata, new.metadata, fixed, ledger)
    blocks = comparer.document([block for block in old.blocks if not is_statement(block)])
    if ledger.told:
        _tell(ledger, fixed.date, old.metadata.date_shown, new.metadata.date_shown)
    earlier = old.metadata if old.metadata != new.metadata else None
    return replace(new, blocks=blocks, changes=ledger.changes(), earlier=earlier)


def _title_block(old: Metadata, new: Metadata, words: Words, ledger: Ledger) -> None:
    """What changed above the text, but for the date: every edition has its own."""
    _tell(ledger, words.title, old.title, new.title)
    _tell(ledger, words.to, old.to, new.to)
    _tell(ledger, words.sender, old.sender, new.sender)
    _tell(ledger, words.reference, old.reference, new.reference)
    _tell(ledger, words.marking, old.banner, new.banner)


def _tell(ledger: Ledger, section: str, before: str, after: str) -> None:
    ledger.section = section
    ledger.tell(before, after, ())
