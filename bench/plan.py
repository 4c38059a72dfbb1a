"""What is timed: every command, on projects and sources made for it in a folder of their own."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Task
from bench.peers import PEERS
from memo.document import Document
from memo.problem import has_errors
from memo.project import Project, prepare

if TYPE_CHECKING:
    from memo.checks import Memo

MEMO = (sys.executable, "-c", "import sys; from memo.cli import main; sys.exit(main(prog_name='memo'))")
"""What the installed ``memo`` script does."""

HERE = Path(__file__).parent
FORMATS = {"both": (), "docx": ("--format", "docx"), "pdf": ("--format", "pdf")}
BUILDS = (*(f"memo {format}" for format in FORMATS), "fill", *PEERS)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is timed: runs of each task (``long_runs`` of batches and long memos), memos in the batch, and how many
    times as long the long memos are."""

    runs: int
    long_runs: int
    batch: int
    lengths: tuple[int, ...]


class NotBuilt(Exception):
    """A memo that is to be timed has errors; the message says which."""


@dataclass(frozen=True, slots=True)
class Made:
    """A project folder with its memos and their documents, and for each peer the sources of the same memos."""

    folder: Path
    names: tuple[str, ...]
    documents: tuple[Document, ...]
    sources: dict[str, tuple[Path, ...]]


def made(folder: Path) -> Made:
    """Write every memo of a project as each peer's source, into a folder for each peer."""
    project = Project(folder)
    names = tuple(project.memos())
    memos = [_memo(project, name) for name in names]
    sources = {
        name: tuple(
            peer.source(memo.composed.document, memo.style, _place(folder, name), memo.template.name) for memo in memos
        )
        for name, peer in PEERS.items()
    }
    return Made(folder, names, tuple(memo.composed.document for memo in memos), sources)


def _memo(project: Project, name: str) -> Memo:
    prepared = prepare(project, name)
    if prepared.memo is None or has_errors(prepared.problems):
        raise NotBuilt("\n".join(f"{problem.place}: {problem.message}" for problem in prepared.problems))
    return prepared.memo


def _place(folder: Path, peer: str) -> Path:
    """Where a peer's sources stand and its outputs go."""
    place = folder / peer
    place.mkdir(exist_ok=True)
    return place


def start_tasks(project: Made) -> list[Task]:
    """What a process costs before it does anything, and the commands that render nothing."""
    return [
        Task("python", (sys.executable, "-c", "pass"), project.folder),
        Task("imports", (sys.executable, "-c", "import click, yaml"), project.folder),
        Task("memo help", (*MEMO, "--help"), project.folder),
        Task("memo check", (*MEMO, "check"), project.folder),
    ]


def build_tasks(project: Made) -> list[Task]:
    """A cold build to each format and to both, and each peer on the same memo: the tasks named in `BUILDS`."""
    tasks = _memo_tasks(project)
    for name, peer in PEERS.items():
        (source,) = project.sources[name]
        tasks.append(Task(name, tuple(peer.command(source)), source.parent))
    return tasks


def _memo_tasks(project: Made) -> list[Task]:
    """`memo` to each format and to both, and the filling of templates that the peers' times leave out."""
    fill = Task("fill", (sys.executable, str(HERE / "fill.py"), str(project.folder)), project.folder)
    return [*(memo_task(project, format, f"memo {format}") for format in FORMATS), fill]


def memo_task(project: Made, format: str, name: str) -> Task:
    """``memo build`` into an empty folder."""
    output = project.folder / f"output-{format}"
    command = (*MEMO, "build", "--output", str(output), *FORMATS[format])
    return Task(name, command, project.folder, clear=(output,))


def unchanged_task(project: Made) -> Task:
    """``memo build`` where everything stands built already (the round that is not counted builds it)."""
    return Task("memo unchanged", (*MEMO, "build"), project.folder)


def batch_tasks(project: Made) -> list[Task]:
    """All memos of a project in one process, and each peer on the same memos, also in one process."""
    tasks = _memo_tasks(project)
    for name, peer in PEERS.items():
        sources = project.sources[name]
        tasks.append(Task(name, tuple(peer.batch(sources)), sources[0].parent))
    return tasks
