"""Find numbers in text, in digits in any language and in words in English, each with the values that it may have.

Designations (``F-16``, ``G7``) and versions (``2.5.1``) are names, not numbers. A number that only points to a place in
a text (``page 3``, ``(2)``) does not count either, nor does an ordinal in words, such as ``the second``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from memo.checks.reading import english
from memo.checks.reading.words import blanked
from memo.facts.likelihood import any_of

Magnitude = float | str
"""A number of twelve significant digits at the most, so that 2.4 million and 2,400,000 are the same; or a word that
gives only its size: ``dozens``."""


class Number(NamedTuple):
    """A number in a text, from ``start`` to ``end``: each value that it may have, and its unit's sign, if known."""

    start: int
    end: int
    values: frozenset[Magnitude]
    unit: str = ""

    def matches(self, other: Number) -> bool:
        """Tell whether the other may be the same number. A number without a unit matches one with any."""
        return not self.values.isdisjoint(other.values) and (not self.unit or not other.unit or self.unit == other.unit)


def rounded(number: float) -> float:
    """Round a number to twelve significant digits, so that equal numbers are equal however they were computed."""
    return float(f"{number:.12g}")


def digits(text: str, in_english: bool = True) -> Iterator[Number]:
    """Find every number in digits, with the sign of its currency.

    In English, the comma of ``1,200`` groups digits, and ``7bn`` means billions. In a text of any language, a comma, a
    point, a plain space or an apostrophe may group digits, a comma or a point may part decimals, a short sign need not
    multiply, and a colon parts two numbers.
    """
    if not _DIGIT.search(text):
        return
    prepared = text if in_english else _SPACED.sub(_GROUP[0], text).replace(":", ";")
    for found in _DIGITS.finditer(prepared):
        values = _values_of(found[2], in_english)
        if values and not _is_designation(prepared, found.start()):
            values, end = _multiplied(prepared, found.end(), values, in_english)
            unit = found[1] or _unit(prepared, end)
            yield Number(found.start(), found.end(), frozenset(map(rounded, values)), unit)


def in_words(text: str) -> Iterator[Number]:
    """Find every number in English words: ``two``, ``a dozen``, ``half of``, ``two thirds``, ``twice``, ``thousands``.

    ``one`` is left out unless it counts (``one of three``, ``one year``), and so are a count up to twelve of what is
    known (``the two sides``) and turns of phrase (``on the one hand``).
    """
    if not has_number_words(text):
        return
    hidden = _without_idioms(text)
    for number in _fractions(hidden):
        hidden = blanked(hidden, [(number.start, number.end)])
        yield number
    yield from (number for number in _cardinals(hidden) if _counts(hidden, number))
    for found in _TOKEN.finditer(hidden):
        word = found[0].casefold()
        hyphened = hidden[found.start() - 1 : found.start()] == "-"
        if (word in english.VAGUE_NUMBERS or word in english.MULTIPLES) and not hyphened:
            size = rounded(english.MULTIPLES[word]) if word in english.MULTIPLES else word
            yield Number(found.start(), found.end(), frozenset((size,)))


def figures(text: str) -> list[Number]:
    """Find the figures of a text in any language, in digits or in English words, in order.

    Each runs to the end of its multiplier: ``2.5 million``. "One", which is seldom a count, and fractions in words are
    left out; counts of what is known are not.
    """
    found = [number._replace(end=_multiplied(text, number.end, [], False)[1]) for number in digits(text, False)]
    if has_number_words(text):
        found += (number for number in _cardinals(_without_idioms(text)) if number.values != {1})
    return sorted(found, key=attrgetter("start"))


def values_in(text: str) -> frozenset[Magnitude]:
    """Return every value that a text may give, also in words that are no figures: both, half, a decade."""
    values = {each for number in figures(text) for each in number.values}
    words = _LETTERS.findall(text.casefold())
    values.update(float(english.IMPLIED_NUMBERS[word]) for word in words if word in english.IMPLIED_NUMBERS)
    values.update(float(_CARDINALS[word]) for word in words if word in _CARDINALS)
    return frozenset(values)


def pointers(text: str) -> Iterator[tuple[int, int]]:
    """Find where a text points to places in texts, or counts its own points: ``page 3``, ``(2)``."""
    if _DIGIT.search(text) or has_number_words(text):
        yield from (found.span() for found in re.finditer(_POINTER, text, re.IGNORECASE))


# In digits

