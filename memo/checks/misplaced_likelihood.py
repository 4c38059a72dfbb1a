"""Only an assessment has a likelihood (CRAFT, rule 4; ICD 203, D.6.e.(3)).

An event has happened or not, a position is held or not: to say how likely it is mixes what is known with what somebody
makes of it. Where a source says that something is likely, that is an assessment, and the source's.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.certainty import judged_sentences
from memo.document.sentences import Sentence
from memo.document.tree import Claim
from memo.facts.likelihood import TermFound
from memo.problem import Problem

HINT = "make it an assessment, with the 'likelihood' and 'by' whom, or leave the likelihood out"


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``misplaced-likelihood`` for each other fact that has one, and for each term used of such a fact."""
    for id in memo.used:
        fact = memo.facts.facts[id]
        if fact.likelihood and fact.kind != "assessment":
            message = f"fact '{id}' has a likelihood, but its kind is {fact.kind}"
            yield Problem("misplaced-likelihood", message, memo.fact_place(id, "likelihood"), HINT, facts=(id,))
    for one in judged_sentences(memo):
        yield from _in_sentence(memo, one.sentence, one.terms)


def _in_sentence(memo: Memo, sentence: Sentence, terms: list[TermFound]) -> Iterator[Problem]:
    for term in terms:
        leaf, _ = sentence.at(term.start)
        if isinstance(leaf, Claim) and leaf.part == "likelihood":
            continue
        facts = memo.answering(sentence, term.start)
        reported = any(fact.likelihood for fact in facts)  # by the fact itself, above
        if facts and not reported and all(fact.kind != "assessment" for fact in facts):
            place, related = memo.words_at(sentence, term.start, len(term.text))
            message = f"'{term.text}' is told of fact '{facts[0].id}', whose kind is {facts[0].kind}"
            yield Problem("misplaced-likelihood", message, place, HINT, related, facts=tuple(fact.id for fact in facts))
