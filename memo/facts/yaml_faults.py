"""What YAML's parser says of a text that it cannot read, in words that help: the mistake by its name, at its place.

A parser stops where it can go no further, often lines after the mistake, and speaks of blocks and mappings. Writers
make few mistakes that it stops at: blanks that are none, typographic quotes, tabs, and texts without quotes that hold
what YAML takes for its own. These are looked for, between the last thing that was read and where the parser stopped.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from memo.facts.file_text import FileText, bad_character, merge_marker
from memo.problem import Place, Problem, Related

DEEPEST = 40
"""Collections within collections."""

ODD_SPACE = "[\u00a0\u00ad\u1680\u180e\u2000-\u200b\u202f\u205f\u2060\u3000]"
"""What looks like a blank, or like nothing, and is none to YAML."""

OPENING, CLOSING = "\u201c\u201e\u201f\u2018\u201a\u201b", "\u201c\u201d\u2018\u2019"
"""Typographic quotes, to which YAML gives no meaning. Guillemets are not taken for an attempt at its quotes."""

_SPACE_NAMES = {
    "\u00a0": "no-break space",
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width space",
    "\u202f": "narrow no-break space",
    "\u2060": "word joiner",
    "\u3000": "ideographic space",
}

QUOTE_IT = "put the text in quotes"
_STRAIGHT = "YAML's own quotes are straight ones, \" or '"
_TABS = "indent with spaces, not tabs"
_KEY = r"[\w.-]+"
_BEFORE_KEY = r"(?:^|[{,]) *(?:- +)*"
_ODD_SYNTAX = re.compile(
    rf"^[ -]*({ODD_SPACE})|{_BEFORE_KEY}{_KEY}({ODD_SPACE})+:|{_BEFORE_KEY}{_KEY}:({ODD_SPACE})", re.MULTILINE
)
_LIKE_A_KEY = re.compile(rf" *(?:- +)*[\"']?{_KEY}[\"']?:(?: |$)")
_QUOTED = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'"""
_QUOTED_OR_COMMENT = re.compile(rf"(?<![^\s\[{{,:])(?:{_QUOTED})|((?<=[ \t])#[^\n]*)")

_HINTS = {
    "mapping values are not allowed": "a text with ': ' in it must stand in quotes; else check the indentation",
    "did not find expected key": "check the indentation of this line, and quotes and brackets in the lines before it",
    "did not find expected '-'": "check the indentation of this line",
    "did not find expected ',' or": "a bracket is not closed, or a comma is missing",
    "found unexpected end of stream": "the quote is not closed",
    "found unknown escape": "in double quotes, write \\\\ for a backslash, or use single quotes",
    "expected comment or line break": "a text that begins with '>' or '|' must stand in quotes",
    "alphabetic or numeric character": "a text that begins with '*' or '&' must stand in quotes",
    "sequence entries are not allowed": "a text that begins with '- ' must stand in quotes; a list begins a line below",
    "mapping keys are not allowed": "a text that begins with '? ' must stand in quotes",
}
"""What helps where libyaml says this."""


def too_deep(place: Place) -> Problem:
    """Make the problem of a text with more collections in one another than `DEEPEST`."""
    return Problem("too-large", f"lists and mappings are nested deeper than {DEEPEST}", place)


def odd_space(character: str, place: Place) -> Problem:
    """Make the problem of what looks like a blank where YAML needs one."""
    name = _SPACE_NAMES.get(character, "space of another width")
    message = f"a {name} (U+{ord(character):04X}) stands where YAML takes only a plain blank, or nothing"
    return Problem("yaml-syntax", message, place, "delete it, and type a blank with the space bar if one is needed")


def curly_quotes(place: Place) -> Problem:
    """Make the problem of typographic quotes that were meant to be YAML's."""
    hint = f"{_STRAIGHT}; to print these, put straight ones around them"
    return Problem("yaml-syntax", "typographic quotes stand around the text, and are none to YAML", place, hint)


def cut_at_hash(comment: str, place: Place, *, nothing: bool = False) -> Problem:
    """Make the problem of a ``#`` at which a text without quotes ends, or did not begin where ``nothing`` is left."""
    shown = comment if len(comment) <= 20 else f"{comment[:20].rstrip()} …"
    what = "nothing is left of the text" if nothing else "the text ends before it"
    hint = f"{QUOTE_IT}; a comment goes on a line of its own, or behind the quotes"
    return Problem("cut-text", f"YAML takes '{shown}' for a comment, so that {what}", place, hint)


