"""A Document as JSON and back, without loss; and the digest of its content.

Every node is an object with its type's name under ``type`` and its fields under their names, those that hold their
default left out. Keys are sorted, so the same document gives the same text.

The document as a delivered file carries it, and where: what the renderers write and `memo.delivered` looks for."""

from __future__ import annotations

import functools
import hashlib
import json
import re
import typing
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring
from types import MappingProxyType
from typing import Any, Literal

from msgspec import NODEFAULT, Struct

from memo.document import tree
from memo.document.tree import Document
from memo.document.walk import inlines

VERSION = 1
"""Raised when a reader of the old form would misread the new."""

DEEPEST = 200
"""How many levels of JSON may nest: more than any memo needs, fewer than would exhaust Python's stack."""

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot carry either (XML 1.0, 2.2 Char): control characters, lone surrogates."""

_TYPES = MappingProxyType(
    {
        node.__name__: node
        for node in (
            tree.Document, tree.Metadata, tree.Basis, tree.Change, tree.Mark,
            tree.Text, tree.Claim, tree.Strong, tree.Emphasis, tree.Link, tree.Footnote, tree.LineBreak,
            tree.Heading, tree.Paragraph, tree.List, tree.ListItem, tree.Table, tree.Row, tree.Cell,
            tree.Figure, tree.Event, tree.Bar, tree.Quotation, tree.Callout, tree.Rule, tree.PageBreak,
        )
    }
)  # fmt: skip


class NotADocument(ValueError):
    """The text is not a document's JSON; the message says where and why."""


def to_json(document: Document) -> str:
    """The document as JSON text: UTF-8 safe, keys sorted, no white space between tokens."""
    return "".join(_pieces(document))


def from_json(text: str) -> Document:
    """The document that `to_json` wrote. Raises `NotADocument` for anything else, whoever made it."""
    try:
        body = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise NotADocument(f"not JSON: {error}") from error
    if not isinstance(body, dict) or body.keys() != {"memo", "document"} or repr(body["memo"]) != repr(VERSION):
        raise NotADocument(f"not a memo document of version {VERSION}")
    document = _node(body["document"], "document", 0)
    if not isinstance(document, Document):
        raise NotADocument("the outermost node is not a Document")
    return document


def digest(document: Document) -> str:
    """SHA-256 of the document's JSON, in hexadecimal: equal for equal content, whatever it was built from."""
    return embed(document).digest


def embed(document: Document) -> Embedded:
    """The document's JSON with its digest, for those who need both, or need them more than once."""
    data = b"".join(piece.encode() for piece in _pieces(document))
    return Embedded(data, hashlib.sha256(data).hexdigest())


def digest_of(text: str) -> str:
    """The same from the JSON, for those who have it already."""
    return hashlib.sha256(text.encode()).hexdigest()


def _pieces(document: Document) -> Iterator[str]:
    """The JSON of a whole document, a block at a time: put together at each level, it would be held several times."""
    before = '{"document":{'
    for opening, name, default in _members(Document):
        part = getattr(document, name) if name else ""
        if name and part == default:
            continue
        yield before + opening
        yield from _items(part) if isinstance(part, tuple) else [_json(part)] if name else ()
        before = ","
    yield f'}},"memo":{VERSION}}}'


def _items(items: tuple[Any, ...]) -> Iterator[str]:
    yield "["
    for index, item in enumerate(items):
        yield f",{_json(item)}" if index else _json(item)
    yield "]"


def _json(value: Any) -> str:
    """A value of the tree as JSON, written as it is met: a long document as plain values takes up as much again."""
    kind: Any = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is tuple:
        return f"[{','.join([_json(item) for item in value])}]"
    if kind.__name__ not in _TYPES:
        return json.dumps(value)
    members = []
    for opening, name, default in _members(kind):
        if not name:
            members.append(opening)
        elif (part := getattr(value, name)) != default:
            members.append(opening + _json(part))
    return f"{{{','.join(members)}}}"


