"""Every column of a table has a heading (CRAFT, rule 12; ISO 14289-1, 7.5; WCAG 2.2, 1.3.1).

Readers who listen to a table hear each cell with the heading of its column; without one, the cell has no context.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Memo
from memo.document.tree import Table
from memo.document.walk import block_nodes, inline_text
from memo.problem import Problem


def check(memo: Memo) -> Iterator[Problem]:
    """Report a ``missing-header`` for each column, the first included, whose cell in the header row has no words."""
    for table in block_nodes(memo.composed.document.blocks):
        for number, cell in enumerate(table.header.cells if isinstance(table, Table) else (), 1):
            if not inline_text(cell.content).strip():
                place = memo.place(table)
                hint = "write in the table's first row what stands below"
                yield Problem("missing-header", f"column {number} of the table has no heading", place, hint)
