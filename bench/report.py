"""Results as Markdown: printed at the end of a run, and kept as docs/benchmarks.md with ``--write``."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence

from bench.aims import aims
from bench.measure import Timing
from bench.peers import PEERS
from bench.plan import PACKAGES, WARM_MEMO, alone, batch_count
from bench.results import Results, Warm, filled_pair, filled_typst, the_pair

PAIR = "pandoc's DOCX, then Typst's PDF"
FILLED = f"fill, then {PAIR}"
FILLED_TYPST = "fill, then Typst's PDF"
STARTS = {
    "python": "`python -c pass`",
    "imports": '`python -c "import click, yaml"`',
    "packages": f'`python -c "import {PACKAGES}"`',
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
    FILLED_TYPST: FILLED_TYPST,
    FILLED: FILLED,
}
ALONE = {
    "memo docx": "**`memo build --format docx --jobs 1`**",
    "memo pdf": "**`memo build --format pdf --jobs 1`**",
    "memo both": "**`memo build --jobs 1`: both**",
}
RIVALS = {
    PAIR: "memo both",
    FILLED: "memo both",
    FILLED_TYPST: "memo pdf",
    **{name: f"memo {peer.format}" for name, peer in PEERS.items()},
}
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
        f"## A batch of {results.size.batch} memos, by one command",
        _batch(results),
        "## The memo many times as long",
        _long(results),
        f"## A PDF of {results.bulk.pages or 'about 250'} pages",
        _bulk(results),
        "## A PDF in one warm process",
        _warm(results),
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
    timings = _with_pair(results.batch)
    rows = []
    for key, label in _with_alone(MAKERS).items():
        count, timing = batch_count(results.size, key), timings[key]
        fewer = results.size.batch / count
        row = (
            (
                label if fewer == 1 else f"{label} ({count} memos)",
                f"{timing.seconds:.2f}",
                f"{count / timing.seconds:.1f}",
                f"{count / timing.processor:.1f}",
                f"{timing.peak:.0f}",
                _against(key, timings, fewer),
            )
            if not timing.failure
            else ()
        )
        rows.append(_failed(label, timing, 5) or row)
    head = ("", "median s", "memos a second", "memos a processor second", "peak MiB", "times `memo`")
    return _table(head, rows)


def _with_alone(makers: Mapping[str, str]) -> dict[str, str]:
    """The same, and after each way of `memo`'s what one process of it takes."""
    rows: dict[str, str] = {}
    for key, label in makers.items():
        rows[key] = label
        if key in ALONE:
            rows[alone(key)] = ALONE[key]
    return rows


def _long(results: Results) -> str:
    heads = [head for times in results.long for head in (f"{times}× s", f"{times}× MiB")]
    found = [_with_pair(timings) for timings in results.long.values()]
    rows = [(label, *(cell for timings in found for cell in _brief(timings[key]))) for key, label in MAKERS.items()]
    failures = sorted({timing.failure for timings in found for timing in timings.values()} - {""})
    return "\n\n".join([_table(("", *heads), rows), *(f"Not measured: {failure}" for failure in failures)])


def _brief(timing: Timing) -> tuple[str, str]:
    return ("–", "–") if timing.failure else (f"{timing.seconds:.2f}", f"{timing.peak:.0f}")


def _bulk(results: Results) -> str:
    rows = [
        _failed(MAKERS[key], timing, 3)
        or (MAKERS[key], f"{timing.seconds:.2f}", f"{timing.peak:.0f}", _against(key, results.bulk.timings))
        for key, timing in results.bulk.timings.items()
    ]
    return _table(("", "median s", "peak MiB", "times `memo`"), rows)


def _warm(results: Results) -> str:
    memo = results.warm[WARM_MEMO]
    rows = [
        _failed(_warm_label(name), warm, 4)
        or (
            _warm_label(name),
            f"{warm.milliseconds:.1f}",
            str(warm.pages),
            f"{warm.page:.1f}",
            "" if name == WARM_MEMO or memo.failure else f"{warm.page / memo.page:.2f}",
        )
        for name, warm in results.warm.items()
    ]
    return _table(("", "ms a memo", "pages", "ms a page", "times `memo`, a page"), rows)


def _warm_label(name: str) -> str:
    return "**`memo`, from the document**" if name == WARM_MEMO else MAKERS[name]


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
    return {**timings, PAIR: the_pair(timings), FILLED: filled_pair(timings), FILLED_TYPST: filled_typst(timings)}


def _against(key: str, timings: Mapping[str, Timing], fewer: float = 1.0) -> str:
    """How many times as long a peer takes as `memo` does to the same format; the pair, as `memo` to both.

    A peer that made ``fewer`` memos by that factor is taken to need so many times as long for all.
    """
    memo = timings.get(RIVALS.get(key, ""))
    return f"{timings[key].seconds * fewer / memo.seconds:.2f}" if memo and not memo.failure else ""


def _failed(label: str, timing: Timing | Warm, width: int) -> tuple[str, ...] | None:
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
