"""The figures in a text, in digits and in English words, as the amounts that they may mean. Not a check: for those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from memo.folding import folded

SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
"""English words for the numbers below twenty."""

TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
"""English words for tens: one of the small numbers may follow."""

SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
"""English words that multiply the number before them; of one, where it is "a"; by a half, after "half a"."""

SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
"""What stands right after digits and may multiply them: ``2.5m`` may be millions, and may be metres."""

SAID_OTHERWISE = {
    "both": 2, "pair": 2, "twice": 2, "double": 2, "doubled": 2, "couple": 2, "twofold": 2, "triple": 3, "tripled": 3,
    "threefold": 3, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "half": 50, "quarter": 25,
    "decade": 10, "century": 100, "single": 1, "bilateral": 2, "trilateral": 3,
}  # fmt: skip
"""English words that carry a number which another text may give as one; they are no figures of their own."""

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
"""English words that make a number before them an ordinal, which counts nothing: the twenty-first century."""

_AMOUNT = r"[0-9]{1,3}(?:[.,' ][0-9]{3})+(?:[.,][0-9]+)?(?![0-9])|[0-9]+(?:[.,][0-9]+)?"
_SCALE = "|".join(SCALES)
_WORD = "|".join((*TENS, *sorted(SMALL, key=len, reverse=True), *SCALES))
_AND = r"(?<=hundred) and |(?<=thousand) and |(?<=million) and "
_NUMBER = re.compile(
    r"(?<![^\W_])(?<![^\W\d_]-)(?<![0-9][.,])(?:"
    rf"(?P<digits>{_AMOUNT})(?P<short>k|mn?|bn?|tn)?(?![^\W\d_])(?P<scale>(?:[ -](?:{_SCALE})\b)*)"
    rf"|(?P<words>(?:half a (?={_SCALE}))?(?:{_WORD})\b(?:(?:[ -]|{_AND})(?:{_WORD})\b)*)"
    rf"(?!-(?:{'|'.join(ORDINALS)})\b))",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|s)\b", re.IGNORECASE)


class Number(NamedTuple):
    """A figure: where it stands in the folded text, its words there, and the amounts that it may mean."""

    start: int
    text: str
    amounts: frozenset[Decimal]


def numbers(text: str) -> Iterator[Number]:
    """Every figure of a text. Not one: a number within a name, such as F-35; "one" alone, which is seldom a count."""
    plain = _ENDING.sub(lambda ending: " " * len(ending[0]), folded(text))
    for match in _NUMBER.finditer(plain):
        if match["digits"]:
            yield Number(match.start(), match[0].strip(), _of_digits(match))
        elif match["words"].lower() != "one":
            yield Number(match.start(), match[0], frozenset((_of_words(match["words"]),)))


def carried(text: str) -> frozenset[Decimal]:
    """Every amount that a text may carry, with what it says in words that are no figures: both, half, a decade."""
    amounts = [amount for number in numbers(text) for amount in number.amounts]
    words = re.findall(r"[a-z]+", folded(text).lower())
    amounts += [Decimal(SAID_OTHERWISE[word]) for word in words if word in SAID_OTHERWISE]
    amounts += [Decimal(SMALL[word]) for word in words if word in SMALL]
    return frozenset(amounts)


def _of_digits(match: re.Match[str]) -> frozenset[Decimal]:
    """2,500 is two and a half in some languages and two thousand and five hundred in others."""
    digits = match["digits"]
    scale = Decimal(1)
    for word in re.findall("[a-z]+", match["scale"].lower()):
        scale *= SCALES[word]
    readings = {_read(digits, point) for point in ".,"} - {None}
    amounts = {reading * scale for reading in readings if reading is not None}
    if match["short"]:
        amounts |= {amount * SHORT[match["short"].lower()] for amount in amounts}
    return frozenset(amounts)


def _read(digits: str, point: str) -> Decimal | None:
    """The amount, with this mark before decimals; None where that makes no number."""
    whole, *decimals = digits.split(point)
    groups = re.split(r"[.,' ]", whole)
    if len(decimals) > 1 or any(len(group) != 3 for group in groups[1:]) or not "".join(decimals or "0").isdigit():
        return None
    return Decimal(".".join(("".join(groups), *decimals)))


def _of_words(words: str) -> Decimal:
    """``two hundred and fifty thousand``, ``half a million``."""
    total: Decimal = Decimal(0)
    group: Decimal = Decimal(0)
    for word in re.findall("[a-z]+", words.lower()):
        if word == "half":
            group = Decimal("0.5")
        elif word in ("hundred", "dozen"):
            group = (group or Decimal(1)) * SCALES[word]
        elif word in SCALES:
            total, group = total + (group or 1) * SCALES[word], Decimal(0)
        else:
            group += SMALL.get(word, 0) + TENS.get(word, 0)
    return total + group
