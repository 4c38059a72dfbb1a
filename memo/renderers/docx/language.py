"""Language tags as Word knows them, and which way text runs.

Word's proofing tools want a locale; right-to-left words must stand in runs of their own, marked so (ECMA-376-1,
17.3.2.30).
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Literal
from unicodedata import bidirectional

_LOCALES = MappingProxyType(
    {
        "ar": "ar-SA", "az": "az-Latn-AZ", "be": "be-BY", "bg": "bg-BG", "cs": "cs-CZ", "da": "da-DK", "de": "de-DE",
        "el": "el-GR", "en": "en-GB", "es": "es-ES", "et": "et-EE", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR",
        "he": "he-IL", "hu": "hu-HU", "hy": "hy-AM", "it": "it-IT", "ja": "ja-JP", "ka": "ka-GE", "kk": "kk-KZ",
        "ko": "ko-KR", "lt": "lt-LT", "lv": "lv-LV", "nl": "nl-NL", "no": "nb-NO", "pl": "pl-PL", "pt": "pt-PT",
        "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sv": "sv-SE", "tr": "tr-TR", "uk": "uk-UA",
        "zh": "zh-CN",
    }
)  # fmt: skip
_EAST_ASIAN = frozenset(("ja", "ko", "zh"))


def locale(tag: str) -> str:
    """Add the usual region to a BCP 47 tag that has none, where Word wants one: ``az`` is ``az-Latn-AZ``."""
    return _LOCALES.get(tag, tag)


def script(tag: str) -> Literal["val", "eastAsia"]:
    """Name the attribute of ``w:lang`` for a language written from left to right (ECMA-376-1, 17.3.2.20)."""
    return "eastAsia" if tag.split("-")[0] in _EAST_ASIAN else "val"


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks that right-to-left letters stand in, and the mark that is one (Unicode, DerivedBidiClass)."""

_STRONG = {"L": False, "R": True, "AL": True}


def right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction of its own is a right-to-left one (Unicode annex 9, rule P2)."""
    if not _may_be(text):
        return False
    return next((_STRONG[kind] for kind in map(bidirectional, text) if kind in _STRONG), False)


def by_direction(text: str) -> list[tuple[str, bool]]:
    """Cut text into pieces, each with whether it runs from right to left; the pieces joined are the text.

    Spaces, digits and signs go with the letters around them where those agree, else from left to right; accents go
    with their letter.
    """
    if not _may_be(text):
        return [(text, False)]
    pieces: list[tuple[str, bool]] = []
    start = strong_end = 0
    rtl = False
    for at, char in enumerate(text):
        kind = bidirectional(char)
        if kind == "NSM" and strong_end == at:  # an accent, which goes with the letter before it
            strong_end = at + 1
        if kind not in _STRONG:
            continue
        if _STRONG[kind] != rtl:
            cut = strong_end if rtl else at
            if cut > start:
                pieces.append((text[start:cut], rtl))
            start, rtl = cut, _STRONG[kind]
        strong_end = at + 1
    cut = strong_end if rtl else len(text)
    rest = ((text[start:cut], rtl), (text[cut:], False))
    return [*pieces, *(piece for piece in rest if piece[0])]


def _may_be(text: str) -> bool:
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None
