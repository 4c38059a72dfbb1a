"""Markdown parsed into a tree of nodes: CommonMark and tables, nothing else (CommonMark 0.31; GFM, 4.10).

And a check of link definitions, ``[name]: https://...``, which Markdown takes out of the text without a trace.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import link as link_rule
from markdown_it.token import Token

from memo.compose.composition import Composition
from memo.compose.foreign_markup import OWN_NOTE

DEEPEST = 40
"""How deep Markdown's blocks may nest, where each list takes two. Markdown itself would leave out what is deeper."""


class _MarkdownParser(MarkdownIt):
    """Takes every link as written: which targets a memo may have is decided, and said, in `memo.compose.inlines`."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002
        return True

    def normalizeLink(self, url: str) -> str:
        return url


@dataclass(slots=True)
class MarkdownNode:
    """A Markdown token, and those that stand between it and the one that closes it.

    ``environment`` is what markdown-it knows of the whole text, such as its link definitions.
    """

    token: Token
    environment: dict[str, Any]
    children: list[MarkdownNode] = field(default_factory=list)

    @property
    def type(self) -> str:
        """Name what it is: ``paragraph``, ``list_item``, ``inline``, ``hr``."""
        return self.token.type.removesuffix("_open")

    @property
    def lines(self) -> tuple[int, int]:
        """Return the lines it stands on, counted from 0: the first, and the one after the last."""
        first, end = self.token.map or (0, 1)
        return first, end

    def inlines(self) -> list[Token]:
        """Parse the node's text, when asked for: all inline tokens of a long memo take up more than its document."""
        found: list[Token] = []
        _parser().inline.parse(self.token.content, _parser(), self.environment, found)
        return found


@cache
def _parser() -> MarkdownIt:
    # Deeper than DEEPEST, so that what is too deep is still seen and can be reported
    parser = _MarkdownParser("commonmark", {"maxNesting": DEEPEST + 10, "store_labels": True})
    # inline: see MarkdownNode.inlines; text_join: merged into the text around it, \* or &amp; would lose its place
    parser.enable("table").disable(["inline", "text_join"])
    parser.inline.ruler.at("link", _link)
    return parser


def _link(state: StateInline, silent: bool) -> bool:
    """Apply markdown-it's rule, and note in its tokens where the link ends: no token has the destination's place."""
    before = len(state.tokens)
    found = link_rule(state, silent)
    if found and not silent:
        opening = next(token for token in state.tokens[before:] if token.type == "link_open")
        opening.meta["end"] = state.tokens[-1].meta["end"] = state.pos
    return found


def parse(text: str) -> tuple[deque[MarkdownNode], dict[str, Any]]:
    """Parse the blocks of a Markdown text. Return them, and what markdown-it knows of its link definitions.

    Their text is not parsed yet: see `MarkdownNode.inlines`.
    """
    environment: dict[str, Any] = {}
    root: list[MarkdownNode] = []
    stack = [root]
    for token in _parser().parse(text, environment):
        if token.nesting < 0:
            stack.pop()
            continue
        node = MarkdownNode(token, environment)
        stack[-1].append(node)
        if token.nesting > 0:
            stack.append(node.children)
    return deque(root), environment


def check_definitions(composition: Composition, nodes: Iterable[MarkdownNode], environment: Mapping[str, Any]) -> None:
    """Report definitions that clash, that no link uses, or that a fact stands in: each is text that would be lost.

    Problems: ``unsupported-markdown``, ``misplaced-token``.
    """

    def report(definition: Mapping[str, Any], message: str, hint: str = "") -> None:
        place = composition.markdown.line_place(definition["map"][0])
        composition.run.report("unsupported-markdown", message, place, hint)

    references = environment.get("references", {})
    used = set(_labels(nodes)) if references else set()
    for label, definition in references.items():
        _check_tokens(composition, label, definition)
        if label.startswith("^"):
            report(definition, *OWN_NOTE)
        elif label not in used:
            hint = "text that begins with a word in brackets and a colon is a link's definition: write \\[word]: ..."
            report(definition, "no link uses this definition, so it would be lost", hint)
    for definition in environment.get("duplicate_refs", ()):
        _check_tokens(composition, definition["label"], definition)
        report(definition, "a link of this name is defined before")


def _check_tokens(composition: Composition, label: str, definition: Mapping[str, Any]) -> None:
    composition.refuse_tokens(f"{label}{definition['href']}{definition['title']}", "a link's definition")


def _labels(nodes: Iterable[MarkdownNode]) -> Iterator[str]:
    """Yield the names by which links call their definitions."""
    for node in nodes:
        tokens = node.inlines() if node.type == "inline" else []
        yield from (token.meta["label"] for token in tokens if "label" in token.meta)
        yield from _labels(node.children)
