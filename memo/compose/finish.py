"""From a memo's blocks to its document: what depends on the whole of it is filled in.

What a block is called when editions are compared: its section, its type, the facts in it, its ordinal.

Never a line: a key stays what it is when text above it grows.

The table of likelihood terms: what the words of the memo's scale mean, where the memo uses one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping

from msgspec.structs import replace

from memo.compose.blocks import Pending
from memo.compose.layout import Work
from memo.compose.sources import source_list, source_summary
from memo.document.composed import SourceSpan
from memo.document.tree import (
    COUNTED,
    STATEMENT,
    Block,
    Callout,
    Cell,
    Claim,
    Document,
    Heading,
    List,
    ListItem,
    Metadata,
    Paragraph,
    Quotation,
    Row,
    Table,
    Text,
    is_statement,
)
from memo.document.walk import block_facts, block_nodes, contents, inline_facts, inline_text, inlines, used_facts
from memo.editions.snapshot import basis_lookup
from memo.facts.date_words import show
from memo.facts.dossier import Fact
from memo.facts.edtf import Date
from memo.facts.front_matter import FrontMatter
from memo.facts.likelihood import SCALES, Scale, band_of, may_state, terms_in
from memo.facts.style import Style, Words, fill
from memo.problem import Place
from memo.suggest import suggest

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
    filled = [
        (block, one.name if isinstance(one, Pending) else "")
        for one in found
        for block in _filled(work, one, used, front_matter)
    ]
    anchored = _anchored(work, [block for block, _ in filled])
    final = keyed(tuple(anchored), {at for at, (_, name) in enumerate(filled) if name in COUNTING})
    work.made.update(block.key for block, (_, made) in zip(final, filled, strict=True) if made)
    for old, new in zip(block_nodes(tuple(anchored)), block_nodes(final), strict=True):
        work.places.move(old, new)
    _check_links(work, final)
    basis = tuple(map(work.facts.once(basis_lookup), (fact.id for fact in used)))
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
    made = SourceSpan(0, block.place, made=True)
    for node in block_nodes(blocks):
        work.places.enter(node, made)
    for content in (content for one in blocks for content in contents(one)):
        for inline in inlines(content):
            work.places.enter(inline, made)
    return blocks


COUNTING = frozenset(("source_summary", "likelihood_table"))
"""Block tokens that stand for what memo counts in all the rest."""


def _made(work: Work, name: str, used: list[Fact], front_matter: FrontMatter) -> tuple[Block, ...]:
    """What a block token stands for. `memo.changes.statement` fills the place of ``changes()``."""
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
            work.report("unknown-anchor", message, place, suggest(link.target[1:], anchors))


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


def keyed(blocks: tuple[Block, ...], counting: Collection[int] = ()) -> tuple[Block, ...]:
    """The same blocks, each with its key, and so their rows and list items.

    A key is ``section/type/fact ids/ordinal``: ``risks/paragraph/gas-exports,russia-strain/2`` is the second paragraph
    of section *risks* that shows or cites just these two facts. What stands above the first section has none.
    What ``changes()`` stands for keeps a key of its own: it must not shift the ordinals of others. The key of what
    memo counts itself, told by its index in ``counting``, begins with `memo.document.tree.COUNTED`.
    """
    counts: Counter[str] = Counter()
    section = ""
    done: list[Block] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == 1:
            section = block.anchor
        made = block if is_statement(block) else _block(block, section, counts)
        done.append(replace(made, key=COUNTED + made.key) if at in counting else made)
    return tuple(done)


def _block(block: Block, section: str, counts: Counter[str]) -> Block:
    key = _key(section, type(block).__name__.lower(), set(block_facts(block)), counts)
    match block:
        case List(items=items):
            return replace(block, key=key, items=tuple(_item(item, section, counts) for item in items))
        case Table(header=header, rows=rows):
            inner = tuple(_keyed_row(row, section, counts) for row in rows)
            return replace(block, key=key, header=_keyed_row(header, section, counts), rows=inner)
        case Quotation(blocks=blocks) | Callout(blocks=blocks):
            return replace(block, key=key, blocks=tuple(_block(inner, section, counts) for inner in blocks))
        case _:
            return replace(block, key=key)


def _item(item: ListItem, section: str, counts: Counter[str]) -> ListItem:
    facts = {fact for block in item.blocks for fact in block_facts(block)}
    key = _key(section, "listitem", facts, counts)
    return replace(item, key=key, blocks=tuple(_block(block, section, counts) for block in item.blocks))


def _keyed_row(row: Row, section: str, counts: Counter[str]) -> Row:
    facts = {fact for cell in row.cells for fact in inline_facts(cell.content)}
    return replace(row, key=_key(section, "row", facts, counts))


def _key(section: str, kind: str, facts: set[str], counts: Counter[str]) -> str:
    stem = f"{section}/{kind}/{','.join(sorted(facts))}"
    counts[stem] += 1
    return f"{stem}/{counts[stem]}"


NAME = "likelihood_table"


def likelihood_table(scale: Scale, words: Words) -> Table:
    """A scale's terms, in the memo's language, with the chance that each stands for."""
    shown = words.icd203 if scale == "icd203" else words.phia
    rows = tuple(_term_row(term, band.chance) for term, band in zip(shown, SCALES[scale], strict=True))
    caption = (Text(fill(words.likelihood_caption, scale=words.scales.get(scale, scale))),)
    return Table(_term_row(words.likelihood_term, words.likelihood_chance), rows, ("left", "right"), caption)


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


def _term_row(*cells: str) -> Row:
    return Row(tuple(Cell((Text(cell),)) for cell in cells))
