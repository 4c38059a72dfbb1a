"""The likelihoods and the levels of confidence that a sentence of a memo states, for the checks of them."""

from __future__ import annotations

from msgspec import Struct

from memo.checks.memo import Memo
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.likelihood import TermFound, levels_in, terms_in


class Stated(Struct, frozen=True):
    """A sentence that states how likely something is or how sure somebody is, with the words that do."""

    sentence: Sentence
    terms: list[TermFound]
    levels: list[TermFound]


def stated(memo: Memo) -> tuple[Stated, ...]:
    """Every sentence that states a likelihood or a level of confidence, but those that memo itself wrote."""
    return memo.once(_stated)


def _stated(memo: Memo) -> tuple[Stated, ...]:
    sentences = (sentence for passage in memo.told() for sentence in passage.sentences)
    each = (Stated(sentence, terms_of(sentence), levels_of(sentence)) for sentence in sentences)
    return tuple(one for one in each if one.terms or one.levels)


def terms_of(sentence: Sentence) -> list[TermFound]:
    """The likelihood terms in a sentence."""
    return terms_in(sentence.text)


def levels_of(sentence: Sentence) -> list[TermFound]:
    """The confidence levels in a sentence, those that a template prints from a fact included."""
    printed = [
        TermFound(piece.start, piece.text, piece.text.casefold())
        for piece in sentence.pieces
        if isinstance(piece.leaf, Claim) and piece.leaf.part == "confidence"
    ]
    told = [level for level in levels_in(sentence.text) if not any(_overlap(level, other) for other in printed)]
    return sorted((*printed, *told), key=lambda level: level.start)


def _overlap(one: TermFound, other: TermFound) -> bool:
    return one.start < other.start + len(other.text) and other.start < one.start + len(one.text)
