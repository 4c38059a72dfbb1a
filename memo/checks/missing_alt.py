"""Every figure has alternative text (CRAFT, rule 12; ISO 14289-1, 7.3; WCAG 2.2, 1.1.1).

Readers who cannot see a figure have only these words to learn what it shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.problem import Problem


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``missing-alt`` for each figure that its writer gave no text. Its data is then added in words."""
    for figure in memo.figures():
        if not figure.alt:
            place = memo.place(figure)
            yield Problem("missing-alt", "the figure has no alternative text", place, 'say what it shows: alt="..."')
