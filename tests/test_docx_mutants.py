"""The watchers are watched: a file with one fault in it is caught by the validator, the audit or the lint named for it.

Nothing but the fault tells a mutant from a good file, in which none of the three finds anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from msgspec.structs import replace

from memo.document.tree import Document, Figure, Link, Mark, Paragraph, Text
from memo.facts.style import Style
from memo.renderers.docx import render
from tests.documents import kitchen_sink
from tests.docx.lint import faults
from tests.docx.oracles import audit_errors, needs_audit, needs_sdk, sdk_errors
from tests.docx.read import packed, parts

Catcher = Literal["lint", "SDK", "audit"]
Parts = dict[str, bytes]
BODY, NOTES, STYLES, LISTS = (f"word/{name}.xml" for name in ("document", "footnotes", "styles", "numbering"))
FOOTER, LINKS, TYPES = "word/footer1.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"


class Mutant(NamedTuple):
    """One fault: what it is, how it is planted, and who catches it."""

    fault: str
    plant: Callable[[Parts], None]
    caught: tuple[Catcher, ...]


def put(part: str, old: str, new: str, count: int = 1) -> Callable[[Parts], None]:
    """Replace what a regular expression finds in a part; it must be there."""

    def plant(held: Parts) -> None:
        text, made = re.subn(old, new, held[part].decode(), count=count, flags=re.DOTALL)
        assert made, f"{old} is not in {part}"
        held[part] = text.encode()

    return plant


def drop(part: str) -> Callable[[Parts], None]:
    """Leave a part out."""

    def plant(held: Parts) -> None:
        del held[part]

    return plant


MUTANTS = (
    Mutant("an element that Word does not know", put(BODY, "<w:keepNext/>", "<w:keepNextt/>"), ("SDK", "audit")),
    Mutant(
        "properties out of order",
        put(BODY, r'(<w:pStyle w:val="Caption"/>)(<w:keepNext/>)', r"\2\1"),
        ("SDK", "audit"),
    ),
    Mutant("a colour that is none", put(STYLES, 'w:color w:val="[0-9A-F]{6}"', 'w:color w:val="bluish"'), ("SDK",)),
    Mutant("a date that is none", put(BODY, 'w:date="[^"]*"', 'w:date="yesterday"'), ("SDK", "audit")),
    Mutant(
        "a cell without a paragraph",
        put(BODY, r"(<w:tc>(?:(?!</w:tc>).)*?</w:tcPr>).*?</w:tc>", r"\1</w:tc>"),
        ("audit",),
    ),
    Mutant("two bookmarks of one name", put(BODY, 'w:name="_memo_2"', 'w:name="_memo_1"'), ("lint",)),
    Mutant(
        "a bookmark whose name is too long",
        put(BODY, 'w:name="_memo_2"', f'w:name="_{"m" * 44}"'),
        ("lint", "SDK", "audit"),
    ),
    Mutant(
        "two annotations of one id",
        put(BODY, r'(bookmark(?:Start|End) w:id=)"\d+"', r'\1"1"', count=2),
        ("lint",),
    ),
    Mutant("a bookmark that does not end", put(BODY, r"<w:bookmarkEnd [^>]*>", ""), ("lint",)),
    Mutant("a link to no bookmark", put(BODY, 'w:anchor="[^"]*"', 'w:anchor="_heading_99"'), ("lint",)),
    Mutant("a page reference to no bookmark", put(FOOTER, " PAGE ", " PAGEREF _heading_99 "), ("lint",)),
    Mutant("live text in a deletion", put(BODY, r"<w:delText (.*?)</w:delText>", r"<w:t \1</w:t>"), ("lint",)),
    Mutant(
        "deleted text outside a deletion",
        put(BODY, r"<w:t (xml:space=[^>]*>Bottom line)</w:t>", r"<w:delText \1</w:delText>"),
        ("lint",),
    ),
    Mutant("spaces that Word drops", put(BODY, '<w:t xml:space="preserve">(?= )', "<w:t>"), ("lint",)),
    Mutant("a field that does not end", put(BODY, r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""), ("lint",)),
    Mutant(
        "a field that ends twice", put(FOOTER, r'(<w:r><w:fldChar w:fldCharType="end"/></w:r>)', r"\1\1"), ("lint",)
    ),
    Mutant(
        "a list number that is not there",
        put(BODY, r'<w:numId w:val="\d+"/>', '<w:numId w:val="77"/>'),
        ("lint", "audit"),
    ),
    Mutant(
        "a list without its model",
        put(LISTS, '<w:abstractNumId w:val="1"/>', '<w:abstractNumId w:val="77"/>'),
        ("lint", "audit"),
    ),
    Mutant("a tenth level of lists", put(BODY, '<w:ilvl w:val="1"/>', '<w:ilvl w:val="9"/>'), ("lint",)),
    Mutant(
        "a style that is not there",
        put(BODY, '<w:pStyle w:val="Caption"/>', '<w:pStyle w:val="Legend"/>'),
        ("lint", "audit"),
    ),
    Mutant(
        "a style built on none",
        put(STYLES, '<w:basedOn w:val="BodyText"/>|<w:basedOn w:val="TableText"/>', '<w:basedOn w:val="None"/>'),
        ("lint", "audit"),
    ),
    Mutant(
        "two styles of one id",
        put(STYLES, 'w:styleId="ListBullet2"', 'w:styleId="ListBullet3"'),
        ("lint", "SDK", "audit"),
    ),
    Mutant("two styles of one name", put(STYLES, 'w:val="List Bullet 2"', 'w:val="List Bullet 3"'), ("lint",)),
    Mutant("two drawings of one id", put(BODY, r'(wp:docPr id=)"2"', r'\1"1"'), ("lint", "SDK")),
    Mutant("a picture without alternative text", put(BODY, r'(wp:docPr [^>]*) descr="[^"]*"', r"\1"), ("lint",)),
    Mutant(
        "a picture that is not related", put(BODY, r'r:embed="rId\d+"', 'r:embed="rId999"'), ("lint", "SDK", "audit")
    ),
    Mutant("a related part that is missing", drop("word/media/image1.png"), ("lint", "SDK", "audit")),
    Mutant(
        "a web address told as a part",
        put(LINKS, 'TargetMode="External"', 'TargetMode="Internal"'),
        ("lint", "SDK", "audit"),
    ),
    Mutant("a kind of part that is not declared", put(TYPES, '<Default Extension="svg"[^>]*/>', ""), ("lint", "SDK")),
    Mutant(
        "notes declared as plain XML",
        put(TYPES, '<Override PartName="/word/footnotes.xml"[^>]*/>', ""),
        ("SDK", "audit"),
    ),
    Mutant(
        "a reference to no note",
        put(BODY, '<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="99"/>'),
        ("lint", "SDK", "audit"),
    ),
    Mutant("a note that nothing refers to", put(BODY, '<w:footnoteReference w:id="1"/>', ""), ("lint",)),
    Mutant("no rule above the notes", put(NOTES, ' w:type="separator"', ""), ("lint",)),
    Mutant("cells of other widths than their columns", put(BODY, r'<w:tcW w:w="\d+"', '<w:tcW w:w="5"'), ("lint",)),
    Mutant("a column that is not in the grid", put(BODY, r'<w:gridCol w:w="\d+"/>', ""), ("lint",)),
    Mutant("a table without a header row", put(BODY, "<w:tblHeader/>", ""), ("lint",)),
    Mutant(
        "nothing between two tables",
        put(BODY, r'(</w:tbl>)<w:p><w:pPr><w:pStyle w:val="MemoGap"/></w:pPr></w:p>', r"\1"),
        ("lint",),
    ),
    Mutant("a document without a title", put("docProps/core.xml", "<dc:title>.*?</dc:title>", ""), ("lint",)),
    Mutant("a trace of the machine", put(BODY, 'w:author="', 'w:author="/home/'), ("lint",)),
)
"""Who is named catches it; that another does, too, is not ruled out."""


@pytest.fixture(scope="module")
def good() -> bytes:
    """A document with everything: tracked changes, two figures and a link to a heading, too."""
    document = kitchen_sink()
    figure = next(block for block in document.blocks if isinstance(block, Figure))
    changed = Paragraph((Text("gone", mark=Mark("deleted")), Text("come", mark=Mark("inserted"))))
    linked = Paragraph((Link((Text("see"),), "#risks"),))
    blocks = (changed, linked, *document.blocks, figure)
    return render(Document(replace(document.metadata), blocks), Style())[0].data


def mutated(good: bytes, mutant: Mutant) -> bytes:
    held = parts(good)
    mutant.plant(held)
    return packed(held)


def by(catcher: Catcher) -> list[object]:
    return [pytest.param(mutant, id=mutant.fault) for mutant in MUTANTS if catcher in mutant.caught]


def test_the_lint_finds_nothing_in_the_file_that_mutants_are_made_of(good: bytes) -> None:
    assert faults(good) == []


@pytest.mark.parametrize("mutant", by("lint"))
def test_the_lint_catches(good: bytes, mutant: Mutant) -> None:
    assert faults(mutated(good, mutant))


@needs_sdk
@pytest.mark.conformance
@pytest.mark.parametrize("mutant", by("SDK"))
def test_the_open_xml_sdk_catches(good: bytes, mutant: Mutant, tmp_path: Path) -> None:
    assert sdk_errors(mutated(good, mutant), tmp_path)


@needs_audit
@pytest.mark.conformance
@pytest.mark.parametrize("mutant", by("audit"))
def test_openxml_audit_catches(good: bytes, mutant: Mutant, tmp_path: Path) -> None:
    assert audit_errors(mutated(good, mutant), tmp_path)


def test_the_docs_say_who_catches_what() -> None:
    """The table in docs/word.md is this list."""
    rows = [f"| {mutant.fault} | {', '.join(mutant.caught)} |" for mutant in MUTANTS]
    page = (Path(__file__).parents[1] / "docs" / "word.md").read_text("utf-8")
    assert "\n".join(rows) in page
