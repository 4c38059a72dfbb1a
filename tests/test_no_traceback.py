"""Whatever lies about in a project's folders, no command ends in a traceback, or waits for ever."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from memo import record as records
from tests.cases import BASE
from tests.test_bad_input import inside, run

COMMANDS = (
    "check", "check --format github", "build", "build --force --json", "facts", "facts --json", "facts show rail-link",
    "facts unused", "status", "status --json", "register", "register note", "impact --today 2031-03-15",
    "diff note/1", "diff note", "redline note/1 -o red.docx", "redline note/1 -o red.pdf", "verify output/note.pdf",
    "verify output/note.docx", "why note berths", "issue note --to X --date 2031-03-16", "check --articles facts",
)  # fmt: skip


def file(name: str, data: bytes = b"x") -> Callable[[Path], None]:
    """Lay a file, in place of whatever is there."""

    def spoil(project: Path) -> None:
        path = project / name
        gone(name)(project)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return spoil


def gone(name: str) -> Callable[[Path], None]:
    def spoil(project: Path) -> None:
        path = project / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    return spoil


def folder(name: str) -> Callable[[Path], None]:
    """Lay a folder with something in it, in place of whatever is there."""

    def spoil(project: Path) -> None:
        gone(name)(project)
        (project / name).mkdir(parents=True)
        (project / name / "x").write_text("x", "utf-8")

    return spoil


def pipe(name: str) -> Callable[[Path], None]:
    def spoil(project: Path) -> None:
        gone(name)(project)
        os.mkfifo(project / name)

    return spoil


def link(name: str, target: str) -> Callable[[Path], None]:
    def spoil(project: Path) -> None:
        gone(name)(project)
        (project / name).symlink_to(target)

    return spoil


def record_with(key: str, value: object) -> Callable[[Path], None]:
    def spoil(project: Path) -> None:
        path = records.path_of(project / "output", "note")
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {key: value}), "utf-8")

    return spoil


def memo_named(name: str) -> Callable[[Path], None]:
    def spoil(project: Path) -> None:
        shutil.copy(project / "templates" / "note.md", project / "templates" / f"{name}.md")

    return spoil


KEPT = (
    "issued", "issued/note", "issued/note/1", "issued/register.jsonl", "issued/.unfinished", "issued/.lock",
    "issued/note/1/memo.json", "issued/note/1/facts.json", "issued/note/1/note.pdf", "issued/.unfinished.part",
    "output", "output/.memo", "output/.memo/note.json", "output/note.pdf", "output/note.docx", "templates/note.md",
    "templates/style.yaml", "templates/sections", "facts/harbour/harbour.yaml", "facts/harbour",
)  # fmt: skip
"""What memo opens, lists or writes in a project."""

RECORD = ("formats", "read", "listed", "files", "problems", "made", "since", "until")
VALUES = (None, {"a": 1}, [[1]], "x", -1, ["docx", "docx"], [], {"docx": {"digest": 1}}, {"note": "\ud800"})

ODDITIES = {
    **{f"{name} is a file": file(name, b"\xff\x00{\n") for name in KEPT},
    **{f"{name} is a folder": folder(name) for name in KEPT},
    **{f"{name} is gone": gone(name) for name in KEPT},
    **{f"{name} is a pipe": pipe(name) for name in KEPT},
    **{f"{name} is a circle": link(name, Path(name).name) for name in KEPT},
    **{f"{name} is endless": link(name, "/dev/zero") for name in KEPT if "." in name},
    **{f"{name} is brackets": file(name, b"[" * 100_000) for name in KEPT if "json" in name},
    **{f"{key} of the record is {value!r}": record_with(key, value) for key in RECORD for value in VALUES},
    "a record without a key": file("output/.memo/note.json", b"{}"),
    "a name that is not UTF-8": memo_named("\udcff"),
    "a sheet whose name is not UTF-8": file("facts/harbour/\udcff.yaml", b"facts: {}"),
    "a dossier whose name is not UTF-8": file("facts/\udcff/x.yaml", b"facts: {}"),
    "an edition whose name is not UTF-8": file("issued/\udcff/1/x"),
    "a name of 240 letters": memo_named("x" * 240),
    "a name of 252 letters": memo_named("x" * 252),
    "a name of 120 letters of two bytes": memo_named("ü" * 120),
    "a name with a line end": memo_named("a\nb"),
    "a house style that is a pipe": lambda project: (
        pipe("templates/house.docx")(project),
        file("templates/style.yaml", b"house-style: house.docx")(project),
    ),
    "a house style that is endless": lambda project: (
        link("templates/house.docx", "/dev/zero")(project),
        file("templates/style.yaml", b"house-style: house.docx")(project),
    ),
}


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("traceback") / "project"
    shutil.copytree(BASE, project)
    with inside(project):
        assert run("issue", "note", "--to", "Council", "--date", "2031-03-15").exit_code == 0
        assert run("build").exit_code == 0
    return project


def check_commands(project: Path, oddity: str, commands: Sequence[str]) -> None:
    ODDITIES[oddity](project)
    with inside(project):
        for command in commands:
            result = run(*command.split())
            assert result.exit_code in (0, 1), (command, result.output)
            assert result.output.strip() or not result.exit_code, command


@pytest.mark.parametrize("oddity", ODDITIES)
def test_no_command_ends_in_a_traceback(issued: Path, tmp_path: Path, oddity: str) -> None:
    project = tmp_path / "project"
    shutil.copytree(issued, project)
    index = list(ODDITIES).index(oddity)
    check_commands(project, oddity, COMMANDS[index % 7 :: 7])


@pytest.mark.long
@pytest.mark.parametrize("oddity", ODDITIES)
def test_none_of_all_commands_ends_in_a_traceback(issued: Path, tmp_path: Path, oddity: str) -> None:
    project = tmp_path / "project"
    shutil.copytree(issued, project)
    check_commands(project, oddity, COMMANDS)
