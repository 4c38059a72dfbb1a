"""Numbered and bulleted lists of two packages in one part, and what that makes of the numbers in the text."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from memo.renderers.docx.house_style.package import Element, W, int_attribute, parse_xml

_LIST_NUMBER = re.compile(r'<w:numPr><w:ilvl w:val="(\d+)"/><w:numId w:val="(\d+)"/></w:numPr>')


@dataclass(slots=True)
class MergedLists:
    """What became of memo's lists in the merged part.

    ``offset`` is added to their numbers. ``levels`` are those of lists that now follow a definition of the house style,
    where the level may be another, by memo's number. ``definitions`` are memo's own (``w:abstractNum``).
    """

    offset: int = 0
    levels: dict[int, int] = field(default_factory=dict)
    definitions: list[Element] = field(default_factory=list)

    def number(self, own: int) -> int:
        """Return the number in the merged part of one of memo's lists."""
        return own + self.offset

    def renumber(self, text: str) -> str:
        """Rewrite every list number in a part's text to that of the merged part."""

        def number_properties(match: re.Match[str]) -> str:
            level, number = int(match[1]), int(match[2])
            level = self.levels.get(number, level)
            return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self.number(number)}"/></w:numPr>'

        return _LIST_NUMBER.sub(number_properties, text)


def merge_lists(
    house: Element | None, own: str, house_list: Callable[[int], tuple[int, int] | None]
) -> tuple[Element, MergedLists]:
    """Merge the numbering parts of both; return with it what became of memo's lists.

    ``house_list`` gives, for a level of memo's numbered lists, the list and level that the house style's style for it
    has: memo's lists then follow that list's definition, and each starts anew.
    """
    ours = parse_xml(own)
    merged: Element = etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]})
    house = merged if house is None else copy.deepcopy(house)
    definitions = {
        int_attribute(one, "numId") or 0: int_attribute(one.find(f"{W}abstractNumId"), "val") or 0
        for one in _lists(house)
    }
    # Memo's numbers begin after the house style's last: what is already there keeps its numbers.
    lists = MergedLists(max(definitions, default=0))
    last = max((int_attribute(one, "abstractNumId") or 0 for one in house.iter(f"{W}abstractNum")), default=-1)
    known = {one.get(f"{W}val") for one in house.iter(f"{W}nsid")}
    for abstract in ours.findall(f"{W}abstractNum"):
        _make_unique(abstract, known)
        lists.definitions.append(abstract)
        abstract.set(f"{W}abstractNumId", str(int(abstract.get(f"{W}abstractNumId")) + last + 1))
        _insert(house, abstract, f"{W}num")
    for one in _lists(ours):
        _renumber_list(one, lists, definitions, last + 1, house_list)
        _insert(house, one, f"{W}numIdMacAtCleanup")
    return house, lists


def _make_unique(abstract: Element, known: set[str]) -> None:
    """Give a definition an id of its own (17.9.15): Word takes two of one id for the same."""
    nsid = abstract.find(f"{W}nsid")
    while nsid.get(f"{W}val") in known:
        nsid.set(f"{W}val", f"{int(nsid.get(f'{W}val'), 16) + 2:08X}")


def _lists(numbering: Element) -> list[Element]:
    return list(numbering.findall(f"{W}num"))


def _renumber_list(
    one: Element,
    lists: MergedLists,
    definitions: Mapping[int, int],
    shift: int,
    house_list: Callable[[int], tuple[int, int] | None],
) -> None:
    """Rewrite one of memo's lists as the merged part must have it."""
    own = int(one.get(f"{W}numId"))
    abstract, override = one.find(f"{W}abstractNumId"), one.find(f"{W}lvlOverride")
    target = None if override is None else house_list(int(override.get(f"{W}ilvl")))
    # Only a numbered list has an override (of where it starts); bullets and styled numbers keep memo's definition.
    if target and target[0] in definitions:
        lists.levels[own] = target[1]
        override.set(f"{W}ilvl", str(target[1]))
        abstract.set(f"{W}val", str(definitions[target[0]]))
    else:
        abstract.set(f"{W}val", str(int(abstract.get(f"{W}val")) + shift))
    one.set(f"{W}numId", str(lists.number(own)))


def _insert(numbering: Element, element: Element, before: str) -> None:
    """Put an element where the schema wants it: definitions first, then lists (ECMA-376-1, 17.9.17)."""
    element.tail = None
    following = next((child for child in numbering if child.tag in (before, f"{W}numIdMacAtCleanup")), None)
    numbering.append(element) if following is None else following.addprevious(element)


def link_to_styles(numbering: Element, lists: MergedLists, ids: Mapping[str, str], matches: Mapping[str, str]) -> bytes:
    """Write the part, the levels of memo's definitions linked to the styles that memo added, under their new ids."""
    for abstract in lists.definitions:
        for style in list(abstract.iter(f"{W}pStyle")):
            name = style.get(f"{W}val")
            if name in matches:
                style.getparent().remove(style)
            else:
                style.set(f"{W}val", ids[name])
    return etree.tostring(numbering, xml_declaration=True, encoding="UTF-8", standalone=True)
