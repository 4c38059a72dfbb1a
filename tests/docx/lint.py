"""Faults that the validators do not see, each of which Word repairs, complains of or silently gets wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from tests.docx.read import R, W, parts

_TEXT_PARTS = re.compile(r"word/(document|footnotes|header\d+|footer\d+)\.xml")
_TRACES = re.compile(rb"/home/|/root/|/tmp/|[A-Z]:\\Users|/work/|localhost")
_PR = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_BLIP_REFERENCES = (f"{R}id", f"{R}embed")


def faults(data: bytes) -> list[str]:
    """Every fault found, in words; none in a good file."""
    held = parts(data)
    roots = {name: etree.fromstring(part) for name, part in held.items() if name.endswith((".xml", ".rels"))}
    text = {name: root for name, root in roots.items() if _TEXT_PARTS.fullmatch(name)}
    return [
        *_bookmarks(text.values()),
        *_ids(text.values()),
        *_deleted(text.values()),
        *_outside(text.values()),
        *_spaces(text.values()),
        *_fields(text.values()),
        *_numbers(roots),
        *_styles(roots, text.values()),
        *_notes(roots),
        *_relationships(held, roots),
        *_tables([roots["word/document.xml"]]),
        *_title(roots),
        *_types(held, roots),
        *(f"{name} tells of the machine it was made on" for name, part in held.items() if _TRACES.search(part)),
    ]


def _all(roots: Iterable[etree._Element], tag: str) -> Iterator[etree._Element]:
    for root in roots:
        yield from root.iter(tag)


def _twice(values: Iterable[str | None]) -> list[str | None]:
    return [value for value, count in Counter(values).items() if count > 1]


def _bookmarks(roots: Iterable[etree._Element]) -> Iterator[str]:
    roots = list(roots)
    names = [start.get(f"{W}name") for start in _all(roots, f"{W}bookmarkStart")]
    yield from (f"bookmark {name} is there twice" for name in _twice(names))
    wrong = [name for name in names if not re.fullmatch(r"[A-Za-z_]\w{0,39}", str(name))]
    yield from (f"Word takes no bookmark called {name}" for name in wrong)
    starts = [start.get(f"{W}id") for start in _all(roots, f"{W}bookmarkStart")]
    ends = [end.get(f"{W}id") for end in _all(roots, f"{W}bookmarkEnd")]
    if sorted(map(str, starts)) != sorted(map(str, ends)):
        yield "bookmarks do not begin and end in pairs"
    anchors = {link.get(f"{W}anchor") for link in _all(roots, f"{W}hyperlink")} - {None}
    yield from (f"a link leads to no bookmark: {anchor}" for anchor in anchors - set(names))
    for instruction in _all(roots, f"{W}instrText"):
        reference = re.match(r"\s*(?:PAGE)?REF\s+(\S+)", instruction.text or "")
        if reference and reference[1] not in names:
            yield f"a field refers to no bookmark: {reference[1]}"


def _ids(roots: Iterable[etree._Element]) -> Iterator[str]:
    roots = list(roots)
    annotations = [found.get(f"{W}id") for tag in ("bookmarkStart", "ins", "del") for found in _all(roots, f"{W}{tag}")]
    yield from (f"annotation id {number} is there twice" for number in _twice(annotations))
    wp = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    drawings = list(_all(roots, wp))
    yield from (f"drawing id {number} is there twice" for number in _twice(one.get("id") for one in drawings))
    yield from (f"drawing {one.get('id')} has no alternative text" for one in drawings if not one.get("descr"))


def _deleted(roots: Iterable[etree._Element]) -> Iterator[str]:
    for deleted in _all(roots, f"{W}del"):
        if deleted.find(f".//{W}t") is not None or deleted.find(f".//{W}instrText") is not None:
            yield "live text in a deletion"


def _outside(roots: Iterable[etree._Element]) -> Iterator[str]:
    for text in _all(roots, f"{W}delText"):
        if not any(above.tag == f"{W}del" for above in text.iterancestors()):
            yield "deleted text outside a deletion"


def _spaces(roots: Iterable[etree._Element]) -> Iterator[str]:
    for text in _all(roots, f"{W}t"):
        held = text.text or ""
        if held != held.strip() and text.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            yield f"spaces that will be lost: {held!r}"


def _fields(roots: Iterable[etree._Element]) -> Iterator[str]:
    """A field may hold further ones, and run through paragraphs (ECMA-376-1, 17.16.18)."""
    for root in roots:
        kinds = [char.get(f"{W}fldCharType") for char in root.iter(f"{W}fldChar")]
        opened: list[str] = []
        for kind in kinds:
            if kind == "begin":
                opened.append("begin")
            elif not opened or (kind == "separate" and opened[-1] == "separate"):
                yield f"a field is not balanced: {kind}"
            elif kind == "separate":
                opened[-1] = "separate"
            else:
                opened.pop()
        yield from (f"a field is not closed: {kind}" for kind in opened)


def _numbers(roots: dict[str, etree._Element]) -> Iterator[str]:
    numbering = roots["word/numbering.xml"]
    defined = {num.get(f"{W}numId") for num in numbering.iter(f"{W}num")} | {"0"}
    used = {found.get(f"{W}val") for found in _all(roots.values(), f"{W}numId")}
    yield from (f"no list has the number {number}" for number in used - defined)
    models = [model.get(f"{W}abstractNumId") for model in numbering.iter(f"{W}abstractNum")]
    yield from (f"two lists are modelled as number {number}" for number in _twice(models))
    wanted = {found.get(f"{W}val") for found in numbering.iter(f"{W}abstractNumId")}
    yield from (f"a list follows no model: {number}" for number in wanted - set(models))
    levels = {found.get(f"{W}val") for found in _all(roots.values(), f"{W}ilvl")}
    yield from (f"Word has no list level {level}" for level in levels - set("012345678"))


def _styles(roots: dict[str, etree._Element], text: Iterable[etree._Element]) -> Iterator[str]:
    styles = roots["word/styles.xml"]
    defined = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    text = list(text)
    for tag in ("pStyle", "rStyle", "tblStyle"):
        used = {found.get(f"{W}val") for found in _all(text, f"{W}{tag}")}
        yield from (f"no style has the id {style}" for style in used - defined)
    ids = (style.get(f"{W}styleId") for style in styles.iter(f"{W}style"))
    yield from (f"two styles have the id {style}" for style in _twice(ids))
    for tag in ("basedOn", "next", "link"):
        used = {found.get(f"{W}val") for found in styles.iter(f"{W}{tag}")}
        yield from (f"a style builds on none: {style}" for style in used - defined)
    names = [name.get(f"{W}val") for name in styles.iterfind(f"{W}style/{W}name")]
    yield from (f"two styles are called {name}" for name in _twice(names))


def _notes(roots: dict[str, etree._Element]) -> Iterator[str]:
    notes = [note.get(f"{W}id") for note in roots["word/footnotes.xml"] if note.get(f"{W}type") is None]
    references = [found.get(f"{W}id") for found in roots["word/document.xml"].iter(f"{W}footnoteReference")]
    if notes != references:
        yield "notes and the references to them are not the same, in order"
    kinds = [note.get(f"{W}type") for note in roots["word/footnotes.xml"] if note.get(f"{W}type")]
    if not {"separator", "continuationSeparator"} <= set(kinds):
        yield "no rule stands above the notes"


def _relationships(held: dict[str, bytes], roots: dict[str, etree._Element]) -> Iterator[str]:
    for name, root in roots.items():
        if name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("/")
        links = roots.get(f"{folder}/_rels/{file}.rels")
        known = {} if links is None else {link.get("Id"): link for link in links.iter(f"{_PR}Relationship")}
        used = {value for element in root.iter() for key in _BLIP_REFERENCES if (value := element.get(key))}
        yield from (f"{name} uses a relationship that it has not: {number}" for number in used - known.keys())
        for link in known.values():
            if link.get("TargetMode") != "External" and _resolved(folder, link.get("Target", "")) not in held:
                yield f"{name} points to no part: {link.get('Target')}"


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    path = folder.split("/") if folder else []
    for step in target.split("/"):
        path = path[:-1] if step == ".." else [*path, step]
    return "/".join(path)


def _title(roots: dict[str, etree._Element]) -> Iterator[str]:
    if not roots["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title"):
        yield "the document has no title"


def _types(held: dict[str, bytes], roots: dict[str, etree._Element]) -> Iterator[str]:
    types = roots["[Content_Types].xml"]
    endings = {one.get("Extension", "").lower() for one in types if one.tag.endswith("}Default")}
    named = {one.get("PartName", "") for one in types if one.tag.endswith("}Override")}
    for name in held.keys() - {"[Content_Types].xml"}:
        if f"/{name}" not in named and name.rpartition(".")[2].lower() not in endings:
            yield f"{name} has no content type"
    yield from (f"there is no part {name}" for name in named - {f"/{name}" for name in held})


def _tables(roots: Iterable[etree._Element]) -> Iterator[str]:
    for table in _all(roots, f"{W}tbl"):
        grid = [column.get(f"{W}w") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        for row in table.iterfind(f"{W}tr"):
            widths = [cell.get(f"{W}w") for cell in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")]
            if widths != grid:
                yield f"a row's cells are {widths} wide, its table's columns {grid}"
        following = table.getnext()
        if following is None or following.tag != f"{W}p":
            yield "no paragraph follows a table"
        if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
            yield "a table has no header row"
