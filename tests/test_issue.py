"""Issuing: what is frozen and entered, and that neither a kill at any moment nor two at once lose any of it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from memo.document.as_json import from_json
from memo.editions import frozen_files, register
from memo.editions.register import REGISTER, Entry
from memo.handover.freshness import status
from memo.handover.issuing import Handover, issue
from memo.handover.withdrawing import Withdrawal, withdraw
from memo.pipeline import BuildOptions, build
from memo.problem import Problem
from memo.project import Project
from memo.record import recall
from tests.cases import BASE
from tests.docx import read as docx

SHEET = Path("facts/harbour/harbour.yaml")
KILLS = int(os.environ.get("MEMO_KILLS", "100"))
"""How often a build and how often an issue is killed at random moments."""

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork and no kill -9")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    return tmp_path / "project"


def handed(project: Path, *to: str, date: str = "2031-03-15") -> Entry:
    issued, problems = issue(Project(project), "note", Handover(to, date))
    assert issued, problems
    return issued.entry


def refused(project: Path) -> list[Problem]:
    issued, problems = issue(Project(project), "note", Handover(("Nobody",), "2031-03-15"))
    assert issued is None
    return problems


def edit(project: Path, old: str, new: str) -> None:
    """Put other words into the fact sheet as it was at first."""
    text = (BASE / SHEET).read_text("utf-8")
    assert old in text
    (project / SHEET).write_text(text.replace(old, new), "utf-8")


def whole(project: Path) -> list[Entry]:
    """The entries of the register, every one with every file of its edition as it was issued."""
    entries, problems = frozen_files.read_register(project)
    assert not problems
    for entry in entries:
        assert not frozen_files.altered(project, entry)
    return entries


# What is issued


def test_the_frozen_files_bear_the_edition_and_the_document_that_they_carry(project: Path) -> None:
    entry = handed(project, "Mayor")
    folder = project / entry.folder
    document = from_json((folder / "memo.json").read_text("utf-8"))
    assert document.metadata.edition == "1"
    assert [basis.fact for basis in document.basis] == ["berths-open", "rail-link"]
    words = docx.parts((folder / "note.docx").read_bytes())
    assert any("Edition 1" in part.decode("utf-8", "replace") for name, part in words.items() if "footer" in name)
    assert "Edition 1" in PdfReader(folder / "note.pdf").pages[0].extract_text()


def test_only_the_formats_of_the_front_matter_are_frozen(project: Path) -> None:
    template = project / "templates" / "note.md"
    template.write_text(template.read_text("utf-8").replace("dossier:", "formats: [pdf]\ndossier:"), "utf-8")
    assert set(handed(project, "Mayor").files) == {"note.pdf", "memo.json", "facts.json"}


def test_what_nobody_is_shown_makes_no_new_edition_and_a_new_look_makes_one(project: Path) -> None:
    first = handed(project, "Mayor")
    edit(project, "label: Rail link intended", "note: Ask again.\n    label: Rail link intended")
    again = handed(project, "Mayor", date="2031-03-16")
    assert (again.number, again.files) == (first.number, first.files)
    (project / "templates" / "style.yaml").write_text("page: {size: Letter}\n", "utf-8")
    assert handed(project, "Mayor", date="2031-03-16").number == 2


def test_content_that_comes_back_is_a_new_edition(project: Path) -> None:
    handed(project, "Mayor")
    edit(project, "a rail link.", "a railway.")
    handed(project, "Mayor")
    edit(project, "a rail link.", "a rail link.")
    assert handed(project, "Mayor").number == 3


def test_a_frozen_file_that_was_altered_is_not_handed_out_again(project: Path) -> None:
    entry = handed(project, "Mayor")
    (project / entry.folder / "note.pdf").write_bytes(b"%PDF-1.7 another")
    assert [problem.code for problem in refused(project)] == ["altered-edition"]
    assert len(register.read(project)[0]) == 1


def test_an_edition_that_the_register_lost_is_noticed(project: Path) -> None:
    handed(project, "Mayor")
    edit(project, "a rail link.", "a railway.")
    handed(project, "Mayor")
    lines = (project / REGISTER).read_bytes().splitlines(keepends=True)
    (project / REGISTER).write_bytes(lines[0])
    assert [problem.code for problem in refused(project)] == ["broken-register"]
    (project / REGISTER).write_bytes(b"".join(lines))
    assert handed(project, "Mayor").number == 2


def test_a_line_torn_by_a_kill_is_no_entry_and_the_next_takes_its_place(project: Path) -> None:
    handed(project, "Mayor")
    before = (project / REGISTER).read_bytes()
    handed(project, "Committee")
    line = (project / REGISTER).read_bytes()[len(before) :]
    for cut in (1, len(line) // 2, len(line) - 2):
        shutil.rmtree(project / "issued" / "register-entries")  # written after the line
        (project / REGISTER).write_bytes(before + line[:cut])
        assert [entry.to for entry in whole(project)] == [("Mayor",)]
        handed(project, "Archive")
        assert [entry.to for entry in whole(project)] == [("Mayor",), ("Archive",)]


def test_a_last_line_without_its_end_is_an_entry_and_the_next_begins_a_line(project: Path) -> None:
    handed(project, "Mayor")
    handed(project, "Committee")
    whole_register = (project / REGISTER).read_bytes()
    (project / REGISTER).write_bytes(whole_register[:-1])
    assert [entry.to for entry in whole(project)] == [("Mayor",), ("Committee",)]
    handed(project, "Archive")
    assert [entry.to for entry in whole(project)] == [("Mayor",), ("Committee",), ("Archive",)]
    assert (project / REGISTER).read_bytes().startswith(whole_register)


@pytest.mark.parametrize("tail", [b" ", b"\r", b"\t\r", b"x"], ids=["space", "return", "both", "letter"])
def test_a_last_entry_with_something_behind_it_is_not_forgotten_in_silence(project: Path, tail: bytes) -> None:
    """Also where a register of version 0.1.0 has no second place."""
    handed(project, "Mayor")
    handed(project, "Committee")
    shutil.rmtree(project / "issued" / "register-entries")
    (project / REGISTER).write_bytes((project / REGISTER).read_bytes()[:-1] + tail)
    assert [(problem.code, problem.place.line) for problem in refused(project)] == [("broken-register", 2)]


def test_empty_lines_in_a_register_are_no_entries_and_no_fault(project: Path) -> None:
    handed(project, "Mayor")
    (project / REGISTER).write_bytes((project / REGISTER).read_bytes() + b"\n\n")
    handed(project, "Committee")
    (project / REGISTER).write_bytes(b"\n" + (project / REGISTER).read_bytes())
    assert [entry.to for entry in whole(project)] == [("Mayor",), ("Committee",)]


def test_a_register_whose_line_ends_were_turned_about_is_told_as_that(project: Path) -> None:
    handed(project, "Mayor")
    (project / REGISTER).write_bytes((project / REGISTER).read_bytes().replace(b"\n", b"\r\n"))
    [problem] = refused(project)
    assert "line ends of this register were turned about" in problem.message
    assert "issued/** -text" in problem.hint


@pytest.mark.parametrize("cut", [1, 2, 40, 10_000], ids=["of its last letter", "of two", "of forty", "whole"])
def test_an_entry_that_was_cut_off_at_the_end_is_noticed_and_nothing_is_issued(project: Path, cut: int) -> None:
    handed(project, "Mayor")
    before = (project / REGISTER).read_bytes()
    handed(project, "Committee")
    line = (project / REGISTER).read_bytes()[len(before) : -1]
    (project / REGISTER).write_bytes(before + line[: -min(cut, len(line))])
    [problem] = frozen_files.read_register(project)[1]
    assert (problem.code, problem.message) == (
        "broken-register",
        "the register has lost an entry: note/1, issued to Committee on 2031-03-15",
    )
    assert refused(project) == [problem]


def test_a_register_of_version_0_1_0_is_given_its_second_place_by_the_next_issue(project: Path) -> None:
    handed(project, "Mayor")
    handed(project, "Committee")
    shutil.rmtree(project / "issued" / "register-entries")
    assert len(whole(project)) == 2
    handed(project, "Archive")
    names = {path.stem for path in (project / "issued" / "register-entries").iterdir()}
    assert names == {entry.seal for entry in whole(project)}


def test_every_frozen_file_is_looked_at_and_one_of_another_edition_is_a_warning(project: Path) -> None:
    first = handed(project, "Mayor")
    edit(project, "a rail link.", "a railway.")
    handed(project, "Mayor")
    (project / first.folder / "note.pdf").write_bytes(b"%PDF-1.7 another")
    (project / first.folder / "note.docx").unlink()
    found = {(problem.place.path, problem.message) for problem in frozen_files.look_at_everything(project)[1]}
    assert found == {
        ("issued/note/1/note.pdf", "this file of edition note/1 is not as it was issued"),
        ("issued/note/1/note.docx", "this file of edition note/1 is missing"),
    }
    issued, problems = issue(Project(project), "note", Handover(("Archive",), "2031-03-15"))
    assert issued
    assert {(problem.severity, problem.place.path) for problem in problems} == {("warning", path) for path, _ in found}


# The day of issue


@pytest.mark.parametrize(
    ("day", "as_of", "before"),
    [
        ("2031-03-13", "2031-03-02", "the memo's own date, 2031-03-14"),
        ("2031-03-20", "2031-03-21/..", "the as-of date of fact 'berths-open', 2031-03-21/.."),
    ],
)
def test_nothing_is_issued_before_the_memo_or_its_facts(project: Path, day: str, as_of: str, before: str) -> None:
    edit(project, 'as_of: "2031-03-02"', f'as_of: "{as_of}"')
    issued, problems = issue(Project(project), "note", Handover(("Mayor",), day))
    assert issued is None
    assert [problem.message for problem in problems if problem.code == "early-issue"] == [f"{day} is before {before}"]
    assert not (project / REGISTER).exists()


def test_nothing_is_issued_before_an_earlier_entry_of_any_memo(project: Path) -> None:
    shutil.copy(project / "templates" / "note.md", project / "templates" / "other.md")
    handed(project, "Mayor", date="2031-03-20")
    issued, problems = issue(Project(project), "other", Handover(("Mayor",), "2031-03-19"))
    assert issued is None
    assert [(problem.code, problem.place.path) for problem in problems] == [("early-issue", REGISTER)]
    assert problems[0].hint == "give the day with --date: 2031-03-20 or later"
    assert issue(Project(project), "other", Handover(("Mayor",), "2031-03-20"))[0]


# A register that cannot be read or written


def test_a_register_that_cannot_be_written_is_a_problem(project: Path) -> None:
    (project / "issued").write_text("in the way", "utf-8")
    assert [problem.code for problem in refused(project)] == ["unwritable"]


# The seals


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of three entries."""
    project = tmp_path_factory.mktemp("sealed")
    (project / "issued").mkdir()
    last = None
    for number in range(1, 4):
        entry = Entry("note", number, f"2031-03-{number:02}", (f"Office {number}",), "", "c", {"a": "d"})
        register.append(project, entry, last)
        last = register.read(project)[0][-1]
    return project


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_changed_byte_of_a_register_is_noticed_at_its_line(sealed: Path, data: st.DataObject) -> None:
    path = sealed / REGISTER
    good = path.read_bytes()
    at = data.draw(st.integers(0, len(good) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value not in (good[at], 10)))
    try:
        path.write_bytes(good[:at] + bytes([byte]) + good[at + 1 :])
        entries, problems = register.read(sealed)
        assert len(entries) == good[:at].count(b"\n")
        assert [problem.code for problem in problems] == ["broken-register"]
        assert problems[0].place.line == len(entries) + 1
    finally:
        path.write_bytes(good)


