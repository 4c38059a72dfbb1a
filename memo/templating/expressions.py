"""Evaluate a template's expressions, each with its own site for what may be wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes

from memo.problem import Problem
from memo.templating.filters import FILTERS, TESTS
from memo.templating.operators import attribute_of, call, call_named, comparison, computation, concatenation, plain
from memo.templating.parser import attribute, brackets, start_of, test_name, word
from memo.templating.run import Context, Site
from memo.templating.values import Absent, Broken, Function, Macro, Part, Rich, kind_of


def evaluate(context: Context, node: nodes.Node) -> Any:
    """Return the value of an expression."""
    context.run.step(node, context)
    return _EVALUATE[type(node)](context, node)


def settled(context: Context, node: nodes.Node) -> Any:
    """Return the value of an expression that is used at once: one that is absent is a problem."""
    return context.run.settle(evaluate(context, node))


# Names and what is in them


def _name(context: Context, node: nodes.Name) -> Any:
    return look_up(context, node.name, context.site(node))


def look_up(context: Context, name: str, site: Site) -> Any:
    """Return the value of a name; the nearest names are suggested for one that there is not."""
    for names in context.names.maps:
        if name in names:
            return names[name]
    return site.absent("unknown-name", f"there is no '{name}' here", _instead(context, name))


def _instead(context: Context, name: str) -> str:
    """Say what may be meant by a name that there is not."""
    facts = context.run.facts
    kind = "fact" if name in facts.facts else "actor" if name in facts.actors else "source"
    if name in getattr(facts, f"{kind}s"):
        return f'an id stands in quotes: {kind}("{name}")'
    if name == "loop":
        return "it is there between {% for %} and {% endfor %} only"
    near = context.run.suggest(name, context.names)
    return near or "a text stands in quotes; names are given by {% set %}, {% for %} and {% import %}"


def _unquoted(context: Context, node: nodes.Node) -> Absent | None:
    """Return the problem of words that lack their quotes: ``fact(rail-link)`` is a subtraction to Jinja."""
    if not _is_words(node):
        return None
    names = {inner.name for inner in (node, *node.find_all(nodes.Name)) if isinstance(inner, nodes.Name)}
    if any(name in context.names for name in names):
        return None
    tokens = context.template.tokens
    start = start_of(node)
    end = tokens.end(start)
    written = context.template.source.text[start:end]
    place = context.template.source.place(start, end - start)
    hint = f'a text stands in quotes: "{written}"'
    return Absent(Problem("unknown-name", f"there is no '{written}' here", place, hint))


def _is_words(node: nodes.Node) -> bool:
    """Tell whether an expression is names with hyphens, slashes and dots between: an id or a path."""
    match node:
        case nodes.Name():
            return True
        case nodes.Sub(left=left, right=right) | nodes.Div(left=left, right=right):
            return _is_words(left) and (_is_words(right) or isinstance(right, nodes.Const))
        case nodes.Getattr(node=inner):
            return _is_words(inner)
        case _:
            return False


def _attribute(context: Context, node: nodes.Getattr) -> Any:
    return attribute_of(context.site(node, attribute), evaluate(context, node.node), node.attr)


def _item(context: Context, node: nodes.Getitem) -> Any:
    """Evaluate ``value[key]`` or ``value[start:stop]``: of lists and mappings only."""
    site = context.site(node, brackets)
    value = settled(context, node.node)
    if isinstance(value, Broken):
        return value
    if isinstance(node.arg, nodes.Slice):
        return _slice(context, site, value, node.arg)
    key = settled(context, node.arg)
    if isinstance(value, list | tuple) and type(key) is int:
        if -len(value) <= key < len(value):
            return value[key]
        return site.absent("unknown-name", f"the list has no item {key}")
    if isinstance(value, list | tuple | str | Rich | Part):
        return site.report("bad-call", f"{kind_of(value)} cannot be taken apart so")
    return attribute_of(site, value, key)


def _slice(context: Context, site: Site, value: Any, node: nodes.Slice) -> Any:
    ends = [settled(context, end) if end else None for end in (node.start, node.stop, node.step)]
    if not isinstance(value, list | tuple):
        return site.report("bad-call", f"{kind_of(value)} cannot be taken apart so")
    if not all(end is None or type(end) is int for end in ends) or ends[2] == 0:
        return site.report("bad-call", "a slice takes whole numbers")
    context.run.work(len(value), site)
    return list(value)[slice(*ends)]


# Calls, filters, tests


def _call(context: Context, node: nodes.Call) -> Any:
    return evaluate_call(context, node, None)


def evaluate_call(context: Context, node: nodes.Call, caller: Macro | None) -> Any:
    """Evaluate ``callee(arguments)``; with a caller, ``{% call callee(arguments) %}``."""
    site = context.site(node)
    context.run.tick(site)
    callee = settled(context, node.node)
    given = _arguments(context, node, site, unquoted=isinstance(callee, Function))
    if given is None or isinstance(callee, Broken):
        return Broken()
    if isinstance(callee, Macro):
        return context.loader.macros[callee.at](context, site, callee, *given, caller)
    if caller is not None:
        return site.report("bad-call", "only a macro can be called with {% call %}")
    if isinstance(callee, Function):
        return call(site, callee, *given)
    return site.report("bad-call", f"{kind_of(callee)} cannot be called")


def _arguments(
    context: Context, node: nodes.Call | nodes.Filter | nodes.Test, site: Site, unquoted: bool = False
) -> tuple[list[Any], dict[str, Any]] | None:
    """Evaluate the arguments of a call, a filter or a test; None where they are not given as they must be.

    ``unquoted``: a name that is not there is a text that lacks its quotes.
    """
    if node.dyn_args or node.dyn_kwargs:
        site.report("bad-call", "arguments are given one by one, without * and **")
        return None
    named = site.named() if node.kwargs else {}
    if len(named) < len(node.kwargs):
        site.report("bad-call", "an argument is given twice")
        return None
    evaluated = text_or_value if unquoted else settled
    arguments = [evaluated(context, argument) for argument in node.args]
    return arguments, {name: evaluated(context, argument) for name, argument in named.items()}


def text_or_value(context: Context, node: nodes.Node) -> Any:
    """Return the value of an expression, such as a file's name, that may be a text that lacks its quotes."""
    missing = None if isinstance(node, nodes.Const) else _unquoted(context, node)
    return context.run.settle(evaluate(context, node) if missing is None else missing)


