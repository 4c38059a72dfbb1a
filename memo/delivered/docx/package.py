"""The parts of a Word file as Word finds them: by relationships (ECMA-376-2, 6.5), whatever the parts are called.

A part that no relationship leads to is shown by no program, and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, normpath
from types import MappingProxyType
from urllib.parse import unquote

from msgspec import Struct

from memo.delivered.docx.xml_parts import LARGEST_PART, Attributes, PartHandler, XmlReader
from memo.files import bytes_digest
from memo.untrusted_files import Package, TooLarge, UnreadableFile

_BASES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    "http://schemas.openxmlformats.org/package/2006/relationships/",
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/",  # LibreOffice, of core properties
)
"""What the types of relationships begin with that the standard names."""

_STRICT_NAMES = MappingProxyType({"extendedProperties": "extended-properties", "customProperties": "custom-properties"})

SHOWN = frozenset(
    ("styles", "settings", "numbering", "footnotes", "endnotes", "theme", "fontTable", "header", "footer")
)
"""Kinds of parts that have a say in what a reader sees, and that are read for it."""

_OWN = SHOWN | {"comments", "image", "hyperlink", "customXml", "officeDocument", "metadata/core-properties"}
_HARMLESS = frozenset(
    (
        "extended-properties", "custom-properties", "metadata/thumbnail", "digital-signature/origin",
        "webSettings", "printerSettings", "glossaryDocument", "attachedTemplate", "customXmlProps",
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
        "http://schemas.microsoft.com/office/2011/relationships/people",
        "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
        "http://schemas.microsoft.com/office/2018/08/relationships/commentsExtensible",
        "http://schemas.microsoft.com/office/2020/10/relationships/intelligence",
        "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
    )
)  # fmt: skip
"""Kinds that Word or a library of files adds, and that change no visible word."""

_IN_WORDS = MappingProxyType(
    {
        "aFChunk": "a page of another program, to be shown in the text", "subDocument": "a document within it",
        "font": "a font of its own", "oleObject": "an embedded object", "package": "an embedded object",
        "chart": "a chart", "control": "a control that runs a program", "frame": "a frame",
        "mailMergeSource": "a source for a mail merge",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject": "a macro",
    }
)  # fmt: skip


class Relationship(Struct, frozen=True):
    """Where one part leads: ``kind`` is the last of its type; ``target`` the name of a part, or an address outside."""

    kind: str
    target: str
    external: bool = False


class WordPackage:
    """A Word file's parts, found by relationships; ``foreign`` gathers what memo does not write."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._digests: dict[str, str] = {}
        self.xml = XmlReader()
        self.foreign: dict[str, None] = {}
        root = self.related("")
        mains = [one.target for one in root.values() if one.kind == "officeDocument" and not one.external]
        # With a second body, one could be shown by Word and the other by another program.
        if len(mains) != 1 or mains[0] not in self._package:
            raise UnreadableFile("is damaged: it is a zip without one Word document in it")
        self.main = mains[0]
        self.root = root
        self.links = self.related(self.main)
        for kind in sorted(SHOWN - {"header", "footer"}):
            if len([one for one in self.links.values() if one.kind == kind]) > 1:
                self.foreign[f"a second part of {kind}"] = None

    def related(self, part: str) -> Mapping[str, Relationship]:
        """Read the relationships of a part, or of the whole file, by id; name those of foreign kinds."""
        folder = f"{dirname(part)}/" if dirname(part) else ""
        name = f"{folder}_rels/{part.rpartition('/')[2]}.rels"
        if name not in self._package:
            return {}
        reader = _RelationshipReader(folder)
        self.read(name, reader)
        for one in reader.found.values():
            self._judge(one)
        return reader.found

    def _judge(self, one: Relationship) -> None:
        if one.kind not in _OWN and one.kind not in _HARMLESS:
            self.foreign[_IN_WORDS.get(one.kind, f"a part of another kind, '{one.kind.rpartition('/')[2][:40]}'")] = (
                None
            )
        elif one.external and one.kind in SHOWN | {"image"}:
            self.foreign[f"a part that lies outside of the file, {one.target[:80]}"] = None

    def parts(self, kind: str) -> Iterator[str]:
        """Yield the parts of a kind that the body leads to, and that are there."""
        return self._there(self.links, kind)

    def root_parts(self, kind: str) -> Iterator[str]:
        """Yield the parts of a kind that the file as a whole leads to, and that are there."""
        return self._there(self.root, kind)

    def _there(self, relationships: Mapping[str, Relationship], kind: str) -> Iterator[str]:
        for one in relationships.values():
            if one.kind == kind and not one.external and one.target in self._package:
                yield one.target

    def in_house_style(self) -> bool:
        """Tell whether the file was fitted into an organisation's Word file, by the names that memo gives its parts."""
        return any(one.target.rpartition("/")[2].startswith("house-") for one in self.links.values())

    def read(self, name: str, handler: PartHandler) -> None:
        """Tell a handler of everything in a part of XML."""
        if self._package.size(name) > LARGEST_PART:
            raise TooLarge("has a part that is larger than any memo's")
        self.xml.read(name, self._package.read(name), handler)

    def digest(self, name: str) -> str:
        """Return the digest of a part's bytes; empty where there is none."""
        if name not in self._digests:
            self._digests[name] = bytes_digest(self._package.read(name)) if name in self._package else ""
        return self._digests[name]


class _RelationshipReader(PartHandler):
    """Reads one ``.rels``; targets are told from the folder of the part that they belong to."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, Relationship] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "rel:Relationship":
            return
        target, external = attributes.get("Target", ""), attributes.get("TargetMode") == "External"
        if not external:
            target = unquote(target)
            target = normpath(target if target.startswith("/") else f"/{self._folder}{target}").lstrip("/")
        id = attributes.get("Id", "")
        if id in self.found:
            raise UnreadableFile("is damaged: two of its relationships have one name")
        self.found[id] = Relationship(_kind(attributes.get("Type", "")), target, external)


def _kind(type: str) -> str:
    """Return the last of a relationship's type where the standard names it, else all of it."""
    kind = next((type.removeprefix(base) for base in _BASES if type.startswith(base)), type)
    return _STRICT_NAMES.get(kind, kind)