@pytest.mark.parametrize("order", [(1, 2), (0, 2), (1, 0, 2), (0, 2, 1), (0, 0, 1, 2)])
def test_a_line_left_out_moved_or_doubled_is_noticed(sealed: Path, order: tuple[int, ...]) -> None:
    path = sealed / REGISTER
    good = path.read_bytes()
    lines = good.splitlines(keepends=True)
    try:
        path.write_bytes(b"".join(lines[number] for number in order))
        assert [problem.code for problem in register.read(sealed)[1]] == ["broken-register"]
    finally:
        path.write_bytes(good)


# Kills


class Child:
    """A process that does something and says so when it is done; it can be killed at any moment before."""

    def __init__(self, act: Callable[[], object]) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                os.close(reading)
                act()
                os.write(writing, b"done")
                status = 0
            finally:
                os._exit(status)
        os.close(writing)
        self._reading = reading

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def done(self) -> bool:
        """Wait for its end; whether it had said that it was done."""
        os.waitpid(self.pid, 0)
        said = os.read(self._reading, 4)
        os.close(self._reading)
        return said == b"done"


def took(act: Callable[[], object]) -> float:
    """Seconds that it takes a process of its own to do something; on a busy machine, no more than would be usual."""
    start = time.perf_counter()
    assert Child(act).done()
    return min(time.perf_counter() - start, 0.25)


