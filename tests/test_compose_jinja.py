"""What templates may do with Jinja: loops, macros, includes, filters; and what is said where they go wrong."""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

import pytest
from jinja2 import nodes

from memo.templating.run import Loader
from memo.templating.source import LexerTokens
from tests.compose.harbour import attempt, composed, document, folder_with, pointed, problems
from tests.compose.telling import told


def line(text: str, folder: Path | None = None) -> str:
    """The paragraphs that a text composes to, on one line."""
    found = document(text, folder) if folder else document(text)
    return " | ".join(line.removeprefix("p ") for line in told(found))


# Identity


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ('{% for f in facts("summary") %}{{ f.claim }} {% endfor %}',
         "{berths-open: The Port of Halvern opened two berths in 2030.} "
         "{rail-link: The port office says that it intends to build a rail link.}"),
        ('{% set s %}**{{ fact("berths-open").brief }}**{% endset %}a {{ s }} b',
         "a **{berths-open.brief: Two berths opened.}** b"),
        ('{% macro m(f) %}[{{ f.brief }}{{ caller() }}]{% endmacro %}{% call m(fact("berths-open")) %}!{% endcall %}',
         "[{berths-open.brief: Two berths opened.}!]"),
        ('{{ fact("berths-open").date ~ " and " ~ fact("rail-link").due }}',
         "{berths-open.date: 2030} and {rail-link.due: 2033}"),
        ('{{ facts("summary") | map(attribute="date") | join("; ") }}',
         "{berths-open.date: 2030}; {rail-link.date: March 2031}"),
        ('{{ facts("summary") | join(", ", attribute="date") }}',
         "{berths-open.date: 2030}, {rail-link.date: March 2031}"),
        ('{{ fact("berths-open").phrase | capitalize }}', "{berths-open.phrase: Two berths that opened in 2030}"),
        ('{{ fact("berths-open").phrase | upper }}', "{berths-open.phrase: TWO BERTHS THAT OPENED IN 2030}"),
        ('{{ fact("berths-open").label | lower }}', "{berths-open.label: two berths open}"),
        ('{{ (fact("berths-open").label ~ "!") | upper }}', "{berths-open.label: TWO BERTHS OPEN}!"),
        ('{{ facts("summary") | map("upper") | first }}',
         "{berths-open: THE PORT OF HALVERN OPENED TWO BERTHS IN 2030.}"
         "^[Halvern Gazette, para. 2 (relaying the port office; probably true).]"),
        ('{{ fact("trade").brief | default(fact("trade").value) }}', "{trade.value: about 600 million crowns}"),
        ('{{ fact("trade").brief if fact("trade").brief is defined else "none" }}', "none"),
        ('{{ "x" if fact("berths-open") == fact("berths-open") }}', "x"),
        ('{{ fact(fact("trade").id).value }}', "{trade.value: about 600 million crowns}"),
        ('{{ fact("tr" ~ "ade").value }}', "{trade.value: about 600 million crowns}"),
    ],
)  # fmt: skip
def test_a_fact_keeps_its_identity_through_jinja(text: str, printed: str) -> None:
    assert line(text) == printed


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ('{{ "x" if fact("trade").value == "600" }}', 'fact("trade").value == "600"'),
        ('{{ "x" if "port" in fact("trade").claim }}', '"port" in fact("trade").claim'),
        ('{{ "x" if fact("trade").value in ["600"] }}', 'fact("trade").value in ["600"]'),
        ('{{ fact("trade").claim | length }}', "length"),
        ('{{ fact("trade").claim[0] }}', "[0]"),
        ('{{ fact("trade").claim[:3] }}', "[:3]"),
        ('{{ fact("trade").value + 1 }}', 'fact("trade").value + 1'),
        ('{{ fact("trade").claim + " x" }}', 'fact("trade").claim + " x"'),
        ('{{ fact("trade").claim * 3 }}', 'fact("trade").claim * 3'),
        ('{% for x in fact("trade").claim %}{{ x }}{% endfor %}', 'fact("trade").claim'),
        ('{{ fact("trade").claim("x") }}', 'fact("trade").claim("x")'),
        ('{{ "%s" % fact("trade") }}', '"%s" % fact("trade")'),
        ('{{ facts() }}', 'facts()'),
        ('{{ fact }}', 'fact'),
        ('{{ true }}', 'true'),
        ('{{ 7 is odd }}', '7 is odd'),
        ('{{ none }}', 'none'),
        ('{{ {"a": 1} }}', '{"a": 1}'),
    ],
)  # fmt: skip
def test_what_would_lose_a_facts_identity_or_show_python_is_a_problem_at_its_place(text: str, at: str) -> None:
    assert pointed(text) == [("bad-call", at)]