_GROUP = "\N{THIN SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_DIGIT = re.compile(r"\d")
_SPACED = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
# What a letter and a plus precede is a designation (P5+1); the units are those that are written without a space (9km).
_DIGITS = re.compile(
    rf"(?<!\w)(?<!\w\+)(?<!\d[.,:])([$€£]?)(\d{{1,3}}(?:[{_GROUP}]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,:]\d+)*)"
    r"(?:st|nd|rd|th|s)?(?=(?:km|kg|bn|mn|tn|[bkKmM]|GW|MW|am|pm)?(?!\w))"
)
_DESIGNATION = re.compile(r"([\w‑-]*[^\W\d_])[-‑]$")
_SHORT = re.compile(r"(bn|mn|tn|[bkm])(?!\w)", re.IGNORECASE)
_SIGNS = re.compile(r"\s?(%|‰|€|\$|£)")
_NEXT_WORDS = re.compile(r"[\s-]?([^\W\d_]+)(?!\w)(?:[\s-]([^\W\d_]+)(?!\w))?")


def _values_of(written: str, in_english: bool) -> list[float]:
    plain = re.sub(f"[{_GROUP}]", "", written).replace(":", ".")
    values = []
    for group, point in ((",", "."), (".", ","))[: 1 if in_english else 2]:
        grouped = re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", plain)
        if (grouped or group not in plain) and plain.count(point) < 2:  # two points are a version: 2.5.1
            values.append(float(plain.replace(group, "").replace(point, ".")))
    return values


def _is_designation(text: str, start: int) -> bool:
    """Tell whether letters before a number make a name of it: ``F-16``, but not ``mid-2031``."""
    if text[start - 1 : start] not in ("-", "‑"):
        return False
    found = _DESIGNATION.search(text, max(0, start - 40), start)
    return found is not None and found[1].casefold() not in english.BEFORE_YEARS


def _multiplied(text: str, end: int, values: list[float], in_english: bool) -> tuple[list[float], int]:
    """Return the values times the multipliers that follow, and where those end."""
    if found := _SHORT.match(text, end):
        short = found[1].casefold()
        bare = [] if in_english and short in english.MULTIPLIERS else values
        values, end = [*bare, *(value * english.SHORT_MULTIPLIERS[short] for value in values)], found.end()
    while (found := _NEXT_WORDS.match(text, end)) and (multiplier := english.MULTIPLIERS.get(found[1].casefold())):
        values, end = [value * multiplier for value in values], found.end(1)
    return values, end


def _unit(text: str, at: int) -> str:
    """Return the sign of the unit that follows; empty if none is known."""
    if found := _NEXT_WORDS.match(text, at):
        one, two = found[1].casefold(), (found[2] or "").casefold()
        return english.UNITS.get(f"{one} {two}") or english.UNITS.get(one, "")
    sign = _SIGNS.match(text, at)
    return sign[1] if sign else ""


# In English words


_CARDINALS = {word: number for number, word in enumerate(english.BELOW_TWENTY)} | {
    word: number * 10 for number, word in enumerate(english.TENS, 2)
}
_BELOW_TEN = english.BELOW_TWENTY[1:10]
_FRACTION_WORDS = (*english.DENOMINATORS, *(f"{word}s" for word in english.DENOMINATORS))
_WORDS = frozenset((*_CARDINALS, *english.MULTIPLIERS, *_FRACTION_WORDS, *english.VAGUE_NUMBERS, *english.MULTIPLES))
_LETTERS = re.compile("[a-z]+")
_TOKEN = re.compile(r"(?<!\w)[A-Za-z]+(?!\w)")
_HYPHENED = re.compile("[-‑]([A-Za-z]+)")
_DENOMINATOR = any_of(english.DENOMINATORS)
_FRACTION = (
    rf"(?<![\w-])(?:({any_of(_BELOW_TEN)})[\s-]({_DENOMINATOR})s?"
    rf"|(?:an?\s)?(half)(?=\s(?:of|the|a|an|its|their|his|her|our)\b)|(?<=\bby\s)(half)"
    rf"|an?\s({_DENOMINATOR})(?=\sof\b|[.,;:)]|\s?$))(?!\w)"
)
_IDIOM = rf"(?<![\w-])(?:{'|'.join(english.NUMBER_IDIOMS)})(?!\w)"
_POINTER = (
    rf"(?<!\w){any_of(english.REFERENCE_WORDS)}\s\d+(?:\s?(?:[-–,]|and)\s?\d+)*|\(\d{{1,2}}\)"
    rf"|(?<!\w){any_of(english.LABELLED)}\s(?:\d+|{any_of(_BELOW_TEN)})(?!\w)"
)
_DEFINITE = re.compile(rf"(?<!\w){any_of(english.DEFINITE_WORDS)}\s(?:\w+\s)?$", re.IGNORECASE)
_OF_SO_MANY = re.compile(r"\s(?:of|in|out\sof)\s(?:every\s)?(?:\d|([a-z]+)(?!\w))", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<!\w)(half\s)?an?\s$", re.IGNORECASE)
_AND_MORE = re.compile(r"\sand\sa\s(half|quarter)(?!\w)", re.IGNORECASE)
_MOST_DEFINITE = 12


