"""What each step takes inside one warm process, for one memo: prints milliseconds and pages as JSON.

Arguments: the project's folder, the memo's name, how often each step is taken.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from memo.checks.running import Chosen, check_memo
from memo.compose import compose
from memo.document.as_json import digest
from memo.facts.sheets import load_dossier
from memo.project import Project, prepare
from memo.renderers import render


def main(folder: Path, name: str, times: int) -> None:
    project = Project(folder)
    prepared = prepare(project, name)
    if prepared.memo is None:
        sys.exit("; ".join(problem.message for problem in prepared.problems))
    memo, templates = prepared.memo, folder / "templates"
    document, dossier = memo.composed.document, folder / "facts" / memo.facts.dossier
    steps: dict[str, Callable[[], object]] = {
        "load": lambda: load_dossier(dossier, folder),
        "compose": lambda: compose(memo.template, memo.facts, memo.style, templates, folder),
        "check": lambda: check_memo(memo, Chosen()),
        "digest": lambda: digest(document),
        "docx": lambda: render(document, memo.style, "docx"),
        "pdf": lambda: render(document, memo.style, "pdf"),
    }
    pages = render(document, memo.style, "pdf")[0].pages
    took = {step: _milliseconds(take, times) for step, take in steps.items()}
    print(json.dumps({"pages": pages, "milliseconds": took}))


def _milliseconds(take: Callable[[], object], times: int) -> float:
    """The median of several, after one that is not counted."""
    take()
    took = []
    for _ in range(times):
        start = time.perf_counter()
        take()
        took.append((time.perf_counter() - start) * 1000)
    return median(took)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
