"""Project folders made from a real one: a memo as it is, many memos on one dossier, a memo many times as long."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_INCLUDE = re.compile(r"""^\{%-?\s*include\s+["']([^"']+)["']\s*-?%\}""", re.MULTILINE)
_ONCE = re.compile(r"^\{\{\s*(?:sources|source_summary|likelihood_table|changes)\(.*?\}\}[ \t]*$", re.MULTILINE)
_OPENING = re.compile(
    r"(?P<before>\n\n|^(?:[-*]|\d+\.) +)(?P<words>(?!Table:)[A-Z][a-z]|\*\*|\{\{-? *(?:fact|actor)\()", re.MULTILINE
)


def copy(source: Path, name: str, target: Path) -> Path:
    """One memo of a project with its dossier, sections and style, in a folder of its own, which is returned."""
    shutil.copytree(source / "facts", target / "facts")
    shutil.copytree(source / "templates", target / "templates")
    for template in (target / "templates").glob("*.md"):
        if template.stem != name:
            template.unlink()
    return target


def many(source: Path, name: str, target: Path, count: int) -> Path:
    """A project of ``count`` memos like this one: the same facts, and other words around them in each.

    The words differ so that no tool can serve all memos from what it remembers of the first.
    """
    front_matter, body = _flat(copy(source, name, target), name)
    for number in range(count):
        _write(target, f"{name}-{number:03}", front_matter, vary(body, number))
    (target / "templates" / f"{name}.md").unlink()
    return target


def long(source: Path, name: str, target: Path, times: int) -> Path:
    """A project with this memo's text ``times`` over; what a memo has once, such as its sources, stands in the last."""
    front_matter, body = _flat(copy(source, name, target), name)
    text = "\n\n".join([_ONCE.sub("", vary(body, number)) for number in range(times - 1)] + [body])
    _write(target, name, front_matter, text)
    return target


def vary(body: str, number: int) -> str:
    """Template text with a few words of its own at the head of each paragraph and list item."""
    word = f"{chr(97 + number // 26 % 26)}{chr(97 + number % 26)}"
    return _OPENING.sub(rf"\g<before>In case {word}: \g<words>", body)


def _flat(project: Path, name: str) -> tuple[dict[str, object], str]:
    """A template's front matter, its strings as written, and its text with included sections in their place.

    What it demands of sections is left out: their ids are the names of the included files.
    """
    text = (project / "templates" / f"{name}.md").read_text("utf-8")
    found = _FRONT_MATTER.match(text)
    if found is None:
        raise ValueError(f"{name}.md has no front matter")
    front_matter = yaml.load(found[1], yaml.BaseLoader)
    front_matter.pop("sections", None)
    return front_matter, _included(project / "templates", text[found.end() :])


def _included(templates: Path, text: str) -> str:
    return _INCLUDE.sub(lambda found: _included(templates, (templates / found[1]).read_text("utf-8")), text)


def _write(project: Path, name: str, front_matter: dict[str, object], body: str) -> None:
    head = yaml.safe_dump(front_matter, allow_unicode=True, sort_keys=False)
    (project / "templates" / f"{name}.md").write_text(f"---\n{head}---\n{body}", "utf-8", newline="\n")
