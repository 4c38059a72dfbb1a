"""A folder of articles -> the texts of a dossier's sources. The articles need not be in the project."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from memo.article import Article
from memo.facts import Facts
from memo.load.text import read_text
from memo.problem import Place, Problem


def load_articles(folder: Path, facts: Facts) -> tuple[Mapping[str, Article], list[Problem]]:
    """The text of each source that names one, by source id.

    Problems: ``lost-article`` at the source's ``text`` where no such file is in the folder; and those of `read_text`,
    but for characters that no memo can carry: nothing of an article is printed.
    """
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    for source in facts.sources.values():
        if not source.text:
            continue
        path = folder / source.text
        if path.parent.resolve() != folder.resolve() or not path.is_file():
            place = facts.places.get(("source", source.id, "text"), Place(f"facts/{facts.dossier}"))
            hint = "name a file in the folder given with --articles"
            problems.append(
                Problem("lost-article", f"there is no article '{source.text}'", place, hint, severity="warning")
            )
            continue
        read, found = read_text(path, folder)
        problems += [problem for problem in found if problem.code != "bad-character"]
        if read is not None:
            articles[source.id] = _article(path, read.text)
    return articles, problems


def _article(path: Path, text: str) -> Article:
    lines = (line.strip() for line in text.split("\n"))
    return Article(path.name, tuple(line for line in lines if line), hashlib.sha256(path.read_bytes()).hexdigest())
