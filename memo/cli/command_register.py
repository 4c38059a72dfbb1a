"""``memo register``."""

from __future__ import annotations

from collections.abc import Sequence
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
    """Show who was given which edition, and which of these copies were replaced by a later one, or withdrawn.

    Every frozen file is held to the register: what is missing or altered is told.
    """
    from memo.editions.frozen_files import look_at_everything
    from memo.editions.register import memo_lines

    project = shared.require_project(folder, as_json)
    entries, problems = look_at_everything(project.folder)
    chosen = [entry for entry in entries if not memos or entry.memo in memos]
    lines = memo_lines(entries)
    history: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for name in entry.to:
            history.setdefault((lines[entry.memo], name), []).append(entry)
    rows = [
        (
            entry.edition,
            entry.date,
            project.recipients[0].called(name),
            _what_became(entry, history[lines[entry.memo], name]),
            entry.note,
        )
        for entry in chosen
        for name in entry.to
    ]
    if not as_json and rows:
        click.echo(printing.table([("EDITION", "DATE", "TO", "REPLACED BY", "NOTE"), *rows]))
    elif not as_json and not problems:
        click.echo("no edition was issued")
    shared.report(problems, project, as_json, entries=[entry_json(entry) for entry in chosen])


def _what_became(entry: Entry, history: Sequence[Entry]) -> str:
    """Tell what became of one recipient's copy: it was withdrawn, or another edition was handed over later.

    ``history`` are the recipient's entries of this line of memos.
    """
    if entry.kind == "withdrawal":
        return "(withdrawal)"
    if [other for other in history if other.edition == entry.edition][-1].kind == "withdrawal":
        return "(withdrawn)"
    newest = [other for other in history if other.kind == "handover"][-1]
    return newest.edition if newest.edition != entry.edition else ""


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
