"""What a timeline has to know of its events: their order, how each date is marked, and which years lie between."""

from __future__ import annotations

from memo import edtf
from memo.document import Event
from memo.edtf import Date
from memo.frozen import frozen

HOLLOW = frozenset({"announced", "expected"})
"""The statuses of what has not happened yet."""


@frozen
class Entry:
    """One event of a timeline. ``skipped`` names the whole years since the events before it: ``1995–2024``."""

    event: Event
    date: Date
    skipped: str = ""

    @property
    def hollow(self) -> bool:
        """Whether it is still to happen."""
        return self.event.status in HOLLOW

    @property
    def is_day(self) -> bool:
        """Whether its date is one day, and known to be."""
        return edtf.to_day(self.date)

    @property
    def open_start(self) -> bool:
        """Whether nobody says when it began."""
        return self.date.earliest is None

    @property
    def open_end(self) -> bool:
        """Whether nobody says when it ends."""
        return self.date.latest is None


def entries(data: tuple[Event, ...]) -> tuple[Entry, ...]:
    """The events in order of date, each with the years skipped before it."""
    dated = sorted(((_date(event), event) for event in data), key=lambda pair: edtf.order(pair[0]))
    found: list[Entry] = []
    reached: int | None = None
    for date, event in dated:
        found.append(Entry(event, date, _skipped(reached, date)))
        known = date.latest or date.earliest
        if known:
            reached = max(reached, known[0]) if reached is not None else known[0]
    return tuple(found)


def _date(event: Event) -> Date:
    return edtf.parse(event.date) or Date(event.date, None, None)


def _skipped(reached: int | None, date: Date) -> str:
    """The whole years after ``reached`` and before this date; nothing where there are none, dots before our era."""
    if reached is None or date.earliest is None:
        return ""
    first, last = reached + 1, date.earliest[0] - 1
    if first > last:
        return ""
    if first < 1:
        return "…"
    return f"{first}" if first == last else f"{first}–{last}"
