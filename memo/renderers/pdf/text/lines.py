"""The lines of a paragraph: broken, with what each says, and drawn.

Words are hyphenated only where a line would else be ugly; a word wider than the line is cut anywhere.

Where the lines of a paragraph end: all breaks are chosen together, so that the right edge is as even as it can be.

The way of Knuth and Plass (Software: Practice and Experience 11, 1981), for text that is even on the left only: the
sum of the squares of what each line but the last falls short is the least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from memo.renderers.pdf.page.content import Ink, Sheet
from memo.renderers.pdf.text.actual_text import Shown, needs_words, spoken
from memo.renderers.pdf.text.boxes import HELD, Joint, Owned, Passage, Stretch, passage, stretches
from memo.renderers.pdf.text.marks import Altered
from memo.renderers.pdf.text.runs import Run, Way
from memo.renderers.pdf.text.segments import Cutter

if TYPE_CHECKING:
    from memo.renderers.pdf.page.notes import Note


class Manner(Enum):
    """How a paragraph is broken."""

    TEXT = "even on the right, with hyphens where it would be ugly"
    CELL = "even on the right, words whole if they can be"
    HEADING = "lines of like length, words whole if they can be"


class Line(NamedTuple):
    """One line of text; ``width`` in points, without the space at its end."""

    stretches: Sequence[Stretch]
    width: float

    def notes(self) -> list[Note]:
        """The footnotes that it refers to, in order."""
        return [stretch.run.note for stretch in self.stretches if stretch.run.note is not None]


class Breaker:
    """Breaks runs into lines, with one file's fonts."""

    def __init__(self, cutter: Cutter) -> None:
        self._cutter = cutter

    def lines(self, runs: Sequence[Sequence[Run]], width: float, manner: Manner = Manner.TEXT) -> list[Line]:
        """The lines of a paragraph; each of ``runs`` begins a new one."""
        return self.broken(self.passages(runs), width, manner)

    def passages(self, runs: Sequence[Sequence[Run]]) -> list[Passage]:
        """What a paragraph is made of, for those who must know its `natural` width before they break it."""
        return [self._cutter.passage(forced) for forced in runs]

    def joined(self, runs: Sequence[Run]) -> Line:
        """Runs in one line, however wide."""
        shown = [stretch for run in runs for stretch in stretches(run, self._cutter.parts(run))]
        return Line(shown, sum([stretch.width for stretch in shown]))

    def broken(self, paragraph: Sequence[Passage], width: float, manner: Manner) -> list[Line]:
        """The lines of what `passages` gave."""
        return [line for part in paragraph if part.atoms for line in self._lines(part, width, manner)]

    def _lines(self, text: Passage, width: float, manner: Manner) -> Iterator[Line]:
        breaks = best_breaks(text, width, manner is Manner.HEADING)
        if not breaks or (manner is Manner.TEXT and is_ugly(text, breaks, width)):
            text = self._in_bits(text, width, hyphenate=manner is Manner.TEXT)
            breaks = best_breaks(text, width, manner is Manner.HEADING)
        if needs_words(text, breaks):
            yield from self._spoken_lines(text, breaks)
            return
        for (start, end), shown in zip(pairwise((0, *breaks)), _stretches(text, breaks), strict=True):
            yield Line(shown, text.room(start, end) - text.atoms[end - 1].gap)

    def _spoken_lines(self, text: Passage, breaks: Sequence[int]) -> Iterator[Line]:
        owned = text.owned()
        shown = [
            [Shown(run, part) for run, atom in owned[start:end] for part in atom.parts] + self._ending(owned[end - 1])
            for start, end in pairwise((0, *breaks))
        ]
        for end, line in zip(breaks, spoken(text, breaks, shown), strict=True):
            yield Line(line, sum([stretch.width for stretch in line]) - text.atoms[end - 1].gap)

    def _ending(self, last: Owned) -> list[Shown]:
        """What a line that ends with this atom adds to it: a hyphen, where it ends within a word."""
        run, atom = last
        return [Shown(run, self._cutter.hyphen(run))] if atom.joint is Joint.SOFT else []

    def _in_bits(self, text: Passage, width: float, hyphenate: bool) -> Passage:
        """The same words in syllables, if so told; what is wider than the line in letters."""
        owned = text.owned()
        bits: list[Owned] = []
        held: set[int] = set()
        for start, end in pairwise((0, *text.ends)):
            for syllable in self._cutter.hyphenated(owned[start:end]) if hyphenate else [owned[start:end]]:
                for group in self._cutter.cut_up(syllable) if _width(syllable) > width else [syllable]:
                    bits += group
            if end in text.held:
                held.add(len(bits))
        return passage(bits, held, text.steered)


def _width(group: Sequence[Owned]) -> float:
    """The width of what stays together on a line."""
    return sum(atom.width + atom.gap for _, atom in group) - group[-1][1].gap


def _stretches(text: Passage, breaks: Sequence[int]) -> Iterator[list[Stretch]]:
    """What stands on each line, where that shows what it says."""
    spans, at = iter(text.spans), 0
    run, until = next(spans)
    for end in breaks:
        line: list[Stretch] = []
        while at < end:
            while until <= at:
                run, until = next(spans)
            stop = min(until, end)
            pieces = [piece for atom in text.atoms[at:stop] for piece in atom.pieces]
            line.append(Stretch(run, pieces, text.room(at, stop)))
            at = stop
        yield line


