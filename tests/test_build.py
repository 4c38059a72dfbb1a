"""The whole line, from fact sheets to the two files, on the project's own dossier and on small ones."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from memo.checks import ALL, Check
from memo.cli.command_build import _TimeLeft
from memo.document.walk import footnotes
from memo.facts.edtf import parse
from memo.facts.file_text import turning_for_nothing
from memo.fonts import INVISIBLE
from memo.fonts.unset import unset
from memo.pipeline import BuildOptions, Built, build
from memo.problem import Problem
from memo.project import CheckOptions, Project, prepare
from tests.cases import BASE
from tests.docx import read as docx
from tests.pdf.reading import Node, Reading

ROOT = Path(__file__).parent.parent
MEMOS = Project(ROOT).memos()


def bare(text: str) -> str:
    """The text without white space and without characters that have no ink."""
    return "".join(char for char in text if not char.isspace() and char not in INVISIBLE)


def pdf_body(data: bytes) -> str:
    """What the structure tree says, without notes, drawings and the numbers of lists; the title block's labels stay."""
    reading = Reading(data)
    blocks = [node for node in reading.root.kids if isinstance(node, Node)]
    numbers = {id(block): "" if block.entries.get("/ListNumbering") == "/None" else " Lbl" for block in blocks}
    return bare("".join(reading.said(block, "Note Reference Figure" + numbers[id(block)]) for block in blocks))


def pdf_notes(data: bytes) -> list[str]:
    reading = Reading(data)
    return [bare(reading.said(note, "Lbl")) for note in reading.find("Note")]


def docx_body(data: bytes) -> str:
    return bare("".join(one.text for one in (*docx.title_block(data), *docx.paragraphs(data))))


def docx_notes(data: bytes) -> list[str]:
    return [bare(text) for _, text in sorted(docx.notes(data).items())]


def built(project: Path, memo: str, output: Path) -> Built:
    [one] = build(Project(project), [memo], output, BuildOptions())
    assert not [problem for problem in one.problems if problem.severity == "error"], one.problems
    return one


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    for memo in MEMOS:
        built(ROOT, memo, folder)
    return folder


@pytest.mark.parametrize("memo", MEMOS)
def test_both_files_of_a_memo_say_the_same(memo: str, delivered: Path) -> None:
    """Letter by letter: what Word shows in capitals by its style, a PDF prints so and says as it was written."""
    pdf, word = ((delivered / f"{memo}.{format}").read_bytes() for format in ("pdf", "docx"))
    assert pdf_body(pdf) == docx_body(word)


@pytest.mark.parametrize("memo", MEMOS)
def test_every_footnote_is_there_in_both_files(memo: str, delivered: Path) -> None:
    pdf, word = ((delivered / f"{memo}.{format}").read_bytes() for format in ("pdf", "docx"))
    prepared = prepare(Project(ROOT), memo).memo
    assert prepared is not None
    assert len(docx_notes(word)) == len(footnotes(prepared.composed.document))
    assert pdf_notes(pdf) == docx_notes(word)


def copy_of(project: Path, folder: Path) -> Path:
    for name in ("facts", "templates"):
        shutil.copytree(project / name, folder / name)
    return folder


def test_a_changed_claim_changes_its_places_and_nothing_else(tmp_path: Path, delivered: Path) -> None:
    project = copy_of(ROOT, tmp_path)
    sheet = project / "facts" / "azerbaijan-nato" / "programme.yaml"
    old, new = "finalise an Individually Tailored Partnership", "conclude an Individually Tailored Partnership"
    text = sheet.read_text("utf-8")
    assert text.count(old) == 1
    sheet.write_text(text.replace(old, new), "utf-8")
    built(project, "azerbaijan-nato", tmp_path / "output")
    for read in (pdf_body, docx_body):
        suffix = "pdf" if read is pdf_body else "docx"
        before = read((delivered / f"azerbaijan-nato.{suffix}").read_bytes())
        after = read((tmp_path / "output" / f"azerbaijan-nato.{suffix}").read_bytes())
        assert before.count(bare(old)) == 1
        assert after == before.replace(bare(old), bare(new))


