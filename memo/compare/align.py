"""Which of the old stands for which of the new: items that are equal first, then those that are most alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

Item = TypeVar("Item")
Gauge = TypeVar("Gauge")
Pair = tuple[Item | None, Item | None]
Likeness = Callable[[Gauge, Gauge], float]
"""From 0: they have nothing to do with each other and are never paired."""

MOST = 90_000
"""Beyond so many comparisons in one stretch that has nothing equal in it, all of it counts as replaced."""


def aligned(
    old: Sequence[Item],
    new: Sequence[Item],
    same: Callable[[Item], Hashable],
    gauge: Callable[[Item], Gauge],
    alike: Likeness[Gauge],
) -> Iterator[Pair[Item]]:
    """Pairs in reading order; what came or went stands alone, gone before come.

    ``gauge`` gives what ``alike`` needs of an item, once.
    """
    matcher = SequenceMatcher(None, [same(item) for item in old], [same(item) for item in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            few = len(old[i1:i2]) * len(new[j1:j2]) <= MOST
            gauges = [list(map(gauge, side)) for side in (old[i1:i2], new[j1:j2])] if few else [[], []]
            yield from _paired(old[i1:i2], new[j1:j2], _pairs(gauges[0], gauges[1], alike))


def _paired(old: Sequence[Item], new: Sequence[Item], pairs: list[tuple[int, int]]) -> Iterator[Pair[Item]]:
    i = j = 0
    for paired_i, paired_j in pairs:
        yield from ((item, None) for item in old[i:paired_i])
        yield from ((None, item) for item in new[j:paired_j])
        yield old[paired_i], new[paired_j]
        i, j = paired_i + 1, paired_j + 1
    yield from ((item, None) for item in old[i:])
    yield from ((None, item) for item in new[j:])


def _pairs(old: Sequence[Gauge], new: Sequence[Gauge], alike: Likeness[Gauge]) -> list[tuple[int, int]]:
    """The pairs in order whose likenesses add up to the most (Needleman and Wunsch, without costs)."""
    scores = [[alike(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both = best[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
