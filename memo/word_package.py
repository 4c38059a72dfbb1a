"""A Word file that came from outside, opened in bounds: a zip (ECMA-376-2) that may lie about what is in it.

Nothing is unpacked to disk, nothing is kept in memory but one part at a time, and no XML is read that holds a DOCTYPE.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

LARGEST = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2000
MOST_PACKED = 200
"""Bytes that the file may have, and all of it unpacked; how many parts; how many times a part may grow."""

_ALWAYS_SMALL = 1024 * 1024
"""Bytes up to which a part may be packed ever so densely: that much of anything harms nobody."""

_ENTRY = b"PK\x01\x02"
"""How each entry of a zip's directory begins (APPNOTE.TXT, 4.3.12)."""

_OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How files of Word 97 begin, and encrypted ones of today ([MS-CFB] 2.2)."""

_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Unfit(Exception):
    """The file cannot be read. The argument says why, to stand after its name: ``is damaged``."""


class TooMuch(Unfit):
    """It is larger, or would become larger, than any memo."""


class Locked(Unfit):
    """It is encrypted, or of a Word so old that the two cannot be told apart."""


def parts_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part with its name, one after the other. Raises `Unfit`, before the first one where that can be."""
    if data.startswith(_OLD_WORD):
        raise Locked("is encrypted, or of Word 97")
    if data.count(_ENTRY) > MOST_PARTS:
        raise TooMuch(f"has more than {MOST_PARTS:,} parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _weigh(package.infolist())
            for entry in package.infolist():
                yield entry.filename, _unpacked(package, entry)
    except _FAULTS as error:
        raise Unfit("is no Word file, or a damaged one") from error


def plain_parser(namespaces: bool = False) -> expat.XMLParserType:
    """A parser that resolves nothing and raises `Unfit` at a DOCTYPE. With ``namespaces``, names are ``URI name``."""
    parser = expat.ParserCreate(namespace_separator=" " if namespaces else None)
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def parse(parser: expat.XMLParserType, name: str, part: bytes) -> None:
    """Let a parser of `plain_parser` read a part. Raises `Unfit` where it is not well-formed."""
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unfit(f"is damaged: its part {name} is not well-formed XML") from error


def _weigh(entries: list[zipfile.ZipInfo]) -> None:
    """By what the file declares of itself; `_unpacked` then reads no more than that."""
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise Unfit("has two parts of one name")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Unfit("is packed in a way that no Word file is")
    dense = any(entry.file_size > max(_ALWAYS_SMALL, MOST_PACKED * max(entry.compress_size, 1)) for entry in entries)
    if dense or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise TooMuch("would unpack to more than any memo needs")


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with package.open(entry) as file:
        part = file.read(entry.file_size + 1)
    if len(part) != entry.file_size:
        raise Unfit("is damaged")
    return part


def _no_doctype(*_: object) -> None:
    raise Unfit("holds a DOCTYPE, which no Word file has")
