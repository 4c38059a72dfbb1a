"""The functions that templates call: `fact`, `cite`, `facts`, `actor`, `source`, `figure` and the rest.

Each takes the site of its call before the arguments that the template gives.

What figures show: dated facts for a timeline, quantities for a bar chart; and the same in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, get_args

from memo.document.sentences import has_end_mark, with_full_stop
from memo.document.tree import Bar, Event
from memo.facts.date_words import show
from memo.facts.dossier import Fact, Kind, Status
from memo.facts.edtf import Date
from memo.facts.style import Words
from memo.figures import FIGURES, Data, FigureKind
from memo.suggest import one_of, suggest
from memo.templating import limits
from memo.templating.parts import date_order, value_text
from memo.templating.step import Step
from memo.templating.values import (
    ActorItem,
    BlockToken,
    Broken,
    Cite,
    FactItem,
    FigureToken,
    Function,
    Namespace,
    Rich,
    Site,
    SourceItem,
)


class Functions:
    """The functions of one run, over one dossier."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.facts = step.facts

    def all(self) -> Mapping[str, Function]:
        """Every function, by the name that templates call it by."""
        return {name: Function(name, call) for name, call in self._calls().items()}

    def _calls(self) -> Mapping[str, Callable[..., Any]]:
        return {
            "actor": self.actor,
            "changes": lambda _site: BlockToken("changes"),
            "cite": self.cite,
            "fact": self.fact,
            "facts": self.select,
            "figure": self.figure,
            "likelihood_table": lambda _site: BlockToken("likelihood_table"),
            "namespace": lambda _site, **held: Namespace(held),
            "page_break": lambda _site: BlockToken("page_break"),
            "range": self.range,
            "source": self.source,
            "source_summary": lambda _site: BlockToken("source_summary"),
            "sources": lambda _site: BlockToken("sources"),
        }

    # One of a kind

    def fact(self, site: Site, id: Any) -> Any:
        """``fact("gas-exports")``."""
        return self._one(site, "fact", self.facts.facts, id, FactItem)

    def actor(self, site: Site, id: Any) -> Any:
        """``actor("shekerinska")``."""
        return self._one(site, "actor", self.facts.actors, id, ActorItem)

    def source(self, site: Site, id: Any) -> Any:
        """``source("nato-visit-report")``."""
        return self._one(site, "source", self.facts.sources, id, SourceItem)

    def _one(
        self,
        site: Site,
        kind: str,
        held: Mapping[str, Any],
        id: Any,
        item: Callable[[Any], Any],
        argument: int | str = 0,
    ) -> Any:
        plain = self.step.plain(id)
        if isinstance(plain, FactItem) and kind == "fact":
            return plain
        if not isinstance(plain, str):
            return self._bad(site, argument, "bad-call", f"{kind} takes an id, in quotes")
        if plain not in held and (kind, plain) in self.facts.places:
            return Broken(f"[{plain}]")  # it is there, and what is wrong with it is told at its own place
        if plain not in held:
            message = f"no {kind} '{plain}' in this dossier"
            return self._bad(site, argument, f"unknown-{kind}", message, suggest(plain, held), f"[{plain[:60]}?]")
        return item(held[plain])

    def _bad(self, site: Site, which: int | str, code: str, message: str, hint: str = "", shown: str = "?") -> Broken:
        self.step.run.report(code, message, site.argument(which), hint)
        return Broken(shown)

    def cite(self, site: Site, *ids: Any) -> Any:
        """``cite("gas-exports", "transit")``: the note alone."""
        if not ids:
            return self._bad(site, 0, "bad-call", "cite takes the ids of the facts to cite")
        found = [self._one(site, "fact", self.facts.facts, id, FactItem, index) for index, id in enumerate(ids)]
        items = [item for item in found if isinstance(item, FactItem)]
        return Cite(tuple(dict.fromkeys(item.fact.id for item in items))) if items else found[0]

    # Many

    def select(
        self, site: Site, section: Any = None, kind: Any = None, status: Any = None, actor: Any = None,
        source: Any = None, origin: Any = None,
    ) -> Any:  # fmt: skip
        """``facts(section="risks", kind="assessment")``, in the order of the dossier.

        Facts that were retired, or that another replaces, are left out.
        """
        asked = {"section": section, "kind": kind, "status": status, "actor": actor, "source": source, "origin": origin}
        wanted = {name: self.step.plain(value) for name, value in asked.items() if value is not None}
        bad = [name for name, value in wanted.items() if not self._known(site, name, value)]
        if bad:
            return Broken()
        gone = self.facts.superseded()
        current = (fact for fact in self.facts.facts.values() if fact.retired is None and fact.id not in gone)
        return [FactItem(fact) for fact in current if self._meets(fact, wanted)]

    def _meets(self, fact: Fact, wanted: Mapping[str, str]) -> bool:
        held: Mapping[str, Collection[str]] = {
            "section": fact.sections,
            "kind": (fact.kind,),
            "status": (fact.status or "",),
            "actor": fact.actors,
            "source": tuple(support.source for support in fact.support),
            "origin": self.facts.origins(fact),
        }
        return all(value in held[name] for name, value in wanted.items())

    def _known(self, site: Site, name: str, value: Any) -> bool:
        """Whether a value to select by is one that there is."""
        options = self._options(name)
        if isinstance(value, str) and value in options:
            return True
        code = f"unknown-{name}" if name in ("section", "actor", "source") else "bad-call"
        hint = suggest(value, options) if isinstance(value, str) else ""
        if not hint and name in ("kind", "status"):
            hint = one_of(options)
        ordinal = ("section", "kind", "status", "actor", "source", "origin").index(name)
        self._bad(site, _argument(site, name, ordinal), code, f"no {name} '{value}' in this dossier", hint)
        return False

    def _options(self, name: str) -> Collection[str]:
        facts = self.facts.facts.values()
        match name:
            case "section":
                return {section for fact in facts for section in fact.sections}
            case "kind":
                return get_args(Kind)
            case "status":
                return get_args(Status)
            case "actor":
                return self.facts.actors
            case "source":
                return self.facts.sources
            case _:
                return {origin for fact in facts for origin in self.facts.origins(fact)}

    # Others

    def range(self, site: Site, *ends: Any) -> Any:
        """``range(3)``, ``range(1, 4)``, ``range(10, 0, -2)``: small ones."""
        if not 1 <= len(ends) <= 3 or not all(type(end) is int for end in ends) or ends[2:] == (0,):
            return self._bad(site, 0, "bad-call", "range takes one to three whole numbers")
        numbers = range(*ends)
        self.step.run.limit(len(numbers), limits.MOST_ITEMS, site)
        return list(numbers)

    def figure(
        self, site: Site, kind: Any, facts: Any = None, section: Any = None, alt: Any = "", caption: Any = ""
    ) -> Any:
        """``figure("timeline", section="background", alt="...", caption="...")``.

        A timeline shows those of the facts that have a date, bars those that have a value. Problems:
        ``unknown-figure``, ``bad-figure``.
        """
        kind, alt = self.step.plain(kind), self.step.plain(alt)
        if kind not in FIGURES:
            hint = suggest(str(kind), FIGURES) or one_of(FIGURES)
            return self._bad(site, 0, "unknown-figure", f"no figure of kind '{kind}'", hint)
        if not isinstance(alt, str):
            return self._bad(
                site,
                _argument(site, "alt", 3),
                "bad-call",
                "alt takes the writer's own words; the data is added to them",
            )
        chosen = self._chosen(site, facts, section)
        if chosen is None:
            return Broken()
        figure = FIGURES[kind]
        shown = drawn(figure, chosen, self.step.words)
        which = _argument(site, "facts", 1)
        if len(shown) < figure.least:
            part, hint = NEEDED[figure.takes]
            least = {1: "a fact", 2: "two facts"}.get(figure.least, f"{figure.least} facts")
            message = f"the figure '{kind}' takes {least} with {part}, or more"
            return self._bad(site, which, "bad-figure", message, hint)
        if figure.takes is Bar and (units := mixed_units(chosen)):
            return self._bad(site, which, "bad-figure", f"bars of unlike units: {', '.join(units)}", "choose one unit")
        legend = figure.legend(shown, self.step.words)
        return FigureToken(kind, shown, in_words(alt, shown, legend), self._captioned(site, caption, legend))

    def _captioned(self, site: Site, caption: Any, legend: str) -> Rich:
        """A caption, and after it what must be told of the figure's marks."""
        given = Rich(self.step.pieces(site, caption))
        if not legend:
            return given
        between = "" if not given else " " if has_end_mark(given.plain() or "") else ". "
        return Rich((*given.pieces, *self.step.pieces(site, between + legend)))

    def _chosen(self, site: Site, facts: Any, section: Any) -> list[Fact] | None:
        """The facts to show; None where there is a problem with them."""
        which = _argument(site, "facts", 1)
        if facts is None:
            items = self.select(site, section=section)
        elif isinstance(facts, list | tuple):
            items = [self._one(site, "fact", self.facts.facts, fact, FactItem, which) for fact in facts]
        else:
            items = self._bad(site, which, "bad-call", "facts takes a list: facts(...), or ids in brackets")
        if isinstance(items, Broken) or any(isinstance(item, Broken) for item in items):
            return None
        return [item.fact for item in items]


