"""What figures show: dated facts for a timeline, quantities for a bar chart; and the same in words."""

from __future__ import annotations

from collections.abc import Iterable

from memo.compose.parts import date_order, value_text
from memo.compose.stops import stopped
from memo.document import Bar, Event
from memo.edtf import Date, show
from memo.facts import Fact
from memo.figures import Data, key
from memo.style import Words

LEAST = {"timeline": (2, "two facts with a date", "a fact shows where its 'date' or its 'due' puts it"),
         "bars": (1, "a fact with a value", "a fact shows where it has a 'value'")}  # fmt: skip
"""How many data each kind of figure takes at the least, what that means, and what would help."""


def drawn(kind: str, facts: Iterable[Fact], words: Words) -> Data:
    """What a figure of this kind shows of some facts, each once."""
    once = {fact.id: fact for fact in facts}.values()
    return _bars(once) if kind == "bars" else _events(once, words)


def in_words(alt: str, shown: Data, words: Words) -> str:
    """Alternative text that leaves nothing out: the writer's words, then all that the figure shows (PDF/UA-1, 7.3).

    Without words of the writer's, which alone say what the figure is for, there is none, and a check says so.
    """
    if not alt.strip():
        return ""
    data = "; ".join(_told(datum) for datum in shown)
    return " ".join(part for part in (stopped(alt.strip()), f"{data}.", key(shown, words)) if part)


def mixed_units(facts: Iterable[Fact]) -> list[str]:
    """The units of these facts' values, where there are more than one: bars of unlike units compare nothing."""
    units = list(dict.fromkeys(fact.value.unit for fact in facts if fact.value))
    return units if len(units) > 1 else []


def _events(facts: Iterable[Fact], words: Words) -> tuple[Event, ...]:
    """Those that have a date, by their earliest day.

    What is still to happen stands where it is due, all else where it is dated.
    """
    dated = [(date, fact) for fact in facts if (date := _when(fact)) is not None]
    dated.sort(key=lambda pair: date_order(pair[0]))
    return tuple(
        Event(date.text, show(date, words), _label(fact), (fact.id,), fact.status or "") for date, fact in dated
    )


def _bars(facts: Iterable[Fact]) -> tuple[Bar, ...]:
    """Those that have a value, in their own order."""
    return tuple(
        Bar(_label(fact), fact.value.amount, value_text(fact.value), (fact.id,)) for fact in facts if fact.value
    )


def _label(fact: Fact) -> str:
    return fact.label or fact.brief or fact.claim


def _when(fact: Fact) -> Date | None:
    open_yet = fact.due is not None and fact.status != "done"
    return fact.due if open_yet else fact.date or fact.due


def _told(datum: Event | Bar) -> str:
    label = datum.label.rstrip(".")
    return f"{datum.shown}: {label}" if isinstance(datum, Event) else f"{label}: {datum.shown}"
