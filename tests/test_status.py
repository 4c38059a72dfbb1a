"""`memo status`: fresh, or stale and because of what."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from memo import record as records
from memo.facts.edtf import parse
from memo.handover.freshness import status
from memo.handover.issuing import Handover, issue
from memo.pipeline import BuildOptions, build
from memo.project import Project
from tests.cases import BASE

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A built project: a memo with an included section."""
    folder = tmp_path / "project"
    shutil.copytree(BASE, folder)
    (folder / "templates" / "sections").mkdir()
    (folder / "templates" / "sections" / "outlook.md").write_text("# Outlook\n\nIt is open.\n", "utf-8")
    add(folder, "templates/note.md", '\n{% include "sections/outlook.md" %}\n')
    built(folder)
    return folder


USUAL = BuildOptions()


def built(folder: Path, options: BuildOptions = USUAL) -> list[str]:
    [one] = build(Project(folder), ["note"], folder / "output", options)
    assert one.files, one.problems
    return [file.format for file in one.files if file.seconds is not None]


def add(folder: Path, path: str, text: str) -> None:
    (folder / path).write_text((folder / path).read_text("utf-8") + text, "utf-8")


def edit(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), "utf-8")


def why(folder: Path) -> list[str]:
    """The reasons, once it is made sure that a build thinks so, too."""
    [one] = status(Project(folder), ["note"], folder / "output")
    kept = {path: path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()}
    [again] = build(Project(folder), ["note"], folder / "output", BuildOptions())
    rendered = not again.files or any(file.seconds is not None for file in again.files)
    assert rendered == bool(one.reasons)
    for path, data in kept.items():
        path.write_bytes(data)
    return [f"{reason.cause} {reason.name}".strip() for reason in one.reasons]


SHEET = "facts/harbour/harbour.yaml"
NOTE_CHANGED = "template-changed templates/note.md"
BOTH_CHANGED = ["fact-changed berths-open", "fact-changed rail-link"]


def test_what_was_just_built_is_fresh(project: Path) -> None:
    assert why(project) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (SHEET, "a rail link.", "a railway.", ["fact-changed rail-link"]),
        (SHEET, "name: Port of Halvern", "name: Halvern Port", ["fact-changed berths-open"]),
        (SHEET, "credibility: 3", "credibility: 4", ["fact-changed rail-link"]),
        (SHEET, "label: Halvern Gazette", "label: The Gazette", BOTH_CHANGED),
        ("templates/note.md", ' {{ fact("rail-link") }}', "", ["fact-removed rail-link", NOTE_CHANGED]),
        ("templates/note.md", "# Summary", "# In short", [NOTE_CHANGED]),
        ("templates/note.md", "to: Harbour", "to: Port", [NOTE_CHANGED]),
        ("templates/sections/outlook.md", "open", "unknown", ["template-changed templates/sections/outlook.md"]),
        ("templates/note.md", '{% include "sections/outlook.md" %}', "",
         [NOTE_CHANGED, "template-removed templates/sections/outlook.md"]),
        (SHEET, "subjects:", "# a line more\nsubjects:", []),
        (SHEET, "sections: [summary]", "sections: [summary, risks]", []),
        ("templates/note.md", "# Summary", "{# for writers #}\n# Summary", []),
    ],
)  # fmt: skip
def test_a_change_is_told_by_what_it_changed(project: Path, path: str, old: str, new: str, expected: list[str]) -> None:
    edit(project, path, old, new)
    assert why(project) == expected


def test_a_fact_that_came_in_is_named(project: Path) -> None:
    edit(project, "templates/note.md", ' {{ fact("rail-link") }}', "")
    built(project)
    edit(project, "templates/note.md", '{{ fact("berths-open") }}', '{{ fact("berths-open") }} {{ fact("rail-link") }}')
    assert why(project) == ["fact-added rail-link", "template-changed templates/note.md"]


def test_a_source_that_no_fact_shows_is_told_by_its_sheet(project: Path) -> None:
    add(project, "templates/note.md", "\n# Sources\n\n{{ sources() }}\n")
    built(project)
    edit(project, SHEET, "descriptor: Local", "descriptor: Small local")
    assert why(project) == [f"sheet-changed {SHEET}"]


LOOP = "\n# All\n\n{% for one in facts() %}{{ one.claim }} {% endfor %}\n"


def split(project: Path) -> None:
    """The second fact gets a sheet of its own."""
    sheet = project / SHEET
    head, second = sheet.read_text("utf-8").split("  rail-link:")
    sheet.write_text(head, "utf-8")
    (sheet.parent / "a-rail.yaml").write_text("subjects: [port]\nfacts:\n  rail-link:" + second, "utf-8")


def test_a_sheet_that_was_split_is_named(project: Path) -> None:
    add(project, "templates/note.md", LOOP)
    built(project)
    split(project)
    assert why(project) == [f"facts-moved {SHEET} to facts/harbour/a-rail.yaml"]


def test_a_split_without_effect_leaves_the_memo_fresh(project: Path) -> None:
    split(project)
    assert why(project) == []


def test_a_sheet_in_another_order_is_named(project: Path) -> None:
    add(project, "templates/note.md", LOOP)
    built(project)
    sheet = project / SHEET
    head, one, other = re.split(r"(?=^  (?:berths-open|rail-link):)", sheet.read_text("utf-8"), flags=re.M)
    sheet.write_text(head + other + one, "utf-8")
    assert why(project) == [f"facts-reordered {SHEET}"]


