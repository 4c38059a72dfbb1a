"""Jinja's own lexer and parser, with offsets where they expect lines. What they read is run by memo, not by Jinja.

Jinja compiles templates to Python, which pays when one is rendered many times. A memo's is rendered once: to walk its
syntax tree is quicker, gives every fault its place, and leaves no Python within a template's reach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Protocol

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser
from msgspec import Struct

from memo.problem import Place
from memo.suggest import suggest
from memo.templating.source import LexerToken, LexerTokens, TemplateSource, lexed, trimmed

_AT = re.compile(r" at \d+$")
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\w+|[^\w\s]+")

_ONE_TEMPLATE = "a memo is one template: {% include %} what several memos share, or {% import %} it as macros"
REFUSED = {
    "extends": _ONE_TEMPLATE,
    "block": _ONE_TEMPLATE,
    "autoescape": "facts need no escaping: Markdown never sees their text",
}
"""Tags of Jinja's that a memo has no use for, and what to write instead."""


class Parsed(Struct, frozen=True):
    """A template that Jinja's parser has read; of its nodes, `offset_of` gives the offsets."""

    source: TemplateSource
    tree: nodes.Template
    tokens: LexerTokens


class Report(Protocol):
    """A function that problems are reported to."""

    def __call__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Report a problem."""


class Reader(Environment):
    """Jinja's environment, as far as its lexer and parser need one, and the filters and tests that there are."""

    def __init__(self, filters: Mapping[str, object], tests: Mapping[str, object]) -> None:
        super().__init__(keep_trailing_newline=True, lstrip_blocks=True, cache_size=0)
        self._known = {"filter": filters, "test": tests}
        self._tokens = LexerTokens("")

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        """Return the tokens read last, with offsets for lines; Jinja's parser calls this for the text it is given."""
        del source, state
        return TokenStream(self.lexer.wrap(iter(self._tokens), name, filename), name, filename)

    def read(self, source: TemplateSource, report: Report) -> Parsed | None:
        """Parse a template; None if it is no Jinja. Problems: ``template-syntax``, ``unknown-filter``."""
        tokens = self._tokens = LexerTokens(source.text)
        tree = self._parsed(source, report) if self._lexed(source, report) else None
        self._tokens = LexerTokens("")
        if tree is None:
            return None
        self._check_names(source, tokens, report)
        return Parsed(source, tree, tokens)

    def _lexed(self, source: TemplateSource, report: Report) -> bool:
        """Tell whether the lexer takes the text."""
        try:
            self._tokens.read(trimmed(lexed(self.lexer, source.text)))
        except TemplateSyntaxError as error:
            # It fails right after the last token that it found, or in that token where this is never closed
            last, unclosed = self._tokens.last, (error.message or "").startswith("Missing end")
            after = _SPACE.match(source.text, last.end)
            _refuse(error, last.offset if unclosed else after.end() if after else 0, source, report)
            return False
        return True

    def _parsed(self, source: TemplateSource, report: Report) -> nodes.Template | None:
        try:
            return nodes.Template(Parser(self, source.text, source.path, source.path).subparse(), lineno=1)
        except TemplateSyntaxError as error:
            _refuse(error, error.lineno, source, report)
        except (RecursionError, MemoryError):
            report("template-syntax", "it is nested too deep", Place(source.path))
        except (ValueError, OverflowError) as error:
            report("template-syntax", f"Jinja cannot take it: {error}", Place(source.path))
        return None

    def _check_names(self, source: TemplateSource, tokens: LexerTokens, report: Report) -> None:
        """Report tags, filters and tests that there are not, also where the template never comes to use them."""
        for index, ((_, type_before, before), (offset, type_, text)) in enumerate(pairwise(tokens), 1):
            if type_ != "name":
                continue
            if type_before == "block_begin" and text in REFUSED:
                message = f"{{% {text} %}} has no place in a memo"
                report("template-syntax", message, source.place(offset, len(text)), REFUSED[text])
            elif (type_before == "operator" and before == "|") or (before == "filter" and _is_tag(tokens, index - 1)):
                self._check_name(source, tokens[index], "filter", report)
            elif before in ("is", "not") and _is_test(tokens, index):
                self._check_name(source, tokens[index], "test", report)

    def _check_name(self, source: TemplateSource, token: LexerToken, kind: str, report: Report) -> None:
        known = self._known[kind]
        if token.text not in known:
            place = source.place(token.offset, len(token.text))
            report("unknown-filter", f"there is no {kind} '{token.text}' here", place, suggest(token.text, known))


