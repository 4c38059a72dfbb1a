"""The editions that were issued from a project, as `memo.verify` needs them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from memo.problem import Problem

ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Edition:
    """``files`` are the digests of its frozen files by name; ``handed_over`` says when and to whom, in words."""

    memo: str
    number: int
    files: Mapping[str, str]
    handed_over: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """``MEMO/N``."""
        return f"{self.memo}/{self.number}"

    @property
    def content(self) -> str:
        """The digest of its document."""
        return self.files.get("memo.json", "")

    def handed(self) -> tuple[str, ...]:
        """When and to whom it was issued."""
        return self.handed_over

    def file(self, project: Path, name: str) -> bytes | None:
        """One of its frozen files; None where that is not there as it was issued."""
        try:
            data = (project / ISSUED / self.name / name).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == self.files.get(name) else None


def editions_of(project: Path) -> tuple[list[Edition], list[Problem]]:
    """Every edition, by memo and number."""
    folders = sorted((project / ISSUED).glob("*/[1-9]*"))
    return [_edition(folder) for folder in folders if folder.name.isdigit()], []


def _edition(folder: Path) -> Edition:
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return Edition(folder.parent.name, int(folder.name), files)
