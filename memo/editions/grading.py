"""What a change of a fact means to a copy that rests on it. The data decide, not a reading of the words.

*wrong*
    Its kind, status, date, due date, value, actors, attribution or judge is another (so, too, who says how likely or
    how sure); it was retired, superseded or contradicted since, or is no longer in the dossier. Or its words changed
    (claim, brief, phrase) and with them something of its data (a passage, a grade), or the figures or the known actors
    that these words name. Or the curator says of the change, by a new ``revised``, that it is one of substance, and it
    does not show in how good the fact is.
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

from memo.editions.snapshot import DatedReason, FactSnapshot, SupportSnapshot
from memo.facts.dossier import Likelihood, Value
from memo.facts.likelihood import SCALES

Grade = Literal["wrong", "weaker", "stronger", "stale", "wording"]
"""How bad a change is for a sentence, the worst first. *stale* (`memo.editions.effects`) is no change of the fact."""

TEXT_FIELDS = ("claim", "brief", "phrase")
"""The fields that say in words what the fact is."""


# What changed, field by field


class FieldChange(Struct, frozen=True):
    """One field of a fact that is another now: what it was and what it is, in the words of a fact sheet."""

    field: str
    old: str
    new: str


GONE = "no longer in the dossier"


def field_changes(old: FactSnapshot, new: FactSnapshot | None) -> tuple[FieldChange, ...]:
    """Return every field that a memo or its redline can show and that reads otherwise now."""
    if new is None:
        return (FieldChange("fact", old.id, GONE),)
    names = (name for name in FactSnapshot.__struct_fields__ if name != "review_by")
    pairs = ((name, field_text(old, name), field_text(new, name)) for name in names)
    return tuple(FieldChange(name, before, after) for name, before, after in pairs if before != after)


def field_text(fact: FactSnapshot, name: str) -> str:
    """Return a field of a fact as a fact sheet has it; empty for a name that is no field."""
    match value := getattr(fact, name, ""):
        case None:
            return ""
        case Value(amount=amount, unit=unit, qualifier=qualifier):
            return " ".join(word for word in (qualifier, amount, unit) if word)
        case DatedReason(date=date, reason=reason):
            return f"{date}: {reason}" if date else reason
        case tuple():
            return "; ".join(_passage_text(item) if isinstance(item, SupportSnapshot) else str(item) for item in value)
        case str():
            return value
        case Likelihood(term=term, scale=scale, by=by):
            return f"{term} ({scale}; {by})"
        case _:
            return f"{value.level} ({value.by}: {value.basis})"


def _passage_text(passage: SupportSnapshot) -> str:
    grades = "".join((passage.reliability, passage.credibility))
    return f"{passage.source}, {passage.locator} ({passage.origin}{', ' if grades else ''}{grades})"


# What that means


class Vocabulary(Struct, frozen=True):
    """What words may name that data hold, too: small numbers in words, and actors, each name with its actor's id."""

    numbers: tuple[str, ...] = ()
    actors: Mapping[str, str] = field(default_factory=dict)

    def named(self, text: str) -> frozenset[str]:
        """Return the figures and the actors that a text names; an actor by its id, whichever of its names is used."""
        found = _pattern(self.numbers, tuple(self.actors)).findall(text)
        return frozenset(self.actors.get(name, name.casefold()) for name in found)


@cache
def _pattern(numbers: tuple[str, ...], names: tuple[str, ...]) -> re.Pattern[str]:
    """Match figures in digits or in words, and names, the longest first."""
    small = "|".join(map(re.escape, numbers)) or "(?!)"
    known = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"\d+(?:[.,]\d+)*|\b(?i:{small})\b|\b(?:{known})\b")


def grade(old: FactSnapshot, new: FactSnapshot | None, shown: Iterable[str], vocabulary: Vocabulary) -> Grade:
    """Grade the change of a fact for a sentence that shows these of its `TEXT_FIELDS`. The two snapshots differ."""
    if new is None or _data_differ(old, new):
        return "wrong"
    trends = set(_trends(old, new))
    revised = new.revised is not None and new.revised != old.revised
    reworded = _reworded(old, new, shown)
    if reworded and (revised or trends or old.supports != new.supports):
        return "wrong"
    if any(vocabulary.named(before) != vocabulary.named(after) for before, after in reworded):
        return "wrong"
    if trends:
        return "weaker" if "worse" in trends else "stronger"
    return "wrong" if revised else "wording"


_DATA = ("kind", "status", "date", "due", "actors", "attribution", "judged_by")


def _data_differ(old: FactSnapshot, new: FactSnapshot) -> bool:
    """Tell whether what the fact states, whose it is, or that it stands at all, is another."""
    return (
        any(getattr(old, name) != getattr(new, name) for name in _DATA)
        or _amount(old.value) != _amount(new.value)
        or (new.retired is not None and old.retired is None)
        or (bool(new.superseded_by) and new.superseded_by != old.superseded_by)
        or not set(new.contradicts) <= set(old.contradicts)
        or _judge_differs(old, new)
        or (_likelihood_rank(old) is None) != (_likelihood_rank(new) is None)
    )


