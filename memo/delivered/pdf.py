"""A delivered PDF: the text that its pages paint, line by line, and the JSON among its associated files.

``pypdf`` is known here only. Called on a file from outside, it may take any time and any memory that its own limits
leave: `memo.delivered.sandbox` sets bounds to that.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from memo.delivered.contents import FileContents, Pages, evened
from memo.document.as_json import ATTACHMENT_NAME
from memo.word_package import Locked, TooMuch, Unfit

MOST_PAGES = 500
MOST_TEXT = 8_000_000
MOST_STREAM = 16_000_000
MOST_LISTED = 2000
"""Pages that are read; characters on them; bytes that a stream may unpack to; associated files and notes looked at."""

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

_READERS_OWN = frozenset(("/Link", "/Popup", "/Text", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly"))
"""Annotations that are not part of what the page says (ISO 32000-1, 12.5.6): links, and marks that readers make."""


def read_pdf(data: bytes) -> FileContents:
    """What a PDF says and carries. Raises `memo.word_package.Unfit`, whatever goes wrong in reading it."""
    try:
        with apply_configuration(**_LIMITS):
            return _read(PdfReader(io.BytesIO(data)))
    except (Unfit, MemoryError):
        raise
    except LimitReachedError as error:
        raise TooMuch("would unpack to more than any memo needs, or refers to itself") from error
    except (DependencyError, FileNotDecryptedError) as error:
        raise Locked("is encrypted") from error
    except Exception as error:  # a reader that meets what it did not foresee may raise anything at all
        raise Unfit("is damaged: it is no PDF that can be read to its end") from error


def _read(reader: PdfReader) -> FileContents:
    if reader.is_encrypted:
        raise Locked("is encrypted")
    carried = _carried(reader)
    info = reader.trailer.get("/Info")
    info = info.get_object() if info is not None else None
    by_memo = isinstance(info, DictionaryObject) and str(info.get("/Creator", "")) == "memo"
    if not by_memo and not carried:
        return FileContents(Pages("", ""), "", False)
    lines = "\n".join(_lines(reader))
    return FileContents(Pages(lines, lines, _besides(reader)), carried, by_memo)


def _carried(reader: PdfReader) -> str:
    """The text of the file named ``memo.json`` among those associated with the document (ISO 32000-2, 14.13)."""
    root: Any = reader.trailer["/Root"].get_object()
    found = {
        _file_text(spec) for spec in _listed(root, "/AF") if str(spec.get("/UF", spec.get("/F"))) == ATTACHMENT_NAME
    }
    if len(found) > 1:
        raise Unfit("is damaged: it carries more than one document")
    return "".join(found)


def _file_text(spec: DictionaryObject) -> str:
    files: Any = spec["/EF"]
    stream = files.get("/UF", files.get("/F")).get_object()
    if not isinstance(stream, StreamObject):
        raise Unfit("is damaged: the document carried inside is not there")
    return stream.get_data().decode("utf-8")


def _listed(holder: DictionaryObject, key: str) -> Iterator[DictionaryObject]:
    """The dictionaries in an array that may be missing."""
    array = holder.get(key)
    array = array.get_object() if array is not None else None
    if not isinstance(array, ArrayObject):
        return
    if len(array) > MOST_LISTED:
        raise TooMuch(f"lists more than {MOST_LISTED:,} things where a memo lists a few")
    for item in array:
        if isinstance(held := item.get_object(), DictionaryObject):
            yield held


def _lines(reader: PdfReader) -> Iterator[str]:
    """What every page says, line by line; a word that was divided at a line's end is whole again."""
    size = 0
    for number, page in enumerate(reader.pages):
        text = page.extract_text().replace("\u00ad\n", "").replace("\u00ad", "")
        lines = [*evened(text.splitlines()), *_written_over(page)]
        size += sum(map(len, lines))
        if number >= MOST_PAGES or size > MOST_TEXT:
            raise TooMuch(f"has more than {MOST_PAGES} pages, or more text than those could hold")
        yield from lines


def _written_over(page: PageObject) -> Iterator[str]:
    """Words that somebody put on the page as an annotation: a text box, a stamp, the field of a form."""
    for annotation in _listed(page, "/Annots"):
        if str(annotation.get("/Subtype")) not in _READERS_OWN:
            words = annotation.get("/Contents", annotation.get("/V", ""))
            yield from evened([f"\ufffc {str(words)[:10_000]}"])


def _besides(reader: PdfReader) -> tuple[str, ...]:
    """Readers' marks, and pictures: memo itself draws its figures with lines and words."""
    marks = sum(
        str(each.get("/Subtype")) in _READERS_OWN - {"/Link", "/Popup"}
        for page in reader.pages
        for each in _listed(page, "/Annots")
    )
    pictures = sum(len(_pictures(page)) for page in reader.pages)
    counted = ((marks, "reader's mark"), (pictures, "picture"))
    return tuple(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counted if count)


def _pictures(page: PageObject) -> DictionaryObject:
    held: Any = page.get("/Resources", DictionaryObject()).get_object()
    held = held.get("/XObject", DictionaryObject()).get_object()
    return held if isinstance(held, DictionaryObject) else DictionaryObject()
