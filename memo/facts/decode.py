"""A tree of YAML nodes + a declaration -> values, with every problem at its place.

A value that cannot be read is `UNREADABLE`: what needs it is dropped, the rest is still read.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from enum import Enum
from sys import intern
from typing import Any, Final, NamedTuple

from memo.facts import declare, edtf
from memo.facts.amounts import amount_hint, read_amount
from memo.facts.declare import IDENTIFIER
from memo.facts.file_text import FileText, composed
from memo.facts.packed_places import KeyPath, PackedPlaces, PackedReferences
from memo.facts.yaml_faults import OPENING, QUOTE_IT, cut_at_comma, cut_at_hash
from memo.facts.yaml_nodes import MappingNode, Node, Position, ScalarNode, SequenceNode, is_null, read_nodes
from memo.problem import Place, Problem, Related
from memo.suggest import Suggester, kebab


class _Unreadable(Enum):
    UNREADABLE = "unreadable"


UNREADABLE: Final = _Unreadable.UNREADABLE
"""Stands for a value that could not be read."""

_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?")
"""Plain decimal numbers only: no ``.nan``, ``0x1F`` or ``1e9``."""

_PART = re.compile(r"\{([^{}:]*)(?::[^{}|]*(?:\|[^{}|]*)+)?\}")
"""``{name}``, or ``{name:# fact|# facts}``: a form for each count that needs one."""

_LINE_END = re.compile(r"[ \t]*\n\s*")
_NO_MERGE = "merge keys are not read; write the keys out"


class Expected(NamedTuple):
    """A value that is to be read: what messages call it, its key path, and the node to point at if it is not there."""

    name: str
    key_path: KeyPath
    fallback: Node


class Decoder:
    """Read the declared values of one file, and gather problems, positions and references on the way."""

    def __init__(self, path: str, suggester: Suggester, problems: list[Problem]) -> None:
        self.path = path
        self.suggester = suggester
        self.problems = problems
        self.positions: dict[KeyPath, Position] = {}
        self.references = PackedReferences()
        self._language = "en"
        self._taken: frozenset[str] = frozenset()

    def decode(self, source: FileText, declared: type, name: str) -> tuple[Any, Node | None]:
        """Read a whole file as a value of a declared type, or `UNREADABLE`; return its nodes as well.

        Problems: those of `read_nodes`, and of every value in it.
        """
        root, problems = read_nodes(source)
        self.problems += problems
        if root is None:
            return UNREADABLE, None
        self._language = _language_of(root)
        return self.decode_nodes(root, declared, name), root

    def decode_nodes(self, root: Node, declared: type, name: str) -> Any:
        """Read a tree of nodes as a value of a declared type, or `UNREADABLE`."""
        file = ScalarNode((self.path, 1, 1, 1), "", plain=True)
        return self._read(declare.shape_of(declared), root, Expected(name, (), file))

    def places(self) -> PackedPlaces:
        """Return the place of every value that was read."""
        return PackedPlaces(self.positions)

    def _fail(self, code: str, message: str, place: Place, hint: str = "", *related: Related) -> Any:
        """Note a problem, and return `UNREADABLE` in place of the value that has it."""
        self.problems.append(Problem(code, message, place, hint, related))
        return UNREADABLE

    def _read(self, shape: declare.Shape, node: Node, expected: Expected) -> Any:
        match shape:
            case declare.StructShape():
                return self._read_struct(shape, node, expected)
            case declare.ListShape():
                return self._read_list(shape, node, expected)
            case declare.MappingShape():
                return self._read_mapping(shape, node, expected)
        if isinstance(node, ScalarNode) and self._is_hashed_out(shape, node):
            return UNREADABLE
        if not isinstance(node, ScalarNode) or is_null(node):
            return self._wrong_type(_needed(shape), node, expected, _colon_hint(node))
        value = self._read_scalar(shape, node, expected.name)
        if value is not UNREADABLE and isinstance(shape, declare.TextShape) and shape.refers_to:
            value = intern(value)
            if expected.key_path[:2] == (shape.refers_to, value):
                self._fail("bad-value", f"{shape.refers_to} '{value}' refers to itself", node.place)
            self.references.add(shape.refers_to, value, node.position)
        return value

    def _is_hashed_out(self, shape: declare.Shape, node: ScalarNode) -> bool:
        """Report a text that a ``#`` cuts short, or takes away whole. After an id, a date or a number, it is one."""
        if node.comment is None or not isinstance(shape, declare.TextShape):
            return False
        position, comment = node.comment
        nothing = is_null(node)
        if not (re.match(r"#[^\s#!]", comment) if nothing else not (shape.form or shape.refers_to or shape.amount)):
            return False
        self.problems.append(cut_at_hash(comment, Place(*position), nothing=nothing))
        return True

    def _wrong_type(self, needed: str, node: Node, expected: Expected, hint: str = "") -> Any:
        place = (expected.fallback if is_null(node) else node).place
        return self._fail("wrong-type", f"{expected.name} needs {needed}, found {_found(node)}", place, hint)

    # Declared types

    def _read_struct(self, shape: declare.StructShape, node: Node, expected: Expected, id: str = "") -> Any:
        """Read a value of a declared type. Problems: wrong-type, unknown-key, missing-key, and those of its values."""
        if not isinstance(node, MappingNode):
            return self._wrong_type("a mapping", node, expected)
        values: dict[str, Any] = {shape.id_field: id} if shape.id_field else {}
        absent: dict[str, Node] = dict.fromkeys(shape.required, expected.fallback)
        written = {key.text for key, _ in node.pairs if isinstance(key, ScalarNode)}
        for key, value_node in self._pairs(node):
            declared = shape.properties.get(key.text)
            if declared is None:
                # A misspelt key is one mistake: the key that was meant is not reported as missing, too.
                absent.pop(self._unknown_key(key, shape, expected.name, written), None)
                continue
            if is_null(value_node):
                if isinstance(value_node, ScalarNode) and self._is_hashed_out(declared.shape, value_node):
                    absent.pop(key.text, None)
                elif declared.required:
                    absent[key.text] = key
                continue
            absent.pop(key.text, None)
            key_path = (*expected.key_path, declared.name)
            self.positions[key_path] = value_node.position
            value = self._read(declared.shape, value_node, Expected(f"'{key.text}'", key_path, key))
            if value is not UNREADABLE:
                values[declared.name] = value
        for missing, place_of in absent.items():
            hint = shape.properties[missing].description
            self._fail("missing-key", f"{expected.name} has no '{missing}'", place_of.place, hint)
        complete = all(shape.properties[key].name in values for key in shape.required)
        return shape.type(**values) if complete else UNREADABLE

    def _pairs(self, node: MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
        """Yield keys and values, each key once. Problems: duplicate-key, cut-text, wrong-type (a key not a text)."""
        seen: dict[str, ScalarNode] = {}
        before: Node | None = None
        for key, value in node.pairs:
            if not isinstance(key, ScalarNode):
                self._fail("wrong-type", f"a key must be a text, found {_found(key)}", key.place)
            elif isinstance(before, ScalarNode) and _is_rest_of_text(key, value):
                # All that follows, up to the next key with a colon, is the rest of the same text.
                if before.plain and not is_null(before) and before.text[0] not in OPENING:
                    self.problems.append(cut_at_comma(key.text, key.place))
                before = ScalarNode(before.position, "", plain=True)
                continue
            elif key.text in seen:
                message = f"'{key.text}' stands twice in one mapping"
                self._fail("duplicate-key", message, key.place, "", _already(seen[key.text]))
            else:
                seen[key.text] = key
                yield key, value
            before = value

    def _unknown_key(self, key: ScalarNode, shape: declare.StructShape, name: str, written: set[str]) -> str:
        """Report a key that is not declared; return the one that was probably meant, empty if none is near."""
        meant = self.suggester.closest(key.text, shape.properties)
        hint = f"did you mean '{meant}'?" if meant else f"known are: {', '.join(shape.properties)}"
        if meant in written:
            hint = f"'{meant}' is there already: make one of the two, or take this out"
        self._fail("unknown-key", f"{name} has no key '{key.text}'", key.place, _NO_MERGE if key.text == "<<" else hint)
        return meant

    # Lists and mappings

    def _read_list(self, shape: declare.ListShape, node: Node, expected: Expected) -> Any:
        """Read a list. Problems: wrong-type, bad-value (its length, an item twice), and those of its items."""
        if not isinstance(node, SequenceNode):
            return self._wrong_type("a list", node, expected, _list_hint(shape.item, node))
        values, seen = [], dict[Any, Node]()
        if shape.distinct:
            self._taken = frozenset(item.text for item in node.items if isinstance(item, ScalarNode))
        for number, item in enumerate(node.items):
            key_path = (*expected.key_path, str(number))
            self.positions[key_path] = item.position
            value = self._read(shape.item, item, Expected(f"an item of {expected.name}", key_path, item))
            if value is UNREADABLE:
                continue
            if shape.distinct and (first := seen.setdefault(value, item)) is not item:
                message = f"'{value}' stands twice in {expected.name}"
                self._fail("bad-value", message, item.place, "", _already(first))
                continue
            values.append(value)
        self._taken = frozenset()
        count = len(node.items)
        if shape.most is not None and not shape.least <= count <= shape.most:
            number_needed = str(shape.least) if shape.least == shape.most else f"{shape.least} to {shape.most}"
            message = f"{expected.name} needs {number_needed} items, found {count}"
            return self._fail("bad-value", message, node.place)
        return tuple(values)

    def _read_mapping(self, shape: declare.MappingShape, node: Node, expected: Expected) -> Any:
        """Read a mapping with free keys. Problems: wrong-type, unknown-key, missing-key, bad-value (a key's form)."""
        if not isinstance(node, MappingNode):
            return self._wrong_type("a mapping", node, expected)
        values: dict[str, Any] = {}
        written = {key.text for key, _ in node.pairs if isinstance(key, ScalarNode)}
        for key, value_node in self._pairs(node):
            if self._is_readable(shape, key, expected.name, written):
                value = self._read_under_key(shape.value, key, value_node, expected)
                if value is not UNREADABLE:
                    values[key.text] = value
        for missing in shape.keys:
            if missing not in written:
                self._fail("missing-key", f"{expected.name} has no '{missing}'", expected.fallback.place)
        return values if written.issuperset(shape.keys) else UNREADABLE

    def _is_readable(self, shape: declare.MappingShape, key: ScalarNode, name: str, written: set[str]) -> bool:
        """Tell whether the value of a free key is to be read. A key of the wrong form is reported, its value read."""
        message = f"{name} has no key '{key.text}'"
        if key.text == "<<":
            self._fail("unknown-key", message, key.place, _NO_MERGE)
        elif shape.keys and key.text not in shape.keys:
            self._fail("unknown-key", message, key.place, f"known are: {', '.join(shape.keys)}")
        else:
            if shape.form and not _has_form(key.text, shape.form):
                message = f"'{key.text}' in {name} is not {shape.form.meaning}"
                self._fail("bad-value", message, key.place, _in_form(key.text, shape.form, written))
            return True
        return False

    def _read_under_key(self, shape: declare.Shape, key: ScalarNode, node: Node, expected: Expected) -> Any:
        """Read the value of a free key. A value that takes its id from there begins a key path of its own."""
        if not isinstance(shape, declare.StructShape) or not shape.id_field:
            key_path = (*expected.key_path, key.text)
            self.positions[key_path] = node.position
            return self._read(shape, node, Expected(f"'{key.text}'", key_path, key))
        id = intern(key.text)
        key_path = (shape.noun, id)
        self.positions[key_path] = key.position
        return self._read_struct(shape, node, Expected(f"{shape.noun} '{id}'", key_path, key), id)

    # Scalars

    def _read_scalar(self, shape: declare.Shape, node: ScalarNode, name: str) -> Any:
        """Read a text, choice, number, flag or date. Problems: wrong-type, bad-value, bad-date, no words."""
        match shape:
            case declare.TextShape():
                return self._read_text(shape, node, name)
            case declare.ChoiceShape(options=options):
                if node.text in options:
                    return options[options.index(node.text)]  # the one string that all facts share
                message = f"{name} is '{node.text}'; it must be one of {', '.join(options)}"
                return self._fail("bad-value", message, node.place, self._near(node.text, options))
            case declare.DateShape(to_the_day=to_the_day):
                return self._read_date(node, to_the_day, name)
            case declare.NumberShape():
                return self._read_number(shape, node, name)
            case _:
                # YAML 1.1's yes and no are texts here, as everywhere: a flag is true or false.
                if node.plain and node.text in ("true", "false"):
                    return node.text == "true"
                return self._wrong_scalar(shape, node, name)

    def _wrong_scalar(self, shape: declare.Shape, node: ScalarNode, name: str) -> Any:
        found = f"'{node.text}'" if node.plain else "a text in quotes"
        return self._fail("wrong-type", f"{name} needs {_needed(shape)}, found {found}", node.place)

    def _read_text(self, shape: declare.TextShape, node: ScalarNode, name: str) -> Any:
        """Read a text; its line ends become spaces unless it is declared to keep them."""
        text = node.text
        if "\n" in text:
            text = text.strip("\n") if shape.many_lines else _LINE_END.sub(" ", text.strip("\n"))
        if shape.no_words and not any(character.isalnum() for character in text):
            return self._fail(shape.no_words, f"{name} has no words", node.place)
        if not shape.blank and not text.strip():
            return self._fail("bad-value", f"{name} has nothing in it", node.place)
        if shape.form and not _has_form(text, shape.form):
            message = f"{name} is '{text}', which is not {shape.form.meaning}"
            return self._fail("bad-value", message, node.place, _in_form(text, shape.form, self._taken))
        if shape.amount:
            return self._read_amount(node, name)
        if shape.parts is not None:
            for part in _PART.findall(text):
                if part not in shape.parts:
                    hint = self.suggester.suggest(part, shape.parts)
                    allowed = ", ".join(f"{{{known}}}" for known in shape.parts)
                    message = f"nothing fills '{{{part}}}' in {name}"
                    return self._fail("bad-value", message, node.place, hint or f"it may name {allowed}")
        return composed(text)  # an escape may have given an accent of its own

    def _read_amount(self, node: ScalarNode, name: str) -> Any:
        amount = read_amount(node.text, self._language)
        if amount is None:
            message = f"{name} is '{node.text}', which is not a number as memo reads it"
            return self._fail("bad-value", message, node.place, amount_hint(node.text, self._language))
        return amount

    def _near(self, text: str, options: Iterable[str]) -> str:
        """Suggest an option that does not stand in the same list already, where each may stand but once."""
        return self.suggester.suggest(text, [option for option in options if option not in self._taken])

    def _read_date(self, node: ScalarNode, to_the_day: bool, name: str) -> Any:
        date = edtf.parse(node.text)
        if date is None:
            return self._fail("bad-date", f"{name} is '{node.text}', which is not a date", node.place, edtf.FORMS)
        if to_the_day and not edtf.is_one_day(date):
            message = f"{name} is '{node.text}'; it must be one day"
            return self._fail("bad-date", message, node.place, "such as 2026-01-22")
        return date

    def _read_number(self, shape: declare.NumberShape, node: ScalarNode, name: str) -> Any:
        match = _NUMBER.fullmatch(node.text)
        if not node.plain or match is None or (shape.whole and match[1]):
            return self._wrong_scalar(shape, node, name)
        value = int(node.text) if shape.whole else float(node.text)
        if not shape.least <= value <= shape.most:
            message = f"{name} is {node.text}; it must lie between {shape.least:g} and {shape.most:g}"
            return self._fail("bad-value", message, node.place)
        return value


def _needed(shape: declare.Shape) -> str:
    """Say in plain words what a scalar of this shape must be."""
    match shape:
        case declare.DateShape():
            return "a date"
        case declare.NumberShape(whole=whole):
            return "a whole number" if whole else "a number"
        case declare.FlagShape():
            return "true or false"
        case _:
            return "a text"


def _found(node: Node) -> str:
    """Say in plain words what a node is."""
    if isinstance(node, ScalarNode):
        return "nothing" if is_null(node) else "a text"
    return "a list" if isinstance(node, SequenceNode) else "a mapping"


def _language_of(root: Node) -> str:
    """Return the language that a file says it is in; English where it says none."""
    pairs = root.pairs if isinstance(root, MappingNode) else ()
    found = (value for key, value in pairs if isinstance(key, ScalarNode) and key.text == "language")
    value = next(found, None)
    return value.text if isinstance(value, ScalarNode) and value.text else "en"


def _is_rest_of_text(key: ScalarNode, value: Node) -> bool:
    """Tell whether a key of a mapping in braces has no colon, and so can only be what a comma cut off."""
    end = (key.position[1], key.position[2] + key.position[3])
    return key.plain and isinstance(value, ScalarNode) and is_null(value) and value.position[1:3] == end


def _colon_hint(node: Node) -> str:
    """Return what helps where one key and its value stand in place of a text: a colon made them of it."""
    if not isinstance(node, MappingNode) or len(node.pairs) != 1:
        return ""
    key, value = node.pairs[0]
    cut = isinstance(key, ScalarNode) and key.plain and key.position[1] == value.position[1]
    return f"a colon makes a key of what stands before it; {QUOTE_IT}" if cut else ""


def _list_hint(item: declare.Shape, node: Node) -> str:
    """Return how to write a text as a list, if its items would be taken there."""
    if not isinstance(node, ScalarNode) or is_null(node):
        return ""
    items = [part.strip() for part in node.text.split(",")] if node.plain else [node.text]
    form = item.form or (IDENTIFIER if item.refers_to else None) if isinstance(item, declare.TextShape) else None
    options = item.options if isinstance(item, declare.ChoiceShape) else items
    simple = all(part in options and re.fullmatch(r"\w[\w .-]*", part) for part in items) and len(set(items)) == len(
        items
    )
    if simple and (form is None or all(_has_form(part, form) for part in items)):
        return f"write a list: [{', '.join(items)}]"
    return "write a list: its items in square brackets, with commas between them"


def _in_form(text: str, form: declare.Form, taken: Container[str]) -> str:
    """Return an id that is like a text, as a hint; empty where no id can be made of it, or that one is taken."""
    id = kebab(text) if form is IDENTIFIER else ""
    return f"write '{id}'" if id and _has_form(id, form) and id not in taken else ""


def _already(node: Node) -> Related:
    return Related(node.place, "it stands here already")


def _has_form(text: str, form: declare.Form) -> bool:
    return re.fullmatch(form.pattern, text) is not None
