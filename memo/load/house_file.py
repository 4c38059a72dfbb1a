"""A Word file that somebody else made: its bytes, and whether it may be opened at all.

What is opened later has been looked at here first: how large it is and would become, that it is the kind of file that
it should be, and that its XML is plain. Nothing of it is kept in memory unpacked but one part at a time.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from memo.load.text import shown_path
from memo.problem import Place, Problem
from memo.style import HouseFile

LARGEST = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2000
MOST_PACKED = 200
"""Bytes that the file may have, and all of it unpacked; how many parts; how many times a part may grow."""

_ALWAYS_SMALL = 1024 * 1024
"""Bytes up to which a part may be packed ever so densely: that much of anything harms nobody."""

_OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How files of Word 97 begin, and encrypted ones of today ([MS-CFB] 2.2)."""

_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml."
_STRICT = b"http://purl.oclc.org/ooxml/"

_SAVE = "open it in Word and save it as Word Document (.docx)"


class Unfit(Exception):
    """The file cannot serve. Arguments: what is wrong with it, and a hint."""


def read_house(file: Path, place: Place, project: Path | None = None) -> tuple[HouseFile | None, list[Problem]]:
    """The file's bytes, None where it cannot serve as house style (``bad-house-style``). ``place`` names it."""
    path = shown_path(file, project)
    try:
        data = _read(file)
        _look_through(data)
    except Unfit as unfit:
        why, hint = unfit.args
        return None, [Problem("bad-house-style", f"{path} {why}", place, hint)]
    return HouseFile(path, data, place), []


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise Unfit(f"is larger than {LARGEST >> 20} MB", "leave out pictures that its header does not need")
        return file.read_bytes()
    except OSError as error:
        raise Unfit(f"cannot be read: {error.strerror or error}", "name a file beside style.yaml") from error


def _look_through(data: bytes) -> None:
    """Every part once, in bounds, well-formed and without a DOCTYPE. Raises `Unfit`."""
    if data.startswith(_OLD_WORD):
        raise Unfit("is encrypted, or of Word 97", f"{_SAVE}, without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _weigh(package.infolist())
            told: dict[str, bytes] = {}
            for name, part in _parts(package):
                if name in ("[Content_Types].xml", "_rels/.rels"):
                    told[name] = part
                if name.lower().endswith((".xml", ".rels")):
                    _parse(name, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Unfit("is no Word file, or a damaged one", _SAVE) from error
    _kind(told.get("[Content_Types].xml", b""), told.get("_rels/.rels", b""))


def _weigh(entries: list[zipfile.ZipInfo]) -> None:
    """By what the file declares of itself; `_parts` then reads no more than that."""
    if len(entries) > MOST_PARTS:
        raise Unfit(f"has more than {MOST_PARTS:,} parts", _SAVE)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise Unfit("has two parts of one name", _SAVE)
    dense = any(entry.file_size > max(_ALWAYS_SMALL, MOST_PACKED * max(entry.compress_size, 1)) for entry in entries)
    if dense or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unfit("would unpack to more than any house style needs", _SAVE)


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for entry in package.infolist():
        with package.open(entry) as file:
            part = file.read(entry.file_size + 1)
        if len(part) != entry.file_size:
            raise Unfit("is damaged", _SAVE)
        yield entry.filename, part


def _parse(name: str, part: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise Unfit(f"is damaged: its part {name} is not well-formed XML", _SAVE) from error


def _no_doctype(*_: object) -> None:
    raise Unfit("holds a DOCTYPE, which no Word file has", _SAVE)


def _kind(kinds: bytes, links: bytes) -> None:
    """By the content type of the main part (ECMA-376-1, 11.3.10) and the namespace of its relationship."""
    if b"macroEnabled" in kinds or b"vbaProject" in kinds:
        raise Unfit("has macros", f"{_SAVE}, which has none")
    if _STRICT in links:
        raise Unfit("is a Strict Open XML document", _SAVE)
    if _MAIN + b"document.main+xml" not in kinds and _MAIN + b"template.main+xml" not in kinds:
        raise Unfit("is not a Word document or template", _SAVE)
