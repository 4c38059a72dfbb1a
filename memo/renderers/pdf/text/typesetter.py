"""The typesetter of one file: from the document's inlines to runs and lines, with notes and a redline's change marks.

Text that was inserted or deleted is a Span whose ActualText says so (ISO 32000-1, 14.9.4): PDF 1.7 has no structure
type for it. The marked content on the page keeps the words as shown, for those who search or copy them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from memo.document.furniture import words_of
from memo.document.tree import Claim, Emphasis, Footnote, Inline, LineBreak, Link, Mark, Metadata, Strong, Text
from memo.facts.style import MM, Colours, Style, Words, fill
from memo.renderers.pdf.file.navigation import note_name, reference_name
from memo.renderers.pdf.file.structure import Element
from memo.renderers.pdf.text.fonts import EmbeddedFonts
from memo.renderers.pdf.text.lines import ActualText, ChangedText, LineBox, LinkTarget, Note, Run
from memo.renderers.pdf.text.paragraphs import LineBreaker, LineBreaking
from memo.renderers.pdf.text.segments import Segmenter
from memo.renderers.pdf.text.styles import TextStyle, TextStyles, capitals, face_of

_NOTE_INDENT = 13.0
_NOTE_SPACE = 4.0
_LEAST_ROOM = 144.0
"""Two inches: margins that leave less are taken to leave this, lest nothing fit."""

_DESCRIPTION = 200
"""The most characters of a note that its reference says to readers."""


class Typesetter:
    """Sets the text of one file, in points.

    ``paper`` is the page's width and height; text stands from ``left`` and ``top`` on, ``measure`` wide and ``height``
    high. ``project_style`` is the project's, ``styles`` are the text styles made from it.
    """

    def __init__(self, metadata: Metadata, style: Style) -> None:
        self.paper = style.page_points()
        self.left, self.top = style.page.margin_left_mm * MM, style.page.margin_top_mm * MM
        self.measure = max(style.measure(), _LEAST_ROOM)
        self.height = max(self.paper[1] - self.top - style.page.margin_bottom_mm * MM, _LEAST_ROOM)
        self.project_style = style
        self.language = metadata.language
        self.words = words_of(metadata, style)
        self.styles = TextStyles(style)
        self.fonts = EmbeddedFonts()
        self.breaker = LineBreaker(Segmenter(self.fonts))
        self.change_marks = ChangeMarks(style.colours, self.words)
        self._numbers = {"note": 0, "table": 0, "figure": 0}

    def next_number(self, kind: str) -> int:
        """Return the next number of a note, table or figure."""
        self._numbers[kind] += 1
        return self._numbers[kind]

    # Words of memo's own

    def run(self, text: str, style: TextStyle, owner: Element | str, mark: Mark | None = None) -> Run:
        """Make a run of words of memo's own."""
        if mark and isinstance(owner, Element):
            return self.runs((Text(text),), style, owner, mark)[0][0]
        return Run(text, style.face, style.state, owner, self.language)

    def line(self, text: str, style: TextStyle, owner: Element | str) -> LineBox:
        """Set words of memo's own in one line, however wide."""
        return self.breaker.one_line([self.run(text, style, owner)])

    def capitals(self, text: str, style: TextStyle, owner: Element | str) -> LineBox:
        """Set words of memo's own in capitals, in one line. Readers get them as they are written."""
        line, actual_text = self.line(capitals(text, self.language), style, owner), ActualText(text)
        return line._replace(fragments=[fragment._replace(actual_text=actual_text) for fragment in line.fragments])

    # Inlines

    def lines(
        self, content: tuple[Inline, ...], style: TextStyle, owner: Element, width: float, breaking: LineBreaking,
        mark: Mark | None = None,
    ) -> list[LineBox]:  # fmt: skip
        """Set inlines in lines of a width; see `runs`."""
        return self.breaker.lines(self.runs(content, style, owner, mark), width, breaking)

    def runs(
        self, content: tuple[Inline, ...], style: TextStyle, owner: Element, mark: Mark | None = None
    ) -> list[list[Run]]:
        """Turn inlines into the runs of each line that a forced break ends; there is always one, if perhaps empty.

        Footnotes get their numbers and are set. ``mark`` is that of what the inlines stand in; it counts before theirs.
        """
        lines: list[list[Run]] = [[]]
        self._add(lines, content, _Surroundings(style, owner, self.language, style.bold, style.italic, mark=mark))
        return lines

    def _add(self, lines: list[list[Run]], content: tuple[Inline, ...], outer: _Surroundings) -> None:
        for inline in content:
            around = outer._replace(mark=inline.mark) if inline.mark and not outer.mark else outer
            match inline:
                case Text(text=text, language=language) | Claim(text=text, language=language) if around.mark:
                    self._add_changed(lines[-1], text, language or around.language, around, around.mark)
                case Text(text=text, language=language) | Claim(text=text, language=language):
                    lines[-1].append(_text_run(text, language, around))
                case Strong(content=inner):
                    self._add(lines, inner, around._replace(bold=True))
                case Emphasis(content=inner):
                    # What is emphasised in an italic text stands upright.
                    self._add(lines, inner, around._replace(italic=not around.style.italic))
                case Link(content=inner, target=target):
                    element = Element("Link", around.owner)
                    link = LinkTarget(element, target, self.change_marks.plain_text(inner, around.mark))
                    self._add(lines, inner, around._replace(owner=element, link=link))
                case Footnote():
                    lines[-1] += self._reference(inline, around, lines[-1])
                case LineBreak():
                    # The space keeps readers from joining the last word of the line to the first of the next.
                    lines[-1].append(around.run(" ", around.owner, around.language))
                    lines.append([])

    def _add_changed(self, before: list[Run], text: str, language: str, around: _Surroundings, mark: Mark) -> None:
        """Add inserted or deleted words: to the changed text before them, if it is of the same change and element."""
        last = before[-1] if before else None
        changed = last.changed if last else None
        if last and changed and changed.mark.how != mark.how and _would_join(last.text, text):
            before.append(around.run(" ", around.owner, around.language))
        if not changed or (changed.mark, changed.language, changed.element.parent) != (mark, language, around.owner):
            changed = self.change_marks.begin(mark, around.owner, language, around.language)
        self.change_marks.extend(changed, text)
        before.append(self._as_changed(around.run(text, changed.element, language), changed))

    def _as_changed(self, run: Run, changed: ChangedText) -> Run:
        """Return a run in the colour of what was inserted or deleted, as part of that."""
        state = run.state._replace(colour=self.change_marks.colour(changed.mark))
        return run._replace(state=state, owner=changed.element, changed=changed)

    # Notes

    def _reference(self, footnote: Footnote, around: _Surroundings, before: list[Run]) -> list[Run]:
        """Make the raised number of a note, and set the note."""
        reference = Element("Reference", around.owner)
        note = self._note(footnote, around.owner, around.mark)
        reference.follower = note.element
        face, state = face_of(around.bold, False), around.style.raised
        link = LinkTarget(Element("Link", reference), note.name, note.description)
        number = Run(str(note.number), face, state, link.element, self.language, link, note, note.reference_name)
        number = self._marked_number(number, link, around.mark)
        if not before or before[-1].note is None:
            return [number]
        # Two notes side by side are set apart, lest 1 and 2 be read as 12.
        return [Run("\u00a0", face, state, around.owner, self.language), number]

    def _note(self, footnote: Footnote, owner: Element, mark: Mark | None) -> Note:
        number, style = self.next_number("note"), self.styles.note
        element = Element("Note", owner, id=note_name(number))
        back = fill(self.words.back, number=str(number))
        link = LinkTarget(Element("Link", Element("Lbl", element)), reference_name(number), back)
        number_run = Run(str(number), style.face, style.link, link.element, self.language, link)
        label = self.breaker.one_line([self._marked_number(number_run, link, mark)])
        indent = max(_NOTE_INDENT, label.width + _NOTE_SPACE)
        body, room = Element("P", element), self.measure - indent
        lines = self.lines(footnote.content, style, body, room, LineBreaking.TEXT, mark)
        text = " ".join(self.change_marks.plain_text(footnote.content).split())
        description = f"{fill(self.words.footnote, number=str(number))}: {text}"
        return Note(number, element, style, label, tuple(lines), indent, _shortened(description, _DESCRIPTION))

    def _marked_number(self, run: Run, link: LinkTarget, mark: Mark | None) -> Run:
        """Mark a number that links to a note, or back from it, as the note is; its link says so in words."""
        if mark is None:
            return run
        changed = self.change_marks.begin(mark, link.element, run.language, run.language)
        self.change_marks.extend(changed, run.text)
        marked = link._replace(description=self.change_marks.in_words(mark, link.description))
        return self._as_changed(run._replace(link=marked), changed)


