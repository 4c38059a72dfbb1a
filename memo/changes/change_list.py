"""The changes of a redline as they are told: where, what stood and stands there, on which facts and sources, why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from memo.document.tree import Change, Document
from memo.document.walk import used_facts
from memo.facts.dossier import Fact, Facts
from memo.facts.style import Words, fill


@dataclass(slots=True)
class Ledger:
    """The changes told so far. ``section`` is where the comparison has come to."""

    grounds: Grounds
    section: str = ""
    told: list[Change] = field(default_factory=list)

    def tell(self, before: str, after: str, facts: Sequence[str]) -> int:
        """Tell a change, and its number from 1; 0 if the words are the same, and only their look changed."""
        if before == after:
            return 0
        self.told.append(Change(self.section, before, after, tuple(dict.fromkeys(facts))))
        return len(self.told)

    def add_facts(self, number: int, facts: Sequence[str]) -> None:
        """Further facts behind a change that is told."""
        if number:
            change = self.told[number - 1]
            self.told[number - 1] = replace(change, facts=tuple(dict.fromkeys((*change.facts, *facts))))

    def changes(self) -> tuple[Change, ...]:
        """Every change with its sources and reason."""
        return tuple(map(self.grounds.grounded, self.told))


class Grounds:
    """What is known of the facts behind a change: the dossier's words for their sources, and what became of them."""

    def __init__(self, old: Document, new: Document, facts: Facts | None, words: Words) -> None:
        self.facts = facts or Facts()
        self.words = words
        self.before, self.now = frozenset(used_facts(old)), frozenset(used_facts(new))
        self.digests = [{basis.fact: basis.digest for basis in document.basis} for document in (old, new)]

    def grounded(self, change: Change) -> Change:
        """A change with its sources and reason. Of several facts behind it, only those that differ are named."""
        facts = change.facts
        if change.before and change.after and all(self.digests):
            facts = tuple(filter(self._other, facts)) or facts
        return replace(change, facts=facts, sources=self.sources(facts), reason=self.reason(facts))

    def _other(self, id: str) -> bool:
        return (id in self.before) != (id in self.now) or self._differs(id)

    def sources(self, ids: Iterable[str]) -> tuple[str, ...]:
        """What these facts rest on now, each passage once."""
        facts = (self.facts.facts[id] for id in ids if id in self.facts.facts)
        return tuple(dict.fromkeys(words for fact in facts for words in self._support(fact)))

    def _support(self, fact: Fact) -> Iterator[str]:
        for support in fact.support:
            yield f"{self.facts.sources[support.source].label}, {support.locator}"
        if fact.judged_by and not fact.support:
            yield fill(self.words.judgement, by=fact.judged_by, basis=fact.basis.rstrip(". "))

    def reason(self, ids: Sequence[str]) -> str:
        """Why: what the curator says of each fact that was revised or retired; else that it came or went."""
        return " ".join(dict.fromkeys(filter(None, map(self._reason, ids))))

    def _reason(self, id: str) -> str:
        fact = self.facts.facts.get(id)
        if id in self.before and id not in self.now:
            return fact.retired.reason if fact and fact.retired else self.words.change_gone
        if id in self.now and id not in self.before:
            return self.words.change_came
        return fact.revised.reason if fact and fact.revised and self._differs(id) else ""

    def _differs(self, id: str) -> bool:
        """Whether the fact says something else than it did; taken for granted where a document does not tell."""
        before, now = (digests.get(id) for digests in self.digests)
        return not (before and now) or before != now
