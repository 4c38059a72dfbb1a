"""The style sheet in Word's units: what the ``$names`` in ``base/*.xml`` stand for.

Word counts type sizes in half-points and lengths in twips, twentieths of a point (ECMA-376-1, 17.18.42 and 17.18.105).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import asdict

from memo.facts.style import MM, Style
from memo.fonts import width

EMU = 12700
"""English Metric Units in a point, which drawings are measured in (ECMA-376-1, 20.1.10.16)."""

STEP = 16.0
"""Indent of one level of list, in points."""
GAP = 6.5
"""Space below a paragraph, in points."""
ITEM_GAP = 3.0
"""Space below a list item, in points."""
BOX_LEFT, BOX_RIGHT = 14.0, 10.5
"""Indents of the words in a box, in points: its tint then runs from margin to margin."""
BOX_GAP = 9.0
"""Space below a box, in points."""
QUOTE_INDENT = 16.0
"""Indents of a quotation, in points."""
TITLE_BLOCK_GAP = 10.0
"""Space below the title block, in points."""
LABEL_GAP, LABEL_SPACING = 18.0, 0.7
"""Between the widest label of the title block and the values; between the capitals of a label; in points."""
NOTE_INDENT = 14.0
"""Hanging indent of a footnote, in points."""
CELL_SIDE, CELL_ABOVE = 6.0, 3.5
"""Space within a table's cell, at each side and above and below its words, in points."""
HEADER_MM, FOOTER_MM = 12.5, 10.5
"""From the edge of the paper to header and footer."""
HEADING_LEADING = 1.25
"""Line spacing of headings, as a ratio of their size."""


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Points as half-points."""
    return round(points * 2)


class Paper(NamedTuple):
    """The room for text on a page, in twips: across and down; and how much wider than Calibri's its letters may be."""

    measure: int
    height: int
    letters: float = 1.0


def paper(style: Style) -> Paper:
    """The page without its margins, each rounded as it is written."""
    page = style.page
    width, height = style.page_points()
    return Paper(
        twips(width) - twips(page.margin_left_mm * MM) - twips(page.margin_right_mm * MM),
        twips(height) - twips(page.margin_top_mm * MM) - twips(page.margin_bottom_mm * MM),
    )


def values(style: Style, language: str, labels: Iterable[str], paper: Paper) -> dict[str, object]:
    """Every ``$name`` of the base parts and what it stands for. ``labels`` are those of the title block,
    ``paper`` is the room for text."""
    sizes = asdict(style.sizes)
    leadings = {name: twips(size) for name, size in sizes.items() if name.endswith("_leading")}
    return {
        "language": language,
        "font": style.fonts.docx,
        "measure": paper.measure,
        **{name: colour.lstrip("#").upper() for name, colour in asdict(style.colours).items()},
        **{name: half_points(size) for name, size in sizes.items() if not name.endswith("_leading")},
        **leadings,
        **{f"heading_{n}_leading": twips(sizes[f"heading_{n}"] * HEADING_LEADING) for n in (1, 2, 3)},
        "furniture_leading": twips(style.sizes.furniture * HEADING_LEADING),
        **{f"step_{level}": twips(STEP * level) for level in range(1, 10)},
        "gap": twips(GAP),
        "item_gap": twips(ITEM_GAP),
        "box_left": twips(BOX_LEFT),
        "box_right": twips(BOX_RIGHT),
        "quote_indent": twips(QUOTE_INDENT),
        "memo_tab": twips(_widest(labels, style) * paper.letters + LABEL_GAP),
        "label_spacing": twips(LABEL_SPACING),
        "note_indent": twips(NOTE_INDENT),
        "cell_side": twips(CELL_SIDE),
        "cell_above": twips(CELL_ABOVE),
    }


def _widest(labels: Iterable[str], style: Style) -> float:
    """The width of the widest label, in spaced bold capitals, in points."""
    size = style.sizes.furniture
    return max((width(label.upper(), "bold", size) + LABEL_SPACING * len(label) for label in labels), default=0.0)
