"""One figure against another: what it showed and what it shows now, in words made of its data.

What is drawn from a datum is told, of whatever kind the figure is: each field that is another, beside the label. An
amount and a date are told as they are shown, in words. One change is told a figure, whatever changed of it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import chain, permutations
from typing import Any, NamedTuple

from memo.changes.alignment import BESIDE
from memo.document.tree import Bar, Document, Event, Figure
from memo.document.walk import block_nodes, inline_text
from memo.facts.appearance import as_seen
from memo.facts.style import Words, fill

Datum = Event | Bar

_IN_WORDS = {"date": "shown", "amount": "shown"}
"""Fields that another says in words: they are told only where that one reads the same."""


def visible_datum(datum: Datum) -> Hashable:
    """Return a value that is equal for data of which a figure shows the same."""
    return type(datum).__name__, tuple(_shown(datum).items())


def visible_drawing(figure: Figure) -> Hashable:
    """Return what a figure shows and says, without its caption's words."""
    return figure.kind, tuple(map(visible_datum, figure.data)), as_seen(figure.alt), bool(figure.caption)


def _shown(datum: Datum) -> dict[str, str]:
    """Return what can be seen of a datum, by the name of the field."""
    names = (name for name in datum.__struct_fields__ if name != "facts")
    return {name: as_seen(str(getattr(datum, name))) for name in names}


def figure_numbers(document: Document) -> dict[int, int]:
    """Return the number of each figure, by its `id`: those that have a caption are counted."""
    figures = [node for node in block_nodes(document.blocks) if isinstance(node, Figure) and node.caption]
    return {id(figure): number for number, figure in enumerate(figures, 1)}


def figure_name(number: int, words: Words) -> str:
    """Return what a figure is called, ``Figure 1``; without a number where it has none."""
    return " ".join(fill(words.figure, number=str(number or "")).split())


class FigureChange(NamedTuple):
    """What a figure said of what changed, what it says now, and the facts behind that."""

    before: str
    after: str
    facts: tuple[str, ...]


def figure_change(old: Figure, new: Figure, number: int, words: Words) -> FigureChange:
    """Tell what changed between two figures that stand for each other; equal texts where a reader sees no change."""
    pairs = _differing(old.data, new.data)
    told = [_told(before, after, words) for before, after in pairs]
    if not told and [*map(visible_datum, old.data)] != [*map(visible_datum, new.data)]:
        told.append((_labels(old.data), _labels(new.data)))
    for before, after in _around(old, new, words):
        if as_seen(before) != as_seen(after):
            told.append((before, after))
    name = figure_name(number, words)
    sides = (BESIDE.join(filter(None, side)) for side in zip(*told, strict=True)) if told else ("", "")
    before, after = (f"{name}: {side}" if side else name for side in sides)
    facts = chain.from_iterable(datum.facts for pair in pairs for datum in reversed(pair) if datum)
    return FigureChange(before, after, tuple(dict.fromkeys(facts)))


def _around(old: Figure, new: Figure, words: Words) -> Iterator[tuple[str, str]]:
    """Give what stands around the data: the kind, the caption, and the writer's words for those who do not see it."""
    yield old.kind, new.kind
    yield _caption(old, words), _caption(new, words)
    yield _own_words(old), _own_words(new)


def _caption(figure: Figure, words: Words) -> str:
    """Return a caption without what memo adds to it, which goes by the data."""
    text = " ".join(inline_text(figure.caption).split())
    return text.removesuffix(words.hollow).rstrip(" .")


def _own_words(figure: Figure) -> str:
    """Return the alternative text up to where it goes through the data."""
    fields = (filter(None, _shown(datum).values()) for datum in figure.data)
    starts = (figure.alt.find(f"{one}: {other}") for some in fields for one, other in permutations(list(some), 2))
    return figure.alt[: min((start for start in starts if start >= 0), default=len(figure.alt))].strip()


# Which data differ, and how that is told

Pair = tuple[Datum | None, Datum | None]


def _differing(old: Sequence[Datum], new: Sequence[Datum]) -> list[Pair]:
    """Pair the data that are no longer shown alike: by their facts, else by their labels; None where one has no other.

    They come in the order of the new figure, and what went last.
    """
    went = list(old)
    came: list[tuple[int, Datum]] = []
    for at, datum in enumerate(new):
        if (same := _find(went, datum, visible_datum)) is None:
            came.append((at, datum))
        else:
            del went[same]
    pairs: list[tuple[int, Pair]] = []
    for alike in (lambda datum: datum.facts or None, lambda datum: as_seen(datum.label)):
        for entry in list(came):
            if (found := _find(went, entry[1], alike)) is not None:
                pairs.append((entry[0], (went.pop(found), entry[1])))
                came.remove(entry)
    pairs += [(at, (None, datum)) for at, datum in came]
    return [pair for _, pair in sorted(pairs, key=lambda placed: placed[0])] + [(datum, None) for datum in went]


def _find(among: Sequence[Datum], datum: Datum, alike: Any) -> int | None:
    wanted = alike(datum)
    return next((at for at, other in enumerate(among) if wanted is not None and alike(other) == wanted), None)


def _told(old: Datum | None, new: Datum | None, words: Words) -> tuple[str, str]:
    """Tell a datum that changed by its label and what of it is another; one that came or went, whole."""
    before, after = (_shown(datum) if datum else {} for datum in (old, new))
    names = [name for name in dict.fromkeys((*before, *after)) if before.get(name, "") != after.get(name, "")]
    names = [name for name in names if name != "label" and _IN_WORDS.get(name) not in names]
    return tuple(_line(side, names, words) if side else "" for side in (before, after))  # type: ignore[return-value]


def _line(shown: dict[str, str], names: Sequence[str], words: Words) -> str:
    said = (words.statuses.get(shown[name], shown[name]) if name == "status" else shown.get(name, "") for name in names)
    return ": ".join(filter(None, (shown.get("label", "").rstrip("."), ", ".join(filter(None, said)))))


def _labels(data: Sequence[Datum]) -> str:
    return ", ".join(as_seen(datum.label) for datum in data)
