"""How sure a memo is: likelihoods, confidence, whose they are, and what goes badly together."""

from __future__ import annotations

import pytest

from memo.checks import double_hedge, likelihood_term, misplaced_likelihood, mixed_certainty, unowned_judgement
from memo.facts.likelihood import SCALES, levels_in, terms_in
from tests.checks.harbour import confident, fact, found, likely, memo

PILOTS = "the harbour pilots"
STORM = fact("storm", "The pilots judge that a storm is likely to close the quay.", likelihood=likely("likely"))
GRANT = fact("grant", "The pilots have moderate confidence that the grant stays.", confidence=confident("moderate"))


# Which words are terms


@pytest.mark.parametrize("term", [term for bands in SCALES.values() for band in bands for term in band.terms])
def test_each_term_of_both_scales_is_found_whole(term: str) -> None:
    text = f"The chance is {term}." if term == "remote" else f"It is {term}."
    assert [one.term for one in terms_in(text)] == [term]
    assert [one.term for one in terms_in(text.upper())] == [term]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("It is highly unlikely, and the rest is unlikely.", ["highly unlikely", "unlikely"]),
        ("Questions likely to be asked", ["likely"]),
        ("He called it “unlikely”.", ["unlikely"]),
        ("It will probably fail.", ["probably"]),
        ("It will almost certainly fail.", ["almost certainly"]),
        ("The risk of a flood is remote.", ["remote"]),
        ("There is a remote possibility of that.", ["remote"]),
        ("It is quite likely.", ["quite likely"]),
        ("It is extremely unlikely.", ["extremely unlikely"]),
    ],
)
def test_terms_are_found(text: str, terms: list[str]) -> None:
    assert [one.text for one in terms_in(text)] == terms


@pytest.mark.parametrize(
    "text",
    [
        "Ferries serve the remote islands.",
        "The region is remote, and the chance of a ferry is small.",
        "A remote-controlled lamp was fitted.",
        "The police had probable cause.",
        "Neither paper says how likely any of this is.",
        "The rail link makes trade more likely than before.",
        "It is as likely as not.",
        "It was the most likely route.",
        "An unlikely alliance of pilots and mayors formed.",
        "Likely voters were asked.",
        "The likelihood of rain is not known.",
        "They certainly came.",
        "There is a chance of rain, and even odds are offered.",
        "The passage is graded as probably true.",
        "Proven and probable reserves have grown.",
    ],
)
def test_ordinary_words_are_no_terms(text: str) -> None:
    assert terms_in(text) == []


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("The pilots say so with high confidence.", "high"),
        ("We have low confidence in this judgement.", "low"),
        ("Its confidence in that is moderate.", "moderate"),
        ("Our confidence is low.", "low"),
        ("This is a moderate-confidence assessment.", "moderate"),
        ("Confidence: high", "high"),
    ],
)
def test_confidence_levels_are_found(text: str, level: str) -> None:
    assert [one.term for one in levels_in(text)] == [level]


@pytest.mark.parametrize(
    "text",
    [
        "Voters have low confidence in the government.",
        "Consumer confidence is low.",
        "The mayor lost a vote of no confidence.",
        "High hopes give confidence.",
        "Confidence in the crown is low.",
        "The desk gives no level of confidence.",
    ],
)
def test_other_confidence_is_no_level(text: str) -> None:
    assert levels_in(text) == []


# likelihood-term


def test_one_term_of_the_scale_passes() -> None:
    assert found(likelihood_term.check, '{{ fact("storm") }}', STORM) == []


def test_the_longest_term_counts() -> None:
    one = fact("x", "The pilots judge a storm very unlikely.", likelihood=likely("very unlikely"))
    assert found(likelihood_term.check, '{{ fact("x") }}', one) == []


def test_a_second_term_in_a_sentence_is_reported_where_it_stands() -> None:
    text = 'A storm is likely, and a flood unlikely.{{ cite("storm") }}'
    (problem,) = likelihood_term.check(memo(text, STORM))
    assert problem.message == "a second likelihood term in one sentence: 'unlikely' after 'likely'"
    assert (problem.place.column, problem.place.length) == (text.index("unlikely") + 1, len("unlikely"))


