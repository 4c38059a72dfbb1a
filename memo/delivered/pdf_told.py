"""What a PDF says besides what its pages paint, held against the file that it should be: tags, bookmarks, its title.

Tags say how a page is read aloud, in what order, and what is said in place of what is seen (ISO 32000-1, 14.8, 14.9).
They are compared whole, since any part of them may change what is said. A file that has lost all its tags says nothing
else: that is told, and no alteration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import zip_longest
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from memo.delivered.contents import shown
from memo.delivered.pdf_objects import area, catalog, destination, dictionaries, entry, page_numbers, plain, resources
from memo.files import bytes_digest
from memo.untrusted_files import TooLarge

MOST_OBJECTS = 500_000
"""Values in the tags of a file; a memo has some thousand a page."""

LOST_TAGS = "it has lost its tags: who has it read aloud is not told of headings, lists, tables and notes"

_MAY_MARK = re.compile(rb"BDC|DP")
_XMP_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)

_SAID = ("/ActualText", "/Alt", "/E")
"""What is said in place of what is seen."""


def doubts(ours: PdfReader, theirs: PdfReader) -> Iterator[str]:
    """Say in what a file may tell something else than it should."""
    yield from _other_title(ours, theirs)
    yield from _other_bookmarks(ours, theirs)
    yield from _other_links(ours, theirs)
    if has_tags(ours):
        yield from _other_tags(ours, theirs)
    else:
        yield from _stray_words(ours, theirs)


def has_tags(reader: PdfReader) -> bool:
    """Tell whether a file has tags."""
    return "/StructTreeRoot" in catalog(reader)


def _other_title(ours: PdfReader, theirs: PdfReader) -> Iterator[str]:
    """The title stands in the bar of a reader's window."""
    here, there = (list(_titles(reader)) for reader in (ours, theirs))
    yield from (f"its title is “{shown(title)}”" for title in here if title not in there)


def _titles(reader: PdfReader) -> Iterator[str]:
    """Yield the title that a file has, in the old way and in the new (14.3)."""
    if reader.metadata and reader.metadata.title:
        yield str(reader.metadata.title)
    packet = entry(catalog(reader), "/Metadata")
    text = packet.get_data().decode("utf-8", "replace") if isinstance(packet, StreamObject) else ""
    yield from (unescape(found[1]) for found in _XMP_TITLE.finditer(text) if found[1])


def _other_bookmarks(ours: PdfReader, theirs: PdfReader) -> Iterator[str]:
    here, there = list(_bookmarks(ours)), list(_bookmarks(theirs))
    if here and here != there:
        one, other = _first_unlike(here, there)
        yield f"a bookmark says {one}, where it should say {other}"


def _bookmarks(reader: PdfReader) -> Iterator[str]:
    root, pages = catalog(reader), page_numbers(reader)
    waiting, met = [entry(root, "/Outlines")], 0
    while waiting:
        item = waiting.pop()
        met += 1
        if not isinstance(item, DictionaryObject):
            continue
        if met > MOST_OBJECTS // 10:
            raise TooLarge("has more bookmarks than any memo")
        if "/Title" in item:
            action = entry(item, "/A")
            target = action if isinstance(action, DictionaryObject) else item
            known = entry(target, "/D") or entry(target, "/Dest")
            kind = "" if target is item or entry(target, "/S") == "/GoTo" else " and does something by itself"
            yield f"“{shown(entry(item, '/Title'))}” ({destination(known, root, pages)}{kind})"
        waiting += [entry(item, "/Next"), entry(item, "/First")]


def _other_links(ours: PdfReader, theirs: PdfReader) -> Iterator[str]:
    """A link says in words where it leads, and covers the words that it is a link of."""
    for number, (page, other) in enumerate(zip(ours.pages, theirs.pages, strict=False), 1):
        here, there = _links(page), _links(other)
        said = [one for one in zip(here, there, strict=False) if one[0][1] and one[0][1] != one[1][1]]
        if said:
            yield f"a link is said to be “{shown(said[0][0][1])}” (page {number})"
        if len(here) == len(there) and any(
            abs(side - other_side) > 2
            for one, another in zip(here, there, strict=True)
            for side, other_side in zip(one[0], another[0], strict=True)
        ):
            yield f"a link covers other words (page {number})"


def _links(page: PageObject) -> list[tuple[tuple[float, ...], str]]:
    found = (one for one in dictionaries(page, "/Annots") if entry(one, "/Subtype") == "/Link")
    return sorted((area(one), str(entry(one, "/Contents", ""))) for one in found)


def _first_unlike(here: list[str], there: list[str]) -> tuple[str, str]:
    pairs = zip_longest(here, there, fillvalue="nothing")
    return next((one, other) for one, other in pairs if one != other)


