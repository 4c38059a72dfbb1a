"""What is timed: every command, on projects and sources made for it in a folder of their own."""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Task
from bench.peers import PEERS
from memo.document.tree import Document
from memo.problem import has_errors
from memo.project import Project, prepare

if TYPE_CHECKING:
    from memo.checks import Memo

MEMO = (sys.executable, "-c", "import sys; from memo.cli import main; sys.exit(main(prog_name='memo'))")
"""What the installed ``memo`` script does."""

PACKAGES = "click, yaml, jinja2, markdown_it, reportlab.pdfbase.ttfonts"
"""What a cold build of a PDF cannot but import: to parse its options, facts, templates, Markdown and fonts."""

HERE = Path(__file__).parent
FORMATS = {"both": (), "docx": ("--format", "docx"), "pdf": ("--format", "pdf")}
LONGEST_OF_SLOW = 10
"""A slow peer is given no memo that is more times as long."""

BULK = ("memo pdf", "Typst", "platypus")
"""What makes a PDF of about 250 pages."""

WARM_MEMO = "memo"
BUILDS = (*(f"memo {format}" for format in FORMATS), "fill", *PEERS)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is timed: runs of each task (``long_runs`` of batches and long memos), memos in the batch, and how many
    times as long the long memos are; ``bulk`` times makes about 250 pages."""

    runs: int
    long_runs: int
    batch: int
    lengths: tuple[int, ...]
    bulk: int = 54


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
        Task("packages", (sys.executable, "-c", f"import {PACKAGES}"), project.folder),
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


def memo_task(project: Made, format: str, name: str, *more: str) -> Task:
    """``memo build`` into an empty folder."""
    output = project.folder / f"output-{format}"
    command = (*MEMO, "build", "--output", str(output), *FORMATS[format], *more)
    return Task(name, command, project.folder, clear=(output,))


def alone(task: str) -> str:
    """The name of the task in which one process of `memo` does what several share in this one."""
    return f"{task}, alone"


def unchanged_task(project: Made) -> Task:
    """``memo build`` where everything stands built already (the round that is not counted builds it)."""
    return Task("memo unchanged", (*MEMO, "build"), project.folder)


def batch_count(size: Size, name: str) -> int:
    """How many memos of the batch this one makes: a slow peer, a tenth of them."""
    return max(2, size.batch // 10) if name in PEERS and PEERS[name].slow else size.batch


def warm_tasks(project: Made, size: Size) -> dict[str, Task]:
    """What makes PDFs in one process, `memo` among them, and says how long each takes."""
    own = _pickles(project)
    modules = {WARM_MEMO: ("bench.memo_compile", own)}
    modules |= {name: (peer.module, project.sources[name]) for name, peer in PEERS.items() if peer.module}
    return {
        name: Task(name, (sys.executable, str(HERE / "warm.py"), module, *map(str, sources[: _warm(size, name)])), HERE)
        for name, (module, sources) in modules.items()
    }


def _warm(size: Size, name: str) -> int:
    return min(batch_count(size, name), 3 * size.runs + 1)


def _pickles(project: Made) -> tuple[Path, ...]:
    """The documents of a project for `memo.renderers` alone: the sources that warm rendering starts from."""
    place, style = _place(project.folder, WARM_MEMO), Project(project.folder).style[0]
    paths = tuple(place / f"{name}.pickle" for name in project.names)
    for path, document in zip(paths, project.documents, strict=True):
        path.write_bytes(pickle.dumps((document, style)))
    return paths


def batch_tasks(project: Made, size: Size) -> list[Task]:
    """All memos of a project, by one command, by one process of `memo` and by several, and by each peer's one."""
    tasks = _memo_tasks(project)
    tasks += [memo_task(project, format, alone(f"memo {format}"), "--jobs", "1") for format in FORMATS]
    for name, peer in PEERS.items():
        sources = project.sources[name][: batch_count(size, name)]
        tasks.append(Task(name, tuple(peer.batch(sources)), sources[0].parent))
    return tasks
