"""``memo join``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from memo.cli import options as shared
from memo.cli.command_register import entry_json

if TYPE_CHECKING:
    from memo.handover.joining import Joined


@click.command()
@click.argument("other", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@shared.with_project
@shared.with_json
def join(other: Path | None, folder: str | None, as_json: bool) -> None:
    """Join the register of another copy of this project, in the folder OTHER, with this one: two branches, two clones.

    All that was issued in both is in one register then, in the order of its days, with its frozen files. Editions that
    have a number in common keep it, and are told apart by their digest. Without OTHER, what git has put into one
    register is joined, and what a merge has dropped from it is put back from the copies beside it.
    """
    from memo.handover.joining import join_registers

    project = shared.require_project(folder, as_json)
    joined, problems = join_registers(project, other)
    if joined and not as_json:
        click.echo(_text(joined))
    if joined is None and not as_json:
        click.echo("nothing was joined", err=True)
    plain = [entry_json(entry) for entry in joined.added] if joined else None
    shared.report(problems, project, as_json, added=plain)


def _text(joined: Joined) -> str:
    count = len(joined.added)
    lines = [f"{count} {'entry' if count == 1 else 'entries'} came in" if count else "nothing came in"]
    lines += [f"{entry.edition} shares its number with another: {entry.folder}/" for entry in joined.twins]
    return "\n".join(lines)
