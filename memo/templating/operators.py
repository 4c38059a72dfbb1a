"""Operations on values: printed, gone through, called, joined with ``~``, compared, reckoned with, asked for a part.

What comes from a fact keeps its identity, or is refused: it is never turned into something else in silence. Nothing
here raises for a template's mistake: that is reported at its site, and something harmless goes on in its stead. Only a
template that will not end is stopped, by `memo.templating.run.Endless`.
"""

from __future__ import annotations

import inspect
import math
import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Undefined
from jinja2.runtime import LoopContext

from memo.problem import Related
from memo.templating import values
from memo.templating.run import MOST_ITEMS, MOST_NUMBER, MOST_OUTPUT, Site
from memo.templating.source import UNWANTED, unwanted_words
from memo.templating.values import Absent, Broken, Function, Part, Rich, Token, WriterText, bears_facts, kind_of

# Printing, going through


def pieces(site: Site, value: Any) -> tuple[WriterText | Token, ...]:
    """Return what a value prints as. What is no text is a problem."""
    value = site.run.settle(value)
    match value:
        case Rich(pieces=printed):
            site.run.work(len(printed), site)
            return printed
        case values.FactItem(fact=fact):
            place = site.place
            return Token(Part(fact.claim, (fact.id,)), place), Token(values.Cite((fact.id,)), place)
        case values.ActorItem(actor=actor):
            return (Token(Part(actor.name, (), "name"), site.place),)
        case values.SourceItem(source=source):
            return (Token(Part(source.label, (), "label"), site.place),)
        case Part() | values.Cite() | values.FigureToken() | values.BlockToken() | Broken():
            return (Token(value, site.place),)
        case str():
            return _own_words(site, value)
        case bool():  # is an int in Python, and yet no number to print
            pass
        case int():
            return _own_words(site, str(value))
        case float() if math.isfinite(value):
            return _own_words(site, str(value))
    return (Token(site.report("bad-call", *values.not_text(value)), site.place),)


def _own_words(site: Site, text: str) -> tuple[WriterText, ...]:
    site.run.work(len(text), site)
    if UNWANTED.search(text):
        site.report("bad-character", f"{unwanted_words(text)} in the text printed")
        text = UNWANTED.sub("\ufffd", text)
    return (WriterText(text, site.template.source, *site.reach, exact=False),) if text else ()


def size(value: Any) -> int:
    """Return how much there is to a value, without what is in the items of a list: characters, items, pieces."""
    match value:
        case str() | list() | tuple() | dict():
            return len(value)
        case Rich(pieces=printed):
            return sum(len(piece.text) if isinstance(piece, WriterText) else 1 for piece in printed)
        case _:
            return 1


def weigh(site: Site, *values: Any) -> None:
    """Count all that there is to values, and to what is in them, before it is gone through.

    A list may hold another twice, and that one a third: to go through it takes as many steps as are counted here, and
    no more than a template may take.
    """
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        site.run.work(10 + size(value), site)
        if isinstance(value, list | tuple):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())


def plain(value: Any) -> Any:
    """Return a value as Python's own: text is plain where all of it is the writer's."""
    if isinstance(value, Rich):
        text = value.plain()
        return value if text is None else text
    return value


def items(site: Site, value: Any) -> list[Any]:
    """Return the items of a list; what is no list is a problem."""
    value = site.run.settle(value)
    if isinstance(value, list | tuple | dict):
        site.run.limit(len(value), MOST_ITEMS, site)
        site.run.work(len(value), site)
        return list(value)
    if isinstance(value, values.Group):
        return [value.grouper, value.list]
    if not isinstance(value, Broken):
        site.report("bad-call", f"{kind_of(value)} is not a list")
    return []


def unpacked(site: Site, value: Any, width: int) -> list[Any]:
    """Return the items of a list that must have so many."""
    listed = items(site, value)
    if len(listed) == width:
        return listed
    if listed:
        site.report("bad-call", f"{width} names for {len(listed)} values")
    return [Broken()] * width


# Calls


def call(site: Site, function: Function, arguments: Iterable[Any], named: Mapping[str, Any]) -> Any:
    """Call a function, if these arguments are such as it takes."""
    given = (site, *function.bound, *arguments)
    site.run.work(sum(map(size, (*given[1:], *named.values()))), site)
    takes = _taken(function.call)
    if fault := takes.fault(given, named):
        names = list(map(str, takes.signature.parameters))[1 + len(function.bound) :]
        wrong = next((name for name in named if name not in names), "")
        near = site.run.suggest(wrong, names)
        hint = f"it takes {', '.join(names) or 'no arguments'}{near and '; ' + near}"
        return site.report("bad-call", f"{function.name}: {fault}", hint)
    if Broken in map(type, (*given[1 + len(function.bound) :], *named.values())):  # its problem is reported
        return Broken()
    return function.call(*given, **named)


