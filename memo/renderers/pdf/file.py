"""The outer form of a PDF: numbered objects, strings, the cross-reference table (ISO 32000-1, 7.2 to 7.5).

ReportLab has a layer for this too. It is not used, because it reads settings of the machine it runs on, dates and
numbers files by them, and writes streams and names in a form that PDF/A forbids; what is left to write is this page.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType

_NONE: Mapping[str, str] = MappingProxyType({})
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfFile:
    """A file in the making. Objects are numbered as they are asked for, and written at once when their content comes.

    The same calls give the same bytes.
    """

    def __init__(self) -> None:
        self._written = BytesIO()
        self._written.write(_HEAD)
        self._offsets: list[int] = []

    def reserve(self) -> int:
        """The number of an object whose content comes later, by `put`."""
        self._offsets.append(0)
        return len(self._offsets)

    def put(self, body: str, number: int = 0) -> int:
        """Write an object, under a number that was reserved or the next one; gives its number."""
        number = number or self.reserve()
        self._offsets[number - 1] = self._written.tell()
        self._written.write(f"{number} 0 obj\n{body}\nendobj\n".encode("ascii"))
        return number

    def stream(self, data: bytes, entries: Mapping[str, str] = _NONE) -> int:
        """Write a stream with these entries in its dictionary, compressed; gives its number."""
        return self.packed_stream(packed(data), entries)

    def packed_stream(self, data: bytes, entries: Mapping[str, str] = _NONE) -> int:
        """The same of what is `packed` already."""
        return self.bare_stream(data, {**entries, "Filter": "/FlateDecode"})

    def bare_stream(self, data: bytes, entries: Mapping[str, str]) -> int:
        """The same of what is to stand as it is.

        A line end stands before ``endstream`` (ISO 19005-3, 6.1.7.1).
        """
        number = self.reserve()
        self._offsets[number - 1] = self._written.tell()
        head = dictionary({**entries, "Length": str(len(data))})
        self._written.write(f"{number} 0 obj\n{head}\nstream\n".encode("ascii"))
        self._written.write(data)
        self._written.write(b"\nendstream\nendobj\n")
        return number

    def finish(self, root: int, info: int) -> bytes:
        """The whole file. Its identifier is a digest of its content, so that equal files have equal ones."""
        digest = hashlib.sha256(self._written.getbuffer()).hexdigest()[:32].upper()
        entries = {
            "Size": str(len(self._offsets) + 1),
            "Root": ref(root),
            "Info": ref(info),
            "ID": f"[<{digest}> <{digest}>]",
        }
        at = self._written.tell()
        self._written.write(_cross_reference(self._offsets))
        self._written.write(f"trailer\n{dictionary(entries)}\nstartxref\n{at}\n%%EOF\n".encode("ascii"))
        return self._written.getvalue()


def _cross_reference(offsets: list[int]) -> bytes:
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(offsets) + 1, rows)


def packed(data: bytes) -> bytes:
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


_SPECIAL = re.compile(r"([\\()])")


def text_string(text: str) -> str:
    """A text string: plain where it is printable ASCII, else UTF-16 with its mark (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and text.isprintable():
        return "(" + _SPECIAL.sub(r"\\\1", text) + ")"
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


@lru_cache(maxsize=256)
def colour(hex_colour: str) -> str:
    """``#1F3864`` as the three numbers of a colour in DeviceRGB."""
    return " ".join(f"{int(hex_colour[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))
