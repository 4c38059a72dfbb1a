"""The look in which a delivered file is rendered again: its own, which it carries, else its project's, else memo's.

What a file carries may have been written by anybody. In its project, a carried look is believed as far as it has the
project's own fixed words; outside of any, it is as good as the document beside it. A look that hides words never is.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import asdict

from memo.delivered import Delivered
from memo.document.tree import Document
from memo.facts.contrast import LEAST_SEEN, contrast
from memo.facts.look import Look
from memo.facts.style import HouseFile, Style
from memo.files import bytes_digest
from memo.project import Project

LARGEST_TYPE = 24
"""Points of type above which a document counts as longer: a page then holds the less."""


class LookToRender(NamedTuple):
    """A style and its Word file; ``known`` tells whether it is the project's, ``same_words`` whether its words are."""

    style: Style
    house: HouseFile | None
    known: bool
    same_words: bool


def look_to_render(delivered: Delivered, document: Document, project: Project | None) -> LookToRender | str:
    """Return the look in which a file is rendered again; or say why there is none."""
    own = project.style[0] if project else Style()
    held = project.house[0] if project and delivered.format == "docx" else None
    look = delivered.look
    if look is None:
        house = held if own.house_style else None
        if delivered.house_style and house is None:
            return "it was set in a house style, whose Word file is not at hand"
        return LookToRender(own, house, True, True)
    if fault := _fault(look.style):
        return fault
    if not look.house:
        held = None
    elif held is None or bytes_digest(held.data) != look.house:
        return f"it was set in a house style, and the Word file '{look.style.house_style}' of then is not at hand"
    language = document.metadata.language
    same_words = project is None or look.style.words_for(language) == own.words_for(language)
    return LookToRender(look.style, held, project is not None and _is_of(look, own), same_words)


def render_cost(document: Delivered, style: Style) -> float:
    """Return how long a document is for those who render it: bytes of JSON, more where the type is large."""
    larger: float = max(1.0, *asdict(style.sizes).values(), LARGEST_TYPE) / LARGEST_TYPE
    return len(document.embedded_json) * larger**2


def _is_of(look: Look, own: Style) -> bool:
    """Tell whether a look has the project's colours and font, by which words could be hidden."""
    return (look.style.colours, look.style.fonts) == (own.colours, own.fonts)


def _fault(style: Style) -> str:
    """Say it where words in this style could not be seen; empty where they can."""
    colours = style.colours
    for colour in (colours.text, colours.heading, colours.muted, colours.link, colours.inserted, colours.deleted):
        if any(contrast(colour, ground) < LEAST_SEEN for ground in ("#FFFFFF", colours.tint)):
            return "the look that it carries has words in the colour of their ground"
    return ""
