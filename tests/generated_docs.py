"""The parts of the docs that are made from the code and the cases, so that they stay true.

A page holds ``<!-- generated: NAME -->`` ... ``<!-- end -->``; what stands between is one of `SECTIONS`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from memo.checks import ALL, Check
from memo.cli import main
from memo.facts.schema import schema
from memo.problem import CODES, usual_severity
from tests.cases import Case, read_case
from tests.planted import table

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "docs"))
import rooms  # noqa: E402

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
CHECK_PAGES = ROOT / "docs" / "checks"
_SECTION = re.compile(r"(<!-- generated: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def regenerated(page: str) -> str:
    """The page with every generated part made anew."""
    return _SECTION.sub(lambda found: f"{found[1]}\n{SECTIONS[found[2]]()}\n{found[3]}", page)


def commands() -> str:
    """Every command's help, as it prints it."""
    return "\n".join(f"## `{path}`\n\n```text\n{text}\n```\n" for path, text in _helps(main, "memo", None))


def problems() -> str:
    """A gallery: what each problem means, an example that gives it, and what memo says; without checks."""
    checks = {check.code for check in ALL}
    return "\n".join(_problem(code, meaning) for code, meaning in CODES.items() if code not in checks)


def checks() -> str:
    """Every check with its severity and what it finds, and the way to its page."""
    rows = [f"| [{c.code}](checks/{c.code}.md) | {usual_severity(c.code)} | {CODES[c.code]} |" for c in ALL]
    return "\n".join(("| check | severity | finds |", "|---|---|---|", *rows))


def check_page(check: Check[Any]) -> str:
    """A check's own page: the rule and why it matters, an example that fails, and one that passes."""
    failing, passing = (read_case(ROOT / "tests" / folder / f"{check.code}.txt") for folder in ("problems", "passes"))
    facts = [f"Usually {_an(usual_severity(check.code))}."]
    facts += ["Needs `--articles`."] * (check.needs == "articles")
    facts += ["Needs an earlier state to compare with: `--against`, or an edition."] * (check.needs == "earlier")
    facts += ["Knows only English."] * check.english
    facts += [] if check.waivable else ["Cannot be waived: no sound file could be written."]
    parts = (f"# {check.code}", CODES[check.code], check.explanation, " ".join(facts))
    return "\n\n".join((*parts, "## Fails", _example(failing), "## Passes", _example(passing))) + "\n"


def keys(kind: str) -> Callable[[], str]:
    """The keys of a kind of YAML file, mapping by mapping, from its schema."""

    def made() -> str:
        whole = schema(kind)  # type: ignore[arg-type]
        parts = [_key_table("At the top", whole, whole)]
        parts += [_key_table(name, part, whole) for name, part in whole.get("$defs", {}).items()]
        return "\n".join(part for part in parts if part)

    return made


SECTIONS: dict[str, Callable[[], str]] = {
    "rooms": rooms.table,
    "commands": commands,
    "problems": problems,
    "checks": checks,
    "recall": lambda: table.tables(table.read()),
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


def _an(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _example(case: Case) -> str:
    """What a case says, the files that it lays over the base project, and what is printed."""
    files = (
        f"`{name}`:\n\n```{_LANGUAGES[Path(name).suffix]}\n{text.rstrip()}\n```" for name, text in case.files.items()
    )
    return "\n\n".join((case.prose, *files, f"```text\n{case.expected.rstrip()}\n```"))


_LANGUAGES = {".yaml": "yaml", ".md": "markdown", ".txt": "text"}


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
