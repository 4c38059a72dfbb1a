"""A likelihood or a confidence level says whose it is (CRAFT, rule 3; ICD 203, D.6.e.(2) and (4)).

A fact on the sentence must have it, as `likelihood` or `confidence` with `by`, and the sentence or the fact's
`attribution` must name whose it is. "Likely" without a name reads as the memo's own finding, and may be a newspaper's;
a writer who adds it to a fact that says no such thing has made it up. A confidence has a basis besides, which a fact
sheet cannot leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.certainty import judged_sentences
from memo.checks.reading.english import NOT_NAMES
from memo.document.sentences import Sentence
from memo.facts.dossier import Fact
from memo.facts.likelihood import TermFound, band_of
from memo.problem import Problem


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``unowned-judgement`` for each that no fact has, or whose holder is not named."""
    for one in judged_sentences(memo):
        for term in one.terms:
            yield from _problems(memo, one.sentence, term, "likelihood")
        for level in one.levels:
            yield from _problems(memo, one.sentence, level, "confidence")


def _problems(memo: Memo, sentence: Sentence, found: TermFound, what: str) -> Iterator[Problem]:
    facts = memo.answering(sentence, found.start)
    if what == "likelihood" and facts and not any(fact.kind == "assessment" for fact in facts):
        return  # misplaced-likelihood reports those
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


def _holder(fact: Fact, found: TermFound, what: str) -> str:
    """Return who holds a judgement according to a fact; empty if the fact has no such judgement."""
    if what == "confidence":
        return fact.confidence.by if fact.confidence and fact.confidence.level == found.term else ""
    likelihood = fact.likelihood
    if likelihood is None:
        return ""
    band, term = band_of(found.term, likelihood.scale), likelihood.term.casefold()
    same = band.has(term) if band else term == found.text.casefold()
    return likelihood.by if same else ""


def _nobodys(facts: tuple[Fact, ...], found: TermFound, what: str) -> tuple[str, str]:
    """Return what is wrong if no fact has this judgement, and what would help."""
    if not facts:
        return f"'{found.text}' is nobody's: no fact stands on this sentence", "cite the assessment that it is part of"
    others = [fact for fact in facts if getattr(fact, what)]
    if others:
        other = others[0]
        stated = other.likelihood.term if other.likelihood and what == "likelihood" else ""
        stated = stated or (other.confidence.level if other.confidence else "")
        return f"'{found.text}' is nobody's: fact '{other.id}' has '{stated}'", "keep to what the fact says"
    named = " or ".join(f"'{fact.id}'" for fact in facts if fact.kind == "assessment")
    hint = f"give {named} a '{what}' with 'by', if a source or a named judge states it; else leave the word out"
    return f"'{found.text}' is nobody's: no fact on this sentence has a {what}", hint


def _is_named(by: str, sentence: Sentence, fact: Fact) -> bool:
    """Tell whether a word of the holder's name stands in the sentence or in the fact's attribution."""
    return bool(_words(by) & _words(f"{sentence.text} {fact.attribution}"))


def _words(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", re.sub(r"['’]s\b", "", text))
    return {word.casefold() for word in words} - NOT_NAMES
