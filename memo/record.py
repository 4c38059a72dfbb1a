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
from typing import TYPE_CHECKING, Any

from msgspec import Struct, to_builtins
from msgspec.structs import asdict

from memo.files import bytes_digest, file_digest, text_digest, write
from memo.problem import Place, Problem, Related

if TYPE_CHECKING:
    from memo.facts.front_matter import Format


TOOLS = ("jinja2", "lxml", "markdown_it_py", "markupsafe", "pillow", "pyphen", "python_docx", "pyyaml", "reportlab")
"""The packages whose version may show in what is built, as their ``.dist-info`` folders are named."""


class File(Struct, frozen=True):
    """One file that a build wrote. ``size`` counts pages or words.

    ``inputs`` is the digest of every file read and of the choices made; ``content`` that of what was rendered: the
    same content from other inputs (a line that moved) need not be rendered again.
    """

    digest: str
    size: int
    inputs: str
    content: str


class Made(Struct, frozen=True):
    """What a content was made of, part by part, so that `memo.handover.freshness` can say which of them is another now.

    ``document``, ``style`` and ``house`` are digests, the last empty where there is none; ``tools`` as `tools` gives
    them, ``choices`` those of the build, in words. ``facts`` are the digests of the facts used by id, ``files`` those
    of the files read by path.
    """

    document: str
    style: str
    house: str
    bare: bool
    tools: tuple[str, ...]
    choices: str
    facts: Mapping[str, str]
    files: Mapping[str, str]

    def content(self) -> str:
        """The digest of what is rendered: the document, the style, the tools and how it is carried."""
        return text_digest("\n".join((self.document, self.style, self.house, str(self.bare), *self.tools)))


class Record(Struct, frozen=True):
    """A memo's last build. ``read`` are digests of files by path relative to the project; ``listed`` the names in a
    folder whose files are all read. ``formats`` are those of the front matter; ``problems`` are warnings and notes.
    ``made`` says of each content that a file has what it was made of. The problems are those of every day from
    ``since`` to ``until`` (2026-01-23; both included, empty without end): on the next, a review of a fact is overdue.
    """

    formats: tuple[Format, ...]
    read: Mapping[str, str]
    listed: Mapping[str, tuple[str, ...]]
    files: Mapping[Format, File]
    problems: tuple[Problem, ...]
    made: Mapping[str, Made]
    since: str = ""
    until: str = ""

    def holds_on(self, day: str) -> bool:
        """Whether what was found then is what would be found on this day."""
        return self.since <= day and (not self.until or day <= self.until)


def path_of(output: Path, memo: str) -> Path:
    """Where a memo's record stands."""
    return output / ".memo" / f"{memo}.json"


def recall(output: Path, memo: str) -> Record | None:
    """The record of a memo's last build into this folder, or None where there is none that can be read."""
    try:
        return _record(json.loads(path_of(output, memo).read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def remember(output: Path, memo: str, record: Record) -> None:
    """Write the record. Raises OSError."""
    plain = {**to_builtins(record), "problems": [_plain(problem) for problem in record.problems]}
    text = json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True)
    write(path_of(output, memo), text.encode())


def is_fresh(record: Record, formats: Iterable[Format], choices: str, project: Path, output: Path, memo: str) -> bool:
    """Whether building now would read what the record read, and write what stands there already."""
    now = inputs_digest(
        {path: file_digest(project / path) for path in record.read},
        {folder: sheet_names(project / folder) for folder in record.listed},
        choices,
    )
    files = {format: record.files.get(format) for format in formats}
    return all(
        file is not None and file.inputs == now and file.digest == file_digest(output / f"{memo}.{format}")
        for format, file in files.items()
    )


def inputs_digest(read: Mapping[str, str], listed: Mapping[str, tuple[str, ...]], choices: str) -> str:
    """The digest of everything that a build depends on."""
    return text_digest(json.dumps([sorted(read.items()), sorted(listed.items()), choices, tools()]))


def sheet_names(folder: Path) -> tuple[str, ...]:
    """The names of a dossier's sheets, as `memo.facts` finds them: a new one must be noticed, too."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml"))
        return tuple(name for name in names if not name.startswith("."))
    except OSError:
        return ()


@cache
def tools() -> tuple[str, ...]:
    """Python, zlib, the packages used with their versions, and memo itself by the digest of its own files.

    Versions are read off the names of the folders that installers leave (PyPA, Recording installed projects):
    `importlib.metadata` says the same and takes longer to import than everything else that a fresh build does.
    """
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
    """The digests of memo's own code and data, and of its fonts: a change to either makes what it built stale.

    The tables beside the fonts stand for them: they hold the digest of each. Looked for and read by plain names: with a
    `Path` for each file, every start would take three milliseconds longer.
    """
    own = str(Path(__file__).parent)
    found = []
    for folder, inner, names in os.walk(own):
        inner[:] = [name for name in inner if name != "__pycache__"]
        found += [f"{folder}{os.sep}{name}" for name in names if name.endswith((".py", ".xml", ".json", ".icc"))]
    lines, tables = [], []
    for path in sorted(found):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            line = f"{path.removeprefix(own)} {bytes_digest(file.read())}"
        lines.append(line)
        if os.sep + "fonts" + os.sep in line and path.endswith(".json"):
            tables.append(line)
    return text_digest("\n".join(lines)), text_digest("\n".join(tables))


def _plain(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "related": [[*related.place, related.message] for related in problem.related]}


def _record(plain: dict[str, Any]) -> Record:
    return Record(
        formats=tuple(plain["formats"]),
        read=dict(plain["read"]),
        listed={folder: tuple(names) for folder, names in plain["listed"].items()},
        files={format: File(**file) for format, file in plain["files"].items()},
        problems=tuple(_problem(problem) for problem in plain["problems"]),
        made={content: Made(**made) for content, made in plain["made"].items()},
        since=plain["since"],
        until=plain["until"],
    )


def _problem(plain: dict[str, Any]) -> Problem:
    related = tuple(Related(Place(*place), message) for *place, message in plain["related"])
    more = {"place": Place(*plain["place"]), "related": related, "facts": tuple(plain["facts"])}
    return Problem(**{**plain, **more})
