"""A house style opened: its parts by what they are for. python-docx reads the package, lxml the parts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from memo.problem import Problem
from memo.style import HouseFile

if TYPE_CHECKING:
    from docx.opc.part import Part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Element = Any
"""An element of lxml, whose own types are loose."""

_SHOWING = tuple(f"{W}{name}" for name in ("drawing", "pict", "object", "fldChar", "fldSimple", "sym", "tbl", "ptab"))


@dataclass(frozen=True)
class House:
    """One house style. Its elements are shared between memos: copy what you change."""

    path: str
    styles: Element
    numbering: Element | None
    settings: Element | None
    footnotes: Element | None
    section: Element
    """Page set-up of the first section: where a memo begins."""
    edges: dict[tuple[str, str], Part]
    """Headers and footers that show anything, by ``header`` or ``footer`` and their type (ECMA-376-1, 17.18.36)."""
    theme: Part | None
    fonts: Part | None


@lru_cache(maxsize=4)
def open_house(file: HouseFile) -> House | Problem:
    """The house style in a file that `memo.load` has looked through; a ``bad-house-style`` if it does not open."""
    from docx.opc.package import OpcPackage

    try:
        main = OpcPackage.open(io.BytesIO(file.data)).main_document_part
        return _house(file, main)
    except Exception as error:  # python-docx has no type of its own for what is wrong with a package
        why = f"{file.path} does not open: {type(error).__name__}: {error}"
        return Problem("bad-house-style", why, file.place, "open it in Word and save it as Word Document (.docx)")


def _house(file: HouseFile, main: Part) -> House:
    section = next(iter(parsed(main.blob).iter(f"{W}sectPr")), etree.Element(f"{W}sectPr"))
    styles = _element(main, "styles")
    return House(
        path=file.path,
        styles=etree.Element(f"{W}styles", nsmap={"w": W[1:-1]}) if styles is None else styles,
        numbering=_element(main, "numbering"),
        settings=_element(main, "settings"),
        footnotes=_element(main, "footnotes"),
        section=section,
        edges=dict(_edges(main, section)),
        theme=_related(main, "theme"),
        fonts=_related(main, "fontTable"),
    )


def parsed(blob: bytes | str) -> Element:
    """A part's root. Entities are not resolved; there is no DOCTYPE that could declare any."""
    blob = blob.encode() if isinstance(blob, str) else blob
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _related(main: Part, kind: str) -> Part | None:
    links = main.rels.values()
    return next((one.target_part for one in links if not one.is_external and one.reltype.endswith(f"/{kind}")), None)


def _element(main: Part, kind: str) -> Element | None:
    part = _related(main, kind)
    return None if part is None else parsed(part.blob)


def _edges(main: Part, section: Element) -> list[tuple[tuple[str, str], Part]]:
    found = []
    for kind in ("header", "footer"):
        links = section.findall(f"{W}{kind}Reference")
        parts = [((kind, link.get(f"{W}type", "default")), main.rels[link.get(f"{R}id")].target_part) for link in links]
        if any(_shows(parsed(part.blob)) for _, part in parts):
            found += parts
    return found


def _shows(root: Element) -> bool:
    return any((text.text or "").strip() for text in root.iter(f"{W}t")) or next(root.iter(*_SHOWING), None) is not None
