"""The composed memo: one tree of blocks and inlines, the same for every output format.

Plain frozen values. No place in any file stands in it: `memo.compose` returns those beside it. A block's ``key`` is
made of its section, its type, the facts in it and its ordinal among equals, and is what editions are compared by.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Align = Literal["left", "right", "center"]


class Mark(Struct, frozen=True):
    """What a redline says of an inline, a row or a block: it came or went.

    ``change`` is which of the document's changes that belongs to, counted from 1; 0 where none is told.
    """

    how: Literal["inserted", "deleted"]
    change: int = 0


# Inlines


class Text(Struct, frozen=True):
    """Words of the template's writer, or of memo itself. ``language`` only where it is not the document's."""

    text: str
    language: str = ""
    mark: Mark | None = None


class Claim(Struct, frozen=True):
    """A stretch of text that comes from facts and keeps their ids; ``part`` is which part of the fact it shows."""

    text: str
    facts: tuple[str, ...]
    part: str = "claim"
    language: str = ""
    mark: Mark | None = None


class Strong(Struct, frozen=True):
    """Bold."""

    content: tuple[Inline, ...]
    mark: Mark | None = None


class Emphasis(Struct, frozen=True):
    """Italic."""

    content: tuple[Inline, ...]
    mark: Mark | None = None


class Link(Struct, frozen=True):
    """To a web address (http, https, mailto), or with ``#`` to a heading's anchor in this document."""

    content: tuple[Inline, ...]
    target: str
    mark: Mark | None = None


class Footnote(Struct, frozen=True):
    """A note at the foot of the page; its number is its ordinal in the document. It holds no further footnote."""

    content: tuple[Inline, ...]
    facts: tuple[str, ...] = ()
    mark: Mark | None = None


class LineBreak(Struct, frozen=True):
    """A forced new line within a paragraph."""

    mark: Mark | None = None


Inline = Text | Claim | Strong | Emphasis | Link | Footnote | LineBreak

# Blocks


class Heading(Struct, frozen=True):
    """Level 1 opens a section. ``anchor`` is unique in the document, and what links name."""

    level: int
    content: tuple[Inline, ...]
    anchor: str
    key: str = ""
    mark: Mark | None = None


class Paragraph(Struct, frozen=True):
    """Running text."""

    content: tuple[Inline, ...]
    key: str = ""
    mark: Mark | None = None


class ListItem(Struct, frozen=True):
    """One item; further lists may stand among its blocks."""

    blocks: tuple[Block, ...]
    key: str = ""
    mark: Mark | None = None


class List(Struct, frozen=True):
    """Bulleted, or numbered from ``start``. ``tight``: no space between items."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    tight: bool = True
    key: str = ""
    mark: Mark | None = None


class Cell(Struct, frozen=True):
    """One cell of a table."""

    content: tuple[Inline, ...]


class Row(Struct, frozen=True):
    """One row of a table; it has as many cells as the header."""

    cells: tuple[Cell, ...]
    key: str = ""
    mark: Mark | None = None


class Table(Struct, frozen=True):
    """A header row and body rows. ``caption`` is without its number."""

    header: Row
    rows: tuple[Row, ...]
    align: tuple[Align, ...]
    caption: tuple[Inline, ...] = ()
    key: str = ""
    mark: Mark | None = None


class Event(Struct, frozen=True):
    """What a timeline shows at one date: ``date`` is EDTF, ``shown`` the same in words, no more precise than known."""

    date: str
    shown: str
    label: str
    facts: tuple[str, ...] = ()
    status: str = ""


class Bar(Struct, frozen=True):
    """What a bar chart shows of one quantity: ``amount`` is a plain number, ``shown`` the same with unit, in words."""

    label: str
    amount: str
    shown: str
    facts: tuple[str, ...] = ()


class Figure(Struct, frozen=True):
    """A picture yet to be drawn by the figure kind that ``kind`` names, from ``data``, at any renderer's width."""

    kind: str
    data: tuple[Event, ...] | tuple[Bar, ...]
    alt: str
    caption: tuple[Inline, ...] = ()
    key: str = ""
    mark: Mark | None = None


class Quotation(Struct, frozen=True):
    """A passage set apart."""

    blocks: tuple[Block, ...]
    key: str = ""
    mark: Mark | None = None


class Callout(Struct, frozen=True):
    """A box that stands out. ``title`` is the word at its head, already in the memo's language."""

    kind: Literal["bottom-line", "note", "warning"]
    title: str
    blocks: tuple[Block, ...]
    key: str = ""
    mark: Mark | None = None


class Rule(Struct, frozen=True):
    """A line across the text."""

    key: str = ""
    mark: Mark | None = None


class PageBreak(Struct, frozen=True):
    """What follows starts a new page."""

    key: str = ""
    mark: Mark | None = None


Block = Heading | Paragraph | List | Table | Figure | Quotation | Callout | Rule | PageBreak


class Metadata(Struct, frozen=True):
    """What the title block, header, footer and document properties show. Dates are EDTF; ``*_shown`` is in words."""

    title: str
    short_title: str
    to: str
    sender: str
    date: str
    date_shown: str
    reference: str = ""
    banner: str = ""
    language: str = "en-GB"
    as_of: str = ""
    as_of_shown: str = ""
    edition: str = ""
    name: str = ""
    """Which memo of its project it is: the stem of its template. Shown nowhere; a delivered file is told by it."""


class Basis(Struct, frozen=True):
    """A fact that a document rests on, and the digest of all of it that can be rendered, as it was then."""

    fact: str
    digest: str


class Change(Struct, frozen=True):
    """One change against an earlier document: what stood there, what stands there now, and why.

    ``section`` is the title of the section it stands in. ``before`` is empty where something came, ``after`` where it
    went. ``sources`` name what the facts now rest on, in words; ``reason`` is what the curator gives for it.
    """

    section: str
    before: str
    after: str
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reason: str = ""


class Document(Struct, frozen=True):
    """A whole memo. ``basis`` are the facts it rests on, in order of first use.

    A redline has ``changes``, and ``earlier``: what the title block of the document that it is held against says.
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    basis: tuple[Basis, ...] = ()
    changes: tuple[Change, ...] = ()
    earlier: Metadata | None = None


STATEMENT = "changes:"
"""What the key of a block begins with that ``changes()`` made. Comparisons leave it out; no other key begins so."""


COUNTED = "counted:"
"""What the key of a block begins with in which memo counts what the rest says, such as the source summary."""


def is_counted(block: Block) -> bool:
    """Whether memo made this block of what else the memo says: where it changes, that is a consequence."""
    return block.key.startswith(COUNTED)


def is_statement(block: Block) -> bool:
    """Whether ``changes()`` made this block: it tells of the memo's text, and is no part of what it tells of."""
    return block.key.startswith(STATEMENT)
