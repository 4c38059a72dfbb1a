"""One scalar -> the text, choice, number, flag or date that is declared.

A tree of nodes + a declaration -> values, with every problem at its place.

A value that cannot be read is `MISSING`: what needs it is dropped, the rest is still read.
"""

from __future__ import annotations

import re
from collections import abc
from dataclasses import dataclass, field
from enum import Enum
from sys import intern
from typing import Any, Final, NamedTuple

from memo.facts import edtf
from memo.facts.declare import (
    ChoiceShape,
    DateShape,
    FlagShape,
    Form,
    ListShape,
    MappingShape,
    NumberShape,
    RecordShape,
    Shape,
    TextShape,
)
from memo.facts.sheet_places import References, Trail
from memo.facts.yaml_nodes import MappingNode, Mark, Node, ScalarNode, SequenceNode, is_nothing
from memo.problem import Place, Problem, Related
from memo.suggest import Closest


class _Missing(Enum):
    MISSING = "missing"


MISSING: Final = _Missing.MISSING
"""Stands for a value that could not be read."""

Read = tuple[Any, Problem | None]
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?")
_PART = re.compile(r"\{([^{}:]*)(?::[^{}|]*\|[^{}|]*)?\}")
"""``{name}``, or ``{name:one|more}``: the first word for one, the other for more."""
_LINE_END = re.compile(r"[ \t]*\n\s*")


def need(shape: Shape) -> str:
    """What a value of this shape must be, in plain words."""
    match shape:
        case DateShape():
            return "a date"
        case NumberShape(whole=whole):
            return "a whole number" if whole else "a number"
        case FlagShape():
            return "true or false"
        case _:
            return "a text"


def has_form(text: str, form: Form) -> bool:
    """Whether all of the text has that form."""
    return re.fullmatch(form.pattern, text) is not None


def read_scalar(shape: Shape, node: ScalarNode, what: str, closest: Closest) -> Read:
    """The value and no problem, or `MISSING` and the problem: wrong-type, bad-value, bad-date, or what words need."""
    match shape:
        case TextShape():
            return _read_text(shape, node, what, closest)
        case ChoiceShape(options=options):
            return _read_choice(options, node, what, closest)
        case DateShape(to_the_day=to_the_day):
            return _read_date(node, to_the_day, what)
        case NumberShape():
            return _read_number(shape, node, what)
        case FlagShape():
            if node.plain and node.text in ("true", "false"):
                return node.text == "true", None
    found = f"found '{node.text}'" if node.plain else "found a text in quotes"
    return MISSING, Problem("wrong-type", f"{what} needs {need(shape)}, {found}", node.place)


def _read_text(shape: TextShape, node: ScalarNode, what: str, closest: Closest) -> Read:
    """A text; its line ends become spaces unless it is declared to keep them."""
    text = node.text
    if "\n" in text:
        text = text.strip("\n") if shape.many_lines else _LINE_END.sub(" ", text.strip("\n"))
    if shape.words and not any(character.isalnum() for character in text):
        return MISSING, Problem(shape.words, f"{what} has no words", node.place)
    if not shape.blank and not text.strip():
        return MISSING, Problem("bad-value", f"{what} has nothing in it", node.place)
    if shape.form and not has_form(text, shape.form):
        return MISSING, Problem("bad-value", f"{what} is '{text}', which is not {shape.form.meaning}", node.place)
    if shape.parts is not None:
        return _read_pattern(shape.parts, text, what, node.place, closest)
    return text, None


def _read_pattern(parts: tuple[str, ...], text: str, what: str, place: Place, closest: Closest) -> Read:
    """A text with parts in braces to be filled in."""
    for name in _PART.findall(text):
        if name not in parts:
            allowed = ", ".join(f"{{{part}}}" for part in parts)
            message = f"nothing fills '{{{name}}}' in {what}"
            return MISSING, Problem("bad-value", message, place, closest.hint(name, parts) or f"it may name {allowed}")
    return text, None


def _read_choice(options: tuple[str, ...], node: ScalarNode, what: str, closest: Closest) -> Read:
    text = node.text
    if text in options:
        return options[options.index(text)], None
    hint = closest.hint(text, options)
    message = f"{what} is '{text}'; it must be one of {', '.join(options)}"
    return MISSING, Problem("bad-value", message, node.place, hint)


def _read_date(node: ScalarNode, to_the_day: bool, what: str) -> Read:
    text = node.text
    date = edtf.parse(text)
    if date is None:
        return MISSING, Problem("bad-date", f"{what} is '{text}', which is not a date", node.place, edtf.FORMS)
    if to_the_day and not edtf.to_day(date):
        return MISSING, Problem("bad-date", f"{what} is '{text}'; it must be one day", node.place, "such as 2026-01-22")
    return date, None


