"""Numbers in text: in digits in any language, in words in English.

Designations (``F-16``, ``G7``) are names, and no numbers. Nor is a number that only points to a place in a text (``page
3``, ``(2)``). Ordinals in words are none either: ``the second`` orders what is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from memo.checks.reading import english_prose as english


class Number(NamedTuple):
    """A number from ``start`` to ``end``: each value that it may be read as, and the sign of its unit, if known.

    A value is a number with twelve digits at the most, as text, so that 2.4 million and 2,400,000 are the same.
    """

    start: int
    end: int
    values: frozenset[str]
    unit: str = ""

    def carried_by(self, other: Number) -> bool:
        """Whether the other is the same number, of no other unit."""
        return bool(self.values & other.values) and (not self.unit or not other.unit or self.unit == other.unit)


def value(number: float) -> str:
    """A number as numbers hold it."""
    return f"{number:.12g}"


_GROUP = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_DIGITS = re.compile(
    rf"(?<!\w)(?<!\w\+)(?<!\d[.,:])([$€£]?)(\d{{1,3}}(?:[{_GROUP}]\d{{3}})+|\d+(?:[.,:]\d+)*)"
    r"(?:st|nd|rd|th|s)?(?=(?:km|kg|bn|mn|m|k|GW|MW|am|pm)?(?!\w))"
)
_DESIGNATION = re.compile(rf"(?<!\w)(?!(?:{'|'.join(english.BEFORE_YEARS)})-)[\w-]*[^\W\d_][-‑]$", re.IGNORECASE)
_SHORT = re.compile(r"[mk](?!\w)")
_SIGNS = re.compile(r"\s?(%|‰|€|\$|£)")


def digits(text: str, in_english: bool = True) -> Iterator[Number]:
    """Every number in digits. ``1,200`` groups by its comma in English; else it may also part decimals by it."""
    for found in _DIGITS.finditer(text):
        read, end = _readings(found[2], in_english), found.end()
        if _DESIGNATION.search(text[: found.start()]) or not read:
            continue
        if scale := _SCALE.match(text, end):
            read, end = [number * english.SCALES[scale[1].casefold()] for number in read], scale.end()
        elif short := _SHORT.match(text, end):
            read += [number * (1000 if short[0] == "k" else 10**6) for number in read]
        yield Number(found.start(), found.end(), frozenset(map(value, read)), found[1] or _unit(text, end))


def in_words(text: str) -> Iterator[Number]:
    """Every number in English words: ``two``, ``a dozen``, ``half of``, ``two thirds``, ``twice``, ``thousands``.

    Not ``one``, unless it counts (``one of three``, ``one year``); not a count up to twelve of what is known (``the two
    sides``); no turn of phrase (``on the one hand``).
    """
    if _WORDS.isdisjoint(_LETTERS.findall(text.casefold())):
        return
    hidden = _IDIOM.sub(lambda found: " " * len(found[0]), text)
    for number in _fractions(hidden):
        hidden = hidden[: number.start] + " " * (number.end - number.start) + hidden[number.end :]
        yield number
    yield from (number for number in _cardinals(hidden) if _counts(hidden, number))
    for found in _TIMES.finditer(hidden):
        word = found[0].casefold()
        held = value(english.TIMES[word]) if word in english.TIMES else word
        yield Number(found.start(), found.end(), frozenset((held,)))


def pointers(text: str) -> Iterator[tuple[int, int]]:
    """Where a text points to places in texts, or counts its own points: ``page 3``, ``(2)``."""
    if not _WORDS.isdisjoint(_LETTERS.findall(text.casefold())) or re.search(r"\d", text):
        yield from (found.span() for found in _POINTER.finditer(text))


def _readings(written: str, in_english: bool) -> list[float]:
    plain = re.sub(f"[{_GROUP}]", "", written).replace(":", ".")
    read = []
    for group, point in ((",", "."), (".", ","))[: 1 if in_english else 2]:
        grouped = re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", plain)
        if (grouped or group not in plain) and plain.count(point) < 2:
            read.append(float(plain.replace(group, "").replace(point, ".")))
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


_CARDINALS = {word: number for number, word in enumerate(english.UNITS)} | {
    word: number * 10 for number, word in enumerate(english.TENS, 2)
}
_WORDS = frozenset((*_CARDINALS, *english.SCALES, *english.DENOMINATORS, *english.VAGUE, *english.TIMES)) | frozenset(
    f"{word}s" for word in english.DENOMINATORS
)
_LETTERS = re.compile("[a-z]+")
_CARDINAL = re.compile(
    rf"(?<!\w)({_either(_CARDINALS)}|{_either(english.SCALES)})(?!\w|-(?:{_either(english.ORDINALS)}))", re.IGNORECASE
)
_UNIT = re.compile(rf"[\s-]?({_either(english.UNIT_WORDS)})(?!\w)", re.IGNORECASE)
_SCALE = re.compile(rf"[\s-]?({_either(english.SCALES)})(?!\w)", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(?<![\w-])(?:({_either(english.UNITS[1:10])})[\s-]({_either(english.DENOMINATORS)})s?"
    rf"|(?:an?\s)?(half)(?=\s(?:of|the|a|an|its|their|his|her|our)\b)|(?<=\bby\s)(half)"
    rf"|an?\s({_either(english.DENOMINATORS)})(?=\sof\b|[.,;:)]|\s?$))(?!\w)",
    re.IGNORECASE,
)
_TIMES = re.compile(rf"(?<![\w-])(?:{_either(english.VAGUE)}|{_either(english.TIMES)})(?!\w)", re.IGNORECASE)
_IDIOM = re.compile(rf"(?<![\w-])(?:{'|'.join(english.IDIOMS)})(?!\w)", re.IGNORECASE)
_POINTER = re.compile(
    rf"(?<!\w)(?:{_either(english.REFERENCES)})\s\d+(?:\s?(?:[-–,]|and)\s?\d+)*|\(\d{{1,2}}\)"
    rf"|(?<!\w)(?:{_either(english.NUMBERED)})\s(?:\d+|{_either(english.UNITS[1:10])})(?!\w)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(rf"(?<!\w)(?:{'|'.join(english.DEFINITE)})\s(?:\w+\s)?$", re.IGNORECASE)
_OF_SO_MANY = re.compile(rf"\s(?:of|in|out\sof)\s(?:every\s)?(?:\d|(?:{_either(_CARDINALS)})(?!\w))", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<!\w)(half\s)?an?\s$", re.IGNORECASE)
_AND_MORE = re.compile(r"\sand\sa\s(half|quarter)(?!\w)", re.IGNORECASE)
_MOST_DEFINITE = 12


def _fractions(text: str) -> list[Number]:
    found = []
    for each in _FRACTION.finditer(text):
        if not _SCALE.match(text, each.end()) and not re.match(r"\san?\s", text[each.end() :]):
            below = (each[2] or each[3] or each[4] or each[5]).casefold()
            share = (english.UNITS.index(each[1].casefold()) if each[1] else 1) / english.DENOMINATORS[below]
            found.append(Number(*each.span(), frozenset((value(share), value(share * 100)))))
    return found


def _cardinals(text: str) -> Iterator[Number]:
    """Number words that stand together, as one number: ``two hundred and fifty thousand``."""
    runs: list[list[re.Match[str]]] = []
    for found in _CARDINAL.finditer(text):
        if runs and _joined(runs[-1][-1], found, text[runs[-1][-1].end() : found.start()]):
            runs[-1].append(found)
        else:
            runs.append([found])
    for run in runs:
        article = _ARTICLE.search(text[: run[0].start()])
        if article or run[0][0].casefold() in _CARDINALS:  # in 2.4 million, the digits are the number
            yield _cardinal(text, run)


def _joined(one: re.Match[str], other: re.Match[str], between: str) -> bool:
    """Whether the second word goes on with the number of the first."""
    first, second = one[0].casefold(), other[0].casefold()
    if between == " and ":
        return first in english.SCALES and second in _CARDINALS
    below_ten = second in english.UNITS[1:10] and first in english.TENS
    return between in (" ", "-") and (below_ten or second in english.SCALES or first in english.SCALES)


def _cardinal(text: str, run: list[re.Match[str]]) -> Number:
    start, end = run[0].start(), run[-1].end()
    words = [found[0].casefold() for found in run]
    article = _ARTICLE.search(text[:start]) if words[0] in english.SCALES else None
    start = article.start() if article else start
    more = _AND_MORE.match(text, end)
    told = _told(words) * (0.5 if article and article[1] else 1)
    if more:
        told, end = told + 1 / english.DENOMINATORS[more[1].casefold()], more.end()
    return Number(start, end, frozenset((value(told),)), _unit(text, end))


def _told(words: list[str]) -> float:
    """The number that some words tell together."""
    total, current = 0, 0
    for word in words:
        scale = english.SCALES.get(word, 1)
        if scale > 100:
            total, current = total + (current or 1) * scale, 0
        else:
            current = (current or 1) * scale if scale > 1 else current + _CARDINALS[word]
    return total + current


def _counts(text: str, number: Number) -> bool:
    """Whether words tell a number, and are not a pronoun or a count of what is known."""
    (told,) = number.values
    if number.unit:
        return not (told == "1" and number.unit == "day")
    if told == "1":
        return _OF_SO_MANY.match(text, number.end) is not None
    return float(told) > _MOST_DEFINITE or _DEFINITE.search(text[: number.start]) is None
