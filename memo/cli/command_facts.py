"""``memo facts``: what the dossiers hold, and where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from memo.cli import options as shared
from memo.cli import printing
from memo.problem import Place, Problem, distinct

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.facts.dossier import Fact, Facts
    from memo.project import Project


@click.group(invoke_without_command=True)
@click.option("--dossier", help="Only facts of this dossier.")
@click.option("--section", help="Only facts that this section may select.")
@click.option("--kind", help="Only facts of this kind: event, commitment, quantity, position, assessment, assumption.")
@click.option("--actor", help="Only facts that speak of this actor.")
@click.option("--source", help="Only facts that this source supports.")
@shared.with_project
@shared.with_json
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
    project = shared.require_project(folder, as_json)
    chosen = [
        (name, fact)
        for name, facts in _dossiers(project, dossier)
        for fact in facts.facts.values()
        if (section is None or section in fact.sections)
        and (kind is None or kind == fact.kind)
        and (actor is None or actor in fact.actors)
        and (source is None or any(source == support.source for support in fact.support))
    ]
    _print_list(project, chosen, as_json)


@facts.command("show")
@click.argument("id", shell_complete=shared.complete_fact)
@shared.with_project
@shared.with_json
def show_fact(id: str, folder: str | None, as_json: bool) -> None:
    """Show one fact: every field, its sources with quotes and grades, and where memos use it."""
    project = shared.require_project(folder, as_json)
    found = [(name, dossier, dossier.facts[id]) for name, dossier in _dossiers(project) if id in dossier.facts]
    if not found:
        shared.report([_unknown_fact(project, id)], project, as_json)
    for name, dossier, fact in found:
        plain = _json(name, dossier, fact)
        uses = [f"{place} ({memo})" for memo, place in _uses(project, name, id)]
        click.echo(printing.json_text({**plain, "uses": uses}) if as_json else _text(plain, uses))


@facts.command()
@shared.with_project
@shared.with_json
def unused(folder: str | None, as_json: bool) -> None:
    """List the facts that no memo uses."""
    project = shared.require_project(folder, as_json)
    used = {(memo.template.front_matter.dossier, fact) for _, memo in _memos(project) for fact in memo.used}
    all_facts = [(name, fact) for name, dossier in _dossiers(project) for fact in dossier.facts.values()]
    _print_list(project, [(name, fact) for name, fact in all_facts if (name, fact.id) not in used], as_json)


def _dossiers(project: Project, only: str | None = None) -> list[tuple[str, Facts]]:
    return [(name, project.dossier(name)[0]) for name in project.dossiers() if only in (None, name)]


def _memos(project: Project) -> Iterator[tuple[str, Memo]]:
    """Yield every memo of the project that can be composed, with its name."""
    from memo.project import prepare

    for name in project.memos():
        if memo := prepare(project, name).memo:
            yield name, memo


def _uses(project: Project, dossier: str, id: str) -> list[tuple[str, Place]]:
    """Return every memo and template place where this fact is shown or cited, each once, in reading order."""
    places = (
        (name, place)
        for name, memo in _memos(project)
        if memo.template.front_matter.dossier == dossier
        for place in memo.places_of(id)
    )
    return list(dict.fromkeys(places))


def _unknown_fact(project: Project, id: str) -> Problem:
    from memo.suggest import suggest

    ids = [fact for _, dossier in _dossiers(project) for fact in dossier.facts]
    return Problem("unknown-fact", f"no fact '{id}' in any dossier", Place("facts"), suggest(id, ids))


# How facts are printed


def _print_list(project: Project, chosen: list[tuple[str, Fact]], as_json: bool) -> None:
    """Print the facts, a line each, and what is wrong with any dossier."""
    passed_over = [problem for problem in project.passed_over if problem.place.path.startswith("facts/")]
    problems = distinct([*passed_over, *(one for name in project.dossiers() for one in project.dossier(name)[1])])
    if not as_json and not chosen:
        click.echo("no facts", err=True)
    elif not as_json:
        click.echo(printing.table([(fact.id, fact.kind, fact.status or "-", fact.claim) for _, fact in chosen]))
    plain = [_json(name, project.dossier(name)[0], fact) for name, fact in chosen]
    shared.report(problems, project, as_json, facts=plain)


def _json(name: str, dossier: Facts, fact: Fact) -> dict[str, Any]:
    """Return a fact as plain values, empty ones left out, with its place and the sources that it names."""
    from memo.facts.declare import to_yaml_data

    place = dossier.places.get(("fact", fact.id))
    named = dict.fromkeys(support.source for support in fact.support)
    sources = {id: to_yaml_data(dossier.sources[id]) for id in named if id in dossier.sources}
    return {
        "dossier": name,
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
        inner = (line for name, part in value.items() for line in _field(name, part, f"{indent}  "))
        return [f"{indent}{key}", *inner]
    return [f"{indent}{key}: {', '.join(value) if isinstance(value, list) else value}"]
