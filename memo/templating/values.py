"""What templates handle: facts and their parts, notes, blocks, and text that holds any of them.

None of these is a string: what comes from a fact never turns into plain text on its way to the document.

What kind of value something is, and why it is not the kind that is wanted, in a writer's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes
from msgspec import Struct

from memo.document.tree import Bar, Event
from memo.facts.dossier import Actor, Fact
from memo.facts.dossier import Source as FactSource
from memo.problem import Place
from memo.templating.source import Parsed, TemplateSource


class Site(Struct, frozen=True):
    """An expression in a template, for problems with it to point at, and for what it prints to have a place.

    ``measure`` names the method of `Extents` that says which part of the node is meant. It is asked when it is needed.
    """

    template: Parsed
    node: nodes.Node
    measure: str = "whole"

    @property
    def reach(self) -> tuple[int, int]:
        """Its offset and its length."""
        offset, length = getattr(self.template.extents, self.measure)(self.node)
        return offset, length

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.template.source.place(*self.reach)

    def argument(self, which: int | str) -> Place:
        """Where an argument of a call stands, by its ordinal or its name; the whole call if it has none such."""
        if isinstance(which, str):
            found = self.named().get(which)
        else:
            given = getattr(self.node, "args", [])
            found = given[which] if which < len(given) else None
        if found is None:
            return self.place
        return self.template.source.place(*self.template.extents.whole(found))

    def named(self) -> Mapping[str, nodes.Node]:
        """The arguments of a call that are given by name."""
        return {keyword.key: keyword.value for keyword in getattr(self.node, "kwargs", ())}


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
    """What stands in for a value that could not be had; its problem is reported, and whatever is done to it is well."""

    shown: str = "?"

    def __bool__(self) -> bool:
        return False


Printable = FactItem | ActorItem | SourceItem | Part | Cite | FigureToken | BlockToken | Broken
Leaf = Part | Cite | FigureToken | BlockToken | Broken


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
    """Something out of the dossier, and the expression that printed it."""

    value: Leaf
    site: Site


class Placed(Struct, frozen=True):
    """A token laid out: what came out of the dossier, and where the expression stands that printed it.

    It holds nothing of the template, so that this can be let go of when all is printed.
    """

    value: Leaf
    place: Place


class Rich(Struct, frozen=True):
    """Printed text: what a macro, a ``set`` block, ``~`` or ``join`` gives."""

    pieces: tuple[WriterText | Token, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def plain(self) -> str | None:
        """The text, where it is all the writer's own; None where anything out of the dossier is in it."""
        texts = [piece.text for piece in self.pieces if isinstance(piece, WriterText)]
        return "".join(texts) if len(texts) == len(self.pieces) else None


class Function(Struct, frozen=True):
    """Something a template can call; it is given its site before its arguments."""

    name: str
    call: Callable[..., Any]


class Group(Struct, frozen=True):
    """What ``groupby`` gives: facts that have something in common."""

    grouper: Any
    list: list[Any]


class Missing:
    """A name, an attribute or a part that is not there. No problem until it is used: ``default`` may step in."""

    __slots__ = ("_report",)

    def __init__(self, report: Callable[[], None]) -> None:
        self._report = report

    def use(self) -> Broken:
        """It is used after all."""
        self._report()
        return Broken()

    def __bool__(self) -> bool:
        self._report()
        return False


@dataclass(slots=True)
class Namespace:
    """What ``namespace()`` gives: the one thing that a template can write to from within a loop."""

    held: dict[str, Any]


class Module(Struct, frozen=True):
    """What ``{% import %}`` gives: the names that a template sets."""

    held: Mapping[str, Any]


class Macro(Struct, frozen=True, eq=False):
    """A macro, or the body of a ``{% call %}``, with the scope that it was defined in."""

    name: str
    parameters: tuple[str, ...]
    defaults: tuple[nodes.Expr, ...]
    body: Sequence[nodes.Node]
    scope: Scope
    takes: frozenset[str]
    """Which of ``varargs``, ``kwargs`` and ``caller`` its body speaks of."""


@dataclass(slots=True)
class Scope:
    """Names and their values, within those of an outer scope."""

    template: Parsed
    outer: Scope | None = None
    held: dict[str, Any] = field(default_factory=dict)

    def find(self, name: str) -> Any:
        """A name's value; `NOTHING` if it has none here or further out."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.held:
                return scope.held[name]
            scope = scope.outer
        return NOTHING

    def inner(self, **held: Any) -> Scope:
        """A new scope within this one."""
        return Scope(self.template, self, held)


NOTHING = object()
"""What a name that was never given a value has."""


_DOSSIER = (FactItem, ActorItem, SourceItem, Part, Cite, FigureToken, BlockToken)


def bears_facts(value: Any) -> bool:
    """Whether anything out of the dossier is in a value."""
    if isinstance(value, list | tuple):
        return any(bears_facts(item) for item in value)
    return isinstance(value, (*_DOSSIER, Rich))


def kind_of(value: Any) -> str:
    """What a value is, in a writer's words."""
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
        case None:
            return "nothing"
        case _:
            return "a function"


def not_text(value: Any) -> tuple[str, str]:
    """Why a value cannot be printed, and what to do instead."""
    match value:
        case Function(name=name) | Macro(name=name):
            return f"'{name}' is a function, not a text", f"call it: {name}(...)"
        case list() | tuple() | Group():
            return "a list cannot be printed", 'go through it with {% for %}, or join it: items | join(", ")'
        case _:
            return f"{kind_of(value)} cannot be printed", ""


def macro_fault(macro: Macro, arguments: list[Any], named: Mapping[str, Any], caller: Macro | None) -> str:
    """Why a macro does not take these arguments; empty if it does."""
    if len(arguments) > len(macro.parameters) and "varargs" not in macro.takes:
        return f"takes {len(macro.parameters)} arguments, not {len(arguments)}"
    for name in named:
        if name in macro.parameters[: len(arguments)]:
            return f"is given '{name}' twice"
        if name == "caller" or (name not in macro.parameters and "kwargs" not in macro.takes):
            return f"takes no '{name}'"
    return "does not use caller()" if caller and "caller" not in macro.takes else ""


def macro_takes(macro: Macro) -> str:
    """The arguments of a macro, for a hint."""
    return f"it takes {', '.join(macro.parameters) or 'no arguments'}"
