"""From inlines to runs: text of one face and ink, that belongs to one element of the structure tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from memo.document.tree import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Mark, Strong, Text
from memo.fonts import Face
from memo.renderers.pdf.file.destinations import is_of_note
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.page.content import Ink
from memo.renderers.pdf.text.looks import Look, face
from memo.renderers.pdf.text.marks import Altered, Marker, clash

if TYPE_CHECKING:
    from memo.renderers.pdf.page.notes import Note


class Way(NamedTuple):
    """Where a link leads: ``target`` is a web address or the name of a spot. Who does not see it is told ``said``.

    ``element`` is its Link in the structure tree.
    """

    element: Element
    target: str
    said: str

    @property
    def underlined(self) -> bool:
        """Whether a line under it says that it is a link; numbers of notes are known by their place."""
        return not is_of_note(self.target)


class Run(NamedTuple):
    """A stretch of text that is alike throughout.

    ``owner`` is the element that it belongs to, or the kind of artifact that it is. ``link`` is what it leads to, if it
    does; ``note`` is the footnote that it refers to, ``spot`` its own name for links. ``altered`` is the stretch that
    came or went, in a redline, that it is of.
    """

    text: str
    face: Face
    ink: Ink
    owner: Element | str
    language: str
    link: Way | None = None
    note: Note | None = None
    spot: str = ""
    altered: Altered | None = None


class _Around(NamedTuple):
    """What the inlines around a text make of it."""

    look: Look
    owner: Element
    language: str
    bold: bool
    italic: bool
    link: Way | None = None
    mark: Mark | None = None

    def run(self, text: str, owner: Element, language: str) -> Run:
        ink = self.look.link if self.link else self.look.ink
        return Run(text, face(self.bold, self.italic), ink, owner, language, self.link)


MakeNote = Callable[[Footnote, Element, Mark | None], "Note"]


class RunMaker:
    """Makes runs; ``language`` is the document's, ``make_note`` what turns a footnote into one to be placed.

    The mark of what is around counts before an inline's own.
    """

    def __init__(self, language: str, make_note: MakeNote, marker: Marker) -> None:
        self._language = language
        self._make_note = make_note
        self._marker = marker

    def runs(
        self, content: tuple[Inline, ...], look: Look, owner: Element, mark: Mark | None = None
    ) -> list[list[Run]]:
        """The runs of each line that a forced break ends; there is always one, though it may be empty.

        Such a line ends with a space, lest readers join its last word to the next.
        """
        lines: list[list[Run]] = [[]]
        self._add(lines, content, _Around(look, owner, self._language, look.bold, look.italic, mark=mark))
        return lines

    def _add(self, lines: list[list[Run]], content: tuple[Inline, ...], outer: _Around) -> None:
        for inline in content:
            around = outer._replace(mark=inline.mark) if inline.mark and not outer.mark else outer
            match inline:
                case Text(text=text, language=language) | Claim(text=text, language=language) if around.mark:
                    self._add_marked(lines[-1], text, language or around.language, around)
                case Text(text=text, language=language) | Claim(text=text, language=language):
                    lines[-1].append(self._words(text, language, around))
                case Strong(content=inner):
                    self._add(lines, inner, around._replace(bold=True))
                case Emphasis(content=inner):
                    self._add(lines, inner, around._replace(italic=not around.look.italic))
                case Link(content=inner, target=target):
                    link = Element("Link", around.owner)
                    way = Way(link, target, self._marker.told(inner, around.mark))
                    self._add(lines, inner, around._replace(owner=link, link=way))
                case Footnote():
                    lines[-1] += self._reference(inline, around, lines[-1])
                case LineBreak():
                    lines[-1].append(around.run(" ", around.owner, around.language))
                    lines.append([])

    def _words(self, text: str, language: str, around: _Around) -> Run:
        """A passage in another language is an element of its own, which says so (ISO 14289-1, 7.2)."""
        if not language or language == around.language:
            return around.run(text, around.owner, around.language)
        return around.run(text, Element("Span", around.owner, language=language), language)

    def _add_marked(self, before: list[Run], text: str, language: str, around: _Around) -> None:
        """Words that came or went: part of the stretch before them where that is of the same change and element."""
        mark, last = around.mark, before[-1] if before else None
        assert mark
        altered = last.altered if last else None
        if last and altered and altered.mark.how != mark.how and clash(last.text, text):
            before.append(around.run(" ", around.owner, around.language))
        if not altered or (altered.mark, altered.language, altered.element.parent) != (mark, language, around.owner):
            altered = self._marker.begin(mark, around.owner, language, around.language)
        self._marker.extend(altered, text)
        before.append(self._marked(around.run(text, altered.element, language), altered))

    def _marked(self, run: Run, altered: Altered) -> Run:
        """The run in the colour of what came or went."""
        ink = run.ink._replace(colour=self._marker.colour(altered.mark))
        return run._replace(ink=ink, owner=altered.element, altered=altered)

    def marked_number(self, run: Run, mark: Mark | None) -> Run:
        """A number that links to a note, or back from it, with the mark of that note; its link says so in words."""
        if mark is None or run.link is None:
            return run
        altered = self._marker.begin(mark, run.link.element, run.language, run.language)
        self._marker.extend(altered, run.text)
        way = run.link._replace(said=self._marker.said(mark, run.link.said))
        return self._marked(run._replace(link=way), altered)

    def _reference(self, footnote: Footnote, around: _Around, before: list[Run]) -> list[Run]:
        """The raised number; set apart from that of a note just before, lest 1 and 2 be read as 12."""
        reference = Element("Reference", around.owner)
        note = self._make_note(footnote, around.owner, around.mark)
        reference.follower = note.element
        kind, ink = face(around.bold, False), around.look.raised
        way = Way(Element("Link", reference), note.spot, note.said)
        number = Run(str(note.number), kind, ink, way.element, self._language, way, note, note.reference_spot)
        number = self.marked_number(number, around.mark)
        if not before or before[-1].note is None:
            return [number]
        return [Run("\u00a0", kind, ink, around.owner, self._language), number]
