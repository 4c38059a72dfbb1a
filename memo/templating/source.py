"""One template file: its text, its places, and the tokens that Jinja's lexer finds in it.

Jinja gives each token a line. Here the tokens are found again in the text, so that each has its offset, in characters
from the start of the file, and with that a line and a column.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from jinja2.lexer import Lexer
from msgspec import Struct
from msgspec.structs import force_setattr

from memo.problem import Place

FIRST_TOKEN, LAST_TOKEN = 0xF0000, 0xFFFFD
"""The private-use characters of plane 15: each stands for one fact or block in the Markdown text."""

UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]"
)
"""Control, surrogate and private-use characters: no template may have them (XML 1.0, 2.2; facts print as the last)."""


def unwanted_words(text: str) -> str:
    """Say what sort of unwanted character a text has."""
    turned = re.search("[\u202a-\u202e]", text)
    return "an override of direction" if turned else "a control or private-use character"


_NEWLINES = re.compile("\r\n|\r")


class TemplateSource(Struct, frozen=True):
    """A template file. ``path`` is relative to the project; ``text`` has ``\\n`` for its line ends."""

    path: str
    text: str
    lines: tuple[int, ...] = ()
    """The offsets at which its lines start; found in the text, never given."""

    def __post_init__(self) -> None:
        starts = (0, *(end.end() for end in re.finditer("\n", self.text)))
        force_setattr(self, "lines", starts)

    def place(self, offset: int, length: int = 1) -> Place:
        """Return the place of a stretch of text; of one that runs over several lines, the part on its first line."""
        line = bisect_right(self.lines, offset)
        start = self.lines[line - 1]
        end = self.lines[line] - 1 if line < len(self.lines) else len(self.text)
        return Place(self.path, line, offset - start + 1, max(1, min(length, end - offset)))

    def line_place(self, line: int) -> Place:
        """Return the place of a whole line, counted from 1, without the white space around it."""
        start = self.lines[min(max(line, 1), len(self.lines)) - 1]
        text = self.text[start:].partition("\n")[0]
        indent = len(text) - len(text.lstrip())
        return self.place(start + indent, len(text.strip()))


def clean(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Make a file's text fit to be read: line ends are ``\\n``, and unwanted characters are U+FFFD.

    Returns the text with the characters that were replaced, each with its offset.
    """
    text = _NEWLINES.sub("\n", text)
    if text.replace("\n", "").isprintable():  # no unwanted character is, and this takes a tenth of the time
        return text, []
    return UNWANTED.sub("\ufffd", text), [(match.start(), match[0]) for match in UNWANTED.finditer(text)]


# Tokens

Lexed = tuple[int, str, str]
"""A token's offset, type and text."""


class LexerToken(NamedTuple):
    """A token of Jinja's lexer: where it starts in the text, its type, and the text itself."""

    offset: int
    type: str
    text: str

    @property
    def end(self) -> int:
        """Return the offset at which what follows it starts."""
        return self.offset + len(self.text)


def lexed(lexer: Lexer, text: str) -> Iterator[Lexed]:
    """Find the lexer's tokens with their offsets; white space within tags is left out.

    Raises Jinja's TemplateSyntaxError, as the lexer does, with a line.
    """
    at = 0
    for _, type_, token in lexer.tokeniter(text, None):
        if type_ != "whitespace":
            # The lexer drops nothing but white space, where ``{%-`` and the like strip it
            at = text.index(token, at)
            yield at, type_, token
            at += len(token)


def trimmed(tokens: Iterable[Lexed]) -> Iterator[Lexed]:
    """Take away the line end of each line that holds nothing but tags and comments.

    Jinja's own ``trim_blocks`` takes it after every tag, and would join a line of text that ends in one to the next.
    """
    only_tags, after_tag = True, False
    for offset, type_, text in tokens:
        if type_ == "data":
            before, newline, after = text.rpartition("\n")
            if after_tag and only_tags and text.startswith("\n"):
                offset, text = offset + 1, text[1:]
            only_tags = not after.strip() and (bool(newline) or (only_tags and not before.strip()))
        elif type_ == "variable_begin":
            only_tags = False
        after_tag = type_ in ("block_end", "comment_end") and not text.startswith("+")
        if text:
            yield offset, type_, text


