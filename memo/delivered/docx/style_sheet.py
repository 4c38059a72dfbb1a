"""What a Word file's styles, theme, settings and table of fonts say, as far as it bears on what a reader sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from memo.delivered.docx.known import SETTINGS, in_words
from memo.delivered.docx.xml_parts import Attributes, PartHandler

Properties = dict[str, Attributes]
"""Properties of a run, paragraph or cell by name (``w:color``), each with its attributes."""

OFF = frozenset(("0", "false", "off", "none"))
"""How a property says that it does not hold (17.17.4)."""

_MERGED = frozenset(("w:rFonts", "w:lang", "w:ind", "w:spacing"))
"""Properties of which each attribute is inherited by itself."""

_DEEPEST = 30
"""How many styles are followed from one to what it is based on; Word follows fewer."""


def merge(below: Properties, above: Properties) -> Properties:
    """Return properties with those of a stronger level laid over them."""
    if not above:
        return below
    merged = {**below, **above}
    for name in _MERGED & below.keys() & above.keys():
        merged[name] = {**below[name], **above[name]}
    return merged


def take_property(into: Properties, parent: str, name: str, attributes: Attributes) -> None:
    """Take in a child of ``w:rPr``, ``w:pPr`` or ``w:numPr``; what stands deeper says nothing by itself."""
    if parent in ("w:rPr", "w:pPr", "w:numPr") and name not in ("w:rPr", "w:numPr"):
        into[name] = attributes
    elif parent == "w:tabs" and not _on_page(attributes.get("w:pos", "0")):
        into["w:tabOffPage"] = attributes


MOST_PADDING = 2000
"""The most space that a cell may keep free at a side, in twips."""


def is_wide(padding: Attributes) -> bool:
    """Tell whether a cell keeps more space free at a side (17.4.68) than words could stand beside."""
    width = padding.get("w:w", "0")
    return not width.isdecimal() or int(width[:9]) > MOST_PADDING


def _on_page(position: str) -> bool:
    """Tell whether a tab stop (17.3.1.37) lies on the page: within some eight inches of the margin."""
    return position.lstrip("-").isdecimal() and -800 <= int(position[:9]) <= 12_000


@dataclass(slots=True)
class WordStyle:
    """A style: what it says of runs and paragraphs, and of parts of a table, each with what fills the cells there."""

    kind: str = ""
    name: str = ""
    based_on: str = ""
    run: Properties = field(default_factory=dict)
    paragraph: Properties = field(default_factory=dict)
    fill: Attributes = field(default_factory=dict)
    conditions: list[WordStyle] = field(default_factory=list)


class StyleSheet(PartHandler):
    """The styles of a file; a handler of its part ``styles``."""

    def __init__(self, foreign: dict[str, None]) -> None:
        self._foreign = foreign
        self.styles: dict[str, WordStyle] = {}
        self.run_defaults: Properties = {}
        self.paragraph_defaults: Properties = {}
        self.default_paragraph = ""
        self._now = WordStyle()
        self._chains: dict[str, list[WordStyle]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in what a style says."""
        parent = self.parent()
        if name == "w:style":
            self._begin(attributes)
        elif name == "w:tblStylePr" and parent == "w:style":
            self._now.conditions.append(WordStyle())
        elif name == "w:name" and parent == "w:style":
            self._now.name = attributes.get("w:val", "")
        elif name == "w:basedOn" and parent == "w:style":
            self._now.based_on = attributes.get("w:val", "")
        elif name == "w:shd" and parent in ("w:tcPr", "w:tblPr"):
            self._part().fill = attributes
        elif parent in ("w:tblCellMar", "w:tcMar") and is_wide(attributes):
            self._foreign["cells without room for their words"] = None
        else:
            self._take(parent, name, attributes)

    def _begin(self, attributes: Attributes) -> None:
        self._now = WordStyle(attributes.get("w:type", ""))
        id = attributes.get("w:styleId", "")
        # Of two styles of one id, programs differ in which they take.
        if id in self.styles:
            self._foreign["two styles of one name"] = None
        self.styles[id] = self._now
        if attributes.get("w:default", "0") not in OFF and self._now.kind == "paragraph":
            self.default_paragraph = id

    def _part(self) -> WordStyle:
        """Return what properties belong to now: the style, or a part of a table that it speaks of."""
        return self._now.conditions[-1] if "w:tblStylePr" in self.path else self._now

    def _take(self, parent: str, name: str, attributes: Attributes) -> None:
        if "w:rPrDefault" in self.path:
            take_property(self.run_defaults, parent, name, attributes)
        elif "w:pPrDefault" in self.path:
            take_property(self.paragraph_defaults, parent, name, attributes)
        elif "w:rPr" in self.path:
            take_property(self._part().run, parent, name, attributes)
        elif "w:pPr" in self.path:
            take_property(self._part().paragraph, parent, name, attributes)

    def chain(self, id: str, kind: str = "paragraph") -> list[WordStyle]:
        """Return a style after all that it is based on; where there is none of the id, the default for paragraphs."""
        key = f"{kind} {id}"
        if key not in self._chains:
            self._chains[key] = self._follow(id, kind)
        return self._chains[key]

    def _follow(self, id: str, kind: str) -> list[WordStyle]:
        if kind == "paragraph" and (id not in self.styles or self.styles[id].kind != kind):
            id = self.default_paragraph
        found: list[WordStyle] = []
        while id in self.styles and len(found) < _DEEPEST and self.styles[id] not in found:
            found.append(self.styles[id])
            id = found[-1].based_on
        return [style for style in reversed(found) if style.kind == kind]

    def run_of(self, id: str, kind: str) -> Properties:
        """Return what a style says of runs, with all that it is based on."""
        merged: Properties = {}
        for style in self.chain(id, kind):
            merged = merge(merged, style.run)
        return merged

    def paragraph_of(self, id: str) -> Properties:
        """Return what a paragraph style says of paragraphs, with all that it is based on and the defaults."""
        merged = self.paragraph_defaults
        for style in self.chain(id):
            merged = merge(merged, style.paragraph)
        return merged


