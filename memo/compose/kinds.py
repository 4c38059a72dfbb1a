"""What kind of value something is, and why it is not the kind that is wanted, in a writer's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memo.compose.values import (
    ActorItem,
    BlockToken,
    Cite,
    FactItem,
    FigureToken,
    Function,
    Group,
    Macro,
    Namespace,
    Part,
    Rich,
    SourceItem,
)

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
