"""What a template's expressions come to, each with its own site for what may be wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes

from memo.suggest import suggest
from memo.templating.filters import FILTERS, TESTS
from memo.templating.operations import attribute_of, comparison, computation, concatenation
from memo.templating.step import Step
from memo.templating.values import NOTHING, Broken, Function, Macro, Part, Rich, Scope, Site, kind_of

_BINARY = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**"}


def value(step: Step, node: nodes.Node, scope: Scope) -> Any:
    """What an expression comes to, given the names in scope."""
    return _VALUES[type(node)](step, node, scope)


def _name(step: Step, node: nodes.Name, scope: Scope) -> Any:
    found = scope.find(node.name)
    if found is not NOTHING:
        return found
    if node.name in step.run.functions:
        return step.run.functions[node.name]
    site = Site(scope.template, node)
    return step.missing("unknown-name", f"there is no '{node.name}' here", site, suggest(node.name, step.run.functions))


def _attribute(step: Step, node: nodes.Getattr, scope: Scope) -> Any:
    return attribute_of(step, Site(scope.template, node, "attribute"), value(step, node.node, scope), node.attr)


def _item(step: Step, node: nodes.Getitem, scope: Scope) -> Any:
    """``value[key]``, ``value[start:stop]``: of lists and mappings only."""
    site = Site(scope.template, node, "brackets")
    held = step.settled(value(step, node.node, scope))
    if isinstance(held, Broken):
        return held
    if isinstance(node.arg, nodes.Slice):
        ends = [value(step, end, scope) if end else None for end in (node.arg.start, node.arg.stop, node.arg.step)]
        return _slice(step, site, held, [step.settled(end) for end in ends])
    key = step.settled(value(step, node.arg, scope))
    if isinstance(held, list | tuple) and type(key) is int:
        if -len(held) <= key < len(held):
            return held[key]
        return step.missing("unknown-name", f"the list has no item {key}", site)
    if isinstance(held, list | tuple | str | Rich | Part):
        return step.broken_by("bad-call", f"{kind_of(held)} cannot be taken apart so", site)
    return attribute_of(step, site, held, key)


def _slice(step: Step, site: Site, held: Any, ends: list[Any]) -> Any:
    if not isinstance(held, list | tuple):
        return step.broken_by("bad-call", f"{kind_of(held)} cannot be taken apart so", site)
    if not all(end is None or type(end) is int for end in ends) or ends[2] == 0:
        return step.broken_by("bad-call", "a slice takes whole numbers", site)
    return list(held)[slice(*ends)]


def _call(step: Step, node: nodes.Call, scope: Scope) -> Any:
    return called(step, node, scope, None)


def called(step: Step, node: nodes.Call, scope: Scope, caller: Macro | None) -> Any:
    """``callee(arguments)``; with a caller, ``{% call callee(arguments) %}``."""
    site = Site(scope.template, node)
    step.run.tick(site)
    callee = step.settled(value(step, node.node, scope))
    given = _arguments(step, node, scope, site)
    if given is None or isinstance(callee, Broken):
        return Broken()
    arguments, named = given
    if isinstance(callee, Macro):
        return step.run.call_macro(site, callee, arguments, named, caller)
    if caller is not None:
        return step.broken_by("bad-call", "only a macro can be called with {% call %}", site)
    if isinstance(callee, Function):
        return step.bound(callee.call, callee.name, (site,), site, arguments, named)
    return step.broken_by("bad-call", f"{kind_of(callee)} cannot be called", site)


def _arguments(
    step: Step, node: nodes.Call | nodes.Filter | nodes.Test, scope: Scope, site: Site
) -> tuple[list[Any], dict[str, Any]] | None:
    """The arguments of a call, a filter or a test; None where they are not given as they must be."""
    if node.dyn_args or node.dyn_kwargs:
        step.broken_by("bad-call", "arguments are given one by one, without * and **", site)
        return None
    named = site.named() if node.kwargs else {}
    if len(named) < len(node.kwargs):
        step.broken_by("bad-call", "an argument is given twice", site)
        return None
    arguments = [step.settled(value(step, argument, scope)) for argument in node.args]
    return arguments, {name: step.settled(value(step, argument, scope)) for name, argument in named.items()}


def _filter(step: Step, node: nodes.Filter, scope: Scope) -> Any:
    site = Site(scope.template, node, "word")
    held = value(step, node.node, scope) if node.node else ""
    held = held if node.name == "default" else step.settled(held)
    given = _arguments(step, node, scope, site)
    if isinstance(held, Broken) or given is None:
        return Broken()
    return step.by_name(FILTERS, "filter", node.name, site, held, tuple(given[0]), given[1])


def _test(step: Step, node: nodes.Test, scope: Scope) -> Any:
    site = Site(scope.template, node, "test")
    held = value(step, node.node, scope)
    given = _arguments(step, node, scope, site)
    if given is None:
        return Broken()
    return step.by_name(TESTS, "test", node.name, site, held, tuple(given[0]), given[1])


def _concat(step: Step, node: nodes.Concat, scope: Scope) -> Any:
    return concatenation(step, Site(scope.template, node), [value(step, part, scope) for part in node.nodes])


def _compare(step: Step, node: nodes.Compare, scope: Scope) -> Any:
    """``one < other <= third``: as far as it holds."""
    site = Site(scope.template, node)
    one, found = value(step, node.expr, scope), True
    for operand in node.ops:
        other = value(step, operand.expr, scope)
        found = comparison(step, site, operand.op, one, other)
        if not found:
            return found
        one = other
    return found


def _binary(step: Step, node: nodes.BinExpr, scope: Scope) -> Any:
    one, other = value(step, node.left, scope), value(step, node.right, scope)
    return computation(step, Site(scope.template, node), _BINARY[type(node).__name__], one, other)


def _unary(step: Step, node: nodes.UnaryExpr, scope: Scope) -> Any:
    operator = "-" if isinstance(node, nodes.Neg) else "+"
    return computation(step, Site(scope.template, node), operator, 0, value(step, node.node, scope))


def _and(step: Step, node: nodes.And, scope: Scope) -> Any:
    return value(step, node.left, scope) and value(step, node.right, scope)


def _or(step: Step, node: nodes.Or, scope: Scope) -> Any:
    return value(step, node.left, scope) or value(step, node.right, scope)


def _condition(step: Step, node: nodes.CondExpr, scope: Scope) -> Any:
    """``one if test else other``; without ``else`` it is empty, rather than not there."""
    if value(step, node.test, scope):
        return value(step, node.expr1, scope)
    return value(step, node.expr2, scope) if node.expr2 else ""


def _dict(step: Step, node: nodes.Dict, scope: Scope) -> Any:
    held = {}
    for pair in node.items:
        key = step.plain(step.settled(value(step, pair.key, scope)))
        if not isinstance(key, str | int):
            return step.broken_by("bad-call", "a key is a text or a number", Site(scope.template, pair.key))
        held[key] = value(step, pair.value, scope)
    return held


def _list(step: Step, node: nodes.List | nodes.Tuple, scope: Scope) -> Any:
    return [value(step, item, scope) for item in node.items]


_VALUES: Mapping[type[nodes.Node], Callable[[Step, Any, Scope], Any]] = {
    nodes.Const: lambda _step, node, _scope: node.value,
    nodes.Name: _name,
    nodes.Getattr: _attribute,
    nodes.Getitem: _item,
    nodes.Call: _call,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Concat: _concat,
    nodes.Compare: _compare,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Not: lambda step, node, scope: not value(step, node.node, scope),
    nodes.CondExpr: _condition,
    nodes.List: _list,
    nodes.Tuple: _list,
    nodes.Dict: _dict,
    **dict.fromkeys((nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow), _binary),
    **dict.fromkeys((nodes.Neg, nodes.Pos), _unary),
}
"""What each kind of expression does. Jinja's parser makes no other."""
