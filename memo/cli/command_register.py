"""``memo register``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from memo.cli import options as shared
from memo.cli import printing

if TYPE_CHECKING:
    from memo.editions.register import Entry


@click.command()
@click.argument("memos", nargs=-1, metavar="[MEMO]...", shell_complete=shared.complete_memo)
@shared.with_project
@shared.with_json
def register(memos: tuple[str, ...], folder: str | None, as_json: bool) -> None:
    """Show who was given which edition, and which of these copies were replaced by a later one."""
    from memo.editions.frozen_files import issued
    from memo.editions.register import copies

    project = shared.require_project(folder, as_json)
    entries, problems = issued(project.folder)
    in_force = copies(entries)
    chosen = [entry for entry in entries if not memos or entry.memo in memos]
    rows = [
        (entry.edition, entry.date, recipient, _replaced_by(entry, in_force[entry.memo, recipient]), entry.note)
        for entry in chosen
        for recipient in entry.to
    ]
    if not as_json and rows:
        click.echo(printing.table([("EDITION", "DATE", "TO", "REPLACED BY", "NOTE"), *rows]))
    elif not as_json and not problems:
        click.echo("no edition was issued")
    shared.report(problems, project, as_json, entries=[entry_json(entry) for entry in chosen])


def _replaced_by(entry: Entry, in_force: Entry) -> str:
    """Return the edition that the same recipient holds now, where it is another."""
    return in_force.edition if in_force.number != entry.number else ""


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values, for ``--json``."""
    return {
        "edition": entry.edition,
        "date": entry.date,
        "to": list(entry.to),
        "note": entry.note,
        "folder": entry.folder,
        "files": dict(entry.files),
    }
