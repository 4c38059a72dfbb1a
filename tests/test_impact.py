"""Impact held against brute force: the same template composed again with the facts as they are now, and compared."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from memo.compose import compose
from memo.document.sentences import passages
from memo.document.tree import Block, Claim, Document, Figure, Footnote, Heading
from memo.document.walk import contents, inline_text, inlines, used_facts
from memo.editions.effects import Effect, changed_facts, effects_on
from memo.editions.grading import Vocabulary
from memo.editions.register import read
from memo.editions.snapshot import snapshots, to_plain
from memo.facts.dossier import Change, Confidence, Fact, Facts, Likelihood, Support, Value
from memo.facts.edtf import Date
from memo.facts.sheets import load_dossier
from memo.facts.style_file import load_style_file
from memo.facts.template_file import load_template
from memo.files import bytes_digest
from memo.handover.affected_copies import ImpactQuery, impact
from memo.handover.issuing import Handover, issue
from memo.project import Project
from tests.cases import BASE
from tests.compose.harbour import DOSSIER, composed, day

LIGHTHOUSE = Path(__file__).parent / "lighthouse"
TODAY = day("2031-03-20")
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Mutations: what a curator may do to a fact, and what that is


@dataclass(frozen=True)
class Mutation:
    """``kind``: data, worse, better, words (one of claim, brief, phrase), note, shown, revised or unseen."""

    kind: str
    field: str
    do: Callable[[Fact], Fact]


def passage(**changed: Any) -> Callable[[Fact], Fact]:
    """A change of a fact's first passage."""
    return lambda fact: replace(fact, support=(replace(fact.support[0], **changed), *fact.support[1:]))


EXTRA = Support(source="ledger", locator="p. 77", quote="more", credibility="3")
OTHERS = Change(date=day("2031-04"), reason="It was looked into.")
MUTATIONS = (
    Mutation("data", "status", lambda fact: replace(fact, status="under-way")),
    Mutation("data", "date", lambda fact: replace(fact, date=day("1999"))),
    Mutation("data", "due", lambda fact: replace(fact, due=day("2040"))),
    Mutation("data", "value", lambda fact: replace(fact, value=Value(amount="7", unit="lorries"))),
    Mutation("data", "attribution", lambda fact: replace(fact, attribution="somebody else")),
    Mutation("data", "actors", lambda fact: replace(fact, actors=("mayor",))),
    Mutation("data", "retired", lambda fact: replace(fact, retired=OTHERS)),
    Mutation("data", "contradicts", lambda fact: replace(fact, contradicts=("old-berths",))),
    Mutation("worse", "credibility", passage(credibility="5")),
    Mutation("better", "credibility", passage(credibility="1")),
    Mutation("better", "support", lambda fact: replace(fact, support=(*fact.support, replace(EXTRA, origin="diver")))),
    Mutation("note", "locator", passage(locator="para. 99")),
    Mutation("words", "claim", lambda fact: replace(fact, claim="This is told in quite other words.")),
    Mutation("words", "brief", lambda fact: replace(fact, brief="Short, and otherwise.")),
    Mutation("words", "phrase", lambda fact: replace(fact, phrase="what is told in other words")),
    Mutation("shown", "label", lambda fact: replace(fact, label="Another label")),
    Mutation("shown", "as_of", lambda fact: replace(fact, as_of=day("2031-03-19"))),
    Mutation("revised", "revised", lambda fact: replace(fact, revised=OTHERS)),
    Mutation("unseen", "note", lambda fact: replace(fact, note="For curators.")),
    Mutation("unseen", "quote", passage(quote="other words of the page")),
    Mutation("unseen", "sections", lambda fact: replace(fact, sections=("elsewhere",))),
    Mutation("unseen", "review_by", lambda fact: replace(fact, review_by=day("2031-03-20"))),
    Mutation("stale", "review_by", lambda fact: replace(fact, review_by=day("2031-03-19"))),
)

# A memo of which each section holds one sentence on one fact

