"""A template file -> `memo.facts.front_matter.Template`."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from memo.facts.decode import UNREADABLE, Decoder
from memo.facts.file_text import FileText, read_text
from memo.facts.front_matter import FrontMatter, Template
from memo.problem import Place, Problem, by_place
from memo.suggest import Suggester, suggest

_FENCE = "---"
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
        fault = "is not closed by a second line '---'" if _is_fence(lines[0]) else "is missing"
        place = Place(source.path, 1, 1, max(1, len(lines[0])))
        return None, by_place([*problems, Problem("front-matter", f"the front matter {fault}", place, _EXAMPLE)])
    decoder = Decoder(source.path, Suggester(), problems)
    # A blank line for the opening fence, and below for all of the front matter, so that every place keeps its line.
    yaml_text = FileText(source.path, "\n".join(["", *lines[1:end]]))
    front_matter, _ = decoder.decode(yaml_text, FrontMatter, "the front matter")
    if front_matter is UNREADABLE:
        return None, by_place([_with_dossier(problem, project) for problem in decoder.problems])
    text = "\n".join([""] * (end + 1) + lines[end + 1 :])
    template = Template(path.stem, source.path, front_matter, text, decoder.places(), source.digest)
    return template, by_place(decoder.problems)


def _with_dossier(problem: Problem, project: Path | None) -> Problem:
    """Name the dossier that was meant, where one is named in a form that none can have."""
    named = re.match("'dossier' is '(.*)', which", problem.message)
    if problem.code != "bad-value" or not named or project is None:
        return problem
    try:
        folders = [folder.name for folder in (project / "facts").iterdir() if folder.is_dir()]
    except OSError:
        folders = []
    return replace(problem, hint=suggest(named[1], folders))


def _closing_fence(lines: list[str]) -> int | None:
    """Return the index of the line that closes the front matter; None where none is opened and closed."""
    if not _is_fence(lines[0]):
        return None
    return next((number for number, line in enumerate(lines) if number and _is_fence(line)), None)


def _is_fence(line: str) -> bool:
    return line.rstrip() == _FENCE
