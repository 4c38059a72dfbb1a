"""A source's own text. Type only; `memo.facts` reads it from the folder given with ``--articles``.

A folder of articles -> the texts of a dossier's sources. The articles need not be in the project."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path

from msgspec import Struct

from memo.facts.dossier import Facts
from memo.facts.file_text import read_text
from memo.facts.folding import Folded, fold, folded
from memo.problem import Problem


class Article(Struct, frozen=True):
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


def load_articles(folder: Path, facts: Facts) -> tuple[Mapping[str, Article | None], list[Problem]]:
    """The text of each source that names one, by source id; None where no such file is in the folder.

    A file that cannot be read has no entry. Problems: those of `read_text`, but for characters that no memo can carry:
    nothing of an article is printed in one.
    """
    articles: dict[str, Article | None] = {}
    problems: list[Problem] = []
    for source in facts.sources.values():
        if not source.text:
            continue
        path = folder / source.text
        if not _in(folder, path):
            articles[source.id] = None
            continue
        read, found = read_text(path)
        problems += [problem for problem in found if problem.code != "bad-character"]
        if read is not None:
            articles[source.id] = article(path.name, read.text, hashlib.sha256(path.read_bytes()).hexdigest())
    return articles, problems


def _in(folder: Path, path: Path) -> bool:
    """Whether this is a file that lies in the folder itself, by its own name."""
    try:
        return path.parent.resolve() == folder.resolve() and path.is_file()
    except (OSError, RuntimeError, ValueError):  # a name that no file can have, a loop of links
        return False
