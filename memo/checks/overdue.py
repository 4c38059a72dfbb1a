"""A fact is looked at again by the day that its curator set (CRAFT, rule 17).

What was announced in spring may be done, dropped or postponed by autumn. A fact past its `review_by` may still be true;
nobody has looked. Today is the day that `--today` gives, or else the clock's.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Dossier, current_facts
from memo.facts.edtf import has_passed
from memo.problem import Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """Report an ``overdue`` for each current fact whose review date lies before today."""
    for fact in current_facts(dossier.facts).values():
        if fact.review_by and has_passed(fact.review_by, dossier.today):
            message = f"fact '{fact.id}' was to be reviewed by {fact.review_by.text}; today is {dossier.today.text}"
            place = dossier.place("fact", fact.id, "review_by")
            yield Problem("overdue", message, place, "look at it again, and set 'review_by' anew", facts=(fact.id,))
