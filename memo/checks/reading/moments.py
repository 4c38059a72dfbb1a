"""Dates in text, in the words of the memo's language: ``21–22 January 2026``, ``in January``, ``the 2020s``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from memo import edtf
from memo.edtf import Date, Day
from memo.style import Words


class Moment(NamedTuple):
    """A date from ``start`` to ``end`` of a text. ``earliest`` and ``latest`` bound it; without a year, in the year 4.

    ``dated``: it names its year. ``day``: it names a day.
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


_NO_YEAR = 4
"""Stands for a year that is not named; it has a 29 February."""

_DIGIT = re.compile(r"\d")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"[12]\d{3}"
_ISO = re.compile(r"(?<![\w-])(\d{4}-\d\d(?:-\d\d)?)(?![\w-])")
_DECADE = re.compile(r"(?<!\w)([12]\d\d0)s(?!\w)")
_YEARS = re.compile(rf"(?<!\w)({_YEAR})(?:[–/](\d\d)|-(1[3-9]|[2-9]\d))(?![\w-])")


def of_date(date: Date | None) -> Iterator[Moment]:
    """The ends of an EDTF date, each a moment; where it is no interval, itself."""
    for part in date.text.split("/") if date else ():
        point = edtf.parse(part)
        if point and point.earliest and point.latest:
            yield Moment(0, 0, point.earliest, point.latest)
    if date and date.earliest and date.latest:
        yield Moment(0, 0, date.earliest, date.latest)


class Calendar:
    """Reads dates by the names of months and seasons in one language."""

    def __init__(self, words: Words) -> None:
        self.months = {name: number for number, name in enumerate(words.months, 1)}
        self.seasons = {name: number for number, name in enumerate(words.seasons, 21)}
        month = "|".join(map(re.escape, sorted(self.months, key=len, reverse=True)))
        season = "|".join(map(re.escape, sorted(self.seasons, key=len, reverse=True)))
        self._date = re.compile(
            rf"(?<!\w)(?:(?P<a>{_DAY})(?:\s?(?:[-–]|to|and|or|until)\s?(?P<b>{_DAY}))?\.?\s(?:\w\w\s)?)?(?P<m>{month})(?!\w)"
            rf"(?:\s(?P<c>{_DAY})(?:\s?[-–]\s?(?P<d>{_DAY}))?(?!\w))?(?:,?\s(?:\w\w\s)?(?P<y>{_YEAR})(?!\w))?"
        )
        self._any_month = re.compile(month)
        self._season = re.compile(rf"(?<!\w)(?P<s>{season})\s(?:\w{{2,3}}\s)?(?P<y>{_YEAR})(?!\w)", re.IGNORECASE)

    def find(self, text: str) -> Iterator[Moment]:
        """Every date in a text but a bare year. Two days of one month are two moments at one place."""
        if self._any_month.search(text):
            for found in self._date.finditer(text):
                yield from self._of_month(found)
        if _DIGIT.search(text):
            yield from self._numbered(text)

    def _numbered(self, text: str) -> Iterator[Moment]:
        """Those that need a digit: a season with its year, ISO 8601, decades, years that run on."""
        for found in self._season.finditer(text):
            number = self.seasons.get(found["s"], self.seasons.get(found["s"].casefold(), 0))
            yield from _known(found, f"{found['y']}-{number}")
        for found in _ISO.finditer(text):
            yield from _known(found, found[1])
        for found in _DECADE.finditer(text):
            yield from _known(found, f"{found[1][:3]}X")
        for found in _YEARS.finditer(text):
            yield from _known(found, found[1])
            yield from _known(found, found[1][:2] + (found[2] or found[3]))

    def _of_month(self, found: re.Match[str]) -> Iterator[Moment]:
        days = [re.sub(r"\D", "", day) for day in found.group("a", "b", "c", "d") if day]
        if not days and not found["y"] and (found.start() == 0 or not found["m"][0].isupper()):
            return  # it may be another word: May it ...; in some languages, months begin small
        year = found["y"] or f"{_NO_YEAR:04}"
        for day in days or [""]:
            written = f"{year}-{self.months[found['m']]:02}" + (f"-{int(day):02}" if day else "")
            yield from _known(found, written, bool(found["y"]))


def year(text: str, start: int, end: int) -> Moment | None:
    """The year that four digits may be."""
    if not re.fullmatch(_YEAR, text[start:end]):
        return None
    return next(_moments(start, end, text[start:end], True), None)


def _known(found: re.Match[str], written: str, dated: bool = True) -> Iterator[Moment]:
    return _moments(*found.span(), written, dated)


def _moments(start: int, end: int, written: str, dated: bool) -> Iterator[Moment]:
    date = edtf.parse(written)
    if date and date.earliest and date.latest:
        yield Moment(start, end, date.earliest, date.latest, dated)
