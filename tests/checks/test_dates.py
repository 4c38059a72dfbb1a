"""Dates are found in the words of a memo's language, and one reader finds them for every check."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from memo.checks.reading.dates import Calendar
from memo.facts.style import Words

ENGLISH = Words()
HUNGARIAN = replace(
    ENGLISH,
    months=(
        "január", "február", "március", "április", "május", "június", "július", "augusztus", "szeptember", "október",
        "november", "december",
    ),
    seasons=("tavasz", "nyár", "ősz", "tél"),
    day="{year}. {month} {day}.",
    days="{year}. {month} {first}–{last}.",
    month="{year}. {month}",
    season="{year} {season}",
)  # fmt: skip


def shown(text: str, words: Words = ENGLISH, years: range = range(2031, 2033)) -> list[tuple[str, list[str]]]:
    return [(one.text, [date.text for date in one.dates]) for one in Calendar(words).shown(text, years)]


def expressions(text: str, words: Words = ENGLISH) -> list[tuple[str, bool]]:
    return [(text[one.start : one.end], one.has_year) for one in Calendar(words).expressions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She came on 21–22 January 2031.", [("21–22 January 2031", ["2031-01-21/2031-01-22"])]),
        ("She came from 21 to 22 January.", [
            ("21 to 22 January", ["2031-01-21/2031-01-22", "2032-01-21/2032-01-22"]),
        ]),
        ("She came on May 3rd, 2031.", [("May 3rd, 2031", ["2031-05-03"])]),
        ("On 3 May 5 ships came.", [("3 May", ["2031-05-03", "2032-05-03"])]),
        ("It opens in Autumn 2031 or 2031-12-01.", [("Autumn 2031", ["2031-23"]), ("2031-12-01", ["2031-12-01"])]),
        ("In 2031, or in 2032-33, or in the 2030s.", [("2031", ["2031"])]),
        ("It opens in June.", []),
        ("May 40 ships come.", []),
        ("On 31 February 2031.", []),
    ],
)  # fmt: skip
def test_a_date_is_shown_as_all_that_it_may_mean(text: str, found: list[tuple[str, list[str]]]) -> None:
    assert shown(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She came in June, on 21–22 January 2031.", [
            ("June", False), ("21–22 January 2031", True), ("21–22 January 2031", True),
        ]),
        ("On 3 May 5 ships came.", [("3 May", False)]),
        ("It lasted 2031–32, or through the 2030s.", [("2030s", True), ("2031–32", True), ("2031–32", True)]),
        ("May it open; in 2031.", []),
    ],
)  # fmt: skip
def test_each_day_of_a_date_is_found_by_itself(text: str, found: list[tuple[str, bool]]) -> None:
    assert expressions(text) == found


def test_dates_are_found_as_the_patterns_of_a_language_write_them() -> None:
    text = "A nap 2031. május 3. volt, majd 2031. június 4–5. és 2032 ősz jött."
    assert shown(text, HUNGARIAN) == [
        ("2031. május 3.", ["2031-05-03"]),
        ("2031. június 4–5.", ["2031-06-04/2031-06-05"]),
        ("2032 ősz", ["2032-23"]),
    ]
    assert {found for found, _ in expressions(text, HUNGARIAN)} == {"2031. május 3.", "2031. június 4–5.", "2032 ősz"}
