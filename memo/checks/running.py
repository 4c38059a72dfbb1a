"""Runs checks: those that are asked for, at the severity that the memo gives them, without what is waived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from memo.checks import ALL, CHECKS, DOSSIER_CHECKS, WHOLE_CHECKS
from memo.checks.memo import Check, Dossier, Memo, Whole
from memo.document.composed import Waiver
from memo.facts.dossier import Facts
from memo.problem import Place, Problem, Severity, usual_severity

Subject = TypeVar("Subject")
ENGLISH = "en"


class Chosen(Struct, frozen=True):
    """Which checks are asked for, by their codes: only these, or all but those."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()

    def has(self, code: str) -> bool:
        """Whether this check is asked for."""
        return code not in self.skip and (not self.only or code in self.only)


class Waived(NamedTuple):
    """A problem that is let go, and the waiver that allows it, by its place and its reason."""

    problem: Problem
    place: Place
    reason: str


class Findings(Struct, frozen=True):
    """What checks found, what of it is waived, and the codes of those that ran."""

    problems: tuple[Problem, ...] = ()
    waived: tuple[Waived, ...] = ()
    ran: frozenset[str] = frozenset()


def check_memo(memo: Memo, chosen: Chosen) -> Findings:
    """Run the checks of a memo. Beside theirs: ``unchecked-language``, ``bad-severity``, ``bad-waiver``."""
    usable = [check for check in _chosen(CHECKS, chosen) if _has_needed(check, memo)]
    english = memo.template.front_matter.language.split("-")[0] == ENGLISH
    ran = [check for check in usable if english or not check.english]
    found = [problem for check in ran for problem in check.run(memo)]
    if left := [check.code for check in usable if check not in ran]:
        found.append(_unchecked(memo, left))
    amiss = [*_bad_severities(memo), *_bad_waivers(memo.composed.waivers)]
    findings = _sifted(found, memo.composed.waivers, memo.facts, ran)
    return graded(replace(findings, problems=(*amiss, *findings.problems)), memo)


def check_dossier(dossier: Dossier, chosen: Chosen) -> Findings:
    """Run the checks of a dossier. Beside theirs: ``bad-waiver`` of facts."""
    ran = [check for check in _chosen(DOSSIER_CHECKS, chosen) if not check.needs or dossier.articles is not None]
    found = [problem for check in ran for problem in check.run(dossier)]
    findings = _sifted(found, (), dossier.facts, ran)
    amiss = [problem for place, code in _allowed(dossier.facts) for problem in _bad_waiver(code, place)]
    return replace(findings, problems=(*amiss, *findings.problems))


def check_whole(whole: Whole, chosen: Chosen) -> Findings:
    """Run the checks of a project as a whole. What they find of a fact, that fact may waive."""
    ran = _chosen(WHOLE_CHECKS, chosen)
    found = [problem for check in ran for problem in check.run(whole)]
    of_dossier: dict[str, list[Problem]] = {name: [] for name in whole.dossiers}
    for problem in found:
        of_dossier[problem.place.path.split("/")[1]].append(problem)
    each = [_sifted(held, (), whole.dossiers[name], ran) for name, held in of_dossier.items()]
    return Findings(
        tuple(problem for one in each for problem in one.problems),
        tuple(waived for one in each for waived in one.waived),
        frozenset(check.code for check in ran),
    )


def graded(findings: Findings, memo: Memo) -> Findings:
    """The same problems, each as serious as this memo's front matter says."""
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
    """An ``unused-waiver`` for each waiver of a check that ran, in which nothing of any memo was waived."""
    used = {one.place for one in waived}
    places = [(waiver.place, waiver.code) for waiver in waivers]
    places += [allowed for facts in dossiers for allowed in _allowed(facts)]
    waivable = {check.code for check in ALL if check.waivable} & ran
    for place, code in dict.fromkeys(places):
        if code in waivable and place not in used:
            message = f"nothing here is {code}: the waiver waives nothing"
            yield Problem("unused-waiver", message, place, "take it out", severity=usual_severity("unused-waiver"))


