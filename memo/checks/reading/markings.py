"""Handling markings that are known, and which is above which."""

from __future__ import annotations

import re

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


def level(marking: str, order: tuple[str, ...]) -> int | None:
    """How high a marking stands in an order, from 0; None where it is not in it. Capitals do not matter."""
    given = _plain(marking)
    matching = (re.fullmatch(_PREFIX + re.escape(_plain(known)) + _CAVEAT, given) for known in order)
    return max((index for index, match in enumerate(matching) if match), default=None)  # SECRET is in TOP SECRET, too


def _plain(marking: str) -> str:
    """In capitals, with single spaces; OFFICIAL SENSITIVE and OFFICIAL: SENSITIVE are OFFICIAL-SENSITIVE."""
    text = " ".join(marking.upper().split())
    return re.sub(r"\bOFFICIAL(?::\s*|\s+|\s*-\s*)SENSITIVE\b", "OFFICIAL-SENSITIVE", text)
