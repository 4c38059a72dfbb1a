"""The fixed words of the languages that come with memo: a file a language, named by its tag; English is the default.

Names of months and customs of numbers are those of the Unicode CLDR (cldr.unicode.org, as Babel 2.19 has it). Patterns
are worded so that whatever is filled in stands in its plain form: "Stand: März 2031", not a case that the name of a
month, a season or a source would have to be put in.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

if TYPE_CHECKING:
    from memo.facts.style import Words

SHIPPED = ("az", "de", "en", "fr", "ru", "tr")
"""The languages, by their tags."""


class NumberCustoms(NamedTuple):
    """How a region writes numbers: what stands between thousands, before decimals, and with per cent."""

    grouping: str
    decimal: str
    percent: str = "{amount}%"


_SPACE, _NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_SPACED = "{amount}" + _SPACE + "%"

REGIONS = {
    **dict.fromkeys(("de-CH", "de-LI", "en-CH"), NumberCustoms("'", ".")),
    "fr-CH": NumberCustoms("'", ","),
    "fr-CA": NumberCustoms(_SPACE, ",", _SPACED),
    "fr-LU": NumberCustoms(".", ",", _SPACED),
    **dict.fromkeys(("en-BE", "en-ES", "en-ID", "en-IT", "en-NL", "en-PL", "en-RO", "en-SI"), NumberCustoms(".", ",")),
    **dict.fromkeys(("en-AT", "en-DE", "en-DK"), NumberCustoms(".", ",", _SPACED)),
    **dict.fromkeys(
        ("en-CZ", "en-EE", "en-HU", "en-LT", "en-LV", "en-PT", "en-SK", "en-UA", "en-ZA"), NumberCustoms(_SPACE, ",")
    ),
    **dict.fromkeys(("en-FI", "en-NO", "en-SE"), NumberCustoms(_SPACE, ",", _SPACED)),
    **dict.fromkeys(("en-FR", "en-GE"), NumberCustoms(_NARROW, ",")),
}
"""Regions whose numbers are not those of their language at large."""

_SCRIPTS = {"ru": "Cyrl"}


@cache
def shipped_words(language: str) -> Words | None:
    """Return the words that memo has for a BCP 47 tag, the same object each time; None where it has none."""
    from memo.facts.style import Words  # which names this file

    primary, *subtags = language.split("-")
    # Azerbaijani is written in three scripts, and words in one are none in another.
    other = any(len(tag) == 4 and tag.isalpha() and tag.title() != _SCRIPTS.get(primary, "Latn") for tag in subtags)
    if primary not in SHIPPED or other:
        return None
    if language in REGIONS:
        at_large = shipped_words(primary)
        return replace(at_large, **REGIONS[language]._asdict()) if at_large else None
    if subtags:
        return shipped_words(primary)
    words: Words = Words() if primary == "en" else import_module(f"{__name__}.{primary}").WORDS
    return words
