"""Document properties: what Word shows under File, Info."""

from __future__ import annotations

from memo.document import Metadata
from memo.renderers.docx.languages import locale
from memo.renderers.docx.markup import DECLARATION, escaped

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
