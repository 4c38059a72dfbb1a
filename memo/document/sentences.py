"""A memo's text as its readers take it in: passages, and in them sentences with the facts behind each.

A passage is one run of text: a paragraph, a heading, a cell, a caption. It is cut into sentences by `sentencex`
(Wikimedia's, MIT), which knows the abbreviations of some three hundred languages. A sentence is made of pieces: what
each Text and each Claim has in it.

A footnote belongs to the sentence before it, also where it stands after the full stop. It answers for that sentence,
and for those before it in the passage that have no footnote of their own: where sentences run on together, one footnote
stands at the end.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, NamedTuple

from msgspec import Struct
from sentencex import get_sentence_boundaries

from memo.document import tree
from memo.document.tree import Block, Claim, Footnote, Inline, Text

Role = Literal["heading", "paragraph", "item", "header", "cell", "caption"]
"""What a passage is in its block; ``header`` is a cell of a table's header row."""


class SentencePiece(NamedTuple):
    """What one Text or Claim, the ``leaf``, has in a sentence: ``text``, which begins at ``start`` in the sentence.

    A leaf may run over several sentences: ``offset`` is where in the leaf this piece of it begins.
    """

    start: int
    text: str
    leaf: Text | Claim
    offset: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``text`` is as the page shows it, without footnotes; its pieces are all of it but for line breaks.

    ``notes`` are the footnotes that stand at it; ``cited`` the facts of the footnotes that answer for it.
    """

    text: str
    pieces: tuple[SentencePiece, ...]
    notes: tuple[Footnote, ...]
    cited: tuple[str, ...]
    shown: tuple[str, ...] = field(init=False)
    """The facts whose words stand in it, each once."""
    facts: tuple[str, ...] = field(init=False)
    """The facts that it shows, then those that its footnotes cite, each once."""

    def __post_init__(self) -> None:
        # Worked out once, because most checks ask for them; a frozen dataclass is set so
        claims = [piece.leaf for piece in self.pieces if isinstance(piece.leaf, Claim)]
        shown = tuple(dict.fromkeys([fact for claim in claims for fact in claim.facts]))
        object.__setattr__(self, "shown", shown)
        object.__setattr__(self, "facts", tuple(dict.fromkeys((*shown, *self.cited))))

    def at(self, offset: int) -> tuple[Text | Claim, int]:
        """Return the leaf that the character at ``offset`` comes from, and which character of the leaf it is."""
        # The last piece that begins there or before: a line break is in none, and counts as the end of one
        piece = next(piece for piece in reversed(self.pieces) if piece.start <= offset)
        return piece.leaf, piece.offset + offset - piece.start

    def writer_pieces(self) -> Iterator[SentencePiece]:
        """Yield the pieces that are a writer's words and no fact's."""
        return (piece for piece in self.pieces if isinstance(piece.leaf, Text))


class Passage(Struct, frozen=True):
    """One run of text, its ``content``, and where it stands.

    ``block`` is the block at the top of the document that it is in; ``section`` the anchor of the level-1 heading above
    it, empty before the first; ``callout`` the kind of the box that it is in, else empty.
    """

    sentences: tuple[Sentence, ...]
    content: tuple[Inline, ...]
    role: Role
    block: Block
    section: str = ""
    callout: str = ""


def passages(document: tree.Document) -> Iterator[Passage]:
    """Yield every run of text of a document, in reading order; empty ones are left out."""
    section = ""
    for block in document.blocks:
        if isinstance(block, tree.Heading) and block.level == 1:
            section = block.anchor
        for content, role, callout in _runs(block, "paragraph", ""):
            found = sentences(content, document.metadata.language)
            if found:
                yield Passage(found, content, role, block, section, callout)


def _runs(block: Block, role: Role, callout: str) -> Iterator[tuple[tuple[Inline, ...], Role, str]]:
    """Yield the runs of text in a block, each with its role and the kind of the box around it."""
    match block:
        case tree.Heading(content=content):
            yield content, "heading", callout
        case tree.Paragraph(content=content):
            yield content, role, callout
        case tree.List(items=items):
            for inner in (inner for item in items for inner in item.blocks):
                yield from _runs(inner, "item", callout)
        case tree.Table(header=header, rows=rows, caption=caption):
            yield caption, "caption", callout
            yield from ((cell.content, "header", callout) for cell in header.cells)
            yield from ((cell.content, "cell", callout) for row in rows for cell in row.cells)
        case tree.Figure(caption=caption):
            yield caption, "caption", callout
        case tree.Quotation(blocks=blocks):
            for inner in blocks:
                yield from _runs(inner, role, callout)
        case tree.Callout(kind=kind, blocks=blocks):
            for inner in blocks:
                yield from _runs(inner, role, kind)


def sentences(content: tuple[Inline, ...], language: str) -> tuple[Sentence, ...]:
    """Cut a run of text into sentences; a footnote that stands before the first belongs to that."""
    text, pieces, notes = _flattened(content)
    bounds = _bounds(text, language)
    starts = [start for start, _ in bounds]
    offsets = [piece.start for piece in pieces]
    notes_of: list[list[Footnote]] = [[] for _ in bounds]
    for offset, note in notes if bounds else ():
        # bisect_left, so that a note exactly where a sentence begins still belongs to the one before it
        notes_of[max(0, bisect_left(starts, offset) - 1)].append(note)
    return tuple(
        Sentence(text[start:end], _cut(pieces, bisect_left(offsets, start), start, end), tuple(own), cited)
        for (start, end), own, cited in zip(bounds, notes_of, _cited(notes_of), strict=True)
    )


def _flattened(content: tuple[Inline, ...]) -> tuple[str, list[SentencePiece], list[tuple[int, Footnote]]]:
    """Return the words of a run, each leaf as a piece of these, and each footnote with where it is referred to.

    A line break counts as a space, and so does a newline in a text: the offsets stay those of the leaves.
    """
    text = ""
    pieces: list[SentencePiece] = []
    notes: list[tuple[int, Footnote]] = []
    for leaf in _leaves(content):
        match leaf:
            case Footnote():
                notes.append((len(text), leaf))
            case tree.LineBreak():
                text += " "
            case Text() | Claim():
                pieces.append(SentencePiece(len(text), leaf.text, leaf, 0))
                text += leaf.text
    return text.replace("\n", " "), pieces, notes


def _leaves(content: tuple[Inline, ...]) -> Iterator[Text | Claim | Footnote | tree.LineBreak]:
    """Yield the inlines that hold no others, out of bold, italics and links; footnotes are not gone into."""
    for inline in content:
        match inline:
            case tree.Strong() | tree.Emphasis() | tree.Link():
                yield from _leaves(inline.content)
            case _:
                yield inline


def _bounds(text: str, language: str) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends, without the white space around it."""
    bounds = []
    for found in get_sentence_boundaries(language.split("-")[0], text):  # it knows no regions: "en", not "en-GB"
        start, end = found["start_index"], found["end_index"]
        words = text[start:end]
        if words.strip():  # what follows the last sentence, or an empty run, may be white space alone
            bounds.append((end - len(words.lstrip()), start + len(words.rstrip())))
    return bounds


