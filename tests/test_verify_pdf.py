"""A PDF that comes back is never said to be unaltered where it shows, says or does something else; nor else altered."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from memo.cli import main
from memo.delivered import sandbox
from memo.delivered.pdf import compare_pdfs, read_pdf
from memo.document.tree import Document
from memo.facts.edtf import Date, parse
from memo.facts.style import Colours, Page, Sizes, Style
from memo.handover.verification import Verification, verify
from memo.project import Project
from memo.renderers import render
from tests.cases import BASE
from tests.delivered.altered import written_over
from tests.delivered.files import kept, made, saved_by_qpdf
from tests.delivered.forged_pdf import FORGED, HONEST, drawn
from tests.documents import kitchen_sink, note, paragraph
from tests.docx.oracles import needs_office, office_pdf

SINK = made(kitchen_sink(), "pdf")


def day(text: str) -> Date:
    found = parse(text)
    assert found
    return found


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done with a PDF is done in this process: to start another for each would take most of the time."""
    monkeypatch.setattr(sandbox, "read_pdf_apart", read_pdf)
    monkeypatch.setattr(sandbox, "compare_pdfs_apart", compare_pdfs)


@pytest.mark.parametrize("name", FORGED)
@pytest.mark.usefixtures("here")
def test_no_forgery_is_unaltered(name: str, tmp_path: Path) -> None:
    told, problems = verify(kept(FORGED[name](SINK), tmp_path, "back.pdf"))
    if told:
        assert told.unaltered.verdict in ("no", "unknown")
        assert told.unaltered.details, "what was found is told"
    else:
        assert [problem.code for problem in problems] == ["damaged-file"]


@pytest.mark.parametrize("name", HONEST)
@pytest.mark.usefixtures("here")
def test_no_file_that_was_only_saved_again_is_altered(name: str, tmp_path: Path) -> None:
    told, problems = verify(kept(HONEST[name](SINK), tmp_path, "back.pdf"))
    assert problems == []
    assert told
    assert (told.unaltered.verdict, told.unaltered.text) == (
        "yes",
        "its text is what the document that it carries says",
    )


LOOKS = {
    "Letter": Style(page=Page(size="Letter")),
    "wide margins": Style(page=Page(margin_left_mm=40.0)),
    "high margins": Style(page=Page(margin_top_mm=60.0)),
    "larger letters": Style(sizes=Sizes(body=12.0)),
    "other colours": Style(colours=Colours(heading="#008000")),
}


@pytest.mark.parametrize("look", LOOKS)
def test_an_untouched_file_of_another_look_is_never_altered_outside_of_its_project(look: str, tmp_path: Path) -> None:
    """Lines, pages and notes end elsewhere, and headers stand more or less often."""
    text = " ".join(["The port office says that it intends to build a rail link to the harbour."] * 4)
    one = Document(kitchen_sink().metadata, (paragraph("One.", note("A source.")),))
    told, _ = verify(kept(render(one, LOOKS[look], "pdf")[0].data, tmp_path, "one.pdf"))
    assert told
    assert told.unaltered.verdict != "no"
    blocks = tuple(paragraph(f"Passage {number}. {text}", note(f"Source {number}.")) for number in range(60))
    data = render(Document(kitchen_sink().metadata, blocks), LOOKS[look], "pdf")[0].data
    told, problems = verify(kept(data, tmp_path, "memo.pdf"))
    assert problems == []
    assert told
    assert told.unaltered.verdict != "no"


