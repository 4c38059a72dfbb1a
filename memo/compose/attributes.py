"""What stands after a dot: parts of facts, actors and sources, and little else.

No attribute of a Python object is within a template's reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined
from jinja2.runtime import LoopContext

from memo.compose.kinds import kind_of
from memo.compose.near import near
from memo.compose.parts import ACTOR, KNOWN, SHOWN, SOURCE, actor_part, fact_part, fact_value, source_part
from memo.compose.values import (
    ActorItem,
    Broken,
    FactItem,
    Function,
    Group,
    Missing,
    Module,
    Namespace,
    Site,
    SourceItem,
)
from memo.problem import Related

if TYPE_CHECKING:
    from memo.compose.step import Step

_LOOP = (
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem",
)  # fmt: skip
_MAPPING = ("items", "keys", "values")


def attribute_of(step: Step, site: Site, value: Any, named: Any) -> Any:
    """An attribute; `Missing` where it is not there. No attribute of a Python object is within reach."""
    value, plain = step.settled(value), step.plain(named)
    if not isinstance(plain, str | int | float):
        return step.broken_by("bad-call", f"{kind_of(plain)} names nothing in {kind_of(value)}", site)
    name = str(plain)
    known: Iterable[str] = ()
    match value:
        case Broken():
            return value
        case FactItem():
            known = (*SHOWN, *KNOWN)
            if name in known:
                return _fact_part(step, site, value, name)
        case ActorItem(actor=actor):
            known = ACTOR
            if name in known:
                return actor_part(actor, name) or _no_part(step, site, "actor", actor.id, name, known)
        case SourceItem(source=source):
            known = SOURCE
            if name in known:
                return source_part(source, name, step.words) or _no_part(step, site, "source", source.id, name, known)
        case LoopContext():
            known = (*_LOOP, "cycle", "changed")
            if name in known:
                return _of_loop(step, site, value, name)
        case Group(grouper=grouper, list=items):
            known = ("grouper", "list")
            if name in known:
                return grouper if name == "grouper" else items
        case dict():
            known = (*map(str, value), *_MAPPING)
            if name in value:
                return value[name]
            if name in _MAPPING:
                return Function(name, lambda _: list(getattr(value, name)()))
        case Namespace(held=held) | Module(held=held):
            known = tuple(held)
            if name in held:
                return held[name]
    return step.missing("unknown-name", f"{kind_of(value)} has no '{name}'", site, near(name, known))


def _fact_part(step: Step, site: Site, item: FactItem, name: str) -> Any:
    fact = item.fact
    if name in KNOWN:
        return fact_value(fact, name, step.facts)
    return fact_part(fact, name, step.words) or _no_part(step, site, "fact", fact.id, name, SHOWN)


def _no_part(step: Step, site: Site, kind: str, id: str, name: str, known: Iterable[str]) -> Missing:
    held = getattr(step.facts, f"{kind}s")[id]
    has = ", ".join(part for part in known if getattr(held, part))
    place = step.facts.places.get((kind, id))
    related = (Related(place, f"{kind} '{id}'"),) if place else ()
    return step.missing("missing-part", f"{kind} '{id}' has no '{name}'", site, f"it has {has}", related)


def _of_loop(step: Step, site: Site, loop: LoopContext, name: str) -> Any:
    if name in ("cycle", "changed"):
        method = getattr(loop, name)
        return Function(name, lambda _, first, *others: method(first, *others))
    held = getattr(loop, name)
    if isinstance(held, Undefined):
        return step.missing("unknown-name", f"there is no '{name}' at this end of the loop", site)
    return held
