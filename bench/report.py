"""Results as Markdown: printed at the end of a run, and kept as docs/benchmarks.md with ``--write``."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence

from bench.aims import aims
from bench.measure import Timing
from bench.peers import PEERS
from bench.results import Results, filled_pair, the_pair

PAIR = "pandoc's DOCX, then Typst's PDF"
FILLED = f"fill, then {PAIR}"
STARTS = {
    "python": "`python -c pass`",
    "imports": '`python -c "import click, yaml"`',
    "memo help": "`memo --help`",
    "memo check": "`memo check`",
    "memo unchanged": "`memo build`, nothing changed",
}
MAKERS = {
    "memo docx": "**`memo build --format docx`**",
    "memo pdf": "**`memo build --format pdf`**",
    "memo both": "**`memo build`: both**",
    **{name: f"{name}: {peer.makes}" for name, peer in PEERS.items()},
    PAIR: PAIR,
    "fill": "YAML and Jinja2: fill the template",
    FILLED: FILLED,
}
RIVALS = {PAIR: "memo both", FILLED: "memo both", **{name: f"memo {peer.format}" for name, peer in PEERS.items()}}
"""What of `memo` makes what a peer makes."""
STEPS = {
    "load": "load the dossier",
    "compose": "compose the document",
    "check": "run the checks",
    "digest": "digest the document",
    "docx": "render the DOCX",
    "pdf": "render the PDF",
}


def report(results: Results) -> str:
    """All tables, in Markdown."""
    parts = (
        "## Aims",
        _aims(results),
        "## One memo, cold",
        _subject(results),
        _cold(results),
        f"## A batch of {results.size.batch} memos in one process",
        _batch(results),
        "## The memo many times as long",
        _long(results),
        "## Inside one warm process, a memo",
        _inside(results),
        "## The machine",
        _machine(results),
    )
    return "\n\n".join(parts) + "\n"


def _aims(results: Results) -> str:
    rows = [(aim.what, aim.measured, aim.verdict) for aim in aims(results)]
    return _table(("aim", "measured", "met"), rows)


def _subject(results: Results) -> str:
    subject = results.subject
    typst = f" ({subject.typst_pages} in Typst)" if subject.typst_pages else ""
    return (
        f"{results.inside.pages or 'Unknown'} pages{typst}, {subject.words} words and {subject.notes} notes, "
        f"tables: {subject.tables}, figures: {subject.figures}. A new process each time, the disk's cache warm."
    )


def _cold(results: Results) -> str:
    timings = _with_pair(results.cold)
    rows = [
        _failed(label, timings[key], 5)
        or (
            label,
            f"{timings[key].seconds:.3f}",
            f"{timings[key].least:.3f}",
            f"{timings[key].processor:.3f}",
            f"{timings[key].peak:.0f}",
            _against(key, timings),
        )
        for key, label in {**STARTS, **MAKERS}.items()
    ]
    return _table(("", "median s", "least s", "processor s", "peak MiB", "times `memo`"), rows)


def _batch(results: Results) -> str:
    timings, count = _with_pair(results.batch), results.size.batch
    rows = [
        _failed(label, timings[key], 5)
        or (
            label,
            f"{timings[key].seconds:.2f}",
            f"{count / timings[key].seconds:.1f}",
            f"{count / timings[key].processor:.1f}",
            f"{timings[key].peak:.0f}",
            _against(key, timings),
        )
        for key, label in MAKERS.items()
    ]
    head = ("", "median s", "memos a second", "memos a processor second", "peak MiB", "times `memo`")
    return _table(head, rows)


def _long(results: Results) -> str:
    heads = [head for times in results.long for head in (f"{times}× s", f"{times}× MiB")]
    found = [_with_pair(timings) for timings in results.long.values()]
    rows = [(label, *(cell for timings in found for cell in _brief(timings[key]))) for key, label in MAKERS.items()]
    failures = sorted({timing.failure for timings in found for timing in timings.values()} - {""})
    return "\n\n".join([_table(("", *heads), rows), *(f"Not measured: {failure}" for failure in failures)])


def _brief(timing: Timing) -> tuple[str, str]:
    return ("–", "–") if timing.failure else (f"{timing.seconds:.2f}", f"{timing.peak:.0f}")


def _inside(results: Results) -> str:
    inside = results.inside
    if inside.failure:
        return f"Not measured: {inside.failure}"
    rows = [(label, f"{inside.milliseconds[step]:.1f}") for step, label in STEPS.items()]
    rows.append(("render the PDF, a page", f"{inside.milliseconds['pdf'] / inside.pages:.1f}"))
    return _table(("", "ms"), rows)


def _machine(results: Results) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in results.versions.items())
    return (
        f"{results.cores} cores, {platform.system()} on {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}. {versions}. "
        f"Medians of {results.size.runs} runs, of {results.size.long_runs} for batches and long memos."
    )


def _with_pair(timings: Mapping[str, Timing]) -> Mapping[str, Timing]:
    """The same with those made of several tasks, one after the other."""
    return {**timings, PAIR: the_pair(timings), FILLED: filled_pair(timings)}


def _against(key: str, timings: Mapping[str, Timing]) -> str:
    """How many times as long a peer takes as `memo` does to the same format; the pair, as `memo` to both."""
    memo = timings.get(RIVALS.get(key, ""))
    return f"{timings[key].seconds / memo.seconds:.2f}" if memo and not memo.failure else ""


def _failed(label: str, timing: Timing, width: int) -> tuple[str, ...] | None:
    return (label, f"not measured: {timing.failure}", *[""] * (width - 1)) if timing.failure else None


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = "|".join(["---", *["--:"] * (len(head) - 1)])
    lines = [
        f"| {' | '.join(head)} |",
        f"|{rule}|",
        *(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows),
    ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
