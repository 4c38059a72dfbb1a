"""Text styles: the size, line height, weight and colours of each kind of text, from the project's style."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from memo import fonts
from memo.facts.style import Style
from memo.fonts import Face
from memo.renderers.pdf.file.page_content import TextState

RAISED_SIZE = 0.66
RAISED_BY = 0.34
"""Size and height of a reference to a note, as shares of the text's size."""

_LEAST = 1.0
"""A point: a style that asks for smaller type, even for none, gets this."""


@dataclass(frozen=True)
class TextStyle:
    """The look of one kind of text. ``leading`` is the height of a line, in points."""

    state: TextState
    leading: float
    bold: bool = False
    italic: bool = False
    link_colour: str = ""

    @cached_property
    def link(self) -> TextState:
        """Return the state for text that is a link."""
        return self.state._replace(colour=self.link_colour or self.state.colour)

    @cached_property
    def raised(self) -> TextState:
        """Return the state for a reference to a note: small, and above the line."""
        size = self.state.size
        return self.link._replace(size=size * RAISED_SIZE, rise=size * RAISED_BY)

    @property
    def face(self) -> Face:
        """Return the face of text that no inline makes bold or italic."""
        return face_of(self.bold, self.italic)

    @cached_property
    def baseline(self) -> float:
        """Return how far the baseline is below the top of a line; the font stands in the middle of its leading."""
        # Fallback fonts have other metrics. The first font's count for all, lest a word in Georgian move its line.
        metrics = fonts.metrics(fonts.FACES["regular"][0])
        ascent, descent = (share * self.state.size / 1000 for share in (metrics.ascent, metrics.descent))
        return (self.leading - (ascent - descent)) / 2 + ascent


def face_of(bold: bool, italic: bool) -> Face:
    """Return the face that is bold, italic, both or neither."""
    if bold:
        return "bold-italic" if italic else "bold"
    return "italic" if italic else "regular"


class TextStyles:
    """All text styles of a project's style."""

    def __init__(self, style: Style) -> None:
        sizes, colours = style.sizes, style.colours
        spread = max(sizes.body_leading, _LEAST) / max(sizes.body, _LEAST)

        def text(size: float, leading: float = 0, colour: str = colours.text, **more: bool) -> TextStyle:
            size, leading = max(size, _LEAST), max(leading or round(size * spread, 2), _LEAST)
            return TextStyle(TextState(size, colour), leading, link_colour=colours.link, **more)

        self.body = text(sizes.body, sizes.body_leading)
        self.title = text(sizes.title, sizes.title_leading, colours.heading, bold=True)
        self.eyebrow = _small_capitals(text(sizes.furniture, colour=colours.accent, bold=True))
        self.label = _small_capitals(text(sizes.furniture, sizes.body_leading, colours.muted, bold=True))
        self.headings = tuple(
            text(size, colour=colours.heading, bold=True)
            for size in (sizes.heading_1, sizes.heading_2, sizes.heading_3)
        )
        self.cell = text(sizes.table, sizes.table_leading)
        self.header_cell = text(sizes.table, sizes.table_leading, colours.heading, bold=True)
        self.caption = text(sizes.table, sizes.table_leading, colours.muted)
        self.callout = text(sizes.table, sizes.table_leading, colours.heading, bold=True)
        self.note = text(sizes.note, sizes.note_leading)
        self.furniture = text(sizes.furniture, colour=colours.muted)
        self.change_bar = text(sizes.note * 0.8, colour=colours.accent)
        self.banner = _small_capitals(text(sizes.furniture, colour=colours.muted, bold=True))

    def heading(self, level: int) -> TextStyle:
        """Return the style of a heading; the third level's serves those below."""
        return self.headings[min(level, len(self.headings)) - 1]


def _small_capitals(style: TextStyle) -> TextStyle:
    """Make a style for words in capitals a little smaller and spaced out: the fonts have no small capitals."""
    state = style.state._replace(size=style.state.size * 0.94, spacing=style.state.size * 0.08)
    return TextStyle(state, style.leading, style.bold, style.italic, style.link_colour)


def capitals(text: str, language: str) -> str:
    """Return the text in capitals as its language has them, or unchanged if the fonts lack one of them."""
    if language.split("-")[0] in ("az", "tr"):  # dotted and dotless i are two letters there
        text = text.replace("i", "İ").replace("ı", "I")
    upper = text.upper()
    if language.split("-")[0] == "el":  # Greek capitals bear no accent (Unicode CLDR, el-Upper)
        upper = normalize("NFC", normalize("NFD", upper).replace("\u0301", ""))
    return text if fonts.missing(upper) else upper
