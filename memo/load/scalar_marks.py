"""Where a YAML scalar's own text stands in its file, and bad characters written in it as escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from memo.load.text import BAD_CHARACTER, FileText, bad_character
from memo.problem import Problem

Mark = tuple[str, int, int, int]
"""A `Place` before it is one: most are never asked for."""

_PROPERTIES = re.compile(r"(?:[&!]\S*\s*(?:#[^\n]*\n\s*)*)+")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))|(\t)")
_NAMED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
"""Escapes with a letter that give a bad character (YAML 1.2.2, 5.7)."""


def scalar_mark(event: Any, source: FileText) -> Mark:
    """From a scalar's first character to its end on that line: inside the quotes, at the first word of a block."""
    start, end = event.start_mark, event.end_mark
    if event.style in ("|", ">") or event.anchor or event.tag or end.line != start.line or end.index == start.index:
        return _found_mark(event, source)
    if not event.style:
        return source.path, start.line + 1, start.column + 1, end.column - start.column
    return source.path, start.line + 1, start.column + 2, end.column - start.column - 2 or 1


def _found_mark(event: Any, source: FileText) -> Mark:
    """The same, where the scalar's text has to be looked for behind anchor, tag or block header, or has many lines."""
    index, end = event.start_mark.index, event.end_mark.index
    match = _PROPERTIES.match(source.text, index) if event.anchor or event.tag else None
    index = min(match.end(), end) if match else index
    if event.style in ("|", ">"):
        words = re.compile(r"\S").search(source.text, source.text.find("\n", index, end) + 1 or end, end)
        index = words.start() if words else index
    elif event.style:
        index, end = index + 1, end - 1
    place = source.place(index, end - index)
    return place.path, place.line, place.column, place.length


def bad_in_scalar(event: Any, source: FileText) -> Iterator[Problem]:
    """Every bad character that an escape, or a tab, puts into a scalar's text."""
    if "\t" not in event.value and not BAD_CHARACTER.search(event.value):
        return
    start, end = event.start_mark.index, event.end_mark.index
    for match in _ESCAPE.finditer(source.text, start, end):
        if event.style != '"' and match[0] != "\t":
            continue
        character = _meant(match)
        if character and not _folds(source.text, match.start()):
            yield bad_character(character, source.place(match.start(), len(match[0])))


def _meant(match: re.Match[str]) -> str:
    """The bad character that an escape gives; empty if it gives a good one."""
    digits = match[1] or match[2] or match[3]
    if digits:
        character = chr(int(digits, 16))
        return character if character in "\t\r" or BAD_CHARACTER.match(character) else ""
    return _NAMED.get(match[4], "") if match[4] else "\t"


def _folds(text: str, index: int) -> bool:
    """Whether this white space only indents a line or ends it, and so is no part of the text."""
    start = text.rfind("\n", 0, index) + 1
    return text[index] == "\t" and not text[start:index].strip()
