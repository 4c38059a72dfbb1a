"""JSON Schemas (draft 2020-12) of what people write, made from the one declaration; editors complete and check by them.

A schema is never stricter than `memo.facts`: what loads is also valid. It is looser where JSON Schema cannot say it, as
with references between entries. Editors read YAML's plain ``2025`` as a number, so a text may be one where its form
allows.

``python -m memo.facts.schema`` writes the schemas that ship with memo anew, to ``memo/schema/``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal

from memo.facts import declare, edtf
from memo.facts.amounts import AMOUNT_PATTERN
from memo.facts.dossier import Sheet
from memo.facts.front_matter import FrontMatter
from memo.facts.style import Style

Kind = Literal["fact-sheet", "style", "front-matter"]
KINDS: dict[Kind, type] = {"fact-sheet": Sheet, "style": Style, "front-matter": FrontMatter}
"""Each kind of YAML that people write, and the type that declares it."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ONE_DAY = "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$"
Schema = dict[str, Any]


def schema(kind: Kind) -> Schema:
    """Return the JSON Schema of a fact sheet, a style file or a memo's front matter."""
    definitions: dict[str, Schema] = {}
    body = _object(declare.shape_of(KINDS[kind]), definitions)
    return {"$schema": DIALECT, **body, "$defs": dict(sorted(definitions.items()))}


def schema_json(kind: Kind) -> str:
    """Return a schema as the text of a file; the same text for the same declaration."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def _object(shape: declare.StructShape, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of an object with the declared properties and no others."""
    return {
        "title": shape.noun,
        "description": shape.description,
        "type": "object",
        "properties": {key: _property(declared, definitions) for key, declared in shape.properties.items()},
        "required": list(shape.required),
        "additionalProperties": False,
    }


def _property(declared: declare.Property, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of one key, with what it is for and its default."""
    result = _shape(declared.shape, definitions)
    if not declared.required:
        result = _or_null(result)
    described: Schema = {"description": describe(declared)} if describe(declared) else {}
    default = list(declared.default) if isinstance(declared.default, tuple) else declared.default
    if not declared.required and isinstance(default, (str, float, bool, list, dict)) and default not in ("", [], {}):
        result = {**result, "default": default}
    return {**described, **result}


def describe(declared: declare.Property) -> str:
    """Say what a key is for: its own description, else that of the mapping under it, else its default."""
    if declared.description:
        return declared.description
    if isinstance(declared.shape, declare.StructShape):
        return declared.shape.description
    if declared.required or not isinstance(declared.default, (str, float, bool)) or declared.default == "":
        return ""
    return f"By default: {json.dumps(declared.default, ensure_ascii=False)}."


def _or_null(result: Schema) -> Schema:
    """Allow null as well: a key with nothing after it counts as left out."""
    if "$ref" in result:
        return {"anyOf": [result, {"type": "null"}]}
    if "enum" in result:
        return {**result, "enum": [*result["enum"], None]}
    kinds = result["type"] if isinstance(result["type"], list) else [result["type"]]
    return {**result, "type": [*kinds, "null"]}


def _shape(shape: declare.Shape, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a value of this shape; that of a declared type goes into ``definitions``."""
    match shape:
        case declare.TextShape():
            return _text(shape)
        case declare.ChoiceShape(options=options):
            # An editor reads the plain 2 of ``credibility: 2`` as a number.
            return {"enum": [*options, *(int(option) for option in options if option.isdigit())]}
        case declare.NumberShape(whole=whole, least=least, most=most):
            return {"type": "integer" if whole else "number", "minimum": least, "maximum": most}
        case declare.FlagShape():
            return {"type": "boolean"}
        case declare.DateShape(to_the_day=True):
            return {"type": "string", "pattern": _ONE_DAY}
        case declare.DateShape():
            return {"type": ["string", "integer"], "pattern": edtf.PATTERN, "minimum": -9999, "maximum": 9999}
        case declare.ListShape():
            return _array(shape, definitions)
        case declare.MappingShape():
            return _mapping(shape, definitions)
        case declare.StructShape(noun=noun):
            name = noun.replace(" ", "-")
            if name not in definitions:
                definitions[name] = {}  # so that a type within itself does not come here for ever
                definitions[name] = _object(shape, definitions)
            return {"$ref": f"#/$defs/{name}"}


def _text(shape: declare.TextShape) -> Schema:
    """Return the schema of a text; also of a number or a flag where the text's form allows what YAML reads as one."""
    if shape.amount:
        return {"type": ["string", "number"], "pattern": AMOUNT_PATTERN}
    kinds = [
        kind
        for kind, sample in (("number", "1"), ("boolean", "true"))
        if shape.form is None or re.fullmatch(shape.form.pattern, sample)
    ]
    result: Schema = {"type": ["string", *kinds]}
    if shape.form:
        result["pattern"] = _anchored(shape.form)
    elif shape.parts is not None:
        # No brace may open anything but a part that the pattern has, alone or with a choice of words after a colon.
        names = "|".join(shape.parts)
        result["pattern"] = rf"^(?![\s\S]*\{{(?!(?:{names})(?::[^{{}}|]*\|[^{{}}|]*)?\}})[^{{}}]*\}})"
    elif not shape.blank:
        result["pattern"] = r"\S"
    return result


def _anchored(form: declare.Form) -> str:
    # JSON Schema looks for a pattern anywhere in a text (draft 2020-12, 6.3.3), we match all of it.
    return f"^(?:{form.pattern})$"


def _array(shape: declare.ListShape, definitions: dict[str, Schema]) -> Schema:
    result: Schema = {"type": "array", "items": _shape(shape.item, definitions)}
    if shape.distinct:
        result["uniqueItems"] = True
    if shape.most is not None:
        result |= {"minItems": shape.least, "maxItems": shape.most}
    return result


def _mapping(shape: declare.MappingShape, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of an object with keys of the writer's own, or with a few that must all be there."""
    value = _shape(shape.value, definitions)
    if shape.keys:
        properties = dict.fromkeys(shape.keys, value)
        return {"type": "object", "properties": properties, "required": list(shape.keys), "additionalProperties": False}
    result: Schema = {"type": "object", "additionalProperties": value}
    return {**result, "propertyNames": {"pattern": _anchored(shape.form)}} if shape.form else result


def write() -> None:
    """Write one ``.json`` file for each kind of YAML that people write."""
    for kind in KINDS:
        path = Path(__file__).parents[1] / "schema" / f"{kind}.json"
        path.write_text(schema_json(kind), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
