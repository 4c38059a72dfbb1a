"""The bottom line has at most 60 words (CRAFT, rule 22; AR 25-50 and BLUF: what must be known comes first, and short).

Some readers read nothing else, and a box that is too long to take in at a glance is not read as the bottom line.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.sections import bottom_line
from memo.checks.reading.words import words
from memo.problem import Problem

MOST = 60


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``long-bottom-line`` if the boxes of the bottom line together have too many words, at the first."""
    passages = bottom_line(memo)
    count = sum(len(words(sentence.text)) for passage in passages for sentence in passage.sentences)
    if count > MOST:
        place, related = memo.words_at(passages[0].sentences[0], 0)
        message = f"the bottom line has {count} words, {count - MOST} more than {MOST}"
        yield Problem("long-bottom-line", message, place, "leave the rest to the summary", related)
