"""What a build read and wrote, and whether that is still so. Told by digests, never by modification times.

A memo's record stands in ``output/.memo/<memo>.json``. It is a convenience: without it, or where it cannot be read, the
memo is built anew.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from memo.files import bytes_digest, file_digest, read_plain, text_digest
from memo.problem import Problem


class FileRecord(Struct, frozen=True, forbid_unknown_fields=True):
    """One file that a build wrote: its digest, and its size in pages or words.

    ``inputs`` is the digest of every file that was read and of the options of the build, ``content`` that of what was
    rendered: the same content from other inputs (a line that moved) need not be rendered again.
    """

    digest: str
    size: int
    inputs: str
    content: str


class Ingredients(Struct, frozen=True, forbid_unknown_fields=True, rename={"options": "choices"}):
    """What a content was made of, part by part, so that `memo.handover.freshness` can tell which part has changed.

    ``document``, ``style`` and ``house`` are digests; the last is empty where there is no house style. ``tools`` are as
    `tools` gives them, ``options`` those of the build, in words. ``facts`` are the digests of the facts used, by id,
    ``files`` those of the files read, by path. ``sheets`` are the facts used of each fact sheet, in the order in
    which they stand there; ``stated``: the memo prints what changed since its last edition.
    """

    document: str
    style: str
    house: str
    bare: bool
    tools: tuple[str, ...]
    options: str
    facts: Mapping[str, str]
    files: Mapping[str, str]
    sheets: Mapping[str, tuple[str, ...]] = {}
    stated: bool = False

    def content(self) -> str:
        """Return the digest of what is rendered: the document, its look, the tools, and whether it is embedded."""
        return text_digest("\n".join((self.document, self.style, self.house, str(self.bare), *self.tools)))


class Record(Struct, frozen=True, forbid_unknown_fields=True, rename={"ingredients": "made"}):
    """A memo's last build.

    ``read`` are digests of files by path relative to the project; ``listed`` the names in a folder whose files are all
    read. ``formats`` are those of the front matter; ``problems`` are warnings and notes. ``ingredients`` are kept for
    each content that one of ``files`` has. The problems are those of every day from ``since`` to ``until`` (2026-01-23;
    both included, empty without end): on the day after, a review of a fact is overdue.
    """

    formats: tuple[str, ...]
    read: Mapping[str, str]
    listed: Mapping[str, tuple[str, ...]]
    files: Mapping[str, FileRecord]
    problems: tuple[Problem, ...]
    ingredients: Mapping[str, Ingredients]
    since: str = ""
    until: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether the same problems would be found on this day."""
        return self.since <= day and (not self.until or day <= self.until)


_LARGEST = 50 * 1024 * 1024
"""Bytes that a record may have: one that is cut there cannot be read, so that its memo is built anew."""


def path_of(output: Path, memo: str) -> Path:
    """Return where a memo's record stands."""
    return output / ".memo" / f"{memo}.json"


def recall(output: Path, memo: str) -> Record | None:
    """Read the record of a memo's last build into this folder; None where there is none that can be read."""
    path = path_of(output, memo)
    try:
        record = msgspec.json.decode(read_plain(path, _LARGEST), type=Record)
    # Written by another version, by hand, by a bad merge, or nested deeper than any reader goes.
    except (OSError, ValueError, RecursionError):
        return None
    return record if record.formats else None


def encode(record: Record) -> bytes:
    """Return a record as it is written."""
    return msgspec.json.format(msgspec.json.encode(record, order="sorted"), indent=1)


# Whether it still holds


def is_fresh(record: Record, formats: Iterable[str], options: str, project: Path, output: Path, memo: str) -> bool:
    """Tell whether building now would read what the record read, and write what stands there already."""
    now = inputs_digest(
        {path: file_digest(project / path) for path in record.read},
        {folder: sheet_names(project / folder) for folder in record.listed},
        options,
    )
    files = {format: record.files.get(format) for format in formats}
    return all(
        file is not None and file.inputs == now and file.digest == file_digest(output / f"{memo}.{format}")
        for format, file in files.items()
    )


def inputs_digest(read: Mapping[str, str], listed: Mapping[str, tuple[str, ...]], options: str) -> str:
    """Return the digest of everything that a build depends on: files, folders, options and tools."""
    return text_digest(json.dumps([sorted(read.items()), sorted(listed.items()), options, tools()]))


def sheet_names(folder: Path) -> tuple[str, ...]:
    """Return the names of a dossier's sheets, as `memo.facts` finds them: a new one must be noticed, too."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml"))
        return tuple(name for name in names if not name.startswith("."))
    except (OSError, ValueError):
        return ()


# The tools

TOOLS = (
    "jinja2", "lxml", "markdown_it_py", "markupsafe", "pillow", "pyphen", "python_docx", "pyyaml", "reportlab",
    "sentencex",
)  # fmt: skip
"""The packages whose version may show in what is built, as their ``.dist-info`` folders are named.

`sentencex` shows where ``changes()`` prints sentences. `msgspec` does not: it only holds values."""


@cache
def tools() -> tuple[str, ...]:
    """Return Python, zlib, the packages used with their versions, and memo itself by the digest of its own files."""
    # Versions are read off the names of the folders that installers leave (PyPA, Recording installed projects):
    # importlib.metadata says the same, and takes longer to import than everything else that a fresh build does.
    installed = (name.lower() for folder in sys.path for name in _names(Path(folder)) if name.endswith(".dist-info"))
    packages = sorted(name for name in installed if name.split("-", 1)[0] in TOOLS)
    memo, fonts = _own_digests()
    return (f"Python {sys.version}", f"zlib {zlib.ZLIB_RUNTIME_VERSION}", *packages, f"memo {memo}", f"fonts {fonts}")


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _own_digests() -> tuple[str, str]:
    """Return the digests of memo's own code and data, and of its fonts: a change to either makes a build stale."""
    own = str(Path(__file__).parent)
    found = []
    for folder, inner, names in os.walk(own):
        inner[:] = [name for name in inner if name != "__pycache__"]
        found += [f"{folder}{os.sep}{name}" for name in names if name.endswith((".py", ".xml", ".json", ".icc"))]
    lines, tables = [], []
    for path in sorted(found):
        # By plain names: with a Path for each file, every start would take three milliseconds longer.
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            line = f"{path.removeprefix(own)} {bytes_digest(file.read())}"
        lines.append(line)
        # The tables beside the fonts stand for them: they hold the digest of each.
        if os.sep + "fonts" + os.sep in line and path.endswith(".json"):
            tables.append(line)
    return text_digest("\n".join(lines)), text_digest("\n".join(tables))
