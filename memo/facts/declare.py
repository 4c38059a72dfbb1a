"""How a data type says what its YAML looks like, and how to read that back.

The values in `memo.facts.dossier`, `memo.facts.front_matter` and `memo.facts.style` are the one declaration
of what people may write: `memo.facts` reads and validates by them, `memo.facts.schema` makes the JSON Schema of them. A
field's type says the shape (``str``, ``int``, ``float``, ``bool``, ``Literal``, `Date`, another declared value,
``tuple[X, ...]`` for a list, ``Mapping[str, X]`` for a mapping, ``X | None`` for what may be left out);
``Annotated`` adds what follows here. A field with a default may be left out. A text whose default has ``{parts}`` in
braces is a pattern, and may name those parts and no others.

`record` reads such a type back as a `RecordShape`.
"""

from __future__ import annotations

import functools
import re
import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields, replace

from memo.facts.edtf import Date

# What a declaration may add to a type


class Says(Struct, frozen=True):
    """What the field is for, in a sentence; shown by editors and in the docs."""

    text: str


class Key(Struct, frozen=True):
    """The key in YAML, where Python's name must differ: ``Key("from")``, ``Key("container-title")``."""

    name: str


class FromKey(Struct, frozen=True):
    """The field is not written in the mapping: it is the key that the mapping itself stands under."""


class RefersTo(Struct, frozen=True):
    """The text is the id of one of these: ``RefersTo("source")``, ``"actor"``, ``"fact"``."""

    kind: str


class Form(Struct, frozen=True):
    """The text, or every key of the mapping, must match this regular expression; ``meaning`` says so in words."""

    pattern: str
    meaning: str


class HasWords(Struct, frozen=True):
    """The text must have a letter or a digit in it; ``code`` is the problem where it has none."""

    code: str


class ManyLines(Struct, frozen=True):
    """The text keeps its line ends. In any other text, they become spaces."""


class Within(Struct, frozen=True):
    """The number must lie between these two, both included."""

    least: float
    most: float


class Length(Struct, frozen=True):
    """The list must have at least and at most so many items."""

    least: int
    most: int


class Keys(Struct, frozen=True):
    """The mapping must have these keys and no others."""

    names: tuple[str, ...]


class ToTheDay(Struct, frozen=True):
    """The date must be one single day, without ``?``, ``~`` or ``%``."""


