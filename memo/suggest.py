"""Words that messages of several rooms share: what was probably meant, what to choose from, a text cut short."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import combining, normalize


def suggest(name: str, options: Iterable[str]) -> str:
    """Return ``did you mean 'gas-exports'?`` for the closest option, as a hint; empty if none is near."""
    return _did_you_mean(closest(name, options))


def closest(name: str, options: Iterable[str]) -> str:
    """Return the option closest in spelling; empty if none is near.

    Case makes no difference, nor whether words are joined by hyphens, underscores or blanks.
    """
    from difflib import get_close_matches  # only a run with a mistake in it pays for the import

    # Sorted in reverse, so that of two options that differ in case alone, the first in order is suggested.
    by_folded = {_folded(option): option for option in sorted(options, reverse=True)}
    # The time taken grows with the length of the name, and a name in a broken file may be as long as the file.
    matches = get_close_matches(_folded(name[:80]), list(by_folded), n=1)
    return by_folded[matches[0]] if matches else ""


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


def kebab(text: str) -> str:
    """Return a text as an id is written, ``berths-open``: small letters and digits, without accents."""
    plain = normalize("NFKD", text.strip()[:80]).casefold()
    return "-".join(re.findall("[a-z0-9]+", "".join(char for char in plain if not combining(char))))


class Suggester:
    """Suggest as `suggest` and `closest` do, but look up no more than so many names, and each only once.

    To look up one name among ten thousand takes milliseconds, and a fact sheet may hold ten thousand wrong ones.
    """

    def __init__(self, lookups: int = 200) -> None:
        self._left = lookups
        self._closest: dict[tuple[str, frozenset[str]], str] = {}

    def suggest(self, name: str, options: Iterable[str]) -> str:
        """Return ``did you mean 'gas-exports'?``; empty if no option is near, or no lookups are left."""
        return _did_you_mean(self.closest(name, options))

    def closest(self, name: str, options: Iterable[str]) -> str:
        """Return the option closest in spelling; empty if none is near, or no lookups are left."""
        key = (name, frozenset(options))
        if key not in self._closest and self._left > 0:
            self._left -= 1
            self._closest[key] = closest(*key)
        return self._closest.get(key, "")


def suggest_from(name: str, options: Iterable[str], what: str) -> str:
    """Return the closest option as a hint, and all there are: ``did you mean 'sort'? the filters are date, sort``."""
    options = sorted(options)
    listed = f"the {what} are {', '.join(options)}" if options else f"there are no {what}"
    return f"{suggest(name, options)} {listed}".strip()


def _did_you_mean(option: str) -> str:
    return f"did you mean '{option}'?" if option else ""


def one_of(options: Iterable[str]) -> str:
    """List the options for a hint: ``it is one of 'event', 'quantity'``."""
    return "it is one of " + ", ".join(f"'{option}'" for option in options)


def shorten(text: str, most: int) -> str:
    """Cut a text of more than ``most`` characters after a word, with an ellipsis to show it."""
    return text if len(text) <= most else (text[:most].rpartition(" ")[0] or text[:most]) + " …"
