"""The file format itself: numbered objects, strings, streams, the cross-reference table (ISO 32000-1, 7.2 to 7.5).

ReportLab has a layer for this too. It is not used: it reads settings of the machine it runs on, dates and numbers files
by them, and writes streams and names in a form that PDF/A forbids. What is left to write is this page.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from struct import Struct
from types import MappingProxyType
from typing import cast

from memo.files import bytes_digest

_NONE: Mapping[str, str] = MappingProxyType({})
_HEAD = (
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # four bytes above 127 tell programs that the file is binary (ISO 32000-1, 7.5.2)
)

_ENTRY = Struct(">BIH")
"""An entry of the cross-reference stream (ISO 32000-1, 7.5.8): its type, then an offset in the file and a generation,
or the number of an object stream and an index in it."""

_FREE, _IN_FILE, _IN_OBJECT_STREAM = 0, 1, 2
_NO_ENTRY = bytes(_ENTRY.size)
_MOST_IN_STREAM = 200  # a reader that wants one object of a stream has to read all those before it


class PdfFile:
    """A file in the making. Objects are numbered on request, and written as soon as their content is known.

    Streams are written one by one, other objects many at a time in an object stream (ISO 32000-1, 7.5.7): a tagged file
    has hundreds of small objects, much alike, that would otherwise be half of it. The same calls give the same bytes.
    """

    def __init__(self) -> None:
        self._written = BytesIO()
        self._written.write(_HEAD)
        self._entries = bytearray(_ENTRY.pack(_FREE, 0, 0xFFFF))  # object 0 always heads the list of free objects
        self._waiting: list[tuple[int, str]] = []
        self._stream_number = 0

    def reserve(self) -> int:
        """Return a number for an object whose content comes later, by `put`."""
        self._entries += _NO_ENTRY
        return len(self._entries) // _ENTRY.size - 1

    def put(self, body: str, number: int = 0) -> int:
        """Write an object under a reserved number, or else the next one; return its number."""
        number = number or self.reserve()
        if not self._waiting:
            self._stream_number = self.reserve()
        self._set_entry(number, _IN_OBJECT_STREAM, self._stream_number, len(self._waiting))
        self._waiting.append((number, body))
        if len(self._waiting) == _MOST_IN_STREAM:
            self._write_object_stream()
        return number

    def stream(self, data: bytes, entries: Mapping[str, str] = _NONE) -> int:
        """Compress and write a stream with these entries in its dictionary; return its number."""
        return self.packed_stream(packed(data), entries)

    def packed_stream(self, data: bytes, entries: Mapping[str, str] = _NONE) -> int:
        """Write a stream of data that is `packed` already; return its number."""
        return self.plain_stream(data, {**entries, "Filter": "/FlateDecode"})

    def plain_stream(self, data: bytes, entries: Mapping[str, str]) -> int:
        """Write a stream without a filter; return its number."""
        number = self.reserve()
        self._write_stream(number, data, entries)
        return number

    def finish(self, root: int, info: int) -> bytes:
        """Write the cross-reference stream and return the whole file."""
        if self._waiting:
            self._write_object_stream()
        # PDF/A wants an identifier. A digest of the content gives equal files equal ones, as no clock or chance would.
        # The digest is taken of the buffer, as of bytes: a copy would double the memory that the file takes.
        digest = bytes_digest(cast("bytes", self._written.getbuffer()))[:32].upper()
        at, number = self._written.tell(), self.reserve()
        self._set_entry(number, _IN_FILE, at, 0)
        entries = {
            "Type": "/XRef",
            "Size": str(number + 1),
            "W": "[1 4 2]",  # the bytes of each field of an entry
            "Root": ref(root),
            "Info": ref(info),
            "ID": f"[<{digest}> <{digest}>]",
            "Filter": "/FlateDecode",
        }
        self._write_stream(number, packed(self._entries), entries)
        self._written.write(b"startxref\n%d\n%%%%EOF\n" % at)
        return self._written.getvalue()

    def _set_entry(self, number: int, kind: int, where: int, index: int) -> None:
        _ENTRY.pack_into(self._entries, number * _ENTRY.size, kind, where, index)

    def _write_stream(self, number: int, data: bytes, entries: Mapping[str, str]) -> None:
        self._set_entry(number, _IN_FILE, self._written.tell(), 0)
        head = dictionary({**entries, "Length": str(len(data))})
        self._written.write(f"{number} 0 obj\n{head}\nstream\n".encode("ascii"))
        self._written.write(data)
        self._written.write(
            b"\nendstream\nendobj\n"
        )  # PDF/A wants the line end before endstream (ISO 19005-3, 6.1.7.1)

    def _write_object_stream(self) -> None:
        """Write the waiting objects as one stream: their numbers and offsets in it, then the objects themselves."""
        offsets = accumulate((len(body) + 1 for _, body in self._waiting), initial=0)
        index = " ".join([f"{number} {at}" for (number, _), at in zip(self._waiting, offsets, strict=False)]) + "\n"
        data = index + "\n".join([body for _, body in self._waiting])
        entries = {"Type": "/ObjStm", "N": str(len(self._waiting)), "First": str(len(index)), "Filter": "/FlateDecode"}
        self._write_stream(self._stream_number, packed(data.encode("ascii")), entries)
        self._waiting = []


def packed(data: bytes | bytearray) -> bytes:
    """Compress data as streams are, by FlateDecode."""
    return zlib.compress(data, 6)


def ref(number: int) -> str:
    """Write a reference to the object with that number."""
    return f"{number} 0 R"


def dictionary(entries: Mapping[str, str]) -> str:
    """Write a dictionary. Keys are names without their slash; values are in PDF's syntax already."""
    return "<<" + " ".join(f"/{key} {value}" for key, value in entries.items()) + ">>"


def array(items: Iterable[str]) -> str:
    """Write an array of values that are in PDF's syntax already."""
    return "[" + " ".join(items) + "]"


@lru_cache(maxsize=4096)  # lines and margins have the same coordinates on page after page
def number(value: float) -> str:
    """Write a number to a hundredth of a point, without an exponent, which PDF does not have."""
    return f"{round(value, 2):.8g}"


def numbers(*values: float) -> str:
    """Write several numbers with spaces between."""
    return " ".join(map(number, values))


def text_string(text: str) -> str:
    """Write a text string: plain if printable ASCII, else UTF-16 with a byte order mark (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


@lru_cache(maxsize=256)
def rgb(hex_colour: str) -> str:
    """Write ``#1F3864`` as the three numbers of a colour in DeviceRGB."""
    return " ".join(f"{int(hex_colour[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))
