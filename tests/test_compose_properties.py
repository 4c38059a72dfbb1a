"""What holds of every memo, whatever its facts say and whatever its template does."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from memo.document.as_json import from_json, to_json
from memo.document.tree import Claim, Document, Footnote, Heading, Link, Paragraph, Text
from memo.document.walk import block_nodes, inlines, text_runs
from tests.compose.harbour import DOSSIER, FACTS, attempt, document
from tests.documents import ANY

MARKUP = st.sampled_from(
    ["*", "**", "_", "`", "#", "# ", "- ", "1. ", "> ", "[a](b)", "![", "](", "|", "\\", "<b>", "</b>", "<!--", "&amp;",
     "&", "\n", "\n\n", "    ", "{{", "}}", "{%", "%}", "{#", "#}", "{{ fact('trade') }}", "{% raw %}", "]]>", "'",
     "~~",
     "https://x.y", "Table: ", "[!note]", "---", "  \n", "\t", "$", "%", "^[", "\u2028", "\u00a0", "\u202e", "ə", "’"]
)  # fmt: skip
CLAIMS = st.lists(MARKUP | st.text(ANY, max_size=4), min_size=1, max_size=12).map("".join).filter(str.strip)

PLACES = (
    "{{ fact('trade') }}",
    "**{{ fact('trade').claim }}**",
    "# {{ fact('trade').claim }}",
    "- {{ fact('trade').claim }}",
    "| a |\n|---|\n| {{ fact('trade').claim }} |",
    "> {{ fact('trade').claim }}",
    "> [!note]\n> {{ fact('trade').claim }}",
    "[{{ fact('trade').claim }}](https://x.y)",
    "{% set s %}{{ fact('trade') }}{% endset %}{{ s }}",
    "{% macro m(f) %}{{ f }}{% endmacro %}{{ m(fact('trade')) }}",
    "{{ [fact('trade').claim, 'x'] | join(', ') }}",
    "{% for f in facts(kind='quantity') %}{{ f }}{% endfor %}",
    "a {{ 'b' ~ fact('trade').claim ~ 'c' }} d",
    "{% macro m() %}{{ caller(fact('trade')) }}{% endmacro %}{% call(f) m() %}{{ f.claim }}{% endcall %}",
    "{% filter default('x') %}a {{ fact('trade').claim }} b{% endfilter %}",
    "{{ figure('timeline', section='summary', caption=fact('trade').claim) }}",
)


@given(CLAIMS, st.sampled_from(PLACES))
def test_any_text_in_a_claim_comes_out_as_it_went_in_wherever_it_is_printed(claim: str, text: str) -> None:
    facts = dataclasses.replace(DOSSIER, facts={**FACTS, "trade": replace(FACTS["trade"], claim=claim)})
    found = document(text, facts=facts)
    shown = [inline for run in text_runs(found) for inline in inlines(run) if isinstance(inline, Claim)]
    assert [(inline.text, inline.facts, inline.part) for inline in shown] == [(claim, ("trade",), "claim")]


@given(CLAIMS)
def test_any_text_in_a_source_or_an_actor_comes_out_as_it_went_in(words: str) -> None:
    words = words.strip()
    actors = {"port": replace(DOSSIER.actors["port"], name=words)}
    sources = {**DOSSIER.sources, "ledger": replace(DOSSIER.sources["ledger"], label=words)}
    (paragraph,) = document(
        "a {{ actor('port') }} b {{ cite('trade') }}",
        facts=dataclasses.replace(DOSSIER, actors=actors, sources=sources),
    ).blocks
    assert isinstance(paragraph, Paragraph)
    text, note = paragraph.content
    assert isinstance(text, Text)
    assert text.text == f"a {words} b"
    assert isinstance(note, Footnote)
    assert isinstance(note.content[0], Text)
    assert f". {words}, p. 1." in note.content[0].text


# Any template

SCRAPS = st.sampled_from(
    [
        *(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "{%-",
            "-%}",
            "'",
            "(",
            ")",
            "[",
            "]",
            "|",
            "*",
            "**",
            "_",
            "`",
            "# ",
            "> ",
        ),
        *(
            "> [!note]\n",
            "- ",
            "1. ",
            "\n",
            "\n\n",
            "    ",
            "\t",
            "|a|b|\n|--|--|\n|",
            "\\",
            "<",
            ">",
            "&amp;",
            "&#xE000;",
        ),
        *("[x]: y\n", "[a](b)", "![a](b)", "[a](http://b)", "<b>", "<!--", "---\n", "===\n", "Table: ", "\r\n", "é"),
        *("\x00", "\ue000", "\U000f0000", "\ud800", "\u2028", "{{ fact('trade') }}", "{{ cite('strain') }}"),
        *("{{ fact('nope').brief }}", "{% for f in facts() %}", "{% endfor %}", "{{ f }}", "{% if ", "{% endif %}"),
        *("{% set x %}", "{% endset %}", "{% macro m(a) %}", "{% endmacro %}", "{{ m(1) }}", "{% call m(2) %}"),
        *(
            "{% endcall %}",
            "{{ sources() }}",
            "{{ page_break() }}",
            "{{ source_summary() }}",
            "{{ likelihood_table() }}",
            "{% include 'x' %}",
        ),
        *("{{ figure('timeline', section='summary') }}", "{% raw %}", "{% endraw %}"),
    ]
)

VALUES = (
    "1", "'a'", "fact", "facts()", "fact('trade')", "fact('berths-open').brief", "fact('x')", "cite('trade')", "nix",
    "actor('port')", "none", "true", "[]", "{}", "range(3)", "f", "loop.index", "sources()", "1.5", "10**15", "'**b**'",
    "namespace(a=1)", "figure('timeline', section='summary')", "source('ledger')", "'\\ue000'",
)  # fmt: skip
OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "~", "==", "<", "in", "and", "or")
FILTERS = (
    "upper", "capitalize", "join(',')", "list", "first", "last", "length", "sort", "sort(attribute='date')", "unique",
    "default('d')", "map(attribute='claim')|join", "map('upper')|first", "groupby('kind')", "date", "reverse", "select",
    "selectattr('brief')", "sort('x','y','z','w')",
)  # fmt: skip
ATTRIBUTES = ("brief", "date", "id", "nope", "__class__", "actors", "items", "grouper")
TESTS = ("defined", "odd", "string", "in([1])", "divisibleby(0)", "eq(1)")

EXPRESSIONS = st.recursive(
    st.sampled_from(VALUES),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(OPERATORS), inner),
        st.builds("({}|{})".format, inner, st.sampled_from(FILTERS)),
        st.builds("{}.{}".format, inner, st.sampled_from(ATTRIBUTES)),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("{}({})".format, inner, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({}) is {}".format, inner, st.sampled_from(TESTS)),
    ),
    max_leaves=5,
)


def blocks(body: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Statements of Jinja around a body."""
    return st.one_of(
        st.builds("{{% for f in {} %}}{}{{% else %}}n{{% endfor %}}".format, EXPRESSIONS, body),
        st.builds("{{% for f, g in {} if f %}}{}{{{{ loop.index }}}}{{% endfor %}}".format, EXPRESSIONS, body),
        st.builds("{{% if {} %}}{}{{% endif %}}".format, EXPRESSIONS, body),
        st.builds("{{% set f = {} %}}".format, EXPRESSIONS),
        st.builds("{{% set a, b = {} %}}".format, EXPRESSIONS),
        st.builds("{{% set f %}}{}{{% endset %}}".format, body),
        st.builds("{{% macro m(a, b=1) %}}{}{{{{ a }}}}{{% endmacro %}}{{{{ m({}) }}}}".format, body, EXPRESSIONS),
        st.builds("{{% call ({})(1) %}}{}{{% endcall %}}".format, EXPRESSIONS, body),
        st.builds("{{% include {} %}}".format, EXPRESSIONS),
        st.builds("{{% import {} as f %}}{{{{ f.z }}}}".format, EXPRESSIONS),
        st.builds("{{% filter {} %}}{}{{% endfilter %}}".format, st.sampled_from(FILTERS), body),
        st.builds("{{% set f | {} %}}{}{{% endset %}}{{{{ f }}}}".format, st.sampled_from(FILTERS), body),
        st.builds("{{% from {} import z %}}{{{{ z }}}}".format, EXPRESSIONS),
    )