def test_a_fact_twice_on_a_line_is_told_apart() -> None:
    assert problems('{{ fact("x") }} {{ fact("trade").value }} {{ fact("x") }}') == [
        "1:9 unknown-fact: no fact 'x' in this dossier",
        "1:51 unknown-fact: no fact 'x' in this dossier",
    ]


# Filters and tests


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ [3, 1, 2] | sort | join }}", "123"),
        ("{{ [3, 1, 2] | sort(reverse=true) | first }}", "3"),
        ("{{ [3, 1, 2] | reverse | list | last }}", "3"),
        ('{{ ["a", "A", "b"] | unique | join("-") }}', "a-b"),
        ('{{ "NATO in Baku" | capitalize }} {{ "nato" | upper }} {{ "NATO" | lower }}', "NATO in Baku NATO nato"),
        ("{{ [1, 2, 3] | select('odd') | join }} {{ [1, 2, 3] | reject('odd') | join }}", "13 2"),
        ('{{ facts() | selectattr("status", "eq", "announced") | map(attribute="id") | join }}', "rail-link"),
        ('{{ facts() | selectattr("label") | map(attribute="id") | join(" ") }}', "berths-open"),
        ('{{ facts() | rejectattr("kind", "in", ["event", "quantity"]) | map(attribute="id") | join(" ") }}',
         "rail-link strain"),
        ('{{ facts("summary") | sort(attribute="date", reverse=true) | map(attribute="id") | join(" ") }}',
         "rail-link berths-open"),
        ('{% for kind in facts() | groupby("kind") %}{{ kind.grouper }}: {{ kind.list|length }}; {% endfor %}',
         "assessment: 1; commitment: 1; event: 1; quantity: 1;"),
        ('{% for kind, some in facts("summary") | groupby("kind") %}{{ kind }}={{ some[0].id }} {% endfor %}',
         "commitment=rail-link event=berths-open"),
        ('{{ "2026-01" | date }}, {{ "2026-01-21/2026-01-22" | date }}', "January 2026, 21–22 January 2026"),
        ('{{ nothing | default("something") }}', "something"),
        ('{{ "" | default("empty", true) }}', "empty"),
        ("{% if 6 is divisibleby(3) and 6 is not odd %}yes{% endif %}", "yes"),
        ('{% if "a" is string and 1 is number and [] is sequence and none is none %}yes{% endif %}', "yes"),
        ("{% if x is not defined and x is undefined %}yes{% endif %}", "yes"),
        ("{{ 1 + 2 * 3 - 4 // 2 }} {{ 2 ** 10 }} {{ 7 % 4 }} {{ 7 / 2 }} {{ -3 }}", "5 1024 3 3.5 -3"),
        ("{{ ([1] + [2])[1:] | join }} {{ [1, 2][-1] }} {{ {'a': 5}.a }} {{ {'a': 5}['a'] }}", "2 2 5 5"),
        ("{% set ns = namespace(n=0) %}{% for x in range(4) %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}", "6"),
        ("{% for x in range(1, 4) %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{{ ',' if not loop.last }}{% endfor %}",
         "1a,2b,3a"),
        ("{% for x in [] %}a{% else %}none{% endfor %}", "none"),
        ("{% set a, b = [1, 2] %}{{ b }}{{ a }}", "21"),
        ("{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}{{ v }}{% endfor %}", "a1b2"),
        ("{{ {1: 'a'}[1] }} {{ {'a': 1, 2: 3}.keys() | join(',') }}", "a a,2"),
        ("{% with x = 3 %}{{ x }}{% endwith %}", "3"),
        ("{% raw %}{{ x }}{% endraw %}{# gone #}", "{{ x }}"),
        ("{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = x + i %}{{ x }} {% endfor %}{{ x }}", "12 13 1"),
        ("{% set x = 1 %}{% macro m(y=x) %}{{ x }}{{ y }}{% set x = 5 %}{% endmacro %}{% set x = 2 %}{{ m() }}{{ x }}",
         "222"),
        ("{% if true %}{% set x = 1 %}{% endif %}{{ x }}", "1"),
        ("{% set x = 1 %}{% set s %}{% set x = 2 %}{{ x }}{% endset %}{{ s }}{{ x }}", "21"),
        ("{% macro m() %}{{ varargs | join }}{{ kwargs.a }}{% endmacro %}{{ m(1, 2, a=3) }}", "123"),
        ("{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(x, y=2) m() %}{{ x }}{{ y }}{% endcall %}", "12"),
        ("{% for x in range(6) if x is odd %}{{ loop.index }}:{{ x }} {% endfor %}", "1:1 2:3 3:5"),
        ("{% for x in [1, 2] %}{% for y in [1, 2] %}{{ loop.index }}{% endfor %}{{ loop.index }} {% endfor %}",
         "121 122"),
        ("{{ 'y' if 1 < 2 < 3 and not 3 < 2 < nothing }}", "y"),
        ("{% set s %}abc{% endset %}{% if s == 'abc' and s | length == 3 %}yes{% endif %}", "yes"),
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}", "1213"),
        ("a{{ 1 if false }}b", "ab"),
        ("{{ '**bold**' }}", "**bold**"),
        ("{% filter upper %}a{% set x = 'b' %}{{ x }}{% endfilter %}{{ x is defined or 'c' }}", "ABc"),
        ("{% filter lower | capitalize %}NATO in Baku{% endfilter %}", "Nato in baku"),
        ("{% filter default('d', true) %}{% endfilter %}{% filter length %}abc{% endfilter %}", "d3"),
        ("{% set s | upper %}a {{ 'b' }}{% endset %}{{ s }}", "A B"),
        ("{% print 'a', 'b' %}", "ab"),
    ],
)  # fmt: skip
def test_what_templates_may_do(text: str, printed: str) -> None:
    assert line(text) == printed


