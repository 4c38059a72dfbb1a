"""Faults planted one at a time, real sentences, and what the checks say of them: no less found, no more cried, than was
measured last (`python -m tests.planted --update`)."""

from __future__ import annotations

from collections import Counter

import pytest

from memo.checks import Dossier
from memo.checks.running import Chosen, check_dossier, check_memo
from memo.problem import CODES
from tests.planted import prose, table
from tests.planted.__main__ import measure
from tests.planted.faults import KINDS, faults
from tests.planted.places import PLACES, set_in
from tests.planted.recall import composed_memo
from tests.planted.statements import Host, hosts
from tests.planted.table import wilson

TO_COME = {"false-quotation"}
"""Codes of checks that are yet to be written."""


def test_faults_are_many_of_every_kind_everywhere_and_in_both_dossiers() -> None:
    assert len(faults()) >= 500
    assert len(set(map(str, faults()))) == len(faults())
    assert min(Counter(fault.kind for fault in faults()).values()) >= 20
    assert min(Counter(fault.place for fault in faults()).values()) >= 20
    assert {fault.kind for fault in faults()} == set(KINDS)
    assert {fault.place for fault in faults()} >= set(PLACES)
    assert min(Counter(fault.host.name for fault in faults()).values()) >= 250


def test_each_differs_from_its_honest_twin() -> None:
    assert [str(fault) for fault in faults() if fault.false == fault.honest and not fault.revised] == []


def test_what_is_looked_for_are_codes_of_problems() -> None:
    looked_for = {code for kind in KINDS.values() for code in kind.codes}
    assert looked_for <= CODES.keys() | TO_COME


@pytest.mark.parametrize("host", hosts(), ids=lambda host: host.name)
def test_the_memo_that_a_fault_is_planted_into_is_clean(host: Host) -> None:
    memo = composed_memo(host, host.template, host.facts)
    of_dossier = check_dossier(Dossier(host.facts, host.template.front_matter.date, host.articles), Chosen())
    assert check_memo(memo, Chosen()).problems == ()
    assert of_dossier.problems == ()


@pytest.mark.parametrize("host", hosts(), ids=lambda host: host.name)
def test_a_sentence_is_set_where_it_is_said_to_be(host: Host) -> None:
    for place in set(PLACES) - {"title", "short title", "claim of a fact"}:
        fact = host.dated_beside(())
        planted = set_in(host.template, place, "Here it stands", (fact,), host.dated_beside((fact,)))
        lines = planted.template.text.split("\n")
        assert any("Here it stands" in lines[line - 1] for line in planted.lines), place


def test_bounds_are_wilsons() -> None:
    assert [round(bound, 4) for bound in wilson(8, 10)] == [0.4902, 0.9433]
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 1


@pytest.mark.long
def test_no_less_is_found_and_no_more_twins_are_told_of_than_was_measured() -> None:
    held, now = table.read().kinds, measure().kinds
    assert {kind: one.planted for kind, one in now.items()} == {kind: one.planted for kind, one in held.items()}
    assert [kind for kind, one in now.items() if one.found < held[kind].found or one.twins > held[kind].twins] == []


def test_no_more_false_alarms_are_given_than_was_measured() -> None:
    folder = prose.folder()
    if folder is None:
        pytest.skip("the prose is not in the project")
    held, now = table.read().alarms, prose.alarms(folder)
    assert [code for code, (alarms, _) in now.items() if alarms > held.get(code, (0, 0))[0]] == []
