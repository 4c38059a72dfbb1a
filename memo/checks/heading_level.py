"""Headings go down one level at a time (ISO 14289-1, 7.4.2; WCAG 2.2, 1.3.1).

Readers who listen to a memo, or go through its outline, take a skipped level for a part that was left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.document.tree import Heading
from memo.problem import Problem


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``heading-level`` for each heading more than one level below the heading before it."""
    before = 0
    for block in memo.composed.document.blocks:
        if not isinstance(block, Heading):
            continue
        if block.level > before + 1:
            after = f"a heading of level {before}" if before else "the title"
            yield Problem(
                "heading-level",
                f"a heading of level {block.level} follows {after}",
                memo.place(block),
                f"write it with {'#' * (before + 1)}",
            )
        before = block.level