@pytest.mark.parametrize(
    ("text", "code", "at", "hint"),
    [
        ("{{ 'x' | uper }}", "unknown-filter", "uper", "did you mean 'upper'?"),
        ("{{ 'x' | upper | safe }}", "unknown-filter", "safe", ""),
        ("{% if false %}{{ 'x' | nope }}{% endif %}", "unknown-filter", "nope", ""),
        ("{% if 1 is od %}{% endif %}", "unknown-filter", "od", "did you mean 'odd'?"),
        ("{% if 1 is not od %}{% endif %}", "unknown-filter", "od", "did you mean 'odd'?"),
        ("{{ facts() | map('uper') | join }}", "unknown-filter", "map", "did you mean 'upper'?"),
        ("{{ fac() }}", "unknown-name", "fac", "did you mean 'fact'?"),
        ("{{ nothing }}", "unknown-name", "nothing", ""),
        ("{{ nothing or 'x' }}", "unknown-name", "nothing", ""),
        ("{{ nothing.at.all }}", "unknown-name", "nothing", ""),
        ("{% if nothing %}{% endif %}", "unknown-name", "nothing", ""),
        ("{% for x in nothing %}{% endfor %}", "unknown-name", "nothing", ""),
        ("{{ nothing == 3 }}", "unknown-name", "nothing", ""),
        ("{{ facts('risks') | map(attribute='brief') | join }}", "missing-part", "map", "it has claim"),
        ("{% for x in [1] %}{{ loop.idx }}{% endfor %}", "unknown-name", "idx", "did you mean 'index'?"),
        ("{% for x in [1] %}{{ loop.previtem }}{% endfor %}", "unknown-name", "previtem", ""),
        ("{{ [] | first }}", "unknown-name", "first", ""),
        ("{{ [1][4] }}", "unknown-name", "[4]", ""),
        ("{{ 'x'.upper() }}", "unknown-name", "upper", ""),
        ("{{ ''.__class__ }}", "unknown-name", "__class__", ""),
        ("{{ fact.__globals__ }}", "unknown-name", "__globals__", ""),
        ("{{ namespace(a=1)._Namespace__attrs }}", "unknown-name", "_Namespace__attrs", ""),
        ("{{ fact(3) }}", "bad-call", "3", ""),
        ("{{ fact() }}", "bad-call", "fact()", "it takes id"),
        ("{{ fact('a', 'b') }}", "bad-call", "fact('a', 'b')", "it takes id"),
        ("{{ facts(secton='x') }}", "bad-call", "facts(secton='x')", "it takes section, kind"),
        ("{{ [1] | join(',', 'id', 3) }}", "bad-call", "join", "it takes separator, attribute"),
        ("{{ fact(*['a']) }}", "bad-call", "fact(*['a'])", ""),
        ("{{ fact(id='a', id='b') }}", "bad-call", "fact(id='a', id='b')", ""),
        ("{{ 'x' | date }}", "bad-call", "date", "write it as 2026-01-22"),
        ("{{ 1 / 0 }}", "bad-call", "1 / 0", ""),
        ("{{ 'a' < 1 }}", "bad-call", "'a' < 1", ""),
        ("{{ 'a' * 3 }}", "bad-call", "'a' * 3", ""),
        ("{{ [1, 'a'] | sort }}", "bad-call", "sort", ""),
        ("{% for a, b in [[1, 2, 3]] %}{% endfor %}", "bad-call", "[[1, 2, 3]]", ""),
        ("{% set a, b = [1] %}", "bad-call", "[1]", ""),
        ("{% set x = 1 %}{% set x.y = 2 %}", "bad-call", "x", "make it with"),
        ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "bad-call", "m(1, 2)", "it takes a"),
        ("{% macro m(a) %}{% endmacro %}{{ m(b=2) }}", "bad-call", "m(b=2)", "it takes a"),
        ("{% macro m(a) %}{% endmacro %}{{ m(1, a=2) }}", "bad-call", "m(1, a=2)", "it takes a"),
        ("{% macro m() %}{% endmacro %}{% call m() %}{% endcall %}", "bad-call", "m()", "it takes no arguments"),
        ("{% call fact('trade') %}{% endcall %}", "bad-call", "fact('trade')", ""),
        ("{% set x = {[]: 2} %}", "bad-call", "[]", ""),
        ("{{ '\\x01' }}", "bad-character", "'\\x01'", ""),
        ("{{ '\\ue000' }}", "bad-character", "'\\ue000'", ""),
        ("a\x01b", "bad-character", "\x01", ""),
        ("a\ue000b", "bad-character", "\ue000", ""),
        ("{% extends 'x' %}", "template-syntax", "extends", "a memo is one template"),
        ("{% block x %}{% endblock %}", "template-syntax", "block", "a memo is one template"),
        ("{% for x in [1] recursive %}{% endfor %}", "template-syntax", "for", ""),
    ],
)  # fmt: skip
def test_a_fault_in_a_template_is_reported_at_the_words_that_are_at_fault(
    text: str, code: str, at: str, hint: str
) -> None:
    assert pointed(text) == [(code, at)]
    assert attempt(text)[1][0].hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("x\n{% if %}\n", "2:7"),
        ("x\n  {{ fact( }}\n", "2:10"),
        ("{% for x in y %}\nx", "1:4"),
        ("x\n\n{% nope %}", "3:4"),
        ("x {{ 'a' ? 'b' }}", "1:10"),
        ("x {{ ] }}", "1:6"),
        ("{# never closed", "1:1"),
        ("x\n{% endif %}", "2:4"),
    ],
)
def test_a_syntax_error_is_reported_at_its_line_and_column_and_ends_the_memo(text: str, where: str) -> None:
    found, (problem,) = attempt(text)
    assert found is None
    assert problem.code == "template-syntax"
    assert str(problem.place).startswith(f"templates/note.md:{where}")


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{% if 1 %}" * 300 + "x" + "{% endif %}" * 300,
        "{{ " + "9" * 5000 + " }}",
        "{{ " + "not " * 5000 + "1 }}",
    ],
)
def test_a_template_nested_or_numbered_beyond_reason_is_a_problem_and_no_crash(text: str) -> None:
    found, problems = attempt(text)
    assert found is None
    assert [problem.code for problem in problems] == ["template-syntax"]


