"""Read a PDF from outside: the text that its pages paint, line by line, and the document among its associated files.

``pypdf`` is known here only. Given a file from outside, it may take any time and any memory that its own limits leave:
`memo.delivered.sandbox` bounds that.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from memo.delivered.contents import MOST_TEXT, FileContents, Pages, count_extras, tidy_lines
from memo.document.as_json import ATTACHMENT_NAME
from memo.word_package import Locked, TooMuch, Unfit

MOST_PAGES = 500
"""Pages that are read."""

MOST_STREAM = 16_000_000
"""Bytes that one stream may unpack to."""

MOST_LISTED = 2000
"""Associated files, or annotations of a page, that are looked at."""

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

_READERS_MARKS = frozenset(("/Text", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly"))
"""Annotations that a reader makes on what the page says (ISO 32000-1, 12.5.6)."""

_SILENT = _READERS_MARKS | {"/Link", "/Popup"}
"""Annotations that are no part of what the page says; any other kind may lay words over it."""


def read_pdf(data: bytes) -> FileContents:
    """Read what a PDF says and carries. Raises `memo.word_package.Unfit`, whatever goes wrong in reading it."""
    try:
        with apply_configuration(**_LIMITS):
            return _read(PdfReader(io.BytesIO(data)))
    except (Unfit, MemoryError):
        raise
    except LimitReachedError as error:
        raise TooMuch("would unpack to more than any memo needs, or refers to itself") from error
    except (DependencyError, FileNotDecryptedError) as error:
        raise Locked("is encrypted") from error
    except Exception as error:  # given what it did not foresee, pypdf may raise anything at all
        raise Unfit("is damaged: it is no PDF that can be read to its end") from error


def _read(reader: PdfReader) -> FileContents:
    if reader.is_encrypted:
        raise Locked("is encrypted")
    embedded = _embedded_json(reader)
    info = reader.trailer.get("/Info")
    info = info.get_object() if info is not None else None
    by_memo = isinstance(info, DictionaryObject) and str(info.get("/Creator", "")) == "memo"
    # Another program's file is refused by the caller: its pages, which may be thousands, are not read for that.
    if not by_memo and not embedded:
        return FileContents(Pages("", ""), "", False)
    text = "\n".join(_lines(reader))
    return FileContents(Pages(text, text, _extras(reader)), embedded, by_memo)


def _embedded_json(reader: PdfReader) -> str:
    """Return the file named ``memo.json`` among those associated with the document (ISO 32000-2, 14.13), or nothing."""
    root: Any = reader.trailer["/Root"].get_object()
    found = {
        _embedded_text(spec)
        for spec in _dictionaries(root, "/AF")
        if str(spec.get("/UF", spec.get("/F"))) == ATTACHMENT_NAME
    }
    if len(found) > 1:
        raise Unfit("is damaged: it carries more than one document")
    return "".join(found)


def _embedded_text(spec: DictionaryObject) -> str:
    files: Any = spec["/EF"]
    stream = files.get("/UF", files.get("/F")).get_object()
    if not isinstance(stream, StreamObject):
        raise Unfit("is damaged: the document carried inside is not there")
    return stream.get_data().decode("utf-8")


def _dictionaries(holder: DictionaryObject, key: str) -> Iterator[DictionaryObject]:
    """Yield the dictionaries in an array that may be missing. Raises `TooMuch` where it is long."""
    array = holder.get(key)
    array = array.get_object() if array is not None else None
    if not isinstance(array, ArrayObject):
        return
    if len(array) > MOST_LISTED:
        raise TooMuch(f"lists more than {MOST_LISTED:,} things where a memo lists a few")
    for item in array:
        if isinstance(entry := item.get_object(), DictionaryObject):
            yield entry


def _lines(reader: PdfReader) -> Iterator[str]:
    """Yield what the pages say, line by line. Raises `TooMuch` where there are too many of either."""
    size = 0
    for number, page in enumerate(reader.pages):
        # memo ends a line within a word with a soft hyphen: taken out, the word is whole again.
        text = page.extract_text().replace("\u00ad\n", "").replace("\u00ad", "")
        lines = [*tidy_lines(text.splitlines()), *_overlaid(page)]
        size += sum(map(len, lines))
        if number >= MOST_PAGES or size > MOST_TEXT:
            raise TooMuch(f"has more than {MOST_PAGES} pages, or more text than those could hold")
        yield from lines


def _overlaid(page: PageObject) -> Iterator[str]:
    """Yield the words that somebody laid over the page as an annotation: a text box, a stamp, a form field."""
    for annotation in _dictionaries(page, "/Annots"):
        if str(annotation.get("/Subtype")) not in _SILENT:
            words = annotation.get("/Contents", annotation.get("/V", ""))
            yield from tidy_lines([f"\ufffc {str(words)[:10_000]}"])


def _extras(reader: PdfReader) -> tuple[str, ...]:
    """Count readers' marks and pictures. memo draws figures with lines and words: any picture was put in later."""
    marks = sum(
        str(annotation.get("/Subtype")) in _READERS_MARKS
        for page in reader.pages
        for annotation in _dictionaries(page, "/Annots")
    )
    pictures = sum(len(_pictures(page)) for page in reader.pages)
    return count_extras((marks, "reader's mark"), (pictures, "picture"))


def _pictures(page: PageObject) -> DictionaryObject:
    resources: Any = page.get("/Resources", DictionaryObject()).get_object()
    pictures = resources.get("/XObject", DictionaryObject()).get_object()
    return pictures if isinstance(pictures, DictionaryObject) else DictionaryObject()
