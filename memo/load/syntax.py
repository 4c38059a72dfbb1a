"""What YAML's parser says of a text it cannot read, in words that help."""

from __future__ import annotations

from typing import Any

import yaml

from memo.load.text import FileText, bad_character
from memo.problem import Place, Problem, Related

DEEPEST = 40
"""Collections within collections."""

_TABS = "indent with spaces, not tabs"
_HINTS = {
    "mapping values are not allowed": "a text with ': ' in it must stand in quotes; else check the indentation",
    "did not find expected key": "check the indentation of this line, and quotes and brackets in the lines before it",
    "did not find expected '-'": "check the indentation of this line",
    "did not find expected ',' or": "a bracket is not closed, or a comma is missing",
    "found unexpected end of stream": "the quote is not closed",
    "found unknown escape": "in double quotes, write \\\\ for a backslash, or use single quotes",
}


class Stop(Exception):
    """Reading this file ends here; never leaves `memo.load.nodes`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def too_deep(place: Place) -> Problem:
    """The problem of a text with more collections in one another than `DEEPEST`."""
    return Problem("too-large", f"lists and mappings are nested deeper than {DEEPEST}", place)


def syntax_problem(error: yaml.YAMLError | ValueError, source: FileText) -> Problem:
    """The yaml-syntax problem for what the parser raised; bad-character for an escape that names no character.

    A parser that looks far ahead may come upon a depth of its own before ours is reached: libyaml 0.2.6 does.
    """
    what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    index = _index(getattr(error, "problem_mark", None), source)
    if index is None:
        return Problem("yaml-syntax", f"the text is not YAML: {what}", Place(source.path, 1))
    if "maximum nesting depth" in what:
        return too_deep(source.place(index))
    if "invalid Unicode character escape" in what:
        return _bad_escape(index, source)
    began = _index(getattr(error, "context_mark", None), source)
    if "end of stream" in what and began is not None:
        index, began = began, None
    context = str(getattr(error, "context", None) or "begun here")
    related = () if began is None or began == index else (Related(source.place(began), context),)
    message = f"the text is not YAML: {what}"
    return Problem("yaml-syntax", message, source.place(index), _hint(what, index, source), related)


def _index(mark: Any, source: FileText) -> int | None:
    """Where a mark of the parser stands in the text."""
    return None if mark is None else min(int(mark.index), len(source.text))


def _bad_escape(index: int, source: FileText) -> Problem:
    """An escape such as ``\\ud800``; the parser's mark stands behind its first two characters."""
    start = source.text.rfind("\\", 0, index + 1)
    digits = source.text[start + 2 : start + (6 if source.text[start + 1 : start + 2] == "u" else 10)]
    place = source.place(start, len(digits) + 2)
    code = int(digits, 16)
    if code <= 0x10FFFF:
        return bad_character(chr(code), place)
    return Problem("bad-character", f"U+{code:X} is beyond all characters", place)


def _hint(what: str, index: int, source: FileText) -> str:
    """What would help."""
    start = source.text.rfind("\n", 0, index) + 1
    line = source.text[start:].split("\n", 1)[0]
    if "\t" in line[: len(line) - len(line.lstrip())] or source.text[index : index + 1] == "\t":
        return _TABS
    if "cannot start any token" in what:
        return f"a text that begins with '{source.text[index : index + 1]}' must stand in quotes"
    return next((hint for said, hint in _HINTS.items() if said in what), "")
