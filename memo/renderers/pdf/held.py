"""Words that a line's end should not part: a number and its unit or month, an abbreviation and its number.

A rule of form, not of words, so that it holds in any language of the memo: `is_held` says which two words it means. It
binds them loosely, by what a break between them costs: in a column too narrow for both they part after all. Where a
writer wants more, a no-break space binds for good. The text itself stays as it was written.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBER = re.compile(r"\W*\d(?:[\d.,:'’/–−-]*\d)?")
_YEAR = re.compile(r"\W*(?:1[89]|20)\d\d(?:[–/-]\d{2,4})?")
_UNIT = re.compile(r"[^\W\d_].{0,12}|[%‰°€$£¥₼₽₾֏′″].{0,3}")
"""A month, a unit, what is counted: one word of up to a dozen letters, or a sign."""

_ABBREVIATION = re.compile(r"\W*[^\W\d_]{1,5}\.|\W*[№§¶#€$£¥₼₽₾֏~≈±]")
_NAMED = re.compile(r"\W*[^\W\d_]{2,9}")
_ORDINAL = re.compile(r"\d{1,3}\W*")
_INITIAL = re.compile(r"\W*[^\W\d_]\.(?:[^\W\d_]\.)*")


@lru_cache(maxsize=8192)
def is_held(before: str, after: str) -> bool:
    """Whether the space between two words should not end a line.

    ``21–22 January``, ``600 kilometres``, ``12 %``: a number that is not a year, and a short word or a sign.
    ``para. 9``, ``No. 5``, ``§ 5``: a short word with a full stop, or a sign, and a number.
    ``Article 5``, ``Table 2``: a short word with a capital, and a number below a thousand.
    ``J. Smith``: initials and a name.
    """
    if before[-1].isdigit():
        return bool(_NUMBER.fullmatch(before) and _UNIT.fullmatch(after) and not _YEAR.fullmatch(before))
    if after[0].isdigit():
        if _ABBREVIATION.fullmatch(before):
            return True
        return bool(_NAMED.fullmatch(before) and before.lstrip("(“«„\"'")[0].isupper() and _ORDINAL.fullmatch(after))
    return after[0].isupper() and bool(_INITIAL.fullmatch(before)) and before.lstrip("(“«„\"'")[0].isupper()
