"""The parts of the package beside the text: document properties, the embedded document, a redline's comments.

The document itself is embedded in a custom XML part (ECMA-376-1, 15.2.5), with what each hidden bookmark stands for.
Word keeps that part and the bookmarks through editing and saving, so a copy that comes back can still be read.
"""

from __future__ import annotations

from collections.abc import Iterable

from memo.document.as_json import NAMESPACE, Embedded
from memo.document.furniture import basis_lines, change_lines
from memo.document.tree import Change, Metadata
from memo.renderers.docx.builder import Bookmarked, DocxBuilder, comment_id
from memo.renderers.docx.language import locale
from memo.renderers.docx.package import DECLARATION, Relationships, escape, part, quoteattr
from memo.renderers.docx.runs import RunFormat, runs_of

_CUSTOM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of all custom properties (ECMA-376-1, 22.3.2.2)."""
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def property_parts(metadata: Metadata, fingerprint: str, date: str) -> dict[str, str]:
    """Write what Word shows under File, Info, and the package's own relationships.

    ``fingerprint`` is the digest of the content. ``date`` is the memo's own, at midnight UTC (ISO 8601).
    """
    root = Relationships()
    root.add("officeDocument", "word/document.xml")
    root.add(_CORE_RELATIONSHIP, "docProps/core.xml")
    root.add("extended-properties", "docProps/app.xml")
    root.add("custom-properties", "docProps/custom.xml")
    properties = {
        "Reference": metadata.reference,
        "Edition": metadata.edition,
        "Facts as of": metadata.as_of,
        "Content digest": fingerprint,
    }
    return {
        "_rels/.rels": root.xml(),
        "docProps/core.xml": _core(metadata, date),
        "docProps/app.xml": _app(),
        "docProps/custom.xml": _custom(properties),
    }


def _core(metadata: Metadata, date: str) -> str:
    """Write the core properties (ECMA-376-2, clause 8)."""
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
    inner = "".join(f"<{name}{kind}>{escape(value)}</{name}>" for name, kind, value in parts if value)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inner}</cp:coreProperties>'
    )


def _app() -> str:
    """Write the extended properties (ECMA-376-1, 22.2): which program wrote the file."""
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>memo</Application></Properties>"
    )


def _custom(values: dict[str, str]) -> str:
    """Write the custom properties (ECMA-376-1, 22.3), all of them texts; those without a value are left out."""
    inner = "".join(
        f'<property fmtid="{_CUSTOM}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(((name, value) for name, value in values.items() if value), 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{inner}</Properties>'
    )


_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_ITEM = "{5B0D8A3E-6D0C-5E0B-9A55-4D454D4F0001}"
"""The store item's id: any GUID, the same in every memo (ECMA-376-1, 22.5.2.1)."""


def embedded_parts(embedded: Embedded, look: str, claims: Iterable[Bookmarked]) -> dict[str, str]:
    """Write the custom XML part that carries document and look, and the part that gives it its id and schema."""
    links = Relationships()
    links.add("customXmlProps", "itemProps1.xml")
    return {
        "customXml/item1.xml": _item(embedded.json.decode(), look, claims),
        "customXml/itemProps1.xml": (
            f'{DECLARATION}<ds:datastoreItem xmlns:ds="{_CUSTOM_XML}" ds:itemID="{_ITEM}">'
            f"<ds:schemaRefs><ds:schemaRef ds:uri={quoteattr(NAMESPACE)}/></ds:schemaRefs></ds:datastoreItem>"
        ),
        "customXml/_rels/item1.xml.rels": links.xml(),
    }


def _item(json: str, look: str, claims: Iterable[Bookmarked]) -> str:
    """Write the JSON of document and look as text, then for each bookmark the facts (space between) and the part."""
    bookmarks = "".join(
        f"<bookmark name={quoteattr(name)} facts={quoteattr(' '.join(claim.facts))} part={quoteattr(claim.part)}/>"
        for name, claim in claims
    )
    carried = f"<document>{escape(json)}</document><look>{escape(look)}</look>"
    return f"{DECLARATION}<memo xmlns={quoteattr(NAMESPACE)}>{carried}{bookmarks}</memo>"


def comments(builder: DocxBuilder) -> str:
    """Write the comments' part (ECMA-376-1, 17.13.4.6): one for each change with a mark in the text; empty if none.

    A comment says what changed, on which facts and sources, and why.
    """
    written = "".join(_comment(number, builder.changes[number - 1], builder) for number in sorted(builder.commented))
    return part("comments", written) if written else ""


def _comment(number: int, change: Change, builder: DocxBuilder) -> str:
    lines = [*change_lines(change, builder.words), *basis_lines(change, builder.words)]
    first, *rest = [runs_of(line, RunFormat(), builder) for line in lines]
    text = f"<w:p><w:r><w:annotationRef/></w:r>{first}</w:p>" + "".join(f"<w:p>{line}</w:p>" for line in rest)
    initials = "".join(word[0] for word in builder.author.split())[:9]
    return (
        f'<w:comment w:id="{comment_id(number)}" w:author={quoteattr(builder.author)} w:date="{builder.date}" '
        f"w:initials={quoteattr(initials)}>{text}</w:comment>"
    )
