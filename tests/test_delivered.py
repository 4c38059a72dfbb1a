"""Delivered files are read back: what they carry, what they say; and no file, however made, does harm."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from memo.delivered import Delivered, read_delivered, sandbox
from memo.delivered.contents import FileContents
from memo.delivered.docx import read_docx
from memo.delivered.pdf import read_pdf
from memo.document.as_json import from_json, to_json
from memo.document.tree import Change, Claim, Document, Mark, Paragraph, Text
from memo.untrusted_files import UnreadableFile
from tests.delivered import hostile
from tests.delivered.files import (
    Format,
    changed,
    encrypted,
    kept,
    made,
    pandocs,
    saved_by_qpdf,
    typsts,
    without_carried,
)
from tests.delivered.forged_docx import linked
from tests.documents import documents, kitchen_sink, note, paragraph
from tests.docx.houses import plain
from tests.docx.oracles import needs_office, office_docx, office_pdf
from tests.docx.read import packed, parts

SINK = kitchen_sink()
FORMATS: tuple[Format, ...] = ("docx", "pdf")
SOME = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
MADE = {format: made(SINK, format) for format in FORMATS}


def read(data: bytes, folder: Path, name: str = "memo") -> Delivered:
    """A file that can be read."""
    delivered, problems = read_delivered(kept(data, folder, name))
    assert problems == []
    assert delivered
    return delivered


def refused(data: bytes, folder: Path, name: str = "memo") -> tuple[str, str]:
    """The code and the message of the one problem of a file that cannot be read."""
    delivered, (problem,) = read_delivered(kept(data, folder, name))
    assert delivered is None
    assert problem.hint
    return problem.code, problem.message


def in_process(data: bytes, format: Format) -> FileContents:
    """A file read without the bounds of a process."""
    return read_pdf(data) if format == "pdf" else read_docx(data)


# What is carried


@pytest.mark.parametrize("format", FORMATS)
def test_the_document_comes_back_as_it_was(format: Format, tmp_path: Path) -> None:
    delivered = read(MADE[format], tmp_path)
    assert delivered.format == format
    assert delivered.document == SINK
    assert delivered.embedded_json == to_json(SINK)


@SOME
@given(documents(marks=True), st.sampled_from(FORMATS))
def test_any_document_comes_back_as_it_was(document: Document, format: Format) -> None:
    assert from_json(in_process(made(document, format), format).embedded_json) == document


@pytest.mark.parametrize("format", FORMATS)
def test_a_bare_file_is_known_as_memos_and_carries_nothing(format: Format, tmp_path: Path) -> None:
    delivered = read(made(SINK, format, bare=True), tmp_path)
    assert delivered.document is None
    assert delivered.embedded_json == ""
    assert SINK.metadata.title in delivered.text.replace("\n", " ")


def test_a_file_rid_of_what_it_carried_is_known_by_what_is_left(tmp_path: Path) -> None:
    delivered = read(without_carried(MADE["docx"]), tmp_path)
    assert delivered.document is None


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    assert read(MADE["pdf"], tmp_path, "memo.docx").format == "pdf"


def test_a_file_that_carries_two_documents_is_damaged(tmp_path: Path) -> None:
    other = parts(made(Document(SINK.metadata, ()), "docx"))["customXml/item1.xml"]
    data = linked(packed(parts(MADE["docx"]) | {"customXml/item2.xml": other}), "customXml", "../customXml/item2.xml")
    assert refused(data, tmp_path) == ("damaged-file", "the file is damaged: it carries more than one document")


def test_a_part_that_no_relationship_leads_to_is_not_read() -> None:
    """A body under another name is shown by no program unless a relationship leads there; then it is the body."""
    held = parts(MADE["docx"])
    spare = packed(held | {"word/real.bin": held["word/document.xml"].replace(b"signed", b"denied")})
    assert read_docx(spare).pages == read_docx(MADE["docx"]).pages
    assert "Nothing is denied yet." in read_docx(changed(spare, "_rels/.rels", "document.xml", "real.bin")).pages.text


def test_a_document_that_is_none_is_told_with_its_place_in_the_data(tmp_path: Path) -> None:
    code, message = refused(changed(MADE["docx"], "customXml/item1.xml", '"type":"Heading"', '"type":"X"'), tmp_path)
    assert code == "damaged-file"
    assert "no node type 'X'" in message


# What the pages say


@pytest.mark.parametrize("format", FORMATS)
def test_what_stands_around_the_text_is_read_too(format: Format) -> None:
    """Title block, header and footer are among what the pages say."""
    text = in_process(MADE[format], format).pages.text
    for said in (SINK.metadata.title, SINK.metadata.reference, SINK.metadata.sender, SINK.metadata.as_of_shown):
        assert said in " ".join(text.split())


@SOME
@given(documents(alphabet="abcdefghij", most_blocks=5), st.sampled_from(FORMATS))
def test_the_same_document_says_the_same_and_another_does_not(document: Document, format: Format) -> None:
    text = in_process(made(document, format), format).pages.text
    assert text == in_process(made(document, format), format).pages.text
    more = replace(document, blocks=(*document.blocks, Paragraph((Text("zzz"),), "more")))
    assert "zzz" in in_process(made(more, format), format).pages.text
    assert "zzz" not in text


def test_a_note_is_told_where_it_is_referred_to_and_what_it_says() -> None:
    document = Document(SINK.metadata, (paragraph("One", note("first"), " two", note("second"), "."),))
    text = read_docx(made(document, "docx")).pages.text
    assert "One[1] two[2]." in text
    assert text.index("first") < text.index("second")


def test_tracked_changes_are_read_both_ways() -> None:
    came, went = Mark("inserted", 0), Mark("deleted", 0)
    content = (Text("It is "), Claim("old", ("f",), mark=went), Claim("new", ("f",), mark=came), Text("."))
    pages = read_docx(made(Document(SINK.metadata, (Paragraph(content),)), "docx")).pages
    assert "It is new." in pages.text
    assert "It is old." in pages.rejected


def test_the_number_of_the_page_is_no_text() -> None:
    """A word processor fills it in anew whenever it saves."""
    data = MADE["docx"]
    other = changed(data, "word/footer1.xml", '<w:t xml:space="preserve">1</w:t>', "<w:t>17</w:t>")
    assert other != data
    assert read_docx(other).pages == read_docx(data).pages


@needs_office
def test_a_word_file_saved_by_libreoffice_says_and_carries_the_same(tmp_path: Path) -> None:
    for number, document in enumerate((SINK, marked())):
        data = made(document, "docx")
        folder = tmp_path / str(number)
        folder.mkdir()
        saved = office_docx(data, folder)
        assert saved != data
        ours, theirs = read_docx(data), read_docx(saved)
        assert theirs.embedded_json == ours.embedded_json
        assert replace(theirs.pages, pictures=()) == replace(ours.pages, pictures=())
        # LibreOffice keeps the pixels and drops the lines.
        for here, there in zip(theirs.pages.pictures, ours.pages.pictures, strict=True):
            assert here.alt == there.alt
            assert here.images < there.images


def marked() -> Document:
    """A document with a change of every kind of inline."""
    came, went = Mark("inserted", 0), Mark("deleted", 0)
    content = (Text("It is "), Claim("old", ("f",), mark=went), Claim("new", ("f",), mark=came), Text("."))
    return Document(SINK.metadata, (Paragraph(content), paragraph("And a last one.")))


def test_a_pdf_written_again_says_and_carries_the_same() -> None:
    data = MADE["pdf"]
    saved = saved_by_qpdf(data)
    assert saved != data
    assert read_pdf(saved) == read_pdf(data)


# Files that are none of ours, or cannot be read


@pytest.mark.parametrize("make", [plain, pandocs, typsts])
def test_another_programs_file_is_foreign(make: object, tmp_path: Path) -> None:
    code, message = refused(make(), tmp_path)  # type: ignore[operator]
    assert code == "foreign-file"
    assert "memo did not make" in message


@needs_office
def test_what_libreoffice_makes_of_anothers_file_is_foreign(tmp_path: Path) -> None:
    assert refused(office_docx(plain(), tmp_path), tmp_path)[0] == "foreign-file"
    assert refused(office_pdf(plain(), tmp_path).read_bytes(), tmp_path)[0] == "foreign-file"


def test_a_zip_that_is_no_word_file_is_told_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    assert refused((tmp_path / "a.zip").read_bytes(), tmp_path)[0] == "damaged-file"


@pytest.mark.parametrize("data", [b"a text", b"\x89PNG\r\n\x1a\n", b"{}"])
def test_a_file_of_another_kind_is_foreign(data: bytes, tmp_path: Path) -> None:
    assert refused(data, tmp_path) == ("foreign-file", "the file is neither a PDF nor a Word document")


def test_an_empty_file_is_damaged(tmp_path: Path) -> None:
    assert refused(b"", tmp_path) == ("damaged-file", "the file is empty")


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_pdf_is_told_so(password: str, tmp_path: Path) -> None:
    assert refused(encrypted(MADE["pdf"], password), tmp_path) == ("locked-file", "the file is encrypted")


def test_an_encrypted_word_file_is_told_so(tmp_path: Path) -> None:
    assert refused(b"\xd0\xcf\x11\xe0" + bytes(600), tmp_path)[0] == "locked-file"


def test_a_folder_and_a_missing_file_are_told_so(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "a folder"), (tmp_path / "none.pdf", "No such file")):
        delivered, (problem,) = read_delivered(path)
        assert delivered is None
        assert problem.code == "unreadable"
        assert said in problem.message


def test_a_file_beyond_all_size_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "memo.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(5 << 30)
    delivered, (problem,) = read_delivered(path)
    assert delivered is None
    assert problem.code == "too-large"


# Files that mean harm

ANSWERS = {
    "dense": "too-large",
    "lying": "damaged-file",
    "crowded": "too-large",
    "nested": "",
    "repeated": "damaged-file",
    "entities": "damaged-file",
    "external": "damaged-file",
    "deep_xml": "damaged-file",
    "wide_xml": "too-large",
    "wide_numbering": "too-large",
    "many_attributes": "too-large",
    "many_formats": "too-large",
    "endless_styles": "too-large",
    "many_fields": "damaged-file",
    "many_references": "",
    "long_text": "too-large",
    "million_blocks": "too-large",
    "deep_json": "damaged-file",
    "pdf_bomb": "too-large",
    "pdf_bomb_in_bomb": "too-large",
    "page_loop": "damaged-file",
    "page_forest": "too-large",
    "self_reference": "damaged-file",
    "xref_loop": "",
    "form_loop": "",
    "deep_pdf": "damaged-file",
    "many_words": "too-large",
}
"""What is said of each; nothing where the harm is in what is not looked at, and the rest is a memo."""

IN_BOUNDS = """
import resource, sys
from pathlib import Path
from memo.delivered import read_delivered
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + (300 << 20), resource.getrlimit(resource.RLIMIT_AS)[1]))
print(*(problem.code for problem in read_delivered(Path(sys.argv[1]))[1]))
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="memory cannot be bounded here")
@pytest.mark.parametrize("name", [*hostile.ZIPS, *hostile.PDFS])
def test_a_file_that_means_harm_is_answered_within_little_memory(name: str, tmp_path: Path) -> None:
    """No more than 300 MB above what the program itself takes, here and in the process that reads PDFs."""
    make = {**hostile.ZIPS, **hostile.PDFS}[name]
    path = kept(make(MADE["docx"]), tmp_path, "memo")
    command = [sys.executable, "-c", IN_BOUNDS, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200)
    assert (done.stdout.strip(), done.stderr) == (ANSWERS[name], "")


