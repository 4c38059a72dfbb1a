"""Numbers in text: in digits in any language, in words in English.

Designations (``F-16``, ``G7``) are names, and no numbers. Nor is a number that only points to a place in a text (``page
3``, ``(2)``). Ordinals in words are none either: ``the second`` orders what is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple

from memo.checks import english_prose as english


class Number(NamedTuple):
    """A number from ``start`` to ``end``: each value that it may be read as, and the sign of its unit, if known."""

    start: int
    end: int
    values: frozenset[Fraction | str]
    unit: str = ""

    def carried_by(self, other: Number) -> bool:
        """Whether the other is the same number, of no other unit."""
        return bool(self.values & other.values) and (not self.unit or not other.unit or self.unit == other.unit)


_GROUP = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_DIGITS = re.compile(
    rf"(?<!\w)(?<![^\W\d_][-‑])(?<!\d[.,:])([$€£]?)(\d{{1,3}}(?:[{_GROUP}]\d{{3}})+|\d+(?:[.,:]\d+)*)"
    r"(?:st|nd|rd|th|s)?(?=(?:km|kg|bn|mn|m|k|GW|MW|am|pm)?(?!\w))"
)
_SIGNS = re.compile(r"\s?(%|‰|km|kg|ha|t|€|\$|£)(?!\w)")


def digits(text: str) -> Iterator[Number]:
    """Every number in digits. ``1,200`` is read both ways: a comma groups here, and parts decimals there."""
    for found in _DIGITS.finditer(text):
        values, end, unit = _readings(found[2]), found.end(), found[1]
        scale = _SCALE.match(text, end)
        if scale:
            values, end = {value * english.SCALES[scale[1].casefold()] for value in values}, scale.end()
        if values:
            yield Number(found.start(), found.end(), frozenset(values), unit or _unit(text, end))


def in_words(text: str) -> Iterator[Number]:
    """Every number in English words: ``two``, ``a dozen``, ``half of``, ``two thirds``, ``twice``, ``thousands``.

    Not ``one``, unless it counts (``one of three``, ``one year``); not a count up to twelve of what is known (``the two
    sides``); no turn of phrase (``on the one hand``).
    """
    hidden = _IDIOM.sub(lambda found: " " * len(found[0]), text)
    fractions = list(_fractions(hidden))
    for number in fractions:
        hidden = hidden[: number.start] + " " * (number.end - number.start) + hidden[number.end :]
    yield from fractions
    yield from (found for found in _cardinals(hidden) if _counts(hidden, found))
    for found in _VAGUE.finditer(hidden):
        word = found[0].casefold()
        value: Fraction | str = Fraction(english.TIMES[word]) if word in english.TIMES else word
        yield Number(found.start(), found.end(), frozenset((value,)))


def pointers(text: str) -> Iterator[tuple[int, int]]:
    """Where a text points to places in texts, or counts its own points: ``page 3``, ``(2)``."""
    yield from (found.span() for found in _POINTER.finditer(text))


def _readings(written: str) -> set[Fraction | str]:
    plain = re.sub(f"[{_GROUP}]", "", written).replace(":", ".")
    read: set[Fraction | str] = set()
    for group, point in ((",", "."), (".", ",")):
        grouped = re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", plain)
        if grouped or plain.count(group) == 0:
            try:
                read.add(Fraction(Decimal(plain.replace(group, "").replace(point, "."))))
            except InvalidOperation:
                continue
    return read


def _unit(text: str, at: int) -> str:
    """The sign of the unit that follows, where it is known."""
    word = _UNIT.match(text, at)
    if word:
        return english.UNIT_WORDS[re.sub(r"[\s-]+", " ", word[1].casefold())]
    sign = _SIGNS.match(text, at)
    return sign[1] if sign else ""


# In English words


def _either(words: tuple[str, ...] | dict[str, int] | dict[str, str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in sorted(words, key=len, reverse=True))


_BELOW_100 = rf"(?:(?:{_either(english.TENS)})(?:[\s-](?:{_either(english.UNITS[1:10])}))?|{_either(english.UNITS)})"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}|an?|half\sa)\s(?:hundred|dozen)(?:\sand\s{_BELOW_100})?|{_BELOW_100})"
_WORDS = (
    rf"(?:{_BELOW_1000}|(?:an?|half\sa)(?=\s(?:thousand|million|billion|trillion)))"
    rf"(?:[\s-](?:thousand|million|billion|trillion)(?:\s(?:and\s)?{_BELOW_1000})?)*(?:\sand\sa\s(?:half|quarter))?"
)
_CARDINAL = re.compile(rf"(?<![\w-]){_WORDS}(?!\w)(?!-\w+-in)", re.IGNORECASE)
_UNIT = re.compile(rf"[\s-]?({_either(english.UNIT_WORDS)})(?!\w)", re.IGNORECASE)
_SCALE = re.compile(rf"[\s-]?({_either(english.SCALES)})(?!\w)", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(?<![\w-])(?:(one|two|three|four|five|six|seven|eight|nine)[\s-]({_either(english.DENOMINATORS)})s?"
    rf"|(?:an?\s)?(half)(?=\s(?:of|the|a|an|its|their|his|her|our)\b)|(?<=\bby\s)(half)"
    rf"|an?\s({_either(english.DENOMINATORS)})(?=\sof\b|[.,;:)]|\s?$))(?!\w)",
    re.IGNORECASE,
)
_VAGUE = re.compile(rf"(?<![\w-])(?:{_either(english.VAGUE)}|{_either(english.TIMES)})(?!\w)", re.IGNORECASE)
_IDIOM = re.compile(rf"(?<![\w-])(?:{'|'.join(english.IDIOMS)})(?!\w)", re.IGNORECASE)
_POINTER = re.compile(rf"(?<!\w)(?:{_either(english.REFERENCES)})\s\d+(?:\s?(?:[-–,]|and)\s?\d+)*|\(\d{{1,2}}\)", re.I)
_DEFINITE = re.compile(rf"(?<!\w)(?:{'|'.join(english.DEFINITE)})\s(?:\w+\s)?$", re.IGNORECASE)
_OF_SO_MANY = re.compile(rf"\s(?:of|in|out\sof)\s(?:the\s|every\s|these\s|those\s)?(?:{_WORDS}|\d)", re.IGNORECASE)
_MOST_DEFINITE = 12


def _fractions(text: str) -> Iterator[Number]:
    for found in _FRACTION.finditer(text):
        if re.match(r"\s(?:an?\s)?(?:dozen|million|billion|hundred|thousand)\b", text[found.end() :]):
            continue  # half a million: a cardinal
        over = (found[2] or found[3] or found[4] or found[5]).casefold()
        below = english.DENOMINATORS[over]
        value = Fraction(english.UNITS.index(found[1].casefold()) if found[1] else 1, below)
        yield Number(found.start(), found.end(), frozenset((value, value * 100, over)))


def _cardinals(text: str) -> Iterator[Number]:
    for found in _CARDINAL.finditer(text):
        yield Number(found.start(), found.end(), frozenset((_value(found[0]),)), _unit(text, found.end()))


def _value(written: str) -> Fraction:
    """The number that some English words tell."""
    total, current = Fraction(0), Fraction(0)
    for word in re.split(
        r"[\s-]+", written.casefold().replace("and a half", "+half").replace("and a quarter", "+quarter")
    ):
        if word in english.UNITS:
            current += english.UNITS.index(word)
        elif word in english.TENS:
            current += 10 * (english.TENS.index(word) + 2)
        elif word in ("a", "an"):
            current = current or Fraction(1)
        elif word == "half":
            current = Fraction(1, 2)
        elif word.startswith("+"):
            current += Fraction(1, english.DENOMINATORS[word[1:]])
        elif word in english.SCALES and english.SCALES[word] <= 100:
            current = (current or Fraction(1)) * english.SCALES[word]
        elif word in english.SCALES:
            total, current = total + (current or Fraction(1)) * english.SCALES[word], Fraction(0)
    return total + current


def _counts(text: str, number: Number) -> bool:
    """Whether words tell a number, and are not a pronoun or a count of what is known."""
    (value,) = number.values
    assert isinstance(value, Fraction)
    if number.unit:
        return not (value == 1 and number.unit == "day")
    if value == 1:
        return bool(_OF_SO_MANY.match(text, number.end))
    before = _DEFINITE.search(text[: number.start])
    return value > _MOST_DEFINITE or before is None
