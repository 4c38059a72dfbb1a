"""What is found in a delivered file, whatever its format."""

from __future__ import annotations

from memo.frozen import frozen


@frozen
class Pages:
    """What the pages say, a paragraph or printed line a line, white space evened out.

    ``text`` is how it reads with tracked changes accepted, ``rejected`` with them rejected; the same where there are
    none. ``besides`` is what else was found that is not text and is not compared, in plain words.
    """

    text: str
    rejected: str
    besides: tuple[str, ...] = ()


@frozen
class Found:
    """``carried`` is the document's JSON, empty if there is none; ``by_memo`` whether the file shows memo's hand."""

    pages: Pages
    carried: str
    by_memo: bool


def evened(lines: list[str]) -> list[str]:
    """The lines with one space between words, without those that have none."""
    return [line for line in (" ".join(line.split()) for line in lines) if line]
