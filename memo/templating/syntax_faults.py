"""Why a template is no Jinja, in a writer's words: where the mistake was made, rather than where Jinja noticed it.

Jinja reads on after a mistake for as long as it can, and then names the token that it stumbles over. What was left
open, quotes that a word processor made and brackets are looked for in the tag itself, before its message is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from jinja2 import TemplateSyntaxError
from jinja2.lexer import Token

from memo.suggest import suggest
from memo.templating.source import LexerTokens, TemplateSource

TAGS = ("if", "for", "set", "with", "macro", "call", "filter", "include", "import", "from", "print", "raw")
"""The tags that a memo has."""

CURLY = "“”„‟‘’‚‛«»"
_CLOSINGS = {"{{": "}}", "{%": "%}"}
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_WORD = re.compile(r"\w+|[^\w\s]+")
_AT = re.compile(r" at \d+$")
_LISTED = f"the tags are {', '.join(TAGS)}"


class Fault(NamedTuple):
    """A mistake: where it is, what it is, what to write, and another place that has to do with it, and how."""

    offset: int
    length: int
    message: str
    hint: str = ""
    other: tuple[int, int, str] | None = None


class TagFault(TemplateSyntaxError):
    """A tag that Jinja does not expect, or the end of the text where one is open."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message, fault.offset)
        self.fault = fault


def fault_of(error: TemplateSyntaxError, offset: int, source: TemplateSource, tokens: LexerTokens) -> Fault:
    """Say what is wrong where Jinja stumbled at an offset."""
    if isinstance(error, TagFault):
        return error.fault
    message = _AT.sub("", error.message or "this is no Jinja")
    if message.startswith("Missing end"):
        return _never_closed(message, offset, source.text)
    begin = tokens.begin(offset)
    if begin is not None and source.text.startswith("{{{", begin):
        return Fault(begin, 3, "three braces open nothing", "write {{ ... }}")
    if begin is not None and (fault := _in_tag(source.text, begin)):
        return fault
    word = _WORD.match(source.text, offset)
    tag = _WORD.search(source.text, begin + 2) if begin is not None else None
    return Fault(
        min(offset, len(source.text)),
        len(word[0]) if word else 1,
        *_reworded(message, word[0] if word else "", tag[0] if tag else "", source.text[offset - 1 : offset]),
    )


def _never_closed(message: str, offset: int, text: str) -> Fault:
    if "raw" in message:
        return Fault(offset, 2, "this {% raw %} is not closed by {% endraw %}", "write {% endraw %} where it ends")
    if re.match(r"\{#[\w-]+\}", text[offset:]):
        hint = "leave it out: a heading's anchor is made of its words"
        return Fault(offset, 2, "{# begins a remark for other writers, and nothing closes it", hint)
    return Fault(offset, 2, "this {# is not closed by #}", "write #} where the remark ends")


# What a look at the tag itself shows


def _in_tag(text: str, begin: int) -> Fault | None:
    """Find quotes that are none, and what is not closed, in the tag that begins here; None where all is in order."""
    opening = text[begin : begin + 2]
    at, opened = begin + 2, list[int]()
    while at < len(text):
        character, pair = text[at], text[at : at + 2]
        if character in CURLY and _closes_soon(text, at):
            return _curly(at)
        if character in "\"'":
            if text[at - 1].isalnum():  # an apostrophe: this is prose, and the tag was never closed
                break
            end = _string_end(text, at)
            if end is None or re.search(r"[}%]\}|\n[ \t]*\n", text[at:end]):
                return _bad_string(text, at, opening)
            at = end - 1
        elif opened and character == _BRACKETS[text[opened[-1]]]:
            opened.pop()
        elif pair in ("}}", "%}"):
            return _closed(text, begin, at, opened)
        elif pair in ("{{", "{%", "{#"):
            break
        elif character in _BRACKETS:
            opened.append(at)
        elif character == "}":
            hint = f"write {_CLOSINGS[opening]}"
            return Fault(at, 1, f"a single brace does not close {opening}", hint, _begun(begin))
        at += 1
    return Fault(begin, 2, f"this {opening} is not closed", f"write {_CLOSINGS[opening]} where it ends")


