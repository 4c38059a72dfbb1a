"""What a block is called when editions are compared: its section, its type, the facts in it, its ordinal.

Never a line: a key stays what it is when text above it grows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from memo.document import (
    Block,
    Callout,
    Heading,
    List,
    ListItem,
    Quotation,
    Row,
    Table,
    block_facts,
    inline_facts,
    is_statement,
)


def keyed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks, each with its key, and so their rows and list items.

    A key is ``section/type/fact ids/ordinal``: ``risks/paragraph/gas-exports,russia-strain/2`` is the second paragraph
    of section *risks* that shows or cites just these two facts. What stands above the first section has none.
    What ``changes()`` stands for keeps a key of its own: it must not shift the ordinals of others.
    """
    counts: Counter[str] = Counter()
    section = ""
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.anchor
        done.append(block if is_statement(block) else _block(block, section, counts))
    return tuple(done)


def _block(block: Block, section: str, counts: Counter[str]) -> Block:
    key = _key(section, type(block).__name__.lower(), set(block_facts(block)), counts)
    match block:
        case List(items=items):
            return replace(block, key=key, items=tuple(_item(item, section, counts) for item in items))
        case Table(header=header, rows=rows):
            inner = tuple(_row(row, section, counts) for row in rows)
            return replace(block, key=key, header=_row(header, section, counts), rows=inner)
        case Quotation(blocks=blocks) | Callout(blocks=blocks):
            return replace(block, key=key, blocks=tuple(_block(inner, section, counts) for inner in blocks))
        case _:
            return replace(block, key=key)


def _item(item: ListItem, section: str, counts: Counter[str]) -> ListItem:
    facts = {fact for block in item.blocks for fact in block_facts(block)}
    key = _key(section, "listitem", facts, counts)
    return replace(item, key=key, blocks=tuple(_block(block, section, counts) for block in item.blocks))


def _row(row: Row, section: str, counts: Counter[str]) -> Row:
    facts = {fact for cell in row.cells for fact in inline_facts(cell.content)}
    return replace(row, key=_key(section, "row", facts, counts))


def _key(section: str, kind: str, facts: set[str], counts: Counter[str]) -> str:
    stem = f"{section}/{kind}/{','.join(sorted(facts))}"
    counts[stem] += 1
    return f"{stem}/{counts[stem]}"
