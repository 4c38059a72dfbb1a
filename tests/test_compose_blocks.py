"""Figures, the list of sources, the summary statement, page breaks."""

from __future__ import annotations

import dataclasses

import pytest
from msgspec.structs import replace

from memo.compose.back_matter import counted, likelihood_table
from memo.document.tree import Bar, Figure
from memo.document.walk import inline_text
from memo.facts.dossier import Value
from memo.facts.style import Words
from tests.compose.harbour import DOSSIER, FACTS, attempt, composed, day, document, pointed
from tests.compose.telling import told


def test_a_timeline_shows_dated_facts_in_order_of_time_with_all_of_it_in_its_alternative_text() -> None:
    text = '{{ figure("timeline", section="summary", alt="Two steps", caption="Steps, " ~ fact("berths-open").date) }}'
    assert told(document(text)) == [
        "figure timeline Steps, {berths-open.date: 2030}. Hollow markers: announced or expected.",
        "  2030 Two berths open berths-open done",
        "  2033 The port office says that it intends to build a rail link. rail-link announced",
        "  alt Two steps. 2030: Two berths open; 2033: The port office says that it intends to build a rail link. "
        "Hollow markers: announced or expected.",
    ]


@pytest.mark.parametrize(
    "chosen",
    ['facts=["rail-link", "berths-open"]', 'facts=facts("summary")', 'facts=[fact("rail-link"), "berths-open"]'],
)
def test_a_figures_facts_are_named_or_selected(chosen: str) -> None:
    assert told(document('{{ figure("timeline", ' + chosen + ") }}"))[1:3] == [
        "  2030 Two berths open berths-open done",
        "  2033 The port office says that it intends to build a rail link. rail-link announced",
    ]


def test_a_figure_that_its_writer_puts_in_no_words_has_no_alternative_text() -> None:
    assert told(document('{{ figure("timeline", section="summary", alt=" ") }}'))[-1] == "  alt "


def test_what_is_done_stands_where_it_happened_not_where_it_was_due() -> None:
    done = replace(FACTS["rail-link"], status="done")
    facts = dataclasses.replace(DOSSIER, facts={**FACTS, "rail-link": done})
    assert "  2031-03 " in "\n".join(told(document('{{ figure("timeline", section="summary") }}', facts=facts)))


def test_dates_before_year_one_and_open_intervals_come_first() -> None:
    dates = {"a": "2030", "b": "-0043", "c": "../2029", "d": "2029?/2031"}
    held = {id: replace(FACTS["berths-open"], id=id, label=id, date=day(date)) for id, date in dates.items()}
    facts = dataclasses.replace(DOSSIER, facts=held)
    assert [line.split()[1] for line in told(document('{{ figure("timeline") }}', facts=facts))[1:5]] == list("cbda")


@pytest.mark.parametrize(
    ("call", "code", "at", "hint"),
    [
        ('figure("timelin", section="summary")', "unknown-figure", '"timelin"', "did you mean 'timeline'?"),
        ('figure("pie", section="summary")', "unknown-figure", '"pie"', "it is one of 'timeline'"),
        (
            'figure("timeline", facts=["trade", "berths-open"])',
            "bad-figure",
            '["trade", "berths-open"]',
            "a fact shows",
        ),
        ('figure("timeline", facts=["nope", "berths-open"])', "unknown-fact", None, ""),
        ('figure("timeline", section="nope")', "unknown-section", '"nope"', ""),
        ('figure("timeline", facts="trade")', "bad-call", None, ""),
        ('figure("timeline", alt=3)', "bad-call", "3", ""),
        ("figure()", "bad-call", "figure()", "it takes kind, facts, section, alt, caption"),
    ],
)
def test_a_figure_that_cannot_be_drawn_is_a_problem_at_the_argument(
    call: str, code: str, at: str | None, hint: str
) -> None:
    text = "x\n\n{{ " + call + " }}"
    found = pointed(text)
    assert found[0][0] == code
    assert at is None or found[0][1] == at
    assert len(found) == 1
    assert attempt(text)[1][0].hint.startswith(hint)


