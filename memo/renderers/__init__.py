"""Document to bytes: a module or folder a format, listed in `memo.facts.formats.FORMATS`.

A renderer has ``render(document, style, *, bare, carried) -> (Rendered, problems)``, and ``house`` besides where its
format takes a house style.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from msgspec import Struct

from memo.document.as_json import Embedded
from memo.document.tree import Document
from memo.facts.formats import FORMATS
from memo.facts.style import HouseFile, Style
from memo.problem import Problem


class Rendered(Struct, frozen=True):
    """A finished file: its bytes, and how many pages it has where the format fixes them (a PDF does, a DOCX not)."""

    data: bytes
    pages: int | None = None


def render(
    document: Document, style: Style, format: str, *, bare: bool = False, house: HouseFile | None = None,
    carried: Embedded | None = None,
) -> tuple[Rendered, list[Problem]]:  # fmt: skip
    """Render the document as a file of this format; ``bare`` leaves out the copy of the document that it else carries.

    ``house`` is the Word file that the style names as house style; formats that have no use for it are not given it.
    ``carried`` is what `memo.document.as_json.embed` gives of this document, from those who have it already.
    """
    options: dict[str, Any] = {"bare": bare, "carried": carried}
    if FORMATS[format].house_style:
        options["house"] = house
    # A format's library is loaded when the format is asked for, not before.
    renderer = import_module(f"memo.renderers.{format}")
    result: tuple[Rendered, list[Problem]] = renderer.render(document, style, **options)
    return result
