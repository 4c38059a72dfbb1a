"""Where the lines of a paragraph end: boxes, glue and penalties, and the breaks chosen among them.

The method is that of Knuth and Plass, 'Breaking Paragraphs into Lines' (Software: Practice and Experience 11, 1981):
all breaks of a paragraph are chosen together. Text is even on the left only, so glue neither stretches nor shrinks. The
best breaks are those with the least sum of the squares of what each line but the last falls short.

Boxes do not know whose text they are, so that each word is made ready once in a file, however often it stands there.
`BoxList` tells which run its boxes are of, for many boxes at a time.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from memo.renderers.pdf.file.page_content import FontCodes
from memo.renderers.pdf.text.lines import ActualText, Run


class BreakKind(IntEnum):
    """How a line may end after a box. All but `NONE` may end one, and all above `SPACE` end it within a word."""

    NONE = 0
    """No line ends here, unless the paragraph does."""
    SPACE = 1
    DASH = 2
    SOFT_HYPHEN = 3
    """A hyphen is shown, but only if the line ends here."""
    ANYWHERE = 4
    """A word too wide for any line is cut here, and nothing is shown."""


class GlyphRun(NamedTuple):
    """Text in one font, encoded; ``width`` is in points. ``actual_text`` is set where it says another text."""

    text: str
    width: float
    codes: tuple[FontCodes, ...]
    actual_text: ActualText | None = None


class TextBox(NamedTuple):
    """A box of text that is never cut, and the glue and penalty that follow it. Lengths are in points.

    ``codes`` are those of all its glyphs. If a space follows, it is the last of ``glyphs``, and ``glue`` its width.
    ``hyphen`` is the width of what is added if a line ends here. ``width`` is without either. ``penalty`` is what a
    break here costs; a line that is half empty costs 0.25. ``may_bind`` tells whether `belong_together` is worth asking
    of the space before it or after it.
    """

    glyphs: tuple[GlyphRun, ...]
    codes: tuple[FontCodes, ...]
    width: float
    glue: float
    hyphen: float
    penalty: float
    break_kind: BreakKind
    may_bind: bool = False


OwnedBox = tuple[Run, TextBox]
"""A box with the run that it is of."""


class RunSpan(NamedTuple):
    """The boxes of one run: those before ``end``, from where the span before it ends."""

    run: Run
    end: int


class BoxList:
    """The boxes of a paragraph, or of what stands between two forced breaks in it. Lengths are in points.

    A break is told by how many boxes stand before it. ``breaks`` are those where a line may end; those in
    ``discouraged`` cost extra. ``offsets`` are the sums of widths and glue before each box, and of all at the end.
    ``has_actual_text`` tells whether any glyph run says another text than it shows.
    """

    __slots__ = ("boxes", "breaks", "discouraged", "has_actual_text", "offsets", "spans")

    def __init__(
        self, boxes: Sequence[TextBox], spans: Sequence[RunSpan] = (), discouraged: Container[int] = (),
        has_actual_text: bool = False,
    ) -> None:  # fmt: skip
        self.boxes = boxes
        self.spans = spans
        self.discouraged = discouraged
        self.has_actual_text = has_actual_text
        self.offsets = list(accumulate([box.width + box.glue for box in boxes], initial=0.0))
        self.breaks = [at for at, box in enumerate(boxes, 1) if box.break_kind]
        if boxes and not boxes[-1].break_kind:
            self.breaks.append(len(boxes))

    @classmethod
    def of(cls, owned: Iterable[OwnedBox], discouraged: Container[int], has_actual_text: bool) -> BoxList:
        """Make a list of boxes that stand with their runs."""
        boxes: list[TextBox] = []
        spans: list[RunSpan] = []
        for _, group in groupby(owned, key=lambda pair: id(pair[0])):
            pairs = list(group)
            boxes += [box for _, box in pairs]
            spans.append(RunSpan(pairs[0][0], len(boxes)))
        return cls(boxes, spans, discouraged, has_actual_text)

    def fits(self, width: float) -> bool:
        """Tell whether all of it fits on one line."""
        return self.offsets[-1] - self.boxes[-1].glue <= width

    def width(self, start: int, end: int) -> float:
        """Return the width of the boxes between two breaks, with the space after the last."""
        return self.offsets[end] - self.offsets[start]

    def widest(self) -> float:
        """Return the width of the widest part that no line end may cut."""
        offsets, boxes = self.offsets, self.boxes
        widths = [offsets[end] - offsets[start] - boxes[end - 1].glue for start, end in pairwise((0, *self.breaks))]
        return max(widths, default=0.0)

    def may_cut(self, end: int) -> bool:
        """Tell whether a line that ends here may end within a word, or with a hyphen of the text's own."""
        box = self.boxes[end - 1]
        bare = box.glyphs[:-1] if box.glue else box.glyphs
        # A space alone does not know what stands before it, which may be a hyphen.
        return box.break_kind > BreakKind.SPACE or not bare or bare[-1].text.endswith(("-", " "))

    def owned(self) -> list[OwnedBox]:
        """Return every box with the run that it is of."""
        starts = (0, *(span.end for span in self.spans[:-1]))
        spans = zip(starts, self.spans, strict=True)
        return [(run, box) for start, (run, end) in spans for box in self.boxes[start:end]]


