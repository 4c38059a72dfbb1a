"""A delivered file put to the question: which memo and edition, as it was issued, text unaltered, still current?

Every question gets an answer in plain words, also where the answer is that it cannot be told.

    identity   which memo and which edition it is
    wording    whether its pages say what they should
    facts_now  whether the facts that it rests on stand as they did
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from memo.edtf import Date
from memo.problem import Problem
from memo.project import Project
from memo.reread import Delivered, reread
from memo.verify.answer import Answer
from memo.verify.facts_now import current
from memo.verify.identity import Identity, identify, issued
from memo.verify.wording import unaltered

__all__ = ["Answer", "Verified", "verify"]


@dataclass(frozen=True, slots=True)
class Verified:
    """A delivered file, what it is, and the three answers."""

    delivered: Delivered
    identity: Identity
    issued: Answer
    unaltered: Answer
    current: Answer

    @property
    def holds(self) -> bool:
        """Whether it is byte for byte what was issued, and what it says is current."""
        return all(answer.told == "yes" for answer in (self.issued, self.unaltered, self.current))


def verify(path: Path, project: Project | None, today: Date) -> tuple[Verified | None, list[Problem]]:
    """All that can be told of a delivered file, alone or in the project that it came from.

    Problems: those of `memo.reread.reread`, which leave nothing to tell; those of the register.
    """
    delivered, problems = reread(path)
    if delivered is None:
        return None, problems
    identity, found = identify(delivered, project)
    told = Verified(
        delivered,
        identity,
        issued(delivered, identity),
        unaltered(delivered, identity, project),
        current(identity, project, today),
    )
    return told, problems + found