# In the project that it was issued from


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an edition of a memo of two pages issued."""
    folder = tmp_path_factory.mktemp("issue") / "project"
    shutil.copytree(BASE, folder)
    template = folder / "templates" / "note.md"
    more = "\n\n".join(['{{ fact("rail-link") }} [Read more](https://note.example/plan).'] * 30)
    template.write_text(f"{template.read_text('utf-8')}\n\n{more}\n", "utf-8")
    run(folder, "issue", "note", "--to", "Harbour committee", "--date", "2031-03-15", status=0)
    return folder


def issued(project: Path, format: str = "pdf") -> bytes:
    return (project / "issued" / "note" / "1" / f"note.{format}").read_bytes()


def run(project: Path, *arguments: str, status: int) -> str:
    result = CliRunner().invoke(main, ["-C", str(project), *arguments], prog_name="memo")
    assert result.exit_code == status, result.output
    return result.output


def asked(data: bytes, folder: Path, project: Path) -> Verification:
    told, problems = verify(kept(data, folder, "back.pdf"), Project(project), day("2031-04-01"))
    assert problems == []
    assert told
    return told


def edited(data: bytes, edit: object) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)  # type: ignore[operator]
        pdf.save(buffer)
    return buffer.getvalue()


def test_a_covered_word_is_told_with_its_page_and_the_words_near_to_it(project: Path, tmp_path: Path) -> None:
    reader = asked(issued(project), tmp_path, project)
    assert reader.unaltered.verdict == "yes"
    told = asked(drawn("1 1 1 rg 60 400 400 40 re f")(issued(project)), tmp_path, project)
    assert told.unaltered.verdict == "no"
    assert told.unaltered.text == "its text reads as it should, but it does not look as it was issued"
    assert told.unaltered.details[0].startswith("page 1 looks unlike it, near “")
    assert "The port office" in told.unaltered.details[0]


def test_a_link_that_leads_elsewhere_is_told_with_both_targets(project: Path, tmp_path: Path) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        link = next(one for one in pdf.pages[1].Annots if "/A" in one)
        link.A.URI = pikepdf.String("https://elsewhere.example/plan")

    told = asked(edited(issued(project), turn), tmp_path, project)
    assert (told.unaltered.verdict, told.unaltered.text) == ("no", "a link of it leads elsewhere")
    assert told.unaltered.details == (
        "it leads to      https://elsewhere.example/plan (page 2)",
        "it should lead to https://note.example/plan (page 2)",
    )


def test_a_page_that_is_cropped_is_altered(project: Path, tmp_path: Path) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].CropBox = pikepdf.Array([0, 400, 595.28, 841.89])

    told = asked(edited(issued(project), crop), tmp_path, project)
    assert told.unaltered.verdict == "no"
    assert told.unaltered.details[0] == "page 2 shows 595 by 442 points, and should show 595 by 842"


def test_a_page_that_is_added_blank_is_altered(project: Path, tmp_path: Path) -> None:
    told = asked(edited(issued(project), lambda pdf: pdf.add_blank_page()), tmp_path, project)
    assert told.unaltered.verdict == "no"
    assert told.unaltered.details[0] == "it has 3 pages, and should have 2"


def test_a_readers_note_is_named_and_leaves_the_answer_open(project: Path, tmp_path: Path) -> None:
    def remark(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[50, 50, 70, 70], Contents="Why?"
        )
        pdf.pages[0].Annots.append(pdf.make_indirect(note))

    told = asked(edited(issued(project), remark), tmp_path, project)
    assert told.unaltered.verdict == "unknown"
    assert told.unaltered.text.endswith("it holds what memo does not write")
    assert told.unaltered.details[0] == "an annotation (Text) (page 1)"


def test_words_of_a_file_cannot_command_the_terminal(project: Path, tmp_path: Path) -> None:
    def name(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Producer"] = pikepdf.String("\x1b[2J" + 500 * "x")

    told = asked(edited(issued(project), name), tmp_path, project)
    assert told.unaltered.details == (f"it was made or saved again by [2J{76 * 'x'}…, as it says",)


# Signed, printed and converted


def test_a_signed_file_is_told_as_one_that_begins_with_what_was_issued(project: Path, tmp_path: Path) -> None:
    told = asked(signed(issued(project), tmp_path), tmp_path, project)
    assert (told.issued.verdict, told.unaltered.verdict, told.current.verdict) == ("no", "yes", "yes")
    assert told.issued.details[0].startswith("it begins with the file that was issued as note/1, byte for byte")
    assert told.unaltered.details == ("a signature, of Port desk as the file claims; it was not checked",)


def signed(data: bytes, folder: Path) -> bytes:
    """Sign a file with a key of the moment, by a signature that nobody sees (PAdES)."""
    pytest.importorskip("pyhanko", reason="pyHanko is missing: pip install pyhanko")
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 30 -subj"
    if not shutil.which("openssl"):
        pytest.skip("openssl is missing")
    subprocess.run([*command.split(), "/CN=Port desk"], cwd=folder, check=True, capture_output=True)
    signer = signers.SimpleSigner.load(str(folder / "key.pem"), str(folder / "cert.pem"))
    meta = signers.PdfSignatureMetadata(
        field_name="Signature1", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    buffer = io.BytesIO()
    field = fields.SigFieldSpec("Signature1")
    signers.PdfSigner(meta, signer, new_field_spec=field).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(data)), output=buffer
    )
    return buffer.getvalue()


def converted(data: bytes, folder: Path, *command: str) -> bytes:
    """What a program makes of a PDF: its name and options, before the names of both files."""
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is missing")
    (folder / "in.pdf").write_bytes(data)
    subprocess.run(
        [*command, "in.pdf"] if command[0] == "gs" else [*command, "in.pdf", "out.pdf"], cwd=folder, check=True
    )
    return (folder / "out.pdf").read_bytes()


def test_a_copy_of_ghostscripts_is_unaltered_and_told_as_what_it_is(project: Path, tmp_path: Path) -> None:
    told = asked(converted(issued(project), tmp_path, *GHOSTSCRIPT), tmp_path, project)
    assert (told.issued.verdict, told.unaltered.verdict, told.current.verdict) == ("no", "yes", "yes")
    assert told.identity.known_by == "document"
    made_by, lost = told.unaltered.details
    assert made_by.startswith("it was made or saved again by GPL Ghostscript")
    assert lost.startswith("it has lost its tags")


GHOSTSCRIPT = ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sOutputFile=out.pdf")


def test_a_covered_comma_is_found_in_a_copy_of_ghostscripts(tmp_path: Path) -> None:
    """A tolerance that its copies keep is still no room for a forger."""
    told, _ = verify(kept(converted(FORGED["a comma covered"](SINK), tmp_path, *GHOSTSCRIPT), tmp_path, "back.pdf"))
    assert told
    assert told.unaltered.verdict == "unknown"
    assert told.unaltered.details[0].startswith("page 1 looks unlike it, near “")


def test_a_print_is_known_by_its_footer(project: Path, tmp_path: Path) -> None:
    told = asked(converted(issued(project), tmp_path, "pdftocairo", "-pdf"), tmp_path, project)
    assert (told.issued.verdict, told.current.verdict) == ("no", "yes")
    assert told.identity.edition
    assert told.identity.edition.name == "note/1"
    assert "printed or converted" in told.issued.details[0]
    assert told.unaltered.verdict != "no"
    assert "its text reads as it should" in told.unaltered.text or told.unaltered.verdict == "yes"


def test_other_words_in_a_print_are_found(project: Path, tmp_path: Path) -> None:
    altered = drawn("BT /F9 24 Tf 1 0 0 1 120 300 Tm (Withdrawn) Tj ET", Font={"F9": helvetica})(issued(project))
    told = asked(converted(altered, tmp_path, "pdftocairo", "-pdf"), tmp_path, project)
    assert told.unaltered.verdict == "no"
    assert "Withdrawn" in told.unaltered.details[0]


def helvetica(pdf: pikepdf.Pdf) -> object:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    return pdf.make_indirect(font)


@needs_office
def test_a_word_file_converted_to_pdf_is_known_by_its_footer(project: Path, tmp_path: Path) -> None:
    told = asked(office_pdf(issued(project, "docx"), tmp_path).read_bytes(), tmp_path, project)
    assert (told.issued.verdict, told.current.verdict) == ("no", "yes")
    assert told.unaltered.verdict != "no"


def test_a_print_is_foreign_where_its_edition_is_not_known(project: Path, tmp_path: Path) -> None:
    path = kept(converted(issued(project), tmp_path, "pdftocairo", "-pdf"), tmp_path, "print.pdf")
    for where in (None, Project(BASE)):
        told, (problem,) = verify(path, where)
        assert told is None
        assert problem.code == "foreign-file"


# Compared by what it carries


def test_diff_and_redline_never_say_that_nothing_changed_of_a_file_with_words_laid_over_it(
    project: Path, tmp_path: Path
) -> None:
    path = kept(written_over(issued(project), "Withdrawn by order"), tmp_path, "back.pdf")
    target = tmp_path / "marked.pdf"
    for command in (
        ("diff", str(path)),
        ("diff", "note/1", str(path)),
        ("redline", "note/1", str(path), "-o", str(target)),
    ):
        said = run(project, *command, status=1)
        assert "Withdrawn by order" in said
        assert "[altered-file]" in said
        assert "nothing changed" not in said
    assert not target.exists()


def test_diff_says_so_where_the_look_of_a_file_is_another(project: Path, tmp_path: Path) -> None:
    path = kept(drawn("1 1 1 rg 60 400 400 40 re f")(issued(project)), tmp_path, "back.pdf")
    said = run(project, "diff", str(path), status=1)
    assert "page 1 looks unlike it, near" in said
    assert "nothing changed" not in said


def test_diff_of_a_copy_that_was_only_saved_again_is_of_what_it_carries(project: Path, tmp_path: Path) -> None:
    path = kept(saved_by_qpdf(issued(project)), tmp_path, "back.pdf")
    assert "nothing changed" in run(project, "diff", str(path), "note/1", status=0)


def test_diff_of_a_print_does_not_claim_that_it_was_built_bare(project: Path, tmp_path: Path) -> None:
    path = kept(converted(issued(project), tmp_path, "pdftocairo", "-pdf"), tmp_path, "print.pdf")
    said = CliRunner().invoke(main, ["-C", str(project), "diff", str(path), "note/1"]).output
    assert "--bare" not in said
    assert "print.pdf" in said