@functools.cache
def _members(kind: Any) -> tuple[tuple[str, str, Any], ...]:
    """What stands before each field's value in a node of this type, the field, and its default; no field: its type."""
    held = [(f'"{name}":', name, default) for name, default in _defaults(kind)]
    return tuple(sorted([*held, (f'"type":"{kind.__name__}"', "", None)], key=lambda member: member[0]))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; one that names a member twice would hide one of the two (RFC 8259, 4)."""
    held = dict(pairs)
    if len(held) != len(pairs):
        raise NotADocument("an object names the same member twice")
    return held


def _no_constant(name: str) -> None:
    raise NotADocument(f"{name} is not JSON")


def _node(value: Any, where: str, depth: int) -> Any:
    """A JSON value as the tree holds it: objects become nodes, arrays tuples."""
    if depth > DEEPEST:
        raise NotADocument(f"{where[:80]}...: nested more than {DEEPEST} deep")
    if isinstance(value, list):
        return tuple(_node(item, f"{where}[{index}]", depth + 1) for index, item in enumerate(value))
    if isinstance(value, str) and _NO_TEXT.search(value):
        raise NotADocument(f"{where}: a character that no document holds")
    if not isinstance(value, dict):
        return value
    node = _TYPES.get(str(value.get("type")))
    if node is None:
        raise NotADocument(f"{where}: no node type {value.get('type')!r}")
    held = {name: _node(item, f"{where}.{name}", depth + 1) for name, item in value.items() if name != "type"}
    return _made(node, held, where)


def _made(node: type[Any], held: dict[str, Any], where: str) -> Any:
    fits = _fits()[node.__name__]
    for name, value in held.items():
        if name not in fits:
            raise NotADocument(f"{where}: {node.__name__} has no field {name!r}")
        if not fits[name](value):
            raise NotADocument(f"{where}: {node.__name__} cannot hold that as its {name!r}")
    for name in _needed(node.__name__):
        if name not in held:
            raise NotADocument(f"{where}: {node.__name__} lacks {name!r}")
    made = node(**held)
    if fault := _fault(made):
        raise NotADocument(f"{where}: {fault}")
    return made


@functools.cache
def _needed(kind: str) -> tuple[str, ...]:
    """The fields that a node of this type must have."""
    return tuple(name for name, default in _defaults(_TYPES[kind]) if default is NODEFAULT)


def _defaults(kind: Any) -> list[tuple[str, Any]]:
    """The fields of a node type, each with its default, `NODEFAULT` where it must be given."""
    names, defaults = kind.__struct_fields__, kind.__struct_defaults__
    return list(zip(names, (NODEFAULT,) * (len(names) - len(defaults)) + defaults, strict=True))


_Fits = Callable[[Any], bool]


@functools.cache
def _fits() -> dict[str, dict[str, _Fits]]:
    """What tells of each field of every node whether a value is of its type: worked out once, when first needed."""
    return {
        name: {field: _fit(hint) for field, hint in typing.get_type_hints(node).items()}
        for name, node in _TYPES.items()
    }


def _fit(hint: Any) -> _Fits:
    """Whether a value is of a type: no number for a text, no block among inlines, no third of two words."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        item = _fit(inner[0])
        return lambda value: isinstance(value, tuple) and all(map(item, value))
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in inner
    if any(map(typing.get_origin, inner)):
        choices = [_fit(choice) for choice in inner]
        return lambda value: any(choice(value) for choice in choices)
    kinds = frozenset(inner or (hint,))
    return lambda value: type(value) in kinds


def _fault(node: Any) -> str:
    """What is wrong with a node whose fields are each of the right type, or nothing."""
    match node:
        case tree.Heading(level=level) if not 1 <= level <= 6:
            return "a heading's level is 1 to 6"
        case tree.List(start=start) if start < 0:
            return "a list starts at 0 or above"
        case tree.Table(header=header, rows=rows, align=align):
            widths = {len(header.cells), len(align), *(len(row.cells) for row in rows)}
            return "" if len(widths) == 1 else "a table's rows are not all of one width"
        case tree.Footnote(content=content):
            return "a footnote in a footnote" if _holds(content, tree.Footnote) else ""
        case tree.Link(content=content):
            return "a link or a footnote in a link" if _holds(content, tree.Link, tree.Footnote) else ""
        case _:
            return ""


def _holds(content: tuple[tree.Inline, ...], *kinds: type[Any]) -> bool:
    return any(isinstance(inline, kinds) for inline in inlines(content))


NAMESPACE = "urn:policy-memo:document:1"
"""Of the custom XML part in a DOCX (ECMA-376-1, 15.2.5): the JSON is the text of ``document`` in ``memo``, its root."""

ATTACHED = "memo.json"
"""The name of the associated file in a PDF (ISO 19005-3, 6.8)."""


class Embedded(Struct, frozen=True):
    """A document's JSON, in UTF-8, and the digest of that: SHA-256, in hexadecimal."""

    json: bytes
    digest: str
