"""Editors that know the shipped schemas help with what `memo.facts` will take."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from memo.cli import main
from memo.facts.declare import ListShape, MappingShape, Shape, StructShape, shape_of, to_yaml_data
from memo.facts.schema import KINDS, Kind, describe, schema, schema_json
from memo.facts.sheets import load_dossier
from memo.facts.style_file import load_style_file
from memo.facts.template_file import load_template
from memo.problem import Problem

PROJECT = Path(__file__).parent.parent
SHIPPED = PROJECT / "memo" / "schema"


class Editor(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML as editors do: the core schema of YAML 1.2 (10.3.2)."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


CORE = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}


def _whole_number(_: Any, node: Any) -> int:
    return int(node.value, 0 if node.value[:2] in ("0x", "0o") else 10)


for name, pattern in CORE.items():
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"^(?:{pattern})$"), None)
Editor.add_constructor("tag:yaml.org,2002:int", _whole_number)


def as_editors_read(text: str) -> Any:
    return _text_keys(yaml.load(text, Loader=Editor))


def _text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _text_keys(inner) for key, inner in value.items()}
    return [_text_keys(inner) for inner in value] if isinstance(value, list) else value


def valid(kind: Kind, text: str) -> bool:
    validator = jsonschema.Draft202012Validator(schema(kind))
    return not list(validator.iter_errors(as_editors_read(text)))


def loads(kind: Kind, text: str, folder: Path) -> list[Problem]:
    path = folder / "d" / "a.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{text}---\n" if kind == "front-matter" else text, encoding="utf-8")
    if kind == "fact-sheet":
        return load_dossier(path.parent, folder)[1]
    return load_style_file(path, folder)[1] if kind == "style" else load_template(path, folder)[1]


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schema_is_the_declared_one(kind: Kind) -> None:
    """After a change to what people may write, run ``python -m memo.facts.schema`` to write the shipped files anew."""
    assert (SHIPPED / f"{kind}.json").read_text(encoding="utf-8") == schema_json(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_a_json_schema(kind: Kind) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_named_with_what_it_is_for(kind: Kind) -> None:
    declared = shape_of(KINDS[kind])
    undescribed = [f"{shape.noun}.{key}" for shape in _structs(declared) for key in shape.properties
                   if not describe(shape.properties[key])]  # fmt: skip
    assert undescribed == []
    described = [found["description"] for found in _objects(schema(kind)) if "description" in found]
    assert len(described) >= sum(len(shape.properties) + 1 for shape in _structs(declared))


def _structs(shape: Shape) -> list[StructShape]:
    found: dict[str, StructShape] = {}
    todo: list[Shape] = [shape]
    while todo:
        match todo.pop():
            case ListShape(item=inner) | MappingShape(value=inner):
                todo.append(inner)
            case StructShape() as inner if inner.noun not in found:
                found[inner.noun] = inner
                todo += [declared.shape for declared in inner.properties.values()]
    return list(found.values())


def _objects(value: Any) -> list[dict[str, Any]]:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return ([value] if isinstance(value, dict) else []) + [found for one in inner for found in _objects(one)]


SHEET = """\
subjects: [nato]
sources:
  report:
    type: report
    label: 2025
    URL: https://example.org/a?b=c
    issued: 2025
    accessed: 2026-01
    origin: office
    reliability: B
    descriptor: A report.
    language: az
actors:
  nato: {name: NATO, also: [the Alliance, 30]}
facts:
  talks:
    kind: quantity
    claim: Talks go on.
    value: {amount: 600, unit: true, qualifier: about}
    support:
      - {source: report, locator: 9, quote: "Talks", credibility: 2}
    date: -0044
    due: 2026-01-21/2026-01-22
    note:
    allow: {vague-hedge: It is meant so.}
    revised: {date: "2026-01-24", reason: A figure was corrected.}
    as_of: 2026-01-23
