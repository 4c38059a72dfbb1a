"""What was measured, as a file of floors and as tables for the docs; nothing here runs a check."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from tests.planted.faults import KINDS

MEASURED = Path(__file__).parent / "measured.json"


class Recall(NamedTuple):
    """How many faults were planted and found, and at how many the honest twin was told of as well."""

    found: int
    planted: int
    twins: int


class Measured(NamedTuple):
    """Recall by kind and by place, and alarms and sentences by check."""

    kinds: dict[str, Recall]
    places: dict[str, Recall]
    alarms: dict[str, tuple[int, int]]


def read() -> Measured:
    """Read what was measured last."""
    held = json.loads(MEASURED.read_text("utf-8"))
    kinds, places = ({name: Recall(*one) for name, one in held[key].items()} for key in ("kinds", "places"))
    return Measured(kinds, places, {code: (alarms, sentences) for code, (alarms, sentences) in held["alarms"].items()})


def write(measured: Measured) -> None:
    """Write it, a line for each figure, so that a change reads well."""
    parts = []
    for key, held in measured._asdict().items():
        lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(list(one))}" for name, one in held.items())
        parts.append(f'  "{key}": {{\n{lines}\n  }}')
    MEASURED.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8", newline="\n")


def tables(measured: Measured) -> str:
    """Recall by kind, recall by place, false alarms by check."""
    return "\n\n".join((_recall_by_kind(measured), _recall_by_place(measured), _alarms(measured)))


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """Wilson's 95 % bounds of a share (Wilson 1927; z = 1.96), also where it is none or all."""
    z = 1.959964
    middle = (hits + z * z / 2) / (trials + z * z)
    reach = z / (trials + z * z) * sqrt(hits * (trials - hits) / trials + z * z / 4)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _recall_by_kind(measured: Measured) -> str:
    rows = [
        f"| {name} | {_recall(one)} | {one.twins} | {', '.join(KINDS[name].codes) or 'no check'} |"
        for name, one in measured.kinds.items()
    ]
    every = Recall(*map(sum, zip(*measured.kinds.values(), strict=True)))
    rows.append(f"| **all** | {_recall(every)} | {every.twins} | |")
    head = (
        "| kind of fault | planted | found | share | 95 % bounds | twins told of | looked for |",
        "|---|--:|--:|--:|--:|--:|---|",
    )
    return "\n".join((*head, *rows))


def _recall_by_place(measured: Measured) -> str:
    rows = [f"| {name} | {_recall(one)} |" for name, one in measured.places.items()]
    return "\n".join(("| place | planted | found | share | 95 % bounds |", "|---|--:|--:|--:|--:|", *rows))


def _recall(one: Recall) -> str:
    low, high = wilson(one.found, one.planted)
    share = f"{100 * one.found / one.planted:.0f} %"
    return f"{one.planted} | {one.found} | {share} | {100 * low:.0f}–{100 * high:.0f} %"


def _alarms(measured: Measured) -> str:
    head = ("| check | sentences | alarms | in 1,000 | 95 % bounds |", "|---|--:|--:|--:|--:|")
    rows = []
    for code, (alarms, sentences) in measured.alarms.items():
        low, high = wilson(alarms, sentences)
        rate = f"{1000 * alarms / sentences:.1f} | {1000 * low:.1f}–{1000 * high:.1f}"
        rows.append(f"| {code} | {sentences:,} | {alarms} | {rate} |")
    return "\n".join((*head, *rows))