# Tags


def _other_tags(ours: PdfReader, theirs: PdfReader) -> Iterator[str]:
    """Compare the tree of tags whole, and then the content that it refers to."""
    here, there = (list(_flat(reader)) for reader in (ours, theirs))
    if here != there:
        said, due = ([shown(value) for key, value in flat if key in _SAID] for flat in (here, there))
        if said != due:
            one, other = _first_unlike(said, due)
            yield f"it is read aloud as “{one}”, where it should be “{other}”"
        else:
            yield "its tags, by which it is read aloud, are not those that memo wrote"
        return
    for number, (page, other_page) in enumerate(zip(ours.pages, theirs.pages, strict=False), 1):
        if _content(page) != _content(other_page) and _operations(page) != _operations(other_page):
            yield f"what is read aloud cannot be compared: its marks were written anew (page {number})"
            return


def _flat(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """Yield all that the tree of tags holds, each value with its key; what it refers to is numbered as it is met.

    Two trees give the same if, and only if, they say the same, whatever numbers their objects have.
    """
    pages, met, count = page_numbers(reader), dict[int, int](), 0
    waiting: list[tuple[str, Any]] = [("", catalog(reader).raw_get("/StructTreeRoot"))]
    while waiting:
        key, value = waiting.pop()
        count += 1
        if count > MOST_OBJECTS:
            raise TooLarge("has more tags than any memo")
        if isinstance(value, IndirectObject):
            if value.idnum in pages or value.idnum in met:
                yield key, f"page {pages[value.idnum]}" if value.idnum in pages else f"object {met[value.idnum]}"
                continue
            met[value.idnum] = len(met)
            value = plain(value)
        if isinstance(value, StreamObject):
            yield key, bytes_digest(value.get_data())
        elif isinstance(value, DictionaryObject):
            keys = sorted(value.keys() - {"/P", "/Parent"}, reverse=True)
            yield key, f"<<{' '.join(keys)}>>"
            waiting += [(each, value.raw_get(each)) for each in keys]
        elif isinstance(value, ArrayObject):
            yield key, f"[{len(value)}]"
            waiting += [(key, each) for each in reversed(value)]
        else:
            yield key, str(value)


def _content(page: PageObject) -> bytes:
    contents = page.get_contents()
    return contents.get_data().strip() if contents is not None else b""


def _operations(page: PageObject) -> list[object]:
    """Return a page's operators with their operands, however they are spelt."""
    contents = page.get_contents()
    return (
        [(_unspelt(operands), operator) for operands, operator in contents.operations] if contents is not None else []
    )


def _unspelt(value: Any) -> object:
    """Return a value as it is compared: 1 and 1.0 are one number, and a string is its bytes."""
    if isinstance(value, dict):
        return {str(key): _unspelt(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_unspelt(one) for one in value]
    if isinstance(value, NumberObject | FloatObject):
        return float(value)
    return value.original_bytes if isinstance(value, TextStringObject | ByteStringObject) else str(value)


# A file without tags


def _stray_words(ours: PdfReader, theirs: PdfReader) -> Iterator[str]:
    """Even without tags, words may be said in place of others: those that memo wrote are no fault."""
    for number, (page, other) in enumerate(zip(ours.pages, theirs.pages, strict=False), 1):
        said = _said_on(page)
        if said and (strange := said - _said_on(other)):
            yield f"it is read aloud as “{shown(min(strange))}” (page {number})"


def _said_on(page: PageObject) -> set[str]:
    """Return what is said in place of what is painted, on a page and in the forms that it paints."""
    found: set[str] = set()
    held = [page.get_contents(), *_forms(page)]
    properties = resources(page, "/Properties")
    for stream in held:
        # Most content has no marks at all, and is not taken apart for them.
        if stream is None or not _MAY_MARK.search(stream.get_data()):
            continue
        content = stream if isinstance(stream, ContentStream) else ContentStream(stream, page.pdf)
        for operands, operator in content.operations:
            if operator in (b"BDC", b"DP") and len(operands) > 1:
                marked = operands[1] if isinstance(operands[1], DictionaryObject) else properties.get(str(operands[1]))
                if isinstance(marked := plain(marked), DictionaryObject):
                    found |= {str(entry(marked, key)) for key in _SAID if key in marked}
    return found


def _forms(holder: DictionaryObject, depth: int = 0) -> Iterator[StreamObject]:
    for one in resources(holder, "/XObject").values():
        if isinstance(one := plain(one), StreamObject) and entry(one, "/Subtype") == "/Form":
            yield one
            if depth < 3:
                yield from _forms(one, depth + 1)
