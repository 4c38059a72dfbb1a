"""What a text tells that can be traced: names, numbers, dates; and what facts carry of them.

Facts are read when there is something to look for in them: most sentences tell nothing that needs it.

The names that a dossier knows: of actors, of sources, and of the origins behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Literal, NamedTuple

from memo.checks.memo import Memo
from memo.checks.reading.dates import Calendar, Moment, of_date, year
from memo.checks.reading.numbers import Number, digits, has_words, in_words, pointers
from memo.facts.dossier import Actor, Fact, Facts
from memo.facts.style import Style, Words, english_words, fill

_ADDRESS = re.compile(r"(?:https?|ftp|mailto|tel):\S+|\S+@\S+|www\.\S+")
_DIGIT = re.compile(r"\d")


class Reading(NamedTuple):
    """What stands in a text: names, numbers, and dates, also the years that four digits may be."""

    names: tuple[Named, ...] = ()
    numbers: tuple[Number, ...] = ()
    moments: tuple[Moment, ...] = ()


class Reader:
    """Reads the texts of a dossier and of the memos on it. In words, it knows English numbers only."""

    def __init__(self, facts: Facts, style: Style, words: Words, english: bool) -> None:
        self.facts = facts
        self.names = facts.once(Names, style)
        self.calendar = Calendar(words)
        self.english = english
        self.subjects = frozenset(Bearer("actor", id) for id in facts.subjects)
        self._pointer = _pointer(words)
        self._of_fact = cache(self._read_fact)
        self._moments = cache(self._moments_of)
        self._bearers = cache(self._bearers_of)

    def read(self, text: str) -> Reading:
        """What stands in a text. Nothing is found twice: a number in a name or in a date is no number by itself."""
        rest = _without(text, _addresses(text))
        names = tuple(self.names.find(rest))
        rest = _without(rest, [(named.start, named.end) for named in names])
        if not (_DIGIT.search(rest) or has_words(rest) or self.calendar.names_month(rest)):
            return Reading(names)  # so are most
        rest = _without(rest, (*pointers(rest), *self._pointers(rest)))
        moments = tuple(self.calendar.moments(rest))
        rest = _without(rest, [(moment.start, moment.end) for moment in moments])
        numbers = (*digits(rest, self.english), *(in_words(rest) if self.english else ()))
        return Reading(names, numbers, moments + tuple(_years(rest, numbers)))

    def names_one_of(self, bearers: frozenset[Bearer], ids: Iterable[str]) -> bool:
        """Whether some facts carry the name of one of these: as their actor, source or origin, or in their texts."""
        return any(not bearers.isdisjoint(self._bearers(id)) for id in ids)

    def numbers(self, ids: Iterable[str]) -> Iterator[Number]:
        """All numbers that some facts carry."""
        return (number for id in ids for one in self._of_fact(id) for number in one.numbers)

    def moments(self, ids: Iterable[str]) -> Iterator[Moment]:
        """All dates that some facts carry: their own, those of their sources, and those in their texts."""
        return (moment for id in ids for moment in self._moments(id))

    def _moments_of(self, id: str) -> tuple[Moment, ...]:
        fact = self.facts.facts[id]
        issued = (self.facts.sources[support.source].issued for support in fact.support)
        own = (moment for date in (fact.date, fact.due, fact.as_of, *issued) for moment in of_date(date))
        return (*own, *(moment for one in self._of_fact(id) for moment in one.moments))

    def _bearers_of(self, id: str) -> frozenset[Bearer]:
        fact = self.facts.facts[id]
        return self.names.behind(fact) | self.names.borne(_texts(fact, self.facts))

    def _read_fact(self, id: str) -> tuple[Reading, ...]:
        return tuple(self.read(text) for text in _texts(self.facts.facts[id], self.facts) if text)

    def _pointers(self, text: str) -> list[tuple[int, int]]:
        """Where a text points to a figure, a table, a note or a page, in the words of the memo's language."""
        return [found.span() for found in self._pointer.finditer(text)] if _DIGIT.search(text) else []


def reader_of(memo: Memo) -> Reader:
    """The reader of a memo's texts, which is the same for all memos of its dossier that are in its language."""
    language = memo.template.front_matter.language
    words = memo.style.words_for(language) or english_words()
    return memo.facts.once(Reader, memo.style, words, language.split("-")[0] == "en")


def _pointer(words: Words) -> re.Pattern[str]:
    """What points to a figure, a table, a note or a page, in the words of a language."""
    patterns = (words.figure, words.table, words.footnote, words.page)
    before = (fill(pattern, number="\0", page="\0").partition("\0")[0] for pattern in patterns)
    told = "|".join(re.escape(one) for one in before if one.strip())
    return re.compile(rf"(?<!\w)(?:{told})\d+" if told else r"(?!)")


def _addresses(text: str) -> list[tuple[int, int]]:
    """Where addresses of pages, people and telephones stand."""
    possible = ":" in text or "@" in text or "www." in text
    return [found.span() for found in _ADDRESS.finditer(text)] if possible else []


def _texts(fact: Fact, facts: Facts) -> Iterator[str]:
    """Every text of a fact, of its passages, and of whom and what it names by an id."""
    yield from (fact.claim, fact.brief, fact.phrase, fact.label, fact.attribution, fact.judged_by, fact.basis)
    if fact.value:
        yield f"{fact.value.amount} {fact.value.unit}"
    for sure in (fact.likelihood, fact.confidence):
        yield sure.by if sure else ""
    for support in fact.support:
        source = facts.sources[support.source]
        yield from (support.prefix, support.quote, support.suffix, source.label, source.title, source.container_title)
    for actor in (facts.actors[id] for id in fact.actors):
        yield from (*actor_names(actor), actor.role)


def _years(text: str, numbers: Iterable[Number]) -> Iterator[Moment]:
    """The numbers that may be years: four digits without a unit."""
    found = (year(text, number.start, number.end) for number in numbers if not number.unit)
    return (moment for moment in found if moment)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with these stretches blank."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


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
