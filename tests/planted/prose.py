"""Run memo's checks on real sentences, each cited to a fact that carries its every word: false alarms.

The sentences lie in a folder that the environment variable ``MEMO_PROSE`` names: text files, one sentence a line, under
the name of the document it comes from (``# name``). Each document becomes a memo, each sentence a paragraph with a
footnote, whose fact has the same words as claim and as quote, and two origins. What a check says of such a sentence is
a false alarm, unless it means just that: a long sentence is long.

`verb-status` speaks only of what is still to come. It is run on those sentences alone that tell of such (`TO_COME`),
as the word of a paper, and cited to facts that are announced. Its figure is an upper bound: what such a sentence
reports as done besides may well be a thing of its own.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from memo.checks import CHECKS, Dossier, Memo
from memo.checks.running import Chosen, check_dossier, check_memo
from memo.compose import compose
from memo.document.sentences import passages
from memo.facts.dossier import Fact, Facts, Source, Support
from memo.facts.edtf import parse
from memo.facts.front_matter import FrontMatter, Template
from memo.facts.style import Style

RIGHT = frozenset(("long-sentence", "one-origin", "missing-section", "unused-fact"))
"""Checks that mean just what they find here: length, and the make of the memo."""

ON_WHAT_IS_TO_COME = "verb-status"
TO_COME = re.compile(
    r"\b(?:will|would|shall|going to|agreed to|(?:plan|intend|propos|expect|hop[ei]|fear|worr|promis|pledg)\w*)\b"
)
SAID = "The Archive says that "

_SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~{}]|^[-+]|^\d+(?=[.)])")
_DAY = parse("2036-05-20")


def folder() -> Path | None:
    """Where the prose lies, if it is at hand."""
    named = os.environ.get("MEMO_PROSE", "")
    return Path(named) if named and Path(named).is_dir() else None


def documents(folder: Path) -> Iterator[list[str]]:
    """The sentences of each document."""
    for path in sorted(folder.glob("*.txt")):
        for part in re.split(r"^# .*$", path.read_text("utf-8"), flags=re.MULTILINE):
            if sentences := [line.strip() for line in part.splitlines() if line.strip()]:
                yield sentences


def alarms(folder: Path) -> dict[str, tuple[int, int]]:
    """How many alarms each check gives, and of how many sentences."""
    texts = list(documents(folder))
    found: Counter[str] = Counter()
    for sentences in texts:
        found += _alarms(sentences, "done")
    to_come = [[SAID + sentence for sentence in sentences if TO_COME.search(sentence)] for sentences in texts]
    found[ON_WHAT_IS_TO_COME] = sum(
        _alarms(sentences, "announced")[ON_WHAT_IS_TO_COME] for sentences in to_come if sentences
    )
    counted = {code: sum(map(len, texts)) for code in (*_read_prose(), *found)}
    counted[ON_WHAT_IS_TO_COME] = sum(map(len, to_come))
    return {code: (found[code], sentences) for code, sentences in counted.items() if code not in RIGHT}


def _read_prose() -> Iterator[str]:
    """The checks that are shown even where they give no alarm: those that read what sentences say."""
    yield from (check.code for check in CHECKS if check.english)
    yield from ("untraced", "over-precise-date", "uncarried-figure", "unspelt-acronym")


def _alarms(sentences: list[str], status: str) -> Counter[str]:
    facts = _facts(sentences, status)
    text = "\n\n".join(f'{_escaped(sentence)}{{{{ cite("s{at}") }}}}' for at, sentence in enumerate(sentences))
    assert _DAY is not None
    matter = FrontMatter(title="Prose", to="Reader", sender="Desk", date=_DAY, dossier="prose")
    template = Template("prose", "templates/prose.md", matter, text)
    nowhere = Path("no-such-folder")
    composed, problems = compose(template, facts, Style(), nowhere, nowhere)
    assert composed is not None, problems
    assert not problems, problems
    memo = Memo(template, facts, composed, Style(), ("docx", "pdf"), tuple(passages(composed.document)))
    found = (check_memo(memo, Chosen()), check_dossier(Dossier(facts, _DAY), Chosen()))
    return Counter(problem.code for findings in found for problem in findings.problems)


def _facts(sentences: list[str], status: str) -> Facts:
    sources = {
        id: Source(id=id, type="report", label=id.capitalize(), origin=id, reliability="B", descriptor="A paper.")
        for id in ("archive", "library")
    }
    facts = {
        f"s{at}": Fact(
            id=f"s{at}",
            kind="event" if status == "done" else "commitment",
            status=status,  # type: ignore[arg-type]
            claim=sentence,
            support=tuple(Support(source=id, locator="p. 1", quote=sentence, credibility="2") for id in sources),
            as_of=_DAY,  # type: ignore[arg-type]
        )
        for at, sentence in enumerate(sentences)
    }
    return Facts("prose", (), sources, {}, facts)


def _escaped(sentence: str) -> str:
    r"""The sentence as Markdown that shows it as it is; a number at its front is no item of a list."""
    return _SPECIAL.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], sentence)
