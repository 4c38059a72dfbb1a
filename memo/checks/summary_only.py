"""The summary and the bottom line use no fact that the body does not (CRAFT, rule 20).

Readers who turn from the summary to the body for more must find it there; what stands in the summary alone has never
been argued. A fact counts as used where it is shown, cited or drawn. A memo with no body has nothing to sum up.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.sections import body, foremost
from memo.problem import Problem, Related


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``summary-only`` for each such fact, where the summary or the bottom line first uses it."""
    below = memo.facts_of(body(memo))
    if not below:
        return
    for id in memo.facts_of(foremost(memo)):
        if id not in below:
            yield Problem(
                "summary-only",
                f"fact '{id}' is used in the summary or the bottom line, and nowhere in the body",
                memo.first_place_of(id),
                "tell of it in the body, or leave it out here",
                (Related(memo.fact_place(id), "is the fact"),),
                facts=(id,),
            )
