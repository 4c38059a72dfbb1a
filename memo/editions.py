"""The editions of a memo that were issued, as they are kept: ``issued/<memo>/<N>/memo.json``, N counting from 1."""

from __future__ import annotations

from pathlib import Path

from memo.document import Document
from memo.document_json import NotADocument, from_json
from memo.problem import Place, Problem


def path_of(memo: str, number: int) -> str:
    """Where the document of an edition stands, relative to the project folder."""
    return f"issued/{memo}/{number}/memo.json"


def numbers(project: Path, memo: str) -> list[int]:
    """The numbers of a memo's editions, in order."""
    try:
        names = [path.name for path in (project / "issued" / memo).iterdir() if (path / "memo.json").is_file()]
    except OSError:
        return []
    return sorted(int(name) for name in names if name.isdecimal() and name == str(int(name)))


def read(project: Path, memo: str, number: int) -> tuple[Document | None, list[Problem]]:
    """The document of an edition. Problems: unknown-edition, bad-edition."""
    name = path_of(memo, number)
    if number not in (known := numbers(project, memo)):
        there = ", ".join(f"{memo}/{one}" for one in known)
        hint = f"the editions of this memo: {there}" if there else "no edition of this memo was issued"
        return None, [Problem("unknown-edition", f"there is no edition {memo}/{number}", Place(name), hint)]
    try:
        return from_json((project / name).read_text("utf-8")), []
    except (OSError, UnicodeDecodeError, NotADocument) as error:
        hint = "it was frozen when it was issued: take it back from version control"
        return None, [Problem("bad-edition", f"the edition cannot be read: {str(error)[:200]}", Place(name), hint)]
