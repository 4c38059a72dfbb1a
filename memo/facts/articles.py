"""The articles that facts are curated from: their texts, folded so that quotes are found whatever their typography.

Folding levels what print varies without a change of words: runs of white space, dashes, quotation marks, apostrophes,
the ellipsis, accents written as characters of their own (NFC, Unicode Standard Annex 15), and characters that show
nothing, such as soft hyphens. A position in a folded text can be traced back to the original.

Articles lie in the folder given with ``--articles``, which need not be in the project.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from unicodedata import category, normalize

from msgspec import Struct

from memo.facts.dossier import Facts
from memo.facts.file_text import read_text
from memo.problem import Problem


class Article(Struct, frozen=True):
    """A source's text as it lies in the folder of articles. Its paragraphs are its lines that are not empty.

    ``name`` is the file's, ``digest`` the SHA-256 of the file's bytes, in hexadecimal. ``whole`` is the text, paragraph
    after paragraph, folded once for all that is looked up in it.
    """

    name: str
    digest: str
    whole: FoldedText
    starts: tuple[int, ...]
    """Index of each paragraph's first character in the folded text, and of where one after the last would begin."""

    @property
    def paragraphs(self) -> int:
        """Return how many paragraphs there are."""
        return len(self.starts) - 1

    def paragraph(self, index: int) -> int:
        """Return the number, from 1, of the paragraph that holds this character of the folded text."""
        return max(1, min(bisect_right(self.starts, index), self.paragraphs))

    def around(self, start: int, end: int, length: int) -> str:
        """Return the words from ``start`` to ``end`` in their context: whole words before and after, for a message.

        There are at most ``length`` characters of context on either side, and none from another paragraph; an ellipsis
        shows where the paragraph goes on.
        """
        text = self.whole.text
        begin, stop = self.starts[self.paragraph(start) - 1], self.starts[self.paragraph(end - 1)] - 1
        first, last = max(begin, start - length), min(stop, end + length)
        if first > begin:  # drop the word that is cut in two
            first = start - len(text[first:start].partition(" ")[2])
        if last < stop:
            last = end + len(text[end:last].rpartition(" ")[0])
        return f"{'…' if first > begin else ''}{self.whole.original_words(first, last)}{'…' if last < stop else ''}"


def load_articles(folder: Path, facts: Facts) -> tuple[Mapping[str, Article | None], list[Problem]]:
    """Read the text of each source that names one, by source id; None where no such file is in the folder.

    A file that cannot be read has no entry. Problems: those of `read_text`, but for characters that no memo can carry:
    nothing of an article is printed in one.
    """
    articles: dict[str, Article | None] = {}
    problems: list[Problem] = []
    for source in facts.sources.values():
        if not source.text:
            continue
        path = folder / source.text
        if not _is_file_in(folder, path):
            articles[source.id] = None
            continue
        read, faults = read_text(path)
        problems += [problem for problem in faults if problem.code != "bad-character"]
        if read is not None:
            articles[source.id] = _article(path.name, read.text, read.digest)
    return articles, problems


def _is_file_in(folder: Path, path: Path) -> bool:
    """Tell whether this is a file in the folder itself, which ``../elsewhere`` in a fact sheet is not."""
    try:
        return path.parent.resolve() == folder.resolve() and path.is_file()
    except (OSError, RuntimeError, ValueError):  # a name that no file can have, a loop of links
        return False


def _article(name: str, text: str, digest: str) -> Article:
    # A line of nothing but soft hyphens, say, shows nothing: a curator who counts paragraphs does not see it either.
    lines = [(line, len(folded(line))) for line in text.split("\n")]
    whole = fold("\n".join(line.strip() for line, length in lines if length))
    return Article(name, digest, whole, tuple(accumulate((length + 1 for _, length in lines if length), initial=0)))


