"""Waivers in templates: ``{# memo: allow untraced: figure agreed with the editor #}``, for the paragraph after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from memo.document.composed import Waiver
from memo.templating.run import Run
from memo.templating.source import Piece, TemplateSource

_ALLOW = re.compile(r"\s*memo:\s*allow\s+([a-z0-9-]+)\s*:\s*(\S.*?)\s*", re.DOTALL)
_ITEM = re.compile(r"(\s*(?:> ?)*)(?:[-*+]|\d{1,9}[.)])\s")
"""The beginning of a list item, also within boxes; the group is its indent."""
_COMMENT = re.compile(r"\s*\{#.*?#\}\s*", re.DOTALL)
_HINT = "write {# memo: allow CODE: the reason #}"


def waivers(run: Run) -> Iterator[Waiver]:
    """Yield every waiver of the template and what it includes. Problem: ``bad-waiver``, without a code or a reason."""
    for parsed in filter(None, run.templates.values()):  # None is a file that is not Jinja, which is reported
        for comment in parsed.extents.comments():
            if comment.text.lstrip().startswith("memo:"):
                yield from _waiver(run, parsed.source, comment)


def _waiver(run: Run, source: TemplateSource, comment: Piece) -> Iterator[Waiver]:
    text = comment.text.strip()
    place = source.place(comment.offset + comment.text.index(text), len(text))
    if found := _ALLOW.fullmatch(text):
        yield Waiver(found[1], " ".join(found[2].split()), place, *_covered(source, comment))
    else:
        run.report("bad-waiver", "this is no waiver that memo can read", place, _HINT)


def _covered(source: TemplateSource, comment: Piece) -> tuple[int, int]:
    """Return the first and the last line of the paragraph after a comment; of a list, only of its next item.

    A paragraph ``Table: ...`` goes on through the table that it is the caption of, an empty line below.
    """
    lines = source.text.split("\n")  # not splitlines(), which also splits at U+2028, where an editor shows no line
    first = _first(lines, source, comment)
    last = _last(lines, first)
    if lines[first].startswith("Table:") and last + 2 < len(lines):
        last = _last(lines, last + 2)
    return first + 1, last + 1


def _first(lines: list[str], source: TemplateSource, comment: Piece) -> int:
    """Find the first line after a comment that has text and not only comments, counted from 0."""
    at = source.text.find("#}", comment.end) + 2
    rest = source.text[at:]
    while found := _COMMENT.match(rest):
        rest = rest[found.end() :]
    offset = len(source.text) - len(rest.lstrip())
    return min(source.place(offset).line - 1, len(lines) - 1)


def _last(lines: list[str], first: int) -> int:
    """Find the last line of the paragraph, or list item, that begins at a line, counted from 0.

    A list item ends where the next one begins that is not nested in it, for its indent is no deeper.
    """
    item = _ITEM.match(lines[first])
    for index in range(first + 1, len(lines)):
        following = _ITEM.match(lines[index])
        ends_item = item and following and len(following[1]) <= len(item[1])
        if not lines[index].strip() or ends_item:
            return index - 1
    return len(lines) - 1
