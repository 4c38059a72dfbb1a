"""Find dates in a memo's text, in the words of its language: ``21–22 January 2026``, ``in January``, ``the 2020s``.

One `Calendar` finds them for all checks: as `DateExpression`s, to compare with the dates of facts, or as the EDTF dates
that a text shows to its reader (`DateShown`). The functions at the end compare how precise dates are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from memo.facts.edtf import Date, Day, parse
from memo.facts.likelihood import any_of
from memo.facts.style import Words, fill

DAY, MONTH, SEASON, YEAR, LONGER = 1, 31, 93, 372, 10**9
"""The most days that a date of each precision may mean, where every month counts as 31 days."""


class DateExpression(NamedTuple):
    """A date in a text, from ``start`` to ``end``, and the first and last day that it may mean.

    One that names no year (``has_year``) has its days in the year 4.
    """

    start: int
    end: int
    earliest: Day
    latest: Day
    has_year: bool = True

    def covers(self, other: DateExpression) -> bool:
        """Tell whether the other is no less precise than this and lies within it."""
        if self.has_year:
            return other.has_year and self.earliest <= other.earliest and other.latest <= self.latest
        first, last = other.earliest, other.latest
        return first[0] == last[0] and self.earliest[1:] <= first[1:] and last[1:] <= self.latest[1:]


class DateShown(Struct, frozen=True):
    """A date in a text, from ``start`` on, and the EDTF dates that it may mean; two days of one month are an interval.

    There is one date, or one for each possible year where the text names none.
    """

    start: int
    text: str
    dates: tuple[Date, ...]


class _DateText(NamedTuple):
    """A date in a text, from ``start`` to ``end``: its year, empty if it names none, and what follows the year in EDTF.

    ``rest`` is that for each of its days: ``-01-21`` and ``-01-22`` for two days of one month.
    """

    start: int
    end: int
    year: str
    rest: tuple[str, ...]

    def edtf(self, year: int) -> list[str]:
        """Return it as EDTF strings, in the year given if it names none."""
        return [f"{self.year or f'{year:04}'}{rest}" for rest in self.rest]


_NO_YEAR = 4
"""Stands for a year that is not named; it has a 29 February."""

_DIGIT = re.compile(r"\d")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er)?"
_YEAR = r"[12]\d{3}"
_ISO = re.compile(r"(?<![\w-])(?P<iso>\d{4}-\d\d(?:-\d\d)?)(?![\w-])")
_DECADE = re.compile(r"(?<!\w)([12]\d\d0)s(?!\w)")
# After a hyphen, two digits are a second year only above 12: 1974-76, while 2031-12 is a month.
_YEARS = re.compile(rf"(?<!\w)({_YEAR})(?:[–/](\d\d)|-(1[3-9]|[2-9]\d))(?![\w-])")
_BARE_YEAR = re.compile(rf"(?<![\w.,:/–-]){_YEAR}(?![\w/–-]|[.,:]\d|%)")


class Calendar:
    """Finds dates by the names of months and seasons in one language, in both English orders and in the style's own."""

    def __init__(self, words: Words) -> None:
        names = (*enumerate(words.months, 1), *enumerate(words.months_alone, 1))
        self.months = {name: number for number, name in names}
        self.seasons = {name.casefold(): number for number, name in enumerate(words.seasons, 21)}
        month, season = any_of(self.months, space=" "), any_of(self.seasons, space=" ")
        self._any_month = re.compile(month)
        usual = (
            re.compile(
                rf"(?<!\w)(?:(?P<a>{_DAY})(?:\s?(?:[-–]|to|and|or|until)\s?(?P<b>{_DAY}))?\.?\s+(?:\w\w\s)?)?"
                rf"(?P<month>{month})(?!\w)(?(a)|(?:\s+(?P<c>{_DAY})(?:\s?[-–]\s?(?P<d>{_DAY}))?(?!\w))?)"
                rf"(?:,?\s+(?:\w\w\s)?(?P<year>{_YEAR})(?!\w))?"
            ),
            re.compile(rf"(?<!\w)(?P<season>{season})\s+(?:\w{{2,3}}\s)?(?P<year>{_YEAR})(?!\w)", re.IGNORECASE),
            _ISO,
        )
        parts = {"month": rf"(?P<month>{month})", "season": rf"(?P<season>(?i:{season}))"}
        # A pattern of the style's own is needed only for an order that the usual patterns do not know.
        own = [form for form in (words.days, words.day, words.month, words.season) if not _is_known(form, words, usual)]
        self._patterns = (*(_pattern(form, parts) for form in own), *usual)

    def expressions(self, text: str) -> Iterator[DateExpression]:
        """Find every date in a text but a bare year. Two days of one month are two dates at one place."""
        for one in self._find(text):
            for edtf in one.edtf(_NO_YEAR):
                yield from _expressions(one.start, one.end, edtf, bool(one.year))
        for found in _DECADE.finditer(text) if _DIGIT.search(text) else ():
            yield from _expressions(*found.span(), f"{found[1][:3]}X")
        for found in _YEARS.finditer(text) if _DIGIT.search(text) else ():
            yield from _expressions(*found.span(), found[1])
            yield from _expressions(*found.span(), found[1][:2] + (found[2] or found[3]))

    def shown(self, text: str, years: range) -> list[DateShown]:
        """Find the dates that a text shows, in its order; one without a year may mean any of ``years``."""
        if not _DIGIT.search(text):
            return []
        dates = [one for one in self._find(text) if one.year or one.rest[0].count("-") > 1]
        taken = bytearray(len(text))
        for one in dates:
            taken[one.start : one.end] = b"1" * (one.end - one.start)
        for found in _BARE_YEAR.finditer(text):
            if not any(taken[found.start() : found.end()]):
                dates.append(_DateText(*found.span(), found[0], ("",)))
        return [shown for one in sorted(dates) if (shown := _shown(text, one, years)).dates]

    def names_month(self, text: str) -> bool:
        """Tell whether the name of a month stands in a text, or what looks like one."""
        return self._any_month.search(text) is not None

    def _find(self, text: str) -> list[_DateText]:
        """Find the dates that match a pattern; where two overlap, the one of the earlier pattern counts."""
        if not _DIGIT.search(text) and not self.names_month(text):
            return []
        found: list[_DateText] = []
        taken = bytearray(len(text))
        for match in (match for pattern in self._patterns for match in pattern.finditer(text)):
            one = self._date_text(match)
            if one and not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"1" * (one.end - one.start)
                found.append(one)
        return found

    def _date_text(self, found: re.Match[str]) -> _DateText | None:
        given = found.groupdict()
        if iso := given.get("iso"):
            return _DateText(*found.span(), iso[:4], (iso[4:],))
        year = given.get("year") or ""
        if season := given.get("season"):
            return _DateText(*found.span(), year, (f"-{self.seasons[season.casefold()]}",))
        days = [re.sub(r"\D", "", day) for day in map(given.get, "abcd") if day]
        month = given["month"]
        if not days and not year and (found.start() == 0 or not month[0].isupper()):
            return None  # it may be another word: May it ...; in some languages, months begin small
        rest = tuple(f"-{self.months[month]:02}" + (f"-{int(day):02}" if day else "") for day in days or [""])
        return _DateText(*found.span(), year, rest)


