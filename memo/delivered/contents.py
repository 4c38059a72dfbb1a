"""What a delivered file holds, whatever its format: the values that both readers return, and what they share."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

MOST_TEXT = 8_000_000
"""Characters that are read of one file; no memo comes near."""


class Picture(Struct, frozen=True):
    """A picture on the pages: what it says to those who cannot see it, and a digest of each image that may be shown.

    A program draws one of the images, and may leave out the others when it saves.
    """

    alt: str
    images: frozenset[str]


class Pages(Struct, frozen=True):
    """What the pages of a file say: a paragraph or printed line on each line, single spaces between words.

    ``text`` is how it reads with tracked changes accepted, ``rejected`` how it reads with them rejected; the two are
    the same where there are none. ``not_compared`` counts what is on the pages besides text, in words: ``2 comments``.
    ``links`` are the targets of links, in reading order; of a Word file, with the words that lead there. ``foreign``
    names what memo does not write and what might change what a reader sees, with where it stands: ``an annotation with
    an appearance of its own (page 2)``. ``told`` is what is worth telling and changes nothing: ``one signature``, the
    program that saved it again. ``pictures`` and ``tables`` are those of a Word file, in reading order: a table has for
    each row a letter for each cell, ``x`` for one with words and ``-`` for one without.
    """

    text: str
    rejected: str
    not_compared: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[str, ...] = ()


class FileContents(Struct, frozen=True):
    """All that is read of a file.

    ``embedded_json`` is the document that the file carries, as JSON, empty if there is none; ``by_memo`` tells whether
    anything else in it shows that memo made it. ``embedded_look`` is the look that it carries, as JSON; of a file that
    carries none, ``house_style`` tells whether its parts show that it was fitted into an organisation's Word file.
    """

    pages: Pages
    embedded_json: str
    by_memo: bool
    embedded_look: str = ""
    house_style: bool = False


class Comparison(Struct, frozen=True):
    """What sets a file apart from the one that it should be, besides its text and where its links lead.

    ``altered`` is what no program does that only saves a file again; ``doubtful`` is what may be an alteration, or may
    not; ``told`` is what is worth telling and changes nothing. Each is a line, and names the page where it has one.
    """

    altered: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def tidy_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines with single spaces between words, without empty ones."""
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def count_extras(*counted: tuple[int, str]) -> tuple[str, ...]:
    """Return each thing that is there at all with its number: ``2 comments``, ``1 picture``."""
    return tuple(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counted if number)


LONGEST_SHOWN = 80


def shown(text: object) -> str:
    """Return words of a file as they may stand in a message: on one line, short, without what a terminal obeys."""
    words = " ".join("".join(char if char.isprintable() else " " for char in str(text)[: 4 * LONGEST_SHOWN]).split())
    return words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 1] + "…"
