"""Each quote of a dossier with its article, and where it stands there. Not a check: for those."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.article import Article
from memo.checks.memo import Dossier
from memo.facts import Support
from memo.folding import folded
from memo.frozen import frozen

_LOCATOR = r"(?:para|paras|paragraph|paragraphs)\b\.?\s*([0-9]+)(?:\s*[-–]\s*([0-9]+))?"


@frozen
class Quoted:
    """A quote, the article that it is looked up in, and each place of it there, from and to, in its folded text.

    ``alone`` are the places of the quote, ``found`` those of them with the words before and after that its support
    gives. ``named`` are the first and the last paragraph that its locator names, None where it names none.
    """

    fact: str
    index: int
    support: Support
    article: Article
    named: tuple[int, int] | None
    alone: tuple[tuple[int, int], ...]
    found: tuple[tuple[int, int], ...]

    def path(self, part: str) -> tuple[str, ...]:
        """Of a part of its support, for `Dossier.place`."""
        return ("fact", self.fact, "support", str(self.index), part)

    def paragraphs(self, span: tuple[int, int]) -> tuple[int, int]:
        """The first and the last paragraph of a place of it."""
        return self.article.paragraph(span[0]), self.article.paragraph(span[1] - 1)

    def where_named(self) -> list[tuple[int, int]]:
        """The places found that lie in the paragraphs named; all, where none are named."""
        if self.named is None:
            return list(self.found)
        first, last = self.named
        spans = ((span, self.paragraphs(span)) for span in self.found)
        return [span for span, (start, end) in spans if first <= start and end <= last]


def quotes(dossier: Dossier) -> Iterator[Quoted]:
    """Every quote whose article is at hand, in the order of the facts."""
    articles = dossier.articles or {}
    for fact in dossier.facts.facts.values():
        for index, support in enumerate(fact.support):
            article = articles.get(support.source)
            if article is not None:
                yield _looked_up(fact.id, index, support, article)


def paragraph_text(first: int, last: int) -> str:
    """A locator: ``para. 9``, ``paras. 9-11``."""
    return f"para. {first}" if first == last else f"paras. {first}-{last}"


def _looked_up(fact: str, index: int, support: Support, article: Article) -> Quoted:
    quote = folded(support.quote)
    alone = tuple((at, at + len(quote)) for at in article.whole.find(quote))
    before, after = folded(support.prefix), folded(support.suffix)
    text = article.whole.text
    found = tuple(
        (start, end)
        for start, end in alone
        if text[:start].rstrip(" ").endswith(before) and text[end : end + 1 + len(after)].lstrip(" ").startswith(after)
    ) if before or after else alone  # fmt: skip
    return Quoted(fact, index, support, article, _named(support.locator), alone, found)


def _named(locator: str) -> tuple[int, int] | None:
    """The paragraphs that a locator begins with: None of ``p. 12`` and ``headline``."""
    match = re.match(_LOCATOR, locator.strip(), re.IGNORECASE)
    return (int(match[1]), int(match[2] or match[1])) if match else None
