"""Where the lines of a paragraph end: all breaks are chosen together, so that the right edge is as even as it can be.

The way of Knuth and Plass (Software: Practice and Experience 11, 1981), for text that is even on the left only: the
sum of the squares of what each line but the last falls short is the least.
"""

from __future__ import annotations

from itertools import pairwise

from memo.renderers.pdf.atoms import HELD, Passage

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
