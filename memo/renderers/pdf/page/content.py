"""One page's content: marked text, rules, boxes and links. Lengths are points from the page's top left corner down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from memo.renderers.pdf.file.destinations import Spot, change_spot
from memo.renderers.pdf.file.objects import PdfFile, colour, number, numbers, text_string
from memo.renderers.pdf.file.structure import Annotated, Element, Owners

if TYPE_CHECKING:
    from memo.document.tree import Mark
    from memo.renderers.pdf.text.boxes import Piece


ARTIFACT = "/Artifact BMC"
HEADER = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
REPEATED = "/Artifact <</Type /Pagination>> BDC"
"""What is not part of the text, and why (ISO 32000-1, 14.8.2.2.2)."""


class Ink(NamedTuple):
    """How a text is shown. ``rise`` is above the baseline, ``spacing`` after each character, in points."""

    size: float
    colour: str
    rise: float = 0.0
    spacing: float = 0.0


_NO_INK = Ink(0.0, "")


class Area(NamedTuple):
    """A link's active area, in PDF's own coordinates; ``number`` is its annotation's, ``text`` says what it is."""

    number: int
    rectangle: str
    target: str
    text: str


class Bar(NamedTuple):
    """Beside what changed: from ``top`` down to ``bottom``, and the numbers of the changes there, in order."""

    top: float
    bottom: float
    numbers: tuple[int, ...]


