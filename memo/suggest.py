"""What was probably meant, for hints."""

from __future__ import annotations

from collections.abc import Iterable


class Closest:
    """Finds the nearest of some names. Looking far and wide takes time, so each one made looks up only so many."""

    def __init__(self, lookups: int = 200) -> None:
        self._left = lookups
        self._found: dict[tuple[str, frozenset[str]], str] = {}

    def __call__(self, name: str, options: Iterable[str]) -> str:
        """The option that the name was probably meant to be; empty if none is near."""
        known = frozenset(options)
        if (name, known) not in self._found and self._left > 0:
            self._left -= 1
            self._found[name, known] = _nearest(name, sorted(known))
        return self._found.get((name, known), "")

    def hint(self, name: str, options: Iterable[str]) -> str:
        """``did you mean 'gas-exports'?``, or nothing."""
        found = self(name, options)
        return f"did you mean '{found}'?" if found else ""


def _nearest(name: str, options: list[str]) -> str:
    """By spelling, whatever the case."""
    from difflib import get_close_matches

    folded = {option.casefold(): option for option in reversed(options)}
    found = get_close_matches(name.casefold()[:80], list(folded), n=1)
    return folded[found[0]] if found else ""


def near(name: str, options: Iterable[str]) -> str:
    """``did you mean 'gas-exports'?`` for the option closest in spelling, whatever the case; empty if none is."""
    from difflib import get_close_matches

    folded = {option.casefold(): option for option in sorted(options, reverse=True)}
    found = get_close_matches(name.casefold()[:80], list(folded), n=1)
    return f"did you mean '{folded[found[0]]}'?" if found else ""


def listed(options: Iterable[str]) -> str:
    """The options for a hint: ``it is one of 'event', 'quantity'``."""
    return "it is one of " + ", ".join(f"'{option}'" for option in options)
