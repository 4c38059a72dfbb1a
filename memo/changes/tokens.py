"""Runs of inlines cut into tokens, so that two of them can be compared word by word, and put together again.

`tokenize` takes a run apart, `to_inlines` makes a run of tokens. What a reader sees of a token or of a run is given by
``visible`` and `visible_run`: values that are equal where two look the same on the page. Fact ids are not seen there.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from memo.document.tree import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Mark, Strong, Text
from memo.facts.appearance import as_seen

Inlines = tuple[Inline, ...]
Leaf = Text | Claim | Footnote | LineBreak
Wrapper = tuple[str, str]
"""Bold, italic, or a link with its target, around a leaf."""

# Million, milliard and billion, in other languages as milyon or miljoen; миллион and тысяча.
_MAGNITUDE = r"(?:[mb]illi|trilli|mil[yj]|thousand|hundred|per\s?cent|мил|тыс)\w*"
_NUMBER = r"\d+(?:[.,:/'’\u202f\u00a0–-]\d+)*%?"
_TOKEN = re.compile(
    rf"{_NUMBER}[ \u00a0][^\W\d_]+\.?[ \u00a0]\d{{4}}\b"  # 21-22 January 2026
    rf"|{_NUMBER}[ \u00a0]{_MAGNITUDE}"  # 2.5 million
    rf"|{_NUMBER}(?!\w)"  # 1,200 or 15%, but 2nd is a word
    r"|\w+(?:[’'‑-]\w+)*"  # co-operation
    r"|\s+|[^\w\s]"
)
"""Words whole, numbers whole: a date with its month and year, an amount with its million."""


class DiffToken(Struct, frozen=True):
    """The smallest thing that an edit touches: a word, a number, white space, punctuation, a note or a line break.

    ``text`` is empty for a note and a line break. ``leaf`` is the inline that the token is cut from, ``wrappers`` what
    stands around that, outermost first.
    """

    text: str
    leaf: Leaf
    wrappers: tuple[Wrapper, ...] = ()
    mark: Mark | None = None

    @property
    def is_word(self) -> bool:
        """Tell whether the token is a word or a number."""
        return self.text[:1].isalnum()

    @property
    def is_space(self) -> bool:
        """Tell whether the token is white space."""
        return self.text.isspace()

    @property
    def note(self) -> Footnote | None:
        """Return the footnote that the token stands for, if it is one."""
        return self.leaf if isinstance(self.leaf, Footnote) else None

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the ids of the facts whose words these are, or that the note cites."""
        return self.leaf.facts if isinstance(self.leaf, Claim | Footnote) else ()

    @property
    def visible(self) -> Hashable:
        """Return a value that is equal for tokens which a reader cannot tell apart."""
        wrappers = tuple(map(_visible_wrapper, self.wrappers))
        match self.leaf:
            case Footnote(content=content):
                return "note", visible_run(content), wrappers
            case LineBreak():
                return "break", wrappers
        return as_seen(self.text), wrappers


def tokenize(content: Sequence[Inline]) -> Iterator[DiffToken]:
    """Cut a run into tokens, in order. The mark of an outer inline counts before that of an inner one."""
    for leaf, wrappers, mark in _leaves(content):
        if isinstance(leaf, Text | Claim):
            yield from (DiffToken(token, leaf, wrappers, mark) for token in _TOKEN.findall(leaf.text))
        else:
            yield DiffToken("", leaf, wrappers, mark)


def _leaves(
    content: Sequence[Inline], wrappers: tuple[Wrapper, ...] = (), outer: Mark | None = None
) -> Iterator[tuple[Leaf, tuple[Wrapper, ...], Mark | None]]:
    """Give each leaf without its mark, what is around it, and the mark that counts."""
    for inline in content:
        mark = outer or inline.mark
        match inline:
            case Strong(content=inner):
                yield from _leaves(inner, (*wrappers, ("strong", "")), mark)
            case Emphasis(content=inner):
                yield from _leaves(inner, (*wrappers, ("emphasis", "")), mark)
            case Link(content=inner, target=target):
                yield from _leaves(inner, (*wrappers, ("link", target)), mark)
            case _:
                yield (replace(inline, mark=None) if inline.mark else inline), wrappers, mark


def to_inlines(tokens: Sequence[DiffToken], depth: int = 0) -> Inlines:
    """Put tokens together to a run in which neighbours of one kind are one inline.

    ``depth`` is how many of the wrappers have been put around already.
    """
    run: list[Inline] = []
    for wrapper, group in groupby(tokens, key=lambda token: token.wrappers[depth : depth + 1]):
        inside = list(group)
        if wrapper:
            run.append(_wrap(wrapper[0], to_inlines(inside, depth + 1)))
        else:
            run += _merge_leaves(inside)
    return tuple(run)


def _wrap(wrapper: Wrapper, content: Inlines) -> Inline:
    kind, target = wrapper
    if kind == "link":
        return Link(content, target)
    return Strong(content) if kind == "strong" else Emphasis(content)


def _merge_leaves(tokens: Sequence[DiffToken]) -> Iterator[Inline]:
    for (kind, mark), group in groupby(tokens, key=lambda token: (_merge_key(token.leaf), token.mark)):
        inside = list(group)
        leaf = inside[0].leaf
        if kind is not None and isinstance(leaf, Text | Claim):
            yield replace(leaf, text="".join(token.text for token in inside), mark=mark)
        else:
            yield from (replace(token.leaf, mark=mark) for token in inside)


def _merge_key(leaf: Leaf) -> Hashable:
    """Return a value that is equal for words which may be one inline; None for what stands alone."""
    match leaf:
        case Text(language=language):
            return "text", language
        case Claim(facts=facts, part=part, language=language):
            return "claim", facts, part, language
    return None


def visible_run(content: Sequence[Inline]) -> Hashable:
    """Return a value that is equal for runs which look the same to a reader, however they are cut into inlines."""
    visible: list[Hashable] = []
    for (is_text, wrappers), group in groupby(_leaves(content), key=_visible_kind):
        leaves = [leaf for leaf, _, _ in group]
        if is_text:
            text = "".join(leaf.text for leaf in leaves if isinstance(leaf, Text | Claim))
            visible += [(as_seen(text), wrappers)] if text else []
        else:
            visible += [
                (visible_run(leaf.content) if isinstance(leaf, Footnote) else "break", wrappers) for leaf in leaves
            ]
    return tuple(visible)


def _visible_kind(placed: tuple[Leaf, tuple[Wrapper, ...], Mark | None]) -> tuple[bool, tuple[Wrapper, ...]]:
    leaf, wrappers, _ = placed
    return isinstance(leaf, Text | Claim), tuple(map(_visible_wrapper, wrappers))


def _visible_wrapper(wrapper: Wrapper) -> Wrapper:
    # Where a link within the memo leads shows nowhere, and its anchor changes with the words of the heading.
    kind, target = wrapper
    return kind, "#" if target.startswith("#") else target
