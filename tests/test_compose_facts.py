"""What facts, actors and sources print in a memo."""

from __future__ import annotations

import dataclasses

import pytest
from msgspec.structs import replace

from memo.compose.footnotes import located
from memo.document.sentences import with_full_stop
from memo.document.tree import Claim, Figure, Footnote, Paragraph, Text
from memo.document.walk import inline_text
from memo.facts.dossier import Facts
from memo.facts.front_matter import Template
from memo.facts.style import Style, Words
from tests.compose.harbour import DOSSIER, FRONT_MATTER, NOWHERE, attempt, document, pointed, problems, template
from tests.compose.telling import told


def line(text: str, facts: Facts = DOSSIER) -> str:
    """The only paragraph that a text composes to."""
    (found,) = told(document(text, facts=facts))
    return found.removeprefix("p ")


def test_a_fact_prints_its_claim_and_a_note_that_cites_its_support() -> None:
    (paragraph,) = document('{{ fact("berths-open") }}').blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (
        Claim("The Port of Halvern opened two berths in 2030.", ("berths-open",), "claim"),
        Footnote(
            (Text("Halvern Gazette, para. 2 (relaying the port office; probably true)."),),
            ("berths-open",),
        ),
    )


@pytest.mark.parametrize(
    ("part", "printed"),
    [
        ("berths-open.claim", "{berths-open: The Port of Halvern opened two berths in 2030.}"),
        ("berths-open.brief", "{berths-open.brief: Two berths opened.}"),
        ("berths-open.phrase", "{berths-open.phrase: two berths that opened in 2030}"),
        ("berths-open.label", "{berths-open.label: Two berths open}"),
        ("berths-open.date", "{berths-open.date: 2030}"),
        ("berths-open.as_of", "{berths-open.as_of: 2 March 2031}"),
        ("rail-link.date", "{rail-link.date: March 2031}"),
        ("rail-link.due", "{rail-link.due: 2033}"),
        ("trade.value", "{trade.value: about 600 million crowns}"),
        ("strain.attribution", "{strain.attribution: the mayor}"),
        ("rail-link.status", "announced"),
        ("trade.status", ""),
        ("trade.kind", "quantity"),
    ],
)
def test_a_part_of_a_fact_prints_as_a_claim_without_a_note(part: str, printed: str) -> None:
    id, name = part.split(".")
    assert line(f'x{{{{ fact("{id}").{name} }}}}') == "x" + printed


def test_a_likelihood_prints_as_its_term_and_brings_the_table_of_terms() -> None:
    first, table, *_ = told(document('x {{ fact("strain").likelihood }}'))
    assert first == "p x {strain.likelihood: unlikely}"
    assert table == "table left right What terms of likelihood mean, by ICD 203"


def test_a_part_that_the_fact_lacks_points_at_it_and_says_which_parts_there_are() -> None:
    text = 'A {{ fact("trade").brief }} b'
    assert pointed(text) == [("missing-part", "brief")]
    (problem,) = attempt(text)[1]
    assert problem.message == "fact 'trade' has no 'brief'"
    assert problem.hint == "it has claim, as_of, value"
    assert [(str(place), message) for place, message in problem.related] == [
        ("facts/harbour/harbour.yaml:22:3", "fact 'trade'")
    ]


def test_a_part_that_no_fact_has_is_an_unknown_name_with_the_nearest() -> None:
    (problem,) = attempt('{{ fact("trade").breif }}')[1]
    assert (problem.code, problem.hint) == ("unknown-name", "did you mean 'brief'?")


def test_a_fact_that_is_not_there_points_at_its_id_and_the_rest_is_still_composed() -> None:
    text = '{{ fact("berth-open") }} and {{ fact("trade").claim }}'
    assert pointed(text) == [("unknown-fact", '"berth-open"')]
    found, (problem,) = attempt(text)
    assert problem.hint == "did you mean 'berths-open'?"
    assert found is not None
    assert told(found.document) == ["p [berth-open?] and {trade: The port handled about 600 million crowns of trade.}"]


def test_a_part_of_a_fact_that_is_not_there_is_one_problem_not_two() -> None:
    assert problems('{{ fact("nope").brief.further|upper }}') == ["1:9 unknown-fact: no fact 'nope' in this dossier"]


# Notes


def test_cite_prints_the_note_alone_right_after_the_full_stop() -> None:
    assert line('The writer says so. {{ cite("trade") }} And more.') == (
        "The writer says so.^[Halvern Gazette, para. 7 (relaying the port office; probably true). "
        "Customs ledger, p. 1.] And more."
    )


def test_a_note_for_several_facts_names_each_source_once_for_what_it_carries_alike() -> None:
    assert line('So. {{ cite("berths-open", "trade", "rail-link") }}') == (
        "So.^[Halvern Gazette, para. 2, 7 (relaying the port office; probably true). Customs ledger, p. 1. "
        "Halvern Gazette, para. 5 (relaying the port office; possibly true).]"
    )


