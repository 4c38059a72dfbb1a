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
from bench.measure import Timing, environment, interleave
from bench.peers import PEERS, pandoc_version
from bench.results import Inside, Results, Subject
from memo.document import Document, Figure, Table, footnotes, inline_text, text_runs

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
    batch = interleave(plan.batch_tasks(many), size.long_runs, say)
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
        versions=_versions(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    )


def _long(project: Path, memo: str, work: Path, times: int, size: plan.Size, say: Say) -> Mapping[str, Timing]:
    say(f"{times} times as long")
    try:
        made = plan.made(projects.long(project, memo, work / f"times-{times}", times))
    except plan.NotBuilt as error:
        return {task: Timing(failure=str(error).splitlines()[0]) for task in plan.BUILDS}
    return interleave(plan.build_tasks(made), size.long_runs, say)


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
    if find_spec("pypdf") is None or not source.with_suffix(".pdf").exists():
        return None
    from pypdf import PdfReader

    return len(PdfReader(source.with_suffix(".pdf")).pages)


def _versions() -> dict[str, str]:
    """The packages that bear on what was measured; pandoc has a version besides its package's."""
    own = {package: metadata.version(package) for package in OWN}
    found = {**{peer.package: peer.version() for peer in PEERS.values()}, **own}
    return {**found, "pandoc": pandoc_version()}
