"""A house style opened: its parts by what they are for. python-docx reads the package, lxml the parts.

Parts of the house style that stay as they are - headers, footers, pictures in them, theme, fonts - under new names.

The names are ours, so that none can be that of a part of the memo; what a part points to goes with it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from memo.facts.style import HouseFile
from memo.problem import Problem
from memo.renderers.docx.markup import DECLARATION, quoted

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
    """The house style in a file that `memo.facts` has looked through; a ``bad-house-style`` if it does not open."""
    from docx.opc.package import OpcPackage

    try:
        main = OpcPackage.open(io.BytesIO(file.data)).main_document_part
        return _house(file, main)
    except Exception as error:  # python-docx has no type of its own for what is wrong with a package
        why = f"{file.path} does not open: {type(error).__name__}: {error}"
        return Problem("bad-house-style", why, file.place, "open it in Word and save it as Word Document (.docx)")


def _house(file: HouseFile, main: Part) -> House:
    section = next(iter(parsed(main.blob).iter(f"{W}sectPr")), etree.Element(f"{W}sectPr"))
    styles, numbering = _element(main, "styles"), _element(main, "numbering")
    styles = etree.Element(f"{W}styles", nsmap={"w": W[1:-1]}) if styles is None else styles
    _mend(styles, numbering)
    return House(
        path=file.path,
        styles=styles,
        numbering=numbering,
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


def whole(element: Element | None, name: str) -> int | None:
    """The whole number in an attribute of Word's; None where there is none."""
    held = "" if element is None else element.get(f"{W}{name}", "")
    return int(held) if re.fullmatch(r"-?[0-9]{1,9}", held) else None


def _mend(styles: Element, numbering: Element | None) -> None:
    """Drop lists without a model, and what numbers by a list that is not there: files not made by Word have such.

    The list 0 is none at all (ECMA-376-1, 17.9.18).
    """
    models: set[int | None] = set()
    lists: set[int | None] = {0}
    every: list[Element] = [] if numbering is None else list(numbering)
    for one in every:
        model = one.find(f"{W}abstractNumId") if one.tag == f"{W}num" else None
        if one.tag == f"{W}abstractNum" and whole(one, "abstractNumId") is not None:
            models.add(whole(one, "abstractNumId"))
        elif one.tag == f"{W}num" and whole(one, "numId") and whole(model, "val") in models:
            lists.add(whole(one, "numId"))
        elif one.tag in (f"{W}num", f"{W}abstractNum"):
            one.getparent().remove(one)
    for number in list(styles.iter(f"{W}numPr")):
        level = number.find(f"{W}ilvl")
        if whole(number.find(f"{W}numId"), "val") not in lists or (level is not None and whole(level, "val") is None):
            number.getparent().remove(number)


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


_KEPT = frozenset(("image", "font", "hyperlink"))
"""What a part that stays may point to."""
_ADDRESS = re.compile(r"(https?|mailto):", re.IGNORECASE)


class Unwelcome(Exception):
    """A part points to something that no memo can bring along; the argument says what."""


@dataclass(slots=True)
class Copies:
    """What was copied: contents and content types by name, without a leading slash."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def add(self, part: Part, content: bytes | None = None) -> str:
        """Copy a part, with other content if that is given, and what it points to; its new name within ``word/``.

        Raises `Unwelcome`.
        """
        old = str(part.partname)
        if old in self._names:
            return self._names[old]
        name = f"house-{len(self._names) + 1}-{re.sub(r'[^A-Za-z0-9.]', '-', old.rpartition('/')[2])}"
        self._names[old] = name
        self.parts[f"word/{name}"] = part.blob if content is None else content
        self.types[f"word/{name}"] = part.content_type
        links = [self._link(part, number) for number in part.rels]
        if links:
            self.parts[f"word/_rels/{name}.rels"] = (
                f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f"{''.join(links)}</Relationships>"
            ).encode()
        return name

    def _link(self, part: Part, number: str) -> str:
        link = part.rels[number]
        kind = link.reltype.rpartition("/")[2]
        if kind not in _KEPT:
            raise Unwelcome(f"its {part.partname} holds a part of another kind ({kind})")
        if link.is_external and (kind != "hyperlink" or not _ADDRESS.match(link.target_ref)):
            raise Unwelcome(f"its {part.partname} loads something from outside the file ({kind})")
        target = link.target_ref if link.is_external else self.add(link.target_part)
        mode = "External" if link.is_external else "Internal"
        return (
            f"<Relationship Id={quoted(number)} Type={quoted(link.reltype)} Target={quoted(target)} "
            f"TargetMode={quoted(mode)}/>"
        )