def test_every_fault_of_a_template_is_reported_in_one_run_in_order() -> None:
    text = '{{ fact("a") }}\n{{ nope }}\n\n{{ fact("trade").brief }} {{ 1 / 0 }}\n\n<b> {{ facts(section="x") }}'
    assert [problem.split(":")[0] + problem.split(" ")[1] for problem in problems(text)] == [
        "1unknown-fact:", "2unknown-name:", "4missing-part:", "4bad-call:", "6unsupported-markdown:",
        "6unknown-section:",
    ]  # fmt: skip


def test_a_fault_in_a_loop_is_reported_once() -> None:
    assert len(problems('{% for x in range(50) %}{{ fact("nope") }}{% endfor %}')) == 1


def test_what_a_message_quotes_of_a_template_is_fit_for_a_terminal() -> None:
    quoted = "{{ fact('\\x1b[31m\\ud800\\n" + "x" * 999 + "') }}"
    (problem,) = attempt(quoted)[1]
    assert problem.message.startswith("no fact '\ufffd[31m\ufffd xxx")
    assert len(problem.message) < 310


# Limits


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}", "range(1000)"),
        ("{% for a in range(99999999999) %}{% endfor %}", "range(99999999999)"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "m()"),
        ("{% set ns = namespace(s='x') %}{% for a in range(40) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
         "ns.s ~ ns.s"),
        ("{% set ns = namespace(s=[1]) %}{% for a in range(40) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
         "ns.s + ns.s"),
        ("{% for a in range(9999) %}" + "x" * 999 + "{% endfor %}", "x" * 999),
        ("{{ 10 ** 999999999 }}", "10 ** 999999999"),
        ("{{ 999999999999 * 999999999999 }}", "999999999999 * 999999999999"),
        ("{% set ns = namespace(f=fact('trade')) %}{% for a in range(40) %}{% set ns.f = ns.f ~ ns.f %}{% endfor %}",
         "ns.f ~ ns.f"),
        ("{% for a in range(9999) %}{{ fact('trade') }}{{ fact('trade') }}{{ fact('trade') }}{% endfor %}",
         "fact('trade')"),
    ],
)  # fmt: skip
def test_a_template_without_end_is_stopped_where_it_goes_too_far(text: str, at: str) -> None:
    assert pointed(text) == [("endless-template", at)]


