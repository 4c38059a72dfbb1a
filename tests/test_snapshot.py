"""How a fact stands, as data that outlives versions; and a digest of all of it that a memo or a redline can show."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from memo.document.as_json import to_json
from memo.editions.snapshot import FactSnapshot, fact_digest, from_plain, snapshots, to_plain
from memo.facts.dossier import Actor, Change, Confidence, Fact, Facts, Likelihood, Value
from tests.compose.harbour import DOSSIER, GAZETTE, PAGE_1, PARA_2, composed, day

ID = "strain"
WHOLE = replace(
    DOSSIER.facts[ID],
    status="done",
    brief="It might crowd.",
    phrase="a crowded quay",
    label="Crowding",
    date=day("2031"),
    due=day("2032"),
    actors=("port", "mayor"),
    value=Value(amount="2", unit="trains", qualifier="about"),
    support=(PARA_2, PAGE_1),
    confidence=Confidence(level="low", basis="One plan.", by="the desk officer"),
    contradicts=("trade",),
    revised=Change(date=day("2031-04"), reason="New plans."),
    retired=Change(date=day("2031-05"), reason="Built."),
    review_by=day("2031-06"),
    note="Look again.",
)
"""A fact that has everything."""


def with_fact(fact: Fact, **others: object) -> Facts:
    return dataclasses.replace(DOSSIER, facts={**DOSSIER.facts, ID: fact}, **others)  # type: ignore[arg-type]


def snapshot(fact: Fact = WHOLE, **others: object) -> FactSnapshot:
    return snapshots(with_fact(fact, **others), [ID])[ID]


SHOWN: dict[str, Callable[[Fact], Fact]] = {
    "kind": lambda fact: replace(fact, kind="assumption"),
    "status": lambda fact: replace(fact, status="expected"),
    "claim": lambda fact: replace(fact, claim="It crowds the quay."),
    "brief": lambda fact: replace(fact, brief="It crowds."),
    "phrase": lambda fact: replace(fact, phrase="a full quay"),
    "label": lambda fact: replace(fact, label="Full"),
    "date": lambda fact: replace(fact, date=day("2031?")),
    "due": lambda fact: replace(fact, due=None),
    "as_of": lambda fact: replace(fact, as_of=day("2031-03-04")),
    "actors": lambda fact: replace(fact, actors=("port",)),
    "value": lambda fact: replace(fact, value=Value(amount="2", unit="trains")),
    "attribution": lambda fact: replace(fact, attribution="the port office"),
    "locator": lambda fact: replace(fact, support=(replace(PARA_2, locator="para. 3"), PAGE_1)),
    "credibility": lambda fact: replace(fact, support=(replace(PARA_2, credibility="4"), PAGE_1)),
    "origin": lambda fact: replace(fact, support=(replace(PARA_2, origin="mayor"), PAGE_1)),
    "support": lambda fact: replace(fact, support=(PARA_2,)),
    "judged_by": lambda fact: replace(fact, judged_by="the harbour master"),
    "basis": lambda fact: replace(fact, basis="older plans."),
    "likelihood": lambda fact: replace(fact, likelihood=Likelihood(scale="phia", term="unlikely", by="the mayor")),
    "confidence": lambda fact: replace(fact, confidence=None),
    "contradicts": lambda fact: replace(fact, contradicts=()),
    "revised": lambda fact: replace(fact, revised=Change(date=day("2031-04"), reason="Newer plans.")),
    "retired": lambda fact: replace(fact, retired=None),
}  # fmt: skip
UNSHOWN: dict[str, Callable[[Fact], Fact]] = {
    "note": lambda fact: replace(fact, note="Look twice."),
    "sections": lambda fact: replace(fact, sections=("summary",)),
    "review_by": lambda fact: replace(fact, review_by=None),
    "quote": lambda fact: replace(fact, support=(replace(PARA_2, quote="two berths"), PAGE_1)),
    "prefix": lambda fact: replace(fact, support=(replace(PARA_2, prefix="has"), PAGE_1)),
    "allow": lambda fact: replace(fact, allow={"long-sentence": "It is one."}),
    "rests_on": lambda fact: replace(fact, rests_on=()),
}


@pytest.mark.parametrize("field", SHOWN)
def test_the_digest_covers(field: str) -> None:
    assert fact_digest(snapshot(SHOWN[field](WHOLE))) != fact_digest(snapshot())


@pytest.mark.parametrize("field", UNSHOWN)
def test_the_digest_leaves_out(field: str) -> None:
    assert fact_digest(snapshot(UNSHOWN[field](WHOLE))) == fact_digest(snapshot())


def test_names_of_actors_and_sources_belong_to_the_fact_and_places_do_not() -> None:
    renamed = {**DOSSIER.actors, "port": Actor(id="port", name="Halvern Harbour")}
    regraded = {**DOSSIER.sources, "gazette": replace(GAZETTE, reliability="C")}
    relabelled = {**DOSSIER.sources, "gazette": replace(GAZETTE, label="The Gazette")}
    others = [snapshot(actors=renamed), snapshot(sources=regraded), snapshot(sources=relabelled), snapshot()]
    assert len({fact_digest(one) for one in others}) == 4
    assert fact_digest(snapshot(places={})) == fact_digest(snapshot())


def test_both_facts_of_a_contradiction_are_contested() -> None:
    found = snapshots(with_fact(WHOLE), DOSSIER.facts)
    assert found[ID].contradicts == ("trade",)
    assert found["trade"].contradicts == (ID,)
    assert found["rail-link-early"].superseded_by == "rail-link"


def test_a_snapshot_comes_back_from_json_as_it_went_in() -> None:
    assert from_plain(to_plain(snapshot())) == snapshot()
    assert from_plain(to_plain(FactSnapshot(id="a"))) == FactSnapshot(id="a")


def test_keys_of_a_later_version_are_passed_over_and_missing_ones_are_empty() -> None:
    later = {**to_plain(snapshot()), "urgency": {"level": 3}}
    later["supports"] = [{**passage, "page_image": "a.png"} for passage in later["supports"]]
    later["value"] = {**later["value"], "low": "1"}
    assert from_plain(later) == snapshot()
    assert from_plain({"id": "old", "value": {"amount": "3"}, "likelihood": {"term": "likely"}}) == FactSnapshot(
        id="old", value=Value(amount="3", unit="", qualifier=""), likelihood=Likelihood(scale="", term="likely", by="")
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [[], {"claim": 3}, {"actors": "port"}, {"actors": [1]}, {"value": "600"}, {"supports": ["para. 2"]}]
)
def test_what_is_no_snapshot_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_plain(value)


def test_a_document_carries_the_facts_that_it_shows_or_cites_in_order_with_their_digests() -> None:
    document = composed('Trade grew.{{ cite("trade") }} {{ fact("berths-open") }} {{ fact("trade").value }}').document
    now = snapshots(DOSSIER, DOSSIER.facts)
    assert [(basis.fact, basis.digest) for basis in document.basis] == [
        (id, fact_digest(now[id])) for id in ("trade", "berths-open")
    ]
    assert fact_digest(now["trade"]) in to_json(document)
