"""What commands share: options, which project is meant, and how a command ends: its problems and its exit code."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from memo.cli import printing

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from memo.facts.edtf import Date
    from memo.problem import Problem
    from memo.project import Project


Command = TypeVar("Command", bound=Callable[..., Any])
FOLDER = click.Path(exists=True, file_okay=False)

# Options and what they take


def with_project(command: Command) -> Command:
    """Give a command ``-C DIR``, as its parameter ``folder``."""
    option = click.option("-C", "folder", metavar="DIR", type=FOLDER, help="The project folder, in place of this one.")
    return option(command)


def with_json(command: Command) -> Command:
    """Give a command ``--json``, as its parameter ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def with_jobs(command: Command) -> Command:
    """Give a command ``--jobs N``."""
    says = "How many processes share the work on many memos; 0: as many as there are processors."
    return click.option("--jobs", type=click.IntRange(0), default=0, metavar="N", help=says)(command)


def parse_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Date | None:
    """Return a calendar day, such as 2026-01-23, as an EDTF date; or end in a usage error."""
    from memo.facts.edtf import is_one_day, parse

    date = parse(value) if value else None
    if value and (date is None or not is_one_day(date)):
        raise click.BadParameter(f"{value!r} is not a day such as 2026-01-23")
    return date


def plain_text(_ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Return texts as they are given; end in a usage error where a needed one is blank or has a control character."""
    for text in value if isinstance(value, tuple) else (value,):
        # They are entered in the register, one entry a line, for good.
        if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text):
            raise click.BadParameter(f"{text!r} holds a control character")
        if isinstance(value, tuple) and not text.strip():
            raise click.BadParameter("a recipient needs a name")
        if param.required and not text.strip():
            raise click.BadParameter("it is blank")
    return value


class Group(click.Group):
    """Commands whose summaries are shown whole in help, however narrow the terminal."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for each command, or more."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(1000)) for name, command in commands if command]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


# What a shell completes


Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def complete(names: Callable[[Project], Mapping[str, str]]) -> Completer:
    """Return what lists the names that begin so: ``names`` gives those of a project, with what each is."""

    def completer(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            found = names(project_here(_folder_typed(ctx))).items()
        except (OSError, ValueError):  # no project, or none that can be read: a shell has no use for that
            return []
        return [CompletionItem(name, help=says) for name, says in found if name.startswith(incomplete)]

    return completer


def _folder_typed(ctx: click.Context | None) -> str | None:
    """Return the folder given with ``-C``, after the command or before it."""
    while ctx and not ctx.params.get("folder"):
        ctx = ctx.parent
    return ctx.params["folder"] if ctx else None


def _facts(project: Project) -> dict[str, str]:
    facts = (fact for name in project.dossiers() for fact in project.dossier(name)[0].facts.values())
    return {fact.id: fact.claim for fact in facts}


def _editions(project: Project) -> dict[str, str]:
    from memo.editions.frozen_files import read_register

    return {entry.edition: f"{entry.date}, {'; '.join(entry.to)}" for entry in read_register(project.folder)[0]}


def _checks(_project: Project) -> dict[str, str]:
    from memo.checks import ALL
    from memo.problem import CODES

    return {check.code: CODES[check.code] for check in ALL}


def _codes(_project: Project) -> dict[str, str]:
    from memo.problem import CODES

    return CODES


complete_memo = complete(lambda project: dict.fromkeys(project.memos(), ""))
complete_fact, complete_edition, complete_check, complete_code = map(complete, (_facts, _editions, _checks, _codes))
complete_version = complete(
    lambda project: {**_editions(project), **dict.fromkeys(project.memos(), "as it stands now")}
)


# Which project


def project_here(folder: str | None) -> Project:
    """Return the project that a command is about: in its own ``-C``, else in that before the command, else here.

    It is the nearest folder from there upwards that has facts/ and templates/.
    """
    from memo.project import Project, find_project

    context = click.get_current_context(silent=True)  # none where a shell asks for completions
    named = folder or (context.find_root().obj if context else None)
    return Project(find_project(Path(named or ".")))


def require_project(folder: str | None, as_json: bool) -> Project:
    """Return the same; where the folder is no project, end the command, as all other problems would follow."""
    project = project_here(folder)
    if lacking := project.lacking():
        report(lacking, project, as_json)
    return project


# How a command ends


def report(
    problems: Sequence[Problem],
    project: Project,
    as_json: bool,
    *,
    strict: bool = False,
    counted: bool = False,
    as_github: bool = False,
    **values: Any,
) -> None:
    """Print the problems, or with ``as_json`` one object of ``values`` and them; where there are errors, exit with 1.

    Problems go to standard error, unless they are what was asked for (``counted``): then they go to standard output,
    with their number. ``as_github`` prints annotations of a pull request; ``strict`` counts warnings as errors.
    """
    if as_json:
        plain = [printing.problem_json(problem) for problem in problems]
        _echo(printing.json_text({**values, "problems": plain}))
    elif as_github:
        for problem in problems:
            _echo(printing.problem_github(problem))
    else:
        _print(problems, project, counted)
    serious = ("error", "warning") if strict else ("error",)
    if any(problem.severity in serious for problem in problems):
        sys.exit(1)


def _print(problems: Sequence[Problem], project: Project, counted: bool) -> None:
    source = printing.source_lines(project.folder)
    notes = [problem for problem in problems if problem.severity == "note"]
    for problem in problems:
        if problem.severity != "note":
            _echo(printing.problem_text(problem, source), err=not counted)
    for line in printing.notes_text(notes):
        _echo(line, err=not counted)
    if counted:
        click.echo(printing.count_text(problems))


def _echo(text: str, err: bool = False) -> None:
    """Print a text; of a file's name that is not UTF-8, question marks stand for what cannot be written."""
    click.echo(text.encode("utf-8", "replace").decode(), err=err)
