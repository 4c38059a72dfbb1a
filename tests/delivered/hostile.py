"""Files that mean harm: each promises little and would take gigabytes, hours or the stack."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from types import MappingProxyType

from tests.docx.read import packed, parts

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MEGABYTE = 1 << 20


# Zips


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """A Word file with one part put in or replaced, not compressed: it promises nothing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for each, held in (parts(data) | {name: part}).items():
            archive.writestr(each, held)
    return buffer.getvalue()


def dense(data: bytes) -> bytes:
    """A part of two megabytes on disk that would be two gigabytes unpacked, as it declares."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media/a.png", "w") as part:
        for _ in range(2000):
            part.write(bytes(MEGABYTE))
    return buffer.getvalue()


def lying(data: bytes) -> bytes:
    """The same, but a gigabyte that is declared as a thousand bytes, in the directory and before the part."""
    big = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed_part = b"".join(big.compress(bytes(MEGABYTE)) for _ in range(1000)) + big.flush()
    # As a part of endnotes, or no reader would look at it.
    links = "word/_rels/document.xml.rels"
    leading = parts(data)[links].replace(b'/theme" Target="theme/theme1.xml"', b'/endnotes" Target="extra.xml"')
    buffer = io.BytesIO(with_part(data, links, leading))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/extra.xml", packed_part)
    whole = bytearray(buffer.getvalue())
    directory = whole.rindex(b"PK\x01\x02")
    local = struct.unpack_from("<I", whole, directory + 42)[0]
    for method, size in ((directory + 10, directory + 24), (local + 8, local + 22)):
        struct.pack_into("<H", whole, method, zipfile.ZIP_DEFLATED)
        struct.pack_into("<I", whole, size, 1000)
    return bytes(whole)


def crowded(_: bytes) -> bytes:
    """A zip of very many entries, each nothing: the directory alone would take hundreds of megabytes as objects."""
    count, names = 380_000, b"".join(b"%x," % number for number in range(380_000)).split(b",")
    entries = b"".join(
        b"PK\x01\x02" + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0) + name
        for name in names[:count]
    )
    return b"PK\x03\x04" + entries + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 65535, 65535, len(entries), 4, 0)


def nested(data: bytes) -> bytes:
    """A zip in a zip in a zip, five deep, each holding ten of the next."""
    inner = bytes(10 * MEGABYTE)
    for _ in range(5):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}.zip", inner)
        inner = buffer.getvalue()
    return with_part(data, "word/embeddings/a.zip", inner)


def repeated(data: bytes) -> bytes:
    """One part named two times."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/Document.xml", HEAD + b"<a/>")
    return buffer.getvalue()


# XML


def entities(data: bytes) -> bytes:
    """The billion laughs."""
    laughs = b'<!ENTITY a0 "ha">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    return with_part(data, "word/document.xml", HEAD + b"<!DOCTYPE a [" + laughs + b"]><a>&a11;</a>")


def external(data: bytes) -> bytes:
    """An entity that would fetch a file of the reader's."""
    return with_part(
        data, "customXml/item1.xml", HEAD + b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    )


def deep_xml(data: bytes) -> bytes:
    """Elements in one another, a hundred thousand deep."""
    body = f"<w:document {W}>".encode() + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</w:document>"
    return with_part(data, "word/document.xml", HEAD + body)


def wide_xml(data: bytes) -> bytes:
    """Three million elements beside one another: as a tree in memory they would take a gigabyte."""
    body = f"<w:document {W}><w:body>".encode() + b"<w:p/>" * 3_000_000 + b"</w:body></w:document>"
    return with_part(data, "word/document.xml", HEAD + body)


def wide_numbering(data: bytes) -> bytes:
    """The same, in a part that shows no words."""
    lists = f"<w:numbering {W}>".encode() + b'<w:num w:numId="1"/>' * 2_000_000 + b"</w:numbering>"
    return with_part(data, "word/numbering.xml", HEAD + lists)


def many_attributes(data: bytes) -> bytes:
    """One element with a million attributes."""
    attributes = b"".join(b' a%x=""' % number for number in range(1_000_000))
    return with_part(data, "word/document.xml", body(b"<w:p" + attributes + b"/>"))


def many_formats(data: bytes) -> bytes:
    """Eighty thousand runs, each set in a way of its own."""
    run = b'<w:r><w:rPr><w:sz w:val="%d"/></w:rPr><w:t>a</w:t></w:r>'
    return with_part(data, "word/document.xml", body(b"<w:p>" + b"".join(run % n for n in range(80_000)) + b"</w:p>"))


def endless_styles(data: bytes) -> bytes:
    """Styles based on one another in a chain of thirty thousand, and one of them in each paragraph."""
    one = b'<w:style w:type="paragraph" w:styleId="s%d"><w:basedOn w:val="s%d"/></w:style>'
    styles = f"<w:styles {W}>".encode() + b"".join(one % (n, n + 1) for n in range(30_000)) + b"</w:styles>"
    use = b'<w:p><w:pPr><w:pStyle w:val="s%d"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    held = with_part(data, "word/styles.xml", HEAD + styles)
    return with_part(held, "word/document.xml", body(b"".join(use % n for n in range(30_000))))


def body(inside: bytes) -> bytes:
    """A body of this."""
    return HEAD + f"<w:document {W}><w:body>".encode() + inside + b"</w:body></w:document>"


def many_fields(data: bytes) -> bytes:
    """Fields in one another, and words in the innermost: each word would ask every field around it."""
    begin = b'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return with_part(data, "word/document.xml", body(b"<w:p>" + begin * 40_000 + b"<w:r><w:t>a</w:t></w:r>" * 40_000))


