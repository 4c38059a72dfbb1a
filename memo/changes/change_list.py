"""The list of changes of a redline: where, what stood there and what stands there now, on which facts and sources, why.

The first half says what a whole block, item or row is quoted by in that list, and which facts are behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from memo.changes.renamed import renamed_facts
from memo.document import tree
from memo.document.tree import Block, Change, Document, Inline, ListItem, Row
from memo.document.walk import block_facts, inline_facts, inline_text, used_facts
from memo.facts.appearance import as_seen
from memo.facts.dossier import Fact, Facts
from memo.facts.style import Words, fill

Node = Block | ListItem | Row


def node_text(node: Node) -> str:
    """Return what a block, an item or a row says, on one line; of a figure, its alternative text."""
    match node:
        case tree.Rule() | tree.PageBreak():
            return ""
        case tree.Figure(alt=alt):
            return alt
        case tree.Row(cells=cells):
            return " | ".join(_line(cell.content) for cell in cells)
        case tree.Table(caption=caption, header=header, rows=rows):
            return "; ".join(filter(None, (_line(caption), *(node_text(row) for row in (header, *rows)))))
        case tree.ListItem(blocks=blocks) | tree.Quotation(blocks=blocks) | tree.Callout(blocks=blocks):
            return " ".join(filter(None, map(node_text, blocks)))
        case tree.List(items=items):
            return "; ".join(filter(None, map(node_text, items)))
    return _line(node.content)


def _line(content: Sequence[Inline]) -> str:
    return " ".join(inline_text(tuple(content)).split())


def node_facts(node: Node) -> tuple[str, ...]:
    """Return the ids of the facts that a block, an item or a row shows or cites, each once."""
    match node:
        case tree.Row(cells=cells):
            facts: Iterable[str] = (fact for cell in cells for fact in inline_facts(cell.content))
        case tree.ListItem(blocks=blocks):
            facts = (fact for block in blocks for fact in block_facts(block))
        case _:
            facts = block_facts(node)
    return tuple(dict.fromkeys(facts))


def section_from(block: Block | None, current: str) -> str:
    """Return the title of the section from this block on: a level-1 heading begins one, else it is the current."""
    return _line(block.content) if isinstance(block, tree.Heading) and block.level == 1 else current


class ChangeList:
    """The changes of a redline, numbered from 1 in the order in which they are added.

    ``section`` is the title of the section that the comparison has come to. What memo counts itself changes in
    consequence of others: while ``counting``, nothing is told, unless ``tells_counted``. ``facts`` is the dossier that
    gives sources and reasons, ``words`` are the fixed words of the new document's language.
    """

    def __init__(self, old: Document, new: Document, facts: Facts, words: Words, tells_counted: bool = False) -> None:
        self.section = ""
        self.counting = False
        self.untold = False
        self._tells_counted = tells_counted
        self._changes: list[Change] = []
        self._facts, self.words = facts, words
        self._renamed = renamed_facts(old, new)
        self._before, self._now = frozenset(map(self._now_called, used_facts(old))), frozenset(used_facts(new))
        before, now = ({basis.fact: basis.digest for basis in document.basis} for document in (old, new))
        # An id is part of the digest: a fact that was renamed, and is shown as it was, is told apart by its id alone.
        self._digests = [before | {new: now[new] for new in self._renamed.values() if new in now}, now]

    def __len__(self) -> int:
        return len(self._changes)

    def add(self, before: str, after: str, facts: Sequence[str] = ()) -> int:
        """Add a change and return its number; 0, and nothing is added, if the words are the same."""
        # Bold and italic, rules and page breaks are marked where they changed, but say nothing that could be listed.
        if as_seen(before) == as_seen(after):
            return 0
        if self.counting and not self._tells_counted:
            self.untold = True
            return 0
        self._changes.append(Change(self.section, before, after, tuple(dict.fromkeys(map(self._now_called, facts)))))
        return len(self._changes)

    def add_facts(self, number: int, facts: Sequence[str]) -> None:
        """Add further facts that are behind a change, unless its number is 0."""
        if number:
            change = self._changes[number - 1]
            self._changes[number - 1] = replace(
                change, facts=tuple(dict.fromkeys((*change.facts, *map(self._now_called, facts))))
            )

    def _now_called(self, fact: str) -> str:
        return self._renamed.get(fact, fact)

    def explained(self) -> tuple[Change, ...]:
        """Return every change with its sources and its reason."""
        return tuple(map(self._explain, self._changes))

    def _explain(self, change: Change) -> Change:
        """Name, of several facts behind a change, only those that differ; with what they rest on now, and why."""
        facts = change.facts
        # Without digests on both sides nobody knows which of the facts changed, so all of them are named.
        if change.before and change.after and all(self._digests):
            facts = tuple(filter(self._came_went_or_differs, facts)) or facts
        sources = (source for id in facts if id in self._facts.facts for source in self._sources(self._facts.facts[id]))
        reasons = filter(None, map(self._reason, facts))
        return replace(
            change, facts=facts, sources=tuple(dict.fromkeys(sources)), reason=" ".join(dict.fromkeys(reasons))
        )

    def _sources(self, fact: Fact) -> Iterator[str]:
        for support in fact.support:
            yield f"{self._facts.sources[support.source].label}, {support.locator}"
        if fact.judged_by and not fact.support:
            yield fill(self.words.judgement, by=fact.judged_by, basis=fact.basis.rstrip(". "))

    def _reason(self, id: str) -> str:
        """Return what the curator says of a fact that was revised or retired; else that it came or went."""
        fact = self._facts.facts.get(id)
        if id in self._before and id not in self._now:
            return fact.retired.reason if fact and fact.retired else self.words.change_gone
        if id in self._now and id not in self._before:
            return self.words.change_came
        return fact.revised.reason if fact and fact.revised and self._differs(id) else ""

    def _came_went_or_differs(self, id: str) -> bool:
        return (id in self._before) != (id in self._now) or self._differs(id)

    def _differs(self, id: str) -> bool:
        """Tell whether a fact is another than it was; taken for granted where a document carries no digest of it."""
        before, now = (digests.get(id) for digests in self._digests)
        return not (before and now) or before != now
