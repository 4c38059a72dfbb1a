"""The values that a template handles: facts and their parts, notes, blocks, text that holds any of them, macros.

None of these is a string: what comes from a fact never turns into plain text on its way to the document. None holds a
node of a template either: what a macro does is kept by the `Loader`, and the macro says where it stands.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from memo.document.tree import Bar, Event
from memo.facts.counts import amount_in_words
from memo.facts.date_words import date_in_words
from memo.facts.dossier import Actor, Fact, Facts, Likelihood, Value
from memo.facts.dossier import Source as FactSource
from memo.facts.edtf import Date
from memo.facts.likelihood import SCALES
from memo.facts.style import Words, fill
from memo.problem import Place, Problem
from memo.templating.source import TemplateSource

# Out of the dossier


class FactItem(Struct, frozen=True):
    """A fact, as `fact` and `facts` give it. Prints as its claim with a note that cites its support."""

    fact: Fact


class ActorItem(Struct, frozen=True):
    """An actor. Prints as its name."""

    actor: Actor


class SourceItem(Struct, frozen=True):
    """A source. Prints as its label."""

    source: FactSource


class Part(Struct, frozen=True):
    """Words out of the dossier: a claim if they come from facts, plain text if from an actor or a source.

    ``order`` is what it sorts by.
    """

    text: str
    facts: tuple[str, ...] = ()
    part: str = "claim"
    language: str = ""
    order: str | float | None = None


class Cite(Struct, frozen=True):
    """A footnote that cites the support of facts."""

    facts: tuple[str, ...]


class FigureToken(Struct, frozen=True):
    """A figure, alone in its paragraph."""

    kind: str
    data: tuple[Event, ...] | tuple[Bar, ...]
    alt: str
    caption: Rich


class BlockToken(Struct, frozen=True):
    """A block that is filled in later: ``sources``, ``likelihood_table``, ``page_break``."""

    name: str


class Broken(Struct, frozen=True):
    """A stand-in for a value that could not be had: its problem is reported, and nothing done to it is another."""

    shown: str = "?"

    def __bool__(self) -> bool:
        return False


Leaf = Part | Cite | FigureToken | BlockToken | Broken


# Printed text


class WriterText(Struct, frozen=True):
    """Text that a template's writer wrote, which Markdown will read.

    ``exact``: it stands just so in the source from ``offset`` on; else the expression there gave it.
    """

    text: str
    source: TemplateSource
    offset: int
    length: int
    exact: bool = True


class Token(Struct, frozen=True):
    """Something out of the dossier that was printed, and the place of the expression that printed it."""

    value: Leaf
    place: Place


class Rich(Struct, frozen=True):
    """Printed text: what a macro, a ``set`` block, ``~`` or ``join`` gives."""

    pieces: tuple[WriterText | Token, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def plain(self) -> str | None:
        """Return the text where it is all the writer's own; None where anything out of the dossier is in it."""
        texts = [piece.text for piece in self.pieces if isinstance(piece, WriterText)]
        return "".join(texts) if len(texts) == len(self.pieces) else None


# What templates make


Names = ChainMap[str, Any]
"""Names and their values: those of a loop's turn or a macro's call before those around them, functions last."""


class Function(Struct, frozen=True):
    """Something that a template can call. ``call`` takes the site of the call, what is ``bound``, and the arguments.

    What it takes is looked up once a function, so ``call`` is one of a module's own, never made anew at run time.
    """

    name: str
    call: Callable[..., Any]
    bound: tuple[Any, ...] = ()


class Macro(Struct, frozen=True, eq=False):
    """A macro, or the body of a ``{% call %}``: what it takes, the names around it, and where its body stands."""

    name: str
    parameters: tuple[str, ...]
    takes: frozenset[str]
    """Which of ``varargs``, ``kwargs`` and ``caller`` its body speaks of."""
    names: Names
    at: tuple[str, int]
    """Path and offset. Not the nodes: a macro stands among the names that it sees, a circle that waits for Python's
    garbage collector, and a template must not be kept in memory until then."""

    def fault(self, arguments: list[Any], named: Mapping[str, Any], caller: Macro | None) -> str:
        """Return why it does not take these arguments; empty if it does."""
        if len(arguments) > len(self.parameters) and "varargs" not in self.takes:
            most = len(self.parameters)
            return f"takes {most} argument{'s' if most != 1 else ''}, not {len(arguments)}"
        for name in named:
            if name in self.parameters[: len(arguments)]:
                return f"is given '{name}' twice"
            if name == "caller" or (name not in self.parameters and "kwargs" not in self.takes):
                return f"takes no '{name}'"
        return "does not use caller()" if caller and "caller" not in self.takes else ""


class Module(Struct, frozen=True):
    """An imported file: the names that it sets, macros above all."""

    names: Mapping[str, Any]


class Namespace(Struct, eq=False):
    """What ``namespace()`` gives: the one thing that a template can write to from within a loop."""

    names: dict[str, Any]


class Group(Struct, frozen=True):
    """What ``groupby`` gives: facts that have something in common."""

    grouper: Any
    list: list[Any]


