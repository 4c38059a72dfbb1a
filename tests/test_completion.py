"""A shell completes what a project holds: memos, facts, editions, checks, kinds, sections; wherever -C stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from memo.cli import main
from tests.cases import BASE
from tests.test_bad_input import inside, run


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("completion") / "project"
    shutil.copytree(BASE, folder)
    with inside(folder):
        run("issue", "note", "--to", "Council", "--date", "2031-03-15")
    return folder


def completed(project: Path, line: str) -> list[str]:
    *words, begun = line.replace("DIR", str(project)).split(" ")
    return [item.value for item in ShellComplete(main, {}, "memo", "_MEMO_COMPLETE").get_completions(words, begun)]


COMPLETED = {
    "build n": ["note"],
    "diff ": ["note/1", "note"],
    "diff note/1 n": ["note/1", "note"],
    "redline note/": ["note/1"],
    "impact --since ": ["note/1"],
    "impact --fact r": ["rail-link"],
    "facts show b": ["berths-open"],
    "facts --kind as": ["assessment", "assumption"],
    "facts --section ": ["summary"],
    "facts --source ": ["gazette"],
    "facts --dossier ": ["harbour"],
    "facts --actor ": ["port"],
    "check --only overd": ["overdue"],
    "check --skip overd": ["overdue"],
    "check --explain yaml": ["yaml-syntax"],
    "schema s": ["style"],
}


PLACES = [  # memo schema is about no project, and takes no -C
    (line, where)
    for line in COMPLETED
    for where in ("before", "after", "within")
    if where != "after" or not line.startswith("schema")
]


@pytest.mark.parametrize(("line", "where"), PLACES)
def test_a_shell_completes(project: Path, line: str, where: str) -> None:
    command, _, rest = line.partition(" ")
    lines = {"before": f"-C DIR {line}", "after": f"{command} -C DIR {rest}", "within": line}
    with inside(project if where == "within" else Path("/")):
        assert completed(project, lines[where]) == COMPLETED[line]


@pytest.mark.parametrize("line", ["facts -C / show ", "-C / build ", "-C / diff ", "-C / facts --section "])
def test_where_there_is_no_project_nothing_is_completed(project: Path, line: str) -> None:
    assert completed(project, line) == []
