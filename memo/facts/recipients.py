"""``issued/recipients.yaml``: who stands behind the codes that the register may hold in place of names.

People ask to be forgotten, and the register is sealed. A name that stands here only can be erased, and no seal breaks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Struct, field

from memo.facts.declare import IDENTIFIER, Doc
from memo.facts.decode import UNREADABLE, Decoder
from memo.facts.file_text import read_text
from memo.problem import Problem, by_place
from memo.suggest import Suggester

RECIPIENTS = "issued/recipients.yaml"
"""Relative to the project folder."""


class Recipients(Struct, frozen=True):
    """The names of recipients, by the codes that the register holds."""

    recipients: Annotated[Mapping[str, str], IDENTIFIER, Doc("Who is behind each code.")] = field(default_factory=dict)

    def called(self, recipient: str) -> str:
        """Return a recipient as a person reads it: ``Town council (c-2)``; a code without a name as it is."""
        name = self.recipients.get(recipient)
        return f"{name} ({recipient})" if name else recipient

    def codes_of(self, recipient: str) -> list[str]:
        """Return what the register holds for a code or a name: several codes where several have that name."""
        if recipient in self.recipients:
            return [recipient]
        return [code for code, name in self.recipients.items() if name == recipient] or [recipient]


def load_recipients(project: Path) -> tuple[Recipients, list[Problem]]:
    """Read the names of recipients; there are none where there is no file. Problems: any of files and shapes."""
    if not os.path.lexists(project / RECIPIENTS):
        return Recipients(), []
    source, problems = read_text(project / RECIPIENTS, project)
    if source is None:
        return Recipients(), problems
    decoder = Decoder(source.path, Suggester(), problems)
    read, _ = decoder.decode(source, Recipients, "the file of recipients")
    return Recipients() if read is UNREADABLE else read, by_place(decoder.problems)
