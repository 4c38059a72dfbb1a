"""Word files of `tests.documents.kitchen_sink` as a forger leaves them, and as an honest program saves them again.

Each of `FORGED` shows a reader something else than the file as made; each of `HONEST` shows the same. A forgery is a
function of the file's bytes; it says by an assertion if it finds nothing to change.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import partial

from tests.docx.read import packed, parts

Forgery = Callable[[bytes], bytes]

BODY, STYLES, NUMBERS, NOTES = "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"
HEADER, FOOTER, LINKS, TYPES = (
    "word/header1.xml",
    "word/footer1.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
)
TRUE = "Nothing is signed yet."
FALSE = "All of it was signed."
"""What stands in the bottom line, and what a forger would have there."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MICROSOFT = "http://schemas.microsoft.com/office/word/2010"

RUN = f'<w:r><w:t xml:space="preserve">{TRUE}</w:t></w:r>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:zz="urn:zz"'
_VML = ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def swapped(data: bytes, part: str, old: str, new: str, count: int = 1) -> bytes:
    """Replace a text of one part."""
    held = parts(data)
    text = held[part].decode()
    assert old in text, f"{part} has no {old!r}"
    return packed(held | {part: text.replace(old, new, count).encode()})


def resub(data: bytes, part: str, pattern: str, new: str, count: int = 1) -> bytes:
    """Replace what a pattern finds in one part."""
    held = parts(data)
    text, found = re.subn(pattern, new, held[part].decode(), count=count, flags=re.S)
    assert found, f"{part} has nothing like {pattern!r}"
    return packed(held | {part: text.encode()})


def added(data: bytes, **new: str) -> bytes:
    """Add parts: a double underscore in a name stands for a slash, a single one before the suffix for a dot."""
    return packed(
        parts(data)
        | {
            re.sub("_(?=(xml|bin|htm|rels)(_|$))", ".", name.replace("___", "/_").replace("__", "/")): text.encode()
            for name, text in new.items()
        }
    )


def overriding(held: dict[str, bytes], part: str, kind: str) -> dict[str, bytes]:
    """Parts with the content type of one more part of Word's."""
    override = f'<Override PartName="/word/{part}" ContentType="{WORD}.{kind}+xml"/></Types>'
    return held | {TYPES: held[TYPES].replace(b"</Types>", override.encode())}


def run(words: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def in_place(data: bytes, xml: str, space: str = "") -> bytes:
    """Put other XML where the true sentence's run stands; ``space`` declares prefixes at the root."""
    data = swapped(data, BODY, RUN, xml)
    return swapped(data, BODY, "<w:document ", f"<w:document{space} ") if space else data


def field(instruction: str, shown: str, lock: str = ' w:fldLock="true"') -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{lock}/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} '
        f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def linked(data: bytes, kind: str, target: str, id: str = "rId99", mode: str = "") -> bytes:
    """Add a relationship of the main part."""
    one = f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
    return swapped(data, LINKS, "</Relationships>", one + "</Relationships>")


def _other_main(data: bytes, strict: bool = False) -> bytes:
    held = parts(data)
    body = held[BODY].decode().replace(TRUE, FALSE)
    if strict:
        body = body.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
    held |= {"word/main.bin": body.encode(), "word/_rels/main.bin.rels": held[LINKS]}
    for name in ("_rels/.rels", TYPES):
        held[name] = held[name].replace(b"word/document.xml", b"word/main.bin")
    return packed(held)


def _other_part(data: bytes, part: str, old: str, new: str) -> bytes:
    """A copy of a part with other words, and the relationship pointed at it; the issued part stays, unused."""
    held = parts(data)
    assert old in held[part].decode(), part
    name = part.rpartition("/")[2]
    other = name.replace(".xml", "9.xml")
    held[f"word/{other}"] = held[part].decode().replace(old, new).encode()
    held[LINKS] = held[LINKS].replace(f'Target="{name}"'.encode(), f'Target="{other}"'.encode())
    held[TYPES] = held[TYPES].replace(f'PartName="/word/{name}"'.encode(), f'PartName="/word/{other}"'.encode())
    if f"word/_rels/{name}.rels" in held:
        held[f"word/_rels/{other}.rels"] = held[f"word/_rels/{name}.rels"]
    return packed(held)


