"""``memo facts``: what the dossiers hold, and where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from memo.cli import printing
from memo.cli.options import as_json, complete_fact, in_project, need_project, report
from memo.problem import Place, Problem, distinct

if TYPE_CHECKING:
    from memo.facts.dossier import Fact, Facts
    from memo.project import Project


@click.group(invoke_without_command=True)
@click.option("--dossier", help="Only facts of this dossier.")
@click.option("--section", help="Only facts that this section may select.")
@click.option("--kind", help="Only facts of this kind: event, commitment, quantity, position, assessment, assumption.")
@click.option("--actor", help="Only facts that speak of this actor.")
@click.option("--source", help="Only facts that this source supports.")
@in_project
@as_json
@click.pass_context
def facts(
    ctx: click.Context,
    dossier: str | None,
    section: str | None,
    kind: str | None,
    actor: str | None,
    source: str | None,
    folder: str | None,
    as_json: bool,
) -> None:
    """List facts; see one with its sources and uses (show), or those that no memo uses (unused)."""
    if ctx.invoked_subcommand:
        return
    project = need_project(folder, as_json)
    chosen = [
        (name, fact)
        for name, held in _dossiers(project, dossier)
        for fact in held.facts.values()
        if (section is None or section in fact.sections)
        and (kind is None or kind == fact.kind)
        and (actor is None or actor in fact.actors)
        and (source is None or any(source == support.source for support in fact.support))
    ]
    _print_list(project, chosen, as_json)


@facts.command("show")
@click.argument("id", shell_complete=complete_fact)
@in_project
@as_json
def show_fact(id: str, folder: str | None, as_json: bool) -> None:
    """Show one fact: every field, its sources with quotes and grades, and where memos use it."""
    project = need_project(folder, as_json)
    found = [(name, held, held.facts[id]) for name, held in _dossiers(project) if id in held.facts]
    if not found:
        report([_no_fact(project, id)], project, as_json)
    for name, held, fact in found:
        plain = _plain(name, held, fact)
        uses = [f"{place} ({memo})" for memo, place in _uses(project, name, id)]
        if as_json:
            click.echo(printing.json_text({**plain, "uses": uses}))
        else:
            click.echo(_text(plain, uses))


@facts.command()
@in_project
@as_json
def unused(folder: str | None, as_json: bool) -> None:
    """List the facts that no memo uses."""
    project = need_project(folder, as_json)
    used = {(name, fact) for name, fact in _used(project)}
    chosen = [(name, fact) for name, held in _dossiers(project) for fact in held.facts.values()]
    _print_list(project, [(name, fact) for name, fact in chosen if (name, fact.id) not in used], as_json)


def _dossiers(project: Project, only: str | None = None) -> list[tuple[str, Facts]]:
    return [(name, project.dossier(name)[0]) for name in project.dossiers() if only in (None, name)]


def _print_list(project: Project, chosen: list[tuple[str, Fact]], as_json: bool) -> None:
    """The facts, a line each, and what is wrong with the dossiers they come from."""
    problems = distinct(p for name in project.dossiers() for p in project.dossier(name)[1])
    if not as_json and not chosen:
        click.echo("no facts", err=True)
    elif not as_json:
        click.echo(printing.table([(fact.id, fact.kind, fact.status or "-", fact.claim) for _, fact in chosen]))
    plain = [_plain(name, project.dossier(name)[0], fact) for name, fact in chosen]
    report(problems, project, as_json, facts=plain)


def _used(project: Project) -> set[tuple[str, str]]:
    """Every (dossier, fact id) that a memo shows or cites."""
    from memo.document.walk import used_facts
    from memo.project import prepare

    prepared = [prepare(project, name).memo for name in project.memos()]
    return {
        (memo.template.front_matter.dossier, fact)
        for memo in prepared
        if memo is not None
        for fact in used_facts(memo.composed.document)
    }


def _uses(project: Project, dossier: str, id: str) -> list[tuple[str, Place]]:
    """Every memo and template place where this fact is shown or cited, each once, in reading order."""
    from memo.project import prepare

    memos = [(name, prepare(project, name).memo) for name in project.memos()]
    found = [
        (name, place)
        for name, memo in memos
        if memo is not None and memo.template.front_matter.dossier == dossier
        for place in memo.places_of(id)
    ]
    return list(dict.fromkeys(found))


def _no_fact(project: Project, id: str) -> Problem:
    from difflib import get_close_matches

    ids = [fact for _, held in _dossiers(project) for fact in held.facts]
    close = get_close_matches(id, ids, 1)
    return Problem(
        "unknown-fact", f"no fact '{id}' in any dossier", Place("facts"), f"did you mean '{close[0]}'?" if close else ""
    )


def _plain(dossier: str, held: Facts, fact: Fact) -> dict[str, Any]:
    """A fact as plain values, empty ones left out, with its place and the sources that it names."""
    from memo.facts.declare import to_yaml_data

    place = held.places.get(("fact", fact.id))
    names = dict.fromkeys(support.source for support in fact.support)
    sources = {name: to_yaml_data(held.sources[name]) for name in names if name in held.sources}
    return {
        "dossier": dossier,
        "id": fact.id,
        "place": str(place) if place else "",
        **to_yaml_data(fact),
        **({"sources": sources} if sources else {}),
    }


def _text(plain: dict[str, Any], uses: list[str]) -> str:
    lines = [click.style(plain["id"], bold=True) + f"  {plain['place']}", f"  {plain['claim']}"]
    for key, value in plain.items():
        if key not in ("id", "place", "claim", "support"):
            lines += _field(key, value)
    for support in plain.get("support", ()):
        lines += ["  support", *(line for key, value in support.items() for line in _field(key, value, "    "))]
    lines += ["  used at", *(f"    {use}" for use in uses)] if uses else ["  used by no memo"]
    return "\n".join(lines)


def _field(key: str, value: Any, indent: str = "  ") -> list[str]:
    if isinstance(value, dict):
        return [f"{indent}{key}", *(line for name, held in value.items() for line in _field(name, held, indent + "  "))]
    return [f"{indent}{key}: {', '.join(value) if isinstance(value, list) else value}"]