IDENTIFIER = Form(r"[a-z0-9]+(-[a-z0-9]+)*", "kebab-case: small letters and digits, joined by hyphens")
LANGUAGE = Form(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a BCP 47 language tag, such as en-GB or az")
COLOUR = Form(r"#[0-9A-Fa-f]{6}", "a colour such as #1F3864")

# What a declaration comes to


class TextShape(Struct, frozen=True):
    """A text. ``parts``: what a pattern may name in braces, None where the text is no pattern."""

    form: Form | None = None
    refers_to: str = ""
    words: str = ""
    blank: bool = True
    many_lines: bool = False
    parts: tuple[str, ...] | None = None


class ChoiceShape(Struct, frozen=True):
    """One of a few texts."""

    options: tuple[str, ...]


class NumberShape(Struct, frozen=True):
    """A number, between ``least`` and ``most``."""

    whole: bool
    least: float
    most: float


class FlagShape(Struct, frozen=True):
    """True or false."""


class DateShape(Struct, frozen=True):
    """An EDTF date."""

    to_the_day: bool = False


class ListShape(Struct, frozen=True):
    """A list; ``distinct``: nothing may stand in it twice."""

    item: Shape
    least: int
    most: int | None
    distinct: bool


class MappingShape(Struct, frozen=True):
    """A mapping with keys that the writer chooses. ``keys``: all it must have, empty where that is free."""

    value: Shape
    form: Form | None
    keys: tuple[str, ...]


class Entry(Struct, frozen=True):
    """One key of a record: ``name`` is the field in Python, ``key`` the key in YAML."""

    key: str
    name: str
    shape: Shape
    says: str
    needed: bool
    default: Any


class RecordShape(Struct, frozen=True):
    """A declared dataclass: its entries by YAML key; the keys it needs; the field that takes the key it stands under.

    ``identity`` is empty where there is no such field. ``noun`` is what to call one: ``fact``, ``front matter``.
    """

    type: type
    noun: str
    entries: Mapping[str, Entry]
    needed: tuple[str, ...]
    identity: str

    @property
    def says(self) -> str:
        """What one is, as its docstring says."""
        return " ".join((self.type.__doc__ or "").split())


Shape = TextShape | ChoiceShape | NumberShape | FlagShape | DateShape | ListShape | MappingShape | RecordShape
_Added = TypeVar("_Added")


@functools.cache
def record(declared: type) -> RecordShape:
    """The shape of a declared value; worked out once for each."""
    hints = typing.get_type_hints(declared, include_extras=True)
    entries: dict[str, Entry] = {}
    identity = ""
    for field in fields(declared):
        kind, added = _split(hints[field.name])
        if _of(added, FromKey):
            identity = field.name
        else:
            entry = _entry(field, kind, added)
            entries[entry.key] = entry
    noun = re.sub(r"(?<!^)(?=[A-Z])", " ", declared.__name__).lower()
    needed = tuple(key for key, entry in entries.items() if entry.needed)
    return RecordShape(declared, noun, types.MappingProxyType(entries), needed, identity)


def _entry(field: FieldInfo, kind: Any, added: tuple[Any, ...]) -> Entry:
    """One field of a declared value."""
    default = field.default if field.default_factory is NODEFAULT else field.default_factory()
    needed = default is NODEFAULT
    key, says = _of(added, Key), _of(added, Says)
    shape = _shape(kind, added, blank=not needed)
    if isinstance(shape, TextShape) and isinstance(default, str) and "{" in default:
        shape = replace(shape, parts=tuple(re.findall(r"\{(\w+)\}", default)))
    return Entry(key.name if key else field.name, field.name, shape, says.text if says else "", needed, default)


def _shape(kind: Any, added: tuple[Any, ...], *, blank: bool = False) -> Shape:
    """The shape that a type and what was added to it declare. ``blank``: a text may have nothing in it."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _shape(*_split(next(argument for argument in arguments if argument is not types.NoneType)), blank=blank)
    if origin is tuple:
        return _list_shape(_split(arguments[0]), _of(added, Length))
    if origin is Mapping:
        keys = _of(added, Keys)
        return MappingShape(_shape(*_split(arguments[1])), _of(added, Form), keys.names if keys else ())
    if origin is Literal:
        return ChoiceShape(arguments)
    if isinstance(kind, type) and issubclass(kind, Struct) and kind is not Date:
        return record(kind)
    return _plain_shape(kind, added, blank)


def _list_shape(item: tuple[Any, tuple[Any, ...]], length: Length | None) -> ListShape:
    """A list of such items; ids and choices must differ from each other."""
    shape = _shape(*item)
    named = isinstance(shape, TextShape) and bool(shape.refers_to or shape.form)
    least, most = (length.least, length.most) if length else (0, None)
    return ListShape(shape, least, most, distinct=named or isinstance(shape, ChoiceShape))


def _plain_shape(kind: Any, added: tuple[Any, ...], blank: bool) -> Shape:
    """The shape of what YAML writes as one scalar."""
    if kind is Date:
        return DateShape(_of(added, ToTheDay) is not None)
    if kind is bool:
        return FlagShape()
    if kind in (int, float):
        bounds = _of(added, Within) or Within(float("-inf"), float("inf"))
        return NumberShape(kind is int, bounds.least, bounds.most)
    if kind is not str:
        raise TypeError(f"{kind!r} is not a type that memo.facts.declare knows")
    refers, words = _of(added, RefersTo), _of(added, HasWords)
    many_lines = _of(added, ManyLines) is not None
    return TextShape(
        _of(added, Form), refers.kind if refers else "", words.code if words else "", blank, many_lines=many_lines
    )


def _split(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type, and what ``Annotated`` added to it."""
    if typing.get_origin(hint) is Annotated:
        kind, *added = typing.get_args(hint)
        return kind, tuple(added)
    return hint, ()


def _of(added: tuple[Any, ...], wanted: type[_Added]) -> _Added | None:
    """The first thing of that type among what was added."""
    return next((thing for thing in added if isinstance(thing, wanted)), None)
