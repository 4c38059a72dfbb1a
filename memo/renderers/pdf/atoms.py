"""From runs to atoms: what stays together on a line, and what stands between it and the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple
from unicodedata import category

from memo import fonts
from memo.picture import Face
from memo.renderers.pdf.fonts import SOFT_HYPHEN, Font, Fonts, Shown
from memo.renderers.pdf.held import is_held
from memo.renderers.pdf.runs import Run

_WHITE = " \t\n\r\u2028\u2029"
_TOKEN = re.compile(f"[{_WHITE}]+|[^{_WHITE}]+")
_BIT = re.compile(
    r"(?<=[\u00ad\u200b])"  # after a soft hyphen, and where a writer allows a break
    r"|(?<=\w[-\u2010\u2013\u2014])(?=[^\W\d])"  # after a hyphen or dash between words, not between numbers
    r"|(?<=\w/)(?=[^\W\d])"  # after a slash between words
)
_MAY_PART = frozenset("\u00ad\u200b-\u2010\u2013\u2014/")
_WORD = re.compile(r"[^\W\d_]{6,}")
_BEFORE_CUT = "/?&=#-_.,;:"
_MAY_HOLD = frozenset(".№§¶#€$£¥₼₽₾֏~≈±")

HELD = 0.2
"""How ill it is to end a line between two words that `is_held`: a line that falls short by 0.45 is as ill."""


class Joint(IntEnum):
    """What stands after an atom, and so what a line that ends there ends with."""

    NOTHING = 0
    SPACE = 1
    DASH = 2
    SOFT = 3
    """A hyphen that shows only at a line's end."""
    CUT = 4
    """Nothing: a word too long for any line is cut here."""


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """What the parts that share it say together, once, to those who do not see them."""

    text: str


NOTHING_SAID = Saying("")


class Part(NamedTuple):
    """Text of one run and one font, ready to show; ``width`` is in points, ``said`` is for where it says another."""

    run: Run
    font: Font
    width: float
    pieces: tuple[tuple[int, str], ...]
    text: str
    said: Saying | None = None


class Atom(NamedTuple):
    """What stays together on a line, and what comes after it.

    The space after it is its last part, ``gap`` wide. ``tail`` is the width of what a line adds that ends here: a
    hyphen. ``width`` is without either. ``badness`` is how ill it is to end a line here; an empty half line has 0.25.
    """

    parts: tuple[Part, ...]
    width: float
    gap: float
    tail: float
    badness: float
    joint: Joint