def _read_number(shape: NumberShape, node: ScalarNode, what: str) -> Read:
    match = _NUMBER.fullmatch(node.text)
    if not node.plain or match is None or (shape.whole and match[1]):
        found = f"found '{node.text}'" if node.plain else "found a text in quotes"
        return MISSING, Problem("wrong-type", f"{what} needs {need(shape)}, {found}", node.place)
    value = int(node.text) if shape.whole else float(node.text)
    if not shape.least <= value <= shape.most:
        message = f"{what} is {node.text}; it must lie between {shape.least:g} and {shape.most:g}"
        return MISSING, Problem("bad-value", message, node.place)
    return value, None


@dataclass(slots=True)
class Reading:
    """What reading one file gathers."""

    path: str
    closest: Closest
    problems: list[Problem] = field(default_factory=list)
    marks: dict[Trail, Mark] = field(default_factory=dict)
    references: References = field(default_factory=References)

    def root(self) -> Node:
        """Stands for the file as a whole, at its first character."""
        return ScalarNode("", True, (self.path, 1, 1, 1))

    def report(self, code: str, message: str, place: Place, hint: str = "", *related: Related) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, message, place, hint, related))


class Wanted(NamedTuple):
    """A value that is to be read: what to call it, its trail in `Reading.marks`, and a node to report it at."""

    what: str
    trail: Trail
    near: Node


def read(shape: Shape, node: Node, wanted: Wanted, reading: Reading) -> Any:
    """The value that a node gives, or `MISSING`. Its shape says which problems it may have."""
    if type(shape) is RecordShape:
        return _read_record(shape, node, wanted, reading)
    if type(shape) is ListShape:
        return _read_list(shape, node, wanted, reading)
    if type(shape) is MappingShape:
        return _read_mapping(shape, node, wanted, reading)
    if not isinstance(node, ScalarNode) or is_nothing(node):
        return _wrong_type(need(shape), node, wanted, reading)
    value, problem = read_scalar(shape, node, wanted.what, reading.closest)
    if problem:
        reading.problems.append(problem)
    elif refers_to := getattr(shape, "refers_to", ""):
        value = intern(value)
        _refer(refers_to, value, node, wanted, reading)
    return value


def _refer(kind: str, name: str, node: ScalarNode, wanted: Wanted, reading: Reading) -> None:
    """Note what a text names. Problems: bad-value (the very entry that it stands in)."""
    if wanted.trail[:2] == (kind, name):
        reading.report("bad-value", f"{kind} '{name}' refers to itself", node.place)
    reading.references.add(kind, name, node.mark)


def entries(node: MappingNode, reading: Reading) -> abc.Iterator[tuple[ScalarNode, Node]]:
    """Keys and values, each key once. Problems: duplicate-key, wrong-type (a key that is no text)."""
    seen: dict[str, ScalarNode] = {}
    for key, value in node.pairs:
        if not isinstance(key, ScalarNode):
            reading.report("wrong-type", f"a key must be a text, found {_found(key)}", key.place)
        elif key.text in seen:
            first = Related(seen[key.text].place, "it stands here already")
            reading.report("duplicate-key", f"'{key.text}' stands twice in one mapping", key.place, "", first)
        else:
            seen[key.text] = key
            yield key, value


def _read_record(shape: RecordShape, node: Node, wanted: Wanted, reading: Reading, identity: str = "") -> Any:
    """A declared dataclass. Problems: wrong-type, unknown-key, missing-key, and those of its entries."""
    if not isinstance(node, MappingNode):
        return _wrong_type("a mapping", node, wanted, reading)
    values: dict[str, Any] = {shape.identity: identity} if shape.identity else {}
    absent: dict[str, Node] = dict.fromkeys(shape.needed, wanted.near)
    for key, value_node in entries(node, reading):
        entry = shape.entries.get(key.text)
        if entry is None:
            absent.pop(_unknown_key(key, shape, wanted.what, reading), None)
            continue
        if is_nothing(value_node):
            if entry.needed:
                absent[key.text] = key
            continue
        absent.pop(key.text, None)
        trail = (*wanted.trail, entry.name)
        reading.marks[trail] = value_node.mark
        value = read(entry.shape, value_node, Wanted(f"'{key.text}'", trail, key), reading)
        if value is not MISSING:
            values[entry.name] = value
    for missing, near in absent.items():
        reading.report("missing-key", f"{wanted.what} has no '{missing}'", near.place, shape.entries[missing].says)
    whole = all(shape.entries[key].name in values for key in shape.needed)
    return shape.type(**values) if whole else MISSING


def _unknown_key(key: ScalarNode, shape: RecordShape, what: str, reading: Reading) -> str:
    """Report a key that is not declared; the one it was probably meant to be, else empty."""
    meant = reading.closest(key.text, shape.entries)
    hint = f"did you mean '{meant}'?" if meant else f"known are: {', '.join(shape.entries)}"
    if key.text == "<<":
        hint = "merge keys are not read; write the keys out"
    reading.report("unknown-key", f"{what} has no key '{key.text}'", key.place, hint)
    return meant


