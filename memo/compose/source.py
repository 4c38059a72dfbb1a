"""One template file, taken apart by Jinja's lexer, so that everything in it has a line and a column.

Jinja gives a line for each token and each node. Here the lexer's tokens are found again in the text, and their
*offsets* are handed to Jinja's parser where it expects lines: so each node of the parsed template, and each syntax
error, knows the very character it starts at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import NamedTuple

from jinja2.lexer import Lexer

from memo.frozen import frozen
from memo.problem import Place

FIRST_TOKEN, LAST_TOKEN = 0xF0000, 0xFFFFD
"""The private-use characters of plane 15: each stands for one fact or block in the Markdown text."""

UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]"
)
"""Control, surrogate and private-use characters: no template may have them (XML 1.0, 2.2; facts print as the last)."""

_NEWLINES = re.compile("\r\n|\r")


_ENDS = ("block_end", "comment_end")


class Piece(NamedTuple):
    """A token of Jinja's lexer: where it starts in the text, its type, and the text itself."""

    offset: int
    type: str
    text: str

    @property
    def end(self) -> int:
        """Where what follows it starts."""
        return self.offset + len(self.text)


@frozen
class Source:
    """A template file. ``path`` is relative to the project; ``text`` has ``\\n`` for its line ends."""

    path: str
    text: str
    lines: tuple[int, ...] = field(init=False)
    """The offsets at which its lines start."""

    def __post_init__(self) -> None:
        starts = (0, *(found.end() for found in re.finditer("\n", self.text)))
        object.__setattr__(self, "lines", starts)

    def place(self, offset: int, length: int = 1) -> Place:
        """The place of a stretch of text; of one that runs over several lines, that of its first line."""
        line = bisect_right(self.lines, offset)
        start = self.lines[line - 1]
        end = self.lines[line] - 1 if line < len(self.lines) else len(self.text)
        return Place(self.path, line, offset - start + 1, max(1, min(length, end - offset)))

    def line_place(self, line: int) -> Place:
        """The place of a whole line, counted from 1, without the white space before it."""
        start = self.lines[min(max(line, 1), len(self.lines)) - 1]
        text = self.text[start:].partition("\n")[0]
        indent = len(text) - len(text.lstrip())
        return self.place(start + indent, len(text.strip()))


def clean(text: str) -> tuple[str, list[int]]:
    """A file's text as templates are read: its line ends ``\\n``, and the offsets of characters it may not have.

    Each of those is replaced by U+FFFD, so that reading goes on.
    """
    text = _NEWLINES.sub("\n", text)
    if text.replace("\n", "").isprintable():  # nothing unwanted is, and this is told in a tenth of the time
        return text, []
    return UNWANTED.sub("\ufffd", text), [found.start() for found in UNWANTED.finditer(text)]


def pieces(lexer: Lexer, text: str) -> Iterator[Piece]:
    """The lexer's tokens with their offsets. Raises Jinja's TemplateSyntaxError as the lexer does, with a line.

    White space within tags, of which nobody makes anything, is left out. The lexer itself leaves out white space that
    ``{%-`` and the like strip, and nothing else: so each token is the next occurrence of its text.
    """
    at = 0
    for _, type_, value in lexer.tokeniter(text, None):
        if type_ != "whitespace":
            at = text.index(value, at)
            yield Piece(at, type_, value)
            at += len(value)


def trimmed(found: Iterable[Piece]) -> Iterator[Piece]:
    """The same, without the line end after a line that holds nothing but tags and comments.

    Jinja's own ``trim_blocks`` takes it after every tag, and so would join a line of text that ends in one to the next.
    """
    bare, ended = True, False
    for piece in found:
        if piece.type == "data":
            before, end, after = piece.text.rpartition("\n")
            if ended and bare and piece.text.startswith("\n"):
                piece = Piece(piece.offset + 1, piece.type, piece.text[1:])
            bare = not after.strip() and (bool(end) or (bare and not before.strip()))
        elif piece.type == "variable_begin":
            bare = False
        ended = piece.type in _ENDS and not piece.text.startswith("+")
        if piece.text:
            yield piece