class LexerTokens:
    """The tokens of a template, to find the ends of its expressions by.

    They are kept as numbers and cut from the text when asked for: a template has a token for every six characters.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._types: list[str] = []
        self._offsets, self._ends = array("L"), array("L")
        self._closings = array("L")
        """The indices of the tokens that close a pair of braces."""

    def read(self, tokens: Iterable[Lexed]) -> None:
        """Take in tokens that follow one another."""
        for offset, type_, text in tokens:
            if type_ in ("variable_end", "block_end"):
                self._closings.append(len(self._types))
            self._types.append(type_)
            self._offsets.append(offset)
            self._ends.append(offset + len(text))

    @property
    def last(self) -> LexerToken:
        """Return the last token taken in; an empty one before the first."""
        return self[-1] if self._types else LexerToken(0, "", "")

    def __iter__(self) -> Iterator[Lexed]:
        """Go through offset, type and text of every token, as Jinja's parser takes them."""
        texts = map(self._text.__getitem__, map(slice, self._offsets, self._ends))
        return zip(self._offsets, self._types, texts, strict=True)

    def __getitem__(self, index: int) -> LexerToken:
        offset = self._offsets[index]
        return LexerToken(offset, self._types[index], self._text[offset : self._ends[index]])

    def token(self, offset: int, further: int = 0) -> LexerToken:
        """Return the token at an offset, or one that comes so many later."""
        index = bisect_left(self._offsets, offset) + further
        return self[min(index, len(self._offsets) - 1)]

    def comments(self) -> Iterator[LexerToken]:
        """Go through what stands in each comment."""
        return (self[index] for index, type_ in enumerate(self._types) if type_ == "comment")

    def texts(self) -> Iterator[LexerToken]:
        """Go through what is printed as it stands, but for what stands between ``raw`` and ``endraw``."""
        for index, type_ in enumerate(self._types):
            if type_ == "data" and not (index and self._types[index - 1] == "raw_begin"):
                yield self[index]

    def second_strings(self) -> Iterator[LexerToken]:
        """Go through the texts in tags that another stands right before: Jinja would make one text of both."""
        return (self[index] for index, pair in enumerate(pairwise(self._types), 1) if pair == ("string", "string"))

    def begin(self, offset: int) -> int | None:
        """Return where the tag begins that stands at an offset or is the last before it; None where there is none."""
        for index in reversed(range(bisect_right(self._offsets, offset))):
            if self._types[index] in ("variable_begin", "block_begin"):
                return self._offsets[index]
        return None

    def following(self, offset: int) -> Iterator[tuple[LexerToken, int]]:
        """Go through the tokens up to the end of their braces, with how many brackets are open after each."""
        depth = 0
        first = bisect_left(self._offsets, offset)
        for index in range(first, self._closing(first)):
            token = self[index]
            if token.type == "operator":
                depth += (token.text in "([{") - (token.text in ")]}")
            yield token, depth

    def end(self, offset: int) -> int:
        """Return where the expression ends that starts here: at a comma, a colon, or a bracket that it did not open."""
        last = offset + 1
        for token, depth in self.following(offset):
            if depth < 0 or (depth == 0 and token.type == "operator" and token.text in ",:"):
                break
            last = token.end
        return last

    def bracket_end(self, offset: int) -> int:
        """Return where the bracket that opens here is closed."""
        return next((token.end for token, depth in self.following(offset) if depth <= 0), offset + 1)

    def braces_end(self, offset: int) -> int:
        """Return where the last token ends before the ``}}`` or ``%}`` that comes next."""
        return self._ends[self._closing(bisect_left(self._offsets, offset)) - 1]

    def _closing(self, index: int) -> int:
        """Return the index of the first closing of braces from a token on; the number of tokens where there is none."""
        closing = bisect_left(self._closings, index)
        return self._closings[closing] if closing < len(self._closings) else len(self._offsets)