def _begun(begin: int) -> tuple[int, int, str]:
    return begin, 2, "begins here"


def _curly(at: int) -> Fault:
    return Fault(at, 1, "this is a typographic quotation mark", "Jinja needs straight ones: \" or '")


def _closes_soon(text: str, at: int) -> bool:
    """Tell whether the tag is closed on this line: else the mark stands in prose after a tag that is not."""
    line = text[at:].split("\n", 1)[0]
    return re.match(r"(?:(?!\{\{|\{%).)*[}%]\}", line) is not None


def _string_end(text: str, at: int) -> int | None:
    found = re.compile(r"(\\.|[^\\" + text[at] + "])*" + text[at], re.DOTALL).match(text, at + 1)
    return found.end() if found else None


def _bad_string(text: str, at: int, opening: str) -> Fault:
    """Say what is wrong with a text that goes on beyond its tag."""
    line = text[at:].split("\n", 1)[0]
    if curly := re.search(f"[{CURLY}](?=[\\s,)\\]|}}])", line.split(_CLOSINGS[opening])[0] + " "):
        return _curly(at + curly.start())
    return Fault(at, 1, f"this {text[at]} is not closed", f"write {text[at]} where the text ends")


def _closed(text: str, begin: int, at: int, opened: Sequence[int]) -> Fault | None:
    """Look at how a tag is closed: by braces of its own kind, and after every bracket."""
    opening, closing = text[begin : begin + 2], text[at : at + 2]
    if opened:
        bracket = text[opened[-1]]
        hint = f"write {_BRACKETS[bracket]} before {closing}"
        return Fault(opened[-1], 1, f"this {bracket} is not closed", hint)
    if closing != _CLOSINGS[opening]:
        hint = f"write {_CLOSINGS[opening]}"
        return Fault(at, 2, f"{closing} does not close {opening}", hint, _begun(begin))
    return None


# Jinja's own messages, in plainer words

_NAMES = {"end of print statement": "}}", "end of statement block": "%}", "begin of print statement": "{{"}
_SIGNS = {
    "&": "write and",
    "!": "write not, or != to compare",
    "?": "write: one if condition else other",
    "<": "this is markup of another tool: memo's tags are {{ ... }} and {% ... %}",
}
_EXPECTED = {
    "in": ("'in' is missing", "write {% for f in facts() %}"),
    "as": ("'as' and a name are missing", 'write {% import "sections/_macros.md" as m %}'),
    "import": ("'import' is missing", 'write {% from "sections/_macros.md" import name %}'),
}


def _reworded(message: str, word: str, tag: str, before: str) -> tuple[str, str]:
    """Return a message of Jinja's in plain words, with a hint."""
    expected = re.search(r"expected token '(.+?)', got '(.+)'$", message)
    if expected:
        return _unexpected(expected[1], _NAMES.get(expected[2], expected[2]), tag, before)
    if found := re.match(r"unexpected char '(.*)'$", message):
        written = word if found[1] in _SIGNS else found[1]
        return f"'{written}' has no meaning here", _SIGNS.get(found[1], "")
    if found := re.match(r"unexpected '([)\]}])'$", message):
        return f"this {found[1]} closes nothing", "take it out, or write what opens it"
    if message == "tag name expected":
        return "this tag has no name", _LISTED
    if message.startswith("Expected an expression") or re.match(r"unexpected '(end of|begin of)", message):
        hint = 'put there what is to be printed: {{ fact("id") }}' if tag == word == "}}" else ""
        return f"something is missing before {word or 'the end'}", hint
    if found := re.match(r"unexpected '(.+)'$", message):
        return f"'{_NAMES.get(found[1], found[1])}' is not expected here", _SIGNS.get(found[1], "")
    return message, ""


