"""A folder of articles -> the texts of a dossier's sources. The articles need not be in the project."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from memo.article import Article, article
from memo.facts import Facts
from memo.load.text import read_text
from memo.problem import Problem


def load_articles(folder: Path, facts: Facts) -> tuple[Mapping[str, Article | None], list[Problem]]:
    """The text of each source that names one, by source id; None where no such file is in the folder.

    A file that cannot be read has no entry. Problems: those of `read_text`, but for characters that no memo can carry:
    nothing of an article is printed in one.
    """
    articles: dict[str, Article | None] = {}
    problems: list[Problem] = []
    for source in facts.sources.values():
        if not source.text:
            continue
        path = folder / source.text
        if not _in(folder, path):
            articles[source.id] = None
            continue
        read, found = read_text(path)
        problems += [problem for problem in found if problem.code != "bad-character"]
        if read is not None:
            articles[source.id] = article(path.name, read.text, hashlib.sha256(path.read_bytes()).hexdigest())
    return articles, problems


def _in(folder: Path, path: Path) -> bool:
    """Whether this is a file that lies in the folder itself, by its own name."""
    try:
        return path.parent.resolve() == folder.resolve() and path.is_file()
    except (OSError, RuntimeError, ValueError):  # a name that no file can have, a loop of links
        return False
