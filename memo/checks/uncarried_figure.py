"""Each figure of a fact stands in one of its quotes (ICD 206: what is said can be looked up in what is cited).

A number is what readers remember and pass on, and what is mistyped most easily.

Figures are numbers in digits or in English words: "three" and 3, "2.5 million" and "2,500,000" are equal. Those of
the fact's dates, of the day its source was issued, and in names of its actors need no quote. A curator's own
judgement has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache

from memo.checks.memo import Dossier
from memo.checks.reading.amounts import Number, carried, numbers
from memo.edtf import Date
from memo.facts import Fact
from memo.problem import Place, Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """An ``uncarried-figure`` for each figure in a fact's claim, brief, phrase, label or value, once a fact."""
    amounts_in = cache(carried)
    for fact in dossier.facts.facts.values():
        told = [(number, place) for number, place in _told(fact, dossier)] if fact.support else []
        if not told:
            continue
        known = _known(fact, dossier, amounts_in)
        amounts: set[frozenset[Decimal]] = set()
        for number, place in told:
            if not number.amounts & known and number.amounts not in amounts:
                amounts.add(number.amounts)
                message = f"no quote of fact '{fact.id}' has the figure '{number.text}'"
                hint = "quote the words that have it, or take it out"
                yield Problem("uncarried-figure", message, place, hint, facts=(fact.id,))


def _told(fact: Fact, dossier: Dossier) -> Iterator[tuple[Number, Place]]:
    """Every figure that a memo may take from a fact, and where it stands."""
    for part in ("claim", "brief", "phrase", "label"):
        held = getattr(fact, part)
        for number in numbers(held):
            place = dossier.words_place(held, number.start, len(number.text), "fact", fact.id, part)
            yield number, place
    if fact.value:
        for number in numbers(f"{fact.value.amount.lstrip('+-')} {fact.value.unit}"):
            yield number, dossier.place("fact", fact.id, "value", "amount")


def _known(fact: Fact, dossier: Dossier, amounts_in: Callable[[str], frozenset[Decimal]]) -> frozenset[Decimal]:
    """Every amount that its quotes have, its dates, or names of its actors and sources."""
    sources = [dossier.facts.sources[support.source] for support in fact.support]
    actors = [dossier.facts.actors[id] for id in fact.actors]
    texts = [support.quote for support in fact.support]
    texts += [source.label for source in sources]
    texts += [name for actor in actors for name in (actor.name, actor.role, actor.short, *actor.also)]
    dates = [fact.date, fact.due, *(source.issued for source in sources)]
    return frozenset().union(*map(amounts_in, texts), *(_of_date(date) for date in dates if date))


def _of_date(date: Date) -> Iterator[Decimal]:
    """The years and the days of the month that a date is written with; months are told in words."""
    for point in date.text.split("/"):
        year, _, day = (*re.findall("[0-9]+", point.replace("X", "0")), "", "", "")[:3]
        yield from (Decimal(number) for number in (year, day) if number)
