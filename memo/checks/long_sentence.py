"""A sentence has at most 30 words (CRAFT, rule 23; plain-language guidance counsels 15 to 20, and none above 30).

A reader in haste loses a long sentence half-way, and with it who said what, and on what condition. A word is what
stands between white space or long dashes and has a letter or a digit in it: ``cross-border`` is one word, ``600 km``
two. Each item of a sentence with two semicolons or more, which is a list, counts by itself. What memo itself words,
such as the list of sources, does not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.words import list_items, may_have, words
from memo.document.sentences import Sentence
from memo.problem import Problem

MOST = 30


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``long-sentence`` for each sentence or item of a list with too many words, at the first too many."""
    for passage in memo.writer_passages:
        for sentence in passage.sentences:
            for start, item in list_items(sentence.text) if may_have(sentence.text, MOST + 1) else ():
                found = words(item)
                if len(found) > MOST:
                    yield _problem(memo, sentence, start + found[MOST].start(), found[MOST][0], len(found))


def _problem(memo: Memo, sentence: Sentence, offset: int, word: str, count: int) -> Problem:
    place, related = memo.words_at(sentence, offset, len(word))
    message = f"the sentence has {count} words, {count - MOST} more than {MOST}: “{_begun(sentence.text)}”"
    return Problem("long-sentence", message, place, "make two of it", related, facts=sentence.shown)


def _begun(text: str) -> str:
    """Return how a sentence begins, to know it by."""
    return f"{' '.join(text.split()[:6])} …"
