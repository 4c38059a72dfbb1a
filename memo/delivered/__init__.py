"""Open a memo that comes from outside: read the document that it carries, and what its pages say.

The file may come from anybody, so it is read as if it meant harm: within bounds of size, depth and time, and nothing in
it is followed or executed. `memo.delivered.docx` reads Word files with ``zipfile`` and ``expat``; `memo.delivered.pdf`
reads PDFs with ``pypdf`` and draws them with PDFium, in a process of its own (`memo.delivered.sandbox`), because only a
process can be stopped half-way.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from memo.delivered.contents import Comparison, FileContents, Pages
from memo.document import tree
from memo.document.as_json import NotADocument, from_json
from memo.document.furniture import DIGEST_SHOWN
from memo.document.walk import block_nodes, inlines, text_runs
from memo.facts.front_matter import Format
from memo.facts.look import Look, NotALook, read_look
from memo.files import bytes_digest
from memo.problem import Place, Problem
from memo.untrusted_files import LARGEST, Encrypted, TooLarge, UnreadableFile

__all__ = ["SHOWN_DIGEST", "Delivered", "compare_with", "foreign_file", "read_delivered", "read_pages"]


class Delivered(Struct, frozen=True):
    """A memo as somebody received it.

    ``data`` are the file's bytes, ``digest`` is the SHA-256 of these, in hexadecimal; ``earlier`` are the digests of
    the file as it was before each update that was appended to it. ``embedded_json`` is the document that the file
    carries, letter for letter, and ``document`` the same decoded. Both are empty (None) where the file is bare: built
    to carry nothing, or stripped of it since. ``by_memo`` tells whether anything but its footer shows that memo made
    it: a print of it, or a conversion, has nothing but that. ``look`` is what it carries of how its pages were set;
    None where it carries none, as files of version 0.1.0. ``house_style`` is as of `FileContents`.
    """

    path: Path
    format: Format
    data: bytes
    digest: str
    earlier: tuple[str, ...]
    document: tree.Document | None
    embedded_json: str
    by_memo: bool
    pages: Pages
    embedded_look: str = ""
    look: Look | None = None
    house_style: bool = False

    @property
    def text(self) -> str:
        """Return what the pages say, a paragraph or printed line on each line."""
        return self.pages.text


def read_delivered(path: Path) -> tuple[Delivered | None, list[Problem]]:
    """Read a delivered PDF or DOCX, whatever its name; None where it is no memo or cannot be read.

    Problems: unreadable, too-large, locked-file, damaged-file, foreign-file; one of them at most.
    """
    place = Place(path.as_posix())
    try:
        data = _read_bytes(path)
        format = _detect_format(data)
        contents = _read_contents(data, format)
        document = _decode(contents.embedded_json)
        look = _decode_look(contents.embedded_look)
    except OSError as error:
        return None, [Problem("unreadable", f"the file cannot be read: {error.strerror or error}", place)]
    except UnreadableFile as unfit:
        return None, [_problem(unfit, place)]
    by_memo = contents.by_memo or document is not None
    digest, earlier = bytes_digest(data), _earlier_digests(data) if format == "pdf" else ()
    return Delivered(
        path, format, data, digest, earlier, document, contents.embedded_json, by_memo, contents.pages,
        contents.embedded_look, look, contents.house_style,
    ), []  # fmt: skip


def read_pages(data: bytes, format: Format) -> Pages:
    """Read what the pages of a file say that memo itself has rendered or frozen; raises `UnreadableFile`.

    Such a file is trusted, and read in this process: starting another takes longer than reading does.
    """
    if format == "pdf":
        from memo.delivered.pdf import read_pdf

        return read_pdf(data).pages
    from memo.delivered.docx import read_docx

    return read_docx(data).pages


def compare_with(delivered: Delivered, expected: bytes) -> Comparison:
    """Hold a delivered file against the one that it should be, by all but words and links; raises `UnreadableFile`."""
    if delivered.format == "docx":
        from memo.delivered.docx import compare_docx, read_docx

        return compare_docx(delivered.pages, read_docx(expected).pages)
    from memo.delivered.sandbox import compare_pdfs_apart

    return compare_pdfs_apart(delivered.data, expected)


class ForeignFile(UnreadableFile):
    """The file is sound, as far as can be told, but is no memo."""


def _read_bytes(path: Path) -> bytes:
    status = path.stat()
    # A pipe or a device could be waited for without end.
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is a folder" if stat.S_ISDIR(status.st_mode) else "it is no plain file")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(f"is larger than {LARGEST >> 20} MB")
    return data


def _detect_format(data: bytes) -> Format:
    """Tell the format by how the file begins: mail programs and people rename files."""
    if not data:
        raise UnreadableFile("is empty")
    # A PDF may have something else before its header, within the first 1024 bytes (ISO 32000-1, annex H.3.4.1).
    if b"%PDF-" in data[:1024]:
        return "pdf"
    # An encrypted DOCX is no zip but a compound file, as of Word 97; `memo.untrusted_files` says so of it.
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return "docx"
    raise ForeignFile("is neither a PDF nor a Word document")


def _read_contents(data: bytes, format: Format) -> FileContents:
    if format == "pdf":
        from memo.delivered.sandbox import read_pdf_apart

        contents = read_pdf_apart(data)
    else:
        from memo.delivered.docx import read_docx

        contents = read_docx(data)
    if not contents.by_memo and not contents.embedded_json and not SHOWN_DIGEST.search(contents.pages.text):
        raise ForeignFile(f"is {KINDS[format]} that memo did not make, or one that has lost every trace of it")
    return contents


KINDS = {"pdf": "a PDF", "docx": "a Word document"}

SHOWN_DIGEST = re.compile(rf"\b[0-9a-f]{{{DIGEST_SHOWN}}}\b")
"""The digest of what a memo says, as its footer has it, and a print of it still has."""

_UPDATE_ENDS = re.compile(rb"%%EOF\r?\n?")
MOST_UPDATES = 20


def _earlier_digests(data: bytes) -> tuple[str, ...]:
    """Return the digest of a PDF as it was before each update: an update is appended, and leaves all before it."""
    ends = [found.end() for found in islice(_UPDATE_ENDS.finditer(data), MOST_UPDATES)]
    return tuple(bytes_digest(data[:end]) for end in ends if end < len(data))


def foreign_file(delivered: Delivered) -> Problem:
    """Return the problem of a file that may be a print of a memo, by its looks, and is none that is known."""
    why = f"is {KINDS[delivered.format]} that memo did not make, or a print of a memo that is not known here"
    return _problem(ForeignFile(why), Place(delivered.path.as_posix()))


def _problem(unfit: UnreadableFile, place: Place) -> Problem:
    hint = "ask who sent it for another copy"
    match unfit:
        case TooLarge():
            return Problem("too-large", f"the file {unfit}", place, "no file that memo made is like that")
        case Encrypted():
            return Problem("locked-file", f"the file {unfit}", place, "save it without a password, and try again")
        case ForeignFile():
            return Problem("foreign-file", f"the file {unfit}", place, "name a .pdf or .docx that memo built")
        case _:
            return Problem("damaged-file", f"the file {unfit}", place, hint)


# The document inside. It will be compared and perhaps rendered again, and may be written so as to make that endless.

MOST_JSON = 4 * 1024 * 1024
"""Bytes of a document's JSON: a memo of some four hundred pages."""

