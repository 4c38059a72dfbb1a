"""Where a block stands - in which lists, quotation or box - and what that makes of its paragraphs.

Styles carry as much as they can: at the top level all of it but the restart of a numbered list; five levels of lists
have styles of their own, as in Word. Within a quotation or box, list items keep its style, and get number and indent
directly.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from memo.document.tree import List, Mark
from memo.renderers.docx import styles
from memo.renderers.docx.builder import DocxBuilder
from memo.renderers.docx.paragraphs import ParagraphFormat
from memo.renderers.docx.styles import twips

_STYLED_LEVELS = 5
_LEVELS = 9
_BULLETS = 1
_NUMBERS = 2
"""What ``base/numbering.xml`` has: five levels with styles of nine in all; the list of all bullets; that of numbers,
which takes ``abstractNum`` 1."""


class Nesting(Struct, frozen=True):
    """What is around a block: the style of running words, how many lists, which change mark.

    ``left`` is how far in words stand, ``edge`` how far in those of the innermost quotation or box do, both in twips.
    ``ordered`` and ``loose`` (space between items) are of the innermost list. ``closing``: the block ends a list or a
    box, and what follows stands well away. ``leading``: it leads to the block after it, and stays with that.
    """

    style: str = "BodyText"
    depth: int = 0
    left: int = 0
    edge: int = 0
    ordered: bool = False
    loose: bool = False
    closing: bool = False
    leading: bool = False
    mark: Mark | None = None

    @property
    def only_lists(self) -> bool:
        """Tell whether nothing but lists is around: no quotation, no box."""
        return self.style == "BodyText"

    @property
    def level(self) -> int:
        """Return the innermost list's level, from 0."""
        return min(self.depth, _LEVELS) - 1


def in_box(style: str, nesting: Nesting) -> Nesting:
    """Go into a callout of this style."""
    left = nesting.left + twips(styles.BOX_LEFT)
    return replace(nesting, style=style, left=left, edge=left, closing=True)


def in_quotation(nesting: Nesting) -> Nesting:
    """Go into a quotation; one in a box keeps to the box's style and edge."""
    if not nesting.only_lists and nesting.style != "Quote":
        return nesting
    left = nesting.left + twips(styles.QUOTE_INDENT)
    return replace(nesting, style="Quote", left=left, edge=left)


def in_list(nesting: Nesting, content: List, closing: bool) -> Nesting:
    """Go into an item of this list."""
    left = nesting.left + twips(styles.STEP)
    ordered, loose = content.ordered, not content.tight
    return replace(nesting, depth=nesting.depth + 1, left=left, ordered=ordered, loose=loose, closing=closing)


def paragraph_style(nesting: Nesting) -> str:
    """Return the style of a paragraph that opens no list item."""
    return _level_style("ListContinue", nesting) if nesting.depth and nesting.only_lists else nesting.style


def item_style(nesting: Nesting) -> str:
    """Return the style of a paragraph that opens a list item."""
    if not nesting.only_lists:
        return nesting.style
    return _level_style("ListNumber" if nesting.ordered else "ListBullet", nesting)


def paragraph_format(nesting: Nesting) -> ParagraphFormat:
    """Return what a paragraph that opens no list item says beside its style."""
    # Word draws the rule of a box beside each paragraph's own edge: in a box, all lines begin at one.
    left = nesting.left if nesting.only_lists else nesting.edge
    styled = nesting.depth <= _STYLED_LEVELS if nesting.only_lists else left == _own_left(nesting.style)
    return ParagraphFormat(keep_next=nesting.leading, left=None if styled else left, after=_space_below(nesting))


def item_format(nesting: Nesting, number: int) -> ParagraphFormat:
    """Return what a paragraph that opens a list item says beside its style: which numbered list, and any odd indent."""
    after, place = _space_below(nesting), (nesting.level, number)
    if not nesting.only_lists:
        hanging = nesting.left - nesting.edge
        return ParagraphFormat(nesting.leading, place, after, left=nesting.left, hanging=hanging)
    styled = nesting.depth <= _STYLED_LEVELS and not nesting.ordered
    return ParagraphFormat(nesting.leading, None if styled else place, after)


def list_number(content: List, depth: int, builder: DocxBuilder) -> int:
    """Return the number of the list itself: all bullets share one, each numbered list has its own.

    ``depth`` is that of all lists around, also of those outside a quotation or box (ECMA-376-1, 17.9.15).
    """
    if not content.ordered:
        return _BULLETS
    number = _NUMBERS + 1 + len(builder.lists)
    # Lists of one abstractNum count together, level by level: each is told where it starts anew.
    level = min(depth, _LEVELS - 1)
    builder.lists.append(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{content.start}"/></w:lvlOverride></w:num>'
    )
    return number


def _level_style(name: str, nesting: Nesting) -> str:
    level = min(nesting.depth, _STYLED_LEVELS)
    return f"{name}{level}" if level > 1 else name


def _own_left(style: str) -> int:
    return twips(styles.QUOTE_INDENT if style == "Quote" else styles.BOX_LEFT)


def _space_below(nesting: Nesting) -> int | None:
    """Return the space below in twips, where the style's own is only that between items or within a box."""
    if nesting.style == "Quote" or (nesting.only_lists and not nesting.depth):
        return None
    if nesting.closing and not nesting.only_lists:
        return twips(styles.BOX_GAP)
    return twips(styles.GAP) if nesting.closing or nesting.loose else None
