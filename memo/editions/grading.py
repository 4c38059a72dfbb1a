"""What a change of a fact means to a copy that rests on it. The data decide, not a reading of the words.

*wrong*
    Its kind, status, date, due date, value, actors, attribution or judge is another (so, too, who says how likely or
    how sure); it was retired, superseded or contradicted since, or is no longer in the dossier. Or its words changed
    (claim, brief, phrase) and with them something of its data (a passage, a grade), or the figures or the known actors
    that these words name. Or the curator says of the change, by a new ``revised``, that it is one of substance, and it
    is not told by how good the fact is.
*weaker*, *stronger*
    Only how good it is changed: likelihood, confidence, grades of its passages or their sources, the origins that it
    comes from, or a contradiction that fell away. Where some of it speaks for the one and some for the other: weaker.
    A claim in which nothing changed but the term of likelihood or confidence itself is no change of words.
*wording*
    The same by all data: other words that name the same figures and actors; another label, locator or basis.

A likelihood or a confidence that nobody gave before makes a fact stronger, one that nobody gives any more weaker. Of
grades, F and 6 (cannot be judged) and none at all come last. A term that its scale does not have cannot be compared: it
is then *wrong*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct, field

from memo.editions.snapshot import FactSnapshot, Remark, SupportSnapshot
from memo.facts.dossier import Likelihood, Value
from memo.facts.likelihood import SCALES

Grade = Literal["wrong", "weaker", "stronger", "wording"]

_CONFIDENCES = ("low", "moderate", "high")
_RELIABILITIES = "ABCDEF"
_CREDIBILITIES = "123456"
_DATA = ("kind", "status", "date", "due", "actors", "attribution", "judged_by")
WORDS = ("claim", "brief", "phrase")
"""The fields that tell the fact in words."""


class Difference(Struct, frozen=True):
    """One field of a fact that is another now: what it was and what it is, in the words of a fact sheet."""

    field: str
    old: str
    new: str


_FIELDS = FactSnapshot.__struct_fields__


def differences(old: FactSnapshot, new: FactSnapshot | None) -> tuple[Difference, ...]:
    """Every field that a memo or its redline can show and that reads otherwise now."""
    if new is None:
        return (Difference("fact", old.id, "no longer in the dossier"),)
    pairs = ((name, shown(old, name), shown(new, name)) for name in _FIELDS if name != "review_by")
    return tuple(Difference(name, before, after) for name, before, after in pairs if before != after)


class Naming(Struct, frozen=True):
    """What words can name that data bear, too: small numbers in words, and actors, each name with its actor's id."""

    numbers: tuple[str, ...] = ()
    actors: Mapping[str, str] = field(default_factory=dict)

    def named(self, text: str) -> frozenset[str]:
        """The figures and the actors in a text."""
        found = _pattern(self.numbers, tuple(self.actors)).findall(text)
        return frozenset(self.actors.get(name, name.casefold()) for name in found)


@cache
def _pattern(numbers: tuple[str, ...], names: tuple[str, ...]) -> re.Pattern[str]:
    """Figures in digits or in words, and names, the longest first."""
    small = "|".join(map(re.escape, numbers)) or "(?!)"
    known = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"\d+(?:[.,]\d+)*|\b(?i:{small})\b|\b(?:{known})\b")


def grade(old: FactSnapshot, new: FactSnapshot | None, words: Iterable[str], naming: Naming) -> Grade:
    """What the change of a fact means where only these of its `WORDS` are told. The two are not the same."""
    if new is None or _data_differ(old, new):
        return "wrong"
    votes = list(_votes(old, new))
    revised = new.revised is not None and new.revised != old.revised
    changed = _reworded(old, new, words)
    if changed and (revised or votes or old.supports != new.supports):
        return "wrong"
    if any(naming.named(before) != naming.named(after) for before, after in changed):
        return "wrong"
    if votes:
        return "weaker" if min(votes) < 0 else "stronger"
    return "wrong" if revised else "wording"


def shown(standing: FactSnapshot, part: str) -> str:
    """A part of a fact as a fact sheet has it; what a claim of a document that shows this part was made from."""
    match held := getattr(standing, part, ""):
        case None:
            return ""
        case Value(amount=amount, unit=unit, qualifier=qualifier):
            return " ".join(word for word in (qualifier, amount, unit) if word)
        case Remark(date=date, reason=reason):
            return f"{date}: {reason}" if date else reason
        case tuple():
            return "; ".join(_cited(item) if isinstance(item, SupportSnapshot) else str(item) for item in held)
        case str():
            return held
        case Likelihood(term=term, scale=scale, by=by):
            return f"{term} ({scale}; {by})"
        case _:
            return f"{held.level} ({held.by}: {held.basis})"


def sources(standing: FactSnapshot) -> tuple[str, ...]:
    """What a fact rests on: each passage by its source and locator, else who judged it."""
    if not standing.supports:
        return (standing.judged_by,) if standing.judged_by else ()
    return tuple(dict.fromkeys(f"{passage.source}, {passage.locator}" for passage in standing.supports))


