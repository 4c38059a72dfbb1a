"""The filters and tests that templates may use: a short list, each of which keeps a fact's identity or says why not.

Each takes the site of its name, the value, and its own arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from memo.facts.edtf import parse
from memo.templating.operators import (
    attribute_of,
    call_named,
    comparison,
    computation,
    concatenation,
    items,
    pieces,
    plain,
    size,
)
from memo.templating.run import Site
from memo.templating.values import Absent, Broken, FactItem, Group, Part, Rich, Token, WriterText, date_part

# Text


def _upper(site: Site, value: Any) -> Any:
    return _changed(site, value, str.upper)


def _lower(site: Site, value: Any) -> Any:
    return _changed(site, value, str.lower)


def _changed(site: Site, value: Any, change: Callable[[str], str]) -> Any:
    """Change the text of a value: a claim stays the claim it is."""
    if isinstance(value, str):
        return change(value)
    return _joined(value, [_changed_piece(piece, change) for piece in pieces(site, value)])


def _changed_piece(piece: WriterText | Token, change: Callable[[str], str]) -> WriterText | Token:
    if isinstance(piece, WriterText):
        text = change(piece.text)
        return replace(piece, text=text, exact=piece.exact and len(text) == len(piece.text))
    if isinstance(piece.value, Part):
        return replace(piece, value=replace(piece.value, text=change(piece.value.text)))
    return piece


def _joined(value: Any, changed: list[WriterText | Token]) -> Any:
    """Return what a value has become: a part of a fact is one still, to be sorted by; printed text keeps its places."""
    if len(changed) == 1 and isinstance(token := changed[0], Token) and not isinstance(value, Rich):
        return token.value
    return Rich(tuple(changed))


def _capitalize(site: Site, value: Any) -> Any:
    """Write the first letter large, and leave the others: Jinja's filter would write NATO as "Nato"."""
    if isinstance(value, str):
        return _with_capital(value)
    first, *others = pieces(site, value) or (None,)
    return value if first is None else _joined(value, [_changed_piece(first, _with_capital), *others])


def _with_capital(text: str) -> str:
    return text[:1].title() + text[1:]


def _date(site: Site, value: Any) -> Any:
    """Write an EDTF date that the writer gives in words: ``{{ "2026-01" | date }}``."""
    written = plain(value)
    date = parse(written) if isinstance(written, str) else None
    if date is None:
        hint = (
            "a fact's .date is in words already"
            if isinstance(value, Part)
            else "write it as 2026-01-22, 2026-01 or 2026"
        )
        return site.report("bad-call", "date takes an EDTF date", hint)
    return date_part(date, site.run.words, (), "date").text


def _default(_site: Site, value: Any, instead: Any = "", also_empty: Any = False) -> Any:
    return instead if isinstance(value, Absent) or (also_empty and not value) else value


# Lists


def _list(site: Site, value: Any) -> Any:
    return items(site, value)


def _first(site: Site, value: Any) -> Any:
    listed = items(site, value)
    return listed[0] if listed else site.absent("unknown-name", "an empty list has no first item")


def _last(site: Site, value: Any) -> Any:
    listed = items(site, value)
    return listed[-1] if listed else site.absent("unknown-name", "an empty list has no last item")


def _length(site: Site, value: Any) -> Any:
    text = plain(value)
    return len(text) if isinstance(text, str) else len(items(site, value))


def _reverse(site: Site, value: Any) -> Any:
    return items(site, value)[::-1]


def _join(site: Site, value: Any, separator: Any = "", attribute: str | None = None) -> Any:
    joined = [_key(site, item, attribute) for item in items(site, value)]
    return concatenation(site, [part for item in joined for part in (separator, item)][1:])


def _map(site: Site, value: Any, name: str = "", *arguments: Any, attribute: str | None = None) -> Any:
    if attribute is not None:
        return [_key(site, item, attribute) for item in items(site, value)]
    return [call_named(FILTERS, "filter", name, site, item, arguments, {}) for item in items(site, value)]


def _sort(site: Site, value: Any, reverse: Any = False, attribute: str | None = None) -> Any:
    """Sort: text by its letters whatever their case, dates by their first day, numbers by size."""
    listed = items(site, value)
    keys = [_order(site, _key(site, item, attribute)) for item in listed]
    if len({type(key) for key in keys}) > 1:
        return site.report("bad-call", "items of different kinds cannot be sorted")
    places = sorted(range(len(listed)), key=lambda index: keys[index], reverse=bool(reverse))
    return [listed[index] for index in places]


