"""Tracked changes taken at their word: a resolver on the XML, and what a document then is, to compare with another.

A paragraph whose mark went joins the next one (ECMA-376-1, 17.13.5.15); where none follows, in front of a table or at
the end, it stays, empty, as in Word.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from memo.facts.appearance import as_seen
from tests.docx.read import W, parts, tree, words

Roots = tuple[etree._Element, etree._Element]
"""Of the body and of the notes."""

LOOSE = "MemoGap"
"""The style of paragraphs that only keep others apart: a redline may need one where a plain document has none."""


def roots(data: bytes) -> Roots:
    """The body and the notes of a file."""
    notes = "word/footnotes.xml"
    return tree(data), tree(data, notes) if notes in parts(data) else etree.Element(f"{W}footnotes")


def resolved(data: bytes, accept: bool) -> Roots:
    """Both with every change accepted, or rejected."""
    goes, stays = ("del", "ins") if accept else ("ins", "del")
    body, notes = roots(data)
    for root in (body, notes):
        _rows(root, goes)
        _runs(root, goes, stays)
        _paragraphs(root, goes)
    return body, notes


def _rows(root: etree._Element, goes: str) -> None:
    for row in list(root.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{goes}") is not None:
            _remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            _remove(table)


def _runs(root: etree._Element, goes: str, stays: str) -> None:
    for change in list(root.iter(f"{W}{goes}")):
        if not _is_property(change):
            _remove(change)
    for change in list(root.iter(f"{W}{stays}")):
        if not _is_property(change):
            parent = change.getparent()
            assert parent is not None
            at = parent.index(change)
            parent[at : at + 1] = list(change)


def _paragraphs(root: etree._Element, goes: str) -> None:
    for paragraph in reversed(list(root.iter(f"{W}p"))):
        following = paragraph.getnext()
        gone = paragraph.find(f"{W}pPr/{W}rPr/{W}{goes}") is not None
        if gone and following is not None and following.tag == f"{W}p":
            properties = following.find(f"{W}pPr")
            at = 0 if properties is None else following.index(properties) + 1
            following[at:at] = [child for child in paragraph if child.tag != f"{W}pPr"]
            _remove(paragraph)


def _is_property(change: etree._Element) -> bool:
    parent = change.getparent()
    return parent is not None and parent.tag in (f"{W}rPr", f"{W}trPr")


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def structure(held: Roots) -> list[object]:
    """What a body holds: paragraphs with style, list level, words and notes; tables row by row; how many drawings.

    Without the numbers of captions, which are fields that count anew.
    """
    body, notes = held
    texts = {note.get(f"{W}id"): _words(note).strip() for note in notes}
    holder = body.find(f"{W}body")
    assert holder is not None
    return list(_blocks(holder, texts))


def _blocks(holder: etree._Element, notes: dict[str | None, str]) -> Iterator[object]:
    for block in holder:
        if block.tag == f"{W}tbl":
            yield [[list(_blocks(cell, notes)) for cell in row.iter(f"{W}tc")] for row in block.iter(f"{W}tr")]
        elif block.tag == f"{W}p" and (one := _paragraph(block, notes))[0] != LOOSE:
            yield one


def _paragraph(paragraph: etree._Element, notes: dict[str | None, str]) -> tuple[object, ...]:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
    cited = tuple(notes[one.get(f"{W}id")] for one in paragraph.iter(f"{W}footnoteReference"))
    drawings = sum(1 for _ in paragraph.iter(f"{W}drawing"))
    breaks = sum(one.get(f"{W}type") == "page" for one in paragraph.iter(f"{W}br"))
    named = "" if style is None else style.get(f"{W}val", "")
    return named, None if level is None else level.get(f"{W}val"), _words(paragraph), cited, drawings, breaks


def _words(element: etree._Element) -> str:
    """The words as a reader sees them, without the numbers that captions count (SEQ fields, which count anew)."""
    holder = etree.fromstring(etree.tostring(element))
    counts = shown = False
    for run in list(holder.iter(f"{W}r")):
        counts = counts or "SEQ" in (run.findtext(f"{W}instrText") or run.findtext(f"{W}delInstrText") or "")
        mark = run.find(f"{W}fldChar")
        kind = "" if mark is None else mark.get(f"{W}fldCharType")
        shown = counts and (kind == "separate" or (shown and kind != "end"))
        counts = counts and kind != "end"
        if shown:
            _remove(run)
    return as_seen(words(holder))


def settled(held: list[object]) -> list[object]:
    """A structure as LibreOffice saves it, without what only it puts there.

    An empty paragraph, where one went that had none of its kind to join; a joiner (U+200D) in rows without words. Nor
    the raised spaces between notes, which it takes for words; nor page breaks at the very end, where it drops the last
    unless a gap follows.
    """
    joined = [_without_joiner(one) for one in held]
    kept = [one for one in joined if not (isinstance(one, tuple) and one[0] not in _EMPTY and not any(one[1:]))]
    while kept and isinstance(kept[-1], tuple) and kept[-1][0] == "MemoPageBreak":
        kept.pop()
    return kept


_EMPTY = ("TableText", "TableHeading")
"""Styles of paragraphs that may be empty in their own right."""


def _without_joiner(held: object) -> object:
    if isinstance(held, list):
        return [_without_joiner(one) for one in held]
    return held.replace("\u200d", "").replace("\u00a0", "") if isinstance(held, str) else _joined(held)


def _joined(held: object) -> object:
    return tuple(_without_joiner(one) for one in held) if isinstance(held, tuple) else held
