"""What ``{{ changes() }}`` puts into a memo, and when that makes the memo stale."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from memo.cli import main
from memo.document.tree import is_statement
from memo.document.walk import inline_text, text_runs
from memo.project import Project, prepare
from tests.cases import BASE

SHEET = "facts/harbour/harbour.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose memo ends with its changes."""
    shutil.copytree(BASE, tmp_path / "project")
    note = tmp_path / "project/templates/note.md"
    note.write_text(note.read_text("utf-8") + "\n# Changes\n\n{{ changes() }}\n", "utf-8")
    return tmp_path / "project"


def run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["-C", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def said(folder: Path) -> list[str]:
    """What stands under the heading Changes."""
    memo = prepare(Project(folder), "note").memo
    assert memo is not None
    lines = [inline_text(run) for run in text_runs(memo.composed.document)]
    return lines[lines.index("Changes") + 1 :]


def revise(folder: Path) -> None:
    path = folder / SHEET
    text = path.read_text("utf-8").replace("opened two berths", "opened three berths")
    reason = '    revised: {date: "2031-03-10", reason: The port office corrected its count.}\n  rail-link:'
    path.write_text(text.replace("  rail-link:", reason), "utf-8")


def test_a_first_edition_says_that_it_is_the_first(folder: Path) -> None:
    assert said(folder) == ["This is the first edition."]


def test_an_unchanged_memo_says_that_nothing_changed_and_since_when(folder: Path) -> None:
    run(folder, "issue", "note", "--to", "Council", "--date", "2031-03-31")
    assert said(folder) == ["Nothing has changed since edition 1 of 14 March 2031."]


def test_a_changed_memo_tells_what_stood_there_what_does_and_why(folder: Path) -> None:
    run(folder, "issue", "note", "--to", "Council", "--date", "2031-03-31")
    revise(folder)
    assert said(folder) == [
        "Changed since edition 1 of 14 March 2031:",
        "Summary\n"
        "Was: The Port of Halvern opened two berths in 2030, the Halvern Gazette reports.\n"
        "Now: The Port of Halvern opened three berths in 2030, the Halvern Gazette reports.\n"
        "Reason: The port office corrected its count.",
    ]


def test_the_next_edition_keeps_what_it_said_and_the_one_after_compares_with_that(folder: Path) -> None:
    run(folder, "issue", "note", "--to", "Council", "--date", "2031-03-31")
    revise(folder)
    assert "note/2 issued" in run(folder, "issue", "note", "--to", "Council", "--date", "2031-03-31")
    assert said(folder) == ["Nothing has changed since edition 2 of 14 March 2031."]
    assert "note/2, unchanged" in run(folder, "issue", "note", "--to", "Mayor", "--date", "2031-03-31")
    assert "reason: The port office corrected its count." in run(folder, "diff", "note/1", "note/2")


def test_issuing_makes_a_built_memo_stale_since_it_now_tells_of_that_edition(folder: Path) -> None:
    run(folder, "build")
    run(folder, "issue", "note", "--to", "Council", "--date", "2031-03-31")
    assert "unchanged" not in run(folder, "build")
    assert run(folder, "build").count("unchanged") == 2


def test_all_that_changes_prints_bears_a_key_that_no_other_block_has(folder: Path) -> None:
    run(folder, "issue", "note", "--to", "Council", "--date", "2031-03-31")
    revise(folder)
    memo = prepare(Project(folder), "note").memo
    assert memo is not None
    assert [is_statement(block) for block in memo.composed.document.blocks] == [False, False, False, True, True]


def test_its_words_come_from_the_style(folder: Path) -> None:
    (folder / "templates/style.yaml").write_text("words:\n  en: {changes-first: Nothing came before.}\n", "utf-8")
    assert said(folder) == ["Nothing came before."]


def test_a_figure_that_shows_another_status_is_told(folder: Path) -> None:
    note = folder / "templates/note.md"
    figure = '{{ figure("timeline", facts=["berths-open", "rail-link"], alt="Steps.", caption="Steps") }}'
    note.write_text(note.read_text("utf-8").replace("\n# Changes", f"\n{figure}\n\n# Changes"), "utf-8")
    run(folder, "issue", "note", "--to", "Council", "--date", "2031-03-31")
    sheet = folder / SHEET
    sheet.write_text(sheet.read_text("utf-8").replace("status: announced", "status: done"), "utf-8")
    lead, change = said(folder)
    assert lead == "Changed since edition 1 of 14 March 2031:"
    assert change.splitlines()[1:] == [
        "Was: Figure 1: Rail link intended: announced",
        "Now: Figure 1: Rail link intended: done",
    ]


def test_what_memo_counts_itself_is_not_told(folder: Path) -> None:
    note = folder / "templates/note.md"
    text = note.read_text("utf-8").replace("{{ changes() }}", "{{ source_summary() }}\n\n{{ changes() }}")
    note.write_text(text, "utf-8")
    run(folder, "issue", "note", "--to", "Council", "--date", "2031-03-31")
    note.write_text(text.replace('{{ fact("rail-link") }}', ""), "utf-8")
    told = said(folder)[-1].splitlines()
    assert told[1:] == [
        "Removed: The port office says that it intends to build a rail link.",
        "Reason: The memo no longer uses this fact.",
    ]
    assert not any("facts" in line for line in told)
