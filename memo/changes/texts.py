"""One run of text against another: sentence by sentence, and within each word by word.

Which words of a sentence came and which went: few edits, each of them readable.

Edits that only a word or two or a mark of punctuation keeps apart become one. Where more than half of a sentence
changes, it goes and comes as a whole: a patchwork of old and new cannot be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from memo.changes.tokens import Atom, aligned, atoms, bag, joined, likeness, shown
from memo.document.sentences import sentences
from memo.document.tree import Footnote, Inline, Mark, Text
from memo.document.walk import inline_text

Tell = Callable[[str, str, Sequence[str]], int]
"""Tells a change (before, after, the facts behind it) and gives its number, for its marks; 0 where nothing is told."""


How = Literal["inserted", "deleted"]


class Stretch(Struct, frozen=True):
    """A sentence of a run with the notes that stand at it, and the white space before it."""

    lead: tuple[Atom, ...]
    body: tuple[Atom, ...]
    cited: tuple[str, ...] = ()

    def text(self) -> str:
        """Its words, without notes."""
        return _text(self.body)

    def facts(self) -> tuple[str, ...]:
        """The facts that it shows or that answer for it, each once."""
        return tuple(dict.fromkeys((*chain.from_iterable(atom.facts() for atom in self.body), *self.cited)))


def text(old: Sequence[Inline], new: Sequence[Inline], language: str, tell: Tell) -> tuple[Inline, ...]:
    """The new run with what came and went against the old one marked. Each changed sentence is one change."""
    if shown(old) == shown(new):
        return tuple(new)
    writer = _Writer(tell)
    pairs = aligned(stretches(old, language), stretches(new, language), _same, _gauge, _alike)
    for before, after in pairs:
        writer.sentence(before, after)
    return joined(writer.written)


def stretches(content: Sequence[Inline], language: str) -> list[Stretch]:
    """The sentences of a run, each with the notes and spaces that belong to it; a run without sentences is one."""
    found = sentences(tuple(content), language)
    whole, at, starts = inline_text(tuple(content)).replace("\n", " "), 0, []
    for sentence in found:
        starts.append(whole.index(sentence.text, at))
        at = starts[-1] + len(sentence.text)
    parts = _cut(list(atoms(content)), starts)
    cited = [sentence.cited for sentence in found] or [()]
    return [_stretch(part, facts) for part, facts in zip(parts, cited, strict=True)]


def _cut(parts: list[Atom], starts: list[int]) -> list[list[Atom]]:
    """The atoms sentence by sentence. White space goes with what follows, a note with what it stands after."""
    cut: list[list[Atom]] = [[]]
    at, spaces = 0, list[Atom]()
    for atom in parts:
        note = isinstance(atom.leaf, Footnote)
        if not note and len(cut) < len(starts) and at >= starts[len(cut)]:
            cut.append([])
        if atom.blank and len(cut) < len(starts):
            spaces.append(atom)
        else:
            cut[-1] += [*spaces, atom]
            spaces = []
        at += 0 if note else max(1, len(atom.text))
    cut[-1] += spaces
    return cut + [[] for _ in starts[len(cut) :]]


def _stretch(parts: list[Atom], cited: tuple[str, ...]) -> Stretch:
    count = next((at for at, atom in enumerate(parts) if not atom.blank), len(parts))
    return Stretch(tuple(parts[:count]), tuple(parts[count:]), cited)


def _same(stretch: Stretch) -> object:
    return tuple(atom.same for atom in stretch.body)


_Gauge = tuple[Counter[str], frozenset[str]]


def _gauge(stretch: Stretch) -> _Gauge:
    return bag(stretch.body), frozenset(stretch.facts())


def _alike(one: _Gauge, other: _Gauge) -> float:
    """Sentences belong together where the same facts stand behind them, or half of their words are the same."""
    share = likeness(one[0], other[0])
    facts = one[1] & other[1]
    if facts and one[1] == other[1]:
        return 1 + share
    return share if share >= (HALF / 2 if facts else HALF) else 0.0


def _text(parts: Sequence[Atom]) -> str:
    return " ".join(inline_text(joined([replace(atom, mark=None) for atom in parts])).split())


class _Writer:
    """Writes a run as atoms, marked; ``last`` is the change that loose white space goes with."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.last = 0
        self.written: list[Atom] = []

    def sentence(self, old: Stretch | None, new: Stretch | None) -> None:
        """One that stayed, perhaps in other words; or came, or went."""
        if old and new:
            self.changed(old, new)
            return
        one = old or new
        assert one
        self.last = self.tell(old.text() if old else "", new.text() if new else "", one.facts())
        self.put("deleted" if old else "inserted", (*one.lead, *one.body))

    def changed(self, old: Stretch, new: Stretch) -> None:
        found = edits(old.body, new.body)
        touched = [edit for edit in found if not edit.equal]
        if any(not atom.blank for edit in touched for atom in _words(edit.old + edit.new)):
            facts = tuple(fact for edit in touched for atom in edit.old + edit.new for fact in atom.facts())
            self.last = self.tell(old.text(), new.text(), facts or (*new.facts(), *old.facts()))
        self.lead(old, new)
        for edit in found:
            if edit.equal:
                self.stayed(edit.old, edit.new)
            else:
                self.replaced(edit.old, edit.new)

    def lead(self, old: Stretch, new: Stretch) -> None:
        if [atom.same for atom in old.lead] == [atom.same for atom in new.lead]:
            self.written += new.lead
        else:
            self.put("deleted", old.lead)
            self.put("inserted", new.lead)

    def stayed(self, old: Sequence[Atom], new: Sequence[Atom]) -> None:
        """Unchanged words; notes among them may say something else than before."""
        for before, after in zip(old, new, strict=True):
            if before.same == after.same:
                self.written.append(after)
                continue
            assert isinstance(before.leaf, Footnote)
            assert isinstance(after.leaf, Footnote)
            self.written.append(replace(after, leaf=self.note(before.leaf, after.leaf)))

    def note(self, old: Footnote, new: Footnote) -> Footnote:
        """A note in other words."""
        number = self.tell(_note_text(old), _note_text(new), (*new.facts, *old.facts))
        writer = _Writer(lambda *_: number)
        writer.last = number
        for edit in edits(list(atoms(old.content)), list(atoms(new.content))):
            if edit.equal:
                writer.written += edit.new
            else:
                writer.replaced(edit.old, edit.new)
        return replace(new, content=joined(writer.written))

    def replaced(self, old: Sequence[Atom], new: Sequence[Atom]) -> None:
        """Words gone, then words come; a note that came or went is a change of its own."""
        for atom in old:
            self.put("deleted", (atom,), self.noted(atom, "deleted"))
        for atom in new:
            self.put("inserted", (atom,), self.noted(atom, "inserted"))

    def noted(self, atom: Atom, how: How) -> int:
        """The change that an atom belongs to."""
        if not isinstance(atom.leaf, Footnote):
            return self.last
        said = _note_text(atom.leaf)
        return self.tell(*((said, "") if how == "deleted" else ("", said)), atom.leaf.facts)

    def put(self, how: How, parts: Sequence[Atom], number: int | None = None) -> None:
        mark = Mark(how, self.last if number is None else number)
        self.written += [atom.marked(mark) for atom in parts]


def _words(parts: Sequence[Atom]) -> Iterator[Atom]:
    return (atom for atom in parts if not isinstance(atom.leaf, Footnote))


def _note_text(note: Footnote) -> str:
    return " ".join(inline_text(note.content).split())


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
    pairs = aligned(notes[0], notes[1], lambda atom: atom.same, _word_gauge, _notes_alike)
    for one, other in pairs:
        if one and other and one.around == other.around:
            names[id(one)] = names[id(other)]
    return [names[id(atom)] for atom in old], [names[id(atom)] for atom in new]


def _word_gauge(note: Atom) -> tuple[Counter[str], frozenset[str]]:
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
