"""Wherever a reader looks: how a sentence stands there in a template, and in which line of the template."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from msgspec.structs import replace

from memo.facts.dossier import Fact
from memo.facts.front_matter import Template

MARK = "{# a planted sentence stands here #}"

_WRITTEN = {
    "paragraph": "{sentence}.{cite}",
    "second sentence": "{fact} {sentence}.{cite}",
    "list item": "- {fact}\n- {sentence}.{cite}",
    "run-in heading": "**{sentence}.** {fact}",
    "callout": "> [!warning]\n> {sentence}.{cite}",
    "note": "> [!note]\n> {sentence}.{cite}",
    "heading": "## {sentence}\n\n{fact}\n\n## More",
    "table caption": "Table: {sentence}\n\n| What | Told |\n|---|---|\n| {fact} | above |",
    "column head": "| {sentence} | Told |\n|---|---|\n| {fact} | above |",
    "cell": "| What | Told |\n|---|---|\n| {sentence}{cite} | above |",
    "figure caption": '{{{{ figure("{figure}", [{bare}], alt="A drawing.", caption="{string}") }}}}',
    "alternative text": '{{{{ figure("{figure}", [{bare}], alt="{string}", caption="A drawing") }}}}',
    "block quotation": "> {sentence}.{cite}",
}
PLACES = ("title", "short title", *(name for name in _WRITTEN if name != "block quotation"), "claim of a fact")
DRAWN = ("figure caption", "alternative text")


@dataclass(frozen=True)
class Planted:
    """A template with a sentence in it, and the lines in which a problem of that sentence may stand."""

    template: Template
    lines: range


def set_in(template: Template, place: str, sentence: str, facts: tuple[Fact, ...], beside: Fact) -> Planted:
    """Set a sentence without its full stop into a template; in a fact's claim, only that fact is shown.

    ``beside`` is a fact with a date, which keeps a single event company in a timeline.
    """
    if place in ("title", "short title"):
        return _in_front_matter(template, place, sentence)
    written = "{fact}" if place.endswith("of a fact") else _WRITTEN[place]
    figure = figure_of(facts)
    drawn = (*facts, beside) if figure == "timeline" else facts
    block = written.format(
        sentence=sentence,
        string=sentence.replace('"', r"\""),
        cite="{{ cite(" + ", ".join(f'"{fact.id}"' for fact in facts) + ") }}",
        fact=" ".join(f'{{{{ fact("{fact.id}") }}}}' for fact in facts),
        bare=", ".join(f'fact("{fact.id}")' for fact in drawn),
        figure=figure or "",
    )
    before, after = template.text.split(MARK)
    first = before.count("\n") + 1
    lines = range(first, first + block.count("\n") + 1)
    return Planted(dataclasses.replace(template, text=f"{before}{block}{after}"), lines)


def figure_of(facts: tuple[Fact, ...]) -> str | None:
    """The kind of figure that can show these facts, if any."""
    if all(fact.value for fact in facts) and len({fact.value.unit for fact in facts if fact.value}) == 1:
        return "bars"
    return "timeline" if all(fact.date or fact.due for fact in facts) else None


def _in_front_matter(template: Template, place: str, sentence: str) -> Planted:
    key = place.replace(" ", "_")
    line = template.places[(key,)].line
    front_matter = replace(template.front_matter, **{key: sentence})
    return Planted(dataclasses.replace(template, front_matter=front_matter), range(line, line + 1))
