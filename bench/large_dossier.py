"""Times ``memo check`` on invented dossiers of 1,000 and 10,000 facts, each over 100 sheets, with all their articles.

    python bench/large_dossier.py             both, three runs of each: about two minutes
    python bench/large_dossier.py --keep DIR  and leave the projects in DIR, to be looked into

Every quote stands in its article, each article is some hundred paragraphs long, and one memo uses sixty of the facts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measure import Task, Timing, interleave  # noqa: E402

SIZES = (1_000, 10_000)
SHEETS = 100
SOURCES = 40
ACTORS = 60
USED = 60
CHECK = {"memo check": (), "memo check --articles": ("--articles", "articles")}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench/large_dossier.py", description="Time memo check on large dossiers.")
    parser.add_argument("--runs", type=int, default=3, help="how often each command is timed (3)")
    parser.add_argument("--keep", type=Path, help="leave the projects in this folder")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="memo-bench-") as folder:
        work = options.keep or Path(folder)
        tasks = [task for size in SIZES for task in _tasks(made(work / str(size), size), size)]
        timings = interleave(tasks, options.runs, lambda text: print(text, file=sys.stderr, flush=True))
    print("\n".join(table(timings)))
    return 0


def _tasks(project: Path, size: int) -> Iterator[Task]:
    for name, more in CHECK.items():
        yield Task(f"{name} {size}", (sys.executable, "-m", "memo", "check", *more), project)


def table(timings: Mapping[str, Timing]) -> Iterator[str]:
    """A line a command and size, and how the larger compares with the smaller."""
    small, large = SIZES
    yield "| | facts | median s | processor s | peak MiB |"
    yield "|---|--:|--:|--:|--:|"
    for name in CHECK:
        for size in SIZES:
            yield _row(f"`{name}`", size, timings[f"{name} {size}"])
        one, ten = timings[f"{name} {small}"], timings[f"{name} {large}"]
        if not one.failure and not ten.failure:
            times = (ten.seconds / one.seconds, ten.processor / one.processor, ten.peak / one.peak)
            yield f"| ratio | {large // small} | " + " | ".join(f"{ratio:.1f}" for ratio in times) + " |"


def _row(name: str, size: int, timing: Timing) -> str:
    if timing.failure:
        return f"| {name} | {size:,} | not measured: {timing.failure} | | |"
    return f"| {name} | {size:,} | {timing.seconds:.2f} | {timing.processor:.2f} | {timing.peak:.0f} |"


def made(project: Path, facts: int) -> Path:
    """A project with so many facts in one dossier, which is returned."""
    dossier = project / "facts" / "harbours"
    for folder in (dossier, project / "templates", project / "articles"):
        folder.mkdir(parents=True)
    each = facts // SHEETS
    for sheet in range(SHEETS):
        text = "facts:\n" + "".join(map(_fact, range(sheet * each, sheet * each + each)))
        (dossier / f"sheet-{sheet:03}.yaml").write_text(text, "utf-8")
    (dossier / "sources.yaml").write_text(_common(), "utf-8")
    for source in range(SOURCES):
        (project / "articles" / f"source-{source}.txt").write_text(_article(source, facts), "utf-8")
    (project / "templates" / "note.md").write_text(_memo(facts), "utf-8")
    return project


def _common() -> str:
    sources = "".join(
        f"  source-{number}: {{type: report, label: Report {number}, origin: office-{number % 7}, reliability: B, "
        f"descriptor: A report., issued: '2031-03-02', text: source-{number}.txt}}\n"
        for number in range(SOURCES)
    )
    actors = "".join(f"  actor-{number}: {{name: Harbour of Place{number}}}\n" for number in range(ACTORS))
    return f"subjects: [actor-0]\nsources:\n{sources}actors:\n{actors}"


def _fact(number: int) -> str:
    """A fact as curators write them, with its quote as `_article` has it."""
    rests = f"    rests_on: [fact-{number - 1}]\n" if number % 5 else ""
    return (
        f"  fact-{number}:\n"
        f"    kind: event\n    status: done\n"
        f"    claim: >-\n      The harbour office reports that quay {number} was opened to ships of every size, which"
        f" had to wait\n      in the roads before that.\n"
        f"    brief: Quay {number} was opened, the harbour office reports.\n    phrase: the opening of quay {number}\n"
        f"    label: Quay {number}\n    date: '2030-0{number % 9 + 1}'\n    actors: [actor-{number % ACTORS}]\n"
        f"    attribution: the harbour office\n    support:\n"
        f"      - {{source: source-{number % SOURCES}, locator: para. {number // SOURCES + 1},\n"
        f'         quote: "opened quay {number} to ships", credibility: 2}}\n'
        f"{rests}    note: The article has it that ships were waiting.\n"
        f"    as_of: '2031-03-02'\n    sections: [summary]\n"
    )


def _article(source: int, facts: int) -> str:
    """A paragraph for each fact that the source carries."""
    return "".join(
        f"On a clear day the office – so it says – opened quay {number} to ships of every size, which lay in the roads "
        "until then, and it has gone on to deepen the water before it. Others wait for their own.\n\n"
        for number in range(source, facts, SOURCES)
    )


def _memo(facts: int) -> str:
    used = range(0, facts, facts // USED)
    head = "---\ntitle: Quays\nto: Committee\nfrom: Desk\ndate: 2031-03-14\ndossier: harbours\n---\n# Summary\n\n"
    return head + "\n\n".join(f'{{{{ fact("fact-{number}") }}}}' for number in used) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