def dying(act: Callable[[], object], step: int) -> Callable[[], object]:
    """The same act in a process that is killed at its ``step``-th touch of a file under ``issued/``."""

    def act_and_die() -> None:
        touched = 0

        def touch(*_: object) -> None:
            nonlocal touched
            touched += 1
            if touched == step:
                os.kill(os.getpid(), signal.SIGKILL)

        def hook(event: str, args: tuple[object, ...]) -> None:
            if event.split(".")[0] in ("open", "os", "shutil") and any("issued" in str(one) for one in args):
                touch()

        sync = os.fsync
        os.fsync = lambda handle: (touch(), sync(handle), touch())[1]  # type: ignore[assignment]
        sys.addaudithook(hook)
        act()

    return act_and_die


@forks
def test_a_kill_at_every_single_step_of_an_issue_leaves_whole_files_and_a_whole_register(project: Path) -> None:
    """At each touch of a file or folder, before and after; the first edition, a new one and a re-issue."""
    acknowledged: list[str] = []

    def hand(name: str) -> None:
        handed(project, name)

    before = project.with_name("before")
    for kind in ("first", "next", "again"):
        step, entries = 0, len(acknowledged)
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(project / "issued", before) if kind != "first" else before.mkdir()
        while True:
            step += 1
            assert step < 1000, "it never came to an end"
            if kind == "next":
                edit(project, "a rail link.", f"rail link {step}.")
            name = f"{kind} {step}"
            done = Child(dying(lambda name=name: hand(name), step)).done()
            acknowledged += [name] * done
            recipients = [recipient for entry in whole(project) for recipient in entry.to]
            assert set(acknowledged) <= set(recipients)
            assert len(recipients) == len(set(recipients))
            if done:
                break
            if len(recipients) > entries:  # it was entered, though nobody was told: once more from the beginning
                shutil.rmtree(project / "issued")
                shutil.copytree(before, project / "issued")
        assert step > 10, "an issue touches more files than that"
    handed(project, "The last")
    left = [path for path in (project / "issued").rglob(".*") if path.name != ".lock"]
    assert left == []