def _unique(site: Site, value: Any, attribute: str | None = None) -> Any:
    kept: dict[Any, Any] = {}
    for item in items(site, value):
        kept.setdefault(_order(site, _key(site, item, attribute)), item)
    return list(kept.values())


def _groupby(site: Site, value: Any, attribute: str) -> Any:
    """Group items that have an attribute in common, in the order of that attribute."""
    groups: dict[Any, list[Any]] = {}
    shown: dict[Any, Any] = {}
    for item in items(site, value):
        common = _key(site, item, attribute)
        key = _order(site, common)
        shown.setdefault(key, common)
        groups.setdefault(key, []).append(item)
    if len({type(key) for key in groups}) > 1:
        return site.report("bad-call", "items of different kinds cannot be grouped")
    return [Group(shown[key], groups[key]) for key in sorted(groups)]


def _key(site: Site, item: Any, attribute: str | None) -> Any:
    """Return the item, or its attribute; one that is not there is a problem."""
    return item if attribute is None else site.run.settle(attribute_of(site, item, attribute))


def _order(site: Site, value: Any) -> Any:
    """Return what a value sorts by, and counts as the same by."""
    site.run.work(size(value), site)
    match value:
        case Part(order=float(amount)):
            return amount
        case Part(order=order, text=text):
            return (text if order is None else str(order)).casefold()
        case FactItem(fact=fact):
            return fact.claim.casefold()
        case bool() | int() | float():
            return float(value)
        case Broken():
            return ""
        case _:
            text = plain(value)
            if not isinstance(text, str):
                site.report("bad-call", 'these items have no order; name an attribute: sort(attribute="date")')
            return text.casefold() if isinstance(text, str) else ""


def _select(site: Site, value: Any, test: str = "", *arguments: Any) -> Any:
    return [item for item in items(site, value) if _passes(site, item, test, arguments)]


def _reject(site: Site, value: Any, test: str = "", *arguments: Any) -> Any:
    return [item for item in items(site, value) if not _passes(site, item, test, arguments)]


def _selectattr(site: Site, value: Any, attribute: str, test: str = "", *arguments: Any) -> Any:
    return [item for item in items(site, value) if _has(site, item, attribute, test, arguments)]


def _rejectattr(site: Site, value: Any, attribute: str, test: str = "", *arguments: Any) -> Any:
    return [item for item in items(site, value) if not _has(site, item, attribute, test, arguments)]


def _has(site: Site, item: Any, attribute: str, test: str, arguments: tuple[Any, ...]) -> bool:
    """Tell whether an item's attribute passes a test; without a test, whether it is there at all."""
    value = attribute_of(site, item, attribute)
    return _passes(site, value, test, arguments) if test else bool(value)


def _passes(site: Site, value: Any, test: str, arguments: tuple[Any, ...]) -> bool:
    if not test:
        return site.run.truth(value)
    return bool(call_named(TESTS, "test", test, site, value, arguments, {}))


FILTERS: dict[str, Callable[..., Any]] = {
    "capitalize": _capitalize,
    "date": _date,
    "default": _default,
    "first": _first,
    "groupby": _groupby,
    "join": _join,
    "last": _last,
    "length": _length,
    "list": _list,
    "lower": _lower,
    "map": _map,
    "reject": _reject,
    "rejectattr": _rejectattr,
    "reverse": _reverse,
    "select": _select,
    "selectattr": _selectattr,
    "sort": _sort,
    "unique": _unique,
    "upper": _upper,
}


# Tests


def _compares(operation: str) -> Callable[..., Any]:
    def test(site: Site, value: Any, other: Any) -> Any:
        return comparison(site, operation, value, other)

    return test


def _is_kind(*kinds: type[Any]) -> Callable[..., Any]:
    def test(_site: Site, value: Any) -> bool:
        return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))

    return test


def _divisible(site: Site, value: Any, by: Any) -> bool:
    return bool(comparison(site, "eq", computation(site, "%", value, by), 0))


TESTS: dict[str, Callable[..., Any]] = {
    "defined": lambda _site, value: not isinstance(value, Absent),
    "undefined": lambda _site, value: isinstance(value, Absent),
    "none": lambda _site, value: value is None,
    "boolean": _is_kind(bool),
    "string": _is_kind(str),
    "number": _is_kind(int, float),
    "sequence": _is_kind(list, tuple),
    "mapping": _is_kind(dict),
    "odd": lambda site, value: not _divisible(site, value, 2),
    "even": lambda site, value: _divisible(site, value, 2),
    "divisibleby": _divisible,
    "in": _compares("in"),
    **{name: _compares(name) for name in ("eq", "ne", "lt", "le", "gt", "ge")},
    **{name: _compares("eq") for name in ("==", "equalto")},
}
