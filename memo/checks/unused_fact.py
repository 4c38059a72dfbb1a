"""Every fact of a dossier is used by some memo (CRAFT, rule 25).

A fact that no memo uses may be one that a memo should have. Facts that were retired or superseded are not meant. As
long as a memo has errors, which may hide what it uses, none is.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Whole
from memo.problem import Place, Problem


def check(whole: Whole) -> Iterator[Problem]:
    """An ``unused-fact`` for each fact that no memo of the project shows, cites or draws."""
    if not whole.sound:
        return
    for name, facts in whole.dossiers.items():
        memos = (memo for memo in whole.memos if memo.facts.dossier == name)
        used = {id for memo in memos for id in memo.used}
        gone = facts.superseded()
        for fact in facts.facts.values():
            if fact.id not in used and fact.id not in gone and fact.retired is None:
                place = facts.places.get(("fact", fact.id), Place(f"facts/{name}"))
                yield Problem("unused-fact", f"no memo uses fact '{fact.id}'", place, facts=(fact.id,))
