"""Open a file from outside within bounds: a Word file is a zip (ECMA-376-2) that may lie about what is in it.

Nothing is unpacked to disk, only one part is held in memory at a time, and XML with a DOCTYPE is refused: entities
declared there can grow to gigabytes, or name files to read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

LARGEST = 20 * 1024 * 1024
"""Bytes that the file may have."""

MOST_UNPACKED = 100 * 1024 * 1024
"""Bytes that all of its parts may have together, unpacked."""

MOST_PARTS = 2000
MOST_PACKED = 200
"""How many times as large a part may become by being unpacked."""

_ALWAYS_SMALL = 1024 * 1024
"""Bytes up to which a part may be packed ever so densely: that much of anything harms nobody."""

_ENTRY = b"PK\x01\x02"
"""How each entry of a zip's directory begins (APPNOTE.TXT, 4.3.12)."""

_OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How files of Word 97 begin, and encrypted ones of today ([MS-CFB] 2.2)."""

# What zipfile raises at broken or unusual files: RuntimeError for an encrypted part, NotImplementedError for an odd
# method or version, ValueError and OSError for offsets that lead nowhere.
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


_NO_PACKAGE = "is no Word file, or a damaged one"


class UnreadableFile(Exception):
    """The file cannot be read. The argument says why, to stand after its name: ``is damaged``."""


class TooLarge(UnreadableFile):
    """The file is larger than any memo, or would be when unpacked."""


class Encrypted(UnreadableFile):
    """The file is encrypted, or of a Word so old that the two cannot be told apart."""


class Package:
    """The parts of a Word file by name, each unpacked when it is asked for.

    Names are compared without regard to case (ECMA-376-2, 6.2.2.3). Raises `UnreadableFile`, when it is made where the
    directory shows it already.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLD_WORD):
            raise Encrypted("is encrypted, or of Word 97")
        # Counted before zipfile is let near: it makes an object of every entry when it opens the file.
        if data.count(_ENTRY) > MOST_PARTS:
            raise TooLarge(f"has more than {MOST_PARTS:,} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))  # in memory: nothing is left open
        except _FAULTS as error:
            raise UnreadableFile(_NO_PACKAGE) from error
        entries = self._zip.infolist()
        _check_directory(entries)
        self._entries = {entry.filename.lower(): entry for entry in entries}

    @property
    def names(self) -> list[str]:
        """Return the names of all parts, as they are written."""
        return [entry.filename for entry in self._entries.values()]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def size(self, name: str) -> int:
        """Return how many bytes a part says that it has."""
        return self._entries[name.lower()].file_size

    def read(self, name: str) -> bytes:
        """Unpack a part that is there."""
        try:
            return _unpack(self._zip, self._entries[name.lower()])
        except _FAULTS as error:
            raise UnreadableFile(_NO_PACKAGE) from error


def parts_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every part of a package. Raises `UnreadableFile`, before the first if it can."""
    package = Package(data)
    for name in package.names:
        yield name, package.read(name)


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse a package by what its directory declares; `_unpack` then holds it to that."""
    # Part names are compared without regard to case (ECMA-376-2); of two, readers differ in which they take.
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise UnreadableFile("has two parts of one name")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnreadableFile("is packed in a way that no Word file is")
    dense = any(entry.file_size > max(_ALWAYS_SMALL, MOST_PACKED * max(entry.compress_size, 1)) for entry in entries)
    if dense or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise TooLarge("would unpack to more than any memo needs")


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with package.open(entry) as file:
        part = file.read(entry.file_size + 1)  # one byte more than declared shows that the directory lies
    if len(part) != entry.file_size:
        raise UnreadableFile("is damaged")
    return part


def xml_parser(namespaces: bool = False) -> expat.XMLParserType:
    """Return an XML parser that resolves nothing and raises `UnreadableFile` at a DOCTYPE.

    With ``namespaces``, it gives names as ``URI name``.
    """
    parser = expat.ParserCreate(namespace_separator=" " if namespaces else None)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise UnreadableFile("holds a DOCTYPE, which no Word file has")


def parse_part(parser: expat.XMLParserType, name: str, part: bytes) -> None:
    """Let a parser made by `xml_parser` read a part. Raises `UnreadableFile` where the part is not well-formed."""
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableFile(f"is damaged: its part {name} is not well-formed XML") from error
