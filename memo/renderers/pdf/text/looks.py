"""How each kind of text looks: its size, spacing, weight and colours, from the project's style."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from memo import fonts
from memo.facts.style import Style
from memo.fonts import Face
from memo.renderers.pdf.page.content import Ink

RAISED_SIZE = 0.66
RAISED_BY = 0.34
"""Size and height of a reference to a note, as shares of the text's size."""

_LEAST = 1.0
"""A point: a style that asks for less, even for nothing, gets this."""


@dataclass(frozen=True)
class Look:
    """One kind of text. ``leading`` is the height of a line, in points."""

    ink: Ink
    leading: float
    bold: bool = False
    italic: bool = False
    link_colour: str = ""

    @cached_property
    def link(self) -> Ink:
        """The same for a link."""
        return self.ink._replace(colour=self.link_colour or self.ink.colour)

    @cached_property
    def raised(self) -> Ink:
        """The same for a reference to a note: small, and above the line."""
        size = self.ink.size
        return self.link._replace(size=size * RAISED_SIZE, rise=size * RAISED_BY)

    @property
    def face(self) -> Face:
        """Its face, where no inline asks for another."""
        return face(self.bold, self.italic)

    @cached_property
    def baseline(self) -> float:
        """From the top of a line down to its baseline: the font stands in the middle of its leading."""
        metrics = fonts.metrics(fonts.FACES["regular"][0])
        ascent, descent = (share * self.ink.size / 1000 for share in (metrics.ascent, metrics.descent))
        return (self.leading - (ascent - descent)) / 2 + ascent


def face(bold: bool, italic: bool) -> Face:
    """The face that is bold, italic, both or neither."""
    if bold:
        return "bold-italic" if italic else "bold"
    return "italic" if italic else "regular"


class Looks:
    """Every look of one style."""

    def __init__(self, style: Style) -> None:
        sizes, colours = style.sizes, style.colours
        spread = max(sizes.body_leading, _LEAST) / max(sizes.body, _LEAST)

        def look(size: float, leading: float = 0, ink: str = colours.text, **more: bool) -> Look:
            size, leading = max(size, _LEAST), max(leading or round(size * spread, 2), _LEAST)
            return Look(Ink(size, ink), leading, link_colour=colours.link, **more)

        self.body = look(sizes.body, sizes.body_leading)
        self.title = look(sizes.title, sizes.title_leading, colours.heading, bold=True)
        self.eyebrow = self._capitals(look(sizes.furniture, ink=colours.accent, bold=True))
        self.label = self._capitals(look(sizes.furniture, sizes.body_leading, colours.muted, bold=True))
        self.headings = tuple(
            look(size, ink=colours.heading, bold=True) for size in (sizes.heading_1, sizes.heading_2, sizes.heading_3)
        )
        self.cell = look(sizes.table, sizes.table_leading)
        self.header_cell = look(sizes.table, sizes.table_leading, colours.heading, bold=True)
        self.caption = look(sizes.table, sizes.table_leading, colours.muted)
        self.callout = look(sizes.table, sizes.table_leading, colours.heading, bold=True)
        self.note = look(sizes.note, sizes.note_leading)
        self.furniture = look(sizes.furniture, ink=colours.muted)
        self.bar = look(sizes.note * 0.8, ink=colours.accent)
        self.banner = self._capitals(look(sizes.furniture, ink=colours.muted, bold=True))

    def heading(self, level: int) -> Look:
        """The look of a heading; the third level's serves those below."""
        return self.headings[min(level, len(self.headings)) - 1]

    @staticmethod
    def _capitals(look: Look) -> Look:
        """For words in capitals: a little smaller and spaced, as small capitals are."""
        ink = look.ink._replace(size=look.ink.size * 0.94, spacing=look.ink.size * 0.08)
        return Look(ink, look.leading, look.bold, look.italic, look.link_colour)


def capitals(text: str, language: str) -> str:
    """The text in capitals, as its language has them; unchanged where the fonts lack a capital."""
    if language.split("-")[0] in ("az", "tr"):
        text = text.replace("i", "İ").replace("ı", "I")
    upper = text.upper()
    if language.split("-")[0] == "el":  # Greek capitals bear no accent (Unicode CLDR, el-Upper)
        upper = normalize("NFC", normalize("NFD", upper).replace("\u0301", ""))
    return text if fonts.missing(upper) else upper
