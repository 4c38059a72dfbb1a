"""Dates in the words of a memo's language, never more precise than they are known.

The patterns (``{day} {month} {year}``) are `memo.facts.style.Words`, so another language or order needs no Python.
"""

from __future__ import annotations

from types import MappingProxyType

from memo.facts.edtf import Date, Point, ends_of
from memo.facts.style import Words, fill


def date_in_words(date: Date, words: Words) -> str:
    """Put a date or interval into words: ``21–22 January 2026``, ``about 2025``, ``from 2026``."""
    ends = ends_of(date.text)
    if ends is None:
        raise ValueError(f"{date.text!r} did not come from memo.facts.edtf.parse")
    first, last = ends
    if first is None or last is None:
        known, pattern = (last, words.before) if first is None else (first, words.after)
        return fill(pattern, date=_show_point(known, words)) if known else ""
    if first == last:
        return _show_point(first, words)
    if _within_one_month(first, last):
        days = {"first": _show_day(first.day, words), "last": str(last.day)}
        return fill(words.days, **days, month=words.months[first.month - 1], year=_show_year(first.first_year, words))
    return fill(words.between, first=_show_point(first, words), last=_show_point(last, words))


def _within_one_month(first: Point, last: Point) -> bool:
    """Tell whether these are two days of one month, both certain, so that the month need not be named twice."""
    same = (first.first_year, first.month) == (last.first_year, last.month)
    return same and bool(first.day and last.day) and not (first.qualification or last.qualification)


def _show_point(point: Point, words: Words) -> str:
    """Put one date into words, with its qualification: ``%`` is both approximate and uncertain."""
    shown = _show_unqualified(point, words)
    if point.qualification in ("~", "%"):
        shown = fill(words.approximate, date=shown)
    if point.qualification in ("?", "%"):
        shown = fill(words.uncertain, date=shown)
    return shown


def _show_unqualified(point: Point, words: Words) -> str:
    year = _show_year(point.first_year, words)
    if point.day:
        return fill(words.day, day=_show_day(point.day, words), month=words.months[point.month - 1], year=year)
    if point.month > 12:
        return fill(words.season, season=words.seasons[point.month - 21], year=year)
    if point.month:
        return fill(words.month, month=(words.months_alone or words.months)[point.month - 1], year=year)
    if point.first_year == point.last_year:
        return year
    if point.first_year < 0:  # decades and centuries are said of years of our era only
        return fill(words.between, first=year, last=_show_year(point.last_year, words))
    if point.last_year - point.first_year == 9:
        return fill(words.decade, year=year, last=str(point.last_year))
    century = point.first_year // 100 + 1
    return fill(words.century, year=year, last=str(point.last_year), number=str(century), roman=roman_numeral(century))


def _show_day(day: int, words: Words) -> str:
    return words.first_day if day == 1 else str(day)


_ROMAN = MappingProxyType(
    {
        "M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5,
        "IV": 4, "I": 1,
    }
)  # fmt: skip


def roman_numeral(number: int) -> str:
    """Return a number above nought in Roman numerals, as some languages count centuries."""
    shown = ""
    for letters, value in _ROMAN.items():
        shown += letters * (number // value)
        number %= value
    return shown


def _show_year(year: int, words: Words) -> str:
    """Return a year as people count it: EDTF has a year 0, which is 1 BCE, and people have none."""
    return str(year) if year > 0 else fill(words.bce, year=str(1 - year))
