"""``memo why``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import asdict

from memo.cli import options as shared
from memo.cli import printing
from memo.problem import Place, Problem

if TYPE_CHECKING:
    from memo.checks import Memo
    from memo.handover.tracing import Trace, TracedFact, TracedPiece, TracedSupport


MOST = 10
"""Sentences that are shown of those found."""


@click.command()
@click.argument("memo", shell_complete=shared.complete_memo)
@click.argument("words", nargs=-1, required=True)
@shared.with_project
@shared.with_json
def why(memo: str, words: tuple[str, ...], folder: str | None, as_json: bool) -> None:
    """Show what stands behind a sentence of MEMO, given some WORDS of it.

    Its facts, their sources, quotes, grades and dates, and where each stands in the fact sheets.
    """
    from memo.handover.tracing import find_sentences, trace
    from memo.project import compose_memo

    project, wanted = shared.require_project(folder, as_json), " ".join(words)
    composed, problems = compose_memo(project, memo)
    fixed = composed.style.words_for(composed.template.front_matter.language) if composed else None
    if composed is None or fixed is None:
        shared.report(problems, project, as_json)
        return
    found = find_sentences(composed, wanted)
    if not found:
        shared.report([*problems, _unknown_words(composed, wanted)], project, as_json)
    traces = [trace(composed, passage, sentence, fixed) for passage, sentence in found[:MOST]]
    if not as_json:
        click.echo("\n\n".join("\n".join(_text(one)) for one in traces))
        if len(found) > MOST:
            click.echo(f"\n{len(found) - MOST} more sentences have these words")
    shared.report(problems, project, as_json, answers=[_json(one) for one in traces], found=len(found))


def _unknown_words(memo: Memo, words: str) -> Problem:
    """Return an ``unknown-words`` that names the sentence which comes nearest."""
    from memo.handover.tracing import nearest_sentence

    nearest = nearest_sentence(memo, words)
    place = memo.words_at(nearest, 0)[0] if nearest else Place(memo.template.path)
    hint = f"the nearest: {nearest.text}" if nearest else "memo why looks in the text of the memo, without its notes"
    shown = words if len(words) <= 60 else f"{words[:60]}…"
    return Problem("unknown-words", f"no sentence of the memo has “{shown}”", place, hint)


# As a person reads it


def _text(trace: Trace) -> Iterator[str]:
    section = f", section {trace.section}" if trace.section else ""
    yield f"{trace.place}, {trace.role}{section}"
    yield click.style(printing.hang(trace.text, "  ", ""), bold=True)
    yield from (printing.hang(_piece(piece), "  ") for piece in trace.pieces if piece.text.strip())
    yield from (printing.hang(f"waived here: {one.code}: {one.reason}  {one.place}", "  ") for one in trace.waivers)
    if not trace.facts:
        yield "  no fact carries this sentence: it is the writer’s own"
    for fact in trace.facts:
        yield from ("", *_fact(fact))


def _piece(piece: TracedPiece) -> str:
    words = f"“{piece.text.strip()}”"
    if not piece.facts:
        return f"{words}: the writer’s own  {piece.used}"
    return f"{words}: {piece.part} of {', '.join(piece.facts)}  {piece.written}, used at {piece.used}"


def _fact(fact: TracedFact) -> Iterator[str]:
    """Show a fact with every passage behind it."""
    yield f"{click.style(fact.id, bold=True)}{'' if fact.shown else ' (cited)'}  {fact.place}"
    yield printing.hang(fact.claim, "  ", "")
    kind = ", ".join(filter(None, (fact.kind, fact.status)))
    dates = (("", fact.date), ("due ", fact.due), ("facts as of ", fact.as_of))
    yield printing.hang("; ".join((kind, *(f"{lead}{date}" for lead, date in dates if date))), "  ")
    named = (
        ("attributed to", fact.attribution),
        ("judged by", fact.judged_by),
        ("basis", fact.basis),
        ("rests on", ", ".join(fact.rests_on)),
        ("revised", fact.revised),
        ("retired", fact.retired),
    )
    yield from (printing.hang(f"{name}: {value}", "  ") for name, value in named if value)
    yield from (printing.hang(f"waives {code}: {reason}", "  ") for code, reason in fact.allow)
    for support in fact.support:
        yield from _support(support)


def _support(support: TracedSupport) -> Iterator[str]:
    said = f"{support.label}, {support.issued}, {support.locator}: “{support.quote}”  {support.place}"
    yield printing.hang(said, "  ", "    ")
    grades = "; ".join(filter(None, (f"source {support.reliability}", support.credibility)))
    origin = f"{grades}; origin {support.origin}; source {support.source}  {support.source_place}"
    yield printing.hang(origin, "    ")


# As a program reads it

_KEYS = {"pieces": "stretches"}
"""Keys of the JSON that are not the names of fields: programs read them since before the fields were renamed."""


def _json(value: Any) -> Any:
    """Return a value as plain values: places and waivers, too, by the names of their fields."""
    if isinstance(value, Struct):
        return {_KEYS.get(name, name): _json(part) for name, part in asdict(value).items()}
    if hasattr(value, "_asdict"):
        return {name: _json(part) for name, part in value._asdict().items()}
    return [_json(one) for one in value] if isinstance(value, tuple) else value
