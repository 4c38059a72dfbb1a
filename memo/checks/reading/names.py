"""The names that a dossier knows: of actors, of sources, and of the origins behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from memo.facts import Actor, Fact, Facts
from memo.style import Style


class Bearer(NamedTuple):
    """Who bears a name."""

    kind: Literal["actor", "source", "origin"]
    id: str


class Named(NamedTuple):
    """A name found in a text, from ``start`` to ``end``, and all who bear it."""

    start: int
    end: int
    bearers: frozenset[Bearer]


class Names:
    """Every name of a dossier. Whole words count, the longest name first: ``Port of Halvern`` before ``Halvern``.

    A name is looked for as it is written; one that begins small may begin a sentence with a capital.
    """

    def __init__(self, facts: Facts, style: Style) -> None:
        self.facts = facts
        self.bearers: dict[str, set[Bearer]] = {}
        for actor in facts.actors.values():
            self._enter(Bearer("actor", actor.id), *actor_names(actor))
        for source in facts.sources.values():
            self._enter(Bearer("source", source.id), source.label)
        for origin in sorted({origin for fact in facts.facts.values() for origin in facts.origins(fact)}):
            self._enter(Bearer("origin", origin), style.origins.get(origin, ""))

    def find(self, text: str) -> Iterator[Named]:
        """Every name in a text, in order; one within a longer one is not meant."""
        text = plain(text)
        found = [found.span(1) for found in self._pattern.finditer(text)] if self.bearers else []
        if not found:
            return
        kept: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0] - span[1], span)):
            if all(end <= first or last <= start for first, last in kept):
                kept.append((start, end))
        yield from (Named(start, end, self._bearers(text[start:end])) for start, end in sorted(kept))

    def borne(self, texts: Iterable[str]) -> frozenset[Bearer]:
        """All who are named in some texts."""
        return frozenset(bearer for text in texts for named in self.find(text) for bearer in named.bearers)

    def behind(self, fact: Fact) -> frozenset[Bearer]:
        """The actors, sources and origins of a fact, whether or not its texts name them."""
        actors = (Bearer("actor", id) for id in fact.actors)
        sources = (Bearer("source", support.source) for support in fact.support)
        origins = (Bearer("origin", origin) for origin in self.facts.origins(fact))
        return frozenset((*actors, *sources, *origins))

    def _bearers(self, written: str) -> frozenset[Bearer]:
        name = written if written in self.bearers else written[0].lower() + written[1:]
        return frozenset(self.bearers[name])

    def _enter(self, bearer: Bearer, *names: str) -> None:
        for name in filter(None, map(plain, names)):
            self.bearers.setdefault(name, set()).add(bearer)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.bearers, key=lambda name: (-len(name), name))
        first = re.escape("".join({letter for name in longest_first for letter in (name[0], name[0].upper()[0])}))
        return re.compile(rf"(?<!\w)(?=[{first}])(?=({'|'.join(map(_either, longest_first))})(?!\w))")


def actor_names(actor: Actor) -> tuple[str, ...]:
    """Every name that an actor goes by."""
    return tuple(name for name in (actor.name, actor.short, *actor.also) if name)


def plain(text: str) -> str:
    """The text, letter for letter, with plain apostrophes and plain spaces."""
    if text.isascii():
        return text
    return text.replace("’", "'").replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def _either(name: str) -> str:
    """A pattern for a name; a small first letter may be a capital."""
    first, rest = name[0], re.escape(name[1:])
    return f"[{first}{first.upper()}]{rest}" if first.islower() and len(first.upper()) == 1 else re.escape(first) + rest
