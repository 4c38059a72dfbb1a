"""``memo issue``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from memo.cli import options as shared
from memo.cli.command_register import entry_json
from memo.problem import distinct

if TYPE_CHECKING:
    from memo.facts.edtf import Date
    from memo.facts.recipients import Recipients
    from memo.handover.issuing import Issued


@click.command()
@click.argument("memo", shell_complete=shared.complete_memo)
@click.option(
    "--to", multiple=True, required=True, metavar="NAME", callback=shared.plain_text, help="A recipient; repeatable."
)
@click.option("--note", default="", metavar="TEXT", callback=shared.plain_text, help="What is to be remembered of it.")
@click.option(
    "--replaces",
    default="",
    metavar="EDITION",
    shell_complete=shared.complete_edition,
    help="For a memo that was renamed: the edition, OTHER/N, of its earlier name that it goes on from.",
)
@click.option("--date", callback=shared.parse_day, metavar="DATE", help="The day of issue, in place of today.")
@shared.with_project
@shared.with_json
def issue(
    memo: str,
    to: tuple[str, ...],
    note: str,
    replaces: str,
    date: Date | None,
    folder: str | None,
    as_json: bool,
) -> None:
    """Check and build a memo, freeze its files under issued/MEMO/N/, and enter in the register who was given them.

    Unchanged since its newest edition, a memo is issued as that edition again; else it makes the next one. Nothing is
    issued of a memo that has errors.
    """
    from memo.handover.issuing import Handover
    from memo.handover.issuing import issue as issue_memo

    project = shared.require_project(folder, as_json)
    issued, problems = issue_memo(project, memo, Handover(to, date.text if date else "", note, replaces))
    if issued and not as_json:
        click.echo(_text(issued, project.recipients[0]))
    if issued is None and not as_json:
        click.echo(f"{memo}: not issued", err=True)
    plain = {**entry_json(issued.entry), "new": issued.new} if issued else None
    shared.report(distinct(problems), project, as_json, issued=plain)


def _text(issued: Issued, recipients: Recipients) -> str:
    entry, to = issued.entry, "; ".join(map(recipients.called, issued.entry.to))
    again = "" if issued.new else ", unchanged,"
    files = [f"{entry.folder}/{name}" for name in entry.files]
    return "\n".join([*files, f"{entry.edition}{again} issued to {to} on {entry.date}"])