def test_sources_that_relay_the_same_share_the_remark() -> None:
    support = DOSSIER.facts["trade"].support[0]
    again = replace(support, source="ledger", origin="port-office", locator="p. 2")
    facts = {**DOSSIER.facts, "trade": replace(DOSSIER.facts["trade"], support=(support, again))}
    assert line('So. {{ cite("trade") }}', facts=dataclasses.replace(DOSSIER, facts=facts)) == (
        "So.^[Halvern Gazette, para. 7; Customs ledger, p. 2 (each relaying the port office; probably true).]"
    )


def test_notes_side_by_side_are_one_and_cite_what_they_share_once() -> None:
    (paragraph,) = document('A. {{ cite("berths-open") }} {{ cite("trade", "berths-open") }}{{ cite("trade") }}').blocks
    assert isinstance(paragraph, Paragraph)
    _, note = paragraph.content
    assert isinstance(note, Footnote)
    assert note.facts == ("berths-open", "trade")
    assert told(document('A. {{ cite("berths-open") }} {{ cite("trade") }}')) == told(
        document('A. {{ cite("berths-open", "trade") }}')
    )


def test_notes_with_words_between_them_stay_apart() -> None:
    assert line('{{ cite("trade") }} x {{ cite("trade") }}').count("^[") == 2


def test_a_curators_own_judgement_says_whose_it_is_and_what_it_is_based_on() -> None:
    assert line('{{ fact("strain") }}') == (
        "{strain: The rail link might crowd the quay.}"
        "^[{strain.judgement: Judgement of the desk officer. Basis: the plans of the quay}.]"
    )


def test_a_source_that_speaks_for_itself_relays_nobody_and_an_ungraded_item_bears_no_grade() -> None:
    assert "Customs ledger, p. 1.]" in line('{{ fact("trade") }}')


def test_an_origin_that_the_style_does_not_name_is_named_by_its_actor_or_by_its_id() -> None:
    def note(style: Style) -> str:
        from memo.compose import compose

        composed, found = compose(template('{{ cite("berths-open") }}'), DOSSIER, style, NOWHERE)
        assert composed is not None
        assert found == []
        return told(composed.document)[0]

    assert "(relaying port office; probably true)" in note(Style())
    words = Words(relaying="{origin} via", credibility={"2": "B2"})
    assert "(port office via; B2)" in note(Style(words={"en": words}))


def test_cite_without_a_fact_or_with_one_that_is_not_there_is_a_problem() -> None:
    assert problems("x {{ cite() }}") == ["1:6 bad-call: cite takes the ids of the facts to cite"]
    assert pointed('x {{ cite("trade", "nope") }}') == [("unknown-fact", '"nope"')]


# Actors and sources


def test_an_actor_prints_its_name_and_parts_as_plain_text_that_markdown_never_reads() -> None:
    assert line(
        '{{ actor("mayor") }}, {{ actor("mayor").role }}; {{ actor("port").short }} {{ actor("port").name }}'
    ) == ("Ada *Quay*, Mayor of Halvern; Port Port of Halvern")
    (paragraph,) = document('{{ actor("mayor") }}').blocks
    assert paragraph.content == (Text("Ada *Quay*"),)  # type: ignore[union-attr]


def test_an_actor_or_a_source_that_is_not_there_is_a_problem_with_the_nearest() -> None:
    found = attempt('{{ actor("pot") }} {{ source("gazete").label }} {{ actor("port").role }}')[1]
    assert [(problem.code, problem.hint) for problem in found] == [
        ("unknown-actor", "did you mean 'port'?"),
        ("unknown-source", "did you mean 'gazette'?"),
        ("missing-part", "it has id, name, short"),
    ]


def test_a_sources_title_keeps_its_language() -> None:
    assert line('{{ source("gazette") }}: {{ source("gazette").title }}, {{ source("gazette").reliability }}') == (
        "Halvern Gazette: it:Due ormeggi, un treno, usually reliable"
    )


# Selection


def ids(call: str) -> list[str]:
    """The ids of the facts that a call of facts selects."""
    (found,) = told(document("x {% for f in " + call + " %}{{ f.id }} {% endfor %}"))
    return found.split()[2:]


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("facts()", ["berths-open", "rail-link", "trade", "strain"]),
        ('facts(section="summary")', ["berths-open", "rail-link"]),
        ('facts("benefits")', ["berths-open", "trade"]),
        ('facts(kind="event")', ["berths-open"]),
        ('facts(status="announced")', ["rail-link"]),
        ('facts(actor="mayor")', ["rail-link"]),
        ('facts(source="ledger")', ["trade"]),
        ('facts(origin="port-office")', ["berths-open", "rail-link", "trade"]),
        ('facts(section="summary", kind="commitment")', ["rail-link"]),
        ('facts(section="summary", kind="position")', []),
    ],
)
def test_facts_selects_in_the_order_of_the_dossier_and_leaves_out_what_is_retired_or_replaced(
    call: str, found: list[str]
) -> None:
    assert ids(call) == found


