"""A timeline: what happened or is to happen, in order of date.

Every event stands at the same distance from the next, since the dates of a memo crowd into its last month; where whole
years are skipped the line is broken, and says which. A disc is a single day, a bar a longer time or a date not known
to the day, an arrow an open end; a hollow marker is announced or expected, a filled one done or under way.

A few events stand side by side under a line; more of them, or long ones, stand one below the other.
"""

from __future__ import annotations

from memo.document import Event
from memo.figures.timeline_across import across
from memo.figures.timeline_down import down
from memo.figures.timeline_entries import entries
from memo.picture import Picture
from memo.style import Style


def draw(data: tuple[Event, ...], style: Style, width: float) -> Picture:
    """The events as a picture of this width in points, in order of date whatever order they are given in."""
    in_order = entries(data)
    return across(in_order, style, width) or down(in_order, style, width)
