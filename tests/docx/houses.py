"""House styles to test with, made by python-docx: nothing of memo's is in them unless a name says so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from memo.facts.style import HouseFile, Style
from memo.problem import Place
from memo.renderers.docx import render
from tests.documents import kitchen_sink
from tests.docx.read import packed, parts

PLACE = Place("templates/style.yaml", 1, 14, 11)
GERMAN = {
    "Normal": "Standard", "Title": "Titel", "Heading 1": "Überschrift 1", "Heading 2": "Überschrift 2",
    "Heading 3": "Überschrift 3", "Body Text": "Textkörper", "List Bullet": "Aufzählungszeichen",
    "List Bullet 2": "Aufzählungszeichen 2", "List Number": "Listennummer", "List Number 2": "Listennummer 2",
    "Quote": "Zitat", "Caption": "Beschriftung", "Strong": "Fett", "Emphasis": "Hervorhebung",
}  # fmt: skip
BINARY = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def held(data: bytes, name: str = "templates/office.docx") -> HouseFile:
    return HouseFile(name, data, PLACE)


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def logo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (120, 40), (0, 90, 60)).save(buffer, "PNG")
    return buffer.getvalue()


def plain() -> bytes:
    """python-docx's own template, without header or footer."""
    return saved(docx.Document())


def german() -> bytes:
    """Styles under German names and ids, a letterhead with a logo, a page number below, narrow margins, A5."""
    document = docx.Document()
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        english = {"heading": "Heading", "caption": "Caption"}
        shown = " ".join(english.get(word, word) for word in name.get(qn("w:val")).split())
        if shown in GERMAN:
            name.set(qn("w:val"), GERMAN[shown])
    for old, new in (("Heading1", "berschrift1"), ("Quote", "Zitat"), ("Normal", "Standard")):
        _renamed(document.styles.element, old, new)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(148), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    head = section.header.paragraphs[0]
    head.add_run().add_picture(io.BytesIO(logo()), width=Mm(30))
    head.add_run(" Amt für Beispiele")
    foot = section.footer.paragraphs[0]
    foot.add_run("Seite ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    foot._p.append(field)
    document.add_paragraph("Mustertext, der nicht bleibt.")
    return saved(document)


def _renamed(styles: object, old: str, new: str) -> None:
    for element in styles.iter():  # type: ignore[attr-defined]
        for attribute in (qn("w:styleId"), qn("w:val")):
            if element.get(attribute) == old and element.tag != qn("w:name"):
                element.set(attribute, new)


def annotated() -> bytes:
    """A memo that came back with a comment and was made the house style: notes, bookmarks, custom XML, a comment."""
    document = docx.Document(io.BytesIO(render(kitchen_sink(), Style())[0].data))
    run = document.paragraphs[0].runs[0]
    document.add_comment(run, text="Please make this our template.", author="Petra Muster", initials="P")
    return saved(document)


def template() -> bytes:
    """A .dotx: the same but for the content type of its main part."""
    return changed(german(), "[Content_Types].xml", "document.main+xml", "template.main+xml")


def asking() -> bytes:
    """A header that asks for the marking and the title, the former cut into two runs, as Word does."""
    document = docx.Document()
    header = document.sections[0].header.paragraphs[0]
    header.add_run("{ban").bold = True
    header.add_run("ner} | {short-title} | {nothing}")
    document.sections[0].footer.paragraphs[0].add_run("{copy}")
    return saved(document)


def fancy() -> bytes:
    """Another first page, a header for even ones, right-aligned text with space around it, a style of memo's name."""
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    section.first_page_header.paragraphs[0].text = "First page only"
    section.header.paragraphs[0].text = "Other pages"
    section.even_page_header.paragraphs[0].text = "Even pages"
    document.styles.add_style("Bottom Line", 1).font.bold = True
    document.styles.add_style("MemoTable", 1)
    return saved(document)


HOUSES: dict[str, Callable[[], bytes]] = {
    "plain": plain,
    "german": german,
    "annotated": annotated,
    "template": template,
    "asking": asking,
    "fancy": fancy,
}


def pandocs() -> bytes | None:
    """pandoc's reference document, None where pandoc is missing."""
    import subprocess

    try:
        import pypandoc
    except ImportError:
        return None
    program = Path(pypandoc.get_pandoc_path())
    return subprocess.run(
        [program, "--print-default-data-file", "reference.docx"], capture_output=True, check=True
    ).stdout


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with one text in one part changed; it must be there."""
    found = parts(data)
    assert old in found[part].decode()
    return packed(found | {part: found[part].decode().replace(old, new).encode()})


# What cannot serve


def cut() -> bytes:
    return plain()[:9000]


def broken_xml() -> bytes:
    return changed(plain(), "word/styles.xml", "</w:styles>", "")


def bomb() -> bytes:
    """A few kilobytes that would unpack to 300 MB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in parts(plain()).items():
            archive.writestr(name, part)
        with archive.open("word/media/image1.png", "w") as entry:
            for _ in range(30):
                entry.write(b"0" * 10_000_000)
    return buffer.getvalue()


def crowd() -> bytes:
    return packed(parts(plain()) | {f"word/media/{number}.png": b"" for number in range(3000)})


def doctype() -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><w:styles'
    return changed(plain(), "word/styles.xml", "<w:styles", declared)


def macros() -> bytes:
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return changed(plain(), "[Content_Types].xml", f"{BINARY}.document.main+xml", main)


def strict() -> bytes:
    transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return changed(
        plain(), "_rels/.rels", transitional, "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    )


def sheet() -> bytes:
    other = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return changed(plain(), "[Content_Types].xml", f"{BINARY}.document.main+xml", other)


def headless() -> bytes:
    """No part that the package says is its main one."""
    found = parts(plain())
    del found["word/document.xml"]
    return packed(found)


UNFIT: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut": (cut, "damaged"),
    "broken": (broken_xml, "word/styles.xml is not well-formed"),
    "bomb": (bomb, "would unpack to more"),
    "crowd": (crowd, "more than 2,000 parts"),
    "doctype": (doctype, "DOCTYPE"),
    "macros": (macros, "has macros"),
    "strict": (strict, "Strict Open XML"),
    "sheet": (sheet, "is not a Word document"),
    "text": (lambda: b"no Word file at all", "is no Word file"),
    "empty": (lambda: b"", "is no Word file"),
    "encrypted": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted"),
}
"""What cannot serve, and a few words of what is said of it."""
