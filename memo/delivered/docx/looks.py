"""Whether words are shown, and shown as what they are: the effective properties of runs and paragraphs (17.7.2).

From the weakest on: the file's defaults, the table's style, the paragraph's, the character's, and what the run says
itself. Words that are hidden are no text. What else might keep a reader from reading them is a fault, told in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sized
from types import MappingProxyType

from msgspec import Struct, field

from memo.delivered.docx.known import CHILDREN, in_words
from memo.delivered.docx.style_sheet import OFF, WHITE, Colour, Properties, StyleSheet, Theme, hex_colour, merge
from memo.delivered.docx.xml_parts import NO_ATTRIBUTES, Attributes, words
from memo.facts.contrast import LEAST_SEEN, contrast_of
from memo.untrusted_files import TooLarge

MOST_LOOKS = 3000
"""Ways of setting words, or paragraphs, in one file; a memo has some thirty."""

LEAST_SIZE = 8
"""The least size of type that anybody could read, in half-points."""

_DEFAULT_SIZE = 20
"""The size of type where none is given, in half-points."""

_TOGGLES = ("w:caps", "w:smallCaps", "w:strike", "w:vanish")
"""Properties that cancel out where two levels of styles have them (17.7.3), of those that matter here."""

_IN_WORDS = MappingProxyType({"w:strike": "words struck through", "w:dstrike": "words struck through"})

_ON_OFF = words(
    """w:strike w:dstrike w:vanish w:webHidden w:specVanish w:smallCaps w:emboss w:imprint w:outline w:shadow w:oMath
    w:highlight w:effect w:em w:bdr"""
)
_USUAL = MappingProxyType({"w:position": "0", "w:w": "100", "w:textDirection": "lrTb", "w:bdr": "nil"})
"""What some properties say where they change nothing."""

_FONTS = words(
    """aptos aptos-display aptos-narrow arial arial-narrow book-antiqua bookman-old-style caladea calibri calibri-light
    cambria cambria-math candara carlito century century-gothic century-schoolbook consolas constantia corbel courier
    courier-new dejavu-sans dejavu-sans-mono dejavu-serif ebrima franklin-gothic-book franklin-gothic-medium freesans
    freeserif garamond georgia gill-sans gill-sans-mt helvetica helvetica-neue ibm-plex-sans ibm-plex-serif inter lato
    liberation-mono liberation-sans liberation-sans-narrow liberation-serif lucida-sans lucida-sans-unicode
    microsoft-sans-serif ms-gothic ms-mincho noto-sans noto-sans-armenian noto-sans-georgian noto-serif open-sans
    palatino palatino-linotype perpetua roboto rockwell segoe-ui source-sans-3 source-sans-pro source-serif-pro sylfaen
    tahoma times times-new-roman trebuchet-ms ubuntu verdana"""
)
"""Fonts whose letters are letters. In a font of signs, a word would be shown as something else."""

OWN_CAPITALS = frozenset(("memo kind", "memo label", "banner"))
"""Names of memo's own styles that set words in capitals."""


class Look(Struct, frozen=True):
    """How a run is shown. ``fonts`` are those that are not known to be of letters; ``right_to_left`` as it claims."""

    hidden: bool = False
    capitals: bool = False
    raised: bool = False
    right_to_left: bool = False
    faults: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()


class ParagraphLook(Struct, frozen=True):
    """How a paragraph is shown: its list and level, what fills its ground, and its line spacing where that is fixed."""

    number: str = ""
    level: int = 0
    right_to_left: bool = False
    fill: Attributes = field(default_factory=dict)
    line: int | None = None
    faults: tuple[str, ...] = ()


class Surroundings(Struct, frozen=True):
    """What a run stands in: the styles of paragraph and table, what fills the ground, and a fixed line spacing."""

    paragraph_style: str = ""
    table_style: str = ""
    fill: tuple[tuple[str, str], ...] = ()
    line: int | None = None


def is_on(properties: Properties, name: str) -> bool:
    """Tell whether an on-off property is there and holds."""
    return name in properties and properties[name].get("w:val", "1") not in OFF


