"""The docs are true: generated parts are up to date, and every command shown works."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from memo.cli import main
from tests.generated_docs import PAGES, ROOT, regenerated
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


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, of which one memo was issued already: what a page shows first may be run last here."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("facts", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    memo(f"-C {folder} issue azerbaijan-nato --to Desk --date 2026-01-26")
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


def memo(command: str) -> str:
    return CliRunner().invoke(main, command.split(), prog_name="memo").output


def _replace_once(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
