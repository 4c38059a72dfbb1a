"""The page of a house style: paper and margins, headers and footers with what memo fills in, rules above notes.

The house style's settings, without what ties the file to another, locks it or belongs to text that is gone."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from itertools import count

from lxml import etree

from memo.renderers.docx.house_style.package import (
    CannotCopy,
    CopiedParts,
    Element,
    HouseStyle,
    R,
    W,
    int_attribute,
    parse_xml,
)
from memo.renderers.docx.package import Relationships
from memo.renderers.docx.styles import TextArea

_PAGE = tuple(
    f"{W}{name}"
    for name in (
        *("paperSrc", "pgSz", "pgMar", "pgBorders", "lnNumType", "pgNumType", "cols", "noEndnote"),
        *("vAlign", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid"),
    )
)
"""What stays of a section's properties beside its headers and footers, in the schema's order (17.6.17)."""

_ID_STEP = 1_000_000
"""Ids in headers and footers, which must not be those of the text, begin here; those of each one so far apart."""

_WIDENING = 1.2
"""How much wider than in memo's own type words may come out in the house style's."""

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TOKEN = re.compile(r"\{([a-z-]+)\}")


def text_area(section: Element, own: TextArea) -> TextArea:
    """Return the room for text on the house style's paper, in twips; memo's own where it does not say."""
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margin is None:
        return own

    def twips(element: Element, *names: str) -> int:
        return sum(abs(int_attribute(element, name) or 0) for name in names)

    across = twips(size, "w") - twips(margin, "left", "right", "gutter")
    down = twips(size, "h") - twips(margin, "top", "bottom")
    return TextArea(across, down, _WIDENING) if across > 0 and down > 0 else own._replace(widening=_WIDENING)


def section_properties(
    house: HouseStyle, own: str, links: Relationships, headers_footers: Mapping[tuple[str, str], str]
) -> str:
    """Write the section's properties: headers and footers by their parts' names, then the page. ``own`` is memo's."""
    memos = etree.fromstring(own.replace("<w:sectPr", f'<w:sectPr xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}"', 1))
    properties = etree.Element(f"{W}sectPr", nsmap={"w": W[1:-1], "r": R[1:-1]})
    for (kind, type), name in headers_footers.items():
        link = etree.SubElement(properties, f"{W}{kind}Reference")
        link.set(f"{W}type", type)
        link.set(f"{R}id", links.add(kind, name))
    for tag in _PAGE:
        element = house.section.find(tag)
        if element is None and tag in (f"{W}pgSz", f"{W}pgMar"):
            element = memos.find(tag)
        if element is not None:
            properties.append(_copy_plain(element))
    return etree.tostring(properties, encoding="unicode")


def _copy_plain(element: Element) -> Element:
    """Copy an element without its tail, and without namespaces that it does not use."""
    element = copy.deepcopy(element)
    element.tail = None
    etree.cleanup_namespaces(element)
    return element


