"""A Word file that somebody else made: its bytes, and whether it may serve as house style at all.

What is opened later has been looked at here first: how large it is and would become, that it is the kind of file that
it should be, and that its XML is plain (`memo.word_package`).
"""

from __future__ import annotations

from pathlib import Path

from memo.facts.file_text import shown_path
from memo.facts.style import HouseFile
from memo.problem import Place, Problem
from memo.word_package import LARGEST, Locked, Unfit, parse, parts_of, plain_parser

_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml."
_STRICT = b"http://purl.oclc.org/ooxml/"

_SAVE = "open it in Word and save it as Word Document (.docx)"


def read_house(file: Path, place: Place, project: Path | None = None) -> tuple[HouseFile | None, list[Problem]]:
    """The file's bytes, None where it cannot serve as house style (``bad-house-style``). ``place`` names it."""
    path = shown_path(file, project)
    try:
        data = _read(file)
        _look_through(data)
    except Locked as locked:
        return None, [_bad(f"{path} {locked}", place, f"{_SAVE}, without a password")]
    except Unfit as unfit:
        why, *hint = unfit.args
        return None, [_bad(f"{path} {why}", place, hint[0] if hint else _SAVE)]
    return HouseFile(path, data, place), []


def _bad(message: str, place: Place, hint: str) -> Problem:
    return Problem("bad-house-style", message, place, hint)


def _read(file: Path) -> bytes:
    """The file's bytes. Raises `Unfit` with a second argument, a hint."""
    try:
        if file.stat().st_size > LARGEST:
            raise Unfit(f"is larger than {LARGEST >> 20} MB", "leave out pictures that its header does not need")
        return file.read_bytes()
    except OSError as error:
        raise Unfit(f"cannot be read: {error.strerror or error}", "name a file beside style.yaml") from error


def _look_through(data: bytes) -> None:
    """Every part once, in bounds, well-formed and without a DOCTYPE. Raises `Unfit`."""
    told: dict[str, bytes] = {}
    for name, part in parts_of(data):
        if name in ("[Content_Types].xml", "_rels/.rels"):
            told[name] = part
        if name.lower().endswith((".xml", ".rels")):
            parse(plain_parser(), name, part)
    _kind(told.get("[Content_Types].xml", b""), told.get("_rels/.rels", b""))


def _kind(kinds: bytes, links: bytes) -> None:
    """By the content type of the main part (ECMA-376-1, 11.3.10) and the namespace of its relationship."""
    if b"macroEnabled" in kinds or b"vbaProject" in kinds:
        raise Unfit("has macros", f"{_SAVE}, which has none")
    if _STRICT in links:
        raise Unfit("is a Strict Open XML document")
    if _MAIN + b"document.main+xml" not in kinds and _MAIN + b"template.main+xml" not in kinds:
        raise Unfit("is not a Word document or template")
