"""A redline as PDF taken at its word: what its tree says with all that was deleted left out, or all that was inserted.

It knows the marks as who hears the page knows them: by the ActualText of Spans, and of figures by their Alt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.pdf.reading import Node, Reading

MARKED = re.compile(r"\s*(inserted|deleted)(?:, change (\d+))?: (.*) \(end\)\s*", re.DOTALL)
NUMBERED = re.compile(r"^(Table|Figure)\d+\.")
_NUMBERS = frozenset(("Lbl", "Reference"))
"""Elements that show the numbers of items and notes, which count all that a page shows."""


def how(node: Node) -> str:
    """Whether a node says that it came or went."""
    said = MARKED.fullmatch(node.entries.get("/ActualText", node.entries.get("/Alt", "")))
    return said[1] if said else ""


def heard(node: Node) -> str:
    """The words of a marked node, without its mark."""
    said = MARKED.fullmatch(node.entries.get("/ActualText", node.entries.get("/Alt", "")))
    assert said
    return said[3]


def number_of(node: Node) -> int:
    """The number of the change that a node says it belongs to; 0 for none."""
    said = MARKED.fullmatch(node.entries.get("/ActualText", ""))
    return int(said[2] or 0) if said else 0


def memo(reading: Reading) -> list[Node]:
    """What the tree has of the memo itself: all but the list of changes that follows it."""
    kids = [kid for kid in reading.root.kids if isinstance(kid, Node)]
    last = next((at for at, kid in enumerate(kids) if kid.tag == "H1" and reading.said(kid) == "Changes"), len(kids))
    return kids[:last]


def words(reading: Reading, goes: str = "") -> str:
    """The letters of the memo in reading order, without what came or went, as ``goes`` says, and without numbers."""
    return "".join("".join(_letters(reading, node, goes)) for node in memo(reading)[1:])


def _letters(reading: Reading, node: Node, goes: str) -> Iterator[str]:
    if node.tag in _NUMBERS or (goes and how(node) == goes):
        return
    if node.tag == "Figure":
        yield _bare(heard(node) if how(node) else node.entries["/Alt"])
        return
    own = _bare("".join(_kid(reading, kid, goes) for kid in node.kids))
    yield NUMBERED.sub("", own) if node.tag == "Caption" else own


def _kid(reading: Reading, kid: Node | tuple[int, int], goes: str) -> str:
    return "".join(_letters(reading, kid, goes)) if isinstance(kid, Node) else reading.stretches[kid].said


def _bare(text: str) -> str:
    return "".join(text.split()).replace("\u00ad", "")
