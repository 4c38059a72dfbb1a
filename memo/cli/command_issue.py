"""``memo status``, ``memo issue``, ``memo register`` and ``memo impact``: what was handed out, and how it stands."""

from __future__ import annotations

import datetime
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import click

from memo.cli import printing
from memo.cli.options import as_json, complete_memo, day, in_jobs, in_project, need_project, report
from memo.problem import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memo.editions.effects import Effect
    from memo.editions.register import Entry
    from memo.facts.edtf import Date
    from memo.handover.affected_copies import Affected
    from memo.handover.freshness import Reason, Status
    from memo.handover.issuing import Issued
    from memo.problem import Problem
    from memo.project import Project


_WHY = {
    "never-built": "never built",
    "errors": "it has errors",
    "file-missing": "{} is missing",
    "file-altered": "{} was altered by hand",
    "file-not-built": "{} was not built",
    "fact-changed": "fact {} changed",
    "fact-added": "fact {} came in",
    "fact-removed": "fact {} went out",
    "template-changed": "{} changed",
    "template-added": "{} came in",
    "template-removed": "{} went out",
    "sheet-changed": "{} changed",
    "style-changed": "{} changed",
    "house-style-changed": "house style {} changed",
    "edition-issued": "edition {} was issued, and it says what changed since",
    "tool-changed": "another version of {}",
    "built-with": "built with other options ({})",
}


def words(_ctx: click.Context, _param: click.Parameter, value: Any) -> Any:
    """Texts kept as they are given; blank ones and those with control characters are usage errors."""
    for text in value if isinstance(value, tuple) else (value,):
        if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text):
            raise click.BadParameter(f"{text!r} holds a control character")
        if isinstance(value, tuple) and not text.strip():
            raise click.BadParameter("a recipient needs a name")
    return value


def today() -> Date:
    """The day that the clock tells."""
    from memo.facts.edtf import parse

    date = parse(datetime.date.today().isoformat())
    assert date is not None
    return date


@click.command()
@click.argument("memos", nargs=-1, metavar="[MEMO]...", shell_complete=complete_memo)
@in_jobs
@in_project
@as_json
def status(memos: tuple[str, ...], jobs: int, folder: str | None, as_json: bool) -> None:
    """List memos: fresh, or stale and because of what. Writes nothing.

    A memo is fresh where `memo build` would leave its files in output/ as they are.
    """
    from memo.handover.freshness import status as status_of

    project = need_project(folder, as_json)
    names = memos or tuple(project.memos())
    unknown = [problem for name in memos if name not in project.memos() for problem in project.template(name)[1]]
    known = [name for name in names if name in project.memos()]
    found = list(status_of(project, known, project.folder / "output", jobs))
    if not as_json and found:
        click.echo(printing.table([_status_row(one) for one in found]))
    report(unknown, project, as_json, memos=[_status_plain(one) for one in found])


@click.command()
@click.argument("memo", shell_complete=complete_memo)
@click.option("--to", multiple=True, required=True, metavar="NAME", callback=words, help="A recipient; repeatable.")
@click.option("--note", default="", metavar="TEXT", callback=words, help="What is to be remembered of it.")
@click.option("--date", callback=day, metavar="DATE", help="The day of issue, in place of today.")
@in_project
@as_json
def issue(memo: str, to: tuple[str, ...], note: str, date: Date | None, folder: str | None, as_json: bool) -> None:
    """Check and build a memo, freeze its files under issued/MEMO/N/, and enter in the register who was given them.

    Unchanged since its newest edition, a memo is issued as that edition again; else it makes the next one. Nothing is
    issued of a memo that has errors.
    """
    from memo.handover.issuing import Handover
    from memo.handover.issuing import issue as issue_memo

    project = need_project(folder, as_json)
    handover = Handover(tuple(dict.fromkeys(to)), (date or today()).text, note)
    issued, problems = issue_memo(project, memo, handover)
    if issued and not as_json:
        _print_issued(issued)
    if issued is None and not as_json:
        click.echo(f"{memo}: not issued", err=True)
    plain = {**_entry_plain(issued.entry), "new": issued.new} if issued else None
    report(distinct(problems), project, as_json, issued=plain)


@click.command()
@click.argument("memos", nargs=-1, metavar="[MEMO]...", shell_complete=complete_memo)
@in_project
@as_json
def register(memos: tuple[str, ...], folder: str | None, as_json: bool) -> None:
    """Show who was given which edition, and which of these copies were replaced by a later one."""
    from memo.editions.frozen_files import issued
    from memo.editions.register import copies

    project = need_project(folder, as_json)
    entries, problems = issued(project.folder)
    held = copies(entries)
    chosen = [entry for entry in entries if not memos or entry.memo in memos]
    rows = [
        (entry.edition, entry.date, recipient, _replaced(entry, held[entry.memo, recipient]), entry.note)
        for entry in chosen
        for recipient in entry.to
    ]
    if not as_json and rows:
        click.echo(printing.table([("EDITION", "DATE", "TO", "REPLACED BY", "NOTE"), *rows]))
    elif not as_json and not problems:
        click.echo("no edition was issued")
    report(problems, project, as_json, entries=[_entry_plain(entry) for entry in chosen])