def joined_codes(glyphs: Sequence[GlyphRun]) -> tuple[FontCodes, ...]:
    """Join the codes of several glyph runs; neighbours in one font become one."""
    if len(glyphs) == 1:
        return glyphs[0].codes
    joined: list[FontCodes] = []
    for own in glyphs:
        for resource, operand in own.codes:
            if joined and joined[-1][0] == resource:
                joined[-1] = resource, joined[-1][1] + operand
            else:
                joined.append((resource, operand))
    return tuple(joined)


# The breaks of a paragraph

UGLY = 0.16
"""What a line may fall short, as a share of its width, before words are hyphenated."""

DISCOURAGED = 0.2
"""The penalty of a break between two words that `belong_together`: as much as a line that falls short by 0.45."""

_LINE = 0.04
"""The cost of one more line, lest evenness make a paragraph longer."""

_FULL_ENOUGH = 0.8
_ALONE = 0.2
"""A last line costs the second for each share of its width that it falls short by more than the first: words should not
stand there alone."""

_SLACK = 1e-6
_NEVER = float("inf")


def best_breaks(text: BoxList, width: float, balanced: bool = False) -> list[int]:
    """Return the breaks that make the lines most even; the last is at the end. Empty if anything is wider than a line.

    If ``balanced``, the last line is to be as long as the others, as in a heading; otherwise only not too short.

    Each break in turn is given the best line before it. Lines that are too long are passed over for good, since those
    to later breaks are longer still. Shorter lines are not tried once the line alone costs more than the best found.
    """
    if text.fits(width):
        return [len(text.boxes)]
    boxes, discouraged, offsets = text.boxes, text.discouraged, text.offsets
    heads = [0.0, *[offsets[end] for end in text.breaks]]
    costs, origins, low = [0.0], [0], 0
    for this, end in enumerate(text.breaks, 1):
        box = boxes[end - 1]
        reach = heads[this] - box.glue + box.hyphen - width - _SLACK
        while low < this - 1 and heads[low] < reach:
            low += 1
        while low and heads[low - 1] >= reach:  # the hyphen before may have been wider than what follows it here
            low -= 1
        if low == this - 1 and heads[low] < reach - box.hyphen:
            return []
        last = end == len(boxes) and not balanced
        best, origin, least = _NEVER, this - 1, min(costs[low:this])
        for start in range(low, this):
            short = (heads[start] - reach) / width
            uneven = max(0.0, short - _FULL_ENOUGH) * _ALONE if last else short * short
            if uneven + least > best:
                break
            cost = costs[start] + uneven
            if cost <= best:
                best, origin = cost, start
        costs.append(best + (DISCOURAGED if end in discouraged else box.penalty) + _LINE)
        origins.append(origin)
    return [text.breaks[at - 1] for at in _trail(origins)]