def _read_list(shape: ListShape, node: Node, wanted: Wanted, reading: Reading) -> Any:
    """A list. Problems: wrong-type, bad-value (too long, too short, an item twice), and those of its items."""
    if not isinstance(node, SequenceNode):
        hint = f"write a list: [{node.text}]" if isinstance(node, ScalarNode) and not is_nothing(node) else ""
        return _wrong_type("a list", node, wanted, reading, hint)
    values, seen = [], dict[Any, Node]()
    for number, item in enumerate(node.items):
        trail = (*wanted.trail, str(number))
        reading.marks[trail] = item.mark
        value = read(shape.item, item, Wanted(f"an item of {wanted.what}", trail, item), reading)
        if value is not MISSING and not (shape.distinct and _stands_twice(value, item, seen, wanted.what, reading)):
            values.append(value)
    return tuple(values) if _fits(shape, len(node.items), wanted.what, node.place, reading) else MISSING


def _stands_twice(value: Any, item: Node, seen: dict[Any, Node], what: str, reading: Reading) -> bool:
    """Whether a list that may not repeat itself does."""
    first = seen.setdefault(value, item)
    if first is not item:
        already = Related(first.place, "it stands here already")
        reading.report("bad-value", f"'{value}' stands twice in {what}", item.place, "", already)
    return first is not item


def _fits(shape: ListShape, count: int, what: str, place: Place, reading: Reading) -> bool:
    """Whether the list has as many items as it needs."""
    if shape.most is None or shape.least <= count <= shape.most:
        return True
    number = str(shape.least) if shape.least == shape.most else f"{shape.least} to {shape.most}"
    reading.report("bad-value", f"{what} needs {number} items, found {count}", place)
    return False


def _read_mapping(shape: MappingShape, node: Node, wanted: Wanted, reading: Reading) -> Any:
    """A mapping with free keys. Problems: wrong-type, unknown-key, missing-key, bad-value (a key's form)."""
    if not isinstance(node, MappingNode):
        return _wrong_type("a mapping", node, wanted, reading)
    values: dict[str, Any] = {}
    for key, value_node in entries(node, reading):
        if _is_known(shape, key, wanted.what, reading):
            value = _read_under(shape.value, key, value_node, wanted, reading)
            values.update({} if value is MISSING else {key.text: value})
    given = {key.text for key, _ in node.pairs if isinstance(key, ScalarNode)}
    for missing in shape.keys:
        if missing not in given:
            reading.report("missing-key", f"{wanted.what} has no '{missing}'", wanted.near.place)
    return values if given.issuperset(shape.keys) else MISSING


def _read_under(shape: Shape, key: ScalarNode, node: Node, wanted: Wanted, reading: Reading) -> Any:
    """The value that stands under a free key. A record that takes its id from there begins a trail of its own."""
    if not isinstance(shape, RecordShape) or not shape.identity:
        trail = (*wanted.trail, key.text)
        reading.marks[trail] = node.mark
        return read(shape, node, Wanted(f"'{key.text}'", trail, key), reading)
    name = intern(key.text)
    trail = (shape.noun, name)
    reading.marks[trail] = key.mark
    return _read_record(shape, node, Wanted(f"{shape.noun} '{name}'", trail, key), reading, name)


def _is_known(shape: MappingShape, key: ScalarNode, what: str, reading: Reading) -> bool:
    """Whether what stands under a free key is to be read; a key without the form it needs is told, and read."""
    place = key.place
    if key.text == "<<":
        reading.report("unknown-key", f"{what} has no key '<<'", place, "merge keys are not read; write the keys out")
    elif shape.keys and key.text not in shape.keys:
        hint = f"known are: {', '.join(shape.keys)}"
        reading.report("unknown-key", f"{what} has no key '{key.text}'", place, hint)
    else:
        if shape.form and not has_form(key.text, shape.form):
            reading.report("bad-value", f"'{key.text}' in {what} is not {shape.form.meaning}", place)
        return True
    return False


def _wrong_type(need: str, node: Node, wanted: Wanted, reading: Reading, hint: str = "") -> Any:
    """Report that something else is needed; where nothing stands, at its key."""
    place = (wanted.near if is_nothing(node) else node).place
    reading.report("wrong-type", f"{wanted.what} needs {need}, found {_found(node)}", place, hint)
    return MISSING


def _found(node: Node) -> str:
    """What a node is, in plain words."""
    if isinstance(node, ScalarNode):
        return "nothing" if is_nothing(node) else "a text"
    return "a list" if isinstance(node, SequenceNode) else "a mapping"
