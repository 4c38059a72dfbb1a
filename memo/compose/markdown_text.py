"""The Markdown text of a memo, in which each fact is one private-use character; and the way back to the template.

So the Markdown parser never sees a fact's text: there is nothing in it to escape, and nothing in it can be taken for
markup. And every character that it does see has a place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from memo.document.composed import SourceSpan
from memo.problem import Place
from memo.templating.source import FIRST_TOKEN, LAST_TOKEN
from memo.templating.values import Placed, Rich, Token, WriterText


def is_token(character: str) -> bool:
    """Tell whether a character is one of those that stand for facts and blocks."""
    return FIRST_TOKEN <= ord(character) <= LAST_TOKEN


class MarkdownText:
    """What a memo's template printed, as one text. Offsets are in characters of ``text``, lines counted from 0."""

    def __init__(self, printed: Rich) -> None:
        self.tokens: dict[str, Placed] = {}
        """What each private-use character stands for, in the order in which they were printed."""
        self._pieces: list[WriterText | Placed] = []
        self._starts: list[int] = []
        texts: list[str] = []
        at = 0
        for piece in printed.pieces:
            text, kept = self._laid_out(piece)
            if text:
                self._pieces.append(kept)
                self._starts.append(at)
                texts.append(text)
                at += len(text)
        self.text = "".join(texts)
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def _laid_out(self, piece: WriterText | Token) -> tuple[str, WriterText | Placed]:
        """Return a printed piece as Markdown is to see it, and what is kept of it."""
        if isinstance(piece, WriterText):
            return piece.text, piece
        character = chr(FIRST_TOKEN + len(self.tokens))
        # The site would keep the parsed template in memory, which takes up more than what it prints
        self.tokens[character] = Placed(piece.value, piece.site.place)
        return character, self.tokens[character]

    def line(self, number: int) -> str:
        """Return the text of a line, without its end."""
        start = self.line_starts[number]
        end = self.line_starts[number + 1] - 1 if number + 1 < len(self.line_starts) else len(self.text)
        return self.text[start:end]

    def spans(self, offset: int, length: int) -> list[SourceSpan]:
        """Return where ``length`` characters from ``offset`` on were written; the spans count from ``offset``."""
        if not self._pieces:
            return [SourceSpan(0, Place("", 0))]
        first = bisect_right(self._starts, offset) - 1
        last = bisect_left(self._starts, offset + length)
        bounds = [offset, *self._starts[first + 1 : last], offset + length]
        return [
            self._span(index, start, end - start).later(start - offset)
            for index, (start, end) in enumerate(pairwise(bounds), first)
        ]

    def _span(self, index: int, offset: int, length: int) -> SourceSpan:
        """Return where the characters from ``offset`` on were written, as far as they are of one piece."""
        piece = self._pieces[index]
        if isinstance(piece, Placed):
            return SourceSpan(0, piece.place)
        if not piece.exact:
            return SourceSpan(0, piece.source.place(piece.offset, piece.length))
        # The place after the last character is asked for too, where the last line is empty
        within = min(offset - self._starts[index], len(piece.text))
        length = min(length, len(piece.text) - within)
        return SourceSpan(0, piece.source.place(piece.offset + within, length), exact=True)

    def line_place(self, number: int) -> Place:
        """Return the place of a line, without the white space around it, as far as it is of one piece."""
        number = min(number, len(self.line_starts) - 1)
        line = self.line(number)
        indent = len(line) - len(line.lstrip())
        return self.spans(self.line_starts[number] + indent, len(line.strip()))[0].place


class BlockText:
    """The text of one Markdown block, and where each part of it stands in the whole.

    Markdown-it gives a block's text without what it is set in (bullets, ``>``, hashes, pipes, indents), and of places
    only the lines: so each part of the text is looked for on its line. ``starts`` has for each part its offset in the
    block's text and its offset in the whole.
    """

    def __init__(self, whole: MarkdownText, text: str, starts: list[tuple[int, int]]) -> None:
        self.text = text
        self._whole = whole
        self._starts = starts
        self._offsets = [offset for offset, _ in starts]

    def spans(self, offset: int, length: int) -> list[SourceSpan]:
        """Return where ``length`` characters from ``offset`` on were written; the spans count from ``offset``."""
        found: list[SourceSpan] = []
        at, end = offset, offset + length
        while at < end or not found:
            index = max(0, bisect_right(self._offsets, at) - 1)
            start, in_whole = self._starts[index]
            stop = min(end, self._offsets[index + 1]) if index + 1 < len(self._offsets) else end
            spans = self._whole.spans(in_whole + at - start, max(1, stop - at))
            found += [span.later(at - offset) for span in spans]
            at = stop
        return found

    def place(self, offset: int, length: int = 1) -> Place:
        """Return the place of some characters, as far as one piece of the template goes."""
        return self.spans(offset, length)[0].place


def paragraph_text(whole: MarkdownText, text: str, line: int) -> BlockText:
    """Find the text of a paragraph or a heading that starts on a line."""
    starts, at = [], 0
    for number, part in enumerate(text.split("\n"), line):
        written = whole.line(number) if number < len(whole.line_starts) else ""
        starts.append((at, whole.line_starts[min(number, len(whole.line_starts) - 1)] + _column(written, part)))
        at += len(part) + 1
    return BlockText(whole, text, starts)


def _column(line: str, part: str) -> int:
    """Find where on its line a part begins: a paragraph's ends the line, a heading's may have hashes after it."""
    bare, wanted = line.rstrip(), part.rstrip()
    if bare.endswith(wanted):
        return len(bare) - len(wanted)
    hashes = re.match(r"[ \t>*+\-.)0-9]*#+", line)
    return max(0, line.find(wanted, hashes.end() if hashes else 0))


def cell_text(whole: MarkdownText, text: str, line: int, column: int) -> tuple[BlockText, int]:
    """Find the text of a table's cell from a column of its line on. Return it, and the column after it.

    Markdown-it gives an escaped pipe, ``\\|``, as a plain one: the text from there on is a part of its own.
    """
    written, start = whole.line(line), whole.line_starts[line]
    if "|" not in text:
        at = written.find(text, column)
        if at >= 0:
            return BlockText(whole, text, [(0, start + at)]), at + len(text)
        return BlockText(whole, text, [(0, start + column)]), column
    pattern = re.escape(text).replace(r"\|", r"\\?\|")
    found = re.compile(pattern).search(written, column)
    if found is None:
        return BlockText(whole, text, [(0, start + column)]), column
    starts, at = [(0, start + found.start())], found.start()
    for offset, character in enumerate(text):
        if written[at] == "\\" and character == "|":
            at += 1
            starts.append((offset, start + at))
        at += 1
    return BlockText(whole, text, starts), found.end()