class Looks:
    """Works out how runs and paragraphs are shown; each way of saying it once."""

    def __init__(self, styles: StyleSheet, theme: Theme, other_names: dict[str, str]) -> None:
        self._styles, self._theme, self._other_names = styles, theme, other_names
        self._runs: dict[object, Look] = {}
        self._paragraphs: dict[object, ParagraphLook] = {}

    # Paragraphs

    def paragraph(self, style: str, direct: Properties) -> ParagraphLook:
        """Return how a paragraph of this style and with these properties of its own is shown."""
        key = (style, _key(direct))
        if key not in self._paragraphs:
            _check(self._paragraphs)
            self._paragraphs[key] = self._paragraph(style, direct)
        return self._paragraphs[key]

    def _paragraph(self, style: str, direct: Properties) -> ParagraphLook:
        said = merge(self._styles.paragraph_of(style), direct)
        number = said.get("w:numId", NO_ATTRIBUTES).get("w:val", "")
        return ParagraphLook(
            number="" if number == "0" else number,
            level=integer(said.get("w:ilvl", NO_ATTRIBUTES).get("w:val", "0")),
            right_to_left=is_on(said, "w:bidi"),
            fill=said.get("w:shd", NO_ATTRIBUTES),
            line=_line(said.get("w:spacing", NO_ATTRIBUTES)),
            faults=tuple(dict.fromkeys(_paragraph_faults(said))),
        )

    def style_name(self, style: str, kind: str = "paragraph") -> str:
        """Return what a style is called."""
        chain = self._styles.chain(style, kind)
        return chain[-1].name if chain else ""

    # Runs

    def run(self, direct: Properties, around: Surroundings) -> Look:
        """Return how a run with these properties of its own is shown."""
        key = (_key(direct), around)
        if key not in self._runs:
            _check(self._runs)
            self._runs[key] = self._run(direct, around)
        return self._runs[key]

    def _run(self, direct: Properties, around: Surroundings) -> Look:
        character = direct.get("w:rStyle", NO_ATTRIBUTES).get("w:val", "")
        styled = [
            self._styles.run_of(around.table_style, "table") if around.table_style else {},
            self._styles.run_of(around.paragraph_style, "paragraph"),
            self._styles.run_of(character, "character") if character else {},
        ]
        said = self._styles.run_defaults
        for level in (*styled, direct):
            said = merge(said, level)
        toggled = {name: self._toggle(name, styled, direct) for name in _TOGGLES}
        faults = [*self._run_faults(said, toggled, around), *_doubts(styled, direct, toggled)]
        names = {self.style_name(around.paragraph_style).lower(), self.style_name(character, "character").lower()}
        return Look(
            hidden=toggled["w:vanish"] or is_on(said, "w:specVanish"),
            capitals=(toggled["w:caps"] or toggled["w:smallCaps"]) and not names & OWN_CAPITALS,
            raised=said.get("w:vertAlign", NO_ATTRIBUTES).get("w:val", "baseline") != "baseline",
            right_to_left=is_on(said, "w:rtl"),
            faults=tuple(dict.fromkeys(faults)),
            fonts=tuple(dict.fromkeys(self._strange_fonts(said))),
        )

    def _toggle(self, name: str, styled: list[Properties], direct: Properties) -> bool:
        if name in direct:
            return is_on(direct, name)
        return is_on(self._styles.run_defaults, name) or sum(is_on(level, name) for level in styled) % 2 == 1

    def _run_faults(self, said: Properties, toggled: dict[str, bool], around: Surroundings) -> Iterator[str]:
        for name in said.keys() - CHILDREN["w:rPr"]:
            if name not in _TOGGLES and not _changes_nothing(name, said[name]):
                yield _IN_WORDS.get(name) or in_words(name)
        if toggled["w:strike"]:
            yield _IN_WORDS["w:strike"]
        size = min(
            integer(said.get(name, NO_ATTRIBUTES).get("w:val", ""), _DEFAULT_SIZE) for name in ("w:sz", "w:szCs")
        )
        if size < LEAST_SIZE:
            yield f"words of {size / 2:g} points"
        if around.line is not None and around.line < 6 * size:
            yield "words in lines without height"
        if not -20 <= integer(said.get("w:spacing", NO_ATTRIBUTES).get("w:val", "0")) <= 400:
            yield "letters pushed together or apart"
        if self._is_invisible(said, around):
            yield "words in the colour of their ground"

    def _is_invisible(self, said: Properties, around: Surroundings) -> bool:
        own = self._ground(said.get("w:shd", NO_ATTRIBUTES)) or self._ground(dict(around.fill))
        inks = self._colours(said.get("w:color", NO_ATTRIBUTES), "w:val", "w:theme")
        if any(contrast_of(ink, ground) < LEAST_SEEN for ink in inks for ground in own or [WHITE]):
            return True
        for style in self._styles.chain(around.table_style, "table") if around.table_style else []:
            for part in (style, *style.conditions):
                grounds = own or self._ground(part.fill) or [WHITE]
                here = self._colours(part.run.get("w:color", NO_ATTRIBUTES), "w:val", "w:theme") or inks
                if any(contrast_of(ink, ground) < LEAST_SEEN for ink in here for ground in grounds):
                    return True
        return False

    def _ground(self, shading: Attributes) -> list[Colour]:
        """Return the colours of a ground (17.3.5): that of its fill, or of a pattern that covers it."""
        kind = shading.get("w:val", "nil")
        if kind in ("nil", "clear"):
            return self._colours(shading, "w:fill", "w:themeFill") if shading else []
        return self._colours(shading, "w:color", "w:theme") + self._colours(shading, "w:fill", "w:themeFill")

    def _colours(self, attributes: Attributes, plain: str, theme: str) -> list[Colour]:
        """Return a colour as written and as the theme has it: of the two, programs differ in which they take."""
        name = "w:themeColor" if theme == "w:theme" else theme
        found = [hex_colour(attributes.get(plain, ""))]
        if name in attributes:
            tint, shade = attributes.get(f"{theme}Tint", ""), attributes.get(f"{theme}Shade", "")
            found.append(self._theme.colour(attributes[name], tint, shade))
        return [colour for colour in found if colour]

    def _strange_fonts(self, said: Properties) -> Iterator[str]:
        """Yield the fonts of a run that are not known to be of letters."""
        fonts = said.get("w:rFonts", NO_ATTRIBUTES)
        slots = ["ascii", "hAnsi"]
        # East Asian and complex scripts have fonts of their own, which letters of other scripts are set in by request.
        if is_on(said, "w:cs") or is_on(said, "w:rtl"):
            slots.append("cs")
        if fonts.get("w:hint", "default") == "eastAsia":
            slots.append("eastAsia")
        for slot in slots:
            theme = fonts.get("w:cstheme" if slot == "cs" else f"w:{slot}Theme", "")
            for font in (fonts.get(f"w:{slot}", ""), self._theme.font(theme) if theme else ""):
                yield from (each for each in (font, self._other_names.get(font, "")) if not _is_of_letters(each))


