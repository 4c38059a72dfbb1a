"""``memo verify``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from memo.cli import options as shared
from memo.cli import printing

if TYPE_CHECKING:
    from memo.facts.edtf import Date
    from memo.handover.identity import Answer
    from memo.handover.verification import Verification
    from memo.project import Project


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--today", callback=shared.parse_day, metavar="DATE", help="The day to tell review dates by, in place of today."
)
@shared.with_project
@shared.with_json
def verify(file: Path, today: Date | None, folder: str | None, as_json: bool) -> None:
    """Tell what a delivered PDF or Word file is: which memo and edition, unaltered, still current.

    What can be told depends on where it is asked: in the project that the memo came from (or with -C), the file is
    held against the register and against the facts as they stand; elsewhere, against the document that it carries.
    Exit status 0 means that it is byte for byte what was issued and that what it says is current; 1 is all else.
    """
    from memo.handover.verification import verify as verify_file

    project = _project(folder, as_json)
    verification, problems = verify_file(file, project, today)
    if verification and not as_json:
        click.echo(_text(verification))
    plain = _json(verification) if verification else None
    shared.report(problems, project or shared.project_here(folder), as_json, file=plain)
    if verification is None or not verification.holds:
        sys.exit(1)


def _project(folder: str | None, as_json: bool) -> Project | None:
    """Return the project that the file is held against; None where there is none here, and none was named."""
    project = shared.project_here(folder)
    if not (lacking := project.lacking()):
        return project
    # Whoever was sent a file has no project: the file alone is asked, unless a project was named, or may not be read.
    if (
        any(problem.code == "unreadable" for problem in lacking)
        or folder
        or click.get_current_context().find_root().obj
    ):
        shared.report(lacking, project, as_json)
    return None


_COLOURS = {"yes": "green", "no": "red", "unknown": "yellow"}


def _text(verification: Verification) -> str:
    """Show a heading, then a line for each answer, with what bears it out below."""
    lines = [click.style(printing.hang(_heading(verification)), bold=True)]
    for question, answer in _answers(verification).items():
        verdict = click.style(f"{answer.verdict:<7}", fg=_COLOURS[answer.verdict])
        first, *more = printing.hang(answer.text, " " * 21, "").split("\n")
        lines += [f"  {question:<10} {verdict}  {first.strip()}", *more]
        lines += [printing.hang(detail, " " * 21) for detail in answer.details]
    return "\n".join(lines)


def _heading(verification: Verification) -> str:
    """Tell which memo it is, as far as that is known."""
    identity, document = verification.identity, verification.identity.document
    name = identity.edition.name if identity.edition else identity.memo
    if document is None:
        return f"{name or 'a bare memo'}: made by memo, without the document inside"
    metadata = document.metadata
    shown = (metadata.title, metadata.reference, metadata.date_shown)
    return f"{name or 'a memo'}: {', '.join(part for part in shown if part)}"


def _answers(verification: Verification) -> dict[str, Answer]:
    return {
        "issued": verification.issued,
        "unaltered": verification.unaltered,
        "current": verification.current,
    }


def _json(verification: Verification) -> dict[str, Any]:
    delivered, identity = verification.delivered, verification.identity
    document = identity.document
    return {
        "path": delivered.path.as_posix(),
        "format": delivered.format,
        "digest": delivered.digest,
        "carries": delivered.document is not None,
        "memo": identity.memo,
        "edition": identity.edition.name if identity.edition else "",
        "newer": identity.newer,
        "title": document.metadata.title if document else "",
        "reference": document.metadata.reference if document else "",
        "date": document.metadata.date if document else "",
        **{
            question: {"answer": answer.verdict, "words": answer.text, "details": list(answer.details)}
            for question, answer in _answers(verification).items()
        },
        "holds": verification.holds,
    }
