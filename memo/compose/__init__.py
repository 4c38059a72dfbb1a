"""Facts and a template in, a document out, and the place of everything in it.

`memo.templating` carries out the template, in which facts are values and never strings. What it prints is laid out as
Markdown with one private-use character for each fact (`markdown_text`), parsed (`markdown`), and made into blocks and
inlines (`blocks`, `inlines`), in which each such character is a claim or a footnote again. What depends on the whole
memo is filled in last (`finish`), among it what memo itself words (`back_matter`).
"""

from __future__ import annotations

from pathlib import Path

from memo.compose.blocks import blocks
from memo.compose.composition import Composition
from memo.compose.finish import finish
from memo.compose.markdown import check_definitions, parse
from memo.compose.markdown_text import MarkdownText
from memo.compose.waivers import waivers
from memo.document.composed import Composed, Waiver
from memo.facts.dossier import Facts
from memo.facts.front_matter import Template
from memo.facts.languages import SHIPPED
from memo.facts.style import Style
from memo.problem import Place, Problem
from memo.templating.run import TemplateRun
from memo.templating.statements import render

__all__ = ["Composed", "compose"]


def compose(
    template: Template,
    facts: Facts,
    style: Style,
    folder: Path,
    project: Path | None = None,
) -> tuple[Composed | None, list[Problem]]:
    """Fill a template with the facts of its dossier.

    ``folder`` is where includes are looked for, and never outside it; ``project``, by default the folder above, is what
    the paths in places are relative to. Every problem in the template and in what it includes is found in one go, each
    at its line and column. A document comes with them, for checks to go on with, unless there is nothing to make one
    of: the template is not Jinja, or the style lacks its language.
    """
    language = template.front_matter.language
    words = style.words_for(language)
    if words is None:
        hint = f"add them to templates/style.yaml, under words; memo has those of {', '.join(SHIPPED)}"
        message = f"the style has no fixed words for '{language}'"
        place = template.places.get(("language",), Place(template.path))
        return None, [Problem("unknown-language", message, place, hint)]
    run = TemplateRun(facts, words, folder, project or folder.parent)
    markdown, allowed = _printed(run, template)
    if markdown is None:
        return None, run.reported()
    composition = Composition(run, template, facts, style, words, markdown)
    nodes, environment = parse(markdown.text)
    check_definitions(composition, nodes, environment)
    found = blocks(composition, nodes)
    composition.report_lost()
    document, generated = finish(composition, found)
    read = tuple(path for path in run.sources if path != template.path)
    return Composed(document, composition.places, read, run.digests, allowed, generated), run.reported()


def _printed(run: TemplateRun, template: Template) -> tuple[MarkdownText | None, tuple[Waiver, ...]]:
    """Carry out a template. Return what it prints, None if it is not Jinja, and its waivers."""
    printed = render(run, template.path, template.text)
    return (None, ()) if printed is None else (MarkdownText(printed), tuple(waivers(run)))
