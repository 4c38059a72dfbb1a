"""What came and what went, in a redline: its colour, its line, and its words for those who do not see them.

A stretch that came or went is a Span whose ActualText says so (ISO 32000-1, 14.9.4): PDF 1.7 has no tag for it. The
page's own marked content keeps the words as shown, for those who search or copy them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from memo.document.tree import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Mark, Strong, Text
from memo.facts.style import Colours, Words, fill
from memo.renderers.pdf.file.structure import Element


@dataclass(slots=True, eq=False)
class Altered:
    """A stretch of text that came or went: its Span, whose words are ``text``, in that language."""

    mark: Mark
    element: Element
    language: str
    text: str


class Marker:
    """How one file shows and says what came and went."""

    def __init__(self, colours: Colours, words: Words) -> None:
        self._colours = {"inserted": colours.inserted, "deleted": colours.deleted}
        self._how = {"inserted": words.inserted, "deleted": words.deleted}
        self._words = words

    def colour(self, mark: Mark) -> str:
        """The colour of what bears this mark."""
        return self._colours[mark.how]

    def how(self, mark: Mark) -> str:
        """The mark in a word."""
        return self._how[mark.how]

    def said(self, mark: Mark | None, text: str) -> str:
        """A text with its mark in words around it; white space at its ends stays there. Without words, as it is."""
        bare = text.strip()
        if mark is None or not bare:
            return text
        pattern = self._words.marked_numbered if mark.change else self._words.marked
        start = text.index(bare)
        told = fill(pattern, how=self.how(mark), number=str(mark.change), text=bare)
        return f"{text[:start]}{told}{text[start + len(bare) :]}"

    def told(self, content: tuple[Inline, ...], mark: Mark | None = None) -> str:
        """The words of inlines without notes, with their marks in words; ``mark`` is that of what they stand in."""
        stretches = groupby(_pieces(content, mark), key=lambda piece: piece[0])
        return "".join(self.said(own, "".join(text for _, text in group)) for own, group in stretches)

    def begin(self, mark: Mark, owner: Element, language: str, around: str) -> Altered:
        """A stretch with no words yet. ``around`` is the language of what it stands in."""
        return Altered(mark, Element("Span", owner, language="" if language == around else language), language, "")

    def extend(self, altered: Altered, text: str) -> None:
        """Add words to a stretch."""
        altered.text += text
        altered.element.actual = self.said(altered.mark, altered.text) if altered.text.strip() else ""


def _pieces(content: tuple[Inline, ...], mark: Mark | None) -> Iterator[tuple[Mark | None, str]]:
    for inline in content:
        own = mark or inline.mark
        match inline:
            case Text(text=text) | Claim(text=text):
                yield own, text
            case Strong(content=inner) | Emphasis(content=inner) | Link(content=inner):
                yield from _pieces(inner, own)
            case LineBreak():
                yield own, "\n"
            case Footnote():
                pass


def clash(before: str, after: str) -> bool:
    """Whether two words that touch would be read as one."""
    return before[-1:].isalnum() and after[:1].isalnum()
