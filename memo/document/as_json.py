"""A document as JSON: written, read back without loss, and embedded in every file that is handed out.

Every node is an object with its type's name under ``type`` and its fields under their names; fields that hold their
default are left out. Keys are sorted, so that the same document gives the same text and the same digest.

Each delivered DOCX and PDF has this JSON embedded in it: renderers write it, `memo.delivered` looks for it, and a file
alone is then enough to verify it, to say what changed since, and to redline against it. Such a file comes from outside:
`from_json` takes nothing on trust.
"""

from __future__ import annotations

import functools
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
from memo.files import bytes_digest

VERSION = 1
"""The version of the form. Raised when a reader of the old form would misread the new."""

DEEPEST = 200
"""How many levels of JSON may nest: more than any memo needs, fewer than would exhaust Python's stack."""

NAMESPACE = "urn:policy-memo:document:1"
"""The namespace of the custom XML part that has the JSON in a DOCX (ECMA-376-1, 15.2.5).

Its root is ``memo``; the JSON is the text of ``document`` in that, and the JSON of its look that of ``look``.
"""

ATTACHMENT_NAME = "memo.json"
"""The name of the embedded file that has the JSON in a PDF: an associated file (ISO 19005-3, 6.8)."""

LOOK_NAME = "look.json"
"""The name of the one that has the look (`memo.facts.look`) beside it."""


class Embedded(Struct, frozen=True):
    """A document as files have it embedded: its JSON, in UTF-8, and the digest of that (SHA-256, in hexadecimal)."""

    json: bytes
    digest: str


class NotADocument(ValueError):
    """The text is not a document's JSON; the message says where and why."""


def embed(document: Document) -> Embedded:
    """Return the document's JSON with its digest, ready to be embedded in a file."""
    data = b"".join(chunk.encode() for chunk in _chunks(document))
    return Embedded(data, bytes_digest(data))


def digest(document: Document) -> str:
    """Return the SHA-256 of the document's JSON, in hexadecimal: equal for equal content, however built."""
    return embed(document).digest


def to_json(document: Document) -> str:
    """Write the document as JSON text: UTF-8 safe, keys sorted, no white space between tokens."""
    return "".join(_chunks(document))


def from_json(text: str) -> Document:
    """Read back what `to_json` wrote. Raises `NotADocument` for anything else, whoever made it."""
    try:
        body = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:  # a hundred thousand brackets exhaust the stack of Python's reader
        raise NotADocument(f"not JSON: {error}") from error
    # repr, because in Python True equals 1
    if not isinstance(body, dict) or body.keys() != {"memo", "document"} or repr(body["memo"]) != repr(VERSION):
        raise NotADocument(f"not a memo document of version {VERSION}")
    document = _node(body["document"], "document", 0)
    if not isinstance(document, Document):
        raise NotADocument("the outermost node is not a Document")
    return document


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
"""Every type of node by the name that it has in the JSON."""


@functools.cache
def _defaults(node_type: Any) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a node type, each with its default, `NODEFAULT` where a value must be given."""
    names, defaults = node_type.__struct_fields__, node_type.__struct_defaults__
    return tuple(zip(names, (NODEFAULT,) * (len(names) - len(defaults)) + defaults, strict=True))


# Writing


def _chunks(document: Document) -> Iterator[str]:
    """Yield the JSON of a whole document, a block at a time.

    Put together level by level, as nested nodes are, the text of a long document would be in memory several times.
    """
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
    """Write a value of the tree as JSON.

    It is written as it is met: turned into dicts and lists for `json.dumps` first, a long document takes up twice the
    memory.
    """
    kind: Any = type(value)
    if kind is str:
        return encode_basestring(value)  # as json.dumps with ensure_ascii=False, without what that does around it
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
def _members(node_type: Any) -> tuple[tuple[str, str, Any], ...]:
    """Return the members of a node's object, sorted: what opens each, the field that it shows, the field's default.

    One shows no field, and its opening is all of it: the ``type``.
    """
    fields = [(f'"{name}":', name, default) for name, default in _defaults(node_type)]
    return tuple(sorted([*fields, (f'"type":"{node_type.__name__}"', "", None)], key=lambda member: member[0]))


# Reading


_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold either (XML 1.0, 2.2 Char): control characters, lone surrogates."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Take in a JSON object, but none that names a member twice: one of the two would be hidden (RFC 8259, 4)."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise NotADocument("an object names the same member twice")
    return members


def _refuse_constant(name: str) -> None:
    """Refuse ``NaN`` and ``Infinity``, which Python's reader would take."""
    raise NotADocument(f"{name} is not JSON")


def _node(value: Any, where: str, depth: int) -> Any:
    """Turn a JSON value into what the tree holds: objects into nodes, arrays into tuples."""
    if depth > DEEPEST:
        # The path to what is too deep is itself as long as it is deep
        raise NotADocument(f"{where[:80]}...: nested more than {DEEPEST} deep")
    if isinstance(value, list):
        return tuple(_node(item, f"{where}[{index}]", depth + 1) for index, item in enumerate(value))
    if isinstance(value, str) and _NO_TEXT.search(value):
        raise NotADocument(f"{where}: a character that no document holds")
    if not isinstance(value, dict):
        return value
    node_type = _TYPES.get(str(value.get("type")))
    if node_type is None:
        raise NotADocument(f"{where}: no node type {value.get('type')!r}")
    fields = {name: _node(item, f"{where}.{name}", depth + 1) for name, item in value.items() if name != "type"}
    return _build(node_type, fields, where)


def _build(node_type: Any, fields: dict[str, Any], where: str) -> Any:
    """Make a node of its fields, if they are all there, each of the right type, and fit together."""
    fits = _field_tests()[node_type.__name__]
    for name, value in fields.items():
        if name not in fits:
            raise NotADocument(f"{where}: {node_type.__name__} has no field {name!r}")
        if not fits[name](value):
            raise NotADocument(f"{where}: {node_type.__name__} cannot hold that as its {name!r}")
    for name, default in _defaults(node_type):
        if default is NODEFAULT and name not in fields:
            raise NotADocument(f"{where}: {node_type.__name__} lacks {name!r}")
    node = node_type(**fields)
    if fault := _fault(node):
        raise NotADocument(f"{where}: {fault}")
    return node


_TypeTest = Callable[[Any], bool]
"""Tells of a value whether it is of some type."""


@functools.cache
def _field_tests() -> dict[str, dict[str, _TypeTest]]:
    """Return for each field of each node type a test of its values: worked out once, when first needed."""
    return {
        name: {field: _type_test(hint) for field, hint in typing.get_type_hints(node_type).items()}
        for name, node_type in _TYPES.items()
    }


def _type_test(hint: Any) -> _TypeTest:
    """Return a test of a type hint: no number passes for a text, no block for an inline, no third for two words."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        item = _type_test(inner[0])
        return lambda value: isinstance(value, tuple) and all(map(item, value))
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in inner
    if any(map(typing.get_origin, inner)):
        choices = [_type_test(choice) for choice in inner]
        return lambda value: any(choice(value) for choice in choices)
    kinds = frozenset(inner or (hint,))
    return lambda value: type(value) in kinds  # not isinstance, which takes True for a number


def _fault(node: Any) -> str:
    """Return what is wrong with a node whose fields are each of the right type; empty if nothing is."""
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