@pytest.mark.parametrize("changing", ["templates/note.md", "templates/end.md", "facts/harbour/harbour.yaml"])
def test_what_changes_while_a_memo_is_built_is_built_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changing: str
) -> None:
    """The record tells what was read, and not what stood there when all was done."""
    project, output = copy_of(BASE, tmp_path), tmp_path / "output"
    template = project / "templates" / "note.md"
    (project / "templates" / "end.md").write_text("Ends well.", "utf-8")
    template.write_text(template.read_text("utf-8") + '\n\n{% include "end.md" %}\n\nEnds so.\n', "utf-8")

    def change(_memo: object) -> list[Problem]:
        file = project / changing
        file.write_text(file.read_text("utf-8").replace("Ends", "Stops").replace("rail link", "railway"), "utf-8")
        return []

    with monkeypatch.context() as patched:
        patched.setattr("memo.checks.running.CHECKS", (Check(change),))
        first = docx_body(built(project, "note", output).files[0].path.read_bytes())
    again = built(project, "note", output)
    assert [file.seconds is None for file in again.files] == [False, False]
    assert docx_body(again.files[0].path.read_bytes()) != first
    assert [file.seconds is None for file in built(project, "note", output).files] == [True, True]


def test_a_sheet_or_a_file_to_include_that_was_not_there_is_noticed(tmp_path: Path) -> None:
    project = copy_of(BASE, tmp_path)
    template = project / "templates" / "note.md"
    template.write_text(template.read_text("utf-8") + '\n\n{% include "end.md" ignore missing %}\n', "utf-8")
    output = tmp_path / "output"
    built(project, "note", output)
    assert [one.seconds for one in built(project, "note", output).files] == [None, None]
    (project / "templates" / "end.md").write_text("The end.", "utf-8")
    assert "Theend." in docx_body(built(project, "note", output).files[0].path.read_bytes())
    assert [one.seconds for one in built(project, "note", output).files] == [None, None]
    (project / "facts" / "harbour" / "more.YAML").write_text("nonsense: here", "utf-8")
    [one] = build(Project(project), ["note"], output, BuildOptions())
    assert [problem.code for problem in one.problems] == ["unknown-key"]


def test_a_moved_line_renders_nothing_and_a_changed_fact_only_the_memos_that_use_it(tmp_path: Path) -> None:
    project = copy_of(BASE, tmp_path)
    (project / "templates" / "other.md").write_text(
        (project / "templates" / "note.md").read_text("utf-8").replace('{{ fact("rail-link") }}', ""), "utf-8"
    )
    output = tmp_path / "output"
    names = ["note", "other"]

    def rendered() -> list[str]:
        results = build(Project(project), names, output, BuildOptions())
        return [file.path.name for one in results for file in one.files if file.seconds is not None]

    assert len(rendered()) == 4
    assert rendered() == []
    sheet = project / "facts" / "harbour" / "harbour.yaml"
    sheet.write_text("# a line more\n" + sheet.read_text("utf-8"), "utf-8")
    assert rendered() == []
    sheet.write_text(sheet.read_text("utf-8").replace("a rail link.", "a railway."), "utf-8")
    assert rendered() == ["note.docx", "note.pdf"]
    (output / "other.pdf").write_bytes(b"")
    assert rendered() == ["other.pdf"]


def test_a_review_that_falls_due_is_told_by_the_next_build_which_renders_nothing(tmp_path: Path) -> None:
    project, output = copy_of(BASE, tmp_path), tmp_path / "output"
    sheet = project / "facts" / "harbour" / "harbour.yaml"
    sheet.write_text(sheet.read_text("utf-8") + '    review_by: "2031-06"\n', "utf-8")
    told = []
    for day in ("2031-06-30", "2031-06-30", "2031-07-01", "2031-07-01", "2031-06-30"):
        asked = Project(project, CheckOptions(today=parse(day)))
        [one] = build(asked, ["note"], output, BuildOptions())
        rendered = [file.seconds is not None for file in one.files]
        told.append((any(rendered), [problem.code for problem in one.problems if problem.code == "overdue"]))
    assert told == [(True, []), (False, []), (False, ["overdue"]), (False, ["overdue"]), (False, [])]


