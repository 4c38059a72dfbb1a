"""Each quote of a dossier with its article, and where it stands there. Not a check: for those.

The passage of an article that comes nearest to a quote that does not stand there. Not a check: for `lost_quote`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import islice

from msgspec import Struct

from memo.checks.memo import Dossier
from memo.facts.articles import Article, folded
from memo.facts.dossier import Support

_LOCATOR = r"(?:para|paras|paragraph|paragraphs)\b\.?\s*([0-9]+)(?:\s*[-–]\s*([0-9]+))?"


class Quoted(Struct, frozen=True):
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


_WORD = re.compile(r"[^ ]+")
_EDGES = re.compile(r"^\W+|\W+$")
_LEAST = 0.5
"""The share of a quote's words that a passage must have, in order, to come near it."""

_MOST = 100
"""Places that are looked at for one quote, those of its rarest words first."""

_AROUND = 3
"""Words before and after a passage that may belong to it, where words were added or left out."""


class Near(Struct, frozen=True):
    """A passage: the paragraph it begins in, its words with those that differ in brackets, and what the quote has."""

    paragraph: int
    marked: str
    instead: tuple[str, ...]


class Words(Struct, frozen=True):
    """The words of an article: from where to where each stands in its folded text, bare, and which they are by word."""

    article: Article
    spans: tuple[tuple[int, int], ...]
    plain: tuple[str, ...]
    held: dict[str, list[int]]


def words_of(article: Article) -> Words:
    """Take an article apart once, for all its quotes."""
    text = article.whole.text
    spans = tuple(match.span() for match in _WORD.finditer(text))
    plain = tuple(_plain(text[start:end]) for start, end in spans)
    held: dict[str, list[int]] = {}
    for index, word in enumerate(plain):
        held.setdefault(word, []).append(index)
    return Words(article, spans, plain, held)


def nearest(quote: str, words: Words) -> Near | None:
    """The passage with most of the quote's words in their order; None where none has half of them."""
    wanted = folded(quote).split(" ")
    plain = [*map(_plain, wanted)]
    rarest = sorted((index for index, word in enumerate(plain) if word in words.held), key=_rarity(plain, words))
    candidates = (place - index for index in rarest for place in words.held[plain[index]])
    rated = [(-_shared(plain, at, words), at) for at in dict.fromkeys(islice(candidates, _MOST))]
    if not rated:
        return None
    _, begins = min(rated)
    return _compared(wanted, max(0, begins - _AROUND), begins + len(wanted) + _AROUND, words)


def _rarity(plain: list[str], words: Words) -> Callable[[int], int]:
    return lambda index: len(words.held[plain[index]])


def _shared(plain: list[str], at: int, words: Words) -> int:
    """How many words stand in their places, were the passage to begin with this word of the article."""
    return sum(words.plain[max(0, at + index) : at + index + 1] == (word,) for index, word in enumerate(plain))


def _compared(wanted: list[str], first: int, last: int, words: Words) -> Near | None:
    """What the words of an article from ``first`` to ``last`` have of the quote, cut to where they begin to agree."""
    text, spans = words.article.whole.text, words.spans[first:last]
    here = [text[start:end] for start, end in spans]
    matcher = SequenceMatcher(None, [*map(_plain, wanted)], [*map(_plain, here)], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < _LEAST * len(wanted):
        return None
    start = max(0, blocks[0].b - blocks[0].a)
    end = min(len(here), blocks[-1].b + len(wanted) - blocks[-1].a)
    marked, instead = _marked(wanted, _bare(here[start:end]))
    return Near(words.article.paragraph(spans[start][0]), marked, instead)


def _marked(wanted: list[str], here: list[str]) -> tuple[str, tuple[str, ...]]:
    """The words here, those that the quote has otherwise in brackets; and the quote's words for each of these."""
    shown: list[str] = []
    instead: list[str] = []
    matcher = SequenceMatcher(None, wanted, here, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        words = " ".join(here[c:d])
        shown += [words if kind == "equal" else f"[{words}]"]
        instead += [] if kind == "equal" else [" ".join(wanted[a:b])]
    return " ".join(shown), tuple(instead)


def _bare(words: list[str]) -> list[str]:
    """Without the punctuation before the first word and after the last, which a quote need not have."""
    joined = _EDGES.sub("", " ".join(words))
    return joined.split(" ")


def _plain(word: str) -> str:
    return _EDGES.sub("", word).casefold() or word
