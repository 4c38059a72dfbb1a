"""Read a PDF from outside: the text that its pages paint, line by line, and the document among its associated files.

Held against the file that it should be, it is put to two witnesses besides: `memo.delivered.pdf_objects` names what
memo does not write, `memo.delivered.pdf_look` holds its drawn pages against those that they should be; what is heard
and not seen is for `memo.delivered.pdf_told`. Given a file from outside, ``pypdf`` and PDFium may take any time and
memory that their own limits leave, or fall over: `memo.delivered.sandbox` bounds that.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError
from pypdf.generic import DictionaryObject

from memo.delivered.contents import MOST_TEXT, Comparison, FileContents, Pages, shown, tidy_lines
from memo.delivered.pdf_objects import (
    attached_streams,
    attachments,
    catalog,
    dictionaries,
    file_name,
    foreign_things,
    is_signature,
    links,
    signatures,
)
from memo.document.as_json import ATTACHMENT_NAME, LOOK_NAME
from memo.untrusted_files import Encrypted, TooLarge, UnreadableFile

MOST_PAGES = 500
"""Pages that are read."""

MOST_STREAM = 16_000_000
"""Bytes that one stream may unpack to."""

_LIMITS: dict[str, Any] = {
    "maximum_declared_stream_length": MOST_STREAM,
    "array_based_stream_maximum_output_length": MOST_STREAM,
    "zlib_maximum_output_length": MOST_STREAM,
    "lzw_maximum_output_length": MOST_STREAM,
    "run_length_maximum_output_length": MOST_STREAM,
    "brotli_maximum_output_length": MOST_STREAM,
    "zlib_maximum_recovery_input_length": 1_000_000,
    "stream_decoding_work_maximum_length": 4 * MOST_STREAM,
    "page_tree_maximum_entries": 10 * MOST_PAGES,
    "page_tree_maximum_page_entries": 50 * MOST_PAGES,
    "jbig2dec_binary": None,  # a program of the machine's, which no file from outside is to start
}

_SILENT = frozenset(("/Text", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Link", "/Popup"))
"""Annotations whose words are no part of what the page says; any other kind may lay words over it (12.5.6)."""

Step = Callable[[], None]
"""What is called whenever a page is done with."""


def read_pdf(data: bytes, page_done: Step = lambda: None) -> FileContents:
    """Read what a PDF says and carries. Raises `UnreadableFile`, whatever goes wrong."""
    with _faults_told():
        return _read(_open(data), page_done)


def compare_pdfs(data: bytes, expected: bytes, page_done: Step = lambda: None) -> Comparison:
    """Hold a PDF against the one that it should be, by all but its text. Raises `UnreadableFile`."""
    from memo.delivered.pdf_look import unlike_pages
    from memo.delivered.pdf_told import LOST_TAGS, doubts, has_tags

    with _faults_told():
        ours, theirs = _open(data), _open(expected)
        unlike = list(unlike_pages(data, expected, page_done))
        doubtful = tuple(dict.fromkeys((*(page.where for page in unlike if not page.surely), *doubts(ours, theirs))))
        lost = () if has_tags(ours) or not has_tags(theirs) else (LOST_TAGS,)
        return Comparison(tuple(page.where for page in unlike if page.surely), doubtful, lost)


@contextmanager
def _faults_told() -> Iterator[None]:
    """Raise `UnreadableFile` for whatever goes wrong in reading a file."""
    try:
        with apply_configuration(**_LIMITS):
            yield
    except (UnreadableFile, MemoryError):
        raise
    except LimitReachedError as error:
        raise TooLarge("would unpack to more than any memo needs, or refers to itself") from error
    except (DependencyError, FileNotDecryptedError) as error:
        raise Encrypted("is encrypted") from error
    except Exception as error:  # given what it did not foresee, pypdf may raise anything at all
        raise UnreadableFile("is damaged: it is no PDF that can be read to its end") from error


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Encrypted("is encrypted")
    return reader


def _read(reader: PdfReader, page_done: Step) -> FileContents:
    root = catalog(reader)
    embedded, look = _embedded_json(root, ATTACHMENT_NAME), _embedded_json(root, LOOK_NAME)
    info = reader.trailer.get("/Info")
    info = info.get_object() if info is not None else None
    held = info if isinstance(info, DictionaryObject) else DictionaryObject()
    by_memo = str(held.get("/Creator", "")) == "memo"
    # Another program's file is refused by the caller, unless it is a print of ours: a book is none.
    if not by_memo and not embedded and len(reader.pages) > MOST_PAGES:
        return FileContents(Pages("", ""), "", False)
    text = "\n".join(_lines(reader, page_done))
    told = (*signatures(root), *_saved_by(str(held.get("/Producer", ""))))
    pages = Pages(text, text, links=tuple(links(reader)), foreign=tuple(foreign_things(reader)), told=told)
    return FileContents(pages, embedded, by_memo, look)


def _saved_by(producer: str) -> Iterator[str]:
    """Name the program that made the file, as the file says, where that is not memo."""
    if producer and not producer.startswith("memo "):
        yield f"it was made or saved again by {shown(producer)}, as it says"


def _embedded_json(root: DictionaryObject, name: str) -> str:
    """Return the file of this name among those in the file (ISO 32000-2, 14.13), or nothing.

    Readers and we may look for it in different places: all must give the same.
    """
    found = {
        stream.get_data().decode("utf-8")
        for spec in attachments(root)
        if file_name(spec) == name
        for stream in attached_streams(spec) or [_missing()]
    }
    if len(found) > 1:
        raise UnreadableFile("is damaged: it carries more than one document")
    return "".join(found)


def _missing() -> NoReturn:
    raise UnreadableFile("is damaged: the document carried inside is not there")


def _lines(reader: PdfReader, page_done: Step) -> Iterator[str]:
    """Yield what the pages say, line by line. Raises `TooLarge` where there are too many of either."""
    size = 0
    for number, page in enumerate(reader.pages):
        # memo ends a line within a word with a soft hyphen: taken out, the word is whole again.
        text = page.extract_text().replace("\u00ad\n", "").replace("\u00ad", "")
        lines = [*tidy_lines(text.splitlines()), *_overlaid(page)]
        size += sum(map(len, lines))
        if number >= MOST_PAGES or size > MOST_TEXT:
            raise TooLarge(f"has more than {MOST_PAGES} pages, or more text than those could hold")
        yield from lines
        page_done()


def _overlaid(page: PageObject) -> Iterator[str]:
    """Yield the words that somebody laid over the page as an annotation: a text box, a stamp, a form field."""
    for annotation in dictionaries(page, "/Annots"):
        if str(annotation.get("/Subtype")) not in _SILENT and not is_signature(annotation):
            words = annotation.get("/Contents", annotation.get("/V", ""))
            yield from tidy_lines([f"\ufffc {str(words)[:10_000]}"])
