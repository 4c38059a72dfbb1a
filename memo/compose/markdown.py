"""Markdown, read into a tree of nodes: CommonMark and tables, nothing else (CommonMark 0.31; GFM, 4.10).

Where the text of a Markdown block stands in the whole: Markdown strips it of what it is set in.

Link definitions, ``[name]: https://...``: Markdown takes them out of the text without a trace."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import link as link_rule
from markdown_it.token import Token

from memo.compose.layout import Layout, Work, is_token
from memo.document.composed import SourceSpan
from memo.problem import Place

DEEPEST = 40
"""How deep Markdown's blocks may nest, where each list takes two. Markdown itself would leave out what is deeper."""


class _Parser(MarkdownIt):
    """Takes every link as written: what a target may be is decided, and said, in `memo.compose.inlines`."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002
        return True

    def normalizeLink(self, url: str) -> str:
        return url


@dataclass(slots=True)
class Node:
    """A Markdown token, and those that stand between it and the one that closes it.

    ``environment`` is what Markdown says of the whole text.
    """

    token: Token
    environment: dict[str, Any]
    children: list[Node] = field(default_factory=list)

    @property
    def type(self) -> str:
        """What it is: ``paragraph``, ``list_item``, ``inline``, ``hr``."""
        return self.token.type.removesuffix("_open")

    @property
    def lines(self) -> tuple[int, int]:
        """The lines it stands on, counted from 0: the first, and the one after the last."""
        first, end = self.token.map or (0, 1)
        return first, end

    def inlines(self) -> list[Token]:
        """The tokens of its text. They are made when asked for: those of a long memo take up more than its document."""
        found: list[Token] = []
        _parser().inline.parse(self.token.content, _parser(), self.environment, found)
        return found


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": DEEPEST + 10, "store_labels": True})
    parser.enable("table").disable(["inline", "text_join"])
    parser.inline.ruler.at("link", _link)
    return parser


def _link(state: StateInline, silent: bool) -> bool:
    """Markdown-it's rule, which also notes where the link ends: its destination is in no token."""
    before = len(state.tokens)
    found = link_rule(state, silent)
    if found and not silent:
        opening = next(token for token in state.tokens[before:] if token.type == "link_open")
        opening.meta["end"] = state.tokens[-1].meta["end"] = state.pos
    return found


def parse(text: str) -> tuple[deque[Node], dict[str, Any]]:
    """The blocks of a Markdown text, and what Markdown says of its link definitions (``references``).

    Their text is not parsed yet: see `Node.inlines`.
    """
    environment: dict[str, Any] = {}
    root: list[Node] = []
    stack = [root]
    for token in _parser().parse(text, environment):
        if token.nesting < 0:
            stack.pop()
            continue
        node = Node(token, environment)
        stack[-1].append(node)
        if token.nesting > 0:
            stack.append(node.children)
    return deque(root), environment


class Span:
    """The text of one Markdown block, and where each of its stretches is in the layout."""

    def __init__(self, layout: Layout, starts: list[tuple[int, int]]) -> None:
        self._layout = layout
        self._starts = starts
        self._offsets = [offset for offset, _ in starts]

    def stretches(self, offset: int, length: int) -> list[SourceSpan]:
        """Where a stretch of the block's text was written; their starts count from ``offset``."""
        found: list[SourceSpan] = []
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


def check_definitions(work: Work, nodes: Iterable[Node], environment: Mapping[str, Any]) -> None:
    """Report definitions that clash, that no link uses, or that a fact stands in: each is text that would be lost.

    Problems: ``unsupported-markdown``, ``misplaced-token``.
    """
    references = environment.get("references", {})
    used = set(_labels(nodes)) if references else set()
    for label, definition in references.items():
        _check_tokens(work, label, definition)
        if label not in used:
            hint = "text that begins with a word in brackets and a colon is a link's definition: write \\[word]: ..."
            message = "no link uses this definition, so it would be lost"
            work.report("unsupported-markdown", message, work.layout.line_place(definition["map"][0]), hint)
    for definition in environment.get("duplicate_refs", ()):
        _check_tokens(work, definition["label"], definition)
        message = "a link of this name is defined before"
        work.report("unsupported-markdown", message, work.layout.line_place(definition["map"][0]))


def _check_tokens(work: Work, label: str, definition: Mapping[str, Any]) -> None:
    text = f"{label}{definition['href']}{definition['title']}"
    if any(map(is_token, text)):
        work.misplace(text, "a link's definition")


def _labels(nodes: Iterable[Node]) -> Iterator[str]:
    """The names by which links call their definitions."""
    for node in nodes:
        tokens = node.inlines() if node.type == "inline" else []
        yield from (token.meta["label"] for token in tokens if "label" in token.meta)
        yield from _labels(node.children)