def call_named(
    known: Mapping[str, Callable[..., Any]], kind: str, name: Any, site: Site, value: Any,
    arguments: Iterable[Any], named: Mapping[str, Any],
) -> Any:  # fmt: skip
    """Apply the filter or the test of a name, which a template may give as a text: ``map("upper")``."""
    site.run.tick(site)
    if not isinstance(name, str) or name not in known:
        written = name if isinstance(name, str) else kind_of(name)
        hint = site.run.suggest_from(written, known, f"{kind}s")
        if kind == "filter" and written in (*values.SHOWN, *values.KNOWN):
            hint = f'an attribute is named so: map(attribute="{written}")'
        return site.report("unknown-filter", f"there is no {kind} '{written}' here", hint)
    if kind == "test" and name not in ("defined", "undefined"):
        value = site.run.settle(value)
    return call(site, Function(name, known[name], (value,)), arguments, named)


class _Taken(NamedTuple):
    """What arguments a function takes; ``enough``: how many will do where none is given by name."""

    signature: inspect.Signature
    enough: range

    def fault(self, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> str:
        """Return why it does not take these; empty if it does."""
        if named or len(arguments) not in self.enough:  # binding takes time, and most calls are plain
            try:
                self.signature.bind(*arguments, **named)
            except TypeError as error:
                return _in_plain_words(str(error))
        return ""


def _in_plain_words(fault: str) -> str:
    """Reword what Python says of a call."""
    fault = re.sub(r"missing a required (?:keyword-only )?argument: ('.*')", r"\1 is missing", fault)
    fault = re.sub(r"got an unexpected keyword argument ('.*')", r"there is no argument \1", fault)
    fault = re.sub(r"multiple values for argument ('.*')", r"\1 is given twice", fault)
    return fault.replace("too many positional arguments", "too many arguments")


@cache
def _taken(function: Callable[..., Any]) -> _Taken:
    signature = inspect.signature(function)
    parameters = signature.parameters.values()
    single = [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    several = [one for one in parameters if one.kind is one.VAR_POSITIONAL]
    if len(single) + len(several) < len(parameters):
        return _Taken(signature, range(0))
    least = sum(one.default is one.empty for one in single)
    return _Taken(signature, range(least, (MOST_ITEMS if several else len(single)) + 1))


# Between two values


_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lteq": operator.le, "le": operator.le,
    "gt": operator.gt, "gteq": operator.ge, "ge": operator.ge,
    "in": lambda one, other: one in other, "notin": lambda one, other: one not in other,
}  # fmt: skip
_COMPUTE: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow,
}  # fmt: skip


def concatenation(site: Site, parts: Iterable[Any]) -> Any:
    """Return values as one text; what comes from facts stays so. Text that is all the writer's is plain text."""
    parts = list(map(site.run.settle, parts))
    site.run.work(sum(map(size, parts)), site)
    if all(isinstance(part, str | int) and not isinstance(part, bool) for part in parts):
        text = "".join(map(str, parts))
        site.run.limit(len(text), MOST_OUTPUT, site)
        return text
    joined = tuple(piece for part in parts for piece in pieces(site, part))
    length = sum(len(piece.text) if isinstance(piece, WriterText) else 1 for piece in joined)
    site.run.limit(length, MOST_OUTPUT, site)
    return Rich(joined)


def comparison(site: Site, operation: str, one: Any, other: Any) -> Any:
    """Tell whether two values compare so. Words out of the dossier are not compared: their identity would be lost."""
    one, other = plain(site.run.settle(one)), plain(site.run.settle(other))
    if isinstance(one, Broken) or isinstance(other, Broken):
        return Broken()
    weigh(site, one, other)
    same_kind = type(one) is type(other) and isinstance(one, values.FactItem | values.ActorItem | values.SourceItem)
    if not (same_kind and operation in ("eq", "ne")) and (bears_facts(one) or bears_facts(other)):
        hint = "compare .id, .kind or .status"
        return site.report("bad-call", "words out of the dossier cannot be compared", hint)
    try:
        return bool(_COMPARE[operation](one, other))
    except TypeError:
        return site.report("bad-call", f"{kind_of(one)} and {kind_of(other)} cannot be compared so")


