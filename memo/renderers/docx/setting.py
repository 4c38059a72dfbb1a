"""Where a block stands - in which lists, quotation or box - and what that makes of its paragraphs.

Styles carry as much as they can: at the top level all of it but the restart of a numbered list; five levels of lists
have styles of their own, as in Word. Within a quotation or box, list items keep its style, and get number and indent
directly; all its lines begin at one edge, with bullets and numbers hanging there, since Word draws the rule beside each
paragraph's own.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from memo.document.tree import List, Mark
from memo.renderers.docx import look
from memo.renderers.docx.look import twips
from memo.renderers.docx.paragraphs import Direct
from memo.renderers.docx.story import Story

_STYLED_LEVELS = 5
_LEVELS = 9
_BULLETS = 1
_NUMBERS = 2
"""What ``base/numbering.xml`` has: five levels with styles of nine in all; the list of all bullets; that of numbers,
which takes ``abstractNum`` 1."""


class Setting(Struct, frozen=True):
    """Around a block: the style of running words, how many lists, which change mark.

    ``left`` is how far in words stand, ``edge`` how far in those of the innermost quotation or box do, both in twips.
    ``ordered`` and ``loose`` (space between items) are of the innermost list. ``closing``: it ends a list or a box, and
    what follows stands well away. ``leading``: it leads to the block after it, and stays with that.
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
    def plain(self) -> bool:
        """Whether nothing but lists is around."""
        return self.style == "BodyText"

    @property
    def level(self) -> int:
        """The innermost list's level, from 0."""
        return min(self.depth, _LEVELS) - 1


def boxed(style: str, setting: Setting) -> Setting:
    """Inside a callout of this style."""
    left = setting.left + twips(look.BOX_LEFT)
    return replace(setting, style=style, left=left, edge=left, closing=True)


def quoting(setting: Setting) -> Setting:
    """Inside a quotation; one in a box keeps to the box's style and edge."""
    if not setting.plain and setting.style != "Quote":
        return setting
    left = setting.left + twips(look.QUOTE_INDENT)
    return replace(setting, style="Quote", left=left, edge=left)


def listed(setting: Setting, content: List, closing: bool) -> Setting:
    """Inside an item of this list."""
    left = setting.left + twips(look.STEP)
    ordered, loose = content.ordered, not content.tight
    return replace(setting, depth=setting.depth + 1, left=left, ordered=ordered, loose=loose, closing=closing)


def running_style(setting: Setting) -> str:
    """The style of a paragraph that opens no list item."""
    return _level_style("ListContinue", setting) if setting.depth and setting.plain else setting.style


def item_style(setting: Setting) -> str:
    """The style of a paragraph that opens a list item."""
    if not setting.plain:
        return setting.style
    return _level_style("ListNumber" if setting.ordered else "ListBullet", setting)


def running(setting: Setting) -> Direct:
    """What a paragraph that opens no list item says beside its style."""
    left = setting.left if setting.plain else setting.edge
    styled = setting.depth <= _STYLED_LEVELS if setting.plain else left == _own_left(setting.style)
    return Direct(keep_next=setting.leading, left=None if styled else left, after=_after(setting))


def item_opening(setting: Setting, number: int) -> Direct:
    """What a paragraph that opens a list item says beside its style: which numbered list, and any odd indent."""
    after, place = _after(setting), (setting.level, number)
    if not setting.plain:
        hanging = setting.left - setting.edge
        return Direct(setting.leading, place, after, left=setting.left, hanging=hanging)
    styled = setting.depth <= _STYLED_LEVELS and not setting.ordered
    return Direct(setting.leading, None if styled else place, after)


def list_number(content: List, depth: int, story: Story) -> int:
    """The number of the list itself: all bullets share one, each numbered list has its own (ECMA-376-1, 17.9.15).

    Lists of one ``abstractNum`` count together, level by level: so ``depth`` is that of all lists around, also of those
    outside a quotation or box.
    """
    if not content.ordered:
        return _BULLETS
    number = _NUMBERS + 1 + len(story.lists)
    level = min(depth, _LEVELS - 1)
    story.lists.append(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{level}">'
        f'<w:startOverride w:val="{content.start}"/></w:lvlOverride></w:num>'
    )
    return number


def _level_style(name: str, setting: Setting) -> str:
    level = min(setting.depth, _STYLED_LEVELS)
    return f"{name}{level}" if level > 1 else name


def _own_left(style: str) -> int:
    return twips(look.QUOTE_INDENT if style == "Quote" else look.BOX_LEFT)


def _after(setting: Setting) -> int | None:
    """The space below, where the style's own is only that between items or within a box."""
    if setting.style == "Quote" or (setting.plain and not setting.depth):
        return None
    if setting.closing and not setting.plain:
        return twips(look.BOX_GAP)
    return twips(look.GAP) if setting.closing or setting.loose else None
