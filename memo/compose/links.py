"""Link definitions, ``[name]: https://...``: Markdown takes them out of the text without a trace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from memo.compose.layout import is_token
from memo.compose.markdown import Node
from memo.compose.work import Work


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
