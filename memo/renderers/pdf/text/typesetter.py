"""What sets text for one file: its fonts, looks, language, and the numbers that count up through it."""

from __future__ import annotations

from collections.abc import Sequence

from memo.document.furniture import words_of
from memo.document.tree import Footnote, Inline, Mark, Metadata, Text
from memo.facts.style import MM, Style, fill
from memo.renderers.pdf.file.destinations import note_spot, reference_spot
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.notes import Note
from memo.renderers.pdf.text.boxes import Saying
from memo.renderers.pdf.text.fonts import Fonts
from memo.renderers.pdf.text.lines import Breaker, Line, Manner
from memo.renderers.pdf.text.looks import Look, Looks, capitals
from memo.renderers.pdf.text.marks import Marker
from memo.renderers.pdf.text.runs import Run, RunMaker, Way
from memo.renderers.pdf.text.segments import Cutter

_NOTE_INDENT = 13.0
_NOTE_SPACE = 4.0
_LEAST_ROOM = 144.0
"""Two inches: margins that leave less are read as leaving this, lest nothing fit."""

_SAID = 200
"""How many characters of a note its reference says to those who do not see it."""


class Setter:
    """Sets the text of one file.

    In points: ``paper`` is the page's width and height; text stands from ``left`` and ``top`` on, ``measure`` wide and
    ``height`` high.
    """

    def __init__(self, metadata: Metadata, style: Style) -> None:
        self.paper = style.page_points()
        self.left, self.top = style.page.margin_left_mm * MM, style.page.margin_top_mm * MM
        self.measure = max(style.measure(), _LEAST_ROOM)
        self.height = max(self.paper[1] - self.top - style.page.margin_bottom_mm * MM, _LEAST_ROOM)
        self.style = style
        self.language = metadata.language
        self.words = words_of(metadata, style)
        self.looks = Looks(style)
        self.fonts = Fonts()
        self.breaker = Breaker(Cutter(self.fonts))
        self.counted = {"note": 0, "table": 0, "figure": 0}
        self.marker = Marker(style.colours, self.words)
        self._runs = RunMaker(metadata.language, self._note, self.marker)

    def count(self, kind: str) -> int:
        """The next number of that kind."""
        self.counted[kind] += 1
        return self.counted[kind]

    def runs(
        self, content: tuple[Inline, ...], look: Look, owner: Element, mark: Mark | None = None
    ) -> list[list[Run]]:
        """Inlines as runs; the footnotes among them get their numbers, and are set. All of them bear ``mark``."""
        return self._runs.runs(content, look, owner, mark)

    def lines(
        self, content: tuple[Inline, ...], look: Look, owner: Element, width: float, manner: Manner,
        mark: Mark | None = None,
    ) -> list[Line]:  # fmt: skip
        """Inlines in lines of that width."""
        return self.breaker.lines(self.runs(content, look, owner, mark), width, manner)

    def line(self, text: str, look: Look, owner: Element | str) -> Line:
        """Words of memo's own, in one line."""
        return self.joined([self.run(text, look, owner)])

    def capitals(self, text: str, look: Look, owner: Element | str) -> Line:
        """Words of memo's own in capitals, in one line; it still says them as they are written."""
        line, said = self.line(capitals(text, self.language), look, owner), Saying(text)
        return line._replace(stretches=[stretch._replace(said=said) for stretch in line.stretches])

    def joined(self, runs: Sequence[Run]) -> Line:
        """Runs in one line, however wide."""
        return self.breaker.joined(runs)

    def run(self, text: str, look: Look, owner: Element | str, mark: Mark | None = None) -> Run:
        """Words of memo's own, as a run."""
        if mark and isinstance(owner, Element):
            return self._runs.runs((Text(text),), look, owner, mark)[0][0]
        return Run(text, look.face, look.ink, owner, self.language)

    def _note(self, footnote: Footnote, owner: Element, mark: Mark | None) -> Note:
        number, look = self.count("note"), self.looks.note
        element = Element("Note", owner, id=note_spot(number))
        said = fill(self.words.back, number=str(number))
        back = Way(Element("Link", Element("Lbl", element)), reference_spot(number), said)
        number_run = Run(str(number), look.face, look.link, back.element, self.language, back)
        label = self.joined([self._runs.marked_number(number_run, mark)])
        indent = max(_NOTE_INDENT, label.width + _NOTE_SPACE)
        lines = self.lines(footnote.content, look, Element("P", element), self.measure - indent, Manner.TEXT, mark)
        text = " ".join(self.marker.told(footnote.content).split())
        said = f"{self.words.footnote.format(number=number)}: {text}"
        return Note(number, element, look, label, tuple(lines), indent, _shortened(said, _SAID))


def _shortened(text: str, most: int) -> str:
    """The text, or as many of its first characters, with dots for the rest; no word is cut that need not be."""
    if len(text) <= most:
        return text
    first = text[: most - 1]
    return (first[: first.rfind(" ")] if " " in first[most // 2 :] else first).rstrip() + "…"