IDS = ("berths-open", "rail-link", "trade")
BODIES = {
    "claim": '{{{{ fact("{id}").claim }}}}',
    "claim and note": '{{{{ fact("{id}") }}}}',
    "brief": '{{{{ fact("{id}").brief }}}}',
    "label": '{{{{ fact("{id}").label }}}}',
    "as of": '{{{{ fact("{id}").as_of }}}}',
    "cited": 'The quay is busy.{{{{ cite("{id}") }}}}',
    "woven": 'One tells of {{{{ fact("{id}").phrase }}}}.',
    "drawn": '{{{{ figure("timeline", facts=["{id}", "strain"], alt="Dates.") }}}}',
}
SECTIONS = [(id, how) for id in IDS for how in BODIES]
TEMPLATE = "\n\n".join(f"# {number}\n\n{BODIES[how].format(id=id)}" for number, (id, how) in enumerate(SECTIONS))
WHOLE = {
    id: replace(
        fact,
        claim=f"The port tells of {id}.",
        brief=f"In short, {id}.",
        phrase=f"the tale of {id}",
        label=f"Label of {id}",
        date=fact.date or day("2031"),
    )
    for id, fact in DOSSIER.facts.items()
}
THEN = dataclasses.replace(DOSSIER, facts=WHOLE)


@cache
def old_document() -> Document:
    return composed(TEMPLATE, facts=THEN).document


def sections(document: Document) -> dict[str, list[Block]]:
    """The blocks of each section, by its title."""
    found: dict[str, list[Block]] = {}
    title = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            title = inline_text(block.content)
        else:
            found.setdefault(title, []).append(block)
    return found


def as_read(blocks: list[Block]) -> list[str]:
    """Everything that these blocks show: words, notes, and what figures are drawn from."""
    told: list[str] = []
    for block in blocks:
        for content in contents(block):
            told.append(inline_text(content))
            told += [inline_text(one.content) for one in inlines(content) if isinstance(one, Footnote)]
        if isinstance(block, Figure):
            told += [str(datum) for datum in block.data]
    return told


def expected(how: str, done: list[Mutation], reads_otherwise: bool) -> str | None:
    """How bad it must be for a section, by what was done to its fact, and by what composing it anew shows."""
    kinds = {mutation.kind for mutation in done}
    own = how in ("cited", "woven")
    shown = {"claim": {"claim"}, "claim and note": {"claim"}, "brief": {"brief"}}.get(how, set())
    told = {mutation.field for mutation in done if mutation.kind == "words"} & (
        {"claim", "brief", "phrase"} if own else shown
    )
    support = kinds & {"worse", "better", "note"} or any(mutation.field == "quote" for mutation in done)
    if "data" in kinds or (told and (support or "revised" in kinds)):
        return "wrong"
    if kinds & {"worse", "better"}:
        return "weaker" if "worse" in kinds else "stronger"
    if "revised" in kinds:
        return "wrong"
    if "stale" in kinds:
        return "stale"
    return "wording" if told or reads_otherwise else None


@st.composite
def curated(draw: st.DrawFn) -> dict[str, list[Mutation]]:
    """What was done to which fact: to each at most one of two opposite things."""
    found: dict[str, list[Mutation]] = {}
    for id in draw(st.sets(st.sampled_from(IDS), min_size=1)):
        done = draw(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=4, unique_by=lambda one: one.field))
        found[id] = done
    return found


def mutated(facts: Facts, done: Mapping[str, list[Mutation]]) -> Facts:
    changed = dict(facts.facts)
    for id, mutations in done.items():
        for mutation in mutations:
            changed[id] = mutation.do(changed[id])
    return dataclasses.replace(facts, facts=changed)


def effects(document: Document, then: Facts, now: Facts, today: Date = TODAY) -> list[Effect]:
    before = snapshots(then, used_facts(document))
    return list(effects_on(document, changed_facts(before, snapshots(now, now.facts), today), Vocabulary()))


def hold_to_brute_force(done: Mapping[str, list[Mutation]]) -> None:
    """Each section of the memo is told if, and only if, composing it anew or its fact's data say so; and how bad."""
    now = mutated(THEN, done)
    old, new = sections(old_document()), sections(composed(TEMPLATE, facts=now).document)
    found = {(effect.section, effect.fact): effect.grade for effect in effects(old_document(), THEN, now)}
    wanted = {}
    for number, (id, how) in enumerate(SECTIONS):
        title = str(number)
        reads_otherwise = as_read(old[title]) != as_read(new[title])
        assert not reads_otherwise or id in done
        if id in done and (bad := expected(how, done[id], reads_otherwise)):
            wanted[title, id] = bad
    assert {key: how for key, how in found.items() if key[1] != "strain"} == wanted


