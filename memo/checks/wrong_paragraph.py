"""A quote stands in the paragraph that its locator names (ICS 206-01 asks of a citation that a reader can find it).

People who look a quote up read one paragraph, not all of them; and a quote found elsewhere may say something else.

Paragraphs are the lines of the article that are not empty, counted from 1: ``para. 4``, ``paras. 4-6``. Any other
locator, such as a page, cannot be looked up and is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Dossier
from memo.checks.reading.quotes import QuoteLookup, look_up_quotes, paragraph_text
from memo.problem import Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """Report a ``wrong-paragraph`` for each quote that its article has, but not there."""
    for quoted in look_up_quotes(dossier):
        if quoted.named and quoted.matches and not quoted.matches_where_named():
            message = f"the quote does not stand in {paragraph_text(*quoted.named)} of {quoted.article.name}"
            place = dossier.place(*quoted.path("locator"))
            yield Problem("wrong-paragraph", message, place, _hint(quoted), facts=(quoted.fact,))


def _hint(quoted: QuoteLookup) -> str:
    stands = list(dict.fromkeys(paragraph_text(*quoted.paragraphs(span)) for span in quoted.matches))
    where = " and ".join((", ".join(stands[:-1]), stands[-1])) if len(stands) > 1 else stands[0]
    count = quoted.article.paragraphs
    beyond = f"; the article ends with para. {count}" if quoted.named and quoted.named[1] > count else ""
    return f"it stands in {where}{beyond}"
