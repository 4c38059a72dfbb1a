"""What rests on one voice is told as its word, in all the ways in which English memos say so."""

from __future__ import annotations

import dataclasses

import pytest
from msgspec.structs import replace

from memo.checks.unattributed import check
from tests.checks.prose import memo


def untold(text):
    return [problem.facts for problem in check(memo(text))]


SAID = [
    'The port office says that it opened {{ fact("berths").phrase }}.{{ cite("berths") }}',
    'The Halvern Gazette has {{ fact("berths").phrase }}.{{ cite("berths") }}',
    'The piece “All of Halvern” tells of growth.{{ cite("berths") }}',
    'According to the port office, it grew.{{ cite("berths") }}',
    'By the port office’s account, it grew.{{ cite("berths") }}',
    'Quay speaks of {{ fact("visit").phrase }}.{{ cite("visit") }}',
    'Ada Quay speaks of {{ fact("visit").phrase }}.{{ cite("visit") }}',
    'Neither source tells of {{ fact("visit").phrase }}.{{ cite("visit") }}',
    'Both report that it grew.{{ cite("visit") }}',
    '{{ fact("delay") }}',
    'This desk expects {{ fact("delay").phrase }}.{{ cite("delay") }}',
    'We see {{ fact("delay").phrase }} ahead.{{ cite("delay") }}',
    'In our judgement it slips.{{ cite("delay") }}',
    '{{ fact("both") }} There is {{ fact("both").phrase }}.',
    '**Berths.** The port office tells of growth. There are {{ fact("berths").phrase }}.{{ cite("berths") }}',
    'The port office tells of growth. Much of it is new. There are {{ fact("berths").phrase }}.',
    'Much is new. The port office tells of growth. It also reports {{ fact("berths").phrase }}.',
    'Much is new. Quay was there. She recalls {{ fact("visit").phrase }}.',
    'Much is new. Quay was there. In her account, it was {{ fact("visit").phrase }}.',
    'The port office reports:\n\n- {{ fact("berths").claim }}',
    '# What the port office reports\n\nThere is news.\n\n{{ fact("berths").claim }}',
    '# News\n\nThe port office reports much.\n\nThere is more.\n\n{{ fact("berths").claim }}',
    '# News\n\nThe port office reports much.\n\n## Berths\n\n{{ fact("berths").claim }}',
    '> The port office reports much.\n>\n> {{ fact("berths").claim }}',
    '1. The port office reports much.\n\n   {{ fact("berths").claim }}',
    '- The port office reports much.\n  - {{ fact("berths").claim }}',
    'Table: What the port office reports\n\n| A |\n|---|\n| {{ fact("berths").claim }} |',
    '| The port office | Quay |\n|---|---|\n| {{ fact("berths").claim }} | {{ fact("visit").phrase }} |',
    '| A | B |\n|---|---|\n| {{ fact("berths").claim }} | says the port office |',
    '| A |\n|---|\n| {{ fact("berths").label }}{{ cite("berths") }} |',
    'Watch whether the yard is done.{{ cite("visit") }}',
    '**Watch** what comes.{{ cite("visit") }}',
    'Will the yard be done?{{ cite("visit") }}',
]


@pytest.mark.parametrize("text", SAID)
def test_it_is_said_whose_word_it_is(text):
    assert untold(text) == []


UNSAID = [
    ('1. The port office reports much.\n2. {{ fact("berths").claim }}', ("berths",)),
    ('There are {{ fact("berths").phrase }}.{{ cite("berths") }}', ("berths",)),
    ('{{ fact("crowd") }}', ("crowd",)),
    ('The port has grown.{{ cite("berths", "both") }}', ("berths",)),
    ('Tide Watch reports that the port has grown.{{ cite("berths") }}', ("berths",)),
    ('The Port of Halvern has {{ fact("berths").phrase }}.', ("berths",)),
    ('It is late: {{ fact("delay").phrase }}.{{ cite("delay") }}', ("delay",)),
    ('This memo adds nothing to {{ fact("delay").phrase }}.', ("delay",)),
    ('US firms fear {{ fact("delay").phrase }}.', ("delay",)),
    ('The quay is new. It was opened with {{ fact("berths").phrase }}.', ("berths",)),
    ('The port office was rebuilt.\n\nThere are {{ fact("berths").phrase }}.', ("berths",)),
    ('# The port office\n\nNews.\n\n# Berths\n\nThere are {{ fact("berths").phrase }}.', ("berths",)),
    ('Much is new. Now the port office has news. It was there that {{ fact("berths").phrase }} came.', ("berths",)),
    ('| A |\n|---|\n| {{ fact("berths").claim }} |', ("berths",)),
    ('| A |\n|---|\n| Growth{{ cite("berths") }} |', ("berths",)),
    ('The trade is {{ fact("trade").value }}.{{ cite("trade") }}', ("trade",)),
]


@pytest.mark.parametrize(("text", "facts"), UNSAID)
def test_it_is_not_said_whose_word_it_is(text, facts):
    assert untold(text) == [facts]


def test_a_shared_note_asks_no_other_sentence_than_the_one_that_shows_the_fact():
    text = 'There is growth. Quay tells of {{ fact("visit").phrase }}.{{ cite("visit") }}'
    assert untold(text) == []


def test_another_facts_phrase_says_nothing_of_whose_word_this_is():
    text = 'There are {{ fact("berths").phrase }} beside {{ fact("coast").phrase }}.{{ cite("berths", "coast") }}'
    assert sorted(untold(text)) == [("berths",), ("coast",)]


def test_facts_of_one_voice_at_one_note_are_one_problem():
    [problem] = check(memo('Much is new.{{ cite("berths", "link") }}'))
    assert problem.facts == ("berths", "link")
    assert "the port office alone" in problem.message


def test_each_memo_calls_an_origin_as_its_own_style_does_also_where_they_share_a_dossier():
    plain = memo('There are {{ fact("berths").phrase }}.{{ cite("berths") }}')
    other = dataclasses.replace(plain, style=replace(plain.style, origins={"port-office": "Quayside House"}))
    (one,), (two,), (again,) = check(plain), check(other), check(plain)
    assert "Quayside House alone" in two.message
    assert "Quayside House" not in one.message
    assert again == one
