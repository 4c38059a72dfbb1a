"""Run the checks that are asked for, at the severity that the memo gives them, and leave out what is waived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from memo.checks import ALL, CHECKS, DOSSIER_CHECKS, PROJECT_CHECKS
from memo.checks.memo import Check, Dossier, Memo, WholeProject
from memo.document.composed import Waiver
from memo.facts.dossier import Facts
from memo.problem import Place, Problem, Severity, usual_severity
from memo.suggest import suggest

Subject = TypeVar("Subject")


class Chosen(Struct, frozen=True):
    """Which checks are asked for, by their codes: only these, or all but those."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()

    def includes(self, code: str) -> bool:
        """Tell whether a check is asked for."""
        return code not in self.skip and (not self.only or code in self.only)


class Waived(NamedTuple):
    """A problem that is waived, with the place and the reason of the waiver that allows it."""

    problem: Problem
    place: Place
    reason: str


class Findings(Struct, frozen=True):
    """The problems that checks found, those of them that are waived, and the codes of the checks that ran."""

    problems: tuple[Problem, ...] = ()
    waived: tuple[Waived, ...] = ()
    ran: frozenset[str] = frozenset()


def check_memo(memo: Memo, chosen: Chosen) -> Findings:
    """Run the checks of a memo. Beside theirs: ``unchecked-language``, ``bad-severity``, ``bad-waiver``."""
    usable = [check for check in _chosen(CHECKS, chosen) if check.needs != "earlier" or memo.earlier is not None]
    english = memo.template.front_matter.language.split("-")[0] == "en"
    ran = [check for check in usable if english or not check.english]
    problems = [problem for check in ran for problem in check.run(memo)]
    if left := [check.code for check in usable if check not in ran]:
        problems.append(_unchecked(memo, left))
    allowed = ((waiver.place, waiver.code) for waiver in memo.composed.waivers)
    misused = [*_bad_severities(memo), *_bad_waivers(allowed)]
    findings = _separated(problems, memo.composed.waivers, memo.facts, ran)
    return with_severities(replace(findings, problems=(*misused, *findings.problems)), memo)


def check_dossier(dossier: Dossier, chosen: Chosen) -> Findings:
    """Run the checks of a dossier. Beside theirs: ``bad-waiver`` of facts."""
    ran = [check for check in _chosen(DOSSIER_CHECKS, chosen) if not check.needs or dossier.articles is not None]
    problems = [problem for check in ran for problem in check.run(dossier)]
    findings = _separated(problems, (), dossier.facts, ran)
    return replace(findings, problems=(*_bad_waivers(_waivers_of(dossier.facts)), *findings.problems))


def check_project(project: WholeProject, chosen: Chosen) -> Findings:
    """Run the checks of a project as a whole. A fact may waive what they find of it."""
    ran = _chosen(PROJECT_CHECKS, chosen)
    by_dossier: dict[str, list[Problem]] = {name: [] for name in project.dossiers}
    for problem in (problem for check in ran for problem in check.run(project)):
        by_dossier[problem.place.path.split("/")[1]].append(problem)  # facts/DOSSIER/sheet.yaml
    each = [_separated(problems, (), project.dossiers[name], ran) for name, problems in by_dossier.items()]
    return Findings(
        tuple(problem for one in each for problem in one.problems),
        tuple(waived for one in each for waived in one.waived),
        frozenset(check.code for check in ran),
    )


def with_severities(findings: Findings, memo: Memo) -> Findings:
    """Return the same findings, each problem as serious as the memo's front matter says."""
    severities = memo.template.front_matter.severities
    return replace(
        findings,
        problems=tuple(
            replace(problem, severity=severities[problem.code]) if _may_set(problem.code, severities) else problem
            for problem in findings.problems
        ),
    )


def unused_waivers(
    waivers: Iterable[Waiver], dossiers: Iterable[Facts], waived: Iterable[Waived], ran: frozenset[str]
) -> Iterator[Problem]:
    """Report an ``unused-waiver`` for each waiver of a check that ran which waived nothing in any memo."""
    used = {one.place for one in waived}
    places = [(waiver.place, waiver.code) for waiver in waivers]
    places += [allowed for facts in dossiers for allowed in _waivers_of(facts)]
    waivable = {check.code for check in ALL if check.waivable} & ran
    for place, code in dict.fromkeys(places):
        if code in waivable and place not in used:
            message = f"nothing here is {code}: the waiver waives nothing"
            yield Problem("unused-waiver", message, place, "take it out", severity=usual_severity("unused-waiver"))


def _hint_if_unknown(code: str) -> str:
    """Return a hint if no check has this code; empty if one has."""
    codes = [check.code for check in ALL]
    return "" if code in codes else suggest(code, codes) or "memo check --list shows every check"