def test_only_a_memo_that_says_what_changed_goes_by_a_new_edition(project: Path) -> None:
    add(project, "templates/note.md", LOOP)
    built(project)
    issue(Project(project), "note", Handover(("Council",), "2031-03-15"))
    split(project)
    assert why(project) == [f"facts-moved {SHEET} to facts/harbour/a-rail.yaml"]
    add(project, "templates/note.md", "\n# Changes\n\n{{ changes() }}\n")
    built(project)
    issue(Project(project), "note", Handover(("Council",), "2031-03-16"))
    assert why(project) == ["edition-issued note/2"]


def test_the_style_is_told(project: Path) -> None:
    (project / "templates" / "style.yaml").write_text("page: {size: Letter}\n", "utf-8")
    assert why(project) == ["style-changed templates/style.yaml"]


def test_a_house_style_is_told_by_its_file(project: Path) -> None:
    shutil.copy(project / "output" / "note.docx", project / "templates" / "office.docx")
    (project / "templates" / "style.yaml").write_text("house-style: office.docx\n", "utf-8")
    built(project)
    built(project, BuildOptions(bare=True))
    shutil.copy(project / "output" / "note.docx", project / "templates" / "office.docx")
    assert "house-style-changed templates/office.docx" in why(project)


@pytest.mark.parametrize(
    ("tool", "told"),
    [("reportlab-0.1.dist-info", "reportlab"), ("fonts 0", "fonts"), ("Python 2.7", "Python"), ("memo 0", "memo")],
)
def test_another_version_of_a_tool_is_told(
    project: Path, tool: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = records.tools()
    changed = tuple(tool if one.split(" ")[0].split("-")[0] == told else one for one in before)
    assert changed != before
    monkeypatch.setattr(records, "tools", lambda: changed)
    assert why(project) == [f"tool-changed {told}"]


def test_files_are_told_that_are_missing_or_were_altered_or_never_built(project: Path) -> None:
    (project / "output" / "note.docx").unlink()
    (project / "output" / "note.pdf").write_bytes(b"another")
    assert why(project) == ["file-missing note.docx", "file-altered note.pdf"]
    shutil.rmtree(project / "output")
    assert why(project) == ["never-built"]
    shutil.rmtree(project / "output", ignore_errors=True)
    built(project, BuildOptions(formats=("pdf",)))
    assert why(project) == ["file-not-built note.docx"]


def test_each_file_is_told_by_what_it_was_made_of_itself(project: Path) -> None:
    """One format was built again since the fact changed, the other not."""
    edit(project, SHEET, "a rail link.", "a railway.")
    assert built(project, BuildOptions(formats=("pdf",))) == ["pdf"]
    assert why(project) == ["fact-changed rail-link"]
    assert built(project) == ["docx"]


def test_options_of_the_last_build_are_told(project: Path) -> None:
    built(project, BuildOptions(bare=True))
    assert why(project) == ["built-with date -, bare True"]
    built(project, BuildOptions(date=parse("2031-04-01")))
    assert why(project) == ["built-with date 2031-04-01, bare False"]


def test_a_memo_with_errors_is_stale_because_of_them(project: Path) -> None:
    edit(project, "templates/note.md", "rail-link", "rail-lnk")
    assert why(project) == ["errors"]


def test_a_forced_build_of_one_format_forgets_nothing_of_the_other(project: Path) -> None:
    assert built(project, BuildOptions(formats=("pdf",), force=True)) == ["pdf"]
    assert why(project) == []


def test_a_record_that_cannot_be_read_counts_as_none(project: Path) -> None:
    path = records.path_of(project / "output", "note")
    plain = json.loads(path.read_text("utf-8"))
    for content in plain["made"]:
        plain["made"][content]["of a later version"] = 1
    path.write_text(json.dumps(plain), "utf-8")
    assert why(project) == ["never-built"]


def test_telling_that_all_is_fresh_loads_no_fact_and_no_template(project: Path) -> None:
    code = (
        "import sys; from memo.cli import main; main(['status'], standalone_mode=False);"
        "loaded = {name.split('.')[0] for name in sys.modules};"
        "print(sorted(loaded & {'docx', 'reportlab', 'yaml', 'jinja2', 'sentencex'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == ["note  fresh", "[]"]


def test_a_sheet_that_changes_while_memos_are_built_is_not_taken_for_read(project: Path) -> None:
    """The dossier was read for the first memo; the second is built from that, and is stale."""
    shutil.copy(project / "templates" / "note.md", project / "templates" / "other.md")
    results = build(Project(project), ["note", "other"], project / "output", BuildOptions(force=True))
    next(results)
    edit(project, SHEET, "a rail link.", "a railway.")
    list(results)
    stale = status(Project(project), ["note", "other"], project / "output")
    assert [[reason.cause for reason in one.reasons] for one in stale] == [["fact-changed"], ["fact-changed"]]


def test_a_sheet_that_comes_while_memos_are_built_is_not_taken_for_read(project: Path) -> None:
    add(project, "templates/note.md", '\n{% for f in facts(section="summary") %}{{ f.label }} {% endfor %}\n')
    shutil.copy(project / "templates" / "note.md", project / "templates" / "other.md")
    results = build(Project(project), ["note", "other"], project / "output", BuildOptions())
    next(results)
    more = "facts:\n  quay:\n    kind: assumption\n    claim: It holds.\n    label: Quay\n    judged_by: the desk\n"
    more += '    basis: Plans.\n    as_of: "2031-03-01"\n    sections: [summary]\n'
    (project / "facts" / "harbour" / "more.yaml").write_text(more, "utf-8")
    list(results)
    stale = status(Project(project), ["note", "other"], project / "output")
    assert [[reason.cause for reason in one.reasons] for one in stale] == [["fact-added"], ["fact-added"]]
