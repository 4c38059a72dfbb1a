"""The table of likelihood terms: what the words of the memo's scale mean, where the memo uses one."""

from __future__ import annotations

from memo.compose.blocks import Pending
from memo.compose.work import Work
from memo.document import Block, Cell, Claim, Heading, Row, Table, Text, contents, inline_text, inlines
from memo.edtf import fill
from memo.facts import Fact
from memo.likelihood import SCALES, Scale, band_of, may_state, terms_in
from memo.problem import Place
from memo.style import Words
from memo.template import FrontMatter

NAME = "likelihood_table"


def likelihood_table(scale: Scale, words: Words) -> Table:
    """A scale's terms, in the memo's language, with the chance that each stands for."""
    shown = words.icd203 if scale == "icd203" else words.phia
    rows = tuple(_row(term, band.chance) for term, band in zip(shown, SCALES[scale], strict=True))
    caption = (Text(fill(words.likelihood_caption, scale=words.scales.get(scale, scale))),)
    return Table(_row(words.likelihood_term, words.likelihood_chance), rows, ("left", "right"), caption)


def with_table(
    work: Work, found: list[Block | Pending], used: list[Fact], front_matter: FrontMatter
) -> list[Block | Pending]:
    """A memo's blocks with the table, if a term is used; without it, if none is.

    It stands where the template puts it, and else at the end of the section that lists the sources, or of the memo.
    """
    given = any(isinstance(block, Pending) and block.name == NAME for block in found)
    if not _is_used([block for block in found if not isinstance(block, Pending)], used, front_matter):
        return [block for block in found if not (isinstance(block, Pending) and block.name == NAME)]
    if given:
        return found
    end = _end(found)
    return [*found[:end], Pending(NAME, _place(work, found[end - 1])), *found[end:]]


def _is_used(blocks: list[Block], used: list[Fact], front_matter: FrontMatter) -> bool:
    """Whether a term is used. Only English text is looked through; in another language, a fact that has one counts."""
    if front_matter.language.split("-")[0] != "en":
        return any(fact.likelihood for fact in used)
    runs = [content for block in blocks for content in contents(block)]
    texts = [inline_text(content) for content in runs]
    terms = (found.term for text in texts for found in terms_in(text)) if may_state("\n".join(texts)) else ()
    printed = (inline for content in runs for inline in inlines(content) if isinstance(inline, Claim))
    return any(band_of(term, front_matter.scale) for term in terms) or any(
        claim.part == "likelihood" for claim in printed
    )


def _end(found: list[Block | Pending]) -> int:
    """Where the section of the sources ends; the end of the memo where they are not listed."""
    listed = [index for index, block in enumerate(found) if isinstance(block, Pending) and block.name == "sources"]
    for index in range(listed[0] + 1 if listed else len(found), len(found)):
        if isinstance(block := found[index], Heading) and block.level == 1:
            return index
    return len(found)


def _place(work: Work, block: Block | Pending) -> Place:
    return block.place if isinstance(block, Pending) else work.places.of(block) or Place("")


def _row(*cells: str) -> Row:
    return Row(tuple(Cell((Text(cell),)) for cell in cells))
