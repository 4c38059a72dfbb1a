"""The outer form of a PDF: numbered objects, strings, the cross-reference table (ISO 32000-1, 7.2 to 7.5).

ReportLab has a layer for this too. It is not used, because it reads settings of the machine it runs on, dates and
numbers files by them, and writes streams and names in a form that PDF/A forbids; what is left to write is this page.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from struct import Struct
from types import MappingProxyType

_NONE: Mapping[str, str] = MappingProxyType({})
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

_PLACE = Struct(">BIH")
"""A row of the cross-reference stream (ISO 32000-1, 7.5.8): what kind of place, where, and as the how manieth there."""

_FREE, _ALONE, _IN_GROUP = 0, 1, 2
_NOWHERE = bytes(_PLACE.size)
_MOST_IN_GROUP = 200
"""Who wants one object of a group must read all before it."""


class PdfFile:
    """A file in the making. Objects are numbered as they are asked for, and written at once when their content comes.

    Streams are written as they are, and other objects many at a time in a stream of objects (ISO 32000-1, 7.5.7): a
    tagged file has hundreds, much alike, that are half of it otherwise. The same calls give the same bytes.
    """

    def __init__(self) -> None:
        self._written = BytesIO()
        self._written.write(_HEAD)
        self._places = bytearray(_PLACE.pack(_FREE, 0, 0xFFFF))
        self._group: list[tuple[int, str]] = []
        self._group_number = 0

    def reserve(self) -> int:
        """The number of an object whose content comes later, by `put`."""
        self._places += _NOWHERE
        return len(self._places) // _PLACE.size - 1

    def put(self, body: str, number: int = 0) -> int:
        """Write an object, under a number that was reserved or the next one; gives its number."""
        number = number or self.reserve()
        if not self._group:
            self._group_number = self.reserve()
        self._place(number, _IN_GROUP, self._group_number, len(self._group))
        self._group.append((number, body))
        if len(self._group) == _MOST_IN_GROUP:
            self._write_group()
        return number

    def stream(self, data: bytes, entries: Mapping[str, str] = _NONE) -> int:
        """Write a stream with these entries in its dictionary, compressed; gives its number."""
        return self.packed_stream(packed(data), entries)

    def packed_stream(self, data: bytes, entries: Mapping[str, str] = _NONE) -> int:
        """The same of what is `packed` already."""
        return self.bare_stream(data, {**entries, "Filter": "/FlateDecode"})

    def bare_stream(self, data: bytes, entries: Mapping[str, str]) -> int:
        """The same of what is to stand as it is."""
        number = self.reserve()
        self._write_stream(number, data, entries)
        return number

    def finish(self, root: int, info: int) -> bytes:
        """The whole file. Its identifier is a digest of its content, so that equal files have equal ones."""
        if self._group:
            self._write_group()
        digest = hashlib.sha256(self._written.getbuffer()).hexdigest()[:32].upper()
        at, number = self._written.tell(), self.reserve()
        self._place(number, _ALONE, at, 0)
        entries = {
            "Type": "/XRef",
            "Size": str(number + 1),
            "W": "[1 4 2]",
            "Root": ref(root),
            "Info": ref(info),
            "ID": f"[<{digest}> <{digest}>]",
            "Filter": "/FlateDecode",
        }
        self._write_stream(number, packed(self._places), entries)
        self._written.write(b"startxref\n%d\n%%%%EOF\n" % at)
        return self._written.getvalue()

    def _place(self, number: int, kind: int, where: int, index: int) -> None:
        _PLACE.pack_into(self._places, number * _PLACE.size, kind, where, index)

    def _write_stream(self, number: int, data: bytes, entries: Mapping[str, str]) -> None:
        """A line end stands before ``endstream`` (ISO 19005-3, 6.1.7.1)."""
        self._place(number, _ALONE, self._written.tell(), 0)
        head = dictionary({**entries, "Length": str(len(data))})
        self._written.write(f"{number} 0 obj\n{head}\nstream\n".encode("ascii"))
        self._written.write(data)
        self._written.write(b"\nendstream\nendobj\n")

    def _write_group(self) -> None:
        """Write the objects that wait as one stream: their numbers and places in it, then they themselves."""
        ends = accumulate((len(body) + 1 for _, body in self._group), initial=0)
        index = " ".join([f"{number} {at}" for (number, _), at in zip(self._group, ends, strict=False)]) + "\n"
        data = index + "\n".join([body for _, body in self._group])
        entries = {"Type": "/ObjStm", "N": str(len(self._group)), "First": str(len(index)), "Filter": "/FlateDecode"}
        self._write_stream(self._group_number, packed(data.encode("ascii")), entries)
        self._group = []


def packed(data: bytes | bytearray) -> bytes:
    """Compressed, as streams are."""
    return zlib.compress(data, 6)


def ref(number: int) -> str:
    """A reference to the object of that number."""
    return f"{number} 0 R"


def dictionary(entries: Mapping[str, str]) -> str:
    """A dictionary: keys are names without their slash, values are already in PDF's syntax."""
    return "<<" + " ".join(f"/{key} {value}" for key, value in entries.items()) + ">>"


def array(items: Iterable[str]) -> str:
    """An array of values that are already in PDF's syntax."""
    return "[" + " ".join(items) + "]"


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """A number to a hundredth of a point, without an exponent. Lines and margins have the same on page after page."""
    return f"{round(value, 2):.8g}"


def numbers(*values: float) -> str:
    """Several numbers, with spaces between."""
    return " ".join(map(number, values))


def text_string(text: str) -> str:
    """A text string: plain where it is printable ASCII, else UTF-16 with its mark (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


@lru_cache(maxsize=256)
def colour(hex_colour: str) -> str:
    """``#1F3864`` as the three numbers of a colour in DeviceRGB."""
    return " ".join(f"{int(hex_colour[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))
