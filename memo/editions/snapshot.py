"""What a fact says and how good it is at one time, as plain data: frozen with an edition, and compared later.

A snapshot holds words, not references: the label of a source, the name of an actor. So it can be read without the
dossier that it was taken of, and a change of any of those shows, too.

As JSON it is an object of what is not empty. A reader takes the keys it knows and leaves the rest, and takes what is
missing as empty: an edition outlives the version of memo that issued it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from memo.document.tree import Basis
from memo.facts.appearance import as_seen
from memo.facts.dossier import Change, Confidence, Fact, Facts, Likelihood, Support, Value
from memo.facts.edtf import Date, has_passed, parse
from memo.files import text_digest


class SupportSnapshot(Struct, frozen=True, kw_only=True):
    """One passage that carries a fact. ``source`` is its source's label, ``origin`` the id of whom it comes from.

    Grades are Admiralty letters and figures; ``credibility`` is empty where the passage has none.
    """

    source: str = ""
    locator: str = ""
    quote: str = ""
    origin: str = ""
    credibility: str = ""
    reliability: str = ""


class DatedReason(Struct, frozen=True, kw_only=True):
    """When a fact was revised or retired (EDTF), and why."""

    date: str = ""
    reason: str = ""


class FactSnapshot(Struct, frozen=True, kw_only=True):
    """A fact as it stood at one time. Dates are EDTF. What the fact does not have is empty.

    ``contradicts`` are the facts that it cannot stand beside, whichever of the two says so; with any, it is contested.
    """

    id: str = ""
    kind: str = ""
    status: str = ""
    claim: str = ""
    brief: str = ""
    phrase: str = ""
    label: str = ""
    date: str = ""
    due: str = ""
    value: Value | None = None
    attribution: str = ""
    actors: tuple[str, ...] = ()
    supports: tuple[SupportSnapshot, ...] = ()
    judged_by: str = ""
    basis: str = ""
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    contradicts: tuple[str, ...] = ()
    superseded_by: str = ""
    retired: DatedReason | None = None
    revised: DatedReason | None = None
    as_of: str = ""
    review_by: str = ""

    @property
    def origins(self) -> frozenset[str]:
        """Return whom the fact ultimately comes from. Independence is counted by these."""
        return frozenset(passage.origin for passage in self.supports)

    def is_overdue(self, today: Date) -> bool:
        """Tell whether the last day on which the fact was to be looked at again has passed."""
        return has_passed(parse(self.review_by) if self.review_by else None, today)


# Taken of a dossier


def snapshots(facts: Facts, ids: Iterable[str]) -> dict[str, FactSnapshot]:
    """Return a snapshot of each of these facts as the dossier has it now, by id; ids that it lacks are left out."""
    superseded, contested = facts.superseded(), _contested(facts)
    found = (facts.facts[id] for id in ids if id in facts.facts)
    return {fact.id: _snapshot(facts, fact, superseded.get(fact.id, ""), contested) for fact in found}


def basis_lookup(facts: Facts) -> Callable[[str], Basis]:
    """Return a function that gives, for the id of a fact, its basis in a document: the id and the fact's digest."""
    superseded, contested = facts.superseded(), _contested(facts)

    @cache  # many memos rest on the same fact, and `Facts.once` keeps this for all of them
    def basis(id: str) -> Basis:
        return Basis(id, fact_digest(_snapshot(facts, facts.facts[id], superseded.get(id, ""), contested)))

    return basis


def _contested(facts: Facts) -> Mapping[str, dict[str, None]]:
    """Return, for each contested fact, the others that it cannot stand beside."""
    contested: dict[str, dict[str, None]] = {}
    for fact in facts.facts.values():
        for other in fact.contradicts:
            contested.setdefault(fact.id, {})[other] = None
            contested.setdefault(other, {})[fact.id] = None
    return contested


def _snapshot(facts: Facts, fact: Fact, superseded_by: str, contested: Mapping[str, Iterable[str]]) -> FactSnapshot:
    return FactSnapshot(
        id=fact.id,
        kind=fact.kind,
        status=fact.status or "",
        claim=fact.claim,
        brief=fact.brief,
        phrase=fact.phrase,
        label=fact.label,
        date=_date(fact.date),
        due=_date(fact.due),
        value=fact.value,
        attribution=fact.attribution,
        actors=tuple(facts.actors[actor].name if actor in facts.actors else actor for actor in fact.actors),
        supports=tuple(_support(facts, support) for support in fact.support),
        judged_by=fact.judged_by,
        basis=fact.basis,
        likelihood=fact.likelihood,
        confidence=fact.confidence,
        contradicts=tuple(sorted(contested.get(fact.id, ()))),
        superseded_by=superseded_by,
        retired=_dated_reason(fact.retired),
        revised=_dated_reason(fact.revised),
        as_of=fact.as_of.text,
        review_by=_date(fact.review_by),
    )