@SOME
@given(curated())
def test_impact_finds_what_brute_force_finds_and_nothing_else(done: dict[str, list[Mutation]]) -> None:
    hold_to_brute_force(done)


@pytest.mark.parametrize("first", MUTATIONS, ids=lambda one: f"{one.kind}-{one.field}")
def test_so_it_does_for_every_two_things_that_can_be_done_to_a_fact(first: Mutation) -> None:
    for second in MUTATIONS:
        if first.field != second.field or first is second:
            hold_to_brute_force({"rail-link": [first, second]})


@SOME
@given(curated())
def test_a_sentence_says_what_stands_in_the_copy_and_the_differences_what_stands_in_the_sheets(
    done: dict[str, list[Mutation]],
) -> None:
    now = mutated(THEN, done)
    before, after = snapshots(THEN, IDS), snapshots(now, IDS)
    texts = {sentence.text for passage in passages(old_document()) for sentence in passage.sentences}
    for effect in effects(old_document(), THEN, now):
        figure = SECTIONS[int(effect.section)][1] == "drawn"
        assert figure or effect.sentence in texts
        for one in effect.changes:
            if one.field in ("claim", "brief", "phrase", "status", "attribution", "date", "due"):
                assert one.old == to_plain(before[effect.fact]).get(one.field, "")
                assert one.new == to_plain(after[effect.fact]).get(one.field, "")


# The lighthouse: everything that templates can do


@cache
def lighthouse() -> tuple[Any, Facts, Any, Document]:
    facts, problems = load_dossier(LIGHTHOUSE / "facts" / "lighthouse", LIGHTHOUSE)
    style = load_style_file(LIGHTHOUSE / "templates" / "style.yaml", LIGHTHOUSE)[0].style
    template, _ = load_template(LIGHTHOUSE / "templates" / "lighthouse.md", LIGHTHOUSE)
    assert template is not None
    assert not problems
    found, problems = compose(template, facts, style, LIGHTHOUSE / "templates", LIGHTHOUSE)
    assert found is not None
    assert not problems
    return template, facts, style, found.document


def claims(document: Document) -> list[tuple[str, Claim]]:
    """Every claim with the title of its section, in reading order, those in notes included."""
    found = []
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = inline_text(block.content)
        for content in contents(block):
            found += [(section, inline) for inline in inlines(content) if isinstance(inline, Claim)]
    return found


STILL = tuple(one for one in MUTATIONS if one.kind in ("words", "shown", "revised", "stale") or one.field == "note")
"""Those that move nothing in a memo that sorts, selects and groups its facts."""


@SOME
@given(st.data())
def test_no_claim_of_a_memo_full_of_everything_changes_unnoticed_and_nothing_else_is_told(data: st.DataObject) -> None:
    template, then, style, document = lighthouse()
    used = list(used_facts(document))
    ids = data.draw(st.sets(st.sampled_from(used), min_size=1, max_size=3))
    done = {
        id: data.draw(st.lists(st.sampled_from(STILL), min_size=1, max_size=3, unique_by=lambda one: one.field))
        for id in sorted(ids)
    }
    now = mutated(then, done)
    found, problems = compose(template, now, style, LIGHTHOUSE / "templates", LIGHTHOUSE)
    assume(found is not None and not problems)
    assert found is not None
    old, new = claims(document), claims(found.document)
    assume([claim.facts for _, claim in old] == [claim.facts for _, claim in new])
    told = effects(document, then, now)
    where = {(effect.section, effect.fact) for effect in told}
    for (section, before), (_, after) in zip(old, new, strict=True):
        if before.text != after.text:
            assert any((section, fact) in where for fact in before.facts)
    before_now = {id: snapshots(now, [id])[id] != snapshots(then, [id])[id] for id in used}
    for effect in told:
        assert before_now[effect.fact] or effect.grade == "stale"


# Facts that are gone, and copies that are out of force


def test_a_fact_that_the_dossier_lacks_is_wrong_wherever_the_copy_uses_it() -> None:
    now = dataclasses.replace(THEN, facts={id: fact for id, fact in WHOLE.items() if id != "trade"})
    told = effects(old_document(), THEN, now)
    assert {(SECTIONS[int(effect.section)][0], effect.grade) for effect in told} == {("trade", "wrong")}
    assert len(told) == len(BODIES)


