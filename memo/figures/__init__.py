"""Figures: one kind a file, and the list of them. Each draws its data as lines, boxes and text, for any renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from memo.document import Event
from memo.picture import Picture
from memo.style import Style

Draw = Callable[[tuple[Event, ...], Style, float], Picture]
"""A figure's data, the style and the width to fill, in points -> a picture of just that width."""


def _timeline(data: tuple[Event, ...], style: Style, width: float) -> Picture:
    from memo.figures import timeline

    return timeline.draw(data, style, width)


FIGURES: Mapping[str, Draw] = MappingProxyType({"timeline": _timeline})
"""Each kind of figure, by the name that templates call it. Its code is loaded when it is first drawn."""
