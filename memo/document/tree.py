"""The composed memo: one tree of blocks and inlines, the same for every output format.

Plain frozen values. The tree says nothing of where its words were written: `memo.document.composed.Places` keeps that
beside it. The names of classes and fields here are the names in the JSON of delivered files, and must not change. A
block's ``key`` is made of its section, its type, the facts in it and its ordinal among equals; editions are compared by
these keys.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Align = Literal["left", "right", "center"]


class Mark(Struct, frozen=True):
    """A redline's mark on an inline, a row or a block: it was inserted, or it was deleted.

    ``change`` is the number of the change in the document's list that it belongs to, from 1; 0 where it is in none.
    """

    how: Literal["inserted", "deleted"]
    change: int = 0


# Inlines


class Text(Struct, frozen=True):
    """Words of the template's writer, or of memo itself. ``language`` is set only where it is not the document's."""

    text: str
    language: str = ""
    mark: Mark | None = None


class Claim(Struct, frozen=True):
    """Words that come from facts and keep their ids; ``part`` names the part of the fact that they show."""

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
    """A link to a web address (http, https, mailto), or with ``#`` to a heading's anchor in this document."""

    content: tuple[Inline, ...]
    target: str
    mark: Mark | None = None


class Footnote(Struct, frozen=True):
    """A note at the foot of the page, numbered by its order in the document. It holds no further footnote."""

    content: tuple[Inline, ...]
    facts: tuple[str, ...] = ()
    mark: Mark | None = None


class LineBreak(Struct, frozen=True):
    """A forced new line within a paragraph."""

    mark: Mark | None = None


Inline = Text | Claim | Strong | Emphasis | Link | Footnote | LineBreak

# Blocks


class Heading(Struct, frozen=True):
    """A heading of level 1 to 6; level 1 opens a section. Links lead to its ``anchor``, unique in the document."""

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
    """One item of a list; its blocks may be lists again."""

    blocks: tuple[Block, ...]
    key: str = ""
    mark: Mark | None = None


class List(Struct, frozen=True):
    """A list with bullets, or numbered from ``start``. ``tight`` means no space between items."""

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
    """One row of a table, with as many cells as the header."""

    cells: tuple[Cell, ...]
    key: str = ""
    mark: Mark | None = None


class Table(Struct, frozen=True):
    """A table: a header row and body rows. Renderers put the number before the ``caption``."""

    header: Row
    rows: tuple[Row, ...]
    align: tuple[Align, ...]
    caption: tuple[Inline, ...] = ()
    key: str = ""
    mark: Mark | None = None


class Event(Struct, frozen=True):
    """One entry of a timeline. ``date`` is EDTF, ``shown`` the same in words, no more precise than it is known."""

    date: str
    shown: str
    label: str
    facts: tuple[str, ...] = ()
    status: str = ""


class Bar(Struct, frozen=True):
    """One bar of a bar chart. ``amount`` is a plain number, ``shown`` the same in words, with its unit."""

    label: str
    amount: str
    shown: str
    facts: tuple[str, ...] = ()


class Figure(Struct, frozen=True):
    """A picture as data: each renderer has it drawn at its own width by the figure kind that ``kind`` names."""

    kind: str
    data: tuple[Event, ...] | tuple[Bar, ...]
    alt: str
    caption: tuple[Inline, ...] = ()
    key: str = ""
    mark: Mark | None = None


class Quotation(Struct, frozen=True):
    """A quoted passage, set apart from the text."""

    blocks: tuple[Block, ...]
    key: str = ""
    mark: Mark | None = None


class Callout(Struct, frozen=True):
    """A box that stands out. ``title`` is the word at its head, in the memo's language."""

    kind: Literal["bottom-line", "note", "warning"]
    title: str
    blocks: tuple[Block, ...]
    key: str = ""
    mark: Mark | None = None


class Rule(Struct, frozen=True):
    """A horizontal line across the text."""

    key: str = ""
    mark: Mark | None = None


class PageBreak(Struct, frozen=True):
    """A page break: what follows starts a new page."""

    key: str = ""
    mark: Mark | None = None


Block = Heading | Paragraph | List | Table | Figure | Quotation | Callout | Rule | PageBreak


class Metadata(Struct, frozen=True):
    """What title block, header, footer and document properties show. Dates are EDTF, and in words in ``*_shown``."""

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
    """The memo's name in its project: the stem of its template. It tells which memo a file is; never shown."""


class Basis(Struct, frozen=True):
    """A fact that a document rests on, and the digest of all of it that could be rendered when it was composed."""

    fact: str
    digest: str


class Change(Struct, frozen=True):
    """One change against an earlier document: what stood there, what stands there now, and why.

    ``section`` is the title of its section. ``before`` is empty where something was inserted, ``after`` where it was
    deleted. ``sources`` says in words what the facts now rest on; ``reason`` is the curator's.
    """

    section: str
    before: str
    after: str
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reason: str = ""


class Document(Struct, frozen=True):
    """A whole memo. ``basis`` are the facts that it rests on, in order of first use.

    A redline also has ``changes``, and in ``earlier`` the metadata of the document that it is compared with.
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    basis: tuple[Basis, ...] = ()
    changes: tuple[Change, ...] = ()
    earlier: Metadata | None = None


STATEMENT = "changes:"
"""The beginning of the keys of blocks that ``changes()`` made, and of no others. Comparisons leave these blocks out."""


COUNTED = "counted:"
"""What the key of a block begins with in which memo counts what the rest says, such as the source summary."""


def is_counted(block: Block) -> bool:
    """Whether memo made this block of what else the memo says: where it changes, that is a consequence."""
    return block.key.startswith(COUNTED)


def is_statement(block: Block) -> bool:
    """Tell whether ``changes()`` made this block: it speaks about the memo's text, and is not part of that text."""
    return block.key.startswith(STATEMENT)