def _cited(passage: SupportSnapshot) -> str:
    grades = "".join((passage.reliability, passage.credibility))
    return f"{passage.source}, {passage.locator} ({passage.origin}{', ' if grades else ''}{grades})"


def _data_differ(old: FactSnapshot, new: FactSnapshot) -> bool:
    """Whether what the fact states, whose it is, or that it stands at all, is another."""
    return (
        any(getattr(old, name) != getattr(new, name) for name in _DATA)
        or _value(old.value) != _value(new.value)
        or (new.retired is not None and old.retired is None)
        or (bool(new.superseded_by) and new.superseded_by != old.superseded_by)
        or not set(new.contradicts) <= set(old.contradicts)
        or _judge_differs(old, new)
        or (_rank(old) is None) != (_rank(new) is None)
    )


def _value(value: Value | None) -> tuple[str, str, str] | None:
    return (value.amount, value.unit, value.qualifier) if value else None


def _judge_differs(old: FactSnapshot, new: FactSnapshot) -> bool:
    """Whether somebody else says how likely or how sure it is, or by another scale."""
    pairs = ((old.likelihood, new.likelihood), (old.confidence, new.confidence))
    scales = old.likelihood and new.likelihood and old.likelihood.scale != new.likelihood.scale
    return bool(scales) or any(before and after and before.by != after.by for before, after in pairs)


def _reworded(old: FactSnapshot, new: FactSnapshot, words: Iterable[str]) -> list[tuple[str, str]]:
    """Those of these fields that the fact had and that tell it otherwise now, but for the terms."""
    told = ((getattr(old, name), getattr(new, name)) for name in words)
    changed = ((_but_for_terms(before, old, new), after) for before, after in told if before and before != after)
    return [(before, after) for before, after in changed if before != after]


def _but_for_terms(text: str, old: FactSnapshot, new: FactSnapshot) -> str:
    """Old words with the new terms of likelihood and confidence in the old ones' place."""
    if old.likelihood and new.likelihood:
        text = text.replace(old.likelihood.term, new.likelihood.term, 1)
    if old.confidence and new.confidence:
        text = text.replace(old.confidence.level, new.confidence.level, 1)
    return text


# How good it is


def _votes(old: FactSnapshot, new: FactSnapshot) -> Iterator[int]:
    """For each thing that bears on how good a fact is: 1 where it is better now, -1 where it is worse."""
    pairs = [
        (_rank(old) or 0, _rank(new) or 0),
        (_confidence(old), _confidence(new)),
        (-len(old.contradicts), -len(new.contradicts)),
        (bool(new.retired or new.superseded_by), bool(old.retired or old.superseded_by)),
        (0, len(new.origins - old.origins)),
        (len(old.origins - new.origins), 0),
        (_best(old, "reliability", _RELIABILITIES), _best(new, "reliability", _RELIABILITIES)),
        (_best(old, "credibility", _CREDIBILITIES), _best(new, "credibility", _CREDIBILITIES)),
        *_regraded(old, new),
    ]
    yield from (1 if after > before else -1 for before, after in pairs if after != before)


def _rank(standing: FactSnapshot) -> int | None:
    """How likely it is said to be, from 1; 0 where nobody says; None where its scale has no such term."""
    said = standing.likelihood
    if said is None:
        return 0
    term = said.term.casefold()
    return next((rank for rank, band in enumerate(SCALES.get(said.scale, ()), 1) if band.has(term)), None)


def _confidence(standing: FactSnapshot) -> int:
    level = standing.confidence.level if standing.confidence else ""
    return _CONFIDENCES.index(level) + 1 if level in _CONFIDENCES else 0


def _grade(letter: str, scale: str) -> int:
    """A grade as a number, the better the higher; none is as the last."""
    return -scale.index(letter) if letter and letter in scale else 1 - len(scale)


def _best(standing: FactSnapshot, grade: str, scale: str) -> int:
    return max((_grade(getattr(passage, grade), scale) for passage in standing.supports), default=-len(scale))


def _regraded(old: FactSnapshot, new: FactSnapshot) -> Iterator[tuple[int, int]]:
    """The old and the new grades of each passage that carries the fact still."""
    for passage in new.supports:
        if known := _same(passage, old.supports):
            yield _grade(known.reliability, _RELIABILITIES), _grade(passage.reliability, _RELIABILITIES)
            yield _grade(known.credibility, _CREDIBILITIES), _grade(passage.credibility, _CREDIBILITIES)


def _same(passage: SupportSnapshot, among: Sequence[SupportSnapshot]) -> SupportSnapshot | None:
    """The same passage among others: at its place in its source, else by its quote, else the only one of its source."""
    of_source = [other for other in among if other.source == passage.source]
    at_place = [other for other in of_source if other.locator == passage.locator]
    quoted = [other for other in of_source if other.quote == passage.quote]
    return next((found[0] for found in (at_place, quoted, of_source) if len(found) == 1), None)