def test_the_same_inputs_give_the_same_bytes_whatever_the_surroundings(tmp_path: Path, delivered: Path) -> None:
    surroundings = (
        {"TZ": "Asia/Baku", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "99"},
    )
    for number, variables in enumerate(surroundings):
        project = copy_of(ROOT, tmp_path / f"a folder {number}")
        environment = {**os.environ, **variables, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-m", "memo", "build"], cwd=project, env=environment, check=True, timeout=120)
        for path in (project / "output").glob("[!.]*.*"):
            assert path.read_bytes() == (delivered / path.name).read_bytes(), path.name


def test_no_path_and_no_user_gets_into_a_file(delivered: Path) -> None:
    for path in delivered.glob("*.docx"):
        held = b"".join(docx.parts(path.read_bytes()).values())
        assert str(ROOT).encode() not in held
    for path in delivered.glob("*.pdf"):
        assert str(ROOT).encode() not in path.read_bytes()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_killed_build_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    project = copy_of(BASE, tmp_path)
    built(project, "note", project / "output")
    whole = {(project / "output" / f"note.{format}").read_bytes() for format in ("docx", "pdf")}
    sheet = project / "facts" / "harbour" / "harbour.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("a rail link.", "a railway."), "utf-8")
    built(project, "note", tmp_path / "new")
    whole |= {(tmp_path / "new" / f"note.{format}").read_bytes() for format in ("docx", "pdf")}
    command = [sys.executable, "-m", "memo", "build", "--force"]
    for attempt in range(12):
        process = subprocess.Popen(
            command, cwd=project, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
        )
        time.sleep(0.08 + attempt * 0.03)
        process.kill()
        process.wait()
        for format in ("docx", "pdf"):
            assert (project / "output" / f"note.{format}").read_bytes() in whole


@pytest.mark.skipif(os.name != "posix", reason="this system cannot ask for a process")
def test_a_build_clears_away_what_a_killed_one_left_half_written(tmp_path: Path) -> None:
    """What a process that still runs is writing stays."""
    project = copy_of(BASE, tmp_path)
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    records = project / "output" / ".memo"
    records.mkdir(parents=True)
    left = [project / "output" / f".note.pdf.{gone.pid}.part", records / f".note.json.{gone.pid}.part"]
    kept = [project / "output" / f".note.pdf.{os.getppid()}.part", project / "output" / ".own.part"]
    for path in left + kept:
        path.write_bytes(b"half")
    built(project, "note", project / "output")
    assert [path for path in left + kept if path.exists()] == kept


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(BASE, tmp_path_factory.mktemp("base"))


CLAIMS = st.text(
    st.one_of(
        st.sampled_from("*_`#[]()<>&{}%\"'\\|~-+=!$^ .:;/@"),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]),
        st.sampled_from("אבגشسə€–’ҚЖΩ։Աგ́️🚂\u202e\u200d"),
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: any(char.isalnum() for char in text))


class Quoted(str):
    """A text that YAML is to have in double quotes, as a careful writer would."""


