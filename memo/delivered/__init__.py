"""A delivered file read back: the document that it carries, and what its own pages say.

The file may come from anybody. It is read in bounds of size, depth and time; nothing in it is followed or executed.
`docx` reads WordprocessingML with ``zipfile`` and ``expat``; `pdf` reads PDF with ``pypdf``, in a process of its own
(`apart`), because only a process can be stopped in the middle.
"""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from msgspec import Struct

from memo.delivered.contents import MOST_CARRIED, FileContents, Pages, hold
from memo.document.as_json import NotADocument, from_json
from memo.document.tree import Document
from memo.facts.front_matter import Format
from memo.problem import Place, Problem
from memo.word_package import LARGEST, Locked, TooMuch, Unfit

__all__ = ["Delivered", "pages_of", "reread"]


class Delivered(Struct, frozen=True):
    """A memo as delivered. ``digest`` is SHA-256 of its bytes, in hexadecimal; ``carried`` the JSON as it stands in it.

    ``document`` is None where the file is bare: made by memo, but told to carry nothing (or rid of it since).
    """

    path: Path
    format: Format
    digest: str
    document: Document | None
    carried: str
    pages: Pages

    @property
    def text(self) -> str:
        """What the pages say, a paragraph or printed line a line."""
        return self.pages.text


def reread(path: Path) -> tuple[Delivered | None, list[Problem]]:
    """A delivered PDF or DOCX, told apart by what is in it; None where it is no memo or cannot be read.

    Problems: unreadable, too-large, locked-file, damaged-file, foreign-file.
    """
    place = Place(path.as_posix())
    try:
        data = _bytes(path)
        format = _format(data)
        found = _found(data, format)
        document = _document(found)
    except OSError as error:
        return None, [Problem("unreadable", f"the file cannot be read: {error.strerror or error}", place)]
    except Unfit as unfit:
        return None, [_problem(unfit, place)]
    return Delivered(path, format, hashlib.sha256(data).hexdigest(), document, found.carried, found.pages), []


def pages_of(data: bytes, format: Format) -> Pages:
    """What the pages of a file say that memo itself has just rendered: it is trusted, and read in this process."""
    if format == "pdf":
        from memo.delivered.pdf import read_pdf

        return read_pdf(data).pages
    from memo.delivered.docx import read_docx

    return read_docx(data).pages


class _Foreign(Unfit):
    """The file is whole, for all that can be told, and no memo."""


def _bytes(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is a folder" if stat.S_ISDIR(status.st_mode) else "it is no plain file")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooMuch(f"is larger than {LARGEST >> 20} MB")
    return data


def _format(data: bytes) -> Format:
    """By how the file begins. A PDF may have a little before its head (ISO 32000-1, annex H.3.4.1)."""
    if not data:
        raise Unfit("is empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return "docx"
    raise _Foreign("is neither a PDF nor a Word document")


def _found(data: bytes, format: Format) -> FileContents:
    if format == "pdf":
        from memo.delivered.sandbox import read_apart

        found = read_apart(data)
    else:
        from memo.delivered.docx import read_docx

        found = read_docx(data)
    if not found.by_memo and not found.carried:
        kind = "a PDF" if format == "pdf" else "a Word document"
        raise _Foreign(f"is {kind} that memo did not make, or one that has lost every trace of it")
    return found


def _document(found: FileContents) -> Document | None:
    if len(found.carried) > MOST_CARRIED:
        raise TooMuch(f"carries more than {MOST_CARRIED >> 20} MB of data")
    if not found.carried:
        return None
    try:
        document = from_json(found.carried)
    except NotADocument as error:
        raise Unfit(f"is damaged: the document carried inside cannot be read ({str(error)[:200]})") from error
    hold(document)
    return document


def _problem(unfit: Unfit, place: Place) -> Problem:
    hint = "ask who sent it for another copy"
    match unfit:
        case TooMuch():
            return Problem("too-large", f"the file {unfit}", place, "no file that memo made is like that")
        case Locked():
            return Problem("locked-file", f"the file {unfit}", place, "save it without a password, and try again")
        case _Foreign():
            return Problem("foreign-file", f"the file {unfit}", place, "name a .pdf or .docx that memo built")
        case _:
            return Problem("damaged-file", f"the file {unfit}", place, hint)
