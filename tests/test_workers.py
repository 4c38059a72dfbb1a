"""Many memos at once: results are as if one process had made all, and no process is left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from memo.pipeline import BuildOptions, build
from memo.project import Project
from memo.workers import run_in_workers
from tests.cases import BASE

ROOT = Path(__file__).parent.parent
_PATIENCE = 120.0
"""How many seconds any machine may take for one memo."""

NAMES = [f"memo-{number:02}" for number in range(22)]
DOCX = BuildOptions(formats=("docx",))


def shout(mark: str, name: str) -> tuple[str, int]:
    """Return a result, and the process that worked it out."""
    return name.upper() + mark, os.getpid()


def end_process(name: str) -> str:
    """End the process at one of the names."""
    if name == NAMES[6]:
        os._exit(3)
    return name


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_results_come_in_order_from_other_processes(start_method: str) -> None:
    """Also where processes cannot be forked, and all that they are given has to be pickled."""
    results = list(run_in_workers(partial(shout, "!"), NAMES, 3, start_method))
    assert [result for result, _ in results] == [f"{name.upper()}!" for name in NAMES]
    workers = [worker for _, worker in results]
    assert len(set(workers)) == 3
    assert os.getpid() not in workers


def test_few_memos_are_done_by_this_process() -> None:
    assert [worker for _, worker in run_in_workers(partial(shout, "!"), NAMES[:5], 3)] == [os.getpid()] * 5
    assert [worker for _, worker in run_in_workers(partial(shout, "!"), NAMES, 1)] == [os.getpid()] * len(NAMES)


def test_a_process_that_ends_early_is_told_with_the_memo_that_it_was_at() -> None:
    results = run_in_workers(end_process, NAMES, 2)
    assert [next(results) for _ in range(6)] == NAMES[:6]
    with pytest.raises(RuntimeError, match=f"'{NAMES[6]}' ended with status 3"):
        list(results)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project of two dozen memos, one of which has an error."""
    folder = tmp_path / "project"
    shutil.copytree(BASE, folder)
    text = (folder / "templates" / "note.md").read_text("utf-8")
    for name in NAMES:
        (folder / "templates" / f"{name}.md").write_text(f"{text}\nThis is {name}.\n", "utf-8")
    with (folder / "templates" / f"{NAMES[9]}.md").open("a", encoding="utf-8") as file:
        file.write('\n{{ fact("no-such-fact") }}\n')
    return folder


def start(project: Path, output: str, *more: str) -> subprocess.Popen[bytes]:
    """Start a build of all memos, in a group of processes of its own."""
    command = (sys.executable, "-m", "memo", "build", "--output", output, "--format", "docx", *more)
    return subprocess.Popen(
        command, cwd=project, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.docx")}


@pytest.mark.parametrize("command", ["build", "status"])
def test_a_build_and_a_status_by_many_are_as_by_one(project: Path, command: str) -> None:
    """The same files, the same lines in the same order, the same problems."""
    outputs = []
    for jobs in "1", "3":
        if command == "build":
            output = start(project, jobs, "--jobs", jobs, "--json").communicate()[0].decode()
            outputs.append([line.replace(f'"{jobs}/', '"').split('"seconds"')[0] for line in output.splitlines()])
        else:
            run = (sys.executable, "-m", "memo", "status", "--jobs", jobs)
            outputs.append(
                subprocess.run(run, cwd=project, capture_output=True, text=True, check=False).stdout.splitlines()
            )
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > len(NAMES)
    if command == "build":
        assert files(project / "1") == files(project / "3")
        assert len(files(project / "3")) == len(NAMES)


def test_memos_are_built_by_many_where_processes_cannot_be_forked(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS, where all that a process works with is pickled."""
    [one] = build(Project(project), NAMES[:1], project / "one", DOCX)
    monkeypatch.setattr("memo.pipeline.run_in_workers", partial(run_in_workers, start_method="spawn"))
    made = list(build(Project(project), NAMES, project / "many", DOCX, 2))
    assert [built.name for built in made] == NAMES
    assert made[0] == replace(one, files=made[0].files)
    assert files(project / "many")[f"{NAMES[0]}.docx"] == files(project / "one")[f"{NAMES[0]}.docx"]
    assert [built.name for built in made if not built.files] == [NAMES[9]]
    assert [problem.code for problem in made[9].problems if problem.severity == "error"] == ["unknown-fact"]


def is_left(group: int) -> bool:
    """Tell whether any process of a group still runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("killed", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_ended_leaves_whole_files_and_no_process(project: Path, killed: signal.Signals) -> None:
    """Whether it is killed, interrupted at its keyboard (as all its processes are) or asked to end."""
    start(project, "whole").communicate()
    process = start(project, "cut", "--jobs", "2")
    while not files(project / "cut") and process.poll() is None:
        time.sleep(0.01)
    (os.killpg if killed == signal.SIGINT else os.kill)(process.pid, killed)
    errors = process.communicate()[1].decode()
    end = time.monotonic() + _PATIENCE
    while is_left(process.pid) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_left(process.pid)
    assert "Traceback" not in errors
    whole = files(project / "whole")
    assert {name: data for name, data in files(project / "cut").items() if whole[name] != data} == {}
