"""From runs to lines: paragraphs broken, and what readers are told where that is not what a line shows.

Words are hyphenated only where a line would otherwise be ugly; a word wider than the line is cut anywhere. A word that
a line's end cuts stays whole for those who search, copy or hear the text: its first piece says all of it, the others
nothing (ActualText, ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from memo.renderers.pdf.text.fonts import SOFT_HYPHEN
from memo.renderers.pdf.text.line_breaks import (
    BoxList,
    BreakKind,
    GlyphRun,
    OwnedBox,
    best_breaks,
    is_ugly,
    joined_codes,
)
from memo.renderers.pdf.text.lines import ActualText, LineBox, Run, RunFragment
from memo.renderers.pdf.text.segments import Segmenter


class LineBreaking(Enum):
    """How a paragraph is broken into lines."""

    TEXT = "even on the right, with hyphens where it would be ugly"
    CELL = "even on the right, words whole if they can be"
    HEADING = "lines of like length, words whole if they can be"


class LineBreaker:
    """Breaks runs into lines, with one file's fonts."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def lines(self, runs: Sequence[Sequence[Run]], width: float, breaking: LineBreaking) -> list[LineBox]:
        """Break a paragraph into lines; each sequence of ``runs`` begins a new line."""
        return self.break_boxes(self.box_lists(runs), width, breaking)

    def box_lists(self, runs: Sequence[Sequence[Run]]) -> list[BoxList]:
        """Make a paragraph's boxes, for those who must know its `content_widths` before they break it."""
        return [self._segmenter.box_list(forced) for forced in runs]

    def break_boxes(self, paragraph: Sequence[BoxList], width: float, breaking: LineBreaking) -> list[LineBox]:
        """Break the boxes of a paragraph into lines."""
        return [line for text in paragraph if text.boxes for line in self._lines(text, width, breaking)]

    def one_line(self, runs: Sequence[Run]) -> LineBox:
        """Put runs into one line, however wide."""
        fragments = [fragment for run in runs for fragment in _fragments(run, self._segmenter.glyphs(run))]
        return LineBox(fragments, sum([fragment.width for fragment in fragments]))

    def _lines(self, text: BoxList, width: float, breaking: LineBreaking) -> Iterator[LineBox]:
        breaks = best_breaks(text, width, breaking is LineBreaking.HEADING)
        if not breaks or (breaking is LineBreaking.TEXT and is_ugly(text, breaks, width)):
            text = self._smaller_boxes(text, width, hyphenate=breaking is LineBreaking.TEXT)
            breaks = best_breaks(text, width, breaking is LineBreaking.HEADING)
        # Most paragraphs say just what they show, and never ask which run each box is of.
        if text.has_actual_text or any(map(text.may_cut, breaks)):
            yield from self._lines_with_actual_text(text, breaks)
            return
        for (start, end), fragments in zip(pairwise((0, *breaks)), _plain_fragments(text, breaks), strict=True):
            yield LineBox(fragments, text.width(start, end) - text.boxes[end - 1].glue)

    def _lines_with_actual_text(self, text: BoxList, breaks: Sequence[int]) -> Iterator[LineBox]:
        owned = text.owned()
        shown = [
            [OwnedGlyphs(run, glyphs) for run, box in owned[start:end] for glyphs in box.glyphs]
            + self._hyphen_after(owned[end - 1])
            for start, end in pairwise((0, *breaks))
        ]
        set_actual_text(text, breaks, shown)
        for end, line in zip(breaks, shown, strict=True):
            groups = [list(group) for _, group in groupby(line, key=lambda own: id(own.run))]
            fragments = [each for own in groups for each in _fragments(own[0].run, (glyphs for _, glyphs in own))]
            yield LineBox(fragments, sum([fragment.width for fragment in fragments]) - text.boxes[end - 1].glue)

    def _hyphen_after(self, last: OwnedBox) -> list[OwnedGlyphs]:
        run, box = last
        return [OwnedGlyphs(run, self._segmenter.hyphen(run))] if box.break_kind is BreakKind.SOFT_HYPHEN else []

    def _smaller_boxes(self, text: BoxList, width: float, hyphenate: bool) -> BoxList:
        """Cut words at their syllables, if they may be hyphenated, and into letters what is wider than the line."""
        owned = text.owned()
        smaller: list[OwnedBox] = []
        discouraged: set[int] = set()
        for start, end in pairwise((0, *text.breaks)):
            for syllable in self._segmenter.syllables(owned[start:end]) if hyphenate else [owned[start:end]]:
                for group in self._segmenter.letters(syllable) if _width(syllable) > width else [syllable]:
                    smaller += group
            if end in text.discouraged:
                discouraged.add(len(smaller))
        return BoxList.of(smaller, discouraged, text.has_actual_text)


def content_widths(paragraph: Sequence[BoxList]) -> tuple[float, float]:
    """Return the width of the widest part that no line end may cut, and that with forced breaks alone."""
    widest = max((text.widest() for text in paragraph), default=0.0)
    return widest, max((text.offsets[-1] for text in paragraph), default=0.0)


