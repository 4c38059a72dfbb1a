"""A house style opened, its parts by what they are for; and those of them that are copied as they are.

python-docx reads the package, lxml the parts. Headers, footers, pictures in them, theme and fonts are copied under
names of our own, so that none can be that of a part of the memo; what a part points to goes with it.
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
from memo.renderers.docx.package import DECLARATION, quoteattr

if TYPE_CHECKING:
    from docx.opc.part import Part


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Element = Any
"""An element of lxml, whose own types are loose."""

_CONTENT = tuple(f"{W}{name}" for name in ("drawing", "pict", "object", "fldChar", "fldSimple", "sym", "tbl", "ptab"))


@dataclass(frozen=True)
class HouseStyle:
    """An opened house style. Its elements are shared between memos: copy what you change."""

    path: str
    styles: Element
    numbering: Element | None
    settings: Element | None
    footnotes: Element | None
    section: Element
    """Page set-up of the first section: where a memo begins."""
    headers_footers: dict[tuple[str, str], Part]
    """Headers and footers that show anything, by ``header`` or ``footer`` and their type (ECMA-376-1, 17.18.36)."""
    theme: Part | None
    fonts: Part | None


@lru_cache(maxsize=4)
def open_house_style(file: HouseFile) -> HouseStyle | Problem:
    """Open the house style in a file that `memo.facts` has looked through; a ``bad-house-style`` if that fails."""
    from docx.opc.package import OpcPackage

    try:
        main = OpcPackage.open(io.BytesIO(file.data)).main_document_part
        return _read_house_style(file, main)
    except Exception as error:  # python-docx has no type of its own for what is wrong with a package
        message = f"{file.path} does not open: {type(error).__name__}: {error}"
        return Problem("bad-house-style", message, file.place, "open it in Word and save it as Word Document (.docx)")


def _read_house_style(file: HouseFile, main: Part) -> HouseStyle:
    section = next(iter(parse_xml(main.blob).iter(f"{W}sectPr")), etree.Element(f"{W}sectPr"))
    styles, numbering = _element(main, "styles"), _element(main, "numbering")
    styles = etree.Element(f"{W}styles", nsmap={"w": W[1:-1]}) if styles is None else styles
    _repair_numbering(styles, numbering)
    return HouseStyle(
        path=file.path,
        styles=styles,
        numbering=numbering,
        settings=_element(main, "settings"),
        footnotes=_element(main, "footnotes"),
        section=section,
        headers_footers=dict(_headers_footers(main, section)),
        theme=_related(main, "theme"),
        fonts=_related(main, "fontTable"),
    )


def parse_xml(blob: bytes | str) -> Element:
    """Parse a part, and return its root."""
    # Entities are not resolved; `memo.facts` lets no DOCTYPE through that could declare any.
    blob = blob.encode() if isinstance(blob, str) else blob
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def int_attribute(element: Element | None, name: str) -> int | None:
    """Return the whole number in an attribute of Word's; None where there is none."""
    value = "" if element is None else element.get(f"{W}{name}", "")
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else None


def _repair_numbering(styles: Element, numbering: Element | None) -> None:
    """Drop lists without a definition, and numbering by lists that are not there: files not made by Word have such."""
    definitions: set[int | None] = set()
    lists: set[int | None] = {0}  # the list 0 is none at all (ECMA-376-1, 17.9.18)
    every: list[Element] = [] if numbering is None else list(numbering)
    for one in every:
        definition = one.find(f"{W}abstractNumId") if one.tag == f"{W}num" else None
        if one.tag == f"{W}abstractNum" and int_attribute(one, "abstractNumId") is not None:
            definitions.add(int_attribute(one, "abstractNumId"))
        elif one.tag == f"{W}num" and int_attribute(one, "numId") and int_attribute(definition, "val") in definitions:
            lists.add(int_attribute(one, "numId"))
        elif one.tag in (f"{W}num", f"{W}abstractNum"):
            one.getparent().remove(one)
    for number in list(styles.iter(f"{W}numPr")):
        level = number.find(f"{W}ilvl")
        if int_attribute(number.find(f"{W}numId"), "val") not in lists or (
            level is not None and int_attribute(level, "val") is None
        ):
            number.getparent().remove(number)


def _related(main: Part, kind: str) -> Part | None:
    links = main.rels.values()
    return next((one.target_part for one in links if not one.is_external and one.reltype.endswith(f"/{kind}")), None)


def _element(main: Part, kind: str) -> Element | None:
    part = _related(main, kind)
    return None if part is None else parse_xml(part.blob)


def _headers_footers(main: Part, section: Element) -> list[tuple[tuple[str, str], Part]]:
    pairs = []
    for kind in ("header", "footer"):
        links = section.findall(f"{W}{kind}Reference")
        parts = [((kind, link.get(f"{W}type", "default")), main.rels[link.get(f"{R}id")].target_part) for link in links]
        if any(_has_content(parse_xml(part.blob)) for _, part in parts):
            pairs += parts
    return pairs


def _has_content(root: Element) -> bool:
    return any((text.text or "").strip() for text in root.iter(f"{W}t")) or next(root.iter(*_CONTENT), None) is not None


_MAY_LINK_TO = frozenset(("image", "font", "hyperlink"))
"""What a copied part may point to."""
_ADDRESS = re.compile(r"(https?|mailto):", re.IGNORECASE)


class CannotCopy(Exception):
    """A part points to something that cannot be copied into a memo; the argument says what."""


@dataclass(slots=True)
class CopiedParts:
    """The parts that were copied: contents and content types by name, without a leading slash."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def add(self, part: Part, content: bytes | None = None) -> str:
        """Copy a part, with other content if given, and what it points to; return its new name within ``word/``.

        Raises `CannotCopy`.
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
        if kind not in _MAY_LINK_TO:
            raise CannotCopy(f"its {part.partname} holds a part of another kind ({kind})")
        if link.is_external and (kind != "hyperlink" or not _ADDRESS.match(link.target_ref)):
            raise CannotCopy(f"its {part.partname} loads something from outside the file ({kind})")
        target = link.target_ref if link.is_external else self.add(link.target_part)
        mode = "External" if link.is_external else "Internal"
        return (
            f"<Relationship Id={quoteattr(number)} Type={quoteattr(link.reltype)} Target={quoteattr(target)} "
            f"TargetMode={quoteattr(mode)}/>"
        )
