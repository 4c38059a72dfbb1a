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
    from memo.editions.frozen_files import look_at_everything
    from memo.editions.register import copies, memo_lines

    project = shared.require_project(folder, as_json)
    entries, problems = look_at_everything(project.folder)
    in_force, lines = copies(entries), memo_lines(entries)
    chosen = [entry for entry in entries if not memos or entry.memo in memos]
    held = ((entry, name, in_force.get((lines[entry.memo], name))) for entry in chosen for name in entry.to)
    rows = [(entry.edition, entry.date, name, _what_became(entry, now), entry.note) for entry, name, now in held]
    if not as_json and rows:
        click.echo(printing.table([("EDITION", "DATE", "TO", "REPLACED BY", "NOTE"), *rows]))
    elif not as_json and not problems:
        click.echo("no edition was issued")
    shared.report(problems, project, as_json, entries=[entry_json(entry) for entry in chosen])


def _what_became(entry: Entry, in_force: Entry | None) -> str:
    """Return the edition that the same recipient holds now, where it is another; or that the copy was withdrawn."""
    if entry.kind == "withdrawal":
        return "(withdrawal)"
    if in_force is None:
        return "(withdrawn)"
    return in_force.edition if in_force.edition != entry.edition else ""


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values, for ``--json``."""
    more = {"kind": entry.kind if entry.kind != "handover" else "", "replaces": entry.replaces}
    return {
        "edition": entry.edition,
        "date": entry.date,
        "to": list(entry.to),
        "note": entry.note,
        "folder": entry.folder,
        "files": dict(entry.files),
        **{key: value for key, value in more.items() if value},
    }