_SLOTS = MappingProxyType({"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink"})
_MAPPED = MappingProxyType({"text1": "t1", "text2": "t2", "background1": "bg1", "background2": "bg2"})
_MAPPING = MappingProxyType({"t1": "dark1", "t2": "dark2", "bg1": "light1", "bg2": "light2"})

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


class Theme(PartHandler):
    """The colours and fonts of a file's theme (20.1.6); a handler of its part ``theme``."""

    def __init__(self) -> None:
        self.colours: dict[str, Colour] = {}
        self.fonts: dict[str, str] = {}
        """The typeface of ``minor`` or ``major`` text in Latin, East Asian or complex scripts: ``minor a:latin``."""
        self.mapping: Mapping[str, str] = _MAPPING

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a colour or a typeface."""
        parent = self.parent()
        if name in ("a:srgbClr", "a:sysClr") and self.path[-3:-2] == ["a:clrScheme"]:
            value = attributes.get("val" if name == "a:srgbClr" else "lastClr", "")
            if colour := hex_colour(value):
                self.colours[parent.removeprefix("a:")] = colour
        elif parent in ("a:minorFont", "a:majorFont") and name != "a:font":
            self.fonts[f"{parent[2:7]} {name}"] = attributes.get("typeface", "")

    def colour(self, name: str, tint: str = "", shade: str = "") -> Colour | None:
        """Return a colour by its name in WordprocessingML, lightened or darkened; None where the theme has none."""
        mapped = self.mapping.get(_MAPPED[name], "") if name in _MAPPED else name
        colour = self.colours.get(_SLOTS.get(mapped, "folHlink" if mapped == "followedHyperlink" else mapped))
        if colour is None:
            return None
        light, dark = _share(tint), _share(shade)
        red, green, blue = (round((part * light + 255 * (1 - light)) * dark) for part in colour)
        return red, green, blue

    def font(self, reference: str) -> str:
        """Return the typeface that a reference such as ``minorHAnsi`` stands for; empty where the theme has none."""
        script = "ea" if reference.endswith("EastAsia") else "cs" if reference.endswith("Bidi") else "latin"
        return self.fonts.get(f"{reference[:5]} a:{script}", "")


def hex_colour(value: str) -> Colour | None:
    """Return a colour written as six hexadecimal digits; None for anything else, such as ``auto``."""
    try:
        red, green, blue = bytes.fromhex(value)
    except ValueError:
        return None
    return red, green, blue


def _share(value: str) -> float:
    """Return a tint or shade (17.18.40) as a share of one."""
    try:
        return int(value, 16) / 255 if value else 1.0
    except ValueError:
        return 1.0


class Settings(PartHandler):
    """What a file's settings say that a reader could see; a handler of its part ``settings``."""

    def __init__(self, foreign: dict[str, None]) -> None:
        self._foreign = foreign
        self.mapping: Mapping[str, str] = _MAPPING
        self.even_pages = False
        """Whether even pages have headers and footers of their own."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a setting, or name it."""
        if len(self.path) == 2:
            self.even_pages |= name == "w:evenAndOddHeaders" and attributes.get("w:val", "1") not in OFF
            if name == "w:clrSchemeMapping":
                self.mapping = {key.removeprefix("w:"): value for key, value in attributes.items()}
            elif name not in SETTINGS and name.startswith("w:") and attributes.get("w:val", "1") not in OFF:
                self._foreign[f"a setting '{name[2:42]}'"] = None
        elif len(self.path) == 3:
            judge_note_numbers(self.parent(), name, attributes, self._foreign)


_NOTE_NUMBERS = MappingProxyType({"w:numFmt": "decimal", "w:numStart": "1", "w:numRestart": "continuous"})


def judge_note_numbers(parent: str, name: str, attributes: Attributes, foreign: dict[str, None]) -> None:
    """Name it where footnotes are not numbered 1, 2, 3."""
    usual = _NOTE_NUMBERS.get(name)
    if parent == "w:footnotePr" and usual and attributes.get("w:val", usual) != usual:
        foreign["footnotes that are numbered in another way"] = None


class FontTable(PartHandler):
    """Other names of fonts, which a program takes that lacks the font; a handler of the part ``fontTable``."""

    def __init__(self, foreign: dict[str, None]) -> None:
        self._foreign = foreign
        self._font = ""
        self.other_names: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Take in a font's name, or its other name."""
        if name == "w:font":
            self._font = attributes.get("w:name", "")
        elif name == "w:altName":
            self.other_names[self._font] = attributes.get("w:val", "")
        elif name.startswith("w:embed"):
            self._foreign[in_words(name) if name not in _EMBEDDED else "a font of its own"] = None


_EMBEDDED = frozenset(("w:embedRegular", "w:embedBold", "w:embedItalic", "w:embedBoldItalic"))