def test_a_retired_fact_can_still_be_named_for_a_check_to_report() -> None:
    assert line('{{ fact("old-berths").claim }}') == "{old-berths: The port has one berth.}"


@pytest.mark.parametrize(
    ("call", "code", "at", "hint"),
    [
        ('facts(section="sumary")', "unknown-section", '"sumary"', "did you mean 'summary'?"),
        ('facts("sumary")', "unknown-section", '"sumary"', "did you mean 'summary'?"),
        ('facts(kind="evnt")', "bad-call", '"evnt"', "did you mean 'event'?"),
        (
            'facts(status="x")',
            "bad-call",
            '"x"',
            "it is one of 'done', 'under-way', 'announced', 'expected'",
        ),
        ('facts(actor="prt")', "unknown-actor", '"prt"', "did you mean 'port'?"),
        ('facts(source="x")', "unknown-source", '"x"', ""),
        ('facts(origin="port-ofice")', "bad-call", '"port-ofice"', "did you mean 'port-office'?"),
        ("facts(kind=3)", "bad-call", "3", "it is one of"),
    ],
)
def test_a_selection_by_what_there_is_not_is_a_problem_at_that_argument(
    call: str, code: str, at: str, hint: str
) -> None:
    text = "{% for f in " + call + " %}{{ f }}{% endfor %}"
    assert pointed(text) == [(code, at)]
    assert attempt(text)[1][0].hint.startswith(hint)


def test_selected_facts_print_like_a_fact_that_is_named() -> None:
    loop = '{% for f in facts(kind="event") %}{{ f }}{% endfor %}'
    assert line(loop) == line('{{ fact("berths-open") }}')


# The memo


def test_the_title_block_shows_the_memos_date_and_the_latest_as_of_date_of_the_facts_in_use() -> None:
    metadata = document('{{ fact("berths-open") }} {{ fact("trade").brief|default("") }}{{ cite("strain") }}').metadata
    assert (metadata.title, metadata.short_title) == ("Work at the Port of Halvern", "Work at the Port of Halvern")
    assert (metadata.date, metadata.date_shown) == ("2031-03-14", "14 March 2031")
    assert (metadata.as_of, metadata.as_of_shown) == ("2031-03-03", "3 March 2031")


def test_a_memo_without_facts_has_no_as_of_date() -> None:
    metadata = document("Nothing.").metadata
    assert (metadata.as_of, metadata.as_of_shown) == ("", "")


def test_a_memos_own_banner_and_short_title_go_before_the_styles() -> None:
    from memo.compose import compose

    own = replace(FRONT_MATTER, banner="For the desk", short_title="Port")
    style = Style(banner="For all")
    for front_matter, banner, short in ((own, "For the desk", "Port"), (FRONT_MATTER, "For all", FRONT_MATTER.title)):
        composed, _ = compose(template("x", front_matter), DOSSIER, style, NOWHERE)
        assert composed is not None
        assert (composed.document.metadata.banner, composed.document.metadata.short_title) == (banner, short)


def test_a_language_that_the_style_has_no_words_for_is_a_problem_and_there_is_no_document() -> None:
    from memo.compose import compose

    swedish = Template("note", "templates/note.md", replace(FRONT_MATTER, language="sv"), "x")
    composed, (problem,) = compose(swedish, DOSSIER, Style(), NOWHERE)
    assert composed is None
    assert (problem.code, str(problem.place)) == ("unknown-language", "templates/note.md")
    words = Words(bottom_line="Slutsats")
    composed, found = compose(
        dataclasses.replace(swedish, text="> [!bottom-line]\n> x"), DOSSIER, Style(words={"sv": words}), NOWHERE
    )
    assert composed is not None
    assert found == []
    assert told(composed.document)[0] == "bottom-line Slutsats"


def test_the_paragraphs_of_one_source_are_named_in_their_order() -> None:
    assert located(["para. 12", "para. 2", "para. 8"]) == "para. 2, 8, 12"
    assert located(["p. 3", "para. 2"]) == "p. 3, para. 2"
    assert located(["fol. 2v", "fol. 1r"]) == "fol. 2v, 1r"


@pytest.mark.parametrize("mark", [".", "!", "?", ":", ";"])
def test_what_ends_with_a_mark_of_its_own_is_given_no_other(mark: str) -> None:
    """One rule for the label of a source, for the words of a figure, and for its caption."""
    assert with_full_stop(f"The port{mark}") == f"The port{mark}"
    assert with_full_stop("The port") == "The port."
    figure = f'{{{{ figure("timeline", section="summary", alt="The port{mark}", caption="The port{mark}") }}}}'
    (block,) = document(figure).blocks
    assert isinstance(block, Figure)
    assert block.alt.startswith(f"The port{mark} ")
    assert inline_text(block.caption).startswith(f"The port{mark} ")
