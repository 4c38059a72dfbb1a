"""YAML text -> a light tree of scalars, lists and mappings that know where they stand.

The tree is built from YAML's events one by one, never by recursion, so that no nesting or alias can overflow. All
scalars stay text (``no``, ``1.10``): what they mean is for the declaration to say. No tag is ever followed.

Below the builder stand the words for what YAML's parser says of a text that it cannot read, and the search for a
scalar's own text in its file: behind anchors, quotes and block headers, and in escapes that give bad characters.
"""

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

DEEPEST = 40
"""Collections within collections."""

Position = tuple[str, int, int, int]
"""Path, line, column and length of a `Place` before it is one: most are never asked for."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""How YAML 1.2 writes that nothing is given (10.3.2)."""

# PyYAML may be installed without libyaml: its own parser, in Python, reads the same, only slower.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Positioned:
    position: Position

    @property
    def place(self) -> Place:
        """Return where the node begins, as a place for problems."""
        return Place(*self.position)


@dataclass(slots=True)
class ScalarNode(_Positioned):
    """A text as written; ``plain`` where it bears no quotes and is no block. Its position is on its first line."""

    text: str
    plain: bool


@dataclass(slots=True)
class SequenceNode(_Positioned):
    """A list. ``size`` counts its nodes and itself, aliases in full; ``height`` the collections from it down."""

    items: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1


@dataclass(slots=True)
class MappingNode(_Positioned):
    """Keys and values, in order, doubles and all. ``size`` and ``height`` are as of a `SequenceNode`."""

    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    size: int = 1
    height: int = 1


Node = ScalarNode | SequenceNode | MappingNode


def is_null(node: Node) -> bool:
    """Tell whether nothing is given: no text, ``~`` or ``null``, without quotes."""
    return isinstance(node, ScalarNode) and node.plain and node.text in _NULLS


def read_nodes(source: FileText) -> tuple[Node | None, list[Problem]]:
    """Read the tree of one YAML document; an empty mapping where it says nothing, None where it cannot be read.

    Problems: yaml-syntax, too-large (deeper than `DEEPEST`, more than `MOST_NODES`), bad-character (written as an
    escape), bad-value (a tag).
    """
    builder = _TreeBuilder(source)
    loader = _LOADER(source.text)
    try:
        while builder.take(loader.get_event()):
            pass
    except _Refused as refused:
        return None, [*builder.problems, refused.problem]
    except (yaml.YAMLError, ValueError) as error:  # ValueError: an escape beyond all characters, without libyaml
        return None, [*builder.problems, syntax_problem(error, source)]
    finally:
        loader.dispose()
    root = builder.root
    return (MappingNode((source.path, 1, 1, 1)) if root is None or is_null(root) else root), builder.problems


class _Refused(Exception):
    """Raised where reading a file must end, with the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _TreeBuilder:
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
        """Take in one event; return False after the last."""
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
            self._documents += 1
            if self._documents > 1:
                raise self._refuse("yaml-syntax", "a second document begins here; one file holds one", event)
        return kind is not yaml.StreamEndEvent

    def _take_scalar(self, event: Any) -> None:
        if event.tag is not None:
            self._report_tag(event)
        # Only double quotes have escapes, and `read_text` has replaced every other bad character but the tab.
        if event.style == '"' or "\t" in event.value:
            most = max(0, MOST_REPORTED - len(self.problems))
            self.problems += islice(_bad_in_scalar(event, self.source), most)
        node = ScalarNode(_scalar_position(event, self.source), event.value, not event.style)
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
            self._anchors[event.anchor] = None  # an alias of what is not closed yet would go round for ever
        self._check_depth(0, event)

    def _take_end(self) -> None:
        node, anchor = self._open.pop()
        self._keys.pop()
        if anchor:
            self._anchors[anchor] = node
        self._attach(node, node.size, node.height)

    def _take_alias(self, event: Any) -> None:
        """Put the very node in again that the anchor stands at, and count it as if it were copied.

        A few lines of aliases of aliases are millions of nodes to whoever walks the tree: the tree must not get so far.
        """
        if event.anchor not in self._anchors:
            raise self._refuse("yaml-syntax", f"no '&{event.anchor}' stands before '*{event.anchor}'", event)
        node = self._anchors[event.anchor]
        if node is None:
            raise self._refuse("yaml-syntax", f"'*{event.anchor}' stands inside what it repeats", event)
        size, height = (1, 0) if isinstance(node, ScalarNode) else (node.size, node.height)
        self._count(size, event)
        self._check_depth(height, event)
        self._attach(node, size, height)

    def _attach(self, node: Node, size: int, height: int) -> None:
        """Put a finished node into the collection that is open, as a key where it is a mapping's turn for one."""
        if not self._open:
            self.root = node
            return
        parent = self._open[-1][0]
        parent.size += size
        parent.height = max(parent.height, height + 1)
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
            raise self._refuse("too-large", message, event)

    def _check_depth(self, height: int, event: Any) -> None:
        if len(self._open) + height > DEEPEST:
            raise _Refused(too_deep(self._place(event)))

    def _report_tag(self, event: Any) -> None:
        match = _TAG.match(self.source.text, event.start_mark.index)
        start, written = (match.start(1), match[1]) if match else (event.start_mark.index, event.tag)
        message = f"the tag '{written}' has no meaning here"
        self.problems.append(Problem("bad-value", message, self.source.place(start, len(written)), "take it out"))

    def _refuse(self, code: str, message: str, event: Any) -> _Refused:
        return _Refused(Problem(code, message, self._place(event)))

    def _place(self, event: Any) -> Place:
        return self.source.place(event.start_mark.index, event.end_mark.index - event.start_mark.index)


