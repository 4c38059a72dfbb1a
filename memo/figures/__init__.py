"""Figures: one kind a file, and the list of them. Each draws its data as lines, boxes and text, for any renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from memo.document.tree import Bar, Event
from memo.facts.style import Style, Words
from memo.figures.picture import Picture

Data = tuple[Event, ...] | tuple[Bar, ...]

Draw = Callable[[Data, Style, float], Picture]
"""A figure's data, the style and the width to fill, in points -> a picture of just that width."""


def _timeline(data: Data, style: Style, width: float) -> Picture:
    from memo.figures.timeline import draw

    return draw(tuple(each for each in data if isinstance(each, Event)), style, width)


def _bars(data: Data, style: Style, width: float) -> Picture:
    from memo.figures import bars

    return bars.draw(tuple(each for each in data if isinstance(each, Bar)), style, width)


FIGURES: Mapping[str, Draw] = MappingProxyType({"timeline": _timeline, "bars": _bars})
"""Each kind of figure, by the name that templates call it. Its code is loaded when it is first drawn.

A kind leaves out what is not its own: a timeline shows `Event`s, a bar chart `Bar`s.
"""


def key(data: Data, words: Words) -> str:
    """What the reader must be told of the marks in a figure, for its caption and alternative text; or nothing.

    A hollow marker of a timeline would else tell by its looks alone what is still to happen (ISO 14289-1, 7.1).
    """
    from memo.figures.timeline import HOLLOW

    return words.hollow if any(isinstance(each, Event) and each.status in HOLLOW for each in data) else ""
