"""The parts that facts, actors and sources have in a template: ``fact("x").brief``, ``actor("x").role``."""

from __future__ import annotations

from memo.facts.date_words import show
from memo.facts.dossier import Actor, Fact, Facts, Source, Value
from memo.facts.edtf import Date
from memo.facts.style import Words
from memo.templating.values import ActorItem, Part

SHOWN = (
    "claim",
    "brief",
    "phrase",
    "label",
    "date",
    "due",
    "as_of",
    "value",
    "attribution",
    "likelihood",
    "confidence",
)
"""Parts of a fact that print as a claim."""

KNOWN = ("id", "kind", "status", "sections", "actors")
"""What a template may ask of a fact besides: plain values to select and compare by, and the actors it speaks of."""

ACTOR = ("id", "name", "role", "short")
SOURCE = ("id", "type", "label", "title", "descriptor", "publisher", "issued", "reliability")

_FAR = 10**10


def fact_part(fact: Fact, name: str, words: Words) -> Part | None:
    """One of `SHOWN`, or None where this fact has none."""
    held = getattr(fact, name)
    if not held:
        return None
    match name:
        case "date" | "due" | "as_of":
            return date_part(held, words, (fact.id,), name)
        case "value":
            return Part(value_text(held), (fact.id,), name, order=float(held.amount))
        case "likelihood":
            return Part(held.term, (fact.id,), name)
        case "confidence":
            return Part(held.level, (fact.id,), name)
        case _:
            return Part(held, (fact.id,), name, order=held)


def fact_value(fact: Fact, name: str, facts: Facts) -> object:
    """One of `KNOWN`; a fact without a status has an empty one."""
    match name:
        case "status":
            return fact.status or ""
        case "sections":
            return list(fact.sections)
        case "actors":
            return [ActorItem(facts.actors[actor]) for actor in fact.actors if actor in facts.actors]
        case _:
            return getattr(fact, name)


def actor_part(actor: Actor, name: str) -> Part | str | None:
    """One of `ACTOR`, as words that come from no fact; None where this actor has none."""
    held: str = getattr(actor, name)
    return held if name == "id" else Part(held, (), name, order=held) if held else None


def source_part(source: Source, name: str, words: Words) -> Part | str | None:
    """One of `SOURCE`, as words that come from no fact; None where this source has none. Its grade is in words."""
    held = getattr(source, name)
    match name:
        case "id" | "type":
            return str(held)
        case "issued":
            return date_part(held, words, (), name) if held else None
        case "reliability":
            return Part(words.reliability.get(held, held), (), name, order=held)
        case "title":
            return Part(held, (), name, source.language, held) if held else None
        case _:
            return Part(held, (), name, order=held) if held else None


def date_part(date: Date, words: Words, facts: tuple[str, ...], part: str) -> Part:
    """A date in words, no more precise than it is known, that sorts by its earliest day."""
    return Part(show(date, words), facts, part, order=date_order(date))


def date_order(date: Date) -> str:
    """A text that sorts dates by their earliest day; those open to the past come first."""
    if date.earliest is None:
        return ""
    year, month, day = date.earliest
    return f"{year + _FAR:011d}-{month:02d}-{day:02d}"


def value_text(value: Value) -> str:
    """A quantity as the source gives it: ``about 600 million US dollars``, ``25%``."""
    amount = value.amount + (value.unit if value.unit == "%" else "")
    unit = "" if value.unit == "%" else value.unit
    return " ".join(word for word in (value.qualifier, amount, unit) if word)