_TAG = re.compile(r"(?:&\S+\s+)?(!\S*)")

# What YAML's parser says of a text that it cannot read, in words that help

_TABS = "indent with spaces, not tabs"
_HINTS = {
    "mapping values are not allowed": "a text with ': ' in it must stand in quotes; else check the indentation",
    "did not find expected key": "check the indentation of this line, and quotes and brackets in the lines before it",
    "did not find expected '-'": "check the indentation of this line",
    "did not find expected ',' or": "a bracket is not closed, or a comma is missing",
    "found unexpected end of stream": "the quote is not closed",
    "found unknown escape": "in double quotes, write \\\\ for a backslash, or use single quotes",
}
"""What helps where libyaml says this."""


def too_deep(place: Place) -> Problem:
    """Make the problem of a text with more collections in one another than `DEEPEST`."""
    return Problem("too-large", f"lists and mappings are nested deeper than {DEEPEST}", place)


def syntax_problem(error: yaml.YAMLError | ValueError, source: FileText) -> Problem:
    """Make the yaml-syntax problem of what the parser raised; bad-character for an escape that names no character."""
    message = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    index = _index(getattr(error, "problem_mark", None), source)
    if index is None:
        return Problem("yaml-syntax", f"the text is not YAML: {message}", Place(source.path, 1))
    # A parser that looks far ahead may reach a depth of its own before it has given us ours: libyaml 0.2.6 does.
    if "maximum nesting depth" in message:
        return too_deep(source.place(index))
    if "invalid Unicode character escape" in message:
        return _bad_escape(index, source)
    began = _index(getattr(error, "context_mark", None), source)
    # What is missing at the end of the file is the end of something: to see where that began helps more.
    if "end of stream" in message and began is not None:
        index, began = began, None
    context = str(getattr(error, "context", None) or "begun here")
    related = () if began is None or began == index else (Related(source.place(began), context),)
    hint = _syntax_hint(message, index, source)
    return Problem("yaml-syntax", f"the text is not YAML: {message}", source.place(index), hint, related)


def _index(mark: Any, source: FileText) -> int | None:
    """Return where a mark of the parser stands in the text; None where there is no mark."""
    return None if mark is None else min(int(mark.index), len(source.text))


def _bad_escape(index: int, source: FileText) -> Problem:
    r"""Make the problem of an escape such as ``\ud800``."""
    start = source.text.rfind("\\", 0, index + 1)  # the parser's mark stands behind the escape's first two characters
    digits = source.text[start + 2 : start + (6 if source.text[start + 1 : start + 2] == "u" else 10)]
    place = source.place(start, len(digits) + 2)
    code = int(digits, 16)
    if code <= 0x10FFFF:
        return bad_character(chr(code), place)
    return Problem("bad-character", f"U+{code:X} is beyond all characters", place)


def _syntax_hint(message: str, index: int, source: FileText) -> str:
    start = source.text.rfind("\n", 0, index) + 1
    line = source.text[start:].split("\n", 1)[0]
    if "\t" in line[: len(line) - len(line.lstrip())] or source.text[index : index + 1] == "\t":
        return _TABS
    if "cannot start any token" in message:
        return f"a text that begins with '{source.text[index : index + 1]}' must stand in quotes"
    return next((hint for words, hint in _HINTS.items() if words in message), "")


# Where a scalar's own text stands in its file, and bad characters that are written in it as escapes

_PROPERTIES = re.compile(r"(?:[&!]\S*\s*(?:#[^\n]*\n\s*)*)+")
"""Anchor and tag of a scalar, with comments after them (YAML 1.2.2, 6.9)."""

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))|(\t)")
_NAMED_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
"""Escapes with a letter that give a bad character (YAML 1.2.2, 5.7)."""


def _scalar_position(event: Any, source: FileText) -> Position:
    """Return where a scalar's text stands on its first line: inside the quotes, at the first word of a block."""
    start, end = event.start_mark, event.end_mark
    # Nearly all scalars stand on one line without anchor or tag: their marks are enough, and nothing is looked for.
    if event.style in ("|", ">") or event.anchor or event.tag or end.line != start.line or end.index == start.index:
        return _searched_position(event, source)
    if not event.style:
        return source.path, start.line + 1, start.column + 1, end.column - start.column
    return source.path, start.line + 1, start.column + 2, end.column - start.column - 2 or 1


def _searched_position(event: Any, source: FileText) -> Position:
    """Look for a scalar's text behind anchor, tag or block header, and cut it at the end of its first line."""
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


def _bad_in_scalar(event: Any, source: FileText) -> Iterator[Problem]:
    """Yield a problem for every bad character that an escape, or a tab, puts into a scalar's text."""
    if "\t" not in event.value and not BAD_CHARACTER.search(event.value):
        return
    start, end = event.start_mark.index, event.end_mark.index
    for match in _ESCAPE.finditer(source.text, start, end):
        if event.style != '"' and match[0] != "\t":
            continue
        character = _escaped(match)
        if character and not _is_indentation(source.text, match.start()):
            yield bad_character(character, source.place(match.start(), len(match[0])))


def _escaped(match: re.Match[str]) -> str:
    """Return the bad character that an escape gives; empty if it gives a good one."""
    digits = match[1] or match[2] or match[3]
    if digits:
        character = chr(int(digits, 16))
        return character if character in "\t\r" or BAD_CHARACTER.match(character) else ""
    return _NAMED_ESCAPES.get(match[4], "") if match[4] else "\t"


def _is_indentation(text: str, index: int) -> bool:
    """Tell whether a tab only indents its line, which YAML folds away, and so is no part of the scalar's text."""
    start = text.rfind("\n", 0, index) + 1
    return text[index] == "\t" and not text[start:index].strip()
