"""What ``{{ changes() }}`` prints: what changed since the last edition that was issued, or that nothing did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from memo.changes import compare
from memo.document.composed import Composed
from memo.document.furniture import change_lines, shortened
from memo.document.tree import (
    Block,
    Change,
    Document,
    Inline,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Strong,
    Text,
    is_statement,
)
from memo.editions import frozen_files
from memo.facts.dossier import Facts
from memo.facts.style import Words, fill
from memo.problem import Place, Problem


def stated(composed: Composed, project: Path, facts: Facts, words: Words) -> tuple[Composed, list[Problem]]:
    """The memo with its changes since the last edition in place of each ``changes()``; as it is if it has none.

    Problems: those of reading that edition.
    """
    document = composed.document
    if not any(map(is_statement, document.blocks)):
        return composed, []
    entry = frozen_files.last(project, document.metadata.name)
    old, problems = frozen_files.read_document(project, entry) if entry else (None, [])
    blocks = _blocks(old, document, entry.number if entry else 0, facts, words) if not problems else ()
    return replace(composed, document=replace(document, blocks=tuple(_placed(composed, blocks)))), problems


def _placed(composed: Composed, statement: tuple[Block, ...]) -> Iterator[Block]:
    """The document's blocks, the statement in its place, all of it written where ``changes()`` was."""
    for block in composed.document.blocks:
        if not is_statement(block):
            yield block
            continue
        place = composed.places.of(block) or Place("")
        for made in statement:
            own = replace(made, key=block.key)
            composed.places.enter_all((own,), place)
            yield own


def _blocks(old: Document | None, new: Document, number: int, facts: Facts, words: Words) -> tuple[Block, ...]:
    if old is None:
        return (Paragraph((Text(words.changes_first),)),)
    redline = compare(old, new, facts, words)
    told = {(change.before, change.after): change for change in redline.changes if change.section != words.date}
    pattern = words.changes_since if told else words.changes_none
    lead = Paragraph((Text(fill(pattern, edition=str(number), date=old.metadata.date_shown)),))
    items = tuple(ListItem((Paragraph(_item(change, words)),)) for change in told.values())
    return (lead, List(items, tight=False)) if items else (lead,)


def _item(change: Change, words: Words) -> tuple[Inline, ...]:
    """A change, a line for each of: where, what stood there, what does, and why."""
    lines = [Text(line) for line in change_lines(shortened(change), words)]
    lead: list[Inline] = [Strong((Text(change.section),))] if change.section else []
    woven: list[Inline] = [part for line in (*lead, *lines) for part in (LineBreak(), line)]
    return tuple(woven[1:])
