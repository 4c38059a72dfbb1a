"""Dates in a memo's text, in the words of its language: ``21–22 January 2026``, ``in January``, ``the 2020s``.

One `Calendar` finds them for all checks: as `Moment`s, which one fact or another carries, or as the dates that a text
shows to its reader. Below it, how precise dates are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from memo.facts.edtf import Date, Day, parse
from memo.facts.style import Words, fill

DAY, MONTH, SEASON, YEAR, LONGER = 1, 31, 93, 372, 10**9
"""How many days a date of some precision may mean, at most, where every month counts for 31."""


class Moment(NamedTuple):
    """A date from ``start`` to ``end`` of a text. ``earliest`` and ``latest`` bound it; without a year, in the year 4.

    ``dated``: it names its year.
    """

    start: int
    end: int
    earliest: Day
    latest: Day
    dated: bool = True

    def carried_by(self, other: Moment) -> bool:
        """Whether the other is no less precise, and lies in this one."""
        if self.dated:
            return other.dated and self.earliest <= other.earliest and other.latest <= self.latest
        first, last = other.earliest, other.latest
        return first[0] == last[0] and self.earliest[1:] <= first[1:] and last[1:] <= self.latest[1:]


class Shown(Struct, frozen=True):
    """A date in a text, from ``start`` on; two days of one month are one interval.

    ``dates`` are those it may mean: one, or one for each year where it bears none.
    """

    start: int
    text: str
    dates: tuple[Date, ...]


class _Written(NamedTuple):
    """A date as it is written from ``start`` to ``end``: its year, empty where it bears none, and what follows that.

    ``rest`` ends each EDTF text: ``-01-21`` and ``-01-22`` of two days in one month.
    """

    start: int
    end: int
    year: str
    rest: tuple[str, ...]

    def texts(self, year: int) -> list[str]:
        """Its EDTF texts, in this year where it bears none."""
        return [f"{self.year or f'{year:04}'}{rest}" for rest in self.rest]


_NO_YEAR = 4
"""Stands for a year that is not named; it has a 29 February."""

_DIGIT = re.compile(r"\d")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"[12]\d{3}"
_ISO = re.compile(r"(?<![\w-])(?P<iso>\d{4}-\d\d(?:-\d\d)?)(?![\w-])")
_DECADE = re.compile(r"(?<!\w)([12]\d\d0)s(?!\w)")
_YEARS = re.compile(rf"(?<!\w)({_YEAR})(?:[–/](\d\d)|-(1[3-9]|[2-9]\d))(?![\w-])")
_BARE_YEAR = re.compile(rf"(?<![\w.,:/–-]){_YEAR}(?![\w/–-]|[.,:]\d|%)")


class Calendar:
    """Reads dates by the names of months and seasons in one language, in either English order or as its patterns do."""

    def __init__(self, words: Words) -> None:
        self.months = {name: number for number, name in enumerate(words.months, 1)}
        self.seasons = {name.casefold(): number for number, name in enumerate(words.seasons, 21)}
        month = "|".join(map(re.escape, sorted(self.months, key=len, reverse=True)))
        season = "|".join(map(re.escape, sorted(self.seasons, key=len, reverse=True)))
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
        own = [form for form in (words.days, words.day, words.month, words.season) if not _is_known(form, words, usual)]
        self._patterns = (*(_expression(form, parts) for form in own), *usual)

    def moments(self, text: str) -> Iterator[Moment]:
        """Every date in a text but a bare year. Two days of one month are two moments at one place."""
        for one in self._find(text):
            for written in one.texts(_NO_YEAR):
                yield from _moments(one.start, one.end, written, bool(one.year))
        for found in _DECADE.finditer(text) if _DIGIT.search(text) else ():
            yield from _moments(*found.span(), f"{found[1][:3]}X")
        for found in _YEARS.finditer(text) if _DIGIT.search(text) else ():
            yield from _moments(*found.span(), found[1])
            yield from _moments(*found.span(), found[1][:2] + (found[2] or found[3]))

    def shown(self, text: str, years: range) -> list[Shown]:
        """The dates in a text, in its order. ``years`` are what a day and month without a year may mean."""
        if not _DIGIT.search(text):
            return []
        written = [one for one in self._find(text) if one.year or one.rest[0].count("-") > 1]
        for found in _BARE_YEAR.finditer(text):
            if not any(one.start < found.end() and found.start() < one.end for one in written):
                written.append(_Written(*found.span(), found[0], ("",)))
        return [shown for one in sorted(written) if (shown := _shown(text, one, years)).dates]

    def names_month(self, text: str) -> bool:
        """Whether the name of a month stands in a text, or what looks like one."""
        return self._any_month.search(text) is not None

    def _find(self, text: str) -> list[_Written]:
        """The dates that the patterns have, each stretch once, those of the first patterns first."""
        if not _DIGIT.search(text) and not self.names_month(text):
            return []
        found: list[_Written] = []
        for match in (match for pattern in self._patterns for match in pattern.finditer(text)):
            one = self._written(match)
            if one and not any(other.start < one.end and one.start < other.end for other in found):
                found.append(one)
        return found

    def _written(self, found: re.Match[str]) -> _Written | None:
        given = found.groupdict()
        if iso := given.get("iso"):
            return _Written(*found.span(), iso[:4], (iso[4:],))
        year = given.get("year") or ""
        if season := given.get("season"):
            return _Written(*found.span(), year, (f"-{self.seasons[season.casefold()]}",))
        days = [re.sub(r"\D", "", day) for day in map(given.get, "abcd") if day]
        month = given["month"]
        if not days and not year and (found.start() == 0 or not month[0].isupper()):
            return None  # it may be another word: May it ...; in some languages, months begin small
        rest = tuple(f"-{self.months[month]:02}" + (f"-{int(day):02}" if day else "") for day in days or [""])
        return _Written(*found.span(), year, rest)


def of_date(date: Date | None) -> Iterator[Moment]:
    """The ends of an EDTF date, each a moment; where it is no interval, itself."""
    for part in date.text.split("/") if date else ():
        yield from _moments(0, 0, part)
    if date and date.earliest and date.latest:
        yield Moment(0, 0, date.earliest, date.latest)


def year(text: str, start: int, end: int) -> Moment | None:
    """The year that four digits may be."""
    if not re.fullmatch(_YEAR, text[start:end]):
        return None
    return next(_moments(start, end, text[start:end]), None)


def _moments(start: int, end: int, written: str, dated: bool = True) -> Iterator[Moment]:
    date = parse(written)
    if date and date.earliest and date.latest:
        yield Moment(start, end, date.earliest, date.latest, dated)


def _shown(text: str, written: _Written, years: range) -> Shown:
    texts = ("/".join(written.texts(year)) for year in (years if not written.year else (0,)))
    dates = (date for text in texts if (date := parse(text)) is not None)
    return Shown(written.start, text[written.start : written.end], tuple(dates))


def _is_known(form: str, words: Words, usual: tuple[re.Pattern[str], ...]) -> bool:
    """Whether a date that is written by this pattern of the style is one that the usual patterns find."""
    example = fill(
        form, day="21", first="21", last="22", month=words.months[0], season=words.seasons[0], year="2031"
    )  # fmt: skip
    return any(pattern.fullmatch(example) for pattern in usual)


def _expression(form: str, words: dict[str, str]) -> re.Pattern[str]:
    """A pattern of the style's words as a regular expression; white space may be of any kind."""
    parts = {
        **words,
        "day": r"(?P<a>\d{1,2})(?:st|nd|rd|th)?",
        "first": r"(?P<a>\d{1,2})(?:st|nd|rd|th)?",
        "last": r"(?P<b>\d{1,2})(?:st|nd|rd|th)?",
        "year": r"(?P<year>\d{4})",
    }
    made = "".join(
        parts.get(piece[1:-1], "") if piece.startswith("{") else re.sub(r"(\\\s|\s)+", r"\\s+", re.escape(piece))
        for piece in re.findall(r"\{\w+\}|[^{]+", form)
    )
    return re.compile(rf"(?<!\w){made}(?!\w)")


def ends(date: Date) -> list[Date]:
    """The date, or both ends of an interval, as far as they are known."""
    return [end for text in date.text.split("/") if (end := parse(text)) is not None]


def precision(date: Date) -> int:
    """How precise a date is, an interval as its most precise end: one of `DAY` to `LONGER`."""
    return min((_precision(end) for end in ends(date)), default=LONGER)


def within(inner: Date, outer: Date) -> bool:
    """Whether all that one date may mean lies in what the other may mean."""
    starts = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    return starts and (outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest))


def _precision(end: Date) -> int:
    assert end.earliest is not None
    assert end.latest is not None
    days = _count(end.latest) - _count(end.earliest) + 1
    return next(precision for precision in (DAY, MONTH, SEASON, YEAR, LONGER) if days <= precision)


def _count(day: Day) -> int:
    """Days from some day on, where every month counts for 31."""
    return (day[0] * 12 + day[1]) * 31 + day[2]