def _filter(context: Context, node: nodes.Filter) -> Any:
    return _filtered(context, node, evaluate(context, node.node) if node.node else "")


def filter_block(context: Context, node: nodes.Filter, text: Rich) -> Any:
    """Apply the filters of ``{% filter lower | capitalize %}`` to a text, the first one first."""
    value = filter_block(context, node.node, text) if isinstance(node.node, nodes.Filter) else text
    return _filtered(context, node, value)


def _filtered(context: Context, node: nodes.Filter, value: Any) -> Any:
    site = context.site(node, word)
    value = value if node.name == "default" else context.run.settle(value)
    given = _arguments(context, node, site)
    if isinstance(value, Broken) or given is None:
        return Broken()
    return call_named(FILTERS, "filter", node.name, site, value, *given)


def _test(context: Context, node: nodes.Test) -> Any:
    site = context.site(node, test_name)
    value = evaluate(context, node.node)
    given = _arguments(context, node, site)
    if given is None:
        return Broken()
    return call_named(TESTS, "test", node.name, site, value, *given)


# Operators

_ARITHMETIC: Mapping[type[nodes.BinExpr], str] = {
    nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%",
    nodes.Pow: "**",
}  # fmt: skip


def _concat(context: Context, node: nodes.Concat) -> Any:
    return concatenation(context.site(node), [evaluate(context, part) for part in node.nodes])


def _compare(context: Context, node: nodes.Compare) -> Any:
    """Evaluate ``one < other <= third``, as far as it holds."""
    site = context.site(node)
    one, holds = evaluate(context, node.expr), True
    for operand in node.ops:
        other = evaluate(context, operand.expr)
        holds = comparison(site, operand.op, one, other)
        if not holds:
            return holds
        one = other
    return holds


def _binary(context: Context, node: nodes.BinExpr) -> Any:
    one, other = evaluate(context, node.left), evaluate(context, node.right)
    return computation(context.site(node), _ARITHMETIC[type(node)], one, other)


def _unary(context: Context, node: nodes.UnaryExpr) -> Any:
    operator = "-" if isinstance(node, nodes.Neg) else "+"
    return computation(context.site(node), operator, 0, evaluate(context, node.node))


def _not(context: Context, node: nodes.Not) -> Any:
    return not context.run.truth(evaluate(context, node.node))


def _and(context: Context, node: nodes.And) -> Any:
    left = evaluate(context, node.left)
    return evaluate(context, node.right) if context.run.truth(left) else left


def _or(context: Context, node: nodes.Or) -> Any:
    left = evaluate(context, node.left)
    return left if context.run.truth(left) else evaluate(context, node.right)


def _condition(context: Context, node: nodes.CondExpr) -> Any:
    """Evaluate ``one if test else other``; without ``else`` it is empty, rather than not there."""
    if context.run.truth(evaluate(context, node.test)):
        return evaluate(context, node.expr1)
    return evaluate(context, node.expr2) if node.expr2 else ""


# Literals


def _const(_context: Context, node: nodes.Const) -> Any:
    return node.value


def _list(context: Context, node: nodes.List | nodes.Tuple) -> Any:
    return [evaluate(context, item) for item in node.items]


def _dict(context: Context, node: nodes.Dict) -> Any:
    mapping = {}
    for pair in node.items:
        key = plain(settled(context, pair.key))
        if not isinstance(key, str | int):
            return context.site(pair.key).report("bad-call", "a key is a text or a number")
        mapping[key] = evaluate(context, pair.value)
    return mapping


_EVALUATE: Mapping[type[nodes.Node], Callable[[Context, Any], Any]] = {
    nodes.Const: _const,
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
    nodes.Not: _not,
    nodes.CondExpr: _condition,
    nodes.List: _list,
    nodes.Tuple: _list,
    nodes.Dict: _dict,
    **dict.fromkeys(_ARITHMETIC, _binary),
    **dict.fromkeys((nodes.Neg, nodes.Pos), _unary),
}
"""What evaluates each kind of expression. Jinja's parser makes no other."""
