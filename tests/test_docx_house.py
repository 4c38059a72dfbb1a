"""House styles: a memo looks as an organisation's own Word file says, and loses no word by it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random

import docx
import pytest
from lxml import etree
from msgspec.structs import replace

from memo.document.furniture import furniture
from memo.document.tree import Document
from memo.facts.house_placeholders import PLACEHOLDERS
from memo.facts.style import Style
from memo.facts.style_file import load_style_file
from memo.pipeline import BuildOptions, build
from memo.problem import Problem
from memo.project import Project
from memo.renderers.docx import house_style, render
from memo.renderers.docx.house_style.styles import english
from tests.documents import kitchen_sink, note, paragraph
from tests.docx.houses import (
    GERMAN,
    HOUSES,
    UNFIT,
    annotated,
    asking,
    changed,
    fancy,
    german,
    headless,
    held,
    logo,
    pandocs,
    plain,
    saved,
)
from tests.docx.lint import faults
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
from tests.docx.read import R, W, notes, packed, parts, tree, words

SINK = kitchen_sink()


def housed(data: bytes, document: Document = SINK, problems: int = 0) -> bytes:
    """The document in this house style."""
    rendered, found = render(document, Style(), house=held(data))
    assert len(found) == problems, found
    return rendered.data


@pytest.fixture(scope="module", params=[*HOUSES, "pandoc's"])
def house(request: pytest.FixtureRequest) -> bytes:
    made = HOUSES.get(request.param, pandocs)()
    if made is None:
        pytest.skip("pandoc is missing: pip install pypandoc_binary")
    return made


@pytest.fixture(scope="module")
def memo(house: bytes) -> bytes:
    """The document with everything in each house style."""
    return render(SINK, Style(), house=held(house))[0].data


def lines(data: bytes) -> list[str]:
    """Every paragraph's words, a marking above the title aside."""
    every = [words(p) for p in tree(data).iter(f"{W}p")]
    return every[1:] if every[0] == SINK.metadata.banner else every


# What holds of every house style


def test_every_word_and_note_is_there_as_without_a_house_style(memo: bytes) -> None:
    own = render(SINK, Style())[0].data
    assert lines(memo) == lines(own)
    assert notes(memo) == notes(own)


def test_the_file_has_no_fault_of_structure(memo: bytes) -> None:
    assert faults(memo) == []


def test_nothing_of_the_house_styles_text_notes_and_comments_stays(memo: bytes) -> None:
    held_parts = parts(memo)
    everything = b"".join(held_parts.values())
    assert not [name for name in held_parts if "comment" in name or "glossary" in name or "people" in name]
    assert b"Mustertext" not in everything
    assert b"our template" not in everything
    assert b"Petra" not in everything


def test_it_is_the_same_bytes_twice(house: bytes, memo: bytes) -> None:
    assert render(SINK, Style(), house=held(house))[0].data == memo


def test_notes_are_numbered_through(memo: bytes) -> None:
    assert tree(memo).find(f".//{W}numRestart") is None
    assert tree(memo, "word/settings.xml").find(f".//{W}numRestart") is None


@needs_sdk
@pytest.mark.conformance
def test_the_open_xml_sdk_finds_nothing(memo: bytes, tmp_path: Path) -> None:
    assert sdk_errors(memo, tmp_path) == []


@needs_audit
@pytest.mark.conformance
def test_openxml_audit_finds_nothing(memo: bytes, tmp_path: Path) -> None:
    assert audit_errors(memo, tmp_path) == []


# Styles


def styles_used(data: bytes) -> dict[str, str]:
    """The names of the styles of the body's paragraphs, by what begins them."""
    names = {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")
        for style in tree(data, "word/styles.xml").iter(f"{W}style")
    }
    return {words(p)[:12]: names[p[0][0].get(f"{W}val")] for p in tree(data).iter(f"{W}p")}


def test_german_styles_are_used_by_their_names() -> None:
    used = styles_used(housed(german(), problems=1))
    assert used["Executive su"] == "Überschrift 1"
    assert used["A second lev"] == "Überschrift 2"
    assert used["first level,"] == "Aufzählungszeichen"
    assert used["item 9"] == "Listennummer"
    assert used["Somebody’s v"] == "Zitat"
    assert used["Table 1. Pos"] == "Beschriftung"
    assert used["Every block "] == "Titel"
    assert used["Nothing is s"] == "Bottom Line"


