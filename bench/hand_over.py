"""Times what comes after the first build and after the hand-over, on a project of many memos with many editions.

    python bench/hand_over.py                200 memos, 1,000 editions
    python bench/hand_over.py --memos 20 --editions 100

A fact changes that one memo alone uses, then one that all of them use; `memo status` and `memo build` are timed after
each, and `memo impact` over every edition. Frozen PDF and DOCX files are stand-ins: of them, only the digest is taken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import projects  # noqa: E402
from bench.measure import Run, Task, once  # noqa: E402
from memo.document.as_json import to_json  # noqa: E402
from memo.editions import frozen_files, register  # noqa: E402
from memo.editions.frozen_files import FrozenFacts, facts_json  # noqa: E402
from memo.editions.register import Entry  # noqa: E402
from memo.editions.snapshot import snapshots  # noqa: E402
from memo.files import bytes_digest  # noqa: E402
from memo.project import Project, prepare  # noqa: E402

SUBJECT = "azerbaijan-nato"
SHARED, ALONE = "itpp-to-be-finalised", "of-one-memo"
SHEET = f"facts/{SUBJECT}/bench.yaml"
RUN = (
    sys.executable,
    "-c",
    "import sys; from memo.cli import main\ntry: main(prog_name='memo')\nexcept SystemExit: pass",
)
"""What the installed ``memo`` script does, but that it ends well where impact has found something."""


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="memo-bench-") as name:
        project = _made(Path(name) / "project", options.memos)
        _say(f"issuing {options.editions} editions")
        _issue(project, options.editions)
        _say("building once")
        once(Task("build", (*RUN, "build"), project))
        tasks = (
            ("build, nothing changed", "build", ""),
            ("status, nothing changed", "status", ""),
            ("status, a fact of one memo changed", "status", ALONE),
            ("build, a fact of one memo changed", "build", ALONE),
            ("build, a fact of all memos changed", "build", SHARED),
            ("impact, that fact changed for all", "impact", ""),
            ("impact, two facts changed", "impact", ALONE),
        )
        for title, command, fact in tasks:
            runs = [_timed(project, command, fact, number) for number in range(options.runs)]
            print(_row(title, runs), flush=True)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/hand_over.py", description="Time status, build and impact.")
    parser.add_argument("--memos", type=int, default=200)
    parser.add_argument("--editions", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3, help="how often each command is timed")
    return parser.parse_args(arguments)


def _made(folder: Path, count: int) -> Path:
    """A project of so many memos, the first of which uses a fact that no other does."""
    project = projects.many(ROOT, SUBJECT, folder, count)
    _write_fact(project, "at first")
    first = sorted((project / "templates").glob("*.md"))[0]
    first.write_text(f'{first.read_text("utf-8")}\n\n{{{{ fact("{ALONE}") }}}}\n', "utf-8")
    return project


def _write_fact(project: Path, words: str) -> None:
    text = f"facts:\n  {ALONE}:\n    kind: assumption\n    claim: It is told {words}.\n"
    text += '    judged_by: the desk\n    basis: What was read.\n    as_of: "2026-01-23"\n'
    (project / SHEET).write_text(text, "utf-8")


def _change(project: Path, fact: str, number: int) -> None:
    """Give a fact other words."""
    if fact == ALONE:
        _write_fact(project, f"for the {number}th time")
    elif fact == SHARED:
        sheet = project / "facts" / SUBJECT / "programme.yaml"
        text = sheet.read_text("utf-8")
        at = text.index("claim: ", text.index(f"  {SHARED}:")) + len("claim: ")
        sheet.write_text(f"{text[:at]}In turn {number}, {text[at:]}", "utf-8")


def _issue(project: Path, count: int) -> None:
    """So many editions, each given to another office, as many of each memo."""
    opened = Project(project)
    names = opened.memos()
    last: Entry | None = None
    (project / "issued").mkdir()
    held = {}
    for number in range(count):
        name = names[number % len(names)]
        if name not in held:
            memo = prepare(opened, name).memo
            assert memo is not None
            facts = snapshots(memo.facts, (basis.fact for basis in memo.composed.document.basis))
            held[name] = memo.composed.document, facts_json(FrozenFacts(SUBJECT, facts)).encode()
        document, state = held[name]
        edition = number // len(names) + 1
        document = replace(document, metadata=replace(document.metadata, edition=str(edition)))
        files = {"memo.json": to_json(document).encode(), "facts.json": state, f"{name}.pdf": b"a stand-in"}
        frozen_files.freeze(project, name, edition, files)
        digests = {file: bytes_digest(data) for file, data in files.items()}
        entry = Entry(name, edition, "2026-01-27", (f"Office {number}",), "", f"{edition}", digests)
        register.append(project, entry, last)
        frozen_files.finish(project)
        last = _sealed(project)


def _sealed(project: Path) -> Entry:
    """The last entry, read alone."""
    line = (project / register.REGISTER).read_bytes().splitlines()[-1]
    return Entry("", 0, "", (), "", "", {}, seal=line[-66:-2].decode())


def _timed(project: Path, command: str, fact: str, number: int) -> Run:
    _change(project, fact, number)
    run, failure = once(Task(command, (*RUN, command), project))
    if run is None:
        raise SystemExit(f"{command}: {failure}")
    return run


def _row(title: str, runs: Sequence[Run]) -> str:
    seconds, processor = median(run.seconds for run in runs), median(run.processor for run in runs)
    peak = max(run.peak for run in runs)
    return f"{title:<36} {seconds:7.2f} s  {processor:7.2f} s of processor  {peak:5.0f} MiB"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