class Absent(Struct, frozen=True):
    """A name, an attribute or a part that is not there. Its problem is reported once it is used.

    Until then ``default`` or ``is defined`` may step in.
    """

    problem: Problem

    def __bool__(self) -> bool:
        return False


# In a writer's words


def bears_facts(value: Any) -> bool:
    """Tell whether anything out of the dossier is in a value."""
    if isinstance(value, list | tuple):
        return any(bears_facts(item) for item in value)
    return isinstance(value, FactItem | ActorItem | SourceItem | Part | Cite | FigureToken | BlockToken | Rich)


def kind_of(value: Any) -> str:
    """Say what a value is."""
    match value:
        case FactItem(fact=fact):
            return f"fact '{fact.id}'"
        case ActorItem(actor=actor):
            return f"actor '{actor.id}'"
        case SourceItem(source=source):
            return f"source '{source.id}'"
        case Part(part=part):
            return f"a {part}"
        case Cite():
            return "a note"
        case FigureToken() | BlockToken():
            return "a block"
        case str() | Rich():
            return "a text"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case list() | tuple():
            return "a list"
        case dict() | Namespace():
            return "a mapping"
        case Module():
            return "an imported file"
        case None:
            return "nothing"
        case _:
            return "a function"


def not_text(value: Any) -> tuple[str, str]:
    """Say why a value cannot be printed, and what to do instead."""
    match value:
        case Function(name=name) | Macro(name=name):
            return f"'{name}' is a function, not a text", f"call it: {name}(...)"
        case list() | tuple() | Group():
            return "a list cannot be printed", 'go through it with {% for %}, or join it: items | join(", ")'
        case _:
            return f"{kind_of(value)} cannot be printed", ""


# Parts of facts, actors and sources: ``fact("x").brief``, ``actor("x").role``

SHOWN = (
    "claim", "brief", "phrase", "label", "date", "due", "as_of", "value", "attribution", "likelihood", "confidence",
)  # fmt: skip
"""Parts of a fact that print as a claim."""

KNOWN = ("id", "kind", "status", "sections", "actors")
"""What a template may ask of a fact besides: plain values to select and compare by, and the actors it speaks of."""

ACTOR = ("id", "name", "role", "short")
SOURCE = ("id", "type", "label", "title", "descriptor", "publisher", "issued", "reliability")


def fact_part(fact: Fact, name: str, words: Words) -> Part | None:
    """Return one of `SHOWN`; None where this fact has none."""
    value = getattr(fact, name)
    if not value:
        return None
    match name:
        case "date" | "due" | "as_of":
            return date_part(value, words, (fact.id,), name)
        case "value":
            return Part(value_text(value, words), (fact.id,), name, order=float(value.amount))
        case "likelihood":
            return Part(_term_text(value, words), (fact.id,), name)
        case "confidence":
            return Part(words.confidence.get(value.level, value.level), (fact.id,), name)
        case _:
            return Part(value, (fact.id,), name, order=value)


def fact_value(fact: Fact, name: str, facts: Facts) -> object:
    """Return one of `KNOWN`; a fact without a status has an empty one."""
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
    """Return one of `ACTOR`, as words that come from no fact; None where this actor has none."""
    value: str = getattr(actor, name)
    return value if name == "id" else Part(value, (), name, order=value) if value else None


def source_part(source: FactSource, name: str, words: Words) -> Part | str | None:
    """Return one of `SOURCE`, as words that come from no fact; None where this source has none."""
    value = getattr(source, name)
    match name:
        case "id" | "type":
            return str(value)
        case "issued":
            return date_part(value, words, (), name) if value else None
        case "reliability":  # in words, never as a letter (ICD 206)
            return Part(words.reliability.get(value, value), (), name, order=value)
        case "title":
            return Part(value, (), name, source.language, value) if value else None
        case _:
            return Part(value, (), name, order=value) if value else None


def date_part(date: Date, words: Words, facts: tuple[str, ...], part: str) -> Part:
    """Return a date in words, no more precise than it is known, that sorts by its earliest day."""
    return Part(date_in_words(date, words), facts, part, order=date_order(date))


def date_order(date: Date) -> str:
    """Return a text that sorts dates by their earliest day; those open to the past come first."""
    if date.earliest is None:
        return ""
    year, month, day = date.earliest
    return f"{year + 10**10:011d}-{month:02d}-{day:02d}"  # years before the common era are negative


def value_text(value: Value, words: Words) -> str:
    """Return a quantity as the source gives it, by the language's customs: ``about 1,600 lines``, ``25%``."""
    amount = amount_in_words(value.amount, words)
    if value.unit == "%":
        return " ".join(word for word in (value.qualifier, fill(words.percent, amount=amount)) if word)
    return " ".join(word for word in (value.qualifier, amount, value.unit) if word)


def _term_text(likelihood: Likelihood, words: Words) -> str:
    """Return a term of likelihood as the sheet has it, or in another language the one that it has for that band."""
    bands = SCALES[likelihood.scale]
    shown = words.icd203 if likelihood.scale == "icd203" else words.phia
    term = likelihood.term.casefold()
    at = next((number for number, band in enumerate(bands) if band.has(term)), None)
    return likelihood.term if at is None or shown[at] == bands[at].shown else shown[at]
