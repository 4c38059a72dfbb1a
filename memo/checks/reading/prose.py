"""What people wrote in a memo, as checks of prose read it: passages, who answers for them, sections, and words.

Which sections of a memo are its summary, its benefits and its risks: as its front matter or their usual ids say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise

from memo.checks.memo import Memo
from memo.document.sentences import Passage, Sentence, SentencePiece
from memo.document.tree import Block, Callout, Document, Heading, Row, Strong, Table
from memo.document.walk import block_nodes, inline_facts, inline_text

UNSEEN = "\ufffc"
"""Stands for each character of a fact's words where only the writer's are looked at (Unicode: object replacement)."""

_WORD = re.compile(r"[^\s—]*\w[^\s—]*")
_LIST = re.compile(r";")


def told(memo: Memo) -> tuple[Passage, ...]:
    """The passages that people wrote; not those that memo worded, such as the list of sources."""
    return memo.once(_told)


def _told(memo: Memo) -> tuple[Passage, ...]:
    return tuple(passage for passage in memo.passages if passage.block.key not in memo.composed.generated)


def own_text(sentence: Sentence) -> str:
    """A sentence with every character of a fact's words hidden: what is left is the writer's."""
    return only(sentence, sentence.writer_pieces())


def only(sentence: Sentence, pieces: Iterable[SentencePiece]) -> str:
    """A sentence with every character hidden but those of some of its pieces, in their order."""
    shown = ""
    for piece in pieces:
        shown += UNSEEN * (piece.start - len(shown)) + piece.text
    return shown + UNSEEN * (len(sentence.text) - len(shown))


def words(text: str) -> list[re.Match[str]]:
    """The words of a text: what stands between white space or long dashes and has a letter or a digit in it.

    ``cross-border`` and ``600`` are one word each, ``600 km`` and ``21–22 January 2026`` two and three.
    """
    return list(_WORD.finditer(text))


def has_more(text: str, count: int) -> bool:
    """Whether a text has more words than so many, few: they are counted so far and no further."""
    return len(list(islice(_WORD.finditer(text), count + 1))) > count


def may_have(text: str, count: int) -> bool:
    """Whether a text may have so many words; cheaper to tell than how many there are."""
    return len(text.replace("—", " ").split()) >= count


def parts(text: str) -> list[tuple[int, str]]:
    """A sentence's parts, each with where it begins: of one with two semicolons or more, a list, each item is one."""
    cuts = [found.start() + 1 for found in _LIST.finditer(text)]
    edges = [0, *cuts, len(text)] if len(cuts) > 1 else [0, len(text)]
    return [(start, text[start:end]) for start, end in pairwise(edges)]


def is_run_in(passage: Passage) -> bool:
    """Whether a passage's first sentence is a heading that runs in: all of it in bold, and more comes after."""
    first = passage.content[0]
    bold = isinstance(first, Strong) and inline_text(first.content).strip() == passage.sentences[0].text
    return bold and len(passage.sentences) > 1


def opening(passage: Passage) -> tuple[Sentence, ...]:
    """The sentence that opens a passage; where that is a heading that runs in, the next one, too."""
    return passage.sentences[: 2 if is_run_in(passage) else 1]


# Where things stand


def sections(memo: Memo) -> Mapping[str, tuple[Block, ...]]:
    """The blocks of each section, without its heading, by its anchor; what stands before the first under ``""``."""
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
    """The blocks that a heading heads: up to the next one of its level or a higher."""
    at = next(index for index, block in enumerate(document.blocks) if block is heading)
    found: list[Block] = []
    for block in document.blocks[at + 1 :]:
        if isinstance(block, Heading) and block.level <= heading.level:
            break
        found.append(block)
    return tuple(found)


def row_facts(memo: Memo, passage: Passage) -> tuple[str, ...]:
    """The facts of the row that a cell stands in: a row is one statement."""
    row = row_of(memo, passage)
    cells = row.cells if row else ()
    return tuple(dict.fromkeys(fact for cell in cells for fact in inline_facts(cell.content)))


def row_of(memo: Memo, passage: Passage) -> Row | None:
    """The row that a cell's passage stands in."""
    return memo.once(_rows).get(id(passage.content))


def _rows(memo: Memo) -> Mapping[int, Row]:
    """The row of each cell with words, by the identity of what the cell holds."""
    rows = (node for node in block_nodes(memo.composed.document.blocks) if isinstance(node, Row))
    return {id(cell.content): row for row in rows for cell in row.cells if cell.content}


def tables(block: Block) -> Iterator[Table]:
    """Every table in a block, itself included."""
    return (node for node in block_nodes((block,)) if isinstance(node, Table))


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
