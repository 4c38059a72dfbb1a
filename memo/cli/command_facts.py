"""``memo facts``: what the dossiers hold, and where it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

import click
from msgspec.structs import replace

from memo.cli import options as shared
from memo.cli import printing
from memo.problem import Place, Problem, distinct

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.facts.dossier import Fact, Facts
    from memo.facts.edtf import Date
    from memo.facts.standing import Standing
    from memo.project import Project


_TODAY = click.option(
    "--today", callback=shared.parse_day, metavar="DATE", help="The day to tell review dates by, in place of today."
)


def _only(name: str, says: str) -> Callable[[shared.Command], shared.Command]:
    """Give the command an option to list only facts of one dossier, section, kind, actor or source."""
    return click.option(f"--{name}", metavar=name.upper(), shell_complete=shared.complete(_known(name)), help=says)


def _known(name: str) -> Callable[[Project], Mapping[str, str]]:
    return lambda project: dict.fromkeys(_values(project)[name], "")


@click.group(cls=shared.Group, invoke_without_command=True)
@_only("dossier", "Only facts of this dossier.")
@_only("section", "Only facts that this section may select.")
@_only("kind", "Only facts of this kind: event, commitment, quantity, position, assessment, assumption.")
@_only("actor", "Only facts that speak of this actor.")
@_only("source", "Only facts that this source supports.")
@_TODAY
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
    today: Date | None,
    folder: str | None,
    as_json: bool,
) -> None:
    """List facts, how each stands, and what it says; or see one whole (show), or those that no memo uses (unused).

    Before its claim stands what speaks against a fact: that it was retired, superseded, is contested, or is overdue for
    review.
    """
    if ctx.invoked_subcommand:
        return
    project = _project(folder, as_json, today)
    asked = {"dossier": dossier, "section": section, "kind": kind, "actor": actor, "source": source}
    _refuse_unknown(project, {name: value for name, value in asked.items() if value is not None})
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
@_TODAY
@shared.with_project
@shared.with_json
def show_fact(id: str, today: Date | None, folder: str | None, as_json: bool) -> None:
    """Show one fact: how it stands, every field, its sources with quotes and grades, and where memos use it."""
    project = _project(folder, as_json, today)
    found = [(name, dossier, dossier.facts[id]) for name, dossier in _dossiers(project) if id in dossier.facts]
    if not found:
        shared.report([_unknown_fact(project, id)], project, as_json)
    for name, _, fact in found:
        plain = _json(project, name, fact)
        uses = [f"{place} ({memo})" for memo, place in _uses(project, name, id)]
        click.echo(printing.json_text({**plain, "uses": uses}) if as_json else _text(plain, uses))


@facts.command()
@_TODAY
@shared.with_project
@shared.with_json
def unused(today: Date | None, folder: str | None, as_json: bool) -> None:
    """List the facts that no memo uses."""
    project = _project(folder, as_json, today)
    used = {(memo.template.front_matter.dossier, fact) for _, memo in _memos(project) for fact in memo.used}
    all_facts = [(name, fact) for name, dossier in _dossiers(project) for fact in dossier.facts.values()]
    _print_list(project, [(name, fact) for name, fact in all_facts if (name, fact.id) not in used], as_json)


# Which facts are asked about


def _project(folder: str | None, as_json: bool, today: Date | None) -> Project:
    """Return the project, asked about as of a day."""
    project = shared.require_project(folder, as_json)
    project.options = replace(project.options, today=today)
    return project


def _values(project: Project) -> dict[str, list[str]]:
    """Return what an option may name: each dossier, section, kind, actor and source that there is."""
    from memo.facts.dossier import Kind

    dossiers = [facts for _, facts in _dossiers(project)]
    every = [fact for facts in dossiers for fact in facts.facts.values()]
    return {
        "dossier": project.dossiers(),
        "section": sorted({section for fact in every for section in fact.sections}),
        "kind": list(get_args(Kind)),
        "actor": sorted({id for facts in dossiers for id in facts.actors}),
        "source": sorted({id for facts in dossiers for id in facts.sources}),
    }


def _refuse_unknown(project: Project, asked: dict[str, str]) -> None:
    """End in a usage error where an option names nothing; unless it may stand in what could not be read."""
    from memo.suggest import one_of, suggest

    known = _values(project) if asked else {}
    unread = any(problem.severity == "error" for name in project.dossiers() for problem in project.dossier(name)[1])
    for name, value in asked.items():
        if value not in known[name] and (name in ("kind", "dossier") or not unread):
            hint = suggest(value, known[name]) or (one_of(known[name]) if known[name] else "there is none")
            raise click.BadParameter(f"there is no {name} '{value}': {hint}", param_hint=f"--{name}")


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
        click.echo(printing.table([_row(project, name, fact) for name, fact in chosen]))
    plain = [_json(project, name, fact) for name, fact in chosen]
    shared.report(problems, project, as_json, facts=plain)


def _row(project: Project, name: str, fact: Fact) -> tuple[str, str, str, str]:
    words = _standing(project, name, fact).words()
    # The day and the reason of a retired fact are for `show`.
    said = "; ".join(word if word in ("retired", "overdue") else f"{word} {rest}" for word, rest in words.items())
    return fact.id, fact.kind, fact.status or "-", f"[{said}] {fact.claim}" if said else fact.claim


def _standing(project: Project, name: str, fact: Fact) -> Standing:
    from memo.facts.standing import standings

    return project.dossier(name)[0].once(standings, project.today)[fact.id]


def _json(project: Project, name: str, fact: Fact) -> dict[str, Any]:
    """Return a fact as plain values, empty ones left out, with its place, its standing, and the sources it names."""
    from memo.facts.declare import to_yaml_data

    dossier, standing = project.dossier(name)[0], _standing(project, name, fact)
    others = {"superseded_by": standing.superseded_by, "contested_by": list(standing.contested_by)}
    place = dossier.places.get(("fact", fact.id))
    named = dict.fromkeys(support.source for support in fact.support)
    sources = {id: to_yaml_data(dossier.sources[id]) for id in named if id in dossier.sources}
    return {
        "dossier": name,
        "id": fact.id,
        "place": str(place) if place else "",
        "standing": standing.words(),
        **{key: value for key, value in others.items() if value},
        **to_yaml_data(fact),
        **({"sources": sources} if sources else {}),
    }


def _text(plain: dict[str, Any], uses: list[str]) -> str:
    standing = "; ".join(f"{word} {rest}" for word, rest in plain["standing"].items()) or "unquestioned"
    lines = [click.style(plain["id"], bold=True) + f"  {plain['place']}", printing.hang(plain["claim"], "  ")]
    lines.append(printing.hang(f"standing: {standing}", "  "))
    for key, value in plain.items():
        if key not in ("id", "place", "claim", "support", "standing", "superseded_by", "contested_by"):
            lines += _field(key, value)
    for support in plain.get("support", ()):
        lines += ["  support", *(line for key, value in support.items() for line in _field(key, value, "    "))]
    lines += ["  used at", *(f"    {use}" for use in uses)] if uses else ["  used by no memo"]
    return "\n".join(lines)


def _field(key: str, value: Any, indent: str = "  ") -> list[str]:
    if isinstance(value, dict):
        inner = (line for name, part in value.items() for line in _field(name, part, f"{indent}  "))
        return [f"{indent}{key}", *inner]
    return [printing.hang(f"{key}: {', '.join(value) if isinstance(value, list) else value}", indent)]