# Folding

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc\uff07`\u00b4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ELLIPSIS = "\u2026"
_ALIKE = {
    **str.maketrans(dict.fromkeys(_DASHES, "-")),
    **str.maketrans(dict.fromkeys(_SINGLE, "'")),
    **str.maketrans(dict.fromkeys(_DOUBLE, '"')),
}
"""Characters that are replaced by a plainer one: always one by one, so that indexes stay the same."""

_OTHER_LENGTH = re.compile(rf"\s{{2,}}|[^\S ]|{_ELLIPSIS}")
"""White space other than a single blank, and the ellipsis: their folded form may be shorter or longer."""

_DROP_UNSEEN = str.maketrans("", "", _UNSEEN)


class FoldedText(Struct, frozen=True):
    """A text and its folded form. ``original`` is the text in NFC, without characters that show nothing.

    Text that keeps its length when folded forms runs: ``_starts`` has the index of each run's first character in the
    folded form, ``_origins`` that in the original.
    """

    original: str
    text: str
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]

    def offset(self, index: int) -> int:
        """Return the index in ``original`` of the character at ``index`` in ``text``; past the end, its length."""
        if index >= len(self.text):
            return len(self.original)
        run = bisect_right(self._starts, index) - 1
        end = self._origins[run + 1] if run + 1 < len(self._origins) else len(self.original)
        return min(end, self._origins[run] + index - self._starts[run])

    def original_words(self, start: int, end: int) -> str:
        """Return the words of ``original`` from ``start`` to ``end`` of ``text``, on one line."""
        return " ".join(self.original[self.offset(start) : self.offset(end)].split())

    def find(self, words: str, start: int = 0, end: int | None = None) -> list[int]:
        """Return every index of these words, folded already, from ``start`` to ``end``: whole words only."""
        stop = len(self.text) if end is None else end
        indexes = []
        at = self.text.find(words, start, stop) if words else -1
        while at >= 0:
            if not self._is_within_word(at) and not self._is_within_word(at + len(words)):
                indexes.append(at)
            at = self.text.find(words, at + 1, stop)
        return indexes

    def _is_within_word(self, index: int) -> bool:
        """Tell whether this index is inside a word or a number: ``2.5`` is one number, ``2. 5`` are two."""
        before, after = self.text[max(0, index - 1) : index], self.text[index : index + 1]
        if before in _POINTS and after.isdigit():
            return self.text[max(0, index - 2) : index - 1].isdigit()
        if after in _POINTS and before.isdigit():
            return self.text[index + 1 : index + 2].isdigit()
        return _is_spaced(before) and _is_spaced(after)


_POINTS = (".", ",")


def _is_spaced(character: str) -> bool:
    """Tell whether a character is of a script that puts spaces between words: Chinese, Japanese and Thai do not."""
    return character.isalnum() and category(character) != "Lo"


def fold(text: str) -> FoldedText:
    """Fold a text so that what is found in it can be traced back to the original."""
    original = normalize("NFC", text.translate(_DROP_UNSEEN))
    parts: list[str] = []
    starts, origins = [0], [0]
    at = length = 0
    for match in _OTHER_LENGTH.finditer(original):
        form = "..." if match[0] == _ELLIPSIS else " "
        parts += (original[at : match.start()], form)
        length += match.start() - at + len(form)
        at = match.end()
        if len(match[0]) != len(form):
            starts += (length - len(form), length)
            origins += (match.start(), at)
    parts.append(original[at:])
    whole = "".join(parts).translate(_ALIKE)
    left = len(whole) - len(whole.lstrip(" "))  # blanks at the start go, which moves all that follows
    return FoldedText(original, whole.strip(" "), tuple(start - left for start in starts), tuple(origins))


def folded(text: str, case: bool = False) -> str:
    """Return the folded form alone; with ``case``, capitals become small letters as well."""
    shown = text if text.isascii() else normalize("NFC", text.translate(_DROP_UNSEEN)).translate(_ALIKE)
    plain = " ".join(shown.replace("`", "'").replace(_ELLIPSIS, "...").split())
    return "".join(map(_small, plain)) if case else plain


def _small(character: str) -> str:
    """Return the small letter where that is one character: ``ß`` folds to two, and would shift what comes after."""
    small = character.casefold()
    return small if len(small) == 1 else character
