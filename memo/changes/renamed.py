"""Facts that one document uses under one id and the next under another, and shows alike."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from memo.changes.figures import visible_datum
from memo.document.tree import Claim, Document, Figure, Footnote
from memo.document.walk import block_nodes, contents, inline_text, inlines
from memo.facts.appearance import as_seen


def renamed_facts(old: Document, new: Document) -> dict[str, str]:
    """Return the id that each fact has now whose own is gone, where all that is shown of it is the same.

    That is its words, what figures draw of it, and the notes that cite it.
    """
    before, now = _shown(old), _shown(new)
    came = {id: shown for id, shown in now.items() if id not in before}
    renamed: dict[str, str] = {}
    for id, shown in before.items():
        if id not in now and (found := next((other for other, same in came.items() if same == shown), "")):
            renamed[id] = found
            del came[found]
    return renamed


def _shown(document: Document) -> dict[str, set[Hashable]]:
    """Return what a document shows of each fact."""
    shown: dict[str, set[Hashable]] = {}
    for fact, what in _told(document):
        shown.setdefault(fact, set()).add(what)
    return shown


def _told(document: Document) -> Iterator[tuple[str, Hashable]]:
    for node in block_nodes(document.blocks):
        if isinstance(node, Figure):
            yield from ((fact, visible_datum(datum)) for datum in node.data for fact in datum.facts)
    runs = (run for block in document.blocks for run in contents(block))
    for inline in (inline for run in runs for inline in inlines(run)):
        match inline:
            case Claim(text=text, facts=facts, part=part):
                yield from ((fact, (part, as_seen(text))) for fact in facts)
            case Footnote(content=content, facts=facts):
                yield from ((fact, ("note", as_seen(inline_text(content)))) for fact in facts)
