"""From a memo's blocks to its document: what depends on the whole of it is filled in.

Placeholders get their words, headings their anchors, blocks their keys; links within the memo are looked up; and the
title block gets its dates.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from msgspec.structs import replace

from memo.compose import back_matter
from memo.compose.blocks import Placeholder
from memo.compose.composition import Composition
from memo.compose.page_breaks import parting
from memo.document import tree
from memo.document.tree import Block, Document, Heading
from memo.document.walk import block_facts, block_nodes, contents, inline_facts, inline_text, inlines
from memo.editions.snapshot import basis_lookup
from memo.facts.date_words import date_in_words
from memo.facts.dossier import Fact
from memo.facts.edtf import Date
from memo.problem import Place
from memo.suggest import suggest


def finish(composition: Composition, parts: list[Block | Placeholder]) -> tuple[Document, frozenset[str]]:
    """Make the document of a memo's blocks. Return it, and the keys of the blocks that memo itself worded.

    Problems: ``unknown-anchor``, ``misplaced-token``.
    """
    written = [block for block in parts if not isinstance(block, Placeholder)]
    used = [composition.facts.facts[id] for id in dict.fromkeys(id for block in written for id in block_facts(block))]
    parts = _with_likelihood_table(composition, parts, written, used)
    filled = [(block, isinstance(part, Placeholder)) for part in parts for block in _filled(composition, part, used)]
    filled = list(parting(composition, filled))
    anchored = _with_anchors(composition, [block for block, _ in filled])
    blocks = keyed(anchored)
    # A frozen node is replaced to get its key, and places go by the very node
    for old, new in zip(block_nodes(anchored), block_nodes(blocks), strict=True):
        composition.places.move(old, new)
    generated = frozenset(block.key for block, (_, is_generated) in zip(blocks, filled, strict=True) if is_generated)
    _check_links(composition, blocks)
    basis = tuple(map(composition.facts.once(basis_lookup), (fact.id for fact in used)))
    return Document(_metadata(composition, used), blocks, basis), generated


# Placeholders


def _filled(composition: Composition, block: Block | Placeholder, used: list[Fact]) -> tuple[Block, ...]:
    """Return the blocks that a placeholder stands for, and any other block as it is."""
    if not isinstance(block, Placeholder):
        return (block,)
    facts, words = composition.facts, composition.words
    blocks: tuple[Block, ...]
    match block.name:
        case "sources":
            blocks = back_matter.source_list(facts, used, words)
        case "source_summary":
            blocks = _counted(back_matter.source_summary(facts, used, words))
        case "likelihood_table":
            blocks = _counted((back_matter.likelihood_table(composition.template.front_matter.scale, words),))
        case _:
            # changes(): which edition was the last is not known here; `memo.changes.statement` fills it in
            blocks = (tree.Paragraph((), key=tree.STATEMENT),)
    composition.places.enter_all(blocks, block.place)
    return blocks


def _counted(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Mark blocks as what memo makes of all the rest: comparisons are to know that by their keys."""
    return tuple(replace(block, key=tree.COUNTED) for block in blocks)


_TABLE = "likelihood_table"


def _with_likelihood_table(
    composition: Composition, parts: list[Block | Placeholder], written: list[Block], used: list[Fact]
) -> list[Block | Placeholder]:
    """Return the blocks with a table of likelihood terms if the memo uses one, and without it if it uses none.

    The table stands where the template puts it, and else at the end of the section that lists the sources, or of the
    memo: no memo that states a likelihood goes out without it.
    """
    front_matter = composition.template.front_matter
    if not back_matter.states_likelihood(written, used, front_matter.language, front_matter.scale):
        return [block for block in parts if not (isinstance(block, Placeholder) and block.name == _TABLE)]
    if any(isinstance(block, Placeholder) and block.name == _TABLE for block in parts):
        return parts
    end = _end_of_sources(parts)
    last = parts[end - 1]
    place = last.place if isinstance(last, Placeholder) else composition.places.of(last) or Place("")
    return [*parts[:end], Placeholder(_TABLE, place), *parts[end:]]


def _end_of_sources(parts: list[Block | Placeholder]) -> int:
    """Return where the section that lists the sources ends; the end of the memo where none does."""
    listed = [index for index, block in enumerate(parts) if isinstance(block, Placeholder) and block.name == "sources"]
    for index in range(listed[0] + 1 if listed else len(parts), len(parts)):
        if isinstance(block := parts[index], Heading) and block.level == 1:
            return index
    return len(parts)


# Anchors


_SECTION = re.compile(r"(?:^|/)sections/([a-z0-9]+(?:-[a-z0-9]+)*)\.md$")
"""The path of a file that is a section of memos, and the section's name in it."""

_LETTERS = str.maketrans({
    "ə": "e", "Ə": "e", "ı": "i", "ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae",
    "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d",
})  # fmt: skip
"""Latin letters that have no plainer form in Unicode's decompositions (UAX 15)."""