_LISTS_OF_LISTS = (
    "{% set n = namespace(a=[1], b=[1]) %}"
    "{% for i in range(40) %}{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}{% endfor %}"
)
"""Two lists that each hold another twice, forty times over: to go through one takes 2 to the power of 40 steps."""


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("{{ 1 if n.a == n.b }}", "n.a == n.b"),
        ("{{ 1 if n.a != n.b }}", "n.a != n.b"),
        ("{{ 1 if n.a < n.b }}", "n.a < n.b"),
        ("{{ 1 if n.a in [n.b] }}", "n.a in [n.b]"),
        ("{{ 1 if n.a not in [n.b] }}", "n.a not in [n.b]"),
        ("{{ 1 if n.a is eq(n.b) }}", "eq"),
        ("{{ 1 if n.a is in([n.b]) }}", "in"),
        ("{{ [n.a] | select('==', n.b) | length }}", "select"),
        ("{{ 1 if {'x': n.a} == {'x': n.b} }}", "{'x': n.a} == {'x': n.b}"),
        ("{% for i in [n.a, n.b] %}{{ 1 if loop.changed(i) }}{% endfor %}", "loop.changed(i)"),
    ],
)
def test_comparing_costs_what_it_touches_and_is_stopped(text: str, at: str) -> None:
    assert pointed(_LISTS_OF_LISTS + text) == [("endless-template", at)]


