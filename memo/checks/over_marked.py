"""No portion is marked above the memo's banner (CRAFT, rule 13; UK Government Security Classifications; FIRST TLP 2.0).

A fact's `marking` says how its words must be handled, and the banner how the memo will be: whoever gets an OFFICIAL
memo must not find a SECRET line in it. Markings are compared by the orders in `memo/checks/over_marked.py`, or by
`markings` in style.yaml, lowest first. One that is in no order is reported, since it cannot be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.problem import Problem

HINT = "list your markings under 'markings' in style.yaml, the lowest first"


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``over-marked`` for each fact used whose marking is above the banner, or cannot be compared with it."""
    for id in memo.used:
        if marking := memo.facts.facts[id].marking:
            wrong, hint = _compared(marking, memo.composed.document.metadata.banner, (memo.style.markings, *ORDERS))
            if wrong:
                place = memo.fact_place(id, "marking")
                yield Problem("over-marked", f"fact '{id}' {wrong}", place, hint, memo.first_use(id), facts=(id,))


def _compared(marking: str, banner: str, orders: tuple[tuple[str, ...], ...]) -> tuple[str, str]:
    """Return what is wrong with a marking under a banner, and what would help; both empty if nothing is wrong."""
    if not banner:
        return f"is marked {marking}, and the memo has no banner", "give the memo a banner, or leave the fact out"
    known = [(_level(marking, order), _level(banner, order)) for order in orders]
    if all(fact is None for fact, _ in known):
        return f"is marked {marking}, which is not a known marking", HINT
    if all(memo is None for _, memo in known):
        return f"is marked {marking}, and the memo's banner, {banner}, is not a known marking", HINT
    both = [(fact, memo) for fact, memo in known if fact is not None and memo is not None]
    if not both:
        return f"is marked {marking}, which cannot be compared with the memo's banner, {banner}", HINT
    fact, memo = both[0]
    if fact > memo:
        return f"is marked {marking}, above the memo's banner, {banner}", "raise the banner, or leave the fact out"
    return "", ""


ORDERS: tuple[tuple[str, ...], ...] = (
    ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"),
    ("UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"),
    ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"),
)
"""The lowest first: the UK's (Government Security Classifications), NATO's and those of many states, and the Traffic
Light Protocol's (FIRST, TLP 2.0)."""

_PREFIX = r"(?:[A-Z]{2,}\s+)?"
"""Whose marking it is: NATO SECRET, UK OFFICIAL, COSMIC TOP SECRET."""

_CAVEAT = r"(?:\s*//.*|\s+[-–—]\s+.*|\s*\(.*\))?"
"""Who may see it, which does not change the level: SECRET//REL TO NATO, OFFICIAL - FOR PUBLIC RELEASE."""


def _level(marking: str, order: tuple[str, ...]) -> int | None:
    """Return how high a marking stands in an order, from 0; None if it is not in it. Case does not matter."""
    given = _plain(marking)
    matching = (re.fullmatch(_PREFIX + re.escape(_plain(known)) + _CAVEAT, given) for known in order)
    return max((index for index, match in enumerate(matching) if match), default=None)  # SECRET is in TOP SECRET, too


def _plain(marking: str) -> str:
    """Write a marking in capitals, with single spaces; OFFICIAL SENSITIVE and OFFICIAL: SENSITIVE get a hyphen."""
    text = " ".join(marking.upper().split())
    return re.sub(r"\bOFFICIAL(?::\s*|\s+|\s*-\s*)SENSITIVE\b", "OFFICIAL-SENSITIVE", text)