def _unexpected(expected: str, got: str, tag: str, before: str) -> tuple[str, str]:
    """Word ``expected token 'x', got 'y'``, within a tag of this name."""
    if expected in _EXPECTED:
        return _EXPECTED[expected]
    if expected == ",":
        return f"a comma is missing before '{got}'", "arguments are parted by commas"
    if expected == "name" and got == "|":
        return "|| has no meaning here", "write or"
    if expected.startswith("end of"):
        return _too_much(got, tag, before, expected == "end of print statement")
    needed = {"name": "a name"}.get(expected, f"'{_NAMES.get(expected, expected)}'")
    return f"{needed} is needed before '{got}'", ""


def _too_much(got: str, tag: str, before: str, prints: bool) -> tuple[str, str]:
    """Word that a tag goes on where it should end."""
    if prints and tag in TAGS:
        return f"'{tag}' is a tag, and prints nothing", f"write {{% {tag} ... %}}"
    if tag == "else" and got == "if":
        return "{% else %} takes no condition", "write {% elif ... %}"
    if got == "=":
        hint = "to give a name to a value, write {% set name = ... %}" if prints else ""
        return "a single = compares nothing", f"to compare, write =={f'; {hint}' if hint else ''}"
    if got == "==" and tag == "set":
        return "== gives no name to a value", "write {% set name = ... %}"
    if got == ";":
        return "';' has no meaning here", "take it out"
    if before == ")" and got.isidentifier():
        return f"'{got}' follows a bracket", f"a dot may be missing: .{got}"
    return f"'{got}' is too much here", "a comma, a dot, ~ or | may be missing before it; {{ }} prints one thing"


# Tags


def unknown_tag(name: str, opened: Sequence[Token], source: TemplateSource, offset: int) -> TagFault:
    """Say what is wrong with a tag that cannot stand here; ``opened`` are the tags around it, the innermost last."""
    inner = opened[-1] if opened else None
    other = (inner.lineno, len(inner.value), "is not closed yet") if inner else None
    message, hint = f"there is no tag '{name}'", ""
    if name.startswith("end") and name[3:] in TAGS:
        message = f"{{% {name} %}} closes no {{% {name[3:]} %}}"
        if inner:
            message += f": {{% {inner.value} %}} of line {source.place(inner.lineno).line} is to be closed first"
        hint = f"write {{% end{inner.value} %}} before it" if inner else f"take it out, or write {{% {name[3:]} ... %}}"
    elif name in ("else", "elif"):
        message, hint = f"{{% {name} %}} stands within no {{% if %}}", "write {% if ... %} above it"
    elif name.lower() in ("elseif", "elsif", "elif"):
        hint, other = "write elif", None
    elif name == "end":
        ends = re.match(r"end[ \t]+(\w+)", source.text[offset:])
        hint = f"write {{% end{ends[1] if ends else inner.value if inner else 'if'} %}}"
    elif re.match(r"\w+\s*\(", source.text[offset:]):
        hint = f"to print, write {{{{ {name}(...) }}}}"
    else:
        near = suggest(name, [*TAGS, *(f"end{tag}" for tag in TAGS[:7])])
        hint, other = f"{near} {_LISTED}".strip(), None
    return TagFault(Fault(offset, len(name), message, hint, other))


def unclosed_tag(opened: Sequence[Token], end: int) -> TagFault:
    """Say which tag is open at the end of a template."""
    if not opened:
        return TagFault(Fault(end, 1, "the template ends too early"))
    tag = opened[-1]
    message = f"this {{% {tag.value} %}} is not closed by {{% end{tag.value} %}}"
    return TagFault(Fault(tag.lineno, len(tag.value), message, f"write {{% end{tag.value} %}} where it ends"))
