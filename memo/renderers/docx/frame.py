"""Title block, header and footer: `memo.furniture`'s words, set."""

from __future__ import annotations

import re

from memo.furniture import Furniture
from memo.renderers.docx.direction import right_to_left
from memo.renderers.docx.look import TITLE_BLOCK_GAP, twips
from memo.renderers.docx.paragraphs import PLAIN, Direct, wrapped
from memo.renderers.docx.runs import Manner, field, words
from memo.renderers.docx.story import Story, part

_PLAIN = Manner()
_TAB = "<w:r><w:tab/></w:r>"
_PAGE_FIELD = re.compile(r"(\{pages?\})")


def title_block(furniture: Furniture, story: Story) -> str:
    """What kind of paper this is, its title, then a line for each of to, from, date...: label, tab, value.

    Lines with a tab and not a table: a screen reader reads them as they are, and no header row is missing.
    """
    kind = wrapped("MemoKind", words(furniture.memorandum, _PLAIN, story), story)
    title = wrapped("Title", words(furniture.title, _PLAIN, story), story, backwards=right_to_left(furniture.title))
    rows = furniture.title_rows
    last = Direct(after=twips(TITLE_BLOCK_GAP))
    lines = [_row(label, value, story, PLAIN) for label, value in rows[:-1]]
    return kind + title + "".join(lines) + "".join(_row(label, value, story, last) for label, value in rows[-1:])


def _row(label: str, value: str, story: Story, direct: Direct) -> str:
    runs = _styled("MemoLabel", label, story) + _TAB + words(value, _PLAIN, story)
    return wrapped("MemoLine", runs, story, direct, backwards=right_to_left(label))


def _styled(style: str, text: str, story: Story) -> str:
    """Words in a character style of the furniture's own."""
    return words(text, Manner(style=style), story)


def header(furniture: Furniture, story: Story) -> str:
    """The header part: banner on the left, short title on the right."""
    runs = _banner(furniture, story) + _TAB + words(furniture.short_title, _PLAIN, story)
    return part("hdr", wrapped("Header", runs, story))


def footer(furniture: Furniture, story: Story) -> str:
    """The footer part: what tells this copy from others on the left, the page on the right; the banner below."""
    line = words(furniture.footer, _PLAIN, story) + _TAB + _page(furniture.page, story)
    banner = wrapped("Footer", _banner(furniture, story), story) if furniture.banner else ""
    return part("ftr", wrapped("Footer", line, story) + banner)


def _banner(furniture: Furniture, story: Story) -> str:
    return _styled("Banner", furniture.banner, story)


def _page(pattern: str, story: Story) -> str:
    """``Page {page} of {pages}`` with a field for each brace."""
    fields = {
        "{page}": field("PAGE", "1", _PLAIN, story),
        "{pages}": field("NUMPAGES", "1", _PLAIN, story),
    }
    return "".join(fields.get(piece) or words(piece, _PLAIN, story) for piece in _PAGE_FIELD.split(pattern) if piece)
