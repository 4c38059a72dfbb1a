"""A quote stands in its article as it is given (CRAFT, rule 14; ICD 206 asks that a source can be looked up).

The words of a source are the ground that a memo stands on: a quote that nobody finds there is a claim without one.

White space, dashes and quotation marks may differ, as they do from one copy of a text to the next; letters, capitals
and numbers may not. A quote begins and ends with whole words: "2 per cent" does not stand in "12 per cent".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from memo.checks.memo import Dossier
from memo.checks.reading.quotes import Quoted, paragraph_text, quotes
from memo.problem import Problem

if TYPE_CHECKING:
    from memo.checks.reading.quotes import Words


_AROUND = 8
"""Characters shown beside those that a prefix or suffix has."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """A ``lost-quote`` for each quote that its article does not have, with what comes nearest to it."""
    words = cache(lambda source: _words(dossier, source))
    for quoted in quotes(dossier):
        if quoted.found:
            continue
        name = quoted.article.name
        place = dossier.place(*quoted.path("quote"))
        if quoted.alone:
            message = f"the quote stands in {name}, but not with this prefix and suffix"
            yield Problem("lost-quote", message, place, _around(quoted), facts=(quoted.fact,))
        else:
            hint = _near(quoted.support.quote, words(quoted.support.source))
            yield Problem("lost-quote", f"{name} does not have this", place, hint, facts=(quoted.fact,))


def _words(dossier: Dossier, source: str) -> Words:
    from memo.checks.reading.quotes import words_of  # only a dossier with a lost quote has need of it

    article = (dossier.articles or {})[source]
    assert article is not None
    return words_of(article)


def _near(quote: str, words: Words) -> str:
    from memo.checks.reading.quotes import nearest

    near = nearest(quote, words)
    if near is None:
        return "no passage of the article comes near it"
    told = ", ".join(f'"{words}"' if words else "nothing" for words in near.instead)
    return f'{paragraph_text(near.paragraph, near.paragraph)} has "{near.marked}"; the quote has {told} there'


def _around(quoted: Quoted) -> str:
    """The quote with the words around it, as the article has them."""
    start, end = quoted.alone[0]
    length = max(len(quoted.support.prefix), len(quoted.support.suffix)) + _AROUND
    shown = quoted.article.around(start, end, length)
    return f'{paragraph_text(*quoted.paragraphs((start, end)))} has "{shown}"'
