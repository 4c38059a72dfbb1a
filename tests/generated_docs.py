"""The parts of the docs that are made from the code and the cases, so that they stay true.

A page holds ``<!-- generated: NAME -->`` ... ``<!-- end -->``; what stands between is one of `SECTIONS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click

from memo.cli import main
from memo.problem import CODES
from memo.schema import schema
from tests.cases import read_case

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_SECTION = re.compile(r"(<!-- generated: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def regenerated(page: str) -> str:
    """The page with every generated part made anew."""
    return _SECTION.sub(lambda found: f"{found[1]}\n{SECTIONS[found[2]]()}\n{found[3]}", page)


def commands() -> str:
    """Every command's help, as it prints it."""
    return "\n".join(f"## `{path}`\n\n```text\n{text}\n```\n" for path, text in _helps(main, "memo", None))


def problems() -> str:
    """A gallery: what each problem means, an example that gives it, and what memo says."""
    return "\n".join(_problem(code, meaning) for code, meaning in CODES.items())


def keys(kind: str) -> Callable[[], str]:
    """The keys of a kind of YAML file, mapping by mapping, from its schema."""

    def made() -> str:
        whole = schema(kind)  # type: ignore[arg-type]
        parts = [_key_table("At the top", whole, whole)]
        parts += [_key_table(name, part, whole) for name, part in whole.get("$defs", {}).items()]
        return "\n".join(part for part in parts if part)

    return made


SECTIONS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "problems": problems,
    "fact-sheet": keys("fact-sheet"),
    "style": keys("style"),
    "front-matter": keys("front-matter"),
}


def _helps(command: click.Command, name: str, parent: click.Context | None) -> list[tuple[str, str]]:
    settings = {**command.context_settings, "terminal_width": 100}
    context = click.Context(command, parent=parent, info_name=name, **settings)
    found = [(context.command_path, command.get_help(context))]
    if isinstance(command, click.Group):
        for inner in sorted(command.commands):
            found += _helps(command.commands[inner], inner, context)
    return found


def _problem(code: str, meaning: str) -> str:
    case = read_case(ROOT / "tests" / "problems" / f"{code}.txt")
    return f"## {code}\n\n{meaning} {case.prose}\n\n```text\n{case.expected.rstrip()}\n```\n"


def _key_table(name: str, part: dict, whole: dict) -> str:  # type: ignore[type-arg]
    rows = [
        f"| `{key}`{'' if key not in part.get('required', ()) else ' (needed)'} | {_shape(held, whole)} "
        f"| {held.get('description', '')} |"
        for key, held in part.get("properties", {}).items()
    ]
    if not rows:
        return ""
    lead = part.get("description", "") if name != "At the top" else ""
    head = ["| key | holds | |", "|---|---|---|"]
    return "\n".join([f"### {name}", "", *([lead, ""] if lead else []), *head, *rows, ""])


def _shape(held: dict, whole: dict) -> str:  # type: ignore[type-arg]
    """A schema's shape in a few words."""
    if "$ref" in held:
        return f"[{held['$ref'].rsplit('/', 1)[-1]}](#{held['$ref'].rsplit('/', 1)[-1].replace(' ', '-')})"
    if "anyOf" in held:
        options = (_shape(one, whole) for one in held["anyOf"] if one.get("type") != "null")
        return " or ".join(dict.fromkeys(options))
    if "enum" in held:
        options = dict.fromkeys(str(value) for value in held["enum"] if value is not None)
        return ", ".join(f"`{value}`" for value in options)
    kinds = held["type"] if isinstance(held.get("type"), list) else [held.get("type", "string")]
    if "array" in kinds:
        return f"a list: {_shape(held.get('items', {}), whole)}"
    if "object" in kinds:
        inner = held.get("additionalProperties")
        return f"a mapping to {_shape(inner, whole)}" if isinstance(inner, dict) else "a mapping"
    return {"string": "text", "number": "a number", "boolean": "true or false"}.get(kinds[0], kinds[0])