def test_an_alias_counts_where_no_name_does() -> None:
    data = changed(
        plain(), "word/styles.xml", '<w:name w:val="Quote"/>', '<w:name w:val="Our words"/><w:aliases w:val="X,Quote"/>'
    )
    assert styles_used(housed(data))["Somebody’s v"] == "Our words"


@pytest.mark.parametrize(
    ("local", "name"),
    [
        *((local, english.casefold()) for english, local in GERMAN.items()),
        ("Titre", "title"), ("Titre 2", "heading 2"), ("Kop 1", "heading 1"), ("Rubrik", "title"),
        ("Заголовок 3", "heading 3"), ("Liste à puces 2", "list bullet 2"), ("Corpo de texto", "body text"),
        ("heading 1", "heading 1"), ("Our Own 2", "our own 2"), ("Rubrik 2", "heading 2"),
    ],
)  # fmt: skip
def test_a_built_in_style_is_known_by_its_name_in_another_language(local: str, name: str) -> None:
    assert english(local) == name


def test_a_house_style_may_have_styles_by_memos_own_names() -> None:
    data = housed(fancy(), problems=0)
    assert styles_used(data)["Nothing is s"] == "Bottom Line"
    tables = {one.get(f"{W}val") for one in tree(data).iter(f"{W}tblStyle")}
    assert tables == {"MemoMemoTable"}, "the house style's MemoTable is a paragraph style"


def test_a_list_style_without_a_bullet_gets_one() -> None:
    root = tree(plain(), "word/styles.xml")
    for style in root.iter(f"{W}style"):
        for number in style.findall(f"{W}pPr/{W}numPr") if style.get(f"{W}styleId") == "ListBullet" else ():
            number.getparent().remove(number)
    data = housed(packed(parts(plain()) | {"word/styles.xml": etree.tostring(root)}))
    assert faults(data) == []
    style = next(s for s in tree(data, "word/styles.xml").iter(f"{W}style") if s.get(f"{W}styleId") == "ListBullet")
    assert style.find(f"{W}pPr/{W}numPr/{W}numId") is not None


def test_each_numbered_list_follows_the_house_styles_model_and_starts_where_it_says() -> None:
    data = housed(plain())
    numbering = tree(data, "word/numbering.xml")
    models = {num.get(f"{W}numId"): num.find(f"{W}abstractNumId").get(f"{W}val") for num in numbering.iter(f"{W}num")}
    style = next(s for s in tree(data, "word/styles.xml").iter(f"{W}style") if s.get(f"{W}styleId") == "ListNumber")
    item = next(p for p in tree(data).iter(f"{W}p") if words(p) == "item 9")
    number = item.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
    assert models[number] == models[style.find(f".//{W}numId").get(f"{W}val")]
    start = numbering.find(f"{W}num[@{W}numId='{number}']/{W}lvlOverride/{W}startOverride")
    assert start.get(f"{W}val") == "9"


def test_words_in_the_memos_language_are_not_read_as_the_house_styles() -> None:
    document = replace(SINK, metadata=replace(SINK.metadata, language="az"))
    said = {one.get(f"{W}val") for one in tree(housed(plain(), document), "word/styles.xml").iter(f"{W}lang")}
    assert said == {"az-Latn-AZ"}


# Page


