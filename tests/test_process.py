"""What befalls a process: Ctrl-C, a reader that goes away, a full disk. Never a traceback, always the right status."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cases import BASE

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
COMMANDS = {
    "facts": 0, "facts --json": 0, "facts show berths-open": 0, "facts show nope": 1, "facts unused": 0, "check": 0,
    "check --list": 0, "check nope": 1, "check --nope": 2, "schema style": 0, "completion bash": 0, "status": 0,
    "build": 0, "register": 0, "impact": 0, "why note berths": 0, "--help": 0, "--version": 0, "nope": 2,
}  # fmt: skip
"""Commands with their exit status where all that they print is read."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("process") / "project"
    shutil.copytree(BASE, folder)
    return folder


def start(project: Path, command: str, **named: object) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "memo", *command.split()]
    return subprocess.Popen(line, cwd=project, env=ENVIRONMENT, **named)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_goes_away_changes_nothing(project: Path, command: str) -> None:
    process = start(project, command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    printed = process.stderr.read()
    assert process.wait() == COMMANDS[command]
    assert b"Traceback" not in printed
    assert b"roken pipe" not in printed


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_of_errors_that_goes_away_changes_nothing(project: Path, command: str) -> None:
    process = start(project, command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    process.stderr.close()
    assert process.wait() == COMMANDS[command]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", [one for one, status in COMMANDS.items() if status == 0 and one != "facts unused"])
def test_a_full_disk_is_told_in_a_line(project: Path, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        process = start(project, command, stdout=full, stderr=subprocess.PIPE)
        assert process.stderr
        printed = process.stderr.read().decode()
    assert process.wait() == 1
    assert printed.count("\n") == 1
    assert "could not be written: No space left on device" in printed


@pytest.mark.parametrize("wait", range(2, 42, 4))
def test_an_interruption_ends_without_a_traceback(project: Path, wait: int) -> None:
    # Told when Python itself has started: what Ctrl-C does to it before that is not ours.
    code = (
        "import sys; from memo.__main__ import run; print(flush=True); sys.argv = ['memo', 'build', '--force']; run()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=project, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    time.sleep(wait / 100)
    process.send_signal(signal.SIGINT)
    printed = process.communicate()[1]
    # A build that is done by then has ended well; Python, when it ends, no longer asks anybody.
    assert process.returncode in (130, 0, -signal.SIGINT)
    assert b"Traceback" not in printed


def test_an_interruption_while_importing_has_status_130(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", "utf-8")
    environment = {**ENVIRONMENT, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = subprocess.run([sys.executable, "-m", "memo", "facts"], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
