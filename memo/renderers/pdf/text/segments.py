"""From runs to boxes: words segmented where a line may end within them, encoded and measured.

`Segmenter` makes the boxes of a paragraph, and smaller ones where a line asks for that. `GlyphCache` makes each word
ready once in a file for each face and size that it stands in, and once more for whether a space follows it; plain words
once in a process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise, zip_longest
from typing import TypeVar
from unicodedata import category

from memo import fonts
from memo.fonts import Face
from memo.renderers.pdf.text import line_breaks
from memo.renderers.pdf.text.fonts import SOFT_HYPHEN, EmbeddedFonts
from memo.renderers.pdf.text.line_breaks import BoxList, BreakKind, GlyphRun, OwnedBox, TextBox
from memo.renderers.pdf.text.lines import ActualText, Run

_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
"""What may be hyphenated: six letters or more."""


class Segmenter:
    """Cuts runs into boxes, with one file's fonts."""

    def __init__(self, embedded: EmbeddedFonts) -> None:
        self._fonts = embedded
        self._caches: dict[tuple[Face, float, float], GlyphCache] = {}

    def _cache(self, run: Run) -> GlyphCache:
        key = run.face, run.state.size, run.state.spacing
        cache = self._caches.get(key)
        if cache is None:
            cache = self._caches[key] = GlyphCache(self._fonts, *key)
        return cache

    def box_list(self, runs: Sequence[Run]) -> BoxList:
        """Return the boxes of runs without a forced break. Any white space is one space, and none at the start."""
        boxes: list[TextBox] = []
        spans: list[line_breaks.RunSpan] = []
        has_actual_text = False
        for run, following in zip_longest(runs, runs[1:]):
            before_note = following is not None and following.note is not None
            own = self._cache(run)
            cache = own.sharing(run.text)
            if cache is not own or fonts.INVISIBLE.isdisjoint(run.text):  # a shared cache has plain text alone
                cache.add(boxes, run.text, before_note)
            else:
                cache.add_any(boxes, run.text, before_note)
                has_actual_text = True
            spans.append(line_breaks.RunSpan(run, len(boxes)))
        return BoxList(boxes, spans, line_breaks.discouraged_breaks(boxes), has_actual_text)

    def glyphs(self, run: Run) -> tuple[GlyphRun, ...]:
        """Return all glyphs of a run, for a line that is never broken."""
        return self._cache(run).glyphs_of_any(run.text)

    def hyphen(self, run: Run) -> GlyphRun:
        """Return the hyphen that layout puts at a line's end, in the face of a run."""
        return self._cache(run).hyphen()

    def syllables(self, group: Sequence[OwnedBox]) -> list[list[OwnedBox]]:
        """Cut one plain word of a known language at its syllables, into boxes for each; return other boxes as they are.

        ``group`` is what no line end may cut yet.
        """
        bare = _without_space(group)
        word = _LONG_WORD.search(bare[0][1].text) if len(bare) == 1 else None
        if word is None:
            return [list(group)]
        run, whole = bare[0]
        ends = [word.start() + at for at in _hyphenation(word[0], run.language)]
        if not ends:
            return [list(group)]
        cuts = pairwise((0, *ends, len(whole.text)))
        syllables = [(run, self._cut_out(run, whole, whole.text[start:end])) for start, end in cuts]
        return self._boxed(syllables, BreakKind.SOFT_HYPHEN, group[-1])

    def letters(self, group: Sequence[OwnedBox]) -> list[list[OwnedBox]]:
        """Cut what is wider than a line into boxes for each letter with its accents: a line may then end anywhere."""
        letters = [
            (run, (glyphs,))
            for run, whole in _without_space(group)
            for letter in _letters(whole.text)
            for glyphs in self._cut_out(run, whole, letter)
        ]
        return self._boxed(letters, BreakKind.ANYWHERE, group[-1])

    def _cut_out(self, run: Run, whole: GlyphRun, text: str) -> tuple[GlyphRun, ...]:
        """Return some of a glyph run's text. If the whole has an actual text, its parts share that."""
        glyphs = self._cache(run).glyphs(text)
        return glyphs if whole.actual_text is None else with_actual_text(glyphs, whole.actual_text)

    def _boxed(
        self, parts: Sequence[tuple[Run, Sequence[GlyphRun]]], kind: BreakKind, end: OwnedBox
    ) -> list[list[OwnedBox]]:
        """Box each part of what was cut, with breaks of a kind between them; the last ends as ``end`` did."""
        *others, (run, glyphs) = parts
        groups = [[(owner, self._cache(owner).box(own, kind))] for owner, own in others]
        last_run, last = end
        if last.glue:
            # The space may be of another run than the last part, so that it gets a box of its own.
            space = last_run, self._cache(last_run).space
            return [*groups, [(run, self._cache(run).box(glyphs, BreakKind.NONE)), space]]
        return [*groups, [(run, self._cache(run).box(glyphs, last.break_kind))]]