@pytest.mark.parametrize(
    "text",
    [
        "{{ n.a }}", "{{ n.a ~ n.b }}", "{{ [n.a, n.b] | join }}", "{{ [n.a, n.b] | sort | length }}",
        "{{ [n.a, n.b] | unique | length }}", "{{ [n.a] | groupby('x') | length }}",
        "{{ facts(section=n.a) | length }}",
        "{{ figure(n.a) }}", "{{ n.a | map(n.b) | length }}", "{{ fact(n.a) }}", "{{ n.a * 2 }}", "{{ n.a.x }}",
        "{{ n.a | date }}", "{{ n.a | select(n.b) | length }}", "{% include n.a %}", "{{ n.a is divisibleby(n.b) }}",
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_without_going_through_it(text: str) -> None:
    assert {code for code, _ in pointed(_LISTS_OF_LISTS + text)} <= {
        "bad-call", "unknown-name", "unknown-section", "unknown-figure", "unknown-filter", "missing-include",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in range(10000) %}{{ range(9999) | length }}{% endfor %}",
        "{% set n = namespace(a=[]) %}{% for i in range(9999) %}{% set n.a = n.a + [range(9999)] %}{% endfor %}",
        "{% set n = namespace(s='x') %}{% for i in range(19) %}{% set n.s = n.s ~ n.s %}{% endfor %}"
        "{% for i in range(9999) %}{% if n.s == n.s ~ '' %}{% endif %}{% endfor %}",
        "{% set n = namespace(s='x') %}{% for i in range(19) %}{% set n.s = n.s ~ n.s %}{% endfor %}"
        "{% for i in range(9999) %}{% set x = n.s | upper %}{% endfor %}",
        "{% set n = namespace(s='x') %}{% for i in range(19) %}{% set n.s = n.s ~ n.s %}{% endfor %}"
        "{% set l = [n.s, n.s, n.s, n.s, n.s, n.s, n.s] %}{% for i in range(9999) %}{% set x = l | sort %}{% endfor %}",
        "{% for i in range(9999) %}" + "{% if " + " + ".join(["1"] * 200) + " == 0 %}{% endif %}{% endfor %}",
        "{% set a = range(9999) %}{% for i in a %}{% set b = a[1:] %}{% endfor %}",
    ],
)
def test_what_texts_and_lists_take_counts_as_well(text: str) -> None:
    started = time.process_time()
    codes = {code for code, _ in pointed(text)}
    assert "endless-template" in codes
    assert time.process_time() - started < 20  # seconds; a tenth of it where the machine is free


def test_an_expression_without_end_is_a_problem_and_no_crash() -> None:
    (problem,) = problems("a\n {{ 1" + " + 1" * 5000 + " }}")
    assert problem.startswith("1:1 endless-template")


def test_a_template_is_stopped_at_the_same_place_however_deep_python_already_is() -> None:
    text = "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}\n{{ m(0) }}"

    def deeper(frames: int) -> list[str]:
        return deeper(frames - 1) if frames else problems(text)

    assert deeper(0) == deeper(sys.getrecursionlimit() // 4)


# Includes


def test_an_included_section_prints_where_it_is_included_and_is_among_the_files_read(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path, {"sections/a.md": "A {{ name }}.", "sections/b.md": '{% include "sections/a.md" %} B.'}
    )
    found = composed('{% set name = "x" %}{% include "sections/b.md" %} {% include "sections/a.md" %}', folder)
    assert told(found.document) == ["p A x. B. A x."]
    assert found.read == ("templates/sections/b.md", "templates/sections/a.md")


def test_a_fault_in_an_included_file_is_reported_at_that_files_line_and_column(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"a.md": 'One.\n\nTwo {{ fact("nope") }}, {{ facts(section="x") | join }}.\n'})
    assert problems('\n\n{% include "a.md" %}\n{{ zero }}', folder) == [
        "templates/a.md:3:13 unknown-fact: no fact 'nope' in this dossier",
        "templates/a.md:3:42 unknown-section: no section 'x' in this dossier",
        "4:4 unknown-name: there is no 'zero' here",
    ]


def test_a_syntax_error_in_an_included_file_ends_that_file_only(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"a.md": "A\n{% nope %}"})
    found, (problem,) = attempt('Before. {% include "a.md" %} After.', folder)
    assert found is not None
    assert str(problem.place) == "templates/a.md:2:4"
    assert told(found.document) == ["p Before. After."]


def test_a_file_that_is_not_there_is_a_problem_with_the_nearest_name(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"sections/risks.md": ""})
    text = 'x {% include "sections/risk.md" %}'
    assert pointed(text, folder) == [("missing-include", '"sections/risk.md"')]
    assert attempt(text, folder)[1][0].hint == "did you mean 'sections/risks.md'?"
    assert line('x{% include "nope.md" ignore missing %}{% include ["nope.md", "sections/risks.md"] %}', folder) == "x"


