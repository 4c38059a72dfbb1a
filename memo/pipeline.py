"""The pipeline: load, compose, check, render, write; and leave alone what would come out as it stands.

`memo.project` brings each memo up to where it can be rendered; `memo.record` tells what is fresh.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from memo import record as records
from memo.files import (
    NotWrittenError,
    bytes_digest,
    file_digest,
    locked,
    remove_leftovers,
    text_digest,
    write_together,
)
from memo.problem import Place, Problem, has_errors
from memo.project import STYLE, Project, prepare
from memo.protected_files import refuse_output
from memo.workers import run_in_workers

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.facts.edtf import Date
    from memo.facts.front_matter import Format
    from memo.renderers import Rendered


class BuildOptions(Struct, frozen=True):
    """What is asked of a build.

    ``formats`` and ``date`` stand in for those of the front matter, unless they are left empty. ``bare`` leaves out the
    document that files else carry inside. ``force`` renders also what is fresh.
    """

    formats: tuple[Format, ...] = ()
    date: Date | None = None
    bare: bool = False
    force: bool = False

    def text(self) -> str:
        """Return those options that change what a file holds, in words."""
        return f"date {self.date.text if self.date else '-'}, bare {self.bare}"


class WrittenFile(Struct, frozen=True):
    """One file of a memo. ``size`` counts the pages of a PDF and the words of a DOCX.

    ``seconds`` is how long rendering took; None where the file was fresh and was left as it stood.
    """

    path: Path
    format: Format
    size: int
    seconds: float | None


class Built(Struct, frozen=True):
    """What became of one memo: its files (none where it has errors), and every problem."""

    name: str
    files: tuple[WrittenFile, ...]
    problems: list[Problem]


def build(
    project: Project,
    names: Sequence[str] = (),
    output: Path | None = None,
    options: BuildOptions | None = None,
    jobs: int = 0,
) -> Iterator[Built]:
    """Build these memos, or all, into a folder, and yield what became of each, in order.

    ``output`` is the project's folder ``output``, unless another is given. Nothing is written for a memo with errors,
    and all its formats are written or none. Where many are to be built, up to ``jobs`` processes share the work; 0
    stands for as many as there are processors.

    Problems: those of the dossier, the template and the style, of checks and renderers; unknown-memo, protected-file,
    unwritable.
    """
    names, output, options = names or project.memos(), output or project.output, options or BuildOptions()
    places = (output, records.path_of(output, "").parent)
    if refused := [problem for place in places for problem in refuse_output(place, project.folder)][:1]:
        yield from (Built(name, (), refused) for name in names)
        return
    fresh = {} if options.force else {name: _as_it_stands(project, name, output, options) for name in names}
    stale = [name for name in names if not fresh.get(name)]
    for folder in places if stale else ():
        remove_leftovers(folder)
    # Closed also where the caller stops half-way: the processes end with it.
    with closing(run_in_workers(partial(_build, project, output, options), stale, jobs)) as built:
        for name in names:
            yield fresh.get(name) or next(built)


def _as_it_stands(project: Project, name: str, output: Path, options: BuildOptions) -> Built | None:
    """Return the memo as it was built last, where nothing that it was built from has changed; else None."""
    record = records.recall(output, name)
    if record is None:
        return None
    formats = options.formats or record.formats
    if not records.is_fresh(record, formats, options.text(), project.folder, output, name):
        return None
    # The same inputs have other problems once a review of a fact is overdue.
    if not record.holds_on(project.day):
        return None
    files = (WrittenFile(output / f"{name}.{format}", format, record.files[format].size, None) for format in formats)
    return Built(name, tuple(files), list(record.problems))


def _build(project: Project, output: Path, options: BuildOptions, name: str) -> Built:
    """Load, compose, check, render and write one memo."""
    memo, problems = _prepare(project, name, options)
    problems = problems + (_refuse_inputs(project, memo, output) if memo else [])
    if memo is None or has_errors(problems):
        return Built(name, (), problems)
    lock = records.path_of(output, name).with_suffix(".lock")
    with ExitStack() as stack:
        # Two builds at once would else leave a file of each, and a record of neither.
        try:
            stack.enter_context(locked(lock))
        except OSError as error:
            return Built(name, (), [*problems, _unwritable(output / f"{name}.{memo.formats[0]}", error)])
        return _render_and_write(project, output, options, memo, problems)


def _render_and_write(
    project: Project, output: Path, options: BuildOptions, memo: Memo, problems: list[Problem]
) -> Built:
    """Render what has changed of a memo, write it, and remember what it was made of."""
    from memo.document.as_json import embed
    from memo.renderers import render

    name = memo.template.name
    document, house = memo.composed.document, project.house[0] if memo.style.house_style else None
    embedded = embed(document)
    ingredients = ingredients_of(project, memo, options, embedded.digest)
    record = records.recall(output, name)
    known = record.files if record and not options.force else {}
    render_as = partial(render, document, memo.style, bare=options.bare, house=house, embedded=embedded)
    files, data, found = _render_changed(memo, output, known, ingredients.content(), render_as)
    problems = problems + found
    if has_errors(problems):
        return Built(name, (), problems)
    written = {path: bytes_digest(rendered) for path, rendered in data.items()}
    new = _record(record, memo, ingredients, files, written, problems, project.day)
    try:
        # The record last: a build that is killed before this is not remembered, and what it wrote is written again.
        write_together({**data, records.path_of(output, name): records.encode(new)})
    except NotWrittenError as error:
        why, hint = error.explain()
        message = f"{why}; no file of the memo was written"
        return Built(name, (), [*problems, Problem("unwritable", message, Place(error.path.as_posix()), hint)])
    return Built(name, tuple(files), problems)


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem("unwritable", f"cannot be written: {error.strerror or error}", Place(path.as_posix()))


def _refuse_inputs(project: Project, memo: Memo, output: Path) -> list[Problem]:
    """Return a ``protected-file`` for each file to be written that the memo is made from, or that must stay."""
    house = project.style_file[0].house
    inputs = [project.folder / house.path] if house else []
    paths = (output / f"{memo.template.name}.{format}" for format in memo.formats)
    return [problem for path in paths for problem in refuse_output(path, project.folder, inputs)]


def _prepare(project: Project, name: str, options: BuildOptions) -> tuple[Memo | None, list[Problem]]:
    """Load, compose and check one memo; None where it has errors."""
    from memo.document.composed import Places

    prepared = prepare(project, name, options.formats, options.date)
    memo, problems = prepared.memo, prepared.problems
    if memo is None or has_errors(problems):
        return None, problems
    # What only composing and checks look into would else be held while the memo is rendered, and it takes up more
    # memory than the document does.
    template, composed = dataclasses.replace(memo.template, text=""), replace(memo.composed, places=Places())
    return dataclasses.replace(memo, template=template, composed=composed, passages=(), earlier=None), problems


def _render_changed(
    memo: Memo,
    output: Path,
    known: Mapping[Format, records.FileRecord],
    content: str,
    render_as: Callable[[Format], tuple[Rendered, list[Problem]]],
) -> tuple[list[WrittenFile], dict[Path, bytes], list[Problem]]:
    """Render each format whose file is not as it would come out.

    ``known`` are the files as they were built last, ``content`` is the digest of what is to be rendered. Returns every
    file of the memo, the bytes of those that were rendered, and problems.
    """
    files: list[WrittenFile] = []
    data: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for format in memo.formats:
        path, last = output / f"{memo.template.name}.{format}", known.get(format)
        # Its digest as well, as somebody may have altered the file by hand.
        if last and last.content == content and last.digest == file_digest(path):
            files.append(WrittenFile(path, format, last.size, None))
            continue
        start = time.perf_counter()
        rendered, found = render_as(format)
        problems += found
        size = rendered.pages or _count_words(memo)
        files.append(WrittenFile(path, format, size, time.perf_counter() - start))
        data[path] = rendered.data
    return files, data, problems


def _count_words(memo: Memo) -> int:
    """Count the words of the text, without its notes."""
    from memo.document.walk import inline_text, text_runs

    return sum(len(inline_text(run).split()) for run in text_runs(memo.composed.document))


# What is remembered of it


def ingredients_of(project: Project, memo: Memo, options: BuildOptions, digest: str) -> records.Ingredients:
    """Tell what a memo's files are made of: the document, by its digest, the look, the tools, and everything read.

    Digests of inputs are those of the bytes that were read: a file that has changed since is not what this memo shows.
    """
    from memo.document.tree import is_statement

    style, template = project.style_file[0], memo.template
    read = {**memo.facts.digests, template.path: template.digest, **memo.composed.digests, STYLE: style.digest}
    if style.house:
        read[style.house.path] = bytes_digest(style.house.data)
    return records.Ingredients(
        document=digest,
        style=text_digest(repr(memo.style)),
        house=read[style.house.path] if style.house else "",
        bare=options.bare,
        tools=records.tools(),
        options=options.text(),
        facts={basis.fact: basis.digest for basis in memo.composed.document.basis},
        files=read,
        sheets=_sheets(memo),
        stated=any(map(is_statement, memo.composed.document.blocks)),
    )


def _sheets(memo: Memo) -> dict[str, tuple[str, ...]]:
    """Tell which of the facts that a memo uses stand in which sheet, in order."""
    used = [fact for fact in memo.facts.facts if fact in memo.used]
    path_of = {fact: memo.facts.places["fact", fact].path for fact in used}
    return {path: tuple(fact for fact in used if path_of[fact] == path) for path in dict.fromkeys(path_of.values())}


def _record(
    old: records.Record | None,
    memo: Memo,
    ingredients: records.Ingredients,
    files_now: Sequence[WrittenFile],
    written: Mapping[Path, str],
    problems: Sequence[Problem],
    day: str,
) -> records.Record:
    """Tell what this build read and writes; files of other formats that the old record knows stay in it.

    ``written`` are the digests of the files that it writes, by path.
    """
    content = ingredients.content()
    listed = {f"facts/{memo.facts.dossier}": tuple(Path(path).name for path in memo.facts.files)}
    inputs = records.inputs_digest(ingredients.files, listed, ingredients.options)
    digests = {file.format: written.get(file.path) or file_digest(file.path) for file in files_now}
    new = {file.format: records.FileRecord(digests[file.format], file.size, inputs, content) for file in files_now}
    files: Mapping[Format, records.FileRecord] = {**(old.files if old else {}), **new}
    known = {**(old.ingredients if old else {}), content: ingredients}
    kept = {file.content: known[file.content] for file in files.values() if file.content in known}
    formats, until = memo.template.front_matter.formats, _next_review(memo, day)
    return records.Record(formats, ingredients.files, listed, files, tuple(problems), kept, day, until)


def _next_review(memo: Memo, day: str) -> str:
    """Return the last day before a review of a fact that the memo uses is overdue; empty if none will be.

    Reviews that were due before ``day`` are among the problems already.
    """
    facts = (memo.facts.facts[id] for id in memo.used)
    due = (fact.review_by.latest for fact in facts if fact.review_by and fact.review_by.latest)
    days = (f"{year:04}-{month:02}-{day:02}" for year, month, day in due)
    return min((last for last in days if last >= day), default="")
