"""Problems: what is wrong in a file, where it stands, and what would help.

Every step returns ``(value, problems)``. An exception means a bug in ``memo``, never a user's mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from msgspec import Struct

Severity = Literal["error", "warning", "note"]


class Place(NamedTuple):
    """Some characters of one line in a file that people write.

    ``path`` is relative to the project folder, with forward slashes. ``line`` and ``column`` count from 1, in
    characters; ``length`` is how many characters of that line are meant. Line 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 1
    length: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Related(NamedTuple):
    """Another place that has to do with a problem, and how: ``uses fact 'gas-exports'``."""

    place: Place
    message: str


class Problem(Struct, frozen=True):
    """One thing that is wrong. ``code`` is one of `CODES`.

    ``facts`` are the ids of the facts it is about; a fact's ``allow`` may waive it, with a reason. Checks leave
    ``severity`` alone: whoever runs them sets it, as `usual_severity` or the memo's front matter says.
    """

    code: str
    message: str
    place: Place
    hint: str = ""
    related: tuple[Related, ...] = ()
    severity: Severity = "error"
    facts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # A typing error in a code would otherwise only show once somebody made the mistake that it is for.
        if self.code not in CODES:
            raise ValueError(f"problem code {self.code!r} is not declared in memo.problem.CODES")


def has_errors(problems: list[Problem]) -> bool:
    """Tell whether any of these stops a memo from being written."""
    return any(problem.severity == "error" for problem in problems)


