"""Which version of a memo is meant: a delivered file, an edition, or what the project says now."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from memo import editions
from memo.compare import accepted
from memo.document import Document
from memo.frozen import frozen
from memo.problem import Place, Problem, has_errors
from memo.project import Project, prepare

_EDITION = re.compile(r"([^/\\]+)/([1-9]\d*)")
FILES = (".pdf", ".docx")


@frozen
class Version:
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
        document, problems = editions.read(project.folder, edition[1], int(edition[2]))
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
    from memo.reread import reread

    delivered, problems = reread(Path(name))
    if delivered is None:
        return None, problems
    if delivered.document is None:
        hint = "it was built with --bare: ask for the edition instead, such as MEMO/1"
        return None, [Problem("bare-file", "the file does not carry its document", Place(name), hint)]
    document = accepted(delivered.document)
    return Version(name, document.metadata.name, document), []
