"""From a memo's blocks to its document: what depends on the whole of it is filled in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from memo.compose.blocks import Pending
from memo.compose.keys import keyed
from memo.compose.near import near
from memo.compose.sourcing import source_list, source_summary
from memo.compose.work import Work
from memo.compose.yardstick import likelihood_table, with_table
from memo.document import (
    STATEMENT,
    Block,
    Document,
    Heading,
    Metadata,
    Paragraph,
    block_nodes,
    contents,
    inline_text,
    inlines,
    used_facts,
)
from memo.edtf import Date, show
from memo.facts import Fact
from memo.places import Stretch
from memo.problem import Place
from memo.standing import Bases
from memo.style import Style, Words
from memo.template import FrontMatter

_SECTION = re.compile(r"(?:^|/)sections/([a-z0-9]+(?:-[a-z0-9]+)*)\.md$")
_LETTERS = str.maketrans({
    "ə": "e", "Ə": "e", "ı": "i", "ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae",
    "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d",
})  # fmt: skip
"""Latin letters that have no plainer form in Unicode's decompositions (UAX 15)."""


def finished(work: Work, found: list[Block | Pending], front_matter: FrontMatter, name: str) -> Document:
    """The document: blocks filled, headings with anchors, every block with its key.

    ``name`` is which memo it is. Problems: ``unknown-anchor``.
    """
    used = used_in(work, found)
    found = with_table(work, found, used, front_matter)
    filled = [(block, isinstance(one, Pending)) for one in found for block in _filled(work, one, used, front_matter)]
    anchored = _anchored(work, [block for block, _ in filled])
    final = keyed(tuple(anchored))
    work.made.update(block.key for block, (_, made) in zip(final, filled, strict=True) if made)
    for old, new in zip(block_nodes(tuple(anchored)), block_nodes(final), strict=True):
        work.places.move(old, new)
    _check_links(work, final)
    basis = tuple(map(work.facts.once(Bases).of, (fact.id for fact in used)))
    return Document(metadata(front_matter, used, work.style, work.words, name), final, basis)


def used_in(work: Work, found: list[Block | Pending]) -> list[Fact]:
    """The facts that these blocks show or cite, in order of first use."""
    blocks = tuple(block for block in found if not isinstance(block, Pending))
    nobody = Metadata("", "", "", "", "", "")
    return [work.facts.facts[id] for id in used_facts(Document(nobody, blocks))]


def _filled(work: Work, block: Block | Pending, used: list[Fact], front_matter: FrontMatter) -> tuple[Block, ...]:
    if not isinstance(block, Pending):
        return (block,)
    blocks = _made(work, block.name, used, front_matter)
    made = Stretch(0, block.place, made=True)
    for node in block_nodes(blocks):
        work.places.enter(node, made)
    for content in (content for one in blocks for content in contents(one)):
        for inline in inlines(content):
            work.places.enter(inline, made)
    return blocks


def _made(work: Work, name: str, used: list[Fact], front_matter: FrontMatter) -> tuple[Block, ...]:
    """What a block token stands for. `memo.statement` fills the place of ``changes()``: it knows the last edition."""
    match name:
        case "sources":
            return source_list(work.facts, used, work.words)
        case "source_summary":
            return source_summary(work.facts, used, work.words)
        case "likelihood_table":
            return (likelihood_table(front_matter.scale, work.words),)
        case _:
            return (Paragraph((), key=STATEMENT),)


# Anchors


def _anchored(work: Work, blocks: list[Block]) -> list[Block]:
    """The blocks, each heading with an anchor of its own: a section's is its file's name, others' their words."""
    sections = _sections(work, blocks)
    taken = set(sections.values())
    anchored: list[Block] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            anchor = sections.get(index) or _free(slug(inline_text(block.content)), taken)
            taken.add(anchor)
            heading = replace(block, anchor=anchor)
            work.places.move(block, heading)
            anchored.append(heading)
        else:
            anchored.append(block)
    return anchored


def _sections(work: Work, blocks: list[Block]) -> Mapping[int, str]:
    """Which headings open a section that is a file of its own: the first of level 1 in it."""
    found: dict[str, int] = {}
    for index, block in enumerate(blocks):
        place = work.places.of(block)
        named = _SECTION.search(place.path) if place else None
        if isinstance(block, Heading) and block.level == 1 and named:
            found.setdefault(named[1], index)
    return {index: name for name, index in found.items()}


def slug(text: str) -> str:
    """Words as an anchor: small ASCII letters and digits, joined by hyphens; ``section`` where none are left."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain)) or "section"


def _free(wanted: str, taken: set[str]) -> str:
    anchor, number = wanted, 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor


def _check_links(work: Work, blocks: tuple[Block, ...]) -> None:
    anchors = {block.anchor for block in blocks if isinstance(block, Heading)}
    for link in work.links:
        if link.target.startswith("#") and link.target[1:] not in anchors:
            message = f"no heading has the anchor '{link.target[1:]}'"
            place = work.places.of(link) or Place("")
            work.report("unknown-anchor", message, place, near(link.target[1:], anchors))


# Metadata


def metadata(front_matter: FrontMatter, used: list[Fact], style: Style, words: Words, name: str = "") -> Metadata:
    """What title block, header and footer show."""
    as_of = max((fact.as_of for fact in used), key=_latest, default=None)
    return Metadata(
        title=front_matter.title,
        short_title=front_matter.short_title or front_matter.title,
        to=front_matter.to,
        sender=front_matter.sender,
        date=front_matter.date.text,
        date_shown=show(front_matter.date, words),
        reference=front_matter.reference,
        banner=front_matter.banner or style.banner,
        language=front_matter.language,
        as_of=as_of.text if as_of else "",
        as_of_shown=show(as_of, words) if as_of else "",
        name=name,
    )


def _latest(date: Date) -> tuple[tuple[int, int, int], str]:
    return date.latest or date.earliest or (0, 0, 0), date.text
