"""Which memo and edition a delivered file is, and whether it is the very file that was issued.

The first of the three questions that `memo.handover.verification` asks; the form of an answer to any of them stands
here, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from memo.delivered import Delivered
from memo.document.furniture import DIGEST_SHOWN
from memo.document.tree import Document
from memo.editions import frozen_files
from memo.editions.register import Entry, latest
from memo.files import text_digest
from memo.problem import Problem
from memo.project import Project

Verdict = Literal["yes", "no", "unknown"]


class Answer(Struct, frozen=True):
    """An answer to one question: the verdict, the same in a sentence, and what bears it out, a line each."""

    verdict: Verdict
    text: str
    details: tuple[str, ...] = ()


KnownBy = Literal["bytes", "document", "footer", ""]
"""What a file's edition is known by: all of its bytes, the document inside, or the digest of that in the footer."""


class IssuedEdition(Struct, frozen=True):
    """The edition that a file belongs to: an entry for each time that it was handed over, and its frozen files.

    ``document`` and ``state`` are None where their file is not as it was issued.
    """

    entries: tuple[Entry, ...]
    document: Document | None
    state: frozen_files.FrozenFacts | None

    @property
    def name(self) -> str:
        """Return ``MEMO/N``."""
        return self.entries[0].edition

    def handovers(self) -> tuple[str, ...]:
        """Tell when and to whom it was handed over, a line for each time."""
        return tuple(
            f"issued on {entry.date} to {'; '.join(entry.to)}{f' ({entry.note})' if entry.note else ''}"
            for entry in self.entries
        )


class Identity(Struct, frozen=True):
    """What is known of a file in a project.

    ``project`` is the project's folder, None outside of any. ``memo`` is the memo's name in the project, empty where
    that cannot be told. ``edition`` is None where the file belongs to none, ``known_by`` says how it was recognised,
    and ``newer`` names the newest edition of the memo where that is a later one. ``document`` is what the file carries,
    else what its edition says, else None. ``begins_as`` is the edition whose file it was, byte for byte, before updates
    were appended to it, as a signature is; empty where it was none.
    """

    project: Path | None = None
    memo: str = ""
    edition: IssuedEdition | None = None
    known_by: KnownBy = ""
    document: Document | None = None
    newer: str = ""
    begins_as: str = ""


def identify(delivered: Delivered, project: Project | None) -> tuple[Identity, list[Problem]]:
    """Find the memo and the edition of a file, as far as the project knows them.

    Problems: broken-register, altered-edition.
    """
    if project is None:
        return Identity(document=delivered.document), []
    entries, problems = frozen_files.read_register(project.folder)
    entry, known_by = _find_entry(delivered, entries)
    begins_as = next((one.edition for one in entries if set(delivered.earlier) & set(one.files.values())), "")
    if entry is None:
        memo = _find_memo(delivered.document, project)
        return Identity(project.folder, memo, document=delivered.document, begins_as=begins_as), problems
    document, no_document = frozen_files.read_document(project.folder, entry)
    state, no_state = frozen_files.read_facts(project.folder, entry, lambda _: {})
    same = tuple(other for other in entries if other.edition == entry.edition)
    newest = latest(entries, entry.memo)
    newer = newest.edition if newest and newest.number > entry.number else ""
    edition = IssuedEdition(same, document, state)
    known = Identity(project.folder, entry.memo, edition, known_by, delivered.document or document, newer, begins_as)
    return known, problems + no_document + no_state


def _find_entry(delivered: Delivered, entries: Sequence[Entry]) -> tuple[Entry | None, KnownBy]:
    """Return an entry of the edition that the file belongs to, and what that is known by."""
    # Only this is proof: anyone who can build a memo can make a file whose pages and inside agree.
    for entry in entries:
        if delivered.digest in entry.files.values():
            return entry, "bytes"
    digests = [(entry, entry.files.get(frozen_files.DOCUMENT, " ")) for entry in entries]
    if delivered.embedded_json:
        embedded = text_digest(delivered.embedded_json)
        return next((entry for entry, digest in digests if digest == embedded), None), "document"
    # A bare file: its footer bears the first digits of the digest of the document that was left out.
    words = set(delivered.text.split())
    return next((entry for entry, digest in digests if digest[:DIGEST_SHOWN] in words), None), "footer"


def _find_memo(document: Document | None, project: Project) -> str:
    """Return the memo that has the document's reference and title; empty unless there is just one."""
    if document is None:
        return ""
    wanted = (document.metadata.reference, document.metadata.title)
    found = [name for name in project.memos() if _reference_and_title(project, name) == wanted]
    return found[0] if len(found) == 1 else ""


def _reference_and_title(project: Project, name: str) -> tuple[str, str]:
    template, _ = project.template(name)
    return (template.front_matter.reference, template.front_matter.title) if template else ("", "")


# Is it what was issued?

ASK_IN_PROJECT = "ask in the project that it came from, or name that with -C"

_NOT_THE_BYTES = {
    "document": "it carries that edition's document: it was saved again since, or altered, or built apart",
    "footer": "it carries no document, but its footer names that edition's: the file was rid of it, or is another",
    "print": "it carries nothing of memo's, but its footer names that edition: it was printed or converted from a copy",
}


def answer_issued(delivered: Delivered, identity: Identity) -> Answer:
    """Answer whether the file is, byte for byte, one that was issued."""
    if identity.project is None:
        return Answer("unknown", f"whether it is what was issued cannot be told here: {ASK_IN_PROJECT}")
    if identity.edition is None:
        details = (*_claims_to_be(delivered.document), *_begins_as(identity))
        return Answer("no", "it is nothing that was issued from this project", details)
    name, handovers = identity.edition.name, identity.edition.handovers()
    if identity.known_by == "bytes":
        return Answer("yes", f"it is byte for byte what was issued as {name}", handovers)
    how = identity.known_by if delivered.by_memo else "print"
    details = _begins_as(identity) or (_NOT_THE_BYTES[how],)
    return Answer("no", f"it is not byte for byte what was issued as {name}", (*details, *handovers))


def _begins_as(identity: Identity) -> tuple[str, ...]:
    """Tell of a file to which something was appended, as a signature is, what it was before."""
    if not identity.begins_as:
        return ()
    return (f"it begins with the file that was issued as {identity.begins_as}, byte for byte; an update follows",)


def _claims_to_be(document: Document | None) -> tuple[str, ...]:
    """Tell what a file says that it is, where the register does not know it."""
    # A redline shows two versions, and carries the metadata of the newer: it is not that version.
    if document and (document.changes or document.earlier):
        return ("it is a redline, which marks what changed from one version of the memo to another",)
    number = document.metadata.edition if document else ""
    return (f"it calls itself edition {number}, which the register does not bear out",) if number else ()
