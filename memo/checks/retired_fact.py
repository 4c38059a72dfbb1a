"""A fact that was retired or superseded is not used (CRAFT, rule 9).

It was taken back for a reason, and a memo that goes on saying it ignores that.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.problem import Problem, Related


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``retired-fact`` for each place that shows or cites one."""
    superseded = memo.facts.superseded()
    for inline, id in memo.uses():
        fact = memo.facts.facts[id]
        if fact.retired is None and id not in superseded:
            continue
        by = superseded.get(id, "")
        message = f"fact '{id}' was superseded by '{by}'" if by else f"fact '{id}' was retired"
        hint = f"use '{by}'" if by else f"it was retired because: {fact.retired.reason}" if fact.retired else ""
        place = memo.facts.places.get(("fact", id))
        related = (Related(place, "is the fact"),) if place else ()
        yield Problem("retired-fact", message, memo.place(inline), hint, related, facts=(id,))
