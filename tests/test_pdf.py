"""The PDF as its readers find it: structure, text, links, marks of the standards it keeps."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from memo.document.as_json import digest, from_json
from memo.document.tree import Bar, Document, Figure, Text
from memo.facts.look import Look, read_look
from memo.facts.style import Style
from memo.problem import Problem
from memo.renderers import Rendered
from memo.renderers.pdf import render
from tests.documents import documents, kitchen_sink
from tests.pdf.reading import Reading, tree_as_text
from tests.pdf.sound import bookmarks, faults
from tests.pdf.vera import violations

GOLDEN = Path(__file__).parent / "pdf" / "kitchen-sink.txt"
SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def rendered(document: Document, *, bare: bool = False) -> Rendered:
    """The PDF of a document that has no problem."""
    made, problems = render(document, Style(), bare=bare)
    assert problems == []
    return made


def test_kitchen_sink_has_the_expected_structure(update: bool) -> None:
    """Every kind of block and inline has its place in the structure tree, with its text, in reading order."""
    tree = tree_as_text(Reading(rendered(kitchen_sink()).data))
    if update:
        GOLDEN.write_text(tree, encoding="utf-8", newline="\n")
    assert tree == GOLDEN.read_text(encoding="utf-8")


def test_kitchen_sink_keeps_pdf_ua_and_pdf_a() -> None:
    """A memo passes veraPDF for PDF/UA-1 and for PDF/A-3a, with the document inside and without."""
    assert violations(rendered(kitchen_sink()).data) == []
    assert violations(rendered(kitchen_sink(), bare=True).data) == []


@pytest.mark.long
@settings(SOME, max_examples=100)
@given(documents())
def test_any_document_keeps_pdf_ua_and_pdf_a(document: Document) -> None:
    """Whatever a memo holds, it passes veraPDF for both."""
    assert violations(rendered(document).data) == []


@SOME
@given(documents())
def test_everything_painted_is_in_the_tree_once_or_an_artifact(document: Document) -> None:
    """No ink is unmarked; every marked stretch has one owner."""
    reading = Reading(rendered(document).data)
    assert reading.unmarked == 0
    owned = list(reading.root.stretches())
    assert len(owned) == len(set(owned))
    assert set(owned) == set(reading.stretches)


@SOME
@given(documents())
def test_any_document_is_sound(document: Document) -> None:
    """By our own check: reading order, bookmarks, links, notes, parent tree, the document inside."""
    assert faults(rendered(document).data, document) == []


def test_a_bar_chart_is_a_figure_with_words() -> None:
    """It keeps both standards; its labels and amounts are text, its alternative text and caption are there."""
    data = (Bar("Gas, 2022", "11.4", "11.4 billion cubic metres"), Bar("Budget", "-2", "−2 per cent"))
    figure = Figure("bars", data, "Two bars.", (Text("What is large"),))
    document = replace(kitchen_sink(), blocks=(figure,))
    made = rendered(document).data
    assert violations(made) == []
    assert faults(made, document) == []
    reading = Reading(made)
    (node,) = reading.find("Figure")
    assert node.entries["/Alt"] == "Two bars."
    assert reading.text(node) == "Gas, 202211.4 billion cubic metresBudget−2 per cent"


def test_kitchen_sink_is_sound() -> None:
    """The same of the document with everything in it; it has links of every kind, and bookmarks at three levels."""
    data = rendered(kitchen_sink()).data
    assert faults(data, kitchen_sink()) == []
    reading = Reading(data)
    assert sum(len(link.areas) for link in reading.find("Link")) > 20
    assert len(list(bookmarks(reading))) == 6


def test_headings_do_not_skip_a_level_in_the_tree() -> None:
    """Where a document jumps from level 1 to 3, the tree still goes from H1 to H2 (ISO 14289-1, 7.4.2)."""
    document = kitchen_sink()
    blocks = tuple(block for block in document.blocks if getattr(block, "level", 1) != 2)
    headings = [
        node.tag for node in Reading(rendered(replace(document, blocks=blocks)).data).root.all() if node.tag[0] == "H"
    ]
    assert headings == ["H1", "H2", "H1", "H1", "H1"]


def test_the_document_itself_is_inside_unless_bare() -> None:
    """``memo.json`` is an associated file, and gives the document back; its look is beside it; a bare file has none."""
    document = kitchen_sink()
    pdf = Reading(rendered(document).data).pdf
    assert list(pdf.attachments) == ["look.json", "memo.json"]
    assert from_json(pdf.attachments["memo.json"].get_file().read_bytes().decode()) == document
    assert read_look(pdf.attachments["look.json"].get_file().read_bytes().decode()) == Look(Style())
    assert {str(spec.AFRelationship) for spec in pdf.Root.AF} == {"/Source"}
    bare = Reading(rendered(document, bare=True).data).pdf
    assert list(bare.attachments) == []
    assert b"(memo.json)" in unpacked(rendered(document).data)
    assert b"memo.json" not in unpacked(rendered(document, bare=True).data)


def test_the_file_is_dated_by_the_memo() -> None:
    """Info and XMP bear the memo's own date, title and language."""
    pdf = Reading(rendered(kitchen_sink()).data).pdf
    assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20260202000000Z"
    with pdf.open_metadata() as xmp:
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-02-02T00:00:00Z"
        assert xmp["dc:title"] == str(pdf.docinfo["/Title"]) == kitchen_sink().metadata.title
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_it_says_how_many_pages_it_has() -> None:
    """The count that goes into records is the file's own."""
    made = rendered(kitchen_sink())
    assert made.pages == len(Reading(made.data).pdf.pages)


