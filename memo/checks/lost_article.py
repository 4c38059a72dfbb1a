"""Each source that facts rest on has its text in the folder of articles (ICD 206: a source can be got at).

Where a text is not at hand, none of the quotes from it was looked up: that is to be known, not passed over.

A source says where its text is: ``text: gazette.txt``. Only sources that a fact rests on are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from memo.checks.memo import Dossier
from memo.problem import Problem


def check(dossier: Dossier) -> Iterator[Problem]:
    """A ``lost-article`` for each source whose text is not in the folder, or that does not say which it is."""
    articles, supported = dossier.articles or {}, dossier.supported()
    for id, source in dossier.facts.sources.items():
        facts = supported[id]
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