def _check(known: Sized) -> None:
    if len(known) >= MOST_LOOKS:
        raise TooLarge("sets its words in more ways than any memo")


def _is_of_letters(font: str) -> bool:
    return not font or font.lower().replace(" ", "-") in _FONTS


def is_symbol(properties: Properties) -> bool:
    """Tell whether a run is set in the font Symbol, whose bullets are signs for private use."""
    fonts = properties.get("w:rFonts", NO_ATTRIBUTES)
    return {fonts.get("w:ascii"), fonts.get("w:hAnsi")} == {"Symbol"}


def _doubts(styled: list[Properties], direct: Properties, toggled: dict[str, bool]) -> Iterator[str]:
    """Yield a fault where two styles hide words each, which cancels out for Word, but not for every program."""
    if "w:vanish" not in direct and not toggled["w:vanish"] and any(is_on(level, "w:vanish") for level in styled):
        yield "words that some programs hide"


def _changes_nothing(name: str, attributes: Attributes) -> bool:
    value = attributes.get("w:val", "1")
    if name == "w:shd":
        return _is_clear(attributes)
    return (name in _ON_OFF and value in OFF) or _USUAL.get(name) == value


def _is_clear(shading: Attributes) -> bool:
    fill = shading.get("w:fill", "auto").lower()
    return shading.get("w:val", "clear") in ("clear", "nil") and fill in ("auto", "ffffff")


def _paragraph_faults(said: Properties) -> Iterator[str]:
    known = CHILDREN["w:pPr"] | {"w:numId", "w:ilvl"}
    for name in said.keys() - known:
        if not _changes_nothing(name, said[name]):
            yield in_words(name)
    if is_off_page(said.get("w:ind", NO_ATTRIBUTES)):
        yield "words beyond the margins"
    spacing = said.get("w:spacing", NO_ATTRIBUTES)
    if min(integer(spacing.get("w:before", "0")), integer(spacing.get("w:after", "0"))) < 0:
        yield "lines over lines"


MOST_INDENT = 7000
"""The most that words may be indented, in twips: beyond it, nothing is left of the measure."""


def is_off_page(indent: Attributes) -> bool:
    """Tell whether an indent (17.3.1.12) would push words off the page."""
    value = {key.removeprefix("w:"): integer(text) for key, text in indent.items()}
    left, right = value.get("left", value.get("start", 0)), value.get("right", value.get("end", 0))
    first = value.get("firstLine", 0) - value.get("hanging", 0)
    return min(left, right) < -400 or max(left, right, left + right, left + first) > MOST_INDENT or left + first < -800


def _line(spacing: Attributes) -> int | None:
    """Return the line spacing in twips where it may be less than the type needs."""
    line, rule = integer(spacing.get("w:line", ""), -1), spacing.get("w:lineRule", "auto")
    if line < 0 or rule == "atLeast":
        return None
    if rule == "exact":
        return line
    # In 240ths of a line, which grows with the type: at much less than one, lines lie over one another.
    return 0 if line < 150 else None


def integer(value: str, default: int = 0) -> int:
    """Return a whole number as Word writes it; the default where it is none."""
    try:
        return int(float(value)) if len(value) < 12 else default
    except (ValueError, OverflowError):
        return default


def _key(properties: Properties) -> tuple[object, ...]:
    return tuple((name, *attributes.items()) for name, attributes in properties.items())
