"""Facts that went on under another id: one went out, and one came in that states the same from the same support.

No reader sees an id, so what a copy says of such a fact still holds.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from memo.editions.snapshot import FactSnapshot, as_read
from memo.facts.appearance import as_seen

_SAME = ("claim", "supports", "judged_by", "basis")


def renamed_facts(then: Mapping[str, FactSnapshot], now: Mapping[str, FactSnapshot]) -> dict[str, str]:
    """Return the id that each fact has now whose own is gone, where another states the same from the same support."""
    renamed: dict[str, str] = {}
    came: list[FactSnapshot] | None = None
    for old in (fact for id, fact in then.items() if id not in now):
        if came is None:  # in most dossiers nothing went out, and nothing is to be looked for
            came = [as_read(fact) for id, fact in now.items() if id not in then]
        one = as_read(old)
        alike = [new for new in came if all(getattr(one, name) == getattr(new, name) for name in _SAME)]
        # Of several, one that is the same in all else, too.
        alike.sort(key=lambda new: replace(new, id=one.id) != one)
        if found := next((new.id for new in alike if new.id not in renamed.values()), ""):
            renamed[old.id] = found
    return renamed


def with_old_ids(now: Mapping[str, FactSnapshot], renamed: Mapping[str, str]) -> Mapping[str, FactSnapshot]:
    """Return the facts under the ids that they had, also where one names another."""
    if not renamed:
        return now
    former = {new: old for old, new in renamed.items()}
    facts = (
        replace(
            fact,
            id=former.get(fact.id, fact.id),
            contradicts=tuple(sorted(former.get(id, id) for id in fact.contradicts)),
            superseded_by=former.get(fact.superseded_by, fact.superseded_by),
        )
        for fact in now.values()
    )
    return {fact.id: fact for fact in facts}


def same_claim(old: FactSnapshot, now: Mapping[str, FactSnapshot], then: Mapping[str, FactSnapshot]) -> str:
    """Return the id of a fact that came in and claims what one that went out did, from other support; or nothing."""
    claim = as_seen(old.claim)
    return next((id for id, fact in now.items() if id not in then and as_seen(fact.claim) == claim), "")
