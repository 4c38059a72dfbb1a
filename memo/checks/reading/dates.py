"""Dates in a memo's text, read by the words that its language has for them, and how precise dates are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.edtf import Date, Day, parse
from memo.frozen import frozen
from memo.style import Words

DAY, MONTH, SEASON, YEAR, LONGER = 1, 31, 93, 372, 10**9
"""How many days a date of some precision may mean, at most, where every month counts for 31."""


@frozen
class Shown:
    """A date in a text, from ``start`` on; two days of one month are one interval.

    ``dates`` are those it may mean: one, or one for each year where it bears none.
    """

    start: int
    text: str
    dates: tuple[Date, ...]


class Reader:
    """Finds dates in texts of one language: as its patterns have them, in both English orders, and ISO 8601."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.months = {name: number for number, name in enumerate(words.months, 1)}
        self.seasons = {name.casefold(): number for number, name in enumerate(words.seasons, 21)}
        forms = [words.days, words.day, "{day} {month}", "{month} {day}, {year}", "{month} {day}", words.month]
        forms += ["{month} {year}", words.season]
        patterns = [self._expression(form) for form in dict.fromkeys(forms)]
        patterns += [re.compile(r"(?<![\w-])(?P<iso>\d{4}-\d\d-\d\d)(?![\w-])")]
        self.patterns = [*patterns, re.compile(r"(?<![\w.,:/–-])(?P<year>[12]\d{3})(?![\w/–-]|[.,:]\d|%)")]

    def dates_in(self, text: str, years: range) -> list[Shown]:
        """The dates in a text, in its order. ``years`` are what a day and month without a year may mean."""
        found: list[Shown] = []
        if not re.search(r"\d", text):
            return found
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                dates = tuple(self._dates(match, years))
                if dates and not any(
                    one.start < match.end() and match.start() < one.start + len(one.text) for one in found
                ):
                    found.append(Shown(match.start(), match[0], dates))
        return sorted(found, key=lambda one: one.start)

    def _dates(self, match: re.Match[str], years: range) -> Iterator[Date]:
        given = match.groupdict()
        if given.get("iso"):
            texts = [given["iso"]]
        elif given.get("year"):
            texts = [self._edtf(given, given["year"])]
        else:
            texts = [self._edtf(given, f"{year:04d}") for year in years]
        yield from (date for text in texts if (date := parse(text)) is not None)

    def _edtf(self, given: dict[str, str], year: str) -> str:
        if given.get("season"):
            return f"{year}-{self.seasons[given['season'].casefold()]}"
        if not given.get("month"):
            return year
        month = f"{year}-{self.months[given['month']]:02d}"
        if given.get("first"):
            return f"{month}-{int(given['first']):02d}/{month}-{int(given['last']):02d}"
        return f"{month}-{int(given['day']):02d}" if given.get("day") else month

    def _expression(self, form: str) -> re.Pattern[str]:
        """A pattern of the style's words as a regular expression; white space may be of any kind."""
        number = r"\d{1,2})(?:st|nd|rd|th)?"
        parts = {
            "day": f"(?P<day>{number}",
            "first": f"(?P<first>{number}",
            "last": f"(?P<last>{number}",
            "month": f"(?P<month>{'|'.join(map(re.escape, self.months))})",
            "season": f"(?P<season>{'|'.join(map(re.escape, self.seasons))})",
            "year": r"(?P<year>\d{4})",
        }
        made = "".join(
            parts.get(piece[1:-1], "") if piece.startswith("{") else re.sub(r"(\\\s|\s)+", r"\\s+", re.escape(piece))
            for piece in re.findall(r"\{\w+\}|[^{]+", form)
        )
        flags = re.IGNORECASE if "{season}" in form else re.NOFLAG
        return re.compile(rf"(?<!\w){made}(?!\w)", flags)


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
