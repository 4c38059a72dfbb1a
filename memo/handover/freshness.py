"""Which memos are as a build would leave them, and if not, because of what. Told by digests, never by the clock.

Where no input of a memo has changed, it is known to be fresh without being looked into. Otherwise it is composed, as a
build would do: where that comes to what its files hold (a line moved, a note for curators was added), it is fresh too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Literal

from msgspec import Struct

from memo import record as records
from memo.files import file_digest
from memo.pipeline import BuildOptions, ingredients_of
from memo.problem import Problem, has_errors
from memo.project import STYLE, Project, prepare
from memo.record import FileRecord, Ingredients, Record
from memo.workers import run_in_workers

Cause = Literal[
    "never-built", "errors", "file-missing", "file-altered", "file-not-built", "fact-changed", "fact-added",
    "fact-removed", "template-changed", "template-added", "template-removed", "sheet-changed", "sheet-added",
    "sheet-removed", "facts-moved", "facts-reordered", "style-changed", "house-style-changed", "edition-issued",
    "tool-changed", "built-with",
]  # fmt: skip


class Reason(Struct, frozen=True):
    """Why a memo is stale: what happened, and to what (a fact's id, a path, a package, the options of a build)."""

    cause: Cause
    name: str = ""


class Status(Struct, frozen=True):
    """Whether one memo is fresh: it is where there is no reason. ``problems`` are those that keep it from being built.

    The problems of a memo that can be built are not told here: `check` finds them.
    """

    memo: str
    reasons: tuple[Reason, ...]
    problems: tuple[Problem, ...] = ()


def status(project: Project, names: Sequence[str] = (), output: Path | None = None, jobs: int = 0) -> Iterator[Status]:
    """Tell of these memos, or of all, whether the files in a folder are as a build would leave them. Writes nothing.

    ``output`` is the folder that they were built into, by default the project's. Where many have to be composed, up to
    ``jobs`` processes share the work; 0 stands for as many as there are processors.
    """
    names, output = names or project.memos(), output or project.output
    fresh = {name for name in names if _has_same_inputs(project, output, name)}
    others = [name for name in names if name not in fresh]
    with closing(run_in_workers(partial(_compose_and_compare, project, output), others, jobs)) as statuses:
        for name in names:
            yield Status(name, ()) if name in fresh else next(statuses)


def _has_same_inputs(project: Project, output: Path, name: str) -> bool:
    record, usual = records.recall(output, name), BuildOptions().text()
    return record is not None and records.is_fresh(record, record.formats, usual, project.folder, output, name)


def _compose_and_compare(project: Project, output: Path, name: str) -> Status:
    from memo.document.as_json import digest

    record = records.recall(output, name)
    prepared = prepare(project, name)
    if prepared.memo is None or has_errors(prepared.problems):
        return Status(name, (Reason("errors"),), tuple(prepared.problems))
    if record is None:
        return Status(name, (Reason("never-built"),))
    memo = prepared.memo
    now = ingredients_of(project, memo, BuildOptions(), digest(memo.composed.document))
    reasons = [
        reason
        for format in memo.formats
        for reason in _reasons(record, output / f"{name}.{format}", record.files.get(format), now)
    ]
    return Status(name, tuple(dict.fromkeys(reasons)))


def _reasons(record: Record, path: Path, file: FileRecord | None, now: Ingredients) -> Iterator[Reason]:
    """Yield why a build would write this file again."""
    then = record.ingredients.get(file.content) if file else None
    if file is None or then is None:
        yield Reason("file-not-built", path.name)
        return
    if file.content != now.content():
        yield from _changed_ingredients(then, now)
    digest = file_digest(path)
    if digest != file.digest:
        yield Reason("file-altered" if digest else "file-missing", path.name)


def _changed_ingredients(then: Ingredients, now: Ingredients) -> Iterator[Reason]:
    if then.document != now.document:
        yield from _changed_document(then, now)
    if then.style != now.style:
        yield Reason("style-changed", STYLE)
    if then.house != now.house:
        yield Reason("house-style-changed", _house_path(now) or _house_path(then))
    # A package whose version changed stands in both lists, under two texts: it is named once.
    for tool in dict.fromkeys(_tool_name(text) for text in sorted(set(then.tools) ^ set(now.tools))):
        yield Reason("tool-changed", tool)
    if then.bare != now.bare or (then.document != now.document and then.options != now.options):
        yield Reason("built-with", then.options)


def _changed_document(then: Ingredients, now: Ingredients) -> Iterator[Reason]:
    """Yield why the document is different: its facts, templates and editions; failing that, its fact sheets."""
    reasons = [
        *_differences("fact", then.facts, now.facts),
        *_differences("template", _templates(then), _templates(now)),
        *(Reason("edition-issued", name) for name in _editions(now) if now.stated and name not in _editions(then)),
    ]
    yield from reasons
    # A source or an actor counts for no fact's digest where no fact shows it. A sheet also changes with every note for
    # curators, so it is blamed only where nothing else is.
    if not reasons and then.style == now.style and then.options == now.options:
        moved = [*_moved_facts(then.sheets, now.sheets)]
        yield from moved
        told = {path for reason in moved for path in reason.name.split(" to ")}
        yield from (one for one in _differences("sheet", _sheets(then), _sheets(now)) if one.name not in told)


def _moved_facts(then: Mapping[str, tuple[str, ...]], now: Mapping[str, tuple[str, ...]]) -> Iterator[Reason]:
    """Yield from which sheet to which the facts went, and in which they stand in another order: loops go by that.

    A record of version 0.1 does not say where facts stood.
    """
    stood = {fact: path for path, facts in then.items() for fact in facts}
    moves = [(stood[fact], path) for path, facts in now.items() for fact in facts if stood.get(fact, path) != path]
    yield from (Reason("facts-moved", f"{old} to {new}") for old, new in dict.fromkeys(moves))
    for path, facts in now.items():
        stayed = [fact for fact in facts if stood.get(fact) == path]
        if stayed != [fact for fact in then.get(path, ()) if fact in stayed]:
            yield Reason("facts-reordered", path)


def _differences(
    kind: Literal["fact", "template", "sheet"], then: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[Reason]:
    """Compare digests by name: first what changed, then what was added, then what was removed."""
    causes: dict[str, tuple[Cause, Cause, Cause]] = {
        "fact": ("fact-changed", "fact-added", "fact-removed"),
        "template": ("template-changed", "template-added", "template-removed"),
        "sheet": ("sheet-changed", "sheet-added", "sheet-removed"),
    }
    changed = causes[kind]
    yield from (Reason(changed[0], name) for name in then if name in now and then[name] != now[name])
    yield from (Reason(changed[1], name) for name in now if name not in then)
    yield from (Reason(changed[2], name) for name in then if name not in now)


def _templates(ingredients: Ingredients) -> dict[str, str]:
    return {path: digest for path, digest in ingredients.files.items() if path.endswith(".md")}


def _sheets(ingredients: Ingredients) -> dict[str, str]:
    return {path: digest for path, digest in ingredients.files.items() if path.startswith("facts/")}


def _editions(ingredients: Ingredients) -> list[str]:
    """Return the editions that were looked into for what changed since: ``issued/MEMO/N/memo.json``."""
    paths = (path for path, digest in ingredients.files.items() if path.startswith("issued/") and digest)
    return ["/".join(path.split("/")[1:3]) for path in paths]


def _house_path(ingredients: Ingredients) -> str:
    return next((path for path in ingredients.files if not path.endswith((".md", ".yaml", ".yml", ".json"))), "")


def _tool_name(text: str) -> str:
    """Return ``reportlab`` of ``reportlab-4.2.5.dist-info``, ``Python`` of ``Python 3.12.1 (main, ...)``."""
    return text.split(" ")[0].split("-")[0]