def cut_at_comma(rest: str, place: Place) -> Problem:
    """Make the problem of a comma in braces at which a text without quotes ends; ``rest`` follows it."""
    shown = rest if len(rest) <= 30 else f"{rest[:30].rstrip()} …"
    return Problem("cut-text", f"a comma ended the text before this, and '{shown}' became a key", place, QUOTE_IT)


def syntax_problem(error: yaml.YAMLError | ValueError, source: FileText, last: Any = None) -> Problem:
    """Make the problem of what the parser raised: yaml-syntax; bad-character for an escape that names no character.

    ``last`` is the last scalar that it gave before that.
    """
    message = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    index = _index(getattr(error, "problem_mark", None), source)
    if index is None:
        return Problem("yaml-syntax", f"the text is not YAML: {message}", Place(source.path, 1))
    # A parser that looks far ahead may reach a depth of its own before it has given us ours: libyaml 0.2.6 does.
    if "maximum nesting depth" in message:
        return too_deep(source.place(index))
    if "invalid Unicode character escape" in message:
        return _bad_escape(index, source)
    began = _index(getattr(error, "context_mark", None), source)
    return _Stop(source, message, index, began, last).cause() or _in_the_parsers_words(error, message, index, source)


def _in_the_parsers_words(error: Any, message: str, index: int, source: FileText) -> Problem:
    began = _index(getattr(error, "context_mark", None), source)
    # What is missing at the end of the file is the end of something: to see where that began helps more.
    if "end of stream" in message and began is not None:
        index, began = began, None
    context = str(getattr(error, "context", None) or "begun here")
    related = () if began is None or began == index else (Related(source.place(began), context),)
    hint = _syntax_hint(message, index, source)
    return Problem("yaml-syntax", f"the text is not YAML: {message}", source.place(index), hint, related)


def _syntax_hint(message: str, index: int, source: FileText) -> str:
    if "cannot start any token" in message:
        return f"a text that begins with '{source.text[index : index + 1]}' must stand in quotes"
    return next((hint for words, hint in _HINTS.items() if words in message), "")


def _index(mark: Any, source: FileText) -> int | None:
    """Return where a mark of the parser stands in the text; None where there is no mark."""
    return None if mark is None else min(int(mark.index), len(source.text))


def _bad_escape(index: int, source: FileText) -> Problem:
    r"""Make the problem of an escape such as ``\ud800``."""
    start = source.text.rfind("\\", 0, index + 1)  # the parser's mark stands behind the escape's first two characters
    digits = source.text[start + 2 : start + (6 if source.text[start + 1 : start + 2] == "u" else 10)]
    place = source.place(start, len(digits) + 2)
    code = int(digits, 16)
    if code <= 0x10FFFF:
        return bad_character(chr(code), place)
    return Problem("bad-character", f"U+{code:X} is beyond all characters", place)


