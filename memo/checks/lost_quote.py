"""A quote stands in its article as it is given (CRAFT, rule 14; ICD 206 asks that a source can be looked up).

The words of its sources are what a memo rests on: a quote that nobody finds there leaves a claim without support.

White space, dashes and quotation marks may differ, as they do from one copy of a text to the next; letters, capitals
and numbers may not. A quote begins and ends with whole words: "2 per cent" does not stand in "12 per cent".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from memo.checks.memo import Dossier
from memo.checks.reading.quotes import (
    ArticleWords,
    QuoteLookup,
    look_up_quotes,
    nearest_passage,
    paragraph_text,
    words_of,
)
from memo.problem import Problem

_AROUND = 8
"""How many characters are shown beside those of a prefix or suffix."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Report a ``lost-quote`` for each quote that its article does not have, with the passage nearest to it."""
    words = cache(lambda source: _words(dossier, source))
    for quoted in look_up_quotes(dossier):
        if quoted.matches:
            continue
        name = quoted.article.name
        place = dossier.place(*quoted.path("quote"))
        if quoted.anywhere:
            message = f"the quote stands in {name}, but not with this prefix and suffix"
            yield Problem("lost-quote", message, place, _around(quoted), facts=(quoted.fact,))
        else:
            hint = _nearest(quoted.support.quote, words(quoted.support.source))
            yield Problem("lost-quote", f"{name} does not have this", place, hint, facts=(quoted.fact,))


def _words(dossier: Dossier, source: str) -> ArticleWords:
    article = (dossier.articles or {})[source]
    assert article is not None
    return words_of(article)


def _nearest(quote: str, words: ArticleWords) -> str:
    near = nearest_passage(quote, words)
    if near is None:
        return "no passage of the article comes near it"
    instead = ", ".join(f'"{words}"' if words else "nothing" for words in near.instead)
    return f'{paragraph_text(near.paragraph, near.paragraph)} has "{near.marked}"; the quote has {instead} there'


def _around(quoted: QuoteLookup) -> str:
    """Return the quote with the words around it, as the article has them."""
    start, end = quoted.anywhere[0]
    length = max(len(quoted.support.prefix), len(quoted.support.suffix)) + _AROUND
    shown = quoted.article.around(start, end, length)
    return f'{paragraph_text(*quoted.paragraphs((start, end)))} has "{shown}"'
