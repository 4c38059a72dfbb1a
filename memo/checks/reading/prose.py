"""What people wrote in a memo, as checks of prose read it: passages, who answers for them, sections, and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise

from memo.checks.memo import Memo
from memo.document import (
    Block,
    Document,
    Heading,
    Row,
    Strong,
    Table,
    block_nodes,
    inline_facts,
    inline_text,
)
from memo.sentences import Passage, Piece, Sentence

UNSEEN = "\ufffc"
"""Stands for each character of a fact's words where only the writer's are looked at (Unicode: object replacement)."""

_WORD = re.compile(r"[^\s—]*\w[^\s—]*")
_LIST = re.compile(r";")


def told(memo: Memo) -> tuple[Passage, ...]:
    """The passages that people wrote; not those that memo worded, such as the list of sources."""
    return memo.once(_told)


def _told(memo: Memo) -> tuple[Passage, ...]:
    return tuple(passage for passage in memo.passages if not memo.composed.places.made(passage.content[0]))


def own_text(sentence: Sentence) -> str:
    """A sentence with every character of a fact's words hidden: what is left is the writer's."""
    return only(sentence, sentence.own())


def only(sentence: Sentence, pieces: Iterable[Piece]) -> str:
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