def test_a_fact_that_another_replaces_is_told_with_what_that_one_says() -> None:
    facts = {**WHOLE, "berths-three": replace(WHOLE["berths-open"], id="berths-three", supersedes="berths-open")}
    told = effects(old_document(), THEN, dataclasses.replace(THEN, facts=facts))
    assert {effect.fact for effect in told} == {"berths-open"}
    assert told[0].changes[0].new == "berths-three: The port tells of berths-open."


@pytest.mark.parametrize(
    ("field", "changed", "how"),
    [
        ("likelihood", Likelihood(scale="icd203", term="likely", by="the desk officer"), "stronger"),
        ("likelihood", None, "weaker"),
        ("confidence", Confidence(level="low", basis="One plan.", by="the desk officer"), "stronger"),
    ],
)
def test_how_sure_a_judgement_is_weighs_on_every_sentence_that_tells_it(field: str, changed: Any, how: str) -> None:
    document = composed('{{ fact("strain") }}\n\nThe quay may fill.{{ cite("strain") }}').document
    facts = {**DOSSIER.facts, "strain": replace(DOSSIER.facts["strain"], **{field: changed})}
    told = effects(document, DOSSIER, dataclasses.replace(DOSSIER, facts=facts))
    assert [(effect.grade, effect.prose) for effect in told] == [(how, False), (how, True)]


def test_two_sentences_that_lean_on_one_note_are_both_told() -> None:
    document = composed('Ships come. Trains will follow.{{ cite("rail-link") }} It rains.{{ cite("trade") }}').document
    now = mutated(THEN, {"rail-link": [MUTATIONS[0]]})
    assert [effect.sentence for effect in effects(document, THEN, now) if effect.fact == "rail-link"] == [
        "Ships come.",
        "Trains will follow.",
    ]


def issued_project(folder: Path) -> Project:
    shutil.copytree(BASE, folder / "project")
    project = Project(folder / "project")
    assert issue(project, "note", Handover(("Mayor",), "2031-03-15"))[0]
    return project


def test_a_copy_whose_dossier_has_errors_is_left_out_and_the_errors_told(tmp_path: Path) -> None:
    """What is missing from a sheet that cannot be read is not gone."""
    project = issued_project(tmp_path)
    sheet = project.folder / "facts" / "harbour" / "harbour.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("kind: commitment", "kind: promise"), "utf-8")
    found, problems = impact(Project(project.folder), ImpactQuery(TODAY))
    assert found == []
    assert [problem.code for problem in problems] == ["bad-value"]


@pytest.mark.parametrize("name", ["memo.json", "facts.json"])
def test_a_frozen_file_that_was_altered_is_told_and_not_believed(tmp_path: Path, name: str) -> None:
    project = issued_project(tmp_path)
    sheet = project.folder / "facts" / "harbour" / "harbour.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("status: announced", "status: done"), "utf-8")
    frozen = project.folder / "issued" / "note" / "1" / name
    frozen.write_text(frozen.read_text("utf-8").replace("announced", "done").replace("rail link", "railway"), "utf-8")
    found, problems = impact(Project(project.folder), ImpactQuery(TODAY))
    assert found == []
    assert [problem.code for problem in problems] == ["altered-edition"]


def test_facts_frozen_by_a_later_version_are_still_compared(tmp_path: Path) -> None:
    """Dossiers and registers outlive versions: what a later one adds to a fact's state is passed over."""
    from memo.editions import register

    project = issued_project(tmp_path)
    [entry], _ = read(project.folder)
    path = project.folder / entry.folder / "facts.json"
    state = json.loads(path.read_text("utf-8"))
    for fact in state["facts"].values():
        fact["urgency"] = "high"
    path.write_text(json.dumps(state), "utf-8")
    files = {**entry.files, "facts.json": bytes_digest(path.read_bytes())}
    (project.folder / register.REGISTER).unlink()
    shutil.rmtree(project.folder / "issued" / "register-entries")
    register.append(project.folder, replace(entry, files=files), None)
    found, problems = impact(Project(project.folder), ImpactQuery(TODAY))
    assert (found, problems) == ([], [])