class Cutter:
    """Cuts runs into atoms, with one file's fonts."""

    def __init__(self, fonts_of_file: Fonts) -> None:
        self._fonts = fonts_of_file
        self._cut: dict[Face, dict[str, list[tuple[Font, str, Shown]]]] = {face: {} for face in fonts.FACES}

    def atoms(self, runs: Sequence[Run]) -> list[Atom]:
        """The atoms of one line of runs. White space of any length is one space; none stands at the beginning.

        A character without ink that stands alone waits for the next word, to be said with it.
        """
        atoms: list[Atom] = []
        parts: list[Part] = []
        for run, following in zip_longest(runs, runs[1:]):
            tokens = _TOKEN.findall(run.text)
            before_note = len(tokens) - 1 if following is not None and following.note is not None else -1
            shown = self._shown if fonts.INVISIBLE.isdisjoint(run.text) else self.parts
            space, waiting = self._shown(run, " "), ""
            for at, token in enumerate(tokens):
                if token[0] not in _WHITE:
                    for bit, joint in _bits(token):
                        own = shown(run, waiting + bit)
                        waiting = "" if own else waiting + bit
                        parts += own
                        if joint and own:
                            atoms.append(self._atom(parts, joint))
                            parts = []
                elif parts:
                    parts += space
                    if at != before_note:
                        atoms.append(self._atom(parts, Joint.SPACE))
                        parts = []
        if parts:
            atoms.append(self._atom(parts, Joint.NOTHING))
        return holding(atoms)

    def parts(self, run: Run, text: str) -> list[Part]:
        """A text as parts, one for each font that it takes.

        Characters that steer and have no ink are said, though not shown; but for soft hyphens, which would spoil words.
        """
        if fonts.INVISIBLE.isdisjoint(text):
            return self._shown(run, text)
        said, visible = text.replace(SOFT_HYPHEN, ""), fonts.visible(text)
        return saying(self._shown(run, visible), said) if said != visible else self._shown(run, visible)

    def _shown(self, run: Run, text: str) -> list[Part]:
        known = self._cut[run.face]
        pieces = known.get(text)
        if pieces is None:
            cut = [(self._fonts[font], piece) for font, piece in fonts.cut(text, run.face)]
            pieces = known[text] = [(font, piece, font.shown(piece)) for font, piece in cut]
        size, spacing = run.ink.size / 1000, run.ink.spacing
        return [
            Part(run, font, shown.width * size + spacing * len(piece), shown.pieces, piece)
            for font, piece, shown in pieces
        ]

    def cut_up(self, atom: Atom, width: float) -> Iterator[Atom]:
        """An atom wider than a line, as one for each letter with its accents: it may then break anywhere."""
        if atom.width <= width:
            yield atom
            return
        bare = atom.parts[:-1] if atom.gap else atom.parts
        letters = [
            part._replace(said=whole.said)
            for whole in bare
            for letter in _letters(whole.text)
            for part in self._shown(whole.run, letter)
        ]
        for letter in letters[:-1]:
            yield self._atom([letter], Joint.CUT)
        yield self._atom([letters[-1], *atom.parts[len(bare) :]], atom.joint)._replace(badness=atom.badness)

    def hyphenated(self, atom: Atom) -> Iterator[Atom]:
        """An atom that is one plain word, in its syllables; any other as it is."""
        bare = atom.parts[:-1] if atom.gap else atom.parts
        word = _WORD.search(bare[0].text) if len(bare) == 1 else None
        if word is None:
            yield atom
            return
        run, text, said = bare[0].run, bare[0].text, bare[0].said
        ends = [word.start() + at for at in _positions(word[0], run.language)]
        if not ends:
            yield atom
            return
        for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
            syllable = [part._replace(said=said) for part in self._shown(run, text[start:end])]
            if end < len(text):
                yield self._atom(syllable, Joint.SOFT)
            else:
                yield self._atom([*syllable, *atom.parts[1:]], atom.joint)._replace(badness=atom.badness)

    def ending(self, atom: Atom) -> list[Part]:
        """What a line that ends with this atom adds to it: a hyphen, where it ends within a word."""
        return self._shown(atom.parts[-1].run, SOFT_HYPHEN) if atom.joint is Joint.SOFT else []

    def _atom(self, parts: list[Part], joint: Joint) -> Atom:
        width = 0.0
        for part in parts:
            width += part.width
        gap = parts[-1].width if joint is Joint.SPACE else 0.0
        tail = self._shown(parts[-1].run, SOFT_HYPHEN)[0].width if joint is Joint.SOFT else 0.0
        return Atom(tuple(parts), width - gap, gap, tail, _badness(parts[-1], joint), joint)


def holding(atoms: list[Atom]) -> list[Atom]:
    """The same atoms; after those that ought to stay with the next, it is ill to end a line."""
    for at, (atom, following) in enumerate(pairwise(atoms)):
        if atom.joint is Joint.SPACE and len(atom.parts) > 1 and following.parts[0].text != " ":
            before, after = atom.parts[-2].text, following.parts[0].text
            if (before[-1] in _MAY_HOLD or before[-1].isdigit() or after[0].isdigit()) and is_held(before, after):
                atoms[at] = atom._replace(badness=HELD)
    return atoms


def saying(parts: list[Part], text: str) -> list[Part]:
    """The same parts, which together say this."""
    said = Saying(text)
    return [part._replace(said=said) for part in parts]


def _badness(last: Part, joint: Joint) -> float:
    if joint is Joint.CUT:
        return 0.3 if last.text in _BEFORE_CUT else 0.6
    return _BADNESS[joint]


_BADNESS = {Joint.NOTHING: 0.0, Joint.SPACE: 0.0, Joint.DASH: 0.01, Joint.SOFT: 0.02}


def _bits(token: str) -> Iterable[tuple[str, Joint]]:
    """A word in the bits that a line may end between, each with what then stands there."""
    return ((token, Joint.NOTHING),) if _MAY_PART.isdisjoint(token) else _parted(token)


def _parted(token: str) -> Iterator[tuple[str, Joint]]:
    starts = [match.start() for match in _BIT.finditer(token) if 0 < match.start() < len(token)]
    for start, end in zip([0, *starts], [*starts, len(token)], strict=True):
        bit = token[start:end]
        joint = Joint.NOTHING if end == len(token) else Joint.SOFT if bit[-1] == SOFT_HYPHEN else Joint.DASH
        yield bit, joint


def _letters(text: str) -> list[str]:
    letters: list[str] = []
    for char in text:
        if letters and category(char)[0] == "M":
            letters[-1] += char
        else:
            letters.append(char)
    return letters


@lru_cache(maxsize=4096)
def _positions(word: str, language: str) -> list[int]:
    """Where a word may be hyphenated; nowhere in a language whose rules are not known."""
    rules = _rules(language)
    return [] if rules is None else [at for at in rules.positions(word) if 2 < at < len(word) - 2]


@lru_cache(maxsize=16)
def _rules(language: str):  # type: ignore[no-untyped-def]
    import pyphen

    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known) if known else None