def _refuse(error: TemplateSyntaxError, offset: int, source: TemplateSource, report: Report) -> None:
    """Report that a template is no Jinja, at the word where that shows."""
    word = _WORD.match(source.text, offset)
    place = source.place(min(offset, len(source.text)), len(word[0]) if word else 1)
    report("template-syntax", _AT.sub("", error.message or "this is no Jinja"), place)


def _is_tag(tokens: LexerTokens, index: int) -> bool:
    """Tell whether a name is the first word of a tag."""
    return tokens[index - 1].type == "block_begin"


def _is_test(tokens: LexerTokens, index: int) -> bool:
    """Tell whether a name comes after ``is`` or ``is not``, where ``is`` is no attribute."""
    at = index - 2 if tokens[index - 1].text == "not" else index - 1
    return (
        tokens[at].text == "is"
        and tokens[at].type == "name"
        and tokens[at - 1].text != "."
        and (tokens[index].text != "not")
    )


# What a problem with a node points at: an offset and a length

Span = Callable[[LexerTokens, nodes.Node], tuple[int, int]]


def offset_of(node: nodes.Node) -> int:
    """Return the offset of a node's own token: of a call, its parenthesis; of a filter, its name.

    `Reader` hands Jinja's parser offsets where it expects lines, and the parser keeps them as such.
    """
    return node.lineno


def start_of(node: nodes.Node) -> int:
    """Return the offset at which an expression starts."""
    match node:
        case nodes.Call() | nodes.Getattr() | nodes.Getitem() | nodes.Filter() | nodes.Test() if node.node:
            return start_of(node.node)
        case nodes.BinExpr(left=first) | nodes.Compare(expr=first) | nodes.CondExpr(expr1=first):
            return start_of(first)
        case nodes.Concat(nodes=[first, *_]):
            return start_of(first)
        case _:
            return offset_of(node)


def whole(tokens: LexerTokens, node: nodes.Node) -> tuple[int, int]:
    """Return the span of a whole expression."""
    start = start_of(node)
    match node:
        case nodes.Name() | nodes.Const() | nodes.NSRef():
            return start, len(tokens.token(start).text)
        case nodes.Call():
            return start, tokens.bracket_end(offset_of(node)) - start
        case nodes.Getattr():
            return start, tokens.token(offset_of(node), 1).end - start
        case _:
            return start, tokens.end(start) - start


def printed(tokens: LexerTokens, node: nodes.Node) -> tuple[int, int]:
    """Return the span of all that stands between ``{{`` and ``}}``."""
    start = start_of(node)
    return start, max(1, tokens.braces_end(start) - start)


def word(tokens: LexerTokens, node: nodes.Node) -> tuple[int, int]:
    """Return the span of the word that a node begins with: a filter's name, a statement's."""
    return offset_of(node), len(tokens.token(offset_of(node)).text)


def attribute(tokens: LexerTokens, node: nodes.Node) -> tuple[int, int]:
    """Return the span of the name after a dot."""
    name = tokens.token(offset_of(node), 1)
    return name.offset, len(name.text)


def brackets(tokens: LexerTokens, node: nodes.Node) -> tuple[int, int]:
    """Return the span of the brackets that an item stands in."""
    return offset_of(node), tokens.bracket_end(offset_of(node)) - offset_of(node)


def test_name(tokens: LexerTokens, node: nodes.Node) -> tuple[int, int]:
    """Return the span of the name after ``is`` or ``is not``."""
    name = tokens.token(offset_of(node), 1)
    name = tokens.token(offset_of(node), 2) if name.text == "not" else name
    return name.offset, len(name.text)


def imported(name: str) -> Span:
    """Return what gives the span of one of the names of ``{% from "x.md" import a, b as c %}``."""

    def span(tokens: LexerTokens, node: nodes.Node) -> tuple[int, int]:
        listed = False
        before = ""
        for token, _ in tokens.following(offset_of(node)):
            if listed and token.text == name and before != "as":
                return token.offset, len(name)
            listed = listed or (token.type == "name" and token.text == "import")
            before = token.text
        return word(tokens, node)

    return span
