"""``memo impact``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, get_args

import click
from msgspec.structs import asdict

from memo.cli import options as shared
from memo.cli import printing
from memo.problem import has_errors

if TYPE_CHECKING:
    from memo.editions.effects import Effect
    from memo.facts.edtf import Date
    from memo.facts.recipients import Recipients
    from memo.handover.affected_copies import AffectedEdition


@click.command()
@click.option(
    "--since",
    metavar="EDITION",
    default="",
    shell_complete=shared.complete_edition,
    help="Only this edition of a memo, MEMO/N, and later ones.",
)
@click.option(
    "--fact", metavar="ID", default="", shell_complete=shared.complete_fact, help="Only what this fact affects."
)
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
    if not as_json and (editions or not has_errors(problems)):
        click.echo(_text(editions, project.recipients[0]))
    copies = [_json(edition, recipient) for edition in editions for recipient in edition.recipients]
    shared.report(problems, project, as_json, copies=copies)
    if editions:
        sys.exit(1)


# As a person reads it


def _text(editions: Sequence[AffectedEdition], names: Recipients) -> str:
    """Show the total, then fact by fact what changed of it, and in whose copies that affects which sentences."""
    lines = [click.style(printing.hang(_total(editions)), bold=True)]
    by_change: dict[tuple[Any, ...], dict[str, tuple[AffectedEdition, list[Effect]]]] = {}
    for edition in editions:
        for effect in edition.effects:
            change = (effect.fact, effect.grade, effect.changes, effect.sources, effect.reason)
            copies = by_change.setdefault(change, {})
            copies.setdefault(edition.edition, (edition, []))[1].append(effect)
    facts = list(dict.fromkeys(fact for fact, *_ in by_change))
    for _, copies in sorted(by_change.items(), key=lambda pair: facts.index(pair[0][0])):
        lines += ["", *_change_lines(next(iter(copies.values()))[1][0])]
        for edition, effects in copies.values():
            holders = "; ".join(map(names.called, edition.recipients))
            lines.append(printing.hang(f"{edition.edition}, held by {holders}", "  ", "    "))
            lines += [_sentence(effect) for effect in effects]
    return "\n".join(lines)


def _total(editions: Sequence[AffectedEdition]) -> str:
    """Return ``2 copies are affected, held by 2: 3 sentences (2 wrong, 1 stale)``; each sentence at its gravest."""
    from memo.editions.grading import Grade

    copies = sum(len(edition.recipients) for edition in editions)
    if not copies:
        return "no copy is affected"
    holders = len({recipient for edition in editions for recipient in edition.recipients})
    gravest_first, grades = get_args(Grade), list[str]()
    for edition in editions:
        worst: dict[tuple[str, str], str] = {}
        for effect in sorted(edition.effects, key=lambda effect: gravest_first.index(effect.grade)):
            worst.setdefault((effect.section, effect.sentence), effect.grade)
        grades += worst.values()
    counts = ", ".join(f"{grades.count(one)} {one}" for one in gravest_first if one in grades)
    are, sentences = "copy is" if copies == 1 else "copies are", printing.plural("sentence", len(grades))
    people = f"{holders} {printing.plural('holder', holders)}"
    return f"{copies} {are} affected, of {people}: {len(grades)} {sentences} ({counts})"


def _change_lines(effect: Effect) -> Iterator[str]:
    """Tell what changed of a fact, with its sources and the reason."""
    yield f"{effect.grade}  fact {click.style(effect.fact, bold=True)}"
    for one in effect.changes:
        yield printing.hang(f"{one.field.replace('_', ' ')}: {one.old or '(none)'}", "  ", "    ")
        yield printing.hang(f"-> {one.new or '(none)'}", "    ", "   ")
    yield from (printing.hang(f"source: {source}", "  ") for source in effect.sources)
    if effect.reason:
        yield printing.hang(f"reason: {effect.reason}", "  ")


def _sentence(effect: Effect) -> str:
    again = " (the writer's own words: read it again)" if effect.prose else ""
    return printing.hang(f"{f'{effect.section}: ' if effect.section else ''}{effect.sentence}{again}", "    ")


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
