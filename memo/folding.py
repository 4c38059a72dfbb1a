"""Text made comparable: what print varies without a change of words is folded away, and each place can be found again.

Folded are runs of white space, dashes, quotation marks and apostrophes, the ellipsis, accents written as characters of
their own (NFC, Unicode Standard Annex 15), and characters that show nothing, such as soft hyphens.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from unicodedata import category, normalize

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc\uff07`\u00b4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_VARIANTS: dict[str, str] = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    "\u2026": "...",
}
_VARIANT = re.compile(rf"\s+|[{''.join(map(re.escape, _VARIANTS))}]")
_SHOWS_NOTHING = re.compile(f"[{_UNSEEN}]")


@dataclass(frozen=True, slots=True)
class Folded:
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


def fold(text: str, case: bool = False) -> Folded:
    """Fold a text; with ``case``, small letters and capitals as well. White space at its ends is left out."""
    original = normalize("NFC", _SHOWS_NOTHING.sub("", text))
    parts: list[str] = []
    starts: list[int] = [0]
    origins: list[int] = [0]
    at = length = 0
    for match in _VARIANT.finditer(original):
        folded = _VARIANTS.get(match[0], " ")
        for part, origin in ((original[at : match.start()], at), (folded, match.start())):
            starts.append(length)
            origins.append(origin)
            parts.append(part)
            length += len(part)
        at = match.end()
    starts.append(length)
    origins.append(at)
    parts.append(original[at:])
    return _trimmed(original, "".join(parts), starts, origins, case)


def folded(text: str, case: bool = False) -> str:
    """The folded form alone."""
    return fold(text, case).text


def _trimmed(original: str, text: str, starts: list[int], origins: list[int], case: bool) -> Folded:
    """Without white space at the ends, as stretches of the original count on from there."""
    left = len(text) - len(text.lstrip(" "))
    shown = text.strip(" ")
    if case:
        shown = "".join(small if len(small := character.casefold()) == 1 else character for character in shown)
    return Folded(original, shown, tuple(start - left for start in starts), tuple(origins))
