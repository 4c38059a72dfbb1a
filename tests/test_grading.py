"""How bad the change of a fact is, case by case."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from memo.editions.grading import TEXT_FIELDS, Vocabulary, field_changes, grade
from memo.editions.snapshot import DatedReason, FactSnapshot, SupportSnapshot
from memo.facts.dossier import Confidence, Likelihood, Value

GAZETTE = SupportSnapshot(
    source="Gazette", locator="para. 2", quote="two", origin="port", credibility="3", reliability="B"
)
LEDGER = SupportSnapshot(
    source="Ledger", locator="p. 1", quote="600", origin="ledger", credibility="3", reliability="C"
)
UNLIKELY = Likelihood(scale="icd203", term="unlikely", by="the desk")
LOW = Confidence(level="low", basis="One plan.", by="the desk")
OLD = FactSnapshot(
    id="rail",
    kind="commitment",
    status="announced",
    claim="The port says that it is unlikely to build a rail link with two tracks.",
    brief="A rail link is planned.",
    label="Rail link",
    date="2031-03",
    due="2033",
    value=Value(amount="600", unit="crowns", qualifier="about"),
    attribution="the port office",
    actors=("Port of Halvern",),
    supports=(GAZETTE, LEDGER),
    likelihood=UNLIKELY,
    confidence=LOW,
    as_of="2031-03-02",
    review_by="2031-06",
)
VOCABULARY = Vocabulary(
    ("none", "one", "two", "three"), {"Port of Halvern": "port", "Halvern": "port", "Ada Quay": "mayor"}
)
REVISED = DatedReason(date="2031-04", reason="It was signed.")

REWORDED = {"claim": "The port office says it is unlikely to build a link by rail with two tracks."}
CASES = {
    "wrong": {
        "a new status": {"status": "done"},
        "another kind": {"kind": "event"},
        "another date": {"date": "2031-04"},
        "a date less sure": {"date": "2031-03?"},
        "no due date any more": {"due": ""},
        "another amount": {"value": Value(amount="700", unit="crowns", qualifier="about")},
        "a qualifier gone": {"value": Value(amount="600", unit="crowns")},
        "another view": {"attribution": "the mayor"},
        "another actor": {"actors": ("Port of Halvern", "Ada Quay")},
        "another judge": {"judged_by": "the desk"},
        "another says how likely": {"likelihood": replace(UNLIKELY, by="the mayor")},
        "another says how sure": {"confidence": replace(LOW, by="the mayor")},
        "another scale": {"likelihood": replace(UNLIKELY, scale="phia")},
        "a term that the scale lacks": {"likelihood": replace(UNLIKELY, term="perhaps")},
        "retired": {"retired": DatedReason(date="2031-04", reason="Dropped.")},
        "superseded": {"superseded_by": "rail-2"},
        "contradicted": {"contradicts": ("berths",)},
        "other words and a revision": {**REWORDED, "revised": REVISED},
        "other words and another passage": {**REWORDED, "supports": (GAZETTE, replace(LEDGER, locator="p. 2"))},
        "other words and another quote": {**REWORDED, "supports": (replace(GAZETTE, quote="both"), LEDGER)},
        "other words and a better grade": {**REWORDED, "supports": (replace(GAZETTE, credibility="2"), LEDGER)},
        "another number in the words": {"claim": OLD.claim.replace("two", "three")},
        "another figure in the words": {"brief": "A rail link is planned for 2034."},
        "another actor in the words": {"claim": OLD.claim.replace("The port", "Ada Quay")},
        "a revision of what no field tells": {"revised": REVISED},
        "a status beside a better grade": {"status": "done", "supports": (replace(GAZETTE, credibility="1"), LEDGER)},
    },
    "weaker": {
        "less likely": {"likelihood": replace(UNLIKELY, term="remote")},
        "nobody says how likely any more": {"likelihood": None},
        "nobody says how sure any more": {"confidence": None},
        "less credible": {"supports": (replace(GAZETTE, credibility="4"), LEDGER)},
        "no grade any more": {"supports": (replace(GAZETTE, credibility=""), LEDGER)},
        "a source less reliable": {"supports": (GAZETTE, replace(LEDGER, reliability="D"))},
        "a source that cannot be judged": {"supports": (GAZETTE, replace(LEDGER, reliability="F"))},
        "an origin less": {"supports": (GAZETTE,)},
        "two sources found to have one origin": {"supports": (GAZETTE, replace(LEDGER, origin="port"))},
        "another origin": {"supports": (GAZETTE, replace(LEDGER, origin="customs"))},
        "less credible, and at another place": {
            "supports": (replace(GAZETTE, credibility="4", locator="p. 9"), LEDGER)
        },
        "worse hidden behind another": {
            "supports": (
                replace(GAZETTE, credibility="4"),
                LEDGER,
                SupportSnapshot(source="Post", origin="post", credibility="3"),
            )
        },
        "better here, worse there": {"supports": (replace(GAZETTE, credibility="2"), replace(LEDGER, reliability="E"))},
        "less likely, and said so by a revision": {
            "likelihood": replace(UNLIKELY, term="remote"),
            "claim": OLD.claim.replace("unlikely", "remote"),
            "revised": REVISED,
        },
    },
    "stronger": {
        "more likely": {"likelihood": replace(UNLIKELY, term="likely")},
        "more likely, and so its claim": {
            "likelihood": replace(UNLIKELY, term="likely"),
            "claim": OLD.claim.replace("unlikely", "likely"),
        },
        "surer": {"confidence": replace(LOW, level="high")},
        "more credible": {"supports": (replace(GAZETTE, credibility="1"), LEDGER)},
        "an origin more": {
            "supports": (GAZETTE, LEDGER, SupportSnapshot(source="Post", locator="p. 3", origin="post"))
        },
    },
    "wording": {
        "other words": REWORDED,
        "another brief": {"brief": "There are plans for a rail link."},
        "another label": {"label": "Link by rail"},
        "another locator": {"supports": (GAZETTE, replace(LEDGER, locator="p. 2"))},
        "the source under another name": {"supports": (replace(GAZETTE, source="The Gazette"), LEDGER)},
        "one more passage of the same origin": {
            "supports": (
                GAZETTE,
                LEDGER,
                SupportSnapshot(source="Post", locator="p. 3", origin="port", credibility="5"),
            )
        },
        "the same term by its other name": {"likelihood": replace(UNLIKELY, term="improbable")},
        "another basis of confidence": {"confidence": replace(LOW, basis="Two plans.")},
        "a later as-of date": {"as_of": "2031-05-02"},
    },
}
FLAT = [(expected, case) for expected, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("expected", "case"), FLAT, ids=lambda value: value.replace(" ", "-"))
def test_a_change_is(expected: str, case: str) -> None:
    assert grade(OLD, replace(OLD, **CASES[expected][case]), TEXT_FIELDS, VOCABULARY) == expected  # type: ignore[arg-type]


def test_the_other_name_of_an_actor_is_no_other_actor() -> None:
    old = replace(OLD, claim="The Port of Halvern says so.")
    assert grade(old, replace(old, claim="Halvern says so."), TEXT_FIELDS, VOCABULARY) == "wording"


def test_a_contradiction_that_fell_away_makes_a_fact_stronger() -> None:
    assert grade(replace(OLD, contradicts=("berths",)), OLD, TEXT_FIELDS, VOCABULARY) == "stronger"


def test_a_fact_that_the_dossier_lacks_is_wrong() -> None:
    assert grade(OLD, None, TEXT_FIELDS, VOCABULARY) == "wrong"
    assert field_changes(OLD, None)[0].new == "no longer in the dossier"


def test_words_that_are_not_told_do_not_count() -> None:
    changed = replace(
        OLD, brief="A rail link is planned for 2034.", supports=(GAZETTE, replace(LEDGER, locator="p. 2"))
    )
    assert grade(OLD, changed, TEXT_FIELDS, VOCABULARY) == "wrong"
    assert grade(OLD, changed, ["claim"], VOCABULARY) == "wording"


def test_a_text_that_a_fact_did_not_have_before_is_no_change_of_its_words() -> None:
    changed = replace(OLD, phrase="a rail link by 2034", supports=(GAZETTE, replace(LEDGER, locator="p. 2")))
    assert grade(OLD, changed, TEXT_FIELDS, VOCABULARY) == "wording"


def test_what_nobody_is_shown_is_no_difference() -> None:
    quoted = replace(OLD, review_by="2035", supports=(replace(GAZETTE, quote="both"), LEDGER))
    assert field_changes(OLD, quoted) == ()