def test_terms_of_two_sentences_do_not_disturb_each_other() -> None:
    assert found(likelihood_term.check, 'A storm is likely. A flood is unlikely.{{ cite("storm") }}', STORM) == []


@pytest.mark.parametrize(
    ("scale", "term", "hint"),
    [
        ("icd203", "highly unlikely", "by the PHIA yardstick it means 10–20%; by ICD 203 that is 'very unlikely' "
         "(5–20%)"),
        ("phia", "very likely", "by ICD 203 it means 80–95%; by the PHIA yardstick that is 'highly likely' (80–90%)"),
        (
            "icd203",
            "realistic possibility",
            "by the PHIA yardstick it means 40–<50%; by ICD 203 that is 'unlikely' (20–45%) or 'roughly even chance' "
            "(45–55%)",
        ),
        ("phia", "improbable", "by ICD 203 it means 20–45%; by the PHIA yardstick that is 'unlikely' (25–35%) or "
         "'realistic possibility' (40–<50%)"),
    ],
)  # fmt: skip
def test_a_term_of_the_other_scale_is_reported_with_what_fits(scale: str, term: str, hint: str) -> None:
    (problem,) = likelihood_term.check(memo(f"That is {term}.", scale=scale))
    assert problem.message.startswith(f"'{term}' is not a term of ")
    assert problem.hint == hint


def test_words_of_no_scale_are_reported() -> None:
    assert found(likelihood_term.check, "A storm is quite likely.") == [
        "'quite likely' is not a term of ICD 203, the memo's scale"
    ]


def test_a_fact_judged_by_the_other_scale_is_reported() -> None:
    one = fact("x", "The pilots judge a storm likely.", likelihood=likely("likely", scale="phia"))
    assert found(likelihood_term.check, '{{ fact("x") }}', one) == [
        "fact 'x' means 'likely' by another scale than the memo's, ICD 203"
    ]
    assert found(likelihood_term.check, '{{ fact("x") }}', one, scale="phia") == []


def test_a_facts_own_term_must_be_of_the_scale_that_it_names() -> None:
    one = fact("x", "The pilots expect a storm.", likelihood=likely("highly likely"))
    assert found(likelihood_term.check, '{{ fact("x") }}', one) == ["'highly likely' is not a term of ICD 203"]


def test_what_memo_itself_writes_is_not_looked_through() -> None:
    text = '{{ fact("storm") }}\n\n# Sources\n\n{{ source_summary() }}\n\n{{ sources() }}\n\n{{ likelihood_table() }}\n'
    for check in (likelihood_term.check, unowned_judgement.check, misplaced_likelihood.check):
        assert found(check, text, STORM) == []


# mixed-certainty


@pytest.mark.parametrize(
    "text",
    [
        'The pilots judge with high confidence that a storm is likely.{{ cite("storm") }}',
        'A storm is **{{ fact("storm").likelihood }}**, and confidence in that is {{ fact("grant").confidence }}.',
        'A storm is likely (moderate confidence).{{ cite("storm") }}',
    ],
)
def test_a_likelihood_and_a_confidence_in_one_sentence_are_reported(text: str) -> None:
    assert len(found(mixed_certainty.check, text, STORM, GRANT)) == 1


def test_in_two_sentences_they_pass() -> None:
    text = '{{ fact("storm") }} {{ fact("grant") }} Public confidence is high, and rain likely.'
    assert found(mixed_certainty.check, text, STORM, GRANT) == []


# unowned-judgement


@pytest.mark.parametrize(
    "text",
    [
        '{{ fact("storm") }}',
        '{{ fact("grant") }}',
        'To the harbour pilots, a storm is likely.{{ cite("storm") }}',
        'To the pilots, a storm is {{ fact("storm").likelihood }}.{{ cite("storm") }}',
        'The pilots say so with moderate confidence.{{ cite("grant") }}',
        'The pilots’ confidence in that is {{ fact("grant").confidence }}.{{ cite("grant") }}',
        'A storm is probable, the pilots judge.{{ cite("storm") }}',
        "Nobody says how likely this is.",
    ],
)
def test_a_judgement_that_a_fact_carries_and_the_sentence_gives_to_somebody_passes(text: str) -> None:
    assert found(unowned_judgement.check, text, STORM, GRANT) == []