def headers_footers(house: HouseStyle, copies: CopiedParts, words: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Copy and fill the house style's headers and footers: by kind and type, the name within ``word/``.

    Raises `memo.renderers.docx.house_style.package.CannotCopy`.
    """
    names = {}
    for at, (place, part) in enumerate(house.headers_footers.items(), 1):
        root = parse_xml(part.blob)
        used = {value for one in root.iter() for name, value in one.attrib.items() if name.startswith(R)}
        if used - part.rels.keys() - {""}:
            raise CannotCopy(f"its {part.partname} points to parts that are not there")
        _renumber(root, at * _ID_STEP)
        for paragraph in root.iter(f"{W}p"):
            _fill(paragraph, words)
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        names[place] = copies.add(part, content)
    return names


def has_token(house: HouseStyle, word: str) -> bool:
    """Tell whether a header or footer of the house style has a place for this: ``{banner}``."""
    return any(
        f"{{{word}}}" in _text(p) for part in house.headers_footers.values() for p in parse_xml(part.blob).iter(f"{W}p")
    )


def _text(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def _fill(paragraph: Element, words: Mapping[str, str]) -> None:
    """Put words in for ``{names}`` in braces, which Word may have cut into several runs."""
    texts = list(paragraph.iter(f"{W}t"))
    # From the last to the first: what is filled in would else move the places of those after it.
    for token in reversed(list(_TOKEN.finditer(_text(paragraph)))):
        if token[1] not in words:
            continue
        start, filling = 0, words[token[1]]
        for text in texts:
            old = text.text or ""
            left, right = max(token.start() - start, 0), token.end() - start
            start += len(old)
            if right <= 0 or left >= len(old):
                continue
            text.text, filling = old[:left] + filling + old[right:], ""
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _renumber(root: Element, start: int) -> None:
    """Give bookmarks and drawings ids apart from the text's; drop bookmarks that memo made once."""
    dropped = set()
    for bookmark in list(root.iter(f"{W}bookmarkStart")):
        if re.match(r"_memo_|_heading_", bookmark.get(f"{W}name", "")):
            dropped.add(bookmark.get(f"{W}id"))
            bookmark.getparent().remove(bookmark)
    for end in list(root.iter(f"{W}bookmarkEnd")):
        if end.get(f"{W}id") in dropped:
            end.getparent().remove(end)
    for mark in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}ins", f"{W}del"):
        mark.set(f"{W}id", str((int_attribute(mark, "id") or 0) + start))
    numbers = count(start)
    for drawing in root.iter(_DRAWING):
        drawing.set("id", str(next(numbers)))


def separators(house: HouseStyle) -> dict[str, str]:
    """Return the house style's rules above notes, by their type, where they link to nothing that would stay behind."""
    rules = {}
    for note in house.footnotes if house.footnotes is not None else ():
        kind, number = note.get(f"{W}type"), {"separator": "-1", "continuationSeparator": "0"}
        if kind in number and not any(name.startswith(R) for one in note.iter() for name in one.attrib):
            note = _copy_plain(note)
            note.set(f"{W}id", number[kind])
            rules[kind] = etree.tostring(note, encoding="unicode")
    return rules


_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in (
        *("attachedTemplate", "linkStyles", "mailMerge", "documentProtection", "writeProtection", "docVars", "rsids"),
        *(
            "endnotePr",
            "saveThroughXslt",
            "attachedSchema",
            "captions",
            "trackRevisions",
            "revisionView",
            "formsDesign",
        ),
        *("removePersonalInformation", "removeDateAndTime", "readModeInkLockDown", "proofState"),
    )
)
_AFTER_NOTES = frozenset(
    f"{W}{name}"
    for name in (
        *("endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
        *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown"),
        *("smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
    )
)
"""What stands after ``footnotePr`` among a document's settings (ECMA-376-1, 17.15.1.78)."""


def settings(house: Element) -> bytes:
    """Write the settings: memo's two rules above notes are named in it, and no other notes (17.11.9)."""
    house = copy.deepcopy(house)
    for child in list(house):
        if child.tag in _LEFT_OUT or any(name.startswith(R) for one in child.iter() for name in one.attrib):
            house.remove(child)
    notes = house.find(f"{W}footnotePr")
    if notes is None:
        notes = etree.Element(f"{W}footnotePr")
        following = next((child for child in house if child.tag in _AFTER_NOTES or not child.tag.startswith(W)), None)
        house.append(notes) if following is None else following.addprevious(notes)
    # Notes are numbered through, as in the text that was checked.
    for tag in ("footnote", "numStart", "numRestart"):
        for element in notes.findall(f"{W}{tag}"):
            notes.remove(element)
    for number in ("-1", "0"):
        etree.SubElement(notes, f"{W}footnote").set(f"{W}id", number)
    return etree.tostring(house, xml_declaration=True, encoding="UTF-8", standalone=True)
