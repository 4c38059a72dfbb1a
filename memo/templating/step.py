"""What filters, functions and expressions share: how values print, count as plain, are gone through and called.

Nothing here raises for a template's mistake: it is reported at its place, and something harmless goes on in its stead.
Only a template that will not end is stopped, by `memo.templating.run.Endless`.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from functools import cache
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, NamedTuple

from memo.facts.dossier import Facts
from memo.facts.style import Words as StyleWords
from memo.problem import Related
from memo.suggest import suggest
from memo.templating import limits
from memo.templating.source import UNWANTED
from memo.templating.values import (
    ActorItem,
    BlockToken,
    Broken,
    Cite,
    FactItem,
    FigureToken,
    Group,
    Missing,
    Part,
    Rich,
    Site,
    SourceItem,
    Token,
    WriterText,
    kind_of,
    not_text,
)

if TYPE_CHECKING:
    from memo.templating.run import Run


class _Taking(NamedTuple):
    """What arguments a function takes; ``enough``: how many will do where none is given by name."""

    signature: inspect.Signature
    enough: range

    def fault(self, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> str:
        """Why it does not take these; empty if it does."""
        if named or len(arguments) not in self.enough:  # binding takes time, and most calls are plain
            try:
                self.signature.bind(*arguments, **named)
            except TypeError as error:
                return str(error)
        return ""


def _taking(function: Callable[..., Any]) -> _Taking:
    if isinstance(function, MethodType):
        return _of_method(function.__func__)
    return _of_signature(inspect.signature(function))


@cache
def _of_method(function: FunctionType) -> _Taking:
    """The same of a method, whosever it is: memo's own have the same arguments in every run."""
    signature = inspect.signature(function)
    return _of_signature(signature.replace(parameters=list(signature.parameters.values())[1:]))


def _of_signature(signature: inspect.Signature) -> _Taking:
    parameters = signature.parameters.values()
    plain = [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    several = [one for one in parameters if one.kind is one.VAR_POSITIONAL]
    if len(plain) + len(several) < len(parameters):
        return _Taking(signature, range(0))
    least = sum(one.default is one.empty for one in plain)
    return _Taking(signature, range(least, (limits.MOST_ITEMS if several else len(plain)) + 1))


class Step:
    """What one run lends to all that happens in it."""

    def __init__(self, run: Run, facts: Facts, words: StyleWords) -> None:
        self.run = run
        self.facts = facts
        self.words = words
        self.takings: dict[Callable[..., Any], _Taking] = {}
        """Of every function called so far."""

    # Reporting

    def broken_by(self, code: str, message: str, site: Site, hint: str = "") -> Broken:
        """Report, and go on with something harmless."""
        self.run.report(code, message, site.place, hint)
        return Broken()

    def missing(
        self, code: str, message: str, site: Site, hint: str = "", related: tuple[Related, ...] = ()
    ) -> Missing:
        """Something that is not there; reported once it is used."""
        return Missing(lambda: self.run.report(code, message, site.place, hint, related))

    def settled(self, value: Any) -> Any:
        """The value, about to be used: one that is missing is reported now."""
        return value.use() if isinstance(value, Missing) else value

    # Values

    def pieces(self, site: Site, value: Any) -> tuple[WriterText | Token, ...]:
        """What a value prints as. What is no text is a problem."""
        value = self.settled(value)
        match value:
            case Rich(pieces=pieces):
                return pieces
            case FactItem(fact=fact):
                return (Token(Part(fact.claim, (fact.id,)), site), Token(Cite((fact.id,)), site))
            case ActorItem(actor=actor):
                return (Token(Part(actor.name, (), "name"), site),)
            case SourceItem(source=source):
                return (Token(Part(source.label, (), "label"), site),)
            case Part() | Cite() | FigureToken() | BlockToken() | Broken():
                return (Token(value, site),)
            case str():
                return self._own_words(site, value)
            case bool():
                pass
            case int():
                return self._own_words(site, str(value))
            case float() if math.isfinite(value):
                return self._own_words(site, str(value))
        message, hint = not_text(value)
        return (Token(self.broken_by("bad-call", message, site, hint), site),)

    def _own_words(self, site: Site, text: str) -> tuple[WriterText, ...]:
        if UNWANTED.search(text):
            self.run.report("bad-character", "a control or private-use character in the text printed", site.place)
            text = UNWANTED.sub("\ufffd", text)
        return (WriterText(text, site.template.source, *site.reach, exact=False),) if text else ()

    def plain(self, value: Any) -> Any:
        """The value as Python's own; text is plain where all of it is the writer's."""
        if isinstance(value, Rich):
            text = value.plain()
            return value if text is None else text
        return value

    def items(self, site: Site, value: Any) -> list[Any]:
        """The items of a list; what is no list is a problem."""
        value = self.settled(value)
        if isinstance(value, list | tuple | dict):
            self.run.limit(len(value), limits.MOST_ITEMS, site)
            return list(value)
        if isinstance(value, Group):
            return [value.grouper, value.list]
        if not isinstance(value, Broken):
            self.run.report("bad-call", f"{kind_of(value)} is not a list", site.place)
        return []

    def unpacked(self, site: Site, value: Any, width: int) -> list[Any]:
        """The items of a list that must have so many."""
        items = self.items(site, value)
        if len(items) == width:
            return items
        if items:
            self.run.report("bad-call", f"{width} names for {len(items)} values", site.place)
        return [Broken()] * width

    # Calls

    def bound(
        self, function: Callable[..., Any], name: str, first: tuple[Any, ...], site: Site, arguments: list[Any],
        named: Mapping[str, Any],
    ) -> Any:  # fmt: skip
        """Call a function, if these arguments are such as it takes."""
        taking = self.takings.get(function) or _taking(function)
        self.takings[function] = taking
        if fault := taking.fault((*first, *arguments), named):
            takes = ", ".join(list(map(str, taking.signature.parameters))[len(first) :]) or "no arguments"
            return self.broken_by("bad-call", f"{name}: {fault}", site, f"it takes {takes}")
        if any(isinstance(argument, Broken) for argument in (*arguments, *named.values())):
            return Broken()
        return function(*first, *arguments, **named)

    def by_name(
        self, known: Mapping[str, Callable[..., Any]], kind: str, name: Any, site: Site, value: Any,
        arguments: tuple[Any, ...], named: Mapping[str, Any] | None = None,
    ) -> Any:  # fmt: skip
        """Apply a filter or a test that is named by a text."""
        self.run.tick(site)
        if not isinstance(name, str) or name not in known:
            hint = suggest(name, known) if isinstance(name, str) else ""
            return self.broken_by("unknown-filter", f"there is no {kind} '{name}' here", site, hint)
        if kind == "test" and name not in ("defined", "undefined"):
            value = self.settled(value)
        return self.bound(known[name], name, (self, site, value), site, list(arguments), named or {})
