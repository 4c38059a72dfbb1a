"""Quotes are looked up in articles as a careful reader would, and figures in quotes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from memo.checks import ambiguous_quote, lost_quote, uncarried_figure, wrong_paragraph
from memo.checks.reading import numbers
from memo.checks.reading.numbers import values_in
from memo.cli import main
from memo.facts.articles import fold
from memo.facts.articles import folded as folded_text
from tests.checks.evidence import ARTICLE, dossier, look_up

FOUND = (
    "two new berths",
    "berths - 'a beginning'".replace("'", '"'),
    "office's head",
    "office’s head, and 12 per cent",
    "two\u00a0new  berths —",
    "begin in 2032. The office",
    "cafe\u0301",
    "build it; The office",
)
LOST = {
    "three new berths": 'para. 2 has "[two] new berths"; the quote has "three" there',
    "two berths": 'para. 2 has "two [new] berths"; the quote has nothing there',
    "two brand new berths": 'para. 2 has "two [] new berths"; the quote has "brand" there',
    "Two new berths": 'para. 2 has "[two] new berths"; the quote has "Two" there',
    "2 per cent": 'para. 2 has "[12] per cent"; the quote has "2" there',
    "new berth": 'para. 2 has "new [berths]"; the quote has "berth" there',
    "office intends to built it": 'para. 3 has "office intends to [build] it"; the quote has "built" there',
    "a bridge over the strait": "no passage of the article comes near it",
}


@pytest.mark.parametrize("quote", FOUND)
def test_a_quote_is_found_whatever_its_white_space_dashes_and_quotation_marks(quote: str, tmp_path: Path) -> None:
    assert look_up(lost_quote.check, tmp_path, {"locator": "p. 1", "quote": quote}) == []


@pytest.mark.parametrize("quote", LOST)
def test_a_quote_that_differs_is_lost_and_the_nearest_passage_shows_how(quote: str, tmp_path: Path) -> None:
    (problem,) = look_up(lost_quote.check, tmp_path, {"locator": "para. 2", "quote": quote})
    assert problem.hint == LOST[quote]
    assert problem.facts == ("growth",)


def test_a_quote_with_other_words_around_it_than_its_prefix_is_lost(tmp_path: Path) -> None:
    support = {"locator": "para. 2", "quote": "two new berths", "prefix": "The harbour has"}
    (problem,) = look_up(lost_quote.check, tmp_path, support)
    assert problem.hint == 'para. 2 has "The port has two new berths – “a beginning”, says…"'


@pytest.mark.parametrize("locator", ["para. 2", "paras. 1-2", "paragraph 2", "Para. 2, first sentence", "paras. 2–4"])
def test_a_quote_that_stands_in_the_paragraphs_named_is_in_its_place(locator: str, tmp_path: Path) -> None:
    assert look_up(wrong_paragraph.check, tmp_path, {"locator": locator, "quote": "two new berths"}) == []


@pytest.mark.parametrize("locator", ["p. 2", "headline", "fol. 3", "παρ. 10", "parade 7"])
def test_a_locator_that_names_no_paragraph_is_left_alone(locator: str, tmp_path: Path) -> None:
    assert look_up(wrong_paragraph.check, tmp_path, {"locator": locator, "quote": "two new berths"}) == []


@pytest.mark.parametrize(
    ("locator", "quote", "hint"),
    [
        ("para. 1", "two new berths", "it stands in para. 2"),
        ("para. 5", "two new berths", "it stands in para. 2; the article ends with para. 4"),
        ("para. 2", "The office intends", "it stands in para. 3 and para. 4"),
        ("para. 3", "build it; The office", "it stands in paras. 3-4"),
    ],
)
def test_a_quote_in_another_paragraph_is_told_with_where_it_stands(
    locator: str, quote: str, hint: str, tmp_path: Path
) -> None:
    (problem,) = look_up(wrong_paragraph.check, tmp_path, {"locator": locator, "quote": quote})
    assert problem.hint == hint


def test_a_quote_is_ambiguous_only_where_it_is_looked_for(tmp_path: Path) -> None:
    def found(**support: str) -> list[str]:
        return [problem.message for problem in look_up(ambiguous_quote.check, tmp_path, support)]

    assert found(locator="para. 4", quote="intends to build") == []
    assert found(locator="p. 1", quote="intends to build", suffix="a café") == []
    assert found(locator="p. 1", quote="intends to build") == [
        "the quote stands twice in gazette.txt, and nothing says which is meant"
    ]
    assert "paras. 3-4" in found(locator="paras. 3-4", quote="intends to build")[0]


def figures(text: str) -> dict[str, frozenset[numbers.Magnitude]]:
    return {text[number.start : number.end]: number.values for number in numbers.figures(text)}


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("3 ships", {3}),
        ("twenty-three ships", {23}),
        ("two hundred and fifty thousand tonnes", {250_000}),
        ("a hundred and one", {101}),
        ("half a million", {500_000}),
        ("2.5 million", {2_500_000}),
        ("2,500,000", {2_500_000}),
        ("2 500 000", {2_500_000}),
        ("€2.5bn", {Decimal("2.5"), 2_500_000_000}),
        ("12% and 1990s", {12, 1990}),
        ("on 21–22 January", {21, 22}),
        ("the 600-kilometre line", {600}),
        ("two and three", {2, 3}),
        ("3,5", {Decimal("3.5")}),
        ("in 2026 100 ships", {2026, 100}),
        ("1.000.000,50", {Decimal("1000000.5")}),
        ("two and a half million", {2_500_000}),
        ("two hundred\u00a0thousand", {200_000}),
        ("2 hundred thousand", {200_000}),
        ("$2.5M", {Decimal("2.5"), 2_500_000}),
        ("mid-2031", {2031}),
        ("9km", {9}),
        ("at 10:30", {10, 30}),
    ],
)
def test_a_figure_is_read_in_digits_and_in_words(text: str, amounts: set[Decimal]) -> None:
    assert set().union(*figures(text).values()) == amounts


@pytest.mark.parametrize(
    "text",
    ["F-35 jets", "the G20", "COVID-19", "one of them", "no one", "hundreds of ships", "the first ship", "both sides",
     "someone often attends a tenth", "the twenty-first century", "release v2.5",
     "release 2.5.1", "a two-way street", "the F‑35"],
)  # fmt: skip
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert figures(text) == {}


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("It has 2 berths.", "two new berths"),
        ("It has two berths.", "both berths"),
        ("It cost 2.5 million euros.", "2,500,000 euros"),
        ("It cost 250,000 euros.", "a quarter of a million: two hundred and fifty thousand"),
        ("It grew by 50 per cent.", "by half"),
        ("It opened on 4 May 2030.", "opened"),
        ("The Gazette of 2 March 2031 says so.", "so"),
        ("The Group of 7 ports met.", "met"),
        ("For ten years it grew.", "a decade of growth"),
        ("One of the ships waits.", "a ship waits"),
    ],
)
def test_a_figure_that_the_quote_a_date_or_a_name_has_is_carried(claim: str, quote: str, tmp_path: Path) -> None:
    made = dossier(tmp_path, {"locator": "p. 1", "quote": quote}, claim=claim, date='"2030-05-04"', actors="[g7]")
    assert list(uncarried_figure.check(made)) == []


@pytest.mark.parametrize(
    ("claim", "quote", "figure"),
    [
        ("It has three berths.", "two new berths", "three"),
        ("It cost 2.5 million euros.", "2.5 euros", "2.5 million"),
        ("It opened on 5 May 2030.", "opened", "5"),
        ("It grew by 21 per cent.", "by 12 per cent", "21"),
        ("It opened in 2029.", "opened", "2029"),
        ("It takes May’s 5 ships.", "ships", "5"),
        ("It grew…  by €7bn or so.", "grew", "€7bn"),
    ],
)
def test_a_figure_that_nothing_has_is_reported_at_its_place(
    claim: str, quote: str, figure: str, tmp_path: Path
) -> None:
    made = dossier(tmp_path, {"locator": "p. 1", "quote": quote}, claim=claim, date='"2030-05-04"')
    (problem,) = uncarried_figure.check(made)
    assert f"'{figure}'" in problem.message
    line = (tmp_path / problem.place.path).read_text("utf-8").split("\n")[problem.place.line - 1]
    assert line[problem.place.column - 1 :][: problem.place.length] == figure


def test_a_value_is_read_with_its_unit_and_a_figure_is_told_once_a_fact(tmp_path: Path) -> None:
    support = {"locator": "p. 1", "quote": "2.5 million euros"}
    made = dossier(tmp_path, support, kind="quantity", value="{amount: '2.5', unit: million euros}")
    assert list(uncarried_figure.check(made)) == []
    made = dossier(tmp_path, support, claim="It has 7 ships.", brief="Seven ships are there.", phrase="seven ships")
    assert len(list(uncarried_figure.check(made))) == 1


@given(st.text(alphabet="ab -–—’'\u00a0\u00ad\u200b\n\t…e\u0301éAΩ1.", max_size=40))
def test_folding_loses_no_place_and_folds_what_is_folded_to_itself(text: str) -> None:
    folded = fold(text)
    assert folded.text == folded_text(text)
    assert fold(folded.text).text == folded.text
    offsets = [folded.offset(index) for index in range(len(folded.text) + 1)]
    assert offsets == sorted(offsets)
    assert fold(folded.original_words(0, len(folded.text))).text == folded.text


@given(st.integers(0, 10**9))
def test_a_number_in_digits_carries_itself_however_it_is_grouped(number: int) -> None:
    assert all(
        Decimal(number) in values_in(text) for text in (str(number), f"{number:,}", f"{number:,}".replace(",", " "))
    )


def told(folder: Path, *options: str) -> list[tuple[str, str, str]]:
    """Code, path and message of each error and warning that the command gives with the folder of articles."""
    (folder / "templates").mkdir(exist_ok=True)
    command = ["-C", str(folder), "check", "--articles", str(folder / "articles"), "--json", *options]
    problems = json.loads(CliRunner().invoke(main, command).output)["problems"]
    serious = [problem for problem in problems if problem["severity"] != "note" and problem["code"] != "no-memo"]
    return [(problem["code"], problem["place"]["path"], problem["message"]) for problem in serious]


SUPPORT = {"locator": "para. 2", "quote": "two new berths"}


@pytest.mark.parametrize("text", ["../secret.txt", "lower/gazette.txt", "/etc/hostname", "gazette", "."])
def test_an_article_is_read_from_the_folder_itself_and_from_nowhere_else(text: str, tmp_path: Path) -> None:
    dossier(tmp_path, SUPPORT)
    for name in ("secret.txt", "articles/lower/gazette.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ARTICLE, "utf-8")
    sheet = tmp_path / "facts" / "harbour" / "sheet.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("text: gazette.txt", f"text: {text}"), "utf-8")
    message = f"there is no article '{text}': no quote from it was looked up"
    assert told(tmp_path) == [("lost-article", "facts/harbour/sheet.yaml", message)]


def test_a_source_that_facts_rest_on_and_that_names_no_text_is_told(tmp_path: Path) -> None:
    dossier(tmp_path, SUPPORT)
    sheet = tmp_path / "facts" / "harbour" / "sheet.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("text: gazette.txt, ", ""), "utf-8")
    message = "source 'gazette' names no text: no quote from it was looked up"
    assert told(tmp_path) == [("lost-article", "facts/harbour/sheet.yaml", message)]


def test_an_article_that_cannot_be_read_is_told_once_and_no_quote_is_called_lost(tmp_path: Path) -> None:
    dossier(tmp_path, SUPPORT)
    (tmp_path / "articles" / "gazette.txt").write_bytes("Zwei Anlegeplätze".encode("latin-1"))
    assert [code for code, _, _ in told(tmp_path)] == ["not-utf-8"]


def test_an_article_may_have_characters_that_no_memo_can_carry(tmp_path: Path) -> None:
    dossier(tmp_path, SUPPORT)
    (tmp_path / "articles" / "gazette.txt").write_bytes(b"\xef\xbb\xbfHead\x0c\r\n\r\nIt has two new\x07 berths.\r\n")
    assert [code for code, _, _ in told(tmp_path)] == []
