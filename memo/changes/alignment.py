"""Which of the old stands for which of the new.

`align` pairs the items of two sequences (blocks, rows, sentences, notes): first those that look the same, then those
that have most in common. `word_edits` does it for the words of one sentence, so that the edits are few and can be read:
edits that only a word or two keeps apart become one, and a sentence of which more than half changes is replaced as a
whole, because nobody can read a patchwork of old and new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple, TypeVar

from memo.changes.tokens import DiffToken, tokenize
from memo.document.tree import Text

# How much two texts have in common

_MIN_WORDS = 3
"""A text of fewer words than these is found within almost any other, which says nothing."""

HALF = 0.5
"""The share of words that two sentences need in common to stand for each other, and that may change within one."""


class Features(NamedTuple):
    """What sentences and notes are compared by: their words, each with how often it occurs, and their facts."""

    words: Counter[str]
    facts: frozenset[str]


def count_words(tokens: Iterable[DiffToken]) -> Counter[str]:
    """Count how often each word occurs in these tokens, capitals aside."""
    return Counter(token.text.casefold() for token in tokens if token.is_word)


def similarity(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1 (Dice's coefficient).

    Two texts without words have all in common. Where one holds every word of the other the share is at least a half:
    something was only added, or only taken away.
    """
    fewer, total = min(one.total(), other.total()), one.total() + other.total()
    common = (one & other).total()
    share = 2 * common / total if total else 1.0
    return max(share, HALF) if common == fewer >= _MIN_WORDS else share


# Items against items

Item = TypeVar("Item")
Compared = TypeVar("Compared")
Pair = tuple[Item | None, Item | None]

_MAX_COMPARISONS = 90_000
"""Where a stretch without anything equal would take more comparisons than these, all of it counts as replaced.

That is three hundred blocks against three hundred others.
"""