class _Stop:
    """Where the parser stopped, and what it had read last: a scalar from ``first`` to ``end``."""

    def __init__(self, source: FileText, message: str, index: int, began: int | None, last: Any) -> None:
        self.source, self.text, self.message, self.index = source, source.text, message, index
        self.began = index if began is None else began
        self.last = last
        self.first: int = last.start_mark.index if last is not None else 0
        self.end: int = last.end_mark.index if last is not None else 0
        self.line_start = self.text.rfind("\n", 0, index) + 1
        line_end = self.text.find("\n", index)
        self.line_end = line_end if line_end >= 0 else len(self.text)
        self.line = self.text[self.line_start : self.line_end]

    def cause(self) -> Problem | None:
        """Return the mistake that made the parser stop, None where it cannot be told."""
        looked_for = (
            self._merge, self._tab, self._odd_space, self._curly_quote, self._hash, self._after_quote,
            self._bracket, self._colon, self._no_blank,
        )  # fmt: skip
        return next((problem for look in looked_for if (problem := look())), None)

    def _syntax(self, what: str, index: int, length: int, hint: str) -> Problem:
        return Problem("yaml-syntax", f"the text is not YAML: {what}", self.source.place(index, length), hint)

    def _merge(self) -> Problem | None:
        found = re.compile(r"^={7}$", re.MULTILINE).search(self.text, self._line_of(self.first), self.line_end)
        return merge_marker(self.source.place(found.start(), 7)) if found else None

    def _tab(self) -> Problem | None:
        indent = self.line[: len(self.line) - len(self.line.lstrip())]
        if "\t" in indent:
            start = self.line_start + indent.index("\t")
            return self._syntax("a tab stands in the indentation", start, indent.count("\t"), _TABS)
        if self.text[self.index : self.index + 1] == "\t":
            return self._syntax("a tab stands where it takes only blanks", self.index, 1, "use spaces, not tabs")
        return None

    def _odd_space(self) -> Problem | None:
        begin = self._line_of(min(self.first, self.began) if "simple key" in self.message else self.first)
        found = _ODD_SYNTAX.search(self.text, begin, self.line_end)
        if found is None:
            return None
        group = next(number for number in range(1, 4) if found[number])
        return odd_space(found[group], self.source.place(found.start(group)))

    def _curly_quote(self) -> Problem | None:
        """Find a text that begins in typographic quotes and broke off, or one that ends in them and so went on."""
        last = self.text[self.first : self.end]
        unclosed = last[:1] in tuple(OPENING) and not re.search(f"[{CLOSING}]", last[1:])
        if self._is_plain() and unclosed and self.end >= self.line_start - 1:
            return curly_quotes(self.source.place(self.first))
        for start in (self.first, self.began):
            line = self.text[start : self._end_of_line(start)]
            closed = re.search(f"[{CLOSING}](?=[\\]}}, ]*$)", line)
            if line[:1] in ("'", '"') and line.count(line[0]) % 2 and closed:
                message = "a straight quote opens this text, and a typographic one, which is none to YAML, ends it"
                return self._syntax(message, start + closed.start(), 1, f"end it with {line[0]}")
        return None

    def _hash(self) -> Problem | None:
        """Find a comment that cut off a text, and with it the rest of a text, or the bracket that was to close."""
        rest = self.text[self.end : self._end_of_line(self.end)]
        if self._is_plain() and re.match(r"[ \t]+#", rest) and not _LIKE_A_KEY.match(self.line):
            start = self.end + rest.index("#")
            return cut_at_hash(self.text[start : self._end_of_line(start)], self.source.place(start, len(rest)))
        if "flow" not in self._context():
            return None
        for found in _QUOTED_OR_COMMENT.finditer(self.text, self.began, self.index):
            if found[1] and re.search(r"[\]},]", found[1]):
                return cut_at_hash(found[1], self.source.place(found.start(), len(found[1])))
        return None

    def _after_quote(self) -> Problem | None:
        between = self.text[self.end : self.index]
        if self.last is None or self.last.style not in ("'", '"') or between.strip(" \t") or self.index <= self.first:
            return None
        if self.text[self.index : self.index + 1] in ("", "\n", ":"):
            return None
        quote = self.last.style
        hint = f"within the quotes, write {quote * 2 if quote == chr(39) else chr(92) + quote} for a {quote}"
        return self._syntax("text goes on after the closing quote", self.index, 1, hint)

    def _bracket(self) -> Problem | None:
        following = self.text[self.index : self.index + 1]
        if self._is_plain() and following in tuple("[]{}") and not self.text[self.end : self.index].strip(" "):
            message = f"the text without quotes ends at this {following}"
            return self._syntax(message, self.index, 1, QUOTE_IT)
        before = self.text[self.line_start : self.index].rstrip(" ")
        if before[-1:] in tuple("]}") and following not in ("", "\n", ",", ":", "#") and "key" in self.message:
            opening = "[" if before[-1] == "]" else "{"
            hint = f"a text that begins with '{opening}' must stand in quotes"
            return self._syntax(f"text goes on after the {before[-1]}", self.index, 1, hint)
        return None

    def _colon(self) -> Problem | None:
        """Find a colon that ends a text on the line of its key, where no other mistake can have made it do so."""
        before = self.text[self._line_of(self.first) : self.first]
        if not self._is_plain() or self.text[self.index : self.index + 1] != ":" or self.index != self.end:
            return None
        if "\n" in self.text[self.first : self.end] or not re.search(r": +$", before):
            return None
        return self._syntax("a colon ends the text without quotes here", self.index, 1, QUOTE_IT)

    def _no_blank(self) -> Problem | None:
        """Find a key whose colon no blank follows, so that it became one text with the line below."""
        found = re.compile(rf"{_KEY}:(?=[^\s:/])[^\n:]*\n").match(self.text, self.first, self.index)
        if not found or not self._is_plain():
            return None
        colon = self.text.index(":", self.first)
        return self._syntax("no blank follows this colon", colon, 1, "write a blank after the colon of a key")

    def _is_plain(self) -> bool:
        return self.last is not None and not self.last.style

    def _context(self) -> str:
        return "flow" if self.text[self.began : self.began + 1] in tuple("[{") else ""

    def _line_of(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _end_of_line(self, index: int) -> int:
        end = self.text.find("\n", index)
        return end if end >= 0 else len(self.text)
