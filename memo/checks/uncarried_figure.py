"""Each figure of a fact stands in one of its quotes (ICD 206: what is said can be looked up in what is cited).

A number is what readers remember and pass on, and what is mistyped most easily.

Figures are numbers in digits or in English words: "three" and 3, "2.5 million" and "2,500,000" are equal. The figures
of the fact's dates, of the day its source was issued, and in names of its actors need no quote. A curator's own
judgement has no quotes, and is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from memo.checks.memo import Dossier
from memo.checks.reading.numbers import Magnitude, Number, figures, rounded, values_in
from memo.checks.reading.traceable import actor_names
from memo.checks.reading.words import FACT_TEXTS
from memo.facts.dossier import Fact
from memo.facts.edtf import Date
from memo.problem import Place, Problem


class _FactFigure(NamedTuple):
    """A figure that a memo may take from a fact: the text that has it, and which part of the fact that is."""

    number: Number
    source: str
    part: str

    @property
    def text(self) -> str:
        return self.source[self.number.start : self.number.end]


def check(dossier: Dossier) -> Iterator[Problem]:
    """Report an ``uncarried-figure`` for each figure in a fact's claim, brief, phrase, label or value, once a fact."""
    read = cache(values_in)  # facts share sources and actors
    for fact in dossier.facts.facts.values():
        distinct: dict[frozenset[Magnitude], _FactFigure] = {}
        for figure in _figures_of(fact) if fact.support else ():
            distinct.setdefault(figure.number.values, figure)
        for figure in distinct.values():
            if all(map(figure.number.values.isdisjoint, _backing_values(fact, dossier, read))):
                message = f"no quote of fact '{fact.id}' has the figure '{figure.text}'"
                hint = "quote the words that have it, or take it out"
                yield Problem("uncarried-figure", message, _place(figure, fact, dossier), hint, facts=(fact.id,))


def _figures_of(fact: Fact) -> Iterator[_FactFigure]:
    """Go through the figures that a memo may take from a fact."""
    texts = [(part, getattr(fact, part)) for part in FACT_TEXTS]
    if fact.value:
        texts.append(("value", f"{fact.value.amount.lstrip('+-')} {fact.value.unit}"))
    for part, text in texts:
        yield from (_FactFigure(number, text, part) for number in figures(text))


def _place(figure: _FactFigure, fact: Fact, dossier: Dossier) -> Place:
    if figure.part == "value":
        return dossier.place("fact", fact.id, "value", "amount")
    place = dossier.place("fact", fact.id, figure.part)
    if place.length != len(figure.source):  # a text over several lines has no column for each of its characters
        return place
    return place._replace(column=place.column + figure.number.start, length=len(figure.text))


def _backing_values(
    fact: Fact, dossier: Dossier, read: Callable[[str], frozenset[Magnitude]]
) -> Iterator[frozenset[Magnitude]]:
    """Go through the values in the dates of a fact, in its quotes, and in the names of its actors and sources."""
    sources = [dossier.facts.sources[support.source] for support in fact.support]
    actors = [dossier.facts.actors[id] for id in fact.actors]
    dates = (fact.date, fact.due, *(source.issued for source in sources))
    yield frozenset(known for date in dates if date for known in _of_date(date))
    yield from (read(support.quote) for support in fact.support)
    yield from (read(source.label) for source in sources)
    yield from (read(name) for actor in actors for name in (*actor_names(actor), actor.role))


def _of_date(date: Date) -> Iterator[Magnitude]:
    """Go through the years and the days that a date is written with; a text has months in words."""
    for point in date.text.split("/"):
        year, _, day = (*re.findall("[0-9]+", point.replace("X", "0")), "", "", "")[:3]
        yield from (rounded(float(number)) for number in (year, day) if number)
