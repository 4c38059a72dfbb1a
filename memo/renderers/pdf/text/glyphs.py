"""Words made ready: cut where a line may end within them, measured, and turned into what a page shows.

Each word is made ready once in a file for each face and size that it stands in, and once more for whether a space
follows it; a plain word, once in a process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import TypeVar

from memo import fonts
from memo.fonts import Face
from memo.renderers.pdf.text.boxes import Atom, Joint, Part, Saying, pieces
from memo.renderers.pdf.text.fonts import SOFT_HYPHEN, Fonts

_WHITE = " \t\n\r\u2028\u2029"
_SPACES = re.compile(f"[{_WHITE}]+")
_TOKEN = re.compile(f"[{_WHITE}]+|[^{_WHITE}]+")
_BIT = re.compile(
    r"(?<=[\u00ad\u200b])"  # after a soft hyphen, and where a writer allows a break
    r"|(?<=\w[-\u2010\u2013\u2014])(?=[^\W\d])"  # after a hyphen or dash between words, not between numbers
    r"|(?<=\w/)(?=[^\W\d])"  # after a slash between words
)
_MAY_PART = frozenset("\u00ad\u200b-\u2010\u2013\u2014/")
_BEFORE_CUT = "/?&=#-_.,;:"
MAY_HOLD = frozenset(".№§¶#€$£¥₼₽₾֏~≈±")
"""What the next word may belong to, if a word ends with it: see `is_held`."""

_MOST_KNOWN = 8192
_BADNESS = {Joint.NOTHING: 0.0, Joint.SPACE: 0.0, Joint.DASH: 0.01, Joint.SOFT: 0.02}


_Made = TypeVar("_Made")


class _Known(dict[str, tuple[_Made, ...]]):
    """What words were made into before; others are made when asked for. It forgets all when there are very many."""

    def __init__(self, make: Callable[[str], tuple[_Made, ...]]) -> None:
        self._make = make

    def __missing__(self, word: str) -> tuple[_Made, ...]:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        made = self[word] = self._make(word)
        return made


class Case:
    """One face at one size and spacing, as a case of type: each word in it is made ready once.

    Plain words are shown alike in every file, so they are made ready once in a process, in a case for all files.
    """

    def __init__(self, fonts_of_file: Fonts, face: Face, size: float, spacing: float) -> None:
        self._fonts = fonts_of_file
        self._face = face
        self._size = size / 1000
        self._spacing = spacing
        self._shared = self if fonts_of_file is _PLAIN else _plain_case(face, size, spacing)
        self._first = fonts_of_file[fonts.FACES[face][0]]
        self._known = _Known(self._show)
        self._closed = _Known(self._cut_closed)
        self._open = _Known(self._cut_open)
        self.space = self.atom(self.shown(" "), Joint.SPACE)
        self._bound_space = self.atom(self.shown(" "), Joint.NOTHING)

    def shown(self, text: str) -> tuple[Part, ...]:
        """A text without invisible characters as parts, one for each font that it takes."""
        return self._known[text]

    def _show(self, text: str) -> tuple[Part, ...]:
        case = self.sharing(text)
        if case is not self:
            return case.shown(text)
        return tuple(self._part(font, piece) for font, piece in fonts.cut(text, self._face))

    def sharing(self, text: str) -> Case:
        """The case for all files, if the text is plain; its characters are then noted as shown in this file."""
        return self._shared if self._shared is not self and self._first.uses_plain(text) else self

    def _part(self, font: str, text: str) -> Part:
        width, pieces = self._fonts[font].shown(text)
        return Part(text, width * self._size + self._spacing * len(text), pieces)

    def parts(self, text: str) -> tuple[Part, ...]:
        """Any text as parts.

        Characters that steer and have no ink are said, though not shown; but for soft hyphens, which would spoil words.
        """
        if fonts.INVISIBLE.isdisjoint(text):
            return self.shown(text)
        said, visible = text.replace(SOFT_HYPHEN, ""), fonts.visible(text)
        shown = self.shown(visible)
        return saying(shown, Saying(said)) if said != visible else shown

    def atom(self, parts: Sequence[Part], joint: Joint) -> Atom:
        """Parts as an atom. Before a space, they end with it."""
        gap = parts[-1].width if joint is Joint.SPACE else 0.0
        bare = parts[:-1] if gap else parts
        width = sum([part.width for part in bare])
        tail = self.hyphen().width if joint is Joint.SOFT else 0.0
        badness = _cut_badness(parts[-1]) if joint is Joint.CUT else _BADNESS[joint]
        return Atom(tuple(parts), pieces(parts), width, gap, tail, badness, joint, _is_numbered(bare))

    def hyphen(self) -> Part:
        """What layout puts where it hyphenates."""
        return self.shown(SOFT_HYPHEN)[0]

    def add(self, atoms: list[Atom], text: str, before_note: bool) -> None:
        """Add the atoms of a run's text, which has no invisible characters, to those of the runs before it."""
        *words, last = _SPACES.split(text)
        if words and not words[0]:
            del words[0]
            self._add_space(atoms, bound=before_note and not last and not words)
        bound = words.pop() if words and before_note and not last else ""
        atoms.extend(chain.from_iterable(map(self._closed.__getitem__, words)))
        if bound:
            atoms += (*self._open[bound], self._bound_space)
        if last:
            atoms += self._open[last]

    def add_steered(self, atoms: list[Atom], text: str, before_note: bool) -> None:
        """The same of any text. Invisible characters that stand alone wait for the next word and are said with it."""
        tokens = _TOKEN.findall(text)
        waiting = ""
        for at, token in enumerate(tokens, 1):
            if token[0] in _WHITE:
                self._add_space(atoms, bound=before_note and at == len(tokens))
                continue
            for bit, joint in _bits(token):
                parts = self.parts(waiting + bit)
                waiting = "" if parts else waiting + bit
                if parts:
                    atoms.append(self.atom(parts, joint))

    def _add_space(self, atoms: list[Atom], bound: bool) -> None:
        """Add a space, if there is a word for it to follow; if ``bound``, no line ends there."""
        if atoms and atoms[-1].joint is Joint.NOTHING:
            atoms.append(self._bound_space if bound else self.space)

    def _cut_open(self, word: str) -> tuple[Atom, ...]:
        """A word's atoms, where no space follows it."""
        case = self.sharing(word)
        if case is not self:
            return case._open[word]
        return tuple(self.atom(self.shown(bit), joint) for bit, joint in _bits(word))

    def _cut_closed(self, word: str) -> tuple[Atom, ...]:
        """A word's atoms, with the space after it."""
        case = self.sharing(word)
        if case is not self:
            return case._closed[word]
        *others, last = self._cut_open(word)
        return (*others, self.atom((*last.parts, *self.space.parts), Joint.SPACE))


