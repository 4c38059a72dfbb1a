"""A sentence carries at most one likelihood term, and that is of the memo's scale (CRAFT, rule 1; ICD 203, D.6.e.(2)).

"Likely" means 55 to 80 per cent by ICD 203 and 55 to 75 by the PHIA yardstick; a reader who is given terms of both, or
two in one sentence, cannot tell what is meant. Words that are of neither scale, such as "quite likely", have no meaning
that the memo's own table could give. Terms, and the few uses that are none, such as "probable cause", are listed in
`memo/facts/likelihood.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.certainty import judged_sentences
from memo.document.sentences import Sentence
from memo.facts.likelihood import SCALE_NAMES, SCALES, Band, Scale, TermFound, band_of, overlapping
from memo.problem import Problem


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``likelihood-term`` for each term that is one too many in its sentence, or not of the scale."""
    yield from _of_facts(memo)
    for one in judged_sentences(memo):
        yield from _of_sentence(memo, one.sentence, one.terms)


def _of_facts(memo: Memo) -> Iterator[Problem]:
    """Report the facts whose likelihood is no term of the scale that they name."""
    for id in memo.used:
        likelihood = memo.facts.facts[id].likelihood
        if likelihood and not band_of(likelihood.term.casefold(), likelihood.scale):
            message = f"'{likelihood.term}' is not a term of {SCALE_NAMES[likelihood.scale]}"
            terms = ", ".join(band.shown for band in SCALES[likelihood.scale])
            place = memo.fact_place(id, "likelihood", "term")
            yield Problem("likelihood-term", message, place, f"its terms: {terms}", facts=(id,))


def _of_sentence(memo: Memo, sentence: Sentence, terms: list[TermFound]) -> Iterator[Problem]:
    scale = memo.template.front_matter.scale
    for index, term in enumerate(terms):
        place, related = memo.words_at(sentence, term.start, len(term.text))
        if not band_of(term.term, scale):
            message = f"'{term.text}' is not a term of {SCALE_NAMES[scale]}, the memo's scale"
            yield Problem("likelihood-term", message, place, _hint(term, scale), related, facts=sentence.facts)
        elif index:
            message = f"a second likelihood term in one sentence: '{term.text}' after '{terms[0].text}'"
            yield Problem("likelihood-term", message, place, "make two sentences of it", related, facts=sentence.facts)
        elif id := _by_other_scale(memo, sentence, term):
            message = f"fact '{id}' means '{term.text}' by another scale than the memo's, {SCALE_NAMES[scale]}"
            yield Problem("likelihood-term", message, place, _hint(term, scale), related, facts=(id,))


def _by_other_scale(memo: Memo, sentence: Sentence, term: TermFound) -> str:
    """Return the fact that gives a term by another scale than the memo's; empty if a fact gives it by the memo's."""
    facts = [memo.facts.facts[id] for id in sentence.facts]
    scales = {
        fact.likelihood.scale: fact.id
        for fact in facts
        if fact.likelihood and _same(fact.likelihood.term, term.term, fact.likelihood.scale)
    }
    return "" if memo.template.front_matter.scale in scales else next(iter(scales.values()), "")


def _same(one: str, other: str, scale: Scale) -> bool:
    band = band_of(other, scale)
    return band is not None and band.has(one.casefold())


def _hint(term: TermFound, scale: Scale) -> str:
    """Say what a term means by the other scale, and which terms of this scale fit that."""
    other: Scale = "phia" if scale == "icd203" else "icd203"
    band = band_of(term.term, other)
    if band is None:
        return f"the terms of {SCALE_NAMES[scale]}: {', '.join(band.shown for band in SCALES[scale])}"
    fits = " or ".join(map(_with_chance, overlapping(term.term, scale, other))) or "no term"
    return f"by {SCALE_NAMES[other]} it means {band.chance}; by {SCALE_NAMES[scale]} that is {fits}"


def _with_chance(band: Band) -> str:
    return f"'{band.terms[0]}' ({band.chance})"
