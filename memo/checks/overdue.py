"""A fact is looked at again by the day that its curator set (CRAFT, rule 17).

What was announced in spring may be done, dropped or postponed by autumn. A fact past its `review_by` may still be true;
nobody has looked. What day it is, `--today` says, and else the clock.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Dossier
from memo.problem import Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """An ``overdue`` for each fact in use whose review date lies before today."""
    superseded = dossier.facts.superseded()
    for fact in dossier.facts.facts.values():
        due, today = fact.review_by, dossier.today
        if due is None or fact.retired or fact.id in superseded:
            continue
        if due.latest and today.earliest and due.latest < today.earliest:
            message = f"fact '{fact.id}' was to be reviewed by {due.text}; today is {today.text}"
            place = dossier.place("fact", fact.id, "review_by")
            yield Problem("overdue", message, place, "look at it again, and set 'review_by' anew", facts=(fact.id,))