@click.command()
@click.option("--since", metavar="EDITION", default="", help="Only this edition of a memo, MEMO/N, and later ones.")
@click.option("--fact", metavar="ID", default="", help="Only what this fact affects.")
@click.option("--today", "on", callback=day, metavar="DATE", help="The day to tell review dates by, in place of today.")
@in_project
@as_json
def impact(since: str, fact: str, on: Date | None, folder: str | None, as_json: bool) -> None:
    """Show for every copy in force which of its sentences a change of facts affects, and how bad that is.

    wrong: what the fact says is another, or it was retired or contradicted. weaker, stronger: how good it is changed.
    stale: its review date has passed. wording: the same, in other words. Exit status: 0 where nothing is affected, 1
    where something is.
    """
    from memo.editions.frozen_files import issued
    from memo.editions.register import parse_edition
    from memo.handover.affected_copies import ImpactQuery
    from memo.handover.affected_copies import impact as impact_of

    project = need_project(folder, as_json)
    entries, problems = issued(project.folder)
    unknown = [*_unknown_edition(entries, since), *_unknown_fact(project, fact)]
    if problems or unknown:
        report([*problems, *unknown], project, as_json, copies=[])
    found, problems = impact_of(
        project, entries, ImpactQuery(on or today(), parse_edition(since) if since else None, fact)
    )
    if not as_json and (found or not problems):
        _print_impact(found)
    copies = [_affected_plain(one, recipient) for one in found for recipient in one.recipients]
    report(distinct(problems), project, as_json, copies=copies)
    if found:
        sys.exit(1)


# As a person reads it


def _status_row(one: Status) -> tuple[str, str, str]:
    return one.memo, "stale" if one.reasons else "fresh", "; ".join(_why(reason) for reason in one.reasons)


def _why(reason: Reason) -> str:
    return _WHY[reason.what].format(reason.name)


def _print_issued(issued: Issued) -> None:
    entry = issued.entry
    for name in entry.files:
        click.echo(f"{entry.folder}/{name}")
    again = "" if issued.new else ", unchanged,"
    click.echo(f"{entry.edition}{again} issued to {'; '.join(entry.to)} on {entry.date}")


def _replaced(entry: Entry, held: Entry) -> str:
    """The edition that this recipient was given later."""
    return held.edition if held.number != entry.number else ""


def _print_impact(found: Sequence[Affected]) -> None:
    for one in found:
        click.echo(f"{click.style(one.edition, bold=True)}  held by {'; '.join(one.recipients)}")
        by_fact: dict[tuple[str, str], list[Effect]] = {}
        for effect in one.effects:
            by_fact.setdefault((effect.grade, effect.fact), []).append(effect)
        for effects in by_fact.values():
            click.echo("\n".join(_fact_lines(effects)))
    count = sum(len(one.recipients) for one in found)
    click.echo(f"{count} {'copy is' if count == 1 else 'copies are'} affected" if count else "no copy is affected")


def _fact_lines(effects: Sequence[Effect]) -> list[str]:
    """What one fact does to a copy: what changed of it, told once, and each sentence that this affects."""
    first = effects[0]
    lines = [f"  {first.grade}  fact {click.style(first.fact, bold=True)}"]
    for one in dict.fromkeys(one for effect in effects for one in effect.changes):
        lines.append(f"    {one.field.replace('_', ' ')}: {one.old or '(none)'} -> {one.new or '(none)'}")
    lines += [f"    source: {source}" for source in dict.fromkeys(one for effect in effects for one in effect.sources)]
    lines += [f"    reason: {first.reason}"] if first.reason else []
    for effect in effects:
        where = f"{effect.section}: " if effect.section else ""
        again = " (the writer's own words: read it again)" if effect.prose else ""
        lines.append(f"    in  {where}{effect.sentence}{again}")
    return lines


# As a program reads it


def _status_plain(one: Status) -> dict[str, Any]:
    because = [{"what": reason.what, "name": reason.name} for reason in one.reasons]
    return {"memo": one.memo, "state": "stale" if because else "fresh", "because": because}


def _entry_plain(entry: Entry) -> dict[str, Any]:
    return {
        "edition": entry.edition,
        "date": entry.date,
        "to": list(entry.to),
        "note": entry.note,
        "folder": entry.folder,
        "files": dict(entry.files),
    }


def _affected_plain(one: Affected, recipient: str) -> dict[str, Any]:
    effects = [_effect_plain(effect) for effect in one.effects]
    return {"edition": one.edition, "date": one.date, "recipient": recipient, "effects": effects}


def _effect_plain(effect: Effect) -> dict[str, Any]:
    return {
        "how": effect.grade,
        "fact": effect.fact,
        "section": effect.section,
        "sentence": effect.sentence,
        "prose": effect.prose,
        "changes": [{"field": one.field, "old": one.old, "new": one.new} for one in effect.changes],
        "sources": list(effect.sources),
        "reason": effect.reason,
    }


# What is asked for and not there


def _unknown_edition(entries: Sequence[Entry], name: str) -> list[Problem]:
    from memo.editions.frozen_files import unknown_edition

    return [unknown_edition(name, entries)] if name and all(entry.edition != name for entry in entries) else []


def _unknown_fact(project: Project, id: str) -> list[Problem]:
    from memo.problem import Place, Problem

    if not id or any(id in project.dossier(name)[0].facts for name in project.dossiers()):
        return []
    return [Problem("unknown-fact", f"no fact '{id}' in any dossier", Place("facts"))]
