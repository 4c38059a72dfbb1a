"""A Word file as a package (ECMA-376-2, Open Packaging Conventions): XML text, relationships, content types, the zip.

The bytes depend on the parts alone: not on the clock, the folder or the machine.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from types import MappingProxyType

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
"""The namespaces that the root of every part with text declares (ECMA-376-1, 17.2)."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 (2.2) cannot hold."""


def part(root: str, content: str) -> str:
    """Write a part of WordprocessingML text: a root element that declares `NAMESPACES`, around its content."""
    return f"{DECLARATION}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def escape(text: str) -> str:
    """Escape text for between tags. Characters that XML cannot hold become U+FFFD: better a file that Word opens.

    `memo.facts` refuses such characters, so none comes here from a project.
    """
    # Every character that XML cannot hold is unprintable, and `isprintable` is far quicker than the expression.
    text = text if text.isprintable() else _NOT_XML.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoteattr(value: str) -> str:
    """Write an attribute's value in quotation marks."""
    inner = escape(value).replace('"', "&quot;")
    # A reader of XML turns plain tabs and line ends in an attribute into spaces (XML 1.0, 3.3.3), references it keeps.
    return f'"{inner.replace(chr(9), "&#9;").replace(chr(10), "&#10;").replace(chr(13), "&#13;")}"'


class Relationships:
    """The relationships of one part (ECMA-376-2, 6.5): each target has one id, found again without a search."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str, bool], str] = {}
        self._dropped = 0

    def add(self, kind: str, target: str, external: bool = False) -> str:
        """Relate the part to a target, if it is not yet, and return the relationship's id.

        ``kind`` is the last word of an officeDocument relationship type, or a whole URI.
        """
        return self._ids.setdefault((kind, target, external), f"rId{len(self._ids) + self._dropped + 1}")

    def redirect(self, kind: str, target: str, other: str) -> None:
        """Point the relationship to one target at another, under the same id; drop it if ``other`` is empty."""
        name = self._ids.pop((kind, target, False))
        if other:
            self._ids[kind, other, False] = name
        self._dropped += not other

    def xml(self) -> str:
        """Write the part's ``.rels``; empty if there are none."""
        if not self._ids:
            return ""
        lines = [
            f"<Relationship Id={quoteattr(name)} Type={quoteattr(kind if ':' in kind else f'{R}/{kind}')} "
            f"Target={quoteattr(target)} TargetMode={quoteattr('External' if external else 'Internal')}/>"
            for (kind, target, external), name in self._ids.items()
        ]
        return (
            f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{''.join(lines)}</Relationships>"
        )


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
"""The content type of each part whose extension does not tell it."""

_EXTENSIONS = MappingProxyType(
    {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "svg": "image/svg+xml",
    }
)
_NO_TYPES: Mapping[str, str] = MappingProxyType({})
_EARLIEST, _LATEST = (1980, 1, 1), (2107, 12, 31)
"""The first and the last day that an entry of a zip can be dated."""


def zip_package(parts: Mapping[str, str | bytes], date: str, types: Mapping[str, str] = _NO_TYPES) -> bytes:
    """Zip these parts, by their names without a leading slash. Empty parts are left out.

    ``date`` (ISO 8601) dates every entry; a zip knows no time zone. ``types`` are content types beyond `CONTENT_TYPES`.
    """
    contents = {name: content for name, content in parts.items() if content}
    contents["[Content_Types].xml"] = _content_types(contents, {**CONTENT_TYPES, **types})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(contents, key=_order):
            archive.writestr(_entry(name, date), contents[name])
    return buffer.getvalue()


def _content_types(names: Collection[str], types: Mapping[str, str]) -> str:
    """List the content types (ECMA-376-2, 7.2.3): by extension, then for each part that has one of its own."""
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
    """Sort for readers that stream: they want the content types first, then the package's relationships."""
    return name != "[Content_Types].xml", name != "_rels/.rels", name


def _entry(name: str, date: str) -> zipfile.ZipInfo:
    year, month, day = (int(number) for number in re.findall(r"\d+", date)[:3])
    entry = zipfile.ZipInfo(name, (*min(max((year, month, day), _EARLIEST), _LATEST), 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    # zipfile would write the system that it runs on: these two are set so that every machine gives the same bytes.
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry
