"""Every fact of a dossier is used by some memo (CRAFT, rule 25).

A fact that no memo uses may be one that a memo should have. Facts that were retired or superseded do not count. As long
as a memo has errors, which may hide what it uses, nothing is reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import WholeProject, current_facts
from memo.problem import Place, Problem


def check(project: WholeProject) -> Iterator[Problem]:
    """Report an ``unused-fact`` for each fact that no memo of the project shows, cites or draws."""
    if not project.sound:
        return
    for name, facts in project.dossiers.items():
        memos = (memo for memo in project.memos if memo.facts.dossier == name)
        used = {id for memo in memos for id in memo.used}
        for id in (id for id in current_facts(facts) if id not in used):
            place = facts.places.get(("fact", id), Place(f"facts/{name}"))
            yield Problem("unused-fact", f"no memo uses fact '{id}'", place, facts=(id,))