def _chosen(checks: Sequence[Check[Subject]], chosen: Chosen) -> list[Check[Subject]]:
    return [check for check in checks if chosen.includes(check.code)]


def _separated(
    found: Iterable[Problem], waivers: Sequence[Waiver], facts: Facts, ran: Sequence[Check[Any]]
) -> Findings:
    """Separate the problems that stay from those that are waived, each at its usual severity."""
    left: list[Problem] = []
    waived: list[Waived] = []
    waivable = {check.code for check in ran if check.waivable}
    by_line = _by_line(waivers)
    for problem in found:
        problem = replace(problem, severity=usual_severity(problem.code))
        allowed = _waiver(problem, by_line, facts) if problem.code in waivable else None
        if allowed:
            waived.append(Waived(problem, *allowed))
        else:
            left.append(problem)
    return Findings(tuple(left), tuple(waived), frozenset(check.code for check in ran))


def _by_line(waivers: Sequence[Waiver]) -> Mapping[tuple[str, str, int], Waiver]:
    """Map each code, path and line to the waiver that covers it: the first where there are several."""
    covering: dict[tuple[str, str, int], Waiver] = {}
    covered: dict[tuple[str, str], int] = {}
    # By their first lines, so that what is covered from one of these on is so without a gap, up to a last line
    for waiver in sorted(waivers, key=lambda waiver: waiver.first):
        kind = waiver.code, waiver.place.path
        for line in range(max(waiver.first, covered.get(kind, 0) + 1), waiver.last + 1):
            covering[*kind, line] = waiver
        covered[kind] = max(waiver.last, covered.get(kind, 0))
    return covering


def _waiver(problem: Problem, by_line: Mapping[tuple[str, str, int], Waiver], facts: Facts) -> tuple[Place, str] | None:
    """Return the place and reason of what allows a problem: a fact that it is about, or a comment in its template."""
    for id in problem.facts:
        fact = facts.facts.get(id)
        if fact and problem.code in fact.allow:
            return facts.places["fact", id, "allow", problem.code], fact.allow[problem.code]
    places = (problem.place, *(related.place for related in problem.related))
    covering = (by_line.get((problem.code, place.path, place.line)) for place in places)
    waiver = next(filter(None, covering), None)
    return (waiver.place, waiver.reason) if waiver else None


def _waivers_of(facts: Facts) -> Iterator[tuple[Place, str]]:
    """Go through the waivers of a dossier's facts: where each stands, and the code that it allows."""
    for fact in facts.facts.values():
        yield from ((facts.places["fact", fact.id, "allow", code], code) for code in fact.allow)


def _bad_waivers(waivers: Iterable[tuple[Place, str]]) -> Iterator[Problem]:
    """Report a ``bad-waiver`` for each waiver, by its place and code, that names no check, or one not waivable."""
    waivable = {check.code: check.waivable for check in ALL}
    for place, code in waivers:
        if hint := _hint_if_unknown(code):
            yield Problem("bad-waiver", f"there is no check '{code}' to waive", place, hint)
        elif not waivable[code]:
            yield Problem("bad-waiver", f"'{code}' cannot be waived: no sound file could be written", place)


def _bad_severities(memo: Memo) -> Iterator[Problem]:
    """Report a ``bad-severity`` for a code that no check of a memo has, and for an error that is to be less."""
    of_project = {check.code for check in PROJECT_CHECKS}
    for code, severity in memo.template.front_matter.severities.items():
        place = memo.front_matter_place("severities", code)
        if hint := _hint_if_unknown(code):
            yield Problem("bad-severity", f"there is no check '{code}'", place, hint)
        elif code in of_project:
            yield Problem("bad-severity", f"'{code}' is found in the project as a whole, not in a memo", place)
        elif not _may_set(code, {code: severity}):
            hint = "waive it where it stands, with a reason: {# memo: allow CODE: the reason #}"
            yield Problem("bad-severity", f"'{code}' is an error in every memo", place, hint)


def _may_set(code: str, severities: Mapping[str, Severity]) -> bool:
    """Tell whether a memo sets the severity of a problem, and may: what is usually an error stays one."""
    return code in severities and (usual_severity(code) != "error" or severities[code] == "error")


def _unchecked(memo: Memo, codes: Sequence[str]) -> Problem:
    language = memo.template.front_matter.language
    message = f"the memo is in '{language}'; not checked, as the rules know only English: {', '.join(codes)}"
    severity = usual_severity("unchecked-language")
    return Problem("unchecked-language", message, memo.front_matter_place("language"), severity=severity)
