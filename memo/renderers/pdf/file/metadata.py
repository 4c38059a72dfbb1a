"""What the file says about itself: Info, XMP, output intent, and the document embedded in it as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from memo import __version__
from memo.document.tree import Metadata
from memo.renderers.pdf.file.objects import PdfFile, dictionary, packed, ref, text_string

PRODUCER = f"memo {__version__}"
_PROFILE = Path(__file__).with_name("srgb.icc")
_DAY = re.compile(r"(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?")


class Day(NamedTuple):
    """The memo's own date, which dates its files too: two builds of one memo bear the same time."""

    year: str
    month: str
    day: str

    def pdf(self) -> str:
        """Write it as a date of PDF (ISO 32000-1, 7.9.4)."""
        return f"(D:{self.year}{self.month}{self.day}000000Z)"

    def xmp(self) -> str:
        """Write it as a date of XMP (ISO 16684-1, 8.2.1.4)."""
        return f"{self.year}-{self.month}-{self.day}T00:00:00Z"


def day_of(metadata: Metadata) -> Day:
    """Return the day on which the memo's EDTF date begins; month and day are the first where the date has none."""
    found = _DAY.match(metadata.date)
    year, month, day = found.groups() if found else ("1970", None, None)
    return Day(year, month or "01", day or "01")


def write_info(file: PdfFile, metadata: Metadata) -> int:
    """Write the document information dictionary, which must agree with XMP (ISO 19005-3, 6.6.3)."""
    day = day_of(metadata).pdf()
    entries = {
        "Title": text_string(metadata.title),
        "Author": text_string(metadata.sender),
        "Subject": text_string(metadata.reference),
        "Creator": text_string("memo"),
        "Producer": text_string(PRODUCER),
        "CreationDate": day,
        "ModDate": day,
    }
    return file.put(dictionary({key: value for key, value in entries.items() if value != "()"}))


def write_xmp(file: PdfFile, metadata: Metadata) -> int:
    """Write the XMP packet, which claims PDF/A-3a and PDF/UA-1 (ISO 19005-3, 6.6.4; ISO 14289-1, 5)."""
    entries = {"Type": "/Metadata", "Subtype": "/XML"}
    return file.plain_stream(_xmp(metadata).encode(), entries)


def write_output_intent(file: PdfFile) -> int:
    """Write the colour space of all colours on the pages: sRGB (ISO 19005-3, 6.2.3)."""
    profile = file.packed_stream(_packed_profile(), {"N": "3"})
    return file.put(
        dictionary(
            {
                "Type": "/OutputIntent",
                "S": "/GTS_PDFA1",
                "OutputConditionIdentifier": "(sRGB)",
                "Info": "(sRGB IEC61966-2.1)",
                "DestOutputProfile": ref(profile),
            }
        )
    )


@cache
def _packed_profile() -> bytes:
    return packed(_PROFILE.read_bytes())


def write_attachment(file: PdfFile, metadata: Metadata, name: str, data: bytes, described: str) -> int:
    """Embed JSON as an associated file, a source of this one (ISO 19005-3, 6.8); return its number."""
    params = f"<</ModDate {day_of(metadata).pdf()} /Size {len(data)}>>"
    entries = {"Type": "/EmbeddedFile", "Subtype": "/application#2Fjson", "Params": params}
    stream = ref(file.stream(data, entries))
    return file.put(
        dictionary(
            {
                "Type": "/Filespec",
                "F": text_string(name),
                "UF": text_string(name),
                "Desc": text_string(described),
                "AFRelationship": "/Source",
                "EF": f"<</F {stream} /UF {stream}>>",
            }
        )
    )


def _xmp(metadata: Metadata) -> str:
    day = day_of(metadata).xmp()
    parts: Mapping[str, str] = {
        "dc:format": "application/pdf",
        "dc:title": _alternatives(metadata.title),
        "dc:creator": f"<rdf:Seq><rdf:li>{escape(metadata.sender, quote=False)}</rdf:li></rdf:Seq>",
        "dc:description": _alternatives(metadata.reference) if metadata.reference else "",
        "dc:language": f"<rdf:Bag><rdf:li>{escape(metadata.language, quote=False)}</rdf:li></rdf:Bag>",
        "xmp:CreateDate": day,
        "xmp:ModifyDate": day,
        "xmp:CreatorTool": "memo",
        "pdf:Producer": PRODUCER,
        "pdfaid:part": "3",
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
    }
    properties = "\n".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value)
    return _PACKET.replace("PROPERTIES", properties)


def _alternatives(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text, quote=False)}</rdf:li></rdf:Alt>'


# PDF/A allows properties of schemas that it knows, or that the packet itself describes (ISO 19005-3, 6.6.2.3): the
# second description is there because PDF/A-3 does not know PDF/UA's own property.
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
PROPERTIES
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
