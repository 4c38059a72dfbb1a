"""The verb fits the status: what is only announced or expected is not reported as done (CRAFT, rule 6).

Nor is it stated with a bare "will", which makes the memo itself promise it: "is to open", "plans to open" and "the port
says it will open" are what is known. Policy is made on what stands; a reader who takes an offer for a treaty counts on
what nobody has. Statements that are denied, asked or conditional are not reported. The words that the rule knows are
listed in `memo/checks/reading/english.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import NOT_YET, Memo
from memo.checks.reading.verbs import VerbPhrase, asserting_verbs, fact_of, is_about_own_fact
from memo.document.sentences import Sentence
from memo.facts.dossier import Fact
from memo.problem import Place, Problem, Related


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``verb-status`` at each verb that reports as done, or promises, what is still to come."""
    to_come = {id for id in memo.used if memo.facts.facts[id].status in NOT_YET}
    for passage in memo.writer_passages:
        for sentence in passage.sentences:
            if not to_come.isdisjoint(ids := sentence.facts):
                yield from _problems(memo, sentence, [memo.facts.facts[id] for id in ids])
    yield from _in_figures(memo)


def _in_figures(memo: Memo) -> Iterator[Problem]:
    """Check the words of facts that figures show, each by itself."""
    for datum in (datum for figure in memo.figures() for datum in figure.data):
        for fact in (memo.facts.facts[id] for id in datum.facts):
            for verb in asserting_verbs(datum.label) if fact.status in NOT_YET else ():
                if is_about_own_fact(datum.label, verb):
                    part = next((part for part in ("label", "brief") if getattr(fact, part) == datum.label), "claim")
                    yield _problem(memo, verb, fact, memo.fact_place(fact.id, part), memo.first_use(fact.id))


def _problems(memo: Memo, sentence: Sentence, facts: list[Fact]) -> Iterator[Problem]:
    for verb in asserting_verbs(sentence.text):
        fact = fact_of(sentence, verb, facts, memo.facts)
        if fact is not None and fact.status in NOT_YET:
            yield _problem(memo, verb, fact, *memo.words_at(sentence, verb.start, len(verb.text)))


def _problem(memo: Memo, verb: VerbPhrase, fact: Fact, place: Place, related: tuple[Related, ...]) -> Problem:
    status = memo.fact_place(fact.id, "status")
    if verb.bare_will:
        message = f"a bare '{verb.text}' of what is only {fact.status}, fact '{fact.id}'"
        hint = "say who says so, or write 'is to', 'plans to' or 'is expected to'"
    else:
        message = f"'{verb.text}' tells fact '{fact.id}' as done, and it is only {fact.status}"
        hint = "write 'is to', 'plans to' or 'is expected to'; or, if it is done by now, give the fact that status"
    return Problem("verb-status", message, place, hint, (*related, Related(status, "is its status")), facts=(fact.id,))
