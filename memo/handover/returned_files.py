"""A delivered file taken for the version of a memo that it carries: only as far as its pages say the same.

A recipient may have changed words, and the document inside knows nothing of that. Whoever compares versions by what
files carry is told so, with the words.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from memo.delivered import Delivered, foreign_file, read_delivered
from memo.document.tree import Document
from memo.handover.identity import identify
from memo.handover.wording import TextDifference, answer_unaltered, differences, expected_file
from memo.problem import Place, Problem
from memo.project import Project


class Returned(Struct, frozen=True):
    """The document of a delivered file, and where its pages say something else than that.

    ``passages`` are these places, as they read on the pages and as they should; there are none where the pages say the
    same, and where that cannot be told.
    """

    document: Document
    passages: tuple[TextDifference, ...] = ()


def read_returned(project: Project, path: Path) -> tuple[Returned | None, list[Problem]]:
    """Read the document of a delivered file: the one that it carries, else that of the edition which its footer names.

    Problems: those of reading it; bare-file; altered-file where its pages say something else, or may.
    """
    delivered, problems = read_delivered(path)
    if delivered is None:
        return None, problems
    identity, _ = identify(delivered, project)
    if identity.document is None:
        return None, [_nothing_carried(delivered)]
    answer = answer_unaltered(delivered, identity, project)
    if answer.verdict == "yes":
        return Returned(identity.document), problems
    expected = expected_file(delivered, identity, project)
    passages = () if isinstance(expected, str) else differences(delivered.pages.text, expected.pages.text)
    return Returned(identity.document, passages), [*problems, _altered(delivered, answer.text, answer.details)]


def _altered(delivered: Delivered, why: str, details: tuple[str, ...]) -> Problem:
    carries = "what it carries" if delivered.document else "what its edition does"
    hint = f"only {carries} was compared; memo verify tells more of its pages"
    # The passages themselves are shown with the comparison; a look or a mark is shown by no words.
    said = [] if details and details[0].startswith("it says") else [f": {details[0]}"] if details else []
    message = f"its pages do not say {carries}, or may not: {why}{''.join(said)}"
    return Problem("altered-file", message, Place(delivered.path.as_posix()), hint)


def _nothing_carried(delivered: Delivered) -> Problem:
    if not delivered.by_memo:
        return foreign_file(delivered)
    hint = "it was built with --bare, or lost it since: ask for the edition instead, such as MEMO/1"
    return Problem("bare-file", "the file does not carry its document", Place(delivered.path.as_posix()), hint)
