"""The content of one page as a stream of PDF operators: marked text, lines, rectangles, links.

Lengths are points from the page's top left corner down; PDF's own coordinates count from the bottom up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from memo.document.tree import Mark
from memo.renderers.pdf.file.navigation import Destination, LinkArea, change_name
from memo.renderers.pdf.file.objects import PdfFile, number, numbers, rgb, text_string
from memo.renderers.pdf.file.structure import AnnotationReference, Element, PageOwners

ARTIFACT = "/Artifact BMC"
HEADER = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
REPEATED = "/Artifact <</Type /Pagination>> BDC"
"""The kinds of artifact: what is on a page and not part of the memo's text (ISO 32000-1, 14.8.2.2.2)."""


class TextState(NamedTuple):
    """How text is shown (ISO 32000-1, 9.3). In points: ``rise`` above the baseline, ``spacing`` after a character."""

    size: float
    colour: str
    rise: float = 0.0
    spacing: float = 0.0


_NO_STATE = TextState(0.0, "")

FontCodes = tuple[str, str]
"""Text as PDF shows it: the resource name of a font, and the text's character codes as an operand of TJ."""


class ChangeBar(NamedTuple):
    """A bar in the margin from ``top`` down to ``bottom``, and the numbers of the changes beside it, in order."""

    top: float
    bottom: float
    numbers: tuple[int, ...]


