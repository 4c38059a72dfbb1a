"""The pipeline: load, compose, check, render, write; and leave alone what would come out as it stands.

`memo.project` brings each memo up to where it can be rendered, `memo.record` tells what is fresh.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from memo import record as records
from memo.files import bytes_digest, file_digest, remove_leftovers, text_digest, write
from memo.problem import Place, Problem, has_errors
from memo.project import STYLE, Project, prepare
from memo.record import File, Made, Record
from memo.workers import run_in_workers

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.document.as_json import Embedded
    from memo.facts.edtf import Date
    from memo.facts.front_matter import Format
    from memo.facts.style import HouseFile
    from memo.renderers import Rendered


class BuildOptions(Struct, frozen=True):
    """What a build is asked for. Formats and date that are left empty are as the front matter says."""

    formats: tuple[Format, ...] = ()
    date: Date | None = None
    bare: bool = False
    force: bool = False

    def text(self) -> str:
        """Those that change what a file holds, as a text."""
        return f"date {self.date.text if self.date else '-'}, bare {self.bare}"


class Written(Struct, frozen=True):
    """One file of a memo. ``size`` counts pages of a PDF and words of a DOCX.

    ``seconds`` is what rendering took; None where the file was fresh and was left as it stood.
    """

    path: Path
    format: Format
    size: int
    seconds: float | None


class Built(Struct, frozen=True):
    """What became of one memo: its files (none where it has errors), and every problem."""

    name: str
    files: tuple[Written, ...]
    problems: list[Problem]


def build(
    project: Project, names: Sequence[str], output: Path, choices: BuildOptions, jobs: int = 0
) -> Iterator[Built]:
    """Build these memos into a folder; what comes of each is given in order. Nothing is written for one with errors.

    Where many are to be built, up to ``jobs`` processes share the work: 0, as many as there are processors.
    """
    fresh = {} if choices.force else {name: _fresh(project, name, output, choices) for name in names}
    stale = [name for name in names if not fresh.get(name)]
    for folder in (output, records.path_of(output, "").parent) if stale else ():
        remove_leftovers(folder)
    with closing(run_in_workers(partial(_anew, project, output, choices), stale, jobs)) as made:
        for name in names:
            yield fresh.get(name) or next(made)


def _fresh(project: Project, name: str, output: Path, choices: BuildOptions) -> Built | None:
    """The memo as it stands, where nothing that it was built from has changed."""
    record = records.recall(output, name)
    if record is None:
        return None
    formats = choices.formats or record.formats
    if not records.is_fresh(record, formats, choices.text(), project.folder, output, name):
        return None
    if not record.holds_on(project.day):
        return None
    files = (Written(output / f"{name}.{format}", format, record.files[format].size, None) for format in formats)
    return Built(name, tuple(files), list(record.problems))


def _anew(project: Project, output: Path, choices: BuildOptions, name: str) -> Built:
    """The memo prepared again, and every file rendered whose content is not what stands there."""
    from memo.document.as_json import embed as carried_by

    record = records.recall(output, name)
    memo, problems = _sound(project, name, choices)
    if memo is None:
        return Built(name, (), problems)
    house = project.house[0] if memo.style.house_style else None
    carried = carried_by(memo.composed.document)
    made = made_of(project, memo, choices, carried.digest)
    content = made.content()
    written: list[Written] = []
    finished: list[tuple[Path, bytes]] = []
    for format in memo.formats:
        path = output / f"{name}.{format}"
        old = record.files.get(format) if record else None
        if old and not choices.force and old.content == content and old.digest == file_digest(path):
            written.append(Written(path, format, old.size, None))
            continue
        start = time.perf_counter()
        rendered, found = _render(memo, format, house, choices.bare, carried)
        problems = problems + found
        written.append(Written(path, format, _size(memo, rendered), time.perf_counter() - start))
        finished.append((path, rendered.data))
    if has_errors(problems):
        return Built(name, (), problems)
    path = records.path_of(output, name)
    try:
        for path, data in finished:
            write(path, data)
        records.remember(output, name, _record(record, memo, made, written, problems, project.day))
    except OSError as error:
        why = f"cannot be written: {error.strerror or error}"
        return Built(name, (), [*problems, Problem("unwritable", why, Place(path.as_posix()))])
    return Built(name, tuple(written), problems)


def _sound(project: Project, name: str, choices: BuildOptions) -> tuple[Memo | None, list[Problem]]:
    """The memo checked, None where it has errors; without what composing and checks alone look into.

    That would else be held while it is rendered, and takes up more than the document does.
    """
    from memo.document.composed import Places

    prepared = prepare(project, name, choices.formats, choices.date)
    memo, problems = prepared.memo, prepared.problems
    if memo is None or has_errors(problems):
        return None, problems
    template, composed = dataclasses.replace(memo.template, text=""), replace(memo.composed, places=Places())
    return dataclasses.replace(memo, template=template, composed=composed, passages=(), earlier=None), problems


def _render(
    memo: Memo, format: Format, house: HouseFile | None, bare: bool, carried: Embedded
) -> tuple[Rendered, list[Problem]]:
    from memo.renderers import render

    return render(memo.composed.document, memo.style, format, bare=bare, house=house, carried=carried)


def _size(memo: Memo, rendered: Rendered) -> int:
    """Pages, or words of the text without its notes."""
    from memo.document.walk import inline_text, text_runs

    return rendered.pages or sum(len(inline_text(run).split()) for run in text_runs(memo.composed.document))


def made_of(project: Project, memo: Memo, choices: BuildOptions, digest: str) -> Made:
    """What these files are made of: the document, by its digest, the look, the tools, and everything that was read.

    Digests of inputs are those of the bytes that were read: a file that has changed since is not what this memo shows.
    """
    style, template = project.style_file[0], memo.template
    read = {**memo.facts.digests, template.path: template.digest, **memo.composed.digests, STYLE: style.digest}
    if style.house:
        read[style.house.path] = bytes_digest(style.house.data)
    return Made(
        document=digest,
        style=text_digest(repr(memo.style)),
        house=read[style.house.path] if style.house else "",
        bare=choices.bare,
        tools=records.tools(),
        choices=choices.text(),
        facts={basis.fact: basis.digest for basis in memo.composed.document.basis},
        files=read,
    )


def _record(
    old: Record | None,
    memo: Memo,
    made: Made,
    written: Sequence[Written],
    problems: Sequence[Problem],
    day: str,
) -> Record:
    """What this build read and wrote; files of other formats that the old record knows stay in it."""
    content = made.content()
    listed = {f"facts/{memo.facts.dossier}": tuple(Path(path).name for path in memo.facts.files)}
    inputs = records.inputs_digest(made.files, listed, made.choices)
    files = {file.format: File(file_digest(file.path), file.size, inputs, content) for file in written}
    files = {**(old.files if old else {}), **files}
    known = {**(old.made if old else {}), content: made}
    kept = {file.content: known[file.content] for file in files.values() if file.content in known}
    formats, until = memo.template.front_matter.formats, _next_review(memo, day)
    return Record(formats, made.files, listed, files, tuple(problems), kept, day, until)


def _next_review(memo: Memo, day: str) -> str:
    """The last day before a review of a fact that the memo uses is overdue, from this day on; empty if none will be."""
    facts = (memo.facts.facts[id] for id in memo.used)
    due = (fact.review_by.latest for fact in facts if fact.review_by and fact.review_by.latest)
    days = (f"{year:04}-{month:02}-{day:02}" for year, month, day in due)
    return min((last for last in days if last >= day), default="")