def distinct(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, sorted by place; of the same problem with several severities, the gravest.

    Memos share dossiers and sections, so what is wrong there comes up once for each memo.
    """
    kept: dict[tuple[object, ...], Problem] = {}
    for problem in sorted(problems, key=lambda problem: _WEIGHT[problem.severity]):
        kept.setdefault((problem.code, problem.place, problem.message), problem)
    return sorted(kept.values(), key=lambda problem: (problem.place, problem.code, problem.message))


def by_place(problems: list[Problem]) -> list[Problem]:
    """Sort by path, line and column, and drop exact repetitions: what a YAML alias repeats is one mistake."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.place[:3], problem.code, problem.message))


_WEIGHT = {"error": 0, "warning": 1, "note": 2}

CODES: dict[str, str] = {
    # load: files
    "unreadable": "The file cannot be opened, or is not a file.",
    "not-utf-8": "The file's bytes are not UTF-8 text.",
    "too-large": "The file is larger, deeper or more often repeated by aliases than any fact sheet needs to be.",
    "yaml-syntax": "The text is not YAML.",
    "no-dossier": "The folder named as a dossier is not there, or holds no fact sheet.",
    "bad-house-style": "The Word file that style.yaml names cannot serve as house style, or not in every part.",
    # load: shapes
    "duplicate-key": "The same key stands twice in one mapping; one of the two would be lost.",
    "unknown-key": "The key is not one that this mapping has.",
    "missing-key": "A key that this mapping needs is not there.",
    "wrong-type": "The value is of another kind than the key needs: a list for a text, say.",
    "bad-value": "The value is not one of those allowed, or does not have the form the key needs.",
    "bad-date": "The date is not an EDTF level 1 date.",
    "bad-character": "A control or private-use character stands in a text.",
    # load: meaning
    "duplicate-id": "Two sheets of one dossier give the same id.",
    "unknown-source": "No source with that id is in the dossier.",
    "unknown-actor": "No actor with that id is in the dossier.",
    "unknown-fact": "No fact with that id is in the dossier.",
    "empty-claim": "A fact's claim has no words.",
    "no-support": "A fact has neither support in a source nor a judge with a basis.",
    "wrong-kind": "A field stands on a fact of a kind that cannot bear it.",
    # compose
    "front-matter": "The memo's YAML front matter is missing or not closed.",
    "template-syntax": "The template is not Jinja2.",
    "unknown-name": "The template uses a name or an attribute that is not there.",
    "unknown-filter": "The template uses a filter, a test or a function that it cannot use here.",
    "unknown-section": "No fact is in that section.",
    "unknown-figure": "There is no figure of that kind.",
    "unknown-anchor": "A link leads to a heading that this memo does not have.",
    "missing-part": "The fact does not have the part asked for.",
    "missing-include": "The included file is not there.",
    "bad-call": "A function of the template is called with arguments that it does not take.",
    "bad-figure": "A figure cannot be drawn from the facts selected for it.",
    "endless-template": "The template loops, recurses or prints beyond any memo's needs.",
    "misplaced-token": "A fact or a block stands where it cannot keep its identity.",
    "unsupported-markdown": "Markdown that a memo has no form for: raw HTML, images.",
    "unknown-language": "The style has no fixed words for the memo's language.",
    # waivers and severities
    "bad-waiver": "A comment that begins with memo: is not a waiver, or waives what cannot be waived.",
    "unused-waiver": "A waiver waives nothing that any memo does.",
    "bad-severity": "The front matter gives a severity to what is not a check, or lowers an error.",
    # checks: how sure
    "likelihood-term": "A sentence carries two likelihood terms, or one that is not of the memo's scale.",
    "mixed-certainty": "A sentence states both a likelihood and a confidence level.",
    "unowned-judgement": "A likelihood or a confidence level stands in a sentence, and nobody is said to hold it.",
    "misplaced-likelihood": "A likelihood is stated of a fact that is not an assessment.",
    "double-hedge": "An assessment that has a likelihood is hedged with may, might, could or possible besides.",
    # checks: what is told of facts
    "unconfirmed": "A passage is graded as confirmed, and only one origin stands behind its fact.",
    "verb-status": "What is only announced or expected is told as done, or with a bare will.",
    "over-precise-date": "A date is shown more precisely than it is known.",
    "uncontested": "A contested fact appears without its counter-claim.",
    "retired-fact": "The memo uses a fact that was retired or superseded.",
    "early-date": "The memo's date is earlier than the as-of date of a fact it uses.",
    "overdue": "A fact's review date has passed.",
    "over-marked": "A fact is marked above the memo's banner.",
    # checks: articles
    "lost-quote": "A quote does not stand in its article.",
    "wrong-paragraph": "A quote stands in another paragraph of its article than the fact sheet says.",
    "ambiguous-quote": "A quote stands more than once where it is looked for, and nothing says which is meant.",
    "changed-article": "An article's text is not the one that the facts were curated from.",
    "lost-article": "A source's text is not in the folder of articles.",
    "uncarried-figure": "A fact's claim has a figure that none of its quotes carries.",
    # checks: what the writer says
    "untraced": "A number, date or known name stands in memo text that no fact on its sentence carries.",
    "unattributed": "What rests on a single origin is told without saying whose word it is.",
    "stale-prose": "A writer's own sentence cites a fact that has changed since, and the sentence has not.",
    "long-sentence": "A sentence has more than 30 words.",
    "unspelt-acronym": "An acronym is used before it is spelt out.",
    # checks: the memo as a whole
    "missing-section": "A section that the front matter demands is missing, out of order or empty.",
    "heading-level": "A heading skips a level.",
    "missing-alt": "A figure has no alternative text.",
    "missing-header": "A table has a column without a heading.",
    "missing-glyph": "No font that comes with memo has the character.",
    "long-bottom-line": "The bottom line is longer than 60 words.",
    "long-summary": "The summary is longer than 350 words or has more than seven points.",
    "summary-only": "The summary uses a fact that the body does not.",
    "unguarded-benefit": "A benefit rests on what is only announced or expected, and no risk mentions it.",
    "one-origin": "One origin stands behind more than half of a section's claims.",
    "unused-fact": "A fact in the dossier that no memo uses.",
    "unchecked-language": "Rules that know only English did not check the memo.",
    # why
    "unknown-words": "No sentence of the memo has the words that memo why was asked about.",
    # build
    "unknown-memo": "No template of that name is in the project.",
    "no-project": "The folder has no facts/ and templates/ folders.",
    "unwritable": "The output cannot be written.",
    # issue
    "broken-register": "The register of what was issued is not as it was written.",
    "altered-edition": "A frozen file of an issued edition is missing, or not as it was issued.",
    "unknown-edition": "No edition of that name was issued.",
    # versions and redlines
    "bare-file": "The file carries no document: it was built to carry none, or lost it since.",
    "altered-file": "The pages of a delivered file do not say what it carries, or it cannot be told whether they do.",
    "untold-memo": "The file does not say which memo of this project it is.",
    "no-redline": "The file to write is of a format that cannot show a redline.",
    # reread: files that were delivered
    "foreign-file": "The file is whole, but no memo: memo did not make it, or every trace of that is gone.",
    "locked-file": "The file is encrypted, or of a Word too old to tell.",
    "damaged-file": "The file cannot be read to its end, or what it carries is not a document.",
}
"""Every problem code, with one sentence on what it means. ``tests/problems/`` has a case of the same name for each."""

_WARNINGS = frozenset((
    "unused-waiver", "double-hedge", "overdue", "ambiguous-quote", "changed-article", "lost-article",
    "uncarried-figure", "untraced", "unattributed", "stale-prose", "long-sentence", "unspelt-acronym",
    "long-bottom-line", "long-summary", "summary-only", "unguarded-benefit", "one-origin",
))  # fmt: skip
_NOTES = frozenset(("unused-fact", "unchecked-language"))


def usual_severity(code: str) -> Severity:
    """Return how serious a problem of this code is, unless the memo's front matter says otherwise."""
    return "warning" if code in _WARNINGS else "note" if code in _NOTES else "error"