def ends_of_date(date: Date | None) -> Iterator[DateExpression]:
    """Return what a text may say of an EDTF date: either end of an interval, or the whole date."""
    for part in date.text.split("/") if date else ():
        yield from _expressions(0, 0, part)
    if date and date.earliest and date.latest:
        yield DateExpression(0, 0, date.earliest, date.latest)


def year_in(text: str, start: int, end: int) -> DateExpression | None:
    """Return the year that four digits from ``start`` to ``end`` may be; None if they are none."""
    if not re.fullmatch(_YEAR, text[start:end]):
        return None
    return next(_expressions(start, end, text[start:end]), None)


def _expressions(start: int, end: int, edtf: str, has_year: bool = True) -> Iterator[DateExpression]:
    date = parse(edtf)
    if date and date.earliest and date.latest:
        yield DateExpression(start, end, date.earliest, date.latest, has_year)


def _shown(text: str, one: _DateText, years: range) -> DateShown:
    intervals = ("/".join(one.edtf(year)) for year in (years if not one.year else (0,)))
    dates = (date for edtf in intervals if (date := parse(edtf)) is not None)
    return DateShown(one.start, text[one.start : one.end], tuple(dates))


def _is_known(form: str, words: Words, usual: tuple[re.Pattern[str], ...]) -> bool:
    """Tell whether the usual patterns find a date that is written by this pattern of the style."""
    example = fill(
        form, day="21", first="21", last="22", month=words.months[0], season=words.seasons[0], year="2031"
    )  # fmt: skip
    return any(pattern.fullmatch(example) for pattern in usual)


def _pattern(form: str, words: dict[str, str]) -> re.Pattern[str]:
    """Return a pattern of the style's words as a regular expression; its white space stands for any."""
    parts = {
        **words,
        "day": r"(?P<a>\d{1,2})(?:st|nd|rd|th|er)?",
        "first": r"(?P<a>\d{1,2})(?:st|nd|rd|th|er)?",
        "last": r"(?P<b>\d{1,2})(?:st|nd|rd|th|er)?",
        "year": r"(?P<year>\d{4})",
    }
    expression = "".join(
        parts.get(piece[1:-1], "") if piece.startswith("{") else re.sub(r"(\\\s|\s)+", r"\\s+", re.escape(piece))
        for piece in re.findall(r"\{\w+\}|[^{]+", form)
    )
    return re.compile(rf"(?<!\w){expression}(?!\w)")


@lru_cache(2000)
def ends(date: Date) -> tuple[Date, ...]:
    """Return both ends of an interval, as far as they are known, or a date that is no interval."""
    return tuple(end for text in date.text.split("/") if (end := parse(text)) is not None)


@lru_cache(2000)
def precision(date: Date) -> int:
    """Return how precise a date is, one of `DAY` to `LONGER`; an interval is as precise as its most precise end."""
    return min((_precision(end) for end in ends(date)), default=LONGER)


def within(inner: Date, outer: Date) -> bool:
    """Tell whether every day that the inner date may mean is one that the outer date may mean."""
    starts = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    return starts and (outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest))


def _precision(end: Date) -> int:
    assert end.earliest is not None
    assert end.latest is not None
    days = _count(end.latest) - _count(end.earliest) + 1
    return next(precision for precision in (DAY, MONTH, SEASON, YEAR, LONGER) if days <= precision)


def _count(day: Day) -> int:
    """Count the days from some day on, where every month counts as 31 days."""
    return (day[0] * 12 + day[1]) * 31 + day[2]