def test_an_attribution_may_name_the_holder() -> None:
    one = fact("x", "A storm is likely.", likelihood=likely("likely"), attribution="the pilots of the harbour")
    assert found(unowned_judgement.check, '{{ fact("x") }}', one) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A flood is likely.", "is nobody's: no fact stands on this sentence"),
        ('The pilots call a storm very likely.{{ cite("storm") }}', "is nobody's: fact 'storm' has 'likely'"),
        ('The pilots call it likely.{{ cite("grant") }}', "is nobody's: no fact on this sentence has a likelihood"),
        ('The pilots have high confidence.{{ cite("grant") }}', "is nobody's: fact 'grant' has 'moderate'"),
        (
            'The pilots have high confidence.{{ cite("storm") }}',
            "is nobody's: no fact on this sentence has a confidence",
        ),
        (
            'A storm is likely.{{ cite("storm") }}',
            "is held by the harbour pilots, whom neither the sentence nor an attribut",
        ),
    ],
)
def test_a_judgement_that_nobody_holds_is_reported(text: str, says: str) -> None:
    (message,) = found(unowned_judgement.check, text, STORM, GRANT)
    assert f"' {says}" in message


def test_a_claim_with_a_likelihood_that_its_fact_does_not_have_is_reported() -> None:
    one = fact("x", "The pilots say a storm is likely.")
    assert found(unowned_judgement.check, '{{ fact("x") }}', one) == [
        "'likely' is nobody's: no fact on this sentence has a likelihood"
    ]


# misplaced-likelihood


def test_only_an_assessment_may_have_a_likelihood() -> None:
    one = fact("x", "The mayor holds it open.", kind="position", likelihood=likely("likely"))
    assert found(misplaced_likelihood.check, '{{ fact("x") }}', one) == [
        "fact 'x' has a likelihood, but its kind is position"
    ]


def test_a_term_told_of_another_kind_is_reported_once_and_by_one_check() -> None:
    one = fact("x", "The mayor calls a flood unlikely.", kind="position")
    assert found(misplaced_likelihood.check, '{{ fact("x") }}', one) == [
        "'unlikely' is told of fact 'x', whose kind is position"
    ]
    assert found(unowned_judgement.check, '{{ fact("x") }}', one) == []
    assert len(found(misplaced_likelihood.check, 'A flood is unlikely.{{ cite("x") }}', one)) == 1


def test_a_term_on_an_assessment_beside_an_event_passes() -> None:
    event = fact("x", "The quay was closed.", kind="event", status="done")
    text = 'The quay was closed, and the pilots judge a storm likely.{{ cite("x", "storm") }}'
    assert found(misplaced_likelihood.check, text, event, STORM) == []


# double-hedge


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ('To the pilots it is likely that a storm could close the quay.{{ cite("storm") }}', "could"),
        ('The pilots judge it likely that a storm may come.{{ cite("storm") }}', "may"),
        ('A possible storm is likely, the pilots judge.{{ cite("storm") }}', "possible"),
        ('Perhaps; the pilots might call a storm likely.{{ cite("storm") }}', "might"),
    ],
)
def test_a_hedge_beside_a_likelihood_is_reported(text: str, hedge: str) -> None:
    assert found(double_hedge.check, text, STORM) == [f"'{hedge}' hedges what is already called 'likely'"]


def test_a_hedge_in_a_fact_that_has_a_likelihood_is_reported() -> None:
    one = fact("x", "The pilots judge that a storm might come.", likelihood=likely("unlikely"))
    assert found(double_hedge.check, '{{ fact("x") }}', one) == ["'might' hedges what is already called 'unlikely'"]


@pytest.mark.parametrize(
    "text",
    [
        'The pilots say a storm in May is likely.{{ cite("storm") }}',
        'The pilots judge that a storm is likely to break the port’s naval might.{{ cite("storm") }}',
        'The pilots judge a storm likely, and warn as soon as possible.{{ cite("storm") }}',
        'The pilots judge a storm likely, and will shut the quay where possible.{{ cite("storm") }}',
        '{{ fact("storm") }} The quay might close.{{ cite("grant") }}',
        'A realistic possibility is that a storm comes.{{ cite("storm") }}',
        "It might be likely.",
    ],
)
def test_what_is_no_hedge_of_an_assessment_passes(text: str) -> None:
    assert found(double_hedge.check, text, STORM, GRANT) == []
