"""Two versions of a memo: which ones are meant, what changed from one to the other, and the redline that shows it.

A version is named by a delivered file (``copy.pdf``, ``copy.docx``), by an edition (``MEMO/2``), or by a memo
(``MEMO``), which stands for its current state.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from memo.changes import compare
from memo.changes.resolve import accept, resolves_to
from memo.document.tree import Document
from memo.editions import frozen_files
from memo.editions.register import parse_edition
from memo.facts.dossier import Facts
from memo.facts.formats import FORMATS
from memo.facts.style import Words
from memo.files import write_atomic
from memo.handover.wording import TextDifference
from memo.problem import Place, Problem, has_errors
from memo.project import Project, prepare
from memo.suggest import closest


class Version(Struct, frozen=True):
    """One version of a memo: the name that it was asked for by, its memo (empty where it names none), its document.

    ``agrees`` is false of a delivered file whose pages do not say what it carries, or may not; ``passages`` are the
    places where they do not, as the pages have them and as they should.
    """

    name: str
    memo: str
    document: Document
    agrees: bool = True
    passages: tuple[TextDifference, ...] = ()


class Redline(Struct, frozen=True):
    """Two versions, and the document of the new one with its changes since the old one marked and listed."""

    old: Version
    new: Version
    document: Document


def diff(project: Project, old: str, new: str | None = None) -> tuple[Redline | None, list[Problem]]:
    """Compare two versions, given by name; ``new`` is the current state of the memo that ``old`` is of, if not given.

    Sources and reasons are told by the dossier of the newer memo; where the project lacks that memo, they are left out.

    Problems: those of reading the files or of the memos, of which only errors are told; unknown-memo, untold-memo,
    unknown-edition, altered-edition, broken-register, bare-file; altered-file where the pages of a delivered file do
    not say what it carries: then only the latter is compared.
    """
    before, problems = find_version(project, old)
    if before is None and new is None:
        return None, problems
    after, found = _newer(project, before) if new is None and before else find_version(project, str(new))
    problems = problems + found
    if before is None or after is None:
        return None, problems
    words = project.style[0].words_for(after.document.metadata.language) or Words()
    document = compare(before.document, after.document, _facts(project, after.memo), words)
    # Accepting every change must give the new document, and rejecting every change the old one.
    assert resolves_to(document, before.document, after.document), (
        "a redline does not lead from the old to the new document"
    )
    return Redline(before, after, document), problems


def redline(project: Project, old: str, path: Path, new: str | None = None) -> tuple[Redline | None, list[Problem]]:
    """Compare two versions as `diff` does, and write the redline to a file, in the format that its name says.

    Nothing is written where the problems have errors: those of `diff` and of the style, no-redline, unwritable.
    """
    found, problems = diff(project, old, new)
    if found is None or has_errors(problems):
        return found, problems
    return found, problems + _write_redline(found.document, project, path)


# Which version is meant


def find_version(project: Project, name: str) -> tuple[Version | None, list[Problem]]:
    """Return the version of this name; of a delivered redline, the document that it leads to."""
    if name.lower().endswith((".pdf", ".docx")):
        return _delivered(project, name)
    if edition := parse_edition(name):
        document, problems = frozen_files.read_edition(project.folder, *edition)
        return (Version(name, edition[0], document) if document else None), problems
    return _current(project, name)


def _delivered(project: Project, name: str) -> tuple[Version | None, list[Problem]]:
    from memo.handover.returned_files import read_returned

    returned, problems = read_returned(project, Path(name))
    if returned is None:
        return None, problems
    # A redline carries both versions: it counts as the one that it leads to.
    document = accept(returned.document)
    return Version(name, document.metadata.name, document, not has_errors(problems), returned.passages), problems


def _current(project: Project, memo: str) -> tuple[Version | None, list[Problem]]:
    """Return a memo as the project has it now; where it has errors, only these are told."""
    prepared = prepare(project, memo)
    if prepared.memo is None or has_errors(prepared.problems):
        return None, [problem for problem in prepared.problems if problem.severity == "error"]
    return Version(memo, memo, prepared.memo.composed.document), []


def _newer(project: Project, old: Version) -> tuple[Version | None, list[Problem]]:
    """Return the current state of the memo that a version is of."""
    names = project.memos()
    if old.memo in names:
        return _current(project, old.memo)
    example = closest(old.memo or Path(old.name).stem, names) or next(iter(names), "MEMO")
    why = f"is of a memo '{old.memo}', which this project does not have" if old.memo else "does not name its memo"
    hint = f"say which to hold it against, such as {example}"
    return None, [Problem("untold-memo", f"{old.name} {why}", Place(old.name), hint)]


def _facts(project: Project, memo: str) -> Facts | None:
    template = project.template(memo)[0] if memo in project.memos() else None
    return project.dossier(template.front_matter.dossier)[0] if template else None


# Writing it

REDLINE_FORMATS = tuple(name for name, format in FORMATS.items() if format.shows_changes)
"""The formats whose renderer shows what was inserted and deleted."""


def _write_redline(document: Document, project: Project, path: Path) -> list[Problem]:
    from memo.renderers import render

    format = next((one for one in REDLINE_FORMATS if path.suffix.lower() == f".{one}"), None)
    if format is None:
        hint = f"name a file that ends in .{' or .'.join(REDLINE_FORMATS)}"
        why = f"a {path.suffix or 'file without an ending'} cannot show a redline"
        return [Problem("no-redline", why, Place(path.as_posix()), hint)]
    style, problems = project.style
    house = project.house[0] if style.house_style else None
    rendered, found = render(document, style, format, house=house)
    problems = problems + found
    if has_errors(problems):
        return problems
    try:
        write_atomic(path, rendered.data)
    except OSError as error:
        why = f"cannot be written: {error.strerror or error}"
        problems = [*problems, Problem("unwritable", why, Place(path.as_posix()))]
    return problems