class Sheet:
    """A page in the making. ``number`` is its object's; ``height`` is the paper's.

    ``touched`` are the marks of what was drawn since the last of ``bars``.
    """

    def __init__(self, file: PdfFile, height: float, spots: dict[str, Spot]) -> None:
        self.number = file.reserve()
        self.areas: list[Area] = []
        self.bars: list[Bar] = []
        self.touched: list[Mark] = []
        self._file = file
        self._height = height
        self._spots = spots
        self._operators: list[str] = []
        self._underlines: list[str] = []
        self._marked: list[Element] = []
        self._annotated: list[Element] = []
        self._open: Element | str = ""
        self._in_text = False
        self._ink = _NO_INK
        self._resource, self._size = "", 0.0

    # Marked content

    def mark(self, owner: Element | str) -> None:
        """What is drawn from here on belongs to this element, or is an artifact; "" ends the stretch."""
        if owner == self._open:
            return
        self._end_text()
        if self._open:
            self._operators.append("EMC")
        self._open = owner
        if isinstance(owner, Element):
            owner.mark(self.number, len(self._marked))
            self._operators.append(f"/{owner.tag} <</MCID {len(self._marked)}>> BDC")
            self._marked.append(owner)
        elif owner:
            self._operators.append(owner)

    # Text

    def text_at(self, x: float, baseline: float) -> None:
        """The next text starts here."""
        if not self._in_text:
            self._operators.append("BT")
            self._in_text = True
        self._operators.append(f"1 0 0 1 {number(x)} {number(self._height - baseline)} Tm")

    @property
    def in_text(self) -> bool:
        """Whether the next text may go on where the last one ended."""
        return self._in_text

    def show(self, ink: Ink, pieces: Iterable[Piece], said: str | None = None) -> None:
        """Show pieces where the last ended. They say ``said`` instead to those who do not see it, unless it is None."""
        operators = self._operators
        if said is not None:
            operators.append(f"/Span <</ActualText {text_string(said)}>> BDC")
        if ink is not self._ink:
            self._set_ink(ink)
        waiting: list[str] = []
        for resource, codes in pieces:
            if resource != self._resource or ink.size != self._size:
                self._show_codes(waiting)
                waiting = []
                self._resource, self._size = resource, ink.size
                operators.append(f"/{resource} {number(ink.size)} Tf")
            waiting.append(codes)
        self._show_codes(waiting)
        if said is not None:
            operators.append("EMC")

    def _show_codes(self, codes: list[str]) -> None:
        if codes:
            self._operators.append(f"[{''.join(codes).replace(')(', '')}]TJ")

    def _set_ink(self, ink: Ink) -> None:
        before, self._ink = self._ink, ink
        if ink.colour != before.colour:
            self._operators.append(f"{colour(ink.colour)} rg")
        if ink.rise != before.rise:
            self._operators.append(f"{number(ink.rise)} Ts")
        if ink.spacing != before.spacing:
            self._operators.append(f"{number(ink.spacing)} Tc")

    def _end_text(self) -> None:
        if self._in_text:
            self._operators.append("ET")
            self._in_text = False

    # Drawing

    def line(
        self, x1: float, y1: float, x2: float, y2: float, width: float, ink: str, dash: tuple[float, ...] = ()
    ) -> None:
        """A straight line."""
        self._end_text()
        self._operators.append(self._stroke(x1, y1, x2, y2, width, ink, dash))

    def underline(self, start: float, end: float, y: float, ink: str, width: float = 0.4) -> None:
        """A thin line under a link, or with what changed; drawn when the page is done, to leave words in one piece."""
        self._underlines.append(self._stroke(start, y, end, y, width, ink))

    def _stroke(
        self, x1: float, y1: float, x2: float, y2: float, width: float, ink: str, dash: tuple[float, ...] = ()
    ) -> str:
        pattern = f"[{numbers(*dash)}] 0 d " if dash else ""
        path = f"{numbers(x1, self._height - y1)} m {numbers(x2, self._height - y2)} l S"
        return f"q {number(width)} w {pattern}{colour(ink)} RG {path} Q"

    def box(
        self, x: float, y: float, width: float, height: float,
        fill: str = "", stroke: str = "", stroke_width: float = 0.75, radius: float = 0.0,
    ) -> None:  # fmt: skip
        """A rectangle, filled, outlined or both."""
        if not fill and not stroke:
            return
        self._end_text()
        path = _path(x, self._height - y - height, width, height, radius)
        paint = "B" if fill and stroke else "f" if fill else "S"
        inks = f"{colour(fill)} rg " if fill else ""
        inks += f"{number(stroke_width)} w {colour(stroke)} RG " if stroke else ""
        self._operators.append(f"q {inks}{path} {paint} Q")

    def upright(self, x1: float, y1: float, x2: float, y2: float) -> tuple[float, float, float, float]:
        """A box in PDF's own coordinates, which count from the foot of the page."""
        return x1, self._height - y2, x2, self._height - y1

    # Changes

    def touch(self, mark: Mark) -> None:
        """What is drawn here came or went."""
        self.touched.append(mark)

    def beside(self, top: float, height: float) -> None:
        """A bar beside what was touched since the last one. Links to a change lead to the first of its bars."""
        numbers = tuple(sorted({mark.change for mark in self.touched if mark.change}))
        self.bars.append(Bar(top, top + height, numbers))
        self.touched = []
        for change in numbers:
            self.spot(change_spot(change), 0, top)

    # Links

    def spot(self, name: str, x: float, y: float) -> None:
        """Links to this name lead here."""
        self._spots.setdefault(name, Spot(self.number, x, self._height - y))

    def area(self, owner: Element, box: tuple[float, float, float, float], target: str, text: str) -> None:
        """A link, active from (x1, y1) to (x2, y2)."""
        annotation = self._file.reserve()
        self.areas.append(Area(annotation, numbers(*self.upright(*box)), target, text))
        self._annotated.append(owner)
        owner.join().kids.append(Annotated(self.number, annotation))

    # The end

    def content(self) -> bytes:
        """What was drawn since the page began or this was last asked for."""
        if self._underlines:
            self.mark(ARTIFACT)
            self._operators += self._underlines
            self._underlines = []
        self.mark("")
        operators, self._operators = self._operators, []
        self._ink, self._resource, self._size = _NO_INK, "", 0.0
        return ("\n".join(["q", *operators, "Q"]) + "\n").encode("ascii") if operators else b""

    def owners(self) -> Owners:
        """Who owns what on this page."""
        return Owners(self._marked, self._annotated)


_ROUND = 0.5523
"""How far the handles of a quarter of a circle reach, as a share of its radius."""


def _path(x: float, y: float, width: float, height: float, radius: float) -> str:
    """A rectangle from its lower left corner, in PDF's coordinates, with round corners if there is a radius."""
    r = min(radius, width / 2, height / 2)
    if r <= 0:
        return f"{numbers(x, y, width, height)} re"
    k, right, top = r * (1 - _ROUND), x + width, y + height
    corners = (
        (right - r, y, right - k, y, right, y + k, right, y + r),
        (right, top - r, right, top - k, right - k, top, right - r, top),
        (x + r, top, x + k, top, x, top - k, x, top - r),
        (x, y + r, x, y + k, x + k, y, x + r, y),
    )
    sides = (f"{numbers(*corner[:2])} l {numbers(*corner[2:])} c" for corner in corners)
    return f"{numbers(x + r, y)} m {' '.join(sides)} h"
