"""Long sentences and acronyms that are not spelt out, as an editor would mark them."""

from __future__ import annotations

import pytest

from memo.checks.long_sentence import check as long_sentence
from memo.checks.unspelt_acronym import check as unspelt_acronym
from tests.checks.prose import memo, words_found


def counted(number, word="word"):
    return " ".join([word] * number)


def test_the_first_word_too_many_is_pointed_at():
    assert words_found(long_sentence, f"{counted(30)} much more.") == ["much"]


@pytest.mark.parametrize(
    "text",
    [
        f"{counted(30)}.",
        f"{counted(29)} cross-border. {counted(30)}.",
        f"{counted(29)} – word.",
        f"{counted(29)}, 600.",
        f"Quay met {counted(20)}; {counted(20)}; and {counted(20)}.",
        f"- {counted(20)}\n- {counted(20)}",
    ],
)
def test_thirty_words_are_not_too_many(text):
    assert words_found(long_sentence, text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{counted(29)} 600 km.",
        f"{counted(20)}; {counted(20)}.",
        f"{counted(15)}—{counted(16)}.",
        f"Ships; {counted(31)}; trains.",
        f"- {counted(31)}",
        f'There are {{{{ fact("berths").phrase }}}} {counted(26)}.',
        f"| {counted(31)} |\n|---|\n| A |",
    ],
)
def test_more_than_thirty_are(text):
    assert len(list(long_sentence(memo(text)))) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The CUP decides.", ["CUP"]),
        ("The OSCE went, and the OSCE came back.", ["OSCE"]),
        ("Some NGOs and an MP’s staff object.", ["NGO", "MP"]),
        ("The WTO decides. The World Trade Organization (WTO) is slow.", ["WTO"]),
        ("The World Trade Organization (OSCE) is slow.", ["OSCE"]),
        ("(OSCE) it says.", ["OSCE"]),
        ("A ship of the BAY fleet.", ["BAY"]),
        ("Money for R&D is short.", ["R&D"]),
    ],
)
def test_an_acronym_that_is_not_spelt_out_is_found_once(text, found):
    assert words_found(unspelt_acronym, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The Customs Union of Ports decides. The CUP has met.",
        "The World Trade Organization (WTO) is slow. The WTO’s staff is not.",
        "The WTO (World Trade Organization) is slow.",
        "An Individually Tailored Partnership Programme (ITPP) and another ITPP.",
        "The Organization for Security and Co-operation in Europe (OSCE) met; the OSCE-led talks went on.",
        "LOSH decides, and BAY Naval School obeys.",
        "The State Oil Company (SOCAR) has met; see ANNEX A.",
        "UN, EU and US rules; the UK’s GDP; at 3 PM.",
        "Louis XIV and Chapter VII; Part II of it.",
        "By SC-2026-01, an F-16 and COVID-19 rules.",
        "DONE",
        "THE QUAY IS OPEN",
        "The quay is OPEN, and open it stays.",
        "# OSCE\n\nNothing.",
        "Dr Smith and J. K. Miller met Mr McDonald; U.S. ships left.",
    ],
)
def test_what_is_spelt_out_or_needs_no_spelling_out_is_left_alone(text):
    assert words_found(unspelt_acronym, text) == []


def test_an_acronym_in_a_facts_words_is_found_too():
    assert len(list(unspelt_acronym(memo('{{ fact("coast") }} The CUP.')))) == 0
    [problem] = unspelt_acronym(memo("| What |\n|---|\n| The CUP |"))
    assert "‘CUP’" in problem.message
