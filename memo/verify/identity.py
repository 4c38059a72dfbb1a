"""Which memo a file is, and which edition: by its bytes, else by the document in it, else by what its footer says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from memo.document import Document
from memo.document_json import NotADocument, digest_of, from_json
from memo.furniture import DIGEST_SHOWN
from memo.problem import Problem
from memo.project import Project
from memo.reread import Delivered, pages_of
from memo.reread.found import Pages
from memo.template import Format
from memo.verify.answer import Answer
from memo.verify.editions import Edition, editions_of


@dataclass(frozen=True, slots=True)
class Identity:
    """``memo`` is its name in the project, empty where that cannot be told; ``edition`` None where none was issued.

    ``by_bytes``: the file is the edition's own. ``document`` is the edition's, as frozen. ``newer`` is the newest
    edition of the memo where that is another.
    """

    delivered: Delivered
    project: Path | None
    memo: str = ""
    edition: Edition | None = None
    by_bytes: bool = False
    document: Document | None = None
    newer: Edition | None = None
    any_issued: bool = False

    def issued(self) -> Answer:
        """Whether the file is, byte for byte, one that was issued."""
        if self.project is None:
            return Answer(
                "unknown", "whether it is what was issued cannot be told here: name the project that it came from (-C)"
            )
        if self.edition is None:
            return Answer("no", "it is no file that was issued from this project", self._claimed())
        if self.by_bytes:
            return Answer("yes", f"it is byte for byte what was issued as {self.edition.name}", self.edition.handed())
        return Answer(
            "no",
            f"it is not byte for byte what was issued as {self.edition.name}, though it is that edition's document",
            ("it was saved again since, or altered", *self.edition.handed()),
        )

    def _claimed(self) -> tuple[str, ...]:
        """What it says of itself against that."""
        document = self.delivered.document
        if document and document.metadata.edition:
            return (f"it calls itself edition {document.metadata.edition}, which the register does not bear out",)
        return () if self.any_issued else ("nothing was issued from this project yet",)

    def frozen_pages(self, format: Format) -> Pages | None:
        """What the edition's own file of that format says; None where it is not there as it was issued."""
        data = self.edition and self.project and self.edition.file(self.project, f"{self.edition.memo}.{format}")
        return pages_of(data, format) if data else None


def identify(delivered: Delivered, project: Project | None) -> tuple[Identity, list[Problem]]:
    """What a file is, as far as the project can tell. Problems: those of the register."""
    if project is None:
        return Identity(delivered, None), []
    editions, problems = editions_of(project.folder)
    edition, by_bytes = _edition(delivered, editions)
    document = delivered.document or (_frozen(edition, project.folder) if edition else None)
    memo = edition.memo if edition else _named(document, project)
    newest = max((each for each in editions if each.memo == memo), key=lambda each: each.number, default=None)
    newer = newest if edition and newest and newest.number > edition.number else None
    return Identity(delivered, project.folder, memo, edition, by_bytes, document, newer, bool(editions)), problems


def _edition(delivered: Delivered, editions: list[Edition]) -> tuple[Edition | None, bool]:
    """The edition whose file this is, or whose document it carries, or whose digest its footer bears."""
    for edition in editions:
        if delivered.digest in edition.files.values():
            return edition, True
    if delivered.carried:
        content = digest_of(delivered.carried)
        return next((each for each in editions if each.content == content), None), False
    words = set(delivered.text.split())
    return next((each for each in editions if each.content[:DIGEST_SHOWN] in words), None), False


def _frozen(edition: Edition, folder: Path) -> Document | None:
    data = edition.file(folder, "memo.json")
    try:
        return from_json(data.decode()) if data else None
    except (NotADocument, UnicodeDecodeError):
        return None


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
