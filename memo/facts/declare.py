"""How a data type declares what its YAML looks like, and the shapes that such declarations come to.

The types in `memo.facts.dossier`, `memo.facts.front_matter` and `memo.facts.style` are the one declaration of what
people may write: `memo.facts.decode` reads and validates by them, `memo.facts.schema` makes the JSON Schema of them. A
field's type says the shape (``str``, ``int``, ``float``, ``bool``, ``Literal``, `Date`, another declared type,
``tuple[X, ...]`` for a list, ``Mapping[str, X]`` for a mapping, ``X | None`` for what may be left out);
``Annotated`` adds what follows here. A field with a default may be left out. A text whose default has ``{parts}`` in
braces is a pattern, and may name those parts and no others.

`shape_of` works out the shape of a declared type, and `to_yaml_data` turns a value back into what YAML would say.
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

# What ``Annotated`` may add to the type of a field


class Doc(Struct, frozen=True):
    """What the field is for, in a sentence; shown by editors and in the docs. Named as in PEP 727."""

    text: str


class Key(Struct, frozen=True):
    """The key in YAML, where Python's name must differ: ``Key("from")``, ``Key("container-title")``."""

    name: str


class FromKey(Struct, frozen=True):
    """The field is not written in the mapping: it is the key of the mapping itself, such as a fact's id."""


class RefersTo(Struct, frozen=True):
    """The text is the id of one of these: ``RefersTo("source")``, ``"actor"``, ``"fact"``."""

    kind: str


class Form(Struct, frozen=True):
    """The text, or every key of the mapping, must match this regular expression; ``meaning`` says so in words."""

    pattern: str
    meaning: str


class Amount(Struct, frozen=True):
    """The text is a number as people write it, by the file's ``language``; read as a plain one."""


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


class MayName(Struct, frozen=True):
    """The pattern may name these parts, too, which its default does not."""

    parts: tuple[str, ...]


class ToTheDay(Struct, frozen=True):
    """The date must be one single day, without ``?``, ``~`` or ``%``."""


