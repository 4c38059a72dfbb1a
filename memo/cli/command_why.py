"""``memo why``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import asdict

from memo.cli.options import as_json, complete_memo, in_project, need_project, report
from memo.problem import Place, Problem

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.handover.tracing import Answer, Backing, Behind, Stretch


MOST = 10
"""Sentences that are shown of those found."""


@click.command()
@click.argument("memo", shell_complete=complete_memo)
@click.argument("words", nargs=-1, required=True)
@in_project
@as_json
def why(memo: str, words: tuple[str, ...], folder: str | None, as_json: bool) -> None:
    """Show what stands behind a sentence of MEMO, given some WORDS of it.

    Its facts, their sources, quotes, grades and dates, and where each stands in the fact sheets.
    """
    from memo.handover.tracing import answer, find
    from memo.project import composed

    project = need_project(folder, as_json)
    made, problems = composed(project, memo)
    fixed = made.style.words_for(made.template.front_matter.language) if made else None
    if made is None or fixed is None:
        report(problems, project, as_json)
        return
    found = find(made, " ".join(words))
    if not found:
        report([*problems, _nothing(made, " ".join(words))], project, as_json)
    answers = [answer(made, passage, sentence, fixed) for passage, sentence in found[:MOST]]
    if not as_json:
        click.echo("\n\n".join("\n".join(_text(one)) for one in answers))
        if len(found) > MOST:
            click.echo(f"\n{len(found) - MOST} more sentences have these words")
    report(problems, project, as_json, answers=[_plain(one) for one in answers], found=len(found))


def _nothing(memo: Memo, words: str) -> Problem:
    """That no sentence has these words, and which comes nearest."""
    from memo.handover.tracing import nearest

    near = nearest(memo, words)
    place, _ = memo.words_at(near, 0) if near else (Place(memo.template.path), ())
    hint = f"the nearest: {near.text}" if near else "memo why looks in the text of the memo, without its notes"
    shown = words if len(words) <= 60 else f"{words[:60]}…"
    return Problem("unknown-words", f"no sentence of the memo has “{shown}”", place, hint)


def _text(answer: Answer) -> Iterator[str]:
    """An answer as a person reads it."""
    section = f", section {answer.section}" if answer.section else ""
    yield f"{answer.place}, {answer.role}{section}"
    yield click.style(f"  {answer.text}", bold=True)
    yield from (f"  {line}" for stretch in answer.stretches if stretch.text.strip() for line in _stretch(stretch))
    yield from (f"  waived here: {one.code}: {one.reason}  {one.place}" for one in answer.waivers)
    if not answer.facts:
        yield "  no fact carries this sentence: it is the writer’s own"
    for fact in answer.facts:
        yield from ("", *_fact(fact))


def _stretch(stretch: Stretch) -> Iterator[str]:
    """Whose words these are and where they stand."""
    words = f"“{stretch.text.strip()}”"
    if not stretch.facts:
        yield f"{words}: the writer’s own  {stretch.used}"
    else:
        ids = ", ".join(stretch.facts)
        yield f"{words}: {stretch.part} of {ids}  {stretch.written}, used at {stretch.used}"


def _fact(fact: Behind) -> Iterator[str]:
    """A fact with every passage behind it."""
    yield f"{click.style(fact.id, bold=True)}{'' if fact.shown else ' (cited)'}  {fact.place}"
    yield f"  {fact.claim}"
    kind = ", ".join(filter(None, (fact.kind, fact.status)))
    dates = (("", fact.date), ("due ", fact.due), ("facts as of ", fact.as_of))
    yield "  " + "; ".join((kind, *(f"{lead}{date}" for lead, date in dates if date)))
    named = (
        ("attributed to", fact.attribution),
        ("judged by", fact.judged_by),
        ("basis", fact.basis),
        ("rests on", ", ".join(fact.rests_on)),
        ("revised", fact.revised),
        ("retired", fact.retired),
    )
    yield from (f"  {name}: {value}" for name, value in named if value)
    yield from (f"  waives {code}: {reason}" for code, reason in fact.allow)
    for support in fact.support:
        yield from _support(support)


def _support(support: Backing) -> Iterator[str]:
    yield f"  {support.label}, {support.issued}, {support.locator}: “{support.quote}”  {support.place}"
    grades = "; ".join(filter(None, (f"source {support.reliability}", support.credibility)))
    yield f"    {grades}; origin {support.origin}; source {support.source}  {support.source_place}"


def _plain(value: Any) -> Any:
    """An answer as plain values, for ``--json``: places and waivers by their fields."""
    if isinstance(value, Struct):
        return {key: _plain(held) for key, held in asdict(value).items()}
    if hasattr(value, "_asdict"):
        return {key: _plain(held) for key, held in value._asdict().items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
