"""Two branches, or two copies of a project, that both issued: told as what it is, and joined into one register."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from memo.cli import main
from memo.editions import frozen_files, register
from memo.editions.joining import join, sealed
from memo.editions.register import REGISTER, Entry, files_digest
from memo.files import text_digest
from memo.handover.joining import join_registers
from memo.project import Project
from tests.cases import BASE
from tests.test_issue import Child, dying, edit, forks, handed, whole

git_there = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    """Run git without anybody's settings."""
    names = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    who = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, env={**os.environ, **names}, capture_output=True, text=True
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout


def memo(folder: Path, *arguments: str, exits: int = 0) -> str:
    result = CliRunner().invoke(main, ["-C", str(folder), *arguments], prog_name="memo")
    assert result.exit_code == exits, result.output
    return result.output


@pytest.fixture
def branches(tmp_path: Path) -> Path:
    """A project whose two branches both issued: edition 1 again to others, and an edition 2 of other words each."""
    project = tmp_path / "project"
    shutil.copytree(BASE, project)
    (project / ".gitignore").write_text("issued/.lock\n", "utf-8")
    (project / ".gitattributes").write_text("issued/** -text\n", "utf-8")
    handed(project, "Mayor", "Council", date="2031-03-15")
    git(project, "init", "-q")
    commit(project)
    git(project, "checkout", "-q", "-b", "theirs")
    handed(project, "Archive", date="2031-03-16")
    edit(project, "a rail link.", "a railway.")
    handed(project, "Council", date="2031-03-18")
    commit(project)
    git(project, "checkout", "-q", "main")
    handed(project, "Museum", date="2031-03-17")
    edit(project, "two berths", "three berths")
    handed(project, "Mayor", date="2031-03-19")
    commit(project)
    return project


def commit(project: Path) -> None:
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Issue")


EVERY_HANDOVER = [
    ("2031-03-15", ("Mayor", "Council")),
    ("2031-03-16", ("Archive",)),
    ("2031-03-17", ("Museum",)),
    ("2031-03-18", ("Council",)),
    ("2031-03-19", ("Mayor",)),
]


def handovers(project: Path) -> list[tuple[str, tuple[str, ...]]]:
    return [(entry.date, entry.to) for entry in whole(project)]


@git_there
@pytest.mark.parametrize("advised", [False, True], ids=["", "with the attributes that the page advises"])
def test_a_merge_of_two_branches_is_repaired_as_the_page_on_hand_overs_says(branches: Path, advised: bool) -> None:
    page = (Path(__file__).parent.parent / "docs" / "hand-over.md").read_text("utf-8")
    if advised:
        attributes = page.split("```text\nissued/** -text\n")[1].split("```")[0]
        (branches / ".gitattributes").write_text(f"issued/** -text\n{attributes}", "utf-8")
        commit(branches)
    git(branches, "merge", "theirs", fails=True)
    told = "the register has lost an entry" if advised else "git left the markers of a conflict here"
    assert told in memo(branches, "register", exits=1)
    assert "memo join" in memo(branches, "check", exits=1)
    before = (branches / REGISTER).read_bytes()
    said = memo(branches, "join", exits=1)  # the other's edition 2 is not here
    assert "name the project that has the other: memo join OTHER" in said
    assert (branches / REGISTER).read_bytes() == before
    shown = page.split("<!-- repair -->")[1].split("```")[1].splitlines()[1:]
    assert [line.split()[0] for line in shown] == ["git", "git", "memo", "git", "git", "git"]
    for line in shown:
        words = line.split(" # ")[0].split()
        if words[0] == "git":
            git(branches, *words[1:])
        else:
            memo(branches, *[str(branches / word) if word == "../theirs" else word for word in words[1:]])
    assert handovers(branches) == EVERY_HANDOVER
    assert git(branches, "status", "--porcelain") == ""
    assert not (branches.parent / "theirs").exists()


