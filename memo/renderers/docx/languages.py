"""Language tags as Word knows them: a locale, so that its proofing tools find the language."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

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
    """A BCP 47 tag with its usual region where it has none and Word wants one: ``az`` is ``az-Latn-AZ``."""
    return _LOCALES.get(tag, tag)


def script(tag: str) -> Literal["val", "eastAsia"]:
    """The attribute of ``w:lang`` that a language written from left to right stands in (ECMA-376-1, 17.3.2.20)."""
    return "eastAsia" if tag.split("-")[0] in _EAST_ASIAN else "val"
