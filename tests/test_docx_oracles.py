"""The DOCX as other programs see it: validators find nothing, LibreOffice shows the same words, notes and links."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from memo.document import Callout, Document, Footnote, Heading, inline_text, inlines, text_runs
from memo.renderers.docx import render
from memo.style import Style, Tables
from tests.documents import SCRIPTS, documents, kitchen_sink
from tests.docx.oracles import (
    audit_errors,
    needs_audit,
    needs_office,
    needs_poppler,
    needs_sdk,
    office_pdf,
    pdf_text,
    sdk_errors,
)

pytestmark = pytest.mark.conformance
Folders = Callable[[], Path]
few = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
OTHER = Style(tables=Tables(banded=True))


def sink(bare: bool = False, style: Style = OTHER) -> bytes:
    document = kitchen_sink()
    edition = replace(document, metadata=replace(document.metadata, edition="Second & last"))
    return render(edition, style, bare=bare)[0].data


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """Makes a new folder at each call."""
    return lambda: tmp_path_factory.mktemp("docx")


@needs_sdk
@pytest.mark.parametrize("bare", [True, False])
def test_the_open_xml_sdk_finds_nothing_in_a_document_with_everything(tmp_path: Path, bare: bool) -> None:
    assert sdk_errors(sink(bare), tmp_path) == []


@needs_sdk
@few
@given(documents(SCRIPTS, marks=True))
def test_the_open_xml_sdk_finds_nothing_in_any_document(folders: Folders, document: Document) -> None:
    data = render(document, Style())[0].data
    assert sdk_errors(data, folders()) == []


@needs_audit
def test_openxml_audit_finds_nothing_in_a_document_with_everything(tmp_path: Path) -> None:
    assert audit_errors(sink(), tmp_path) == []


@needs_audit
@few
@given(documents(SCRIPTS, marks=True))
def test_openxml_audit_finds_nothing_in_any_document(folders: Folders, document: Document) -> None:
    data = render(document, Style())[0].data
    assert audit_errors(data, folders()) == []


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
