"""Every character can be set: a PDF embeds its fonts, and a character that none of them has would be a blank.

Readers who do not know what should stand there do not notice a blank in a name or a number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.facts.formats import FORMATS
from memo.fonts.unset import Unset, unset
from memo.problem import Place, Problem, Related
from memo.suggest import shorten


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``missing-glyph`` for each stretch that no font can set, at its fact's or its template's line.

    Only a memo that is rendered to PDF is checked: Word finds another font by itself.
    """
    embeds_fonts = any(FORMATS[format].embeds_fonts for format in memo.formats)
    if not embeds_fonts or not any(unset("".join(set().union(*_texts(memo))))):
        return
    for leaf in memo.leaves():
        for stretch in _distinct(leaf.text):
            yield _problem(stretch, *memo.written(leaf, stretch.start, len(stretch.text)))
    for key, text in _front_matter(memo):
        for stretch in _distinct(text):
            yield _problem(stretch, memo.front_matter_place(key))
    for event in (event for figure in memo.figures() for event in figure.data):
        for stretch in _distinct(event.label + event.shown):
            yield _problem(stretch, memo.fact_place(*event.facts[:1], "label"))


def _texts(memo: Memo) -> Iterator[str]:
    """Go through all that is set in the fonts: checked as one first, since hardly a memo lacks a glyph."""
    yield from (leaf.text for leaf in memo.leaves())
    yield from (text for _, text in _front_matter(memo))
    yield from (event.label + event.shown for figure in memo.figures() for event in figure.data)


def _distinct(text: str) -> list[Unset]:
    """Return each stretch of a text once; of a script that needs shaping, the first."""
    found: dict[str, Unset] = {}
    for stretch in unset(text):
        found.setdefault(stretch.script or stretch.text, stretch)
    return list(found.values())


def _problem(stretch: Unset, place: Place, related: tuple[Related, ...] = ()) -> Problem:
    text, hint = shorten(stretch.text, 30), "build only the DOCX, as Word can set it: formats: [docx]"
    if stretch.script:
        message = f"the PDF cannot set {stretch.script}, whose letters need shaping or run from right to left: '{text}'"
    elif len(stretch.text) > 1:
        message = f"no font has these characters: '{text}'"
    else:
        name, hint = unicodedata.name(text, ""), f"use another character, or {hint}"
        message = f"no font has '{text}', U+{ord(text):04X} {name}".rstrip()
    return Problem("missing-glyph", message, place, hint, related)


def _front_matter(memo: Memo) -> Iterator[tuple[str, str]]:
    front = memo.template.front_matter
    yield from (("title", front.title), ("short-title", front.short_title), ("to", front.to), ("from", front.sender))
    yield from (("reference", front.reference), ("banner", front.banner))
