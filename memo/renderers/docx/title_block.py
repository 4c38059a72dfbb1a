"""The title block: what kind of paper this is, its title, then a line for each of to, from, date...

What it says comes from `memo.document.furniture`. In a redline it shows what stood there before, too.
"""

from __future__ import annotations

from memo.document.furniture import Furniture
from memo.document.tree import Mark
from memo.renderers.docx.builder import DocxBuilder
from memo.renderers.docx.language import right_to_left
from memo.renderers.docx.paragraphs import PLAIN, ParagraphFormat, merge_target, paragraph_of
from memo.renderers.docx.runs import RunFormat, runs_of, tracked
from memo.renderers.docx.styles import TITLE_BLOCK_GAP, twips

_PLAIN = RunFormat()


def title_block(furniture: Furniture, earlier: Furniture, builder: DocxBuilder) -> str:
    """Write the title block; ``earlier`` is what it said before, in a redline, and else the same."""
    kind = paragraph_of("MemoKind", runs_of(furniture.memorandum, _PLAIN, builder), builder)
    words = _value(builder.words.title, earlier.title, furniture.title, builder)
    title = paragraph_of("Title", words, builder, rtl=right_to_left(furniture.title))
    before, now = dict(earlier.title_rows), dict(furniture.title_rows)
    labels = list(before | now)
    last = ParagraphFormat(after=twips(TITLE_BLOCK_GAP))
    # Lines with a tab and not a table: a screen reader reads them as they are, and no header row is missing.
    lines = (
        _line(label, before.get(label, ""), now.get(label, ""), builder, last if label == labels[-1] else PLAIN)
        for label in labels
    )
    tracked_last = bool(labels) and not (before.get(labels[-1]) and now.get(labels[-1]))
    return kind + title + "".join(lines) + (merge_target(builder) if tracked_last else "")


def _line(label: str, before: str, now: str, builder: DocxBuilder, formatting: ParagraphFormat) -> str:
    """Write label, tab and value; a line that came or went as a whole is tracked with its label."""
    mark = None if before and now else Mark("inserted" if now else "deleted", _change(label, before, now, builder))
    runs = runs_of(label, RunFormat(style="MemoLabel", mark=mark), builder) + tracked(
        "<w:r><w:tab/></w:r>", mark, builder
    )
    runs += _value(label, before, now, builder)
    return paragraph_of("MemoLine", runs, builder, formatting, mark, rtl=right_to_left(label))


def _value(label: str, before: str, now: str, builder: DocxBuilder) -> str:
    """Write what stands there now; where something else stood there before, both, tracked."""
    if before == now:
        return runs_of(now, _PLAIN, builder)
    number = _change(label, before, now, builder)
    deleted, inserted = RunFormat(mark=Mark("deleted", number)), RunFormat(mark=Mark("inserted", number))
    return runs_of(before, deleted, builder) + runs_of(now, inserted, builder)


def _change(label: str, before: str, now: str, builder: DocxBuilder) -> int:
    """Return the number of this change in the redline; 0 where it is not listed, as a mere change of date is not."""
    listed = ((change.section, change.before, change.after) for change in builder.changes)
    return next((number for number, change in enumerate(listed, 1) if change == (label, before, now)), 0)
