"""Checks of a composed memo: one a file, named for the problem that it gives, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from memo.checks.early_date import check as early_date
from memo.checks.heading_level import check as heading_level
from memo.checks.memo import Memo
from memo.checks.missing_alt import check as missing_alt
from memo.checks.missing_glyph import check as missing_glyph
from memo.checks.missing_section import check as missing_section
from memo.checks.retired_fact import check as retired_fact
from memo.problem import Problem

__all__ = ["CHECKS", "Check", "Memo"]

Check = Callable[[Memo], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (missing_section, heading_level, missing_alt, retired_fact, early_date, missing_glyph)
"""Every check, in the order in which they run."""
