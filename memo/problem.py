"""What is wrong, as a value: where it is, what it is, and what would help.

Every step returns ``(value, problems)``. An exception means a bug in ``memo``, never a user's mistake.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]


class Place(NamedTuple):
    """A stretch of one line in a file that people write.

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
    """Another place that took part in a problem, and how: ``uses fact 'gas-exports'``."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. ``code`` is one of `CODES`, which also gives the usual severity."""

    code: str
    message: str
    place: Place
    hint: str = ""
    related: tuple[Related, ...] = ()
    severity: Severity = field(default="error")

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"problem code {self.code!r} is not declared in memo.problem.CODES")


def has_errors(problems: list[Problem]) -> bool:
    """Whether any of these stops a memo from being written."""
    return any(problem.severity == "error" for problem in problems)


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
    # checks
    "missing-glyph": "No font that comes with memo has the character.",
    "heading-level": "A heading skips a level.",
    "missing-section": "A section that the front matter demands is missing, out of order or empty.",
    "missing-alt": "A figure has no alternative text.",
    "retired-fact": "The memo uses a fact that was retired or superseded.",
    "early-date": "The memo's date is earlier than the as-of date of a fact it uses.",
    # build
    "unknown-memo": "No template of that name is in the project.",
    "no-project": "The folder has no facts/ and templates/ folders.",
    "unwritable": "The output cannot be written.",
    # issue
    "broken-register": "The register of what was issued is not as it was written.",
    "altered-edition": "A frozen file of an issued edition is missing, or not as it was issued.",
    "unknown-edition": "No edition of that name was issued.",
    # reread: files that were delivered
    "foreign-file": "The file is whole, but no memo: memo did not make it, or every trace of that is gone.",
    "locked-file": "The file is encrypted, or of a Word too old to tell.",
    "damaged-file": "The file cannot be read to its end, or what it carries is not a document.",
}
"""Every problem code, with one sentence on what it means. A code is also the name of its case file."""
