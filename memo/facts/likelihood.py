"""The words that say how likely something is, by two public scales, and how sure somebody is of that.

ICD 203 (Analytic Standards, US Director of National Intelligence, 2015), D.6.e.(2)(a), has two rows of terms for the
same bands; the other scale is the probability yardstick of the UK Professional Head of Intelligence Assessment. The
same word means different things in the two, so a memo declares its scale. Confidence is a statement apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from msgspec import Struct

Scale = Literal["icd203", "phia"]


class Band(Struct, frozen=True):
    """One step of a scale: its terms, what is printed for it, and the chance it stands for, in per cent.

    ``also`` are other forms of the same terms, such as adverbs: they are read, and not printed.
    """

    terms: tuple[str, ...]
    low: int
    high: int
    chance: str
    also: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Return the terms as a table has them: ``almost no chance or remote``."""
        return " or ".join(self.terms)

    def has(self, term: str) -> bool:
        """Tell whether a term, in any of its forms, belongs to this band."""
        return term in self.terms or term in self.also


SCALES: Mapping[Scale, tuple[Band, ...]] = {
    "icd203": (
        Band(("almost no chance", "remote"), 1, 5, "1–5%", ("remote chance",)),
        Band(("very unlikely", "highly improbable"), 5, 20, "5–20%"),
        Band(("unlikely", "improbable"), 20, 45, "20–45%"),
        Band(("roughly even chance", "roughly even odds"), 45, 55, "45–55%"),
        Band(("likely", "probable"), 55, 80, "55–80%", ("probably",)),
        Band(("very likely", "highly probable"), 80, 95, "80–95%", ("very probably",)),
        Band(("almost certain", "nearly certain"), 95, 99, "95–99%", ("almost certainly", "nearly certainly")),
    ),
    "phia": (
        Band(("remote chance",), 0, 5, "0–≈5%"),
        Band(("highly unlikely",), 10, 20, "10–20%"),
        Band(("unlikely",), 25, 35, "25–35%"),
        Band(("realistic possibility",), 40, 50, "40–<50%", ("realistic possibilities",)),
        Band(("likely", "probable"), 55, 75, "55–75%", ("probably",)),
        Band(("highly likely",), 80, 90, "80–90%"),
        Band(("almost certain",), 95, 100, "≈95–100%", ("almost certainly",)),
    ),
}
"""Both scales, from the least likely on."""

SCALE_NAMES: Mapping[Scale, str] = {"icd203": "ICD 203", "phia": "the PHIA yardstick"}
"""What messages call the scales."""

BEFORE_NO_TERM = ("how", "more", "less", "as", "so", "too", "most", "least", "equally", "increasingly", "than")
"""Words that make a comparison or a question of the term after them: *how likely*, *more likely than before*."""

DEGREES = (
    "exceedingly", "extremely", "fairly", "highly", "most", "overwhelmingly", "pretty", "quite", "rather", "reasonably",
    "somewhat", "very",
)  # fmt: skip
"""Words that make a term of no scale of the term after them, unless both together are one: *quite likely*."""

CHANCES = ("chance", "chances", "likelihood", "odds", "possibility", "probability", "prospect", "prospects", "risk")
"""What must be called remote for *remote* to be a likelihood: islands and regions are remote, too."""

AFTER_NO_TERM: Mapping[str, tuple[str, ...]] = {
    "probable": ("cause", "error", "maximum", "reserves"),
    "probably": ("true",),
    "likely": ("voter", "voters"),
    "unlikely": (
        "alliance", "allies", "ally", "bedfellows", "couple", "friend", "friends", "friendship", "hero", "heroes",
        "pair", "partner", "partners", "partnership",
    ),
}  # fmt: skip
"""Words that make something else of the term before them: *probable cause*, *an unlikely alliance*, and the source
grade *probably true*."""

CONFIDENCE_IN = (
    "analysis", "assessment", "assessments", "conclusion", "conclusions", "estimate", "estimates", "finding",
    "findings", "forecast", "it", "judgement", "judgements", "judgment", "judgments", "that", "this",
)  # fmt: skip
"""What confidence is in where it is an analyst's; other confidence, in a government say, is a matter of its own."""

OTHERS_CONFIDENCE = ("business", "consumer", "investor", "market", "public", "voter")
"""Whose confidence is none of an analyst's: *consumer confidence is low*."""


class TermFound(NamedTuple):
    """A likelihood term or confidence level in a text: where it starts, its words there, and its usual form.

    ``term`` is empty where the words are of no scale: *quite likely*.
    """

    start: int
    text: str
    term: str


