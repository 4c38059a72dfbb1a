"""Numbers in text: in digits in any language, in words in English, each as the values that it may be read as.

Designations (``F-16``, ``G7``) and versions (``2.5.1``) are names, and no numbers. Nor is a number that only points to
a place in a text (``page 3``, ``(2)``). Ordinals in words are none either: ``the second`` orders what is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from memo.checks.reading.english_prose import (
    BEFORE_YEARS,
    DEFINITE,
    DENOMINATORS,
    IDIOMS,
    IMPLIED,
    NUMBERED,
    ORDINALS,
    REFERENCES,
    SCALES,
    SHORT,
    TENS,
    TIMES,
    UNIT_WORDS,
    UNITS,
    VAGUE,
)

Value = float | str
"""A number with twelve digits at the most, so that 2.4 million and 2,400,000 are the same; or a word that tells one by
its size alone: ``dozens``."""


class Number(NamedTuple):
    """A number from ``start`` to ``end``: each value that it may be read as, and the sign of its unit, if known."""

    start: int
    end: int
    values: frozenset[Value]
    unit: str = ""

    def carried_by(self, other: Number) -> bool:
        """Whether the other is the same number, of no other unit."""
        return not self.values.isdisjoint(other.values) and (not self.unit or not other.unit or self.unit == other.unit)


def value(number: float) -> float:
    """A number as numbers hold it."""
    return float(f"{number:.12g}")


def digits(text: str, in_english: bool = True) -> Iterator[Number]:
    """Every number in digits, with the sign of its currency.

    In English, ``1,200`` groups by its comma, and ``7bn`` is billions. In a text of any language, a comma, a point, a
    plain space or an apostrophe may group, comma and point may part decimals, a short sign may be no scale, and a colon
    parts two numbers.
    """
    if not _DIGIT.search(text):
        return
    told = text if in_english else _SPACED.sub(_GROUP[0], text).replace(":", ";")
    for found in _DIGITS.finditer(told):
        read = _readings(found[2], in_english)
        if read and not _designates(told, found.start()):
            read, end = _scaled(told, found.end(), read, in_english)
            yield Number(found.start(), found.end(), frozenset(map(value, read)), found[1] or _unit(told, end))


def in_words(text: str) -> Iterator[Number]:
    """Every number in English words: ``two``, ``a dozen``, ``half of``, ``two thirds``, ``twice``, ``thousands``.

    Not ``one``, unless it counts (``one of three``, ``one year``); not a count up to twelve of what is known (``the two
    sides``); no turn of phrase (``on the one hand``).
    """
    if not has_words(text):
        return
    hidden = _without_idioms(text)
    for number in _fractions(hidden):
        hidden = hidden[: number.start] + " " * (number.end - number.start) + hidden[number.end :]
        yield number
    yield from (number for number in _cardinals(hidden) if _counts(hidden, number))
    for found in _TOKEN.finditer(hidden):
        word = found[0].casefold()
        if (word in VAGUE or word in TIMES) and hidden[found.start() - 1 : found.start()] != "-":
            held = value(TIMES[word]) if word in TIMES else word
            yield Number(found.start(), found.end(), frozenset((held,)))


def figures(text: str) -> list[Number]:
    """The numbers that a text in any language gives as such, in digits or in English words, in order.

    Each runs to the end of its scale: ``2.5 million``. Not "one", which is seldom a count; no fraction in words; but a
    count of what is known is one as well.
    """
    found = [number._replace(end=_scaled(text, number.end, [], False)[1]) for number in digits(text, False)]
    if has_words(text):
        found += (number for number in _cardinals(_without_idioms(text)) if number.values != {1})
    return sorted(found, key=attrgetter("start"))


def carried(text: str) -> frozenset[Value]:
    """Every value that a text may carry, with what it says in words that are no figures: both, half, a decade."""
    values = {each for number in figures(text) for each in number.values}
    words = _LETTERS.findall(text.casefold())
    values.update(float(IMPLIED[word]) for word in words if word in IMPLIED)
    values.update(float(_CARDINALS[word]) for word in words if word in _CARDINALS)
    return frozenset(values)


def pointers(text: str) -> Iterator[tuple[int, int]]:
    """Where a text points to places in texts, or counts its own points: ``page 3``, ``(2)``."""
    if _DIGIT.search(text) or has_words(text):
        yield from (found.span() for found in re.finditer(_POINTER, text, re.IGNORECASE))


# In digits

_GROUP = "\N{THIN SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_DIGIT = re.compile(r"\d")
_SPACED = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_DIGITS = re.compile(
    rf"(?<!\w)(?<!\w\+)(?<!\d[.,:])([$€£]?)(\d{{1,3}}(?:[{_GROUP}]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,:]\d+)*)"
    r"(?:st|nd|rd|th|s)?(?=(?:km|kg|bn|mn|tn|[bkKmM]|GW|MW|am|pm)?(?!\w))"
)
_DESIGNATION = re.compile(r"([\w‑-]*[^\W\d_])[-‑]$")
_SHORT = re.compile(r"(bn|mn|tn|[bkm])(?!\w)", re.IGNORECASE)
_SIGNS = re.compile(r"\s?(%|‰|€|\$|£)")
_NEXT_WORDS = re.compile(r"[\s-]?([^\W\d_]+)(?!\w)(?:[\s-]([^\W\d_]+)(?!\w))?")


def _readings(written: str, in_english: bool) -> list[float]:
    plain = re.sub(f"[{_GROUP}]", "", written).replace(":", ".")
    read = []
    for group, point in ((",", "."), (".", ","))[: 1 if in_english else 2]:
        grouped = re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", plain)
        if (grouped or group not in plain) and plain.count(point) < 2:
            read.append(float(plain.replace(group, "").replace(point, ".")))
    return read


def _designates(text: str, start: int) -> bool:
    """Whether letters before it make a name of a number: ``F-16``; not ``mid-2031``."""
    if text[start - 1 : start] not in ("-", "‑"):
        return False
    found = _DESIGNATION.search(text, max(0, start - 40), start)
    return found is not None and found[1].casefold() not in BEFORE_YEARS


def _scaled(text: str, end: int, read: list[float], in_english: bool) -> tuple[list[float], int]:
    """The readings with the scales that follow, and where those end."""
    if found := _SHORT.match(text, end):
        short = found[1].casefold()
        bare = [] if in_english and short in SCALES else read
        read, end = [*bare, *(number * SHORT[short] for number in read)], found.end()
    while (found := _NEXT_WORDS.match(text, end)) and (scale := SCALES.get(found[1].casefold())):
        read, end = [number * scale for number in read], found.end(1)
    return read, end


def _unit(text: str, at: int) -> str:
    """The sign of the unit that follows, where it is known."""
    if found := _NEXT_WORDS.match(text, at):
        one, two = found[1].casefold(), (found[2] or "").casefold()
        return UNIT_WORDS.get(f"{one} {two}") or UNIT_WORDS.get(one, "")
    sign = _SIGNS.match(text, at)
    return sign[1] if sign else ""


# In English words


def _either(words: tuple[str, ...] | dict[str, int]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in sorted(words, key=len, reverse=True))


_CARDINALS = {word: number for number, word in enumerate(UNITS)} | {
    word: number * 10 for number, word in enumerate(TENS, 2)
}
_BELOW_TEN = UNITS[1:10]
_WORDS = frozenset((*_CARDINALS, *SCALES, *DENOMINATORS, *VAGUE, *TIMES)) | frozenset(
    f"{word}s" for word in DENOMINATORS
)
_LETTERS = re.compile("[a-z]+")
_TOKEN = re.compile(r"(?<!\w)[A-Za-z]+(?!\w)")
_HYPHENED = re.compile("[-‑]([A-Za-z]+)")
_DENOMINATOR = _either(DENOMINATORS)
_FRACTION = (
    rf"(?<![\w-])(?:({_either(_BELOW_TEN)})[\s-]({_DENOMINATOR})s?"
    rf"|(?:an?\s)?(half)(?=\s(?:of|the|a|an|its|their|his|her|our)\b)|(?<=\bby\s)(half)"
    rf"|an?\s({_DENOMINATOR})(?=\sof\b|[.,;:)]|\s?$))(?!\w)"
)
_IDIOM = rf"(?<![\w-])(?:{'|'.join(IDIOMS)})(?!\w)"
_POINTER = (
    rf"(?<!\w)(?:{_either(REFERENCES)})\s\d+(?:\s?(?:[-–,]|and)\s?\d+)*|\(\d{{1,2}}\)"
    rf"|(?<!\w)(?:{_either(NUMBERED)})\s(?:\d+|{_either(_BELOW_TEN)})(?!\w)"
)
_DEFINITE = re.compile(rf"(?<!\w)(?:{'|'.join(DEFINITE)})\s(?:\w+\s)?$", re.IGNORECASE)
_OF_SO_MANY = re.compile(r"\s(?:of|in|out\sof)\s(?:every\s)?(?:\d|([a-z]+)(?!\w))", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<!\w)(half\s)?an?\s$", re.IGNORECASE)
_AND_MORE = re.compile(r"\sand\sa\s(half|quarter)(?!\w)", re.IGNORECASE)
_MOST_DEFINITE = 12


def has_words(text: str) -> bool:
    """Whether words of numbers stand in an English text."""
    return not _WORDS.isdisjoint(_LETTERS.findall(text.casefold()))


def _without_idioms(text: str) -> str:
    """The text with turns of phrase blank."""
    return re.sub(_IDIOM, lambda found: " " * len(found[0]), text, flags=re.IGNORECASE)


def _fractions(text: str) -> list[Number]:
    found = []
    for each in re.finditer(_FRACTION, text, re.IGNORECASE):
        end = each.end()
        if _scaled(text, end, [], True)[1] == end and not re.match(r"\san?\s", text[end:]):
            below = (each[2] or each[3] or each[4] or each[5]).casefold()
            share = (UNITS.index(each[1].casefold()) if each[1] else 1) / DENOMINATORS[below]
            found.append(Number(each.start(), end, frozenset((value(share), value(share * 100)))))
    return found


def _cardinals(text: str) -> Iterator[Number]:
    """Number words that stand together, as one number: ``two hundred and fifty thousand``."""
    runs: list[list[re.Match[str]]] = []
    for found in _cardinal_words(text):
        if runs and _joined(runs[-1][-1], found, text[runs[-1][-1].end() : found.start()]):
            runs[-1].append(found)
        else:
            runs.append([found])
    for run in runs:
        article = _ARTICLE.search(text[: run[0].start()])
        if article or run[0][0].casefold() in _CARDINALS:  # in 2.4 million, the digits are the number
            yield _cardinal(text, run)


def _cardinal_words(text: str) -> Iterator[re.Match[str]]:
    """The words of numbers; not one that a hyphen makes part of an ordinal: ``twenty-first``."""
    for found in _TOKEN.finditer(text):
        word = found[0].casefold()
        if word in _CARDINALS or word in SCALES:
            after = _HYPHENED.match(text, found.end())
            if not after or after[1].casefold() not in ORDINALS:
                yield found


def _joined(one: re.Match[str], other: re.Match[str], between: str) -> bool:
    """Whether the second word goes on with the number of the first."""
    first, second = one[0].casefold(), other[0].casefold()
    if between.split() == ["and"]:
        return first in SCALES and second in _CARDINALS
    below_ten = second in _BELOW_TEN and first in TENS
    return (between.isspace() or between in ("-", "‑")) and (below_ten or second in SCALES or first in SCALES)


def _cardinal(text: str, run: list[re.Match[str]]) -> Number:
    start, end = run[0].start(), run[-1].end()
    words = [found[0].casefold() for found in run]
    article = _ARTICLE.search(text[:start]) if words[0] in SCALES else None
    start = article.start() if article else start
    told = _told(words) * (0.5 if article and article[1] else 1)
    if more := _AND_MORE.match(text, end):
        (told,), end = _scaled(text, more.end(), [told + 1 / DENOMINATORS[more[1].casefold()]], True)
    return Number(start, end, frozenset((value(told),)), _unit(text, end))


def _told(words: list[str]) -> float:
    """The number that some words tell together."""
    total, current = 0, 0
    for word in words:
        scale = SCALES.get(word, 1)
        if scale > 100:
            total, current = total + (current or 1) * scale, 0
        else:
            current = (current or 1) * scale if scale > 1 else current + _CARDINALS[word]
    return total + current


def _counts(text: str, number: Number) -> bool:
    """Whether words tell a number, and are not a pronoun or a count of what is known."""
    if number.unit:
        return not (number.values == {1} and number.unit == "day")
    if number.values == {1}:
        found = _OF_SO_MANY.match(text, number.end)
        return found is not None and (not found[1] or found[1].casefold() in _CARDINALS)
    small = any(isinstance(told, float) and told <= _MOST_DEFINITE for told in number.values)
    return not small or _DEFINITE.search(text[: number.start]) is None
