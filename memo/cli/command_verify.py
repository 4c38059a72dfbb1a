"""``memo verify``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from memo.cli.command_issue import today
from memo.cli.options import as_json, day, in_project, open_folder, report

if TYPE_CHECKING:
    from memo.facts.edtf import Date
    from memo.handover.identity import Answer
    from memo.handover.verification import Verified
    from memo.project import Project


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--today", "on", callback=day, metavar="DATE", help="The day to tell review dates by, in place of today.")
@in_project
@as_json
def verify(file: Path, on: Date | None, folder: str | None, as_json: bool) -> None:
    """Tell what a delivered PDF or Word file is: which memo and edition, unaltered, still current.

    What can be told depends on where it is asked: in the project that the memo came from (or with -C), the file is
    held against the register and against the facts as they stand; elsewhere, against the document that it carries.
    Exit status 0 means that it is byte for byte what was issued and that what it says is current; 1 is all else.
    """
    from memo.handover.verification import verify as verify_file

    project = _project(folder, as_json)
    told, problems = verify_file(file, project, on or today())
    if told is not None and not as_json:
        click.echo(_text(told))
    report(problems, project or open_folder(folder), as_json, file=_plain(told) if told else None)
    if told is None or not told.holds:
        sys.exit(1)


def _project(folder: str | None, as_json: bool) -> Project | None:
    """The project that the file is held against; None where there is none here, and none was named."""
    project = open_folder(folder)
    if not (lacking := project.lacking()):
        return project
    context = click.get_current_context()
    if folder or context.find_root().obj:
        report(lacking, project, as_json)
    return None


def _text(told: Verified) -> str:
    """A heading, then a line for each answer with what bears it out below."""
    lines = [click.style(_name(told), bold=True)]
    for question, answer in _answers(told):
        colour = {"yes": "green", "no": "red", "unknown": "yellow"}[answer.told]
        lines.append(f"  {question:<10} {click.style(f'{answer.told:<7}', fg=colour)}  {answer.words}")
        lines += [f"{' ' * 21}{detail}" for detail in answer.details]
    return "\n".join(lines)


def _name(told: Verified) -> str:
    """Which memo it is, as well as can be told."""
    identity, document = told.identity, told.identity.document
    name = identity.edition.name if identity.edition else identity.memo
    if document is None:
        return f"{name or 'a bare memo'}: made by memo, without the document inside"
    metadata = document.metadata
    shown = (metadata.title, metadata.reference, metadata.date_shown)
    return f"{name or 'a memo'}: {', '.join(part for part in shown if part)}"


def _answers(told: Verified) -> tuple[tuple[str, Answer], ...]:
    return (("issued", told.issued), ("unaltered", told.unaltered), ("current", told.current))


def _plain(told: Verified) -> dict[str, Any]:
    delivered, identity = told.delivered, told.identity
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
            question: {"answer": answer.told, "words": answer.words, "details": list(answer.details)}
            for question, answer in _answers(told)
        },
        "holds": told.holds,
    }
