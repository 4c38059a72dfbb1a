"""Dates are read as EDTF level 1 says, and shown no more precisely than they are known."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memo.facts import edtf
from memo.facts.date_words import show
from memo.facts.style import Words

WORDS = Words()


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2026", (2026, 1, 1), (2026, 12, 31)),
        ("-0044", (-44, 1, 1), (-44, 12, 31)),
        ("0000", (0, 1, 1), (0, 12, 31)),
        ("Y12000", (12000, 1, 1), (12000, 12, 31)),
        ("Y-12000", (-12000, 1, 1), (-12000, 12, 31)),
        ("2026-02", (2026, 2, 1), (2026, 2, 28)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("1900-02", (1900, 2, 1), (1900, 2, 28)),
        ("2026-01-21", (2026, 1, 21), (2026, 1, 21)),
        ("2026-21", (2026, 3, 1), (2026, 5, 31)),
        ("2026-23", (2026, 9, 1), (2026, 11, 30)),
        ("2023-24", (2023, 12, 1), (2024, 2, 29)),
        ("202X", (2020, 1, 1), (2029, 12, 31)),
        ("20XX", (2000, 1, 1), (2099, 12, 31)),
        ("-004X", (-49, 1, 1), (-40, 12, 31)),
        ("2026-XX", (2026, 1, 1), (2026, 12, 31)),
        ("2026-XX-XX", (2026, 1, 1), (2026, 12, 31)),
        ("2026-01-XX", (2026, 1, 1), (2026, 1, 31)),
        ("2026?", (2026, 1, 1), (2026, 12, 31)),
        ("2026-01-21/2026-01-22", (2026, 1, 21), (2026, 1, 22)),
        ("2026/2026-02", (2026, 1, 1), (2026, 2, 28)),
        ("2026/..", (2026, 1, 1), None),
        ("2026/", (2026, 1, 1), None),
        ("../2026", None, (2026, 12, 31)),
        ("/2026", None, (2026, 12, 31)),
    ],
)
def test_a_date_bounds_the_days_it_may_mean(text: str, earliest: edtf.Day | None, latest: edtf.Day | None) -> None:
    assert edtf.parse(text) == edtf.Date(text, earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "26", "2026-1", "2026-13", "2026-00", "2026-02-30", "2026-02-29", "2026-04-31", "2026-25", "-0000",
        "2026-21-01", "2026-XX-01", "202X-01", "2XXX", "XXXX", "Y2026", "Y02026", "Y2026X", "Y20260-01", "20260",
        "2026-01-21T10:00:00", "22 January 2026", "22.01.2026", "2026?~", "?2026", "2026-?01", "2026 ", "2026\n",
        "2027/2026", "2026-02/2026-01-31", "../..", "..", "/", "../", "/..", "2026/2027/2028", "2026/x", "[2026,2027]",
        "Y99999999999", "٢٠٢٦",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    assert edtf.parse(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-01-21", "21 January 2026"),
        ("2026-01-21/2026-01-22", "21–22 January 2026"),
        ("2026-01-28/2026-02-03", "28 January 2026 to 3 February 2026"),
        ("2026-01-21/2026-01-21", "21 January 2026"),
        ("2025-01-21/2026-01-22", "21 January 2025 to 22 January 2026"),
        ("2026-01", "January 2026"),
        ("2026-01-XX", "January 2026"),
        ("2026-XX", "2026"),
        ("2025", "2025"),
        ("2026-21", "spring 2026"),
        ("2026-24", "winter 2026"),
        ("202X", "the 2020s"),
        ("19XX", "the 1900s"),
        ("2025~", "about 2025"),
        ("2026?", "2026 (uncertain)"),
        ("2026-01%", "about January 2026 (uncertain)"),
        ("2026/..", "from 2026"),
        ("2026-01/", "from January 2026"),
        ("../2026", "until 2026"),
        ("/2026~", "until about 2026"),
        ("2024~/2026?", "about 2024 to 2026 (uncertain)"),
        ("2026-01-21~/2026-01-22", "about 21 January 2026 to 22 January 2026"),
        ("2026-01/2026-03", "January 2026 to March 2026"),
        ("-0043", "44 BCE"),
        ("0000", "1 BCE"),
        ("-004X", "50 BCE to 41 BCE"),
        ("Y12000", "12000"),
    ],
)
def test_a_date_is_shown_in_words_as_precisely_as_it_is_known(text: str, shown: str) -> None:
    date = edtf.parse(text)
    assert date is not None
    assert show(date, WORDS) == shown


def test_words_of_another_language_decide_order_and_names() -> None:
    months = tuple(f"month-{number}" for number in range(1, 13))
    words = Words(day="{year}, {month} {day}", months=months, uncertain="{date}?", after="{date} {onwards}")
    assert show(_date("2026-02-03?"), words) == "2026, month-2 3?"
    assert show(_date("2026/.."), words) == "2026 {onwards}"


@pytest.mark.parametrize(
    ("text", "single"),
    [("2026-01-21", True), ("-0044-03-15", True), ("2026-01-21?", False), ("2026-01", False), ("2026-01-XX", False),
     ("2026-01-21/2026-01-21", False), ("2026", False)],
)  # fmt: skip
def test_only_a_plain_day_is_one_day(text: str, single: bool) -> None:
    assert edtf.is_one_day(_date(text)) is single


def test_dates_sort_by_when_they_may_begin_and_then_end() -> None:
    texts = ["../2020", "-0044", "2026", "2026-01", "2026-01-05", "2026-01-05/..", "2026-21", "2027"]
    expected = ["../2020", "-0044", "2026-01", "2026", "2026-01-05", "2026-01-05/..", "2026-21", "2027"]
    assert sorted(texts, key=lambda text: edtf.sort_key(_date(text))) == expected


def test_importing_dates_loads_nothing_heavy() -> None:
    heavy = "{'pyparsing', 'yaml', 'calendar', 'memo.facts.style'}"
    script = f"import memo.facts.edtf, sys; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"


def _date(text: str) -> edtf.Date:
    date = edtf.parse(text)
    assert date is not None
    return date


# The `edtf` library as an oracle.

years = st.one_of(
    st.integers(0, 9999).map("{:04}".format),
    st.integers(1, 9999).map("-{:04}".format),
    st.integers(1880, 2040).map(str),
)
points = st.one_of(
    years,
    st.integers(0, 10**7).map("Y{}".format),
    st.tuples(years, st.integers(0, 24)).map(lambda parts: "{}-{:02}".format(*parts)),
    st.tuples(years, st.integers(0, 13), st.integers(0, 32)).map(lambda parts: "{}-{:02}-{:02}".format(*parts)),
    st.tuples(years, st.integers(1, 2)).map(lambda parts: parts[0][: -parts[1]] + "X" * parts[1]),
    years.map("{}-XX".format),
    years.map("{}-XX-XX".format),
    st.tuples(years, st.integers(0, 13)).map(lambda parts: "{}-{:02}-XX".format(*parts)),
)
dates = st.tuples(points, st.sampled_from(["", "", "?", "~", "%"])).map("".join)
ends = dates | st.sampled_from(["..", ""])
texts = dates | st.tuples(ends, ends).map("/".join)


@given(texts)
def test_the_edtf_library_reads_the_same_dates_with_the_same_bounds(text: str) -> None:
    """Exceptions, all on purpose: see `_read_otherwise`."""
    ours, theirs = edtf.parse(text), _oracle(text)
    if _read_otherwise(text, ours):
        return
    assert (ours is not None) == (theirs is not None)
    if ours is not None:
        assert ours.earliest == _their_day(theirs.lower_strict, text.split("/")[0])
        assert ours.latest == _their_day(theirs.upper_strict, text.split("/")[-1])


def _read_otherwise(text: str, ours: edtf.Date | None) -> bool:
    """Tell whether memo and the library differ on purpose.

    The library takes 29 February where a year is no leap year, intervals that run backwards and intervals with no
    date in them; it takes no mark on a lone season or a long year, and no long year or unknown digits at an
    interval's end; its winter is December alone; and it bounds unknown months of a negative year backwards.
    """
    if ours is None:
        return "-02-29" in text or ("/" in text and all(_loose(end) for end in text.split("/")))
    alone = "/" not in text
    season = any(f"-{number}" in text[4:] for number in range(21, 25)) and text.rstrip("?~%")[-3:-2] == "-"
    if alone:
        marked = text[-1] in "?~%" and (season or "Y" in text)
        return marked or (season and "-24" in text) or (text.startswith("-") and "X" in text)
    return "X" in text or "Y" in text or "-24" in text


def _loose(end: str) -> bool:
    return end in ("", "..") or edtf.parse(end) is not None or "-02-29" in end


def _oracle(text: str) -> Any:
    from edtf import parse_edtf

    try:
        return parse_edtf(text, fail_silently=True)
    except (TypeError, AttributeError):
        return None


def _their_day(bound: Any, end: str) -> tuple[int, ...] | None:
    return None if end in ("", "..") else tuple(bound())[:3]
