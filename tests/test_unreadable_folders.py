"""A folder that may not be read is named by every command, in one line, with exit status 1."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import BASE
from tests.test_bad_input import inside, run

ROOT = Path(__file__).parent.parent
FOLDERS = (
    "facts", "facts/harbour", "templates", "templates/sections", "issued", "issued/note", "issued/note/1", "output",
    "output/.memo",
)  # fmt: skip
COMMANDS = ("check", "facts", "register", "impact --today 2031-03-15", "status", "build", "verify output/note.pdf")

# Root may read everything, unless it lacks these capabilities.
LIMITED = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unreadable") / "project"
    shutil.copytree(BASE, folder)
    (folder / "templates" / "sections").mkdir()
    (folder / "templates" / "sections" / "rail.md").write_text('{{ fact("rail-link") }}\n', "utf-8")
    template = folder / "templates" / "note.md"
    template.write_text(template.read_text("utf-8") + '\n{% include "sections/rail.md" %}\n', "utf-8")
    with inside(folder):
        assert run("issue", "note", "--to", "Council", "--date", "2031-03-15").exit_code == 0
        assert run("build").exit_code == 0
    return folder


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights than these")
@pytest.mark.parametrize("mode", [0o000, 0o444], ids=["closed", "names only"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_an_unreadable_folder_is_named(project: Path, folder: str, mode: int) -> None:
    root = os.geteuid() == 0
    if root and not shutil.which("setpriv"):
        pytest.skip("everything is readable to this user")
    command = COMMANDS[(FOLDERS.index(folder) + bool(mode)) % len(COMMANDS)]
    (project / folder).chmod(mode)
    try:
        done = subprocess.run(
            [*(LIMITED if root else ()), sys.executable, "-m", "memo", *command.split()],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        (project / folder).chmod(0o755)
    assert done.returncode == 1
    found = [line for line in (done.stdout + done.stderr).splitlines() if "error" in line and "[" in line]
    assert found == [f"{folder}: error[unreadable]: the folder may not be read: permission denied"]
