"""Each figure of a fact stands in one of its quotes (ICD 206: what is said can be looked up in what is cited).

A number is what readers remember and pass on, and what is mistyped most easily.

Figures are numbers in digits or in English words: "three" and 3, "2.5 million" and "2,500,000" are equal. Those of
the fact's dates, of the day its source was issued, and in names of its actors need no quote. A curator's own
judgement has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from memo.checks.memo import Dossier
from memo.checks.reading.carriers import actor_names
from memo.checks.reading.numbers import Number, Value, carried, figures, value
from memo.facts.dossier import Fact
from memo.facts.edtf import Date
from memo.problem import Place, Problem

PARTS = ("claim", "brief", "phrase", "label")
"""What a memo may show of a fact in words."""


class _Figure(NamedTuple):
    """A figure that a memo may take from a fact: the text that has it, and which part of the fact that is."""

    number: Number
    held: str
    part: str

    @property
    def text(self) -> str:
        return self.held[self.number.start : self.number.end]


def check(dossier: Dossier) -> Iterator[Problem]:
    """An ``uncarried-figure`` for each figure in a fact's claim, brief, phrase, label or value, once a fact."""
    values_in = cache(carried)
    for fact in dossier.facts.facts.values():
        told: dict[frozenset[Value], _Figure] = {}
        for figure in _told(fact) if fact.support else ():
            told.setdefault(figure.number.values, figure)
        for figure in told.values():
            if all(map(figure.number.values.isdisjoint, _known(fact, dossier, values_in))):
                message = f"no quote of fact '{fact.id}' has the figure '{figure.text}'"
                hint = "quote the words that have it, or take it out"
                yield Problem("uncarried-figure", message, _place(figure, fact, dossier), hint, facts=(fact.id,))


def _told(fact: Fact) -> Iterator[_Figure]:
    """Every figure that a memo may take from a fact."""
    for part in PARTS:
        held = getattr(fact, part)
        yield from (_Figure(number, held, part) for number in figures(held))
    if fact.value:
        held = f"{fact.value.amount.lstrip('+-')} {fact.value.unit}"
        yield from (_Figure(number, held, "value") for number in figures(held))


def _place(figure: _Figure, fact: Fact, dossier: Dossier) -> Place:
    if figure.part == "value":
        return dossier.place("fact", fact.id, "value", "amount")
    return dossier.words_place(figure.held, figure.number.start, len(figure.text), "fact", fact.id, figure.part)


def _known(fact: Fact, dossier: Dossier, values_in: Callable[[str], frozenset[Value]]) -> Iterator[frozenset[Value]]:
    """The values that its dates have, its quotes, and names of its actors and sources."""
    sources = [dossier.facts.sources[support.source] for support in fact.support]
    actors = [dossier.facts.actors[id] for id in fact.actors]
    dates = (fact.date, fact.due, *(source.issued for source in sources))
    yield frozenset(known for date in dates if date for known in _of_date(date))
    yield from (values_in(support.quote) for support in fact.support)
    yield from (values_in(source.label) for source in sources)
    yield from (values_in(name) for actor in actors for name in (*actor_names(actor), actor.role))


def _of_date(date: Date) -> Iterator[Value]:
    """The years and the days of the month that a date is written with; months are told in words."""
    for point in date.text.split("/"):
        year, _, day = (*re.findall("[0-9]+", point.replace("X", "0")), "", "", "")[:3]
        yield from (value(float(number)) for number in (year, day) if number)
