"""Do the checks bite? One thing at a time is broken in a sound PDF, and it is shown which check notices.

``UA`` and ``A`` are veraPDF's profiles for PDF/UA-1 and PDF/A-3a, with the clause and test that fails; ``own`` is
``tests/pdf/sound.py``. What only ours finds, a validator cannot know: it does not know the memo.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from memo.facts.style import Style
from memo.renderers.pdf import render
from tests.documents import kitchen_sink
from tests.pdf.sound import faults
from tests.pdf.vera import violations


@cache
def sound() -> bytes:
    """The kitchen sink's PDF."""
    return render(kitchen_sink(), Style())[0].data


def broken(break_it: Callable[[Pdf], None]) -> bytes:
    """The same with one thing broken."""
    pdf, out = pikepdf.open(io.BytesIO(sound())), io.BytesIO()
    break_it(pdf)
    pdf.save(out)
    return out.getvalue()


def caught(data: bytes) -> set[str]:
    """Which checks notice: ``UA 7.3-1``, ``A 6.2.3-2``, ``own notes``."""
    vera = {re.sub(r"PDF/(UA|A)-\w+ (\S+) .*", r"\1 \2", said, flags=re.DOTALL) for said in violations(data)}
    return vera | {"own " + fault.split(":")[0] for fault in faults(data, kitchen_sink())}


# Ways to find things


def elements(pdf: Pdf, tag: str) -> list[Any]:
    """The structure elements with that tag."""
    return [
        each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == "/" + tag and "/P" in each
    ]


def areas(pdf: Pdf) -> list[Any]:
    """The active areas of all links."""
    return [area for page in pdf.pages for area in page.get("/Annots", [])]


def inner_areas(pdf: Pdf) -> list[Any]:
    """Those that lead to a place in the file."""
    return [area for area in areas(pdf) if "/Dest" in area]


def fonts(pdf: Pdf) -> list[Any]:
    """The fonts of the pages."""
    return list(pdf.pages[0].Resources.Font.values())


def rewrite(pdf: Pdf, old: bytes, new: bytes, page: int = 0) -> None:
    """Replace the first of these in a page's content; it must be there."""
    content = pdf.pages[page].Contents[0]
    data = content.read_bytes()
    assert old in data
    content.write(data.replace(old, new, 1))


def rewrite_xmp(pdf: Pdf, old: bytes, new: bytes) -> None:
    """Replace all of these in the XMP packet."""
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new))


# Ways to break things

Break = Callable[[Pdf], None]
BREAKS: list[tuple[Break, set[str]]] = []
"""Each way, and the checks that notice."""


def noticed_by(*checks: str) -> Callable[[Break], Break]:
    """Enter a way to break the file, with the checks that notice."""

    def enter(break_it: Break) -> Break:
        BREAKS.append((break_it, set(checks)))
        return break_it

    return enter


@noticed_by("UA 7.3-1", "own alternatives")
def alt_missing(pdf: Pdf) -> None:
    del elements(pdf, "Figure")[0]["/Alt"]


@noticed_by("UA 7.1-3", "own marked_once", "own page_order", "own words")
def mark_missing(pdf: Pdf) -> None:
    rewrite(pdf, b"/P <</MCID 0>> BDC", b"/P BMC")


@noticed_by("UA 7.1-3")
def artifact_mark_missing(pdf: Pdf) -> None:
    rewrite(pdf, b"/Artifact BMC", b"/Span BMC")


@noticed_by("UA 7.1-3", "own marked_once")
def artifact_in_the_tree(pdf: Pdf) -> None:
    marks = len(pdf.Root.StructTreeRoot.ParentTree.Nums[1])
    rewrite(pdf, b"/Artifact BMC", b"/P <</MCID %d>> BDC" % marks)


@noticed_by("own marked_once", "own page_order", "own words")
def text_made_artifact(pdf: Pdf) -> None:
    rewrite(pdf, b"/P <</MCID 0>> BDC", b"/Artifact BMC")


@noticed_by("own page_order")
def marks_swapped(pdf: Pdf) -> None:
    content = pdf.pages[0].Contents[0]
    first, second = re.findall(rb"/P <</MCID (\d+)>> BDC", content.read_bytes())[1:3]
    swapped = {first: second, second: first}
    content.write(re.sub(rb"(?<=MCID )\d+", lambda hit: swapped.get(hit[0], hit[0]), content.read_bytes()))


@noticed_by("own page_order", "own words")
def tree_reordered(pdf: Pdf) -> None:
    kids = pdf.Root.StructTreeRoot.K.K
    kids[5], kids[6] = kids[6], kids[5]