def _amount(value: Value | None) -> tuple[str, str, str] | None:
    return (value.amount, value.unit, value.qualifier) if value else None


def _judge_differs(old: FactSnapshot, new: FactSnapshot) -> bool:
    """Tell whether somebody else says how likely or how sure it is, or by another scale."""
    pairs = ((old.likelihood, new.likelihood), (old.confidence, new.confidence))
    scales = old.likelihood and new.likelihood and old.likelihood.scale != new.likelihood.scale
    return bool(scales) or any(before and after and before.by != after.by for before, after in pairs)


def _reworded(old: FactSnapshot, new: FactSnapshot, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the old and new text of those of these fields that the fact had and that are worded otherwise now."""
    texts = ((getattr(old, name), getattr(new, name)) for name in names)
    changed = ((_with_new_terms(before, old, new), after) for before, after in texts if before and before != after)
    return [(before, after) for before, after in changed if before != after]


def _with_new_terms(text: str, old: FactSnapshot, new: FactSnapshot) -> str:
    # A claim that names its own likelihood changes with it. That is graded by the likelihood, and is no other wording.
    if old.likelihood and new.likelihood:
        text = text.replace(old.likelihood.term, new.likelihood.term, 1)
    if old.confidence and new.confidence:
        text = text.replace(old.confidence.level, new.confidence.level, 1)
    return text


# How good a fact is. Ranks are the higher, the better.

_CONFIDENCES = ("low", "moderate", "high")
_RELIABILITIES = "ABCDEF"
_CREDIBILITIES = "123456"


def _trends(old: FactSnapshot, new: FactSnapshot) -> Iterator[Literal["better", "worse"]]:
    """Say of each thing by which a fact is good or bad, and that is another now, whether it is better or worse."""
    ranks = [
        (_likelihood_rank(old) or 0, _likelihood_rank(new) or 0),
        (_confidence_rank(old), _confidence_rank(new)),
        (-len(old.contradicts), -len(new.contradicts)),
        (bool(new.retired or new.superseded_by), bool(old.retired or old.superseded_by)),
        # Another origin in place of one is better in one way, worse in another: weaker on the whole.
        (0, len(new.origins - old.origins)),
        (len(old.origins - new.origins), 0),
        (_best_rank(old, "reliability", _RELIABILITIES), _best_rank(new, "reliability", _RELIABILITIES)),
        (_best_rank(old, "credibility", _CREDIBILITIES), _best_rank(new, "credibility", _CREDIBILITIES)),
        *_passage_ranks(old, new),
    ]
    yield from ("better" if after > before else "worse" for before, after in ranks if after != before)


def _likelihood_rank(fact: FactSnapshot) -> int | None:
    """Return how likely it is said to be, from 1; 0 where nobody says; None where the scale has no such term."""
    if fact.likelihood is None:
        return 0
    term = fact.likelihood.term.casefold()
    return next((rank for rank, band in enumerate(SCALES.get(fact.likelihood.scale, ()), 1) if band.has(term)), None)


def _confidence_rank(fact: FactSnapshot) -> int:
    level = fact.confidence.level if fact.confidence else ""
    return _CONFIDENCES.index(level) + 1 if level in _CONFIDENCES else 0


def _rank(letter: str, scale: str) -> int:
    # The last of either scale says that it cannot be judged: no grade is worth as little.
    return -scale.index(letter) if letter and letter in scale else 1 - len(scale)


def _best_rank(fact: FactSnapshot, name: str, scale: str) -> int:
    return max((_rank(getattr(passage, name), scale) for passage in fact.supports), default=-len(scale))


def _passage_ranks(old: FactSnapshot, new: FactSnapshot) -> Iterator[tuple[int, int]]:
    """Give the old and the new ranks of each passage that carries the fact still.

    The best alone would not do: a passage may have become worse behind another that is as good as ever.
    """
    for passage in new.supports:
        if known := _counterpart(passage, old.supports):
            yield _rank(known.reliability, _RELIABILITIES), _rank(passage.reliability, _RELIABILITIES)
            yield _rank(known.credibility, _CREDIBILITIES), _rank(passage.credibility, _CREDIBILITIES)


def _counterpart(passage: SupportSnapshot, among: Sequence[SupportSnapshot]) -> SupportSnapshot | None:
    """Find a passage again among others: by its place in its source, else its quote, else as the only one of it."""
    of_source = [other for other in among if other.source == passage.source]
    at_place = [other for other in of_source if other.locator == passage.locator]
    quoted = [other for other in of_source if other.quote == passage.quote]
    return next((found[0] for found in (at_place, quoted, of_source) if len(found) == 1), None)
