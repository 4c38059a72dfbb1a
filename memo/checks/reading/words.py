"""Work on the words of texts and sentences: count them, look for those of a list, hide a fact's among a writer's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice, pairwise

from memo.document.sentences import Sentence, SentencePiece
from memo.facts.likelihood import any_of

FACT_TEXTS = ("claim", "brief", "phrase", "label")
"""The parts of a fact that say in words what it is about."""

HIDDEN = "\ufffc"
"""Stands for each character of a fact's words where only the writer's are looked at (Unicode: object replacement)."""

_WORD = re.compile(r"[^\s—]*\w[^\s—]*")


# Lists of words, as regular expressions


def has_any(text: str, phrases: tuple[str, ...]) -> bool:
    """Tell whether any of some words and phrases stands in a text, as whole words and in whatever case."""
    return _whole_words(phrases).search(text) is not None


@cache  # a pattern is compiled when it is first needed, which in many memos it is not
def _whole_words(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(phrases)}\b", re.IGNORECASE)


# Texts


def words(text: str) -> list[re.Match[str]]:
    """Find the words of a text: what stands between white space or long dashes and has a letter or a digit in it.

    ``cross-border`` and ``600`` are one word each, ``600 km`` and ``21–22 January 2026`` two and three.
    """
    return list(_WORD.finditer(text))


def has_more(text: str, count: int) -> bool:
    """Tell whether a text has more than ``count`` words, counting no further than that."""
    return len(list(islice(_WORD.finditer(text), count + 1))) > count


def may_have(text: str, count: int) -> bool:
    """Tell whether a text may have ``count`` words or more; cheaper than counting them."""
    return len(text.replace("—", " ").split()) >= count


def last_word(text: str) -> str:
    """Return the last word of a text in small letters, with its punctuation; empty if there is none."""
    return (text.split() or [""])[-1].casefold()


def list_items(text: str) -> list[tuple[int, str]]:
    """Cut a sentence with two semicolons or more, which is a list, into its items, each with its start.

    Any other sentence is one item.
    """
    cuts = [found.start() + 1 for found in re.finditer(";", text)]
    edges = [0, *cuts, len(text)] if len(cuts) > 1 else [0, len(text)]
    return [(start, text[start:end]) for start, end in pairwise(edges)]


def plain(text: str) -> str:
    """Return a text, letter for letter, with plain apostrophes and plain spaces."""
    if text.isascii():
        return text
    return text.replace("’", "'").replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text with these spans blank, so that offsets in it stay the same."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


# Sentences


def own_text(sentence: Sentence) -> str:
    """Return a sentence with every character of a fact's words hidden, so that only the writer's are left."""
    return only(sentence, sentence.writer_pieces())


def only(sentence: Sentence, pieces: Iterable[SentencePiece]) -> str:
    """Return a sentence with every character hidden but those of some of its pieces, which come in their order."""
    shown = ""
    for piece in pieces:
        shown += HIDDEN * (piece.start - len(shown)) + piece.text
    return shown + HIDDEN * (len(sentence.text) - len(shown))
