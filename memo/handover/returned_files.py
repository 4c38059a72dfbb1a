"""A delivered file taken for the version of a memo that it carries: only as far as its pages say the same.

A recipient may have changed words, and the document inside knows nothing of that. Whoever compares versions by what
files carry is told so, with the words.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from memo.delivered import Delivered, foreign_file, read_delivered
from memo.document.tree import Document
from memo.handover.identity import Answer, identify
from memo.handover.wording import TextDifference, differences, expected_file, judge_text
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
    if identity.known_by == "bytes":
        return Returned(identity.document), problems
    expected = expected_file(delivered, identity, project)
    answer = judge_text(delivered, expected, project)
    if answer.verdict == "yes":
        return Returned(identity.document), problems
    passages: tuple[TextDifference, ...] = ()
    if answer.verdict == "no" and not isinstance(expected, str):
        passages = differences(delivered.pages.text, expected.pages.text)
    return Returned(identity.document, passages), [*problems, _altered(delivered, answer, bool(passages))]


def _altered(delivered: Delivered, answer: Answer, shown: bool) -> Problem:
    """Return the problem of a file whose pages say something else, which is ``shown`` beside it, or may do so."""
    carries = "what it carries" if delivered.document else "what its edition does"
    why = f"its pages do not say {carries}" if answer.verdict == "no" else answer.text
    # What no words show, such as a covered line, is told with its place.
    why += "" if shown else "".join(f": {detail}" for detail in answer.details[:1])
    hint = f"only {carries} was compared; memo verify tells more of its pages"
    return Problem("altered-file", why, Place(delivered.path.as_posix()), hint)


def _nothing_carried(delivered: Delivered) -> Problem:
    if not delivered.by_memo:
        return foreign_file(delivered)
    hint = "it was built with --bare, or lost it since: ask for the edition instead, such as MEMO/1"
    return Problem("bare-file", "the file does not carry its document", Place(delivered.path.as_posix()), hint)
