"""The summary has at most 350 words and seven points (CRAFT, rule 22): it fits on one page.

Its readers have one page's worth of time, and cannot keep more than a few points in mind. A point is an item of a list
that stands in the summary by itself, not within another.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.sections import sections, summary
from memo.checks.reading.words import words
from memo.document.tree import List
from memo.problem import Problem

MOST_WORDS = 350
MOST_POINTS = 7


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``long-summary`` for too many words and one for too many points, at the summary's heading."""
    anchor = summary(memo)
    passages = (one for one in memo.writer_passages if one.section == anchor and one.role != "heading")
    count = sum(len(words(sentence.text)) for passage in passages for sentence in passage.sentences)
    lists = (block for block in sections(memo).get(anchor, ()) if isinstance(block, List))
    points = sum(len(block.items) for block in lists)
    for found, most, what in ((count, MOST_WORDS, "words"), (points, MOST_POINTS, "points")):
        if found > most:
            message = f"the summary has {found} {what}, {found - most} more than {most}"
            yield Problem("long-summary", message, memo.section_place(anchor), "leave what matters less to the body")
