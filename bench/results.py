"""What one run of the benchmarks found. Types only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bench.measure import Timing, pair
from bench.plan import Size


@dataclass(frozen=True, slots=True)
class Subject:
    """The memo that is timed, in numbers. ``typst_pages`` is None where they could not be counted."""

    typst_pages: int | None
    words: int
    notes: int
    tables: int
    figures: int


@dataclass(frozen=True, slots=True)
class Inside:
    """Milliseconds by step in one warm process, and the PDF's pages; or why there are none."""

    pages: int = 0
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Warm:
    """Milliseconds that a PDF takes in a process that has made one before, and its pages; or why that is not known."""

    milliseconds: float = 0.0
    pages: int = 0
    failure: str = ""

    @property
    def page(self) -> float:
        """Milliseconds a page."""
        return self.milliseconds / self.pages


@dataclass(frozen=True, slots=True)
class Bulk:
    """A memo of about 250 pages: how many `memo` makes of it, and what it takes each tool."""

    pages: int
    timings: Mapping[str, Timing]


@dataclass(frozen=True, slots=True)
class Results:
    """Timings by task name: of one memo, of many in one process, of the memo 1, 10 and 100 times as long (by times)."""

    size: Size
    subject: Subject
    cold: Mapping[str, Timing]
    batch: Mapping[str, Timing]
    long: Mapping[int, Mapping[str, Timing]]
    inside: Inside
    warm: Mapping[str, Warm]
    bulk: Bulk
    versions: Mapping[str, str]
    cores: int


def the_pair(timings: Mapping[str, Timing]) -> Timing:
    """pandoc's DOCX and Typst's PDF, one after the other: what it takes them to make what ``memo`` makes."""
    return pair(timings["pandoc"], timings["Typst"])


def filled_docxtpl(timings: Mapping[str, Timing]) -> Timing:
    """docxtpl's DOCX with the reading of facts before it, which its own time leaves out."""
    return pair(timings["fill"], timings["docxtpl"])


def filled_typst(timings: Mapping[str, Timing]) -> Timing:
    """Typst's PDF with the filling of a template before it: what it takes from facts on, as `memo` does."""
    return pair(timings["fill"], timings["Typst"])


def filled_pair(timings: Mapping[str, Timing]) -> Timing:
    """The same with the filling of a template before it: what it takes them from facts on, as `memo` does."""
    return pair(timings["fill"], the_pair(timings))
