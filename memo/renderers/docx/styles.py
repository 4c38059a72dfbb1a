"""The style sheet in Word's units, and the parts in ``base/`` that it is filled into: styles, numbering, settings.

Word counts type sizes in half-points and lengths in twips, twentieths of a point (ECMA-376-1, 17.18.42 and 17.18.105).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Template
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
    """Convert points to twentieths of a point."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Convert points to half-points."""
    return round(points * 2)


class TextArea(NamedTuple):
    """The room for text on a page, in twips.

    ``widening`` is how much wider than Calibri's the letters may be: widths are measured in Calibri's metrics, and a
    house style may set another font.
    """

    width: int
    height: int
    widening: float = 1.0


def text_area(style: Style) -> TextArea:
    """Return the page without its margins."""
    page = style.page
    width, height = style.page_points()
    # Each length is rounded as it is written into the file, or tables would miss the margin by a twip.
    return TextArea(
        twips(width) - twips(page.margin_left_mm * MM) - twips(page.margin_right_mm * MM),
        twips(height) - twips(page.margin_top_mm * MM) - twips(page.margin_bottom_mm * MM),
    )


def base_parts(
    style: Style, locale: str, labels: Iterable[str], area: TextArea, lists: Iterable[str]
) -> dict[str, str]:
    """Fill the style sheet, and the document's own numbered lists, into the parts of ``base/``.

    ``locale`` is the document's language as Word knows it, ``labels`` are those of the title block.
    """
    values = _template_values(style, locale, labels, area) | {"lists": "".join(lists)}
    names = ("styles.xml", "settings.xml", "fontTable.xml", "numbering.xml")
    parts = {f"word/{name}": Template(_base(name)).substitute(values) for name in names}
    return parts | {"word/theme/theme1.xml": Template(_base("theme.xml")).substitute(values)}


@cache
def _base(name: str) -> str:
    return (Path(__file__).parent / "base" / name).read_text(encoding="utf-8")


def _template_values(style: Style, locale: str, labels: Iterable[str], area: TextArea) -> dict[str, object]:
    """Return every ``$name`` of the base parts with what it stands for."""
    sizes = asdict(style.sizes)
    leadings = {name: twips(size) for name, size in sizes.items() if name.endswith("_leading")}
    return {
        "language": locale,
        "font": style.fonts.docx,
        "measure": area.width,
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
        "memo_tab": twips(_widest(labels, style) * area.widening + LABEL_GAP),
        "label_spacing": twips(LABEL_SPACING),
        "note_indent": twips(NOTE_INDENT),
        "cell_side": twips(CELL_SIDE),
        "cell_above": twips(CELL_ABOVE),
    }


def _widest(labels: Iterable[str], style: Style) -> float:
    """Measure the widest label as it is set: in spaced bold capitals, in points."""
    size = style.sizes.furniture
    return max((width(label.upper(), "bold", size) + LABEL_SPACING * len(label) for label in labels), default=0.0)
