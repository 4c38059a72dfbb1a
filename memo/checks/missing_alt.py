"""Every figure has alternative text (CRAFT, rule 12; ISO 14289-1, 7.3; WCAG 2.2, 1.1.1).

Who cannot see a figure gets what it says from these words, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.problem import Place, Problem


def check(memo: Memo) -> Iterator[Problem]:
    """A ``missing-alt`` for each figure whose writer says nothing of it. Its data is then added in words."""
    for figure in memo.figures():
        if not figure.alt:
            place = memo.composed.places.of(figure) or Place(memo.template.path)
            yield Problem("missing-alt", "the figure has no alternative text", place, 'say what it shows: alt="..."')
