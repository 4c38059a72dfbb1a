"""Every problem of a project, in one run: facts, templates, memos, what is waived and what waivers are for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from memo.checks import Memo, Whole
from memo.checks.running import Waived, check_whole, unused_waivers
from memo.composed import Waiver
from memo.frozen import frozen
from memo.problem import Problem, distinct, has_errors
from memo.project import Prepared, Project, prepare


@frozen
class Checked:
    """The problems of a project, each once and by place, and what is let go with a reason."""

    problems: list[Problem]
    waived: list[Waived]


def check(project: Project, names: Sequence[str] = ()) -> Checked:
    """Check these memos; where none is named, all of them, the style, and every dossier as a whole.

    Only then can it be told which facts no memo uses (``unused-fact``), and which waivers (``unused-waiver``).
    """
    prepared = [prepare(project, name) for name in names or project.memos()]
    problems = [problem for one in prepared for problem in one.problems]
    waived = [waived for one in prepared for waived in one.waived]
    if not names:
        more = _of_project(project, prepared, waived)
        problems, waived = problems + more.problems, waived + more.waived
    return Checked(distinct(problems), sorted(dict.fromkeys(waived), key=attrgetter("place")))


def _of_project(project: Project, prepared: Sequence[Prepared], waived: Sequence[Waived]) -> Checked:
    """What is wrong with the style, with every dossier, also one that no memo uses, and with the project as a whole."""
    dossiers = {name: project.dossier(name) for name in project.dossiers()}
    findings = [project.dossier_findings(name) for name in dossiers]
    memos = tuple(one.memo for one in prepared if one.memo is not None)
    facts = {name: held for name, (held, _) in dossiers.items()}
    sound = len(memos) == len(prepared) and not any(has_errors(one.problems) for one in prepared)
    whole = check_whole(Whole(memos, facts, sound), project.chosen)
    let_go = [*whole.waived, *(one for found, _ in findings for one in found.waived)]
    problems = [*project.style[1], *whole.problems]
    problems += [problem for _, found in dossiers.values() for problem in found]
    problems += [problem for found, amiss in findings for problem in (*found.problems, *amiss)]
    if all(one.memo is not None for one in prepared):
        ran = whole.ran.union(*(one.ran for one in prepared), *(found.ran for found, _ in findings))
        problems += unused_waivers(_waivers(memos), facts.values(), [*waived, *let_go], ran)
    return Checked(problems, let_go)


def _waivers(memos: Sequence[Memo]) -> list[Waiver]:
    return [waiver for memo in memos for waiver in memo.composed.waivers]