def test_letterhead_logo_and_page_set_up_stay() -> None:
    data = housed(german(), problems=1)
    found = parts(data)
    (header,) = [name for name in found if name.startswith("word/house-") and "header" in name]
    assert words(tree(data, header)) == " Amt für Beispiele"
    assert logo() in found.values()
    assert "word/header1.xml" not in found
    size = tree(data).find(f".//{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("8391", "11906")


def test_tables_and_figures_are_as_wide_as_the_house_styles_page() -> None:
    table = tree(housed(german(), problems=1)).find(f".//{W}tblGrid")
    assert sum(int(column.get(f"{W}w")) for column in table) == pytest.approx((148 - 30) * 56.7, abs=2)


def test_a_house_style_without_header_and_footer_gets_memos() -> None:
    data = housed(plain())
    assert words(tree(data, "word/header1.xml")) == f"{SINK.metadata.banner}\t{SINK.metadata.short_title}"
    assert "Page 1 of 1" in words(tree(data, "word/footer1.xml"))


def test_other_first_and_even_pages_stay_and_memos_footer_is_on_all_of_them() -> None:
    data = housed(fancy())
    targets = {one.get("Id"): one.get("Target") for one in tree(data, "word/_rels/document.xml.rels")}
    section = tree(data).find(f".//{W}sectPr")
    shown = {
        (etree.QName(link).localname[:6], link.get(f"{W}type")): words(
            tree(data, f"word/{targets[link.get(f'{R}id')]}")
        )
        for link in section
        if link.get(f"{R}id")
    }
    assert [shown["header", type] for type in ("first", "default", "even")] == [
        "First page only",
        "Other pages",
        "Even pages",
    ]
    assert len({shown["footer", type] for type in ("first", "default", "even")}) == 1
    assert section.find(f"{W}titlePg") is not None


def test_a_marking_without_a_place_in_the_header_stands_above_the_title_and_is_warned_of() -> None:
    rendered, problems = render(SINK, Style(), house=held(german()))
    assert words(next(tree(rendered.data).iter(f"{W}p"))) == SINK.metadata.banner
    (problem,) = problems
    assert (problem.code, problem.severity) == ("bad-house-style", "warning")
    assert "above the title only" in problem.message
    assert "{banner}" in problem.hint


def test_a_header_that_asks_for_marking_and_title_gets_them() -> None:
    data = housed(asking())
    (header,) = [name for name in parts(data) if name.startswith("word/house-") and "header" in name]
    assert words(tree(data, header)) == f"{SINK.metadata.banner} | {SINK.metadata.short_title} | {{nothing}}"
    (footer,) = [name for name in parts(data) if name.startswith("word/house-") and "footer" in name]
    assert SINK.metadata.reference in words(tree(data, footer))


def test_what_a_header_asks_for_that_nothing_fills_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    section = document.sections[0]
    header = section.header.paragraphs[0]
    header.add_run("{bann")
    header.add_run("ner} — {author} {banner}")
    section.footer.paragraphs[0].text = "{as of} · {{title}} · { date } · {edition}"
    document.add_paragraph("{nothing} in the text, which does not stay")
    (tmp_path / "office.docx").write_bytes(saved(document))
    (tmp_path / "style.yaml").write_text("house-style: office.docx\n", encoding="utf-8")
    file, problems = load_style_file(tmp_path / "style.yaml", tmp_path)
    assert file.house is not None
    told = {problem.message.split(" asks for ")[1].split(",")[0]: problem.hint for problem in problems}
    assert told == {
        "{bannner}": "did you mean 'banner'?",
        "{author}": told["{author}"],
        "{as of}": "did you mean 'as-of'?",
        "{{title}}": "write {title}",
        "{ date }": "write {date}",
    }
    assert told["{author}"].startswith("known are: banner, title")
    assert {problem.place.line for problem in problems} == {1}


def test_what_a_header_may_ask_for_is_what_is_filled_in() -> None:
    shown = furniture(kitchen_sink().metadata, Style(), "")
    assert tuple(house_style._token_values(shown, kitchen_sink().metadata)) == PLACEHOLDERS


def test_a_memo_made_the_house_style_does_not_leak_into_the_next() -> None:
    other = Document(replace(SINK.metadata, title="Another", short_title="Another"), (paragraph("x", note("y")),))
    data = housed(annotated(), other, problems=1)
    assert notes(data).keys() == notes(render(other, Style())[0].data).keys()
    assert faults(data) == []


# What cannot serve


@pytest.mark.parametrize("kind", UNFIT)
def test_a_file_that_cannot_serve_is_a_problem_where_style_yaml_names_it(kind: str, tmp_path: Path) -> None:
    make, said = UNFIT[kind]
    house, problems = loaded(make(), tmp_path)
    (problem,) = problems
    assert house is None
    assert said in problem.message
    assert str(problem.place) == "templates/style.yaml:1:14"
    assert problem.hint


def test_a_file_that_is_not_there_is_a_problem_too(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "style.yaml").write_text("house-style: office.docx\n")
    _, problems = load_style_file(tmp_path / "templates" / "style.yaml", tmp_path)
    assert [problem.message for problem in problems] == [
        "templates/office.docx cannot be read: No such file or directory"
    ]


@pytest.mark.parametrize("name", ["../office.docx", "/etc/office.docx", "office.doc", "C:office.docx"])
def test_a_house_style_is_a_word_file_beside_style_yaml(name: str, tmp_path: Path) -> None:
    (tmp_path / "style.yaml").write_text(f"house-style: '{name}'\n")
    file, problems = load_style_file(tmp_path / "style.yaml", tmp_path)
    assert [problem.code for problem in problems] == ["bad-value"]
    assert file.style.house_style == ""


def loaded(data: bytes, folder: Path) -> tuple[object, list[Problem]]:
    templates = folder / "templates"
    templates.mkdir()
    (templates / "style.yaml").write_text("house-style: office.docx\n")
    (templates / "office.docx").write_bytes(data)
    file, problems = load_style_file(templates / "style.yaml", folder)
    return file.house, problems


def test_good_files_are_none(house: bytes, tmp_path: Path) -> None:
    found, problems = loaded(house, tmp_path)
    assert [problem.message for problem in problems if "asks for {nothing}" not in problem.message] == []
    assert found is not None


def test_a_package_that_does_not_hold_together_is_a_problem() -> None:
    rendered, (problem,) = render(SINK, Style(), house=held(headless()))
    assert rendered.data == b""
    assert "does not open" in problem.message


def test_a_picture_from_outside_the_file_is_refused() -> None:
    found = parts(german())
    (links,) = [name for name in found if name.startswith("word/_rels/header")]
    outside = changed(
        german(), links, 'Target="media/image1.png"', 'Target="https://example.org/x.png" TargetMode="External"'
    )
    _, (problem,) = render(SINK, Style(), house=held(outside))
    assert "from outside the file (image)" in problem.message


@pytest.mark.parametrize("seed", range(12))
def test_a_part_with_random_damage_gives_a_sound_memo_or_a_problem(seed: int) -> None:
    chance = Random(seed)
    for _ in range(5):
        rendered, problems = render(SINK, Style(), house=held(damaged(chance)))
        assert rendered.data or [problem.severity for problem in problems] == ["error"]
        assert not rendered.data or faults(rendered.data) == []


def damaged(chance: Random) -> bytes:
    """A house style with an element gone, or an attribute gone or made nonsense."""
    found = parts(chance.choice((german, fancy))())
    name = chance.choice(
        [name for name in found if re.match(r"word/(styles|numbering|settings|document|header|footer)\d*\.xml", name)]
    )
    root = etree.fromstring(found[name])
    element = chance.choice(list(root.iter(etree.Element))[1:])
    if element.attrib and chance.random() < 0.7:
        element.set(chance.choice(list(element.attrib)), chance.choice(("x", "-1", "99999", "", "1.5")))
    else:
        element.getparent().remove(element)
    return packed(found | {name: etree.tostring(root)})


# Building


def test_a_changed_house_style_is_built_anew_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(Path(__file__).parent / "base", project)
    (project / "templates" / "style.yaml").write_text("house-style: office.dotx\n")
    file, output = project / "templates" / "office.dotx", tmp_path / "output"

    def built() -> list[float | None]:
        (made,) = build(Project(project), ["note"], output, BuildOptions(formats=("docx",)))
        assert [problem for problem in made.problems if problem.severity == "error"] == []
        return [written.seconds for written in made.files]

    file.write_bytes(HOUSES["plain"]())
    assert built() != [None]
    assert built() == [None]
    file.write_bytes(HOUSES["asking"]())
    assert built() != [None]
    assert built() == [None]


# LibreOffice


@needs_office
@needs_poppler
@pytest.mark.conformance
def test_libreoffice_shows_letterhead_and_every_heading(tmp_path: Path) -> None:
    text = pdf_text(office_pdf(housed(german(), problems=1), tmp_path))
    pages = [page for page in text.split("\f") if page.strip()]
    assert all("Amt für Beispiele" in page for page in pages)
    assert all(f"Seite {number}" in page for number, page in enumerate(pages, 1))
    assert "Executive summary" in text
