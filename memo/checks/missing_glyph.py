"""Every character can be set: a PDF embeds its fonts, and a character that none of them has would be a blank.

Readers who do not know what should stand there do not notice a blank in a name or a number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from memo import fonts
from memo.checks.memo import Memo
from memo.facts.formats import FORMATS
from memo.problem import Place, Problem, Related


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``missing-glyph`` for each character that no font has, at its fact's or its template's line.

    Only a memo that is rendered to PDF is checked: Word finds another font by itself.
    """
    embeds_fonts = any(FORMATS[format].embeds_fonts for format in memo.formats)
    if not embeds_fonts or not fonts.missing("".join(set().union(*_texts(memo)))):
        return
    for leaf in memo.leaves():
        for character in fonts.missing(leaf.text):
            yield _problem(character, *memo.written(leaf, leaf.text.index(character)))
    for key, text in _front_matter(memo):
        for character in fonts.missing(text):
            yield _problem(character, memo.front_matter_place(key))
    for event in (event for figure in memo.figures() for event in figure.data):
        for character in fonts.missing(event.label + event.shown):
            yield _problem(character, memo.fact_place(*event.facts[:1], "label"))


def _texts(memo: Memo) -> Iterator[str]:
    """Go through all that is set in the fonts: checked as one first, since hardly a memo lacks a glyph."""
    yield from (leaf.text for leaf in memo.leaves())
    yield from (text for _, text in _front_matter(memo))
    yield from (event.label + event.shown for figure in memo.figures() for event in figure.data)


def _problem(character: str, place: Place, related: tuple[Related, ...] = ()) -> Problem:
    name = unicodedata.name(character, "")
    return Problem(
        "missing-glyph",
        f"no font has '{character}', U+{ord(character):04X} {name}".rstrip(),
        place,
        "use another character, or build only the DOCX: --format docx",
        related,
    )


def _front_matter(memo: Memo) -> Iterator[tuple[str, str]]:
    front = memo.template.front_matter
    yield from (("title", front.title), ("short-title", front.short_title), ("to", front.to), ("from", front.sender))
    yield from (("reference", front.reference), ("banner", front.banner))