yaml.SafeDumper.add_representer(
    Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("ALMOST CERTAIN")
@example("Trade grew.")
@given(CLAIMS)
def test_any_claim_comes_out_of_both_files_as_it_went_in_or_is_a_problem_at_its_line(base: Path, claim: str) -> None:
    sheet = base / "facts" / "harbour" / "harbour.yaml"
    facts = yaml.safe_load((BASE / "facts" / "harbour" / "harbour.yaml").read_text("utf-8"))
    facts["facts"]["rail-link"]["claim"] = Quoted(claim)
    sheet.write_text(yaml.safe_dump(facts, allow_unicode=True, width=1000), "utf-8")
    line = next(
        number for number, text in enumerate(sheet.read_text("utf-8").splitlines(), 1) if text.startswith("  rail-link")
    )
    [one] = build(Project(base), ["note"], base / "output", BuildOptions(force=True))
    errors = [problem for problem in one.problems if problem.severity == "error"]
    claim = normalize("NFC", claim)
    if re.search("[\u2028-\u202e]", claim) or any(turning_for_nothing(claim)):
        assert one.files == ()
        assert "bad-character" in {problem.code for problem in errors}
        return
    lacking = list(unset(claim))
    if lacking:
        assert one.files == ()
        assert {problem.code for problem in errors} == {"missing-glyph"}
        told = "".join(problem.message for problem in errors)
        assert all((stretch.script or stretch.text[:1]) in told for stretch in lacking)
        assert all(problem.place.path.endswith("harbour.yaml") for problem in errors)
        assert all(line <= problem.place.line for problem in errors)
        [word] = build(Project(base), ["note"], base / "output", BuildOptions(formats=("docx",), force=True))
        assert bare(claim) in docx_body(word.files[0].path.read_bytes())
        return
    if errors:  # words that mean something to a check, such as a likelihood
        assert one.files == ()
        assert {problem.code for problem in errors} <= {check.code for check in ALL}
        assert all(problem.place.path.endswith("harbour.yaml") for problem in errors)
        assert all(line <= problem.place.line for problem in errors)
        return
    for file, read in zip(one.files, (docx_body, pdf_body), strict=True):
        assert bare(claim) in read(file.path.read_bytes())


def test_every_command_shows_help_that_names_its_options() -> None:
    from click.testing import CliRunner

    from memo.cli import main

    for command in main.commands:
        result = CliRunner().invoke(main, [command, "--help"])
        assert result.exit_code == 0
        assert re.search(r"Usage: .*" + command, result.output)


def test_checking_loads_neither_word_nor_pdf_library(tmp_path: Path) -> None:
    project = copy_of(BASE, tmp_path)
    code = (
        "import sys; from click.testing import CliRunner; from memo.cli import main;"
        "assert CliRunner().invoke(main, sys.argv[1:]).exit_code == 0;"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'docx', 'reportlab', 'yaml', 'jinja2'}))"
    )

    def loaded(*arguments: str) -> str:
        command = [sys.executable, "-c", code, *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command, cwd=project, env=environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    assert loaded("--help") == "[]"
    assert loaded("check") == "['jinja2', 'yaml']"
    assert "reportlab" not in loaded("build", "--format", "docx")
    assert loaded("build", "--format", "docx") == "[]"


def test_every_step_needs_no_more_than_a_project_and_what_it_is_about(tmp_path: Path) -> None:
    """Without options: all memos, into the project's own folder, as of today."""
    from memo.handover.affected_copies import impact
    from memo.handover.freshness import status
    from memo.handover.issuing import Handover, issue
    from memo.handover.verification import verify
    from memo.handover.versions import diff, redline
    from memo.project import CheckOptions, check

    # The port's memo is dated after the clock of the tests.
    project = Project(copy_of(BASE, tmp_path), CheckOptions(today=parse("2031-03-31")))
    assert not [problem for problem in check(project).problems if problem.severity == "error"]
    assert [one.reasons[0].cause for one in status(project)] == ["never-built"]
    assert [file.path for one in build(project) for file in one.files] == [
        project.folder / "output" / "note.docx",
        project.folder / "output" / "note.pdf",
    ]
    assert [one.reasons for one in status(project)] == [()]
    issued, _ = issue(project, "note", Handover(("Mayor", "Mayor")))
    assert issued is not None
    assert (issued.entry.to, issued.entry.date) == (("Mayor",), "2031-03-31")
    assert impact(project) == ([], [])
    compared, _ = diff(project, "note/1")
    assert compared is not None
    assert (compared.new.name, compared.document.changes) == ("note", ())
    _, problems = redline(project, "note/1", tmp_path / "redline.pdf")
    assert problems == []
    assert (tmp_path / "redline.pdf").exists()
    verified, _ = verify(project.folder / issued.entry.folder / "note.pdf", project)
    assert verified is not None
    assert verified.holds


@pytest.mark.parametrize(("start", "each"), [(3.0, 0.5), (0.1, 4.0)])
def test_the_time_left_is_told_by_how_fast_memos_come_since_the_first(start: float, each: float) -> None:
    times = iter([start + each * number for number in range(20)])
    left = _TimeLeft(20, lambda: next(times))
    for number, _ in enumerate(left.watch(Built(f"memo-{number}", (), []) for number in range(20)), 1):
        rest = round((20 - number) * each)
        words = f"about {rest // 60} min {rest % 60} s left" if rest >= 60 else f"about {max(1, rest)} s left"
        assert left.text() == (words if 1 < number < 20 else "")
