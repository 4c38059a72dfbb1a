"""The English words that the checks of certainty go by."""

from __future__ import annotations

SMALL_WORDS = frozenset((
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "its", "of", "on", "our", "some", "that", "the", "their",
    "this", "to", "with",
))  # fmt: skip
"""Words that name nobody."""

HEDGES = ("may", "might", "could", "possible", "possibly", "perhaps", "maybe", "conceivably")
"""Words that leave open how likely something is."""

MIGHT_IS_POWER_AFTER = (
    "air", "and", "economic", "financial", "full", "her", "his", "industrial", "its", "military", "naval", "our",
    "political", "sea", "the", "their", "whose",
)  # fmt: skip
"""Words after which *might* is strength."""

POSSIBLE_IS_NONE_AFTER = ("as", "best", "if", "only", "soon", "when", "whenever", "where", "wherever")
"""Words after which *possible* is no hedge: *if possible*, *the best possible*, *as soon as possible*."""

DATE_QUALIFIERS = (
    "about", "approximately", "around", "apparently", "believed", "c.", "ca.", "circa", "early", "estimated", "late",
    "mid", "nearly", "or so", "or thereabouts", "perhaps", "possibly", "presumably", "probably", "roughly", "some time",
    "sometime", "supposed", "thought", "uncertain",
)  # fmt: skip
"""Words near a date that say it is not certain, or not exact."""
