"""What a reader sees of a text: two texts that look the same on a page are equal once `as_seen`.

No reader sees
    whether an accent is a character of its own (NFC and NFD, Unicode Standard Annex 15); where a word may be divided
    and where not (soft hyphen, zero-width space, word joiner, grapheme joiner, the invisible operators of mathematics);
    variation selectors, since memo's fonts have one form of each letter; how many blanks stand in a row, and whether a
    line may end at a blank or a hyphen (no-break space, non-breaking hyphen).

A reader does see, in effect
    a joiner or non-joiner (U+200C, U+200D) beside a letter that has no capitals, a vowel sign or an emoji: it shapes
    Persian, Hindi and the like, but no Latin, Greek or Cyrillic word; a mark that orders text (U+200E, U+200F, the
    embeddings and isolates) where something is written from right to left, or a mark may turn signs and digits round.

Where it is in doubt, a difference counts as seen.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional, category, is_normalized, normalize

_NEVER_SEEN = "\u00ad\u034f\u200b\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_JOINERS = "\u200c\u200d"
_MARKS = "\u200e\u200f\u061c"
_FROM_LEFT = "\u200e\u202a\u202c\u202d\u2066\u2068\u2069"
"""What makes text run from left to right, and ends that: without effect where all of it does."""

_STEERING = re.compile(f"[{_NEVER_SEEN}{_JOINERS}{_MARKS}\u202a-\u202e\u2066-\u2069]")
_DROPPED = re.compile(f"[{_NEVER_SEEN}]")
_JOINER = re.compile(f"[{_JOINERS}]+")
_MARK = re.compile(f"[{_MARKS}]+")
_ALL_FROM_LEFT = str.maketrans("", "", _FROM_LEFT)
_FROM_RIGHT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))
"""Bidirectional types (Unicode Standard Annex 9, 3.2) of what is written from right to left, or makes it so."""

_SHAPED = frozenset(("Lo", "Mn", "Mc", "So", "Sk"))
"""Categories of what a joiner beside it may shape."""

_UNEVEN = re.compile(r"\s{2,}|[^\S ]|[\u2010\u2011]")


def without_unseen(text: str) -> str:
    """Return a text in NFC, without the characters that show nothing; blanks and hyphens are as they were."""
    if text.isascii():
        return text
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    if not _STEERING.search(text):
        return text
    # What is dropped may have kept an accent from its letter.
    text = normalize("NFC", _DROPPED.sub("", text))
    text = _MARK.sub(lambda found: "" if _within_word(text, *found.span()) else found[0], text)
    text = _JOINER.sub(lambda found: found[0] if _shapes(text, *found.span()) else "", text)
    if not any(bidirectional(character) in _FROM_RIGHT for character in text):
        text = text.translate(_ALL_FROM_LEFT)
    return text


def as_seen(text: str) -> str:
    """Return what a reader sees of a text: equal for two that look the same."""
    return _UNEVEN.sub(lambda found: "-" if found[0] in "\u2010\u2011" else " ", without_unseen(text))


def _within_word(text: str, start: int, end: int) -> bool:
    """Tell whether a letter that is written from left to right stands on either side: no mark can part them."""
    around = (text[max(0, start - 1) : start], text[end : end + 1])
    return all(character and bidirectional(character) == "L" for character in around)


def _shapes(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(category(character) in _SHAPED for character in around)
