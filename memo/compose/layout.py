"""Printed text laid out as Markdown, each fact in it one private-use character; and the way back to the template.

So Markdown never sees a fact's text, and every character it does see has a place.

What the steps from printed text to document share, for one memo."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from memo.document.composed import Places, SourceSpan
from memo.document.tree import Link
from memo.facts.dossier import Facts
from memo.facts.style import Style, Words
from memo.problem import Place
from memo.templating.run import Run
from memo.templating.source import FIRST_TOKEN, LAST_TOKEN
from memo.templating.values import Rich, Token
from memo.templating.values import WriterText as WriterWords


class Layout:
    """The Markdown text of a memo. Offsets are in characters of ``text``."""

    def __init__(self, printed: Rich) -> None:
        self.tokens: list[Token] = []
        self._pieces: list[WriterWords | Token] = []
        self._starts: list[int] = []
        texts: list[str] = []
        at = 0
        for piece in printed.pieces:
            text = piece.text if isinstance(piece, WriterWords) else self._enter(piece)
            if text:
                self._pieces.append(piece)
                self._starts.append(at)
                texts.append(text)
                at += len(text)
        self.text = "".join(texts)
        self.lines = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def _enter(self, token: Token) -> str:
        self.tokens.append(token)
        return chr(FIRST_TOKEN + len(self.tokens) - 1)

    def token(self, character: str) -> Token | None:
        """What a character stands for, if it stands for anything."""
        number = ord(character) - FIRST_TOKEN
        return self.tokens[number] if 0 <= number < len(self.tokens) else None

    def line(self, number: int) -> str:
        """The text of a line, counted from 0, without its end."""
        start = self.lines[number]
        end = self.lines[number + 1] - 1 if number + 1 < len(self.lines) else len(self.text)
        return self.text[start:end]

    def place(self, offset: int, length: int = 1) -> Place:
        """Where in a template this stretch of text was written, as far as one piece of it goes."""
        if not self._pieces:
            return Place("", 0)
        return self._stretch(bisect_right(self._starts, offset) - 1, offset, 0, length).place

    def _stretch(self, index: int, offset: int, start: int, length: int) -> SourceSpan:
        """From ``start`` on in another text stands what stands here at an offset of a piece, as far as that goes."""
        piece = self._pieces[index]
        if isinstance(piece, Token):
            return SourceSpan(start, piece.place)
        if not piece.exact:
            return SourceSpan(start, piece.source.place(piece.offset, piece.length))
        within = min(offset - self._starts[index], len(piece.text))
        return SourceSpan(start, piece.source.place(piece.offset + within, min(length, len(piece.text) - within)), True)

    def stretches(self, offset: int, length: int) -> list[SourceSpan]:
        """Where a stretch of text that may run over several pieces was written; their starts count from ``offset``."""
        if not self._pieces:
            return [SourceSpan(0, Place("", 0))]
        first = bisect_right(self._starts, offset)
        if first == len(self._starts) or offset + length <= self._starts[first]:
            return [self._stretch(first - 1, offset, 0, length)]
        last = bisect_left(self._starts, offset + length)
        bounds = [offset, *self._starts[first:last], offset + length]
        return [
            self._stretch(index, start, start - offset, end - start)
            for index, (start, end) in enumerate(pairwise(bounds), first - 1)
        ]

    def line_place(self, number: int) -> Place:
        """The place of a line, counted from 0, without the white space around it."""
        number = min(number, len(self.lines) - 1)
        line = self.line(number)
        indent = len(line) - len(line.lstrip())
        return self.place(self.lines[number] + indent, len(line.strip()))


def is_token(character: str) -> bool:
    """Whether a character is one of those that stand for facts and blocks."""
    return FIRST_TOKEN <= ord(character) <= LAST_TOKEN


@dataclass(slots=True)
class Work:
    """The dossier, the style and its words, the Markdown text, and what has been found so far."""

    run: Run
    facts: Facts
    style: Style
    words: Words
    layout: Layout
    places: Places = field(default_factory=Places)
    links: list[Link] = field(default_factory=list)
    """Links whose targets are anchors, to be looked up once all headings are known."""
    made: set[str] = field(default_factory=set)
    """The keys of the blocks that memo itself wrote."""
    seen: set[int] = field(default_factory=set)
    """Tokens that have come into the document, or whose misplacement is reported."""

    def report(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Report a problem."""
        self.run.report(code, message, place, hint)

    def token(self, character: str) -> Token | None:
        """What a character stands for; from now on it counts as seen."""
        found = self.layout.token(character)
        if found is not None:
            self.seen.add(ord(character))
        return found

    def misplace(self, text: str, where: str) -> None:
        """Report every fact and block in a text that keeps none: code, HTML, a link's destination."""
        for character in filter(is_token, text):
            if token := self.token(character):
                self.report("misplaced-token", f"a fact cannot keep its identity in {where}", token.place)

    def lost(self) -> None:
        """Report what was printed and came into no text: Markdown left it out."""
        for number, token in enumerate(self.layout.tokens):
            if FIRST_TOKEN + number not in self.seen:
                message = "Markdown leaves out what is printed here, so the fact would be lost"
                self.report("misplaced-token", message, token.place)