MOST_ENTRIES = 300
"""Entries in all figures together: one figure of ten thousand takes gigabytes to draw."""

LONGEST_WORD = 1000
"""Letters without a space between them: a word of a million takes minutes to set."""


def _decode(text: str) -> tree.Document | None:
    """Decode a document's JSON; None where there is none. Raises `UnreadableFile` where it is none or beyond bounds."""
    if len(text) > MOST_JSON:
        raise TooLarge(f"carries more than {MOST_JSON >> 20} MB of data")
    if not text:
        return None
    try:
        document = from_json(text)
    except NotADocument as error:
        raise UnreadableFile(f"is damaged: the document carried inside cannot be read ({str(error)[:200]})") from error
    _check_bounds(document)
    return document


def _decode_look(text: str) -> Look | None:
    """Decode a look; None where there is none. Raises `UnreadableFile` where it is none."""
    if not text:
        return None
    try:
        return read_look(text)
    except NotALook as error:
        raise UnreadableFile(f"is damaged: the look carried inside cannot be read ({error})") from error


def _check_bounds(document: tree.Document) -> None:
    """Raise `TooLarge` for more than any memo holds, `UnreadableFile` where a link in it leads nowhere."""
    figures = (node for node in block_nodes(document.blocks) if isinstance(node, tree.Figure))
    if sum(len(figure.data) for figure in figures) > MOST_ENTRIES:
        raise TooLarge(f"carries figures with more than {MOST_ENTRIES:,} entries")
    for text in _texts_around(document):
        _check_words(text)
    anchors = {f"#{node.anchor}" for node in block_nodes(document.blocks) if isinstance(node, tree.Heading)}
    for run in text_runs(document):
        for inline in inlines(run):
            if isinstance(inline, tree.Text | tree.Claim):
                _check_words(inline.text)
            if isinstance(inline, tree.Link) and inline.target.startswith("#") and inline.target not in anchors:
                raise UnreadableFile("is damaged: the document carried inside has a link to a heading that it lacks")


def _check_words(text: str) -> None:
    if max(map(len, text.split()), default=0) > LONGEST_WORD:
        raise TooLarge(f"carries a word of more than {LONGEST_WORD:,} letters")


def _texts_around(document: tree.Document) -> Iterator[str]:
    """Yield what is set besides the body: the title block, as it is and was, and a redline's list of changes."""
    for metadata in filter(None, (document.metadata, document.earlier)):
        yield from asdict(metadata).values()
    for change in document.changes:
        yield from (change.section, change.before, change.after, change.reason, *change.facts, *change.sources)
