"""Where the text of a Markdown block stands in the whole: Markdown strips it of what it is set in."""

from __future__ import annotations

import re
from bisect import bisect_right

from memo.compose.layout import Layout
from memo.places import Stretch
from memo.problem import Place


class Span:
    """The text of one Markdown block, and where each of its stretches is in the layout."""

    def __init__(self, layout: Layout, starts: list[tuple[int, int]]) -> None:
        self._layout = layout
        self._starts = starts
        self._offsets = [offset for offset, _ in starts]

    def stretches(self, offset: int, length: int) -> list[Stretch]:
        """Where a stretch of the block's text was written; their starts count from ``offset``."""
        found: list[Stretch] = []
        at, last = offset, offset + length
        while True:
            index = max(0, bisect_right(self._offsets, at) - 1)
            start, there = self._starts[index]
            end = self._offsets[index + 1] if index + 1 < len(self._offsets) else last
            if at == offset and last <= end:
                return self._layout.stretches(there + at - start, max(1, length))
            some = self._layout.stretches(there + at - start, max(1, min(end, last) - at))
            found += some if at == offset else [stretch.later(at - offset) for stretch in some]
            at = end
            if at >= last:
                return found

    def place(self, offset: int, length: int = 1) -> Place:
        """The place of a stretch of the block's text, as far as one piece of the template goes."""
        return self.stretches(offset, length)[0].place


def of_lines(layout: Layout, content: str, line: int) -> Span:
    """The span of a paragraph or a heading that starts on this line, counted from 0."""
    starts, at = [], 0
    for number, part in enumerate(content.split("\n"), line):
        whole = layout.line(number) if number < len(layout.lines) else ""
        starts.append((at, layout.lines[min(number, len(layout.lines) - 1)] + _column(whole, part)))
        at += len(part) + 1
    return Span(layout, starts)


def _column(line: str, part: str) -> int:
    """A paragraph's text is its line's end; a heading's stands between its hashes."""
    bare, wanted = line.rstrip(), part.rstrip()
    if bare.endswith(wanted):
        return len(bare) - len(wanted)
    hashes = re.match(r"[ \t>*+\-.)0-9]*#+", line)
    return max(0, line.find(wanted, hashes.end() if hashes else 0))


def of_cell(layout: Layout, content: str, line: int, column: int) -> tuple[Span, int]:
    """The span of a table's cell, looked for from a column on; and the column after it. ``\\|`` counts as one."""
    text, start = layout.line(line), layout.lines[line]
    if "|" not in content:
        at = text.find(content, column)
        if at >= 0:
            return Span(layout, [(0, start + at)]), at + len(content)
        return Span(layout, [(0, start + column)]), column
    pattern = re.escape(content).replace(r"\|", r"\\?\|")
    found = re.compile(pattern).search(text, column)
    if found is None:
        return Span(layout, [(0, start + column)]), column
    starts, at = [(0, start + found.start())], found.start()
    for offset, character in enumerate(content):
        if text[at] == "\\" and character == "|":
            at += 1
            starts.append((offset, start + at))
        at += 1
    return Span(layout, starts), found.end()
