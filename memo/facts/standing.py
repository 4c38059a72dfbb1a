"""How a fact stands among those of its dossier: unquestioned, or retired, superseded, contested, overdue for review.

What was taken back contests nothing, and need not be looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from memo.facts.dossier import Change, Facts
from memo.facts.edtf import Date, has_passed


class Standing(Struct, frozen=True):
    """What there is to say against a fact. ``superseded_by`` and ``contested_by`` are ids of others."""

    retired: Change | None = None
    superseded_by: str = ""
    contested_by: tuple[str, ...] = ()
    overdue: Date | None = None

    def words(self) -> dict[str, str]:
        """Return each that applies in a word, with the rest of the sentence: ``superseded``, ``by new-sum``."""
        found = {
            "retired": f"{self.retired.date.text}: {self.retired.reason}" if self.retired else "",
            "superseded": f"by {self.superseded_by}" if self.superseded_by else "",
            "contested": f"by {', '.join(self.contested_by)}" if self.contested_by else "",
            "overdue": f"since {self.overdue.text}" if self.overdue else "",
        }
        return {word: rest for word, rest in found.items() if rest}


def standings(facts: Facts, today: Date) -> Mapping[str, Standing]:
    """Return how each fact of a dossier stands, by id."""
    superseded = facts.superseded()
    current = {id for id, fact in facts.facts.items() if not fact.retired and id not in superseded}
    against: dict[str, dict[str, None]] = {}
    for id in current:
        for other in facts.facts[id].contradicts:
            if other in current:
                against.setdefault(id, {})[other] = None
                against.setdefault(other, {})[id] = None
    return {
        id: Standing(
            fact.retired,
            superseded.get(id, ""),
            tuple(sorted(against.get(id, ()))),
            fact.review_by if id in current and fact.review_by and has_passed(fact.review_by, today) else None,
        )
        for id, fact in facts.facts.items()
    }
