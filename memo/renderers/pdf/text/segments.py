"""From runs to atoms, and from atoms to smaller ones where a line asks for that.

Words that a line's end should not part: a number and its unit or month, an abbreviation and its number.

A rule of form, not of words, so that it holds in any language of the memo: `is_held` says which two words it means. It
binds them loosely, by what a break between them costs: in a column too narrow for both they part after all. Where a
writer wants more, a no-break space binds for good. The text itself stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest
from unicodedata import category

from memo import fonts
from memo.fonts import Face
from memo.renderers.pdf.text.boxes import Atom, Joint, Owned, Part, Passage, Span
from memo.renderers.pdf.text.fonts import Fonts
from memo.renderers.pdf.text.glyphs import MAY_HOLD, Case, saying
from memo.renderers.pdf.text.runs import Run

_WORD = re.compile(r"[^\W\d_]{6,}")


class Cutter:
    """Cuts runs into atoms, with one file's fonts."""

    def __init__(self, fonts_of_file: Fonts) -> None:
        self._fonts = fonts_of_file
        self._cases: dict[tuple[Face, float, float], Case] = {}

    def _case(self, run: Run) -> Case:
        key = run.face, run.ink.size, run.ink.spacing
        case = self._cases.get(key)
        if case is None:
            case = self._cases[key] = Case(self._fonts, *key)
        return case

    def passage(self, runs: Sequence[Run]) -> Passage:
        """The atoms of one line of runs. White space of any length is one space; none stands at the beginning."""
        atoms: list[Atom] = []
        spans: list[Span] = []
        steered = False
        for run, following in zip_longest(runs, runs[1:]):
            before_note = following is not None and following.note is not None
            own = self._case(run)
            case = own.sharing(run.text)
            if case is not own or fonts.INVISIBLE.isdisjoint(run.text):  # what files share is plain
                case.add(atoms, run.text, before_note)
            else:
                case.add_steered(atoms, run.text, before_note)
                steered = True
            spans.append(Span(run, len(atoms)))
        return Passage(atoms, spans, _held(atoms), steered)

    def parts(self, run: Run) -> tuple[Part, ...]:
        """All that a run shows, in one line."""
        return self._case(run).parts(run.text)

    def hyphen(self, run: Run) -> Part:
        """What layout puts where it hyphenates a run."""
        return self._case(run).hyphen()

    def hyphenated(self, group: Sequence[Owned]) -> list[list[Owned]]:
        """What stays together on a line as one group for each syllable, if it is one plain word; else as it is."""
        bare = _bare(group)
        word = _WORD.search(bare[0][1].text) if len(bare) == 1 else None
        if word is None:
            return [list(group)]
        run, whole = bare[0]
        ends = [word.start() + at for at in _positions(word[0], run.language)]
        if not ends:
            return [list(group)]
        cuts = pairwise((0, *ends, len(whole.text)))
        syllables = [(run, self._again(run, whole, whole.text[start:end])) for start, end in cuts]
        return self._joined(syllables, Joint.SOFT, group[-1])

    def cut_up(self, group: Sequence[Owned]) -> list[list[Owned]]:
        """The same as one group for each letter with its accents: a line may then end anywhere."""
        letters = [
            (run, (part,))
            for run, whole in _bare(group)
            for letter in _letters(whole.text)
            for part in self._again(run, whole, letter)
        ]
        return self._joined(letters, Joint.CUT, group[-1])

    def _again(self, run: Run, whole: Part, text: str) -> tuple[Part, ...]:
        """Some of a part's text. All such together say what the whole says."""
        parts = self._case(run).shown(text)
        return parts if whole.said is None else saying(parts, whole.said)

    def _joined(self, bits: Sequence[tuple[Run, Sequence[Part]]], joint: Joint, end: Owned) -> list[list[Owned]]:
        """Each bit as a group, with that joint between them; after the last, what they were all cut from ends with."""
        *others, (run, parts) = bits
        groups = [[(owner, self._case(owner).atom(own, joint))] for owner, own in others]
        last_run, last = end
        if last.gap:
            return [
                *groups,
                [(run, self._case(run).atom(parts, Joint.NOTHING)), (last_run, self._case(last_run).space)],
            ]
        return [*groups, [(run, self._case(run).atom(parts, last.joint))]]


def _bare(group: Sequence[Owned]) -> list[tuple[Run, Part]]:
    """The parts of what stays together on a line, without the space after it."""
    parts = [(run, part) for run, atom in group for part in atom.parts]
    return parts[:-1] if group[-1][1].gap else parts


def _held(atoms: Sequence[Atom]) -> set[int]:
    """The counts of atoms after which it is ill to end a line, since two words ought to stay together."""
    numbered = [at for at, atom in enumerate(atoms) if atom.numbered]
    if not numbered:
        return set()
    beside = {*numbered, *[at + 1 for at in numbered]}
    return {at for at in beside if 0 < at < len(atoms) and atoms[at - 1].joint is Joint.SPACE and _holds(atoms, at)}


def _holds(atoms: Sequence[Atom], at: int) -> bool:
    """Whether the space after so many atoms ought to end no line."""
    before = (atoms[at - 1].parts[:-1] or atoms[at - 2].parts)[-1].text
    after = atoms[at].parts[0].text
    return (before[-1] in MAY_HOLD or before[-1].isdigit() or after[0].isdigit()) and is_held(before, after)


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


_NUMBER = re.compile(r"\W*\d(?:[\d.,:'’/–−-]*\d)?")
_YEAR = re.compile(r"\W*(?:1[89]|20)\d\d(?:[–/-]\d{2,4})?")
_UNIT = re.compile(r"[^\W\d_].{0,12}|[%‰°€$£¥₼₽₾֏′″].{0,3}")
"""A month, a unit, what is counted: one word of up to a dozen letters, or a sign."""

_ABBREVIATION = re.compile(r"\W*[^\W\d_]{1,5}\.|\W*[№§¶#€$£¥₼₽₾֏~≈±]")
_NAMED = re.compile(r"\W*[^\W\d_]{2,9}")
_ORDINAL = re.compile(r"\d{1,3}\W*")
_INITIAL = re.compile(r"\W*[^\W\d_]\.(?:[^\W\d_]\.)*")


@lru_cache(maxsize=8192)
def is_held(before: str, after: str) -> bool:
    """Whether the space between two words should not end a line.

    ``21–22 January``, ``600 kilometres``, ``12 %``: a number that is not a year, and a short word or a sign.
    ``para. 9``, ``No. 5``, ``§ 5``: a short word with a full stop, or a sign, and a number.
    ``Article 5``, ``Table 2``: a short word with a capital, and a number below a thousand.
    ``J. Smith``: initials and a name.
    """
    if before[-1].isdigit():
        return bool(_NUMBER.fullmatch(before) and _UNIT.fullmatch(after) and not _YEAR.fullmatch(before))
    if after[0].isdigit():
        if _ABBREVIATION.fullmatch(before):
            return True
        return bool(_NAMED.fullmatch(before) and before.lstrip("(“«„\"'")[0].isupper() and _ORDINAL.fullmatch(after))
    return after[0].isupper() and bool(_INITIAL.fullmatch(before)) and before.lstrip("(“«„\"'")[0].isupper()
