"""Words that messages of several rooms share: what was probably meant, what to choose from, a text cut short."""

from __future__ import annotations

from collections.abc import Iterable


class Closest:
    """Find the nearest of some names, for a dossier with many faults: each one made looks up only so many.

    A lookup in ten thousand names takes milliseconds, and a sheet may hold ten thousand wrong ones.
    """

    def __init__(self, lookups: int = 200) -> None:
        self._left = lookups
        self._found: dict[tuple[str, frozenset[str]], str] = {}

    def __call__(self, name: str, options: Iterable[str]) -> str:
        """Return the option that the name was probably meant to be; empty if none is near."""
        known = frozenset(options)
        if (name, known) not in self._found and self._left > 0:
            self._left -= 1
            self._found[name, known] = closest(name, known)
        return self._found.get((name, known), "")

    def hint(self, name: str, options: Iterable[str]) -> str:
        """Return ``did you mean 'gas-exports'?``, or nothing."""
        return _asked(self(name, options))


def closest(name: str, options: Iterable[str]) -> str:
    """Return the option closest in spelling, whatever the case; empty if none is near."""
    from difflib import get_close_matches  # only a run with a mistake in it pays for the import

    folded = {option.casefold(): option for option in sorted(options, reverse=True)}
    found = get_close_matches(name.casefold()[:80], list(folded), n=1)
    return folded[found[0]] if found else ""


def suggest(name: str, options: Iterable[str]) -> str:
    """Return ``did you mean 'gas-exports'?`` for the closest option, as a hint; empty if none is near."""
    return _asked(closest(name, options))


def _asked(found: str) -> str:
    return f"did you mean '{found}'?" if found else ""


def one_of(options: Iterable[str]) -> str:
    """List the options for a hint: ``it is one of 'event', 'quantity'``."""
    return "it is one of " + ", ".join(f"'{option}'" for option in options)


def shorten(text: str, most: int) -> str:
    """Cut a text of more than ``most`` characters after a word, with an ellipsis to show it."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"
