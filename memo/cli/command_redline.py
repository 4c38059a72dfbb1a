"""``memo diff`` and ``memo redline``: what changed between two versions of a memo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import asdict

from memo.cli.options import as_json, in_project, need_project, report
from memo.problem import has_errors

if TYPE_CHECKING:
    from memo.document.tree import Change
    from memo.handover.versions import Redline, Version


_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@in_project
@as_json
def diff(old: str, new: str | None, folder: str | None, as_json: bool) -> None:
    """Tell what changed from OLD to NEW, sentence by sentence, with the facts and sources behind it.

    Each is a delivered .pdf or .docx, an edition (MEMO/2), or a memo as it stands now (MEMO). NEW is the current state
    of the memo that OLD is of, if not given. The exit status is 0 whether or not anything changed.
    """
    from memo.handover.versions import redline as hold

    project = need_project(folder, as_json)
    found, problems = hold(project, old, new)
    if found is None:
        report(problems, project, as_json)
        return
    if not as_json:
        click.echo(_text(found))
    changes = [asdict(change) for change in found.document.changes]
    report(problems, project, as_json, **_versions(found), changes=changes)


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("-o", "--output", "path", required=True, type=_FILE, metavar="FILE", help="The file to write.")
@in_project
@as_json
def redline(old: str, new: str | None, path: Path, folder: str | None, as_json: bool) -> None:
    """Write NEW to FILE with its changes since OLD marked: tracked changes and comments in a .docx, or a .pdf.

    OLD and NEW are as in memo diff.
    """
    from memo.handover.versions import redline as hold
    from memo.handover.versions import write_redline

    project = need_project(folder, as_json)
    found, problems = hold(project, old, new)
    if found is None:
        report(problems, project, as_json)
        return
    problems = problems + write_redline(found.document, project, path)
    if not as_json and not has_errors(problems):
        click.echo(f"{path.as_posix()}  {_count(found)}")
    written = None if has_errors(problems) else path.as_posix()
    report(problems, project, as_json, **_versions(found), path=written, changes=len(found.document.changes))


def _versions(found: Redline) -> dict[str, Any]:
    return {"old": _version(found.old), "new": _version(found.new)}


def _version(version: Version) -> dict[str, str]:
    metadata = version.document.metadata
    return {"name": version.name, "memo": version.memo, "edition": metadata.edition, "date": metadata.date}


def _count(found: Redline) -> str:
    count = len(found.document.changes)
    return f"{count} change{'' if count == 1 else 's'}" if count else "nothing changed"


def _text(found: Redline) -> str:
    """Every change under its section, words that went in ``[-...-]``, words that came in ``{+...+}``."""
    lines = [f"{_called(found.old)} -> {_called(found.new)}: {_count(found)}"]
    section = None
    for change in found.document.changes:
        if change.section != section:
            section = change.section
            lines += ["", click.style(section or "(before the first section)", bold=True)]
        lines += [f"  {_sentence(change)}", *(f"      {line}" for line in _grounds(change))]
    return "\n".join(lines)


def _called(version: Version) -> str:
    """``harbour/2 (14 March 2031)``."""
    return f"{version.name} ({version.document.metadata.date_shown})"


def _sentence(change: Change) -> str:
    from memo.changes.alignment import word_diff

    return "".join(_SHOWN[how](text) for how, text in word_diff(change.before, change.after))


_SHOWN: dict[str, Callable[[str], str]] = {
    "": str,
    "deleted": lambda text: click.style(f"[-{text}-]", fg="red"),
    "inserted": lambda text: click.style(f"{{+{text}+}}", fg="green"),
}


def _grounds(change: Change) -> list[str]:
    told = (
        ("facts", ", ".join(change.facts)),
        ("sources", "; ".join(change.sources)),
        ("reason", change.reason),
    )
    return [f"{name}: {value}" for name, value in told if value]
