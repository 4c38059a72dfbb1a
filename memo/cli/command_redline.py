"""``memo redline``: a new version of a memo with its changes since an old one marked."""

from __future__ import annotations

from pathlib import Path

import click

from memo.cli import options as shared
from memo.cli.command_diff import count_changes, pages_text, versions_json
from memo.problem import has_errors

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("-o", "--output", "path", required=True, type=_FILE, metavar="FILE", help="The file to write.")
@shared.with_project
@shared.with_json
def redline(old: str, new: str | None, path: Path, folder: str | None, as_json: bool) -> None:
    """Write NEW to FILE with its changes since OLD marked: tracked changes and comments in a .docx, or a .pdf.

    OLD and NEW are as in memo diff. Nothing is written where the pages of a delivered file do not say what it carries.
    """
    from memo.handover.versions import redline as write_redline

    project = shared.require_project(folder, as_json)
    found, problems = write_redline(project, old, path, new)
    if found is None:
        shared.report(problems, project, as_json)
        return
    written = not has_errors(problems)
    if not as_json:
        for version in (found.old, found.new):
            click.echo("".join(f"{line}\n" for line in pages_text(version)), nl=False)
    if not as_json and written:
        click.echo(f"{path.as_posix()}  {count_changes(found)}")
    changes = len(found.document.changes)
    shared.report(
        problems, project, as_json, **versions_json(found), path=path.as_posix() if written else None, changes=changes
    )
