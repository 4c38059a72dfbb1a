"""Document to bytes: one folder a format, and the list of them."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from msgspec import Struct

from memo.document.as_json import Embedded
from memo.document.tree import Document
from memo.facts.front_matter import Format
from memo.facts.style import HouseFile, Style
from memo.problem import Problem


class Rendered(Struct, frozen=True):
    """A finished file: its bytes, and how many pages it has where the format fixes them (a PDF does, a DOCX not)."""

    data: bytes
    pages: int | None = None


Renderer = Callable[[Document, Style, bool, HouseFile | None, Embedded | None], tuple[Rendered, list[Problem]]]


def _docx(
    document: Document, style: Style, bare: bool, house: HouseFile | None, carried: Embedded | None
) -> tuple[Rendered, list[Problem]]:
    from memo.renderers import docx

    return docx.render(document, style, bare=bare, house=house, embedded=carried)


def _pdf(
    document: Document, style: Style, bare: bool, _: HouseFile | None, carried: Embedded | None
) -> tuple[Rendered, list[Problem]]:
    from memo.renderers import pdf

    return pdf.render(document, style, bare=bare, carried=carried)


RENDERERS: MappingProxyType[Format, Renderer] = MappingProxyType({"docx": _docx, "pdf": _pdf})
"""Each format and its renderer. A format's library is loaded when the format is asked for, not before."""


def render(
    document: Document, style: Style, format: Format, *, bare: bool = False, house: HouseFile | None = None,
    carried: Embedded | None = None,
) -> tuple[Rendered, list[Problem]]:  # fmt: skip
    """The document as a file of this format; ``bare`` leaves out the copy of the document that it else carries.

    ``house`` is the Word file that the style names as house style; a PDF has no use for it. ``carried`` is what
    `memo.document.as_json.carried` gives of this document, from those who have it already.
    """
    return RENDERERS[format](document, style, bare, house, carried)
