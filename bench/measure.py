"""Whole processes, timed: several tasks in turn, round after round, so that a busy minute hits all of them alike."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
SPAWN = Path(__file__).with_name("spawn.py")


@dataclass(frozen=True, slots=True)
class Task:
    """One command to time. ``folder`` is where it runs; ``clear`` are folders that are deleted before each run."""

    name: str
    command: Sequence[str]
    folder: Path
    clear: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: ``seconds`` by the wall clock, ``processor`` on all cores together; ``peak`` in MiB."""

    seconds: float
    processor: float
    peak: float


@dataclass(slots=True)
class Timing:
    """All runs of one task, or why there are none."""

    runs: list[Run] = field(default_factory=list)
    failure: str = ""

    @property
    def seconds(self) -> float:
        """Median wall time."""
        return median(run.seconds for run in self.runs)

    @property
    def least(self) -> float:
        """Shortest wall time: what the machine can do when nothing disturbs it."""
        return min(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        """Median processor time."""
        return median(run.processor for run in self.runs)

    @property
    def peak(self) -> float:
        """Median peak memory in MiB."""
        return median(run.peak for run in self.runs)


def environment() -> dict[str, str]:
    """What every process is given: this tree on the path, byte code kept, strings hashed the same way each time."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}


def interleave(tasks: Sequence[Task], runs: int, say: Callable[[str], None]) -> dict[str, Timing]:
    """Time the tasks in turn, ``runs`` times each, after one round that is not counted (it warms the disk's cache).

    A task that fails is not run again, and says why.
    """
    timings = {task.name: Timing() for task in tasks}
    for number in range(runs + 1):
        say(f"  round {number} of {runs}" if number else "  warming up")
        for task in tasks:
            timing = timings[task.name]
            if not timing.failure:
                _add(timing, task, counted=number > 0)
    return timings


def once(task: Task) -> tuple[Run | None, str]:
    """Run a task once: what it took, or None and why it failed."""
    for folder in task.clear:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    program = shutil.which(task.command[0])
    if program is None:
        return None, f"there is no {task.command[0]}"
    spawn = [sys.executable, "-I", "-S", str(SPAWN), program, *task.command[1:]]
    done = subprocess.run(spawn, cwd=task.folder, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        return None, _last_line(done.stderr)
    took: Mapping[str, float] = json.loads(done.stdout)
    if took["status"]:
        return None, _last_line(done.stderr) or f"exit status {took['status']}"
    return Run(took["seconds"], took["processor"], took["peak"]), ""


def pair(one: Timing, other: Timing) -> Timing:
    """Two tasks one after the other: times add up round by round, and the greater peak counts."""
    if one.failure or other.failure:
        return Timing(failure=one.failure or other.failure)
    together = zip(one.runs, other.runs, strict=True)
    return Timing([_after(first, then) for first, then in together])


def _after(first: Run, then: Run) -> Run:
    return Run(
        first.seconds + then.seconds,
        first.processor + then.processor,
        max(first.peak, then.peak),
    )


def _add(timing: Timing, task: Task, *, counted: bool) -> None:
    run, timing.failure = once(task)
    if run is not None and counted:
        timing.runs.append(run)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
