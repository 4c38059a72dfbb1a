"""YAML text -> a light tree of scalars, lists and mappings that know their places.

Built from YAML's events one by one, never by recursion, so that no nesting or alias can overflow. All scalars stay
text: what they mean is for the declaration to say. No tag is ever followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from memo.load.scalar_marks import Mark, bad_in_scalar, scalar_mark
from memo.load.syntax import DEEPEST, Stop, syntax_problem, too_deep
from memo.load.text import MOST_REPORTED, FileText
from memo.problem import Place, Problem

MOST_NODES = 200_000
"""Nodes of one file, with what aliases repeat counted as often as it is repeated."""

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = re.compile(r"(?:&\S+\s+)?(!\S*)")


@dataclass(slots=True)
class Scalar:
    """A text as written; ``plain`` where it bears no quotes and is no block. Its mark is on its first line."""

    text: str
    plain: bool
    mark: Mark

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(*self.mark)


@dataclass(slots=True)
class Sequence:
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
class Mapping:
    """Keys and values, in order, doubles and all."""

    mark: Mark
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    size: int = 1
    height: int = 1

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(*self.mark)


Node = Scalar | Sequence | Mapping


def is_nothing(node: Node) -> bool:
    """Whether nothing is given: no text, ``~`` or ``null``, without quotes."""
    return isinstance(node, Scalar) and node.plain and node.text in _NOTHING


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
    return (Mapping((source.path, 1, 1, 1)) if root is None or is_nothing(root) else root), builder.problems


class _Builder:
    """Puts the tree together, event by event."""

    def __init__(self, source: FileText) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._open: list[tuple[Sequence | Mapping, str | None]] = []
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
            self._take_start(event, Mapping if kind is yaml.MappingStartEvent else Sequence)
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
        node = Scalar(event.value, not event.style, scalar_mark(event, self.source))
        if event.anchor:
            self._anchors[event.anchor] = node
        self._count(1, event)
        self._attach(node, 1, 0)

    def _take_start(self, event: Any, kind: type[Mapping] | type[Sequence]) -> None:
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
        size, height = (1, 0) if isinstance(node, Scalar) else (node.size, node.height)
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
        if isinstance(parent, Sequence):
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
