"""Runs of inlines taken apart into words, so that they can be compared, and put together again.

Which of the old stands for which of the new: items that are equal first, then those that are most alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from memo.document.tree import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Mark, Strong, Text

Leaf = Text | Claim | Footnote | LineBreak
Wrapper = tuple[str, str]
"""Bold, italic, or a link with its target, around a leaf."""

_MAGNITUDE = r"(?:[mb]illi|trilli|mil[yj]|thousand|hundred|per\s?cent|мил|тыс)\w*"
_NUMBER = r"\d+(?:[.,:/'’\u202f\u00a0–-]\d+)*%?"
_TOKEN = re.compile(
    rf"{_NUMBER}[ \u00a0][^\W\d_]+\.?[ \u00a0]\d{{4}}\b"  # 21-22 January 2026
    rf"|{_NUMBER}[ \u00a0]{_MAGNITUDE}"  # 2.5 million
    rf"|{_NUMBER}(?!\w)"
    r"|\w+(?:[’'‑-]\w+)*"
    r"|\s+|[^\w\s]"
)
"""Words whole, numbers whole: a date with its month and year, an amount with its million."""


class Atom(Struct, frozen=True):
    """The least that an edit touches: a word, a number, a space, a mark of punctuation, a note, a line break."""

    text: str
    leaf: Leaf
    around: tuple[Wrapper, ...] = ()
    mark: Mark | None = None

    @property
    def word(self) -> bool:
        """Whether it is a word or a number."""
        return self.text[:1].isalnum()

    @property
    def blank(self) -> bool:
        """Whether it is white space."""
        return self.text.isspace()

    @property
    def same(self) -> Hashable:
        """Equal for atoms that a reader cannot tell apart. Which facts the words come from is not seen on a page."""
        around = tuple(map(_plain, self.around))
        match self.leaf:
            case Footnote(content=content):
                return "note", shown(content), around
            case LineBreak():
                return "break", around
        return self.text, around

    def facts(self) -> tuple[str, ...]:
        """The facts whose words it is of, or that it cites."""
        return self.leaf.facts if isinstance(self.leaf, Claim | Footnote) else ()

    def marked(self, mark: Mark) -> Atom:
        """The same, come or gone."""
        return replace(self, mark=mark)


def atoms(content: Sequence[Inline]) -> Iterator[Atom]:
    """The atoms of a run, in order. A mark of what is around counts before an inline's own."""
    for leaf, around, mark in _placed(content):
        if isinstance(leaf, Text | Claim):
            yield from (Atom(token, leaf, around, mark) for token in _TOKEN.findall(leaf.text))
        else:
            yield Atom("", leaf, around, mark)


def _placed(
    content: Sequence[Inline], around: tuple[Wrapper, ...] = (), outer: Mark | None = None
) -> Iterator[tuple[Leaf, tuple[Wrapper, ...], Mark | None]]:
    """Each leaf without its mark, what is around it, and the mark that counts."""
    for inline in content:
        mark = outer or inline.mark
        match inline:
            case Strong(content=inner):
                yield from _placed(inner, (*around, ("strong", "")), mark)
            case Emphasis(content=inner):
                yield from _placed(inner, (*around, ("emphasis", "")), mark)
            case Link(content=inner, target=target):
                yield from _placed(inner, (*around, ("link", target)), mark)
            case _:
                yield (replace(inline, mark=None) if inline.mark else inline), around, mark


def joined(parts: Sequence[Atom], depth: int = 0) -> tuple[Inline, ...]:
    """The run that these atoms are: neighbours of one kind as one inline."""
    found: list[Inline] = []
    for around, group in groupby(parts, key=lambda atom: atom.around[depth : depth + 1]):
        inner = list(group)
        if around:
            found.append(_wrapped(around[0], joined(inner, depth + 1)))
        else:
            found += _leaves(inner)
    return tuple(found)


def _wrapped(wrapper: Wrapper, content: tuple[Inline, ...]) -> Inline:
    kind, target = wrapper
    if kind == "link":
        return Link(content, target)
    return Strong(content) if kind == "strong" else Emphasis(content)


