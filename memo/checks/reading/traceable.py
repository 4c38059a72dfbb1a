"""Find what in a text must be traced to a fact (names, numbers and dates), and what of that a fact backs.

Facts are read only when there is something to look for in them: most sentences have nothing to trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Literal, NamedTuple

from memo.checks.memo import Memo
from memo.checks.reading.dates import Calendar, DateExpression, ends_of_date, year_in
from memo.checks.reading.numbers import Number, digits, has_number_words, in_words, pointers
from memo.checks.reading.words import blanked, plain
from memo.facts.dossier import Actor, Fact, Facts
from memo.facts.likelihood import any_of
from memo.facts.style import Style, Words, english_words, fill

_ADDRESS = re.compile(r"(?:https?|ftp|mailto|tel):\S+|\S+@\S+|www\.\S+")
_DIGIT = re.compile(r"\d")


class Traceables(NamedTuple):
    """What a text has to trace: names, numbers, and dates, among them the years that four digits may be."""

    names: tuple[Name, ...] = ()
    numbers: tuple[Number, ...] = ()
    dates: tuple[DateExpression, ...] = ()


class Tracer:
    """Reads the texts of a dossier and of the memos on it. It knows numbers in words in English only."""

    def __init__(self, facts: Facts, style: Style, words: Words, english: bool) -> None:
        self.facts = facts
        self.names = facts.once(NameIndex, style)
        self.calendar = Calendar(words)
        self.english = english
        self.subjects = frozenset(Entity("actor", id) for id in facts.subjects)
        self._reference = _reference(words)
        self._of_fact = cache(self._read_fact)
        self._dates = cache(self._read_dates)
        self._entities = cache(self._read_entities)

    def read(self, text: str) -> Traceables:
        """Find what a text has to trace, nothing twice: a number in a name or in a date is no number by itself."""
        rest = blanked(text, _addresses(text))
        names = tuple(self.names.find(rest))
        rest = blanked(rest, [(name.start, name.end) for name in names])
        if not (_DIGIT.search(rest) or has_number_words(rest) or self.calendar.names_month(rest)):
            return Traceables(names)  # so it is with most texts, and this is the cheapest way to know
        rest = blanked(rest, (*pointers(rest), *self._references(rest)))
        dates = tuple(self.calendar.expressions(rest))
        rest = blanked(rest, [(date.start, date.end) for date in dates])
        numbers = (*digits(rest, self.english), *(in_words(rest) if self.english else ()))
        return Traceables(names, numbers, dates + tuple(_years(rest, numbers)))

    def names_one_of(self, entities: frozenset[Entity], ids: Iterable[str]) -> bool:
        """Tell whether some facts name one of these entities: as actor, source or origin, or in their texts."""
        return any(not entities.isdisjoint(self._entities(id)) for id in ids)

    def numbers_of(self, ids: Iterable[str]) -> Iterator[Number]:
        """Go through all numbers in the texts of some facts."""
        return (number for id in ids for read in self._of_fact(id) for number in read.numbers)

    def dates_of(self, ids: Iterable[str]) -> Iterator[DateExpression]:
        """Go through all dates of some facts: their own, those of their sources, and those in their texts."""
        return (date for id in ids for date in self._dates(id))

    def _read_dates(self, id: str) -> tuple[DateExpression, ...]:
        fact = self.facts.facts[id]
        issued = (self.facts.sources[support.source].issued for support in fact.support)
        own = (end for date in (fact.date, fact.due, fact.as_of, *issued) for end in ends_of_date(date))
        return (*own, *(date for read in self._of_fact(id) for date in read.dates))

    def _read_entities(self, id: str) -> frozenset[Entity]:
        fact = self.facts.facts[id]
        return self.names.behind(fact) | self.names.named_in(_texts(fact, self.facts))

    def _read_fact(self, id: str) -> tuple[Traceables, ...]:
        return tuple(self.read(text) for text in _texts(self.facts.facts[id], self.facts) if text)

    def _references(self, text: str) -> list[tuple[int, int]]:
        """Find where a text points to a figure, a table, a note or a page, in the words of the memo's language."""
        return [found.span() for found in self._reference.finditer(text)] if _DIGIT.search(text) else []


def tracer_of(memo: Memo) -> Tracer:
    """Return the tracer of a memo's texts; all memos of its dossier in its language share it."""
    language = memo.template.front_matter.language
    words = memo.style.words_for(language) or english_words()
    return memo.facts.once(Tracer, memo.style, words, language.split("-")[0] == "en")


def _reference(words: Words) -> re.Pattern[str]:
    patterns = (words.figure, words.table, words.footnote, words.page)
    before = (fill(pattern, number="\0", page="\0").partition("\0")[0] for pattern in patterns)
    return re.compile(rf"(?<!\w){any_of((text for text in before if text.strip()), space=' ')}\d+")


