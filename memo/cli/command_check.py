"""``memo check``.

``memo check --articles DIR --digests``: what curators paste into sources, so that a changed article is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from memo.cli import printing
from memo.cli.options import as_json, complete_memo, day, in_project, need_project, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memo.checks.running import Waived
    from memo.facts.edtf import Date
    from memo.problem import Problem
    from memo.project import Project


_ARTICLES = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("memos", nargs=-1, metavar="[MEMO]...", shell_complete=complete_memo)
@click.option("--only", multiple=True, metavar="CODE", help="Run only this check; repeatable.")
@click.option("--skip", multiple=True, metavar="CODE", help="Leave out this check; repeatable.")
@click.option("--articles", type=_ARTICLES, metavar="DIR", help="Look quotes up in the articles in this folder.")
@click.option("--digests", is_flag=True, help="Print the digests of articles, for sources, and check nothing.")
@click.option(
    "--against",
    type=_ARTICLES,
    metavar="DIR",
    help="Find prose gone stale since this earlier project, not the last edition.",
)
@click.option("--today", callback=day, metavar="DATE", help="The day that reviews are due by, in place of today.")
@click.option("--strict", is_flag=True, help="Let warnings, too, end in exit status 1.")
@click.option("--waivers", is_flag=True, help="List what is waived, with the reasons, in place of problems.")
@click.option("--list", "listed", is_flag=True, help="List every check, and check nothing.")
@click.option("--explain", metavar="CODE", help="Say what a problem means and why it matters, and check nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@in_project
@as_json
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
    if listed or explain:
        click.echo(_explained(explain) if explain else _list())
        return
    from memo.project import CheckOptions
    from memo.project import check as check_project

    _refuse_unknown((*only, *skip))
    project = need_project(folder, as_json)
    if digests:
        _print_digests(project, articles, as_json or form == "json")
        return
    project.asked = CheckOptions(only, skip, today, articles, against)
    found = check_project(project, memos)
    if waivers:
        _print_waivers(found.waived, as_json or form == "json")
    else:
        plain = [_waived_json(one) for one in found.waived]
        report(
            found.problems,
            project,
            as_json or form == "json",
            strict=strict,
            counted=True,
            as_github=form == "github",
            waived=plain,
        )


def _print_digests(project: Project, articles: Path | None, as_json: bool) -> None:
    if articles is None:
        raise click.UsageError("--digests needs the folder of articles: --articles DIR")
    print_digests(project, articles, as_json)


def _list() -> str:
    """Every check with its usual severity and what it finds."""
    from memo.checks import ALL
    from memo.problem import CODES, usual_severity

    return printing.table([(check.code, usual_severity(check.code), CODES[check.code]) for check in ALL])


def _explained(code: str) -> str:
    """What a problem means; of a check, also what the rule is and why it matters."""
    from memo.checks import ALL
    from memo.problem import CODES, usual_severity

    if code not in CODES:
        raise click.BadParameter(_unknown(code, list(CODES)), param_hint="--explain")
    head = f"{click.style(code, bold=True)} ({usual_severity(code)})\n{CODES[code]}"
    explanations = (check.explanation for check in ALL if check.code == code)
    return "\n\n".join((head, *explanations))


def _refuse_unknown(codes: Sequence[str]) -> None:
    from memo.checks import ALL

    known = [check.code for check in ALL]
    for code in codes:
        if code not in known:
            raise click.BadParameter(_unknown(code, known), param_hint="--only, --skip")


def _unknown(code: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(code, known, 1)
    hint = f"did you mean '{close[0]}'?" if close else "memo check --list shows every check"
    return f"no '{code}': {hint}"


def _print_waivers(waived: Sequence[Waived], as_json: bool) -> None:
    if as_json:
        click.echo(printing.json_text({"waived": [_waived_json(one) for one in waived]}))
        return
    for one in waived:
        click.echo(
            f"{one.place}: {one.problem.code} waived: {one.reason}\n  {one.problem.place}: {one.problem.message}"
        )
    click.echo(f"{len(waived)} waived" if waived else "nothing is waived")


def _waived_json(one: Waived) -> dict[str, object]:
    return {"place": one.place._asdict(), "reason": one.reason, "problem": printing.problem_json(one.problem)}


def print_digests(project: Project, folder: Path, as_json: bool) -> None:
    """Each source whose text is in the folder, with the digest of that text, and whether the source gives it."""
    from memo.facts.articles import load_articles

    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for name in project.dossiers():
        facts, _ = project.dossier(name)
        articles, found = load_articles(folder, facts)
        problems += found
        for id, article in articles.items():
            if article is not None:
                digest = f"sha256:{article.digest}"
                given = facts.sources[id].text_digest
                place = facts.places["source", id]
                rows.append({"source": id, "place": place._asdict(), "text-digest": digest, "given": given})
                if not as_json:
                    click.echo("\n".join(_lines(f"{place}: {id}", digest, given)))
    if not rows and not as_json:
        click.echo("no source names a text in that folder", err=True)
    report(problems, project, as_json, digests=rows)


def _lines(head: str, digest: str, given: str) -> Iterator[str]:
    same = "as given" if given == digest else "not as given: the article has changed" if given else "not given yet"
    yield f"{head}, {same}"
    yield f"    text-digest: {digest}"