def _support(facts: Facts, support: Support) -> SupportSnapshot:
    # A dossier with errors has snapshots, too: a source or an actor may be missing from it.
    source = facts.sources.get(support.source)
    return SupportSnapshot(
        source=source.label if source else support.source,
        locator=support.locator,
        quote=support.quote,
        origin=support.origin or (source.origin if source else ""),
        credibility=support.credibility or "",
        reliability=source.reliability if source else "",
    )


def _dated_reason(change: Change | None) -> DatedReason | None:
    return DatedReason(date=change.date.text, reason=change.reason) if change else None


def _date(date: Date | None) -> str:
    return date.text if date else ""


def as_read(snapshot: FactSnapshot) -> FactSnapshot:
    """Return the snapshot in words as a reader sees them: equal for two facts that look the same."""
    return from_plain(_as_read(to_plain(snapshot)))


def _as_read(plain: Any) -> Any:
    match plain:
        case str():
            return as_seen(plain)
        case dict():
            return {name: _as_read(value) for name, value in plain.items()}
        case list():
            return [_as_read(value) for value in plain]
    return plain


# As JSON, and back

_NESTED = {
    "value": Value,
    "likelihood": Likelihood,
    "confidence": Confidence,
    "retired": DatedReason,
    "revised": DatedReason,
}
"""The fields that hold an object, and of what type."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fact_digest(snapshot: FactSnapshot) -> str:
    """Return the digest of all that a memo or its redline can show of the fact, and of nothing else.

    Not in it: what only curators read (``review_by``; a fact's note, sections and quotes).
    """
    body = to_plain(snapshot)
    body.pop("review_by", None)
    for passage in body.get("supports", ()):
        passage.pop("quote", None)
    return text_digest(_ENCODER.encode(body))


def to_plain(snapshot: FactSnapshot) -> dict[str, Any]:
    """Return the snapshot as plain JSON values, empty ones left out. `from_plain` reads it back."""
    values: dict[str, Any] = _not_empty(snapshot)
    for name in _NESTED:
        if name in values:
            values[name] = _not_empty(values[name])
    for name in ("actors", "contradicts"):
        if name in values:
            values[name] = list(values[name])
    if "supports" in values:
        values["supports"] = [_not_empty(passage) for passage in values["supports"]]
    return values


def _not_empty(struct: Any) -> dict[str, Any]:
    names: tuple[str, ...] = struct.__struct_fields__
    return {name: value for name in names if (value := getattr(struct, name))}


def from_plain(plain: Any) -> FactSnapshot:
    """Return the snapshot that `to_plain` wrote; unknown keys are passed over. Raises ValueError on unfit values."""
    values = _known_fields(FactSnapshot, plain)
    for name, kind in _NESTED.items():
        if name in values:
            # Also fields that have no default may be missing from what an earlier version wrote: they are empty.
            values[name] = kind(**{field: values[name].get(field, "") for field in kind.__struct_fields__})
    for name in ("actors", "contradicts"):
        if name in values:
            values[name] = tuple(values[name])
    if "supports" in values:
        passages = (_known_fields(SupportSnapshot, passage) for passage in values["supports"])
        values["supports"] = tuple(SupportSnapshot(**passage) for passage in passages)
    return FactSnapshot(**values)


def _known_fields(kind: type[Any], plain: Any) -> dict[str, Any]:
    """Return the values of a JSON object whose keys are fields of a type. Raises ValueError where one does not fit."""
    if not isinstance(plain, dict):
        raise ValueError("an object is needed for each fact and each passage")
    known = {field.name: field.default for field in fields(kind) if field.name in plain}
    for name, default in known.items():
        if not _fits(name, plain[name], default):
            raise ValueError(f"{name!r} holds what no fact has")
    return {name: plain[name] for name in known}


def _fits(name: str, value: Any, default: Any) -> bool:
    """Tell whether a value is of the JSON type that its field's default stands for."""
    if default is NODEFAULT or isinstance(default, str):
        return isinstance(value, str)
    if default is None:
        return isinstance(value, dict) and all(isinstance(part, str) for part in value.values())
    return isinstance(value, list) and (name == "supports" or all(isinstance(part, str) for part in value))
