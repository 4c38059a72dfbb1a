"""Each source that facts rest on has its text in the folder of articles (ICD 206: a source can be got at).

Where a text is not at hand, none of the quotes from it was looked up, and that must not go unnoticed.

A source says where its text is: ``text: gazette.txt``. Only sources that a fact rests on need one.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Dossier
from memo.problem import Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """Report a ``lost-article`` for each source whose text is not in the folder, or that does not say which it is."""
    articles, resting = dossier.articles or {}, dossier.facts_by_source()
    for id, source in dossier.facts.sources.items():
        facts = resting[id]
        if not facts:
            continue
        if not source.text:
            message = f"source '{id}' names no text: no quote from it was looked up"
            hint = "say which file in the folder of articles it is: text: FILE"
            yield Problem("lost-article", message, dossier.place("source", id), hint, facts=facts)
        elif id in articles and articles[id] is None:
            message = f"there is no article '{source.text}': no quote from it was looked up"
            hint = "name a file that lies in the folder given with --articles"
            yield Problem("lost-article", message, dossier.place("source", id, "text"), hint, facts=facts)