def many_references(data: bytes) -> bytes:
    """One long note, referred to eighty thousand times."""
    notes = f'<w:footnotes {W}><w:footnote w:id="1">'.encode() + b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 30_000
    refer = b'<w:r><w:footnoteReference w:id="1"/></w:r>' * 80_000
    held = with_part(data, "word/footnotes.xml", HEAD + notes + b"</w:footnote></w:footnotes>")
    return with_part(held, "word/document.xml", body(b"<w:p>" + refer + b"</w:p>"))


def long_text(data: bytes) -> bytes:
    """Ninety megabytes of text in one, packed just so much that the file looks harmless."""
    noise = random.Random(1)
    lines = b"".join(b"%x " % noise.getrandbits(64) + b"a" * 1500 for _ in range(60_000))
    text = body(b"<w:p><w:r><w:t>" + lines + b"</w:t></w:r></w:p>")
    return packed(parts(data) | {"word/document.xml": text})


# JSON


def carrying(json: bytes) -> Callable[[bytes], bytes]:
    """A Word file that carries this in place of its document."""
    item = HEAD + b'<memo xmlns="urn:policy-memo:document:1"><document>' + json + b"</document></memo>"
    return lambda data: with_part(data, "customXml/item1.xml", item)


BLOCKS = b'{"document":{"blocks":[%s],"metadata":{}},"memo":1}' % b",".join([b'{"type":"Rule"}'] * 1_000_000)
DEEP = b"[" * 1_000_000


# PDF


def pdf(*objects: bytes, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    entries = b"/Size %d /Root %d 0 R /Info << /Creator (memo) >> %b" % (len(offsets) + 1, root, trailer)
    return bytes(out + b"trailer\n<< %b >>\nstartxref\n%d\n%%%%EOF\n" % (entries, at))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page_of(content: bytes, entries: bytes = b"") -> bytes:
    """A PDF of one page with this content stream."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        stream(content, entries),
        FONT,
    )


def pdf_bomb(_: bytes) -> bytes:
    """A page whose content unpacks to two gigabytes."""
    big = zlib.compressobj(9)
    data = b"".join(big.compress(bytes(MEGABYTE)) for _ in range(2000)) + big.flush()
    return page_of(data, b"/Filter /FlateDecode")


def pdf_bomb_in_bomb(_: bytes) -> bytes:
    """The same, packed two times: four kilobytes."""
    big = zlib.compressobj(9)
    data = b"".join(big.compress(bytes(MEGABYTE)) for _ in range(1000)) + big.flush()
    return page_of(zlib.compress(data, 9), b"/Filter [/FlateDecode /FlateDecode]")


def page_loop(_: bytes) -> bytes:
    """A page tree whose branch is its own trunk."""
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")


def page_forest(_: bytes) -> bytes:
    """A page tree of thirty levels, each holding the next ten times: 10 to the power of 30 pages."""
    levels = [b"<< /Type /Pages /Kids [%b] /Count 9 >>" % (b"%d 0 R " % (n + 1) * 10) for n in range(2, 32)]
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *levels, b"<< /Type /Page /MediaBox [0 0 9 9] >>")


def self_reference(_: bytes) -> bytes:
    """An object that is a reference to itself, where the associated files should be."""
    return pdf(b"<< /Type /Catalog /Pages 2 0 R /AF 3 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", b"3 0 R")


def xref_loop(_: bytes) -> bytes:
    """A cross-reference table whose predecessor is itself."""
    objects = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    data = pdf(*objects, trailer=b"/Prev 0000000000")
    return data.replace(b"/Prev 0000000000", b"/Prev %010d" % data.rindex(b"xref\n0 "))


def form_loop(_: bytes) -> bytes:
    """A drawing that draws itself, twice."""
    form = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /G 6 0 R >> /XObject << /F 4 0 R >> >>"
    )
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R /Resources "
        b"<< /Font << /G 6 0 R >> /XObject << /F 4 0 R >> >> >>",
        stream(b"BT /G 9 Tf (a) Tj ET /F Do /F Do", form),
        stream(b"/F Do"),
        FONT,
    )


def deep_pdf(_: bytes) -> bytes:
    """Arrays in one another, a million deep."""
    return pdf(b"<< /Type /Catalog /Pages 2 0 R /AF " + b"[" * 1_000_000 + b" >>", b"<< /Type /Pages /Kids [] >>")


def many_words(_: bytes) -> bytes:
    """A page that paints five million words, in five kilobytes."""
    return page_of(zlib.compress(b"BT /F 9 Tf " + b"(a) Tj " * 2_000_000 + b"ET", 9), b"/Filter /FlateDecode")


ZIPS = MappingProxyType(
    {
        make.__name__: make
        for make in (
            dense,
            lying,
            crowded,
            nested,
            repeated,
            entities,
            external,
            deep_xml,
            wide_xml,
            wide_numbering,
            many_attributes,
            many_formats,
            endless_styles,
            many_fields,
            many_references,
            long_text,
        )
    }
    | {"million_blocks": carrying(BLOCKS), "deep_json": carrying(DEEP)}
)
PDFS = MappingProxyType(
    {
        make.__name__: make
        for make in (
            pdf_bomb, pdf_bomb_in_bomb, page_loop, page_forest, self_reference, xref_loop, form_loop, deep_pdf,
            many_words,
        )
    }
)  # fmt: skip
"""Each takes an honest Word file, and gives a hostile file."""
