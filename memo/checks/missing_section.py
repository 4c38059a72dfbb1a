"""The sections that the front matter demands are there, in order, and say something (CRAFT, rule 11).

Readers look for benefits and risks where they always stand; a memo that silently lacks its risks is not a shorter memo
but a misleading one.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.document.tree import Block, Heading
from memo.problem import Problem
from memo.suggest import suggest


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``missing-section`` for each demanded section that is missing, empty, or before one due earlier."""
    headings = [block for block in memo.composed.document.blocks if _opens_section(block)]
    anchors = [heading.anchor for heading in headings if isinstance(heading, Heading)]
    last = -1
    for index, wanted in enumerate(memo.template.front_matter.sections):
        place = memo.template.places.get(("sections", str(index))) or memo.front_matter_place("sections")
        if wanted not in anchors:
            hint = suggest(wanted, anchors) or f"the sections here: {', '.join(anchors) or 'none'}"
            yield Problem("missing-section", f"there is no section '{wanted}'", place, hint)
            continue
        at = anchors.index(wanted)
        if at < last:
            yield Problem("missing-section", f"section '{wanted}' stands before '{anchors[last]}'", place)
        last = max(at, last)
        if _is_empty(memo.composed.document.blocks, headings[at]):
            yield Problem("missing-section", f"section '{wanted}' is empty", memo.place(headings[at]))


def _opens_section(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1


def _is_empty(blocks: tuple[Block, ...], heading: Block) -> bool:
    """Tell whether nothing but headings stands between this heading and the next section."""
    start = next(index for index, block in enumerate(blocks) if block is heading) + 1
    for block in blocks[start:]:
        if _opens_section(block):
            return True
        if not isinstance(block, Heading):
            return False
    return True