@pytest.mark.long
@forks
def test_a_kill_at_every_single_step_of_a_withdrawal_leaves_a_whole_register(project: Path) -> None:
    """Also of the first entry after those of version 0.1.0, which had no second place."""
    handed(project, "Mayor", "Council")
    handed(project, "Museum")
    shutil.rmtree(project / "issued" / "register-entries")
    before = project.with_name("before")
    shutil.copytree(project / "issued", before)

    def act() -> None:
        entry, problems = withdraw(Project(project), "note/1", Withdrawal(("Council",), "By mistake.", "2031-03-16"))
        assert entry, problems

    for step in range(1, 1000):
        done = Child(dying(act, step)).done()
        entries = whole(project)
        assert [entry.kind for entry in entries][:2] == ["handover", "handover"]
        if done:
            break
        if len(entries) == 3:
            shutil.rmtree(project / "issued")
            shutil.copytree(before, project / "issued")
    assert step > 10
    assert [(entry.kind, entry.to) for entry in entries[2:]] == [("withdrawal", ("Council",))]
    names = {path.name for path in (project / "issued" / "register-entries").iterdir()}
    assert names == {f"{entry.seal}.json" for entry in entries}


@forks
def test_a_kill_at_any_moment_of_an_issue_loses_nothing(project: Path) -> None:
    """Hundreds of times (MEMO_KILLS): whoever was told to be in the register is there."""
    moments = random.Random(7)
    handed(project, "Nobody yet")
    edit(project, "a rail link.", "a railway.")
    usual = took(lambda: handed(project, "To see how long it takes"))
    for number in range(KILLS):
        if number % 3 == 0:
            edit(project, "a rail link.", f"rail link {number}.")
        child = Child(lambda number=number: handed(project, f"Office {number}"))
        time.sleep(moments.uniform(0, usual * 1.3))
        child.kill()
        if child.done():
            assert f"Office {number}" in {recipient for entry in whole(project) for recipient in entry.to}
        whole(project)
    handed(project, "The last")
    assert whole(project)[-1].to == ("The last",)