def _style(data: bytes, style: str, properties: str) -> bytes:
    """Give a style run properties of its own, whatever it has."""
    return resub(
        data, STYLES, rf'(<w:style [^>]*w:styleId="{style}".*?)(</w:style>)', rf"\1<w:rPr>{properties}</w:rPr>\2"
    )


def _character_style(data: bytes, properties: str) -> bytes:
    style = f'<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr>{properties}</w:rPr></w:style>'
    return in_place(swapped(data, STYLES, "</w:styles>", style + "</w:styles>"), run(TRUE, '<w:rStyle w:val="Gone"/>'))


def _fallback(data: bytes) -> bytes:
    choice = f'<mc:Choice Requires="zz">{RUN}</mc:Choice><mc:Fallback>{run(FALSE)}</mc:Fallback>'
    return in_place(data, f"<mc:AlternateContent>{choice}</mc:AlternateContent>", _MC)


def _bound(data: bytes) -> bytes:
    id = "{11111111-1111-1111-1111-111111111111}"
    binding = f'<w:dataBinding w:prefixMappings="xmlns:n=\'urn:n\'" w:xpath="/n:x/n:y" w:storeItemID="{id}"/>'
    data = in_place(data, f"<w:sdt><w:sdtPr>{binding}<w:text/></w:sdtPr><w:sdtContent>{RUN}</w:sdtContent></w:sdt>")
    item = f'<ds:datastoreItem ds:itemID="{id}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>'
    return added(
        linked(data, "customXml", "../customXml/item9.xml"),
        customXml__item9_xml=f'<x xmlns="urn:n"><y>{FALSE}</y></x>',
        customXml__itemProps9_xml=item,
    )


def _text_box(data: bytes) -> bytes:
    box = f"<v:textbox><w:txbxContent><w:p>{run(FALSE)}</w:p></w:txbxContent></v:textbox>"
    shape = f'<v:shape style="position:absolute;width:300pt;height:30pt" fillcolor="white">{box}</v:shape>'
    return in_place(data, f"{RUN}<w:r><w:pict>{shape}</w:pict></w:r>", _VML)


