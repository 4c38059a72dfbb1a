"""A quote stands once where it is looked for, or the words around it say which is meant (W3C Web Annotation, 4.2.4).

A reader who finds the same few words twice cannot tell which passage carries the fact; they may say different things.

It is looked for in the paragraphs that its locator names, or in the whole article if the locator names none.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Dossier
from memo.checks.reading.quotes import QuoteLookup, look_up_quotes, paragraph_text
from memo.problem import Problem

_AROUND = 24
"""Characters of the article shown before and after each place."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Report an ``ambiguous-quote`` for each quote that is found more than once."""
    for quoted in look_up_quotes(dossier):
        spans = quoted.matches_where_named()
        if len(spans) > 1:
            where = paragraph_text(*quoted.named) if quoted.named else quoted.article.name
            message = f"the quote stands {_times(len(spans))} in {where}, and nothing says which is meant"
            place = dossier.place(*quoted.path("quote"))
            yield Problem("ambiguous-quote", message, place, _hint(quoted, spans), facts=(quoted.fact,))


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def _hint(quoted: QuoteLookup, spans: list[tuple[int, int]]) -> str:
    shown = (f'"{quoted.article.around(start, end, _AROUND)}"' for start, end in spans[:2])
    return f"quote more words, or give a prefix or suffix: {' or '.join(shown)}"
