"""What stands between two values: ``~``, comparisons, arithmetic.

What comes from a fact keeps its identity, or is refused: it is never turned into something else in silence.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from memo.compose import limits
from memo.compose.kinds import bears_facts, kind_of
from memo.compose.values import ActorItem, Broken, FactItem, Rich, Site, SourceItem, Words

if TYPE_CHECKING:
    from memo.compose.step import Step

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
        sum(len(piece.text) if isinstance(piece, Words) else 1 for piece in pieces), limits.MOST_OUTPUT, site
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
