"""How much a template may do. Counted, never timed: the same template fails at the same place everywhere."""

from __future__ import annotations

MOST_TICKS = 100_000
"""Turns of loops, calls and filters, all together."""

MOST_OUTPUT = 1 << 20
"""Characters printed."""

MOST_TOKENS = 50_000
"""Facts and blocks printed."""

MOST_DEPTH = 40
"""Includes within includes, macros within macros."""

MOST_ITEMS = 10_000
"""Items of one list."""

MOST_NUMBER = 10**15
"""Numbers, up or down."""

MOST_NESTED = 20
"""Lists within lists, emphasis within emphasis."""

MOST_BYTES = 1 << 20
"""Size of one included file."""
