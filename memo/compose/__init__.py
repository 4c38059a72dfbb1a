"""Facts and a template in, a Document out, and the place of everything in it.

The template is read by Jinja's parser (``jinja``) and carried out (``statements``, ``expressions``), where facts are
values and never strings (``values``); what it prints is laid out as Markdown with one private-use character for each
fact (``layout``), parsed (``markdown``), and made into blocks and inlines (``blocks``, ``inlines``), in which each such
character is a claim or a note again. What depends on the whole memo is filled in last (``finish``).
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from memo.compose.blocks import blocks
from memo.compose.finish import finished
from memo.compose.layout import Layout, Work
from memo.compose.markdown import check_definitions, parse
from memo.compose.waivers import waivers
from memo.document.composed import Composed, Waiver
from memo.facts.dossier import Facts
from memo.facts.front_matter import Template
from memo.facts.style import Style
from memo.problem import Place, Problem
from memo.templating.run import Run
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
    places and read files are relative to. Every problem in the template and in what it includes is found in one run,
    each at its line and column. A document comes with them, for checks to go on with, unless there is nothing to make
    one of: the template is not Jinja, or the style lacks its language.
    """
    words = style.words_for(template.front_matter.language)
    if words is None:
        language = template.front_matter.language
        hint = "add its fixed words to templates/style.yaml, under words"
        message = f"the style has no fixed words for '{language}'"
        place = template.places.get(("language",), Place(template.path))
        return None, [Problem("unknown-language", message, place, hint)]
    run = Run(facts, words, folder, project or folder.parent)
    layout, allowed = _printed(run, template)
    if layout is None:
        return None, run.reported()
    work = Work(run, facts, style, words, layout)
    nodes, environment = parse(layout.text)
    check_definitions(work, nodes, environment)
    found = blocks(work, nodes)
    work.lost()
    document = finished(work, found, template.front_matter, PurePosixPath(template.path).stem)
    read = tuple(path for path in run.sources if path != template.path)
    made = frozenset(work.made)
    return Composed(document, work.places, read, run.digests, allowed, made), run.reported()


def _printed(run: Run, template: Template) -> tuple[Layout | None, tuple[Waiver, ...]]:
    """Return what a template prints, None if it is no Jinja; and what it allows."""
    printed = render(run, template.path, template.text)
    return (None, ()) if printed is None else (Layout(printed), tuple(waivers(run)))
