"""The functions that templates call: `fact`, `cite`, `facts`, `actor`, `source`, `figure` and the rest.

Each takes the site of its call before the arguments that the template gives.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, get_args

from memo.document.sentences import has_end_mark, with_full_stop
from memo.document.tree import Bar, Event
from memo.facts.date_words import date_in_words
from memo.facts.dossier import Fact, Facts, Kind, Status
from memo.facts.edtf import Date
from memo.facts.style import Words
from memo.figures import FIGURES, Data, FigureKind
from memo.suggest import one_of
from memo.templating import values
from memo.templating.operators import pieces, plain
from memo.templating.run import MOST_ITEMS, Site
from memo.templating.values import BlockToken, Broken, FactItem, Function, Rich, kind_of

# One of a kind


def fact(site: Site, id: Any) -> Any:
    """Give a fact: ``fact("gas-exports")``. Problems: ``unknown-fact``."""
    return _entry(site, "fact", id)


def actor(site: Site, id: Any) -> Any:
    """Give an actor: ``actor("shekerinska")``. Problems: ``unknown-actor``."""
    return _entry(site, "actor", id)


def source(site: Site, id: Any) -> Any:
    """Give a source: ``source("nato-visit-report")``. Problems: ``unknown-source``."""
    return _entry(site, "source", id)


def cite(site: Site, *ids: Any) -> Any:
    """Give the note alone that cites some facts: ``cite("gas-exports", "transit")``."""
    if not ids:
        return _bad(site, 0, "bad-call", "cite takes the ids of the facts to cite")
    entries = [_entry(site, "fact", id, index) for index, id in enumerate(ids)]
    cited = [entry.fact.id for entry in entries if isinstance(entry, FactItem)]
    return values.Cite(tuple(dict.fromkeys(cited))) if cited else entries[0]


def _entry(site: Site, kind: str, id: Any, argument: int | str = 0) -> Any:
    """Return the entry of the dossier that an id names; ``argument`` is where in the call the id stands."""
    id, facts = plain(id), site.run.facts
    known: Mapping[str, Any] = getattr(facts, f"{kind}s")
    if isinstance(id, FactItem) and kind == "fact":
        return id
    if not isinstance(id, str):
        return _bad(site, argument, "bad-call", f"{kind} takes an id, in quotes")
    if id in known:
        return _ITEMS[kind](known[id])
    if (kind, id) in facts.places:
        return Broken(f"[{id}]")  # it is there, and what is wrong with it is reported at its own place
    message = f"no {kind} '{id}' in this dossier"
    site.run.work(len(known), site)
    return _bad(site, argument, f"unknown-{kind}", message, site.run.suggest(id, known), f"[{id[:60]}?]")


_ITEMS: Mapping[str, Callable[[Any], Any]] = {
    "fact": FactItem,
    "actor": values.ActorItem,
    "source": values.SourceItem,
}


def _bad(site: Site, argument: int | str, code: str, message: str, hint: str = "", shown: str = "?") -> Broken:
    site.run.report(code, message, site.argument(argument), hint)
    return Broken(shown)


# Many


def select_facts(
    site: Site, section: Any = None, kind: Any = None, status: Any = None, actor: Any = None, source: Any = None,
    origin: Any = None,
) -> Any:  # fmt: skip
    """Give facts in the order of the dossier: ``facts(section="risks", kind="assessment")``.

    Facts that were retired, or that another replaces, are left out. Problems: ``unknown-section``, ``unknown-actor``,
    ``unknown-source``, ``bad-call``.
    """
    criteria = {"section": section, "kind": kind, "status": status, "actor": actor, "source": source, "origin": origin}
    wanted = {name: plain(value) for name, value in criteria.items() if value is not None}
    wrong = [name for name, value in wanted.items() if not _is_option(site, name, value, list(criteria).index(name))]
    if wrong:
        return Broken()
    facts = site.run.facts
    site.run.work(len(facts.facts), site)
    gone = facts.superseded()
    current = (fact for fact in facts.facts.values() if fact.retired is None and fact.id not in gone)
    return [FactItem(fact) for fact in current if _meets(facts, fact, wanted)]


def _meets(facts: Facts, fact: Fact, wanted: Mapping[str, str]) -> bool:
    has: Mapping[str, Collection[str]] = {
        "section": fact.sections,
        "kind": (fact.kind,),
        "status": (fact.status or "",),
        "actor": fact.actors,
        "source": tuple(support.source for support in fact.support),
        "origin": facts.origins(fact),
    }
    return all(value in has[name] for name, value in wanted.items())


def _is_option(site: Site, name: str, value: Any, ordinal: int) -> bool:
    """Tell whether a value to select by is one that there is; a problem at its argument if not."""
    options = _options(site.run.facts, name)
    if isinstance(value, str) and value in options:
        return True
    code = f"unknown-{name}" if name in ("section", "actor", "source") else "bad-call"
    written = value if isinstance(value, str) else kind_of(value)
    hint = _listed(site, name, written, options)
    _bad(site, _argument(site, name, ordinal), code, f"no {name} '{written}' in this dossier", hint)
    return False


_MOST_LISTED = 20
"""Options that a hint lists; a dossier may have hundreds of sources."""


def _listed(site: Site, name: str, written: str, options: Collection[str]) -> str:
    """Say what there is to select by, where that is not too much; else the closest of it."""
    if name in ("kind", "status"):
        return f"{site.run.suggest(written, options)} {one_of(options)}".strip()
    what = f"{name}s"
    if len(options) > _MOST_LISTED:
        return site.run.suggest(written, options) or f"the dossier has {len(options)} {what}, and none like it"
    return site.run.suggest_from(written, options, what)


def _options(facts: Facts, name: str) -> Collection[str]:
    match name:
        case "section":
            return {section for fact in facts.facts.values() for section in fact.sections}
        case "kind":
            return get_args(Kind)
        case "status":
            return get_args(Status)
        case "actor":
            return facts.actors
        case "source":
            return facts.sources
        case _:
            return {origin for fact in facts.facts.values() for origin in facts.origins(fact)}


def _argument(site: Site, name: str, ordinal: int) -> int | str:
    """Return by what an argument is found that may be given by its name or by its ordinal."""
    return name if name in site.named() else ordinal


# Figures: dated facts for a timeline, quantities for a bar chart; and the same in words


def figure(site: Site, kind: Any, facts: Any = None, section: Any = None, alt: Any = "", caption: Any = "") -> Any:
    """Give a figure: ``figure("timeline", section="background", alt="...", caption="...")``.

    A timeline shows those of the facts that have a date, bars those that have a value. Problems:
    ``unknown-figure``, ``bad-figure``.
    """
    kind, alt = plain(kind), plain(alt)
    if not isinstance(kind, str) or kind not in FIGURES:
        written = kind if isinstance(kind, str) else kind_of(kind)
        hint = site.run.suggest(written, FIGURES) or one_of(FIGURES)
        return _bad(site, 0, "unknown-figure", f"no figure of kind '{written}'", hint)
    if not isinstance(alt, str):
        message = "alt takes the writer's own words; the data is added to them"
        return _bad(site, _argument(site, "alt", 3), "bad-call", message)
    chosen = _chosen(site, facts, section)
    if chosen is None:
        return Broken()
    figure_kind, words = FIGURES[kind], site.run.words
    shown = drawn(figure_kind, chosen, words)
    which = _argument(site, "facts", 1)
    if len(shown) < figure_kind.least:
        return _bad(site, which, "bad-figure", *_too_few(kind, figure_kind, chosen, len(shown)))
    if figure_kind.takes is Bar and (units := mixed_units(chosen)):
        return _bad(site, which, "bad-figure", f"bars of unlike units: {', '.join(units)}", "choose one unit")
    legend = figure_kind.legend(shown, words)
    return values.FigureToken(kind, shown, in_words(alt, shown, legend), _captioned(site, caption, legend))


def _too_few(kind: str, figure_kind: FigureKind, chosen: list[Fact], shown: int) -> tuple[str, str]:
    """Say how many facts a figure takes, how many have what it shows, and which do not."""
    part, hint = NEEDED[figure_kind.takes]
    least = {1: "a fact", 2: "two facts"}.get(figure_kind.least, f"{figure_kind.least} facts")
    counted = f"of {len(chosen)} chosen, {shown or 'none'} has one" if chosen else "none is chosen"
    named = ", ".join(dict.fromkeys(fact.id for fact in chosen[:5]))
    chosen_are = f"; chosen are {named}{' …' if len(chosen) > 5 else ''}" if chosen else ""
    return f"the figure '{kind}' takes {least} with {part}, or more: {counted}", hint + chosen_are


def _chosen(site: Site, facts: Any, section: Any) -> list[Fact] | None:
    """Return the facts to show; None where there is a problem with them."""
    which = _argument(site, "facts", 1)
    if facts is None:
        items = select_facts(site, section=section)
    elif isinstance(facts, list | tuple):
        items = [_entry(site, "fact", fact, which) for fact in facts]
    else:
        items = _bad(site, which, "bad-call", "facts takes a list: facts(...), or ids in brackets")
    if isinstance(items, Broken) or any(isinstance(item, Broken) for item in items):
        return None
    return [item.fact for item in items]


def _captioned(site: Site, caption: Any, legend: str) -> Rich:
    """Return a caption, and after it the legend of the figure's marks."""
    given = Rich(pieces(site, caption))
    if not legend:
        return given
    between = "" if not given else " " if has_end_mark(given.plain() or "") else ". "
    return Rich((*given.pieces, *pieces(site, between + legend)))