IDENTIFIER = Form(r"[a-z0-9]+(-[a-z0-9]+)*", "kebab-case: small letters and digits, joined by hyphens")
LANGUAGE = Form(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a BCP 47 language tag, such as en-GB or az")
COLOUR = Form(r"#[0-9A-Fa-f]{6}", "a colour in quotes, such as '#1F3864'")

# The shapes that declared types come to


class TextShape(Struct, frozen=True):
    """A text: its form, the kind of id it is, the problem code where it has no words, whether it may be blank.

    ``parts`` are those that a pattern may name in braces, None where the text is no pattern.
    ``amount``: it is a number.
    """

    form: Form | None = None
    refers_to: str = ""
    no_words: str = ""
    blank: bool = True
    many_lines: bool = False
    parts: tuple[str, ...] | None = None
    amount: bool = False


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
    """A list; ``distinct``: no item may be repeated."""

    item: Shape
    least: int
    most: int | None
    distinct: bool


class MappingShape(Struct, frozen=True):
    """A mapping with keys that the writer chooses. ``keys``: all it must have, empty where that is free."""

    value: Shape
    form: Form | None
    keys: tuple[str, ...]


class Property(Struct, frozen=True):
    """One key of a declared type: ``name`` is the field in Python, ``key`` the key in YAML."""

    key: str
    name: str
    shape: Shape
    description: str
    required: bool
    default: Any


class StructShape(Struct, frozen=True):
    """A declared type: its properties by YAML key, and which of these keys are required.

    ``noun`` is what messages call a value of it: ``fact``, ``front matter``. ``id_field`` is the field that takes the
    mapping's own key, empty where there is none.
    """

    type: type
    noun: str
    properties: Mapping[str, Property]
    required: tuple[str, ...]
    id_field: str

    @property
    def description(self) -> str:
        """Return the type's docstring, on one line."""
        return " ".join((self.type.__doc__ or "").split())


Shape = TextShape | ChoiceShape | NumberShape | FlagShape | DateShape | ListShape | MappingShape | StructShape


@functools.cache
def shape_of(declared: type) -> StructShape:
    """Return the shape of a declared type, worked out once for each."""
    hints = typing.get_type_hints(declared, include_extras=True)
    properties: dict[str, Property] = {}
    id_field = ""
    for field in fields(declared):
        kind, added = _split(hints[field.name])
        if _first(added, FromKey):
            id_field = field.name
        else:
            declared_key = _property(field, kind, added)
            properties[declared_key.key] = declared_key
    noun = re.sub(r"(?<!^)(?=[A-Z])", " ", declared.__name__).lower()
    required = tuple(key for key, declared_key in properties.items() if declared_key.required)
    return StructShape(declared, noun, types.MappingProxyType(properties), required, id_field)


def _property(field: FieldInfo, kind: Any, added: tuple[Any, ...]) -> Property:
    default = field.default if field.default_factory is NODEFAULT else field.default_factory()
    required = default is NODEFAULT
    key, doc = _first(added, Key), _first(added, Doc)
    shape = _shape(kind, added, blank=not required)
    if isinstance(shape, TextShape) and isinstance(default, str) and "{" in default:
        more = _first(added, MayName)
        shape = replace(shape, parts=(*re.findall(r"\{(\w+)\}", default), *(more.parts if more else ())))
    return Property(key.name if key else field.name, field.name, shape, doc.text if doc else "", required, default)


def _shape(kind: Any, added: tuple[Any, ...], *, blank: bool = False) -> Shape:
    """Return the shape that a type and what was added to it declare. ``blank``: a text may have nothing in it."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _shape(*_split(next(argument for argument in arguments if argument is not types.NoneType)), blank=blank)
    if origin is tuple:
        return _list_shape(_split(arguments[0]), _first(added, Length))
    if origin is Mapping:
        keys = _first(added, Keys)
        return MappingShape(_shape(*_split(arguments[1])), _first(added, Form), keys.names if keys else ())
    if origin is Literal:
        return ChoiceShape(arguments)
    if isinstance(kind, type) and issubclass(kind, Struct) and kind is not Date:
        return shape_of(kind)
    return _scalar_shape(kind, added, blank)


def _list_shape(item: tuple[Any, tuple[Any, ...]], length: Length | None) -> ListShape:
    shape = _shape(*item)
    # An id or a choice that is listed twice is a slip; a free text may well be the same as another.
    distinct = isinstance(shape, ChoiceShape) or (isinstance(shape, TextShape) and bool(shape.refers_to or shape.form))
    least, most = (length.least, length.most) if length else (0, None)
    return ListShape(shape, least, most, distinct)


def _scalar_shape(kind: Any, added: tuple[Any, ...], blank: bool) -> Shape:
    """Return the shape of what YAML writes as one scalar. Raises TypeError for a type that cannot be declared."""
    if kind is Date:
        return DateShape(_first(added, ToTheDay) is not None)
    if kind is bool:
        return FlagShape()
    if kind in (int, float):
        bounds = _first(added, Within) or Within(float("-inf"), float("inf"))
        return NumberShape(kind is int, bounds.least, bounds.most)
    if kind is not str:
        raise TypeError(f"{kind!r} is not a type that memo.facts.declare knows")
    refers_to, has_words = _first(added, RefersTo), _first(added, HasWords)
    return TextShape(
        _first(added, Form),
        refers_to.kind if refers_to else "",
        has_words.code if has_words else "",
        blank,
        many_lines=_first(added, ManyLines) is not None,
        amount=_first(added, Amount) is not None,
    )


def _split(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without ``Annotated``, and what that added to it."""
    if typing.get_origin(hint) is Annotated:
        kind, *added = typing.get_args(hint)
        return kind, tuple(added)
    return hint, ()


_Added = TypeVar("_Added")


def _first(added: tuple[Any, ...], kind: type[_Added]) -> _Added | None:
    return next((annotation for annotation in added if isinstance(annotation, kind)), None)


def to_yaml_data(value: Any) -> Any:
    """Turn a declared value into what a YAML file would say of it: dicts by key, lists, texts, numbers.

    What equals its default is left out, and so is an id: in YAML it is the key above the value.
    """
    if isinstance(value, Date):
        return value.text
    if isinstance(value, (tuple, list)):
        return [to_yaml_data(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_yaml_data(inner) for key, inner in value.items()}
    if not isinstance(value, Struct):
        return value
    pairs = ((key, getattr(value, key.name)) for key in shape_of(type(value)).properties.values())
    return {key.key: to_yaml_data(inner) for key, inner in pairs if key.required or inner != key.default}
