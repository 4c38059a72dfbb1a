"""Jinja's own lexer and parser, with offsets where they expect lines. What they read is run by memo, not by Jinja.

Jinja compiles templates to Python, which pays when one is rendered many times. A memo's is rendered once: to go through
its syntax tree is quicker, gives every fault its place, and leaves no Python within a template's reach.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Protocol

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

from memo.problem import Place
from memo.suggest import suggest
from memo.templating.filters import FILTERS, TESTS
from memo.templating.source import Extents, Parsed, Piece, TemplateSource, pieces, trimmed

_AT = re.compile(r" at \d+$")
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\w+|[^\w\s]+")
_REFUSED = {
    "extends": "a memo is one template; share text with {% include %} or a macro",
    "block": "a memo is one template; share text with {% include %} or a macro",
    "filter": "use {% set text %}...{% endset %}{{ text | upper }}",
    "autoescape": "facts need no escaping: Markdown never sees their text",
}
"""Statements that a memo has no use for, and what to write instead."""


_ID = r"""(?:"[\w-]+"|'[\w-]+')"""
_PLAIN = re.compile(rf"(?:fact|cite|actor|source)\(\s*{_ID}(?:\s*,\s*{_ID})*\s*\)(?:\.[a-z_]+)?(?=\s*[,)\]}}])")
"""A call with nothing but ids, perhaps one part of what it gives, and after it what ends every expression."""


class Report(Protocol):
    """Where problems are reported."""

    def __call__(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Report one."""


class _Parser(Parser):
    """Jinja's, with a way of its own through most of what memos print: ``fact("x").phrase``, ``cite("x", "y")``.

    There Jinja's looks for every operator there is around each name and text. The nodes are the same.
    """

    def __init__(self, environment: Environment, source: TemplateSource) -> None:
        super().__init__(environment, source.text, source.path, source.path)
        self._text = source.text

    def parse_expression(self, with_condexpr: bool = True) -> nodes.Expr:
        """An expression; called by Jinja's parser for each."""
        if _PLAIN.match(self._text, self.stream.current.lineno):
            return self._plain()
        return super().parse_expression(with_condexpr)

    def _plain(self) -> nodes.Expr:
        name, opening = next(self.stream), next(self.stream)
        ids: list[nodes.Expr] = []
        while (token := next(self.stream)).type != "rparen":
            if token.type == "string":
                ids.append(nodes.Const(token.value, lineno=token.lineno))
        callee = nodes.Name(name.value, "load", lineno=name.lineno)
        call = nodes.Call(callee, ids, [], None, None, lineno=opening.lineno)
        if self.stream.current.type != "dot":
            return call
        dot = next(self.stream)
        return nodes.Getattr(call, next(self.stream).value, "load", lineno=dot.lineno)


class Reader(Environment):
    """Jinja's environment, as far as its lexer and parser need one."""

    def __init__(self) -> None:
        super().__init__(keep_trailing_newline=True, lstrip_blocks=True, cache_size=0)
        self._tokens = Extents("")

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        """Jinja's own, but with the tokens' offsets for lines."""
        del source, state
        return TokenStream(self.lexer.wrap(iter(self._tokens), name, filename), name, filename)

    def read(self, source: TemplateSource, report: Report) -> Parsed | None:
        """A source parsed; None if it is no Jinja. Problems: ``template-syntax``, ``unknown-filter``."""
        tokens = self._tokens = Extents(source.text)
        tree = self._parsed(source, report) if self._lexed(source, report) else None
        self._tokens = Extents("")
        if tree is None:
            return None
        _check(source, tokens, report)
        return Parsed(source, tree, tokens)

    def _lexed(self, source: TemplateSource, report: Report) -> bool:
        """Whether the lexer takes the text. It fails after the last token it found, or in one that is never closed."""
        try:
            self._tokens.read(trimmed(pieces(self.lexer, source.text)))
        except TemplateSyntaxError as error:
            last, unclosed = self._tokens.last, (error.message or "").startswith("Missing end")
            after = _SPACE.match(source.text, last.end)
            _refuse(error, last.offset if unclosed else after.end() if after else 0, source, report)
            return False
        return True

    def _parsed(self, source: TemplateSource, report: Report) -> nodes.Template | None:
        try:
            return nodes.Template(_Parser(self, source).subparse(), lineno=1)
        except TemplateSyntaxError as error:
            _refuse(error, error.lineno, source, report)
        except (RecursionError, MemoryError):
            report("template-syntax", "it is nested too deep", Place(source.path))
        except (ValueError, OverflowError) as error:
            report("template-syntax", f"Jinja cannot take it: {error}", Place(source.path))
        return None


def _refuse(error: TemplateSyntaxError, offset: int, source: TemplateSource, report: Report) -> None:
    """Say that a template is no Jinja, at the word where that shows."""
    word = _WORD.match(source.text, offset)
    place = source.place(min(offset, len(source.text)), len(word[0]) if word else 1)
    report("template-syntax", _AT.sub("", error.message or "this is no Jinja"), place)


def _check(source: TemplateSource, tokens: Extents, report: Report) -> None:
    """Report filters, tests and statements that there are not, also where the template never comes to use them."""
    for index, ((_, kind, before), (offset, type_, text)) in enumerate(pairwise(tokens), 1):
        if type_ != "name":
            continue
        if kind == "block_begin" and text in _REFUSED:
            message = f"{{% {text} %}} has no place in a memo"
            report("template-syntax", message, source.place(offset, len(text)), _REFUSED[text])
        elif kind == "operator" and before == "|":
            _check_name(source, tokens[index], "filter", FILTERS, report)
        elif before in ("is", "not") and _is_test(tokens, index):
            _check_name(source, tokens[index], "test", TESTS, report)


def _is_test(tokens: Extents, index: int) -> bool:
    """Whether a name comes after ``is`` or ``is not``, where that is no attribute."""
    at = index - 2 if tokens[index - 1].text == "not" else index - 1
    return (
        tokens[at].text == "is"
        and tokens[at].type == "name"
        and tokens[at - 1].text != "."
        and (tokens[index].text != "not")
    )


def _check_name(source: TemplateSource, token: Piece, kind: str, known: Mapping[str, object], report: Report) -> None:
    if token.text not in known:
        place = source.place(token.offset, len(token.text))
        report("unknown-filter", f"there is no {kind} '{token.text}' here", place, suggest(token.text, known))
