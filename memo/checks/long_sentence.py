"""A sentence has at most 30 words (CRAFT, rule 23; plain-language guidance counsels 15 to 20, and none above 30).

Who reads in haste loses a long sentence half-way, and with it who said what, and on what condition. A word is what
stands between white space or long dashes and has a letter or a digit in it: ``cross-border`` is one word, ``600 km``
two. Of a sentence with two semicolons or more, which is a list, each item counts by itself. What memo words itself, the
list of sources, is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.prose import may_have, parts, told, words
from memo.document.sentences import Sentence
from memo.problem import Problem

MOST = 30


def check(memo: Memo) -> Iterator[Problem]:
    """A ``long-sentence`` for each part of a sentence with too many words, at the first that is too many."""
    for passage in told(memo):
        for sentence in passage.sentences:
            for start, part in parts(sentence.text) if may_have(sentence.text, MOST + 1) else ():
                found = words(part)
                if len(found) > MOST:
                    yield _problem(memo, sentence, start + found[MOST].start(), found[MOST][0], len(found))


def _problem(memo: Memo, sentence: Sentence, offset: int, word: str, count: int) -> Problem:
    place, related = memo.words_at(sentence, offset, len(word))
    message = f"the sentence has {count} words, {count - MOST} more than {MOST}: “{_begun(sentence.text)}”"
    return Problem("long-sentence", message, place, "make two of it", related, facts=sentence.shown)


def _begun(text: str) -> str:
    """How a sentence begins, to know it by."""
    return f"{' '.join(text.split()[:6])} …"