def test_a_figure_may_stand_in_a_list_and_its_facts_count_as_used() -> None:
    text = '- {{ figure("timeline", section="summary") }}\n\n{{ source_summary() }}'
    lines = told(document(text))
    assert lines[2] == "  figure timeline Hollow markers: announced or expected."
    assert "two facts" in lines[-2]


def test_the_list_of_sources_has_those_in_use_by_label_with_grades_in_words() -> None:
    text = '{{ sources() }}\n\nA {{ cite("trade") }}'
    assert told(document(text)) == [
        "ul loose",
        "- ",
        "  p **Customs ledger.** Undated. Monthly counts. Reliability cannot be judged.",
        "- ",
        "  p **Halvern Gazette.** *it:Due ormeggi, un treno*, A. Writer, B. Author, The Halvern Gazette, Gazette "
        "Press, issued 2 March 2031, [https://example.org/a?b=1](https://example.org/a?b=1), accessed 5 March 2031. "
        "Local newspaper; reports what the port office says. Usually reliable.",
        told(document('A {{ cite("trade") }}'))[0],
    ]


def test_a_memo_without_facts_lists_no_source() -> None:
    assert told(document("x\n\n{{ sources() }}")) == ["p x"]


def test_the_summary_statement_counts_what_the_finished_memo_uses() -> None:
    text = '{{ source_summary() }}\n\n{{ fact("trade") }} {{ fact("berths-open").brief }} '
    text += '{{ cite("rail-link", "strain") }}'
    assert told(document(text))[:2] == [
        "p This memo rests on three facts drawn from two sources; behind their passages stand two distinct origins. "
        "Two of the three facts come from a single origin; one is carried by two or more. "
        "The memo rests most on Halvern Gazette, which carries three of the three facts. "
        "Customs ledger is graded “reliability cannot be judged”. Halvern Gazette is graded “usually reliable”. "
        "Of the four passages cited, two are graded “probably true”, one is graded “possibly true”, "
        "one bears no grade. One fact rests on no source but the curator’s own judgement.",
        "p Truth, and the balance of judgement, are not something a tool can check.",
    ]


def test_sources_that_carry_equally_many_facts_are_named_side_by_side() -> None:
    text = '{{ source_summary() }}\n\n{{ fact("trade") }}'
    assert "rests most, and equally, on Customs ledger, Halvern Gazette, each of which carries one of" in str(
        told(document(text))[0]
    )


def test_a_memo_of_judgements_alone_says_that_no_source_stands_behind_it() -> None:
    told_of = told(document('{{ source_summary() }}\n\n{{ fact("strain").claim }}'))
    assert told_of[0] == "p One fact rests on no source but the curator’s own judgement."


def test_numbers_are_in_words_up_to_twelve_and_words_agree_with_them() -> None:
    pattern = "{n} {n:source|sources} of {m} {m:fact|facts}, {x}"
    assert counted(pattern, Words(), n=1, m=12) == "one source of twelve facts, {x}"
    assert counted(pattern, Words(), n=0, m=13) == "none sources of 13 facts, {x}"


def test_a_page_break_stands_by_itself() -> None:
    assert told(document("a\n\n{{ page_break() }}\n\nb")) == ["p a", "page break", "p b"]


def test_page_breaks_part_what_stands_around_them_once() -> None:
    broken = "{{ page_break() }}\n\n"
    assert told(document(f"{broken}a\n\n{broken}{broken}b\n\n---\n\n{broken}c\n\n{broken}{broken}")) == [
        "p a", "page break", "p b", "rule", "page break", "p c",
    ]  # fmt: skip


