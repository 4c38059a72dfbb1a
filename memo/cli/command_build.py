"""``memo build``."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from memo.cli import options as shared
from memo.cli.printing import plural
from memo.facts.formats import FORMATS
from memo.problem import distinct

if TYPE_CHECKING:
    from memo.facts.edtf import Date
    from memo.facts.front_matter import Format
    from memo.pipeline import Built, WrittenFile


MANY = 5
"""From how many memos on a terminal shows a progress bar."""


@click.command()
@click.argument("memos", nargs=-1, metavar="[MEMO]...", shell_complete=shared.complete_memo)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(FORMATS), case_sensitive=False),
    help="Only this; repeatable.",
)
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where to, in place of output/.")
@click.option(
    "--date", callback=shared.parse_day, metavar="DATE", help="The memo's date, in place of its front matter's."
)
@click.option("--bare", is_flag=True, help="Leave out the document that the files else carry inside.")
@click.option("--force", is_flag=True, help="Build also what is fresh.")
@shared.with_jobs
@shared.with_project
@shared.with_json
def build(
    memos: tuple[str, ...],
    formats: tuple[Format, ...],
    output: Path | None,
    date: Date | None,
    bare: bool,
    force: bool,
    jobs: int,
    folder: str | None,
    as_json: bool,
) -> None:
    """Build memos to output/MEMO.docx and output/MEMO.pdf: all of them, or those named.

    Nothing is written for a memo that has errors; the others are still built.
    """
    from memo.pipeline import BuildOptions
    from memo.pipeline import build as build_memos

    project = shared.require_project(folder, as_json)
    names = tuple(dict.fromkeys(memos)) or tuple(project.memos())
    results = build_memos(project, names, output, BuildOptions(formats, date, bare, force), jobs)
    built = list(results if as_json else _print_each(results, len(names)))
    problems = distinct([*project.passed_over, *(problem for one in built for problem in one.problems)])
    files = [_file_json(one.name, file) for one in built for file in one.files]
    shared.report(problems, project, as_json, files=files)


def _print_each(results: Iterator[Built], count: int) -> Iterator[Built]:
    """Pass results on, with a line for each file as it is finished, or behind a progress bar where they are many."""
    if count < MANY or not sys.stderr.isatty():
        for one in results:
            _print_files(one)
            yield one
        return
    # Lines printed while the bar is shown would break it up: they come when it is done.
    left = _TimeLeft(count)
    shown = click.progressbar(
        left.watch(results), count, "Building", show_eta=False, item_show_func=left.text, file=sys.stderr
    )
    with shown as bar:
        finished = list(bar)
    for one in finished:
        _print_files(one)
    yield from finished


class _TimeLeft:
    """Estimates how long the rest of many results takes: by how fast they have come since the first.

    What goes before the first (starting processes, loading libraries) is no measure of the others.
    """

    def __init__(self, count: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._count, self._clock = count, clock
        self._done, self._first, self._last = 0, 0.0, 0.0

    def watch(self, results: Iterable[Built]) -> Iterator[Built]:
        """Pass results on as they come."""
        for one in results:
            self._done, self._last = self._done + 1, self._clock()
            self._first = self._first or self._last
            yield one

    def text(self, _one: Built | None = None) -> str:
        """Return ``about 12 s left``; nothing before there is something to go by."""
        took, rest = self._last - self._first, self._count - self._done
        if took < _SOON or not rest:
            return ""
        seconds = round(took / (self._done - 1) * rest)
        return (
            f"about {seconds // 60} min {seconds % 60} s left" if seconds >= 60 else f"about {max(1, seconds)} s left"
        )


_SOON = 0.5
"""Seconds of results that an estimate needs."""


def _print_files(built: Built) -> None:
    for file in built.files:
        size = f"{file.size:,} {plural(FORMATS[file.format].counts, file.size)}"
        took = "unchanged" if file.seconds is None else f"{file.seconds * 1000:.0f} ms"
        click.echo(f"{file.path.as_posix()}  {size}  {took}")
    if not built.files:
        click.echo(f"{built.name}: not written, it has errors", err=True)


def _file_json(name: str, file: WrittenFile) -> dict[str, Any]:
    unit = f"{FORMATS[file.format].counts}s"
    return {"memo": name, "path": file.path.as_posix(), "format": file.format, unit: file.size, "seconds": file.seconds}
