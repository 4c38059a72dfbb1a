"""What is wrong with a memo as a whole: its summary, its benefits and risks, its sections, its tables."""

from __future__ import annotations

import pytest

from memo.checks import WholeProject
from memo.checks.long_bottom_line import check as long_bottom_line
from memo.checks.long_summary import check as long_summary
from memo.checks.missing_header import check as missing_header
from memo.checks.one_origin import check as one_origin
from memo.checks.summary_only import check as summary_only
from memo.checks.unguarded_benefit import check as unguarded_benefit
from memo.checks.unused_fact import check as unused_fact
from memo.facts.front_matter import Parts
from tests.checks.prose import DOSSIER, FACTS, memo


def found(check, text, **front):
    return [problem.facts or problem.message for problem in check(memo(text, **front))]


SUMMARY = "# Executive summary\n\n{}\n\n# Body\n\n{}"


@pytest.mark.parametrize(("count", "problems"), [(60, 0), (61, 1)])
def test_a_bottom_line_has_sixty_words_at_most(count, problems):
    text = " ".join(["word"] * (count - 1))
    assert len(found(long_bottom_line, f"> [!bottom-line]\n> {text}.\n>\n> Last.\n\n> [!note]\n> {text}.")) == problems


@pytest.mark.parametrize(("count", "problems"), [(350, 0), (351, 1)])
def test_a_summary_has_350_words_at_most(count, problems):
    words = "Word word word word word word word. " * 60
    text = " ".join(words.split()[:count])
    assert len(found(long_summary, SUMMARY.format(text, words * 9))) == problems


def test_a_summary_has_seven_points_at_most():
    points = "\n".join(f"- Point {letter}\n  - Within it" for letter in "abcdefg")
    assert found(long_summary, SUMMARY.format(points, points)) == []
    [message] = found(long_summary, SUMMARY.format(f"{points}\n- One more", "Text."))
    assert "8 points" in message


def test_the_front_matter_says_which_section_is_the_summary():
    text = "# In short\n\n" + "- Point\n" * 8
    assert found(long_summary, text) == []
    assert len(found(long_summary, text, parts=Parts(summary="in-short"))) == 1


def test_the_summary_and_the_bottom_line_use_no_fact_that_the_body_does_not():
    box = '> [!bottom-line]\n> {{ fact("crowd") }}\n\n'
    alone = box + SUMMARY.format('{{ fact("both") }}', '{{ fact("visit") }}')
    assert found(summary_only, alone) == [("crowd",), ("both",)]
    assert found(summary_only, box + SUMMARY.format('{{ fact("both") }}', 'All.{{ cite("both", "crowd") }}')) == []


def test_a_memo_without_a_body_has_nothing_to_sum_up():
    assert found(summary_only, '# Executive summary\n\n{{ fact("both") }}') == []
    assert found(summary_only, '# Body\n\n{{ fact("both") }}') == []


BENEFITS = "# Benefits to all\n\n{}\n\n# Risks\n\n{}"


@pytest.mark.parametrize("benefit", ["link", "fares"])
def test_a_benefit_that_hangs_on_an_announcement_needs_a_risk_that_mentions_it(benefit):
    used = f'{{{{ fact("{benefit}") }}}}'
    assert found(unguarded_benefit, BENEFITS.format(used, '{{ fact("crowd") }}')) == [(benefit,)]
    for risk in ("link", "fares", "delay"):
        assert found(unguarded_benefit, BENEFITS.format(used, f'Beware.{{{{ cite("{risk}") }}}}')) == []


def test_a_benefit_of_what_is_done_needs_none():
    assert found(unguarded_benefit, BENEFITS.format('{{ fact("berths") }}', "None.")) == []


def test_without_risks_nothing_is_said_of_benefits():
    assert found(unguarded_benefit, '# Benefits\n\n{{ fact("link") }}') == []


def test_the_front_matter_says_which_sections_tell_of_benefits_and_risks():
    text = '# Gains\n\n{{ fact("link") }}\n\n# Dangers\n\nNone.'
    assert found(unguarded_benefit, text) == []
    assert found(unguarded_benefit, text, parts=Parts(benefits=("gains",), risks="dangers")) == [("link",)]


TIDE = '{{ fact("trade") }} {{ fact("coast") }} {{ fact("crowd") }}'


def test_one_origin_behind_more_than_half_of_a_section_is_reported_at_its_heading():
    [problem] = one_origin(memo(f'# Body\n\n{TIDE} {{{{ fact("both") }}}} {{{{ fact("visit") }}}}'))
    assert problem.place.line == 1
    assert problem.message == "3 of the 5 facts of this section come from Tide Watch alone"


@pytest.mark.parametrize(
    "text",
    [
        f'# Body\n\n{TIDE} {{{{ fact("berths") }}}} {{{{ fact("visit") }}}} {{{{ fact("link") }}}}',
        f"# Body\n\n{TIDE}",
        f'# Executive summary\n\n{TIDE} {{{{ fact("both") }}}}',
        "# Body\n\nNothing.",
    ],
)
def test_half_of_a_section_a_short_one_and_the_summary_may_rest_on_one_origin(text):
    assert found(one_origin, text) == []


def test_every_column_needs_a_heading():
    assert found(missing_header, "| A | B |\n|---|---|\n| 1 | |") == []
    [message] = found(missing_header, "| A | |\n|---|---|\n| 1 | 2 |")
    assert "column 2" in message
    assert len(found(missing_header, "> | | |\n> |---|---|\n> | 1 | 2 |")) == 2


def test_a_fact_that_no_memo_uses_is_noted_unless_some_memo_has_errors():
    memos = (memo('{{ fact("both") }}'), memo('One.{{ cite("crowd") }}'))
    unused = [problem.facts for problem in unused_fact(WholeProject(memos, {"harbour": DOSSIER}))]
    assert unused == [(id,) for id in FACTS if id not in ("both", "crowd")]
    assert list(unused_fact(WholeProject(memos, {"harbour": DOSSIER}, sound=False))) == []
