"""What was given another name goes on: a memo, its dossier's folder, the file of a section."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cases import BASE
from tests.test_issue import edit as edit_sheet
from tests.test_issue import handed
from tests.test_join import memo


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of which edition 1 of the note was issued to two."""
    shutil.copytree(BASE, tmp_path / "project")
    handed(tmp_path / "project", "Council", "Mayor")
    return tmp_path / "project"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def rename_memo(project: Path) -> None:
    (project / "templates" / "note.md").rename(project / "templates" / "brief.md")
    with (project / "templates" / "brief.md").open("a", encoding="utf-8") as file:
        file.write("\n\n{{ changes() }}\n")


def test_a_renamed_memo_goes_on_from_the_edition_that_it_names(project: Path) -> None:
    rename_memo(project)
    edit_sheet(project, "two berths", "three berths")
    assert "no edition 'note/2' was issued" in issued(project, "Council", "note/2", exits=1)
    assert "brief/1 issued to Council" in issued(project, "Council", "note/1")
    said = memo(project, "diff", "note/1", "brief/1")
    assert "[-two-]{+three+}" in said
    assert "[-two-]{+three+}" in memo(project, "diff", "note/1")
    statement = (project / "issued" / "brief" / "1" / "memo.json").read_text("utf-8")
    assert "Changed since edition 1 of 14 March 2031" in statement
    assert "is an edition of this memo itself" in issued(project, "Council", "brief/1", exits=1)
    assert [line.split("  ")[0] for line in memo(project, "register").splitlines()[1:]] == [
        "note/1",
        "note/1",
        "brief/1",
    ]
    assert "note/1   2031-03-15  Council  brief/1" in memo(project, "register")
    edit_sheet(project, "two berths", "four berths")
    found = memo(project, "impact", "--today", "2031-03-17", exits=1)
    assert [line for line in found.splitlines() if "held by" in line] == [
        "  note/1, held by Mayor",
        "  brief/1, held by Council",
    ]
    assert [line for line in memo(project, "impact", "--since", "brief/1", exits=1).splitlines() if "held" in line] == [
        "  brief/1, held by Council"
    ]
    assert "brief/1 was issued after it" in memo(project, "verify", f"{project}/issued/note/1/note.pdf", exits=1)
    assert "brief/2 issued to Mayor" in memo(project, "issue", "brief", "--to", "Mayor", "--date", "2031-03-18")
    assert "note/1   2031-03-15  Mayor    brief/2" in memo(project, "register")


def issued(project: Path, to: str, replaces: str, exits: int = 0) -> str:
    return memo(project, "issue", "brief", "--to", to, "--replaces", replaces, "--date", "2031-03-16", exits=exits)


def test_a_renamed_dossier_is_found_by_the_name_that_it_had(project: Path) -> None:
    (project / "facts" / "harbour").rename(project / "facts" / "quay")
    sheet = project / "facts" / "quay" / "harbour.yaml"
    edit(project / "templates" / "note.md", "dossier: harbour", "dossier: quay")
    assert "formerly: [harbour]" in memo(project, "impact", exits=1)
    edit(sheet, "subjects: [port]", "subjects: [port]\nformerly: [harbour]")
    assert memo(project, "impact", "--today", "2031-03-17") == "no copy is affected\n"
    memo(project, "verify", f"{project}/issued/note/1/note.pdf", "--today", "2031-03-17")
    edit(sheet, "two berths in", "three berths in")
    assert "held by Council; Mayor" in memo(project, "impact", "--today", "2031-03-17", exits=1)
    said = memo(project, "verify", f"{project}/issued/note/1/note.pdf", "--today", "2031-03-17", exits=1)
    assert "fact 'berths-open' has changed" in said


def test_a_section_file_that_was_renamed_makes_no_new_edition(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    template, sections = project / "templates" / "note.md", project / "templates" / "sections"
    sections.mkdir()
    (sections / "rail.md").write_text('# Rail\n\n{{ fact("rail-link") }}\n\n- {{ fact("berths-open") }}\n', "utf-8")
    with template.open("a", encoding="utf-8") as file:
        file.write('\n\n{% include "sections/rail.md" %}\n\nSee [there](#rail).\n')
    first = handed(project, "Mayor")
    (sections / "rail.md").rename(sections / "railway.md")
    edit(template, "sections/rail.md", "sections/railway.md")
    edit(template, "(#rail)", "(#railway)")
    again = handed(project, "Council")
    assert (again.number, again.files) == (1, first.files)
    edit(sections / "railway.md", "# Rail", "# The railway")
    assert handed(project, "Council").number == 2
