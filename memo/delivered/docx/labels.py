"""The labels of lists, which a reader sees as words and no paragraph holds: bullets and numbers (17.9).

A label is worked out as Word does: by the list's abstract definition, what the list itself overrides, and how many
items came before. Accepted and rejected changes count apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from memo.delivered.docx.known import in_words
from memo.delivered.docx.looks import integer, is_off_page, is_symbol
from memo.delivered.docx.style_sheet import Properties, take_property
from memo.delivered.docx.xml_parts import Attributes, PartHandler
from memo.facts.date_words import roman_numeral

BULLET = "\u2022"
_DOTS_AND_DASHES = frozenset(
    "\u2022\u00b7\u2219\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u2043-\u2010\u2011\u2013\u2014\u2212*"
)
_OF_SYMBOL = frozenset("\uf0b7\uf02d\uf0b0\uf0d7")
"""A dot, dashes and the like in the font Symbol, which LibreOffice sets bullets in."""

_LEVEL = frozenset(("w:start", "w:numFmt", "w:pStyle", "w:lvlText", "w:lvlJc", "w:pPr", "w:rPr", "w:suff"))


@dataclass(slots=True)
class Level:
    """One level of a list: its first number, how numbers are written, and the label with ``%1`` for the number."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    run: Properties = field(default_factory=dict)
    indent: Attributes = field(default_factory=dict)
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class NumberedList:
    """A list: the abstract definition that it counts with, and what it overrides by level."""

    abstract: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering(PartHandler):
    """The lists of a file; a handler of its part ``numbering``."""

    def __init__(self) -> None:
        self.abstracts: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, NumberedList] = {}
        self._levels: dict[int, Level] = {}
        self._level = Level()
        self._list = NumberedList()
        self._override = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a list, or what one of its levels says."""
        match name:
            case "w:abstractNum":
                self._levels = self.abstracts.setdefault(attributes.get("w:abstractNumId", ""), {})
            case "w:num":
                self._list = NumberedList()
                self.lists.setdefault(attributes.get("w:numId", ""), self._list)
            case "w:abstractNumId":
                self._list.abstract = attributes.get("w:val", "")
            case "w:lvlOverride":
                self._override = integer(attributes.get("w:ilvl", "0"))
                self._levels = self._list.levels
            case "w:startOverride":
                self._list.starts[self._override] = integer(attributes.get("w:val", ""), 1)
            case "w:lvl":
                self._level = Level()
                self._levels[integer(attributes.get("w:ilvl", "0"))] = self._level
            case _ if "w:lvl" in self.path:
                self._take(self.parent(), name, attributes)

    def _take(self, parent: str, name: str, attributes: Attributes) -> None:
        level, value = self._level, attributes.get("w:val", "")
        match name:
            case "w:start":
                level.start = integer(value, 0)
            case "w:numFmt":
                level.format = value
            case "w:lvlText":
                level.text = value
            case "w:ind":
                level.indent = attributes
            case _ if parent == "w:rPr":
                take_property(level.run, parent, name, attributes)
            case _ if parent == "w:lvl" and name not in _LEVEL:
                level.faults = (*level.faults, in_words(name))

    def level(self, number: str, at: int) -> Level | None:
        """Return a level of a list; None where there is no such list or level."""
        found = self.lists.get(number)
        if found is None:
            return None
        return found.levels.get(at) or self.abstracts.get(found.abstract, {}).get(at)


class Counter:
    """Counts the items of all lists in one view of the text."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next_label(self, number: str, at: int) -> str:
        """Return the label of the next item of a list at a level; empty where it has none."""
        level = self._numbering.level(number, at)
        if level is None or level.format == "none":
            return ""
        held = self._numbering.lists[number]
        counts = self._counts.setdefault(held.abstract, {})
        if at in held.starts and (number, at) not in self._begun:
            counts[at] = held.starts[at] - 1
        self._begun.add((number, at))
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        return self._written(number, level, at, counts)

    def _written(self, number: str, level: Level, at: int, counts: dict[int, int]) -> str:
        if level.format == "bullet":
            return _bullet(level)
        text = level.text
        for upper in range(at + 1):
            if f"%{upper + 1}" in text:
                above = self._numbering.level(number, upper) or level
                count = counts.get(upper, above.start)
                text = text.replace(f"%{upper + 1}", _NUMBERS.get(above.format, _other(above.format))(count))
        return text


def label_faults(level: Level) -> tuple[str, ...]:
    """Return what of a label a reader might not see as it is read here."""
    off = ("a list beyond the margins",) if is_off_page(level.indent) else ()
    usual = level.format in _NUMBERS or level.format in ("bullet", "none")
    odd = () if usual else (f"numbers written as '{level.format[:40]}'",)
    return (*level.faults, *off, *odd)


def label_run(level: Level) -> Properties:
    """Return what a label says of how it is set; without the font, where that sets it as the bullet that it is."""
    if _bullet(level) == BULLET and is_symbol(level.run):
        return {name: said for name, said in level.run.items() if name != "w:rFonts"}
    return level.run


def _bullet(level: Level) -> str:
    """Return a bullet; dots and dashes say the same, and programs take one for another."""
    plain = level.text in _DOTS_AND_DASHES or (level.text in _OF_SYMBOL and is_symbol(level.run))
    return BULLET if plain else level.text


def _roman(number: int) -> str:
    return roman_numeral(number) if 0 < number < 4000 else str(number)


def _letter(number: int) -> str:
    """Write a number as Word does in letters: after z comes aa, then bb (17.18.59)."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1000 else str(number)


_NUMBERS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": str,
        "decimalZero": lambda number: f"{number:02d}",
        "lowerRoman": lambda number: _roman(number).lower(),
        "upperRoman": _roman,
        "lowerLetter": _letter,
        "upperLetter": lambda number: _letter(number).upper(),
    }
)


def _other(format: str) -> Callable[[int], str]:
    """Return what stands for a number in another way of writing: which one, and the number."""
    return lambda number: f"\u2039{format} {number}\u203a"