def test_bars_show_the_facts_that_have_a_value_and_refuse_unlike_units() -> None:
    facts = {
        id: replace(DOSSIER.facts["trade"], id=id, value=Value(amount=amount, unit=unit), label=id.title())
        for id, amount, unit in (("oak", "3", "tonnes"), ("ash", "4.5", "tonnes"), ("elm", "7", "crates"))
    }
    dossier = dataclasses.replace(DOSSIER, facts={**DOSSIER.facts, **facts})
    (figure,) = document('{{ figure("bars", facts=["oak", "ash"], alt="Two woods.") }}', facts=dossier).blocks
    assert isinstance(figure, Figure)
    assert figure.data == (Bar("Oak", "3", "3 tonnes", ("oak",)), Bar("Ash", "4.5", "4.5 tonnes", ("ash",)))
    assert figure.alt == "Two woods. Oak: 3 tonnes; Ash: 4.5 tonnes."
    _, found = attempt('{{ figure("bars", facts=["oak", "elm"], alt="Two.") }}', facts=dossier)
    assert [(problem.code, problem.message) for problem in found] == [
        ("bad-figure", "bars of unlike units: tonnes, crates")
    ]
    _, found = attempt('{{ figure("bars", facts=["berths-open"], alt="None.") }}', facts=dossier)
    assert [problem.code for problem in found] == ["bad-figure"]


def test_a_timeline_with_something_still_to_happen_says_what_a_hollow_marker_means() -> None:
    (figure,) = document(
        '{{ figure("timeline", facts=["berths-open", "rail-link"], alt="Work", caption="Work at the port") }}'
    ).blocks
    assert isinstance(figure, Figure)
    assert inline_text(figure.caption) == "Work at the port. Hollow markers: announced or expected."
    assert figure.alt.endswith("Hollow markers: announced or expected.")


TABLE = [
    "table left right What terms of likelihood mean, by ICD 203",
    "  Term | Chance",
    "  almost no chance or remote | 1–5%",
    "  very unlikely or highly improbable | 5–20%",
    "  unlikely or improbable | 20–45%",
    "  roughly even chance or roughly even odds | 45–55%",
    "  likely or probable | 55–80%",
    "  very likely or highly probable | 80–95%",
    "  almost certain or nearly certain | 95–99%",
]


def test_the_likelihood_table_stands_where_the_template_puts_it_if_a_term_is_used() -> None:
    assert told(document("{{ likelihood_table() }}\n\nA strike is likely.")) == [*TABLE, "p A strike is likely."]
    assert told(document("{{ likelihood_table() }}\n\nA strike is coming.")) == ["p A strike is coming."]


def test_without_that_it_ends_the_section_that_lists_the_sources_or_the_memo() -> None:
    text = '# A\n\nA strike is likely.{{ cite("trade") }}\n\n# S\n\n{{ sources() }}\n\nNone.\n\n# Z\n\nEnd.'
    lines = told(document(text))
    assert lines[lines.index("p None.") + 1 : lines.index("h1 #z Z")] == TABLE
    assert told(document("A strike is likely.\n\n# Z")) == ["p A strike is likely.", "h1 #z Z", *TABLE]


def test_a_term_that_a_fact_prints_counts_and_one_of_the_other_scale_does_not() -> None:
    assert told(document('So: {{ fact("strain").likelihood }}.'))[1:] == TABLE
    assert told(document("A strike is highly likely.")) == ["p A strike is highly likely."]


def test_its_own_words_are_those_of_the_style() -> None:
    words = Words(likelihood_term="Wort", likelihood_chance="Heißt", icd203=tuple("abcdefg"))
    table = likelihood_table("icd203", words)
    assert [inline_text(cell.content) for cell in table.header.cells] == ["Wort", "Heißt"]
    assert [inline_text(row.cells[0].content) for row in table.rows] == list("abcdefg")


def test_the_table_is_known_as_memos_own() -> None:
    made = composed("A strike is likely.")
    assert made.generated == {made.document.blocks[-1].key}
