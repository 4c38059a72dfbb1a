"""A delivered file is put to the question: as issued, unaltered, current; every case has its plain answer."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from memo.cli import main
from memo.document.as_json import from_json, to_json
from memo.document.tree import Bar, Document, Event, Figure, Link, Metadata, Paragraph, Text
from memo.facts.edtf import Date, parse
from memo.facts.look import read_look
from memo.handover.verification import Verification, verify
from memo.handover.wording import first_difference
from memo.project import Project
from memo.renderers import render
from tests.cases import BASE
from tests.delivered.altered import edited_pdf, tracked, with_other_json, without_json, written_over
from tests.delivered.files import Format, changed, kept, made, saved_by_qpdf, without_carried
from tests.documents import kitchen_sink
from tests.docx.houses import german, plain
from tests.docx.oracles import needs_office, office_docx
from tests.docx.read import packed, parts

SINK = kitchen_sink()
PLAIN = Document(Metadata("A title", "A title", "A", "B", "2031", "2031"), ())


def day(text: str) -> Date:
    found = parse(text)
    assert found
    return found


TODAY = day("2031-04-01")


@dataclass(frozen=True)
class Issue:
    """A project with one edition issued, and its two files."""

    folder: Path
    docx: bytes
    pdf: bytes


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    folder = tmp_path_factory.mktemp("issue") / "project"
    shutil.copytree(BASE, folder)
    memo(folder, "issue", "note", "--to", "Harbour committee", "--date", "2031-03-15")
    frozen = folder / "issued" / "note" / "1"
    return Issue(folder, (frozen / "note.docx").read_bytes(), (frozen / "note.pdf").read_bytes())


def memo(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["-C", str(folder), *arguments], prog_name="memo")
    assert result.exit_code == 0, result.output
    return result.output


def asked(data: bytes, folder: Path, project: Path | None) -> Verification:
    """What is told of a file."""
    told, problems = verify(kept(data, folder, "delivered"), Project(project) if project else None, TODAY)
    assert problems == []
    assert told
    return told


def answers(told: Verification) -> tuple[str, str, str]:
    return told.issued.verdict, told.unaltered.verdict, told.current.verdict


TABLE: dict[str, tuple[Callable[[Issue], bytes], str, str]] = {
    "the PDF as issued": (lambda it: it.pdf, "yes yes yes", ""),
    "the DOCX as issued": (lambda it: it.docx, "yes yes yes", ""),
    "the PDF written again": (lambda it: saved_by_qpdf(it.pdf), "no yes yes", ""),
    "a number in the PDF": (lambda it: edited_pdf(it.pdf, "2030", "2031"), "no no yes", "two berths in 2031, the"),
    "a word in a note of the PDF": (lambda it: edited_pdf(it.pdf, "para", "rapa"), "no no yes", "rapa"),
    "a text box over the PDF": (lambda it: written_over(it.pdf, "Not so"), "no no yes", "Not so"),
    "a word in the DOCX": (
        lambda it: changed(it.docx, "word/document.xml", "intends to build", "has begun to build"),
        "no no yes",
        "has begun to build",
    ),
    "a note in the DOCX": (lambda it: changed(it.docx, "word/footnotes.xml", "para. 2", "para. 7"), "no no yes", "7"),
    "the footer of the DOCX": (
        lambda it: changed(it.docx, "word/footer1.xml", "Content ", "Content 0"),
        "no no yes",
        "its pages do not name the document that it carries",
    ),
    "the header of the DOCX": (
        lambda it: changed(it.docx, "word/header1.xml", "Halvern", "Elsewhere"),
        "no no yes",
        "Elsewhere",
    ),
    "a word hidden in the DOCX": (
        lambda it: changed(it.docx, "word/document.xml", "<w:t", "<w:rPr><w:vanish/></w:rPr><w:t"),
        "no no yes",
        "it should say “Policy memorandum",
    ),
    "the header taken out of the DOCX": (
        lambda it: changed(it.docx, "word/document.xml", "<w:headerReference ", "<w:footnotePr "),
        "no no yes",
        "",
    ),
    "a tracked change in the DOCX": (
        lambda it: tracked(it.docx, "intends", "promises"),
        "no no yes",
        "with them rejected, the text is as it was",
    ),
    "what the PDF carries": (
        lambda it: with_other_json(it.pdf, "a rail link", "a railway"),
        "no no yes",
        "its pages do not name the document that it carries",
    ),
    "the PDF without what it carried": (lambda it: without_json(it.pdf), "no yes yes", "its footer names"),
    "the DOCX without what it carried": (lambda it: without_carried(it.docx), "no yes yes", "its footer names"),
}
"""What was done to a file, the three answers in the project that it was issued from, and some words of them."""


@pytest.mark.parametrize("name", TABLE)
def test_an_issued_file_gets_these_answers_after(name: str, issue: Issue, tmp_path: Path) -> None:
    make, expected, said = TABLE[name]
    told = asked(make(issue), tmp_path, issue.folder)
    assert " ".join(answers(told)) == expected
    assert told.identity.memo == "note"
    assert said in "\n".join((*told.issued.details, *told.unaltered.details))
    assert told.holds == (expected == "yes yes yes")


@needs_office
def test_an_issued_word_file_saved_by_libreoffice_is_not_the_same_bytes_but_unaltered(
    issue: Issue, tmp_path: Path
) -> None:
    told = asked(office_docx(issue.docx, tmp_path), tmp_path, issue.folder)
    assert answers(told) == ("no", "yes", "yes")


@needs_office
def test_a_word_edited_in_a_copy_saved_by_libreoffice_is_found(issue: Issue, tmp_path: Path) -> None:
    saved = office_docx(changed(issue.docx, "word/document.xml", "two berths", "ten berths"), tmp_path)
    told = asked(saved, tmp_path, issue.folder)
    assert answers(told) == ("no", "no", "yes")
    here, there = told.unaltered.details[:2]
    assert "opened ten berths" in here
    assert "opened two berths" in there


def test_outside_of_any_project_only_the_wording_can_be_told(issue: Issue, tmp_path: Path) -> None:
    for data in (issue.docx, issue.pdf):
        assert answers(asked(data, tmp_path, None)) == ("unknown", "yes", "unknown")
    told = asked(edited_pdf(issue.pdf, "2030", "2031"), tmp_path, None)
    assert answers(told) == ("unknown", "no", "unknown")
    told = asked(without_json(issue.pdf), tmp_path, None)
    assert answers(told) == ("unknown", "unknown", "unknown")


def test_a_memo_of_another_project_is_nothing_that_was_issued_here(issue: Issue, tmp_path: Path) -> None:
    told = asked(made(SINK, "docx"), tmp_path, issue.folder)
    assert answers(told) == ("no", "yes", "unknown")
    assert told.identity.memo == ""
    assert "no one memo of this project bears its title" in told.current.text


def test_a_file_that_calls_itself_an_edition_is_not_believed(issue: Issue, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    told = asked(issue.pdf, tmp_path, project)
    assert answers(told) == ("no", "yes", "yes")
    assert told.issued.details == ("it calls itself edition 1, which the register does not bear out",)


def test_a_fact_that_is_gone_is_told(issue: Issue, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(issue.folder, project)
    sheet = project / "facts" / "harbour" / "harbour.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("  rail-link:", "  rail-line:"), "utf-8")
    told = asked(issue.pdf, tmp_path, project)
    assert answers(told) == ("yes", "yes", "no")
    assert told.current.details == ("fact 'rail-link' is no longer in dossier 'harbour'",)


def test_a_change_that_no_word_shows_is_told(issue: Issue, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(issue.folder, project)
    sheet = project / "facts" / "harbour" / "harbour.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("credibility: 3", "credibility: 5"), "utf-8")
    told = asked(issue.pdf, tmp_path, project)
    assert told.current.verdict == "no"
    assert "supports was" in told.current.details[0]
    told = asked(edited_pdf(issue.pdf, "2030", "2031"), tmp_path, project)
    assert told.current.verdict == "no"


def test_a_file_that_does_not_say_how_its_facts_stood_is_held_against_their_words(issue: Issue, tmp_path: Path) -> None:
    """Its document has no digests of its facts: only words can be compared, and that is said."""
    document = from_json((issue.folder / "issued" / "note" / "1" / "memo.json").read_text("utf-8"))
    data = made(replace(document, basis=()), "docx")
    told = asked(data, tmp_path, issue.folder)
    assert answers(told) == ("no", "yes", "unknown")
    assert told.current.details == ("it does not say how 2 facts stood: only words that it shows could be compared",)
    project = tmp_path / "project"
    shutil.copytree(issue.folder, project)
    sheet = project / "facts" / "harbour" / "harbour.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("a rail link.", "a railway."), "utf-8")
    told = asked(data, tmp_path, project)
    assert told.current.verdict == "no"
    assert "it said “The port office says that it intends to build a rail link.”" in told.current.details[0]


def test_a_dossier_with_errors_leaves_currency_untold(issue: Issue, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(issue.folder, project)
    (project / "facts" / "harbour" / "more.yaml").write_text("facts: [")
    told = asked(issue.pdf, tmp_path, project)
    assert answers(told) == ("yes", "yes", "unknown")
    assert "dossier 'harbour' has errors" in told.current.text


def test_a_memo_that_is_gone_from_the_project_is_still_told_by_its_edition(issue: Issue, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(issue.folder, project)
    (project / "templates" / "note.md").unlink()
    assert answers(asked(issue.pdf, tmp_path, project)) == ("yes", "yes", "yes")


def test_a_broken_register_is_told_and_what_stands_before_the_break_counts(issue: Issue, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(issue.folder, project)
    with (project / "issued" / "register.jsonl").open("a") as register:
        register.write("{}\n")
    told, problems = verify(kept(issue.pdf, tmp_path, "a.pdf"), Project(project), TODAY)
    assert told
    assert told.issued.verdict == "yes"
    assert [problem.code for problem in problems] == ["broken-register"]


def test_where_the_frozen_file_is_gone_its_document_is_rendered_again(issue: Issue, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(issue.folder, project)
    (project / "issued" / "note" / "1" / "note.pdf").unlink()
    told = asked(edited_pdf(issue.pdf, "2030", "2031"), tmp_path, project)
    assert told.unaltered.verdict == "no"
    assert "two berths in 2031" in told.unaltered.details[0]
    assert asked(saved_by_qpdf(issue.pdf), tmp_path, project).unaltered.verdict == "yes"


def test_a_file_without_a_look_is_held_against_memos_own_outside_of_its_project(tmp_path: Path) -> None:
    """As files of version 0.1.0 are, which carry none."""
    project = styled(tmp_path, "words: {en: {to: AN, from: VON}}\n")
    data = without_look((tmp_path / "out" / "note.docx").read_bytes())
    assert asked(data, tmp_path, project).unaltered.verdict == "yes"
    told = asked(data, tmp_path, None)
    assert told.unaltered.verdict == "no"
    assert told.unaltered.details[-1].startswith("compared with memo's own fixed words")


# The look that a file carries


def styled(folder: Path, style: str) -> Path:
    """A project with this style, built to ``out`` beside it."""
    project = folder / "project"
    shutil.copytree(BASE, project)
    (project / "templates" / "style.yaml").write_text(style, "utf-8")
    memo(project, "build", "--output", str(folder / "out"))
    return project


def without_look(data: bytes) -> bytes:
    return rewritten(data, r"<look>.*?</look>", "")


def with_look(data: bytes, look: str) -> bytes:
    return rewritten(data, r"<look>.*?</look>", f"<look>{look}</look>")


def rewritten(data: bytes, pattern: str, new: str) -> bytes:
    held = parts(data)
    item = "customXml/item1.xml"
    text, found = re.subn(pattern, lambda _: new, held[item].decode(), flags=re.DOTALL)
    assert found
    return packed(held | {item: text.encode()})


LOOKS = (
    "page: {size: Letter}\n",
    "page: {margin-left-mm: 45, margin-right-mm: 45, margin-top-mm: 60}\n",
    "sizes: {body: 13, body-leading: 19, title: 30, table: 12, note: 11}\n",
    "colours: {text: '#203040', tint: '#FFFFEE'}\ntables: {banded: true}\n",
    "words: {en: {to: AN, from: VON, page: 'Seite {page}', as-of: 'Stand {date}', bottom-line: 'Kurz: nein'}}\n",
    "banner: Only for the harbour\n",
)


@pytest.mark.parametrize("style", LOOKS)
def test_an_untouched_file_is_unaltered_wherever_it_is_verified(style: str, tmp_path: Path) -> None:
    styled(tmp_path, style)
    for format in ("docx", "pdf"):
        told = asked((tmp_path / "out" / f"note.{format}").read_bytes(), tmp_path, None)
        assert told.unaltered.verdict == "yes", told.unaltered


def test_a_look_says_nothing_that_no_page_shows(tmp_path: Path) -> None:
    """Neither an organisation's markings, nor its origins, nor the words of other languages."""
    style = "markings: [HUSH]\norigins: {a-spy: the spy}\nwords: {az: {to: KIMƏ}}\nhouse-style: ''\n"
    styled(tmp_path, style.replace("house-style: ''\n", ""))
    item = parts((tmp_path / "out" / "note.docx").read_bytes())["customXml/item1.xml"].decode()
    assert "<look>{" in item
    assert not any(word in item for word in ("HUSH", "spy", "KIM"))