def natural(paragraph: Sequence[Passage]) -> tuple[float, float]:
    """The width of the widest of what stays together, and that of the whole, where only forced breaks end a line."""
    widest = max((passage.widest() for passage in paragraph), default=0.0)
    return widest, max((passage.starts[-1] for passage in paragraph), default=0.0)


def draw_line(sheet: Sheet, line: Line, x: float, baseline: float, artifact: str = "") -> None:
    """Show a line from ``x`` on. With ``artifact``, as one of that kind: no element, no link leads from it or to it."""
    at, fresh = x, True
    links: list[_Reach] = []
    changed: list[_Changed] = []
    for run, pieces, width, said in line.stretches:
        sheet.mark(artifact or run.owner)
        if fresh or not sheet.in_text:
            sheet.text_at(at, baseline)
        sheet.show(run.ink, pieces, None if said is None else said.text)
        end = at + width
        if run.link:
            links.append(_Reach(run.link, run.ink, at, end))
        if run.altered:
            changed.append(_Changed(run.altered, run.ink, at, min(end, x + line.width)))
        if run.spot and not artifact:
            sheet.spot(run.spot, at, baseline - run.ink.rise - run.ink.size)
        at, fresh = end, False
    if links and not artifact:
        _draw_links(sheet, links, baseline)
    if changed:
        _draw_changes(sheet, changed, baseline)


class _Reach(NamedTuple):
    """How far a link reaches on a line."""

    link: Way
    ink: Ink
    start: float
    end: float


def _draw_links(sheet: Sheet, reaches: Sequence[_Reach], baseline: float) -> None:
    """Make what is shown of each link active, in one area a line."""
    for link, group in groupby(reaches, key=attrgetter("link")):
        parts = list(group)
        ink, start, end = parts[0].ink, parts[0].start, parts[-1].end
        foot = baseline - ink.rise
        sheet.area(link.element, (start, foot - ink.size * 0.8, end, foot + ink.size * 0.25), link.target, link.said)
        if link.underlined:
            sheet.underline(start, end, baseline + ink.size * 0.12, ink.colour)


class _Changed(NamedTuple):
    """How far what came or went reaches on a line."""

    altered: Altered
    ink: Ink
    start: float
    end: float


def _draw_changes(sheet: Sheet, reaches: Sequence[_Changed], baseline: float) -> None:
    """Underline what came, and strike through what went; both heavier than the line under a link."""
    for altered, ink, start, end in reaches:
        above = _STRIKE if altered.mark.how == "deleted" else _UNDER
        width = max(_LEAST_STROKE, ink.size * _STROKE)
        sheet.underline(start, end, baseline - ink.rise - ink.size * above, ink.colour, width)
        sheet.touch(altered.mark)


_UNDER, _STRIKE = -0.14, 0.26
"""How far above the baseline these lines are, as shares of the text's size."""

_STROKE = 0.08
_LEAST_STROKE = 0.6
"""The width of these lines, as a share of the text's size, and at least in points."""


UGLY = 0.16
"""What a line may fall short, as a share of its width, before words are hyphenated."""

_LINE = 0.04
"""What one line more costs, lest evenness make a paragraph longer."""

_FULL_ENOUGH = 0.8
_ALONE = 0.2
"""A last line that is emptier than the first, as a share of its width, costs the second for every such share more."""

_SLACK = 1e-6
_NEVER = float("inf")


def best_breaks(passage: Passage, width: float, balanced: bool = False) -> list[int]:
    """Where each line ends, as counts of atoms; the last is all of them. None, if anything in it is wider than that.

    If ``balanced``, the last line is to be as long as the others, as in a heading; otherwise only not too short.

    Each break in turn is given the best line before it. Lines that are too long are passed over for good, since those
    to later breaks are longer still; and once a line alone is as ill as the best found, those shorter need no look.
    """
    if passage.fits(width):
        return [len(passage.atoms)]
    atoms, held, starts = passage.atoms, passage.held, passage.starts
    heads = [0.0, *[starts[end] for end in passage.ends]]
    costs, origins, low = [0.0], [0], 0
    for this, end in enumerate(passage.ends, 1):
        atom = atoms[end - 1]
        reach = heads[this] - atom.gap + atom.tail - width - _SLACK
        while low < this - 1 and heads[low] < reach:
            low += 1
        while low and heads[low - 1] >= reach:  # the hyphen before may have been wider than what follows it here
            low -= 1
        if low == this - 1 and heads[low] < reach - atom.tail:
            return []
        last = end == len(atoms) and not balanced
        best, origin, least = _NEVER, this - 1, min(costs[low:this])
        for start in range(low, this):
            short = (heads[start] - reach) / width
            uneven = _last_line(short) if last else short * short
            if uneven + least > best:
                break
            cost = costs[start] + uneven
            if cost <= best:
                best, origin = cost, start
        costs.append(best + (HELD if end in held else atom.badness) + _LINE)
        origins.append(origin)
    return [passage.ends[stop - 1] for stop in _trail(origins)]


def _last_line(short: float) -> float:
    """A last line may be short, but should not be a word alone."""
    return max(0.0, short - _FULL_ENOUGH) * _ALONE


def _trail(origins: list[int]) -> list[int]:
    stops = [len(origins) - 1]
    while origins[stops[-1]]:
        stops.append(origins[stops[-1]])
    return stops[::-1]


def is_ugly(passage: Passage, breaks: list[int], width: float) -> bool:
    """Whether any line but the last falls too short."""
    most = width * (1 - UGLY)
    return any(
        passage.room(start, end) - passage.atoms[end - 1].gap < most for start, end in pairwise((0, *breaks[:-1]))
    )
