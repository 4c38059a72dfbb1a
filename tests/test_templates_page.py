"""docs/templates.md lists every tag, function, filter and test that there is, and every example in it composes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2.parser import _statement_keywords

from memo.templating.filters import FILTERS, TESTS
from memo.templating.functions import FUNCTIONS
from memo.templating.operators import LOOP
from memo.templating.parser import REFUSED
from memo.templating.values import ACTOR, KNOWN, SHOWN, SOURCE
from tests.compose.harbour import attempt, folder_with

PAGE = (Path(__file__).parent.parent / "docs" / "templates.md").read_text("utf-8")
_NAME = re.compile(r"`([^`]+)`")
TAGS = {"for", "if", "set", "with", "macro", "call", "filter", "include", "import", "from", "print"}


def section(title: str) -> str:
    """What stands under a heading of the page."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> list[tuple[str, str, str]]:
    """The first table under a heading: name, what it does, example."""
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in section(title).splitlines() if line.startswith("|")]
    return [(row[0].strip(), row[1].strip(), row[2].strip().replace("\\|", "|")) for row in cells[2:] if len(row) == 3]


def named(title: str) -> list[str]:
    return [name for row in rows(title) for name in _NAME.findall(row[0])]


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("Every tag", {*TAGS, "raw"}),
        ("Every function", set(FUNCTIONS)),
        ("Every filter", set(FILTERS)),
        ("Every test", set(TESTS)),
    ],
)
def test_the_page_lists_every_one_that_there_is_once_and_no_other(title: str, known: set[str]) -> None:
    assert sorted(named(title)) == sorted(known)
    assert all(does for _, does, _ in rows(title))


def test_the_tags_are_those_that_jinjas_parser_knows_but_for_those_refused() -> None:
    assert {*_statement_keywords, "call", "filter"} == TAGS | set(REFUSED)
    assert all(f"`{tag}`" in section("Every tag") for tag in REFUSED)


def test_the_page_lists_every_part_and_all_that_a_loop_says_of_itself() -> None:
    parts = {
        row.split("|")[1].strip(): row.split("|")[2] for row in section("Every function").splitlines() if "|" in row
    }
    for what, known in (
        ("a fact, printed as a claim", SHOWN),
        ("a fact, to choose by", KNOWN),
        ("an actor", ACTOR),
        ("a source", SOURCE),
    ):
        assert _NAME.findall(parts[what]) == list(known)
    told = section("Every tag").partition("`loop` has")[2]
    assert [name.partition("(")[0] for name in _NAME.findall(told)] == list(LOOP)


EXAMPLES = [
    (names, example)
    for title in ("Every tag", "Every function", "Every filter", "Every test")
    for names, _, example in rows(title)
]


@pytest.mark.parametrize(("names", "example"), EXAMPLES, ids=[names for names, _ in EXAMPLES])
def test_an_example_uses_what_it_is_an_example_of_and_composes_without_a_problem(
    names: str, example: str, tmp_path: Path
) -> None:
    macros, memo = re.findall(r"```jinja\n(.*?)```", section("Sharing text"), re.DOTALL)
    folder = folder_with(tmp_path, {"sections/_macros.md": macros, "sections/risks.md": "# Risks\n\nNone.\n"})
    assert example.startswith("`")
    assert example.endswith("`")
    assert any(name in example for name in _NAME.findall(names))
    before = "{{ fact('strain').likelihood }}{{ cite('strain') }}"
    found, problems = attempt(f"{before}\n\n{example[1:-1]}", folder)
    assert problems == []
    assert found is not None
    assert len(found.document.blocks) > 1
    assert attempt(memo, folder)[1] == []
