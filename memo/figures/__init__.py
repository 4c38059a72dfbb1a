"""Figures: one kind a file, and the list of them. Each draws its data as lines, boxes and text, for any renderer.

To add a kind: a file here with ``draw(data, style, width) -> Picture``, and a line in `FIGURES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from msgspec import Struct

from memo.document.tree import Bar, Event
from memo.facts.style import Style, Words
from memo.figures.picture import Picture

Data = tuple[Event, ...] | tuple[Bar, ...]


class FigureKind(Struct, frozen=True):
    """One kind of figure: the module that draws it, what each of its data is, and how many it takes at the least.

    An `Event` is a fact with a date, a `Bar` a fact with a value: templates gather the data accordingly. The module is
    loaded when it is first asked. It has ``draw(data, style, width)`` and, where the marks of the figure must be
    explained, ``legend(data, words)``.
    """

    module: str
    takes: type[Event | Bar]
    least: int = 1

    def __call__(self, data: Data, style: Style, width: float) -> Picture:
        """Draw the data as a picture of just this width, in points; data of another type are left out."""
        # The type of a document's figure does not bind kind and data together: a document may come from anywhere.
        own = tuple(each for each in data if isinstance(each, self.takes))
        picture: Picture = import_module(self.module).draw(own, style, width)
        return picture

    def legend(self, data: Data, words: Words) -> str:
        """Explain the marks in a figure, for its caption and alternative text; empty where nothing needs it.

        Else a mark would tell by its looks alone what it stands for (ISO 14289-1, 7.1).
        """
        own = tuple(each for each in data if isinstance(each, self.takes))
        explain = getattr(import_module(self.module), "legend", None)
        return str(explain(own, words)) if explain else ""


FIGURES: Mapping[str, FigureKind] = MappingProxyType(
    {
        "timeline": FigureKind("memo.figures.timeline", Event, least=2),
        "bars": FigureKind("memo.figures.bars", Bar),
    }
)
"""Each kind of figure, by the name that templates call it."""
