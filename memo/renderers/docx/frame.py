"""Title block, header and footer: `memo.document.furniture`'s words, set."""

from __future__ import annotations

import re

from memo.document.furniture import Furniture
from memo.document.tree import Mark
from memo.renderers.docx.language import right_to_left
from memo.renderers.docx.look import TITLE_BLOCK_GAP, twips
from memo.renderers.docx.paragraphs import PLAIN, Direct, joint, wrapped
from memo.renderers.docx.runs import Manner, field, tracked, words
from memo.renderers.docx.story import Story, part

_PLAIN = Manner()
_TAB = "<w:r><w:tab/></w:r>"
_PAGE_FIELD = re.compile(r"(\{pages?\})")


def title_block(furniture: Furniture, earlier: Furniture, story: Story) -> str:
    """What kind of paper this is, its title, then a line for each of to, from, date...: label, tab, value.

    Lines with a tab and not a table: a screen reader reads them as they are, and no header row is missing.
    ``earlier`` is what they said before, in a redline; a last line that is tracked needs one that it can join.
    """
    kind = wrapped("MemoKind", words(furniture.memorandum, _PLAIN, story), story)
    told = _value(story.words.title, earlier.title, furniture.title, story)
    title = wrapped("Title", told, story, backwards=right_to_left(furniture.title))
    before, now = dict(earlier.title_rows), dict(furniture.title_rows)
    labels = list(before | now)
    last = Direct(after=twips(TITLE_BLOCK_GAP))
    lines = (
        _row(label, before.get(label, ""), now.get(label, ""), story, last if label == labels[-1] else PLAIN)
        for label in labels
    )
    tracked_last = bool(labels) and not (before.get(labels[-1]) and now.get(labels[-1]))
    return kind + title + "".join(lines) + (joint(story) if tracked_last else "")


def _row(label: str, before: str, now: str, story: Story, direct: Direct) -> str:
    """A line; one that came or went as a whole is tracked with its label."""
    mark = None if before and now else Mark("inserted" if now else "deleted", _change(label, before, now, story))
    runs = words(label, Manner(style="MemoLabel", mark=mark), story) + tracked(_TAB, mark, story)
    runs += _value(label, before, now, story)
    return wrapped("MemoLine", runs, story, direct, mark, backwards=right_to_left(label))


def _value(label: str, before: str, now: str, story: Story) -> str:
    """What stands there now; where something else stood there before, both, tracked."""
    if before == now:
        return words(now, _PLAIN, story)
    number = _change(label, before, now, story)
    gone, come = Manner(mark=Mark("deleted", number)), Manner(mark=Mark("inserted", number))
    return words(before, gone, story) + words(now, come, story)


def _change(label: str, before: str, now: str, story: Story) -> int:
    """Which of the redline's changes that is; 0 where it is told as none, as is a date when nothing else changed."""
    told = ((change.section, change.before, change.after) for change in story.changes)
    return next((number for number, change in enumerate(told, 1) if change == (label, before, now)), 0)


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
