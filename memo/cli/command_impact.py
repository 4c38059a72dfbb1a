"""``memo impact``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import asdict

from memo.cli import options as shared

if TYPE_CHECKING:
    from memo.editions.effects import Effect
    from memo.facts.edtf import Date
    from memo.facts.recipients import Recipients
    from memo.handover.affected_copies import AffectedEdition


@click.command()
@click.option("--since", metavar="EDITION", default="", help="Only this edition of a memo, MEMO/N, and later ones.")
@click.option("--fact", metavar="ID", default="", help="Only what this fact affects.")
@click.option(
    "--today", callback=shared.parse_day, metavar="DATE", help="The day to tell review dates by, in place of today."
)
@shared.with_project
@shared.with_json
def impact(since: str, fact: str, today: Date | None, folder: str | None, as_json: bool) -> None:
    """Show for every copy in force which of its sentences a change of facts affects, and how bad that is.

    wrong: what the fact says is another, or it was retired or contradicted. weaker, stronger: how good it is changed.
    stale: its review date has passed. wording: the same, in other words. Exit status: 0 where nothing is affected, 1
    where something is.
    """
    from memo.handover.affected_copies import ImpactQuery
    from memo.handover.affected_copies import impact as impact_of

    project = shared.require_project(folder, as_json)
    editions, problems = impact_of(project, ImpactQuery(today, since, fact))
    if not as_json and (editions or not problems):
        click.echo(_text(editions, project.recipients[0]))
    copies = [_json(edition, recipient) for edition in editions for recipient in edition.recipients]
    shared.report(problems, project, as_json, copies=copies)
    if editions:
        sys.exit(1)


# As a person reads it


def _text(editions: Sequence[AffectedEdition], names: Recipients) -> str:
    lines: list[str] = []
    for edition in editions:
        holders = "; ".join(map(names.called, edition.recipients))
        lines.append(f"{click.style(edition.edition, bold=True)}  held by {holders}")
        by_fact: dict[tuple[str, str], list[Effect]] = {}
        for effect in edition.effects:
            by_fact.setdefault((effect.grade, effect.fact), []).append(effect)
        lines += [line for effects in by_fact.values() for line in _fact_lines(effects)]
    count = sum(len(edition.recipients) for edition in editions)
    copies = "copy is" if count == 1 else "copies are"
    return "\n".join([*lines, f"{count} {copies} affected" if count else "no copy is affected"])


def _fact_lines(effects: Sequence[Effect]) -> Iterator[str]:
    """Tell what one fact does to a copy: what changed of it, told once, and each sentence that this affects."""
    first = effects[0]
    yield f"  {first.grade}  fact {click.style(first.fact, bold=True)}"
    for one in dict.fromkeys(one for effect in effects for one in effect.changes):
        yield f"    {one.field.replace('_', ' ')}: {one.old or '(none)'} -> {one.new or '(none)'}"
    for source in dict.fromkeys(source for effect in effects for source in effect.sources):
        yield f"    source: {source}"
    if first.reason:
        yield f"    reason: {first.reason}"
    for effect in effects:
        where = f"{effect.section}: " if effect.section else ""
        again = " (the writer's own words: read it again)" if effect.prose else ""
        yield f"    in  {where}{effect.sentence}{again}"


# As a program reads it


def _json(edition: AffectedEdition, recipient: str) -> dict[str, Any]:
    effects = [_effect_json(effect) for effect in edition.effects]
    return {"edition": edition.edition, "date": edition.date, "recipient": recipient, "effects": effects}


def _effect_json(effect: Effect) -> dict[str, Any]:
    return {
        "how": effect.grade,
        "fact": effect.fact,
        "section": effect.section,
        "sentence": effect.sentence,
        "prose": effect.prose,
        "changes": [asdict(one) for one in effect.changes],
        "sources": list(effect.sources),
        "reason": effect.reason,
    }
