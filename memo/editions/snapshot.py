"""What a fact says and how good it is, as plain data that can be frozen: kept with an edition, and compared later.

A standing holds words, not references: the label of a source, the name of an actor. So it can be read without the
dossier that it came from, and tells of a change in any of those.

As JSON it is an object of what is not empty. A reader takes what it knows and leaves the rest, and takes what is not
there as empty: an edition outlives the version of memo that issued it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from memo.document.tree import Basis
from memo.facts.dossier import Change, Confidence, Fact, Facts, Likelihood, Support, Value
from memo.facts.edtf import Date


class SupportSnapshot(Struct, frozen=True, kw_only=True):
    """One passage that carries a fact. ``source`` is the label of its source, ``origin`` whom it comes from, as an id.

    Grades are Admiralty letters and figures; ``credibility`` is empty where the passage has none.
    """

    source: str = ""
    locator: str = ""
    quote: str = ""
    origin: str = ""
    credibility: str = ""
    reliability: str = ""


class Remark(Struct, frozen=True, kw_only=True):
    """When a fact was revised or retired (EDTF), and why."""

    date: str = ""
    reason: str = ""


class FactSnapshot(Struct, frozen=True, kw_only=True):
    """A fact as it stood at one time. Dates are EDTF. What it does not have is empty.

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
    retired: Remark | None = None
    revised: Remark | None = None
    as_of: str = ""
    review_by: str = ""

    @property
    def origins(self) -> frozenset[str]:
        """Whom the fact ultimately comes from. Independence is counted by these."""
        return frozenset(passage.origin for passage in self.supports)


_NESTED = {"value": Value, "likelihood": Likelihood, "confidence": Confidence, "retired": Remark, "revised": Remark}
"""The fields that hold an object, and of what type."""


def snapshots(facts: Facts, ids: Iterable[str]) -> dict[str, FactSnapshot]:
    """How these facts of a dossier stand now, by id. An id that the dossier does not have is left out."""
    superseded, contested = facts.superseded(), _contested(facts)
    found = (facts.facts[id] for id in ids if id in facts.facts)
    return {fact.id: _standing(facts, fact, superseded.get(fact.id, ""), contested) for fact in found}


def digest(standing: FactSnapshot) -> str:
    """SHA-256 of all that a memo or its redline can show of the fact, in hexadecimal, and of nothing else.

    Not in it: what only curators read (``review_by``; a fact's note, sections and quotes).
    """
    body = plain(standing)
    body.pop("review_by", None)
    for passage in body.get("supports", ()):
        passage.pop("quote", None)
    return hashlib.sha256(_ENCODER.encode(body).encode()).hexdigest()


class Bases:
    """The facts of a dossier as a document rests on them, each worked out when it is first asked for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._superseded, self._contested = facts.superseded(), _contested(facts)
        self.of = cache(self._of)

    def _of(self, id: str) -> Basis:
        """A fact of the dossier with the digest of how it stands."""
        fact = self._facts.facts[id]
        standing = _standing(self._facts, fact, self._superseded.get(id, ""), self._contested)
        return Basis(id, digest(standing))


def plain(standing: FactSnapshot) -> dict[str, Any]:
    """The standing as plain JSON values, empty ones left out. `from_plain` reads it back."""
    held: dict[str, Any] = _filled(standing)
    for name in _NESTED:
        if name in held:
            held[name] = _filled(held[name])
    for name in ("actors", "contradicts"):
        if name in held:
            held[name] = list(held[name])
    if "supports" in held:
        held["supports"] = [_filled(passage) for passage in held["supports"]]
    return held


def from_plain(value: Any) -> FactSnapshot:
    """The standing that `plain` gave; unknown keys are passed over. Raises ValueError where a value is of no use."""
    held = _known(FactSnapshot, value)
    for name, kind in _NESTED.items():
        if name in held:
            held[name] = kind(**{field: held[name].get(field, "") for field in kind.__struct_fields__})
    for name in ("actors", "contradicts"):
        if name in held:
            held[name] = tuple(held[name])
    if "supports" in held:
        held["supports"] = tuple(SupportSnapshot(**_known(SupportSnapshot, passage)) for passage in held["supports"])
    return FactSnapshot(**held)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

# From a dossier


def _contested(facts: Facts) -> Mapping[str, dict[str, None]]:
    """For each contested fact the others, in the order of the dossier."""
    found: dict[str, dict[str, None]] = {}
    for fact in facts.facts.values():
        for other in fact.contradicts:
            found.setdefault(fact.id, {})[other] = None
            found.setdefault(other, {})[fact.id] = None
    return found


def _standing(facts: Facts, fact: Fact, superseded_by: str, contested: Mapping[str, dict[str, None]]) -> FactSnapshot:
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
        supports=tuple(_passage(facts, support) for support in fact.support),
        judged_by=fact.judged_by,
        basis=fact.basis,
        likelihood=fact.likelihood,
        confidence=fact.confidence,
        contradicts=tuple(sorted(contested.get(fact.id, ()))),
        superseded_by=superseded_by,
        retired=_remark(fact.retired),
        revised=_remark(fact.revised),
        as_of=fact.as_of.text,
        review_by=_date(fact.review_by),
    )


def _passage(facts: Facts, support: Support) -> SupportSnapshot:
    source = facts.sources.get(support.source)
    return SupportSnapshot(
        source=source.label if source else support.source,
        locator=support.locator,
        quote=support.quote,
        origin=support.origin or (source.origin if source else ""),
        credibility=support.credibility or "",
        reliability=source.reliability if source else "",
    )


def _remark(change: Change | None) -> Remark | None:
    return Remark(date=change.date.text, reason=change.reason) if change else None


def _date(date: Date | None) -> str:
    return date.text if date else ""


# To JSON and back


def _filled(value: Any) -> dict[str, Any]:
    """The fields of a value that are not empty."""
    names: tuple[str, ...] = value.__struct_fields__
    return {name: held for name in names if (held := getattr(value, name))}


def _known(kind: type[Any], value: Any) -> dict[str, Any]:
    """What an object holds under the names of a type's fields, each of the JSON type that its default tells."""
    if not isinstance(value, dict):
        raise ValueError("an object is needed for each fact and each passage")
    held = {}
    for field in fields(kind):
        if field.name in value:
            held[field.name] = _checked(field.name, value[field.name], field.default)
    return held


def _checked(name: str, value: Any, default: Any) -> Any:
    if default is NODEFAULT or isinstance(default, str):
        fits = isinstance(value, str)
    elif default is None:
        fits = isinstance(value, dict) and all(isinstance(part, str) for part in value.values())
    else:
        fits = isinstance(value, list) and (name == "supports" or all(isinstance(part, str) for part in value))
    if not fits:
        raise ValueError(f"{name!r} holds what no fact has")
    return value
