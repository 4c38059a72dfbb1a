"""A passage is graded as confirmed only where two origins stand behind its fact (CRAFT, rule 5; AJP-2.1).

"Confirmed by other sources" is a grade in its own right, and the strongest that a reader meets in a note. Two articles
that relay one announcement do not confirm each other: they have one origin.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Dossier
from memo.problem import Problem, Related


def check(dossier: Dossier) -> Iterator[Problem]:
    """Report an ``unconfirmed`` for each fact graded 1 with fewer than two origins, at its first such grade."""
    for fact in dossier.facts.facts.values():
        origins = dossier.facts.origins(fact)
        graded = [index for index, support in enumerate(fact.support) if support.credibility == "1"]
        if not graded or len(origins) > 1:
            continue
        places = [dossier.place("fact", fact.id, "support", str(index), "credibility") for index in graded]
        message = f"fact '{fact.id}' is graded 1, confirmed, but all of it comes from one origin: {', '.join(origins)}"
        hint = "grade it 2, or add a support of another origin"
        related = tuple(Related(place, "is graded 1, too") for place in places[1:])
        yield Problem("unconfirmed", message, places[0], hint, related, facts=(fact.id,))
