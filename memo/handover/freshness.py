"""Which memos are as a build would leave them, and if not, because of what. Told by digests, never by the clock.

A memo of whose inputs nothing has changed is known to be fresh without being looked into. Else it is composed, as a
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
from memo.pipeline import BuildOptions, made_of
from memo.problem import Problem, has_errors
from memo.project import STYLE, Project, prepare
from memo.record import Made, Record
from memo.workers import run_in_workers

What = Literal[
    "never-built", "errors", "file-missing", "file-altered", "file-not-built", "fact-changed", "fact-added",
    "fact-removed", "template-changed", "template-added", "template-removed", "sheet-changed", "style-changed",
    "house-style-changed", "edition-issued", "tool-changed", "built-with",
]  # fmt: skip


class Reason(Struct, frozen=True):
    """Why a memo is stale: what changed, and the name of it (a fact's id, a path, a package, the options)."""

    what: What
    name: str = ""


class Status(Struct, frozen=True):
    """How one memo stands; fresh where there is no reason. ``problems`` are those that keep it from being built."""

    memo: str
    reasons: tuple[Reason, ...]
    problems: tuple[Problem, ...] = ()


def status(project: Project, names: Sequence[str], output: Path, jobs: int = 0) -> Iterator[Status]:
    """How each of these memos stands in a folder that they were built into.

    Where many have to be composed, up to ``jobs`` processes share the work: 0, as many as there are processors.
    """
    known = {name for name in names if _is_known_fresh(project, output, name)}
    others = [name for name in names if name not in known]
    with closing(run_in_workers(partial(_status, project, output), others, jobs)) as found:
        for name in names:
            yield Status(name, ()) if name in known else next(found)


def _is_known_fresh(project: Project, output: Path, name: str) -> bool:
    """Whether no input of a memo has changed since it was built."""
    record, usual = records.recall(output, name), BuildOptions().text()
    return record is not None and records.is_fresh(record, record.formats, usual, project.folder, output, name)


def _status(project: Project, output: Path, name: str) -> Status:
    from memo.document.as_json import digest

    record = records.recall(output, name)
    prepared = prepare(project, name)
    if prepared.memo is None or has_errors(prepared.problems):
        return Status(name, (Reason("errors"),), tuple(prepared.problems))
    if record is None:
        return Status(name, (Reason("never-built"),))
    memo = prepared.memo
    made = made_of(project, memo, BuildOptions(), digest(memo.composed.document))
    found = [
        reason
        for format in memo.formats
        for reason in _of_file(record, output / f"{name}.{format}", record.files.get(format), made)
    ]
    return Status(name, tuple(dict.fromkeys(found)))


def _of_file(record: Record, path: Path, file: records.File | None, made: Made) -> Iterator[Reason]:
    """Why a build would write this file again."""
    old = record.made.get(file.content) if file else None
    if file is None or old is None:
        yield Reason("file-not-built", path.name)
        return
    if file.content != made.content():
        yield from _because(old, made)
    digest = file_digest(path)
    if digest != file.digest:
        yield Reason("file-altered" if digest else "file-missing", path.name)


def _because(old: Made, new: Made) -> Iterator[Reason]:
    """Which parts of what a file is made of are others now."""
    if old.document != new.document:
        yield from _of_document(old, new)
    if old.style != new.style:
        yield Reason("style-changed", STYLE)
    if old.house != new.house:
        yield Reason("house-style-changed", _house(new) or _house(old))
    for tool in dict.fromkeys(_tool(text) for text in sorted(set(old.tools) ^ set(new.tools))):
        yield Reason("tool-changed", tool)
    if old.bare != new.bare or (old.document != new.document and old.choices != new.choices):
        yield Reason("built-with", old.choices)


def _of_document(old: Made, new: Made) -> Iterator[Reason]:
    """Why the document is another: its facts and templates; else a sheet, in which a source or an actor changed."""
    found = [*_differing("fact", old.facts, new.facts), *_differing("template", _templates(old), _templates(new))]
    found += [Reason("edition-issued", name) for name in _editions(new) if name not in _editions(old)]
    yield from found
    if not found and old.style == new.style and old.choices == new.choices:
        yield from (Reason("sheet-changed", path) for path in _changed(_sheets(old), _sheets(new)))


def _differing(kind: Literal["fact", "template"], old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Reason]:
    changes: tuple[What, What, What] = (
        ("fact-changed", "fact-added", "fact-removed")
        if kind == "fact"
        else ("template-changed", "template-added", "template-removed")
    )
    changed, added, removed = changes
    yield from (Reason(changed, name) for name in old if name in new and old[name] != new[name])
    yield from (Reason(added, name) for name in new if name not in old)
    yield from (Reason(removed, name) for name in old if name not in new)


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]


def _templates(made: Made) -> dict[str, str]:
    return {path: digest for path, digest in made.files.items() if path.endswith(".md")}


def _editions(made: Made) -> list[str]:
    """The editions that were looked into, for what changed since."""
    found = (path.split("/") for path, digest in made.files.items() if path.startswith("issued/") and digest)
    return [f"{memo}/{number}" for _, memo, number, _ in found]


def _sheets(made: Made) -> dict[str, str]:
    return {path: digest for path, digest in made.files.items() if path.startswith("facts/")}


def _house(made: Made) -> str:
    return next((path for path in made.files if not path.endswith((".md", ".yaml", ".yml", ".json"))), "")


def _tool(text: str) -> str:
    """``reportlab`` of ``reportlab-4.2.5.dist-info``, ``Python`` of ``Python 3.12.1 (main, ...)``."""
    return text.split(" ")[0].split("-")[0]
