"""Prose that has gone stale is found at its own words, and what changed with its fact, or was reworded, is not."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from msgspec.structs import replace

from memo.checks import Earlier
from memo.checks.stale_prose import check
from memo.document.tree import Basis
from tests.checks.prose import FACTS, memo

CLAIMS: Mapping[str, str] = {fact.id: fact.claim for fact in FACTS.values()}


def stale(now: str, then: str = "", **claims: str) -> list[tuple[str, ...]]:
    """The facts of which a text tells in words that have gone stale; ``claims`` are what facts claimed then."""
    return [problem.facts for problem in problems(now, then, **claims)]


def problems(now, then="", **claims):
    earlier = Earlier(memo(then or now).composed.document, {**CLAIMS, **claims})
    return list(check(dataclasses.replace(memo(now), earlier=earlier)))


def test_a_sentence_that_stayed_while_the_fact_it_cites_changed_is_stale():
    [problem] = problems('Trade is brisk.{{ cite("trade") }}', trade="It was slow.")
    assert (problem.place.line, problem.place.column, problem.place.length) == (1, 1, len("Trade is brisk."))
    assert "‘It was slow.’" in problem.message
    assert f"‘{FACTS['trade'].claim}’" in problem.message
    assert problem.facts == ("trade",)


def test_where_nothing_changed_nothing_is_stale():
    assert stale('Trade is brisk.{{ cite("trade") }}') == []


def test_a_sentence_that_was_reworded_is_not_stale():
    assert stale('Trade is slow.{{ cite("trade") }}', 'Trade is brisk.{{ cite("trade") }}', trade="Old.") == []


def test_a_sentence_that_did_not_cite_the_fact_then_is_not_stale():
    assert stale('Trade is brisk.{{ cite("trade") }}', "Trade is brisk.", trade="Old.") == []


def test_what_shows_the_fact_changes_with_it():
    assert stale('There is {{ fact("coast").phrase }}.{{ cite("coast") }}', coast="Old.") == []
    text = 'There is {{ fact("coast").phrase }}. There are {{ fact("berths").phrase }}.{{ cite("coast", "berths") }}'
    assert stale(text, coast="Old.") == []


def test_a_sentence_about_one_fact_that_shows_another_is_stale():
    text = 'Beside {{ fact("coast").phrase }}, trade is brisk.{{ cite("coast", "trade") }}'
    assert stale(text, trade="Old.") == [("trade",)]


def test_a_heading_that_runs_in_is_stale_where_it_tells_something():
    text = '**{}.** There is {{{{ fact("coast").phrase }}}}.{{{{ cite("coast") }}}}'
    assert stale(text.format("The coast is guarded"), coast="Old.") == [("coast",)]
    assert stale(text.format("The coast"), coast="Old.") == []


def test_a_run_of_sentences_with_one_note_is_reported_once():
    [problem] = problems('**What trade does.** Trade is brisk. It grows.{{ cite("trade") }}', trade="Old.")
    assert problem.place.column == len("**What trade does.** ") + 1


def test_digests_tell_of_more_than_the_claim():
    now = memo('Trade is brisk.{{ cite("trade") }}')

    def based(digest):
        return replace(now.composed.document, basis=(Basis("trade", digest),))

    made = replace(now.composed, document=based("b"))
    found = check(dataclasses.replace(now, composed=made, earlier=Earlier(based("a"), CLAIMS)))
    assert [problem.facts for problem in found] == [("trade",)]
    assert list(check(dataclasses.replace(now, composed=made, earlier=Earlier(based("b"), CLAIMS)))) == []
