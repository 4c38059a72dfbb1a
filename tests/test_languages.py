"""The languages that come with memo: their words, and how they write numbers, dates and counts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict, replace

from memo.facts.counts import amount_in_words, counted
from memo.facts.date_words import date_in_words
from memo.facts.declare import TextShape, shape_of
from memo.facts.dossier import Value
from memo.facts.edtf import parse
from memo.facts.languages import REGIONS, SHIPPED, shipped_words
from memo.facts.style import Style, Words
from memo.facts.style_file import load_style_file
from memo.templating.values import value_text

OTHERS = tuple(language for language in SHIPPED if language != "en")

ALIKE = {
    "de": {"semicolon", "first_day", "counting", "season", "month"},
    "fr": {"date", "figure", "day", "month", "season", "days"},
    "ru": {"semicolon", "first_day"},
    "tr": {"semicolon", "first_day", "counting", "day", "month", "season", "days"},
    "az": {"semicolon", "first_day", "counting", "day", "month", "season", "days", "percent"},
}
"""What a language has in common with English, each looked at by itself."""


def words_of(language: str) -> Words:
    words = shipped_words(language)
    assert words is not None
    return words


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_word_of_its_own(language: str) -> None:
    english, own = asdict(Words()), asdict(words_of(language))
    own = {name: value for name, value in own.items() if name != "months_alone"}
    alike = {name for name, value in own.items() if value == english[name]}
    assert alike == ALIKE[language]


@pytest.mark.parametrize("language", OTHERS)
def test_a_pattern_names_only_what_is_filled_in(language: str) -> None:
    own = words_of(language)
    for key, declared in shape_of(Words).properties.items():
        if isinstance(declared.shape, TextShape) and declared.shape.parts is not None:
            named = set(re.findall(r"\{(\w+)[}:]", getattr(own, declared.name)))
            assert named <= set(declared.shape.parts), key
            assert named or key == "first-day", f"{key} loses what it is to tell"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ("1,600", "2.50", "-1,234,567.5", "600", "25%")),
        ("de", ("1.600", "2,50", "-1.234.567,5", "600", "25\xa0%")),
        ("fr", ("1\u202f600", "2,50", "-1\u202f234\u202f567,5", "600", "25\xa0%")),
        ("ru", ("1\xa0600", "2,50", "-1\xa0234\xa0567,5", "600", "25\xa0%")),
        ("tr", ("1.600", "2,50", "-1.234.567,5", "600", "%25")),
        ("az", ("1.600", "2,50", "-1.234.567,5", "600", "25%")),
        ("de-CH", ("1'600", "2.50", "-1'234'567.5", "600", "25%")),
        ("de-AT", ("1.600", "2,50", "-1.234.567,5", "600", "25\xa0%")),
        ("en-GB", ("1,600", "2.50", "-1,234,567.5", "600", "25%")),
    ],
)
def test_amounts_keep_their_precision_and_take_the_customs_of_the_language(
    language: str, shown: tuple[str, ...]
) -> None:
    words = words_of(language)
    amounts = tuple(amount_in_words(amount, words) for amount in ("1600", "2.50", "-1234567.5", "600"))
    assert (*amounts, value_text(Value(amount="25", unit="%"), words)) == shown


def test_customs_are_those_of_the_cldr() -> None:
    babel = pytest.importorskip("babel", reason="babel is not installed")
    numbers = pytest.importorskip("babel.numbers")
    dates = pytest.importorskip("babel.dates")
    for language in (*SHIPPED, *REGIONS):
        locale, words = babel.Locale.parse(language, sep="-"), words_of(language)
        symbols = locale.number_symbols["latn"]
        assert (words.grouping, words.decimal) == (symbols["group"], symbols["decimal"]), language
        percent = value_text(Value(amount="25", unit="%"), words)
        assert percent == numbers.format_percent(0.25, locale=locale), language
        assert words.months == tuple(dates.get_month_names("wide", "format", locale).values()), language
        alone = tuple(dates.get_month_names("wide", "stand-alone", locale).values())
        assert (words.months_alone or words.months) == alone, language


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ("14 March 2031", "March 2031", "spring 2031", "2031", "the 2020s", "the 1900s", "1–3 March 2031")),
        ("de", ("14. März 2031", "März 2031", "Frühjahr 2031", "2031", "2020er-Jahre", "20. Jahrhundert",
                "1.–3. März 2031")),
        ("fr", ("14 mars 2031", "mars 2031", "printemps 2031", "2031", "années 2020", "XXe siècle", "1er–3 mars 2031")),
        ("ru", ("14 марта 2031 года", "март 2031 года", "весна 2031 года", "2031", "2020-е годы", "XX век",
                "1–3 марта 2031 года")),
        ("tr", ("14 Mart 2031", "Mart 2031", "ilkbahar 2031", "2031", "2020–2029 yılları", "20. yüzyıl",
                "1–3 Mart 2031")),
        ("az", ("14 mart 2031", "mart 2031", "yaz 2031", "2031", "2020–2029-cu illər", "XX əsr", "1–3 mart 2031")),
    ],
)  # fmt: skip
def test_dates_stand_as_the_language_has_them(language: str, shown: tuple[str, ...]) -> None:
    dates = ("2031-03-14", "2031-03", "2031-21", "2031", "202X", "19XX", "2031-03-01/2031-03-03")
    assert tuple(in_words(date, language) for date in dates) == shown


def in_words(date: str, language: str) -> str:
    parsed = parse(date)
    assert parsed is not None
    return date_in_words(parsed, words_of(language))


def test_the_first_of_a_month_and_centuries_in_roman_numerals() -> None:
    assert in_words("2031-03-01", "fr") == "1er mars 2031"
    shown = [in_words(f"{century - 1:02}XX", "ru") for century in (4, 9, 14, 19, 21)]
    assert shown == ["IV век", "IX век", "XIV век", "XIX век", "XXI век"]


def test_counts_take_the_form_that_the_language_needs() -> None:
    pattern = "{facts:# факт|# факта|# фактов}"
    shown = [
        counted(pattern, words_of("ru"), facts=number) for number in (0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 111, 1001)
    ]
    assert shown == [
        "нет фактов", "один факт", "два факта", "четыре факта", "пять фактов", "одиннадцать фактов",
        "двенадцать фактов", "21 факт", "22 факта", "25 фактов", "111 фактов", "1\xa0001 факт",
    ]  # fmt: skip
    shown = [counted("{facts:# fait|# faits}", words_of("fr"), facts=number) for number in (0, 1, 2)]
    assert shown == ["aucun fait", "un fait", "deux faits"]
    shown = [counted("{facts} {facts:fact|facts}", Words(), facts=number) for number in (0, 1, 2)]
    assert shown == ["none facts", "one fact", "two facts"]


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("number", [0, 1, 2, 5, 21])
def test_a_count_leaves_no_brace_and_no_sign(language: str, number: int) -> None:
    words = words_of(language)
    for name, pattern in asdict(words).items():
        if name.startswith("summary_"):
            counts = dict.fromkeys(("facts", "sources", "origins", "single", "shared", "count", "passages"), number)
            filled = counted(pattern.replace("{sources}", "A") if name == "summary_tied" else pattern, words, **counts)
            assert not re.search(r"[#|{}]", re.sub(r"\{(source|grade|grades)\}", "", filled)), name


def style_of(folder: Path, text: str) -> tuple[Style, list[Any]]:
    path = folder / "style.yaml"
    path.write_text(text, encoding="utf-8")
    file, problems = load_style_file(path, folder)
    return file.style, problems


def test_a_style_corrects_one_word_and_keeps_the_others(tmp_path: Path) -> None:
    style, problems = style_of(tmp_path, "words: {de: {memorandum: Vorlage}, de-AT: {to: Für}}\n")
    assert problems == []
    german, austrian, swiss = (style.words_for(tag) for tag in ("de", "de-AT", "de-CH"))
    assert german == replace(words_of("de"), memorandum="Vorlage")
    assert austrian == replace(words_of("de"), memorandum="Vorlage", to="Für")
    assert swiss is not None
    assert (swiss.memorandum, swiss.grouping) == ("Vorlage", "'")


def test_other_scripts_are_other_words() -> None:
    assert shipped_words("az-Cyrl") is None
    assert shipped_words("az-Latn-AZ") is words_of("az")
    assert shipped_words("ru-Cyrl") is words_of("ru")
    assert shipped_words("sv") is None


def test_amounts_of_a_language_that_memo_does_not_know_stand_as_written(tmp_path: Path) -> None:
    style, problems = style_of(tmp_path, "words: {sv: {to: Till}}\n")
    words = style.words_for("sv")
    assert words is not None
    assert amount_in_words("1600.5", words) == "1600.5"
    assert [(problem.code, problem.severity) for problem in problems] == [("missing-words", "warning")]
    assert "customs for numbers" in problems[0].message
    style, problems = style_of(
        tmp_path, "words: {sv: {to: Till, decimal: ',', grouping: ' ', percent: '{amount} %'}}\n"
    )
    assert "customs for numbers" not in problems[0].message
