"""Markdown, read into a tree of nodes: CommonMark and tables, nothing else (CommonMark 0.31; GFM, 4.10)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import link as link_rule
from markdown_it.token import Token

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
