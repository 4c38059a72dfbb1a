"""Execute a template's statements, one after the other: they print, set names, loop, define macros, use other files."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.runtime import LoopContext

from memo.problem import Related
from memo.templating.expressions import evaluate, evaluate_call, filter_block, look_up, text_or_value
from memo.templating.filters import FILTERS, TESTS
from memo.templating.functions import FUNCTIONS
from memo.templating.operators import items, pieces, plain, unpacked
from memo.templating.parser import Parsed, imported, offset_of, printed, word
from memo.templating.run import Context, Endless, Loader, Site, TemplateRun
from memo.templating.values import Broken, Macro, Module, Names, Namespace, Rich, Token, WriterText, kind_of


def render(run: TemplateRun, path: str, text: str) -> Rich | None:
    """Return what a memo's template prints; None if it is no Jinja.

    One that is stopped has printed what it printed until then. The parsed templates are gone when this returns: only
    the loader and what is on its way down the tree refer to them.
    """
    loader = Loader(run, FILTERS, TESTS)
    template = loader.parsed(loader.source(path, text))
    if template is None:
        return None
    context = Context(run, loader, template, _only_functions(), [])
    try:
        execute(context, template.tree.body)
    except Endless:
        pass
    except RecursionError:
        source, offset = run.at or (template.source, 0)
        run.report("endless-template", "this is nested too deep", source.place(offset))
    return Rich(tuple(context.printed))


def _only_functions() -> Names:
    return ChainMap({}, FUNCTIONS)


def execute(context: Context, body: Iterable[nodes.Node]) -> None:
    """Execute statements."""
    for node in body:
        context.run.step(node, context)
        context.run.at = context.template.source, offset_of(node)
        _EXECUTE[type(node)](context, node)


def executed(context: Context, body: Iterable[nodes.Node]) -> Rich:
    """Execute statements, and return what they print as one text."""
    execute(context, body)
    return Rich(tuple(context.printed))


# Printing


def _output(context: Context, node: nodes.Output) -> None:
    for child in node.nodes:
        if isinstance(child, nodes.TemplateData):
            text = WriterText(child.data, context.template.source, offset_of(child), len(child.data))
            _print(context, context.site(child, word), (text,) if child.data else ())
        else:
            site = context.site(child, printed)
            _print(context, site, pieces(site, evaluate(context, child)))


def _print(context: Context, site: Site, printing: Sequence[WriterText | Token]) -> None:
    letters = sum([len(piece.text) for piece in printing if isinstance(piece, WriterText)])
    context.run.count(letters, len(printing), site)
    context.printed.extend(printing)


def _filter_block(context: Context, node: nodes.FilterBlock) -> None:
    """Execute ``{% filter upper %}``; what is set within is gone after it."""
    text = executed(context.capturing(), node.body)
    site = context.site(node.filter, word)
    _print(context, site, pieces(site, filter_block(context, node.filter, text)))


# Flow


def _if(context: Context, node: nodes.If) -> None:
    for branch in (node, *node.elif_):
        if context.run.truth(evaluate(context, branch.test)):
            return execute(context, branch.body)
    return execute(context, node.else_)


def _for(context: Context, node: nodes.For) -> None:
    """Execute a loop; each turn has names of its own, and what it sets is gone after it."""
    site = context.site(node.iter)
    if node.recursive:
        context.site(node, word).report("template-syntax", "a recursive loop has no place in a memo")
    chosen = _chosen(context, node, site)
    for item, loop in LoopContext(chosen, Undefined):
        context.run.tick(site)
        turn = context.inner(loop=loop)
        _bind(turn, node.target, item, site)
        execute(turn, node.body)
    if not chosen:
        execute(context.inner(), node.else_)


def _chosen(context: Context, node: nodes.For, site: Site) -> list[Any]:
    """Return what a loop goes through: ``for item in items if test``."""
    listed = items(site, evaluate(context, node.iter))
    if node.test is None:
        return listed
    chosen = []
    for item in listed:
        context.run.tick(site)
        turn = context.inner()
        _bind(turn, node.target, item, site)
        if context.run.truth(evaluate(turn, node.test)):
            chosen.append(item)
    return chosen


def _with(context: Context, node: nodes.With) -> None:
    inner = context.inner()
    for target, expression in zip(node.targets, node.values, strict=True):
        _bind(inner, target, evaluate(context, expression), context.site(expression))
    execute(inner, node.body)


def _scope(context: Context, node: nodes.Scope) -> None:
    execute(context.inner(), node.body)


def _body(context: Context, node: Any) -> None:
    """Execute what is in a tag that was refused when the template was read: that may have faults of its own."""
    execute(context, node.body)


def _nothing(_context: Context, _node: nodes.Node) -> None:
    pass


# Names


def _bind(context: Context, target: nodes.Node, value: Any, site: Site) -> None:
    """Give a value to a name, or its items to several; ``site`` is where the value comes from."""
    if isinstance(target, nodes.Name):
        context.names[target.name] = value
    elif isinstance(target, nodes.NSRef):
        _write(context, target, value)
    elif isinstance(target, nodes.Tuple):
        for inner, item in zip(target.items, unpacked(site, value, len(target.items)), strict=True):
            _bind(context, inner, item, site)


def _write(context: Context, target: nodes.NSRef, value: Any) -> None:
    """Execute ``{% set holder.name = value %}``, of a namespace only."""
    site = context.site(target)
    holder = context.run.settle(look_up(context, target.name, site))
    if isinstance(holder, Namespace):
        holder.names[target.attr] = value
    elif not isinstance(holder, Broken):
        hint = "make it with {% set counter = namespace(total=0) %}"
        site.report("bad-call", f"{kind_of(holder)} cannot be written to", hint)


def _assign(context: Context, node: nodes.Assign) -> None:
    _bind(context, node.target, evaluate(context, node.node), context.site(node.node))


def _assign_block(context: Context, node: nodes.AssignBlock) -> None:
    text = executed(context.capturing(), node.body)
    value = filter_block(context, node.filter, text) if node.filter else text
    _bind(context, node.target, value, context.site(node, word))


# Macros


def _macro(context: Context, node: nodes.Macro) -> None:
    context.names[node.name] = _defined(context, node.name, node)


def _call_block(context: Context, node: nodes.CallBlock) -> None:
    result = evaluate_call(context, node.call, _defined(context, "caller", node))
    if isinstance(result, Rich):
        _print(context, context.site(node.call), result.pieces)


def _defined(context: Context, name: str, node: nodes.Macro | nodes.CallBlock) -> Macro:
    """Return a macro, and leave with the loader what runs it."""
    at = context.template.source.path, offset_of(node)
    if at not in context.loader.macros:  # looked into once: in a loop, it is defined at each turn
        mentioned = {inner.name for statement in node.body for inner in statement.find_all(nodes.Name)}
        context.loader.macros[at] = partial(_run_macro, context.template, node)
        context.loader.takes[at] = frozenset(("varargs", "kwargs", "caller")) & mentioned
    takes = context.loader.takes[at]
    return Macro(name, tuple(parameter.name for parameter in node.args), takes, context.names, at)


def _run_macro(
    template: Parsed, node: nodes.Macro | nodes.CallBlock,
    context: Context, site: Site, macro: Macro, arguments: list[Any], named: Mapping[str, Any], caller: Macro | None,
) -> Rich:  # fmt: skip
    """Return what a macro prints that is called at a site with these arguments."""
    if fault := macro.fault(arguments, named, caller):
        takes = ", ".join(macro.parameters) or "no arguments"
        site.report("bad-call", f"macro '{macro.name}' {fault}", f"it takes {takes}", _definition(template, node))
        return Rich()
    given = dict(zip(macro.parameters, arguments, strict=False))
    given |= {name: value for name, value in named.items() if name in macro.parameters}
    inner = Context(context.run, context.loader, template, macro.names.new_child(given), [])
    with context.run.deeper(site):
        _add_defaults(inner, macro, node.defaults, site, _definition(template, node))
        extra = {
            "varargs": arguments[len(macro.parameters) :],
            "kwargs": {name: value for name, value in named.items() if name not in macro.parameters},
            "caller": caller,
        }
        given |= {name: extra[name] for name in macro.takes if extra[name] is not None}
        return executed(inner, node.body)


def _definition(template: Parsed, node: nodes.Macro | nodes.CallBlock) -> tuple[Related, ...]:
    """Return where a macro is defined, for a problem with its call."""
    return (Related(template.source.place(*word(template.tokens, node)), "is defined here"),)


def _add_defaults(
    inner: Context, macro: Macro, defaults: Sequence[nodes.Expr], site: Site, defined: tuple[Related, ...]
) -> None:
    first = len(macro.parameters) - len(defaults)
    given = inner.names.maps[0]
    for index, name in enumerate(macro.parameters):
        if name in given:
            continue
        if index >= first:
            given[name] = evaluate(inner, defaults[index - first])
        else:
            message = f"macro '{macro.name}' is not given its '{name}'"
            given[name] = site.absent("bad-call", message, f"it takes {', '.join(macro.parameters)}", defined)


# Other files


def _include(context: Context, node: nodes.Include) -> None:
    site = context.site(node.template)
    template = _found(context, node.template, site, node.ignore_missing)
    if template is not None:
        _execute_file(context, template, site, node.with_context, context.printed)


def _found(context: Context, node: nodes.Expr, site: Site, optional: bool = False) -> Parsed | None:
    """Return the template that an expression names, or the first that is there of several."""
    named = text_or_value(context, node)
    names = named if isinstance(named, list) else [named]
    return context.loader.find([plain(context.run.settle(name)) for name in names], site, optional)


def _execute_file(
    context: Context, template: Parsed, site: Site, with_context: bool, printed: list[WriterText | Token]
) -> Mapping[str, Any]:
    """Execute another template, and return the names that it sets. Without context it sees functions only."""
    names = context.names.new_child({}) if with_context else _only_functions()
    with context.run.deeper(site):
        execute(Context(context.run, context.loader, template, names, printed), template.tree.body)
    return names.maps[0]


def _import(context: Context, node: nodes.Import) -> None:
    context.names[node.target] = _module(context, node)


def _from_import(context: Context, node: nodes.FromImport) -> None:
    """Execute ``{% from "x.md" import a, b as c %}``; a name that is not there is a problem once it is used."""
    module = _module(context, node)
    for wanted in node.names:
        name, known_as = (wanted, wanted) if isinstance(wanted, str) else wanted
        if isinstance(module, Broken) or name in module.names:
            context.names[known_as] = module if isinstance(module, Broken) else module.names[name]
        else:
            site = context.site(node, imported(name))
            hint = context.run.suggest_from(name, module.names, "names there")
            context.names[known_as] = site.absent("unknown-name", f"the imported file sets no '{name}'", hint)


def _module(context: Context, node: nodes.Import | nodes.FromImport) -> Module | Broken:
    """Return what an imported file sets, but for names that begin with ``_``; what it prints goes nowhere."""
    site = context.site(node.template)
    template = _found(context, node.template, site)
    if template is None:
        return Broken()
    names = _execute_file(context, template, site, node.with_context, [])
    return Module({name: value for name, value in names.items() if not name.startswith("_")})


_EXECUTE: Mapping[type[nodes.Node], Callable[[Context, Any], None]] = {
    nodes.Output: _output,
    nodes.If: _if,
    nodes.For: _for,
    nodes.With: _with,
    nodes.Scope: _scope,
    nodes.Assign: _assign,
    nodes.AssignBlock: _assign_block,
    nodes.FilterBlock: _filter_block,
    nodes.Macro: _macro,
    nodes.CallBlock: _call_block,
    nodes.Include: _include,
    nodes.Import: _import,
    nodes.FromImport: _from_import,
    nodes.Block: _body,
    nodes.ScopedEvalContextModifier: _body,
    nodes.Extends: _nothing,
}
"""What executes each kind of statement. Jinja's parser makes no other."""
