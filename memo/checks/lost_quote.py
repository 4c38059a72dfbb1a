"""A quote stands in its article as it is given (CRAFT, rule 14; ICD 206 asks that a source can be looked up).

The words of a source are the ground that a memo stands on: a quote that nobody finds there is a claim without one.

White space, dashes and quotation marks may differ, as they do from one copy of a text to the next; letters, capitals
and numbers may not. A quote begins and ends with whole words: "2 per cent" does not stand in "12 per cent".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from memo.checks.memo import Dossier
from memo.checks.reading.nearest import Near, nearest, words_of
from memo.checks.reading.quotes import Quoted, paragraph_text, quotes
from memo.problem import Problem

_AROUND = 8
"""Characters shown beside those that a prefix or suffix has."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """A ``lost-quote`` for each quote that its article does not have, with what comes nearest to it."""
    words = cache(lambda source: words_of((dossier.articles or {})[source]))  # type: ignore[arg-type]
    for quoted in quotes(dossier):
        if quoted.found:
            continue
        name = quoted.article.name
        place = dossier.place(*quoted.path("quote"))
        if quoted.alone:
            message = f"the quote stands in {name}, but not with this prefix and suffix"
            yield Problem("lost-quote", message, place, _around(quoted), facts=(quoted.fact,))
        else:
            near = nearest(quoted.support.quote, words(quoted.support.source))
            yield Problem("lost-quote", f"{name} does not have this", place, _near(near), facts=(quoted.fact,))


def _near(near: Near | None) -> str:
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
