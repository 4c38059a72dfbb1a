"""The DOCX as other programs see it: validators find nothing, LibreOffice shows the same words, notes and links."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree
from msgspec.structs import replace
from pypdf import PdfReader

from memo.document.as_json import from_json
from memo.document.tree import (
    Block,
    Callout,
    Cell,
    Claim,
    Document,
    Footnote,
    Heading,
    List,
    ListItem,
    Row,
    Table,
    Text,
)
from memo.document.walk import inline_text, inlines, text_runs
from memo.facts.style import Style, Tables
from memo.pipeline import BuildOptions, build
from memo.project import Project
from memo.renderers.docx import render
from tests.documents import SCRIPTS, documents, kitchen_sink, paragraph
from tests.docx.oracles import (
    audit_errors,
    needs_audit,
    needs_office,
    needs_poppler,
    needs_sdk,
    office_docx,
    office_pdf,
    pdf_text,
    sdk_errors,
)
from tests.docx.read import W, parts, tree

pytestmark = pytest.mark.conformance
Folders = Callable[[], Path]
EVERY = list(HealthCheck)
OTHER = Style(tables=Tables(banded=True))


def sink(bare: bool = False, style: Style = OTHER) -> bytes:
    document = kitchen_sink()
    edition = replace(document, metadata=replace(document.metadata, edition="Second & last"))
    return render(edition, style, bare=bare)[0].data


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Makes a new folder at each call."""
    return lambda: tmp_path_factory.mktemp("docx")


@pytest.fixture(scope="module")
def hundred() -> list[bytes]:
    """A hundred random documents, every other one bare: the same at each run."""
    made: list[bytes] = []

    @settings(max_examples=100, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=EVERY)
    @given(documents(SCRIPTS, marks=True))
    def draw(document: Document) -> None:
        made.append(render(document, Style(), bare=len(made) % 2 == 0)[0].data)

    draw()
    return made[:100]


@needs_sdk
@pytest.mark.parametrize("bare", [True, False])
def test_the_open_xml_sdk_finds_nothing_in_a_document_with_everything(tmp_path: Path, bare: bool) -> None:
    assert sdk_errors(sink(bare), tmp_path) == []


@needs_sdk
def test_the_open_xml_sdk_finds_nothing_in_a_hundred_random_documents(hundred: list[bytes], folders: Folders) -> None:
    """Two at a time: most of it is waiting for the validator's process to start."""
    places = [folders() for _ in hundred]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(sdk_errors, hundred, places))
    assert [errors for errors in found if errors] == []
    assert len(found) == 100


@needs_audit
def test_openxml_audit_finds_nothing_in_a_document_with_everything(tmp_path: Path) -> None:
    assert audit_errors(sink(), tmp_path) == []


@pytest.mark.long
@needs_audit
def test_openxml_audit_finds_nothing_in_a_hundred_random_documents(hundred: list[bytes], folders: Folders) -> None:
    assert [errors for data in hundred if (errors := audit_errors(data, folders()))] == []


@needs_sdk
@needs_audit
def test_neither_finds_anything_in_the_projects_own_memos(folders: Folders) -> None:
    project = Project(Path(__file__).parent.parent)
    built = list(build(project, project.memos(), folders(), BuildOptions(formats=("docx",))))
    assert len(built) >= 3
    for file in (file for one in built for file in one.files):
        data = file.path.read_bytes()
        assert (file.path.name, sdk_errors(data, folders()), audit_errors(data, folders())) == (file.path.name, [], [])
    assert all(one.files for one in built)


@needs_sdk
def test_the_sdk_is_really_asked(tmp_path: Path) -> None:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sink())) as good, zipfile.ZipFile(buffer, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"<w:keepNext/>", b"<w:keepNextt/>"))
    assert sdk_errors(buffer.getvalue(), tmp_path)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document with everything, printed by LibreOffice."""
    return office_pdf(sink(), tmp_path_factory.mktemp("office"))


@needs_office
@needs_poppler
def test_libreoffice_prints_every_word_and_note(printed: Path) -> None:
    text = _squeezed(pdf_text(printed))
    for content in text_runs(kitchen_sink()):
        for words in _stretches(inline_text(content)):
            assert words in text, words
        for note in inlines(content):
            if isinstance(note, Footnote):
                assert _squeezed(inline_text(note.content)) in text


def _stretches(text: str) -> list[str]:
    """The words between places where a note's number may stand."""
    return [_squeezed(part) for part in re.split(r"(?<=[.,;:a-z])(?=\s|$)", text) if part.strip()]


def _squeezed(text: str) -> str:
    """Text without white space and hyphens: line ends are taken for the one, and swallow the other."""
    return re.sub(r"[\s\u00ad\u2011-]", "", text)


@needs_office
def test_libreoffice_makes_bookmarks_of_the_headings_and_follows_the_links(printed: Path) -> None:
    reader = PdfReader(printed)
    headings = [inline_text(one.content) for one in kitchen_sink().blocks if isinstance(one, Heading)]
    assert _titles(reader.outline) == headings
    targets = {
        action["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots") or ()
        if (action := annotation.get_object().get("/A")) and "/URI" in action
    }
    assert {"https://example.org/", "mailto:desk@example.org", "https://example.org/news?id=1&lang=en"} <= targets