def _cut(pieces: list[SentencePiece], first: int, start: int, end: int) -> tuple[SentencePiece, ...]:
    """Cut out of the pieces of a run what lies within one sentence of it, counted from the sentence's start.

    ``first`` is the first piece that begins no earlier: only the one with words before it can reach into the sentence.
    """
    within: list[SentencePiece] = []
    while first and (not pieces[first - 1].text or pieces[first - 1].start + len(pieces[first - 1].text) > start):
        first -= 1
    for at, text, leaf, _ in islice(pieces, first, None):
        if at >= end:
            break
        if start < at + len(text) and text:
            before = max(0, start - at)
            within.append(SentencePiece(at + before - start, text[before : end - at], leaf, before))
    return tuple(within)


def _cited(notes_of: list[list[Footnote]]) -> list[tuple[str, ...]]:
    """Return for each sentence the facts that answer for it: of its own footnotes, or of the next after it."""
    cited: list[tuple[str, ...]] = []
    facts: tuple[str, ...] = ()
    for notes in reversed(notes_of):
        if notes:
            facts = tuple([fact for note in notes for fact in note.facts])
        cited.append(facts)
    return cited[::-1]


# Sentences that memo itself puts together


_END_MARKS = (".", "!", "?", ":", ";")


def has_end_mark(text: str) -> bool:
    """Tell whether a text ends with a mark of its own, so that no full stop is to be added."""
    return text.rstrip().endswith(_END_MARKS)


def with_full_stop(text: str) -> str:
    """Return the text with a full stop, unless it ends with a mark of its own."""
    return text if has_end_mark(text) else f"{text}."