@pytest.mark.parametrize(
    "name", ["../secret.md", "/etc/passwd", "sections/../../secret.md", "sections\\\\..\\\\x",
             "C:/x", "link.md", "away/x.md", "", "."]
)  # fmt: skip
def test_no_include_leads_out_of_the_templates_folder(tmp_path: Path, name: str) -> None:
    folder = folder_with(tmp_path, {"sections/a.md": "a"})
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.md").write_text("secret")
    try:
        (folder / "link.md").symlink_to(tmp_path / "secret.md")
        (folder / "away").symlink_to(tmp_path / "elsewhere")
    except OSError:
        pass
    found, (problem,) = attempt(f'{{% include "{name}" %}}', folder)
    assert problem.code == "missing-include"
    assert found is not None
    assert found.read == ()


def test_a_file_that_includes_itself_is_stopped(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"a.md": 'a\n{% include "b.md" %}', "b.md": 'b {% include "a.md" %}'})
    (found,) = problems('{% include "a.md" %}', folder)
    assert found.startswith(("templates/a.md:2:12 endless-template", "templates/b.md:1:14 endless-template"))


def test_an_included_file_must_be_text_of_a_reasonable_size(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"a.md": "x" * (1 << 20) + "y"})
    (folder / "b.md").write_bytes(b"\xff\xfe\x00")
    (folder / "c.md").mkdir()
    found = attempt('{% include "a.md" %}{% include "b.md" %}{% include "c.md" %}', folder)[1]
    assert [(str(problem.place), problem.code) for problem in found] == [
        ("templates/a.md", "too-large"),
        ("templates/b.md", "not-utf-8"),
        ("templates/note.md:1:52", "missing-include"),
    ]
    assert found[0].related[0].place.column == 12


def test_an_included_file_has_its_control_characters_reported_there(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"a.md": "a\r\nb\x02c\ue123"})
    assert problems('{% include "a.md" %}', folder) == [
        "templates/a.md:2:2 bad-character: a control or private-use character",
        "templates/a.md:2:4 bad-character: a control or private-use character",
    ]


def test_what_is_no_name_is_told_in_a_writers_words(tmp_path: Path) -> None:
    """Never by what Python calls it, which would change from run to run."""
    assert problems("{{ 1[fact] }}", folder_with(tmp_path, {})) == [
        "1:5 bad-call: a function names nothing in a number",
    ]


# Memory


@pytest.mark.parametrize(
    "text",
    [
        '{% for f in facts("summary") %}{{ f.claim }} {% endfor %}{{ fact("trade").brief | default("none") }}',
        '{% macro m(f) %}[{{ f.value }}]{% endmacro %}{{ m(fact("trade")) }}',
        '{% macro m() %}[{{ caller() }}]{% endmacro %}{% set again = m %}{% call again() %}x{% endcall %}',
        '{% set all = namespace(m=1) %}{% macro m(f) %}{{ f.value }}{% endmacro %}{% set all.m = m %}'
        '{{ all.m(fact("trade")) }}{% set absent = nothing %}',
        '{% import "m.md" as m with context %}{% for x in [m] %}{{ x.m(fact("trade")) }}{% endfor %}',
        '{% from "m.md" import m %}{% set other = m %}{{ other(fact("trade")) }}',
        'x{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}',
    ],
)  # fmt: skip
def test_a_composed_memo_holds_nothing_of_its_template(text: str, tmp_path: Path) -> None:
    """A long memo's template takes up more than its document, and is let go at once, not when garbage is looked for."""
    folder = folder_with(tmp_path, {"m.md": "{% macro m(f, g=fact) %}{{ f.value }}{% endmacro %}"})
    attempt(text, folder)
    gc.collect()
    gc.disable()
    try:
        before = _of_templates()
        found, _ = attempt(text, folder)
        assert found is not None
        assert _of_templates() == before
        assert found.document.blocks
    finally:
        gc.enable()


def _of_templates() -> int:
    return sum(isinstance(held, nodes.Node | Loader | LexerTokens) for held in gc.get_objects())
