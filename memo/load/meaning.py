"""What facts must say beyond their shape, and whether what they refer to is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from memo.declare import record
from memo.facts import CanBearStatus, Fact, Facts
from memo.load import nodes
from memo.load.hints import Closest
from memo.load.nodes import Node, Scalar, Sequence, is_nothing
from memo.problem import Place, Problem, Related

_FACT = record(Fact).entries
Given = dict[str, tuple[Scalar, Node]]


def fact_problems(identity: Scalar, node: nodes.Mapping, closest: Closest) -> Iterator[Problem]:
    """Problems of one fact as a whole: wrong-kind, missing-key (by its kind), no-support.

    Looks at what is written, good or bad, so that one mistake is told once.
    """
    given = _given(node, closest)
    name, place = f"fact '{identity.text}'", identity.place
    kind = given["kind"][1] if "kind" in given else None
    kind_text = kind.text if isinstance(kind, Scalar) else ""
    may_bear_status = kind_text in CanBearStatus
    if may_bear_status and "status" not in given:
        yield Problem("missing-key", f"{name} has no 'status', which every {kind_text} needs", place)
    if "status" in given and not may_bear_status and kind_text in _kinds():
        what = f"{name} bears a status, but its kind is {kind_text}; only {' and '.join(CanBearStatus)} bear one"
        yield Problem("wrong-kind", what, given["status"][0].place)
    if kind_text == "quantity" and "value" not in given:
        yield Problem("missing-key", f"{name} has no 'value', which every quantity needs", place)
    yield from _support_problems(given, name, place)


def _support_problems(given: Given, name: str, place: Place) -> Iterator[Problem]:
    """Whether a fact says what carries it: support, or a judge with a basis."""
    judged, based = _says("judged_by", given), _says("basis", given)
    if judged and not based:
        what = f"{name} says who judged it, but not on what basis"
        yield Problem("no-support", what, given["judged_by"][0].place, "add 'basis'")
    elif not judged and not _has_support(given):
        hint = "add 'support', or 'judged_by' and 'basis' for a curator's own judgement"
        yield Problem("no-support", f"{name} has no support", place, hint)


def unknown(
    references: Iterable[tuple[str, str, Place]], known: Mapping[str, Collection[str]], closest: Closest, dossier: str
) -> Iterator[Problem]:
    """References to what is not in the dossier: unknown-source, unknown-actor, unknown-fact."""
    for kind, name, place in references:
        if name not in known[kind]:
            hint = closest.hint(name, known[kind])
            yield Problem(f"unknown-{kind}", f"no {kind} '{name}' in dossier '{dossier}'", place, hint)


def circles(facts: Facts) -> Iterator[Problem]:
    """Facts that rest on, or supersede, each other in a circle (bad-value); the first circle of each."""
    rests = {
        fact.id: [other for other in fact.rests_on if other != fact.id]
        for fact in facts.facts.values()
        if fact.rests_on
    }
    supersedes = {fact.id: [fact.supersedes] for fact in facts.facts.values() if fact.supersedes not in ("", fact.id)}
    for links, field, verb in ((rests, "rests_on", "rests on"), (supersedes, "supersedes", "supersedes")):
        try:
            TopologicalSorter(links).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))
            told = f" {verb} ".join(f"'{name}'" for name in circle)
            others = tuple(Related(facts.places["fact", name, field], f"'{name}'") for name in circle[1:-1])
            yield Problem(
                "bad-value", f"facts run in a circle: {told}", facts.places["fact", circle[0], field], "", others
            )


def _others(fact: Fact) -> list[str]:
    return [other for other in fact.rests_on if other != fact.id]


def whole(facts: Facts) -> Facts:
    """The same without any reference to what is not there, so that later steps can rely on each."""
    kept = {name: _whole_fact(fact, facts) for name, fact in facts.facts.items()}
    return replace(facts, facts=kept, subjects=tuple(name for name in facts.subjects if name in facts.actors))


def _whole_fact(fact: Fact, facts: Facts) -> Fact:
    return replace(
        fact,
        support=tuple(support for support in fact.support if support.source in facts.sources),
        actors=tuple(name for name in fact.actors if name in facts.actors),
        rests_on=tuple(name for name in fact.rests_on if name in facts.facts and name != fact.id),
        contradicts=tuple(name for name in fact.contradicts if name in facts.facts and name != fact.id),
        supersedes=fact.supersedes if fact.supersedes in facts.facts and fact.supersedes != fact.id else "",
    )


def _given(node: nodes.Mapping, closest: Closest) -> Given:
    """What is written in a fact, by key; a misspelt key counts as the one that is nearest to it."""
    given: Given = {}
    misspelt: Given = {}
    for key, value in node.pairs:
        if isinstance(key, Scalar) and not is_nothing(value):
            known = key.text in _FACT
            (given if known else misspelt).setdefault(key.text if known else closest(key.text, _FACT), (key, value))
    return misspelt | given


def _says(key: str, given: Given) -> bool:
    """Whether something is written under a key, and is not blank."""
    value = given[key][1] if key in given else None
    return value is not None and not (isinstance(value, Scalar) and not value.text.strip())


def _has_support(given: Given) -> bool:
    value = given["support"][1] if "support" in given else None
    return value is not None and not (isinstance(value, Sequence) and not value.items)


def _kinds() -> tuple[str, ...]:
    return getattr(_FACT["kind"].shape, "options", ())
