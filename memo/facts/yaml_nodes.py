"""YAML text -> a light tree of scalars, lists and mappings that know their places.

Built from YAML's events one by one, never by recursion, so that no nesting or alias can overflow. All scalars stay
text: what they mean is for the declaration to say. No tag is ever followed.

What YAML's parser says of a text it cannot read, in words that help.

Where a YAML scalar's own text stands in its file, and bad characters written in it as escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from memo.facts.file_text import BAD_CHARACTER, MOST_REPORTED, FileText, bad_character
from memo.problem import Place, Problem, Related

MOST_NODES = 200_000
"""Nodes of one file, with what aliases repeat counted as often as it is repeated."""

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = re.compile(r"(?:&\S+\s+)?(!\S*)")


@dataclass(slots=True)
class ScalarNode:
    """A text as written; ``plain`` where it bears no quotes and is no block. Its mark is on its first line."""

    text: str
    plain: bool
    mark: Mark

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(*self.mark)


@dataclass(slots=True)
class SequenceNode:
    """A list. ``size`` counts its nodes and itself, aliases in full; ``height`` the collections from it down."""

    mark: Mark
    items: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(*self.mark)


@dataclass(slots=True)
class MappingNode:
    """Keys and values, in order, doubles and all."""

    mark: Mark
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    size: int = 1
    height: int = 1

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(*self.mark)


Node = ScalarNode | SequenceNode | MappingNode


def is_nothing(node: Node) -> bool:
    """Whether nothing is given: no text, ``~`` or ``null``, without quotes."""
    return isinstance(node, ScalarNode) and node.plain and node.text in _NOTHING


def read_nodes(source: FileText) -> tuple[Node | None, list[Problem]]:
    """The tree of one YAML document; an empty mapping where it says nothing, None where it cannot be read.

    Problems: yaml-syntax, too-large (deeper than `DEEPEST`, more than `MOST_NODES`), bad-character (written as an
    escape), bad-value (a tag).
    """
    builder = _Builder(source)
    loader = _LOADER(source.text)
    try:
        while builder.take(loader.get_event()):
            pass
    except Stop as stop:
        return None, [*builder.problems, stop.problem]
    except (yaml.YAMLError, ValueError) as error:
        return None, [*builder.problems, syntax_problem(error, source)]
    finally:
        loader.dispose()
    root = builder.root
    return (MappingNode((source.path, 1, 1, 1)) if root is None or is_nothing(root) else root), builder.problems


class _Builder:
    """Puts the tree together, event by event."""

    def __init__(self, source: FileText) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._open: list[tuple[SequenceNode | MappingNode, str | None]] = []
        self._keys: list[Node | None] = []
        self._anchors: dict[str, Node | None] = {}
        self._nodes = 0
        self._documents = 0

    def take(self, event: Any) -> bool:
        """Take in one event; False after the last."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._take_scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._take_start(event, MappingNode if kind is yaml.MappingStartEvent else SequenceNode)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._take_end()
        elif kind is yaml.AliasEvent:
            self._take_alias(event)
        elif kind is yaml.DocumentStartEvent:
            self._take_document(event)
        return kind is not yaml.StreamEndEvent

    def _take_scalar(self, event: Any) -> None:
        if event.tag is not None:
            self._report_tag(event)
        if event.style == '"' or "\t" in event.value:
            self.problems += islice(bad_in_scalar(event, self.source), max(0, MOST_REPORTED - len(self.problems)))
        node = ScalarNode(event.value, not event.style, scalar_mark(event, self.source))
        if event.anchor:
            self._anchors[event.anchor] = node
        self._count(1, event)
        self._attach(node, 1, 0)

    def _take_start(self, event: Any, kind: type[MappingNode] | type[SequenceNode]) -> None:
        if event.tag is not None:
            self._report_tag(event)
        self._count(1, event)
        start = event.start_mark
        self._open.append((kind((self.source.path, start.line + 1, start.column + 1, 1)), event.anchor))
        self._keys.append(None)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._check_depth(0, event)

    def _take_end(self) -> None:
        node, anchor = self._open.pop()
        self._keys.pop()
        if anchor:
            self._anchors[anchor] = node
        self._attach(node, node.size, node.height)

    def _take_alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            raise self._stop("yaml-syntax", f"no '&{event.anchor}' stands before '*{event.anchor}'", event)
        node = self._anchors[event.anchor]
        if node is None:
            raise self._stop("yaml-syntax", f"'*{event.anchor}' stands inside what it repeats", event)
        size, height = (1, 0) if isinstance(node, ScalarNode) else (node.size, node.height)
        self._count(size, event)
        self._check_depth(height, event)
        self._attach(node, size, height)

    def _take_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._stop("yaml-syntax", "a second document begins here; one file holds one", event)

    def _attach(self, node: Node, size: int, height: int) -> None:
        """Put a finished node where it belongs."""
        if not self._open:
            self.root = node
            return
        parent = self._open[-1][0]
        parent.size += size
        if height >= parent.height:
            parent.height = height + 1
        if isinstance(parent, SequenceNode):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is not None:
            parent.pairs.append((key, node))
        self._keys[-1] = node if key is None else None

    def _count(self, size: int, event: Any) -> None:
        self._nodes += size
        if self._nodes > MOST_NODES:
            message = f"the file has more than {MOST_NODES:,} parts, counting what aliases repeat"
            raise self._stop("too-large", message, event)

    def _check_depth(self, height: int, event: Any) -> None:
        if len(self._open) + height > DEEPEST:
            raise Stop(too_deep(self._place(event)))

    def _report_tag(self, event: Any) -> None:
        """A tag is a problem, and is not followed."""
        match = _TAG.match(self.source.text, event.start_mark.index)
        start, written = (match.start(1), match[1]) if match else (event.start_mark.index, event.tag)
        message = f"the tag '{written}' has no meaning here"
        self.problems.append(Problem("bad-value", message, self.source.place(start, len(written)), "take it out"))

    def _stop(self, code: str, message: str, event: Any) -> Stop:
        return Stop(Problem(code, message, self._place(event)))

    def _place(self, event: Any) -> Place:
        return self.source.place(event.start_mark.index, event.end_mark.index - event.start_mark.index)


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
    """Reading this file ends here; never leaves `memo.facts.yaml_nodes`."""

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
