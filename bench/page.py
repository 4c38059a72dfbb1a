"""docs/benchmarks.md: what was measured, good or bad, and how."""

from __future__ import annotations

from bench.report import report
from bench.results import Results

_HEAD = """\
# Benchmarks

As measured, good or bad. `python bench/run.py --write` times `memo` side by side with its peers in one run and writes
this page; nothing here is typed by hand.
"""

_HOW = """\
## How it is measured

- Whole processes, by the clock, started one after another by a small program that also reads their processor time and
  peak memory (`wait4`). The tasks take turns, round after round, after one round that is not counted; so a busy minute
  hits all alike. Nothing is pinned and no priority is set; `PYTHONHASHSEED` is fixed.
- A cold build is a new process that writes into an empty folder, with the disk's cache and Python's byte code warm.
- All tools make the same memo. `memo` starts from facts and templates: it reads YAML, runs Jinja2 and the checks. The
  peers are handed finished markup, made from the same composed document: pandoc its Markdown with a reference document
  for header and footer, Typst its markup with the same fonts, sizes, title block, header, footer and picture, for
  PDF/UA-1. What they would need to fill a template from data is not in their times: it stands in a row of its own
  (the same sheets read by PyYAML, the same templates filled by Jinja2, nothing checked, cited or traced), and the
  last rows add it to Typst's time and to the pair's ("from facts on").
- pandoc is its own program. Typst runs through its Python package in a new process with the fonts it needs and no
  others; its own command line would start a little sooner. Where `rsvg-convert` is missing, pandoc leaves out the
  fallback that its DOCX should have beside the SVG picture.
- In a batch every tool makes all memos by one command: `memo build`, `pandoc lua`, one Typst world with its fonts found
  once. `memo build` shares the work among as many processes as there are cores, unless `--jobs 1` is said; the peers
  work in the one process that they know. The memos share their facts and differ in the words around them, so that no
  tool can serve them from memory.
- pandoc, docxtpl, python-docx and platypus use one core; `memo` in a batch, and Typst where it can, use all. So rates
  are given by processor time as well as by the clock, and `memo`'s on one core in rows of their own.
- The memos 10 and 100 times as long repeat the text, with different words at the head of each paragraph.
- "The pair" is pandoc's DOCX and Typst's PDF, one after the other: times added round by round, the greater peak.
- Peak memory is resident memory, shared libraries included, of the largest process where there are several; pandoc's
  is mostly its own program of 160 MB.
- python-docx, docxtpl and platypus are driven from the composed document by plain code; none has footnotes, so notes
  follow at the end, and platypus tags nothing. "Times `memo`" is a tool's time divided by `memo`'s to the same format.

- "In one warm process" every tool makes memos that differ, one after another, and the median counts after the first.
  `memo` starts from composed documents there, as platypus does; Typst and WeasyPrint read their markup.
- WeasyPrint is by far the slowest, so it makes a tenth of a batch, and no memo more than 10 times as long. It reads
  HTML, with footnotes as CSS has them (`float: footnote`).

To time another peer (fpdf2), give it a `Peer` in `bench/peers.py`: how it gets its source, and its
commands.
"""


def page(results: Results) -> str:
    """The whole page, in Markdown."""
    return f"{_HEAD}\n{report(results)}\n{_HOW}"
