"""A benefit that hangs on what is only announced or expected has a risk that mentions it (CRAFT, rule 21).

A benefit that may never come is half of a truth; the other half is what becomes of it if the promise is not kept. A
benefit hangs on such a fact if it is one, or rests on one at whatever remove. The risks mention it if they use the
benefit, or a fact that it rests on, or a fact that rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.prose import benefits, risks
from memo.facts.dossier import Facts
from memo.problem import Place, Problem, Related

OPEN = ("announced", "expected")
"""The status of what has not come yet."""


def check(memo: Memo) -> Iterator[Problem]:
    """An ``unguarded-benefit`` for each such fact of a section of benefits; none where the memo has no risks."""
    risky = risks(memo)
    if risky is None:
        return
    mentioned = set(memo.facts_of(risky))
    beneath = set[str]().union(*(resting_on(memo.facts, id) for id in mentioned))
    for id in dict.fromkeys(fact for _, blocks in benefits(memo) for fact in memo.facts_of(blocks)):
        grounds = resting_on(memo.facts, id)
        hangs = next((one for one in grounds if memo.facts.facts[one].status in OPEN), None)
        if hangs and id not in beneath and mentioned.isdisjoint(grounds):
            yield _problem(memo, id, hangs)


def _problem(memo: Memo, id: str, hangs: str) -> Problem:
    held = memo.facts.facts[hangs]
    on = f"'{id}' is" if hangs == id else f"'{id}' rests on '{hangs}', which is"
    return Problem(
        "unguarded-benefit",
        f"the benefit {on} only {held.status}, and no risk mentions it",
        next(memo.places_of(id), Place(memo.template.path)),
        "say among the risks what becomes of it if that does not come",
        (Related(memo.fact_place(hangs), f"is only {held.status}"),),
        facts=(id,),
    )


def resting_on(facts: Facts, id: str) -> dict[str, None]:
    """A fact and all that it rests on, at whatever remove, nearest first."""
    found: dict[str, None] = {}
    ahead = [id]
    while ahead:
        one = ahead.pop(0)
        if one not in found and one in facts.facts:
            found[one] = None
            ahead.extend(facts.facts[one].rests_on)
    return found
