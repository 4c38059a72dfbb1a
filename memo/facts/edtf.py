"""Dates as people know them: EDTF level 1 (Library of Congress, 2019; ISO 8601-2:2019).

Read are years (``2025``, ``-0043``, ``Y12000``), months, days, seasons (``2026-21`` spring to ``2026-24``
winter), digits not known from the right (``202X``, ``20XX``, ``2026-XX``, ``2026-01-XX``), each with ``?`` uncertain,
``~`` approximate or ``%`` both at its end, and intervals of two of these, where ``..`` or nothing is an end
that is open or not known. There is no time of day. Stricter than EDTF: only days the calendar has, no interval that
ends before it starts, none without any date, and years of at most nine digits.
"""

from __future__ import annotations

import functools
import re

from msgspec import Struct

# Our own reader, not the `edtf` library: that loads a parser generator at import, and gives `time.struct_time` where
# calendar bounds are needed. The tests hold the two to accept the same dates, and to the same bounds.

Day = tuple[int, int, int]
"""Year, month, day in the proleptic Gregorian calendar; year 0 is 1 BCE (ISO 8601-1)."""

# JSON Schema carries the whole pattern to editors, so it keeps to what JavaScript's regular expressions have, too.
_UNSPECIFIED = "Y-?[1-9][0-9]{4,8}|-?[0-9]{2}(?:[0-9]X|XX)"
_YEAR = "(?!-0000)-?[0-9]{4}"
_MONTH = "0[1-9]|1[0-2]"
_DAY = "0[1-9]|[12][0-9]|3[01]"
_IN_YEAR = f"-XX(?:-XX)?|-(2[1-4])|-({_MONTH})(?:-(?:XX|({_DAY})))?"
_ONE = f"(?:({_UNSPECIFIED})|({_YEAR})(?:{_IN_YEAR})?)([?~%]?)"
PATTERN = rf"^(?:{_ONE}|{_ONE}/(?:{_ONE}|\.\.)?|(?:\.\.)?/{_ONE})$"
"""The form of a date, as a regular expression that JSON Schema reads too. `parse` also asks the calendar."""

FORMS = "dates are written 2026-01-22, 2026-01, 2025, 2026-21 (spring), 202X, 2026~, 2026-01-21/2026-01-22 or 2026/.."
"""Examples of every form, as a hint for who wrote something else."""

_POINT = re.compile(_ONE)
_TO_DAY = re.compile("-?[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONG_AGO: Day = (-(10**10), 1, 1)
_FAR_OFF: Day = (10**10, 12, 31)


class Date(Struct, frozen=True):
    """One EDTF level 1 date or interval. ``text`` is as written; days are (year, month, day).

    ``earliest`` and ``latest`` bound the days it may mean, None where an interval is open or its end unknown.
    """

    text: str
    earliest: Day | None
    latest: Day | None


class Point(Struct, frozen=True):
    """A date that is no interval. The two years differ where digits are unknown; a month or day of 0 is not known.

    A month from 21 to 24 is a season. ``qualification`` is ``?``, ``~``, ``%`` or empty.
    """

    first_year: int
    last_year: int
    month: int
    day: int
    qualification: str


@functools.lru_cache(1024)  # the same few dates stand again and again in a dossier
def parse(text: str) -> Date | None:
    """Read one date or interval; None where the text is not one (see the module for what is read)."""
    ends = ends_of(text)
    if ends is None:
        return None
    first, last = ends
    earliest = _bounds(first)[0] if first else None
    latest = _bounds(last)[1] if last else None
    if earliest and latest and latest < earliest:
        return None
    return Date(text, earliest, latest)


def is_one_day(date: Date) -> bool:
    """Tell whether a date is one single day, and known to be that day: no interval, no qualification."""
    return _TO_DAY.fullmatch(date.text) is not None


def has_passed(date: Date | None, today: Date) -> bool:
    """Tell whether the last day that a date may mean lies before today: whether a review that was due by it is overdue.

    No date, and an interval without end, never pass.
    """
    return bool(date and date.latest and today.earliest and date.latest < today.earliest)


def sort_key(date: Date) -> tuple[Day, Day, str]:
    """Return a key to sort dates by: when each may begin, then when it may end. Open beginnings come first."""
    return (date.earliest or _LONG_AGO, date.latest or _FAR_OFF, date.text)


def ends_of(text: str) -> tuple[Point | None, Point | None] | None:
    """Return the first and the last date of an interval, each None where it is open or unknown.

    A date that is no interval is both. None where the text is no date.
    """
    first, slash, last = text.partition("/")
    if not slash:
        point = _point(text)
        return (point, point) if point else None
    start, stop = _point(first), _point(last)
    open_ends = [end for end, point in ((first, start), (last, stop)) if point is None]
    return (start, stop) if len(open_ends) < 2 and all(end in ("", "..") for end in open_ends) else None


def _point(text: str) -> Point | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    unspecified, year, season, month, day, qualification = match.groups()
    point = Point(*_years(unspecified or year), int(season or month or 0), int(day or 0), qualification)
    return point if not day or point.day <= _month_length(point.first_year, point.month) else None


def _years(text: str) -> tuple[int, int]:
    """Return the first and the last year that digits may mean, some of which may be ``X``."""
    digits = text.lstrip("Y-")
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return (-high, -low) if "-" in text else (low, high)


def _bounds(point: Point) -> tuple[Day, Day]:
    """Return the first and the last day a date may mean. Seasons are those of meteorology, north of the equator."""
    year = point.first_year
    if point.day:
        return (year, point.month, point.day), (year, point.month, point.day)
    if point.month == 24:  # winter begins in December, and goes by that year
        return (year, 12, 1), (year + 1, 2, _month_length(year + 1, 2))
    if point.month > 12:
        start = (point.month - 20) * 3
        return (year, start, 1), (year, start + 2, _month_length(year, start + 2))
    if point.month:
        return (year, point.month, 1), (year, point.month, _month_length(year, point.month))
    return (year, 1, 1), (point.last_year, 12, 31)


def _month_length(year: int, month: int) -> int:
    """Return the number of days in a month of the proleptic Gregorian calendar."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap and month == 2 else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
