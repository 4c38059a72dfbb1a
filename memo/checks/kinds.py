"""What a check is, for the lists."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from inspect import cleandoc
from typing import Generic, Literal, TypeVar

from memo.frozen import frozen
from memo.problem import Problem

Subject = TypeVar("Subject")


@frozen
class Check(Generic[Subject]):
    """One check: its function, and what it needs to run.

    ``needs``: ``articles`` (the folder of articles) or ``earlier`` (another state to compare with). ``english``: the
    rule knows only English. ``waivable``: a waiver may allow what it finds; not where no sound file could be written.
    """

    run: Callable[[Subject], Iterator[Problem]]
    needs: Literal["", "articles", "earlier"] = ""
    english: bool = False
    waivable: bool = True

    @property
    def code(self) -> str:
        """The problem it gives: its file's name, with hyphens."""
        return self.run.__module__.rpartition(".")[2].replace("_", "-")

    @property
    def explanation(self) -> str:
        """What the rule is and why it matters: its module's docstring."""
        return cleandoc(sys.modules[self.run.__module__].__doc__ or "")
