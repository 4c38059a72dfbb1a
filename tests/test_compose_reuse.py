"""What templates share: macros called with a body, imported files, and text that a filter is laid over."""

from __future__ import annotations

import os
import shutil
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from memo.cli import main
from memo.document.tree import Claim
from memo.document.walk import inlines, text_runs
from tests.cases import BASE
from tests.compose.harbour import attempt, composed, document, folder_with, pointed, problems
from tests.compose.telling import told

MACROS = """\
{% macro dated(f, lead="In ") %}{{ lead }}{{ f.date }}{% endmacro %}
{% macro boxed(f) %}[{{ f.label }}{{ caller(f, 2) }}]{% endmacro %}
{% macro named() %}{{ name | default("nobody") }}{% endmacro %}
{% set port = actor("port").name %}
{% set _own = 1 %}
Printed, and seen by nobody: {{ fact("trade") }}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_with(tmp_path, {"sections/_macros.md": MACROS})


def line(text: str, folder: Path) -> str:
    """The paragraphs that a text composes to, on one line."""
    return " | ".join(line.removeprefix("p ") for line in told(document(text, folder)))


IMPORT = '{% import "sections/_macros.md" as m %}'
FROM = '{% from "sections/_macros.md" import dated, boxed as box, port %}'


# Facts keep their identity


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (IMPORT + '{{ m.dated(fact("berths-open")) }}', "In {berths-open.date: 2030}"),
        (FROM + '{{ dated(fact("berths-open"), lead="") }}', "{berths-open.date: 2030}"),
        (IMPORT + "{{ m.port }}", "Port of Halvern"),
        (FROM + "{{ port }}", "Port of Halvern"),
        (IMPORT + "{% set again = m.dated %}{{ again(fact('rail-link')) }}", "In {rail-link.date: March 2031}"),
        (FROM + '{% call(f, n) box(fact("berths-open")) %}, {{ f.date }} {{ n }}{% endcall %}',
         "[{berths-open.label: Two berths open}, {berths-open.date: 2030} 2]"),
        ('{% filter upper %}a {{ fact("berths-open").brief }} b{% endfilter %}',
         "A {berths-open.brief: TWO BERTHS OPENED.} B"),
        ('{% filter upper %}{{ fact("trade").value }}{% endfilter %}', "{trade.value: ABOUT 600 MILLION CROWNS}"),
        ('{% filter upper | lower %}{{ fact("trade").claim }}{{ cite("trade") }}{% endfilter %}',
         "{trade: the port handled about 600 million crowns of trade.}"
         "^[Halvern Gazette, para. 7 (relaying the port office; probably true). Customs ledger, p. 1.]"),
        ('{% set s | upper %}{{ fact("trade").value }}{% endset %}{{ s }}', "{trade.value: ABOUT 600 MILLION CROWNS}"),
        ('{% filter capitalize %}**{{ fact("berths-open").phrase }}**{% endfilter %}',
         "**{berths-open.phrase: two berths that opened in 2030}**"),
    ],
)  # fmt: skip
def test_a_fact_keeps_its_identity_through_imports_calls_and_filter_blocks(
    text: str, printed: str, folder: Path
) -> None:
    assert line(text, folder) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ('{% set name = "Ada" %}' + IMPORT + "{{ m.named() }}", "nobody"),
        ('{% set name = "Ada" %}{% import "sections/_macros.md" as m with context %}{{ m.named() }}', "Ada"),
        ('{% set name = "Ada" %}{% import "sections/_macros.md" as m without context %}{{ m.named() }}', "nobody"),
        ('{% set name = "Ada" %}{% from "sections/_macros.md" import named %}{{ named() }}', "nobody"),
        ('{% set name = "Ada" %}{% from "sections/_macros.md" import named with context %}{{ named() }}', "Ada"),
        ('{% for name in ["Ada"] %}{% from "sections/_macros.md" import named as n with context %}{{ n() }}'
         "{% endfor %}",
         "Ada"),
    ],
)  # fmt: skip
def test_an_imported_file_sees_the_names_around_it_only_with_context(text: str, printed: str, folder: Path) -> None:
    """As Jinja 3.1 has it: ``include`` has the context unless it is told otherwise, ``import`` has not."""
    assert line(text, folder) == printed


def test_what_an_imported_file_prints_goes_nowhere_and_what_it_sets_stays_its_own(folder: Path) -> None:
    assert line(IMPORT + "a {{ port is defined or 'b' }}", folder) == "a b"


def test_an_import_in_a_loop_or_a_block_is_gone_after_it(folder: Path) -> None:
    text = f"{{% with %}}{FROM}{{{{ port }}}}{{% endwith %}}{{{{ port }}}}"
    assert pointed(text, folder) == [("unknown-name", "port")]


# Places


def test_a_claim_has_its_place_in_the_file_that_prints_it(folder: Path) -> None:
    text = FROM + '\n{% filter upper %}\n{{ dated(fact("berths-open")) }}{{ fact("trade").value }}\n{% endfilter %}'
    text += '{% call(f, n) box(fact("berths-open")) %} {{ f.date }}{% endcall %}'
    found = composed(text, folder)
    claims = [
        (inline.text, str(found.places.of(inline)))
        for run in text_runs(found.document)
        for inline in inlines(run)
        if isinstance(inline, Claim)
    ]
    assert claims == [
        ("2030", "templates/sections/_macros.md:1:46"),
        ("ABOUT 600 MILLION CROWNS", "templates/note.md:3:36"),
        ("Two berths open", "templates/sections/_macros.md:2:25"),
        ("2030", "templates/note.md:4:61"),
    ]


def test_a_letter_within_a_filter_block_has_its_place_there() -> None:
    found = composed("{% filter upper %}ab\n  cd{% endfilter %}")
    (text,) = [inline for run in text_runs(found.document) for inline in inlines(run)]
    assert [str(found.places.of(text, offset)) for offset in (0, 1, 3)] == [
        "templates/note.md:1:19", "templates/note.md:1:20", "templates/note.md:2:3",
    ]  # fmt: skip


def test_a_fault_in_an_imported_file_is_reported_there(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path, {"m.md": "{% macro m(f) %}\n  {{ f.breif }}{% endmacro %}\n{% set x = fact('no') %}{{ x | uper }}"}
    )
    assert problems("\n{% import 'm.md' as m %}\n\n{{ m.m(fact('trade')) }}", folder) == [
        "templates/m.md:2:8 unknown-name: fact 'trade' has no 'breif'",
        "templates/m.md:3:17 unknown-fact: no fact 'no' in this dossier",
        "templates/m.md:3:32 unknown-filter: there is no filter 'uper' here",
    ]


# Faults


@pytest.mark.parametrize(
    ("text", "code", "at", "hint"),
    [
        (IMPORT + "{{ m.datd(1) }}", "unknown-name", "datd", "did you mean 'dated'?"),
        (IMPORT + "{{ m._own }}", "unknown-name", "_own", ""),
        ('{% from "sections/_macros.md" import datd %}{{ datd() }}', "unknown-name", "datd", "did you mean 'dated'?"),
        ('{% from "sections/_macros.md" import port, datd as d %}{{ d }}', "unknown-name", "datd",
         "did you mean 'dated'?"),
        ('{% from "sections/_macros.md" import port as m, m %}{{ m }}', "unknown-name", "m", ""),
        ('{% import "sections/_macro.md" as m %}{{ m.dated() }}', "missing-include", '"sections/_macro.md"',
         "did you mean 'sections/_macros.md'?"),
        ('{% from "sections/_macro.md" import x %}{{ x }}', "missing-include", '"sections/_macro.md"',
         "did you mean 'sections/_macros.md'?"),
        (IMPORT + "{{ m }}", "bad-call", "m", ""),
        (IMPORT + "{{ m() }}", "bad-call", "m()", ""),
        (IMPORT + "{% set m.port = 1 %}", "bad-call", "m", "make it with"),
        ("{% filter uper %}x{% endfilter %}", "unknown-filter", "uper", "did you mean 'upper'?"),
        ("{% filter upper | lowr %}x{% endfilter %}", "unknown-filter", "lowr", "did you mean 'lower'?"),
        ("{% filter upper(1) %}x{% endfilter %}", "bad-call", "upper", "it takes no arguments"),
        ("{% filter date %}{{ fact('trade').as_of }}{% endfilter %}", "bad-call", "date", "write it as"),
        ("{% filter upper %}{{ facts() }}{% endfilter %}", "bad-call", "facts()", "go through it"),
        ("{% set macros = 1 %}{{ macos }}", "unknown-name", "macos", "did you mean 'macros'?"),
        ("{% call(x) nothing() %}{% endcall %}", "unknown-name", "nothing", ""),
    ],
)  # fmt: skip
def test_a_fault_is_reported_at_the_words_that_are_at_fault(
    text: str, code: str, at: str, hint: str, folder: Path
) -> None:
    assert pointed(text, folder) == [(code, at)]
    assert attempt(text, folder)[1][0].hint.startswith(hint)


def test_an_imported_name_that_is_not_there_is_no_problem_until_it_is_used(folder: Path) -> None:
    text = '{% from "sections/_macros.md" import nope %}{{ nope | default("other") }} {{ nope is defined or "none" }}'
    assert line(text, folder) == "other none"


def test_a_syntax_error_in_an_imported_file_is_reported_once_and_what_it_sets_is_no_other(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"m.md": "x\n{% macro %}"})
    text = '{% import "m.md" as m %}{{ m.x() }}{% from "m.md" import y %}{{ y() }}'
    (problem,) = attempt(text, folder)[1]
    assert (problem.code, str(problem.place)) == ("template-syntax", "templates/m.md:2:10")


# Limits


def test_files_that_import_each_other_are_stopped(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"a.md": '{% import "b.md" as b %}', "b.md": '{% from "a.md" import x %}'})
    (found,) = problems('{% import "a.md" as a %}', folder)
    assert found.startswith(("templates/a.md:1:11 endless-template", "templates/b.md:1:9 endless-template"))


def test_a_body_that_calls_its_own_macro_is_stopped() -> None:
    text = (
        "{% macro m() %}{{ caller() }}{% endmacro %}{% macro n() %}{% call m() %}{{ n() }}{% endcall %}{% endmacro %}"
    )
    (found,) = problems(text + "{{ n() }}")
    assert "endless-template" in found


def test_filter_blocks_count_towards_what_a_template_may_print() -> None:
    text = "{% for a in range(9999) %}{% filter upper %}" + "x" * 999 + "{% endfilter %}{% endfor %}"
    assert [code for code, _ in pointed(text)] == ["endless-template"]


# Files read


def test_an_imported_file_is_among_the_files_read_with_its_digest(folder: Path) -> None:
    found = composed(IMPORT + FROM + 'x{% include "late.md" ignore missing %}', folder)
    assert found.read == ("templates/sections/_macros.md",)
    assert found.digests["templates/late.md"] == ""
    assert len(found.digests["templates/sections/_macros.md"]) == 64


def test_a_memo_is_stale_when_a_file_that_it_imports_changes(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    folder_with(project, {"sections/_macros.md": "{% macro m(f) %}{{ f.claim }}{% endmacro %}"})
    note = project / "templates" / "note.md"
    text = '\n{% import "sections/_macros.md" as m %}{{ m.m(fact("rail-link")) }}{{ cite("rail-link") }}\n'
    note.write_text(note.read_text("utf-8") + text, "utf-8")
    assert memo(project, "build").exit_code == 0
    assert memo(project, "status").output.split() == ["note", "fresh"]
    folder_with(project, {"sections/_macros.md": "{% macro m(f) %}So: {{ f.claim }}{% endmacro %}"})
    assert "sections/_macros.md" in memo(project, "status").output
    assert "unchanged" not in memo(project, "build").output


def memo(project: Path, command: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(project), command])


def test_a_file_to_import_that_is_not_there_yet_is_watched_for(folder: Path) -> None:
    found, _ = attempt('x{% import "late.md" as late %}', folder)
    assert found is not None
    assert found.digests == {"templates/late.md": ""}


def test_an_included_file_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {})
    with (folder / "annex.md").open("wb") as file:
        file.truncate(3 << 30)  # sparse: it takes no room on the disk
    tracemalloc.start()
    (problem,) = attempt("{% include 'annex.md' %}", folder)[1]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (problem.code, problem.place.path) == ("too-large", "templates/annex.md")
    assert most < 10 << 20


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_what_is_no_file_of_text_is_never_opened(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {"part/a.md": "x"})
    os.mkfifo(folder / "pipe.md")
    (folder / "zero.md").symlink_to("/dev/zero")
    (folder / "link.md").symlink_to(folder / "pipe.md")
    text = "{% include 'pipe.md' %}\n{% include 'zero.md' %}\n{% include 'link.md' %}\n{% include 'part' %}"
    assert problems(text, folder) == [
        "1:12 missing-include: 'pipe.md' is not a file of text",
        "2:12 missing-include: there is no template 'zero.md'",
        "3:12 missing-include: 'link.md' is not a file of text",
        "4:12 missing-include: 'part' is a folder",
    ]