_PLAIN = Fonts()
"""The fonts of no file, which show plain words alone; so they show them as any file's do."""


@lru_cache(maxsize=32)
def _plain_case(face: Face, size: float, spacing: float) -> Case:
    return Case(_PLAIN, face, size, spacing)


def saying(parts: Iterable[Part], said: Saying) -> tuple[Part, ...]:
    """The same parts, which together say this."""
    return tuple(part._replace(said=said) for part in parts)


def _is_numbered(bare: Sequence[Part]) -> bool:
    """Whether a number, or what may stand before one, is at either end; of a space alone that cannot be told."""
    if not bare:
        return True
    last = bare[-1].text[-1]
    return bare[0].text[0].isdigit() or last.isdigit() or last in MAY_HOLD


def _cut_badness(last: Part) -> float:
    return 0.3 if last.text in _BEFORE_CUT else 0.6


def _bits(token: str) -> Sequence[tuple[str, Joint]]:
    """A word in the bits that a line may end between, each with what then stands there."""
    return ((token, Joint.NOTHING),) if _MAY_PART.isdisjoint(token) else list(_parted(token))


def _parted(token: str) -> Iterator[tuple[str, Joint]]:
    starts = [match.start() for match in _BIT.finditer(token) if 0 < match.start() < len(token)]
    for start, end in pairwise((0, *starts, len(token))):
        bit = token[start:end]
        joint = Joint.NOTHING if end == len(token) else Joint.SOFT if bit[-1] == SOFT_HYPHEN else Joint.DASH
        yield bit, joint