NEEDED: Mapping[type[Event | Bar], tuple[str, str]] = {
    Event: ("a date", "a fact shows where its 'date' or its 'due' puts it"),
    Bar: ("a value", "a fact shows where it has a 'value'"),
}
"""For each type of a figure's data, which part of a fact it shows, and a hint where too few facts have it."""


def drawn(figure: FigureKind, facts: Iterable[Fact], words: Words) -> Data:
    """Return what a figure of this kind shows of some facts, each once."""
    once = {fact.id: fact for fact in facts}.values()
    return _bars(once, words) if figure.takes is Bar else _events(once, words)


def in_words(alt: str, shown: Data, legend: str) -> str:
    """Return alternative text that leaves nothing out: the writer's words, then all the figure shows (PDF/UA-1, 7.3).

    Without words of the writer's, which alone say what the figure is for, there is none, and a check says so.
    """
    if not alt.strip():
        return ""
    data = "; ".join(_in_words(datum) for datum in shown)
    return " ".join(part for part in (with_full_stop(alt.strip()), f"{data}.", legend) if part)


def mixed_units(facts: Iterable[Fact]) -> list[str]:
    """Return the units of these facts' values where there are several: bars of unlike units compare nothing."""
    units = list(dict.fromkeys(fact.value.unit for fact in facts if fact.value))
    return units if len(units) > 1 else []