def _with_anchors(composition: Composition, blocks: list[Block]) -> tuple[Block, ...]:
    """Give each heading an anchor of its own: a section's is the name of its file, any other's its words."""
    sections = _sections(composition, blocks)
    taken = set(sections.values())  # first, so that no heading above takes the name that links to a section use
    anchored: list[Block] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            anchor = sections.get(index) or _free(_slug(inline_text(block.content)), taken)
            taken.add(anchor)
            heading = replace(block, anchor=anchor)
            composition.places.move(block, heading)
            anchored.append(heading)
        else:
            anchored.append(block)
    return tuple(anchored)


def _sections(composition: Composition, blocks: list[Block]) -> Mapping[int, str]:
    """Return which headings open a section that is a file of its own: the first of level 1 in the file."""
    found: dict[str, int] = {}
    for index, block in enumerate(blocks):
        place = composition.places.of(block)
        named = _SECTION.search(place.path) if place else None
        if isinstance(block, Heading) and block.level == 1 and named:
            found.setdefault(named[1], index)
    return {index: name for name, index in found.items()}


def _slug(text: str) -> str:
    """Turn words into an anchor: small ASCII letters and digits, joined by hyphens; ``section`` where none are left."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain)) or "section"


def _free(wanted: str, taken: set[str]) -> str:
    """Return the anchor wanted, with the first number that makes it a new one if it is taken."""
    anchor, number = wanted, 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    return anchor


def _check_links(composition: Composition, blocks: tuple[Block, ...]) -> None:
    """Report links to headings that the memo does not have."""
    anchors = {block.anchor for block in blocks if isinstance(block, Heading)}
    for link in (inline for block in blocks for content in contents(block) for inline in inlines(content)):
        if isinstance(link, tree.Link) and link.target.startswith("#") and link.target[1:] not in anchors:
            message = f"no heading has the anchor '{link.target[1:]}'"
            place = composition.places.of(link) or Place("")
            composition.run.report("unknown-anchor", message, place, suggest(link.target[1:], anchors))


# Metadata


def _metadata(composition: Composition, used: list[Fact]) -> tree.Metadata:
    """Return what title block, header and footer show; as of the newest date among the facts in use."""
    front_matter, words = composition.template.front_matter, composition.words
    as_of = max((fact.as_of for fact in used), key=_latest, default=None)
    return tree.Metadata(
        title=front_matter.title,
        short_title=front_matter.short_title or front_matter.title,
        to=front_matter.to,
        sender=front_matter.sender,
        date=front_matter.date.text,
        date_shown=date_in_words(front_matter.date, words),
        reference=front_matter.reference,
        banner=front_matter.banner or composition.style.banner,
        language=front_matter.language,
        as_of=as_of.text if as_of else "",
        as_of_shown=date_in_words(as_of, words) if as_of else "",
        name=PurePosixPath(composition.template.path).stem,
    )


def _latest(date: Date) -> tuple[tuple[int, int, int], str]:
    return date.latest or date.earliest or (0, 0, 0), date.text


# Keys


def keyed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give each block its key, and so its rows and list items.

    A key is ``section/type/fact ids/ordinal``: ``risks/paragraph/gas-exports,russia-strain/2`` is the second paragraph
    of section *risks* that shows or cites just these two facts. There is no line in it: it stays what it is when text
    above it grows. Blocks above the first section have an empty one. What ``changes()`` made keeps the key it has, so
    that it does not shift the ordinals of others; the key of what memo counts itself begins with `tree.COUNTED`.
    """
    counts: Counter[str] = Counter()
    section = ""
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.anchor
        made = block if tree.is_statement(block) else _keyed_block(block, section, counts)
        done.append(replace(made, key=tree.COUNTED + made.key) if tree.is_counted(block) else made)
    return tuple(done)


def _keyed_block(block: Block, section: str, counts: Counter[str]) -> Block:
    key = _key(section, type(block).__name__.lower(), set(block_facts(block)), counts)
    match block:
        case tree.List(items=items):
            return replace(block, key=key, items=tuple(_keyed_item(item, section, counts) for item in items))
        case tree.Table(header=header, rows=rows):
            inner = tuple(_keyed_row(row, section, counts) for row in rows)
            return replace(block, key=key, header=_keyed_row(header, section, counts), rows=inner)
        case tree.Quotation(blocks=blocks) | tree.Callout(blocks=blocks):
            return replace(block, key=key, blocks=tuple(_keyed_block(inner, section, counts) for inner in blocks))
        case _:
            return replace(block, key=key)


def _keyed_item(item: tree.ListItem, section: str, counts: Counter[str]) -> tree.ListItem:
    facts = {fact for block in item.blocks for fact in block_facts(block)}
    key = _key(section, "listitem", facts, counts)
    return replace(item, key=key, blocks=tuple(_keyed_block(block, section, counts) for block in item.blocks))


def _keyed_row(row: tree.Row, section: str, counts: Counter[str]) -> tree.Row:
    facts = {fact for cell in row.cells for fact in inline_facts(cell.content)}
    return replace(row, key=_key(section, "row", facts, counts))


def _key(section: str, kind: str, facts: set[str], counts: Counter[str]) -> str:
    stem = f"{section}/{kind}/{','.join(sorted(facts))}"
    counts[stem] += 1
    return f"{stem}/{counts[stem]}"