def computation(site: Site, operation: str, one: Any, other: Any) -> Any:
    """Do arithmetic: with numbers only, and lists with ``+``."""
    one, other = site.run.settle(one), site.run.settle(other)
    if isinstance(one, Broken) or isinstance(other, Broken):
        return Broken()
    if operation == "+" and isinstance(one, list) and isinstance(other, list):
        site.run.limit(len(one) + len(other), MOST_ITEMS, site)
        site.run.work(len(one) + len(other), site)
        return one + other
    if not (isinstance(one, int | float) and isinstance(other, int | float)):
        message = f"{operation} takes numbers, not {kind_of(one)} and {kind_of(other)}"
        return site.report("bad-call", message, "join text with ~" if operation == "+" else "")
    if max(abs(one), abs(other)) > MOST_NUMBER or (operation == "**" and abs(other) > 64):
        site.run.limit(1, 0, site)  # before it is reckoned: Python would take all memory for the digits
    try:
        result = _COMPUTE[operation](one, other)
    except (ArithmeticError, ValueError) as error:
        return site.report("bad-call", f"{operation}: {error}")
    if not isinstance(result, int | float):  # a root of a negative number is complex
        return site.report("bad-call", f"{operation} gives no number here")
    site.run.limit(abs(result), MOST_NUMBER, site)
    return result


# After a dot

LOOP = (
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem",
    "cycle", "changed",
)  # fmt: skip
"""What a loop says of itself."""

_MAPPING = ("items", "keys", "values")


def attribute_of(site: Site, value: Any, key: Any) -> Any:
    """Return an attribute; `Absent` where it is not there. No attribute of a Python object is within reach."""
    value, key = site.run.settle(value), plain(key)
    if not isinstance(key, str | int | float):
        return site.report("bad-call", f"{kind_of(key)} names nothing in {kind_of(value)}")
    if isinstance(value, Broken):
        return value
    if isinstance(value, dict) and key in value:
        return value[key]
    name, known = str(key), _names_in(value)
    if name in known:
        return _named(site, value, name)
    return site.absent("unknown-name", f"{kind_of(value)} has no '{name}'", _instead(site, value, name, known))


def _instead(site: Site, value: Any, name: str, known: Collection[Any]) -> str:
    """Say what to write instead of an attribute that there is not."""
    match value:
        case Function(name=function) | values.Macro(name=function):
            return f'it is called: {function}("{name}")'
        case str() | Rich() | Part():
            return f"a text has no parts; a filter stands after a bar: ... | {name}"
        case _:
            parts = tuple(map(str, known))
            return site.run.suggest(name, parts) or site.run.suggest_from(name, parts, "parts")


def _names_in(value: Any) -> Collection[Any]:
    match value:
        case values.FactItem():
            return (*values.SHOWN, *values.KNOWN)
        case values.ActorItem():
            return values.ACTOR
        case values.SourceItem():
            return values.SOURCE
        case LoopContext():
            return LOOP
        case values.Group():
            return ("grouper", "list")
        case dict():
            return (*value, *_MAPPING)
        case values.Namespace(names=names) | values.Module(names=names):
            return names
        case _:
            return ()


def _named(site: Site, value: Any, name: str) -> Any:
    """Return what a value has by one of its names; a fact, an actor or a source may lack it all the same."""
    match value:
        case values.FactItem(fact=fact):
            if name in values.KNOWN:
                return values.fact_value(fact, name, site.run.facts)
            return values.fact_part(fact, name, site.run.words) or _no_part(site, "fact", fact, name, values.SHOWN)
        case values.ActorItem(actor=actor):
            return values.actor_part(actor, name) or _no_part(site, "actor", actor, name, values.ACTOR)
        case values.SourceItem(source=source):
            part = values.source_part(source, name, site.run.words)
            return part or _no_part(site, "source", source, name, values.SOURCE)
        case LoopContext():
            return _of_loop(site, value, name)
        case values.Group(grouper=grouper, list=listed):
            return grouper if name == "grouper" else listed
        case values.Namespace(names=names) | values.Module(names=names):
            return names[name]
        case _:
            return Function(name, _listed, (getattr(value, name),))


def _no_part(site: Site, kind: str, entry: Any, name: str, known: Iterable[str]) -> Absent:
    has = ", ".join(part for part in known if getattr(entry, part))
    place = site.run.facts.places.get((kind, entry.id))
    related = (Related(place, f"{kind} '{entry.id}'"),) if place else ()
    return site.absent("missing-part", f"{kind} '{entry.id}' has no '{name}'", f"it has {has}", related)


def _of_loop(site: Site, loop: LoopContext, name: str) -> Any:
    value = getattr(loop, name)
    if name in ("cycle", "changed"):
        return Function(name, _loop_method, (value,))
    if isinstance(value, Undefined):
        return site.absent("unknown-name", f"there is no '{name}' at this end of the loop")
    return value


def _listed(_site: Site, method: Callable[[], Iterable[Any]]) -> list[Any]:
    return list(method())


def _loop_method(site: Site, method: Callable[..., Any], first: Any, *others: Any) -> Any:
    weigh(site, first, *others)  # `changed` compares
    return method(first, *others)