@git_there
def test_editions_that_collide_are_told_apart_and_impact_goes_to_the_holders_of_each(branches: Path) -> None:
    git(branches, "worktree", "add", "-q", "../theirs", "theirs")
    memo(branches, "join", str(branches.parent / "theirs"))
    editions = {entry.to: entry for entry in whole(branches)}
    theirs, ours = editions["Council",], editions["Mayor",]
    assert (ours.number, theirs.number) == (2, 2)
    assert ours.folder == "issued/note/2"
    assert theirs.folder == f"issued/note/{theirs.edition.removeprefix('note/')}"
    for entry in (ours, theirs):
        assert entry.edition == f"note/2-{entry.files['memo.json'][:8]}"
    edit(branches, "two berths", "four berths")
    found = memo(branches, "impact", "--today", "2031-03-20", exits=1)
    assert f"{ours.edition}, held by Mayor" in found
    assert f"{theirs.edition}, held by Council" in found
    assert "2 editions are called 'note/2'" in memo(branches, "diff", "note/2", exits=1)
    assert "four" in memo(branches, "diff", theirs.edition)
    for entry in (ours, theirs):
        said = memo(branches, "verify", str(branches / entry.folder / "note.pdf"), exits=1)
        assert f"issued as {entry.edition}" in said
        assert f"issued on {entry.date} to {entry.to[0]}" in said
    with (branches / "templates" / "note.md").open("a", encoding="utf-8") as file:
        file.write("\n\n{{ changes() }}\n")
    third = handed(branches, "Mayor", date="2031-03-20")
    assert third.number == 3
    since = theirs.edition.removeprefix("note/")  # of the two, the one that was handed over first
    assert f"Changed since edition {since} of" in (branches / third.folder / "memo.json").read_text("utf-8")


@git_there
def test_joined_from_either_side_the_register_has_the_same_entries_in_the_same_order(branches: Path) -> None:
    git(branches, "worktree", "add", "-q", "../theirs", "theirs")
    theirs = branches.parent / "theirs"
    again = shutil.copytree(branches, branches.parent / "again")
    memo(branches, "join", str(theirs))
    memo(theirs, "join", str(again))
    assert handovers(branches) == handovers(theirs) == EVERY_HANDOVER
    assert [entry.origin for entry in whole(branches)] == [entry.origin for entry in whole(theirs)]
    before = (branches / REGISTER).read_bytes()
    assert "nothing came in" in memo(branches, "join", str(theirs))
    assert (branches / REGISTER).read_bytes() == before


@git_there
def test_a_register_that_git_merged_by_lines_is_told_as_that_and_joined_without_the_other(branches: Path) -> None:
    git(branches, "reset", "-q", "--hard", "HEAD~1")
    handed(branches, "Museum", date="2031-03-17")
    (branches / ".gitattributes").write_text("issued/** -text\nissued/register.jsonl merge=union\n", "utf-8")
    commit(branches)
    git(branches, "merge", "-q", "theirs")
    assert "git merged them by lines" in memo(branches, "register", exits=1)
    memo(branches, "join")
    assert handovers(branches) == EVERY_HANDOVER[:4]


@git_there
def test_a_merge_that_kept_our_register_only_is_noticed_and_what_it_dropped_is_put_back(branches: Path) -> None:
    git(branches, "reset", "-q", "--hard", "HEAD~1")
    handed(branches, "Museum", date="2031-03-17")
    commit(branches)
    git(branches, "merge", "-q", "-X", "ours", "theirs")
    said = memo(branches, "register", exits=1)
    assert "the register has lost an entry: note/1, issued to Archive on 2031-03-16" in said
    assert "the register has lost an entry: note/2, issued to Council on 2031-03-18" in said
    assert "3 entries" not in memo(branches, "join")
    assert handovers(branches) == EVERY_HANDOVER[:4]


def test_a_damaged_register_is_not_joined(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "ours")
    handed(tmp_path / "ours", "Mayor")
    handed(tmp_path / "ours", "Council")
    other = shutil.copytree(tmp_path / "ours", tmp_path / "theirs")
    handed(other, "Archive")
    for project in (tmp_path / "ours", other):
        good = (project / REGISTER).read_bytes()
        (project / REGISTER).write_bytes(good.replace(b"Mayor", b"Major"))
        joined, problems = join_registers(Project(tmp_path / "ours"), other)
        assert joined is None
        assert [problem.code for problem in problems] == ["broken-register"]
        (project / REGISTER).write_bytes(good)
    assert join_registers(Project(tmp_path / "ours"), tmp_path)[1][0].code == "unreadable"


