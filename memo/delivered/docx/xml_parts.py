"""The XML parts of a Word file, streamed under short names (``w:p``), within bounds that all parts share.

Word's namespaces are told by the prefixes that Word itself writes, whatever the file calls them, and those of Strict
documents (ECMA-376-1, annex A) by the same as those of Transitional ones. Elements are met one by one and forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from memo.document.as_json import NAMESPACE
from memo.untrusted_files import TooLarge, UnreadableFile, parse_part, xml_parser

DEEPEST = 200
"""How many elements, or fields, may stand in one another."""

MOST_TAGS = 600_000
"""Tags in all parts together: a memo of some four hundred pages."""

MOST_ATTRIBUTES = 600_000
"""Attributes in all parts together, counted by their equals signs."""

LARGEST_PART = 24 * 1024 * 1024
"""Bytes of a part of XML."""

_OPEN = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MICROSOFT = "http://schemas.microsoft.com/office/"

_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "http://www.w3.org/XML/1998/namespace": "xml",
        f"{_OPEN}wordprocessingml/2006/main": "w",
        f"{_STRICT}wordprocessingml/main": "w",
        f"{_OPEN}officeDocument/2006/relationships": "r",
        f"{_STRICT}officeDocument/relationships": "r",
        f"{_OPEN}drawingml/2006/main": "a",
        f"{_STRICT}drawingml/main": "a",
        f"{_OPEN}drawingml/2006/picture": "pic",
        f"{_STRICT}drawingml/picture": "pic",
        f"{_OPEN}drawingml/2006/wordprocessingDrawing": "wp",
        f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
        f"{_OPEN}officeDocument/2006/math": "m",
        f"{_STRICT}officeDocument/math": "m",
        f"{_OPEN}markup-compatibility/2006": "mc",
        f"{_OPEN}package/2006/relationships": "rel",
        f"{_OPEN}officeDocument/2006/extended-properties": "app",
        f"{_STRICT}officeDocument/extendedProperties": "app",
        f"{_MICROSOFT}word/2006/wordml": "wne",
        f"{_MICROSOFT}word/2010/wordml": "w14",
        f"{_MICROSOFT}word/2012/wordml": "w15",
        f"{_MICROSOFT}word/2015/wordml/symex": "w16se",
        f"{_MICROSOFT}word/2016/wordml/cid": "w16cid",
        f"{_MICROSOFT}word/2018/wordml": "w16",
        f"{_MICROSOFT}word/2018/wordml/cex": "w16cex",
        f"{_MICROSOFT}word/2020/wordml/sdtdatahash": "w16sdtdh",
        f"{_MICROSOFT}word/2023/wordml/word16du": "w16du",
        f"{_MICROSOFT}word/2010/wordprocessingDrawing": "wp14",
        f"{_MICROSOFT}word/2010/wordprocessingShape": "wps",
        f"{_MICROSOFT}word/2010/wordprocessingGroup": "wpg",
        f"{_MICROSOFT}word/2010/wordprocessingCanvas": "wpc",
        f"{_MICROSOFT}word/2010/wordprocessingInk": "wpi",
        f"{_MICROSOFT}drawing/2010/main": "a14",
        f"{_MICROSOFT}drawing/2014/main": "a16",
        f"{_MICROSOFT}drawing/2016/SVG/main": "asvg",
        f"{_MICROSOFT}drawing/2014/chartex": "cx",
        f"{_MICROSOFT}drawing/2017/model3d": "am3d",
        "urn:schemas-microsoft-com:vml": "v",
        "urn:schemas-microsoft-com:office:office": "o",
        "urn:schemas-microsoft-com:office:word": "w10",
        NAMESPACE: "memo",
    }
)

UNDERSTOOD = frozenset(_PREFIXES.values()) - {"memo", "rel", "app"}
"""Prefixes of the namespaces that a Word of today understands (ECMA-376-3, 7.2)."""

UNKNOWN = "?"
"""The prefix of any other namespace."""

Attributes = Mapping[str, str]
NO_ATTRIBUTES: Attributes = MappingProxyType({})


class PartHandler:
    """Is told of a part, element by element; what a subclass does not take in is let go."""

    path: list[str]
    """The elements that are open, the innermost last: `XmlReader` keeps it."""

    def parent(self) -> str:
        """Return what the innermost open element stands in; empty for the root."""
        return self.path[-2] if len(self.path) > 1 else ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def characters(self, text: str) -> None:
        """Take in text of the element that is open."""


@lru_cache(maxsize=4096)
def short_name(expanded: str) -> str:
    """Return the short name of what expat calls ``URI LOCAL``; a name without a namespace is as it is."""
    namespace, _, local = expanded.rpartition(" ")
    return f"{prefix_of(namespace)}:{local}" if namespace else local


def prefix_of(namespace: str) -> str:
    """Return the prefix that a namespace goes by here."""
    return _PREFIXES.get(namespace, UNKNOWN)


class XmlReader:
    """Reads the parts of one file, and refuses it where they are more than any memo needs."""

    def __init__(self) -> None:
        self._tags = self._attributes = 0
        self.prefixes: dict[str, str] = {}
        """What each prefix that the part declares stands for here: attributes of mc name namespaces by them."""

    def read(self, name: str, part: bytes, handler: PartHandler) -> None:
        """Tell a handler of everything in a part."""
        # Counted before they are read, as that is done within milliseconds.
        self._tags += part.count(b"<")
        self._attributes += part.count(b"=")
        if self._tags > MOST_TAGS or self._attributes > MOST_ATTRIBUTES or len(part) > LARGEST_PART:
            raise TooLarge("has more elements than any memo")
        parser = xml_parser(namespaces=True)
        parser.buffer_text, parser.buffer_size = True, 1 << 16  # so that words come whole
        self.prefixes = {}
        parser.StartNamespaceDeclHandler = self._declare
        opened: list[str] = []
        handler.path = opened

        def start(expanded: str, attributes: dict[str, str]) -> None:
            if len(opened) == DEEPEST:
                raise UnreadableFile(f"is damaged: its XML nests more than {DEEPEST} deep")
            opened.append(short_name(expanded))
            named = {short_name(key): value for key, value in attributes.items()} if attributes else NO_ATTRIBUTES
            handler.start(opened[-1], named)

        parser.StartElementHandler = start

        def end(_: str) -> None:
            handler.end(opened[-1])
            opened.pop()

        parser.EndElementHandler = end
        parser.CharacterDataHandler = handler.characters
        parse_part(parser, name, part)

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self.prefixes[prefix or ""] = prefix_of(uri or "")


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())
