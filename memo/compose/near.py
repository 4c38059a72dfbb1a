"""What was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def near(name: str, options: Iterable[str]) -> str:
    """``did you mean 'gas-exports'?`` for the option closest in spelling, whatever the case; empty if none is."""
    from difflib import get_close_matches

    folded = {option.casefold(): option for option in sorted(options, reverse=True)}
    found = get_close_matches(name.casefold()[:80], list(folded), n=1)
    return f"did you mean '{folded[found[0]]}'?" if found else ""


def listed(options: Iterable[str]) -> str:
    """The options for a hint: ``it is one of 'event', 'quantity'``."""
    return "it is one of " + ", ".join(f"'{option}'" for option in options)
