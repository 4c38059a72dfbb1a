"""``memo status``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from memo.cli import options as shared
from memo.cli import printing

if TYPE_CHECKING:
    from memo.handover.freshness import Cause, Status


_CAUSES: dict[Cause, str] = {
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
    "sheet-added": "{} came in",
    "sheet-removed": "{} went out",
    "facts-moved": "facts moved from {}",
    "facts-reordered": "the facts of {} stand in another order",
    "style-changed": "{} changed",
    "house-style-changed": "house style {} changed",
    "edition-issued": "edition {} was issued, and it says what changed since",
    "tool-changed": "another version of {}",
    "built-with": "built with other options ({})",
}


@click.command()
@click.argument("memos", nargs=-1, metavar="[MEMO]...", shell_complete=shared.complete_memo)
@shared.with_jobs
@shared.with_project
@shared.with_json
def status(memos: tuple[str, ...], jobs: int, folder: str | None, as_json: bool) -> None:
    """List memos: fresh, or stale and because of what. Writes nothing.

    A memo is fresh where `memo build` would leave its files in output/ as they are. What is missing or altered of what
    was issued is told, too.
    """
    from memo.editions.frozen_files import look_at_everything
    from memo.handover.freshness import status as statuses_of

    project = shared.require_project(folder, as_json)
    known = [name for name in memos or project.memos() if name in project.memos()]
    unknown = [problem for name in memos if name not in known for problem in project.template(name)[1]]
    statuses = list(statuses_of(project, known, jobs=jobs)) if known else []  # no name would stand for all
    if not as_json and statuses:
        click.echo(printing.table([_row(one) for one in statuses]))
    problems = [*project.passed_over, *unknown, *look_at_everything(project.folder)[1]]
    shared.report(problems, project, as_json, memos=[_json(one) for one in statuses])


def _row(one: Status) -> tuple[str, str, str]:
    reasons = (_CAUSES[reason.cause].format(reason.name) for reason in one.reasons)
    return one.memo, "stale" if one.reasons else "fresh", "; ".join(reasons)


def _json(one: Status) -> dict[str, Any]:
    because = [{"what": reason.cause, "name": reason.name} for reason in one.reasons]
    return {"memo": one.memo, "state": "stale" if because else "fresh", "because": because}