def _without_space(group: Sequence[OwnedBox]) -> list[tuple[Run, GlyphRun]]:
    glyphs = [(run, own) for run, box in group for own in box.glyphs]
    return glyphs[:-1] if group[-1][1].glue else glyphs


def _letters(text: str) -> list[str]:
    letters: list[str] = []
    for char in text:
        if letters and category(char)[0] == "M":
            letters[-1] += char
        else:
            letters.append(char)
    return letters


@lru_cache(maxsize=4096)
def _hyphenation(word: str, language: str) -> list[int]:
    """Return where a word may be hyphenated; nowhere in a language whose rules are not known."""
    rules = _hyphenation_rules(language)
    # Fewer than three letters on either side of a hyphen read badly.
    return [] if rules is None else [at for at in rules.positions(word) if 2 < at < len(word) - 2]


@lru_cache(maxsize=16)
def _hyphenation_rules(language: str):  # type: ignore[no-untyped-def]
    import pyphen  # loaded only when a line would be ugly without it

    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known) if known else None


# Words made ready

_WHITE = " \t\n\r\u2028\u2029"
_SPACES = re.compile(f"[{_WHITE}]+")
_TOKEN = re.compile(f"[{_WHITE}]+|[^{_WHITE}]+")
_SEGMENT_END = re.compile(
    r"(?<=[\u00ad\u200b])"  # after a soft hyphen, and where a writer allows a break
    r"|(?<=\w[-\u2010\u2013\u2014])(?=[^\W\d])"  # after a hyphen or dash between words, not between numbers
    r"|(?<=\w/)(?=[^\W\d])"  # after a slash between words
)
_MAY_HAVE_SEGMENTS = frozenset("\u00ad\u200b-\u2010\u2013\u2014/")
_PENALTIES = {BreakKind.NONE: 0.0, BreakKind.SPACE: 0.0, BreakKind.DASH: 0.01, BreakKind.SOFT_HYPHEN: 0.02}
_GOOD_TO_CUT_AFTER = "/?&=#-_.,;:"  # between the parts of a web address, if one is too long for a line
_MOST_WORDS = 8192

_Ready = TypeVar("_Ready")


