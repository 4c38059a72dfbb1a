"""Waivers in templates: ``{# memo: allow untraced: figure agreed with the editor #}``, for the paragraph after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.document.composed import Waiver
from memo.templating.run import TemplateRun
from memo.templating.source import LexerToken, TemplateSource

_ALLOW = re.compile(r"\s*memo:\s*allow\s+([a-z0-9-]+)\s*:\s*(\S.*?)\s*", re.DOTALL)
_ITEM = re.compile(r"(\s*(?:> ?)*)(?:[-*+]|\d{1,9}[.)])\s")
"""The beginning of a list item, also within boxes; the group is its indent."""
_COMMENT = re.compile(r"\s*\{#.*?#\}\s*", re.DOTALL)
_SPACE = re.compile(r"\s*")
_HINT = "write {# memo: allow CODE: the reason #}"


def waivers(run: TemplateRun) -> Iterator[Waiver]:
    """Yield every waiver of the template and what it includes. Problem: ``bad-waiver``, without a code or a reason."""
    paragraphs: dict[str, _Paragraphs] = {}
    for source, comment in run.comments:
        if comment.text.lstrip().startswith("memo:"):
            if source.path not in paragraphs:
                paragraphs[source.path] = _Paragraphs(source)
            yield from _waiver(run, paragraphs[source.path], comment)


def _waiver(run: TemplateRun, paragraphs: _Paragraphs, comment: LexerToken) -> Iterator[Waiver]:
    text = comment.text.strip()
    place = paragraphs.source.place(comment.offset + comment.text.index(text), len(text))
    if found := _ALLOW.fullmatch(text):
        yield Waiver(found[1], " ".join(found[2].split()), place, *paragraphs.covered(comment))
    else:
        run.report("bad-waiver", "this is no waiver that memo can read", place, _HINT)


class _Paragraphs:
    """The lines of a template file, and which of them are one paragraph, or one item of a list."""

    def __init__(self, source: TemplateSource) -> None:
        self.source = source
        self._lines = source.text.split("\n")  # not splitlines(), which also splits at U+2028, where an editor does not
        self._ends: dict[int, int] = {}
        """The line at which each paragraph ends that was looked for, by the line at which it was."""
        self._texts: dict[int, int] = {}
        """Where the first text stands after a comment, by where the comment ends."""

    def covered(self, comment: LexerToken) -> tuple[int, int]:
        """Return the first and the last line of the paragraph after a comment; of a list, only of its next item.

        A paragraph ``Table: ...`` goes on through the table that it is the caption of, an empty line below.
        """
        first = min(self.source.place(self._text_after(comment)).line, len(self._lines)) - 1
        last = self._last(first)
        if self._lines[first].startswith("Table:") and last + 2 < len(self._lines):
            last = self._last(last + 2)
        return first + 1, last + 1

    def _text_after(self, comment: LexerToken) -> int:
        """Return where the first text stands after a comment that is no comment itself."""
        text, passed = self.source.text, []
        at = _after_space(text, text.find("#}", comment.end) + 2)
        while at not in self._texts and (found := _COMMENT.match(text, at)):
            passed.append(at)
            at = found.end()
        at = self._texts.get(at, at)
        self._texts |= dict.fromkeys(passed, at)
        return at

    def _last(self, first: int) -> int:
        """Find the last line of the paragraph, or list item, that begins at a line, counted from 0.

        A list item ends where the next one begins that is not nested in it, for its indent is no deeper.
        """
        item = _ITEM.match(self._lines[first])
        if not item:
            return self._end(first)
        for index in range(first + 1, self._end(first) + 1):
            following = _ITEM.match(self._lines[index])
            if following and len(following[1]) <= len(item[1]):
                return index - 1
        return self._end(first)

    def _end(self, first: int) -> int:
        """Find the last line before the next empty one."""
        if first not in self._ends:
            end = first
            while end + 1 < len(self._lines) and self._lines[end + 1].strip():
                end += 1
            self._ends |= dict.fromkeys(range(first, end + 1), end)
        return self._ends[first]


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
