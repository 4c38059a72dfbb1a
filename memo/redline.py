"""Two versions of a memo held against each other, and the redline written."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from memo.compare import compare, sound
from memo.document import Document
from memo.facts import Facts
from memo.frozen import frozen
from memo.problem import Place, Problem, has_errors
from memo.project import Project
from memo.style import Words
from memo.template import Format
from memo.versions import Version, both
from memo.write import write

SHOWING: tuple[Format, ...] = ("docx", "pdf")
"""The formats whose renderer shows what came and went."""


@frozen
class Redline:
    """Two versions, and the new one's document with its changes since the old one marked."""

    old: Version
    new: Version
    document: Document


def redline(project: Project, old: str, new: str | None = None) -> tuple[Redline | None, list[Problem]]:
    """Hold two versions against each other, by their names (`memo.versions`).

    The dossier of the newer memo tells sources and reasons; where the project lacks that memo, they are left out.
    """
    before, after, problems = both(project, old, new)
    if before is None or after is None:
        return None, problems
    words = project.style[0].words_for(after.document.metadata.language)
    document = compare(before.document, after.document, _facts(project, after.memo), words or Words())
    assert sound(document, before.document, after.document), "a redline does not lead from the old to the new document"
    return Redline(before, after, document), problems


def _facts(project: Project, memo: str) -> Facts | None:
    if memo not in project.memos():
        return None
    template, _ = project.template(memo)
    return project.dossier(template.front_matter.dossier)[0] if template else None


def write_redline(document: Document, project: Project, path: Path) -> list[Problem]:
    """Write a redline to a file, in the format that its name says. Problems: no-redline, unwritable, the style's."""
    from memo.renderers import render

    format = next((one for one in get_args(Format) if path.suffix.lower() == f".{one}"), None)
    if format not in SHOWING:
        hint = f"name a file that ends in .{' or .'.join(SHOWING)}"
        why = f"a {path.suffix or 'file without an ending'} cannot show a redline"
        return [Problem("no-redline", why, Place(path.as_posix()), hint)]
    style, problems = project.style
    house = project.house[0] if style.house_style else None
    rendered, found = render(document, style, format, house=house)
    problems = problems + found
    if has_errors(problems):
        return problems
    try:
        write(path, rendered.data)
    except OSError as error:
        why = f"cannot be written: {error.strerror or error}"
        problems = [*problems, Problem("unwritable", why, Place(path.as_posix()))]
    return problems
