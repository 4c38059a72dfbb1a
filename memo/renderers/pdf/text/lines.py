"""Lines of text: the runs that they are made of, the notes that they refer to, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from memo.document.tree import Mark
from memo.fonts import Face
from memo.renderers.pdf.file.navigation import is_note_name, reference_name
from memo.renderers.pdf.file.page_content import FontCodes, PageContent, TextState
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.text.styles import TextStyle


class LinkTarget(NamedTuple):
    """Where a link leads. ``element`` is its Link in the structure tree.

    ``target`` is a web address or the name of a destination, ``description`` says in words what it is.
    """

    element: Element
    target: str
    description: str

    @property
    def underlined(self) -> bool:
        """Tell whether a line below shows that it is a link; numbers of notes are known by their place."""
        return not is_note_name(self.target)


@dataclass(slots=True, eq=False)
class ChangedText:
    """Text that was inserted or deleted, in one language: its Span in the structure tree, and its words so far."""

    mark: Mark
    element: Element
    language: str
    text: str


class Run(NamedTuple):
    """Text that is alike throughout: in face and state, in what it belongs to and where it leads.

    ``owner`` is its structure element, or the kind of artifact that it is. ``link`` is where it leads, ``note`` the
    footnote that it refers to, ``destination`` the name by which links lead to it. ``changed`` is what it is part of
    where it was inserted or deleted.
    """

    text: str
    face: Face
    state: TextState
    owner: Element | str
    language: str
    link: LinkTarget | None = None
    note: Note | None = None
    destination: str = ""
    changed: ChangedText | None = None


class ActualText:
    """What one or more neighbouring pieces of a line say together to readers, in place of what they show."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class RunFragment(NamedTuple):
    """The part of a run that stands on one line; its ``width`` is in points."""

    run: Run
    codes: Sequence[FontCodes]
    width: float
    actual_text: ActualText | None = None


class LineBox(NamedTuple):
    """One line of text; ``width`` is in points, without the space at its end."""

    fragments: Sequence[RunFragment]
    width: float

    def notes(self) -> list[Note]:
        """Return the footnotes that it refers to, in order."""
        return [fragment.run.note for fragment in self.fragments if fragment.run.note is not None]


class Note(NamedTuple):
    """One footnote, broken into lines. They begin ``indent`` points to the right of its number, the ``label``.

    ``description`` is its text, shortened, for readers who meet the reference.
    """

    number: int
    element: Element
    style: TextStyle
    label: LineBox
    lines: tuple[LineBox, ...]
    indent: float
    description: str

    @property
    def name(self) -> str:
        """Return the name of the destination where it begins."""
        return self.element.id

    @property
    def reference_name(self) -> str:
        """Return the name of the destination that refers to it."""
        return reference_name(self.number)


def draw_line(page: PageContent, line: LineBox, x: float, baseline: float, artifact: str = "") -> None:
    """Show a line from ``x`` on. As an ``artifact`` of some kind it belongs to no element and has no links."""
    at, fresh = x, True
    links: list[_LinkExtent] = []
    changes: list[_ChangeExtent] = []
    for run, codes, width, actual_text in line.fragments:
        page.set_owner(artifact or run.owner)
        if fresh or not page.in_text:  # a new owner ends the text object, and with it the place where text stands
            page.move_text(at, baseline)
        page.show(run.state, codes, None if actual_text is None else actual_text.text)
        end = at + width
        if run.link:
            links.append(_LinkExtent(run.link, run.state, at, end))
        if run.changed:
            # The line under a change ends with its words, not with the space after the last of them.
            changes.append(_ChangeExtent(run.changed, run.state, at, min(end, x + line.width)))
        if run.destination and not artifact:
            page.add_destination(run.destination, at, baseline - run.state.rise - run.state.size)
        at, fresh = end, False
    if links and not artifact:
        _draw_links(page, links, baseline)
    if changes:
        _draw_changes(page, changes, baseline)


class _LinkExtent(NamedTuple):
    """How far a link reaches on a line."""

    link: LinkTarget
    state: TextState
    start: float
    end: float


def _draw_links(page: PageContent, extents: Sequence[_LinkExtent], baseline: float) -> None:
    """Make each link on a line active, in one area however many fragments it has there."""
    for link, group in groupby(extents, key=attrgetter("link")):
        parts = list(group)
        state, start, end = parts[0].state, parts[0].start, parts[-1].end
        foot = baseline - state.rise
        top, bottom = foot - state.size * 0.8, foot + state.size * 0.25
        page.add_link(link.element, start, top, end, bottom, link.target, link.description)
        if link.underlined:
            page.underline(start, end, baseline + state.size * 0.12, state.colour)


class _ChangeExtent(NamedTuple):
    """How far inserted or deleted text reaches on a line."""

    changed: ChangedText
    state: TextState
    start: float
    end: float


def _draw_changes(page: PageContent, extents: Sequence[_ChangeExtent], baseline: float) -> None:
    """Underline what was inserted and strike through what was deleted."""
    for changed, state, start, end in extents:
        above = _STRIKE if changed.mark.how == "deleted" else _UNDERLINE
        width = max(_LEAST_STROKE, state.size * _STROKE)
        page.underline(start, end, baseline - state.rise - state.size * above, state.colour, width)
        page.add_mark(changed.mark)


_UNDERLINE, _STRIKE = -0.14, 0.26
"""How far above the baseline these lines are, as shares of the text's size."""

_STROKE = 0.08  # heavier than the line under a link, which could else be taken for an insertion
_LEAST_STROKE = 0.6
"""The width of these lines, as a share of the text's size, and at least in points."""
