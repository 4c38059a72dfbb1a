"""Jinja's own lexer and parser, with offsets where they expect lines. What they read is run by memo, not by Jinja.

Jinja compiles templates to Python, which pays when one is rendered many times. A memo's is rendered once: to walk its
syntax tree is quicker, gives every fault its place, and leaves no Python within a template's reach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NoReturn, Protocol

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser
from msgspec import Struct

from memo.problem import Place, Related
from memo.suggest import suggest_from
from memo.templating.source import LexerTokens, TemplateSource, lexed, trimmed
from memo.templating.syntax_faults import fault_of, unclosed_tag, unknown_tag

_SPACE = re.compile(r"\s*")

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

    def __call__(
        self, code: str, message: str, place: Place, hint: str = "", related: tuple[Related, ...] = ()
    ) -> None:
        """Report a problem."""


ENVIRONMENT = Environment(keep_trailing_newline=True, lstrip_blocks=True, cache_size=0)
"""Jinja's, as far as its lexer and parser need one. It holds nothing of any template."""


def parse_template(
    source: TemplateSource, filters: Mapping[str, object], tests: Mapping[str, object], report: Report
) -> Parsed | None:
    """Parse a template; None if it is no Jinja. Problems: ``template-syntax``, ``unknown-filter``.

    Filters and tests are looked up also where the template never comes to use them.
    """
    tokens = LexerTokens(source.text)
    parser = _Parser(source, tokens) if _read(source, tokens, report) else None
    tree = _tree(parser, source, tokens, report) if parser else None
    if parser is None or tree is None:
        return None
    for tag in parser.refused:
        place = source.place(tag.lineno, len(tag.value))
        report("template-syntax", f"{{% {tag.value} %}} has no place in a memo", place, REFUSED[tag.value])
    for node in parser.named:
        is_filter = isinstance(node, nodes.Filter)
        kind, known, span = ("filter", filters, word) if is_filter else ("test", tests, test_name)
        if node.name not in known:
            place, hint = source.place(*span(tokens, node)), suggest_from(node.name, known, f"{kind}s")
            report("unknown-filter", f"there is no {kind} '{node.name}' here", place, hint)
    return Parsed(source, tree, tokens)


def _read(source: TemplateSource, tokens: LexerTokens, report: Report) -> bool:
    """Read a template's tokens; tell whether the lexer takes its text."""
    try:
        tokens.read(trimmed(lexed(ENVIRONMENT.lexer, source.text)))
    except TemplateSyntaxError as error:
        # It fails right after the last token that it found, or in that token where this is never closed
        last, unclosed = tokens.last, (error.message or "").startswith("Missing end")
        after = _SPACE.match(source.text, last.end)
        _refuse(error, last.offset if unclosed else after.end() if after else 0, source, tokens, report)
        return False
    return _check_text(source, tokens, report)


def _tree(parser: _Parser, source: TemplateSource, tokens: LexerTokens, report: Report) -> nodes.Template | None:
    try:
        return nodes.Template(parser.subparse(), lineno=1)
    except TemplateSyntaxError as error:
        _refuse(error, error.lineno, source, tokens, report)
    except (RecursionError, MemoryError):
        report("template-syntax", "it is nested too deep", Place(source.path))
    except (ValueError, OverflowError) as error:
        report("template-syntax", f"Jinja cannot take it: {error}", Place(source.path))
    return None


def _refuse(
    error: TemplateSyntaxError, offset: int, source: TemplateSource, tokens: LexerTokens, report: Report
) -> None:
    """Report that a template is no Jinja, where the mistake was made."""
    fault = fault_of(error, offset, source, tokens)
    place = source.place(min(fault.offset, len(source.text)), fault.length)
    related: tuple[Related, ...] = ()
    if fault.other is not None:
        at, length, how = fault.other
        related = (Related(source.place(at, length), how),)
    report("template-syntax", fault.message, place, fault.hint, related)


_STRAY = re.compile(r"\}\}|%\}|#\}|\{ \{|\} \}|\{ %|\{ ?(?:facts?|cite|figure|actor|sources?)\(")


def _check_text(source: TemplateSource, tokens: LexerTokens, report: Report) -> bool:
    """Report braces in the text that were to be a tag, and would be printed; and two texts with no comma between.

    Tell whether it can be read on: Jinja would make one text of the two.
    """
    hint = "tags are {{ ... }} and {% ... %}; braces that are meant as such stand between {% raw %} and {% endraw %}"
    for token in tokens.texts():
        # The first of a line: what follows it on the line is of the same mistake
        for found in re.finditer(rf"({_STRAY.pattern}).*", token.text):
            place = source.place(token.offset + found.start(), len(found[1]))
            report("template-syntax", "this brace belongs to no tag", place, hint)
    joined = list(tokens.second_strings())
    for token in joined:
        place = source.place(token.offset, len(token.text))
        report("template-syntax", "a comma is missing before this text", place, "texts are parted by commas")
    return not joined


class _Parser(Parser):
    """Jinja's parser, given tokens with offsets for lines.

    It notes what is to be looked up: filters, tests, and tags that a memo has no use for.
    """

    def __init__(self, source: TemplateSource, tokens: LexerTokens) -> None:
        super().__init__(ENVIRONMENT, "", source.path, source.path)
        wrapped = ENVIRONMENT.lexer.wrap(iter(tokens), source.path, source.path)
        self.stream = TokenStream(wrapped, source.path, source.path)
        self.named: list[nodes.Filter | nodes.Test] = []
        self.refused: list[Token] = []
        self._source = source
        self._opened: list[Token] = []
        """The tags that are being read, the innermost last; after a fault, those that it stands in."""

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        """Parse a tag, and all up to the one that closes it."""
        if self.stream.current.value in REFUSED:
            self.refused.append(self.stream.current)
        self._opened.append(self.stream.current)
        parsed = super().parse_statement()
        self._opened.pop()
        return parsed

    def fail_unknown_tag(self, name: str, lineno: int | None = None) -> NoReturn:
        """Refuse a tag, in memo's words."""
        tag = self._opened.pop()
        raise unknown_tag(name, self._opened, self._source, tag.lineno if lineno is None else lineno)

    def fail_eof(self, end_tokens: tuple[str, ...] | None = None, lineno: int | None = None) -> NoReturn:  # noqa: ARG002
        """Refuse the end of the text where a tag is open, in memo's words."""
        raise unclosed_tag(self._opened, len(self._source.text))

    def parse_filter(self, node: nodes.Expr | None, start_inline: bool = False) -> nodes.Expr | None:
        """Parse the filters after an expression, the last of which holds those before it."""
        parsed = one = super().parse_filter(node, start_inline)
        while isinstance(one, nodes.Filter) and one is not node:
            self.named.append(one)
            one = one.node
        return parsed

    def parse_test(self, node: nodes.Expr) -> nodes.Expr:
        """Parse ``is`` or ``is not`` with what follows."""
        parsed = super().parse_test(node)
        test = parsed.node if isinstance(parsed, nodes.Not) else parsed
        assert isinstance(test, nodes.Test)
        self.named.append(test)
        return parsed


# What a problem with a node points at: an offset and a length

Span = Callable[[LexerTokens, nodes.Node], tuple[int, int]]


def offset_of(node: nodes.Node) -> int:
    """Return the offset of a node's own token: of a call, its parenthesis; of a filter, its name.

    `parse_template` hands Jinja's parser offsets where it expects lines, and the parser keeps them as such.
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
