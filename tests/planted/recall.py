"""Run memo's checks on every planted fault, and tell which are found.

Found is a fault where a problem of a code that fits its kind stands at the planted place, and the honest twin at the
same place has none such: a check that speaks up at the truth as well has found nothing.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from memo.checks import Dossier, Earlier, Memo
from memo.checks.running import Chosen, check_dossier, check_memo
from memo.compose import compose
from memo.document.sentences import passages
from memo.facts.dossier import Fact, Facts
from memo.facts.front_matter import Template
from memo.problem import Problem
from tests.planted.faults import KINDS, Fault, capital
from tests.planted.places import set_in
from tests.planted.statements import Host

Fitting = Counter[tuple[str, int]]
"""How many problems of a code stand in a line."""


class Outcome(NamedTuple):
    """What the checks of a kind say of a fault: whether they tell of it, and whether of its honest twin as well."""

    found: bool
    twin_alarmed: bool


def outcome(fault: Fault) -> Outcome:
    """Run the checks that fit a fault, on it and on its twin."""
    codes = KINDS[fault.kind].codes
    if not codes:
        return Outcome(False, False)
    before = _problems(fault.host, fault.place, fault.facts, fault.honest, "", codes)
    after = _problems(fault.host, fault.place, fault.facts, fault.false, fault.revised, codes)
    return Outcome(bool(after - before), bool(before))


@cache
def _problems(
    host: Host, place: str, ids: tuple[str, ...], sentence: str, revised: str, codes: tuple[str, ...]
) -> Fitting:
    """Count the problems at a planted sentence; where its fact was revised, as against the state before that."""
    cited = tuple(host.facts.facts[id] for id in ids)
    planted = set_in(host.template, place, sentence, cited, host.dated_beside(cited))
    if place.endswith("of a fact"):
        return _in_fact(host, planted.template, _spoken(cited[0], place, sentence), codes)
    facts, earlier = host.facts, None
    if revised:
        document = composed_memo(host, planted.template, facts).composed.document
        earlier = Earlier(document, {fact.id: fact.claim for fact in facts.facts.values()})
        facts = _with(facts, replace(cited[0], claim=revised))
    found = check_memo(composed_memo(host, planted.template, facts, earlier), Chosen(only=codes)).problems
    return _counted(found, planted.template.path, planted.lines)


def _in_fact(host: Host, template: Template, fact: Fact, codes: tuple[str, ...]) -> Fitting:
    """Count the problems in a fact as it is told here, by the checks of a memo and of a dossier."""
    facts = _with(host.facts, fact)
    dossier = Dossier(facts, host.template.front_matter.date, host.articles)
    of_memo = check_memo(composed_memo(host, template, facts), Chosen(only=codes)).problems
    of_dossier = check_dossier(dossier, Chosen(only=codes)).problems
    places = [place for path, place in facts.places.items() if path[:2] == ("fact", fact.id)]
    lines = range(min(place.line for place in places), max(place.line for place in places) + 1)
    return _counted((*of_memo, *of_dossier), places[0].path, lines)


def _spoken(fact: Fact, place: str, sentence: str) -> Fact:
    if place == "claim of a fact":
        return replace(fact, claim=f"{capital(sentence)}.")
    return replace(fact, support=(replace(fact.support[0], quote=sentence), *fact.support[1:]))


def _with(facts: Facts, fact: Fact) -> Facts:
    return dataclasses.replace(facts, facts={**facts.facts, fact.id: fact})


def composed_memo(host: Host, template: Template, facts: Facts, earlier: Earlier | None = None) -> Memo:
    """Compose a template on a dossier's facts; a planted sentence keeps it from nothing."""
    folder = host.project.folder
    composed, problems = compose(template, facts, host.style, folder / "templates", folder)
    assert composed is not None, problems
    assert not problems, problems
    return Memo(template, facts, composed, host.style, ("docx", "pdf"), tuple(passages(composed.document)), earlier)


def _counted(problems: Iterable[Problem], path: str, lines: range) -> Fitting:
    return Counter(
        (problem.code, problem.place.line)
        for problem in problems
        if problem.place.path == path and problem.place.line in lines
    )
