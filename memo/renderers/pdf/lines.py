"""Breaking a paragraph into lines: all its breaks are chosen together, so that the right edge is as even as it can be.

The way of Knuth and Plass (Software: Practice and Experience 11, 1981), for text that is even on the left only: the
sum of the squares of what each line but the last falls short is the least, words are hyphenated only where it would
otherwise be ugly, and a word wider than the line is cut anywhere only where nothing else fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from memo.renderers.pdf.atoms import Atom, Cutter, Part
from memo.renderers.pdf.runs import Run, Way
from memo.renderers.pdf.sheet import Ink, Sheet
from memo.renderers.pdf.spoken import spoken

if TYPE_CHECKING:
    from memo.renderers.pdf.notes import Note

UGLY = 0.16
"""What a line may fall short, as a share of its width, before words are hyphenated."""

_LINE = 0.04
"""What one line more costs, lest evenness make a paragraph longer."""

_FULL_ENOUGH = 0.8
_ALONE = 0.2
"""A last line that is emptier than the first, as a share of its width, costs the second for every such share more."""

_SLACK = 1e-6
_NEVER = float("inf")


class Manner(Enum):
    """How a paragraph is broken."""

    TEXT = "even on the right, with hyphens where it would be ugly"
    CELL = "even on the right, words whole if they can be"
    HEADING = "lines of like length, words whole if they can be"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; ``width`` in points, without the space at its end."""

    parts: tuple[Part, ...]
    width: float

    def notes(self) -> list[Note]:
        """The footnotes that it refers to, in order."""
        return [part.run.note for part in self.parts if part.run.note is not None]


class Breaker:
    """Breaks runs into lines, with one file's fonts."""

    def __init__(self, cutter: Cutter) -> None:
        self._cutter = cutter

    def lines(self, runs: Sequence[Sequence[Run]], width: float, manner: Manner = Manner.TEXT) -> list[Line]:
        """The lines of a paragraph; each of ``runs`` begins a new one."""
        return self.broken(self.atoms(runs), width, manner)

    def atoms(self, runs: Sequence[Sequence[Run]]) -> list[list[Atom]]:
        """What a paragraph is made of, for those who must know its `natural` width before they break it."""
        return [self._cutter.atoms(forced) for forced in runs]

    def broken(self, paragraph: Sequence[list[Atom]], width: float, manner: Manner) -> list[Line]:
        """The lines of what `atoms` gave."""
        return [line for atoms in paragraph for line in self._lines(atoms, width, manner)]

    def _lines(self, atoms: list[Atom], width: float, manner: Manner) -> list[Line]:
        if not atoms:
            return []
        wide = any(atom.width > width for atom in atoms)
        breaks = [] if wide else best_breaks(atoms, width, manner is Manner.HEADING)
        if wide or (manner is Manner.TEXT and _is_ugly(atoms, breaks, width)):
            atoms = [bit for atom in atoms for bit in self._in_bits(atom, width, manner)]
            breaks = best_breaks(atoms, width, manner is Manner.HEADING)
        cut = [atoms[start:end] for start, end in pairwise([0, *breaks])]
        shown = [[part for atom in line for part in atom.parts] + self._cutter.ending(line[-1]) for line in cut]
        return [
            Line(tuple(parts), sum(part.width for part in parts) - line[-1].gap)
            for line, parts in zip(cut, spoken(cut, shown), strict=True)
        ]

    def _in_bits(self, atom: Atom, width: float, manner: Manner) -> Iterator[Atom]:
        if manner is not Manner.TEXT and atom.width <= width:
            yield atom
            return
        for syllable in self._cutter.hyphenated(atom):
            yield from self._cutter.cut_up(syllable, width)


def natural(paragraph: Sequence[Sequence[Atom]]) -> tuple[float, float]:
    """The width of the widest atom, and that of the whole, where only forced breaks end a line."""
    widest = max((atom.width for atoms in paragraph for atom in atoms), default=0.0)
    return widest, max((sum(atom.width + atom.gap for atom in atoms) for atoms in paragraph), default=0.0)


def best_breaks(atoms: Sequence[Atom], width: float, balanced: bool = False) -> list[int]:
    """Where each line ends, as counts of atoms; the last is all of them. No atom may be wider than ``width``.

    If ``balanced``, the last line is to be as long as the others, as in a heading; otherwise only not too short.
    """
    starts = list(accumulate((atom.width + atom.gap for atom in atoms), initial=0.0))
    if starts[-1] - atoms[-1].gap <= width:
        return [len(atoms)]
    costs, origins = [0.0], [0]
    for end in range(1, len(atoms) + 1):
        atom = atoms[end - 1]
        reach = starts[end] - atom.gap + atom.tail - width - _SLACK
        last = end == len(atoms) and not balanced
        best, origin = _NEVER, end - 1
        for start in range(end - 1, -1, -1):
            room = starts[start] - reach
            if room < 0 and start < end - 1:
                break
            short = room / width
            cost = costs[start] + (_last_line(short) if last else short * short)
            if cost < best:
                best, origin = cost, start
        costs.append(best + atom.badness + _LINE)
        origins.append(origin)
    return _trail(origins)


def _last_line(short: float) -> float:
    """A last line may be short, but should not be a word alone."""
    return max(0.0, short - _FULL_ENOUGH) * _ALONE


def _trail(origins: list[int]) -> list[int]:
    breaks = [len(origins) - 1]
    while origins[breaks[-1]]:
        breaks.append(origins[breaks[-1]])
    return breaks[::-1]


def _is_ugly(atoms: Sequence[Atom], breaks: list[int], width: float) -> bool:
    """Whether any line but the last falls too short."""
    for start, end in pairwise([0, *breaks[:-1]]):
        used = sum(atom.width + atom.gap for atom in atoms[start:end]) - atoms[end - 1].gap
        if width - used > UGLY * width:
            return True
    return False


def draw_line(sheet: Sheet, line: Line, x: float, baseline: float, artifact: str = "") -> None:
    """Show a line from ``x`` on. With ``artifact``, as one of that kind: no element, no link leads from it or to it."""
    at, fresh = x, True
    links: list[_Reach] = []
    for (run, said), group in groupby(line.parts, key=attrgetter("run", "said")):
        sheet.mark(artifact or run.owner)
        if fresh or not sheet.in_text:
            sheet.text_at(at, baseline)
        parts = list(group)
        with sheet.saying(said.text if said else None):
            for font, same in groupby(parts, key=attrgetter("font")):
                sheet.show(font, run.ink, (piece for part in same for piece in part.pieces))
        end = at + sum(part.width for part in parts)
        if run.link:
            links.append(_Reach(run.link, run.ink, at, end))
        if run.spot and not artifact:
            sheet.spot(run.spot, at, baseline - run.ink.rise - run.ink.size)
        at, fresh = end, False
    if not artifact:
        _draw_links(sheet, links, baseline)


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
