"""Measure and print; with ``--update``, also write measured.json and docs/checks.md."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from tests.planted import prose, table
from tests.planted.faults import KINDS, Fault, faults
from tests.planted.places import PLACES
from tests.planted.recall import Outcome, outcome
from tests.planted.table import Measured, Recall

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.planted", description=__doc__)
    parser.add_argument("--update", action="store_true", help="write measured.json and docs/checks.md")
    parser.add_argument("--missed", choices=KINDS, metavar="KIND", help="print what is not found of one kind")
    options = parser.parse_args()
    if options.missed:
        missed = (fault for fault in faults() if fault.kind == options.missed and not outcome(fault).found)
        print(*missed, sep="\n")
        return
    measured = measure()
    if options.update:
        # Only here, because it loads the command line, and most of the project with it
        from tests.generated_docs import regenerated

        table.write(measured)
        PAGE.write_text(regenerated(PAGE.read_text("utf-8")), "utf-8", newline="\n")
    print(table.tables(measured))


def measure() -> Measured:
    """Check every planted fault, and the prose if it is at hand; else its figures are as they were."""
    told = [(fault, outcome(fault)) for fault in faults()]
    folder = prose.folder()
    if folder is None:
        print("MEMO_PROSE names no folder: false alarms are not measured, and stay as they were.\n")
    alarms = prose.alarms(folder) if folder else table.read().alarms
    kinds = _recall_by(told, lambda fault: fault.kind)
    places = _recall_by(told, lambda fault: fault.place)
    in_order = (*PLACES, *(place for place in places if place not in PLACES))
    return Measured(kinds, {place: places[place] for place in in_order}, alarms)


def _recall_by(told: list[tuple[Fault, Outcome]], key: Callable[[Fault], str]) -> dict[str, Recall]:
    counted: dict[str, Recall] = {}
    for fault, found in told:
        before = counted.get(key(fault), Recall(0, 0, 0))
        counted[key(fault)] = Recall(before.found + found.found, before.planted + 1, before.twins + found.twin_alarmed)
    return counted


if __name__ == "__main__":
    main()
