"""YAML text -> a light tree of scalars, lists and mappings that know where they stand.

The tree is built from YAML's events one by one, never by recursion, so that no nesting or alias can overflow. All
scalars stay text (``no``, ``1.10``): what they mean is for the declaration to say. No tag is ever followed.

Below the builder stands the search for a scalar's own text in its file: behind anchors, quotes and block headers, in
escapes that give bad characters, and before a ``#`` that cuts it off. What makes a text no YAML: `yaml_faults`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml
from msgspec.structs import replace

from memo.facts.file_text import BAD_CHARACTER, MOST_REPORTED, FileText, bad_character
from memo.facts.yaml_faults import (
    CLOSING,
    DEEPEST,
    ODD_SPACE,
    OPENING,
    curly_quotes,
    odd_space,
    syntax_problem,
    too_deep,
)
from memo.problem import Place, Problem

MOST_NODES = 200_000
"""Nodes of one file, with what aliases repeat counted as often as it is repeated."""

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
    comment: tuple[Position, str] | None = None
    """A comment right after a plain text, on its last line: it may be a part of the text."""


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
        return None, [*builder.problems, syntax_problem(error, source, builder.last)]
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
        self.last: Any = None
        """The event of the last scalar."""
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
        self.last = event
        if node.plain:
            self._look_at_plain(node, event)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._count(1, event)
        self._attach(node, 1, 0)

    def _look_at_plain(self, node: ScalarNode, event: Any) -> None:
        """Note a comment right after a text without quotes; report what was meant as YAML's own signs, and is none."""
        text, mark = self.source.text, event.end_mark
        if text[mark.index : mark.index + 1] in (" ", "\t") and (comment := _COMMENT.match(text, mark.index)):
            column = mark.column + comment.start(1) - mark.index + 1
            node.comment = (self.source.path, mark.line + 1, column, len(comment[1])), comment[1]
        if node.text.isascii():
            return
        self._look_for_odd_space(node, event)
        if _OPEN_CURLY_QUOTE.fullmatch(node.text) and text[mark.index : mark.index + 1] == ",":
            self._report(curly_quotes(node.place))
        if _IN_CURLY_QUOTES.fullmatch(node.text):
            self._report(curly_quotes(node.place))
            node.text = node.text[1:-1]

    def _look_for_odd_space(self, node: ScalarNode, event: Any) -> None:
        """Report what looks like a blank and is none, where YAML's blanks stand; read on as if it were one."""
        text, start = self.source.text, event.start_mark.index
        is_key = bool(self._open) and isinstance(self._open[-1][0], MappingNode) and self._keys[-1] is None
        begins_line = not text[text.rfind("\n", 0, start) + 1 : start].strip(" -")
        found = _ODD_AT_EDGE.search(node.text) or ((is_key or begins_line) and _ODD_KEY.match(node.text))
        if not found:
            return
        character = next(filter(None, found.groups()))
        problem = odd_space(character, self.source.place(text.find(character, start + found.start())))
        if is_key and begins_line and not found.start() and found.re is _ODD_AT_EDGE:
            raise _Refused(problem)  # what was meant as indentation has none: nothing stands where it was meant to
        self._report(problem)
        node.text = _ODD_EDGES.sub("", node.text)
        if is_key and found.re is _ODD_KEY:  # a key of its own, and no rest of the text before it
            node.text, node.plain = node.text.split(":")[0], False

    def _report(self, problem: Problem) -> None:
        if len(self.problems) < MOST_REPORTED:
            self.problems.append(problem)

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
            problem = self._refuse(
                "yaml-syntax", f"no '&{event.anchor}' stands before '*{event.anchor}'", event
            ).problem
            raise _Refused(replace(problem, hint="a text that begins with '*' must stand in quotes"))
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


_COMMENT = re.compile(r"[ \t]+(#[^\n]*)")
_ODD_AT_EDGE = re.compile(f"^-?({ODD_SPACE})|({ODD_SPACE})$")
_ODD_EDGES = re.compile(f"^-?(?:{ODD_SPACE}| )+|(?:{ODD_SPACE}| )+$")
_ODD_KEY = re.compile(f"[\\w.-]+:({ODD_SPACE})")
_OPEN_CURLY_QUOTE = re.compile(f"[{OPENING}][^{CLOSING}]*")
_IN_CURLY_QUOTES = re.compile(f"[{OPENING}][^{OPENING}{CLOSING[0]}]*[{CLOSING}]")

_TAG = re.compile(r"(?:&\S+\s+)?(!\S*)")

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
