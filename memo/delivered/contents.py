"""What is found in a delivered file, whatever its format.

How large a document may be that a file from outside carries: it will be rendered again, or compared.

A figure of ten thousand entries takes gigabytes to draw, a word of a million letters minutes to set. No memo has any.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import asdict

from memo.document.tree import Claim, Document, Figure, Heading, Link, Text
from memo.document.walk import block_nodes, inlines, text_runs
from memo.word_package import TooMuch, Unfit


class Pages(Struct, frozen=True):
    """What the pages say, a paragraph or printed line a line, white space evened out.

    ``text`` is how it reads with tracked changes accepted, ``rejected`` with them rejected; the same where there are
    none. ``besides`` is what else was found that is not text and is not compared, in plain words.
    """

    text: str
    rejected: str
    besides: tuple[str, ...] = ()


class FileContents(Struct, frozen=True):
    """``carried`` is the document's JSON, empty if there is none; ``by_memo`` whether the file shows memo's hand."""

    pages: Pages
    carried: str
    by_memo: bool


def evened(lines: list[str]) -> list[str]:
    """The lines with one space between words, without those that have none."""
    return [line for line in (" ".join(line.split()) for line in lines) if line]


MOST_CARRIED = 4 * 1024 * 1024
MOST_ENTRIES = 300
LONGEST_WORD = 1000
"""Bytes of JSON (a memo of some four hundred pages); entries in all figures together; letters without a space."""


def hold(document: Document) -> None:
    """Raises `TooMuch` where a document is beyond what any memo holds, `Unfit` where a link in it leads nowhere."""
    figures = (node for node in block_nodes(document.blocks) if isinstance(node, Figure))
    if sum(len(figure.data) for figure in figures) > MOST_ENTRIES:
        raise TooMuch(f"carries figures with more than {MOST_ENTRIES:,} entries")
    for text in _around(document):
        _hold_words(text)
    anchors = {f"#{node.anchor}" for node in block_nodes(document.blocks) if isinstance(node, Heading)}
    for run in text_runs(document):
        for inline in inlines(run):
            if isinstance(inline, Text | Claim):
                _hold_words(inline.text)
            if isinstance(inline, Link) and inline.target.startswith("#") and inline.target not in anchors:
                raise Unfit("is damaged: the document carried inside has a link to a heading that it lacks")


def _hold_words(text: str) -> None:
    if max(map(len, text.split()), default=0) > LONGEST_WORD:
        raise TooMuch(f"carries a word of more than {LONGEST_WORD:,} letters")


def _around(document: Document) -> Iterator[str]:
    """What is set besides the text: the title block, as it is and was, and what a redline tells of its changes."""
    for metadata in filter(None, (document.metadata, document.earlier)):
        yield from asdict(metadata).values()
    for change in document.changes:
        yield from (change.section, change.before, change.after, change.reason, *change.facts, *change.sources)