def _width(group: Sequence[OwnedBox]) -> float:
    return sum(box.width + box.glue for _, box in group) - group[-1][1].glue


def _plain_fragments(text: BoxList, breaks: Sequence[int]) -> Iterator[list[RunFragment]]:
    """Yield the fragments of each line where it says what it shows: by far the most, and the fast way."""
    spans, at = iter(text.spans), 0
    run, run_end = next(spans)
    for end in breaks:
        line: list[RunFragment] = []
        while at < end:
            while run_end <= at:
                run, run_end = next(spans)
            stop = min(run_end, end)
            codes = [own for box in text.boxes[at:stop] for own in box.codes]
            line.append(RunFragment(run, codes, text.width(at, stop)))
            at = stop
        yield line


def _fragments(run: Run, glyphs: Iterable[GlyphRun]) -> Iterator[RunFragment]:
    """Join the glyphs of one run on a line into fragments, one for each actual text."""
    for actual_text, group in groupby(glyphs, key=attrgetter("actual_text")):
        own = tuple(group)
        yield RunFragment(run, joined_codes(own), sum([part.width for part in own]), actual_text)


# Actual text

_HYPHEN = "-"
_SAYS_NOTHING = ActualText("")


class OwnedGlyphs(NamedTuple):
    """Glyphs on a line with the run that they are of."""

    run: Run
    glyphs: GlyphRun

    def saying(self, actual_text: ActualText) -> OwnedGlyphs:
        """Return the same glyphs with this actual text."""
        return OwnedGlyphs(self.run, self.glyphs._replace(actual_text=actual_text))


GlyphPositions = list[tuple[int, int]]
"""Where glyphs stand in the lines of a paragraph: index of the line, index in the line."""


def set_actual_text(text: BoxList, breaks: Sequence[int], lines: list[list[OwnedGlyphs]]) -> None:
    """Give actual text to the words that line ends cut, and to hyphens of the text's own that end a line."""
    if any(text.boxes[end - 1].break_kind not in (BreakKind.SPACE, BreakKind.NONE) for end in breaks):
        for word in _words(text, breaks, lines):
            if word and word[0][0] != word[-1][0]:
                _say_once(word, lines)
    for line in lines:
        _keep_hyphen(line)


def _words(text: BoxList, breaks: Sequence[int], lines: list[list[OwnedGlyphs]]) -> Iterator[GlyphPositions]:
    """Yield where the glyphs of each word stand, leaving out the spaces between words."""
    word: GlyphPositions = []
    start = 0
    for number, end in enumerate(breaks):
        at = 0
        for box in text.boxes[start:end]:
            after = at + len(box.glyphs)
            word += [(number, index) for index in range(at, after - bool(box.glue))]
            at = after
            if box.glue:
                yield word
                word = []
        word += [(number, index) for index in range(at, len(lines[number]))]
        start = end
    yield word


def _say_once(word: GlyphPositions, lines: list[list[OwnedGlyphs]]) -> None:
    """Let the first piece of a word say all of it that belongs to one element, so that a link still says its own."""
    for _, group in groupby(word, key=lambda at: id(lines[at[0]][at[1]].run.owner)):
        own = list(group)
        first, run = own[0][0], lines[own[0][0]][own[0][1]].run
        if own[-1][0] == first:
            continue
        whole = ActualText("".join(_texts(lines[line][index].glyphs for line, index in own)))
        for line, index in own:
            glyphs = lines[line][index]
            lines[line][index] = glyphs.saying(whole if line == first and glyphs.run is run else _SAYS_NOTHING)


def _texts(glyphs: Iterable[GlyphRun]) -> Iterator[str]:
    """Yield the text of each glyph run, or of neighbours that say one together; layout's hyphens have none."""
    before: ActualText | None = None
    for own in glyphs:
        if own.actual_text is None:
            yield own.text.replace(SOFT_HYPHEN, "")
        elif own.actual_text is not before:
            yield own.actual_text.text
        # A hyphen of layout's between two pieces does not part what they say together.
        before = own.actual_text or (before if own.text == SOFT_HYPHEN else None)


def _keep_hyphen(line: list[OwnedGlyphs]) -> None:
    """Let a hyphen of the text's own that ends a line say a space after it: poppler takes it for one of layout's."""
    index = len(line) - 1
    while index >= 0 and line[index].glyphs.text == " ":
        index -= 1
    if index < 0:
        return
    own = line[index].glyphs.actual_text
    text = line[index].glyphs.text if own is None else own.text
    if text.endswith(_HYPHEN):
        spaced = ActualText(text + " ")
        # All pieces that say this together must go on saying one thing, so each of them gets the new text.
        while index >= 0 and (line[index].glyphs.actual_text is own or own is None):
            line[index] = line[index].saying(spaced)
            index = -1 if own is None else index - 1
