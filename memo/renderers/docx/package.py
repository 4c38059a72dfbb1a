"""Parts into one file: the Open Packaging Conventions (ECMA-376-2) over a zip whose bytes depend on the parts alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from types import MappingProxyType

from memo.renderers.docx.markup import DECLARATION

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = MappingProxyType(
    {
        "word/document.xml": _WORD + "document.main+xml",
        "word/styles.xml": _WORD + "styles+xml",
        "word/settings.xml": _WORD + "settings+xml",
        "word/fontTable.xml": _WORD + "fontTable+xml",
        "word/numbering.xml": _WORD + "numbering+xml",
        "word/comments.xml": _WORD + "comments+xml",
        "word/footnotes.xml": _WORD + "footnotes+xml",
        "word/header1.xml": _WORD + "header+xml",
        "word/footer1.xml": _WORD + "footer+xml",
        "word/theme/theme1.xml": _OFFICE + "theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": _OFFICE + "extended-properties+xml",
        "docProps/custom.xml": _OFFICE + "custom-properties+xml",
        "customXml/itemProps1.xml": _OFFICE + "customXmlProperties+xml",
    }
)
"""The content type of each part that is not told by its extension."""

_EXTENSIONS = MappingProxyType(
    {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "svg": "image/svg+xml",
    }
)
_EARLIEST, _LATEST = (1980, 1, 1), (2107, 12, 31)
"""The first day that a zip can tell, and the last."""


_NONE: Mapping[str, str] = MappingProxyType({})


def zipped(parts: Mapping[str, str | bytes], date: str, types: Mapping[str, str] = _NONE) -> bytes:
    """The package of these parts, by their names without a leading slash. Empty parts are left out.

    ``date`` (ISO 8601) is every entry's; a zip has no time zone. ``types`` are content types beyond `CONTENT_TYPES`.
    """
    held = {name: part for name, part in parts.items() if part}
    held["[Content_Types].xml"] = _content_types(held, {**CONTENT_TYPES, **types})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(held, key=_order):
            archive.writestr(_entry(name, date), held[name])
    return buffer.getvalue()


def _content_types(names: Collection[str], types: Mapping[str, str]) -> str:
    """The list of content types (ECMA-376-2, 7.2.3): by extension, then for each part that has one of its own."""
    used = sorted({name.rpartition(".")[2] for name in names} & _EXTENSIONS.keys())
    defaults = (f'<Default Extension="{end}" ContentType="{_EXTENSIONS[end]}"/>' for end in used)
    overrides = (
        f'<Override PartName="/{name}" ContentType="{types[name]}"/>' for name in sorted(names) if name in types
    )
    return (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{''.join(defaults)}{''.join(overrides)}</Types>"
    )


def _order(name: str) -> tuple[bool, bool, str]:
    """Readers that stream want the content types first, then the package's relationships."""
    return name != "[Content_Types].xml", name != "_rels/.rels", name


def _entry(name: str, date: str) -> zipfile.ZipInfo:
    """A zip entry that tells nothing of the machine that wrote it."""
    year, month, day = (int(number) for number in re.findall(r"\d+", date)[:3])
    entry = zipfile.ZipInfo(name, (*min(max((year, month, day), _EARLIEST), _LATEST), 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
