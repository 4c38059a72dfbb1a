"""Values: classes whose instances are equal where what they hold is equal, and which nothing changes once made.

``@frozen`` stands for ``@dataclass(frozen=True, slots=True)``: the same fields, defaults and patterns, the same
``replace``. It differs in its price. That one compiles seven functions for each class, at every start of memo: half a
millisecond for each of more than a hundred. Here all classes share six of them, and ``__init__`` alone is compiled; it
sets fields as any other class does, so that an instance is made in a quarter of the time. In return nobody watches at
run time: that no field of a value is ever assigned to is for the type checker to say (PEP 681, ``frozen_default``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

_Made = TypeVar("_Made")


@overload
def frozen(plain: type[_Made], /) -> type[_Made]: ...


@overload
def frozen(*, kw_only: bool = False, eq: bool = True) -> Callable[[type[_Made]], type[_Made]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(plain: Any = None, /, *, kw_only: bool = False, eq: bool = True) -> Any:
    """Make a class one of values, as the module says. With ``eq=False`` each instance is equal to itself alone."""

    def made(plain: Any) -> Any:
        value: Any = dataclass(slots=True, eq=False, repr=False, kw_only=kw_only)(plain)
        value.__repr__ = _repr
        if eq:
            names = [field.name for field in fields(value) if field.compare]
            value.__eq__, value.__hash__ = _equality(attrgetter(*names) if names else lambda _: ())
        return value

    return made if plain is None else made(plain)


def _equality(held: Callable[[Any], Any]) -> tuple[Callable[[Any, object], bool], Callable[[Any], int]]:
    """``__eq__`` and ``__hash__`` of a class, by what its instances hold."""

    def equal(self: Any, other: Any) -> bool:
        return held(self) == held(other) if other.__class__ is self.__class__ else NotImplemented

    return equal, lambda self: hash(held(self))


def _repr(self: Any) -> str:
    """``Heading(level=1, content=(), anchor='risks', key='', mark=None)``."""
    held = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({held})"
