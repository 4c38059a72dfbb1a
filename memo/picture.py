"""A drawing that knows no library: lines, boxes and text, in points, from the top left corner down.

`memo.figures` draws one; each renderer paints it in its own way, so that a figure is the same in every format.
"""

from __future__ import annotations

from typing import Literal

from memo.frozen import frozen

Face = Literal["regular", "bold", "italic", "bold-italic"]
Anchor = Literal["start", "middle", "end"]


@frozen
class Line:
    """A straight line. ``dash`` is lengths on and off in points; empty is solid."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 0.75
    dash: tuple[float, ...] = ()


@frozen
class Box:
    """A rectangle, with round corners where ``radius`` says so; a box as wide as twice its radius is a disc."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0.75
    radius: float = 0.0


@frozen
class Label:
    """One line of text. ``y`` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    face: Face = "regular"
    anchor: Anchor = "start"


Item = Line | Box | Label


@frozen
class Picture:
    """Width and height in points; what comes later in ``items`` lies above."""

    width: float
    height: float
    items: tuple[Item, ...]
