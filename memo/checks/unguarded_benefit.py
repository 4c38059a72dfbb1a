"""A benefit that hangs on what is only announced or expected has a risk that mentions it (CRAFT, rule 21).

A benefit that may never come is half of a truth; the other half is what becomes of it if the promise is not kept. A
benefit hangs on such a fact if it is one, or rests on one at whatever remove. The risks mention it if they use the
benefit, a fact that it rests on, or a fact that rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import NOT_YET, Memo
from memo.checks.reading.sections import benefits, risks
from memo.facts.dossier import Facts
from memo.problem import Problem, Related


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``unguarded-benefit`` for each such fact of a section of benefits; none where the memo has no risks."""
    risky = risks(memo)
    if risky is None:
        return
    mentioned = set(memo.facts_of(risky))
    beneath = set[str]().union(*(_grounds(memo.facts, id) for id in mentioned))
    for id in dict.fromkeys(fact for blocks in benefits(memo) for fact in memo.facts_of(blocks)):
        grounds = _grounds(memo.facts, id)
        promise = next((one for one in grounds if memo.facts.facts[one].status in NOT_YET), None)
        if promise and id not in beneath and mentioned.isdisjoint(grounds):
            yield _problem(memo, id, promise)


def _problem(memo: Memo, id: str, promise: str) -> Problem:
    status = memo.facts.facts[promise].status
    on = f"'{id}' is" if promise == id else f"'{id}' rests on '{promise}', which is"
    return Problem(
        "unguarded-benefit",
        f"the benefit {on} only {status}, and no risk mentions it",
        memo.first_place_of(id),
        "say among the risks what becomes of it if that does not come",
        (Related(memo.fact_place(promise), f"is only {status}"),),
        facts=(id,),
    )


def _grounds(facts: Facts, id: str) -> dict[str, None]:
    """Return a fact and all that it rests on, at whatever remove, nearest first."""
    found: dict[str, None] = {}
    ahead = [id]
    while ahead:
        one = ahead.pop(0)
        if one not in found and one in facts.facts:
            found[one] = None
            ahead.extend(facts.facts[one].rests_on)
    return found