BODIES = st.recursive(
    SCRAPS.filter(lambda scrap: not scrap.startswith(("{", "-%"))) | st.builds("{{{{ {} }}}}".format, EXPRESSIONS),
    lambda inner: blocks(inner) | st.lists(inner, max_size=4).map("".join),
    max_leaves=6,
)
TEMPLATES = st.lists(SCRAPS | st.text(max_size=3), max_size=20).map("".join) | st.lists(BODIES, max_size=5).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEMPLATES)
def test_no_template_makes_compose_raise_and_what_it_makes_keeps_its_promises(text: str) -> None:
    found, problems = attempt(text)
    assert found is not None or problems
    assert all(problem.place.line >= 1 or problem.code == "template-syntax" for problem in problems)
    if found is not None:
        keeps_its_promises(found.document)
        assert all(found.places.of(node) for node in block_nodes(found.document.blocks))
        assert all(found.places.of(inline) for run in text_runs(found.document) for inline in inlines(run))


def keeps_its_promises(found: Document) -> None:
    """What every reader of a document may rely on, besides its types."""
    assert from_json(to_json(found)) == found
    anchors = [block.anchor for block in found.blocks if isinstance(block, Heading)]
    assert len(anchors) == len(set(anchors))
    keys = [node.key for node in block_nodes(found.blocks)]
    assert all(keys)
    assert len(keys) == len(set(keys))
    for run in text_runs(found):
        for one, other in pairwise(run):
            assert not (isinstance(one, Text) and isinstance(other, Text) and one.language == other.language)
            assert not (isinstance(one, Footnote) and isinstance(other, Footnote))
            assert not (isinstance(other, Footnote) and isinstance(one, Text) and one.text.endswith(" "))
        for inline in inlines(run):
            assert not (isinstance(inline, Text) and not inline.text)
            assert not (isinstance(inline, Text) and any("\ue000" <= letter <= "\uf8ff" for letter in inline.text))
            assert not (isinstance(inline, Text) and any(letter >= "\U000f0000" for letter in inline.text))
            assert not (isinstance(inline, Link) and not inline.target)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEMPLATES)
def test_composing_twice_gives_the_same_document_and_the_same_problems(text: str) -> None:
    (one, problems), (other, again) = attempt(text), attempt(text)
    assert problems == again
    assert (one and one.document) == (other and other.document)