def known(code: str) -> str:
    """A hint where this is the code of no check; empty where it is one."""
    codes = [check.code for check in ALL]
    if code in codes:
        return ""
    close = get_close_matches(code, codes, 1)
    return f"did you mean '{close[0]}'?" if close else "memo check --list shows every check"


def _chosen(checks: Sequence[Check[Subject]], chosen: Chosen) -> list[Check[Subject]]:
    return [check for check in checks if chosen.has(check.code)]


def _has_needed(check: Check[Memo], memo: Memo) -> bool:
    return check.needs != "earlier" or memo.earlier is not None


def _sifted(found: Iterable[Problem], waivers: Sequence[Waiver], facts: Facts, ran: Sequence[Check[Any]]) -> Findings:
    """What is left and what is waived, each at its usual severity."""
    left: list[Problem] = []
    waived: list[Waived] = []
    waivable = {check.code for check in ran if check.waivable}
    for problem in found:
        problem = replace(problem, severity=usual_severity(problem.code))
        why = _waiver(problem, waivers, facts) if problem.code in waivable else None
        if why:
            waived.append(Waived(problem, *why))
        else:
            left.append(problem)
    return Findings(tuple(left), tuple(waived), frozenset(check.code for check in ran))


def _waiver(problem: Problem, waivers: Sequence[Waiver], facts: Facts) -> tuple[Place, str] | None:
    """The place and the reason of what allows a problem: a fact it is about, or a comment in its template."""
    for id in problem.facts:
        fact = facts.facts.get(id)
        if fact and problem.code in fact.allow:
            return facts.places["fact", id, "allow", problem.code], fact.allow[problem.code]
    places = (problem.place, *(related.place for related in problem.related))
    for waiver in waivers:
        if waiver.code == problem.code and any(waiver.covers(place) for place in places):
            return waiver.place, waiver.reason
    return None


def _allowed(facts: Facts) -> Iterator[tuple[Place, str]]:
    """Each waiver of a dossier's facts: where it stands, and the code."""
    for fact in facts.facts.values():
        yield from ((facts.places["fact", fact.id, "allow", code], code) for code in fact.allow)


def _bad_waivers(waivers: Iterable[Waiver]) -> Iterator[Problem]:
    return (problem for waiver in waivers for problem in _bad_waiver(waiver.code, waiver.place))


def _bad_waiver(code: str, place: Place) -> Iterator[Problem]:
    if hint := known(code):
        yield Problem("bad-waiver", f"there is no check '{code}' to waive", place, hint)
    elif not next(check for check in ALL if check.code == code).waivable:
        yield Problem("bad-waiver", f"'{code}' cannot be waived: no sound file could be written", place)


def _bad_severities(memo: Memo) -> Iterator[Problem]:
    """A ``bad-severity`` for what is not a check of a memo, and for an error that is to be less than one."""
    of_project = {check.code for check in WHOLE_CHECKS}
    for code, severity in memo.template.front_matter.severities.items():
        place = memo.front_matter_place("severities", code)
        if hint := known(code):
            yield Problem("bad-severity", f"there is no check '{code}'", place, hint)
        elif code in of_project:
            yield Problem("bad-severity", f"'{code}' is found in the project as a whole, not in a memo", place)
        elif not _may_set(code, {code: severity}):
            hint = "waive it where it stands, with a reason: {# memo: allow CODE: the reason #}"
            yield Problem("bad-severity", f"'{code}' is an error in every memo", place, hint)


def _may_set(code: str, severities: Mapping[str, Severity]) -> bool:
    """Whether a memo says how serious this is, and may: what is usually an error stays one."""
    return code in severities and (usual_severity(code) != "error" or severities[code] == "error")


def _unchecked(memo: Memo, codes: Sequence[str]) -> Problem:
    language = memo.template.front_matter.language
    message = f"the memo is in '{language}'; not checked, as the rules know only English: {', '.join(codes)}"
    severity = usual_severity("unchecked-language")
    return Problem("unchecked-language", message, memo.front_matter_place("language"), severity=severity)
