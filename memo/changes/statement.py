"""What ``{{ changes() }}`` prints: what changed since the last edition that was issued, or that nothing did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from memo.changes import compare
from memo.document import tree
from memo.document.composed import Composed
from memo.document.furniture import change_lines, shortened
from memo.document.tree import STATEMENT, Block, Change, Document, Inline, is_statement
from memo.editions import frozen_files
from memo.editions.register import Entry
from memo.facts.dossier import Facts
from memo.facts.style import Words, fill
from memo.problem import Place, Problem


def fill_changes(
    composed: Composed, project: Path, facts: Facts, words: Words, replaces: str = ""
) -> tuple[Composed, list[Problem]]:
    """Put the changes since the last edition in place of each ``changes()`` in a memo.

    ``replaces`` names an edition, ``MEMO/N``, that the memo is about to go on from under a new name.

    Problems: those of reading that edition's document; nothing is printed then.
    """
    document = composed.document
    if not any(map(is_statement, document.blocks)):
        return composed, []
    entry = frozen_files.last_entry(project, document.metadata.name, replaces)
    old, problems = frozen_files.read_document(project, entry) if entry else (None, [])
    number = _number(entry) if entry else ""
    statement = _statement(old, document, number, facts, words) if not problems else ()
    key = f"{STATEMENT}{number}"
    filled = replace(document, blocks=tuple(_filled(composed, statement, key)))
    return replace(composed, document=filled, generated=composed.generated | {key}), problems


def _number(entry: Entry) -> str:
    """Return the number of an edition, with the digits of its footer where another edition has that number, too."""
    return entry.edition.rpartition("/")[2]


def stated_edition(document: Document) -> str:
    """Return the number of the edition against which a document prints its changes; empty if it prints none."""
    keys = (block.key.removeprefix(STATEMENT) for block in document.blocks if is_statement(block))
    return next(filter(None, keys), "")


def _filled(composed: Composed, statement: tuple[Block, ...], key: str) -> Iterator[Block]:
    """Give the document's blocks with the statement in its place.

    All of the statement counts as written where ``changes()`` stands, so that a problem in it points there. Its blocks
    bear a key by which comparisons know what to leave out; the edition that they tell of is in it.
    """
    for block in composed.document.blocks:
        if not is_statement(block):
            yield block
            continue
        place = composed.places.of(block) or Place("")
        for made in statement:
            keyed = replace(made, key=key)
            composed.places.enter_all((keyed,), place)
            yield keyed


def _statement(old: Document | None, new: Document, number: str, facts: Facts, words: Words) -> tuple[Block, ...]:
    if old is None:
        return (tree.Paragraph((tree.Text(words.changes_first),)),)
    redline = compare(old, new, facts, words)
    # The line above the list names the earlier edition's date already. The same change in two places is said once.
    changes = {(change.before, change.after): change for change in redline.changes if change.section != words.date}
    pattern = words.changes_since if changes else words.changes_none
    lead = tree.Paragraph((tree.Text(fill(pattern, edition=number, date=old.metadata.date_shown)),))
    items = tuple(tree.ListItem((tree.Paragraph(_item(change, words)),)) for change in changes.values())
    return (lead, tree.List(items, tight=False)) if items else (lead,)


def _item(change: Change, words: Words) -> tuple[Inline, ...]:
    """Write one change, a line for each of: where, what stood there, what stands there now, and why."""
    lines: list[Inline] = [tree.Strong((tree.Text(change.section),))] if change.section else []
    lines += [tree.Text(line) for line in change_lines(shortened(change), words)]
    return tuple(part for line in lines for part in (tree.LineBreak(), line))[1:]
