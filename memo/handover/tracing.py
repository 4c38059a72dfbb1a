"""Why a memo says something: the sentence that has some words, and what stands behind each stretch of it.

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


class Stretch(Struct, frozen=True):
    """Words of a sentence from one hand: the writer's, or a fact's ``part``.

    ``used`` is where they stand or are called up in a template; ``written`` where a fact's sheet has them.
    """

    text: str
    used: Place
    facts: tuple[str, ...] = ()
    part: str = ""
    written: Place | None = None


class Backing(Struct, frozen=True):
    """One passage of a source behind a fact, told in words: grades, dates, origin."""

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


class Behind(Struct, frozen=True):
    """A fact behind a sentence. ``shown``: its own words stand there; else a note cites it."""

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
    support: tuple[Backing, ...]


class Answer(Struct, frozen=True):
    """A sentence, where it stands, and what is behind it; ``waivers`` are those of its template that cover it."""

    text: str
    section: str
    role: str
    place: Place
    stretches: tuple[Stretch, ...]
    facts: tuple[Behind, ...]
    waivers: tuple[Waiver, ...]


def find(memo: Memo, words: str) -> list[tuple[Passage, Sentence]]:
    """Every sentence that has these words, or a part of them where they run on; none where nothing is asked for."""
    told = [(passage, sentence) for passage in memo.passages for sentence in passage.sentences]
    texts = [folded(sentence.text, case=True) for _, sentence in told]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    whole = " ".join(texts)
    for wanted in dict.fromkeys((folded(words, case=True), folded(_as_copied(words), case=True))):
        if found := _touched(whole, wanted, starts):
            return [told[index] for index in found]
    return []


def nearest(memo: Memo, words: str) -> Sentence | None:
    """The sentence that has most in common with these words; None where none has anything."""
    wanted = folded(words, case=True)
    kept = set(wanted.split())
    sentences = [(sentence, folded(sentence.text, case=True)) for sentence in memo.sentences()]
    shared = sorted(sentences, key=lambda one: -len(kept.intersection(one[1].split())))[:_COMPARED]
    rated = [(_likeness(wanted, text), sentence) for sentence, text in shared]
    best = max(rated, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] >= _LEAST else None


def answer(memo: Memo, passage: Passage, sentence: Sentence, words: Words) -> Answer:
    """What is behind a sentence; grades and dates are told in these fixed words."""
    stretches = tuple(_stretch(memo, sentence, piece.start, piece.text) for piece in sentence.pieces)
    places = list(dict.fromkeys(stretch.used for stretch in stretches))
    shown = sentence.shown
    facts = (memo.facts.facts[id] for id in sentence.facts)
    behind = tuple(_behind(memo, fact, fact.id in shown, words) for fact in facts)
    waivers = [waiver for waiver in memo.composed.waivers if any(waiver.covers(place) for place in places)]
    return Answer(sentence.text, passage.section, passage.role, places[0], stretches, behind, tuple(waivers))


_COMPARED = 10
"""Sentences that are compared letter by letter: those with most words in common."""

_LEAST = 0.5
"""The least likeness, from 0 to 1, of a sentence that is worth showing."""

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[^\W\d_])")
_NOTE_NUMBER = re.compile(r"(?<=[^\W\d_][.,;:!?)\]”’\"'])[0-9]{1,3}(?![0-9])|(?<=[^\W\d_])[0-9]{1,3}(?=\s|$)")


def _as_copied(words: str) -> str:
    """Without hyphens at line ends and without the numbers of notes."""
    return _NOTE_NUMBER.sub("", _HYPHEN.sub("", words))


def _touched(whole: str, wanted: str, starts: Sequence[int]) -> list[int]:
    """Which sentences have a part of these words, wherever they stand in the whole text."""
    found: dict[int, None] = {}
    at = whole.find(wanted) if wanted else -1
    while at >= 0:
        first, last = (bisect_right(starts, index) - 1 for index in (at, at + len(wanted) - 1))
        found |= dict.fromkeys(range(first, last + 1))
        at = whole.find(wanted, at + 1)
    return list(found)


def _likeness(wanted: str, text: str) -> float:
    """How much of the words wanted stands in a text, in order."""
    blocks = SequenceMatcher(None, wanted, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 2) / max(1, len(wanted))


def _stretch(memo: Memo, sentence: Sentence, start: int, text: str) -> Stretch:
    leaf, offset = sentence.at(start)
    used = memo.place(leaf, offset, len(text))
    if not isinstance(leaf, Claim) or not leaf.facts:
        return Stretch(text, used)
    written, _ = memo.written(leaf, offset, len(text))
    return Stretch(text, used, leaf.facts, leaf.part, written)


def _behind(memo: Memo, fact: Fact, shown: bool, words: Words) -> Behind:
    return Behind(
        fact.id,
        shown,
        fact.kind,
        fact.status or "",
        fact.claim,
        _day(fact.date, words),
        _day(fact.due, words),
        _day(fact.as_of, words),
        fact.attribution,
        fact.judged_by,
        fact.basis,
        fact.rests_on,
        _change(fact.revised, words),
        _change(fact.retired, words),
        tuple(fact.allow.items()),
        memo.fact_place(fact.id),
        tuple(_backing(memo, fact, index, support, words) for index, support in enumerate(fact.support)),
    )


def _backing(memo: Memo, fact: Fact, index: int, support: Support, words: Words) -> Backing:
    source = memo.facts.sources[support.source]
    origin = memo.facts.origin(support)
    return Backing(
        source.id,
        source.label,
        _day(source.issued, words) or words.undated,
        support.locator,
        support.quote,
        memo.style.origins.get(origin, origin),
        words.reliability.get(source.reliability, source.reliability),
        words.credibility.get(support.credibility, support.credibility) if support.credibility else "",
        memo.fact_place(fact.id, "support", str(index), "quote"),
        memo.facts.places["source", source.id],
    )


def _day(date: Date | None, words: Words) -> str:
    return show(date, words) if date else ""


def _change(change: Change | None, words: Words) -> str:
    return f"{show(change.date, words)}: {change.reason}" if change else ""
