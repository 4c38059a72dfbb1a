"""The words that a style file gives for a language, completed by those that memo has for it; what lacks is told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from memo.facts.declare import LANGUAGE, shape_of
from memo.facts.languages import REGIONS, SHIPPED, shipped_words
from memo.facts.style import Style, Words
from memo.problem import Place, Problem

_OPTIONAL = ("months-alone", "first-day", "semicolon")
"""Keys that only some languages need."""

_UNGROUPED = Words(grouping="")
"""What stands in for words that are not known: English ones, and amounts as the sheets write them."""


def complete_words(style: Style, places: Mapping[tuple[str, ...], Place]) -> tuple[Style, list[Problem]]:
    """Complete the words of each language in a style that was just read; ``places`` say what the file gives.

    A region's words are completed by its language's: ``de-AT`` by ``de``. Problems: missing-words, one a language.
    """
    known: dict[str, Words] = {}
    problems: list[Problem] = []
    for language in sorted(style.words, key=len):  # a language before its regions
        if not re.fullmatch(LANGUAGE.pattern, language):
            continue  # it is told already that this is no language
        primary = language.split("-")[0]
        base = known.get(primary) or shipped_words(language)
        given = {place[2] for place in places if place[:2] == ("words", language) and len(place) == 3}
        own = {name: getattr(style.words[language], name) for name in given}
        known[language] = replace(base or _UNGROUPED, **own)
        lacking = [] if base else [key for key, one in _PROPERTIES.items() if one.name not in given]
        if lacking:
            problems.append(_missing(language, lacking, places["words", language]))
    return replace(style, words={**known, **_regional(known)}), problems


_PROPERTIES = {key: one for key, one in shape_of(Words).properties.items() if key not in _OPTIONAL}


def _regional(known: Mapping[str, Words]) -> dict[str, Words]:
    """Return the words of a language that a style gives with the numbers of those of its regions that differ."""
    return {
        region: replace(known[primary], **customs._asdict())
        for region, customs in REGIONS.items()
        if region not in known and (primary := region.split("-")[0]) in known
    }


def _missing(language: str, lacking: list[str], place: Place) -> Problem:
    numbers = [key for key in ("decimal", "grouping", "percent") if key in lacking]
    message = f"the words of '{language}' lack {len(lacking)} of {len(_PROPERTIES)}, which stay English"
    if numbers:
        message += "; its customs for numbers are not known, so amounts stand as the fact sheets write them"
    hint = f"add {', '.join(lacking)}; memo has the words of {', '.join(SHIPPED)}"
    return Problem("missing-words", message, place, hint, severity="warning")