def _leaves(parts: Sequence[Atom]) -> Iterator[Inline]:
    for (kind, mark), group in groupby(parts, key=lambda atom: (_kind(atom.leaf), atom.mark)):
        inner = list(group)
        if kind is None:
            yield from (replace(atom.leaf, mark=mark) for atom in inner)
        else:
            leaf = inner[0].leaf
            assert isinstance(leaf, Text | Claim)
            yield replace(leaf, text="".join(atom.text for atom in inner), mark=mark)


def _kind(leaf: Leaf) -> Hashable:
    """Equal for words that may be one inline; None for what stands alone."""
    match leaf:
        case Text(language=language):
            return "text", language
        case Claim(facts=facts, part=part, language=language):
            return "claim", facts, part, language
    return None


def shown(content: Sequence[Inline]) -> Hashable:
    """A run as a reader sees it: equal for runs that show the same, however they are cut into inlines."""
    seen: list[Hashable] = []
    for (words, around), group in groupby(_placed(content), key=_looks):
        inner = [leaf for leaf, _, _ in group]
        if words:
            text = "".join(leaf.text for leaf in inner if isinstance(leaf, Text | Claim))
            seen += [(text, around)] if text else []
        else:
            seen += [(shown(leaf.content) if isinstance(leaf, Footnote) else "break", around) for leaf in inner]
    return tuple(seen)


def _looks(placed: tuple[Leaf, tuple[Wrapper, ...], Mark | None]) -> tuple[bool, tuple[Wrapper, ...]]:
    """Whether a leaf is words, and what is around it. Where a link within the memo leads is not seen."""
    leaf, around, _ = placed
    return isinstance(leaf, Text | Claim), tuple(map(_plain, around))


def _plain(wrapper: Wrapper) -> Wrapper:
    kind, target = wrapper
    return kind, "#" if target.startswith("#") else target


def bag(parts: Sequence[Atom]) -> Counter[str]:
    """The words of these atoms, each as often as it stands there."""
    return Counter(atom.text.casefold() for atom in parts if atom.word)


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two texts have in common, from 0 to 1 (Dice). Two without words are alike.

    At least a half where the one holds every word of the other: something was added, or taken away.
    """
    smaller, total = min(one.total(), other.total()), one.total() + other.total()
    common = (one & other).total()
    share = 2 * common / total if total else 1.0
    return max(share, 0.5) if common == smaller >= FEWEST else share


FEWEST = 3
"""Fewer words than these are found in any text."""


Item = TypeVar("Item")
Gauge = TypeVar("Gauge")
Pair = tuple[Item | None, Item | None]
Likeness = Callable[[Gauge, Gauge], float]
"""From 0: they have nothing to do with each other and are never paired."""

MOST = 90_000
"""Beyond so many comparisons in one stretch that has nothing equal in it, all of it counts as replaced."""


def aligned(
    old: Sequence[Item],
    new: Sequence[Item],
    same: Callable[[Item], Hashable],
    gauge: Callable[[Item], Gauge],
    alike: Likeness[Gauge],
) -> Iterator[Pair[Item]]:
    """Pairs in reading order; what came or went stands alone, gone before come.

    ``gauge`` gives what ``alike`` needs of an item, once.
    """
    matcher = SequenceMatcher(None, [same(item) for item in old], [same(item) for item in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            few = len(old[i1:i2]) * len(new[j1:j2]) <= MOST
            gauges = [list(map(gauge, side)) for side in (old[i1:i2], new[j1:j2])] if few else [[], []]
            yield from _paired(old[i1:i2], new[j1:j2], _pairs(gauges[0], gauges[1], alike))


def _paired(old: Sequence[Item], new: Sequence[Item], pairs: list[tuple[int, int]]) -> Iterator[Pair[Item]]:
    i = j = 0
    for paired_i, paired_j in pairs:
        yield from ((item, None) for item in old[i:paired_i])
        yield from ((None, item) for item in new[j:paired_j])
        yield old[paired_i], new[paired_j]
        i, j = paired_i + 1, paired_j + 1
    yield from ((item, None) for item in old[i:])
    yield from ((None, item) for item in new[j:])


def _pairs(old: Sequence[Gauge], new: Sequence[Gauge], alike: Likeness[Gauge]) -> list[tuple[int, int]]:
    """The pairs in order whose likenesses add up to the most (Needleman and Wunsch, without costs)."""
    scores = [[alike(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both = best[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