class _Surroundings(NamedTuple):
    """What the inlines around a text make of it."""

    style: TextStyle
    owner: Element
    language: str
    bold: bool
    italic: bool
    link: LinkTarget | None = None
    mark: Mark | None = None

    def run(self, text: str, owner: Element, language: str) -> Run:
        """Make a run of a text that stands here."""
        state = self.style.link if self.link else self.style.state
        return Run(text, face_of(self.bold, self.italic), state, owner, language, self.link)


def _text_run(text: str, language: str, around: _Surroundings) -> Run:
    if not language or language == around.language:
        return around.run(text, around.owner, around.language)
    # A passage in another language is an element of its own, which says so (ISO 14289-1, 7.2).
    return around.run(text, Element("Span", around.owner, language=language), language)


def _would_join(before: str, after: str) -> bool:
    """Tell whether two words that touch would be read as one."""
    return before[-1:].isalnum() and after[:1].isalnum()


def _shortened(text: str, most: int) -> str:
    """Cut a text of more than ``most`` characters, between words if they are not too long, with an ellipsis."""
    if len(text) <= most:
        return text
    first = text[: most - 1]
    return (first[: first.rfind(" ")] if " " in first[most // 2 :] else first).rstrip() + "…"


class ChangeMarks:
    """How one file shows what was inserted and deleted, and says it in words."""

    def __init__(self, colours: Colours, words: Words) -> None:
        self._colours = {"inserted": colours.inserted, "deleted": colours.deleted}
        self._names = {"inserted": words.inserted, "deleted": words.deleted}
        self._words = words

    def colour(self, mark: Mark) -> str:
        """Return the colour of what has this mark."""
        return self._colours[mark.how]

    def name(self, mark: Mark) -> str:
        """Return the word for this mark in the memo's language: "inserted", "deleted"."""
        return self._names[mark.how]

    def in_words(self, mark: Mark | None, text: str) -> str:
        """Put the words for a mark around a text, within the white space at its ends; leave blank text as it is."""
        bare = text.strip()
        if mark is None or not bare:
            return text
        pattern = self._words.marked_numbered if mark.change else self._words.marked
        start = text.index(bare)
        marked = fill(pattern, how=self.name(mark), number=str(mark.change), text=bare)
        return f"{text[:start]}{marked}{text[start + len(bare) :]}"

    def plain_text(self, content: tuple[Inline, ...], mark: Mark | None = None) -> str:
        """Return the words of inlines without their notes, with change marks in words.

        ``mark`` is that of what the inlines stand in.
        """
        groups = groupby(_marked_texts(content, mark), key=lambda pair: pair[0])
        return "".join(self.in_words(own, "".join(text for _, text in group)) for own, group in groups)

    def begin(self, mark: Mark, owner: Element, language: str, around: str) -> ChangedText:
        """Begin a changed text, with no words yet; ``around`` is the language of what it stands in."""
        return ChangedText(mark, Element("Span", owner, language="" if language == around else language), language, "")

    def extend(self, changed: ChangedText, text: str) -> None:
        """Add words to a changed text, and to what it says."""
        changed.text += text
        changed.element.actual_text = self.in_words(changed.mark, changed.text) if changed.text.strip() else ""


def _marked_texts(content: tuple[Inline, ...], mark: Mark | None) -> Iterator[tuple[Mark | None, str]]:
    for inline in content:
        own = mark or inline.mark
        match inline:
            case Text(text=text) | Claim(text=text):
                yield own, text
            case Strong(content=inner) | Emphasis(content=inner) | Link(content=inner):
                yield from _marked_texts(inner, own)
            case LineBreak():
                yield own, "\n"
            case Footnote():
                pass
