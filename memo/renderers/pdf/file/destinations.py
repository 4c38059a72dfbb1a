"""Places on pages that links lead to, and their names.

A heading's is its anchor after ``#``, as links in a document write it; a note's and its reference's have a space in
them, which no anchor and no web address has.
"""

from __future__ import annotations

from typing import NamedTuple

from memo.renderers.pdf.file.objects import numbers


class Spot(NamedTuple):
    """A point on a page: the page's object number, and PDF's own coordinates, in points."""

    page: int
    x: float
    y: float


def destination(spot: Spot) -> str:
    """A spot as what links and bookmarks name (ISO 32000-1, 12.3.2.2)."""
    return f"[{spot.page} 0 R /XYZ {numbers(spot.x, spot.y)} null]"


def heading_spot(anchor: str) -> str:
    """Where a heading stands."""
    return f"#{anchor}"


def note_spot(number: int) -> str:
    """Where a note begins."""
    return f"note {number}"


def reference_spot(number: int) -> str:
    """Where the text refers to a note."""
    return f"reference {number}"


def change_spot(number: int) -> str:
    """Where a redline shows a change for the first time."""
    return f"change {number}"


def is_of_note(spot: str) -> bool:
    """Whether this is where a note or its reference stands."""
    return " " in spot
