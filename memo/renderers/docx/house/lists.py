"""Numbered and bulleted lists of two packages in one part, and what that makes of the numbers in the text."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from memo.renderers.docx.house.package import Element, W, parsed, whole

_PLACE = re.compile(r'<w:numPr><w:ilvl w:val="(\d+)"/><w:numId w:val="(\d+)"/></w:numPr>')


@dataclass(slots=True)
class Lists:
    """How memo's list numbers are told in the merged part. ``levels`` are those of lists that follow a model of the
    house style, whose level may be another; ``models`` are memo's own."""

    after: int = 0
    levels: dict[int, int] = field(default_factory=dict)
    models: list[Element] = field(default_factory=list)

    def number(self, own: int) -> int:
        """The merged part's number of a list of memo's."""
        return own + self.after

    def told(self, text: str) -> str:
        """A part's text with every list number as the merged part has it."""

        def place(found: re.Match[str]) -> str:
            level, number = int(found[1]), int(found[2])
            level = self.levels.get(number, level)
            return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self.number(number)}"/></w:numPr>'

        return _PLACE.sub(place, text)


def merged_lists(
    house: Element | None, own: str, model: Callable[[int], tuple[int, int] | None]
) -> tuple[Element, Lists]:
    """The numbering part of both, and how memo's lists are told in it.

    ``model`` gives, for a level of memo's numbered lists, the list and level that the house style's style for it has:
    memo's lists then follow that list's model, and start anew each.
    """
    ours = parsed(own)
    merged: Element = etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]})
    house = merged if house is None else copy.deepcopy(house)
    models = {whole(one, "numId") or 0: whole(one.find(f"{W}abstractNumId"), "val") or 0 for one in _lists(house)}
    lists = Lists(max(models, default=0))
    last = max((whole(one, "abstractNumId") or 0 for one in house.iter(f"{W}abstractNum")), default=-1)
    known = {one.get(f"{W}val") for one in house.iter(f"{W}nsid")}
    for abstract in ours.findall(f"{W}abstractNum"):
        _name(abstract, known)
        lists.models.append(abstract)
        abstract.set(f"{W}abstractNumId", str(int(abstract.get(f"{W}abstractNumId")) + last + 1))
        _insert(house, abstract, f"{W}num")
    for one in _lists(ours):
        _follow(one, lists, models, last + 1, model)
        _insert(house, one, f"{W}numIdMacAtCleanup")
    return house, lists


def _name(abstract: Element, known: set[str]) -> None:
    """Give a model a number of its own (17.9.15): Word takes two of one number for the same."""
    held = abstract.find(f"{W}nsid")
    while held.get(f"{W}val") in known:
        held.set(f"{W}val", f"{int(held.get(f'{W}val'), 16) + 2:08X}")


def _lists(numbering: Element) -> list[Element]:
    return list(numbering.findall(f"{W}num"))


def _follow(
    one: Element, lists: Lists, models: Mapping[int, int], shift: int, model: Callable[[int], tuple[int, int] | None]
) -> None:
    """One of memo's lists, told as the merged part must have it."""
    own = int(one.get(f"{W}numId"))
    abstract, override = one.find(f"{W}abstractNumId"), one.find(f"{W}lvlOverride")
    found = None if override is None else model(int(override.get(f"{W}ilvl")))
    if found and found[0] in models:
        lists.levels[own] = found[1]
        override.set(f"{W}ilvl", str(found[1]))
        abstract.set(f"{W}val", str(models[found[0]]))
    else:
        abstract.set(f"{W}val", str(int(abstract.get(f"{W}val")) + shift))
    one.set(f"{W}numId", str(lists.number(own)))


def _insert(numbering: Element, made: Element, before: str) -> None:
    """Models come first, then lists (ECMA-376-1, 17.9.17)."""
    made.tail = None
    following = next((child for child in numbering if child.tag in (before, f"{W}numIdMacAtCleanup")), None)
    numbering.append(made) if following is None else following.addprevious(made)


def pointed(numbering: Element, lists: Lists, ids: Mapping[str, str], found: Mapping[str, str]) -> bytes:
    """The part, the levels of memo's models pointing to memo's own styles, under the ids that those now have."""
    for abstract in lists.models:
        for style in list(abstract.iter(f"{W}pStyle")):
            name = style.get(f"{W}val")
            if name in found:
                style.getparent().remove(style)
            else:
                style.set(f"{W}val", ids[name])
    return etree.tostring(numbering, xml_declaration=True, encoding="UTF-8", standalone=True)
