"""``memo check``; with ``--list`` and ``--explain``, what is checked, with ``--digests``, the digests of articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from memo.cli import options as shared
from memo.cli import printing

if TYPE_CHECKING:
    from memo.checks.running import Waived
    from memo.facts.edtf import Date
    from memo.problem import Problem
    from memo.project import Project


_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_CHECK = shared.complete_check


@click.command()
@click.argument("memos", nargs=-1, metavar="[MEMO]...", shell_complete=shared.complete_memo)
@click.option("--only", multiple=True, metavar="CODE", shell_complete=_CHECK, help="Run only this check; repeatable.")
@click.option("--skip", multiple=True, metavar="CODE", shell_complete=_CHECK, help="Leave out this check; repeatable.")
@click.option("--articles", type=_FOLDER, metavar="DIR", help="Look quotes up in the articles in this folder.")
@click.option("--digests", is_flag=True, help="Print the digests of articles, for sources, and check nothing.")
@click.option(
    "--against",
    type=_FOLDER,
    metavar="DIR",
    help="Find prose gone stale since this earlier project, not the last edition.",
)
@click.option(
    "--today", callback=shared.parse_day, metavar="DATE", help="The day that reviews are due by, in place of today."
)
@click.option("--strict", is_flag=True, help="Let warnings, too, end in exit status 1.")
@click.option("--waivers", is_flag=True, help="List what is waived, with the reasons, in place of problems.")
@click.option("--list", "listed", is_flag=True, help="List every check, and check nothing.")
@click.option(
    "--explain",
    metavar="CODE",
    shell_complete=shared.complete_code,
    help="Say what a problem means and why it matters, and check nothing.",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@shared.with_project
@shared.with_json
def check(
    memos: tuple[str, ...],
    only: tuple[str, ...],
    skip: tuple[str, ...],
    articles: Path | None,
    digests: bool,
    against: Path | None,
    today: Date | None,
    strict: bool,
    waivers: bool,
    listed: bool,
    explain: str | None,
    form: str,
    folder: str | None,
    as_json: bool,
) -> None:
    """Find every problem of facts, templates and memos, and write nothing.

    No check can judge truth, wisdom or balance: a memo without problems hangs together, and may still be wrong.
    """
    as_json = as_json or form == "json"
    if listed or explain is not None:
        _print_rules(explain, as_json)
        return
    from memo.project import CheckOptions
    from memo.project import check as check_project

    _refuse_unknown((*only, *skip))
    project = shared.require_project(folder, as_json)
    if digests:
        _print_digests(project, articles, as_json)
        return
    project.options = CheckOptions(only, skip, today, articles, against)
    result = check_project(project, memos)
    waived = [_waived_json(one) for one in result.waived]
    if waivers:
        click.echo(printing.json_text({"waived": waived}) if as_json else _waivers_text(result.waived))
        return
    github = form == "github"
    shared.report(result.problems, project, as_json, strict=strict, counted=True, as_github=github, waived=waived)


# What is checked


def _print_rules(code: str | None, as_json: bool) -> None:
    """Print every check with its usual severity and what it finds; or all that is to say of one problem."""
    from memo.checks import ALL
    from memo.problem import CODES

    if code is not None and code not in CODES:
        raise click.BadParameter(_unknown(code, list(CODES)), param_hint="--explain")
    rules = [_rule(one) for one in ([check.code for check in ALL] if code is None else [code])]
    if as_json:
        click.echo(printing.json_text({"checks": rules} if code is None else rules[0]))
    elif code is None:
        click.echo(printing.table([(rule["code"], rule["severity"], rule["finds"]) for rule in rules]))
    else:
        rule = rules[0]
        head = f"{click.style(rule['code'], bold=True)} ({rule['severity']})\n{printing.hang(rule['finds'], more='')}"
        paragraphs = [printing.hang(one, more="") for one in rule["why"].split("\n\n") if one]
        click.echo("\n\n".join((head, *paragraphs)))


def _rule(code: str) -> dict[str, str]:
    """Tell what a problem means; of a check, also what the rule is and why it matters."""
    from memo.checks import ALL
    from memo.problem import CODES, usual_severity

    why = "\n\n".join(check.explanation for check in ALL if check.code == code)
    return {"code": code, "severity": usual_severity(code), "finds": CODES[code], "why": why}


def _refuse_unknown(codes: Sequence[str]) -> None:
    from memo.checks import ALL

    known = [check.code for check in ALL]
    for code in codes:
        if code not in known:
            raise click.BadParameter(_unknown(code, known), param_hint="--only, --skip")


def _unknown(code: str, known: Sequence[str]) -> str:
    from memo.suggest import suggest

    return f"no '{code}': {suggest(code, known) or 'memo check --list shows every check'}"


# What is waived


def _waivers_text(waived: Sequence[Waived]) -> str:
    lines = [
        f"{one.place}: {one.problem.code} waived: {one.reason}\n  {one.problem.place}: {one.problem.message}"
        for one in waived
    ]
    return "\n".join([*lines, f"{len(waived)} waived" if waived else "nothing is waived"])


def _waived_json(one: Waived) -> dict[str, object]:
    return {"place": one.place._asdict(), "reason": one.reason, "problem": printing.problem_json(one.problem)}


# Digests of articles: curators paste them into sources, so that a changed article is noticed


def _print_digests(project: Project, folder: Path | None, as_json: bool) -> None:
    """Print each source whose text is in the folder, with that text's digest, and whether the source gives it."""
    if folder is None:
        raise click.UsageError("--digests needs the folder of articles: --articles DIR")
    from memo.facts.articles import load_articles

    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for name in project.dossiers():
        facts, _ = project.dossier(name)
        articles, found = load_articles(folder, facts)
        problems += found
        for id, article in articles.items():
            if article is None:
                continue
            digest, expected = f"sha256:{article.digest}", facts.sources[id].text_digest
            place = facts.places["source", id]
            rows.append({"source": id, "place": place._asdict(), "text-digest": digest, "given": expected})
            if not as_json:
                click.echo(f"{place}: {id}, {_compare(digest, expected)}\n    text-digest: {digest}")
    if not rows and not as_json:
        click.echo("no source names a text in that folder", err=True)
    shared.report(problems, project, as_json, digests=rows)


def _compare(digest: str, expected: str) -> str:
    if not expected:
        return "not given yet"
    return "as given" if digest == expected else "not as given: the article has changed"
