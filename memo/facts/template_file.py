"""A template file -> `memo.facts.front_matter.Template`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from memo.facts.declare import record
from memo.facts.decode import MISSING, Reading, Wanted, read
from memo.facts.file_text import FileText, read_text
from memo.facts.front_matter import FrontMatter, Template
from memo.facts.sheet_places import SheetPlaces
from memo.facts.sheets import in_order
from memo.facts.yaml_nodes import read_nodes
from memo.problem import Place, Problem
from memo.suggest import Closest

FENCE = "---"
_EXAMPLE = "a memo begins with a line '---', then its title, to, from, date and dossier, then another line '---'"


def load_template(path: Path, project: Path | None = None) -> tuple[Template | None, list[Problem]]:
    """Read a memo's template: its front matter, and its text with the front matter's lines left blank.

    None where there is no usable front matter. Problems: front-matter, and any of files and shapes in `memo.problem`.
    Bad characters in the text are reported and replaced, so no text can hold what compose uses as tokens.
    """
    source, problems = read_text(path, project)
    if source is None:
        return None, problems
    lines = source.text.split("\n")
    end = _closing_fence(lines)
    if end is None:
        what = "is not closed by a second line '---'" if _is_fence(lines[0]) else "is missing"
        place = Place(source.path, 1, 1, max(1, len(lines[0])))
        return None, in_order([*problems, Problem("front-matter", f"the front matter {what}", place, _EXAMPLE)])
    reading = Reading(source.path, Closest(), problems)
    front_matter = _read_front_matter(FileText(source.path, "\n".join(["", *lines[1:end]])), reading)
    if front_matter is MISSING:
        return None, in_order(reading.problems)
    text = "\n".join([""] * (end + 1) + lines[end + 1 :])
    places = SheetPlaces(reading.marks)
    template = Template(path.stem, source.path, front_matter, text, places, source.digest)
    return template, in_order(reading.problems)


def _closing_fence(lines: list[str]) -> int | None:
    """The index of the line that closes the front matter; None where none is opened and closed."""
    if not _is_fence(lines[0]):
        return None
    return next((number for number, line in enumerate(lines) if number and _is_fence(line)), None)


def _is_fence(line: str) -> bool:
    return line.rstrip() == FENCE


def _read_front_matter(source: FileText, reading: Reading) -> Any:
    """The front matter's values, at their true lines."""
    root, found = read_nodes(source)
    reading.problems += found
    wanted = Wanted("the front matter", (), reading.root())
    return MISSING if root is None else read(record(FrontMatter), root, wanted, reading)