def has_number_words(text: str) -> bool:
    """Tell whether an English text has words of numbers."""
    return not _WORDS.isdisjoint(_LETTERS.findall(text.casefold()))


def _without_idioms(text: str) -> str:
    """Return the text with the turns of phrase that mean no number blank."""
    return re.sub(_IDIOM, lambda found: " " * len(found[0]), text, flags=re.IGNORECASE)


def _fractions(text: str) -> list[Number]:
    found = []
    for each in re.finditer(_FRACTION, text, re.IGNORECASE):
        end = each.end()
        if _multiplied(text, end, [], True)[1] == end and not re.match(r"\san?\s", text[end:]):
            below = (each[2] or each[3] or each[4] or each[5]).casefold()
            share = (english.BELOW_TWENTY.index(each[1].casefold()) if each[1] else 1) / english.DENOMINATORS[below]
            found.append(Number(each.start(), end, frozenset((rounded(share), rounded(share * 100)))))
    return found


def _cardinals(text: str) -> Iterator[Number]:
    """Join number words that stand together to one number: ``two hundred and fifty thousand``."""
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
    """Find the words of numbers, but none that a hyphen makes part of an ordinal: ``twenty-first``."""
    for found in _TOKEN.finditer(text):
        word = found[0].casefold()
        if word in _CARDINALS or word in english.MULTIPLIERS:
            after = _HYPHENED.match(text, found.end())
            if not after or after[1].casefold() not in english.ORDINALS:
                yield found


def _joined(one: re.Match[str], other: re.Match[str], between: str) -> bool:
    """Tell whether the second word continues the number of the first."""
    first, second = one[0].casefold(), other[0].casefold()
    if between.split() == ["and"]:
        return first in english.MULTIPLIERS and second in _CARDINALS
    if not (between.isspace() or between in ("-", "‑")):
        return False
    below_ten = second in _BELOW_TEN and first in english.TENS
    return below_ten or second in english.MULTIPLIERS or first in english.MULTIPLIERS


def _cardinal(text: str, run: list[re.Match[str]]) -> Number:
    start, end = run[0].start(), run[-1].end()
    words = [found[0].casefold() for found in run]
    article = _ARTICLE.search(text[:start]) if words[0] in english.MULTIPLIERS else None
    start = article.start() if article else start
    number = _sum(words) * (0.5 if article and article[1] else 1)
    if more := _AND_MORE.match(text, end):
        (number,), end = _multiplied(text, more.end(), [number + 1 / english.DENOMINATORS[more[1].casefold()]], True)
    return Number(start, end, frozenset((rounded(number),)), _unit(text, end))


def _sum(words: list[str]) -> float:
    """Return the number that some words make together."""
    total, current = 0, 0
    for word in words:
        multiplier = english.MULTIPLIERS.get(word, 1)
        if multiplier > 100:  # two hundred and fifty thousand: a thousand multiplies all before it, a hundred does not
            total, current = total + (current or 1) * multiplier, 0
        else:
            current = (current or 1) * multiplier if multiplier > 1 else current + _CARDINALS[word]
    return total + current


def _counts(text: str, number: Number) -> bool:
    """Tell whether words give a number, and are neither a pronoun nor a count of what is known."""
    if number.unit:
        return not (number.values == {1} and number.unit == "day")
    if number.values == {1}:
        found = _OF_SO_MANY.match(text, number.end)
        return found is not None and (not found[1] or found[1].casefold() in _CARDINALS)
    small = any(isinstance(value, float) and value <= _MOST_DEFINITE for value in number.values)
    return not small or _DEFINITE.search(text[: number.start]) is None
