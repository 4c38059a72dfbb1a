"""Which version of a memo is meant: a delivered file, an edition, or what the project says now.

Two versions of a memo held against each other, and the redline written."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from memo.changes import compare
from memo.changes.resolve import accept, resolves_to
from memo.document.tree import Document
from memo.editions import frozen_files
from memo.facts.dossier import Facts
from memo.facts.formats import FORMATS
from memo.facts.style import Words
from memo.files import write
from memo.problem import Place, Problem, has_errors
from memo.project import Project, prepare

_EDITION = re.compile(r"([^/\\]+)/([1-9]\d*)")
FILES = (".pdf", ".docx")


class Version(Struct, frozen=True):
    """One version of a memo. ``name`` is how it is called on the command line; ``memo`` is empty where none is told."""

    name: str
    memo: str
    document: Document


Found = tuple[Version | None, list[Problem]]


def find(project: Project, name: str) -> Found:
    """The version that is called so: ``copy.pdf``, ``copy.docx``, ``MEMO/N``, or ``MEMO`` for its current state.

    A redline counts as the document that it leads to. Problems: those of reading the file or of the memo,
    unknown-edition, altered-edition, broken-register, bare-file.
    """
    if name.lower().endswith(FILES):
        return _delivered(name)
    if edition := _EDITION.fullmatch(name):
        document, problems = frozen_files.read_edition(project.folder, edition[1], int(edition[2]))
        return (Version(name, edition[1], document) if document else None), problems
    return current(project, name)


def current(project: Project, memo: str) -> Found:
    """A memo as the project has it now. Problems: only errors, where it cannot be composed or has some."""
    prepared = prepare(project, memo)
    if prepared.memo is None or has_errors(prepared.problems):
        return None, [problem for problem in prepared.problems if problem.severity == "error"]
    return Version(memo, memo, prepared.memo.composed.document), []


def newer(project: Project, old: Version) -> Found:
    """The current state of the memo that a version is of. Problems: untold-memo."""
    if old.memo in project.memos():
        return current(project, old.memo)
    names = project.memos()
    close = get_close_matches(old.memo or Path(old.name).stem, names, 1)
    hint = f"say which to hold it against, such as {(close or names or ['MEMO'])[0]}"
    why = f"is of a memo '{old.memo}', which this project does not have" if old.memo else "does not name its memo"
    return None, [Problem("untold-memo", f"{old.name} {why}", Place(old.name), hint)]


def both(project: Project, old: str, new: str | None) -> tuple[Version | None, Version | None, list[Problem]]:
    """The two versions to hold against each other: ``new`` is the current state of the same memo, if not given."""
    before, problems = find(project, old)
    if new is None and before is None:
        return None, None, problems
    after, found = newer(project, before) if new is None and before else find(project, str(new))
    return before, after, problems + found


def _delivered(name: str) -> Found:
    from memo.delivered import reread

    delivered, problems = reread(Path(name))
    if delivered is None:
        return None, problems
    if delivered.document is None:
        hint = "it was built with --bare: ask for the edition instead, such as MEMO/1"
        return None, [Problem("bare-file", "the file does not carry its document", Place(name), hint)]
    document = accept(delivered.document)
    return Version(name, document.metadata.name, document), []


SHOWING = tuple(name for name, format in FORMATS.items() if format.shows_changes)
"""The formats whose renderer shows what came and went."""


class Redline(Struct, frozen=True):
    """Two versions, and the new one's document with its changes since the old one marked."""

    old: Version
    new: Version
    document: Document


def redline(project: Project, old: str, new: str | None = None) -> tuple[Redline | None, list[Problem]]:
    """Hold two versions against each other, by their names (`memo.handover.versions`).

    The dossier of the newer memo tells sources and reasons; where the project lacks that memo, they are left out.
    """
    before, after, problems = both(project, old, new)
    if before is None or after is None:
        return None, problems
    words = project.style[0].words_for(after.document.metadata.language)
    document = compare(before.document, after.document, _facts(project, after.memo), words or Words())
    assert resolves_to(document, before.document, after.document), (
        "a redline does not lead from the old to the new document"
    )
    return Redline(before, after, document), problems


def _facts(project: Project, memo: str) -> Facts | None:
    if memo not in project.memos():
        return None
    template, _ = project.template(memo)
    return project.dossier(template.front_matter.dossier)[0] if template else None


def write_redline(document: Document, project: Project, path: Path) -> list[Problem]:
    """Write a redline to a file, in the format that its name says. Problems: no-redline, unwritable, the style's."""
    from memo.renderers import render

    format = next((one for one in SHOWING if path.suffix.lower() == f".{one}"), None)
    if format is None:
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
