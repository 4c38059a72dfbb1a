"""What a timeline shows: dated facts, in order of time."""

from __future__ import annotations

from collections.abc import Iterable

from memo.compose.parts import date_order
from memo.document import Event
from memo.edtf import Date, show
from memo.facts import Fact
from memo.style import Words


def events(facts: Iterable[Fact], words: Words) -> tuple[Event, ...]:
    """Those of the facts that have a date, each once, by their earliest day.

    What is still to happen stands where it is due, all else where it is dated.
    """
    once = {fact.id: fact for fact in facts}.values()
    dated = [(date, fact) for fact in once if (date := _when(fact)) is not None]
    dated.sort(key=lambda pair: date_order(pair[0]))
    return tuple(
        Event(date.text, show(date, words), fact.label or fact.brief or fact.claim, (fact.id,), fact.status or "")
        for date, fact in dated
    )


def _when(fact: Fact) -> Date | None:
    open_yet = fact.due is not None and fact.status != "done"
    return fact.due if open_yet else fact.date or fact.due


def in_words(alt: str, shown: tuple[Event, ...]) -> str:
    """Alternative text that leaves nothing out: the writer's words, then all that the figure shows (PDF/UA-1, 7.3).

    Without words of the writer's, which alone say what the figure is for, there is none, and a check says so.
    """
    if not alt.strip():
        return ""
    data = "; ".join(f"{event.shown}: {event.label.rstrip('.')}" for event in shown)
    lead = alt.strip()
    if lead and lead[-1] not in ".:;!?":
        lead += "."
    return f"{lead} {data}.".strip()
