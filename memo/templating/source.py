"""One template file, taken apart by Jinja's lexer, so that everything in it has a line and a column.

Jinja gives a line for each token and each node. Here the lexer's tokens are found again in the text, and their
*offsets* are handed to Jinja's parser where it expects lines: so each node of the parsed template, and each syntax
error, knows the very character it starts at.

A parsed template, and how far its expressions reach: Jinja's nodes say, here, at which offset they begin."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from jinja2 import nodes
from jinja2.lexer import Lexer
from msgspec import Struct

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


@dataclass(frozen=True, slots=True)
class TemplateSource:
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


_CLOSING = ("variable_end", "block_end")


def start_of(node: nodes.Node) -> int:
    """The offset at which an expression starts; a call's own offset, say, is that of its parenthesis."""
    match node:
        case nodes.Name() | nodes.Const():
            return node.lineno
        case nodes.Call() | nodes.Getattr() | nodes.Getitem() | nodes.Filter() | nodes.Test() if node.node:
            return start_of(node.node)
        case nodes.BinExpr(left=left):
            return start_of(left)
        case nodes.Compare(expr=first) | nodes.CondExpr(expr1=first):
            return start_of(first)
        case nodes.Concat(nodes=[first, *_]):
            return start_of(first)
        case _:
            return node.lineno


class Extents:
    """The tokens of a template, without white space, to find the ends of its expressions by.

    They are held as numbers and cut from the text when asked for: a template has a token for every six characters.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._types: list[str] = []
        self._offsets, self._ends = array("L"), array("L")
        self._closings = array("L")
        """Which tokens close a pair of braces."""
        self.last = Piece(0, "", "")
        """The last token of all."""

    def read(self, tokens: Iterable[Piece]) -> None:
        """Take in tokens that follow one another."""
        for token in tokens:
            self.last = token
            offset, type_, text = token
            if type_ in _CLOSING:
                self._closings.append(len(self._types))
            self._types.append(type_)
            self._offsets.append(offset)
            self._ends.append(offset + len(text))

    def __iter__(self) -> Iterator[tuple[int, str, str]]:
        """Every token's offset, type and text, as Jinja's parser takes them."""
        texts = map(self._text.__getitem__, map(slice, self._offsets, self._ends))
        return zip(self._offsets, self._types, texts, strict=True)

    def __getitem__(self, at: int) -> Piece:
        offset = self._offsets[at]
        return Piece(offset, self._types[at], self._text[offset : self._ends[at]])

    def token(self, offset: int, further: int = 0) -> Piece:
        """The token at an offset, or one that comes so many later."""
        at = bisect_left(self._offsets, offset) + further
        return self[min(at, len(self._offsets) - 1)]

    def comments(self) -> Iterator[Piece]:
        """What stands in each comment, in order."""
        return (self[at] for at, type_ in enumerate(self._types) if type_ == "comment")

    def following(self, offset: int) -> Iterator[tuple[Piece, int]]:
        """The tokens from an offset on, up to the end of their braces, and how many brackets are open after each."""
        depth = 0
        for index in range(bisect_left(self._offsets, offset), len(self._offsets)):
            token = self[index]
            if token.type in _CLOSING:
                return
            if token.type == "operator":
                depth += (token.text in "([{") - (token.text in ")]}")
            yield token, depth

    def end(self, offset: int) -> int:
        """Where an expression ends that starts here: at a comma, a colon, or a bracket that it did not open."""
        last = offset + 1
        for token, depth in self.following(offset):
            if depth < 0 or (depth == 0 and token.type == "operator" and token.text in ",:"):
                break
            last = token.end
        return last

    def close(self, offset: int) -> int:
        """Where the bracket that opens at this offset is closed."""
        return next((token.end for token, depth in self.following(offset) if depth <= 0), offset + 1)

    # What a problem with a node points at: an offset and a length

    def whole(self, node: nodes.Node) -> tuple[int, int]:
        """All of an expression."""
        start = start_of(node)
        match node:
            case nodes.Name() | nodes.Const() | nodes.NSRef():
                return start, len(self.token(start).text)
            case nodes.Call():
                return start, self.close(node.lineno) - start
            case nodes.Getattr():
                return start, self.token(node.lineno, 1).end - start
            case _:
                return start, self.end(start) - start

    def printed(self, node: nodes.Node) -> tuple[int, int]:
        """All that stands between ``{{`` and ``}}``."""
        start = start_of(node)
        closing = bisect_left(self._closings, bisect_left(self._offsets, start))
        last = self._closings[closing] if closing < len(self._closings) else len(self._offsets)
        return start, max(1, self._ends[last - 1] - start)

    def word(self, node: nodes.Node) -> tuple[int, int]:
        """The word a node begins with: a filter's name, a statement's."""
        return node.lineno, len(self.token(node.lineno).text)

    def attribute(self, node: nodes.Node) -> tuple[int, int]:
        """The name after a dot."""
        name = self.token(node.lineno, 1)
        return name.offset, len(name.text)

    def brackets(self, node: nodes.Node) -> tuple[int, int]:
        """The brackets that an item or a mapping stands in."""
        return node.lineno, self.close(node.lineno) - node.lineno

    def test(self, node: nodes.Node) -> tuple[int, int]:
        """The name after ``is`` or ``is not``."""
        name = self.token(node.lineno, 1)
        name = self.token(node.lineno, 2) if name.text == "not" else name
        return name.offset, len(name.text)


class Parsed(Struct, frozen=True):
    """A template that Jinja's parser has read. Its nodes bear offsets for lines."""

    source: TemplateSource
    tree: nodes.Template
    extents: Extents
