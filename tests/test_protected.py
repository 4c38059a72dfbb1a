"""No output falls on what was issued, on facts or templates, or on an input of its own, whatever path leads there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from memo.handover.versions import redline
from memo.pipeline import build
from memo.project import Project
from memo.protected_files import refuse_output
from tests.cases import BASE
from tests.test_issue import handed, whole


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    handed(tmp_path / "project", "Mayor")
    return tmp_path / "project"


def refused(project: Path, output: Path) -> bool:
    """Build into a folder, and tell whether that was refused; what was issued is as it was, either way."""
    [built] = build(Project(project), ["note"], output)
    whole(project)
    assert bool(built.files) != bool(built.problems)
    return [problem.code for problem in built.problems] == ["protected-file"]


@pytest.mark.parametrize(
    "output",
    [
        "issued", "issued/note/1", "issued/note/9", "issued/../issued/note/1", "./facts/harbour", "templates",
        "ISSUED/note/1", "Facts", "tEMPLATES/sections",
    ],
)  # fmt: skip
def test_a_build_goes_into_none_of_these_folders(project: Path, output: str) -> None:
    assert refused(project, project / output)


def test_a_build_follows_no_link_into_them(project: Path) -> None:
    (project / "elsewhere").symlink_to(project / "issued" / "note", target_is_directory=True)
    assert refused(project, project / "elsewhere" / "1")
    (project / "output").symlink_to(project / "elsewhere" / "1", target_is_directory=True)
    assert refused(project, Project(project).output)
    (project / "new").mkdir()
    (project / "new" / ".memo").symlink_to(project / "facts" / "harbour", target_is_directory=True)
    assert refused(project, project / "new")
    (project / "files").mkdir()
    (project / "files" / "note.pdf").symlink_to(project / "issued" / "note" / "1" / "note.pdf")
    assert refused(project, project / "files")


def test_a_file_that_is_linked_to_a_frozen_one_is_written_beside_it(project: Path) -> None:
    (project / "output").mkdir()
    (project / "output" / "note.pdf").hardlink_to(project / "issued" / "note" / "1" / "note.pdf")
    assert not refused(project, project / "output")


def test_what_another_project_issued_is_kept_as_well(project: Path) -> None:
    other = shutil.copytree(project, project.with_name("other"))
    assert refused(project, other / "issued" / "note" / "1")
    assert not refused(project, other / "output")
    assert not refused(project, project.with_name("issued"))  # a folder of that name that is in no project


def test_a_build_does_not_overwrite_its_house_style(project: Path) -> None:
    shutil.copy(project / "issued" / "note" / "1" / "note.docx", project / "note.docx")
    (project / "templates" / "house.docx").symlink_to(project / "note.docx")
    (project / "templates" / "style.yaml").write_text(
        "house-style: house.docx\norigins: {port-office: the port office}\n", "utf-8"
    )
    assert not refused(project, project / "output")
    before = (project / "note.docx").read_bytes()
    assert refused(project, project)
    assert (project / "note.docx").read_bytes() == before


def test_a_redline_is_written_over_no_file_but_a_redline(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.docx"
    for data in (b"", b"my own notes", (project / "issued/note/1/note.docx").read_bytes()):
        path.write_bytes(data)
        _, problems = redline(Project(project), "note/1", path)
        assert [problem.code for problem in problems] == ["protected-file"]
        assert path.read_bytes() == data
    _, problems = redline(Project(project), "note/1", path, overwrite=True)
    assert problems == []
    _, problems = redline(Project(project), "note/1", path)  # nothing has changed: that, too, is a redline
    assert problems == []


def test_a_place_is_known_by_what_it_is_and_not_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "project" / "facts").mkdir(parents=True)
    (tmp_path / "project" / "templates").mkdir()
    assert not refuse_output(tmp_path / "facts" / "note.pdf", tmp_path / "project")
    assert not refuse_output(tmp_path / "project" / "issued-to-press" / "note.pdf", tmp_path / "project")
    assert not refuse_output(tmp_path / "project" / "output" / "facts" / "note.pdf", tmp_path / "project")