def test_a_bare_file_carries_no_look() -> None:
    assert b"look" not in made(SINK, "pdf", bare=True)
    assert not any(b"<look>" in part for part in parts(made(SINK, "docx", bare=True)).values())


def test_a_word_file_in_a_house_style_that_is_not_at_hand_is_not_judged(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    (project / "templates" / "office.docx").write_bytes(german())
    (project / "templates" / "style.yaml").write_text("house-style: office.docx\n")
    memo(project, "build", "--output", str(tmp_path / "out"))
    data = (tmp_path / "out" / "note.docx").read_bytes()
    assert asked(data, tmp_path, project).unaltered.verdict == "yes"
    for each in (data, without_look(data)):
        told = asked(each, tmp_path, None).unaltered
        assert told.verdict == "unknown"
        assert "house style" in told.text
    assert asked((tmp_path / "out" / "note.pdf").read_bytes(), tmp_path, None).unaltered.verdict == "yes"
    (project / "templates" / "office.docx").write_bytes(plain())
    assert asked(data, tmp_path, project).unaltered.verdict == "unknown"


FALSE_LOOKS = {
    "words that no project has": '{"look":1,"style":{"words":{"en":{"to":"Not to"}}}}',
    "letters as white as the page": '{"look":1,"style":{"colours":{"text":"#FFFFFF"}}}',
    "a font of signs": '{"look":1,"style":{"fonts":{"docx":"Wingdings"}}}',
}


@pytest.mark.parametrize("name", FALSE_LOOKS)
def test_a_look_that_was_made_up_hides_nothing(name: str, issue: Issue, tmp_path: Path) -> None:
    """A forger writes a look, and pages just as they would be in it; the frozen file is gone."""
    document = from_json((issue.folder / "issued" / "note" / "1" / "memo.json").read_text("utf-8"))
    rendered, _ = render(document, read_look(FALSE_LOOKS[name]).style, "docx")
    project = tmp_path / "project"
    shutil.copytree(issue.folder, project)
    (project / "issued" / "note" / "1" / "note.docx").unlink()
    told, _ = verify(kept(rendered.data, tmp_path, "delivered"), Project(project), TODAY)
    assert told
    assert told.unaltered.verdict == "unknown"


@pytest.mark.parametrize(
    "look",
    [
        "nonsense", "[]", "{}", '{"look":2,"style":{}}', '{"look":true,"style":{}}', '{"look":1,"style":[]}',
        '{"look":1,"style":{"page":{"size":"A0"}}}', '{"look":1,"style":{"sizes":{"body":1e9}}}',
        '{"look":1,"style":{"sizes":{"body":NaN}}}', '{"look":1,"style":{"colours":{"text":"red"}}}',
        '{"look":1,"style":{"speed":1}}', '{"look":1,"style":{"banner":"a\\u202eb"}}',
        '{"look":1,"style":' + "[" * 5000,
        '{"look":1,"style":{"banner":"' + "a" * 300_000 + '"}}', '{"look":1,"style":{"banner":null}}',
    ],
)  # fmt: skip
def test_a_look_that_is_none_is_told(look: str, tmp_path: Path) -> None:
    told, (problem,) = verify(kept(with_look(made(SINK, "docx"), look), tmp_path, "delivered"), None, TODAY)
    assert told is None
    assert problem.code == "damaged-file"


# Documents that nobody wrote


STRANGE = {
    "a figure of no kind": Figure("pie", (Bar("a", "1", "1"),), "alt"),
    "a figure without data": Figure("bars", (), "alt"),
    "a timeline of bars": Figure("timeline", (Bar("a", "1", "1"),), "alt"),
    "a date that is none": Figure("timeline", (Event("2026-99", "then", "a"),), "alt"),
}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_a_document_that_makes_no_sense_still_gets_an_answer(name: str, format: Format, tmp_path: Path) -> None:
    """Somebody wrote it into the file by hand: it has the right form, and the pages say something else."""
    data = carrying(replace(PLAIN, blocks=(STRANGE[name],)), format)
    assert asked(data, tmp_path, None).unaltered.verdict in ("no", "unknown")


def test_a_document_with_a_figure_beyond_all_measure_is_not_drawn(tmp_path: Path) -> None:
    figure = Figure("bars", tuple(Bar("a", "1", "1") for _ in range(301)), "alt")
    told, (problem,) = verify(kept(carrying(replace(PLAIN, blocks=(figure,)), "docx"), tmp_path, "a.docx"), None, TODAY)
    assert told is None
    assert problem.code == "too-large"


def carrying(document: Document, format: Format) -> bytes:
    """An empty memo that carries another document."""
    data, old, new = made(PLAIN, format), to_json(PLAIN), to_json(document)
    return changed(data, "customXml/item1.xml", old, new) if format == "docx" else with_other_json(data, old, new)


def test_a_document_with_a_link_to_no_heading_is_damaged(tmp_path: Path) -> None:
    link = Link((Text("there"),), "#nowhere")
    data = carrying(replace(PLAIN, blocks=(Paragraph((link,)),)), "docx")
    told, (problem,) = verify(kept(data, tmp_path, "a.docx"), None, TODAY)
    assert told is None
    assert problem.code == "damaged-file"
    assert "a link to a heading that it lacks" in problem.message


# How a difference is shown

words = st.lists(st.sampled_from(["one", "two", "three", "four"]), min_size=1, max_size=40)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(words, words)
def test_the_first_difference_is_in_both_passages(ours: list[str], theirs: list[str]) -> None:
    """What is shown of either text stands in it, and the two passages are not the same."""
    one, other = " ".join(ours), " ".join(theirs)
    if one != other:
        found = first_difference(one, other)
        assert found.here != found.there
        for passage, text in ((found.here, one), (found.there, other)):
            assert passage.strip("… ") in text


def test_the_passage_begins_a_few_words_before_the_difference_and_ends_a_few_after() -> None:
    there = "It was on a cold bright day in April that the clocks struck thirteen, and nobody was surprised at it."
    found = first_difference(there.replace("thirteen", "twelve"), there)
    assert found.there == "… in April that the clocks struck thirteen, and nobody was surprised at it."


# The command


def test_the_exit_status_is_0_only_for_what_was_issued_and_is_current(issue: Issue, tmp_path: Path) -> None:
    good, bad = kept(issue.pdf, tmp_path, "good.pdf"), kept(saved_by_qpdf(issue.pdf), tmp_path, "bad.pdf")
    for path, status in ((good, 0), (bad, 1), (tmp_path / "none.pdf", 1)):
        result = CliRunner().invoke(main, ["-C", str(issue.folder), "verify", str(path), "--today", "2031-04-01"])
        assert result.exit_code == status, result.output


def test_without_a_project_here_and_none_named_the_file_alone_is_asked(
    issue: Issue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kept(issue.pdf, tmp_path, "sent.pdf")
    result = CliRunner().invoke(main, ["verify", "sent.pdf", "--json"])
    assert result.exit_code == 1
    told = json.loads(result.output)["file"]
    assert (told["issued"]["answer"], told["unaltered"]["answer"], told["memo"]) == ("unknown", "yes", "")
    result = CliRunner().invoke(main, ["-C", os.curdir, "verify", "sent.pdf"])
    assert "no-project" in result.output


def test_a_problem_of_the_file_is_the_whole_answer_in_json_too(tmp_path: Path) -> None:
    path = kept(b"%PDF-1.7\n", tmp_path, "a.pdf")
    result = CliRunner().invoke(main, ["verify", str(path), "--json"])
    told = json.loads(result.output)
    assert told["file"] is None
    assert [problem["code"] for problem in told["problems"]] == ["damaged-file"]