def band_of(term: str, scale: Scale) -> Band | None:
    """Return the band of a scale that a term belongs to; None where the scale has no such term."""
    return next((band for band in SCALES[scale] if band.has(term)), None)


def overlapping(term: str, scale: Scale, of: Scale) -> tuple[Band, ...]:
    """Return the bands of a scale that overlap with what this term means in the other scale, ``of``."""
    meant = band_of(term, of)
    if meant is None:
        return ()
    return tuple(band for band in SCALES[scale] if min(band.high, meant.high) > max(band.low, meant.low))


def may_state(text: str) -> bool:
    """Tell quickly whether a text may have a likelihood term; where this is false, it has none."""
    small = text.casefold()
    return any(word in small for word in _LAST_WORDS)


def terms_in(text: str) -> list[TermFound]:
    """Find every likelihood term of either scale in a text; where one begins with another, the longer one."""
    if not may_state(text):
        return []
    terms = (_term(text, match) for match in re.finditer(_TERMS, text, re.IGNORECASE))
    return [term for term in terms if term is not None]


def levels_in(text: str) -> list[TermFound]:
    """Find every confidence level that a text states: ``high confidence``, ``our confidence in this is low``."""
    levels = []
    for match in re.finditer(_LEVELS, text, re.IGNORECASE) if "confidence" in text.casefold() else ():
        before = text[: match.start()].split()[-1:]
        if not before or before[0].casefold() not in OTHERS_CONFIDENCE:
            level = (match["before"] or match["after"]).casefold()
            levels.append(TermFound(match.start(), match[0], "moderate" if level == "medium" else level))
    return levels


def _term(text: str, match: re.Match[str]) -> TermFound | None:
    """Return a match as a term, with the degree before it; None where the words around make something else of it."""
    term = " ".join(match[0].casefold().split())
    before, after = text[: match.start()], text[match.end() :]
    if term == "remote" and not _is_of_chances(before, after):
        return None
    last = (before.split() or [""])[-1]
    if " " in term or term == "remote":  # *very likely* is a term as it stands: only single words mislead
        return TermFound(match.start(), match[0], term)
    if last.casefold() in BEFORE_NO_TERM or _starts(after, AFTER_NO_TERM.get(term, ())):
        return None
    if last.casefold() in DEGREES:
        start = before.rindex(last)
        return TermFound(start, text[start : match.end()], "")
    return TermFound(match.start(), match[0], term)


def _starts(after: str, words: tuple[str, ...]) -> bool:
    return (after.split() or [""])[0].casefold().rstrip(",.;:") in words


def _is_of_chances(before: str, after: str) -> bool:
    """Tell whether what is called remote is a chance: ``a remote prospect``, ``the risk of that is remote``."""
    return _starts(after, CHANCES) or re.search(_REMOTELY, before, re.IGNORECASE) is not None


def any_of(words: Iterable[str], space: str = r"\s+") -> str:
    """Return a regular expression for any of some words and phrases, the longest first; for none, one without matches.

    ``space`` is what may stand between the words of a phrase.
    """
    longest_first = sorted(words, key=len, reverse=True)  # the first alternative that matches wins, not the longest
    patterns = [re.escape(word).replace(r"\ ", space) for word in longest_first]
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"


_REMOTELY = rf"\b({any_of(CHANCES)})\b[^,;:]*\b(is|are|was|were|as|remains?|seems?|looks?)\s+$"
_ALL = {term for bands in SCALES.values() for band in bands for term in (*band.terms, *band.also)}
_TERMS = rf"\b(?:{any_of(_ALL)})\b"
_ENDINGS = {term.split()[-1] for term in _ALL}
_LAST_WORDS = tuple(word for word in _ENDINGS if not any(other in word for other in _ENDINGS - {word}))
"""Last words of terms that have no other such word in them: a text with none of these has no term."""

_LEVEL = "low|moderate|medium|high"
_LEVELS = (
    rf"\b(?P<before>{_LEVEL})(?:\s+|-)confidence\b(?!\s+in\b(?!(?:\s+\w+)?\s+(?:{any_of(CONFIDENCE_IN)})\b))"
    rf"|\bconfidence(?:\s+in(?:\s+\w+)?\s+(?:{any_of(CONFIDENCE_IN)}))?(?:\s+(?:is|are|was|remains|stays)|:)"
    rf"\s+(?P<after>{_LEVEL})\b"
)
