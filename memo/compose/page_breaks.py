"""Page breaks where they part something from something, so that every format has the same pages.

Word obeys each break that it finds, also one that leaves a page empty. So several in a row are one here, and before all
else or at the end there is none. Right after a heading it is refused: the heading would stand alone on its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from memo.compose.composition import Composition
from memo.document.tree import Block, Heading, PageBreak, Rule
from memo.problem import Place

Filled = tuple[Block, bool]
"""A block, and whether memo itself worded it."""


def parting(composition: Composition, blocks: Iterable[Filled]) -> Iterator[Filled]:
    """Give the blocks with those page breaks only that stand between two others. Problems: misplaced-token."""
    waiting: list[Filled] = []
    begun = after_heading = False
    for block, generated in blocks:
        if not isinstance(block, PageBreak):
            yield from waiting
            yield block, generated
            # A rule below a heading goes with it.
            after_heading = isinstance(block, Heading) or (after_heading and isinstance(block, Rule) and not waiting)
            waiting, begun = [], True
        elif after_heading:
            _refuse(composition, block)
        elif begun:
            waiting = [(block, generated)]


def _refuse(composition: Composition, block: PageBreak) -> None:
    message = "a page break right after a heading would leave the heading alone on its page"
    place = composition.places.of(block) or Place("")
    composition.run.report("misplaced-token", message, place, "put {{ page_break() }} before the heading")