def _addresses(text: str) -> list[tuple[int, int]]:
    """Find where the addresses of pages, people and telephones stand."""
    possible = ":" in text or "@" in text or "www." in text
    return [found.span() for found in _ADDRESS.finditer(text)] if possible else []


def _texts(fact: Fact, facts: Facts) -> Iterator[str]:
    """Go through every text of a fact, of its support, and of the sources and actors that it names by an id."""
    yield from (fact.claim, fact.brief, fact.phrase, fact.label, fact.attribution, fact.judged_by, fact.basis)
    if fact.value:
        yield f"{fact.value.amount} {fact.value.unit}"
    for judgement in (fact.likelihood, fact.confidence):
        yield judgement.by if judgement else ""
    for support in fact.support:
        source = facts.sources[support.source]
        yield from (support.prefix, support.quote, support.suffix, source.label, source.title, source.container_title)
    for actor in (facts.actors[id] for id in fact.actors):
        yield from (*actor_names(actor), actor.role)


def _years(text: str, numbers: Iterable[Number]) -> Iterator[DateExpression]:
    """Go through the numbers that may be years: four digits without a unit."""
    found = (year_in(text, number.start, number.end) for number in numbers if not number.unit)
    return (year for year in found if year)


# Names


class Entity(NamedTuple):
    """What a name stands for."""

    kind: Literal["actor", "source", "origin"]
    id: str


class Name(NamedTuple):
    """A name found in a text, from ``start`` to ``end``, and every entity that it may stand for."""

    start: int
    end: int
    entities: frozenset[Entity]


class NameIndex:
    """Finds the names of a dossier. Whole words count, the longest name first: ``Port of Halvern`` before ``Halvern``.

    Case counts, but a name that begins with a small letter may begin a sentence with a capital.
    """

    def __init__(self, facts: Facts, style: Style) -> None:
        self.facts = facts
        self.entities: dict[str, set[Entity]] = {}
        for actor in facts.actors.values():
            self._enter(Entity("actor", actor.id), *actor_names(actor))
        for source in facts.sources.values():
            self._enter(Entity("source", source.id), source.label)
        for origin in sorted({origin for fact in facts.facts.values() for origin in facts.origins(fact)}):
            self._enter(Entity("origin", origin), style.origins.get(origin, ""))

    def find(self, text: str) -> Iterator[Name]:
        """Find every name in a text, in order; a name within a longer one does not count."""
        text = plain(text)
        spans = [found.span(1) for found in self._pattern.finditer(text)] if self.entities else []
        kept: list[tuple[int, int]] = []
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):  # the longest first
            if all(end <= first or last <= start for first, last in kept):
                kept.append((start, end))
        yield from (Name(start, end, self._entities_of(text[start:end])) for start, end in sorted(kept))

    def named_in(self, texts: Iterable[str]) -> frozenset[Entity]:
        """Return every entity that is named in some texts."""
        return frozenset(entity for text in texts for name in self.find(text) for entity in name.entities)

    def behind(self, fact: Fact) -> frozenset[Entity]:
        """Return the actors, sources and origins of a fact, whether or not its texts name them."""
        actors = (Entity("actor", id) for id in fact.actors)
        sources = (Entity("source", support.source) for support in fact.support)
        origins = (Entity("origin", origin) for origin in self.facts.origins(fact))
        return frozenset((*actors, *sources, *origins))

    def _entities_of(self, written: str) -> frozenset[Entity]:
        name = written if written in self.entities else written[0].lower() + written[1:]
        return frozenset(self.entities[name])

    def _enter(self, entity: Entity, *names: str) -> None:
        for name in filter(None, map(plain, names)):
            self.entities.setdefault(name, set()).add(entity)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.entities, key=lambda name: (-len(name), name))
        # The look at the first letter spares the trial of every name at every word.
        first = re.escape("".join({letter for name in longest_first for letter in (name[0], name[0].upper()[0])}))
        return re.compile(rf"(?<!\w)(?=[{first}])(?=({'|'.join(map(_either_case, longest_first))})(?!\w))")


def actor_names(actor: Actor) -> tuple[str, ...]:
    """Return every name that an actor goes by."""
    return tuple(name for name in (actor.name, actor.short, *actor.also) if name)


def _either_case(name: str) -> str:
    """Return a regular expression for a name; a small first letter may be a capital."""
    first, rest = name[0], re.escape(name[1:])
    return f"[{first}{first.upper()}]{rest}" if first.islower() and len(first.upper()) == 1 else re.escape(first) + rest
