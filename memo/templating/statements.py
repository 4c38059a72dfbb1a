"""What a template's statements do, one after the other: they print, set names, loop, include."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.runtime import LoopContext

from memo.templating.expressions import called, value
from memo.templating.step import Step
from memo.templating.values import (
    Broken,
    Macro,
    Module,
    Namespace,
    Rich,
    Scope,
    Site,
    Token,
    WriterText,
    kind_of,
    macro_fault,
    macro_takes,
)

Printed = list[WriterText | Token]
"""What has been printed so far; statements add to it."""


def play(step: Step, body: Iterable[nodes.Node], scope: Scope, printed: Printed) -> None:
    """Carry out statements."""
    for node in body:
        step.run.at = scope.template, node.lineno
        _STATEMENTS[type(node)](step, node, scope, printed)


def played(step: Step, body: Iterable[nodes.Node], scope: Scope) -> Rich:
    """What statements print, as one text."""
    printed: Printed = []
    play(step, body, scope, printed)
    return Rich(tuple(printed))


# Printing


def _output(step: Step, node: nodes.Output, scope: Scope, printed: Printed) -> None:
    for child in node.nodes:
        if isinstance(child, nodes.TemplateData):
            _print(step, Site(scope.template, child, "word"), _words(child, scope), printed)
        else:
            site = Site(scope.template, child, "printed")
            _print(step, site, step.pieces(site, value(step, child, scope)), printed)


def _words(node: nodes.TemplateData, scope: Scope) -> tuple[WriterText, ...]:
    return (WriterText(node.data, scope.template.source, node.lineno, len(node.data)),) if node.data else ()


def _print(step: Step, site: Site, pieces: Sequence[WriterText | Token], printed: Printed) -> None:
    letters = sum([len(piece.text) for piece in pieces if isinstance(piece, WriterText)])
    step.run.count(letters, len(pieces), site)
    printed.extend(pieces)


# Flow


def _if(step: Step, node: nodes.If, scope: Scope, printed: Printed) -> None:
    for branch in (node, *node.elif_):
        if value(step, branch.test, scope):
            return play(step, branch.body, scope, printed)
    return play(step, node.else_, scope, printed)


def _for(step: Step, node: nodes.For, scope: Scope, printed: Printed) -> None:
    """Each round has names of its own; what it sets is gone after it."""
    site = Site(scope.template, node.iter)
    if node.recursive:
        step.broken_by("template-syntax", "a recursive loop has no place in a memo", Site(scope.template, node, "word"))
    items = _chosen(step, node, scope, site)
    for item, loop in LoopContext(items, Undefined):
        step.run.tick(site)
        inner = scope.inner(loop=loop)
        _bind(step, node.target, item, inner, site)
        play(step, node.body, inner, printed)
    if not items:
        play(step, node.else_, scope.inner(), printed)


def _chosen(step: Step, node: nodes.For, scope: Scope, site: Site) -> list[Any]:
    """What a loop goes through: ``for item in items if test``."""
    items = step.items(site, value(step, node.iter, scope))
    if node.test is None:
        return items
    kept = []
    for item in items:
        step.run.tick(site)
        inner = scope.inner()
        _bind(step, node.target, item, inner, site)
        if value(step, node.test, inner):
            kept.append(item)
    return kept


def _with(step: Step, node: nodes.With, scope: Scope, printed: Printed) -> None:
    inner = scope.inner()
    for target, expression in zip(node.targets, node.values, strict=True):
        _bind(step, target, value(step, expression, scope), inner, Site(scope.template, expression))
    play(step, node.body, inner, printed)


def _scope(step: Step, node: nodes.Scope, scope: Scope, printed: Printed) -> None:
    play(step, node.body, scope.inner(), printed)


def _body(step: Step, node: Any, scope: Scope, printed: Printed) -> None:
    """A statement that was refused when the template was read: what is in it is carried out all the same."""
    play(step, node.body, scope, printed)


# Names


def _bind(step: Step, target: nodes.Node, held: Any, scope: Scope, site: Site) -> None:
    """Give a value to a name, or its items to several."""
    if isinstance(target, nodes.Name):
        scope.held[target.name] = held
    elif isinstance(target, nodes.NSRef):
        _write(step, target, held, scope)
    elif isinstance(target, nodes.Tuple):
        for inner, item in zip(target.items, step.unpacked(site, held, len(target.items)), strict=True):
            _bind(step, inner, item, scope, site)


def _write(step: Step, target: nodes.NSRef, held: Any, scope: Scope) -> None:
    """``{% set holder.name = value %}``, of a namespace only."""
    site = Site(scope.template, target)
    holder = step.settled(value(step, nodes.Name(target.name, "load", lineno=target.lineno), scope))
    if isinstance(holder, Namespace):
        holder.held[target.attr] = held
    elif not isinstance(holder, Broken):
        hint = "make it with {% set counter = namespace(total=0) %}"
        step.broken_by("bad-call", f"{kind_of(holder)} cannot be written to", site, hint)


def _assign(step: Step, node: nodes.Assign, scope: Scope, printed: Printed) -> None:
    del printed
    _bind(step, node.target, value(step, node.node, scope), scope, Site(scope.template, node.node))


def _assign_block(step: Step, node: nodes.AssignBlock, scope: Scope, printed: Printed) -> None:
    del printed
    site = Site(scope.template, node, "word")
    if node.filter is not None:
        hint = "apply it where the text is printed: {{ text | upper }}"
        step.broken_by("template-syntax", "a filter in {% set %} has no place in a memo", site, hint)
    _bind(step, node.target, played(step, node.body, scope.inner()), scope, site)


# Macros


def _macro(step: Step, node: nodes.Macro, scope: Scope, printed: Printed) -> None:
    del step, printed
    scope.held[node.name] = _made(node.name, node, scope)


def _made(name: str, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> Macro:
    spoken = {found.name for statement in node.body for found in statement.find_all(nodes.Name)}
    spoken.update(statement.name for statement in node.body if isinstance(statement, nodes.Name))
    takes = frozenset(("varargs", "kwargs", "caller")) & spoken
    return Macro(name, tuple(given.name for given in node.args), tuple(node.defaults), node.body, scope, takes)


def _call_block(step: Step, node: nodes.CallBlock, scope: Scope, printed: Printed) -> None:
    result = called(step, node.call, scope, _made("caller", node, scope))
    if isinstance(result, Rich):
        _print(step, Site(scope.template, node.call), result.pieces, printed)


def call_macro(
    step: Step, site: Site, macro: Macro, arguments: list[Any], named: Mapping[str, Any], caller: Macro | None
) -> Rich:
    """What a macro prints when it is called so."""
    if fault := macro_fault(macro, arguments, named, caller):
        step.broken_by("bad-call", f"macro '{macro.name}' {fault}", site, macro_takes(macro))
        return Rich()
    step.run.enter(site)
    scope = macro.scope.inner(**dict(zip(macro.parameters, arguments, strict=False)))
    own = {name: held for name, held in named.items() if name in macro.parameters}
    scope.held.update(own)
    _add_defaults(step, macro, scope, site)
    extra = {
        "varargs": arguments[len(macro.parameters) :],
        "kwargs": {name: held for name, held in named.items() if name not in own},
        "caller": caller,
    }
    scope.held.update({name: extra[name] for name in macro.takes if extra[name] is not None})
    printed = played(step, macro.body, scope)
    step.run.leave()
    return printed


def _add_defaults(step: Step, macro: Macro, scope: Scope, site: Site) -> None:
    first = len(macro.parameters) - len(macro.defaults)
    for index, name in enumerate(macro.parameters):
        if name in scope.held:
            continue
        if index >= first:
            scope.held[name] = value(step, macro.defaults[index - first], scope)
        else:
            scope.held[name] = step.missing("bad-call", f"macro '{macro.name}' is not given its '{name}'", site)


# Other files


def _include(step: Step, node: nodes.Include, scope: Scope, printed: Printed) -> None:
    site = Site(scope.template, node.template)
    template = step.run.include(_names(step, node.template, scope), site, node.ignore_missing)
    if template is None:
        return
    step.run.enter(site)
    play(step, template.tree.body, Scope(template, scope if node.with_context else None), printed)
    step.run.leave()


def _names(step: Step, node: nodes.Expr, scope: Scope) -> list[Any]:
    held = step.settled(value(step, node, scope))
    return [step.plain(step.settled(name)) for name in (held if isinstance(held, list) else [held])]


def _module(step: Step, node: nodes.Import | nodes.FromImport, scope: Scope) -> Module | None:
    site = Site(scope.template, node.template)
    template = step.run.include(_names(step, node.template, scope), site, False)
    if template is None:
        return None
    step.run.enter(site)
    inner = Scope(template, scope if node.with_context else None)
    play(step, template.tree.body, inner, [])
    step.run.leave()
    return Module({name: held for name, held in inner.held.items() if not name.startswith("_")})


def _import(step: Step, node: nodes.Import, scope: Scope, printed: Printed) -> None:
    del printed
    module = _module(step, node, scope)
    scope.held[node.target] = Broken() if module is None else module


def _from_import(step: Step, node: nodes.FromImport, scope: Scope, printed: Printed) -> None:
    del printed
    module = _module(step, node, scope)
    for wanted in node.names:
        name, known_as = (wanted, wanted) if isinstance(wanted, str) else wanted
        if module is None:
            scope.held[known_as] = Broken()
        elif name in module.held:
            scope.held[known_as] = module.held[name]


_STATEMENTS: Mapping[type[nodes.Node], Callable[[Step, Any, Scope, Printed], None]] = {
    nodes.Output: _output,
    nodes.If: _if,
    nodes.For: _for,
    nodes.With: _with,
    nodes.Scope: _scope,
    nodes.Assign: _assign,
    nodes.AssignBlock: _assign_block,
    nodes.Macro: _macro,
    nodes.CallBlock: _call_block,
    nodes.Include: _include,
    nodes.Import: _import,
    nodes.FromImport: _from_import,
    nodes.Block: _body,
    nodes.FilterBlock: _body,
    nodes.ScopedEvalContextModifier: _body,
    nodes.Extends: lambda _step, _node, _scope, _printed: None,
}
"""What each kind of statement does. Jinja's parser makes no other."""
