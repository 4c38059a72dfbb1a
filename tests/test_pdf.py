"""The PDF as its readers find it: structure, text, links, marks of the standards it keeps."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings

from memo.document import Document
from memo.document_json import from_json
from memo.problem import Problem
from memo.rendered import Rendered
from memo.renderers.pdf import render
from memo.style import Style
from tests.documents import documents, kitchen_sink
from tests.pdf.reading import Node, Reading, tree_as_text
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


@SOME
@given(documents())
def test_any_document_keeps_pdf_ua_and_pdf_a(document: Document) -> None:
    """Whatever a memo holds, it passes veraPDF for both."""
    assert violations(rendered(document).data) == []


@SOME
@given(documents())
def test_everything_painted_is_in_the_tree_once_or_an_artifact(document: Document) -> None:
    """No ink is unmarked; every marked stretch has one owner, and the parent tree names the same."""
    reading = Reading(rendered(document).data)
    assert reading.unmarked == 0
    owned = list(reading.root.stretches())
    assert len(owned) == len(set(owned))
    assert set(owned) == set(reading.stretches)
    assert owners_by_parent_tree(reading) == owners_by_tree(reading.pdf.Root.StructTreeRoot.K, reading)


def owners_by_parent_tree(reading: Reading) -> dict[tuple[int, int], tuple[int, int]]:
    """Which element owns each marked stretch, as the parent tree has it."""
    nums = reading.pdf.Root.StructTreeRoot.ParentTree.Nums
    by_key = {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}
    return {
        (index, number): element.objgen
        for index, page in enumerate(reading.pdf.pages)
        for number, element in enumerate(by_key[int(page.StructParents)])
    }


def owners_by_tree(element: pikepdf.Object, reading: Reading) -> dict[tuple[int, int], tuple[int, int]]:
    """The same, as the tree itself has it."""
    node = reading._node(element)
    own = {kid: element.objgen for kid in node.kids if isinstance(kid, tuple)}
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            own.update(owners_by_tree(kid, reading))
    return own


def test_every_annotation_is_in_the_tree() -> None:
    """Each link's active area is known to the element it belongs to, and says in words what it is."""
    pdf = Reading(rendered(kitchen_sink()).data).pdf
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    by_key = {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}
    areas = [area for page in pdf.pages for area in page.get("/Annots", [])]
    assert len(areas) > 20
    for area in areas:
        owner = by_key[int(area.StructParent)]
        assert owner.S == "/Link"
        assert area.objgen in [
            kid.Obj.objgen for kid in owner.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid
        ]
        assert str(area.Contents)


def test_headings_do_not_skip_a_level_in_the_tree() -> None:
    """Where a document jumps from level 1 to 3, the tree still goes from H1 to H2 (ISO 14289-1, 7.4.2)."""
    document = kitchen_sink()
    blocks = tuple(block for block in document.blocks if getattr(block, "level", 1) != 2)
    headings = [
        node.tag for node in Reading(rendered(replace(document, blocks=blocks)).data).root.all() if node.tag[0] == "H"
    ]
    assert headings == ["H1", "H2", "H1", "H1", "H1"]


def test_bookmarks_and_links_lead_to_the_heading() -> None:
    """Each bookmark names a heading's page and height, and so does a link to it."""
    reading = Reading(rendered(kitchen_sink()).data)
    headings = {
        reading.text(node, but="Reference Note").strip(): node for node in reading.root.all() if node.tag[0] == "H"
    }
    with reading.pdf.open_outline() as outline:
        entries = [*outline.root, *(below for entry in outline.root for below in entry.children)]
        found = {str(entry.title): reading.destination(entry.destination) for entry in entries}
    assert len(found) == 5
    for title, (page, height) in found.items():
        at = next(headings[title].stretches())
        assert page == at[0]
        assert 0 < height - reading.stretches[at].baselines[0] < 20
    assert f"page {found['Risks'][0]} at {found['Risks'][1]:.0f}" in links(reading.root)


def links(root: Node) -> list[str]:
    """Where all links lead."""
    return [target for node in root.all() for _, target in node.links]


def test_the_document_itself_is_inside_unless_bare() -> None:
    """``memo.json`` is an associated file, and gives the document back; a bare file has none."""
    document = kitchen_sink()
    pdf = Reading(rendered(document).data).pdf
    assert list(pdf.attachments) == ["memo.json"]
    assert from_json(pdf.attachments["memo.json"].get_file().read_bytes().decode()) == document
    assert str(pdf.Root.AF[0].AFRelationship) == "/Source"
    bare = Reading(rendered(document, bare=True).data).pdf
    assert list(bare.attachments) == []
    assert b"memo.json" not in rendered(document, bare=True).data


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


PRINT_DIGEST = """
import hashlib
from memo.renderers.pdf import render
from memo.style import Style
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
    import hashlib

    assert made.stdout.decode().strip() == hashlib.sha256(rendered(kitchen_sink()).data).hexdigest()


def test_nothing_of_the_machine_gets_into_the_file() -> None:
    """No path, user or host name is in it, in any stream."""
    made = rendered(kitchen_sink())
    pdf = Reading(made.data).pdf
    streams = [obj.read_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream)]
    names = {str(Path(__file__).parent.parent), str(Path.home()), os.uname().nodename if hasattr(os, "uname") else ""}
    for name in names - {"", "/"}:
        assert not any(name.encode() in data for data in [made.data, *streams])
