"""A style file -> `memo.facts.style.Style`, and the house style that it names."""

from __future__ import annotations

import os
from pathlib import Path

from memo.facts.declare import record
from memo.facts.decode import MISSING, Reading, Wanted, read
from memo.facts.file_text import read_text
from memo.facts.sheet_places import SheetPlaces
from memo.facts.sheets import in_order
from memo.facts.style import HouseFile, Style, StyleFile
from memo.facts.yaml_nodes import read_nodes
from memo.problem import Problem
from memo.suggest import Closest


def load_style(path: Path, project: Path | None = None) -> tuple[Style, list[Problem]]:
    """Read the house style. Where there is no such file, or it says nothing, the style is the built-in one.

    What is badly said keeps its default, beside its problem: any of files and shapes in `memo.problem`.
    """
    file, _, problems = _read_style(path, project)
    return file.style, problems


def load_house(path: Path, project: Path | None = None) -> tuple[HouseFile | None, list[Problem]]:
    """The Word file that this style file names: None where it names none, or one that cannot serve
    (``bad-house-style``, at the place that names it)."""
    file, places, _ = _read_style(path, project)
    return _house(file.style, places, path, project)


def load_style_file(path: Path, project: Path | None = None) -> tuple[StyleFile, list[Problem]]:
    """Both of these at one reading, and all their problems."""
    file, places, problems = _read_style(path, project)
    house, more = _house(file.style, places, path, project)
    return StyleFile(file.style, house, file.digest), problems + more


def _house(
    style: Style, places: SheetPlaces, path: Path, project: Path | None
) -> tuple[HouseFile | None, list[Problem]]:
    """What looks a Word file through is loaded only where there is one."""
    if not style.house_style:
        return None, []
    from memo.facts.house_file import read_house

    return read_house(path.with_name(style.house_style), places[("house_style",)], project)


def _read_style(path: Path, project: Path | None) -> tuple[StyleFile, SheetPlaces, list[Problem]]:
    if not os.path.lexists(path):
        return StyleFile(Style()), SheetPlaces(), []
    source, problems = read_text(path, project)
    if source is None:
        return StyleFile(Style()), SheetPlaces(), problems
    reading = Reading(source.path, Closest(), problems)
    root, found = read_nodes(source)
    reading.problems += found
    wanted = Wanted("the style", (), reading.root())
    style = MISSING if root is None else read(record(Style), root, wanted, reading)
    file = StyleFile(Style() if style is MISSING else style, digest=source.digest)
    return file, SheetPlaces(reading.marks), in_order(reading.problems)
