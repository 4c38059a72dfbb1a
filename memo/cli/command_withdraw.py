"""``memo withdraw``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from memo.cli import options as shared
from memo.cli.command_register import entry_json

if TYPE_CHECKING:
    from memo.facts.edtf import Date


@click.command()
@click.argument("edition", shell_complete=shared.complete_edition)
@click.option(
    "--to", multiple=True, required=True, metavar="NAME", callback=shared.plain_text, help="A holder; repeatable."
)
@click.option("--reason", required=True, metavar="TEXT", callback=shared.plain_text, help="Why it is withdrawn.")
@click.option("--date", callback=shared.parse_day, metavar="DATE", help="The day of withdrawal, in place of today.")
@shared.with_project
@shared.with_json
def withdraw(
    edition: str, to: tuple[str, ...], reason: str, date: Date | None, folder: str | None, as_json: bool
) -> None:
    """Enter in the register that copies of EDITION (MEMO/N) are no longer in force: those handed to these holders.

    The frozen files stay, and so does the entry by which they were issued. A holder who is given an edition later holds
    one in force again.
    """
    from memo.handover.withdrawing import Withdrawal
    from memo.handover.withdrawing import withdraw as withdraw_copies

    project = shared.require_project(folder, as_json)
    entry, problems = withdraw_copies(project, edition, Withdrawal(to, reason, date.text if date else ""))
    if entry and not as_json:
        names = "; ".join(map(project.recipients[0].called, entry.to))
        click.echo(f"{entry.edition} withdrawn from {names} on {entry.date}")
    if entry is None and not as_json:
        click.echo(f"{edition}: not withdrawn", err=True)
    shared.report(problems, project, as_json, withdrawn=entry_json(entry) if entry else None)
