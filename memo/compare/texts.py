"""One run of text against another: sentence by sentence, and within each word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Literal

from memo.compare.align import aligned
from memo.compare.atoms import Atom, atoms, bag, joined, likeness, shown
from memo.compare.words import HALF, edits
from memo.document import Footnote, Inline, Mark, inline_text
from memo.frozen import frozen
from memo.sentences import sentences

Tell = Callable[[str, str, Sequence[str]], int]
"""Tells a change (before, after, the facts behind it) and gives its number, for its marks; 0 where nothing is told."""


How = Literal["inserted", "deleted"]


@frozen
class Stretch:
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
