"""The filters and tests that templates may use: a short list, each of which keeps a fact's identity or says why not.

Each takes the evaluator, the site of its name, the value, and its own arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from memo.facts.edtf import parse
from memo.templating.operations import attribute_of, comparison, computation, concatenation
from memo.templating.parts import date_part
from memo.templating.values import Broken, FactItem, Group, Missing, Part, Rich, Site, Token, WriterText

if TYPE_CHECKING:
    from memo.templating.step import Step


# Case


def _changed(step: Step, site: Site, value: Any, change: Callable[[str], str]) -> Any:
    """The value with its text changed: a claim stays the claim it is."""
    if isinstance(value, str):
        return change(value)
    pieces = [_changed_piece(piece, change) for piece in step.pieces(site, value)]
    return pieces[0].value if len(pieces) == 1 and isinstance(pieces[0], Token) else Rich(tuple(pieces))


def _changed_piece(piece: WriterText | Token, change: Callable[[str], str]) -> WriterText | Token:
    if isinstance(piece, WriterText):
        text = change(piece.text)
        return replace(piece, text=text, exact=piece.exact and len(text) == len(piece.text))
    if isinstance(piece.value, Part):
        return replace(piece, value=replace(piece.value, text=change(piece.value.text)))
    return piece


def _upper(step: Step, site: Site, value: Any) -> Any:
    return _changed(step, site, value, str.upper)


def _lower(step: Step, site: Site, value: Any) -> Any:
    return _changed(step, site, value, str.lower)


def _capitalize(step: Step, site: Site, value: Any) -> Any:
    """The first letter only: unlike Jinja's, which would write NATO as "Nato"."""
    if isinstance(value, str):
        return value[:1].title() + value[1:]
    first, *others = step.pieces(site, value) or (None,)
    if first is None:
        return value
    first = _changed_piece(first, lambda text: text[:1].title() + text[1:])
    return first.value if isinstance(first, Token) and not others else Rich((first, *others))


# Lists


def _list(step: Step, site: Site, value: Any) -> Any:
    return step.items(site, value)


def _first(step: Step, site: Site, value: Any) -> Any:
    items = step.items(site, value)
    return items[0] if items else step.missing("unknown-name", "an empty list has no first item", site)


def _last(step: Step, site: Site, value: Any) -> Any:
    items = step.items(site, value)
    return items[-1] if items else step.missing("unknown-name", "an empty list has no last item", site)


def _length(step: Step, site: Site, value: Any) -> Any:
    plain = step.plain(value)
    return len(plain) if isinstance(plain, str) else len(step.items(site, value))


def _reverse(step: Step, site: Site, value: Any) -> Any:
    return step.items(site, value)[::-1]


def _join(step: Step, site: Site, value: Any, separator: Any = "", attribute: str | None = None) -> Any:
    """One text of all items, which keep their identity."""
    items = [_key(step, site, item, attribute) for item in step.items(site, value)]
    woven = [part for item in items for part in (separator, item)][1:]
    return concatenation(step, site, woven)


def _sort(step: Step, site: Site, value: Any, reverse: Any = False, attribute: str | None = None) -> Any:
    """In order: text by its letters whatever their case, dates by their first day, numbers by size."""
    items = step.items(site, value)
    keys = [_order(step, site, _key(step, site, item, attribute)) for item in items]
    if len({type(key) for key in keys}) > 1:
        return step.broken_by("bad-call", "items of different kinds cannot be sorted", site)
    places = sorted(range(len(items)), key=lambda index: keys[index], reverse=bool(reverse))
    return [items[index] for index in places]


def _unique(step: Step, site: Site, value: Any, attribute: str | None = None) -> Any:
    found: dict[Any, Any] = {}
    for item in step.items(site, value):
        found.setdefault(_order(step, site, _key(step, site, item, attribute)), item)
    return list(found.values())


def _groupby(step: Step, site: Site, value: Any, attribute: str) -> Any:
    """Groups of items that have an attribute in common, in the order of that attribute."""
    groups: dict[Any, list[Any]] = {}
    shown: dict[Any, Any] = {}
    for item in step.items(site, value):
        held = _key(step, site, item, attribute)
        key = _order(step, site, held)
        shown.setdefault(key, held)
        groups.setdefault(key, []).append(item)
    if len({type(key) for key in groups}) > 1:
        return step.broken_by("bad-call", "items of different kinds cannot be grouped", site)
    return [Group(shown[key], groups[key]) for key in sorted(groups)]


