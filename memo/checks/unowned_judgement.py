"""A likelihood or a confidence level says whose it is (CRAFT, rule 3; ICD 203, D.6.e.(2) and (4)).

A fact on the sentence must carry it, as `likelihood` or `confidence` with `by`, and the sentence or the fact's
`attribution` must name whose it is. "Likely" without a name reads as the memo's own finding, and may be a newspaper's;
a writer who adds it to a fact that says no such thing has made it up. A confidence has a basis besides, which a fact
sheet cannot leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.certainty import stated
from memo.checks.reading.english_prose import SMALL_WORDS
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.dossier import Fact
from memo.facts.likelihood import TermFound, band_of
from memo.problem import Problem


def check(memo: Memo) -> Iterator[Problem]:
    """An ``unowned-judgement`` for each that no fact carries, or whose holder is not named."""
    for one in stated(memo):
        for term in one.terms:
            yield from _problems(memo, one.sentence, term, "likelihood")
        for level in one.levels:
            yield from _problems(memo, one.sentence, level, "confidence")


def _problems(memo: Memo, sentence: Sentence, found: TermFound, what: str) -> Iterator[Problem]:
    facts = _answering(memo, sentence, found)
    if what == "likelihood" and facts and not any(fact.kind == "assessment" for fact in facts):
        return  # misplaced-likelihood tells of those
    holders = {fact.id: by for fact in facts if (by := _holder(fact, found, what))}
    place, related = memo.words_at(sentence, found.start, len(found.text))
    ids = tuple(fact.id for fact in facts)
    if not holders:
        message, hint = _nobodys(facts, found, what)
        yield Problem("unowned-judgement", message, place, hint, related, facts=ids)
    elif not any(_is_named(by, sentence, memo.facts.facts[id]) for id, by in holders.items()):
        by = next(iter(holders.values()))
        message = f"'{found.text}' is held by {by}, whom neither the sentence nor an attribution names"
        yield Problem("unowned-judgement", message, place, "say in the sentence whose it is", related, facts=ids)


def _answering(memo: Memo, sentence: Sentence, found: TermFound) -> list[Fact]:
    """The facts that answer for these words: the one whose words they are, or all that are on the writer's sentence."""
    leaf, _ = sentence.at(found.start)
    ids = leaf.facts if isinstance(leaf, Claim) and leaf.facts else sentence.facts
    return [memo.facts.facts[id] for id in ids]


def _holder(fact: Fact, found: TermFound, what: str) -> str:
    """Who holds it, by this fact; empty where it has no such judgement."""
    if what == "confidence":
        return fact.confidence.by if fact.confidence and fact.confidence.level == found.term else ""
    held = fact.likelihood
    if held is None:
        return ""
    band = band_of(found.term, held.scale)
    same = band.has(held.term.casefold()) if band else held.term.casefold() == found.text.casefold()
    return held.by if same else ""


def _nobodys(facts: list[Fact], found: TermFound, what: str) -> tuple[str, str]:
    """What is wrong where no fact has this judgement, and what would help."""
    if not facts:
        return f"'{found.text}' is nobody's: no fact stands on this sentence", "cite the assessment that it is part of"
    others = [fact for fact in facts if getattr(fact, what)]
    if others:
        held = others[0].likelihood.term if others[0].likelihood and what == "likelihood" else ""
        held = held or (others[0].confidence.level if others[0].confidence else "")
        return f"'{found.text}' is nobody's: fact '{others[0].id}' has '{held}'", "keep to what the fact says"
    named = " or ".join(f"'{fact.id}'" for fact in facts if fact.kind == "assessment")
    hint = f"give {named} a '{what}' with 'by', if a source or a named judge states it; else leave the word out"
    return f"'{found.text}' is nobody's: no fact on this sentence has a {what}", hint


def _is_named(by: str, sentence: Sentence, fact: Fact) -> bool:
    """Whether a word of the holder's name stands in the sentence or in the fact's attribution."""
    return bool(_words(by) & _words(f"{sentence.text} {fact.attribution}"))


def _words(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", re.sub(r"['’]s\b", "", text))
    return {word.casefold() for word in words} - SMALL_WORDS