def align(
    old: Sequence[Item],
    new: Sequence[Item],
    visible: Callable[[Item], Hashable],
    features: Callable[[Item], Compared],
    score: Callable[[Compared, Compared], float],
) -> Iterator[Pair[Item]]:
    """Pair the items that stand for each other, in reading order.

    What went is paired with None and comes before what came. Items with the same ``visible`` value are paired first.
    Of the others ``features`` takes, once for each, what ``score`` compares; a score of 0 means: never pair these.
    """
    # difflib by itself ignores what is frequent in a long sequence (autojunk): here that would be spaces and "the".
    matcher = SequenceMatcher(None, [visible(item) for item in old], [visible(item) for item in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        before, after = old[i1:i2], new[j1:j2]
        if tag == "equal":
            yield from zip(before, after, strict=True)
        else:
            yield from _in_reading_order(before, after, _best_pairs(before, after, features, score))


def _in_reading_order(
    old: Sequence[Item], new: Sequence[Item], pairs: Sequence[tuple[int, int]]
) -> Iterator[Pair[Item]]:
    i = j = 0
    for paired_i, paired_j in pairs:
        yield from ((item, None) for item in old[i:paired_i])
        yield from ((None, item) for item in new[j:paired_j])
        yield old[paired_i], new[paired_j]
        i, j = paired_i + 1, paired_j + 1
    yield from ((item, None) for item in old[i:])
    yield from ((None, item) for item in new[j:])


def _best_pairs(
    old: Sequence[Item],
    new: Sequence[Item],
    features: Callable[[Item], Compared],
    score: Callable[[Compared, Compared], float],
) -> list[tuple[int, int]]:
    """Return the pairs, in order, whose scores add up to the most (Needleman and Wunsch, gaps cost nothing)."""
    if not 0 < len(old) * len(new) <= _MAX_COMPARISONS:
        return []
    old_features, new_features = list(map(features, old)), list(map(features, new))
    scores = [[score(one, other) for other in new_features] for one in old_features]
    # best[i][j] is the most that old[i:] and new[j:] can add up to.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = best[i + 1][j + 1] + scores[i][j] if scores[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


# Words against words

_MAX_BETWEEN = 2
"""So many unchanged words between two edits make them one."""


class Edit(NamedTuple):
    """A part of a sentence: the same in both where ``equal``, else ``old`` was replaced by ``new``."""

    equal: bool
    old: tuple[DiffToken, ...]
    new: tuple[DiffToken, ...]


def word_edits(old: Sequence[DiffToken], new: Sequence[DiffToken]) -> list[Edit]:
    """Return what changed between two sentences, in order, the unchanged parts included.

    Notes that stand for each other count as unchanged here, also where they say something else.
    """
    keys = _keys(old, new)
    old_keys, new_keys = ([keys[id(token)] for token in side] for side in (old, new))
    opcodes = SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes()
    edits = _join_close([Edit(tag == "equal", tuple(old[i1:i2]), tuple(new[j1:j2])) for tag, i1, i2, j1, j2 in opcodes])
    return _replace_whole(edits) if _share_changed(edits) > HALF else edits


def _keys(old: Sequence[DiffToken], new: Sequence[DiffToken]) -> dict[int, Hashable]:
    """Return what each token, told by its `id`, is compared by: two notes that stand for each other have one key."""
    keys = {id(token): token.visible for token in (*old, *new)}
    notes = [[token for token in side if token.note] for side in (old, new)]
    for one, other in align(notes[0], notes[1], lambda token: token.visible, _note_features, _score_notes):
        # A note that stays is written once: in another link, say, it could not be rejected into the old one.
        if one and other and one.wrappers == other.wrappers:
            keys[id(one)] = keys[id(other)]
    return keys


def _note_features(token: DiffToken) -> Features:
    assert token.note
    return Features(count_words(tokenize(token.note.content)), frozenset(token.facts))


def _score_notes(one: Features, other: Features) -> float:
    """Score two notes above 0 where they cite a fact in common, or have half of their words in common."""
    share = similarity(one.words, other.words)
    if one.facts & other.facts:
        return 1 + share
    return share if share >= HALF else 0.0


def _join_close(edits: Sequence[Edit]) -> list[Edit]:
    """Join edits that next to nothing keeps apart."""
    joined: list[Edit] = []
    for at, edit in enumerate(edits):
        last = at == len(edits) - 1
        if joined and not joined[-1].equal and (not edit.equal or (not last and _too_short(edit))):
            before = joined.pop()
            joined.append(Edit(False, before.old + edit.old, before.new + edit.new))
        else:
            joined.append(edit)
    return joined


def _too_short(unchanged: Edit) -> bool:
    # A note or a line break that stays always keeps edits apart: it is not to go and come for its neighbours' sake.
    return all(token.text for token in unchanged.new) and sum(token.is_word for token in unchanged.new) <= _MAX_BETWEEN


def _share_changed(edits: Sequence[Edit]) -> float:
    """Return the share of all words, old and new, that change.

    It is 0 where words were only added, or only taken away, in one place: however many they are, that is easily read.
    """
    changes = [edit for edit in edits if not edit.equal]
    if len(changes) == 1 and not (changes[0].old and changes[0].new):
        return 0.0
    total, changed = (
        sum(token.is_word for edit in among for token in edit.old + edit.new) for among in (edits, changes)
    )
    return changed / total if total else 0.0


def _replace_whole(edits: Sequence[Edit]) -> list[Edit]:
    """Replace the sentence as a whole, but for the notes in it and the spaces at its ends that stay."""
    worded = [at for at, edit in enumerate(edits) if not edit.equal or any(token.is_word for token in edit.new)]
    first, end = worded[0], worded[-1] + 1
    whole: list[Edit] = []
    for edit in edits[first:end]:
        if edit.equal and any(token.note for token in edit.new):
            whole.append(edit)
        elif whole and not whole[-1].equal:
            whole[-1] = Edit(False, whole[-1].old + edit.old, whole[-1].new + edit.new)
        else:
            whole.append(Edit(False, edit.old, edit.new))
    return [*edits[:first], *whole, *edits[end:]]


DiffPart = tuple[Literal["", "inserted", "deleted"], str]
"""What became of a piece of text, empty where it stayed; and the piece."""


BESIDE = " · "
"""Stands between the data of a figure that changed: each is compared with its own counterpart."""


def word_diff(before: str, after: str) -> Iterator[DiffPart]:
    """Give two sentences as one text, in pieces that stayed, went or came."""
    sides = [text.split(BESIDE) for text in (before, after)]
    if len(sides[0]) != len(sides[1]):
        sides = [[before], [after]]
    for at, (one, other) in enumerate(zip(*sides, strict=True)):
        yield from (("", BESIDE),) if at else ()
        yield from _sentence_diff(one, other)


def _sentence_diff(before: str, after: str) -> Iterator[DiffPart]:
    old, new = (list(tokenize((Text(text),))) if text else [] for text in (before, after))
    for edit in word_edits(old, new):
        if edit.equal:
            yield "", "".join(token.text for token in edit.new)
            continue
        if edit.old:
            yield "deleted", "".join(token.text for token in edit.old)
        if edit.new:
            yield "inserted", "".join(token.text for token in edit.new)