def _events(facts: Iterable[Fact], words: Words) -> tuple[Event, ...]:
    """Return the facts that have a date, by their earliest day."""
    dated = [(date, fact) for fact in facts if (date := _when(fact)) is not None]
    dated.sort(key=lambda pair: values.date_order(pair[0]))
    return tuple(
        Event(date.text, date_in_words(date, words), _label(fact), (fact.id,), fact.status or "")
        for date, fact in dated
    )


def _when(fact: Fact) -> Date | None:
    """Return where a fact stands in a timeline: where it is due if it is still to happen, else where it is dated."""
    open_yet = fact.due is not None and fact.status != "done"
    return fact.due if open_yet else fact.date or fact.due


def _bars(facts: Iterable[Fact], words: Words) -> tuple[Bar, ...]:
    """Return the facts that have a value, in their own order."""
    return tuple(
        Bar(_label(fact), fact.value.amount, values.value_text(fact.value, words), (fact.id,))
        for fact in facts
        if fact.value
    )


def _label(fact: Fact) -> str:
    return fact.label or fact.brief or fact.claim


def _in_words(datum: Event | Bar) -> str:
    label = datum.label.rstrip(".")
    return f"{datum.shown}: {label}" if isinstance(datum, Event) else f"{label}: {datum.shown}"


# Others


def number_range(site: Site, *ends: Any) -> Any:
    """Give numbers: ``range(3)``, ``range(1, 4)``, ``range(10, 0, -2)``."""
    if not 1 <= len(ends) <= 3 or not all(type(end) is int for end in ends) or ends[2:] == (0,):
        return _bad(site, 0, "bad-call", "range takes one to three whole numbers")
    numbers = range(*ends)
    site.run.limit(len(numbers), MOST_ITEMS, site)
    site.run.work(len(numbers), site)
    return list(numbers)


def _block(name: str) -> Callable[[Site], BlockToken]:
    return lambda _site: BlockToken(name)


_CALLS: Mapping[str, Callable[..., Any]] = {
    "actor": actor,
    "cite": cite,
    "fact": fact,
    "facts": select_facts,
    "figure": figure,
    "namespace": lambda _site, **names: values.Namespace(names),
    "range": number_range,
    "source": source,
    **{name: _block(name) for name in ("changes", "likelihood_table", "page_break", "source_summary", "sources")},
}

FUNCTIONS: dict[str, Function] = {name: Function(name, call) for name, call in _CALLS.items()}
"""Every function, by the name that templates call it by."""
