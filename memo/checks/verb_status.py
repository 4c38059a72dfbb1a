"""The verb fits the status: what is only announced or expected is not told as done (CRAFT, rule 6).

Nor is it told with a bare "will", which makes the memo itself promise it: "is to open", "plans to open" and "the port
says it will open" are what is known. Policy is made on what stands; a reader who takes an offer for a treaty counts on
what nobody has. What is denied, asked or made a condition is told as what it is. The words that the rule knows are
listed in `memo/checks/reading/english_verbs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.verbs import Told, about, tells_as_come, told_in
from memo.document.sentences import Sentence
from memo.facts.dossier import Fact
from memo.problem import Place, Problem, Related

TO_COME = ("announced", "expected")


def check(memo: Memo) -> Iterator[Problem]:
    """A ``verb-status`` at each verb that tells a fact as done, or with a bare will, that is not."""
    to_come = {id for id in memo.used if memo.facts.facts[id].status in TO_COME}
    for passage in memo.told():
        for sentence in passage.sentences:
            if not to_come.isdisjoint(ids := sentence.facts):
                yield from _problems(memo, sentence, [memo.facts.facts[id] for id in ids])
    yield from _in_figures(memo)


def _in_figures(memo: Memo) -> Iterator[Problem]:
    """A figure shows the words of facts, each by itself."""
    for datum in (datum for figure in memo.figures() for datum in figure.data):
        for fact in (memo.facts.facts[id] for id in datum.facts):
            for told in told_in(datum.label) if fact.status in TO_COME else ():
                if tells_as_come(datum.label, told):
                    part = next((part for part in ("label", "brief") if getattr(fact, part) == datum.label), "claim")
                    uses = tuple(Related(use, f"uses fact '{fact.id}'") for use in list(memo.places_of(fact.id))[:1])
                    yield _problem(memo, told, fact, memo.fact_place(fact.id, part), uses)


def _problems(memo: Memo, sentence: Sentence, facts: list[Fact]) -> Iterator[Problem]:
    for told in told_in(sentence.text):
        fact = about(sentence, told, facts, memo.facts)
        if fact is not None and fact.status in TO_COME:
            yield _problem(memo, told, fact, *memo.words_at(sentence, told.start, len(told.text)))


def _problem(memo: Memo, told: Told, fact: Fact, place: Place, related: tuple[Related, ...]) -> Problem:
    status = memo.fact_place(fact.id, "status")
    if told.bare:
        message = f"a bare '{told.text}' of what is only {fact.status}, fact '{fact.id}'"
        hint = "say who says so, or write 'is to', 'plans to' or 'is expected to'"
    else:
        message = f"'{told.text}' tells fact '{fact.id}' as done, and it is only {fact.status}"
        hint = "write 'is to', 'plans to' or 'is expected to'; or, if it is done by now, give the fact that status"
    return Problem("verb-status", message, place, hint, (*related, Related(status, "is its status")), facts=(fact.id,))
