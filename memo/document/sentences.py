"""A memo's text as its readers take it in: passages, and the sentences in them with the facts behind each.

A passage is one run of text: a paragraph, a heading, a cell, a caption. Where sentences end is told by `sentencex`
(Wikimedia's, MIT), which knows the abbreviations of some three hundred languages.

A note belongs to the sentence before it, also where it stands after the full stop. It answers for that
sentence, and for those before it in the passage that bear no note of their own: where sentences run on together, one
note stands at the end.

How a sentence ends that memo itself joins to others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from msgspec import Struct
from sentencex import get_sentence_boundaries

from memo.document.tree import (
    Block,
    Callout,
    Claim,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quotation,
    Strong,
    Table,
    Text,
)

Role = Literal["heading", "paragraph", "item", "header", "cell", "caption"]


class Piece(NamedTuple):
    """What one leaf of the document gave to a sentence: from ``start`` in the sentence, from ``offset`` in the leaf."""

    start: int
    text: str
    leaf: Text | Claim
    offset: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``text`` is as the page shows it, without notes; its pieces, put together, are the same.

    ``notes`` are those that stand at it; ``cited`` the facts of the notes that answer for it.
    """

    text: str
    pieces: tuple[Piece, ...]
    notes: tuple[Footnote, ...]
    cited: tuple[str, ...]
    shown: tuple[str, ...] = field(init=False)
    """The facts whose words stand in it, each once."""
    facts: tuple[str, ...] = field(init=False)
    """The facts that it shows, then those that its notes cite, each once."""

    def __post_init__(self) -> None:
        claims = [piece.leaf for piece in self.pieces if isinstance(piece.leaf, Claim)]
        shown = tuple(dict.fromkeys([fact for claim in claims for fact in claim.facts]))
        object.__setattr__(self, "shown", shown)
        object.__setattr__(self, "facts", tuple(dict.fromkeys((*shown, *self.cited))))

    def at(self, offset: int) -> tuple[Text | Claim, int]:
        """The leaf that gave the character at ``offset``, and which character of that it is."""
        piece = next(piece for piece in reversed(self.pieces) if piece.start <= offset)
        return piece.leaf, piece.offset + offset - piece.start

    def own(self) -> Iterator[Piece]:
        """The stretches that are a writer's words and no fact's."""
        return (piece for piece in self.pieces if isinstance(piece.leaf, Text))


class Passage(Struct, frozen=True):
    """One run of text, and where it stands: in a block at the top of the document, in a section.

    ``section`` is the anchor of the level-1 heading above it, empty before the first; ``callout`` the kind of the box
    it stands in, else empty.
    """

    sentences: tuple[Sentence, ...]
    content: tuple[Inline, ...]
    role: Role
    block: Block
    section: str = ""
    callout: str = ""


def passages(document: Document) -> Iterator[Passage]:
    """Every run of text of a document in reading order; empty ones are left out."""
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.anchor
        for content, role, callout in _runs(block, "paragraph", ""):
            found = sentences(content, document.metadata.language)
            if found:
                yield Passage(found, content, role, block, section, callout)


def _runs(block: Block, role: Role, callout: str) -> Iterator[tuple[tuple[Inline, ...], Role, str]]:
    """The runs of inlines in a block, each with what it is and the kind of box around it."""
    match block:
        case Heading(content=content):
            yield content, "heading", callout
        case Paragraph(content=content):
            yield content, role, callout
        case List(items=items):
            for inner in (inner for item in items for inner in item.blocks):
                yield from _runs(inner, "item", callout)
        case Table(header=header, rows=rows, caption=caption):
            yield caption, "caption", callout
            yield from ((cell.content, "header", callout) for cell in header.cells)
            yield from ((cell.content, "cell", callout) for row in rows for cell in row.cells)
        case Figure(caption=caption):
            yield caption, "caption", callout
        case Quotation(blocks=blocks):
            for inner in blocks:
                yield from _runs(inner, role, callout)
        case Callout(kind=kind, blocks=blocks):
            for inner in blocks:
                yield from _runs(inner, role, kind)


def sentences(content: tuple[Inline, ...], language: str) -> tuple[Sentence, ...]:
    """The sentences of a run; a note that stands before the first belongs to that."""
    text, pieces, placed = _laid_out(content)
    spans = _spans(text, language)
    notes: list[list[Footnote]] = [[] for _ in spans]
    starts = [start for start, _ in spans]
    for place, note in placed if spans else ():
        notes[max(0, bisect_left(starts, place) - 1)].append(note)
    return tuple(
        Sentence(text[start:end], _between(pieces, start, end), tuple(own), cited)
        for (start, end), own, cited in zip(spans, notes, _cited(notes), strict=True)
    )


def _cited(notes: list[list[Footnote]]) -> list[tuple[str, ...]]:
    """For each sentence the facts of the first notes from it on: a note answers for those before it that have none."""
    cited: list[tuple[str, ...]] = []
    for own in reversed(notes):
        cited.append(tuple([fact for note in own for fact in note.facts]) if own else cited[-1] if cited else ())
    return cited[::-1]


def _spans(text: str, language: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends, without the white space around it."""
    spans = []
    for found in get_sentence_boundaries(language.split("-")[0], text):
        start, end = found["start_index"], found["end_index"]
        words = text[start:end]
        if words.strip():
            spans.append((end - len(words.lstrip()), start + len(words.rstrip())))
    return spans


def _laid_out(content: tuple[Inline, ...]) -> tuple[str, list[Piece], list[tuple[int, Footnote]]]:
    """The text of a run, its leaves with where each begins in that, and each note with where it is referred to."""
    pieces: list[Piece] = []
    notes: list[tuple[int, Footnote]] = []
    length = _lay_out(content, 0, pieces, notes)
    text = ""
    for piece in pieces:
        text = text.ljust(piece.start) + piece.text  # a line break is a space
    return text.ljust(length).replace("\n", " "), pieces, notes


def _lay_out(content: tuple[Inline, ...], at: int, pieces: list[Piece], notes: list[tuple[int, Footnote]]) -> int:
    """Add the leaves and the notes of inlines that begin at an offset; where they end."""
    for inline in content:
        match inline:
            case Text(text=text) | Claim(text=text):
                pieces.append(Piece(at, text, inline, 0))
                at += len(text)
            case Footnote():
                notes.append((at, inline))
            case LineBreak():
                at += 1
            case Strong(content=inner) | Emphasis(content=inner) | Link(content=inner):
                at = _lay_out(inner, at, pieces, notes)
    return at


def _between(pieces: list[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The parts of these pieces that lie within a sentence, counted from its start."""
    found: list[Piece] = []
    for at, text, leaf, _ in pieces:
        if at >= end:
            break
        if start < at + len(text) and text:
            before = max(0, start - at)
            found.append(Piece(at + before - start, text[before : end - at], leaf, before))
    return tuple(found)


_STOPS = (".", "!", "?", ":", ";")


def is_stopped(text: str) -> bool:
    """Whether a text ends with a mark of its own, so that none is to be added."""
    return text.rstrip().endswith(_STOPS)


def stopped(text: str) -> str:
    """The text with a full stop, unless it ends with a mark of its own."""
    return text if is_stopped(text) else f"{text}."