def test_a_character_without_a_glyph_is_a_problem() -> None:
    """Nothing is dropped in silence: each missing character is named, once."""
    document = kitchen_sink()
    strange = replace(document, metadata=replace(document.metadata, to="漢字 漢 \U0001f600"))
    _, problems = render(strange, Style())
    assert [problem.message for problem in problems] == [
        "no font has '漢' (U+6F22)", "no font has '字' (U+5B57)", "no font has '😀' (U+1F600)",
    ]  # fmt: skip
    assert all(isinstance(problem, Problem) and problem.code == "missing-glyph" for problem in problems)


def unpacked(data: bytes) -> bytes:
    """The same file with nothing compressed in it."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        alone = pikepdf.ObjectStreamMode.disable
        pdf.save(written, compress_streams=False, object_stream_mode=alone, static_id=True,
                 stream_decode_level=pikepdf.StreamDecodeLevel.generalized)  # fmt: skip
    return written.getvalue()


PRINT_DIGEST = """
import hashlib
from memo.renderers.pdf import render
from memo.facts.style import Style
from tests.documents import kitchen_sink
print(hashlib.sha256(render(kitchen_sink(), Style())[0].data).hexdigest())
"""


@pytest.mark.parametrize(("seed", "zone"), [("1", "Asia/Baku"), ("2", "America/New_York")])
def test_the_same_bytes_everywhere(seed: str, zone: str, tmp_path: Path) -> None:
    """Neither hash seed, time zone, clock, folder nor settings of ReportLab change the file."""
    (tmp_path / "reportlab_settings.py").write_text("invariant = 0\npageCompression = 0\n")
    root = str(Path(__file__).parent.parent)
    path = os.pathsep.join((root, str(tmp_path)))
    around = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path, "SOURCE_DATE_EPOCH": seed}
    made = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST], env=around, cwd=tmp_path, capture_output=True, check=True
    )
    assert made.stdout.decode().strip() == hashlib.sha256(rendered(kitchen_sink()).data).hexdigest()


def test_nothing_of_the_machine_gets_into_the_file() -> None:
    """No path, user or host name is in it, nor in any of its streams."""
    data = rendered(kitchen_sink()).data
    outside, whole = re.sub(rb"(?s)\nstream\n.*?\nendstream", b"", data), unpacked(data)
    assert b"Supplement" in whole
    names = {str(Path(__file__).parent.parent), str(Path.home()), os.uname().nodename if hasattr(os, "uname") else ""}
    for name in names - {"", "/"}:
        assert name.encode() not in outside + whole


def test_the_footer_bears_the_digest_of_what_the_file_carries() -> None:
    """The short digest on the page is that of ``memo.json``, so that paper and file can be told to be one."""
    data = rendered(kitchen_sink()).data
    pdf = Reading(data).pdf
    carried = pdf.attachments["memo.json"].get_file().read_bytes()
    assert hashlib.sha256(carried).hexdigest() == digest(kitchen_sink())
    assert digest(kitchen_sink())[:8] in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