@pytest.mark.long
@forks
def test_a_kill_at_any_moment_of_a_build_leaves_whole_files_and_no_false_record(project: Path) -> None:
    """Old file or new one, of each format; and the next build writes what it should, whatever the record says."""
    moments = random.Random(11)
    texts = {word: (project / SHEET).read_text("utf-8").replace("a rail link.", f"{word}.") for word in ("one", "two")}
    expected: dict[str, dict[str, bytes]] = {}
    for word, text in texts.items():
        (project / SHEET).write_text(text, "utf-8")
        usual = took(lambda word=word: list(build(Project(project), ["note"], project / word, BuildOptions())))
        expected[word] = {kind: (project / word / f"note.{kind}").read_bytes() for kind in ("docx", "pdf")}
    output = project / "output"
    list(build(Project(project), ["note"], output, BuildOptions()))
    for number in range(KILLS):
        word = "one" if number % 2 == 0 else "two"
        (project / SHEET).write_text(texts[word], "utf-8")
        child = Child(lambda: list(build(Project(project), ["note"], output, BuildOptions())))
        time.sleep(moments.uniform(0, usual * 1.3))
        child.kill()
        child.done()
        for kind in ("docx", "pdf"):
            assert (output / f"note.{kind}").read_bytes() in (expected["one"][kind], expected["two"][kind])
        assert recall(output, "note") is not None
        if number % 5 == 0:
            list(build(Project(project), ["note"], output, BuildOptions()))
            for kind in ("docx", "pdf"):
                assert (output / f"note.{kind}").read_bytes() == expected[word][kind]


# Two at once


@forks
def test_two_builds_at_once_in_one_folder_leave_matching_files_and_a_record_that_fits(project: Path) -> None:
    """Again and again, of two texts: both formats are of the one or the other, and known to be fresh for that."""
    projects = {"one": project, "two": shutil.copytree(project, project.with_name("other"))}
    edit(projects["two"], "a rail link.", "a railway.")
    expected: dict[str, dict[str, bytes]] = {}
    for word, folder in projects.items():
        list(build(Project(folder), ["note"], folder / "alone"))
        expected[word] = {kind: (folder / "alone" / f"note.{kind}").read_bytes() for kind in ("docx", "pdf")}
    output = project.with_name("together")
    for turn in range(12):
        shuffled = list(projects.values())[:: -1 if turn % 2 else 1]
        children = [Child(lambda folder=folder: list(build(Project(folder), ["note"], output))) for folder in shuffled]
        done = [child.done() for child in children]
        assert all(done)
        written = {kind: (output / f"note.{kind}").read_bytes() for kind in ("docx", "pdf")}
        [word] = [word for word, files in expected.items() if files == written]
        assert [one.reasons for one in status(Project(projects[word]), ["note"], output)] == [()]


@forks
def test_many_who_issue_at_once_are_all_in_the_register(project: Path) -> None:
    """Eight processes, three hand-overs each; half of them of another text, so that editions are made in between."""
    others = project.with_name("others")
    shutil.copytree(project, others)
    edit(others, "a rail link.", "a railway.")
    (project / "issued").mkdir()
    (others / "issued").symlink_to(project / "issued", target_is_directory=True)

    def hand(number: int) -> None:
        for turn in range(3):
            handed(others if number % 2 else project, f"Office {number}.{turn}")

    children = [Child(lambda number=number: hand(number)) for number in range(8)]
    done = [child.done() for child in children]
    assert all(done)
    entries = whole(project)
    assert sorted(entry.to for entry in entries) == sorted((f"Office {a}.{b}",) for a in range(8) for b in range(3))
    contents: dict[int, set[str]] = {}
    for entry in entries:
        contents.setdefault(entry.number, set()).add(entry.content)
    assert sorted(contents) == list(range(1, len(contents) + 1))
    assert all(len(held) == 1 for held in contents.values())


def test_each_line_of_the_register_is_json_that_others_can_read(project: Path) -> None:
    handed(project, "Bürgermeister", "Həmkar")
    [line] = (project / REGISTER).read_text("utf-8").splitlines()
    held = json.loads(line)
    assert held["edition"] == "note/1"
    assert held["to"] == ["Bürgermeister", "Həmkar"]
    assert set(held["files"]) == {"note.docx", "note.pdf", "memo.json", "facts.json"}
