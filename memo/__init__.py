"""A compiler for policy memos.

Curated fact sheets (YAML) fill templates (Markdown + Jinja2); the result is checked, and rendered to DOCX and PDF.
What was handed out is remembered, so that everyone who holds a memo can be told what changed. The flow goes one way::

    YAML -load-> Facts -check-> -compose-> Document -check-> -render-> bytes -write-> output/

From the top floor down: ``cli`` (a file a command); ``handover`` (what is done with a built memo); ``pipeline``
(build); ``project`` (a folder: each memo composed and checked) and ``record`` (what a build read and wrote);
``changes`` (two documents compared), ``checks``, ``compose`` (template and facts to a Document), ``delivered`` (files
from outside) and ``renderers``; ``templating`` (Jinja) and ``editions`` (what was issued); ``figures``; ``document``
(the tree); ``facts`` (what a dossier is, and how YAML is read) and ``fonts``; below all, a few small files. Each
room's ``__init__`` says more.

Every step returns its value and a list of problems, each with its place and a hint; an exception is a bug in memo,
never a user's mistake. The steps are the Python API, under the names below: see docs/api.md. Each is imported when it
is first asked for, so that a command loads no more than it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from memo.handover.affected_copies import AffectedEdition, ImpactQuery, impact
    from memo.handover.freshness import Status, status
    from memo.handover.issuing import Handover, Issued, issue
    from memo.handover.joining import Joined, join_registers
    from memo.handover.verification import Verification, verify
    from memo.handover.versions import Redline, diff, redline
    from memo.handover.withdrawing import Withdrawal, withdraw
    from memo.pipeline import BuildOptions, Built, build
    from memo.problem import Place, Problem
    from memo.project import CheckOptions, CheckResult, Project, check, open_project

__version__ = "0.1.0"

__all__ = [
    "AffectedEdition", "BuildOptions", "Built", "CheckOptions", "CheckResult", "Handover", "ImpactQuery", "Issued",
    "Joined", "Place", "Problem", "Project", "Redline", "Status", "Verification", "Withdrawal",
    "build", "check", "diff", "impact", "issue", "join_registers", "open_project", "redline", "status", "verify",
    "withdraw",
]  # fmt: skip

_HOMES = {
    "memo.problem": ("Place", "Problem"),
    "memo.project": ("CheckOptions", "CheckResult", "Project", "check", "open_project"),
    "memo.pipeline": ("BuildOptions", "Built", "build"),
    "memo.handover.freshness": ("Status", "status"),
    "memo.handover.issuing": ("Handover", "Issued", "issue"),
    "memo.handover.joining": ("Joined", "join_registers"),
    "memo.handover.withdrawing": ("Withdrawal", "withdraw"),
    "memo.handover.affected_copies": ("AffectedEdition", "ImpactQuery", "impact"),
    "memo.handover.versions": ("Redline", "diff", "redline"),
    "memo.handover.verification": ("Verification", "verify"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'memo' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