class PageContent:
    """The content of a page in the making. ``number`` is the page's object number, ``height`` the paper's height.

    ``marks`` are the change marks of what was drawn since the last change bar was added.
    """

    def __init__(self, file: PdfFile, height: float, destinations: dict[str, Destination]) -> None:
        self.number = file.reserve()
        self.links: list[LinkArea] = []
        self.change_bars: list[ChangeBar] = []
        self.marks: list[Mark] = []
        self.in_text = False
        """Whether the next text may go on where the last one ended."""
        self._file = file
        self._height = height
        self._destinations = destinations
        self._operators: list[str] = []
        self._underlines: list[str] = []
        self._content_owners: list[Element] = []
        self._link_owners: list[Element] = []
        self._owner: Element | str = ""
        self._state = _NO_STATE
        self._resource, self._size = "", 0.0

    # Marked content

    def set_owner(self, owner: Element | str) -> None:
        """Let what is drawn from here on belong to an element, or to a kind of artifact; "" ends the marked content."""
        if owner == self._owner:
            return
        self._end_text()
        if self._owner:
            self._operators.append("EMC")
        self._owner = owner
        if isinstance(owner, Element):
            owner.add_content(self.number, len(self._content_owners))
            self._operators.append(f"/{owner.tag} <</MCID {len(self._content_owners)}>> BDC")
            self._content_owners.append(owner)
        elif owner:
            self._operators.append(owner)

    def owners(self) -> PageOwners:
        """Return the elements that own this page's marked content and links."""
        return PageOwners(self._content_owners, self._link_owners)

    # Text

    def move_text(self, x: float, baseline: float) -> None:
        """Let the next text start here."""
        if not self.in_text:
            self._operators.append("BT")
            self.in_text = True
        self._operators.append(f"1 0 0 1 {number(x)} {number(self._height - baseline)} Tm")

    def show(self, state: TextState, codes: Iterable[FontCodes], actual_text: str | None = None) -> None:
        """Show text where the last one ended; ``actual_text``, unless it is None, replaces it for readers."""
        operators = self._operators
        if actual_text is not None:
            operators.append(f"/Span <</ActualText {text_string(actual_text)}>> BDC")
        if state is not self._state:
            self._set_state(state)
        waiting: list[str] = []
        for resource, operand in codes:
            if resource != self._resource or state.size != self._size:
                self._show_operands(waiting)
                waiting = []
                self._resource, self._size = resource, state.size
                operators.append(f"/{resource} {number(state.size)} Tf")
            waiting.append(operand)
        self._show_operands(waiting)
        if actual_text is not None:
            operators.append("EMC")

    def _show_operands(self, operands: list[str]) -> None:
        if operands:
            self._operators.append(f"[{''.join(operands).replace(')(', '')}]TJ")  # neighbouring strings become one

    def _set_state(self, state: TextState) -> None:
        before, self._state = self._state, state
        if state.colour != before.colour:
            self._operators.append(f"{rgb(state.colour)} rg")
        if state.rise != before.rise:
            self._operators.append(f"{number(state.rise)} Ts")
        if state.spacing != before.spacing:
            self._operators.append(f"{number(state.spacing)} Tc")

    def _end_text(self) -> None:
        if self.in_text:
            self._operators.append("ET")
            self.in_text = False

    # Drawing

    def line(
        self, x1: float, y1: float, x2: float, y2: float, width: float, colour: str, dash: tuple[float, ...] = ()
    ) -> None:
        """Draw a straight line."""
        self._end_text()
        self._operators.append(self._stroke(x1, y1, x2, y2, width, colour, dash))

    def underline(self, start: float, end: float, y: float, colour: str, width: float = 0.4) -> None:
        """Draw a line under or through text, when the page is done: drawn at once, it would cut words in pieces."""
        self._underlines.append(self._stroke(start, y, end, y, width, colour))

    def _stroke(
        self, x1: float, y1: float, x2: float, y2: float, width: float, colour: str, dash: tuple[float, ...] = ()
    ) -> str:
        pattern = f"[{numbers(*dash)}] 0 d " if dash else ""
        path = f"{numbers(x1, self._height - y1)} m {numbers(x2, self._height - y2)} l S"
        return f"q {number(width)} w {pattern}{rgb(colour)} RG {path} Q"

    def rectangle(
        self, x: float, y: float, width: float, height: float,
        fill: str = "", stroke: str = "", stroke_width: float = 0.75, radius: float = 0.0,
    ) -> None:  # fmt: skip
        """Draw a rectangle, filled, outlined or both, with round corners if there is a radius."""
        if not fill and not stroke:
            return
        self._end_text()
        path = _rectangle_path(x, self._height - y - height, width, height, radius)
        paint = "B" if fill and stroke else "f" if fill else "S"
        colours = f"{rgb(fill)} rg " if fill else ""
        colours += f"{number(stroke_width)} w {rgb(stroke)} RG " if stroke else ""
        self._operators.append(f"q {colours}{path} {paint} Q")

    def pdf_rectangle(self, x1: float, y1: float, x2: float, y2: float) -> str:
        """Write a rectangle in PDF's own coordinates: lower left corner, upper right corner."""
        return numbers(x1, self._height - y2, x2, self._height - y1)

    # Changes

    def add_mark(self, mark: Mark) -> None:
        """Note that what is drawn here was inserted or deleted, for the next change bar."""
        self.marks.append(mark)

    def add_change_bar(self, top: float, height: float) -> None:
        """Add a bar beside what was marked since the last one. Links to a change lead to the first of its bars."""
        changes = tuple(sorted({mark.change for mark in self.marks if mark.change}))
        self.change_bars.append(ChangeBar(top, top + height, changes))
        self.marks = []
        for change in changes:
            self.add_destination(change_name(change), 0, top)

    # Links

    def add_destination(self, name: str, x: float, y: float) -> None:
        """Let links to this name lead here, unless they lead to an earlier place already."""
        self._destinations.setdefault(name, Destination(self.number, x, self._height - y))

    def add_link(
        self, owner: Element, x1: float, y1: float, x2: float, y2: float, target: str, description: str
    ) -> None:
        """Make a rectangle active as a link."""
        annotation = self._file.reserve()
        self.links.append(LinkArea(annotation, self.pdf_rectangle(x1, y1, x2, y2), target, description))
        self._link_owners.append(owner)
        owner.attach().kids.append(AnnotationReference(self.number, annotation))

    # The end

    def take_stream(self) -> bytes:
        """Return the operators drawn since the page began, or since this was last called."""
        if self._underlines:
            self.set_owner(ARTIFACT)
            self._operators += self._underlines
            self._underlines = []
        self.set_owner("")
        operators, self._operators = self._operators, []
        # The next stream of the page starts from PDF's defaults again: this one ends with Q, which restores them.
        self._state, self._resource, self._size = _NO_STATE, "", 0.0
        return ("\n".join(["q", *operators, "Q"]) + "\n").encode("ascii") if operators else b""


_HANDLE = 0.5523
"""The length of a Bézier curve's handles that makes it a quarter of a circle, as a share of the radius."""


def _rectangle_path(x: float, y: float, width: float, height: float, radius: float) -> str:
    """Write the path of a rectangle from its lower left corner, in PDF's coordinates."""
    r = min(radius, width / 2, height / 2)
    if r <= 0:
        return f"{numbers(x, y, width, height)} re"
    k, right, top = r * (1 - _HANDLE), x + width, y + height
    corners = (
        (right - r, y, right - k, y, right, y + k, right, y + r),
        (right, top - r, right, top - k, right - k, top, right - r, top),
        (x + r, top, x + k, top, x, top - k, x, top - r),
        (x, y + r, x, y + k, x + k, y, x + r, y),
    )
    sides = (f"{numbers(*corner[:2])} l {numbers(*corner[2:])} c" for corner in corners)
    return f"{numbers(x + r, y)} m {' '.join(sides)} h"