def _key(step: Step, site: Site, item: Any, attribute: str | None) -> Any:
    """The item, or its attribute; one that is not there is a problem."""
    if attribute is None:
        return item
    held = attribute_of(step, site, item, attribute)
    return held.use() if isinstance(held, Missing) else held


def _order(step: Step, site: Site, value: Any) -> Any:
    """What a value sorts and counts as the same by."""
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
            plain = step.plain(value)
            if not isinstance(plain, str):
                step.broken_by("bad-call", 'these items have no order; name an attribute: sort(attribute="date")', site)
            return plain.casefold() if isinstance(plain, str) else ""


def _map(step: Step, site: Site, value: Any, name: str = "", *arguments: Any, attribute: str | None = None) -> Any:
    items = step.items(site, value)
    if attribute is not None:
        return [_key(step, site, item, attribute) for item in items]
    return [step.by_name(FILTERS, "filter", name, site, item, arguments) for item in items]


def _select(step: Step, site: Site, value: Any, test: str = "", *arguments: Any) -> Any:
    return [item for item in step.items(site, value) if _passes(step, site, item, test, arguments)]


def _reject(step: Step, site: Site, value: Any, test: str = "", *arguments: Any) -> Any:
    return [item for item in step.items(site, value) if not _passes(step, site, item, test, arguments)]


def _selectattr(step: Step, site: Site, value: Any, attribute: str, test: str = "", *arguments: Any) -> Any:
    return [item for item in step.items(site, value) if _has(step, site, item, attribute, test, arguments)]


def _rejectattr(step: Step, site: Site, value: Any, attribute: str, test: str = "", *arguments: Any) -> Any:
    return [item for item in step.items(site, value) if not _has(step, site, item, attribute, test, arguments)]


def _has(step: Step, site: Site, item: Any, attribute: str, test: str, arguments: tuple[Any, ...]) -> bool:
    """Without a test: whether it is there at all."""
    held = attribute_of(step, site, item, attribute)
    if not test:
        return not isinstance(held, Missing) and bool(held)
    return _passes(step, site, held, test, arguments)


def _passes(step: Step, site: Site, value: Any, test: str, arguments: tuple[Any, ...]) -> bool:
    return bool(step.by_name(TESTS, "test", test, site, value, arguments)) if test else bool(value)


# Others


def _default(_step: Step, _site: Site, value: Any, instead: Any = "", also_empty: Any = False) -> Any:
    """What to take where a name or a part is not there."""
    return instead if isinstance(value, Missing) or (also_empty and not value) else value


def _date(step: Step, site: Site, value: Any) -> Any:
    """An EDTF date that the writer gives, in words: ``{{ "2026-01" | date }}``."""
    plain = step.plain(value)
    date = parse(plain) if isinstance(plain, str) else None
    if date is None:
        hint = (
            "a fact's .date is in words already"
            if isinstance(value, Part)
            else "write it as 2026-01-22, 2026-01 or 2026"
        )
        return step.broken_by("bad-call", "date takes an EDTF date", site, hint)
    return date_part(date, step.words, (), "date").text


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


def _comparison(operator: str) -> Callable[..., Any]:
    def test(step: Step, site: Site, value: Any, other: Any) -> Any:
        return comparison(step, site, operator, value, other)

    return test


def _is_kind(*kinds: type[Any]) -> Callable[..., Any]:
    def test(_step: Step, _site: Site, value: Any) -> bool:
        return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))

    return test


def _divisible(step: Step, site: Site, value: Any, by: Any) -> bool:
    return bool(comparison(step, site, "eq", computation(step, site, "%", value, by), 0))


TESTS: dict[str, Callable[..., Any]] = {
    "defined": lambda _step, _site, value: not isinstance(value, Missing),
    "undefined": lambda _step, _site, value: isinstance(value, Missing),
    "none": lambda _step, _site, value: value is None,
    "boolean": _is_kind(bool),
    "string": _is_kind(str),
    "number": _is_kind(int, float),
    "sequence": _is_kind(list, tuple),
    "mapping": _is_kind(dict),
    "odd": lambda step, site, value: not _divisible(step, site, value, 2),
    "even": lambda step, site, value: _divisible(step, site, value, 2),
    "divisibleby": _divisible,
    "in": _comparison("in"),
    **{name: _comparison(name) for name in ("eq", "ne", "lt", "le", "gt", "ge")},
    **{name: _comparison("eq") for name in ("==", "equalto")},
}
