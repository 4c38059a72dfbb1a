"""What `memo` aims at, each as a ratio of two things timed in one run, and whether it is met."""

from __future__ import annotations

from dataclasses import dataclass

from bench.measure import Timing
from bench.plan import WARM_MEMO, alone
from bench.results import Results, Warm, filled_docxtpl, filled_pair, filled_typst, the_pair

COLD = 1.0
BATCH = 2.0
UNCHANGED = 2.0
LINEAR = 1.1
FLAT = 2.0
PDF_COLD = 1.3
PDF_MEMORY = 100.0
"""MiB, at about 250 pages."""


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim: in words, as measured, and ``yes``, ``no`` or ``not measured``."""

    what: str
    measured: str
    verdict: str


def aims(results: Results) -> list[Aim]:
    """Every aim, with what this run says of it."""
    return [_cold(results), _batch(results), _unchanged(results), *_long(results), *_pdf(results)]


def _cold(results: Results) -> Aim:
    memo, peers, filled = results.cold["memo both"], the_pair(results.cold), filled_pair(results.cold)
    what = "both formats, cold, in less time than pandoc's DOCX and Typst's PDF one after the other (0.6 is the dream)"
    if lacks(memo, filled):
        return _unknown(what)
    ratio, whole = memo.seconds / peers.seconds, memo.seconds / filled.seconds
    measured = f"{ratio:.2f} of the pair's time; {whole:.2f} from facts on"
    return Aim(what, measured, _verdict(ratio < COLD))


def _batch(results: Results) -> Aim:
    """By processor time, since `memo` and Typst may each use as many cores as there are."""
    memo, peers, filled = results.batch[alone("memo both")], the_pair(results.batch), filled_pair(results.batch)
    shared = results.batch["memo both"]
    what = "both formats in a batch at twice the pair's rate on one core"
    if lacks(memo, shared, filled):
        return _unknown(what)
    ratio, wall = peers.processor / memo.processor, peers.seconds / shared.seconds
    whole = filled.processor / memo.processor
    measured = f"{ratio:.2f} times by processor time; {whole:.2f} from facts on; {wall:.2f} by the clock on all cores"
    return Aim(what, measured, _verdict(ratio >= BATCH))


def _unchanged(results: Results) -> Aim:
    memo, imports = results.cold["memo unchanged"], results.cold["imports"]
    what = 'a build with nothing changed in under twice `python -c "import click, yaml"`'
    if lacks(memo, imports):
        return _unknown(what)
    ratio = memo.seconds / imports.seconds
    return Aim(what, f"{ratio:.2f} times", _verdict(ratio < UNCHANGED))


def _long(results: Results) -> list[Aim]:
    """Start-up is the same for any length, so linear time grows by less than the text does."""
    *_, before, longest = sorted(results.long)
    shortest = min(results.long)
    small, middle, large = (results.long[times]["memo both"] for times in (shortest, before, longest))
    growth = LINEAR * longest / before
    linear = (
        f"time linear in length: the memo {longest} times takes at most {growth:g} times what it takes {before} times"
    )
    flat = f"memory nearly flat: the memo {longest} times takes at most {FLAT:g} times the memory of one"
    if lacks(small, middle, large):
        return [_unknown(linear), _unknown(flat)]
    slower, larger = large.seconds / middle.seconds, large.peak / small.peak
    return [
        Aim(linear, f"{slower:.1f} times", _verdict(slower <= growth)),
        Aim(flat, f"{larger:.1f} times", _verdict(larger <= FLAT)),
    ]


def _pdf(results: Results) -> list[Aim]:
    return [_page(results), _pdf_batch(results), _docx_batch(results), _pdf_cold(results), _pdf_memory(results)]


def _page(results: Results) -> Aim:
    memo, platypus = results.warm[WARM_MEMO], results.warm["platypus"]
    what = "the PDF, warm, no slower a page than plain platypus"
    if lacks(memo, platypus):
        return _unknown(what)
    ratio = memo.page / platypus.page
    return Aim(what, f"{ratio:.2f} of its time", _verdict(ratio <= 1))


def _pdf_batch(results: Results) -> Aim:
    """By the clock: Typst, which may use all cores as `memo` does, is handed finished markup."""
    return _rate(
        "the PDF, in a batch, in less time than Typst", "memo pdf", "Typst", filled_typst(results.batch), results
    )


def _docx_batch(results: Results) -> Aim:
    """By the clock: docxtpl, which knows one core, is handed all that its template prints."""
    what = "the DOCX, in a batch, in less time than docxtpl"
    return _rate(what, "memo docx", "docxtpl", filled_docxtpl(results.batch), results)


def _rate(what: str, task: str, peer: str, filled: Timing, results: Results) -> Aim:
    memo, one, other = results.batch[task], results.batch[alone(task)], results.batch[peer]
    if lacks(memo, one, filled):
        return _unknown(what)
    ratios = memo.seconds / other.seconds, one.seconds / other.seconds, one.seconds / filled.seconds
    measured = "{:.2f} of its time; on one core {:.2f}, and {:.2f} from facts on".format(*ratios)
    return Aim(what, measured, _verdict(ratios[0] < 1))


def _pdf_cold(results: Results) -> Aim:
    """With what it takes to import the packages: no memo can be there sooner."""
    memo, typst, filled = results.cold["memo pdf"], results.cold["Typst"], filled_typst(results.cold)
    packages = results.cold["packages"]
    what = f"the PDF, cold, in less than {PDF_COLD:g} times Typst's time"
    if lacks(memo, packages, filled):
        return _unknown(what)
    ratios = (memo.seconds / typst.seconds, memo.seconds / filled.seconds, packages.seconds / typst.seconds)
    measured = "{:.2f} times; {:.2f} from facts on; its packages' import alone takes {:.2f} times".format(*ratios)
    return Aim(what, measured, _verdict(ratios[0] < PDF_COLD))


def _pdf_memory(results: Results) -> Aim:
    memo = results.bulk.timings["memo pdf"]
    what = f"the PDF, at 250 pages, in less than {PDF_MEMORY:g} MiB"
    if lacks(memo):
        return _unknown(what)
    return Aim(what, f"{memo.peak:.0f} MiB at {results.bulk.pages} pages", _verdict(memo.peak < PDF_MEMORY))


def lacks(*timings: Timing | Warm) -> bool:
    """Whether any of these could not be measured."""
    return any(timing.failure for timing in timings)


def _unknown(what: str) -> Aim:
    return Aim(what, "", "not measured")


def _verdict(met: bool) -> str:
    return "yes" if met else "no"
