"""What a paragraph is made of: parts, ready to show; atoms, which no line parts; and where a line may end between them.

They say nothing of whose text they are, so that each word is made ready once in a file, however often it stands there:
which run is whose is told by `Passage`, for stretches of atoms at a time.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from memo.renderers.pdf.text.runs import Run

HELD = 0.2
"""How ill it is to end a line between two words that `is_held`: a line that falls short by 0.45 is as ill."""


class Joint(IntEnum):
    """What stands after an atom, and so what a line that ends there ends with."""

    NOTHING = 0
    """No line ends here, but that which ends the passage."""
    SPACE = 1
    DASH = 2
    SOFT = 3
    """A hyphen that shows only at a line's end."""
    CUT = 4
    """Nothing: a word too long for any line is cut here."""


class Saying:
    """What the parts that share it say together, once, to those who do not see them."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


NOTHING_SAID = Saying("")
_SAID = attrgetter("said")


Piece = tuple[str, str]
"""An operand of TJ, and before it the name of the font's resource that it is to be shown in."""


class Part(NamedTuple):
    """Text in one font, ready to show; ``width`` is in points, ``said`` is for where it says another."""

    text: str
    width: float
    pieces: tuple[Piece, ...]
    said: Saying | None = None


class Atom(NamedTuple):
    """Text of one run that no line parts, and what comes after it.

    ``pieces`` are those of all its parts. The space after it is its last part, ``gap`` wide. ``tail`` is the width of
    what a line adds that ends here: a hyphen. ``width`` is without either. ``badness`` is how ill it is to end a line
    here; an empty half line has 0.25. ``numbered`` tells whether `is_held` is worth asking of the space before it or
    after it.
    """

    parts: tuple[Part, ...]
    pieces: tuple[Piece, ...]
    width: float
    gap: float
    tail: float
    badness: float
    joint: Joint
    numbered: bool = False


Owned = tuple[Run, Atom]


class Span(NamedTuple):
    """The atoms of one run: those up to ``end``, from where the span before it ends."""

    run: Run
    end: int


class Passage:
    """The atoms of a paragraph, or of what stands between two forced line ends in it. Lengths are in points.

    ``starts`` tells how far the text reaches before each atom, and at last in all; ``ends`` are the counts of atoms
    after which a line may end, those in ``held`` only for want of better ones. ``steered`` tells whether any part says
    something else than it shows.
    """

    __slots__ = ("atoms", "ends", "held", "spans", "starts", "steered")

    def __init__(
        self, atoms: Sequence[Atom], spans: Sequence[Span] = (), held: Container[int] = (), steered: bool = False
    ) -> None:
        self.atoms = atoms
        self.spans = spans
        self.held = held
        self.steered = steered
        self.starts = list(accumulate([atom.width + atom.gap for atom in atoms], initial=0.0))
        self.ends = [at for at, atom in enumerate(atoms, 1) if atom.joint]
        if atoms and not atoms[-1].joint:
            self.ends.append(len(atoms))

    def fits(self, width: float) -> bool:
        """Whether one line takes it all."""
        return self.starts[-1] - self.atoms[-1].gap <= width

    def room(self, start: int, end: int) -> float:
        """The width of some of its atoms, with the space after the last."""
        return self.starts[end] - self.starts[start]

    def widest(self) -> float:
        """The width of the widest of what stays together on a line."""
        starts, atoms = self.starts, self.atoms
        widths = [starts[end] - starts[start] - atoms[end - 1].gap for start, end in pairwise((0, *self.ends))]
        return max(widths, default=0.0)

    def is_cut(self, end: int) -> bool:
        """Whether a line that ends after so many atoms ends within a word, or with a hyphen, or may do so."""
        atom = self.atoms[end - 1]
        bare = atom.parts[:-1] if atom.gap else atom.parts
        return atom.joint > Joint.SPACE or not bare or bare[-1].text.endswith(("-", " "))

    def owned(self) -> list[Owned]:
        """Every atom with the run that it is of."""
        starts = (0, *(span.end for span in self.spans[:-1]))
        spans = zip(starts, self.spans, strict=True)
        return [(run, atom) for start, (run, end) in spans for atom in self.atoms[start:end]]


def passage(owned: Iterable[Owned], held: Container[int], steered: bool) -> Passage:
    """Atoms with the runs that they are of, as a passage."""
    atoms: list[Atom] = []
    spans: list[Span] = []
    for _, group in groupby(owned, key=lambda pair: id(pair[0])):
        pairs = list(group)
        atoms += [atom for _, atom in pairs]
        spans.append(Span(pairs[0][0], len(atoms)))
    return Passage(atoms, spans, held, steered)


class Stretch(NamedTuple):
    """What stands of one run together on a line, and says one thing: what it shows, if ``said`` is nothing else."""

    run: Run
    pieces: Sequence[Piece]
    width: float
    said: Saying | None = None


def stretches(run: Run, parts: Iterable[Part]) -> Iterator[Stretch]:
    """Parts of one run as stretches, cut where they say different things."""
    for said, group in groupby(parts, key=_SAID):
        own = tuple(group)
        yield Stretch(run, pieces(own), sum([part.width for part in own]), said)


def pieces(parts: Sequence[Part]) -> tuple[Piece, ...]:
    """The pieces of several parts; those in one resource that follow one another are one."""
    if len(parts) == 1:
        return parts[0].pieces
    found: list[Piece] = []
    for part in parts:
        for resource, codes in part.pieces:
            if found and found[-1][0] == resource:
                found[-1] = resource, found[-1][1] + codes
            else:
                found.append((resource, codes))
    return tuple(found)
