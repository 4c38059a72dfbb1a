"""A style file -> `memo.style.Style`."""

from __future__ import annotations

import os
from pathlib import Path

from memo.declare import record
from memo.load.dossier import in_order
from memo.load.hints import Closest
from memo.load.nodes import read_nodes
from memo.load.reading import MISSING, Reading, Wanted, read
from memo.load.text import read_text
from memo.problem import Problem
from memo.style import Style


def load_style(path: Path, project: Path | None = None) -> tuple[Style, list[Problem]]:
    """Read the house style. Where there is no such file, or it says nothing, the style is the built-in one.

    What is badly said keeps its default, beside its problem: any of files and shapes in `memo.problem`.
    """
    if not os.path.lexists(path):
        return Style(), []
    source, problems = read_text(path, project)
    if source is None:
        return Style(), problems
    reading = Reading(source.path, Closest(), problems)
    root, found = read_nodes(source)
    reading.problems += found
    wanted = Wanted("the style", (), reading.root())
    style = MISSING if root is None else read(record(Style), root, wanted, reading)
    return Style() if style is MISSING else style, in_order(reading.problems)
