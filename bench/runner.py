"""Takes the whole of it, part by part, and gathers what was found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from bench import plan, projects
from bench.measure import Task, Timing, environment, interleave
from bench.peers import PEERS, pandoc_version
from bench.results import Bulk, Inside, Results, Subject, Warm
from memo.document.tree import Document, Figure, Table
from memo.document.walk import footnotes, inline_text, text_runs

Say = Callable[[str], None]
OWN = ("jinja2", "lxml", "pyyaml")
"""The libraries under `memo` whose version bears on its speed."""


def measured(project: Path, memo: str, work: Path, size: plan.Size, say: Say) -> Results:
    """Time everything on copies of a project's memo made in ``work``. Raises `plan.NotBuilt`."""
    say("One memo, cold")
    one = plan.made(projects.copy(project, memo, work / "one"))
    cold = interleave([*plan.start_tasks(one), plan.unchanged_task(one), *plan.build_tasks(one)], size.runs, say)
    say(f"A batch of {size.batch}")
    many = plan.made(projects.many(project, memo, work / "batch", size.batch))
    batch = interleave(plan.batch_tasks(many, size), size.long_runs, say)
    say("PDFs in one process")
    warm = {name: _warm(task) for name, task in plan.warm_tasks(many, size).items()}
    say("About 250 pages")
    bulk = _bulk(plan.made(projects.long(project, memo, work / "bulk", size.bulk)), size, say)
    long = {times: _long(project, memo, work, times, size, say) for times in size.lengths}
    say("Inside one process")
    inside = _inside(one, size)
    return Results(
        size=size,
        subject=_subject(one),
        cold=cold,
        batch=batch,
        long=long,
        inside=inside,
        warm=warm,
        bulk=bulk,
        versions=_versions(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    )


def _long(project: Path, memo: str, work: Path, times: int, size: plan.Size, say: Say) -> Mapping[str, Timing]:
    say(f"{times} times as long")
    try:
        made = plan.made(projects.long(project, memo, work / f"times-{times}", times))
    except plan.NotBuilt as error:
        return {task: Timing(failure=str(error).splitlines()[0]) for task in plan.BUILDS}
    tasks = {task.name: task for task in plan.build_tasks(made)}
    slow = {name for name, peer in PEERS.items() if peer.slow and times > plan.LONGEST_OF_SLOW}
    timings = interleave([task for name, task in tasks.items() if name not in slow], size.long_runs, say)
    return timings | {
        name: Timing(failure=f"{name} is too slow to be given a memo {times} times as long") for name in slow
    }


def _bulk(made: plan.Made, size: plan.Size, say: Say) -> Bulk:
    tasks = [task for task in plan.build_tasks(made) if task.name in plan.BULK]
    timings = interleave(tasks, size.long_runs, say)
    (output,) = tasks[0].clear
    return Bulk(pages_of(next(output.glob("*.pdf"), output)) or 0, timings)


def _warm(task: Task) -> Warm:
    done = subprocess.run(task.command, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        return Warm(failure=done.stderr.strip().splitlines()[-1])
    pages = pages_of(Path(task.command[-1]).with_suffix(".pdf"))
    return Warm(json.loads(done.stdout), pages) if pages else Warm(failure="its pages could not be counted")


def _inside(one: plan.Made, size: plan.Size) -> Inside:
    (name,) = one.names
    command = [sys.executable, str(Path(__file__).with_name("inside.py")), str(one.folder), name, str(5 * size.runs)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        return Inside(failure=done.stderr.strip().splitlines()[-1])
    return Inside(**json.loads(done.stdout))


def _subject(one: plan.Made) -> Subject:
    (document,) = one.documents
    return Subject(
        typst_pages=_pages(one),
        words=sum(len(inline_text(run).split()) for run in text_runs(document)),
        notes=len(footnotes(document)),
        tables=_count(document, Table),
        figures=_count(document, Figure),
    )


def _count(document: Document, kind: type[object]) -> int:
    return sum(isinstance(block, kind) for block in document.blocks)


def _pages(one: plan.Made) -> int | None:
    """How many pages Typst makes of the memo: it should be about as many as `memo` makes."""
    (source,) = one.sources["Typst"]
    return pages_of(source.with_suffix(".pdf"))


def pages_of(path: Path) -> int | None:
    """How many pages a PDF has; None where there is no such file, or no pypdf to count them."""
    if find_spec("pypdf") is None or not path.is_file():
        return None
    from pypdf import PdfReader

    return len(PdfReader(path).pages)


def _versions() -> dict[str, str]:
    """The packages that bear on what was measured; pandoc has a version besides its package's."""
    own = {package: metadata.version(package) for package in OWN}
    found = {**{peer.package: peer.version() for peer in PEERS.values()}, **own}
    return {**found, "pandoc": pandoc_version()}
