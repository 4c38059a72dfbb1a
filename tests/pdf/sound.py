"""Our own check of a PDF beside veraPDF's: what a validator cannot know, since it does not know the memo.

Marked content and tree are one to one; the tree is read in the order of the page and of the document; bookmarks, links
and notes lead where they say; the document is inside. In a redline, what went is a heading no more, what came
or went says so of just the words that it shows, and every change that is told leads to where it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from memo.changes.resolve import accept
from memo.document.as_json import to_json
from memo.document.tree import Claim, Document, Figure, Heading, Link, Text
from memo.document.walk import block_nodes, contents, inline_text, inlines
from memo.facts.look import read_look
from tests.pdf.reading import Node, Reading
from tests.pdf.redlines import heard, how, number_of

_HEADING = re.compile("H[1-6]")
_NEAR = 26.0
"""How far above its first baseline a heading or a note may be said to begin, in points."""


def faults(data: bytes, document: Document) -> list[str]:
    """What is wrong with the PDF of this document, each as ``name: what``; nothing if it is sound."""
    try:
        reading = Reading(data)
    except (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        return [f"readable: {type(error).__name__} {error}"]
    checks = (
        _marked_once, _parent_tree, _annotations, _page_order, _title, _words, _alternatives, _levels, _bookmarks,
        _links, _notes, _inside, _marked_words, _changes,
    )  # fmt: skip
    return [f"{check.__name__[1:]}: {said}" for check in checks for said in _run(check, reading, document)]


def _run(check: Any, reading: Reading, document: Document) -> Iterator[str]:
    """What a check says; if the file is too broken for it, it says that."""
    try:
        yield from check(reading, document)
    except (AttributeError, IndexError, KeyError, StopIteration, TypeError, ValueError, RuntimeError) as error:
        yield f"{type(error).__name__} {error}"


def _marked_once(reading: Reading, _: Document) -> Iterator[str]:
    """No ink is unmarked, and every marked stretch is in the tree once."""
    owned = list(reading.root.stretches())
    if reading.unmarked:
        yield f"{reading.unmarked} unmarked"
    if len(owned) != len(set(owned)):
        yield "a stretch is in the tree twice"
    if set(owned) != set(reading.stretches):
        yield f"{set(owned) ^ set(reading.stretches)} is in the tree or on the page alone"


def _parent_tree(reading: Reading, _: Document) -> Iterator[str]:
    """The parent tree names the same owner of each stretch as the tree."""
    if owners_by_parent_tree(reading) != owners_by_tree(reading.pdf.Root.StructTreeRoot.K, reading):
        yield "another owner than the tree's"


def parents(reading: Reading) -> dict[int, Any]:
    """What the parent tree holds, by key."""
    nums = reading.pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}


def owners_by_parent_tree(reading: Reading) -> dict[tuple[int, int], tuple[int, int]]:
    """Which element owns each marked stretch, as the parent tree has it."""
    by_key = parents(reading)
    return {
        (index, number): element.objgen
        for index, page in enumerate(reading.pdf.pages)
        for number, element in enumerate(by_key[int(page.StructParents)])
    }


def owners_by_tree(element: pikepdf.Object, reading: Reading) -> dict[tuple[int, int], tuple[int, int]]:
    """The same, as the tree itself has it."""
    own = {kid: element.objgen for kid in reading.node(element).kids if isinstance(kid, tuple)}
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            own.update(owners_by_tree(kid, reading))
    return own


def _annotations(reading: Reading, _: Document) -> Iterator[str]:
    """Each link's active area is a kid of the Link that the parent tree names, and says in words what it is."""
    by_key = parents(reading)
    for area in (area for page in reading.pdf.pages for area in page.get("/Annots", [])):
        owner = by_key[int(area.StructParent)]
        kids = [kid.Obj.objgen for kid in owner.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
        if owner.S != "/Link" or area.objgen not in kids:
            yield "an area is not its Link's"
        if not str(area.Contents):
            yield "an area says nothing"


def _page_order(reading: Reading, _: Document) -> Iterator[str]:
    """Text is read in the order in which the pages show it, and so are notes. Of a row on two pages, each cell is."""
    parted = [row for row in reading.find("TR") if len({page for page, _ in row.stretches("Note")}) > 1]
    cells = [cell for row in parted for tag in ("TH", "TD") for cell in row.find(tag)]
    apart = {at for cell in cells for at in cell.stretches()}
    text = [at for at in reading.root.stretches(but="Note") if at not in apart]
    begun = [begin for note in reading.find("Note") if (begin := next(note.stretches())) not in apart]
    orders = [text, begun, *(list(node.stretches("Note")) for node in cells + reading.find("Note"))]
    places = {at: place for place, at in enumerate(reading.stretches)}
    for order in orders:
        if (shown := [places[at] for at in order]) != sorted(shown):
            yield "read in another order than shown"


def _title(reading: Reading, document: Document) -> Iterator[str]:
    """The title is one and the same on the page, in Info and in XMP."""
    with reading.pdf.open_metadata() as xmp:
        titles = {str(reading.pdf.docinfo["/Title"]), xmp["dc:title"]}
    (shown,) = reading.find("Title")
    title, told = document.metadata.title, "(Redline against " if document.changes or document.earlier else ""
    if len(titles) > 1 or not min(titles).startswith(f"{title} {told}".strip()) or (not told and min(titles) != title):
        yield "not the same everywhere"
    if "".join(_bare(reading.said(kid)) for kid in _now(shown)) != _bare(title):
        yield "not what the page shows"


def _now(node: Node) -> Iterator[Node]:
    """A node in pieces, without those that went."""
    for kid in node.kids:
        if not isinstance(kid, Node):
            yield Node("", {}, [kid])
        elif how(kid) != "deleted":
            yield kid


def _alternatives(reading: Reading, document: Document) -> Iterator[str]:
    """Every figure says the words that stand for it."""
    wanted = [node.alt for node in block_nodes(document.blocks) if isinstance(node, Figure)]
    figures = reading.find("Figure")
    if [heard(figure) if how(figure) else figure.entries.get("/Alt") for figure in figures] != wanted:
        yield "not the document's"


def _words(reading: Reading, document: Document) -> Iterator[str]:
    """The tree says every word of the document, in its order, a note's where it is referred to."""
    said, at = _bare(reading.said(reading.root)), 0
    for block in document.blocks:
        for content in contents(block):
            for inline in inlines(content):
                if isinstance(inline, Text | Claim):
                    found = said.find(_bare(inline.text), at)
                    if found < 0:
                        yield f"not read, or not in its place: {inline.text[:40]!r}"
                    at = max(at, found + len(_bare(inline.text)))


def _bare(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "")


def _levels(reading: Reading, document: Document) -> Iterator[str]:
    """There is an H element for every heading, none a level too deep."""
    levels = [int(node.tag[1]) for node in reading.root.all() if _HEADING.fullmatch(node.tag)]
    headings = sum(isinstance(block, Heading) for block in accept(document).blocks)
    if len(levels) != headings + bool(document.changes):
        yield "not one for each heading"
    if any(below > above + 1 for above, below in pairwise((0, *levels))):
        yield "a level is skipped"


def _bookmarks(reading: Reading, document: Document) -> Iterator[str]:
    """There is a bookmark for every heading, in order, that leads to the page and height where it stands."""
    headings = [node for node in reading.root.all() if _HEADING.fullmatch(node.tag)]
    staying = (block for block in accept(document).blocks if isinstance(block, Heading))
    wanted = [" ".join(inline_text(block.content).split()) for block in staying]
    wanted += ["Changes"] * bool(document.changes)
    found = list(bookmarks(reading))
    if [title for title, _, _ in found] != wanted:
        yield "other titles than the headings'"
    for (title, page, height), heading in zip(found, headings, strict=True):
        if not _begins(reading, heading, page, height):
            yield f"{title!r} leads elsewhere"


def bookmarks(reading: Reading) -> Iterator[tuple[str, int, float]]:
    """Title, page and height of each bookmark, outer before inner."""
    with reading.pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            entry = waiting.pop(0)
            yield (str(entry.title), *reading.destination(entry.destination))
            waiting = [*entry.children, *waiting]


def _begins(reading: Reading, node: Node, page: int, height: float) -> bool:
    """Whether a node's first line stands just below there."""
    first = next(node.stretches())
    return page == first[0] and 0 < height - reading.stretches[first].baselines[0] < _NEAR


def _links(reading: Reading, document: Document) -> Iterator[str]:
    """A link within the document leads to its heading; one to the web to its address."""
    headings = [node for node in reading.root.all() if _HEADING.fullmatch(node.tag)]
    anchors = [f"#{block.anchor}" for block in accept(document).blocks if isinstance(block, Heading)]
    by_anchor = dict(zip(anchors, headings, strict=False))
    gone = {f"#{block.anchor}" for block in document.blocks if isinstance(block, Heading)} - set(anchors)
    wanted = [
        inline.target
        for block in document.blocks
        for content in contents(block)
        for inline in inlines(content)
        if isinstance(inline, Link)
    ]
    for target, link in zip(wanted, _written_links(reading), strict=True):
        for area in areas(reading, link):
            if target in by_anchor:
                if not _begins(reading, by_anchor[target], *reading.destination(area.Dest)):
                    yield f"the link to {target} leads elsewhere"
            elif target not in gone and str(area.A.URI) != target:
                yield f"the link to {target} leads to {area.A.URI}"


def _written_links(reading: Reading) -> Iterator[Node]:
    """The Links of the text: not those of notes' numbers."""
    numbers = {id(link) for tag in ("Reference", "Lbl") for node in reading.find(tag) for link in node.find("Link")}
    return (link for link in reading.find("Link") if id(link) not in numbers)


def areas(reading: Reading, link: Node) -> list[Any]:
    """A Link's active areas."""
    return [reading.pdf.get_object(*number) for number in link.areas]


def _notes(reading: Reading, _: Document) -> Iterator[str]:
    """Each reference leads to its note, on its own page, right behind it in the tree; and the note leads back."""
    notes, references = reading.find("Note"), reading.find("Reference")
    ids = [note.entries.get("/ID") for note in notes]
    if None in ids or len(set(ids)) != len(notes):
        yield "a note without an id of its own"
    for reference, note in zip(references, notes, strict=True):
        (forth,), (back,) = (areas(reading, node.find("Link")[0]) for node in (reference, note))
        if not _begins(reading, note, *reading.destination(forth.Dest)):
            yield f"reference {reading.text(reference)} leads elsewhere"
        page, height = reading.destination(back.Dest)
        at = next(reference.stretches())
        if page != at[0] or not 0 < height - reading.stretches[at].baselines[0] < _NEAR:
            yield f"note {ids[notes.index(note)]} leads back elsewhere"
        if next(note.stretches())[0] != at[0]:
            yield f"note {ids[notes.index(note)]} is on another page than its reference"
    for node in reading.root.all():
        for kid, after in pairwise((*node.kids, None)):
            if isinstance(kid, Node) and kid.tag == "Reference" and getattr(after, "tag", "") != "Note":
                yield "a reference without its note behind it"


def _inside(reading: Reading, document: Document) -> Iterator[str]:
    """``memo.json`` is there, and is the document; ``look.json`` is there; both are named as the source."""
    file, look = reading.pdf.Root.AF
    if {str(each.AFRelationship) for each in (file, look)} != {"/Source"}:
        yield "not named as the source"
    if file.EF.F.read_bytes() != to_json(document).encode():
        yield "not this document"
    read_look(look.EF.F.read_bytes().decode())


def _marked_words(reading: Reading, _: Document) -> Iterator[str]:
    """What came or went says of itself just the words that it shows, and holds no link or note."""
    for span in (node for node in reading.find("Span") if how(node)):
        if _bare(heard(span)) != _bare(reading.said(span)):
            yield f"{heard(span)[:40]!r} is said of {reading.said(span)[:40]!r}"
        if any(isinstance(kid, Node) for kid in span.kids):
            yield f"{heard(span)[:40]!r} hides what stands in it"


def _changes(reading: Reading, document: Document) -> Iterator[str]:
    """Each change that is told has a number that leads to where it is shown first: where words bear it, or before."""
    if not document.changes:
        return
    *_, told = (kid for kid in reading.root.kids if isinstance(kid, Node))
    items = [kid for kid in told.kids if isinstance(kid, Node)]
    if len(items) != len(document.changes):
        yield "not all are told"
    for number, item in enumerate(items, 1):
        (area,) = areas(reading, item.find("Link")[0])
        page, height = reading.destination(area.Dest)
        shown = [span for span in reading.find("Span") if number_of(span) == number]
        places = {at[0] for span in shown for at in span.stretches()}
        if places and (page > min(places) or height <= 0):
            yield f"change {number} leads elsewhere"
