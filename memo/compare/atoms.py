"""Runs of inlines taken apart into words, so that they can be compared, and put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from memo.document import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Mark, Strong, Text
from memo.frozen import frozen

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


@frozen
class Atom:
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
