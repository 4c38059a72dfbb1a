"""Say where things stand in a memo: in which section, ahead of the body or in it, in which row, under which lead-in.

Which sections are the summary, the benefits and the risks, the front matter says (``parts``), or else their usual ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from memo.checks.memo import Memo
from memo.document.sentences import Passage, Sentence
from memo.document.tree import Block, Callout, Document, Heading, Row, Strong, Table
from memo.document.walk import block_nodes, inline_facts, inline_text

_BENEFITS = "benefits"
"""What the ids of sections of benefits begin with, where the front matter does not name them."""


# Sections


def sections(memo: Memo) -> Mapping[str, tuple[Block, ...]]:
    """Return the blocks of each section, without its heading, by its anchor; those before the first under ``""``."""
    return memo.once(_sections)


def _sections(memo: Memo) -> Mapping[str, tuple[Block, ...]]:
    found: dict[str, list[Block]] = {"": []}
    anchor = ""
    for block in memo.composed.document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            anchor = block.anchor
            found[anchor] = []
        else:
            found[anchor].append(block)
    return {anchor: tuple(blocks) for anchor, blocks in found.items()}


def below(document: Document, heading: Heading) -> tuple[Block, ...]:
    """Return the blocks under a heading, up to the next heading of its level or a higher one."""
    at = next(index for index, block in enumerate(document.blocks) if block is heading)
    found: list[Block] = []
    for block in document.blocks[at + 1 :]:
        if isinstance(block, Heading) and block.level <= heading.level:
            break
        found.append(block)
    return tuple(found)


def summary(memo: Memo) -> str:
    """Return the anchor of the section that sums up the others, whether or not the memo has it."""
    return memo.template.front_matter.parts.summary


def bottom_line(memo: Memo) -> tuple[Passage, ...]:
    """Return the passages in the boxes of the bottom line."""
    return tuple(passage for passage in memo.writer_passages if passage.callout == "bottom-line")


def benefits(memo: Memo) -> Iterator[tuple[Block, ...]]:
    """Go through the blocks of each section of benefits."""
    named = memo.template.front_matter.parts.benefits
    for anchor, blocks in sections(memo).items():
        if anchor in named if named else anchor.startswith(_BENEFITS):
            yield blocks


def risks(memo: Memo) -> tuple[Block, ...] | None:
    """Return the blocks of the section of risks, or None where the memo has none."""
    return sections(memo).get(memo.template.front_matter.parts.risks)


def foremost(memo: Memo) -> tuple[Block, ...]:
    """Return the blocks that are read ahead of the body: the summary and the boxes of the bottom line."""
    return tuple(block for block, ahead in _blocks(memo) if ahead)


def body(memo: Memo) -> tuple[Block, ...]:
    """Return the blocks that the summary and the bottom line sum up: all others."""
    return tuple(block for block, ahead in _blocks(memo) if not ahead)


def _blocks(memo: Memo) -> Iterator[tuple[Block, bool]]:
    """Go through all blocks but the headings of sections, each with whether it is read ahead of the body."""
    for anchor, blocks in sections(memo).items():
        for block in blocks:
            boxed = isinstance(block, Callout) and block.kind == "bottom-line"
            yield block, boxed or anchor == summary(memo)


# Tables


def tables(block: Block) -> Iterator[Table]:
    """Go through every table in a block, itself included."""
    return (node for node in block_nodes((block,)) if isinstance(node, Table))


def row_of(memo: Memo, passage: Passage) -> Row | None:
    """Return the row that a cell's passage stands in."""
    return memo.once(_rows).get(id(passage.content))


def row_facts(memo: Memo, passage: Passage) -> tuple[str, ...]:
    """Return the facts of the row that a cell stands in: a row is one statement."""
    row = row_of(memo, passage)
    cells = row.cells if row else ()
    return tuple(dict.fromkeys(fact for cell in cells for fact in inline_facts(cell.content)))


def _rows(memo: Memo) -> Mapping[int, Row]:
    """Map what each cell with words holds, by its identity, to the cell's row."""
    rows = (node for node in block_nodes(memo.composed.document.blocks) if isinstance(node, Row))
    return {id(cell.content): row for row in rows for cell in row.cells if cell.content}


# Lead-ins


def has_run_in_heading(passage: Passage) -> bool:
    """Tell whether a passage begins with a run-in heading: its first sentence is all bold, and others follow."""
    first = passage.content[0]
    bold = isinstance(first, Strong) and inline_text(first.content).strip() == passage.sentences[0].text
    return bold and len(passage.sentences) > 1


def lead_in(passage: Passage) -> tuple[Sentence, ...]:
    """Return the sentence that opens a passage; if that is a run-in heading, the next one too."""
    return passage.sentences[: 2 if has_run_in_heading(passage) else 1]