@noticed_by("UA 7.1-3", "UA 7.18.5-1", "own annotations", "own parent_tree")
def parent_tree_missing(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot["/ParentTree"]


@noticed_by("own parent_tree")
def parent_tree_entry_wrong(pdf: Pdf) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0] = owners[1]


@noticed_by("own marked_once", "own parent_tree", "own words")
def element_missing(pdf: Pdf) -> None:
    kids = pdf.Root.StructTreeRoot.K.K
    del kids[len(kids) - 1]


@noticed_by("UA 7.2-2", "UA 7.2-22", "UA 7.2-24", "UA 7.2-30", "UA 7.2-33", "UA 7.2-34")
def language_missing(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]
    del pdf.Root.StructTreeRoot.K["/Lang"]


@noticed_by("A 6.7.4-1", "UA 7.2-29")
def language_of_a_passage_wrong(pdf: Pdf) -> None:
    elements(pdf, "Span")[0].Lang = String("not a language")


@noticed_by("UA 7.1-9", "own title")
def title_missing(pdf: Pdf) -> None:
    start, end = b"<dc:title>", b"</dc:title>"
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data[: data.index(start)] + data[data.index(end) + len(end) :])


@noticed_by("UA 7.1-10")
def title_not_shown(pdf: Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


@noticed_by("own title")
def title_differs(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = String("Another title")


@noticed_by("UA 7.5-1")
def scope_missing(pdf: Pdf) -> None:
    for cell in elements(pdf, "TH"):
        del cell["/A"]


@noticed_by("UA 7.2-43", "own marked_once", "own parent_tree", "own words")
def row_short(pdf: Pdf) -> None:
    row = elements(pdf, "TR")[1]
    del row.K[len(row.K) - 1]


@noticed_by("UA 7.2-20", "own marked_once", "own page_order")
def item_without_label(pdf: Pdf) -> None:
    elements(pdf, "LI")[0].K = Array([*elements(pdf, "LI")[0].K, elements(pdf, "P")[0]])


@noticed_by("UA 7.4.2-1", "own levels")
def level_skipped(pdf: Pdf) -> None:
    elements(pdf, "H2")[0].S = Name("/H4")


@noticed_by("UA 7.4.2-1", "own bookmarks", "own levels", "own links")
def heading_made_paragraph(pdf: Pdf) -> None:
    elements(pdf, "H2")[0].S = Name("/P")


@noticed_by("A 6.7.3.4-1", "UA 7.1-5")
def role_unknown(pdf: Pdf) -> None:
    elements(pdf, "BlockQuote")[0].S = Name("/Callout")


@noticed_by("A 6.7.2.2-1", "UA 6.2-1")
def not_marked(pdf: Pdf) -> None:
    del pdf.Root["/MarkInfo"]


@noticed_by("UA 7.1-4")
def suspects(pdf: Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@noticed_by("UA 5-1")
def ua_not_claimed(pdf: Pdf) -> None:
    rewrite_xmp(pdf, b"<pdfuaid:part>1</pdfuaid:part>", b"")


@noticed_by("A 6.6.4-2")
def a_claimed_wrongly(pdf: Pdf) -> None:
    rewrite_xmp(pdf, b"<pdfaid:part>3<", b"<pdfaid:part>1<")


@noticed_by("A 6.6.4-3")
def level_claimed_wrongly(pdf: Pdf) -> None:
    rewrite_xmp(pdf, b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<")


@noticed_by("A 6.6.2.1-1", "UA 7.1-8", "own title")
def xmp_missing(pdf: Pdf) -> None:
    del pdf.Root["/Metadata"]


@noticed_by("UA 7.18.3-1")
def tab_order_missing(pdf: Pdf) -> None:
    del pdf.pages[0]["/Tabs"]


@noticed_by("UA 7.18.1-2", "UA 7.18.5-2", "own annotations")
def link_without_words(pdf: Pdf) -> None:
    del areas(pdf)[0]["/Contents"]


@noticed_by("UA 7.18.5-1", "own annotations")
def link_without_parent(pdf: Pdf) -> None:
    del areas(pdf)[0]["/StructParent"]


@noticed_by("own annotations")
def link_with_wrong_parent(pdf: Pdf) -> None:
    first, second = areas(pdf)[:2]
    first.StructParent, second.StructParent = second.StructParent, first.StructParent


@noticed_by("A 6.3.2-2")
def link_hidden(pdf: Pdf) -> None:
    areas(pdf)[0].F = 6


@noticed_by("own readable")
def link_to_nowhere(pdf: Pdf) -> None:
    del inner_areas(pdf)[0]["/Dest"]


@noticed_by("own notes")
def reference_leads_to_another_page(pdf: Pdf) -> None:
    inner_areas(pdf)[0].Dest[0] = pdf.pages[2].obj


@noticed_by("own notes")
def reference_leads_to_another_note(pdf: Pdf) -> None:
    inner_areas(pdf)[0].Dest[3] = 700


@noticed_by("own links")
def web_link_leads_elsewhere(pdf: Pdf) -> None:
    next(area for area in areas(pdf) if "/A" in area).A.URI = String("https://example.org/elsewhere")


@noticed_by("UA 7.9-1", "own notes")
def note_without_id(pdf: Pdf) -> None:
    del elements(pdf, "Note")[0]["/ID"]


@noticed_by("UA 7.9-2", "own notes")
def notes_with_one_id(pdf: Pdf) -> None:
    first, second = elements(pdf, "Note")[:2]
    first.ID = second.ID


@noticed_by("own notes", "own page_order", "own words")
def note_far_from_its_reference(pdf: Pdf) -> None:
    heading = elements(pdf, "H1")[0]
    kids = list(heading.K)
    note = next(kid for kid in kids if isinstance(kid, Dictionary) and kid.get("/S") == "/Note")
    heading.K = Array([kid for kid in kids if not isinstance(kid, Dictionary) or kid.objgen != note.objgen])
    root = pdf.Root.StructTreeRoot.K
    note.P = root
    root.K.append(note)


@noticed_by("own bookmarks")
def bookmark_leads_to_another_page(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest[0] = pdf.pages[2].obj


@noticed_by("own bookmarks")
def bookmark_leads_to_another_height(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest[3] = 100


@noticed_by("own bookmarks")
def bookmark_with_another_title(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Another")


@noticed_by("A 6.2.11.4.1-1", "UA 7.21.4.1-1")
def font_not_embedded(pdf: Pdf) -> None:
    del fonts(pdf)[0].FontDescriptor["/FontFile2"]


@noticed_by("A 6.2.11.5-1", "UA 7.21.5-1")
def widths_wrong(pdf: Pdf) -> None:
    font = fonts(pdf)[0]
    font.Widths = Array([int(width) + 100 for width in font.Widths])


@noticed_by("A 6.2.11.7.2-1", "UA 7.21.7-1", "own readable")
def meaning_of_codes_missing(pdf: Pdf) -> None:
    del fonts(pdf)[0]["/ToUnicode"]


@noticed_by("own words")
def meaning_of_a_code_wrong(pdf: Pdf) -> None:
    font = max(fonts(pdf), key=lambda font: len(font.Widths))
    data = font.ToUnicode.read_bytes()
    pairs = re.findall(rb"<[0-9A-F]{2}> <[0-9A-F]{4}>", data)
    font.ToUnicode.write(data.replace(pairs[5], pairs[5][:5] + b"<005A>"))


@noticed_by("own title")
def said_otherwise(pdf: Pdf) -> None:
    rewrite(pdf, b"/Title <</MCID 1>> BDC", b"/Title <</MCID 1 /ActualText (Nothing)>> BDC")


@noticed_by("A 6.2.4.3-2")
def output_intent_missing(pdf: Pdf) -> None:
    del pdf.Root["/OutputIntents"]


@noticed_by("A 6.8-4", "own inside")
def association_missing(pdf: Pdf) -> None:
    del pdf.Root["/AF"]


@noticed_by("A 6.8-3", "own inside")
def relationship_missing(pdf: Pdf) -> None:
    del pdf.Root.AF[0]["/AFRelationship"]


@noticed_by("own inside")
def relationship_wrong(pdf: Pdf) -> None:
    pdf.Root.AF[0].AFRelationship = Name("/Data")


@noticed_by("own inside")
def another_document_inside(pdf: Pdf) -> None:
    file = pdf.Root.AF[0].EF.F
    file.write(file.read_bytes().replace(b"Bold lead words", b"Lean lead words"))


@noticed_by("A 6.5.1-1")
def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@pytest.mark.parametrize(("break_it", "by"), [pytest.param(*each, id=each[0].__name__) for each in BREAKS])
def test_what_is_broken_is_noticed(break_it: Break, by: set[str]) -> None:
    """Each of these is found by the checks that are named with it, and perhaps by more."""
    assert by <= caught(broken(break_it))


def test_a_validator_alone_would_not_do() -> None:
    """Some breaks pass both of veraPDF's profiles: only a check that knows the memo finds them."""
    ours = [break_it for break_it, by in BREAKS if all(name.startswith("own") for name in by)]
    assert len(BREAKS) > 50
    assert len(ours) > 15


def test_the_sound_file_is_sound() -> None:
    """What is broken below was whole before."""
    assert caught(broken(lambda _: None)) == set()
