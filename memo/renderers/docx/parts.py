"""Document properties: what Word shows under File, Info.

The document itself, carried in a custom XML part (ECMA-376-1, 15.2.5), and what each hidden bookmark stands for.

Word keeps the part and the bookmarks through editing and saving, so a copy that comes back can still be read.

A redline's comments: what changed, on which facts and sources, and why."""

from __future__ import annotations

from collections.abc import Iterable

from memo.document.as_json import NAMESPACE
from memo.document.furniture import basis_lines, change_lines
from memo.document.tree import Change, Metadata
from memo.renderers.docx.language import locale
from memo.renderers.docx.markup import DECLARATION, escaped, quoted
from memo.renderers.docx.runs import Manner, words
from memo.renderers.docx.story import OFFICE, Bookmarked, Story, comment_id, part

_CUSTOM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of all custom properties (ECMA-376-1, 22.3.2.2)."""


def core(metadata: Metadata, date: str) -> str:
    """Core properties (ECMA-376-2, clause 8). ``date`` is ISO 8601 with the time: the memo's own, at midnight UTC."""
    parts = (
        ("dc:title", "", metadata.title),
        ("dc:subject", "", metadata.reference),
        ("dc:creator", "", metadata.sender),
        ("dc:identifier", "", metadata.reference),
        ("cp:lastModifiedBy", "", metadata.sender),
        ("cp:revision", "", "1"),
        ("dcterms:created", ' xsi:type="dcterms:W3CDTF"', date),
        ("dcterms:modified", ' xsi:type="dcterms:W3CDTF"', date),
        ("dc:language", "", locale(metadata.language)),
        ("cp:version", "", metadata.edition),
    )
    inner = "".join(f"<{name}{kind}>{escaped(value)}</{name}>" for name, kind, value in parts if value)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inner}</cp:coreProperties>'
    )


def app() -> str:
    """Extended properties (ECMA-376-1, 22.2): which program wrote the file."""
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>memo</Application></Properties>"
    )


def custom(values: dict[str, str]) -> str:
    """Custom properties (ECMA-376-1, 22.3), all of them texts; those without a value are left out."""
    held = [(name, value) for name, value in values.items() if value]
    inner = "".join(
        f'<property fmtid="{_CUSTOM}" pid="{number}" name="{name}"><vt:lpwstr>{escaped(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(held, 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{inner}</Properties>'
    )


_ITEM = "{5B0D8A3E-6D0C-5E0B-9A55-4D454D4F0001}"
"""The store item's id: any GUID, the same in every memo (ECMA-376-1, 22.5.2.1)."""


def item(document_json: str, claims: Iterable[Bookmarked]) -> str:
    """The part: the document's JSON as text, then for each bookmark the facts (space between) and the part of them."""
    bookmarks = "".join(
        f"<bookmark name={quoted(name)} facts={quoted(' '.join(claim.facts))} part={quoted(claim.part)}/>"
        for name, claim in claims
    )
    return (
        f"{DECLARATION}<memo xmlns={quoted(NAMESPACE)}><document>{escaped(document_json)}</document>{bookmarks}</memo>"
    )


def item_properties() -> str:
    """The part that gives the item its id and schema."""
    return (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
        f'ds:itemID="{_ITEM}"><ds:schemaRefs><ds:schemaRef ds:uri={quoted(NAMESPACE)}/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    )


PROPERTIES_RELATIONSHIP = OFFICE + "customXmlProps"
"""From the item to its properties."""


_PLAIN = Manner()
_OWN = "<w:r><w:annotationRef/></w:r>"


def comments(story: Story) -> str:
    """The comments' part (ECMA-376-1, 17.13.4.6): one for each change with a mark in the text; empty if none."""
    written = "".join(_comment(number, story.changes[number - 1], story) for number in sorted(story.commented))
    return part("comments", written) if written else ""


def _comment(number: int, change: Change, story: Story) -> str:
    lines = [*change_lines(change, story.words), *basis_lines(change, story.words)]
    first, *rest = [words(line, _PLAIN, story) for line in lines]
    text = f"<w:p>{_OWN}{first}</w:p>" + "".join(f"<w:p>{line}</w:p>" for line in rest)
    initials = "".join(word[0] for word in story.author.split())[:9]
    return (
        f'<w:comment w:id="{comment_id(number)}" w:author={quoted(story.author)} w:date="{story.date}" '
        f"w:initials={quoted(initials)}>{text}</w:comment>"
    )