"""
STYLE = """\
page: {size: Letter, margin-left-mm: 30, margin-top-mm: 22.5}
colours: {text: "#000000"}
tables: {banded: true}
words: {de: {page: "Seite {page} von {pages}", seasons: [Frühling, Sommer, Herbst, Winter]}}
"""
FRONT = """\
title: 1984
to: Director
from: Desk
date: 2026-01-30
dossier: talks
formats: [pdf]
sections: [risks]
reference: 12
"""
GOOD: dict[Kind, str] = {"fact-sheet": SHEET, "style": STYLE, "front-matter": FRONT}


@pytest.mark.parametrize("kind", KINDS)
def test_what_loads_is_valid(kind: Kind, tmp_path: Path) -> None:
    assert loads(kind, GOOD[kind], tmp_path) == []
    assert valid(kind, GOOD[kind])


def test_the_sheets_and_memos_of_this_project_are_valid() -> None:
    for path in sorted((PROJECT / "facts").glob("*/*.yaml")):
        assert valid("fact-sheet", path.read_text(encoding="utf-8")), path.name
    for path in sorted((PROJECT / "templates").glob("*.md")):
        assert valid("front-matter", path.read_text(encoding="utf-8").split("---\n")[1]), path.name
    for path in sorted((PROJECT / "templates").glob("style.yaml")):
        assert valid("style", path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize(
    ("kind", "instead_of", "mistake"),
    [
        ("fact-sheet", "subjects:", "subject:"),
        ("fact-sheet", "subjects: [nato]", "subjects: nato"),
        ("fact-sheet", "subjects: [nato]", "subjects: [nato, nato]"),
        ("fact-sheet", "kind: quantity", "kind: guess"),
        ("fact-sheet", "kind: quantity", "kind:"),
        ("fact-sheet", "claim: Talks go on.", "claim: ''"),
        ("fact-sheet", "claim: Talks go on.", "claim: [a]"),
        ("fact-sheet", "claim: Talks", "clam: Talks"),
        ("fact-sheet", "  talks:", "  Talks:"),
        ("fact-sheet", "as_of: 2026-01-23", "as_of: 23.01.2026"),
        ("fact-sheet", "as_of: 2026-01-23", "as_of: 2026-13"),
        ("fact-sheet", "as_of: 2026-01-23", "as_of: 20266"),
        ("fact-sheet", "as_of: 2026-01-23", "as_of: ../.."),
        ("fact-sheet", "credibility: 2", "credibility: 7"),
        ("fact-sheet", "amount: 600", "amount: many"),
        ("fact-sheet", "reliability: B", "reliability: G"),
        ("fact-sheet", "https://", "ftp://"),
        ("fact-sheet", "type: report", "type: newspaper"),
        ("fact-sheet", ", quote: \"Talks\"", ""),
        ("fact-sheet", ", reason: A figure was corrected.", ""),
        ("style", "size: Letter", "size: A5"),
        ("style", "margin-left-mm: 30", "margin-left-mm: 300"),
        ("style", "margin-left-mm: 30", "margin-left-mm: '30'"),
        ("style", "banded: true", "banded: yes"),
        ("style", "#000000", "black"),
        ("style", "{page} von", "{seite} von"),
        ("style", "Frühling, ", ""),
        ("style", "tables:", "table:"),
        ("style", "words:", "words: {reliability: x}\nx:"),
        ("front-matter", "title: 1984\n", ""),
        ("front-matter", "from:", "sender:"),
        ("front-matter", "date: 2026-01-30", "date: 2026-01"),
        ("front-matter", "dossier: talks", "dossier: ../talks"),
        ("front-matter", "formats: [pdf]", "formats: []"),
        ("front-matter", "formats: [pdf]", "formats: [odt]"),
    ],
)  # fmt: skip
def test_what_the_schema_refuses_does_not_load_either(
    kind: Kind, instead_of: str, mistake: str, tmp_path: Path
) -> None:
    assert instead_of in GOOD[kind]
    text = GOOD[kind].replace(instead_of, mistake, 1)
    assert loads(kind, text, tmp_path) != []
    assert not valid(kind, text)


def test_what_was_loaded_can_be_written_as_it_was(tmp_path: Path) -> None:
    """`to_yaml_data` is the way back: load, write, load again, and the same facts stand there."""
    folder = PROJECT / "facts" / "azerbaijan-nato"
    facts, _ = load_dossier(folder)
    sections = {name: to_yaml_data(getattr(facts, name)) for name in ("subjects", "sources", "actors", "facts")}
    assert sections["facts"]
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "all.yaml").write_text(yaml.safe_dump(sections, allow_unicode=True), encoding="utf-8")
    again, problems = load_dossier(tmp_path / "d")
    assert problems == []
    assert (again.facts, again.sources, again.actors) == (facts.facts, facts.sources, facts.actors)


scalars = st.sampled_from(
    ["no", "yes", "true", "~", "", "0", "2", "-5", "1.10", "1e3", "0x1F", "2025", "202X", "2026-01-21", "2026-01-21?",
     "null", "a", "A", "kebab-case", "en-GB", "two words", "'1'", '""', "[]", "[a]", "[a, a]", "{}",
     "{a: b}", "'#000000'", ".5", "'{page}'"]
)  # fmt: skip
places = {
    kind: [match.start() for match in re.finditer(r"(?<=: )[^\s{\[][^,}\n]*", text)] for kind, text in GOOD.items()
}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_schema_refuses_what_loads(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever stands in place of a value: if it loads, editors do not complain."""
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    start = data.draw(st.sampled_from(places[kind]))
    end = re.compile(r"[,}\n]").search(GOOD[kind], start)
    assert end
    text = GOOD[kind][:start] + data.draw(scalars) + GOOD[kind][end.start() :]
    if not loads(kind, text, tmp_path_factory.mktemp("p")):
        assert valid(kind, text), text


@pytest.mark.parametrize("kind", KINDS)
def test_every_pattern_is_one_that_javascript_takes(kind: Kind) -> None:
    """ECMA 262 (22.2.1): in Unicode mode, only characters that have a meaning may be escaped; and no Python extras."""
    patterns = re.findall(r'"pattern": (".*?(?<!\\)(?:\\\\)*")', schema_json(kind))
    assert patterns
    for pattern in map(json.loads, patterns):
        assert set(re.findall(r"\\(.)", pattern)) <= set(r"^$\.*+?()[]{}|/-dDsSwWbB"), pattern
        assert not re.search(r"\(\?(?![:=!]|<[=!])|[*+?}]\+", pattern), pattern


def test_schemas_are_written_for_use_elsewhere(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "--write", str(tmp_path / "schemas")])
    assert result.exit_code == 0
    for kind in KINDS:
        assert (tmp_path / "schemas" / f"{kind}.json").read_text("utf-8") == schema_json(kind)


def test_where_schemas_cannot_be_written_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "style.json").mkdir()
    result = CliRunner().invoke(main, ["schema", "--write", str(tmp_path)])
    assert result.exit_code == 1
    assert "style.json cannot be replaced: a folder stands in its place" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["style.json"]