def test_a_last_entry_that_was_lost_is_put_back_from_its_copy(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "ours")
    handed(tmp_path / "ours", "Mayor")
    handed(tmp_path / "ours", "Council")
    path = tmp_path / "ours" / REGISTER
    good = path.read_bytes()
    for cut in (good[:-40], good[: good.index(b"\n") + 1], b""):
        path.write_bytes(cut)
        assert [problem.code for problem in frozen_files.read_register(tmp_path / "ours")[1]][:1] == ["broken-register"]
        joined, problems = join_registers(Project(tmp_path / "ours"))
        assert joined, problems
        assert path.read_bytes() == good


def test_three_copies_that_issue_and_join_in_any_order_end_with_the_same_entries(tmp_path: Path) -> None:
    """200 random histories: each register stays one sealed chain, and no two editions share a folder or a name."""
    (tmp_path / "issued").mkdir()
    chance = random.Random(5)
    for _ in range(200):
        copies: list[list[Entry]] = [[], [], []]
        for step in range(chance.randint(2, 12)):
            at = chance.randrange(3)
            if chance.random() < 0.6:
                copies[at] = one_chain([*copies[at], next_entry(copies[at], step, chance)])
            else:
                copies[at] = one_chain(join(copies[at], chance.choice(copies)))
        for _ in range(2):
            for at in range(3):
                for other in copies:
                    copies[at] = one_chain(join(copies[at], other))
        assert len({frozenset(entry.origin for entry in entries) for entries in copies}) == 1
        for entries in copies:
            (tmp_path / REGISTER).write_bytes(sealed(entries)[1])
            read, problems = register.read(tmp_path)
            assert problems == []
            assert [entry.origin for entry in read] == [entry.origin for entry in entries]
            for called in ("folder", "edition"):
                assert len({getattr(entry, called) for entry in read}) == len({files_digest(entry) for entry in read})


def one_chain(entries: list[Entry]) -> list[Entry]:
    return sealed(entries)[0]


def next_entry(entries: list[Entry], step: int, chance: random.Random) -> Entry:
    """An edition once more, or the next, on the day of the last entry or a little later."""
    day = int(entries[-1].date[-2:]) if entries else 1
    values = {"date": f"2031-03-{day + chance.randint(0, 1):02}", "to": (f"Office {step}",), "was": "", "seal": ""}
    if entries and chance.random() < 0.5:
        return replace(chance.choice(entries), **values)
    number = max((entry.number for entry in entries), default=0) + 1
    files = {"memo.json": text_digest(f"{number}{chance.randrange(3)}"), "note.pdf": text_digest(chance.choice("ab"))}
    return Entry("note", number, content="c", files=files, **values)


@forks
def test_a_kill_at_every_single_step_of_a_join_leaves_the_old_register_or_the_joined_one(tmp_path: Path) -> None:
    ours, theirs, before = tmp_path / "ours", tmp_path / "theirs", tmp_path / "before"
    shutil.copytree(BASE, ours)
    handed(ours, "Mayor")
    shutil.copytree(ours, theirs)
    edit(theirs, "a rail link.", "a railway.")
    handed(theirs, "Council", date="2031-03-16")
    edit(ours, "two berths", "three berths")
    handed(ours, "Museum", date="2031-03-17")
    shutil.copytree(ours / "issued", before)
    counts: set[int] = set()

    def act() -> None:
        joined, problems = join_registers(Project(ours), theirs)
        assert joined, problems

    for step in range(1, 1000):
        done = Child(dying(act, step)).done()
        entries: list[Entry] = whole(ours)
        counts.add(len(entries))
        assert [entry.to for entry in entries] in ([("Mayor",), ("Museum",)], [("Mayor",), ("Council",), ("Museum",)])
        if done:
            break
        if step % 3 == 0:  # what was left is taken away by the next who writes; else, by the next join
            handed(ours, "Archive", date="2031-03-18")
            assert [path for path in (ours / "issued").rglob(".*") if path.name != ".lock"] == []
        if len(whole(ours)) > 2:
            shutil.rmtree(ours / "issued")
            shutil.copytree(before, ours / "issued")
    assert counts == {2, 3}
    assert step > 20
    assert register.read(ours)[0] == entries
