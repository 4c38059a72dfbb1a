"""Text made comparable: what print varies without a change of words is folded away, and each place can be found again.

Folded are runs of white space, dashes, quotation marks and apostrophes, the ellipsis, accents written as characters of
their own (NFC, Unicode Standard Annex 15), and characters that show nothing, such as soft hyphens.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from unicodedata import category, normalize

from msgspec import Struct

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
"""Characters that stand for one and the same, each one for one."""

_UNEVEN = re.compile(rf"\s{{2,}}|[^\S ]|{_ELLIPSIS}")
"""White space other than one blank, and the ellipsis: their folded form may be shorter or longer."""

_SHOWS_NOTHING = str.maketrans("", "", _UNSEEN)


class Folded(Struct, frozen=True):
    """A text and its folded form. ``original`` is the text in NFC, without characters that show nothing."""

    original: str
    text: str
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]

    def offset(self, index: int) -> int:
        """Where in ``original`` the character at ``index`` of ``text`` stands; its end, for what is past the last."""
        if index >= len(self.text):
            return len(self.original)
        stretch = bisect_right(self._starts, index) - 1
        ends = self._origins[stretch + 1] if stretch + 1 < len(self._origins) else len(self.original)
        return min(ends, self._origins[stretch] + index - self._starts[stretch])

    def shown(self, start: int, end: int) -> str:
        """The words of ``original`` from ``start`` to ``end`` of ``text``, on one line."""
        return " ".join(self.original[self.offset(start) : self.offset(end)].split())

    def find(self, words: str, start: int = 0, end: int | None = None) -> list[int]:
        """Where these words, folded already, stand between ``start`` and ``end``: not within longer words."""
        stop = len(self.text) if end is None else end
        found = []
        at = self.text.find(words, start, stop) if words else -1
        while at >= 0:
            if not self._cut(at) and not self._cut(at + len(words)):
                found.append(at)
            at = self.text.find(words, at + 1, stop)
        return found

    def _cut(self, index: int) -> bool:
        """Whether a word or a number runs on across this place."""
        before, after = self.text[max(0, index - 1) : index], self.text[index : index + 1]
        if before in _POINTS and after.isdigit():
            before = self.text[max(0, index - 2) : index - 1]
            return before.isdigit()
        if after in _POINTS and before.isdigit():
            return self.text[index + 1 : index + 2].isdigit()
        return _spaced(before) and _spaced(after)


_POINTS = (".", ",")


def _spaced(character: str) -> bool:
    """Whether this belongs to words that white space sets apart: not so in Chinese, Japanese or Thai."""
    return character.isalnum() and category(character) != "Lo"


def fold(text: str) -> Folded:
    """Fold a text so that what stands in it can be found again in the original."""
    original = normalize("NFC", text.translate(_SHOWS_NOTHING))
    parts: list[str] = []
    starts, origins = [0], [0]
    at = length = 0
    for match in _UNEVEN.finditer(original):
        form = "..." if match[0] == _ELLIPSIS else " "
        parts += (original[at : match.start()], form)
        length += match.start() - at + len(form)
        at = match.end()
        if len(match[0]) != len(form):
            starts += (length - len(form), length)
            origins += (match.start(), at)
    parts.append(original[at:])
    whole = "".join(parts).translate(_ALIKE)
    left = len(whole) - len(whole.lstrip(" "))
    return Folded(original, whole.strip(" "), tuple(start - left for start in starts), tuple(origins))


def folded(text: str, case: bool = False) -> str:
    """The folded form alone; with ``case``, small letters and capitals are alike as well."""
    shown = text if text.isascii() else normalize("NFC", text.translate(_SHOWS_NOTHING)).translate(_ALIKE)
    plain = " ".join(shown.replace("`", "'").replace(_ELLIPSIS, "...").split())
    return "".join(_small(character) for character in plain) if case else plain


def _small(character: str) -> str:
    """The small letter, where that is one character."""
    small = character.casefold()
    return small if len(small) == 1 else character