class WordCache(dict[str, tuple[_Ready, ...]]):
    """What was made of each word, when it was first asked for. It forgets all when there are very many."""

    def __init__(self, make: Callable[[str], tuple[_Ready, ...]]) -> None:
        self._make = make

    def __missing__(self, word: str) -> tuple[_Ready, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        ready = self[word] = self._make(word)
        return ready


class GlyphCache:
    """Words in one face at one size and spacing, each encoded, measured and boxed once.

    Plain words look alike in every file, so they are made ready once in a process, in a cache that all files share.
    """

    def __init__(self, embedded: EmbeddedFonts, face: Face, size: float, spacing: float) -> None:
        self._fonts = embedded
        self._face = face
        self._size = size / 1000
        self._spacing = spacing
        self._shared = self if embedded is _NO_FILE else _shared_cache(face, size, spacing)
        self._first = embedded[fonts.FACES[face][0]]
        self._glyphs = WordCache(self._encode)
        self._words = WordCache(self._box_word)
        self._words_and_space = WordCache(self._box_word_and_space)
        self.space = self.box(self.glyphs(" "), BreakKind.SPACE)
        self._no_break_space = self.box(self.glyphs(" "), BreakKind.NONE)

    def sharing(self, text: str) -> GlyphCache:
        """Return the cache that all files share if the text is plain, noting it as used in this file; else this one."""
        return self._shared if self._shared is not self and self._first.use_plain(text) else self

    def glyphs(self, text: str) -> tuple[GlyphRun, ...]:
        """Encode a text without invisible characters, in a glyph run for each font that it takes."""
        return self._glyphs[text]

    def _encode(self, text: str) -> tuple[GlyphRun, ...]:
        cache = self.sharing(text)
        if cache is not self:
            return cache.glyphs(text)
        return tuple(self._glyph_run(font, part) for font, part in fonts.cut(text, self._face))

    def _glyph_run(self, font: str, text: str) -> GlyphRun:
        width, codes = self._fonts[font].encode(text)
        return GlyphRun(text, width * self._size + self._spacing * len(text), codes)

    def glyphs_of_any(self, text: str) -> tuple[GlyphRun, ...]:
        """Encode any text. Invisible characters are not shown, and are in the actual text."""
        if fonts.INVISIBLE.isdisjoint(text):
            return self.glyphs(text)
        visible = fonts.visible(text)
        actual = text.replace(SOFT_HYPHEN, "")  # in the text that readers get, it would hide the word from search
        glyphs = self.glyphs(visible)
        return with_actual_text(glyphs, ActualText(actual)) if actual != visible else glyphs

    def box(self, glyphs: Sequence[GlyphRun], kind: BreakKind) -> TextBox:
        """Put glyphs into a box. Before a break at a space, the last of them are the space."""
        glue = glyphs[-1].width if kind is BreakKind.SPACE else 0.0
        bare = glyphs[:-1] if glue else glyphs
        width = sum([own.width for own in bare])
        hyphen = self.hyphen().width if kind is BreakKind.SOFT_HYPHEN else 0.0
        penalty = _cut_penalty(glyphs[-1]) if kind is BreakKind.ANYWHERE else _PENALTIES[kind]
        codes = line_breaks.joined_codes(glyphs)
        return TextBox(tuple(glyphs), codes, width, glue, hyphen, penalty, kind, _may_bind(bare))

    def hyphen(self) -> GlyphRun:
        """Return the hyphen that layout puts at a line's end."""
        return self.glyphs(SOFT_HYPHEN)[0]

    def add(self, boxes: list[TextBox], text: str, before_note: bool) -> None:
        """Add the boxes of a run's text, which has no invisible characters, to those of the runs before it.

        A space at its end that stands before the number of a note is no break, lest a line begin with the number.
        """
        *words, last = _SPACES.split(text)
        if words and not words[0]:
            del words[0]
            self._add_space(boxes, no_break=before_note and not last and not words)
        before_number = words.pop() if words and before_note and not last else ""
        boxes.extend(chain.from_iterable(map(self._words_and_space.__getitem__, words)))
        if before_number:
            boxes += (*self._words[before_number], self._no_break_space)
        if last:
            boxes += self._words[last]

    def add_any(self, boxes: list[TextBox], text: str, before_note: bool) -> None:
        """Add the boxes of any text. Invisible characters that stand alone go into the next word's actual text."""
        tokens = _TOKEN.findall(text)
        waiting = ""
        for at, token in enumerate(tokens, 1):
            if token[0] in _WHITE:
                self._add_space(boxes, no_break=before_note and at == len(tokens))
                continue
            for segment, kind in _segments(token):
                glyphs = self.glyphs_of_any(waiting + segment)
                waiting = "" if glyphs else waiting + segment
                if glyphs:
                    boxes.append(self.box(glyphs, kind))

    def _add_space(self, boxes: list[TextBox], no_break: bool) -> None:
        """Add a space, if there is a word for it to follow."""
        if boxes and boxes[-1].break_kind is BreakKind.NONE:
            boxes.append(self._no_break_space if no_break else self.space)

    def _box_word(self, word: str) -> tuple[TextBox, ...]:
        cache = self.sharing(word)
        if cache is not self:
            return cache._words[word]
        return tuple(self.box(self.glyphs(segment), kind) for segment, kind in _segments(word))

    def _box_word_and_space(self, word: str) -> tuple[TextBox, ...]:
        cache = self.sharing(word)
        if cache is not self:
            return cache._words_and_space[word]
        *others, last = self._box_word(word)
        return (*others, self.box((*last.glyphs, *self.space.glyphs), BreakKind.SPACE))


_NO_FILE = EmbeddedFonts()
"""The fonts of the shared caches: of no file, and for plain words alone, which all files encode as these do."""


@lru_cache(maxsize=32)
def _shared_cache(face: Face, size: float, spacing: float) -> GlyphCache:
    return GlyphCache(_NO_FILE, face, size, spacing)


def with_actual_text(glyphs: Iterable[GlyphRun], actual_text: ActualText) -> tuple[GlyphRun, ...]:
    """Return the same glyphs, which together say this."""
    return tuple(own._replace(actual_text=actual_text) for own in glyphs)


def _may_bind(bare: Sequence[GlyphRun]) -> bool:
    """Tell whether a number, or what may stand before one, is at either end of a box."""
    if not bare:
        return True  # a space alone does not know what stands before it
    last = bare[-1].text[-1]
    return bare[0].text[0].isdigit() or last.isdigit() or last in line_breaks.BINDERS


def _cut_penalty(last: GlyphRun) -> float:
    return 0.3 if last.text in _GOOD_TO_CUT_AFTER else 0.6


def _segments(word: str) -> Sequence[tuple[str, BreakKind]]:
    """Cut a word where a line may end within it; each segment stands with how a line may end after it."""
    return ((word, BreakKind.NONE),) if _MAY_HAVE_SEGMENTS.isdisjoint(word) else list(_cut_word(word))


def _cut_word(word: str) -> Iterator[tuple[str, BreakKind]]:
    starts = [match.start() for match in _SEGMENT_END.finditer(word) if 0 < match.start() < len(word)]
    for start, end in pairwise((0, *starts, len(word))):
        segment = word[start:end]
        soft = segment[-1] == SOFT_HYPHEN
        yield segment, BreakKind.NONE if end == len(word) else BreakKind.SOFT_HYPHEN if soft else BreakKind.DASH
