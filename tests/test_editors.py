"""What docs/editors.md promises: keys are completed, and an editor finds the places that ``memo check`` tells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from memo.cli import main
from memo.facts.schema import schema
from tests.cases import read_case, run_case
from tests.editor import Editor, editor

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")
SCHEMAS = ROOT / "memo" / "schema"


@pytest.fixture(scope="module")
def server() -> Iterator[Editor]:
    with editor() as running:
        yield running


def properties(kind: str, part: str = "") -> dict[str, str]:
    """Return each key of a mapping with its description, as the schema has them."""
    whole: Any = schema(kind)  # type: ignore[arg-type]
    mapping = whole["$defs"][part] if part else whole
    return {key: shape.get("description", "") for key, shape in mapping["properties"].items()}


SHEET = f"# yaml-language-server: $schema={SCHEMAS}/fact-sheet.json\n"
STYLE = f"# yaml-language-server: $schema={SCHEMAS}/style.json\n"
ASKED = {
    "a sheet": ("fact-sheet", "", SHEET + "|\n", set()),
    "a source": ("fact-sheet", "source", SHEET + "sources:\n  gazette:\n    |\n", set()),
    "an actor": ("fact-sheet", "actor", SHEET + "actors:\n  port:\n    |\n", set()),
    "a fact": ("fact-sheet", "fact", SHEET + "facts:\n  rail-link:\n    |\n", set()),
    "a begun fact": ("fact-sheet", "fact", SHEET + "facts:\n  a:\n    kind: event\n    |\n", {"kind"}),
    "a support": ("fact-sheet", "support", SHEET + "facts:\n  a:\n    support:\n      - |\n", set()),
    "a style": ("style", "", STYLE + "|\n", set()),
}


@pytest.mark.conformance
@pytest.mark.parametrize("where", ASKED)
def test_every_key_is_offered_with_its_description_and_no_other(where: str, server: Editor, tmp_path: Path) -> None:
    kind, part, text, given = ASKED[where]
    offered = server.completions(tmp_path / f"{where.replace(' ', '-')}.yaml", text)
    wanted = {key: description for key, description in properties(kind, part).items() if key not in given}
    assert {label: words for label, words in offered.items() if label in wanted} == wanted
    others = set(offered) - set(wanted)
    assert all(" " in label or label == part for label in others), others  # snippets of the editor's own


@pytest.mark.conformance
def test_the_values_of_a_choice_are_offered(server: Editor, tmp_path: Path) -> None:
    offered = server.completions(tmp_path / "choice.yaml", SHEET + "facts:\n  a:\n    kind: |\n")
    assert {"event", "commitment", "quantity", "position", "assessment", "assumption"} <= set(offered)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def json_named(name: str) -> Any:
    """Return the JSON that the page gives under a file's name."""
    found = re.search(rf"`{re.escape(name)}`[^\n]*\n\n```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found, name
    return json.loads(found[1])


def test_the_schemas_that_the_settings_name_are_those_that_memo_prints() -> None:
    for path, globs in json_named(".vscode/settings.json")["yaml.schemas"].items():
        kind = Path(path).stem
        assert CliRunner().invoke(main, ["schema", kind]).output == (SCHEMAS / f"{kind}.json").read_text("utf-8")
        assert globs


NAMES = ("file", "line", "column", "severity", "code", "message")
WHOLE = {"line": "0", "column": "1"}
"""Of a problem of a file as a whole."""


def matched(output: str) -> list[tuple[str, ...]]:
    """Return what the page's problem matchers find in the output of a task."""
    (task,) = json_named(".vscode/tasks.json")["tasks"]
    found = []
    for pattern in (matcher["pattern"] for matcher in task["problemMatcher"]):
        for match in filter(None, (re.match(pattern["regexp"], line) for line in output.splitlines())):
            found.append(tuple(match[pattern[name]] if name in pattern else WHOLE[name] for name in NAMES))
    return found


CODES = ("unknown-key", "retired-fact", "uncarried-figure", "unknown-fact", "yaml-syntax", "unreadable", "no-dossier")


@pytest.mark.parametrize("code", CODES)
def test_the_problem_matchers_find_each_problem_once_and_in_full(code: str, tmp_path: Path) -> None:
    case = read_case(ROOT / "tests" / "problems" / f"{code}.txt")
    run_case(case, tmp_path)
    (project,) = tmp_path.iterdir()
    check = ["-C", str(project), "check"]
    problems = json.loads(CliRunner().invoke(main, [*check, "--json"]).output)["problems"]
    told = [
        (
            *map(str, (p["place"]["path"], p["place"]["line"], p["place"]["column"])),
            p["severity"],
            p["code"],
            p["message"],
        )
        for p in problems
    ]
    assert code in {problem[4] for problem in told}
    assert sorted(matched(CliRunner().invoke(main, check).output)) == sorted(told)


def test_the_task_runs_a_command_that_memo_has() -> None:
    (task,) = json_named(".vscode/tasks.json")["tasks"]
    assert task["command"] == "memo"
    assert CliRunner().invoke(main, [*task["args"], "--help"]).exit_code == 0


def test_the_hook_for_pre_commit_runs_a_command_that_memo_has_when_facts_or_templates_change() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *arguments = hook["entry"].split()
    assert program == "memo"
    assert CliRunner().invoke(main, [*arguments, "--help"]).exit_code == 0
    assert not hook["pass_filenames"]
    assert all(re.search(hook["files"], path) for path in ("facts/harbour/a.yaml", "templates/sections/b.md"))
    assert f"- id: {hook['id']}" in PAGE
