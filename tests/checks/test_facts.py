"""Facts against what is told of them: dates, grades, reviews, markings, counter-claims."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from memo.checks import Dossier, over_precise_date, overdue, unconfirmed, uncontested
from memo.checks.over_marked import check
from memo.facts.dossier import Change, Support
from memo.facts.style import Style, Words
from tests.checks.harbour import day, dossier, fact, found, memo

# over-precise-date


def dated(claim: str, date: str, text: str = '{{ fact("x") }}', **more: str) -> list[str]:
    one = fact("x", claim, kind="event", status="done", date=date, **{"as_of": "2032-01-01", **more})
    return found(over_precise_date.check, text, one)


@pytest.mark.parametrize(
    ("claim", "date", "shown"),
    [
        ("The quay was shut on 12 March 2031.", "2031-03", "12 March 2031"),
        ("The quay was shut on March 12, 2031.", "2031-03", "March 12, 2031"),
        ("The quay was shut on 12 March.", "2031-03", "12 March"),
        ("The quay was shut on March 12th.", "2031-03", "March 12th"),
        ("The quay was shut on 2031-03-12.", "2031-03", "2031-03-12"),
        ("The quay was shut on 12–13 March 2031.", "2031-03", "12–13 March 2031"),
        ("The quay was shut in March 2031.", "2031", "March 2031"),
        ("The quay was shut in March 2031.", "2031-XX", "March 2031"),
        ("The quay was shut in spring 2031.", "2031", "spring 2031"),
        ("The quay was shut in April 2031.", "2031-21", "April 2031"),
        ("The quay was built in 1834.", "183X", "1834"),
        ("The quay is shut until 12 March 2031.", "../2031-03", "12 March 2031"),
        ("The quay is shut from 1 April 2041.", "2041-04/2041-08", "1 April 2041"),
    ],
)
def test_a_date_more_precise_than_its_fact_is_reported(claim: str, date: str, shown: str) -> None:
    assert dated(claim, date) == [f"'{shown}' is more precise than fact 'x' says: {date}"]


@pytest.mark.parametrize(
    ("claim", "date"),
    [
        ("The lamp went dark in 2039.", "2039?"),
        ("The lamp went dark in 2039.", "2039~"),
        ("The lamp went dark in March 2039.", "2039-03%"),
        ("The lamp was lit from 2030 until 2039.", "2030/2039?"),
    ],
)
def test_an_uncertain_date_shown_as_certain_is_reported(claim: str, date: str) -> None:
    (message,) = dated(claim, date)
    assert "is more certain than fact 'x' says" in message


@pytest.mark.parametrize(
    ("claim", "date"),
    [
        ("The quay was shut on 12 March 2031.", "2031-03-12"),
        ("The quay was shut in March 2031.", "2031-03-12"),
        ("The quay was shut in 2031.", "2031-03"),
        ("The visit was on 21–22 January 2031.", "2031-01-21/2031-01-22"),
        ("On 22 January 2031 the visit ended.", "2031-01-21/2031-01-22"),
        ("The masonry ran in June 2041.", "2041-04/2041-08"),
        ("It has run since May 2042.", "2042-05/.."),
        ("The lamp went dark about 2039.", "2039~"),
        ("The lamp went dark in 2039 (uncertain).", "2039?"),
        ("The lamp probably went dark in 2039.", "2039?"),
        ("The lamp went dark around March 2039.", "2039-03%"),
        ("The quay was built in the 1830s.", "183X"),
        ("The quay was built in 1834.", "1834"),
        ("By its report of 1 January 2032, the quay was shut in 2031.", "2031"),
        ("The quay cost 1834 crowns and 2,031 lamps.", "2031-03"),
        ("The quay may close; they march 12 miles.", "2031-03"),
        ("An earlier quay was shut on 4 May 1990.", "2031-03"),
        ("As of 14 March 2031 the quay is shut.", "2031"),
    ],
)
def test_a_date_as_precise_as_is_known_passes(claim: str, date: str) -> None:
    assert dated(claim, date) == []


def test_a_writers_date_is_held_against_every_fact_on_the_sentence() -> None:
    shut = fact("shut", "The quay was shut.", kind="event", status="done", date="2031-02", as_of="2032")
    open_ = fact("open", "It was opened.", kind="event", status="done", date="2031-05-02", as_of="2032")
    bad = 'The quay was shut on 3 February 2031 and opened on 2 May 2031.{{ cite("shut", "open") }}'
    (problem,) = over_precise_date.check(memo(bad, shut, open_))
    assert problem.place.column == bad.index("3 February") + 1
    assert problem.hint == "write February 2031"
    good = 'The quay was shut in {{ fact("shut").date }} and opened on 2 May 2031.{{ cite("shut", "open") }}'
    assert found(over_precise_date.check, good, shut, open_) == []


def test_a_day_written_before_a_printed_month_is_reported() -> None:
    assert dated("It was shut.", "2031-02", 'It was shut on 3 {{ fact("x").date }}.{{ cite("x") }}') == [
        "'3 February 2031' is more precise than fact 'x' says: 2031-02"
    ]


def test_a_date_in_a_sentence_without_a_fact_is_another_checks_business() -> None:
    assert dated("It was shut.", "2031-02", '{{ fact("x") }} It was on 3 February 2031.') == []


def test_dates_are_read_in_the_words_of_the_memos_language() -> None:
    months = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
              "November", "Dezember")  # fmt: skip
    style = Style(words={"de": replace(Words(), months=months, day="{day}. {month} {year}", approximate="etwa {date}")})
    one = fact("x", "Der Kai schloss am 12. März 2031.", kind="event", status="done", date="2031-03", as_of="2032")
    more = {"style": style, "language": "de"}
    assert found(over_precise_date.check, '{{ fact("x") }}', one, **more) == [
        "'12. März 2031' is more precise than fact 'x' says: 2031-03"
    ]
    two = replace(one, claim="Der Kai schloss etwa März 2031.", date=day("2031-03~"))
    assert found(over_precise_date.check, '{{ fact("x") }}', two, **more) == []


# unconfirmed, overdue


def graded(*supports: tuple[str, str, str]) -> Dossier:
    held = tuple(Support(source=s, locator="p. 1", quote="q", origin=o, credibility=c) for s, o, c in supports)  # type: ignore[arg-type]
    return Dossier(dossier(fact("x", "It is so.", support=held)), day("2031-03-14"))


@pytest.mark.parametrize(
    "supports",
    [
        (("gazette", "", "1"),),
        (("gazette", "", "1"), ("gazette", "", "2")),
        (("gazette", "port-office", "1"), ("ledger", "port-office", "1")),
    ],
)
def test_what_one_origin_says_is_not_confirmed(supports: tuple[tuple[str, str, str], ...]) -> None:
    (problem,) = unconfirmed.check(graded(*supports))
    assert problem.facts == ("x",)


@pytest.mark.parametrize(
    "supports",
    [
        (("gazette", "", "2"),),
        (("gazette", "", "1"), ("ledger", "", "2")),
        (("gazette", "port-office", "1"), ("gazette", "pilots", "1")),
    ],
)
def test_what_two_origins_say_may_be_graded_as_confirmed(supports: tuple[tuple[str, str, str], ...]) -> None:
    assert list(unconfirmed.check(graded(*supports))) == []


@pytest.mark.parametrize(
    ("review_by", "today", "late"),
    [
        ("2031-03-14", "2031-03-14", False),
        ("2031-03-14", "2031-03-15", True),
        ("2031-03", "2031-03-31", False),
        ("2031-03", "2031-04-01", True),
        ("2031-03-14/..", "2040-01-01", False),
    ],
)
def test_a_fact_is_overdue_from_the_day_after_its_review_date(review_by: str, today: str, late: bool) -> None:
    held = dossier(fact("x", "It is so.", review_by=review_by))
    assert [problem.facts for problem in overdue.check(Dossier(held, day(today)))] == [("x",)] * late


def test_a_fact_that_was_taken_back_is_not_overdue() -> None:
    gone = fact("x", "It is so.", review_by="2030", retired=Change(date=day("2030"), reason="Wrong."))
    old, new = fact("y", "It is so.", review_by="2030"), fact("z", "It is not.", supersedes="y")
    assert list(overdue.check(Dossier(dossier(gone, old, new), day("2031-03-14")))) == []


# uncontested

OLD = fact("old", "The lens is old.", kind="position", contradicts=("new",))
NEW = fact("new", "The lens is new.", kind="position")


@pytest.mark.parametrize(
    "text",
    [
        '# A\n\n{{ fact("old") }} {{ fact("new") }}',
        '# A\n\n{{ fact("old") }}\n\n## B\n\nOthers differ.{{ cite("new") }}',
        '# A\n\nNothing.',
    ],
)  # fmt: skip
def test_both_claims_in_one_section_pass(text: str) -> None:
    assert found(uncontested.check, text, OLD, NEW) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('# A\n\n{{ fact("old") }}', "'old' is contested by 'new', which section 'a' leaves out"),
        ('# A\n\n{{ fact("new") }}', "'new' is contested by 'old', which section 'a' leaves out"),
        ('{{ fact("old") }}', "'old' is contested by 'new', which what stands before the first section leaves out"),
    ],
)
def test_a_contested_fact_without_its_counter_claim_is_reported_in_either_direction(text: str, says: str) -> None:
    assert found(uncontested.check, text, OLD, NEW) == [says]


def test_a_counter_claim_in_another_section_does_not_help() -> None:
    text = '# A\n\n{{ fact("old") }}\n\n# B\n\n{{ fact("old") }} {{ fact("new") }}'
    (problem,) = uncontested.check(memo(text, OLD, NEW))
    assert problem.place.line == 3
    assert problem.facts == ("old", "new")


def test_what_was_taken_back_contests_nothing() -> None:
    gone = replace(NEW, retired=Change(date=day("2030"), reason="Wrong."))
    assert found(uncontested.check, '{{ fact("old") }}', OLD, gone) == []


# over-marked


def marked(marking: str, banner: str, *markings: str) -> list[str]:
    one = fact("x", "It is so.", marking=marking)
    return found(check, '{{ fact("x") }}', one, banner=banner, style=Style(markings=markings))


@pytest.mark.parametrize(
    ("marking", "banner"),
    [
        ("", ""),
        ("OFFICIAL", "OFFICIAL"),
        ("OFFICIAL", "Official-Sensitive"),
        ("OFFICIAL SENSITIVE", "UK SECRET"),
        ("NATO UNCLASSIFIED", "NATO RESTRICTED"),
        ("SECRET", "TOP SECRET"),
        ("NATO SECRET", "COSMIC TOP SECRET"),
        ("SECRET//REL TO NATO", "SECRET"),
        ("TLP:GREEN", "TLP:AMBER+STRICT"),
        ("In house", "Board only"),
    ],
)
def test_a_portion_at_or_below_the_banner_passes(marking: str, banner: str) -> None:
    assert marked(marking, banner, "Public", "In house", "Board only") == []


@pytest.mark.parametrize(
    ("marking", "banner"),
    [
        ("OFFICIAL-SENSITIVE", "OFFICIAL"),
        ("TOP SECRET", "SECRET"),
        ("COSMIC TOP SECRET", "NATO SECRET"),
        ("NATO CONFIDENTIAL", "NATO RESTRICTED"),
        ("TLP:AMBER+STRICT", "TLP:AMBER"),
        ("tlp:red", "TLP:CLEAR"),
        ("Board only", "In house"),
    ],
)
def test_a_portion_above_the_banner_is_reported(marking: str, banner: str) -> None:
    assert marked(marking, banner, "Public", "In house", "Board only") == [
        f"fact 'x' is marked {marking}, above the memo's banner, {banner}"
    ]


@pytest.mark.parametrize(
    ("marking", "banner", "says"),
    [
        ("OFFICAL", "OFFICIAL", "is marked OFFICAL, which is not a known marking"),
        (
            "OFFICIAL",
            "Open sources only",
            "is marked OFFICIAL, and the memo's banner, Open sources only, is not a known",
        ),
        ("OFFICIAL", "", "is marked OFFICIAL, and the memo has no banner"),
        ("TLP:RED", "SECRET", "is marked TLP:RED, which cannot be compared with the memo's banner, SECRET"),
    ],
)
def test_a_marking_that_cannot_be_compared_is_reported(marking: str, banner: str, says: str) -> None:
    (message,) = marked(marking, banner)
    assert message.startswith(f"fact 'x' {says}")


def test_the_banner_of_the_style_counts_where_the_memo_has_none() -> None:
    one = fact("x", "It is so.", marking="SECRET")
    assert found(check, '{{ fact("x") }}', one, style=Style(banner="OFFICIAL")) == [
        "fact 'x' is marked SECRET, above the memo's banner, OFFICIAL"
    ]
