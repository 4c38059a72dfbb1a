"""Words that a line's end cuts, kept whole for those who search, copy or hear the text.

The first piece of such a word says the whole of it, the others nothing (ActualText, ISO 32000-1, 14.9.4). A hyphen of
the text's own that happens to end a line says a space after it: some readers take it for one of layout's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from memo.renderers.pdf.atoms import NOTHING_SAID, Atom, Joint, Part, Saying
from memo.renderers.pdf.fonts import SOFT_HYPHEN

_HYPHEN = "-"

Positions = list[tuple[int, int]]
"""Where parts stand: in which line, and as the how manieth of it."""


def spoken(lines: Sequence[Sequence[Atom]], shown: list[list[Part]]) -> list[list[Part]]:
    """The parts that show each line, marked with what they say where that is not what they show."""
    if any(line[-1].joint not in (Joint.SPACE, Joint.NOTHING) for line in lines):
        for word in _words(lines, shown):
            if word and word[0][0] != word[-1][0]:
                _say_once(word, shown)
    for parts in shown:
        _keep_hyphen(parts)
    return shown


def _words(lines: Sequence[Sequence[Atom]], shown: list[list[Part]]) -> Iterator[Positions]:
    """Where the parts of each word stand, those of the spaces between left out."""
    word: Positions = []
    for number, line in enumerate(lines):
        at = 0
        for atom in line:
            end = at + len(atom.parts)
            word += [(number, index) for index in range(at, end - bool(atom.gap))]
            at = end
            if atom.gap:
                yield word
                word = []
        word += [(number, index) for index in range(at, len(shown[number]))]
    yield word


def _say_once(word: Positions, shown: list[list[Part]]) -> None:
    """Let what each element has of this word be said by its first piece alone, so that a link still says its own."""
    for _, group in groupby(word, key=lambda at: id(shown[at[0]][at[1]].run.owner)):
        own = list(group)
        first, run = own[0][0], shown[own[0][0]][own[0][1]].run
        if own[-1][0] == first:
            continue
        whole = Saying("".join(_texts(shown[line][index] for line, index in own)))
        for line, index in own:
            part = shown[line][index]
            shown[line][index] = part._replace(said=whole if line == first and part.run is run else NOTHING_SAID)


def _texts(parts: Iterable[Part]) -> Iterator[str]:
    """What each part says, or those that say something together; layout's hyphens say nothing."""
    before: Saying | None = None
    for part in parts:
        if part.said is None:
            yield part.text.replace(SOFT_HYPHEN, "")
        elif part.said is not before:
            yield part.said.text
        before = part.said or (before if part.text == SOFT_HYPHEN else None)


def _keep_hyphen(parts: list[Part]) -> None:
    """Let a hyphen at the end of a line be read as one."""
    index = len(parts) - 1
    while index >= 0 and parts[index].text == " ":
        index -= 1
    if index < 0:
        return
    own = parts[index].said
    said = parts[index].text if own is None else own.text
    if said.endswith(_HYPHEN):
        spaced = Saying(said + " ")
        while index >= 0 and (parts[index].said is own or own is None):
            parts[index] = parts[index]._replace(said=spaced)
            index = -1 if own is None else index - 1