def _watermark(data: bytes) -> bytes:
    shape = (
        '<v:shape style="position:absolute;width:400pt;height:100pt"><v:textpath string="WITHDRAWN" on="t"/></v:shape>'
    )
    data = swapped(data, HEADER, "</w:hdr>", f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p></w:hdr>")
    return swapped(data, HEADER, "<w:hdr ", f"<w:hdr{_VML} ")


def _first_page_header(data: bytes) -> bytes:
    held = parts(data)
    held["word/header9.xml"] = re.sub(rb"<w:t[ >].*?</w:t>", b"<w:t>Withdrawn</w:t>", held[HEADER], count=1, flags=re.S)
    data = linked(packed(overriding(held, "header9.xml", "header")), "header", "header9.xml")
    data = resub(data, BODY, r"(<w:sectPr[^>]*>)", r'\1<w:headerReference w:type="first" r:id="rId99"/>')
    return swapped(data, BODY, "</w:sectPr>", "<w:titlePg/></w:sectPr>")


def _endnotes(data: bytes) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f'<w:endnotes {space}><w:endnote w:id="7"><w:p>{run(FALSE)}</w:p></w:endnote></w:endnotes>'
    data = in_place(data, f'{RUN}<w:r><w:endnoteReference w:id="7"/></w:r>')
    held = parts(added(linked(data, "endnotes", "endnotes.xml"), word__endnotes_xml=notes))
    return packed(overriding(held, "endnotes.xml", "endnotes"))


def _chunk(data: bytes) -> bytes:
    data = swapped(data, BODY, "<w:sectPr", '<w:altChunk r:id="rId99"/><w:sectPr')
    held = parts(
        added(linked(data, "aFChunk", "chunk.htm"), word__chunk_htm=f"<html><body><p>{FALSE}</p></body></html>")
    )
    held[TYPES] = held[TYPES].replace(b"<Override", b'<Default Extension="htm" ContentType="text/html"/><Override', 1)
    return packed(held)


def _picture(data: bytes) -> bytes:
    """The figure is another: every picture of the package is a white square."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(buffer, "PNG")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>'
    held = parts(data)
    names = [name for name in held if name.startswith("word/media/")]
    assert names
    return packed(held | {name: svg if name.endswith("svg") else buffer.getvalue() for name in names})


def _swap_paragraphs(data: bytes) -> bytes:
    return resub(data, BODY, r"(<w:p>(?:(?!</w:p>).)*Somebody’s very words.*?</w:p>)(<w:p>.*?</w:p>)", r"\2\1")


THEME = "word/theme/theme1.xml"
_FONT_LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/font" Target="fonts/font1.odttf"/></Relationships>'
)

FORGED: dict[str, Forgery] = {
    "another sentence": lambda d: swapped(d, BODY, TRUE, FALSE),
    "another number": lambda d: swapped(d, BODY, "600 million", "900 million"),
    "a word of a note": lambda d: swapped(d, NOTES, "probably", "certainly"),
    "the header": lambda d: resub(d, HEADER, "Every block", "Some block"),
    "the footer": lambda d: resub(d, FOOTER, "23 January", "28 January"),
    "another main part": _other_main,
    "another main part in Strict": partial(_other_main, strict=True),
    "another part of notes": lambda d: _other_part(d, NOTES, "probably", "certainly"),
    "another header part": lambda d: _other_part(d, HEADER, "Every block", "Some block"),
    "another part of styles": lambda d: _other_part(d, STYLES, "<w:rPr><w:vertAlign", "<w:rPr><w:vanish/><w:vertAlign"),
    "a fallback that every reader shows": _fallback,
    "a choice that readers of text boxes show": lambda d: in_place(
        d,
        f'<mc:AlternateContent><mc:Choice Requires="wps">{run(FALSE)}</mc:Choice>'
        f"<mc:Fallback>{RUN}</mc:Fallback></mc:AlternateContent>",
        f'{_MC} xmlns:wps="{MICROSOFT}/wordprocessingShape"',
    ),
    "a locked page number that is words": lambda d: in_place(d, RUN + field("PAGE", " not")),
    "a simple field that is words": lambda d: in_place(
        d, f'{RUN}<w:fldSimple w:instr=" NUMPAGES " w:fldLock="true">{run(" hardly")}</w:fldSimple>'
    ),
    "a quoting field": lambda d: in_place(d, RUN + field(f'QUOTE "{FALSE}"', "")),
    "a field that decides": lambda d: in_place(d, field(f'IF 1 = 1 "{FALSE}" "{TRUE}"', TRUE, "")),
    "a macro button": lambda d: in_place(d, RUN + field(f"MACROBUTTON None {FALSE}", "")),
    "a field that repeats a bookmark": lambda d: in_place(d, RUN + field("REF _memo_1", "")),
    "a date that is of today": lambda d: swapped(
        d, BODY, run("2 February 2026"), field('DATE \\@ "d MMMM yyyy"', "2 February 2026", "")
    ),
    "bullets that are words": lambda d: resub(d, NUMBERS, r'(<w:lvlText w:val=)"[^"%]*"', r'\1"NOT TRUE:"'),
    "numbers that are words": lambda d: resub(d, NUMBERS, r'(<w:lvlText w:val=)"%1\."', r'\1"Denied: %1."'),
    "numbers of another kind": lambda d: resub(
        d, NUMBERS, r'<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="cardinalText"/>', count=99
    ),
    "a list that starts elsewhere": lambda d: resub(
        d, NUMBERS, r'<w:startOverride w:val="\d+"/>', '<w:startOverride w:val="41"/>', count=99
    ),
    "a label that a style brings": lambda d: resub(
        d,
        STYLES,
        r'(<w:style [^>]*w:styleId="BottomLine"[^>]*>.*?<w:pPr>)',
        r'\1<w:numPr><w:numId w:val="1"/></w:numPr>',
    ),
    "a control bound to other words": _bound,
    "a placeholder shown": lambda d: in_place(
        d, f"<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{RUN}</w:sdtContent></w:sdt>"
    ),
    "white words": lambda d: in_place(d, run(TRUE, '<w:color w:val="FFFFFF"/>')),
    "words of half a point": lambda d: in_place(d, run(TRUE, '<w:sz w:val="1"/><w:szCs w:val="1"/>')),
    "words of the colour of the box": lambda d: _style(d, "BottomLine", '<w:color w:val="F4F6F8"/>'),
    "words hidden": lambda d: in_place(d, run(TRUE, "<w:vanish/>")),
    "words hidden by a character style": lambda d: _character_style(d, "<w:vanish/>"),
    "words hidden by a paragraph style": lambda d: _style(d, "BottomLine", "<w:vanish/>"),
    "all words hidden by default": lambda d: resub(d, STYLES, r"(<w:rPrDefault>\s*<w:rPr>)", r"\1<w:vanish/>"),
    "words struck through": lambda d: in_place(d, run(TRUE, "<w:strike/>")),
    "words struck through twice": lambda d: in_place(d, run(TRUE, "<w:dstrike/>")),
    "words struck through by their style": lambda d: _style(d, "BottomLine", "<w:strike/>"),
    "words blacked out": lambda d: in_place(d, run(TRUE, '<w:highlight w:val="black"/>')),
    "words on a ground of their colour": lambda d: in_place(
        d, run(TRUE, '<w:color w:val="000000"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>')
    ),
    "words of no width": lambda d: in_place(d, run(TRUE, '<w:w w:val="1"/>')),
    "a line of no height": lambda d: resub(
        d, BODY, r'(<w:pStyle w:val="BottomLine"/>)', r'\1<w:spacing w:line="1" w:lineRule="exact"/>', count=9
    ),
    "a paragraph off the page": lambda d: resub(
        d,
        BODY,
        r'(<w:pStyle w:val="BottomLine"/>)',
        r'\1<w:framePr w:w="100" w:h="100" w:hRule="exact" w:x="-9000" w:y="-9000"/>',
    ),
    "a text box over it": _text_box,
    "a watermark": _watermark,
    "a header of the first page": _first_page_header,
    "another picture": _picture,
    "the line above the notes": lambda d: swapped(d, NOTES, "<w:separator/>", "<w:t>This memo was withdrawn.</w:t>"),
    "the line above notes that go on": lambda d: swapped(
        d, NOTES, "<w:continuationSeparator/>", "<w:t>This memo was withdrawn.</w:t>"
    ),
    "a note at the end": _endnotes,
    "a link that leads elsewhere": lambda d: swapped(d, LINKS, "https://example.org/", "https://example.net/"),
    "a link to another heading": lambda d: resub(d, BODY, r'w:anchor="[^"]+"', 'w:anchor="_heading_1"'),
    "a page of another program": _chunk,
    "letters over the letters": lambda d: in_place(
        d, f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('not so')}</w:rt><w:rubyBase>{RUN}</w:rubyBase></w:ruby></w:r>"
    ),
    "a number read backwards": lambda d: swapped(
        d, BODY, run("600 million dollars"), f'<w:bdo w:val="rtl">{run("600 million dollars")}</w:bdo>'
    ),
    "a sign for a word": lambda d: in_place(d, f'{RUN}<w:r><w:sym w:font="Wingdings" w:char="F0FB"/></w:r>'),
    "a font of signs": lambda d: in_place(d, run(TRUE, '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')),
    "a soft hyphen made a hyphen": lambda d: in_place(
        d, '<w:r><w:t xml:space="preserve">Nothing is re</w:t><w:noBreakHyphen/><w:t>signed yet.</w:t></w:r>'
    ),
    "a cell that is merged away": lambda d: resub(d, BODY, r"(<w:tr>.*?</w:tr>.*?<w:tcPr>)", r"\1<w:vMerge/>"),
    "a hidden row": lambda d: swapped(d, BODY, "<w:trPr>", "<w:trPr><w:hidden/>"),
    "paragraphs in another order": _swap_paragraphs,
    "a deletion that is tracked": lambda d: in_place(
        d,
        f'<w:del w:id="900" w:author="x">{RUN.replace("w:t", "w:delText")}</w:del>',
    ),
    "the theme's black made white": lambda d: resub(
        d, THEME, r"(<a:dk1>).*?(</a:dk1>)", r'\1<a:srgbClr val="FFFFFF"/>\2'
    ),
    "black called white": lambda d: swapped(d, "word/settings.xml", 'w:t1="dark1"', 'w:t1="light1"'),
    "the theme's font one of signs": lambda d: resub(
        d, THEME, r'(<a:minorFont>\s*<a:latin typeface=)"[^"]*"', r'\1"Wingdings"'
    ),
    "another font for want of the first": lambda d: swapped(d, "word/fontTable.xml", '"Carlito"', '"Wingdings"'),
    "a font of its own": lambda d: added(
        resub(d, "word/fontTable.xml", "(<w:charset)", r'<w:embedRegular r:id="rId1" xmlns:r="urn:r"/>\1'),
        word___rels__fontTable_xml_rels=_FONT_LINK,
    ),
    "words without ink": lambda d: in_place(
        d, run(TRUE, "<w14:textFill><w14:noFill/></w14:textFill>"), f' xmlns:w14="{MICROSOFT}/wordml"'
    ),
    "labels that are hidden": lambda d: resub(
        d, NUMBERS, r'(<w:lvlText w:val="%1\."/>.*?)(</w:lvl>)', r"\1<w:rPr><w:vanish/></w:rPr>\2"
    ),
    "labels off the page": lambda d: resub(d, NUMBERS, r'w:ind w:left="\d+"', 'w:ind w:left="-9000"', count=99),
    "a label of one list": lambda d: resub(
        d,
        NUMBERS,
        r'<w:startOverride w:val="\d+"/>',
        '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Not %1."/></w:lvl>',
        count=9,
    ),
    "a table style that hides": lambda d: resub(
        d,
        STYLES,
        r'(<w:style w:type="table"[^>]*w:styleId="MemoTable">.*?)(<w:tblPr>)',
        r"\1<w:rPr><w:vanish/></w:rPr>\2",
    ),
    "a heading of a table on its colour": lambda d: resub(
        d, STYLES, r'(<w:tblStylePr w:type="firstRow">.*?w:fill=)"[^"]*"', r'\1"1F3864"'
    ),
    "two styles of one name": lambda d: swapped(
        d,
        STYLES,
        "</w:styles>",
        '<w:style w:type="paragraph" w:styleId="BottomLine"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>',
    ),
    "a picture described otherwise": lambda d: resub(d, BODY, r'(<wp:docPr [^>]*descr=)"[^"]*"', r'\1"Nothing."'),
    "a picture cut": lambda d: swapped(d, BODY, "<a:stretch>", '<a:srcRect l="50000"/><a:stretch>'),
    "a picture of nothing": lambda d: resub(d, BODY, r'<wp:extent cx="\d+" cy="\d+"/>', '<wp:extent cx="9" cy="9"/>'),
    "a picture from elsewhere": lambda d: resub(
        d,
        LINKS,
        r'Target="media/image1.svg" TargetMode="Internal"',
        'Target="https://example.net/a.svg" TargetMode="External"',
    ),
    "a figure that counts anew": lambda d: swapped(d, BODY, " SEQ Table ", r" SEQ Table \r 7 "),
    "an end of a paragraph that is hidden": lambda d: resub(
        d, BODY, r'(<w:pStyle w:val="BottomLine"/>)', r"\1<w:rPr><w:vanish/></w:rPr>"
    ),
    "a heading's mark elsewhere": lambda d: resub(
        d, BODY, r'(<w:bookmarkStart [^>]*w:name="_heading_)1(".*?w:name="_heading_)5"', r'\g<1>5\g<2>1"'
    ),
    "a link from more words": lambda d: resub(d, BODY, r"(</w:hyperlink>)(<w:r>.*?</w:r>)", r"\2\1"),
    "notes in letters": lambda d: swapped(
        d, BODY, "<w:pgSz", '<w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr><w:pgSz'
    ),
    "notes that begin at nine": lambda d: resub(
        d, "word/settings.xml", r"(<w:footnotePr>)", r'\1<w:numStart w:val="9"/>'
    ),
    "pages that begin at ninety": lambda d: swapped(d, BODY, "</w:sectPr>", '<w:pgNumType w:start="90"/></w:sectPr>'),
    "words that Word passes over": lambda d: in_place(d, f"<zz:x>{RUN}</zz:x>{run(FALSE)}", f'{_MC} mc:Ignorable="zz"'),
    "words in an element that Word passes over": lambda d: in_place(
        d, f"<zz:x>{RUN}</zz:x>", f'{_MC} mc:Ignorable="zz"'
    ),
    "words in capitals": lambda d: in_place(d, run(TRUE, "<w:caps/>")),
    "a number made a power": lambda d: swapped(
        d,
        BODY,
        run("600 million dollars"),
        run("6") + run("00", '<w:vertAlign w:val="superscript"/>') + run(" million dollars"),
    ),
    "a number from the right": lambda d: swapped(
        d, BODY, run("600 million dollars"), run("600 million dollars", "<w:rtl/>")
    ),
    "a paragraph from the right": lambda d: resub(d, BODY, r'(<w:pStyle w:val="BottomLine"/>)', r"\1<w:bidi/>"),
    "a cell over two columns": lambda d: swapped(d, BODY, "</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>'),
    "cells in other rows": lambda d: resub(
        d, BODY, r"</w:tc></w:tr><w:tr>.*?</w:trPr>(<w:tc>.*?</w:tc>)", r"</w:tc>\1</w:tr><w:tr>"
    ),
    "a table off the page": lambda d: swapped(
        d, BODY, "<w:tblLayout", '<w:tblInd w:w="-9000" w:type="dxa"/><w:tblLayout'
    ),
    "a tab off the page": lambda d: resub(
        d,
        BODY,
        r'(<w:pStyle w:val="BottomLine"/>)(.*?)(<w:r>)',
        r'\1<w:tabs><w:tab w:val="left" w:pos="31000"/></w:tabs>\2<w:r><w:tab/></w:r>\3',
    ),
    "a section of its own": lambda d: resub(
        d, BODY, r'(<w:pStyle w:val="BottomLine"/>)', r'\1<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    ),
    "a ground of the page": lambda d: resub(d, BODY, r"(<w:document [^>]*>)", r'\1<w:background w:color="1A1A1A"/>'),
    "lines upon one another": lambda d: swapped(
        d, BODY, "</w:sectPr>", '<w:docGrid w:type="lines" w:linePitch="1"/></w:sectPr>'
    ),
    "a header off the page": lambda d: resub(d, BODY, r'w:header="\d+"', 'w:header="20000"'),
    "two words made one": lambda d: swapped(d, BODY, '<w:t xml:space="preserve">Nothing is', "<w:t>Nothingis"),
    "a space that is lost": lambda d: in_place(d, "<w:r><w:t>Nothing is </w:t></w:r><w:r><w:t>signed yet.</w:t></w:r>"),
    "styles of another file": lambda d: swapped(d, "word/settings.xml", "<w:zoom", "<w:linkStyles/><w:zoom"),
    "a form to be filled": lambda d: in_place(
        d,
        RUN
        + field("FORMTEXT", "").replace("</w:fldChar>", "").replace("/></w:r>", "><w:ffData/></w:fldChar></w:r>", 1),
    ),
    "letters over one another": lambda d: in_place(d, run(TRUE, '<w:spacing w:val="-200"/>')),
    "a frame of the web": lambda d: linked(d, "frame", "https://example.net/", mode=' TargetMode="External"'),
    "a header of even pages only": lambda d: swapped(d, BODY, 'w:type="default"', 'w:type="even"'),
    "a first page without a header": lambda d: swapped(d, BODY, "</w:sectPr>", "<w:titlePg/></w:sectPr>"),
    "even pages without a header": lambda d: swapped(
        d, "word/settings.xml", "<w:zoom", "<w:evenAndOddHeaders/><w:zoom"
    ),
    "a note without its number": lambda d: swapped(d, NOTES, "<w:footnoteRef/>", ""),
    "cells without room": lambda d: swapped(
        d, BODY, "</w:tcPr>", '<w:tcMar><w:left w:w="9000" w:type="dxa"/></w:tcMar></w:tcPr>'
    ),
    "cells without room by their style": lambda d: resub(
        d, STYLES, r'(<w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w=)"120"', r'\1"9000"'
    ),
    "a footer that is gone": lambda d: resub(d, BODY, r"<w:footerReference[^>]*/>", ""),
    "notes that changed places": lambda d: resub(
        d, BODY, r'(w:footnoteReference w:id=")1(".*?w:footnoteReference w:id=")2"', r'\g<1>2\g<2>1"'
    ),
    "a list without its numbers": lambda d: resub(
        d, BODY, r'(<w:pStyle w:val="ListNumber"/>.*?<w:numId w:val=)"\d+"', r'\1"0"'
    ),
    "words on the tip of a link": lambda d: swapped(d, BODY, "<w:hyperlink r:id", '<w:hyperlink w:tooltip="No" r:id'),
    "a formula": lambda d: in_place(
        d,
        f"{RUN}<m:oMath><m:r><m:t>no</m:t></m:r></m:oMath>",
        ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
    ),
    "a chart": lambda d: linked(d, "chart", "charts/chart1.xml"),
    "a page too small to be read": lambda d: resub(
        d, BODY, r'<w:pgSz w:w="\d+" w:h="\d+"', '<w:pgSz w:w="2400" w:h="1200"'
    ),
}


def _reordered(data: bytes) -> bytes:
    held = parts(data)
    return packed(dict(sorted(held.items(), reverse=True)))


def _stored(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts(data).items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _prefixed(data: bytes) -> bytes:
    """The same XML under another prefix, as a program writes that does not care for Word's."""
    held = parts(data)
    text = held[BODY].decode()
    text = re.sub(r"(</?|\s)w:", r"\1x:", text).replace("xmlns:w=", "xmlns:x=")
    return packed(held | {BODY: text.encode()})


def _in_utf_16(data: bytes) -> bytes:
    held = parts(data)
    text = held[BODY].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return packed(held | {BODY: text.encode("utf-16")})


def _with_ids(data: bytes) -> bytes:
    """What Word adds to each paragraph on saving: ids of revision and of paragraph."""
    space = f'{_MC} xmlns:w14="{MICROSOFT}/wordml" mc:Ignorable="w14"'
    data = swapped(data, BODY, "<w:document ", f"<w:document{space} ")
    return swapped(
        data,
        BODY,
        "<w:p>",
        '<w:p w:rsidR="00A1B2C3" w:rsidRDefault="00A1B2C3" w14:paraId="0A0B0C0D" w14:textId="77777777">',
        count=999,
    )


def _with_part(data: bytes, name: str, text: str, content_type: str, kind: str) -> bytes:
    held = parts(data) | {f"word/{name}": text.encode()}
    held[TYPES] = held[TYPES].replace(
        b"</Types>", f'<Override PartName="/word/{name}" ContentType="{content_type}"/></Types>'.encode()
    )
    return linked(packed(held), kind, name)


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

HONEST: dict[str, Forgery] = {
    "as made": lambda d: d,
    "parts in another order": _reordered,
    "parts not compressed": _stored,
    "ids of revisions": _with_ids,
    "another prefix": _prefixed,
    "another encoding": _in_utf_16,
    "marks of the spelling checker": lambda d: in_place(
        d, f'<w:proofErr w:type="spellStart"/>{RUN}<w:proofErr w:type="spellEnd"/>'
    ),
    "a page break as last drawn": lambda d: in_place(d, RUN.replace("<w:t ", "<w:lastRenderedPageBreak/><w:t ")),
    "where the cursor was": lambda d: in_place(
        d, f'<w:bookmarkStart w:id="777" w:name="_GoBack"/><w:bookmarkEnd w:id="777"/>{RUN}'
    ),
    "a run in two": lambda d: in_place(d, run(TRUE[:9]) + run(TRUE[9:])),
    "the language of a run": lambda d: in_place(d, run(TRUE, '<w:lang w:val="en-GB"/>')),
    "not to be checked": lambda d: in_place(d, run(TRUE, "<w:noProof/>")),
    "the settings' ids": lambda d: resub(
        d,
        "word/settings.xml",
        "</w:settings>",
        '<w:rsids><w:rsidRoot w:val="00A1B2C3"/><w:rsid w:val="00A1B2C3"/></w:rsids></w:settings>',
    ),
    "the zoom": lambda d: resub(d, "word/settings.xml", r"(<w:settings[^>]*>)", r'\1<w:zoom w:percent="140"/>'),
    "spelling done": lambda d: resub(
        d, "word/settings.xml", r"(<w:settings[^>]*>)", r'\1<w:proofState w:spelling="clean" w:grammar="clean"/>'
    ),
    "who saved it last": lambda d: resub(
        d,
        "docProps/core.xml",
        "</cp:coreProperties>",
        "<cp:lastModifiedBy>A reader</cp:lastModifiedBy><cp:revision>7</cp:revision></cp:coreProperties>",
    ),
    "settings for the web": lambda d: _with_part(
        d,
        "webSettings.xml",
        f"<w:webSettings {_W}><w:optimizeForBrowser/></w:webSettings>",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.webSettings+xml",
        "webSettings",
    ),
    "a style that nothing uses": lambda d: swapped(
        d,
        STYLES,
        "</w:styles>",
        '<w:style w:type="paragraph" w:styleId="Unused"><w:name w:val="Unused"/><w:rPr><w:vanish/></w:rPr></w:style>'
        "</w:styles>",
    ),
    "styles that are latent": lambda d: resub(
        d,
        STYLES,
        r"(<w:latentStyles[^>]*)/>",
        r'\1><w:lsdException w:name="Normal" w:qFormat="1"/></w:latentStyles>',
    ),
    "a font more in the table": lambda d: resub(
        d,
        "word/fontTable.xml",
        "</w:fonts>",
        '<w:font w:name="Times New Roman"><w:charset w:val="00"/></w:font></w:fonts>',
    ),
    "a thumbnail": lambda d: packed(parts(d) | {"docProps/thumbnail.emf": b"\x01\0\0\0"}),
    "properties of a library": lambda d: packed(
        parts(d) | {"customXml/item7.xml": b'<p xmlns="urn:library"><approved>yes</approved></p>'}
    ),
    "a property of its own": lambda d: resub(
        d, "docProps/app.xml", "</Properties>", "<TotalTime>12</TotalTime></Properties>"
    ),
    "white space between elements": lambda d: packed(
        parts(d) | {BODY: parts(d)[BODY].replace(b"</w:p><w:p", b"</w:p>\n<w:p")}
    ),
    "the bold of those who read from the right": lambda d: in_place(d, run(TRUE, '<w:bCs w:val="0"/>')),
}
