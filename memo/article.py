"""A source's own text. Type only; `memo.load` reads it from the folder given with ``--articles``."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from memo.folding import Folded, fold, folded
from memo.frozen import frozen


@frozen
class Article:
    """A source's text, as it lies in the folder of articles: its file's name, its lines that are not empty, its digest.

    Those lines are its paragraphs. ``digest`` is SHA-256 in hexadecimal, of the file's bytes. ``whole`` is the text,
    paragraph after paragraph, folded once for all that is looked up in it.
    """

    name: str
    digest: str
    whole: Folded
    starts: tuple[int, ...]
    """Where each paragraph begins in the folded text, and where one after the last would."""

    @property
    def paragraphs(self) -> int:
        """How many there are."""
        return len(self.starts) - 1

    def paragraph(self, index: int) -> int:
        """The number of the paragraph, from 1, that this character of the folded text stands in."""
        return max(1, min(bisect_right(self.starts, index), self.paragraphs))

    def around(self, start: int, end: int, length: int) -> str:
        """What stands from ``start`` to ``end``, with whole words before and after, as far as the paragraph goes.

        Before and after, they are of at most ``length`` characters.
        """
        text = self.whole.text
        begins, ends = self.starts[self.paragraph(start) - 1], self.starts[self.paragraph(end - 1)] - 1
        first, last = max(begins, start - length), min(ends, end + length)
        if first > begins:
            first = start - len(text[first:start].partition(" ")[2])
        if last < ends:
            last = end + len(text[end:last].rpartition(" ")[0])
        return f"{'…' if first > begins else ''}{self.whole.shown(first, last)}{'…' if last < ends else ''}"


def article(name: str, text: str, digest: str) -> Article:
    """An article of this text; lines are paragraphs, those that show nothing left out."""
    lines = [(line, len(folded(line))) for line in text.split("\n")]
    whole = fold("\n".join(line.strip() for line, length in lines if length))
    return Article(name, digest, whole, tuple(accumulate((length + 1 for _, length in lines if length), initial=0)))