def _argument(site: Site, name: str, ordinal: int) -> int | str:
    """Where an argument stands that may be given by its name or by its ordinal."""
    return name if name in site.named() else ordinal


NEEDED: Mapping[type[Event | Bar], tuple[str, str]] = {
    Event: ("a date", "a fact shows where its 'date' or its 'due' puts it"),
    Bar: ("a value", "a fact shows where it has a 'value'"),
}
"""For each type of a figure's data, which part of a fact it shows, and a hint where too few facts have it."""


def drawn(figure: FigureKind, facts: Iterable[Fact], words: Words) -> Data:
    """What a figure of this kind shows of some facts, each once."""
    once = {fact.id: fact for fact in facts}.values()
    return _bars(once) if figure.takes is Bar else _events(once, words)


def in_words(alt: str, shown: Data, legend: str) -> str:
    """Alternative text that leaves nothing out: the writer's words, then all that the figure shows (PDF/UA-1, 7.3).

    Without words of the writer's, which alone say what the figure is for, there is none, and a check says so.
    """
    if not alt.strip():
        return ""
    data = "; ".join(_told(datum) for datum in shown)
    return " ".join(part for part in (with_full_stop(alt.strip()), f"{data}.", legend) if part)


def mixed_units(facts: Iterable[Fact]) -> list[str]:
    """The units of these facts' values, where there are more than one: bars of unlike units compare nothing."""
    units = list(dict.fromkeys(fact.value.unit for fact in facts if fact.value))
    return units if len(units) > 1 else []


def _events(facts: Iterable[Fact], words: Words) -> tuple[Event, ...]:
    """Those that have a date, by their earliest day.

    What is still to happen stands where it is due, all else where it is dated.
    """
    dated = [(date, fact) for fact in facts if (date := _when(fact)) is not None]
    dated.sort(key=lambda pair: date_order(pair[0]))
    return tuple(
        Event(date.text, show(date, words), _label(fact), (fact.id,), fact.status or "") for date, fact in dated
    )


def _bars(facts: Iterable[Fact]) -> tuple[Bar, ...]:
    """Those that have a value, in their own order."""
    return tuple(
        Bar(_label(fact), fact.value.amount, value_text(fact.value), (fact.id,)) for fact in facts if fact.value
    )


def _label(fact: Fact) -> str:
    return fact.label or fact.brief or fact.claim


def _when(fact: Fact) -> Date | None:
    open_yet = fact.due is not None and fact.status != "done"
    return fact.due if open_yet else fact.date or fact.due


def _told(datum: Event | Bar) -> str:
    label = datum.label.rstrip(".")
    return f"{datum.shown}: {label}" if isinstance(datum, Event) else f"{label}: {datum.shown}"
