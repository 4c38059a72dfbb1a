"""A small invented dossier with one quote and its article, for tests of the checks that look quotes up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from memo.checks import Dossier
from memo.facts.articles import load_articles
from memo.facts.dossier import Facts
from memo.facts.edtf import parse
from memo.facts.sheets import load_dossier
from memo.problem import Problem

ARTICLE = """Harbour grows

The port has two new berths – “a beginning”, says the office’s head, and 12 per cent more room.


Work on the rail link may begin in 2032.  The office intends to build it;
The office intends to build a café.
"""


def look_up(
    check: Callable[[Dossier], Iterator[Problem]], folder: Path, support: dict[str, str], article: str = ARTICLE
) -> list[Problem]:
    """What a check says of one support, given the text of its article."""
    return list(check(dossier(folder, support, article)))


def dossier(folder: Path, support: dict[str, str], article: str = ARTICLE, **fact: str) -> Dossier:
    """A dossier of one fact with this support and these further fields, YAML values as they are."""
    (folder / "articles").mkdir(exist_ok=True)
    (folder / "articles" / "gazette.txt").write_text(article, "utf-8")
    facts = one_fact(folder, support, **fact)
    articles, problems = load_articles(folder / "articles", facts)
    assert not problems
    today = parse("2031-03-14")
    assert today is not None
    return Dossier(facts, today, articles)


def one_fact(folder: Path, support: dict[str, str], **fact: str) -> Facts:
    fields = {"kind": "position", "claim": "The port grew.", "as_of": '"2031-03-02"', **fact}
    written = "".join(f"    {key}: {value}\n" for key, value in fields.items())
    source = "{type: report, label: Gazette, origin: office, reliability: B, descriptor: News., text: gazette.txt, "
    supports = json.dumps([{"source": "gazette", **support}], ensure_ascii=False)
    text = (
        f"sources:\n  gazette: {source}issued: '2031-03-02'}}\n"
        "actors:\n  g7: {name: Group of 7 ports}\n"
        f"facts:\n  growth:\n{written}    support: {supports}\n"
    )
    (folder / "facts" / "harbour").mkdir(parents=True, exist_ok=True)
    (folder / "facts" / "harbour" / "sheet.yaml").write_text(text, "utf-8")
    facts, problems = load_dossier(folder / "facts" / "harbour", folder)
    assert not problems, problems
    return facts
