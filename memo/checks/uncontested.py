"""A contested fact appears with its counter-claim, in the same section (CRAFT, rule 8; ICD 203, D.6.e.(4)).

Two facts are contested where one says that it `contradicts` the other. A reader who is shown one side takes it as
agreed; that the other stands some pages on does not help those who read only this section.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo, current_facts
from memo.document.tree import Block, Claim, Footnote, Heading
from memo.document.walk import block_facts, contents, inlines
from memo.problem import Place, Problem, Related


def check(memo: Memo) -> Iterator[Problem]:
    """Report an ``uncontested`` for each section that has a contested fact without each of its counter-claims."""
    against = _contested(memo)
    for title, blocks in _sections(memo.composed.document.blocks):
        shown = memo.facts_of(blocks)
        for id in shown:
            for other in against.get(id, ()):
                if other not in shown:
                    yield _problem(memo, id, other, title, blocks)


def _problem(memo: Memo, id: str, other: str, title: str, blocks: list[Block]) -> Problem:
    where = f"section '{title}'" if title else "what stands before the first section"
    message = f"'{id}' is contested by '{other}', which {where} leaves out"
    hint = f'tell both: fact("{other}") says: {memo.facts.facts[other].claim}'
    related = (Related(memo.fact_place(other), "is the counter-claim"),)
    return Problem("uncontested", message, _first_use(memo, id, blocks), hint, related, facts=(id, other))


def _contested(memo: Memo) -> dict[str, dict[str, None]]:
    """Map each contested fact to its counter-claims, in either direction; what was taken back contests nothing."""
    current = current_facts(memo.facts)
    against: dict[str, dict[str, None]] = {}
    for id, fact in current.items():
        for other in fact.contradicts:
            if other in current:  # to contradict is mutual, also where only one of the two says so
                against.setdefault(id, {})[other] = None
                against.setdefault(other, {})[id] = None
    return against


def _sections(blocks: tuple[Block, ...]) -> Iterator[tuple[str, list[Block]]]:
    """Go through the sections, each with its anchor, empty before the first, and its blocks, its heading included."""
    title, own = "", list[Block]()
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            yield title, own
            title, own = block.anchor, []
        own.append(block)
    yield title, own


def _first_use(memo: Memo, id: str, blocks: list[Block]) -> Place:
    block = next(block for block in blocks if id in block_facts(block))
    for content in contents(block):
        for inline in inlines(content):
            if isinstance(inline, Claim | Footnote) and id in inline.facts:
                return memo.place(inline)
    return memo.place(block)
