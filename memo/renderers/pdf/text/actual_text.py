"""Words that a line's end cuts, kept whole for those who search, copy or hear the text.

The first piece of such a word says the whole of it, the others nothing (ActualText, ISO 32000-1, 14.9.4). A hyphen of
the text's own that happens to end a line says a space after it: some readers take it for one of layout's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from memo.renderers.pdf.text.boxes import NOTHING_SAID, Joint, Part, Passage, Saying, Stretch, stretches
from memo.renderers.pdf.text.fonts import SOFT_HYPHEN
from memo.renderers.pdf.text.runs import Run

_HYPHEN = "-"


class Shown(NamedTuple):
    """A part of a line, and the run that it is of."""

    run: Run
    part: Part

    def saying(self, said: Saying) -> Shown:
        """The same, saying this."""
        return Shown(self.run, self.part._replace(said=said))


Positions = list[tuple[int, int]]
"""Where parts stand: in which line, and as the how manieth of it."""


def needs_words(passage: Passage, breaks: Sequence[int]) -> bool:
    """Whether any line, ended so, says anything else than it shows."""
    return passage.steered or any(map(passage.is_cut, breaks))


def spoken(passage: Passage, breaks: Sequence[int], shown: list[list[Shown]]) -> Iterator[list[Stretch]]:
    """What shows each line, as stretches that tell what they say where that is not what they show."""
    if any(passage.atoms[end - 1].joint not in (Joint.SPACE, Joint.NOTHING) for end in breaks):
        for word in _words(passage, breaks, shown):
            if word and word[0][0] != word[-1][0]:
                _say_once(word, shown)
    for line in shown:
        _keep_hyphen(line)
        runs = groupby(line, key=lambda each: id(each.run))
        yield [stretch for _, group in runs for stretch in _stretches(list(group))]


def _stretches(own: Sequence[Shown]) -> Iterator[Stretch]:
    return stretches(own[0].run, (each.part for each in own))


def _words(passage: Passage, breaks: Sequence[int], shown: list[list[Shown]]) -> Iterator[Positions]:
    """Where the parts of each word stand, those of the spaces between left out."""
    word: Positions = []
    start = 0
    for number, stop in enumerate(breaks):
        at = 0
        for atom in passage.atoms[start:stop]:
            end = at + len(atom.parts)
            word += [(number, index) for index in range(at, end - bool(atom.gap))]
            at = end
            if atom.gap:
                yield word
                word = []
        word += [(number, index) for index in range(at, len(shown[number]))]
        start = stop
    yield word


def _say_once(word: Positions, shown: list[list[Shown]]) -> None:
    """Let what each element has of this word be said by its first piece alone, so that a link still says its own."""
    for _, group in groupby(word, key=lambda at: id(shown[at[0]][at[1]].run.owner)):
        own = list(group)
        first, run = own[0][0], shown[own[0][0]][own[0][1]].run
        if own[-1][0] == first:
            continue
        whole = Saying("".join(_texts(shown[line][index].part for line, index in own)))
        for line, index in own:
            each = shown[line][index]
            shown[line][index] = each.saying(whole if line == first and each.run is run else NOTHING_SAID)


def _texts(parts: Iterable[Part]) -> Iterator[str]:
    """What each part says, or those that say something together; layout's hyphens say nothing."""
    before: Saying | None = None
    for part in parts:
        if part.said is None:
            yield part.text.replace(SOFT_HYPHEN, "")
        elif part.said is not before:
            yield part.said.text
        before = part.said or (before if part.text == SOFT_HYPHEN else None)


def _keep_hyphen(line: list[Shown]) -> None:
    """Let a hyphen at the end of a line be read as one."""
    index = len(line) - 1
    while index >= 0 and line[index].part.text == " ":
        index -= 1
    if index < 0:
        return
    own = line[index].part.said
    said = line[index].part.text if own is None else own.text
    if said.endswith(_HYPHEN):
        spaced = Saying(said + " ")
        while index >= 0 and (line[index].part.said is own or own is None):
            line[index] = line[index].saying(spaced)
            index = -1 if own is None else index - 1
