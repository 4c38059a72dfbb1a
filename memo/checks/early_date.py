"""A memo is not dated before what it says was known (CRAFT, rule 10).

A date that is too early makes its writers seem to have known what they could not.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.problem import Problem, Related


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``early-date`` for each fact used whose as-of date lies after the memo's date."""
    date = memo.template.front_matter.date
    for id in memo.used:
        as_of = memo.facts.facts[id].as_of
        if date.latest and as_of.earliest and as_of.earliest > date.latest:
            place = memo.fact_place(id, "as_of")
            yield Problem(
                "early-date",
                f"the memo is dated {date.text}, but fact '{id}' is as of {as_of.text}",
                memo.front_matter_place("date"),
                "date the memo later, or leave the fact out",
                (Related(place, "gives the as-of date"),),
                facts=(id,),
            )
