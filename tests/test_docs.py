"""The docs are true: generated parts are up to date, and every command shown works."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from memo.checks import ALL, Check
from memo.cli import main
from tests.generated_docs import CHECK_PAGES, PAGES, ROOT, check_page, regenerated, rooms
from tests.test_build import MEMOS, pdf_body

_SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOWN = sorted(
    {
        line
        for page in PAGES
        for block in _SHELL.findall(page.read_text("utf-8"))
        for line in block.splitlines()
        if line.startswith("memo ")
    }
)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_generated_parts_of_a_page_are_up_to_date(page: Path, update: bool) -> None:
    text = page.read_text("utf-8")
    if update:
        page.write_text(regenerated(text), "utf-8", newline="\n")
    else:
        assert regenerated(text) == text, "run: python -m pytest --update tests/test_docs.py"


def test_the_picture_of_the_rooms_is_up_to_date(update: bool) -> None:
    if update:
        rooms.PICTURE.write_text(rooms.picture(), "utf-8", newline="\n")
    assert rooms.PICTURE.read_text("utf-8") == rooms.picture(), "run: python docs/rooms.py"


def test_every_file_that_the_page_on_architecture_names_is_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = re.findall(r"`(memo/[\w/]+\.py|memo/[\w/]+/|docs/\w+\.py|tests/\w+\.py)`", page)
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.code)
def test_a_check_has_a_page_that_is_up_to_date(check: Check[Any], update: bool) -> None:
    page = CHECK_PAGES / f"{check.code}.md"
    if update:
        page.write_text(check_page(check), "utf-8", newline="\n")
    assert page.read_text("utf-8") == check_page(check), "run: python -m pytest --update tests/test_docs.py"


def test_there_is_a_page_for_no_other_check() -> None:
    assert {path.stem for path in CHECK_PAGES.glob("*.md")} == {check.code for check in ALL}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, of which one memo was issued already: what a page shows first may be run last here."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("facts", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    memo(f"-C {folder} issue azerbaijan-nato --to Desk --date 2026-11-26")
    return folder


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_shown_in_the_docs_works(line: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    result = CliRunner().invoke(main, shlex.split(line.split(" # ")[0])[1:], prog_name="memo")
    assert result.exit_code == 0, result.output


def test_the_tour_of_the_readme_goes_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("facts", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    sheet = Path("facts/azerbaijan-nato/programme.yaml")
    memo("build")
    _replace_once(sheet, "ready to finalise an Individually", "ready to conclude an Individually")
    assert [line.split(None, 2) for line in memo("status").splitlines()] == [
        [name, "stale", "fact itpp-to-be-finalised changed"] for name in MEMOS
    ]
    before = {name: pdf_body(Path(f"output/{name}.pdf").read_bytes()) for name in MEMOS}
    assert not any(line.endswith("unchanged") for line in memo("build").splitlines())
    after = {name: pdf_body(Path(f"output/{name}.pdf").read_bytes()) for name in MEMOS}
    assert [name for name in MEMOS if before[name] != after[name]] == ["azerbaijan-nato"]
    assert all(line.endswith("unchanged") for line in memo("build").splitlines())
    _replace_once(sheet, "{source: nato-visit-report", "{sorce: nato-visit-report")
    assert f"```text\n{memo('check')}```" in (ROOT / "README.md").read_text("utf-8")


def test_what_contributing_installs_and_names_is_there() -> None:
    """Its commands fetch packages, which no test does; what they name is held to."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    lines = [line for block in _SHELL.findall(page) for line in block.splitlines()]
    (pip,) = [shlex.split(line) for line in lines if line.startswith("python -m pip install ")]
    options = dict(zip(pip[4::2], pip[5::2], strict=True))
    assert options.keys() == {"-e", "-r"}
    folder, extra = options["-e"].rstrip("]").split("[")
    project = tomllib.loads((ROOT / folder / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {*map(_package, project["optional-dependencies"][extra]), *_requirements(ROOT / options["-r"])}
    assert wanted <= _requirements(ROOT / ".ci/constraints.txt")
    named = [*re.findall(r"\]\(([^)]+)\)", page), *re.findall(r"`(\.?\w+/\w*)`", page)]
    assert {".ci/run", "bench/"} < set(named)
    assert not [path for path in named if not (ROOT / path).exists()]


def _requirements(path: Path) -> set[str]:
    return {_package(line) for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")}


def _package(requirement: str) -> str:
    return re.split("[<>=]", requirement)[0].lower().replace("_", "-")


def memo(command: str) -> str:
    return CliRunner().invoke(main, command.split(), prog_name="memo").output


def _replace_once(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
