"""``memo diff``: what changed between two versions of a memo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import asdict

from memo.cli import options as shared
from memo.cli.printing import plural

if TYPE_CHECKING:
    from memo.document.tree import Change
    from memo.handover.versions import Redline, Version


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@shared.with_project
@shared.with_json
def diff(old: str, new: str | None, folder: str | None, as_json: bool) -> None:
    """Tell what changed from OLD to NEW, sentence by sentence, with the facts and sources behind it.

    Each is a delivered .pdf or .docx, an edition (MEMO/2), or a memo as it stands now (MEMO). NEW is the current state
    of the memo that OLD is of, if not given. The exit status is 0 whether or not anything changed; it is 1 where the
    pages of a delivered file do not say what it carries.
    """
    from memo.handover.versions import diff as diff_versions

    project = shared.require_project(folder, as_json)
    redline, problems = diff_versions(project, old, new)
    if redline is None:
        shared.report(problems, project, as_json)
        return
    if not as_json:
        click.echo(_text(redline))
    changes = [asdict(change) for change in redline.document.changes]
    shared.report(problems, project, as_json, **versions_json(redline), changes=changes)


def _text(redline: Redline) -> str:
    """Show every change under its section, deleted words in ``[-...-]``, inserted ones in ``{+...+}``."""
    lines = [line for version in (redline.old, redline.new) for line in pages_text(version)]
    lines += [f"{_version_text(redline.old)} -> {_version_text(redline.new)}: {count_changes(redline)}"]
    section = None
    for change in redline.document.changes:
        if change.section != section:
            section = change.section
            lines += ["", click.style(section or "(before the first section)", bold=True)]
        lines += [f"  {_sentence(change)}", *(f"      {line}" for line in _grounds(change))]
    return "\n".join(lines)


def _version_text(version: Version) -> str:
    """Return ``harbour/2 (14 March 2031)``."""
    return f"{version.name} ({version.document.metadata.date_shown})"


def _sentence(change: Change) -> str:
    from memo.changes.alignment import word_diff

    styled: dict[str, Callable[[str], str]] = {
        "": str,
        "deleted": lambda text: click.style(f"[-{text}-]", fg="red"),
        "inserted": lambda text: click.style(f"{{+{text}+}}", fg="green"),
    }
    return "".join(styled[how](text) for how, text in word_diff(change.before, change.after))


def _grounds(change: Change) -> Iterator[str]:
    grounds = (
        ("facts", ", ".join(change.facts)),
        ("sources", "; ".join(change.sources)),
        ("reason", change.reason),
    )
    return (f"{name}: {text}" for name, text in grounds if text)


# For `memo redline`, too


def pages_text(version: Version) -> Iterator[str]:
    """Show where the pages of a delivered file do not say what it carries."""
    if version.passages:
        yield click.style(f"{version.name}: its pages do not say what it carries", bold=True)
    for passage in version.passages:
        yield f"  its pages say “{passage.here}”"
        yield f"  it carries    “{passage.there}”"
    if version.passages:
        yield ""


def count_changes(redline: Redline) -> str:
    """Return ``2 changes``, or ``nothing changed``; of a file whose pages say something else, less than that."""
    count = len(redline.document.changes)
    if not (redline.old.agrees and redline.new.agrees):
        return f"{count or 'no'} {plural('change', count)} in what the files carry, which is not all that they show"
    return f"{count} {plural('change', count)}" if count else "nothing changed"


def versions_json(redline: Redline) -> dict[str, Any]:
    """Return the two versions as plain values, for ``--json``."""
    return {"old": _version_json(redline.old), "new": _version_json(redline.new)}


def _version_json(version: Version) -> dict[str, Any]:
    metadata = version.document.metadata
    plain = {"name": version.name, "memo": version.memo, "edition": metadata.edition, "date": metadata.date}
    passages = [{"pages": passage.here, "carried": passage.there} for passage in version.passages]
    return {**plain, "agrees": version.agrees, "passages": passages}
