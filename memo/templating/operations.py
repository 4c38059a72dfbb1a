"""What stands between two values: ``~``, comparisons, arithmetic.

What comes from a fact keeps its identity, or is refused: it is never turned into something else in silence.

What stands after a dot: parts of facts, actors and sources, and little else.

No attribute of a Python object is within a template's reach.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import Undefined
from jinja2.runtime import LoopContext

from memo.problem import Related
from memo.suggest import suggest
from memo.templating import limits
from memo.templating.parts import ACTOR, KNOWN, SHOWN, SOURCE, actor_part, fact_part, fact_value, source_part
from memo.templating.values import (
    ActorItem,
    Broken,
    FactItem,
    Function,
    Group,
    Missing,
    Module,
    Namespace,
    Rich,
    Site,
    SourceItem,
    WriterText,
    bears_facts,
    kind_of,
)

if TYPE_CHECKING:
    from memo.templating.step import Step


_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lteq": operator.le, "le": operator.le,
    "gt": operator.gt, "gteq": operator.ge, "ge": operator.ge,
    "in": lambda one, other: one in other, "notin": lambda one, other: one not in other,
}  # fmt: skip
_COMPUTE: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow,
}  # fmt: skip


def concatenation(step: Step, site: Site, values: list[Any]) -> Any:
    """The values as one text; what comes from facts stays so. Text that is all the writer's is plain text."""
    values = [step.settled(value) for value in values]
    if all(isinstance(value, str | int) and not isinstance(value, bool) for value in values):
        text = "".join(map(str, values))
        step.run.limit(len(text), limits.MOST_OUTPUT, site)
        return text
    pieces = tuple(piece for value in values for piece in step.pieces(site, value))
    step.run.limit(
        sum(len(piece.text) if isinstance(piece, WriterText) else 1 for piece in pieces), limits.MOST_OUTPUT, site
    )
    return Rich(pieces)


def comparison(step: Step, site: Site, operator: str, one: Any, other: Any) -> Any:
    """Whether one is so to the other. Words out of the dossier are not compared: their identity would be lost."""
    one, other = step.plain(step.settled(one)), step.plain(step.settled(other))
    if isinstance(one, Broken) or isinstance(other, Broken):
        return Broken()
    same_kind = type(one) is type(other) and isinstance(one, FactItem | ActorItem | SourceItem)
    if not (same_kind and operator in ("eq", "ne")) and (bears_facts(one) or bears_facts(other)):
        hint = "compare .id, .kind or .status"
        return step.broken_by("bad-call", "words out of the dossier cannot be compared", site, hint)
    try:
        return bool(_COMPARE[operator](one, other))
    except TypeError:
        return step.broken_by("bad-call", f"{kind_of(one)} and {kind_of(other)} cannot be compared so", site)


def computation(step: Step, site: Site, operator: str, one: Any, other: Any) -> Any:
    """Arithmetic: numbers only, and lists with ``+``."""
    one, other = step.settled(one), step.settled(other)
    if isinstance(one, Broken) or isinstance(other, Broken):
        return Broken()
    if operator == "+" and isinstance(one, list) and isinstance(other, list):
        step.run.limit(len(one) + len(other), limits.MOST_ITEMS, site)
        return one + other
    if not (isinstance(one, int | float) and isinstance(other, int | float)):
        hint = "join text with ~" if operator == "+" else ""
        return step.broken_by(
            "bad-call", f"{operator} takes numbers, not {kind_of(one)} and {kind_of(other)}", site, hint
        )
    if max(abs(one), abs(other)) > limits.MOST_NUMBER or (operator == "**" and abs(other) > 64):
        step.run.limit(1, 0, site)
    try:
        result = _COMPUTE[operator](one, other)
    except (ArithmeticError, ValueError) as error:
        return step.broken_by("bad-call", f"{operator}: {error}", site)
    if not isinstance(result, int | float):
        return step.broken_by("bad-call", f"{operator} gives no number here", site)
    step.run.limit(abs(result), limits.MOST_NUMBER, site)
    return result


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
    return step.missing("unknown-name", f"{kind_of(value)} has no '{name}'", site, suggest(name, known))


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