@pytest.mark.parametrize("format", FORMATS)
def test_an_endless_word_is_refused_wherever_it_would_be_set(format: Format, tmp_path: Path) -> None:
    """In the title block, or in what a redline tells of its changes, as in the text."""
    word = 1001 * "a"
    told = replace(SINK, changes=(Change("", "", "New.", reason=word),))
    entitled = replace(SINK, metadata=replace(SINK.metadata, title=word))
    for document in (told, entitled):
        code, message = refused(made(document, format), tmp_path)
        assert code == "too-large"
        assert "a word of more than 1,000 letters" in message


def test_a_pdf_that_takes_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.01)
    code, message = refused(MADE["pdf"], tmp_path)
    assert code == "too-large"
    assert "cannot be read within" in message


def test_no_module_beside_the_file_is_run(tmp_path: Path) -> None:
    """Verifying is done in the folder where the mail was saved: nothing that lies there is taken for a part of memo."""
    for name in ("json", "memo", "pypdf", "logging"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run')\n")
    path = kept(MADE["pdf"], tmp_path, "memo.pdf")
    code = "from pathlib import Path; from memo.delivered import read_delivered;"
    code += f"print(read_delivered(Path({str(path)!r}))[1])"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("[]\n", "")


@SOME
@given(st.data(), st.sampled_from(FORMATS))
def test_a_file_cut_short_or_with_bits_turned_over_gets_an_answer(data: st.DataObject, format: Format) -> None:
    """It is read, or it is unfit to be read; no other exception comes out."""
    whole = MADE[format]
    spoilt = bytearray(whole[: data.draw(st.integers(0, len(whole)) | st.just(len(whole)))])
    for _ in range(data.draw(st.integers(0, 20))):
        if spoilt:
            spoilt[data.draw(st.integers(0, len(spoilt) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    answered(bytes(spoilt), format)


@SOME
@given(st.data())
def test_a_word_file_with_a_part_spoilt_gets_an_answer(data: st.DataObject) -> None:
    """The same for what is inside a zip that is whole."""
    held = parts(MADE["docx"])
    name = data.draw(st.sampled_from(sorted(held)))
    part = bytearray(held[name])
    start = data.draw(st.integers(0, len(part) - 1))
    part[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    answered(packed(held | {name: bytes(part)}), "docx")


def answered(data: bytes, format: Format) -> None:
    """Nothing but `Unfit` comes out."""
    with suppress(UnreadableFile):
        assert isinstance(in_process(data, format), FileContents)