def _titles(outline: list[object]) -> list[str]:
    found: list[str] = []
    for entry in outline:
        found += _titles(entry) if isinstance(entry, list) else [str(entry.title)]  # type: ignore[attr-defined]
    return found


@needs_office
def test_libreoffice_sets_the_documents_title_and_language(printed: Path) -> None:
    reader = PdfReader(printed)
    assert reader.metadata is not None
    assert reader.metadata.title == kitchen_sink().metadata.title
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


@needs_office
@needs_poppler
def test_libreoffice_keeps_the_box_on_the_first_page_and_the_page_numbers_right(printed: Path) -> None:
    first = pdf_text(printed).split("\f")[0]
    box = next(block for block in kitchen_sink().blocks if isinstance(block, Callout))
    pages = len(PdfReader(printed).pages)
    assert box.title in first
    assert f"Page 1 of {pages}" in first


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The document with everything, opened and saved again by LibreOffice."""
    return office_docx(sink(), tmp_path_factory.mktemp("office"))


@needs_office
def test_the_carried_document_survives_opening_and_saving_in_libreoffice(saved: bytes) -> None:
    before, after = (etree.fromstring(parts(data)["customXml/item1.xml"]) for data in (sink(), saved))
    carried = from_json(after.findtext("{*}document") or "")
    assert carried.blocks == kitchen_sink().blocks
    assert [dict(one.attrib) for one in after.iter("{*}bookmark")] == [
        dict(one.attrib) for one in before.iter("{*}bookmark")
    ]


@needs_office
def test_every_claims_bookmark_survives_opening_and_saving_in_libreoffice(saved: bytes) -> None:
    """LibreOffice 7.4 moves an end by a character beside the first note. Bookmarks within notes it leaves without
    words, and may add to their names."""
    before, after = _bounded(sink(), "word/document.xml"), _bounded(saved, "word/document.xml")
    assert after.keys() == before.keys()
    assert all(abs(len(after[name]) - len(words)) <= 2 for name, words in before.items())
    claims = [one for run in text_runs(kitchen_sink()) for one in inlines(run) if isinstance(one, Claim)]
    in_notes = {name.removesuffix("_Copy_1") for name in _bounded(saved, "word/footnotes.xml")}
    everywhere = after.keys() | in_notes
    assert everywhere == {f"_memo_{number}" for number in range(1, len(claims) + 1)}


def _bounded(data: bytes, part: str) -> dict[str, str]:
    """The words within each claim's bookmark, by its name."""
    found: dict[str, str] = {}
    within: dict[str, str] = {}
    for element in tree(data, part).iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        number, name = element.get(f"{W}id", ""), element.get(f"{W}name", "")
        if element.tag == f"{W}t":
            found.update({name: found[name] + (element.text or "") for name in within.values()})
        elif name.startswith("_memo_"):
            within[number] = name
            found[name] = ""
        elif element.tag == f"{W}bookmarkEnd":
            within.pop(number, None)
    return found


def long() -> Document:
    """Sections of many lengths, with lists and small tables among them."""
    blocks: list[Block] = []
    for at in range(36):
        blocks.append(Heading(1 + at % 3, (Text(f"Heading {at}"),), f"h{at}"))
        blocks.append(paragraph(f"Begins {at}. " + "Some more words that fill lines. " * (3 + at * 7 % 23)))
        item = ListItem((paragraph(f"Item {at} " + "goes on and on " * 14 + f"to end {at}"),))
        rows = tuple(Row((Cell((Text(f"T{at} row {row}"),)), Cell((Text("b"),)))) for row in range(4))
        header = Row((Cell((Text(f"T{at} head"),)), Cell((Text("h"),))))
        blocks.append(List((item, item)) if at % 2 else Table(header, rows, ("left", "left"), (Text(f"Caption {at}"),)))
    return Document(kitchen_sink().metadata, tuple(blocks))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """That document page by page, as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("office")
    return pdf_text(office_pdf(render(long(), Style())[0].data, folder)).split("\f")[:-1]


@needs_office
@needs_poppler
def test_no_heading_is_stranded_at_the_foot_of_a_page(pages: list[str]) -> None:
    assert len(pages) > 5
    for page in pages:
        for at in re.findall(r"^Heading (\d+)$", page, re.MULTILINE):
            assert f"Begins {at}." in page


@needs_office
@needs_poppler
def test_a_small_table_stays_on_one_page_with_its_caption_and_an_item_with_its_end(pages: list[str]) -> None:
    for at in range(36):
        page = next(page for page in pages if f"Heading {at}\n" in page)
        if at % 2:
            page = next(page for page in pages if f"Item {at} " in page)
            assert re.search(rf"to\s+end\s+{at}\b", page), at
        else:
            page = next(page for page in pages if f". Caption {at}\n" in page)
            assert all(f"T{at} {what}" in page for what in ("head", "row 0", "row 1", "row 2", "row 3")), at
