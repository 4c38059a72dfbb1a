"""JSON Schemas (draft 2020-12) of what people write, made from the one declaration; editors complete and check by them.

A schema is never stricter than `memo.facts`: what loads is also valid. It is looser where JSON Schema cannot say it, as
with references between entries. Editors read YAML's plain ``2025`` as a number, so a text may be one where its form
allows.

``python -m memo.facts.schema`` writes the schemas that ship with memo anew, to ``memo/schema/``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from memo.facts import edtf
from memo.facts.declare import (
    ChoiceShape,
    DateShape,
    Entry,
    FlagShape,
    Form,
    ListShape,
    MappingShape,
    NumberShape,
    RecordShape,
    Shape,
    TextShape,
    record,
)
from memo.facts.dossier import Sheet
from memo.facts.front_matter import FrontMatter
from memo.facts.style import Style

Kind = Literal["fact-sheet", "style", "front-matter"]
KINDS: dict[Kind, type] = {"fact-sheet": Sheet, "style": Style, "front-matter": FrontMatter}
"""Each kind of YAML that people write, and what declares it."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ONE_DAY = "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$"
Schema = dict[str, Any]


def schema(kind: Kind) -> Schema:
    """The JSON Schema of a fact sheet, a style file or a memo's front matter."""
    shape = record(KINDS[kind])
    definitions: dict[str, Schema] = {}
    body = _record(shape, definitions)
    return {"$schema": DIALECT, **body, "$defs": dict(sorted(definitions.items()))}


def schema_json(kind: Kind) -> str:
    """The same as the text of a file; the same text for the same declaration."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def plain(value: Any) -> Any:
    """A value that `memo.facts` made, as what a YAML file would say of it: dicts by key, lists, texts, numbers.

    What is as it would be if left out is left out; so is the key that an entry stands under.
    """
    if isinstance(value, edtf.Date):
        return value.text
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    kind: type = type(value)
    if not issubclass(kind, Struct):
        return value
    given = ((entry, getattr(value, entry.name)) for entry in record(kind).entries.values())
    return {entry.key: plain(inner) for entry, inner in given if entry.needed or inner != entry.default}


def _record(shape: RecordShape, definitions: dict[str, Schema]) -> Schema:
    """An object with declared properties and no others."""
    return {
        "title": shape.noun,
        "description": shape.says,
        "type": "object",
        "properties": {key: _property(entry, definitions) for key, entry in shape.entries.items()},
        "required": list(shape.needed),
        "additionalProperties": False,
    }


def _property(entry: Entry, definitions: dict[str, Schema]) -> Schema:
    """One key of a record: what it is for, what it may hold, and what stands there where it is left out."""
    made = _shape(entry.shape, definitions)
    if not entry.needed:
        made = _or_nothing(made)
    described: Schema = {"description": describe(entry)} if describe(entry) else {}
    default = list(entry.default) if isinstance(entry.default, tuple) else entry.default
    if not entry.needed and isinstance(default, (str, float, bool, list, dict)) and default not in ("", [], {}):
        made = {**made, "default": default}
    return {**described, **made}


def describe(entry: Entry) -> str:
    """What a key is for: as declared, else as what it refers to or its default tells."""
    if entry.says:
        return entry.says
    if isinstance(entry.shape, RecordShape):
        return entry.shape.says
    if entry.needed or not isinstance(entry.default, (str, float, bool)) or entry.default == "":
        return ""
    return f"By default: {json.dumps(entry.default, ensure_ascii=False)}."


def _or_nothing(made: Schema) -> Schema:
    """The same, or nothing given."""
    if "$ref" in made:
        return {"anyOf": [made, {"type": "null"}]}
    if "enum" in made:
        return {**made, "enum": [*made["enum"], None]}
    kinds = made["type"] if isinstance(made["type"], list) else [made["type"]]
    return {**made, "type": [*kinds, "null"]}


def _shape(shape: Shape, definitions: dict[str, Schema]) -> Schema:
    """What a value of this shape may be."""
    match shape:
        case TextShape():
            return _text(shape)
        case ChoiceShape(options=options):
            return {"enum": [*options, *(int(option) for option in options if option.isdigit())]}
        case NumberShape(whole=whole, least=least, most=most):
            return {"type": "integer" if whole else "number", "minimum": least, "maximum": most}
        case FlagShape():
            return {"type": "boolean"}
        case DateShape(to_the_day=True):
            return {"type": "string", "pattern": _ONE_DAY}
        case DateShape():
            return {"type": ["string", "integer"], "pattern": edtf.PATTERN, "minimum": -9999, "maximum": 9999}
        case ListShape():
            return _list(shape, definitions)
        case MappingShape():
            return _mapping(shape, definitions)
        case RecordShape(noun=noun):
            name = noun.replace(" ", "-")
            if name not in definitions:
                definitions[name] = {}
                definitions[name] = _record(shape, definitions)
            return {"$ref": f"#/$defs/{name}"}


def _text(shape: TextShape) -> Schema:
    """A text; also a number or true and false where the form of the text allows what YAML reads as one."""
    kinds = [kind for kind, sample in (("number", "1"), ("boolean", "true")) if _may_be(sample, shape)]
    made: Schema = {"type": ["string", *kinds]}
    if shape.form:
        made["pattern"] = _whole(shape.form)
    elif shape.parts is not None:
        names = "|".join(shape.parts)
        made["pattern"] = rf"^(?![\s\S]*\{{(?!(?:{names})(?::[^{{}}|]*\|[^{{}}|]*)?\}})[^{{}}]*\}})"
    elif not shape.blank:
        made["pattern"] = r"\S"
    return made


def _may_be(sample: str, shape: TextShape) -> bool:
    return shape.form is None or re.fullmatch(shape.form.pattern, sample) is not None


def _whole(form: Form) -> str:
    return f"^(?:{form.pattern})$"


def _list(shape: ListShape, definitions: dict[str, Schema]) -> Schema:
    """An array."""
    made: Schema = {"type": "array", "items": _shape(shape.item, definitions)}
    if shape.distinct:
        made["uniqueItems"] = True
    if shape.most is not None:
        made |= {"minItems": shape.least, "maxItems": shape.most}
    return made


def _mapping(shape: MappingShape, definitions: dict[str, Schema]) -> Schema:
    """An object with keys of the writer's own, or one with a few that must all be there."""
    value = _shape(shape.value, definitions)
    if shape.keys:
        properties = dict.fromkeys(shape.keys, value)
        return {"type": "object", "properties": properties, "required": list(shape.keys), "additionalProperties": False}
    made: Schema = {"type": "object", "additionalProperties": value}
    return {**made, "propertyNames": {"pattern": _whole(shape.form)}} if shape.form else made


def write() -> None:
    """Write one ``.json`` file for each kind of YAML that people write."""
    for kind in KINDS:
        path = Path(__file__).parents[1] / "schema" / f"{kind}.json"
        path.write_text(schema_json(kind), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
