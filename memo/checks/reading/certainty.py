"""Find the sentences of a memo that state a likelihood or a level of confidence, for the checks of them."""

from __future__ import annotations

from msgspec import Struct

from memo.checks.memo import Memo
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.likelihood import TermFound, levels_in, terms_in


class JudgedSentence(Struct, frozen=True):
    """A sentence that states how likely something is or how sure somebody is, with the words that do so."""

    sentence: Sentence
    terms: list[TermFound]
    levels: list[TermFound]


def judged_sentences(memo: Memo) -> tuple[JudgedSentence, ...]:
    """Return every sentence that people wrote which states a likelihood or a level of confidence."""
    return memo.once(_judged_sentences)


def _judged_sentences(memo: Memo) -> tuple[JudgedSentence, ...]:
    sentences = (sentence for passage in memo.writer_passages for sentence in passage.sentences)
    read = (JudgedSentence(sentence, terms_in(sentence.text), _levels_of(sentence)) for sentence in sentences)
    return tuple(one for one in read if one.terms or one.levels)


def _levels_of(sentence: Sentence) -> list[TermFound]:
    """Return the confidence levels in a sentence, also those that a template prints from a fact as a bare word."""
    printed = [
        TermFound(piece.start, piece.text, piece.text.casefold())
        for piece in sentence.pieces
        if isinstance(piece.leaf, Claim) and piece.leaf.part == "confidence"
    ]
    written = [level for level in levels_in(sentence.text) if not any(_overlap(level, other) for other in printed)]
    return sorted((*printed, *written), key=lambda level: level.start)


def _overlap(one: TermFound, other: TermFound) -> bool:
    return one.start < other.start + len(other.text) and other.start < one.start + len(one.text)
