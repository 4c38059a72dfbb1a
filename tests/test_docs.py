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
    folder = tmp_path_factory.mktemp("project")
    for name in ("facts", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_shown_in_the_docs_works(line: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    result = CliRunner().invoke(main, shlex.split(line.split(" # ")[0])[1:], prog_name="memo")
    assert result.exit_code == 0, result.output
