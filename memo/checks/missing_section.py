"""The sections that the front matter demands are there, in order, and say something (CRAFT, rule 11).

Readers look for benefits and risks where they always stand; a memo that silently lacks its risks is not a shorter memo
but a misleading one.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.document.tree import Block, Heading
from memo.problem import Place, Problem


def check(memo: Memo) -> Iterator[Problem]:
    """A ``missing-section`` for each demanded section that is not there, is empty, or stands before one due earlier."""
    headings = [block for block in memo.composed.document.blocks if _opens_section(block)]
    anchors = [heading.anchor for heading in headings if isinstance(heading, Heading)]
    last = -1
    for index, wanted in enumerate(memo.template.front_matter.sections):
        place = memo.template.places.get(("sections", str(index))) or memo.front_matter_place("sections")
        if wanted not in anchors:
            from difflib import get_close_matches

            close = get_close_matches(wanted, anchors, 1)
            hint = f"did you mean '{close[0]}'?" if close else f"the sections here: {', '.join(anchors) or 'none'}"
            yield Problem("missing-section", f"there is no section '{wanted}'", place, hint)
            continue
        at = anchors.index(wanted)
        if at < last:
            yield Problem("missing-section", f"section '{wanted}' stands before '{anchors[last]}'", place)
        last = max(at, last)
        if _is_empty(memo.composed.document.blocks, headings[at]):
            where = memo.composed.places.of(headings[at]) or Place(memo.template.path)
            yield Problem("missing-section", f"section '{wanted}' is empty", where)


def _opens_section(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1


def _is_empty(blocks: tuple[Block, ...], heading: Block) -> bool:
    """Whether nothing but headings stands between this heading and the next section."""
    start = next(index for index, block in enumerate(blocks) if block is heading) + 1
    for block in blocks[start:]:
        if _opens_section(block):
            return True
        if not isinstance(block, Heading):
            return False
    return True
