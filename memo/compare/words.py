"""Which words of a sentence came and which went: few edits, each of them readable.

Edits that only a word or two or a mark of punctuation keeps apart become one. Where more than half of a sentence
changes, it goes and comes as a whole: a patchwork of old and new cannot be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from memo.compare.align import aligned
from memo.compare.atoms import Atom, atoms, bag, likeness
from memo.document import Footnote, Text

BETWEEN = 2
"""So many unchanged words between two edits make them one."""

HALF = 0.5
"""The share of a sentence's words that may change before it is replaced as a whole."""


class Edit(NamedTuple):
    """A stretch of a sentence: unchanged where ``equal``, else ``old`` went and ``new`` came."""

    equal: bool
    old: tuple[Atom, ...]
    new: tuple[Atom, ...]


def edits(old: Sequence[Atom], new: Sequence[Atom]) -> list[Edit]:
    """The stretches of two sentences in order. Notes that stand for each other count as unchanged here."""
    names_old, names_new = _named(old, new)
    opcodes = SequenceMatcher(None, names_old, names_new, autojunk=False).get_opcodes()
    found = [Edit(tag == "equal", tuple(old[i1:i2]), tuple(new[j1:j2])) for tag, i1, i2, j1, j2 in opcodes]
    merged = _merged(found)
    return _whole(merged) if _changed(merged) > HALF else merged


def _named(old: Sequence[Atom], new: Sequence[Atom]) -> tuple[list[Hashable], list[Hashable]]:
    """What to compare the atoms by; two notes that stand for each other have one name."""
    names = {id(atom): atom.same for atom in (*old, *new)}
    notes = [[atom for atom in side if isinstance(atom.leaf, Footnote)] for side in (old, new)]
    pairs = aligned(notes[0], notes[1], lambda atom: atom.same, _gauge, _notes_alike)
    for one, other in pairs:
        if one and other and one.around == other.around:
            names[id(one)] = names[id(other)]
    return [names[id(atom)] for atom in old], [names[id(atom)] for atom in new]


def _gauge(note: Atom) -> tuple[Counter[str], frozenset[str]]:
    assert isinstance(note.leaf, Footnote)
    return bag(list(atoms(note.leaf.content))), frozenset(note.facts())


def _notes_alike(one: tuple[Counter[str], frozenset[str]], other: tuple[Counter[str], frozenset[str]]) -> float:
    """Notes stand for each other where they cite a fact in common, or have half their words in common."""
    common = one[1] & other[1]
    share = likeness(one[0], other[0])
    return 1 + share if common else share if share >= HALF else 0.0


def _merged(found: list[Edit]) -> list[Edit]:
    """Edits that next to nothing keeps apart as one. A note that stays does keep them apart."""
    merged: list[Edit] = []
    for at, edit in enumerate(found):
        if merged and not merged[-1].equal and (not edit.equal or _thin(edit, at == len(found) - 1)):
            last = merged.pop()
            merged.append(Edit(False, last.old + edit.old, last.new + edit.new))
        else:
            merged.append(edit)
    return merged


def _thin(edit: Edit, last: bool) -> bool:
    """Whether an unchanged stretch is too little to keep the edits before and after it apart."""
    return not last and all(atom.text for atom in edit.new) and sum(atom.word for atom in edit.new) <= BETWEEN


def _changed(found: list[Edit]) -> float:
    """The share of all words, old and new, that change; none where all that stood there still does, or did already."""
    touched = [edit for edit in found if not edit.equal]
    if len(touched) == 1 and not (touched[0].old and touched[0].new):
        return 0.0
    total = sum(atom.word for edit in found for atom in edit.old + edit.new)
    changed = sum(atom.word for edit in touched for atom in edit.old + edit.new)
    return changed / total if total else 0.0


def _whole(found: list[Edit]) -> list[Edit]:
    """The sentence replaced, but for the notes and spaces at its ends that stay."""
    first = next(at for at, edit in enumerate(found) if _touched(edit))
    last = next(at for at, edit in reversed(list(enumerate(found))) if _touched(edit))
    middle = found[first : last + 1]
    split: list[Edit] = []
    for edit in middle:
        if edit.equal and any(isinstance(atom.leaf, Footnote) for atom in edit.new):
            split.append(edit)
        elif split and not split[-1].equal:
            split[-1] = Edit(False, split[-1].old + edit.old, split[-1].new + edit.new)
        else:
            split.append(Edit(False, edit.old, edit.new))
    return [*found[:first], *split, *found[last + 1 :]]


def _touched(edit: Edit) -> bool:
    return not edit.equal or any(atom.word for atom in edit.new)


Said = tuple[Literal["", "inserted", "deleted"], str]


def told(before: str, after: str) -> Iterator[Said]:
    """Two sentences as one text: stretches that stayed, went and came, in that order."""
    old, new = (list(atoms((Text(text),))) if text else [] for text in (before, after))
    for edit in edits(old, new):
        if edit.equal:
            yield "", "".join(atom.text for atom in edit.new)
            continue
        if edit.old:
            yield "deleted", "".join(atom.text for atom in edit.old)
        if edit.new:
            yield "inserted", "".join(atom.text for atom in edit.new)
