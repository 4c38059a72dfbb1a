"""No sentence carries both a likelihood and a confidence level (CRAFT, rule 2; ICD 203, D.6.e.(2)(a)).

A likelihood says what may happen, a confidence how well that is known. In one breath, "likely, with high confidence"
reads as more likely still.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.certainty import judged_sentences
from memo.problem import Problem, Related


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``mixed-certainty`` for each sentence that has both, at the confidence."""
    for sentence, terms, levels in ((one.sentence, one.terms, one.levels) for one in judged_sentences(memo)):
        if levels and terms:
            place, related = memo.words_at(sentence, levels[0].start, len(levels[0].text))
            likelihood, _ = memo.words_at(sentence, terms[0].start, len(terms[0].text))
            message = f"one sentence has both a likelihood, '{terms[0].text}', and a confidence"
            hint = "say how sure somebody is of it, and why, in a sentence of its own"
            also = (Related(likelihood, "is the likelihood"), *related)
            yield Problem("mixed-certainty", message, place, hint, also, facts=sentence.facts)
