"""Printed text laid out as Markdown, each fact in it one private-use character; and the way back to the template.

So Markdown never sees a fact's text, and every character it does see has a place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from memo.compose.source import FIRST_TOKEN, LAST_TOKEN
from memo.compose.values import Placed, Rich, Token, Words
from memo.places import Stretch
from memo.problem import Place


class Layout:
    """The Markdown text of a memo. Offsets are in characters of ``text``."""

    def __init__(self, printed: Rich) -> None:
        self.tokens: list[Placed] = []
        self._pieces: list[Words | Placed] = []
        self._starts: list[int] = []
        texts: list[str] = []
        at = 0
        for piece in map(_placed, printed.pieces):
            text = piece.text if isinstance(piece, Words) else self._enter(piece)
            if text:
                self._pieces.append(piece)
                self._starts.append(at)
                texts.append(text)
                at += len(text)
        self.text = "".join(texts)
        self.lines = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def _enter(self, token: Placed) -> str:
        self.tokens.append(token)
        return chr(FIRST_TOKEN + len(self.tokens) - 1)

    def token(self, character: str) -> Placed | None:
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

    def _stretch(self, index: int, offset: int, start: int, length: int) -> Stretch:
        """From ``start`` on in another text stands what stands here at an offset of a piece, as far as that goes."""
        piece = self._pieces[index]
        if isinstance(piece, Placed):
            return Stretch(start, piece.place)
        if not piece.exact:
            return Stretch(start, piece.source.place(piece.offset, piece.length))
        within = min(offset - self._starts[index], len(piece.text))
        return Stretch(start, piece.source.place(piece.offset + within, min(length, len(piece.text) - within)), True)

    def stretches(self, offset: int, length: int) -> list[Stretch]:
        """Where a stretch of text that may run over several pieces was written; their starts count from ``offset``."""
        if not self._pieces:
            return [Stretch(0, Place("", 0))]
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


def _placed(piece: Words | Token) -> Words | Placed:
    return Placed(piece.value, piece.site.place) if isinstance(piece, Token) else piece


def is_token(character: str) -> bool:
    """Whether a character is one of those that stand for facts and blocks."""
    return FIRST_TOKEN <= ord(character) <= LAST_TOKEN
