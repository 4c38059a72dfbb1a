"""Look up the quotes of a dossier in their articles, and find the passage nearest to one that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from memo.checks.memo import Dossier
from memo.facts.articles import Article, folded
from memo.facts.dossier import Support

_PARAGRAPHS = r"(?:para|paras|paragraph|paragraphs)\b\.?\s*([0-9]+)(?:\s*[-–]\s*([0-9]+))?"


class QuoteLookup(Struct, frozen=True):
    """A quote, its article, and the spans in the article's folded text where it stands.

    ``anywhere`` are all of them; ``matches`` those with the prefix and suffix that its support gives. ``named`` are the
    first and the last paragraph that its locator names, None if it names none.
    """

    fact: str
    index: int
    support: Support
    article: Article
    named: tuple[int, int] | None
    anywhere: tuple[tuple[int, int], ...]
    matches: tuple[tuple[int, int], ...]

    def path(self, part: str) -> tuple[str, ...]:
        """Return the path of a part of its support, for `Dossier.place`."""
        return ("fact", self.fact, "support", str(self.index), part)

    def paragraphs(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return the first and the last paragraph of a span."""
        return self.article.paragraph(span[0]), self.article.paragraph(span[1] - 1)

    def matches_where_named(self) -> list[tuple[int, int]]:
        """Return the matches within the paragraphs that the locator names, or all if it names none."""
        if self.named is None:
            return list(self.matches)
        first, last = self.named
        spans = ((span, self.paragraphs(span)) for span in self.matches)
        return [span for span, (start, end) in spans if first <= start and end <= last]


def look_up_quotes(dossier: Dossier) -> Iterator[QuoteLookup]:
    """Look up every quote whose article is at hand, in the order of the facts."""
    articles = dossier.articles or {}
    for fact in dossier.facts.facts.values():
        for index, support in enumerate(fact.support):
            article = articles.get(support.source)
            if article is not None:
                yield _look_up(fact.id, index, support, article)


def paragraph_text(first: int, last: int) -> str:
    """Return a locator: ``para. 9``, ``paras. 9-11``."""
    return f"para. {first}" if first == last else f"paras. {first}-{last}"


def _look_up(fact: str, index: int, support: Support, article: Article) -> QuoteLookup:
    quote = folded(support.quote)
    anywhere = tuple((at, at + len(quote)) for at in article.whole.find(quote))
    before, after = folded(support.prefix), folded(support.suffix)
    text = article.whole.text
    matches = tuple(
        (start, end)
        for start, end in anywhere
        if text[:start].rstrip(" ").endswith(before) and text[end : end + 1 + len(after)].lstrip(" ").startswith(after)
    ) if before or after else anywhere  # fmt: skip
    return QuoteLookup(fact, index, support, article, _named_paragraphs(support.locator), anywhere, matches)


def _named_paragraphs(locator: str) -> tuple[int, int] | None:
    """Return the paragraphs that a locator begins with; None for ``p. 12`` and ``headline``."""
    match = re.match(_PARAGRAPHS, locator.strip(), re.IGNORECASE)
    return (int(match[1]), int(match[2] or match[1])) if match else None


_WORD = re.compile(r"[^ ]+")
_EDGES = re.compile(r"^\W+|\W+$")
_LEAST_SHARE = 0.5
"""The share of a quote's words that a passage must have, in order, to count as near."""

_MOST_PLACES = 100
"""How many places are tried for one quote, those of its rarest words first."""

_AROUND = 3
"""How many words before and after a passage may belong to it, where words were added or left out."""


class NearestPassage(Struct, frozen=True):
    """A passage: its first paragraph, its words with those that differ in brackets, and what the quote has for each."""

    paragraph: int
    marked: str
    instead: tuple[str, ...]


class ArticleWords(Struct, frozen=True):
    """The words of an article: the span of each in its folded text, each without punctuation, and where each occurs."""

    article: Article
    spans: tuple[tuple[int, int], ...]
    bare: tuple[str, ...]
    indices: dict[str, list[int]]


def words_of(article: Article) -> ArticleWords:
    """Split an article into words; to be done once for all its quotes."""
    text = article.whole.text
    spans = tuple(match.span() for match in _WORD.finditer(text))
    bare = tuple(_bare(text[start:end]) for start, end in spans)
    indices: dict[str, list[int]] = {}
    for index, word in enumerate(bare):
        indices.setdefault(word, []).append(index)
    return ArticleWords(article, spans, bare, indices)


def nearest_passage(quote: str, words: ArticleWords) -> NearestPassage | None:
    """Return the passage with most of the quote's words in their order; None if no passage has half of them."""
    wanted = folded(quote).split(" ")
    bare = [*map(_bare, wanted)]
    known = (index for index, word in enumerate(bare) if word in words.indices)
    rarest_first = sorted(known, key=lambda index: len(words.indices[bare[index]]))
    starts = (at - index for index in rarest_first for at in words.indices[bare[index]])
    rated = [(-_shared(bare, at, words), at) for at in dict.fromkeys(islice(starts, _MOST_PLACES))]
    if not rated:
        return None
    _, best = min(rated)
    return _compared(wanted, max(0, best - _AROUND), best + len(wanted) + _AROUND, words)


def _shared(bare: list[str], at: int, words: ArticleWords) -> int:
    """Count the words that would stand in their places if the passage began with the article's word ``at``."""
    return sum(words.bare[max(0, at + index) : at + index + 1] == (word,) for index, word in enumerate(bare))


def _compared(wanted: list[str], first: int, last: int, words: ArticleWords) -> NearestPassage | None:
    """Compare a quote with the words of an article from ``first`` to ``last``, cut to where they begin to agree."""
    from difflib import SequenceMatcher

    text, spans = words.article.whole.text, words.spans[first:last]
    here = [text[start:end] for start, end in spans]
    # With autojunk, difflib ignores the words that come often in a passage of 200 words or more.
    matcher = SequenceMatcher(None, [*map(_bare, wanted)], [*map(_bare, here)], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < _LEAST_SHARE * len(wanted):
        return None
    start = max(0, blocks[0].b - blocks[0].a)
    end = min(len(here), blocks[-1].b + len(wanted) - blocks[-1].a)
    trimmed = _EDGES.sub("", " ".join(here[start:end])).split(" ")  # a quote need not end with a sentence's full stop
    marked, instead = _marked(wanted, trimmed)
    return NearestPassage(words.article.paragraph(spans[start][0]), marked, instead)


def _marked(wanted: list[str], here: list[str]) -> tuple[str, tuple[str, ...]]:
    """Return the words here, with those that differ from the quote in brackets, and the quote's words for each."""
    from difflib import SequenceMatcher  # only a dossier with a lost quote has need of it

    shown: list[str] = []
    instead: list[str] = []
    matcher = SequenceMatcher(None, wanted, here, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        words = " ".join(here[c:d])
        shown += [words if kind == "equal" else f"[{words}]"]
        instead += [] if kind == "equal" else [" ".join(wanted[a:b])]
    return " ".join(shown), tuple(instead)


def _bare(word: str) -> str:
    """Return a word in small letters without the punctuation around it; punctuation that stands alone stays."""
    return _EDGES.sub("", word).casefold() or word
