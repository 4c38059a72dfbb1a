"""What a person reads keeps to the width of the screen, in a terminal and in a pipe."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cases import BASE
from tests.test_bad_input import inside, run

if os.name == "posix":
    import pty

ROOT = Path(__file__).parent.parent
SCREENS = (
    "--help", "build --help", "check --help", "facts --help", "impact --help", "issue --help", "redline --help",
    "schema --help", "status --help", "verify --help", "why --help", "facts", "facts unused", "facts --kind assessment",
    "facts show tangible-steps", "check --list", "check --explain uncontested", "check --explain overdue", "status",
    "why azerbaijan-nato NATO",
)  # fmt: skip


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_keeps_to_its_width(monkeypatch: pytest.MonkeyPatch, screen: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = run("-C", str(ROOT), *screen.split()).stdout.splitlines()
    assert lines
    too_long = [line for line in lines if len(line) > width and " " in line.strip()]
    assert too_long == []
    assert not any(line.endswith("...") for line in lines if not line.startswith("Usage"))


@pytest.mark.parametrize("width", [80, 120])
def test_what_was_handed_out_keeps_to_the_width(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    sheet = project / "facts" / "harbour" / "harbour.yaml"
    with inside(project):
        run(
            "issue",
            "note",
            "--to",
            "Harbour committee",
            "--to",
            "The office of the mayor of Halvern and of its port",
            *("--date", "2031-03-15"),
        )
        sheet.write_text(sheet.read_text("utf-8").replace("opened two", "opened as many as three"), "utf-8")
        for screen in ("register", "impact --today 2031-03-15", "diff note/1", "verify issued/note/1/note.docx"):
            lines = run(*screen.split()).stdout.splitlines()
            assert lines, screen
            assert [line for line in lines if len(line) > width] == []


def test_a_screen_is_as_wide_as_the_terminal() -> None:
    pytest.importorskip("pty")
    import fcntl
    import struct
    import sys
    import termios

    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    child, terminal = pty.fork()
    if not child:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 70, 0, 0))
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "-m", "memo", "facts"], environment)
    printed = b""
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:  # how Linux tells that the other end is closed
            break
        if not read:
            break
        printed += read
    os.waitpid(child, 0)
    lines = printed.decode().splitlines()
    assert max(map(len, lines)) <= 70
    assert len(lines) > 100
