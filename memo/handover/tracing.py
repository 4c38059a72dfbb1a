"""Why a memo says something: find the sentence that has some words, and trace each piece of it to facts and sources.

Words are matched without regard to capitals, white space, dashes and quotation marks, within a sentence or across
several; and as they come out of a PDF, hyphenated at line ends and with the numbers of notes in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from msgspec import Struct

from memo.checks import Memo
from memo.document.composed import Waiver
from memo.document.sentences import Passage, Sentence
from memo.document.tree import Claim
from memo.facts.articles import folded
from memo.facts.date_words import show
from memo.facts.dossier import Change, Fact, Support
from memo.facts.edtf import Date
from memo.facts.style import Words
from memo.problem import Place

# Which sentence is meant


def find_sentences(memo: Memo, words: str) -> list[tuple[Passage, Sentence]]:
    """Find every sentence that has these words, or a part of them where they run on; none where no word is given."""
    sentences = [(passage, sentence) for passage in memo.passages for sentence in passage.sentences]
    texts = [folded(sentence.text, case=True) for _, sentence in sentences]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    whole = " ".join(texts)
    # As they were given first: in "the G7 meet", 7 is not the number of a note.
    for wanted in dict.fromkeys((folded(words, case=True), folded(_without_pdf_marks(words), case=True))):
        if found := _sentences_with(whole, wanted, starts):
            return [sentences[index] for index in found]
    return []


_HYPHEN_AT_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[^\W\d_])")
_NOTE_NUMBER = re.compile(r"(?<=[^\W\d_][.,;:!?)\]”’\"'])[0-9]{1,3}(?![0-9])|(?<=[^\W\d_])[0-9]{1,3}(?=\s|$)")


def _without_pdf_marks(words: str) -> str:
    """Return words copied from a PDF without hyphens at line ends and without the numbers of notes."""
    return _NOTE_NUMBER.sub("", _HYPHEN_AT_LINE_END.sub("", words))


def _sentences_with(whole: str, wanted: str, starts: Sequence[int]) -> list[int]:
    """Return the indices of the sentences that any occurrence of these words in the whole text reaches into."""
    found: dict[int, None] = {}
    at = whole.find(wanted) if wanted else -1
    while at >= 0:
        first, last = (bisect_right(starts, index) - 1 for index in (at, at + len(wanted) - 1))
        found |= dict.fromkeys(range(first, last + 1))
        at = whole.find(wanted, at + 1)
    return list(found)


MOST_COMPARED = 10
"""Sentences that are compared letter by letter, which is slow: those that have most words in common."""

LEAST_LIKENESS = 0.5
"""The least likeness, from 0 to 1, of a sentence that is worth showing."""


def nearest_sentence(memo: Memo, words: str) -> Sentence | None:
    """Return the sentence that has most in common with these words; None where none has much."""
    wanted = folded(words, case=True)
    wanted_words = set(wanted.split())
    sentences = [(sentence, folded(sentence.text, case=True)) for sentence in memo.sentences()]
    shared = sorted(sentences, key=lambda pair: -len(wanted_words.intersection(pair[1].split())))[:MOST_COMPARED]
    rated = [(_likeness(wanted, text), sentence) for sentence, text in shared]
    best = max(rated, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= LEAST_LIKENESS else None


def _likeness(wanted: str, text: str) -> float:
    """Measure how much of the words wanted stands in a text, in order: from 0 to 1."""
    blocks = SequenceMatcher(None, wanted, text, autojunk=False).get_matching_blocks()
    # Any two texts share single letters and pairs.
    return sum(block.size for block in blocks if block.size > 2) / max(1, len(wanted))


# What stands behind it


class TracedPiece(Struct, frozen=True):
    """Words of a sentence that have one origin: the writer, or one ``part`` of a fact.

    ``used`` is where they stand or are called up in a template; ``written`` where they stand in a fact sheet.
    """

    text: str
    used: Place
    facts: tuple[str, ...] = ()
    part: str = ""
    written: Place | None = None


class TracedSupport(Struct, frozen=True):
    """One passage of a source that supports a fact: dates, grades and origin in words, and where each is written."""

    source: str
    label: str
    issued: str
    locator: str
    quote: str
    origin: str
    reliability: str
    credibility: str
    place: Place
    source_place: Place


class TracedFact(Struct, frozen=True):
    """A fact behind a sentence, dates in words. ``shown`` where words of it stand there; else a note cites it."""

    id: str
    shown: bool
    kind: str
    status: str
    claim: str
    date: str
    due: str
    as_of: str
    attribution: str
    judged_by: str
    basis: str
    rests_on: tuple[str, ...]
    revised: str
    retired: str
    allow: tuple[tuple[str, str], ...]
    place: Place
    support: tuple[TracedSupport, ...]


class Trace(Struct, frozen=True):
    """A sentence, where it stands, and what is behind it; ``waivers`` are those of its template that cover it."""

    text: str
    section: str
    role: str
    place: Place
    pieces: tuple[TracedPiece, ...]
    facts: tuple[TracedFact, ...]
    waivers: tuple[Waiver, ...]


def trace(memo: Memo, passage: Passage, sentence: Sentence, words: Words) -> Trace:
    """Tell what is behind a sentence of a passage, with grades and dates in these fixed words of the style."""
    pieces = tuple(_trace_piece(memo, sentence, piece.start, piece.text) for piece in sentence.pieces)
    places = list(dict.fromkeys(piece.used for piece in pieces))
    facts = (memo.facts.facts[id] for id in sentence.facts)
    traced = tuple(_trace_fact(memo, fact, fact.id in sentence.shown, words) for fact in facts)
    waivers = tuple(waiver for waiver in memo.composed.waivers if any(map(waiver.covers, places)))
    return Trace(sentence.text, passage.section, passage.role, places[0], pieces, traced, waivers)


def _trace_piece(memo: Memo, sentence: Sentence, start: int, text: str) -> TracedPiece:
    leaf, offset = sentence.at(start)
    used = memo.place(leaf, offset, len(text))
    if not isinstance(leaf, Claim) or not leaf.facts:
        return TracedPiece(text, used)
    written, _ = memo.written(leaf, offset, len(text))
    return TracedPiece(text, used, leaf.facts, leaf.part, written)


def _trace_fact(memo: Memo, fact: Fact, shown: bool, words: Words) -> TracedFact:
    return TracedFact(
        id=fact.id,
        shown=shown,
        kind=fact.kind,
        status=fact.status or "",
        claim=fact.claim,
        date=_date(fact.date, words),
        due=_date(fact.due, words),
        as_of=_date(fact.as_of, words),
        attribution=fact.attribution,
        judged_by=fact.judged_by,
        basis=fact.basis,
        rests_on=fact.rests_on,
        revised=_change(fact.revised, words),
        retired=_change(fact.retired, words),
        allow=tuple(fact.allow.items()),
        place=memo.fact_place(fact.id),
        support=tuple(_trace_support(memo, fact, index, support, words) for index, support in enumerate(fact.support)),
    )


def _trace_support(memo: Memo, fact: Fact, index: int, support: Support, words: Words) -> TracedSupport:
    source = memo.facts.sources[support.source]
    origin = memo.facts.origin(support)
    return TracedSupport(
        source=source.id,
        label=source.label,
        issued=_date(source.issued, words) or words.undated,
        locator=support.locator,
        quote=support.quote,
        origin=memo.style.origins.get(origin, origin),
        reliability=words.reliability.get(source.reliability, source.reliability),
        credibility=words.credibility.get(support.credibility, support.credibility) if support.credibility else "",
        place=memo.fact_place(fact.id, "support", str(index), "quote"),
        source_place=memo.facts.places["source", source.id],
    )


def _date(date: Date | None, words: Words) -> str:
    return show(date, words) if date else ""


def _change(change: Change | None, words: Words) -> str:
    return f"{show(change.date, words)}: {change.reason}" if change else ""