def _trail(origins: list[int]) -> list[int]:
    """Follow the best lines back from the last break to the first."""
    trail = [len(origins) - 1]
    while origins[trail[-1]]:
        trail.append(origins[trail[-1]])
    return trail[::-1]


def is_ugly(text: BoxList, breaks: list[int], width: float) -> bool:
    """Tell whether any line but the last falls too short."""
    least = width * (1 - UGLY)
    return any(text.width(start, end) - text.boxes[end - 1].glue < least for start, end in pairwise((0, *breaks[:-1])))


# Words that should stay together

_SIGNS = "№§¶#€$£¥₼₽₾֏~≈±"
BINDERS = frozenset(f".{_SIGNS}")
"""Characters at the end of a word that the next word may belong to: see `belong_together`."""

_NUMBER = re.compile(r"\W*\d(?:[\d.,:'’/–−-]*\d)?")
_YEAR = re.compile(r"\W*(?:1[89]|20)\d\d(?:[–/-]\d{2,4})?")
_UNIT = re.compile(r"[^\W\d_].{0,12}|[%‰°€$£¥₼₽₾֏′″].{0,3}")
"""A month, a unit, what is counted: one word of up to a dozen letters, or a sign."""

_ABBREVIATION = re.compile(rf"\W*[^\W\d_]{{1,5}}\.|\W*[{_SIGNS}]")
_NAMED = re.compile(r"\W*[^\W\d_]{2,9}")
_ORDINAL = re.compile(r"\d{1,3}\W*")
_INITIAL = re.compile(r"\W*[^\W\d_]\.(?:[^\W\d_]\.)*")


def discouraged_breaks(boxes: Sequence[TextBox]) -> set[int]:
    """Return the breaks at spaces between words that should stay together."""
    binding = [at for at, box in enumerate(boxes) if box.may_bind]
    if not binding:
        return set()
    # Only the spaces beside these few need a closer look.
    beside = {*binding, *[at + 1 for at in binding]}
    return {
        at
        for at in beside
        if 0 < at < len(boxes) and boxes[at - 1].break_kind is BreakKind.SPACE and _is_discouraged(boxes, at)
    }


def _is_discouraged(boxes: Sequence[TextBox], at: int) -> bool:
    before = (boxes[at - 1].glyphs[:-1] or boxes[at - 2].glyphs)[-1].text
    after = boxes[at].glyphs[0].text
    return (before[-1] in BINDERS or before[-1].isdigit() or after[0].isdigit()) and belong_together(before, after)


@lru_cache(maxsize=8192)
def belong_together(before: str, after: str) -> bool:
    """Tell whether a line should not end at the space between two words.

    ``21–22 January``, ``600 kilometres``, ``12 %``: a number that is not a year, and a short word or a sign.
    ``para. 9``, ``No. 5``, ``§ 5``: a short word with a full stop, or a sign, and a number.
    ``Article 5``, ``Table 2``: a short word with a capital, and a number below a thousand.
    ``J. Smith``: initials and a name.
    """
    # The rule goes by form, not by words, so that it holds in any language. It sets a price and no more: in a column
    # too narrow for both words they part after all. A writer who wants more puts a no-break space.
    if before[-1].isdigit():
        return bool(_NUMBER.fullmatch(before) and _UNIT.fullmatch(after) and not _YEAR.fullmatch(before))
    if after[0].isdigit():
        if _ABBREVIATION.fullmatch(before):
            return True
        return bool(_NAMED.fullmatch(before) and before.lstrip("(“«„\"'")[0].isupper() and _ORDINAL.fullmatch(after))
    return after[0].isupper() and bool(_INITIAL.fullmatch(before)) and before.lstrip("(“«„\"'")[0].isupper()
