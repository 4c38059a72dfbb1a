"""Taking an edition back from who was given it: a further entry of the register, by which a copy is no longer in force.

Nothing is taken out of the register or of the frozen files: that a copy was handed over stays true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from memo.editions import frozen_files
from memo.editions.register import REGISTER, Entry
from memo.handover.issuing import codes_of, days_of_entries, early_entry, settled_register, with_register_locked
from memo.problem import Place, Problem, has_errors
from memo.project import Project
from memo.suggest import suggest


class Withdrawal(Struct, frozen=True):
    """Whose copies are withdrawn, why, and on which day (EDTF; today, if none is given)."""

    to: tuple[str, ...]
    reason: str
    date: str = ""


def withdraw(project: Project, edition: str, withdrawal: Withdrawal) -> tuple[Entry | None, list[Problem]]:
    """Withdraw copies of an edition, ``MEMO/N``: enter in the register that they are no longer in force, and why.

    None is returned, and nothing entered, where there are errors. Problems: broken-register, altered-edition (a
    warning), unknown-edition, unknown-recipient, early-issue, unwritable.
    """
    return with_register_locked(project, lambda: _withdraw(project, edition, withdrawal))


def _withdraw(project: Project, edition: str, withdrawal: Withdrawal) -> tuple[Entry | None, list[Problem]]:
    entries, problems = settled_register(project.folder)
    if has_errors(problems):
        return None, problems
    handed, found = frozen_files.find(entries, edition)
    if handed is None:
        return None, problems + found
    day, (to, found) = withdrawal.date or project.day, codes_of(project, withdrawal.to)
    found = found + _not_held(project, entries, handed, to) + early_entry(day, days_of_entries(entries))
    problems = problems + found
    if has_errors(problems):
        return None, problems
    entry = replace(handed, kind="withdrawal", date=day, to=to, note=withdrawal.reason, replaces="", was="")
    return frozen_files.enter(project.folder, entry, entries), problems


def _not_held(project: Project, entries: Iterable[Entry], handed: Entry, recipients: Sequence[str]) -> list[Problem]:
    """Return an ``unknown-recipient`` for each who was not given the edition, or from whom it was withdrawn before."""
    last = {name: entry for entry in entries if entry.edition == handed.edition for name in entry.to}
    holders = [name for name, entry in last.items() if entry.kind == "handover"]
    problems = []
    for name in recipients:
        if name in holders:
            continue
        why = f"{handed.edition} was not issued to '{name}'"
        if name in last:
            why = f"{handed.edition} was withdrawn from '{name}' before, on {last[name].date}"
        held_by = "; ".join(map(project.recipients[0].called, holders)) or "nobody"
        hint = suggest(name, holders) or f"those who hold it: {held_by}"
        problems.append(Problem("unknown-recipient", why, Place(REGISTER), hint))
    return problems
