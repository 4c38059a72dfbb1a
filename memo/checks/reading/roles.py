"""Which sections of a memo are its summary, its benefits and its risks: as its front matter or their usual ids say."""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.checks.reading.prose import sections, told
from memo.document import Block, Callout
from memo.sentences import Passage

BENEFITS = "benefits"
"""What the ids of sections that tell of benefits begin with, where the front matter does not name them."""


def summary(memo: Memo) -> str:
    """The anchor of the section that sums up the others, whether or not the memo has it."""
    return memo.template.front_matter.parts.summary


def bottom_line(memo: Memo) -> tuple[Passage, ...]:
    """What stands in the boxes of the bottom line."""
    return tuple(passage for passage in told(memo) if passage.callout == "bottom-line")


def benefits(memo: Memo) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    """The sections that tell of benefits, with their anchors."""
    named = memo.template.front_matter.parts.benefits
    held = sections(memo).items()
    return tuple((anchor, of) for anchor, of in held if (anchor in named if named else anchor.startswith(BENEFITS)))


def risks(memo: Memo) -> tuple[Block, ...] | None:
    """The section that tells of risks, or None where the memo has none."""
    return sections(memo).get(memo.template.front_matter.parts.risks)


def foremost(memo: Memo) -> tuple[Block, ...]:
    """What is said ahead of the body: the summary and the boxes of the bottom line."""
    return tuple(block for block, ahead in _blocks(memo) if ahead)


def body(memo: Memo) -> tuple[Block, ...]:
    """What the summary and the bottom line sum up: every other block."""
    return tuple(block for block, ahead in _blocks(memo) if not ahead)


def _blocks(memo: Memo) -> Iterator[tuple[Block, bool]]:
    """Every block but headings of sections, and whether it is ahead of the body."""
    for anchor, blocks in sections(memo).items():
        for block in blocks:
            boxed = isinstance(block, Callout) and block.kind == "bottom-line"
            yield block, boxed or anchor == summary(memo)
