"""Bad input of every kind: never a traceback, always a place, all problems, exit status 1, and old files untouched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from memo.cli import main
from tests.bad_input import GOOD, Spoil, spoils

ROOT = Path(__file__).parent.parent
EXAMPLES = int(os.environ.get("MEMO_BAD_INPUTS", "12"))
"""Spoilt projects a kind of file; more of them are tried by setting the variable."""

PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
often = settings(
    max_examples=EXAMPLES, deadline=None, phases=PHASES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)  # fmt: skip

COMMANDS = (
    ("check", "--json", "--articles", "articles"),
    ("check", "--format", "github"),
    ("check", "--articles", "articles"),
    ("build", "--format", "docx", "--json"),
    ("facts", "--json"),
    ("facts", "show", "berths-open"),
    ("why", "note", "two new berths", "--json"),
    ("why", "note", "zzz"),
)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out the good project, and build it."""
    folder = tmp_path_factory.mktemp("good")
    lay(folder, GOOD)
    with inside(folder):
        assert run("build").exit_code == 0
        assert run("check", "--articles", "articles", "--skip", "changed-article").exit_code == 0
    return folder


def lay(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def copied(good: Path) -> Iterator[Path]:
    """Copy the good project to spoil it, and work in that folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        shutil.copytree(good, folder)
        with inside(folder):
            yield folder


def run(*arguments: str) -> Result:
    """Run memo. Whatever comes out of it but an exit is a bug."""
    result = CliRunner().invoke(main, arguments, prog_name="memo")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"memo {' '.join(arguments)}") from result.exception
    assert result.exit_code in (0, 1, 2)
    return result


def check_commands(folder: Path) -> None:
    """Check that every command ends well, or with problems at places that exist and the old outputs untouched."""
    before = outputs(folder)
    for command in COMMANDS:
        result = run(*command)
        assert result.exit_code != 2, result.output
        if result.exit_code == 1:
            assert result.output.strip(), command
            if "--json" in command:
                check_places(folder, json.loads(result.stdout)["problems"])
            # What lies in the wrong place is told, and the memos that do not miss it are built.
            if command[0] == "build" and "misplaced-file" not in result.output:
                assert outputs(folder) == before


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "output").glob("note.*"))}


def check_places(folder: Path, problems: list[dict[str, Any]]) -> None:
    assert any(problem["severity"] == "error" for problem in problems)
    for problem in problems:
        assert problem["message"].strip()
        for place in (problem["place"], *(related["place"] for related in problem["related"])):
            path = folder / place["path"]
            assert not Path(place["path"]).is_absolute(), place
            assert place["path"].split("/")[0] in ("facts", "templates", "articles", "output"), place
            if place["line"]:
                check_in_bounds(path, place)


def check_in_bounds(path: Path, place: dict[str, Any]) -> None:
    """Check that the line exists and the place lies in it; at the very end, one character may be meant."""
    text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    assert 1 <= place["line"] <= len(lines), place
    room = len(lines[place["line"] - 1])
    assert 1 <= place["column"] <= room + 1, (place, lines[place["line"] - 1])
    assert place["length"] >= 1
    assert place["column"] - 1 + place["length"] <= max(room, place["column"]), (place, lines[place["line"] - 1])


@pytest.mark.parametrize("path", GOOD)
@often
@given(data=st.data())
def test_a_spoilt_file_gives_problems_at_places_and_no_traceback(good: Path, path: str, data: st.DataObject) -> None:
    chosen: list[Spoil] = data.draw(st.lists(spoils(path), min_size=1, max_size=3))
    spoilt = GOOD[path]
    for spoil in chosen:
        spoilt = spoil(spoilt)
    with copied(good) as folder:
        (folder / path).write_bytes(spoilt)
        check_commands(folder)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def looping(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def unreadable(path: Path) -> None:
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("everything is readable to this user")


def gone(path: Path) -> None:
    path.unlink()


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def renamed(name: str) -> Callable[[Path], None]:
    def rename(path: Path) -> None:
        path.rename(path.with_name(name + path.suffix))

    rename.__name__ = f"renamed to {name}"
    return rename


NAMES = ("with space", "ünïcode", "CAPITALS", "-dash", "new\nline", "semi;colon", "per%cent", "a" * 200, "tab\t", "'\"")
ODDITIES = (a_folder, dangling, looping, unreadable, gone, fifo, *map(renamed, NAMES))


@pytest.mark.parametrize("oddity", ODDITIES, ids=lambda oddity: oddity.__name__)
@pytest.mark.parametrize("path", GOOD)
def test_an_odd_file_gives_problems_at_places_and_no_traceback(
    good: Path, path: str, oddity: Callable[[Path], None]
) -> None:
    with copied(good) as folder:
        oddity(folder / path)
        check_commands(folder)


def no_folder(name: str) -> Callable[[Path], None]:
    return lambda folder: shutil.rmtree(folder / name)


def file_for(name: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        shutil.rmtree(folder / name)
        (folder / name).write_text("x")

    return spoil


def extra(name: str, data: bytes = b"facts: {}\n") -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    return spoil


def loop_of_folders(folder: Path) -> None:
    (folder / "facts" / "harbour" / "again").symlink_to("..", target_is_directory=True)
    (folder / "facts" / "itself").symlink_to("itself", target_is_directory=True)
    (folder / "templates" / "itself").symlink_to("itself", target_is_directory=True)


FOLDERS: dict[str, Callable[[Path], None]] = {
    "no dossier": no_folder("facts/harbour"),
    "a file for a dossier": file_for("facts/harbour"),
    "a file for facts": file_for("facts"),
    "a file for templates": file_for("templates"),
    "a file for sections": file_for("templates/sections"),
    "a file for output": file_for("output"),
    "an empty dossier": lambda folder: (folder / "facts" / "empty").mkdir(),
    "a hidden dossier": extra("facts/.hidden/x.yaml"),
    "a dossier with a line end in its name": extra("facts/a\nb/x.yaml"),
    "a sheet that is no YAML": extra("facts/harbour/z.yaml", b"\x00\x01"),
    "a sheet with capitals in its suffix": extra("facts/harbour/Z.YAML", b"facts: [\n"),
    "an editor's lock": lambda folder: (folder / "facts" / "harbour" / ".#more.yaml").symlink_to("user@host.1:2"),
    "a backup": extra("facts/harbour/more.yaml~"),
    "a memo named with a blank": extra("templates/a b.md", b"x"),
    "a memo without a name": extra("templates/.md", b"x"),
    "an empty memo": extra("templates/empty.md", b""),
    "folders in a loop": loop_of_folders,
    "a folder for a memo's file": lambda folder: (folder / "templates" / "folder.md").mkdir(),
    "a record that is no JSON": extra("output/.memo/note.json", b"\xff{"),
    "a record of another form": extra("output/.memo/note.json", b'{"memo": []}'),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_an_odd_folder_gives_problems_at_places_and_no_traceback(good: Path, name: str) -> None:
    with copied(good) as folder:
        FOLDERS[name](folder)
        check_commands(folder)


WORDS = st.one_of(
    st.sampled_from([
        "check", "build", "facts", "why", "show", "unused", "schema", "completion", "note", "zzz", "berths-open", "-C",
        ".", "..", "facts", "--json", "--only", "--skip", "lost-quote", "--articles", "articles", "templates/note.md",
        "--today", "2031-03-14", "2031", "0000-00-00", "--against", "--format", "docx", "pdf", "json", "github", "text",
        "--strict", "--waivers", "--list", "--explain", "--digests", "--output", "out", "--date", "--bare", "--force",
        "--kind", "event", "--actor", "port", "--source", "gazette", "--section", "summary", "--dossier", "harbour",
        "--help", "--version", "bash", "fish", "fact-sheet", "style", "", " ", "-", "--", "\udcff", "a\nb", "../x", "ü",
        "templates/style.yaml", "x" * 300,
    ]),
    st.text(st.characters(exclude_characters="\x00/", exclude_categories=["Cs"]), max_size=8),
)  # fmt: skip


@often
@given(words=st.lists(WORDS, min_size=1, max_size=7))
def test_odd_arguments_end_in_an_exit_status_and_no_traceback(good: Path, words: list[str]) -> None:
    with copied(good):
        run(*words)


ALIASES = b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (i, i, i - 1, i - 1) for i in b"bcdefghijklmno")
SHELL: dict[str, tuple[tuple[str, ...], dict[str, str], bytes]] = {
    "a terminal that knows ASCII only": (("why", "note", "berths"), {"PYTHONIOENCODING": "ascii"}, b""),
    "the locale C without UTF-8": (("check",), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, b""),
    "an unknown terminal": (("check",), {"TERM": "nonesuch", "COLUMNS": "0"}, b""),
    "a sheet of zeros": (("check",), {}, bytes(1000)),
    "a sheet nested without end": (("build",), {}, b"facts: " + b"[" * 100_000),
    "a sheet that grows by aliases": (("check",), {}, ALIASES),
}  # fmt: skip


@pytest.mark.parametrize("name", SHELL)
def test_a_true_run_ends_without_a_traceback(good: Path, name: str) -> None:
    arguments, settings_, sheet = SHELL[name]
    with copied(good) as folder:
        (folder / "facts" / "harbour" / "z.yaml").write_bytes(sheet or b"fact: {}\n")
        done = subprocess.run(
            [sys.executable, "-m", "memo", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), **settings_},
            capture_output=True,
            check=False,
            timeout=120,
        )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1, done.stderr
    assert b"facts/harbour/z.yaml" in done.stdout + done.stderr


def test_a_reader_that_stops_reading_is_no_traceback(good: Path) -> None:
    with copied(good) as folder:
        (folder / "facts" / "harbour" / "z.yaml").write_bytes(b"fact: {}\n" * 3)
        done = subprocess.run(
            f"{sys.executable} -m memo facts --json | head -c 1",
            shell=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
            timeout=120,
        )
    assert b"Traceback" not in done.stderr
