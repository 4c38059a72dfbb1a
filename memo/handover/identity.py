"""Which memo a file is, and which edition: by its bytes, else by the document in it, else by what its footer says.

An answer to a question about a delivered file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

from memo.delivered import Delivered
from memo.document.furniture import DIGEST_SHOWN
from memo.document.tree import Document
from memo.editions import frozen_files
from memo.editions.frozen_files import DOCUMENT, FrozenFacts
from memo.editions.register import Entry, latest
from memo.files import bytes_digest
from memo.problem import Problem
from memo.project import Project

By = Literal["bytes", "document", "footer", ""]
"""What a file's edition is known by: all of its bytes, the document that it carries, or what its pages say of that."""


class Frozen(Struct, frozen=True):
    """The edition that a file belongs to: each time it was handed over, and its frozen files.

    ``document`` and ``state`` are None where their file is not there as it was issued.
    """

    entries: tuple[Entry, ...]
    document: Document | None
    state: FrozenFacts | None

    @property
    def name(self) -> str:
        """``MEMO/N``."""
        return self.entries[0].edition

    def handed_over(self) -> tuple[str, ...]:
        """When and to whom, a line each."""
        return tuple(
            f"issued on {entry.date} to {'; '.join(entry.to)}{f' ({entry.note})' if entry.note else ''}"
            for entry in self.entries
        )


class Identity(Struct, frozen=True):
    """``memo`` is its name in the project, empty where that cannot be told; ``edition`` None where none was issued.

    ``project`` is the project's folder, None outside of any. ``by`` is what the edition was known by. ``document`` is
    what the file carries, else the edition's. ``newer`` is the name of an edition of the memo that came after.
    """

    project: Path | None = None
    memo: str = ""
    edition: Frozen | None = None
    by: By = ""
    document: Document | None = None
    newer: str = ""


def identify(delivered: Delivered, project: Project | None) -> tuple[Identity, list[Problem]]:
    """What a file is, as far as the project can tell. Problems: broken-register, altered-edition."""
    if project is None:
        return Identity(document=delivered.document), []
    entries, problems = frozen_files.issued(project.folder)
    found, by = _entry(delivered, entries)
    if found is None:
        memo = _named(delivered.document, project)
        return Identity(project.folder, memo, document=delivered.document), problems
    document, no_document = frozen_files.read_document(project.folder, found)
    state, no_state = frozen_files.read_facts(project.folder, found, lambda _: {})
    handed = tuple(entry for entry in entries if entry.edition == found.edition)
    newest = latest(entries, found.memo)
    newer = newest.edition if newest and newest.number > found.number else ""
    edition = Frozen(handed, document, state)
    told = Identity(project.folder, found.memo, edition, by, delivered.document or document, newer)
    return told, problems + no_document + no_state


def issued(delivered: Delivered, identity: Identity) -> Answer:
    """Whether the file is, byte for byte, one that was issued."""
    if identity.project is None:
        return Answer("unknown", f"whether it is what was issued cannot be told here: {IN_ITS_PROJECT}")
    if identity.edition is None:
        return Answer("no", "it is nothing that was issued from this project", _claimed(delivered))
    name, handed = identity.edition.name, identity.edition.handed_over()
    if identity.by == "bytes":
        return Answer("yes", f"it is byte for byte what was issued as {name}", handed)
    return Answer("no", f"it is not byte for byte what was issued as {name}", (_KNOWN[identity.by], *handed))


_KNOWN = {
    "document": "it carries that edition's document: it was saved again since, or altered, or built apart",
    "footer": "it carries no document, but its footer names that edition's: the file was rid of it, or is another",
}

IN_ITS_PROJECT = "ask in the project that it came from, or name that with -C"


def _claimed(delivered: Delivered) -> tuple[str, ...]:
    """What it says of itself against that. A redline shows two versions, and is neither."""
    document = delivered.document
    if document and (document.changes or document.earlier):
        return (_REDLINE,)
    number = document.metadata.edition if document else ""
    return (f"it calls itself edition {number}, which the register does not bear out",) if number else ()


_REDLINE = "it is a redline, which marks what changed from one version of the memo to another"


def _entry(delivered: Delivered, entries: list[Entry]) -> tuple[Entry | None, By]:
    """An entry of the edition that the file belongs to, and what that is known by."""
    for entry in entries:
        if delivered.digest in entry.files.values():
            return entry, "bytes"
    if delivered.carried:
        content = bytes_digest(delivered.carried.encode())
        return next((entry for entry in entries if entry.files.get(DOCUMENT) == content), None), "document"
    words = set(delivered.text.split())
    return next((entry for entry in entries if entry.files.get(DOCUMENT, " ")[:DIGEST_SHOWN] in words), None), "footer"


def _named(document: Document | None, project: Project) -> str:
    """The memo of the project that bears the document's reference and title, if just one does."""
    if document is None:
        return ""
    wanted = (document.metadata.reference, document.metadata.title)
    found = [name for name in project.memos() if _title(project, name) == wanted]
    return found[0] if len(found) == 1 else ""


def _title(project: Project, name: str) -> tuple[str, str]:
    template, _ = project.template(name)
    return (template.front_matter.reference, template.front_matter.title) if template else ("", "")


Told = Literal["yes", "no", "unknown"]


class Answer(Struct, frozen=True):
    """``words`` is the answer in a sentence, ``details`` what bears it out, a line each."""

    told: Told
    words: str
    details: tuple[str, ...] = ()


def count(number: int, word: str) -> str:
    """``1 fact``, ``2 facts``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
